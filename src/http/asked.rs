//! What an address asks of places, with the edition that answers it.

use std::sync::Arc;

use super::{
    parameters::{Address, Name, Parameters, PlaceChoice, Refused, Trouble},
    problem::Problem,
    state::{Pinned, State},
};
use crate::edition::{Edition, Selection};

/// An address that asks for places, understood.
pub(in crate::http) struct Asked {
    /// The one that is pinned, whole or without a layer.
    pub(in crate::http) edition: Arc<Edition>,
    /// As our own addresses have them.
    pub(in crate::http) parameters: Parameters,
    pub(in crate::http) places: PlaceChoice,
    pub(in crate::http) selected: Selection,
    /// Why this is everything, and not what was asked.
    pub(in crate::http) refusal: Option<Refused>,
}

impl Asked {
    /// Understands what was read of an address.
    ///
    /// # Errors
    /// One sentence on what is asked wrongly.
    pub(in crate::http) async fn of(
        mut parameters: Parameters,
        address: Address,
        state: &State,
        pinned: &Pinned,
    ) -> Result<Self, Trouble> {
        let left = match parameters.get(Name::Without) {
            None => None,
            Some(_) if parameters.edition().is_some() => {
                return Err(Refused::without_edition().into());
            }
            Some(layer) => Some(state.without.get(&state.library, &state.lanes.pages, layer).await?),
        };
        let edition = left.as_ref().map_or(&pinned.edition, |left| &left.edition).clone();
        let places = PlaceChoice::of(&parameters, &edition, &state.limits)?;
        if !address.has_form_of_distance() {
            places.radius_has_a_point()?;
        }
        places.write(&edition, &mut parameters);
        let selected = places.select(&edition);
        Ok(Self { edition, parameters, places, selected, refusal: None })
    }

    /// The same for a page, which shows everything where it cannot show what is asked, and says why; `rest` is what is then left of its
    /// address.
    ///
    /// # Errors
    /// What has nothing to do with what is asked.
    pub(in crate::http) async fn of_page(
        read: Result<Parameters, Refused>,
        rest: Parameters,
        address: Address,
        state: &State,
        pinned: &Pinned,
    ) -> Result<Self, Problem> {
        let asked = match read {
            Ok(parameters) => Self::of(parameters, address, state, pinned).await,
            Err(refused) => Err(refused.into()),
        };
        match asked {
            Err(Trouble::Refused(refused)) => {
                let everything = Self::of(rest, address, state, pinned).await?;
                Ok(Self { refusal: Some(refused), ..everything })
            }
            asked => Ok(asked?),
        }
    }
}
