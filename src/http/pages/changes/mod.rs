//! `/changes` and `/en/changes`: the editions with their dates, and what changed since one of them, by municipality, with old and new
//! values.

mod fields;
pub(in crate::http) mod view;
mod words;

use std::{collections::BTreeMap, sync::Arc};

use poem::{Request, Response, handler, http::StatusCode, web::Data};

use self::view::{ChangeLine, ChangesView, EditionLine, Group, ValueLine};
use crate::{
    edition::{
        Edition, Node, NodeId, PlaceFilter,
        changes::{Change, ChangeKind},
    },
    http::{
        aside::aside,
        origin::origin,
        pages::{
            language::Language,
            list::{choices, paging::Paging},
            page::{self, SCRIPTLESS},
        },
        parameters::{Address, Name, Parameters, PlaceChoice, Refused},
        problem::Problem,
        state::{State, Unkept},
    },
    library::LibraryError,
    model::excerpt,
    store::EditionRecord,
};

/// Editions that are shown; the API has them all.
const SHOWN: usize = 30;

/// `/changes` for who reads it in a browser.
pub(in crate::http) async fn dutch(request: &Request, state: &State) -> Result<Response, Problem> {
    page(request, state, Language::Nl).await
}

/// `/en/changes`
#[handler]
pub(in crate::http) async fn english(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    page(request, &state, Language::En).await
}

async fn page(request: &Request, state: &State, language: Language) -> Result<Response, Problem> {
    let pinned = state.pin(request).await?;
    let (read, rest) = (Parameters::read(request, Address::Changes), Parameters::rest(request));
    let language = rest.language().unwrap_or(language);
    let origin = origin(request);
    let asked_for = [origin.as_deref().unwrap_or_default(), &*Parameters::key(&read, request)].join(" ");
    let make = async {
        let editions = state.library.store().editions().await?;
        let (mut parameters, mut refusal) = match read {
            Ok(read) => (read, None),
            Err(refused) => (rest, Some(refused)),
        };
        let of_places = parameters.only(|name| name == Name::Municipality);
        let municipalities = match PlaceChoice::of(&of_places, &pinned.edition, &state.limits) {
            Ok(places) => {
                places.write(&pinned.edition, &mut parameters);
                places.municipalities
            }
            Err(refused) => {
                refusal = Some(refused);
                parameters = parameters.only(|name| name != Name::Municipality);
                Vec::new()
            }
        };
        let named = parameters.get(Name::Since).map(str::to_owned);
        let is_there = |id: &String| editions.iter().any(|edition| edition.id == *id);
        if let Some(id) = named.as_ref().filter(|id| !is_there(id)) {
            if let Err(gone @ LibraryError::Pruned(_)) = state.library.edition(Some(id)).await {
                return Err(gone.into());
            }
            refusal = Some(Refused::no_edition(&excerpt(id)));
            parameters = parameters.only(|name| name != Name::Since);
        }
        let since = named.filter(is_there).or_else(|| before(&editions, &pinned.edition.id));
        let (all, old) = match &since {
            None => (Arc::default(), None),
            Some(since) => {
                let all = state.library.changes(since, &pinned.edition).await?;
                let has_removed = all.iter().any(|change| change.kind == ChangeKind::Removed);
                // Where something was is known of the edition that had it.
                let old = if has_removed { Some(state.library.edition(Some(since)).await?) } else { None };
                (all, old)
            }
        };
        let edition = pinned.edition.clone();
        let work = move || {
            let asked = Asked { edition, old, parameters, municipalities, since, editions, refusal };
            let view = ChangesView { origin, ..asked.fill(&all, language) };
            (view.refusal.is_some(), page::made(view::render(&view)))
        };
        match aside(&state.lanes.pages, work).await? {
            (true, page) => Err(Unkept::Page(StatusCode::BAD_REQUEST, &SCRIPTLESS, page?)),
            (false, page) => Ok(page?),
        }
    };
    state.answer(request, &SCRIPTLESS, pinned.key(&language.changes_path(), &asked_for), make).await
}

/// The edition before one, of which it says what is new.
fn before(editions: &[EditionRecord], id: &str) -> Option<String> {
    let at = editions.iter().position(|edition| edition.id == id)?;
    editions.get(at + 1).map(|edition| edition.id.clone())
}

/// What an address asks, understood.
struct Asked {
    edition: Arc<Edition>,
    /// The edition since which is told, where something of it is gone.
    old: Option<Arc<Edition>>,
    parameters: Parameters,
    /// None: all.
    municipalities: Vec<u32>,
    since: Option<String>,
    editions: Vec<EditionRecord>,
    refusal: Option<Refused>,
}

impl Asked {
    fn fill(self, all: &[Change], language: Language) -> ChangesView {
        let edition = &*self.edition;
        let changes = all.iter().map(|change| (self.municipality_of(&change.id), change));
        let asked: Vec<&str> =
            self.municipalities.iter().map(|index| edition.municipality(*index).facts.name.as_str()).collect();
        let is_asked = |of: &Option<String>| asked.is_empty() || of.as_deref().is_some_and(|of| asked.contains(&of));
        let mut changes: Vec<_> = changes.filter(|(of, _)| is_asked(of)).collect();
        changes.sort_by_cached_key(|(of, change)| {
            (of.is_none(), of.as_deref().map(crate::search::fold), rank(&change.id), crate::search::fold(&change.name))
        });
        let (paging, no_page) = match Paging::of(&self.parameters, changes.len()) {
            Ok(paging) => (paging, None),
            Err(refused) => (Paging::first(changes.len()), Some(refused)),
        };
        let mut groups: BTreeMap<usize, Group> = BTreeMap::new();
        for (position, chunk) in
            changes.get(paging.range()).unwrap_or_default().chunk_by(|one, other| one.0 == other.0).enumerate()
        {
            let name = chunk.first().and_then(|(of, _)| of.clone());
            let lines = chunk.iter().map(|(_, change)| self.line(change, language)).collect();
            groups.insert(position, Group { name, changes: lines });
        }
        let open = edition.select(&PlaceFilter::default()).certain;
        let line = |record: &EditionRecord| {
            let mut parameters = self.parameters.only(|name| !matches!(name, Name::Since | Name::Page));
            parameters.set(Name::Since, record.id.clone());
            EditionLine {
                id: record.id.clone(),
                published: language.date(crate::calendar::local(record.published_at).date()),
                places: language.number(usize::try_from(record.places).unwrap_or_default()),
                note: record.note.clone(),
                address: (record.id != edition.id)
                    .then(|| format!("{}{}", language.changes_path(), parameters.query_string())),
                is_since: self.since.as_ref() == Some(&record.id),
            }
        };
        ChangesView {
            language,
            origin: None,
            edition: edition.id.clone(),
            since: self.since.clone(),
            asked: self.parameters.clone(),
            refusal: self.refusal.clone().or(no_page).map(|refused| refused.sentence(language)),
            municipalities: choices(edition, &open, crate::edition::Dimension::Municipality, language),
            count: changes.len(),
            groups: groups.into_values().collect(),
            page: paging.told(language),
            other_pages: paging.others(&self.parameters, language),
            editions: self.editions.iter().take(SHOWN).map(line).collect(),
        }
    }

    /// The municipality of what changed: as it is now, else as it was.
    fn municipality_of(&self, id: &NodeId) -> Option<String> {
        let of = |edition: &Edition| {
            let index = match edition.node(id)? {
                Node::Place(index) => edition.place(index).municipality,
                Node::Activity(index) => edition.place(edition.activity(index).place).municipality,
                Node::Municipality(index) => index,
                Node::Settlement(index) => edition.settlement(index).municipality,
                Node::Neighbourhood(index) => edition.neighbourhood(index).municipality,
            };
            Some(edition.municipality(index).facts.name.clone())
        };
        of(&self.edition).or_else(|| of(self.old.as_deref()?))
    }

    fn line(&self, change: &Change, language: Language) -> ChangeLine {
        let t = words::Words::of(language);
        let edition = &*self.edition;
        let path = edition.node(&change.id).map(|node| match node {
            Node::Place(index) => language.place_path(&edition.place(index).facts.key),
            Node::Activity(index) => language.activity_path(&edition.activity(index).facts.key),
            Node::Municipality(index) => language.municipality_path(&edition.municipality(index).facts.slug),
            Node::Settlement(index) => language.settlement_path(&edition.settlement(index).facts.slug),
            Node::Neighbourhood(index) => {
                let of = edition.neighbourhood(index).municipality;
                language.municipality_path(&edition.municipality(of).facts.slug)
            }
        });
        let values = match &change.kind {
            ChangeKind::Changed(values) => values.as_slice(),
            ChangeKind::Added | ChangeKind::Removed => &[],
        };
        let value = |value: &crate::edition::changes::ChangedValue| {
            let told = |text: &Option<String>| {
                text.as_ref().map_or_else(|| t.not_known.to_owned(), |text| fields::told(value.field, text, language))
            };
            ValueLine {
                field: fields::name(value.field, language),
                before: told(&value.before),
                after: told(&value.after),
            }
        };
        ChangeLine {
            name: change.name.clone(),
            what: match &change.id {
                NodeId::Place(_) => t.place,
                NodeId::Activity(_) => t.activity,
                NodeId::Municipality(_) => t.municipality,
                NodeId::Settlement(_) => t.settlement,
                NodeId::Neighbourhood(_) => t.neighbourhood,
            },
            happened: match &change.kind {
                ChangeKind::Added => t.added,
                ChangeKind::Changed(_) => t.changed,
                ChangeKind::Removed => t.removed,
            },
            path,
            values: values.iter().map(value).collect(),
        }
    }
}

/// Places first, then what is held there, then areas.
fn rank(id: &NodeId) -> u8 {
    match id {
        NodeId::Place(_) => 0,
        NodeId::Activity(_) => 1,
        NodeId::Municipality(_) => 2,
        NodeId::Settlement(_) => 3,
        NodeId::Neighbourhood(_) => 4,
    }
}
