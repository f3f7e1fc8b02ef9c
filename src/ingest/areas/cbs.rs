//! The source `cbs-areas`: wijken, buurten and municipal borders in the columns of the Wijk- en Buurtkaart of CBS and
//! Kadaster, or of the Gebiedsindelingen.
//!
//! The wijken or buurten of a file replace those of their municipalities as a whole, a border and a number of inhabitants
//! those of the municipality; its name, and everything else, stays. What is older than what is known is left aside.

use std::{
    collections::{BTreeMap, BTreeSet, HashSet},
    path::Path,
    sync::Arc,
};

use chrono::{Datelike as _, NaiveDate};

use super::{AreaError, At, Columns, Feature, Flaw, Sink};
use crate::{
    edition::{Edition, EditionError},
    ingest::{
        CC_BY,
        batch::{Counted, Outcome, Tally},
        report::{Finding, Report},
        rule::Rule,
    },
    model::{
        Books, Layer, Municipality, MunicipalityCode, Neighbourhood, NeighbourhoodCode, PartialDate,
        vocabulary::NeighbourhoodLevel,
    },
    spatial::{
        MultiPolygon, Region, Wgs84,
        publish::{Decimals, Published, publish},
    },
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
enum Level {
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
struct Area {
    at: At,
    level: Level,
    code: String,
    municipality: MunicipalityCode,
    name: Option<String>,
    /// As it stands there; see [`number`].
    population: Option<String>,
    year: Option<i32>,
    area: Result<MultiPolygon<f64>, Flaw>,
}

/// What was read from the files of one import.
#[derive(Debug)]
pub struct Areas {
    ours: BTreeSet<MunicipalityCode>,
    file: Arc<str>,
    areas: Vec<Area>,
    report: Report,
    /// The municipalities of Overijssel in another year, by level.
    former: BTreeMap<String, At>,
    /// The levels of which areas of other provinces were seen: those files are to have all of ours.
    national: BTreeSet<Level>,
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
            national: BTreeSet::new(),
        }
    }

    /// Reads a file; its features are told under the name `file`.
    ///
    /// # Errors
    /// [`AreaError`], one sentence.
    pub async fn read(&mut self, path: &Path, file: &Arc<str>) -> Result<(), AreaError> {
        self.file = Arc::clone(file);
        super::read(path, self).await
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
        let Some((level, code)) = code(columns) else { return false };
        // Water and what lies abroad is no part of a wijk or buurt.
        if value(columns, ["water", "h2o"]).is_some_and(|water| !water.eq_ignore_ascii_case("NEE")) {
            return false;
        }
        let Some(municipality) = municipality(columns, code) else { return true };
        if self.ours.contains(&municipality) {
            return true;
        }
        if was_of_overijssel(&municipality) {
            let at = At { file: Arc::clone(&self.file), layer: None, number: 0 };
            self.former.entry(municipality.to_string()).or_insert(at);
        } else {
            self.national.insert(level);
        }
        false
    }

    fn take(&mut self, feature: Feature) {
        let Feature { layer, number, columns, area } = feature;
        let at = At { file: Arc::clone(&self.file), layer, number };
        let Some((level, code)) = code(&columns) else { return };
        let Some(municipality) = municipality(&columns, code) else {
            self.report.add(at.finding(None, Rule::AreaCodeShape, code));
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

fn year(text: &str) -> Option<i32> {
    let year = text.get(..4)?.parse().ok()?;
    (1990..=2100).contains(&year).then_some(year)
}

/// A number of inhabitants. CBS writes -99995, -99997 or -99999999 for what is not known or kept secret.
pub(super) fn number(text: &str) -> Result<Option<i32>, ()> {
    let number: f64 = text.replace(',', ".").parse().map_err(|_| ())?;
    match number {
        _ if number < 0.0 => Ok(None),
        #[expect(clippy::cast_possible_truncation, reason = "a whole number within the range")]
        _ if number <= f64::from(i32::MAX) && number.fract() == 0.0 => Ok(Some(number as i32)),
        _ => Err(()),
    }
}

/// The day a set of areas is of: what the file tells, else what somebody says.
fn reference(area: &Area, on: Option<NaiveDate>) -> Option<NaiveDate> {
    area.year.and_then(|year| NaiveDate::from_ymd_opt(year, 1, 1)).or(on)
}

impl Areas {
    /// Takes what was read into the books. `on` is the day of what does not tell its year.
    ///
    /// # Errors
    /// [`EditionError`] where the books afterwards would be no edition; nothing is to be stored then.
    pub fn into_books(&self, books: &Books, on: Option<NaiveDate>) -> Result<Outcome, EditionError> {
        let unread = usize::try_from(self.report.count(crate::ingest::report::Severity::Refused)).unwrap_or(usize::MAX);
        let mut taking = Taking {
            outcome: Outcome {
                report: self.report.clone(),
                refused: unread,
                ..Outcome::untouched(books, self.areas.len() + unread)
            },
        };
        taking.strangers(self);
        let mut sets: BTreeMap<(NaiveDate, Level), Vec<&Area>> = BTreeMap::new();
        for area in &self.areas {
            if let Some(date) = reference(area, on) {
                sets.entry((date, area.level)).or_default().push(area);
            }
        }
        for ((date, level), areas) in sets {
            taking.missing(self, level, &areas);
            let areas = taking.once_each(areas);
            match level {
                Level::Municipality => taking.municipalities(date, &areas),
                Level::Wijk => taking.neighbourhoods(date, NeighbourhoodLevel::Wijk, &areas),
                Level::Buurt => taking.neighbourhoods(date, NeighbourhoodLevel::Buurt, &areas),
            }
        }
        taking.outcome.edition = Edition::build(taking.outcome.books.facts.clone())?.id;
        Ok(taking.outcome)
    }
}

/// An import under way.
struct Taking {
    outcome: Outcome,
}

impl Taking {
    /// Tells the codes of another year than ours.
    fn strangers(&mut self, areas: &Areas) {
        for (code, at) in &areas.former {
            self.outcome.report.add(Finding::new(&at.file, None, Rule::MunicipalityOfOtherYear, code));
        }
    }

    /// Tells those of our municipalities that a national file does not have.
    fn missing(&mut self, all: &Areas, level: Level, areas: &[&Area]) {
        if !all.national.contains(&level) {
            return;
        }
        let there: BTreeSet<&MunicipalityCode> = areas.iter().map(|area| &area.municipality).collect();
        let Some(first) = areas.first() else { return };
        for code in all.ours.iter().filter(|code| !there.contains(code)) {
            let layer = first.at.layer.as_ref();
            self.outcome.report.add(Finding::new(&first.at.file, layer, Rule::MunicipalityMissing, code.as_str()));
        }
    }

    fn refuse(&mut self, area: &Area, column: Option<&str>, rule: Rule, value: &str, details: Vec<String>) {
        let mut finding = area.at.finding(column, rule, value);
        finding.details = details;
        self.outcome.report.add(finding);
        self.outcome.refused += 1;
    }

    /// The first area of each code.
    fn once_each<'a>(&mut self, areas: Vec<&'a Area>) -> Vec<&'a Area> {
        let mut seen = HashSet::new();
        let mut kept = Vec::new();
        for area in areas {
            if seen.insert(&area.code) {
                kept.push(area);
            } else {
                self.refuse(area, None, Rule::RepeatedArea, &area.code, Vec::new());
            }
        }
        kept
    }

    /// The outline as it is to be stored; what is wrong with it is told.
    fn outline(&mut self, area: &Area) -> Option<Published> {
        let polygons = match &area.area {
            Ok(polygons) => polygons,
            Err(flaw) => {
                area.at.refuse(flaw, &mut self.outcome.report);
                self.outcome.refused += 1;
                return None;
            }
        };
        let published = publish(polygons, Decimals::Six);
        match &published {
            None => self.refuse(area, Some("geometry"), Rule::AreaMissing, "", Vec::new()),
            Some(Published { fault: Some(fault), .. }) => area.at.mended(&area.code, fault, &mut self.outcome.report),
            Some(_) => {}
        }
        published
    }

    fn population(&mut self, area: &Area) -> Option<i32> {
        let text = area.population.as_deref()?;
        number(text).unwrap_or_else(|()| {
            self.outcome.report.add(area.at.finding(Some("aantal_inwoners"), Rule::InhabitantsShape, text));
            None
        })
    }

    /// Whether a layer is of a later day than `date`, which is told then.
    fn is_older(&mut self, layer: &str, date: NaiveDate, first: &Area) -> bool {
        let known = self.outcome.books.facts.layers.iter().find(|known| known.key == layer);
        let Some(known) = known.and_then(|known| known.reference_date.clone()) else { return false };
        if beginning(&known).is_none_or(|known| known <= date) {
            return false;
        }
        let mut finding = Finding::new(&first.at.file, first.at.layer.as_ref(), Rule::OlderAreas, &date.to_string());
        finding.details = vec![layer.to_owned(), known.to_string()];
        self.outcome.report.add(finding);
        true
    }

    fn municipalities(&mut self, date: NaiveDate, areas: &[&Area]) {
        let Some(first) = areas.first() else { return };
        let has_population = areas.iter().any(|area| area.population.is_some());
        let older_border = self.is_older("municipalities", date, first);
        let older_population = has_population && self.is_older("population", date, first);
        if older_border && (older_population || !has_population) {
            self.outcome.refused += areas.len();
            return;
        }
        let before = self.outcome.books.facts.municipalities.clone();
        for area in areas {
            let outline = if older_border { None } else { self.outline(area) };
            let population = if older_population { None } else { self.population(area) };
            let known = &mut self.outcome.books.facts.municipalities;
            let Some(known) = known.iter_mut().find(|known| known.code == area.municipality) else { continue };
            if let Some(outline) = outline {
                draw(known, &outline);
            }
            if let Some(population) = population {
                (known.population, known.population_date) = (Some(population), Some(date));
            }
        }
        let after = &self.outcome.books.facts.municipalities;
        let changed = before.iter().zip(after).filter(|(was, is)| was != is);
        let mut tally = Tally {
            of: Counted::Municipalities,
            added: Vec::new(),
            changed: changed.map(|(_, is)| format!("{} {}", is.code, is.name)).collect(),
            removed: Vec::new(),
            unchanged: 0,
        };
        tally.unchanged = areas.len().saturating_sub(tally.changed.len());
        if !older_border {
            self.outside(&before);
            self.date("municipalities", "Gemeentegrenzen (CBS / Kadaster)", "Bron: CBS / Kadaster", date);
        }
        if has_population && !older_population {
            self.date("population", "Inwoners per gemeente (CBS)", "Bron: CBS", date);
        }
        self.outcome.tallies.push(tally);
    }

    /// Tells the places that the new borders leave outside their municipality.
    fn outside(&mut self, before: &[Municipality]) {
        let facts = &self.outcome.books.facts;
        let moved = before.iter().zip(&facts.municipalities).filter(|(was, is)| was.boundary != is.boundary);
        let regions: Vec<(&Municipality, Region, Region)> =
            moved.filter_map(|(was, is)| Some((is, region(&was.boundary)?, region(&is.boundary)?))).collect();
        let mut findings = Vec::new();
        for place in &facts.places {
            let of = regions.iter().find(|(municipality, ..)| municipality.code == place.municipality);
            let Some(((municipality, was, is), at)) = of.zip(place.location.as_ref()) else { continue };
            let at = Wgs84 { lon: at.lon, lat: at.lat };
            if was.contains(at) && !is.contains(at) {
                let mut finding = Finding::new(&"noaber".into(), None, Rule::PlaceOutsideBorder, &place.key);
                finding.details = vec![municipality.name.clone()];
                findings.push(finding);
            }
        }
        findings.into_iter().for_each(|finding| self.outcome.report.add(finding));
    }

    fn neighbourhoods(&mut self, date: NaiveDate, level: NeighbourhoodLevel, areas: &[&Area]) {
        let Some(first) = areas.first() else { return };
        if self.is_older("neighbourhoods", date, first) {
            self.outcome.refused += areas.len();
            return;
        }
        let mut new: BTreeMap<NeighbourhoodCode, Neighbourhood> = BTreeMap::new();
        // What was refused is not gone.
        let mut kept = HashSet::new();
        for area in areas {
            let Ok(code) = area.code.parse::<NeighbourhoodCode>() else { continue };
            let Some(name) = area.name.clone() else {
                self.refuse(area, Some("naam"), Rule::AreaWithoutName, &area.code, Vec::new());
                kept.insert(code);
                continue;
            };
            let Some(outline) = self.outline(area) else {
                kept.insert(code);
                continue;
            };
            let population = self.population(area);
            let municipality = area.municipality.clone();
            let boundary = outline.text;
            new.insert(code.clone(), Neighbourhood { code, name, level, municipality, population, boundary });
        }
        let there: BTreeSet<&MunicipalityCode> = areas.iter().map(|area| &area.municipality).collect();
        let known = &mut self.outcome.books.facts.neighbourhoods;
        let (old, mut rest): (Vec<Neighbourhood>, Vec<Neighbourhood>) =
            std::mem::take(known).into_iter().partition(|known| {
                known.level == level && there.contains(&known.municipality) && !kept.contains(&known.code)
            });
        let old: BTreeMap<NeighbourhoodCode, Neighbourhood> =
            old.into_iter().map(|old| (old.code.clone(), old)).collect();
        let named = |area: &Neighbourhood| format!("{} {}", area.code, area.name);
        let tally = Tally {
            of: Counted::Neighbourhoods,
            added: new.values().filter(|new| !old.contains_key(&new.code)).map(named).collect(),
            changed: new.values().filter(|new| old.get(&new.code).is_some_and(|old| old != *new)).map(named).collect(),
            removed: old.values().filter(|old| !new.contains_key(&old.code)).map(named).collect(),
            unchanged: new.values().filter(|new| old.get(&new.code) == Some(*new)).count(),
        };
        let took = !new.is_empty();
        rest.extend(new.into_values());
        rest.sort_by(|a, b| a.code.cmp(&b.code));
        *known = rest;
        if took {
            self.date("neighbourhoods", "Wijken en buurten (CBS Wijk- en Buurtkaart)", "Bron: CBS / Kadaster", date);
        }
        self.outcome.tallies.push(tally);
    }

    /// Notes of which day a layer is now.
    fn date(&mut self, key: &str, title: &str, attribution: &str, date: NaiveDate) {
        // A map of a year is named by the year, a count by its day.
        let is_year = (date.month(), date.day()) == (1, 1) && key != "population";
        let text = if is_year { date.year().to_string() } else { date.to_string() };
        set_date(&mut self.outcome.books.facts.layers, key, title, attribution, text.parse().ok());
    }
}

/// Sets the date of a layer where it differs; its title then no longer names the edition that the seed had.
pub(super) fn set_date(layers: &mut Vec<Layer>, key: &str, title: &str, attribution: &str, date: Option<PartialDate>) {
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
pub(super) fn beginning(date: &PartialDate) -> Option<NaiveDate> {
    let text = date.as_str();
    let whole = match text.len() {
        4 => format!("{text}-01-01"),
        7 => format!("{text}-01"),
        _ => text.to_owned(),
    };
    whole.parse().ok()
}

pub(super) fn region(boundary: &str) -> Option<Region> {
    let value = serde_json::from_str(boundary).ok()?;
    crate::spatial::geojson::parse_area(&value, usize::MAX).ok().map(Region::new)
}

/// Gives a municipality a border; its label stays where it lies inside.
fn draw(municipality: &mut Municipality, outline: &Published) {
    if municipality.boundary == outline.text {
        return;
    }
    municipality.boundary = outline.text.clone();
    let label = Wgs84 { lon: municipality.label_lon, lat: municipality.label_lat };
    let largest = largest(&outline.polygons);
    if !Region::new(largest.clone()).contains(label)
        && let Some(inside) = super::derive::inner_point(&largest)
    {
        (municipality.label_lon, municipality.label_lat) = (inside.lon, inside.lat);
    }
}

/// The largest of several polygons, by itself.
pub(super) fn largest(polygons: &MultiPolygon<f64>) -> MultiPolygon<f64> {
    use geo::Area as _;
    let largest = polygons.iter().max_by(|a, b| a.unsigned_area().total_cmp(&b.unsigned_area()));
    MultiPolygon(largest.cloned().into_iter().collect())
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
    fn numbers_below_zero_are_not_known_and_others_are_whole() {
        for unknown in ["-99995", "-99997", "-99999999", "-99997.0"] {
            assert_eq!(number(unknown), Ok(None), "{unknown}");
        }
        for (text, expected) in [("0", 0), ("12345", 12_345), ("12345.0", 12_345), ("5,0", 5)] {
            assert_eq!(number(text), Ok(Some(expected)), "{text}");
        }
        for wrong in ["", "veel", "1.5", "1e12", "NaN", "inf"] {
            assert_eq!(number(wrong), Err(()), "{wrong}");
        }
    }

    #[test]
    fn numbers_of_municipalities_that_were_of_overijssel_are_known() {
        let was = |code: &str| was_of_overijssel(&code.parse().unwrap());
        assert!(was("GM0143") && was("GM0142"), "Avereest and Ambt Delden, until 2001");
        assert!(!was("GM0171") && !was("GM0184"), "Noordoostpolder and Urk are in Flevoland");
        assert!(!was("GM0363") && !was("GM0194"));
    }
}
