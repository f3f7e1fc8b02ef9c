//! Reads the postcodes of files.

use std::{path::Path, sync::Arc};

use chrono::NaiveDate;

use crate::{
    findings::{Report, Rule},
    ingest::{
        geodata::{
            error::AreaError,
            feature::{At, Columns, Feature, Sink},
            geometry::Flaw,
            read::read,
        },
        progress::Watch,
    },
    model::Postcode,
    spatial::MultiPolygon,
};

const COLUMNS: [&str; 7] = ["postcode6", "pc6", "postcode4", "pc4", "postcode", "jaar", "id"];

/// The columns with the postcode, the finest first.
const NAMED: [&str; 5] = ["postcode6", "pc6", "postcode4", "pc4", "postcode"];

/// A postcode that was read.
#[derive(Clone, Debug)]
pub(super) struct Outlined {
    pub(super) at: At,
    pub(super) postcode: Postcode,
    pub(super) year: Option<i32>,
    pub(super) area: Result<MultiPolygon<f64>, Flaw>,
}

/// What was read from the files of one import.
#[derive(Debug, Default)]
pub struct Outlines {
    pub(super) file: Arc<str>,
    pub(super) all: Vec<Outlined>,
    pub(super) report: Report,
}

impl Outlines {
    /// Reads a file; its features are told under the name `file`.
    ///
    /// # Errors
    /// [`AreaError`], one sentence.
    pub async fn read(&mut self, path: &Path, file: &Arc<str>, watch: &Watch) -> Result<(), AreaError> {
        self.file = Arc::clone(file);
        read(path, self, watch).await
    }

    /// Whether the files had no postcode, and nothing to tell of.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty() && self.report.is_empty()
    }

    /// Whether a postcode does not tell its year, so that somebody has to.
    pub fn needs_a_date(&self) -> bool {
        self.all.iter().any(|outlined| outlined.year.is_none())
    }
}

impl Outlined {
    /// The day it is of: what the file tells, else what somebody says.
    pub(super) fn date(&self, on: Option<NaiveDate>) -> Option<NaiveDate> {
        self.year.and_then(|year| NaiveDate::from_ymd_opt(year, 1, 1)).or(on)
    }
}

impl Sink for Outlines {
    fn columns(&self) -> &'static [&'static str] {
        &COLUMNS
    }

    fn element(&self) -> Option<&'static str> {
        None
    }

    fn reads(&self, columns: &[String]) -> bool {
        columns.iter().any(|column| NAMED.contains(&column.as_str()))
    }

    fn wants(&mut self, columns: &Columns) -> bool {
        written(columns).is_some_and(|text| match text.parse::<Postcode>() {
            Ok(postcode) => may_be_of_overijssel(&postcode),
            // It is told.
            Err(_) => true,
        })
    }

    fn take(&mut self, feature: Feature) {
        let Feature { layer, number, columns, area } = feature;
        let at = At { file: Arc::clone(&self.file), layer, number };
        let Some(text) = written(&columns) else { return };
        let Ok(postcode) = text.parse::<Postcode>() else {
            return self.report.add(at.finding(None, Rule::PostcodeShape, text));
        };
        let year = columns.get("jaar").and_then(|text| text.get(..4)?.parse().ok());
        self.all.push(Outlined { at, postcode, year, area });
    }
}

fn written(columns: &Columns) -> Option<&str> {
    NAMED.into_iter().find_map(|name| columns.get(name)).map(String::as_str)
}

/// Whether the province may have the postcode: the outlines of the rest of the country are not worth reading. Where its middle lies
/// decides.
fn may_be_of_overijssel(postcode: &Postcode) -> bool {
    ("7000".."8500").contains(&postcode.four())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_of_every_year_name_the_postcode_and_the_rest_of_the_country_is_not_read() {
        let columns = |name: &str, value: &str| Columns::from([(name.to_owned(), value.to_owned())]);
        for name in NAMED {
            assert!(Outlines::default().wants(&columns(name, "7411AB")), "{name}");
        }
        let wants = |value: &str| Outlines::default().wants(&columns("postcode6", value));
        assert!(wants("7701 AA") && wants("8261ZZ") && wants("7411"));
        assert!(!wants("1012AB") && !wants("9712 CP") && !wants("8500"));
        assert!(wants("postbus"), "what is no postcode is told");
    }
}
