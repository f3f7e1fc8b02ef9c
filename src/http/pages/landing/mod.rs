//! `/` and `/en`: where to go from here: a search box, a map of the municipalities, and three doors.
//!
//! Until there was such a page the list of places stood here. An address that asks for places still gives them.

pub(in crate::http) mod view;
mod words;

use poem::{Request, Response, handler, web::Data};

use self::view::{LandingView, MunicipalityLink};
use crate::{
    drawing::choice::{self, Choice},
    edition::{Edition, PlaceFilter},
    http::{
        aside::aside,
        map::shapes::{point, shape},
        origin::origin,
        pages::{
            language::Language,
            links::passed_on,
            list::{approached, count},
            page::{self, SEARCHING},
            places,
        },
        parameters::{Address, Name, Parameters},
        problem::Problem,
        state::State,
    },
    spatial::{Wgs84, crs::to_rd},
};

/// `/`: the first page in Dutch.
#[handler]
pub(in crate::http) async fn dutch(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    page(request, &state, Language::Nl).await
}

/// `/en`: the first page in English.
#[handler]
pub(in crate::http) async fn english(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    page(request, &state, Language::En).await
}

async fn page(request: &Request, state: &State, language: Language) -> Result<Response, Problem> {
    let language = match Parameters::read(request, Address::List) {
        Ok(read) if read.iter().all(|(name, _)| matches!(name, Name::Lang | Name::Edition)) => {
            read.language().unwrap_or(language)
        }
        _ => return places::list(request, state, language).await,
    };
    let pinned = state.pin(request).await?;
    let origin = origin(request);
    let key = pinned.key(language.path(), origin.as_deref().unwrap_or_default());
    let make = async {
        let (edition, of_edition) = (pinned.edition.clone(), passed_on(pinned.named.as_deref()));
        let work = move || {
            let view = fill(&edition, of_edition, origin, language);
            page::made(view::render(&view))
        };
        Ok(aside(&state.lanes.pages, work).await??)
    };
    state.answer(request, &SEARCHING, key, make).await
}

fn fill(edition: &Edition, of_edition: String, origin: Option<String>, language: Language) -> LandingView {
    let all = edition.select(&PlaceFilter::default()).certain;
    let mut municipalities: Vec<(MunicipalityLink, Choice)> = (0..)
        .zip(edition.municipalities())
        .filter_map(|(index, entry)| {
            let facts = &entry.facts;
            let link = MunicipalityLink {
                address: format!("{}{of_edition}", language.municipality_path(&facts.slug)),
                name: facts.name.clone(),
                places: count(entry.places.intersection_len(&all)),
            };
            let choice = Choice {
                shape: shape(&to_rd(edition.boundary(index)?.polygons())),
                at: point(Wgs84 { lon: facts.label_lon, lat: facts.label_lat }.to_rd()),
                name: facts.name.clone(),
                about: view::about(&link, language),
                address: link.address.clone(),
            };
            Some((link, choice))
        })
        .collect();
    municipalities.sort_by_cached_key(|(link, _)| crate::search::fold(&link.name));
    let (municipalities, choices): (Vec<_>, Vec<_>) = municipalities.into_iter().unzip();
    LandingView {
        language,
        of_edition,
        origin,
        places: count(all.len()),
        approached: approached(edition),
        has_activities: !edition.activities().is_empty(),
        municipalities,
        map: choice::map(&choices),
    }
}
