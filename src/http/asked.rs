//! What an address asks of places, with the edition that answers it.

use poem::Request;

use super::{
    parameters::{Address, Parameters, PlaceChoice, Refused, Trouble},
    problem::Problem,
    state::{Opened, State},
};
use crate::edition::Selection;

/// An address that asks for places, understood.
pub(in crate::http) struct Asked {
    pub(in crate::http) opened: Opened,
    /// As our own addresses have them.
    pub(in crate::http) parameters: Parameters,
    pub(in crate::http) places: PlaceChoice,
    pub(in crate::http) selected: Selection,
    /// Why this is everything, and not what was asked.
    pub(in crate::http) refusal: Option<Refused>,
}

impl Asked {
    /// Understands an address; `check` looks at what it has of its own.
    ///
    /// # Errors
    /// One sentence on what is asked wrongly.
    pub(in crate::http) async fn of(
        request: &Request,
        address: Address,
        state: &State,
        check: fn(&Parameters) -> Result<(), Refused>,
    ) -> Result<Self, Trouble> {
        let parameters = Parameters::read(request, address)?;
        check(&parameters)?;
        Self::answer(parameters, address, state, None).await
    }

    /// The same for a page, which shows everything where it cannot show what is asked, and says why.
    pub(in crate::http) async fn of_page(
        request: &Request,
        address: Address,
        state: &State,
        check: fn(&Parameters) -> Result<(), Refused>,
    ) -> Result<Self, Problem> {
        match Self::of(request, address, state, check).await {
            Err(Trouble::Refused(refused)) => {
                let everything = Self::answer(Parameters::rest(request), address, state, Some(refused));
                Ok(everything.await?)
            }
            answered => Ok(answered?),
        }
    }

    async fn answer(
        mut parameters: Parameters,
        address: Address,
        state: &State,
        refusal: Option<Refused>,
    ) -> Result<Self, Trouble> {
        let opened = state.open(&parameters).await?;
        let places = PlaceChoice::of(&parameters, &opened.edition, &state.limits)?;
        if !address.has_form_of_distance() {
            places.radius_has_a_point()?;
        }
        places.write(&opened.edition, &mut parameters);
        let selected = places.select(&opened.edition);
        Ok(Self { opened, parameters, places, selected, refusal })
    }
}

/// An address that has nothing of its own to look at.
pub(in crate::http) fn nothing_more(_: &Parameters) -> Result<(), Refused> {
    Ok(())
}
