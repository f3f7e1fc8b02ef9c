//! Reads the areas of files.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Arc,
};

use crate::{
    findings::{Report, Rule},
    ingest::{
        geodata::{
            error::AreaError,
            feature::{At, Columns, Feature, Sink},
            geometry::Flaw,
        },
        progress::Watch,
    },
    model::{MunicipalityCode, NeighbourhoodCode},
    spatial::MultiPolygon,
};

const COLUMNS: [&str; 21] = [
    "statcode",
    "statnaam",
    "buurtcode",
    "bucode",
    "buurtnaam",
    "bunaam",
    "wijkcode",
    "wkcode",
    "wijknaam",
    "wknaam",
    "gemeentecode",
    "gmcode",
    "gemeentenaam",
    "gmnaam",
    "water",
    "h2o",
    "aantalinwoners",
    "aantinw",
    "jaar",
    "jrstatcode",
    "id",
];

/// A level of the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    Municipality,
    Wijk,
    Buurt,
}

impl Level {
    /// The columns with the code and the name of an area of this level; those of the Gebiedsindelingen have any level.
    fn columns(self) -> ([&'static str; 2], [&'static str; 2]) {
        match self {
            Self::Buurt => (["buurtcode", "bucode"], ["buurtnaam", "bunaam"]),
            Self::Wijk => (["wijkcode", "wkcode"], ["wijknaam", "wknaam"]),
            Self::Municipality => (["gemeentecode", "gmcode"], ["gemeentenaam", "gmnaam"]),
        }
    }

    fn letters(self) -> &'static str {
        match self {
            Self::Buurt => "BU",
            Self::Wijk => "WK",
            Self::Municipality => "GM",
        }
    }
}

/// An area that was read.
#[derive(Clone, Debug)]
pub(super) struct Area {
    pub(super) at: At,
    pub(super) level: Level,
    pub(super) code: String,
    pub(super) municipality: MunicipalityCode,
    pub(super) name: Option<String>,
    /// As it stands there; see [`number`].
    pub(super) population: Option<String>,
    pub(super) year: Option<i32>,
    pub(super) area: Result<MultiPolygon<f64>, Flaw>,
}

/// What was read from the files of one import.
#[derive(Debug)]
pub struct Areas {
    pub(super) ours: BTreeSet<MunicipalityCode>,
    pub(super) file: Arc<str>,
    pub(super) areas: Vec<Area>,
    pub(super) report: Report,
    /// The municipalities of Overijssel in another year, by level.
    pub(super) former: BTreeMap<String, At>,
    /// Rows whose code cannot be read: their level, and the municipalities that they may be of; none: any.
    pub(super) unplaced: Vec<(Level, Vec<MunicipalityCode>)>,
}

impl Areas {
    /// Nothing read yet; `ours` are the municipalities whose areas are wanted.
    pub fn of<'a>(ours: impl IntoIterator<Item = &'a MunicipalityCode>) -> Self {
        Self {
            ours: ours.into_iter().cloned().collect(),
            file: "".into(),
            areas: Vec::new(),
            report: Report::default(),
            former: BTreeMap::new(),
            unplaced: Vec::new(),
        }
    }

    /// Reads a file; its features are told under the name `file`.
    ///
    /// # Errors
    /// [`AreaError`], one sentence.
    pub async fn read(&mut self, path: &Path, file: &Arc<str>, watch: &Watch) -> Result<(), AreaError> {
        self.file = Arc::clone(file);
        crate::ingest::geodata::read::read(path, self, watch).await
    }

    /// Whether the files had nothing of ours, and nothing to tell of.
    pub fn is_empty(&self) -> bool {
        self.areas.is_empty() && self.report.is_empty() && self.former.is_empty()
    }

    /// Whether an area does not tell its year, so that somebody has to.
    pub fn needs_a_date(&self) -> bool {
        self.areas.iter().any(|area| area.year.is_none())
    }
}

impl Sink for Areas {
    fn columns(&self) -> &'static [&'static str] {
        &COLUMNS
    }

    fn element(&self) -> Option<&'static str> {
        None
    }

    fn reads(&self, columns: &[String]) -> bool {
        let has = |name: &str| columns.iter().any(|column| column == name);
        has("statcode")
            || [Level::Buurt, Level::Wijk, Level::Municipality]
                .iter()
                .any(|level| level.columns().0.map(has).contains(&true))
    }

    fn wants(&mut self, columns: &Columns) -> bool {
        let Some((_, code)) = code(columns) else { return false };
        // Water and what lies abroad is no part of a wijk or buurt.
        let is_water = match value(columns, ["water", "h2o"]) {
            Some(water) => !water.eq_ignore_ascii_case("NEE"),
            None => is_numbered_as_water(code),
        };
        if is_water {
            return false;
        }
        let Some(municipality) = municipality(columns, code) else { return true };
        if self.ours.contains(&municipality) {
            return true;
        }
        if was_of_overijssel(&municipality) {
            let at = At { file: Arc::clone(&self.file), layer: None, number: 0 };
            self.former.entry(municipality.to_string()).or_insert(at);
        }
        false
    }

    fn take(&mut self, feature: Feature) {
        let Feature { layer, number, columns, area } = feature;
        let at = At { file: Arc::clone(&self.file), layer, number };
        let Some((level, code)) = code(&columns) else { return };
        let Some(municipality) = municipality(&columns, code) else {
            self.report.add(at.finding(None, Rule::AreaCodeShape, code));
            let digits = code.get(2..6).map(|digits| format!("GM{digits}"));
            let stated = value(&columns, ["gemeentecode", "gmcode"]).map(str::to_owned);
            self.unplaced.push((level, digits.into_iter().chain(stated).flat_map(|text| text.parse().ok()).collect()));
            return;
        };
        let (_, names) = level.columns();
        let year = columns.get("jaar").or_else(|| columns.get("jrstatcode")).and_then(|text| year(text));
        self.areas.push(Area {
            level,
            code: code.to_owned(),
            municipality,
            name: value(&columns, names).or_else(|| value(&columns, ["statnaam"])).map(str::to_owned),
            population: value(&columns, ["aantalinwoners", "aantinw"]).map(str::to_owned),
            year,
            area,
            at,
        });
    }
}

fn value<'a, const N: usize>(columns: &'a Columns, names: [&str; N]) -> Option<&'a str> {
    names.into_iter().find_map(|name| columns.get(name)).map(String::as_str)
}

/// The finest level of which there is a code.
fn code(columns: &Columns) -> Option<(Level, &str)> {
    let levels = [Level::Buurt, Level::Wijk, Level::Municipality];
    if let Some(code) = value(columns, ["statcode"]) {
        let level = levels.into_iter().find(|level| code.starts_with(level.letters()))?;
        return Some((level, code));
    }
    levels.into_iter().find_map(|level| Some((level, value(columns, level.columns().0)?)))
}

/// The municipality of a code: the four digits behind its letters. `None` for what is no code.
fn municipality(columns: &Columns, code: &str) -> Option<MunicipalityCode> {
    let is_code = code.parse::<NeighbourhoodCode>().is_ok() || code.parse::<MunicipalityCode>().is_ok();
    let own: MunicipalityCode = format!("GM{}", code.get(2..6).filter(|_| is_code)?).parse().ok()?;
    let stated = value(columns, ["gemeentecode", "gmcode"]);
    // A code and a municipality that disagree are told, not chosen from.
    (stated.is_none_or(|stated| stated == own.as_str())).then_some(own)
}

/// A municipality that was of Overijssel once: the numbers that CBS gave to the province, less those that are in Flevoland
/// now (Noordoostpolder and Urk).
fn was_of_overijssel(code: &MunicipalityCode) -> bool {
    let number: u16 = code.as_str().get(2..).and_then(|digits| digits.parse().ok()).unwrap_or(0);
    (141..=193).contains(&number) && number != 171 && number != 184
}

/// Whether CBS numbers the area as water: wijk 99, and the buurten in it (`WK016699`, `BU01669997`).
fn is_numbered_as_water(code: &str) -> bool {
    code.parse::<NeighbourhoodCode>().is_ok() && code.get(6..8) == Some("99")
}

fn year(text: &str) -> Option<i32> {
    let year = text.get(..4)?.parse().ok()?;
    (1990..=2100).contains(&year).then_some(year)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns(pairs: &[(&str, &str)]) -> Columns {
        pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
    }

    #[test]
    fn the_columns_of_every_year_tell_the_level_and_the_municipality() {
        for (row, level, municipality) in [
            (
                &[("buurtcode", "BU01930001"), ("wijkcode", "WK019300"), ("gemeentecode", "GM0193")][..],
                Level::Buurt,
                "GM0193",
            ),
            (&[("wijkcode", "WK019300"), ("gemeentecode", "GM0193")], Level::Wijk, "GM0193"),
            (&[("gemeentecode", "GM0193"), ("gemeentenaam", "Zwolle")], Level::Municipality, "GM0193"),
            (&[("bucode", "BU01480001"), ("gmcode", "GM0148")], Level::Buurt, "GM0148"),
            (&[("statcode", "WK177300"), ("statnaam", "Wijk 00")], Level::Wijk, "GM1773"),
            (&[("statcode", "GM1773")], Level::Municipality, "GM1773"),
        ] {
            let columns = columns(row);
            let (found, code) = code(&columns).unwrap();
            assert_eq!(found, level, "{row:?}");
            assert_eq!(super::municipality(&columns, code).unwrap().as_str(), municipality, "{row:?}");
        }
        // Provinces and COROP areas stand in the same files.
        assert_eq!(code(&columns(&[("statcode", "PV23")])), None);
        let other = columns(&[("buurtcode", "BU01930001"), ("gemeentecode", "GM0148")]);
        assert_eq!(super::municipality(&other, "BU01930001"), None, "the two disagree");
    }

    #[test]
    fn water_is_left_out_by_its_number_where_no_column_tells_it() {
        let ours: MunicipalityCode = "GM0166".parse().unwrap();
        let wants = |row: &[(&str, &str)]| Areas::of([&ours]).wants(&columns(row));
        for water in ["WK016699", "BU01669997", "BU01669998"] {
            assert!(!wants(&[("statcode", water)]), "{water}");
            assert!(!wants(&[("statcode", water), ("water", "JA")]), "{water}");
            assert!(wants(&[("statcode", water), ("water", "NEE")]), "{water}: the column knows better");
        }
        for land in ["GM0166", "WK016609", "WK016690", "BU01660099", "BU01669097"] {
            assert!(wants(&[("statcode", land)]), "{land}");
        }
        assert!(!wants(&[("buurtcode", "BU01669998"), ("wijkcode", "WK016699"), ("gemeentecode", "GM0166")]));
        assert!(!Areas::of([&"GM0199".parse().unwrap()]).wants(&columns(&[("statcode", "WK019999")])));
        assert!(
            Areas::of([&"GM0199".parse().unwrap()]).wants(&columns(&[("statcode", "WK019901")])),
            "GM0199 is no water"
        );
    }

    #[test]
    fn numbers_of_municipalities_that_were_of_overijssel_are_known() {
        let was = |code: &str| was_of_overijssel(&code.parse().unwrap());
        assert!(was("GM0143") && was("GM0142"), "Avereest and Ambt Delden, until 2001");
        assert!(!was("GM0171") && !was("GM0184"), "Noordoostpolder and Urk are in Flevoland");
        assert!(!was("GM0363") && !was("GM0194"));
    }
}
