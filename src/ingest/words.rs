//! What properties of places and their values are called in what is told of an import.

use crate::model::{
    Language, PlainField, Statement, plain_field,
    vocabulary::{self, LocationPrecision, Term},
};

/// What a property is called, by the key of its statements.
pub(super) fn property(key: &str, nl: bool) -> String {
    match key.split_once('.') {
        Some(("facilities", facility)) => label("FacilityType", facility, nl),
        Some(("activities", activity)) => label("ActivityType", activity, nl),
        Some(("alternativeNames", _)) if nl => "andere naam".to_owned(),
        Some(("alternativeNames", _)) => "other name".to_owned(),
        _ => match (plain_field(key).next(), nl) {
            (Some(PlainField { field: "contact", .. }), _) => "contact".to_owned(),
            (Some(plain), true) => plain.nl.to_owned(),
            (Some(plain), false) => plain.en.to_owned(),
            (None, true) => dutch(key).to_owned(),
            (None, false) => key.to_owned(),
        },
    }
}

fn dutch(key: &str) -> &str {
    match key {
        "name" => "naam",
        "kind" => "soort",
        "municipality" => "gemeente",
        "settlement" => "plaats",
        "neighbourhood" => "wijk",
        "address" => "adres",
        "location" => "ligging",
        other => other,
    }
}

/// What a statement says, as it is told to people.
pub(super) fn value(statement: &Statement, nl: bool) -> String {
    let term = |vocabulary: &str, name: &str| label(vocabulary, name, nl);
    let yes_no = |yes: bool| match (yes, nl) {
        (true, true) => "ja",
        (true, false) => "yes",
        (false, true) => "nee",
        (false, false) => "no",
    };
    let none = if nl { "is er niet" } else { "none" };
    match statement {
        Statement::Name(text)
        | Statement::AlternativeName(text)
        | Statement::Settlement(text)
        | Statement::Neighbourhood(text) => text.clone(),
        Statement::Kind(kind) => term("PlaceKind", kind.name()),
        Statement::KindFromName(kind) => {
            format!("{} ({})", term("PlaceKind", kind.name()), if nl { "naar de naam" } else { "by its name" })
        }
        Statement::Status(status) => term("PlaceStatus", status.name()),
        Statement::Municipality(code) => code.to_string(),
        Statement::Address(address) => address.line("").trim_end_matches([',', ' ']).to_owned(),
        Statement::Location(at) => {
            let precision = term("LocationPrecision", at.precision.name());
            match at.precision {
                LocationPrecision::Address => format!("{:.6}, {:.6} ({precision})", at.lon, at.lat),
                _ => format!("{:.6}, {:.6} ({precision}, ±{:.0} m)", at.lon, at.lat, at.uncertainty_radius_m),
            }
        }
        Statement::Facility(_, is) | Statement::Activity(_, is) => yes_no(*is).to_owned(),
        plain => {
            let cells = plain.told(if nl { Language::Nl } else { Language::En });
            if cells.is_empty() { none.to_owned() } else { cells.join(", ") }
        }
    }
}

/// The label of a term.
pub(super) fn label(vocabulary: &str, name: &str, nl: bool) -> String {
    let found = vocabulary::label(vocabulary, name);
    found.map_or_else(|| name.to_owned(), |term| if nl { term.label_nl.clone() } else { term.label_en.clone() })
}
