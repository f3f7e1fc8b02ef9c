//! Of which day a layer is: a map that is older than what is known is not taken.

use chrono::NaiveDate;

use crate::{
    ingest::CC_BY,
    model::{Layer, PartialDate},
};

/// The date of a layer, where it begins after `date`.
pub(super) fn older(layers: &[Layer], key: &str, date: NaiveDate) -> Option<PartialDate> {
    let known = layers.iter().find(|known| known.key == key)?.reference_date.clone()?;
    (beginning(&known)? > date).then_some(known)
}

/// Sets the date of a layer where it differs; its title then no longer names the edition that the seed had.
pub(super) fn set(layers: &mut Vec<Layer>, key: &str, title: &str, attribution: &str, date: Option<PartialDate>) {
    match layers.iter_mut().find(|known| known.key == key) {
        Some(known) if known.reference_date != date => {
            known.reference_date = date;
            known.title = title.to_owned();
        }
        Some(_) => {}
        None => {
            layers.push(Layer {
                key: key.to_owned(),
                title: title.to_owned(),
                licence: "CC-BY-4.0".to_owned(),
                licence_url: Some(CC_BY.to_owned()),
                attribution: attribution.to_owned(),
                reference_date: date,
            });
            layers.sort_by(|a, b| a.key.cmp(&b.key));
        }
    }
}

/// The first day of what a partial date names.
fn beginning(date: &PartialDate) -> Option<NaiveDate> {
    let text = date.as_str();
    let whole = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    whole.parse().ok()
}
