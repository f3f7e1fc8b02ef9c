//! Vector tiles (Mapbox Vector Tile 2.1, WebMercatorQuad) for maps that draw themselves: `/tiles/places/9/264/168`, and what there is
//! as TileJSON 3.0 at `/tiles/places`.
//!
//! - `layer`: which layers there are, and what a tile asks; `draw`: how features are written; `describe`: TileJSON

mod describe;
mod draw;
mod layer;

use std::sync::Arc;

use poem::{
    Request, Response, handler,
    web::{Data, Path},
};
use sha2::{Digest, Sha256};

use self::layer::Layer;
use super::{
    aside::aside,
    asked::Asked,
    ogc::links::Links,
    parameters::Parameters,
    problem::Problem,
    representation::{About, Representation},
    state::State,
};
use crate::{
    edition::Edition,
    graphql::coverage::Computed,
    model::excerpt,
    spatial::{Tile, coverage::Parts},
};

const TILE: About = About::of("application/vnd.mapbox-vector-tile");
const JSON: About = About::of("application/json");

/// `/tiles/…`: what a layer is, for libraries that draw maps (TileJSON 3.0).
#[handler]
pub(super) async fn tilejson(
    request: &Request,
    state: Data<&State>,
    Path(name): Path<String>,
) -> Result<Response, Problem> {
    let layer = Layer::named(&name)?;
    let parameters = Parameters::read(request, layer.address())?;
    let pinned = state.pin(request).await?;
    let links = Links::of(request, false, None);
    let key = pinned.key("tilejson", &links.key());
    let make = async {
        let asked = Asked::of(parameters, layer.address(), &state, &pinned).await?;
        layer.distance(&asked.parameters, &state.limits)?;
        let written = describe::tilejson(&asked.edition, layer, &asked.parameters.query_string(), &links);
        Ok(Representation::new(serde_json::to_vec(&written).map_err(Problem::internal)?))
    };
    state.answer(request, &JSON, key, make).await
}

/// `/tiles/…/zoom/column/row`, with or without `.mvt` or `.pbf` behind it: one tile. One in which there is nothing is empty.
#[handler]
pub(super) async fn tile(
    request: &Request,
    state: Data<&State>,
    Path((name, zoom, column, row)): Path<(String, String, String, String)>,
) -> Result<Response, Problem> {
    let layer = Layer::named(&name)?;
    let tile = numbered(&zoom, &column, &row)?;
    let parameters = Parameters::read(request, layer.address())?;
    let pinned = state.pin(request).await?;
    let key = pinned.key("tile", &format!("{name} {zoom} {column} {row} {}", parameters.query_string()));
    let make = async {
        let asked = Asked::of(parameters, layer.address(), &state, &pinned).await?;
        let reached = match layer.distance(&asked.parameters, &state.limits)? {
            Some(distance_m) => Some(reached(&state, &asked, distance_m).await),
            None => None,
        };
        let work = move || draw::tile(&asked.edition, layer, &asked.selected.certain, reached.as_deref(), tile);
        Ok(Representation::new(aside(&state.lanes.pages, work).await?.map_err(Problem::internal)?))
    };
    state.answer(request, &TILE, key, make).await
}

/// What is within reach of the places that are asked for, kept with the answers of the API.
async fn reached(state: &State, asked: &Asked, distance_m: f64) -> Arc<Parts> {
    let edition: &Arc<Edition> = &asked.edition;
    let key: [u8; 32] = Sha256::digest(format!("tiles {}", asked.parameters.query_string())).into();
    let (of, filter) = (edition.clone(), asked.places.filter());
    let computed = state.coverage.figures(edition, key, move || Computed::new(&of, distance_m, filter, None)).await;
    state.coverage.parts(edition, key, &computed).await
}

/// The tile of these numbers.
fn numbered(zoom: &str, column: &str, row: &str) -> Result<Tile, Problem> {
    let bare = row.strip_suffix(".mvt").or_else(|| row.strip_suffix(".pbf")).unwrap_or(row);
    let number = |text: &str| {
        let is_number = !text.is_empty() && text.len() < 9 && text.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then(|| text.parse::<u32>().ok()).flatten()
    };
    let of = || Some((i32::try_from(number(zoom)?).ok()?, number(column)?, number(bare)?));
    let Some((zoom, column, row)) = of() else {
        let given = excerpt(&format!("{zoom}/{column}/{row}"));
        return Err(Problem::bad_request(format!(
            "`{given}` is no tile; it is a zoom level from 0 to 22, a column and a row, such as 9/264/168"
        ))
        .in_dutch(format!(
            "`{given}` is geen tegel; het is een zoomniveau van 0 tot 22, een kolom en een rij, zoals 9/264/168"
        )));
    };
    Tile::new(zoom, column, row).map_err(|error| Problem::bad_request(error.to_string()))
}
