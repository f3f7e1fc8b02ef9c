//! `/embed/maker` and `/en/embed/maker`: the page that writes the `<iframe>` for another site.

pub(in crate::http) mod view;
mod words;

use poem::{
    Request, Response, handler,
    http::{HeaderValue, StatusCode, header},
    web::Data,
};

use self::{
    view::{MakerView, Ticks},
    words::Words,
};
use crate::{
    edition::{Dimension, PlaceFilter},
    http::{
        asked::Asked,
        embed::{self, heading::heading, is_brt},
        origin::origin,
        pages::{
            language::Language,
            list,
            page::{self, MAKER},
            words::with,
        },
        parameters::{Address, Name, Parameters, Refused},
        problem::Problem,
        state::{State, Unkept},
    },
    model::excerpt,
};

/// Pixels that a frame can be high, and is where nothing is said.
const HEIGHTS: std::ops::RangeInclusive<u32> = 300..=2_000;
const HEIGHT: u32 = 640;
/// The colour where none is chosen.
const ACCENT: &str = "0b5563";

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
    let origin = origin(request);
    let read = Parameters::read(request, Address::Maker).and_then(|parameters| {
        height(&parameters)?;
        Ok(parameters)
    });
    let text = Parameters::key(&read, request);
    let key = pinned.key("/embed/maker", &[language.code(), origin.as_deref().unwrap_or_default(), &text].join(" "));
    let make = async {
        let mut asked = Asked::of_page(read, Parameters::rest(request), Address::Maker, state, &pinned).await?;
        let height = height(&asked.parameters).unwrap_or(HEIGHT);
        if asked.parameters.language().is_none() {
            asked.parameters.set(Name::Lang, language.code().to_owned());
        }
        let page = page::made(view::render(&fill(&asked, language, height, origin)))?;
        if asked.refusal.is_some() { Err(Unkept::Page(StatusCode::BAD_REQUEST, &MAKER, page)) } else { Ok(page) }
    };
    let mut response = state.answer(request, &MAKER, key, make).await?;
    // The snippet has the address that the request came to: what another came to is none of its business.
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    Ok(response)
}

/// All that is asked but this is passed on to `/embed`.
fn height(parameters: &Parameters) -> Result<u32, Refused> {
    let Some(text) = parameters.get(Name::Height) else { return Ok(HEIGHT) };
    let pixels = text.parse().ok().filter(|pixels| HEIGHTS.contains(pixels));
    let [least, most] = [HEIGHTS.start(), HEIGHTS.end()].map(u32::to_string);
    pixels.ok_or_else(|| {
        Refused::new(|t| with(t.no_height, &[("least", &least), ("most", &most), ("value", &excerpt(text))]))
    })
}

fn fill(asked: &Asked, language: Language, height: u32, origin: Option<String>) -> MakerView {
    let (edition, parameters) = (&*asked.edition, &asked.parameters);
    let all = edition.select(&PlaceFilter::default()).certain;
    let (t, of_list) = (Words::of(language), list::Words::of(language));
    let ticks = |name: Name, label, about, dimension| {
        let ticked: Vec<&str> = parameters.get(name).into_iter().flat_map(|names| names.split(',')).collect();
        let choices = list::choices(edition, &all, dimension, language);
        let choices = choices.into_iter().map(|choice| (ticked.contains(&choice.value.as_str()), choice)).collect();
        Ticks { name: name.text(), label, about, choices }
    };
    let is_brt = is_brt(parameters);
    let is_own = |name| matches!(name, Name::Height | Name::Geolocation) || (name == Name::Basemap && !is_brt);
    let has_field = |name| {
        use Name::{Accent, Activity, Basemap, Facility, Font, Geolocation, Height, Kind, Lang, Municipality};
        [Accent, Activity, Basemap, Facility, Font, Geolocation, Height, Kind, Lang, Municipality].contains(&name)
    };
    // What is usual makes the address no longer.
    let is_usual = |name| match name {
        Name::Accent => parameters.get(name) == Some(ACCENT),
        Name::Font => parameters.get(name) == Some("system"),
        _ => false,
    };
    let hidden = parameters.iter().filter(|(name, _)| !has_field(*name));
    let shown_in = embed::language(parameters);
    MakerView {
        language,
        refusal: asked.refusal.clone().map(|refused| refused.sentence(language)),
        municipalities: list::choices(edition, &all, Dimension::Municipality, language),
        municipality: parameters.get(Name::Municipality).unwrap_or_default().to_owned(),
        ticks: vec![
            ticks(Name::Kind, t.kinds, t.none, Dimension::Kind),
            ticks(Name::Facility, of_list.facilities, t.any, Dimension::Facility),
            ticks(Name::Activity, t.activities, t.any, Dimension::Activity),
        ],
        hidden: hidden.map(|(name, value)| (name.text(), value.to_owned())).collect(),
        shown_in,
        is_brt,
        may_locate: parameters.get(Name::Geolocation) == Some("yes"),
        accent: parameters.get(Name::Accent).unwrap_or(ACCENT).to_owned(),
        font: parameters.get(Name::Font).unwrap_or("system").to_owned(),
        height,
        heading: heading(edition, &asked.places, shown_in),
        origin,
        address: format!("/embed{}", parameters.only(|name| !is_own(name) && !is_usual(name)).query_string()),
    }
}
