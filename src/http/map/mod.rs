//! `/map.svg` and `/map.png`: maps for documents, drawn from an edition, the same bytes for the same address and edition.
//!
//! - `parameters`: what is asked beside places, read and checked
//! - `shown`: which places and areas that is
//! - `shapes`: how these look; `compose`: these as shapes, symbols and names of a sheet
//! - `captions`: what is said on it; `description`: all of it in words; `words`: the sentences for both, in Dutch and English
//!
//! `drawing::sheet` draws it, `drawing::raster` makes pixels of it. Both take long enough to be done off the threads that answer, few
//! at a time, and what was drawn is kept.

mod captions;
mod compose;
mod description;
mod format;
mod parameters;
pub(in crate::http) mod shapes;
mod shown;
pub(in crate::http) mod words;

use std::{sync::Arc, time::Duration};

use poem::{
    Request, Response, handler,
    http::{HeaderValue, StatusCode, header},
    web::Data,
};
use sha2::{Digest, Sha256};

use self::{
    captions::Captions,
    format::Format,
    parameters::MapQuery,
    shown::{Reached, Shown},
};
use crate::{
    drawing::raster,
    edition::Edition,
    graphql::coverage::Computed,
    http::{
        asked::{Asked, nothing_more},
        document,
        problem::Problem,
        state::State,
    },
};

/// How long a map waits until others are drawn.
const PATIENCE: Duration = Duration::from_secs(30);

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
    let asked = Asked::of(request, parameters::address(format), state, nothing_more).await?;
    let edition = asked.opened.edition;
    let query = MapQuery::of(&asked.parameters, asked.places, &edition, &state.limits)?;
    let key = (edition.state(), query.address(format, &edition.id));
    let picture = match state.maps.kept.get(&key) {
        Some(picture) => picture,
        None => {
            let permit = tokio::time::timeout(PATIENCE, state.maps.drawing.clone().acquire_owned()).await;
            let permit = permit.map_err(|_| busy())?.map_err(Problem::internal)?;
            match state.maps.kept.get(&key) {
                // Somebody else asked for the same.
                Some(picture) => picture,
                None => {
                    let coverage = coverage(state, &edition, &query).await?;
                    let work = move || {
                        let _permit = permit;
                        draw(&edition, &query, coverage, format)
                    };
                    let picture = tokio::task::spawn_blocking(work).await.map_err(Problem::internal)??;
                    let picture = Arc::new(picture);
                    state.maps.kept.insert(key, picture.clone());
                    picture
                }
            }
        }
    };
    let mut response = document::answer(request, format.media_type(), picture.to_vec());
    if response.status() == StatusCode::OK {
        let headers = response.headers_mut();
        let disposition = match format {
            Format::Svg => HeaderValue::from_static("inline; filename=\"map.svg\""),
            Format::Png => HeaderValue::from_static("inline; filename=\"map.png\""),
        };
        headers.insert(header::CONTENT_DISPOSITION, disposition);
        // An SVG that is opened by itself is a document: it has no script and loads nothing.
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'"));
    }
    Ok(response)
}

fn busy() -> Problem {
    Problem {
        status: StatusCode::SERVICE_UNAVAILABLE,
        detail: format!("too many maps are being drawn; this one waited {} seconds, ask again", PATIENCE.as_secs()),
    }
}

/// What is within reach of the places, where the map is to show it; kept with the answers of the API.
async fn coverage(state: &State, edition: &Arc<Edition>, query: &MapQuery) -> Result<Option<Reached>, Problem> {
    let Some(distance_m) = query.coverage_m else { return Ok(None) };
    let key: [u8; 32] = Sha256::digest(format!("map {}", query.coverage_key())).into();
    let computed =
        state.coverage.get(edition, key, || Computed::new(edition, distance_m, query.filter(), query.within()));
    let failed = |_| Problem::internal("the polygons of a map were given up");
    let (parts, is_new) = computed.parts(edition).await.map_err(failed)?;
    if is_new {
        state.coverage.weigh(edition, key, &computed);
    }
    Ok(Some(Reached::new(&computed, parts)))
}

fn draw(edition: &Edition, query: &MapQuery, coverage: Option<Reached>, format: Format) -> Result<Vec<u8>, Problem> {
    let shown = Shown::of(edition, query, coverage);
    let sheet = compose::sheet(&shown, format);
    let drawn = sheet.draw(query.size).map_err(|no_room| {
        Problem::bad_request(format!(
            "`height` is {}; title, legend and sources of this map need at least {} millimetres at this `width`; leave `height` out for as \
             much as it takes",
            query.size.height_mm.unwrap_or_default(),
            no_room.least_height_mm
        ))
    })?;
    if format == Format::Svg {
        return Ok(drawn.svg.into_bytes());
    }
    let size = query.pixels(drawn.width_mm, drawn.height_mm)?;
    let source = Captions::of(&shown).source();
    let texts = [
        ("Title", sheet.title.as_str()),
        ("Description", sheet.description.as_str()),
        ("Copyright", source.as_str()),
        ("Source", sheet.origin.as_str()),
    ];
    raster::png(&drawn.svg, size, query.dpi, &texts).map_err(Problem::internal)
}
