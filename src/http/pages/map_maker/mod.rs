//! `/map/maker` and `/en/map/maker`: the page that makes a map for a document: choose, see, take along.

pub(in crate::http) mod view;
mod words;

use poem::{Request, Response, handler, http::StatusCode, web::Data};

use self::view::{MapMakerView, Ticks};
use crate::{
    edition::{Dimension, PlaceFilter},
    http::{
        asked::Asked,
        map::check,
        origin::origin,
        pages::{
            language::Language,
            list,
            page::{self, SCRIPTLESS},
        },
        parameters::{Address, Name, Parameters},
        problem::Problem,
        state::{State, Unkept},
    },
};

/// The page in Dutch.
#[handler]
pub(in crate::http) async fn dutch(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    page(request, &state, Language::Nl).await
}

/// The page in English.
#[handler]
pub(in crate::http) async fn english(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    page(request, &state, Language::En).await
}

async fn page(request: &Request, state: &State, language: Language) -> Result<Response, Problem> {
    let pinned = state.pin(request).await?;
    let (read, rest) = (Parameters::read(request, Address::MapMaker), Parameters::rest(request));
    let origin = origin(request);
    let text = Parameters::key(&read, request);
    let asked_for = [language.code(), origin.as_deref().unwrap_or_default(), &*text].join(" ");
    let make = async {
        let asked = Asked::of_page(read, rest, Address::MapMaker, state, &pinned).await?;
        // What the map itself would refuse is told here, where it can be put right.
        let fault = check(&asked, &state.limits).err();
        let mut view = fill(&asked, language, origin);
        if let (None, Some(fault)) = (&view.refusal, fault) {
            view.refusal = Some(fault.sentence(language).to_owned());
            view.address = None;
        }
        let page = page::made(view::render(&view))?;
        if view.refusal.is_some() { Err(Unkept::Page(StatusCode::BAD_REQUEST, &SCRIPTLESS, page)) } else { Ok(page) }
    };
    state.answer(request, &SCRIPTLESS, pinned.key("/map/maker", &asked_for), make).await
}

fn fill(asked: &Asked, language: Language, origin: Option<String>) -> MapMakerView {
    let edition = &*asked.edition;
    let mut parameters = asked.parameters.clone();
    if parameters.language().is_none() {
        parameters.set(Name::Lang, language.code().to_owned());
    }
    let all = edition.select(&PlaceFilter::default()).certain;
    let ticks = |name: Name, dimension| {
        let ticked: Vec<&str> = parameters.get(name).into_iter().flat_map(|names| names.split(',')).collect();
        let choices = list::choices(edition, &all, dimension, language);
        let choices = choices.into_iter().map(|choice| (ticked.contains(&choice.value.as_str()), choice)).collect();
        Ticks { name, choices }
    };
    MapMakerView {
        language,
        origin,
        refusal: asked.refusal.clone().map(|refused| refused.sentence(language)),
        municipalities: list::choices(edition, &all, Dimension::Municipality, language),
        ticks: vec![
            ticks(Name::Kind, Dimension::Kind),
            ticks(Name::Facility, Dimension::Facility),
            ticks(Name::Activity, Dimension::Activity),
        ],
        address: Some(parameters.only(|name| name != Name::Scale).query_string()),
        asked: parameters,
    }
}
