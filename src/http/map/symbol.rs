//! Which symbol a place has on a map.

use crate::{drawing::symbols::Symbol, model::vocabulary::PlaceKind};

/// The symbol of a kind.
pub(in crate::http) fn symbol(kind: Option<PlaceKind>) -> Symbol {
    match kind {
        Some(PlaceKind::Kulturhus) => Symbol::Disc,
        Some(PlaceKind::Dorpshuis) => Symbol::Square,
        Some(PlaceKind::Buurthuis) => Symbol::Up,
        Some(PlaceKind::Wijkcentrum) => Symbol::Diamond,
        Some(PlaceKind::Mfa) => Symbol::Plus,
        Some(PlaceKind::Gemeenschapshuis) => Symbol::Down,
        Some(PlaceKind::Overig) => Symbol::Star,
        None => Symbol::Ring,
    }
}
