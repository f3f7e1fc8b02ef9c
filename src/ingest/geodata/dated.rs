//! Of which day a layer is: that of its oldest part. A map that is older than that is not taken.

use std::sync::Arc;

use chrono::{Datelike as _, NaiveDate};

use crate::{
    findings::{Finding, Rule},
    model::{Layer, PartialDate},
};

/// What an import took of a layer.
pub(crate) struct Part<'a> {
    pub(crate) key: &'static str,
    /// What the layer is called from now on, where its date changes.
    pub(crate) title: &'static str,
    pub(crate) attribution: &'static str,
    /// The day of each area that was taken.
    pub(crate) taken: Vec<NaiveDate>,
    /// How many areas of the layer stay as they were.
    pub(crate) rest: usize,
    /// The file, for what is to be told.
    pub(crate) file: &'a Arc<str>,
}

impl Part<'_> {
    /// Dates the layer: by what was taken where that is all of it, else it keeps its date, which is that of the rest. Tells
    /// where the two differ. Nothing taken changes nothing.
    pub(crate) fn date(&self, layers: &mut Vec<Layer>) -> Option<Finding> {
        let (oldest, newest) = (self.taken.iter().min()?, self.taken.iter().max()?);
        let newest = self.named(*newest)?;
        let known = layers.iter().find(|known| known.key == self.key).and_then(|known| known.reference_date.clone());
        let date = if self.rest > 0 { known } else { self.named(*oldest) };
        set(layers, self.key, self.title, self.attribution, date.clone());
        let oldest = date.filter(|oldest| *oldest != newest)?;
        let mut finding = Finding::new(self.file, None, Rule::LayerOfSeveralDates, newest.as_str());
        let new = self.taken.iter().filter(|taken| self.named(**taken).as_ref() == Some(&newest)).count();
        let all = self.taken.len() + self.rest;
        finding.details =
            vec![title(layers, self.key).to_owned(), oldest.to_string(), new.to_string(), all.to_string()];
        Some(finding)
    }

    /// A map of a year is named by the year, a count by its day.
    fn named(&self, date: NaiveDate) -> Option<PartialDate> {
        let is_year = (date.month(), date.day()) == (1, 1)
            && matches!(self.key, "municipalities" | "neighbourhoods" | "postcodes");
        if is_year { date.year().to_string().parse().ok() } else { Some(date.into()) }
    }
}

/// The title of a layer, else its key.
pub(crate) fn title<'a>(layers: &'a [Layer], key: &'a str) -> &'a str {
    layers.iter().find(|known| known.key == key).map_or(key, |known| &known.title)
}

/// The date of a layer, where it begins after `date`.
pub(crate) fn older(layers: &[Layer], key: &str, date: NaiveDate) -> Option<PartialDate> {
    let known = layers.iter().find(|known| known.key == key)?.reference_date.clone()?;
    (beginning(&known)? > date).then_some(known)
}

/// Sets the date of a layer where it differs; its title then no longer names the edition that the seed had.
fn set(layers: &mut Vec<Layer>, key: &str, title: &str, attribution: &str, date: Option<PartialDate>) {
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
                licence_url: Some(Layer::CC_BY.to_owned()),
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
