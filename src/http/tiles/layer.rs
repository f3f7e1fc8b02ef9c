//! Which layers there are, and what is asked of them.

use crate::{
    collections::{self, Collection},
    graphql::limits::Limits,
    http::{
        parameters::{Address, Parameters, Refused, distance},
        problem::Problem,
    },
    model::excerpt,
};

/// A layer of tiles.
#[derive(Clone, Copy)]
pub(super) enum Layer {
    /// A collection that has a geometry.
    Of(&'static Collection),
    /// What lies within a distance of places, what may, and what does not.
    Coverage,
}

/// What the layer of coverage is called.
pub(super) const COVERAGE: &str = "coverage";

impl Layer {
    /// The layer of that name.
    ///
    /// # Errors
    /// One sentence that names those that there are.
    pub(super) fn named(name: &str) -> Result<Self, Problem> {
        if name == COVERAGE {
            return Ok(Self::Coverage);
        }
        let with_geometry = || collections::all().iter().filter(|collection| collection.shape.is_some());
        with_geometry().find(|collection| collection.name == name).map(Self::Of).ok_or_else(|| {
            let known: Vec<&str> = with_geometry().map(|collection| collection.name).chain([COVERAGE]).collect();
            let (known, name) = (known.join(", "), excerpt(name));
            Problem::new(poem::http::StatusCode::NOT_FOUND, format!("there is no layer `{name}`; there are {known}"))
                .in_dutch(format!("er is geen laag `{name}`; wel {known}"))
        })
    }

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Of(collection) => collection.name,
            Self::Coverage => COVERAGE,
        }
    }

    /// What it takes.
    pub(super) fn address(self) -> Address {
        match self {
            Self::Of(collection) if collection.name == "places" => Address::PlaceTiles,
            Self::Of(_) => Address::Tiles,
            Self::Coverage => Address::CoverageTiles,
        }
    }

    /// The distance of coverage, metres, two kilometres where none is named; of other layers none.
    ///
    /// # Errors
    /// One sentence where it is no distance.
    pub(super) fn distance(self, parameters: &Parameters, limits: &Limits) -> Result<Option<f64>, Refused> {
        match self {
            Self::Of(_) => Ok(None),
            Self::Coverage => distance(parameters, limits).map(Some),
        }
    }
}
