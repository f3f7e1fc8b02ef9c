//! `/map.svg` and `/map.png`: maps for documents, drawn from an edition, the same bytes for the same address and edition.
//!
//! - `parameters`: what is asked beside places, read and checked
//! - `shown`: which places and areas that is
//! - `theme`: municipalities by a figure, instead of places
//! - `shapes`: how these look; `compose`: these as shapes, symbols and names of a sheet
//! - `captions`: what is said on it; `description`: all of it in words; `words`: the sentences for both, in Dutch and English
//!
//! `drawing::sheet` draws it, `drawing::raster` makes pixels of it. Both take long enough to be done off the threads that answer, one at a
//! time, large ones beside small ones, and what was drawn is kept.

mod captions;
mod compose;
mod description;
mod format;
mod gathered;
mod parameters;
pub(in crate::http) mod shapes;
mod shown;
mod theme;
pub(in crate::http) mod words;

use std::sync::Arc;

use poem::{Request, Response, handler, web::Data};
use sha2::{Digest, Sha256};

use self::{
    captions::Captions,
    format::Format,
    parameters::MapQuery,
    shown::{Reached, Shown},
};
use crate::{
    admission::Stop,
    drawing::raster,
    edition::Edition,
    graphql::{
        coverage::{Computed, CoverageCache},
        limits::Limits,
    },
    http::{
        aside::LONGEST, asked::Asked, parameters::Parameters, problem::Problem, representation::Representation,
        state::State,
    },
};

/// `/map.svg`: a map as SVG.
#[handler]
pub(super) async fn svg(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    answer(request, &state, Format::Svg).await
}

/// `/map.png`: a map as PNG.
#[handler]
pub(super) async fn png(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    answer(request, &state, Format::Png).await
}

async fn answer(request: &Request, state: &State, format: Format) -> Result<Response, Problem> {
    let address = parameters::address(format);
    let parameters = Parameters::read(request, address)?;
    let pinned = state.pin(request).await?;
    let about = format.about();
    let key = pinned.key(about.media_type, &parameters.query_string());
    let make = async {
        let Asked { edition, parameters, places, .. } = Asked::of(parameters, address, state, &pinned).await?;
        let query = MapQuery::of(&parameters, places, &edition, &state.limits)?;
        let lanes = &state.lanes;
        let lane = if query.is_large(format) { &lanes.large_pictures } else { &lanes.small_pictures };
        let cache = state.coverage.clone();
        let work = async move {
            let coverage = coverage(&cache, &edition, &query).await;
            draw(&edition, &query, coverage, format)
        };
        Ok(lane.run_waiting(LONGEST, work).await.map_err(Problem::from)??)
    };
    state.answer(request, &about, key, make).await
}

/// Whether a map can be drawn of what is asked.
///
/// # Errors
/// Why not, in one sentence.
pub(super) fn check(asked: &Asked, limits: &Limits) -> Result<(), Problem> {
    MapQuery::of(&asked.parameters, asked.places.clone(), &asked.edition, limits).map(|_| ())
}

/// What is within reach of the places, where the map is to show it; kept with the answers of the API.
async fn coverage(cache: &CoverageCache, edition: &Arc<Edition>, query: &MapQuery) -> Option<Reached> {
    let distance_m = query.coverage_m?;
    let key: [u8; 32] = Sha256::digest(format!("map {}", query.coverage_key())).into();
    let (of, filter, within) = (edition.clone(), query.filter(), query.within());
    let compute = move || Computed::new(&of, distance_m, filter, within);
    let computed = cache.figures(edition, key, compute).await;
    let parts = cache.parts(edition, key, &computed).await;
    Some(Reached::new(edition, &computed, parts))
}

fn draw(
    edition: &Edition,
    query: &MapQuery,
    coverage: Option<Reached>,
    format: Format,
) -> Result<Representation, Problem> {
    let shown = Shown::of(edition, query, coverage);
    let sheet = compose::sheet(&shown, format);
    let drawn = sheet.draw(query.size).map_err(|no_room| {
        let value = query.size.height_mm.unwrap_or_default().to_string();
        let least = no_room.least_height_mm.to_string();
        parameters::refused(|t| t.no_room, &[("value", &value), ("least", &least)])
    })?;
    if format == Format::Svg {
        return Ok(Representation::new(drawn.svg));
    }
    let size = query.pixels(drawn.width_mm, drawn.height_mm)?;
    let source = Captions::of(&shown).source();
    let texts = [
        ("Title", sheet.title.as_str()),
        ("Description", sheet.description.as_str()),
        ("Copyright", source.as_str()),
        ("Source", sheet.origin.as_str()),
    ];
    let stop = Stop::current();
    let picture = raster::png(&drawn.svg, size, query.dpi, &texts, &|| stop.is_set()).map_err(Problem::internal)?;
    // Where it was stopped, nobody sees what is said.
    picture.map(Representation::dense).ok_or_else(Problem::busy)
}
