//! What the embedded page is called: by the area that is asked for.

use super::words::Words;
use crate::{
    edition::Edition,
    http::{
        map,
        pages::{language::Language, words::with},
        parameters::PlaceChoice,
    },
};

/// The title of the page, and of the frame that shows it.
pub(in crate::http) fn heading(edition: &Edition, places: &PlaceChoice, language: Language) -> String {
    let (t, t_map) = (Words::of(language), map::words::Words::of(language));
    if let Some(index) = places.settlement {
        return with(t.title_several, &[("names", &edition.settlement(index).facts.name)]);
    }
    let names: Vec<&str> =
        places.municipalities.iter().map(|index| edition.municipality(*index).facts.name.as_str()).collect();
    match names.split_last() {
        None => t_map.title_province.to_owned(),
        Some((one, [])) => with(t_map.title_municipality, &[("name", one)]),
        Some((last, others)) => {
            with(t_map.title_municipalities, &[("names", &format!("{} {} {last}", others.join(", "), t.and))])
        }
    }
}
