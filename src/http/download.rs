//! Downloads: places as GeoJSON and CSV.

use poem::{Request, Response, handler, web::Data};

use super::{
    aside::aside,
    asked::Asked,
    export::{write_csv, write_geojson},
    parameters::{Address, Parameters},
    problem::Problem,
    representation::{About, Representation},
    state::State,
};
use crate::edition::Edition;

/// `/places.geojson` as a file.
const GEOJSON: About =
    About { disposition: Some("inline; filename=\"places.geojson\""), ..About::file("application/geo+json") };

/// `/places.csv` as a file.
const CSV: About = About {
    disposition: Some("attachment; filename=\"places.csv\""),
    ..About::file("text/csv; charset=utf-8; header=present")
};

/// `/places.geojson`: a FeatureCollection in CRS84, ordered by municipality and name.
#[handler]
pub(super) async fn places_geojson(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    let write = |edition: &Edition, places: &[u32]| write_geojson(edition, places).map_err(Problem::internal);
    download(request, &state, &GEOJSON, write).await
}

/// `/places.csv`: UTF-8, comma, one row a place, ordered by municipality and name; an empty cell is not known.
#[handler]
pub(super) async fn places_csv(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    let write = |edition: &Edition, places: &[u32]| write_csv(edition, places).map_err(Problem::internal);
    download(request, &state, &CSV, write).await
}

/// How places are written.
type Write = fn(&Edition, &[u32]) -> Result<Vec<u8>, Problem>;

/// Of the edition that the address names, or that is served, whole or without a layer, the places that are asked for.
async fn download(request: &Request, state: &State, about: &About, write: Write) -> Result<Response, Problem> {
    let parameters = Parameters::read(request, Address::Download)?;
    let pinned = state.pin(request).await?;
    let key = pinned.key(about.media_type, &parameters.query_string());
    let make = async {
        let Asked { edition, places, selected, .. } = Asked::of(parameters, Address::Download, state, &pinned).await?;
        let listed: Vec<u32> = places.in_order(&edition, &selected).into_iter().map(|(place, _)| place).collect();
        let work = move || write(&edition, &listed);
        Ok(Representation::new(aside(&state.lanes.heavy, work).await??))
    };
    state.answer(request, about, key, make).await
}
