//! How a place comes to be served anew, whatever it is that changed in the ledger.

use chrono::{DateTime, Utc};

use super::{
    address::contradicts,
    place::{Resolved, resolve},
};
use crate::model::{Ledger, MunicipalityCode, Original, Place, PlaceSource};

/// Keeps a place as it is before the first claim on it.
pub(crate) fn remember(ledger: &mut Ledger, place: &Place, sources: &[PlaceSource]) {
    ledger.places.remember(&place.key, || Original { subject: place.clone(), support: sources.to_vec() });
}

/// Decides anew what is served of the place `key`, which was served as `before` if it was, with its sources.
pub(crate) fn serve(
    ledger: &mut Ledger,
    key: &str,
    municipality: &MunicipalityCode,
    before: Option<(&Place, &[PlaceSource])>,
    now: DateTime<Utc>,
) -> (Place, Vec<PlaceSource>) {
    let mut resolved = resolved(ledger, key, municipality);
    if let Some((before, _)) = before
        && forget_point(ledger, before, &resolved.place)
    {
        resolved = self::resolved(ledger, key, municipality);
    }
    let Resolved { mut place, sources, .. } = resolved;
    let unchanged = before.is_some_and(|(before, links)| {
        place.updated_at = before.updated_at;
        place == *before && links == sources
    });
    if !unchanged {
        place.updated_at = now;
    }
    (place, sources)
}

fn resolved(ledger: &Ledger, key: &str, municipality: &MunicipalityCode) -> Resolved {
    resolve(key, municipality, ledger.places.originals.get(key), ledger.places.of(key))
}

/// A point that was looked up for an address goes with that address; whether there was one.
fn forget_point(ledger: &mut Ledger, before: &Place, after: &Place) -> bool {
    let moved = before.address.as_ref().zip(after.address.as_ref()).is_some_and(|(one, other)| contradicts(one, other));
    moved && ledger.forget_geocoding(&after.key)
}
