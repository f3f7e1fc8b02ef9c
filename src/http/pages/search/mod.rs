//! `/search` and `/en/search`: what was typed, found: a place, village, street, postcode, activity or something that places have. The
//! suggestions of the search box are taken from this page.

pub(in crate::http) mod view;
mod words;

use poem::{Request, Response, handler, web::Data};

use self::view::{Found, SearchView};
pub(in crate::http) use self::words::Words;
use crate::{
    edition::{Edition, Hit, Node},
    http::{
        aside::aside,
        origin::origin,
        pages::{
            language::Language,
            links::passed_on,
            list::{self, count, label},
            missing,
            page::{self, SEARCHING},
            words::with,
        },
        parameters::{Address, Name, Parameters, Refused},
        problem::Problem,
        state::State,
    },
    model::vocabulary::{PlaceKind, Term},
};

/// How much of what is found is shown.
const SHOWN: usize = 40;

/// `/search`
#[handler]
pub(in crate::http) async fn dutch(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    page(request, &state, Language::Nl).await
}

/// `/en/search`
#[handler]
pub(in crate::http) async fn english(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    page(request, &state, Language::En).await
}

async fn page(request: &Request, state: &State, language: Language) -> Result<Response, Problem> {
    let most = state.limits.max_text_length;
    let read = Parameters::read(request, Address::Search).and_then(|read| {
        let length = read.get(Name::Text).map_or(0, |text| text.chars().count());
        if length > most { Err(Refused::long_text(length, most)) } else { Ok(read) }
    });
    let parameters = match read {
        Ok(parameters) => parameters,
        Err(reason) => return missing::refused(request, language, reason).await,
    };
    let language = parameters.language().unwrap_or(language);
    let pinned = state.pin(request).await?;
    let origin = origin(request);
    let asked = [origin.as_deref().unwrap_or_default(), &*parameters.query_string()].join(" ");
    let make = async {
        let (edition, of_edition) = (pinned.edition.clone(), passed_on(pinned.named.as_deref()));
        let work = move || {
            let typed = parameters.get(Name::Text).unwrap_or_default();
            let mut hits = edition.search(typed, None, None, SHOWN + 1);
            let is_cut = hits.len() > SHOWN;
            hits.truncate(SHOWN);
            let speaker = Speaker { edition: &edition, language, of_edition: &of_edition, t: Words::of(language) };
            let view = SearchView {
                language,
                origin,
                of_edition: of_edition.clone(),
                asked: parameters.clone(),
                typed: typed.to_owned(),
                found: hits.iter().map(|hit| speaker.told(hit)).collect(),
                is_cut,
            };
            page::made(view::render(&view))
        };
        Ok(aside(&state.lanes.pages, work).await??)
    };
    state.answer(request, &SEARCHING, pinned.key(&language.search_path(), &asked), make).await
}

/// Says what was found, and where it leads, in the language of the page.
struct Speaker<'a> {
    edition: &'a Edition,
    language: Language,
    of_edition: &'a str,
    t: &'static Words,
}

impl Speaker<'_> {
    fn told(&self, hit: &Hit) -> Found {
        match hit {
            Hit::Node(node) => self.node(*node),
            Hit::Facility(term) => self.list(self.label(*term), self.t.facility, (Name::Facility, term.name()), None),
            Hit::Activity(term) => {
                self.list(self.label(*term), self.t.activity_type, (Name::Activity, term.name()), None)
            }
            Hit::Street(index) => {
                let street = self.edition.street(*index);
                let municipality = &self.edition.municipality(street.municipality).facts;
                let mut parameters = Parameters::default();
                parameters.set(Name::Municipality, municipality.code.to_string());
                parameters.set(Name::Text, format!("{} {}", street.name, street.settlement));
                Found {
                    name: street.name.clone(),
                    what: self.t.street,
                    where_it_is: street.settlement.clone(),
                    places: Some(self.places(count(self.edition.not_closed(&street.places)))),
                    address: self.list_of(parameters),
                }
            }
            Hit::Postcode(postcode) => {
                let postcode = postcode.to_string();
                self.list(postcode.clone(), self.t.postcode, (Name::Postcode, &postcode), Some(self.t.near.to_owned()))
            }
        }
    }

    fn node(&self, node: Node) -> Found {
        let (edition, language) = (self.edition, self.language);
        let municipality = |index: u32| edition.municipality(index).facts.name.clone();
        let address = |path: String| format!("{path}{}", self.of_edition);
        match node {
            Node::Place(index) => {
                let entry = edition.place(index);
                Found {
                    name: entry.facts.name.clone(),
                    what: self.t.place,
                    where_it_is: entry.facts.settlement.clone(),
                    places: entry.facts.kind.filter(|kind| *kind != PlaceKind::Overig).map(|kind| self.label(kind)),
                    address: address(language.place_path(&entry.facts.key)),
                }
            }
            Node::Activity(index) => {
                let entry = edition.activity(index);
                let place = &edition.place(entry.place).facts;
                Found {
                    name: entry.facts.name.clone(),
                    what: self.t.activity,
                    where_it_is: format!("{}, {}", place.name, place.settlement),
                    places: None,
                    address: address(language.activity_path(&entry.facts.key)),
                }
            }
            Node::Municipality(index) => Found {
                name: municipality(index),
                what: self.t.municipality,
                where_it_is: String::new(),
                places: Some(self.places(count(edition.places_in_municipality(index)))),
                address: address(language.municipality_path(&edition.municipality(index).facts.slug)),
            },
            Node::Settlement(index) => {
                let entry = edition.settlement(index);
                Found {
                    name: entry.facts.name.clone(),
                    what: "",
                    where_it_is: format!(
                        "{}, {}",
                        list::settlement_kind(edition, entry.facts.kind, language),
                        municipality(entry.municipality)
                    ),
                    // Its page has the nearest ones where it has none.
                    places: Some(match count(edition.places_in_settlement(index)) {
                        0 => self.t.near.to_owned(),
                        places => self.places(places),
                    }),
                    address: address(language.settlement_path(&entry.facts.slug)),
                }
            }
            Node::Neighbourhood(index) => {
                let entry = edition.neighbourhood(index);
                let slug = &edition.municipality(entry.municipality).facts.slug;
                Found {
                    name: entry.facts.name.clone(),
                    what: self.t.neighbourhood,
                    where_it_is: municipality(entry.municipality),
                    places: None,
                    address: format!("{}#wijk", address(language.municipality_path(slug))),
                }
            }
        }
    }

    fn label<T: Term>(&self, term: T) -> String {
        label(self.edition, T::VOCABULARY, term.name(), self.language)
    }

    /// Something that leads to a list of places.
    fn list(&self, name: String, what: &'static str, (by, value): (Name, &str), places: Option<String>) -> Found {
        let mut parameters = Parameters::default();
        parameters.set(by, value.to_owned());
        Found { name, what, where_it_is: String::new(), places, address: self.list_of(parameters) }
    }

    fn list_of(&self, mut parameters: Parameters) -> String {
        if let Some(edition) = self.of_edition.strip_prefix("?edition=") {
            parameters.set(Name::Edition, edition.to_owned());
        }
        format!("{}{}", self.language.places_path(), parameters.query_string())
    }

    fn places(&self, count: usize) -> String {
        match count {
            1 => self.t.one_place.to_owned(),
            count => with(self.t.many_places, &[("count", &self.language.number(count))]),
        }
    }
}
