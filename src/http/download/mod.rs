//! Downloads: each collection as files. `file` says which there are and what each address takes.

mod file;

use poem::{Request, Response, Route, get, handler, web::Data};

pub(super) use self::file::{file_at, files};
use super::{
    aside::{LONGEST, aside},
    asked::Asked,
    export::{ExportError, Format, write, write_geopackage},
    parameters::{ActivityChoice, Address, FileAs, FileOf, Parameters, distance},
    problem::Problem,
    representation::{About, Representation},
    spool::{Spool, Spooled},
    state::State,
};
use crate::{
    calendar::{local, next_midnight},
    collections::{self, Collection, Reached},
    edition::{ActivityOrderField, Direction, Edition, Within},
};

impl From<ExportError> for Problem {
    fn from(error: ExportError) -> Self {
        Self::internal(error)
    }
}

/// The addresses of all files.
pub(super) fn routes(route: Route) -> Route {
    let route = route.at("/noaber.gpkg", get(geopackage));
    files().iter().fold(route, |route, file| route.at(file.path, get(answer)))
}

/// `/noaber.gpkg` as a file.
const GEOPACKAGE: About = About {
    disposition: Some("attachment; filename=\"noaber.gpkg\""),
    ..About::file("application/geopackage+sqlite3")
};

/// `/noaber.gpkg`: everything of an edition, in RD New.
#[handler]
async fn geopackage(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    let parameters = Parameters::read(request, Address::GeoPackage)?;
    let pinned = state.pin(request).await?;
    let key = pinned.key("/noaber.gpkg", &parameters.query_string());
    let make = async {
        let edition = Asked::of(parameters, Address::GeoPackage, &state, &pinned).await?.edition;
        let work = async move {
            let file = Spooled::file(write_geopackage(&edition).await?)?;
            Ok::<_, ExportError>(Representation::of_spooled(file, false)?)
        };
        Ok(state.lanes.heavy.run_waiting(LONGEST, work).await.map_err(Problem::from)??)
    };
    state.answer(request, &GEOPACKAGE, key, make).await
}

/// A file, of the edition that the address names, or that is served, whole or without a layer: the rows that are asked for.
#[handler]
async fn answer(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    // The route is made from these.
    let path = request.uri().path();
    let Some(file) = files().iter().find(|file| file.path == path) else {
        return Err(Problem::internal(anyhow::anyhow!("`{path}` is routed and no file")));
    };
    let parameters = Parameters::read(request, file.address())?;
    let format = file.format(&parameters);
    let activities = match file.of {
        FileOf::Activities => Some(ActivityChoice::of(&parameters)?),
        _ => None,
    };
    let distance_m = distance(&parameters, &state.limits)?;
    let pinned = state.pin(request).await?;
    let now = chrono::Utc::now();
    // What is over by today is left out, so that each day has an answer of its own.
    let today = local(now).date();
    let until = activities.as_ref().map(|_| next_midnight(now));
    let day = until.map(|_| today.to_string()).unwrap_or_default();
    let key = pinned.key(file.path, &format!("{day}{}", parameters.query_string()));
    let make = async {
        let asked = Asked::of(parameters, file.address(), &state, &pinned).await?;
        let make = move |into: &mut Spool| {
            let Some(collection) = file.collection else { return reach(&asked, distance_m, format, into) };
            let edition = &*asked.edition;
            let rows = match (file.of, activities) {
                (FileOf::Places, _) => {
                    asked.places.in_order(edition, &asked.selected).into_iter().map(|(place, _)| place).collect()
                }
                (_, Some(choice)) => {
                    let filter = choice.filter(&asked.places, today);
                    let selected = edition.select_activities(&filter).certain;
                    edition.sorted_activities(&selected, ActivityOrderField::Place, Direction::Asc, now).0
                }
                _ => of_municipalities(collection, edition, &asked.places.municipalities),
            };
            write(collection, edition, &rows, format, into)
        };
        let work = move || {
            let mut spool = Spool::new();
            make(&mut spool)?;
            // A workbook is a zip.
            Ok::<_, ExportError>(Representation::of_spooled(spool.finish()?, file.r#as == FileAs::Xlsx)?)
        };
        Ok(aside(&state.lanes.heavy, work).await??)
    };
    state.answer_until(request, &file.about, key, until, make).await
}

/// Who lives within reach of the places that are asked for, in the municipalities that are named.
fn reach(asked: &Asked, distance_m: f64, format: Format, into: &mut Spool) -> Result<(), ExportError> {
    let municipalities = &asked.places.municipalities;
    let area = (!municipalities.is_empty()).then(|| Within::Municipalities(municipalities.clone()));
    let coverage = asked.edition.coverage(distance_m, &asked.places.attributes, area.as_ref());
    let (reached, collection) = (Reached::new(asked.edition.clone(), coverage), collections::coverage());
    write(&collection, &reached, &collection.listed(&reached), format, into)
}

/// The rows of a list, of some municipalities where these are named.
fn of_municipalities(collection: &Collection, edition: &Edition, municipalities: &[u32]) -> Vec<u32> {
    let mut rows = collection.listed(edition);
    let column = collection.column("municipalityCode").or_else(|| collection.column("code"));
    if let Some(column) = column.filter(|_| !municipalities.is_empty()) {
        let code = |index: &u32| edition.municipality(*index).facts.code.to_string();
        let codes: Vec<String> = municipalities.iter().map(code).collect();
        rows.retain(|row| codes.iter().any(|code| *code == column.written(edition, *row)));
    }
    rows
}
