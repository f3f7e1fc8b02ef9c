//! `/gaps`, `/en/gaps` and `/gaps.csv`: what is not known of which place, as a list to work through by telephone, and
//! `/template.xlsx`, the list of a municipality in which the answers are filled in.

pub(in crate::http) mod view;
mod words;

use std::cmp::Reverse;

use chrono::Utc;
use poem::{Request, Response, handler, http::StatusCode, web::Data};

use self::{
    view::{GapsView, MunicipalityGaps, PlaceGaps},
    words::Words,
};
use crate::{
    edition::{Edition, PlaceEntry, PlaceField},
    findings::defuse,
    http::{
        aside::aside,
        asked::Asked,
        origin::origin,
        pages::{
            language::Language,
            links::passed_on,
            list,
            page::{self, SCRIPTLESS},
            words::with,
        },
        parameters::{self, Address, Name, Parameters, Refused},
        problem::Problem,
        representation::{About, Representation},
        state::{State, Unkept},
    },
    ingest::{places::template::template, tabular::template::TemplateFormat},
};

/// Places that stand on the page; the file has them all.
const SHOWN: usize = 200;

/// `/gaps.csv` as a file.
const CSV: About = About {
    disposition: Some("attachment; filename=\"gaps.csv\""),
    ..About::file("text/csv; charset=utf-8; header=present")
};

/// `/template.xlsx` as a file.
const XLSX: About = About {
    disposition: Some("attachment; filename=\"plekken.xlsx\""),
    ..About::file("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
};

/// `/gaps`
#[handler]
pub(in crate::http) async fn dutch(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    page(request, &state, Language::Nl).await
}

/// `/en/gaps`
#[handler]
pub(in crate::http) async fn english(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    page(request, &state, Language::En).await
}

async fn page(request: &Request, state: &State, language: Language) -> Result<Response, Problem> {
    let pinned = state.pin(request).await?;
    let (read, rest) = (Parameters::read(request, Address::Gaps), Parameters::rest(request));
    let language = rest.language().unwrap_or(language);
    let origin = origin(request);
    let asked_for = [origin.as_deref().unwrap_or_default(), &*Parameters::key(&read, request)].join(" ");
    let key = pinned.key(&language.gaps_path(), &asked_for);
    let contact = state.contact.as_deref().map(str::to_owned);
    let of_edition = passed_on(pinned.named.as_deref());
    let make = async {
        let asked = Asked::of_page(read, rest, Address::Gaps, state, &pinned).await?;
        let work = move || {
            let view = GapsView { contact, of_edition, origin, ..fill(&asked, language) };
            (view.refusal.is_some(), page::made(view::render(&view)))
        };
        match aside(&state.lanes.pages, work).await? {
            (true, page) => Err(Unkept::Page(StatusCode::BAD_REQUEST, &SCRIPTLESS, page?)),
            (false, page) => Ok(page?),
        }
    };
    state.answer(request, &SCRIPTLESS, key, make).await
}

/// `/gaps.csv`: a row a place in the order of the page, those with most gaps first; `missing` has the names of the API.
#[handler]
pub(in crate::http) async fn file(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    let parameters = Parameters::read(request, Address::Download)?;
    let pinned = state.pin(request).await?;
    let key = pinned.key("/gaps.csv", &parameters.query_string());
    let make = async {
        let asked = Asked::of(parameters, Address::Download, &state, &pinned).await?;
        let work = move || write(&asked.edition, &in_order(&asked)).map_err(Problem::internal);
        Ok(Representation::new(aside(&state.lanes.pages, work).await??))
    };
    state.answer(request, &CSV, key, make).await
}

/// `/template.xlsx`: the list of one municipality with what is known today, in Dutch, as `noaber template places` writes it.
#[handler]
pub(in crate::http) async fn workbook(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    let parameters = Parameters::read(request, Address::Template)?;
    let pinned = state.pin(request).await?;
    let edition = &pinned.edition;
    let asked = parameters.get(Name::Municipality);
    let found = asked.and_then(|name| parameters::municipality(edition, name));
    let Some(municipality) = found.map(|index| edition.municipality(index).facts.code.clone()) else {
        return Err(Refused::one_municipality(asked).into());
    };
    let today = Utc::now().date_naive();
    let key = pinned.key("/template.xlsx", &format!("{municipality} {today}"));
    let make = async {
        let facts = state.library.store().load().await?;
        let work = move || template(&facts, &municipality, true, TemplateFormat::Xlsx, today);
        Ok(Representation::new(aside(&state.lanes.pages, work).await?.map_err(Problem::internal)?))
    };
    state.answer(request, &XLSX, key, make).await
}

/// The places that are asked for with what is missing of each: those with most gaps first, then by village and name.
fn in_order(asked: &Asked) -> Vec<(u32, Vec<PlaceField>)> {
    let edition = &asked.edition;
    let places = asked.places.in_order(edition, &asked.selected).into_iter();
    let mut places: Vec<_> = places.map(|(place, _)| (place, edition.place(place).missing())).collect();
    places.sort_by_key(|(_, missing)| Reverse(missing.len()));
    places
}

fn write(edition: &Edition, places: &[(u32, Vec<PlaceField>)]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([
        "id",
        "name",
        "municipality",
        "settlement",
        "address",
        "website",
        "known",
        "total",
        "missing",
    ])?;
    for (place, missing) in places {
        let entry = edition.place(*place);
        let facts = &entry.facts;
        let missing_names: Vec<&str> = missing.iter().map(|field| field.name()).collect();
        let cells = [
            format!("place:{}", facts.key),
            facts.name.clone(),
            edition.municipality(entry.municipality).facts.name.clone(),
            facts.settlement.clone(),
            facts.address.as_ref().map(|address| address.line(&facts.settlement)).unwrap_or_default(),
            facts.website.clone().unwrap_or_default(),
            (PlaceField::ALL.len() - missing.len()).to_string(),
            PlaceField::ALL.len().to_string(),
            missing_names.join(";"),
        ];
        writer.write_record(cells.iter().map(|cell| defuse(cell).into_owned()))?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

fn fill(asked: &Asked, language: Language) -> GapsView {
    let edition = &*asked.edition;
    let only = match asked.parameters.get(Name::Municipality) {
        Some(code) => parameters::municipality(edition, code),
        None => None,
    };
    let mut view = GapsView {
        language,
        municipality: only.map(|index| edition.municipality(index).facts.name.clone()),
        refusal: asked.refusal.clone().map(|refused| refused.sentence(language)),
        municipalities: Vec::new(),
        places: Vec::new(),
        chosen: 0,
        csv: format!("/gaps.csv{}", asked.parameters.taken_by(Address::Download).query_string()),
        template: only.map(|index| format!("/template.xlsx?municipality={}", edition.municipality(index).facts.code)),
        contact: None,
        of_edition: String::new(),
        asked: asked.parameters.clone(),
        origin: None,
    };
    if asked.places.is_filtered {
        let places = in_order(asked);
        view.chosen = places.len();
        let row = |(place, missing): (u32, Vec<PlaceField>)| place_gaps(edition.place(place), &missing, language);
        view.places = places.into_iter().take(SHOWN).map(row).collect();
    } else {
        let rows = (0..).zip(edition.municipalities());
        let rows = rows.map(|(index, _)| municipality_gaps(edition, index, &asked.parameters, language));
        view.municipalities = rows.collect();
        view.municipalities.sort_by_cached_key(|row| crate::search::fold(&row.name));
    }
    view
}

fn place_gaps(entry: &PlaceEntry, missing: &[PlaceField], language: Language) -> PlaceGaps {
    let (facts, t) = (&entry.facts, Words::of(language));
    let ask = facts.contact.as_ref().map(|contact| {
        let parts = [contact.organisation.as_deref().or(Some(&contact.role)), contact.phone.as_deref()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    });
    PlaceGaps {
        slug: facts.key.clone(),
        name: facts.name.clone(),
        at: facts.address.as_ref().map_or_else(|| facts.settlement.clone(), |at| at.line(&facts.settlement)),
        ask,
        website: facts.website.clone(),
        known: known_of(PlaceField::ALL.len() - missing.len(), PlaceField::ALL.len(), language),
        missing: missing.iter().map(|field| called(*field, t)).collect(),
    }
}

fn municipality_gaps(edition: &Edition, index: u32, asked: &Parameters, language: Language) -> MunicipalityGaps {
    let facts = &edition.municipality(index).facts;
    let counted = PlaceField::ALL.map(|field| edition.known_in_municipality(index, field));
    let known: u64 = counted.iter().map(|(known, _)| known).sum();
    let places = counted.first().map_or(0, |(_, places)| *places);
    let lacking = [PlaceField::Status, PlaceField::Address, PlaceField::Facilities].map(|field| {
        let (known, places) = edition.known_in_municipality(index, field);
        language.number(list::count(places - known))
    });
    let mut parameters = asked.only(|name| name == Name::Edition);
    parameters.set(Name::Municipality, facts.code.to_string());
    MunicipalityGaps {
        address: format!("{}{}", language.gaps_path(), parameters.query_string()),
        name: facts.name.clone(),
        places: language.number(list::count(places)),
        known: known_of(list::count(known), list::count(places) * PlaceField::ALL.len(), language),
        lacking,
    }
}

fn known_of(known: usize, total: usize, language: Language) -> String {
    with(Words::of(language).known_of, &[("known", &language.number(known)), ("total", &language.number(total))])
}

/// What a field is called in a list of what is missing.
pub(in crate::http) fn field_name(field: PlaceField, language: Language) -> &'static str {
    called(field, Words::of(language))
}

fn called(field: PlaceField, t: &'static Words) -> &'static str {
    match field {
        PlaceField::Kind => t.kind,
        PlaceField::Status => t.status,
        PlaceField::Address => t.address,
        PlaceField::Location => t.location,
        PlaceField::Facilities => t.facilities,
        PlaceField::Activities => t.activities,
        PlaceField::Programme => t.programme,
        PlaceField::OpeningHours => t.opening_hours,
        PlaceField::Contact => t.contact,
        PlaceField::Website => t.website,
        PlaceField::WheelchairAccessible => t.wheelchair,
        PlaceField::LegalForm => t.legal_form,
        PlaceField::RunBy => t.run_by,
        PlaceField::OwnedBy => t.owned_by,
    }
}
