//! Why a geometry was not valid, in the language of a report.

use crate::{model::Language, spatial::SpatialError};

/// What was wrong, without a way out: it has been mended.
pub(crate) fn reason(fault: &SpatialError, language: Language) -> String {
    let nl = language == Language::Nl;
    match fault {
        SpatialError::Flat { path, at } if nl => format!("`{path}` omsluit niets, bij {at}"),
        SpatialError::Flat { path, at } => format!("`{path}` encloses nothing, at {at}"),
        SpatialError::CrossesItself { path, at } if nl => format!("`{path}` kruist zichzelf bij {at}"),
        SpatialError::CrossesItself { path, at } => format!("`{path}` crosses itself at {at}"),
        SpatialError::TouchesItself { path, at } if nl => format!("`{path}` raakt zichzelf bij {at}"),
        SpatialError::TouchesItself { path, at } => format!("`{path}` touches itself at {at}"),
        SpatialError::OverlapsItself { path, at } if nl => format!("`{path}` loopt over zichzelf bij {at}"),
        SpatialError::OverlapsItself { path, at } => format!("`{path}` runs over itself at {at}"),
        SpatialError::RingsCross { path, other, at } if nl => format!("`{path}` kruist `{other}` bij {at}"),
        SpatialError::RingsCross { path, other, at } => format!("`{path}` crosses `{other}` at {at}"),
        SpatialError::RingsShareLine { path, other, at } if nl => {
            format!("`{path}` en `{other}` lopen over dezelfde lijn bij {at}")
        }
        SpatialError::RingsShareLine { path, other, at } => format!("`{path}` and `{other}` share a line at {at}"),
        SpatialError::HoleOutside { path, at } if nl => {
            format!("`{path}` is een gat, maar ligt buiten de buitenste ring bij {at}")
        }
        SpatialError::HoleOutside { path, at } => format!("`{path}` is a hole but lies outside its outer ring at {at}"),
        SpatialError::HolesOverlap { path, other, at } if nl => {
            format!("de gaten `{path}` en `{other}` overlappen bij {at}")
        }
        SpatialError::HolesOverlap { path, other, at } => format!("the holes `{path}` and `{other}` overlap at {at}"),
        SpatialError::PolygonsOverlap { path, other, at } if nl => {
            format!("de vlakken `{path}` en `{other}` overlappen bij {at}")
        }
        SpatialError::PolygonsOverlap { path, other, at } => {
            format!("the polygons `{path}` and `{other}` overlap at {at}")
        }
        SpatialError::TooManyTouches { max } if nl => format!("de ringen raken elkaar meer dan {max} keer"),
        SpatialError::TooManyTouches { max } => format!("the rings touch each other more than {max} times"),
        // What is no outline is refused before it is mended.
        _ if nl => "de omtrek is geen geldig vlak".to_owned(),
        _ => "the outline is no valid area".to_owned(),
    }
}
