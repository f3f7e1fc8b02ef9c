//! What the embedded page is called: by the area that is asked for.

use super::{asked::Asked, words::Words};
use crate::{
    edition::Edition,
    http::{map, pages::words::with},
};

/// The title of the page, and of the frame that shows it.
pub(in crate::http) fn heading(edition: &Edition, asked: &Asked) -> String {
    let (t, t_map) = (Words::of(asked.language), map::words::Words::of(asked.language));
    if let Some(index) = asked.settlement {
        return with(t.title_several, &[("names", &edition.settlement(index).facts.name)]);
    }
    let names: Vec<&str> =
        asked.municipalities.iter().map(|index| edition.municipality(*index).facts.name.as_str()).collect();
    match names.split_last() {
        None => t_map.title_province.to_owned(),
        Some((one, [])) => with(t_map.title_municipality, &[("name", one)]),
        Some((last, others)) => {
            with(t_map.title_municipalities, &[("names", &format!("{} {} {last}", others.join(", "), t.and))])
        }
    }
}
