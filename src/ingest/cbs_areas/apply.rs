//! What was read of CBS into the books.

mod neighbourhoods;

use std::collections::{BTreeMap, BTreeSet, HashSet};

use chrono::NaiveDate;

use super::source::{Area, Areas, Level};
use crate::{
    findings::{Finding, Rule, Severity},
    ingest::{
        geodata::{
            dated::{self, Part},
            feature::inhabitants,
            geometry::{largest, region},
        },
        outcome::{Counted, Outcome, Tally},
        settlements::derive,
    },
    model::{Books, Municipality, MunicipalityCode, NeighbourhoodCode},
    spatial::{
        Region, Wgs84,
        publish::{Decimals, Published, publish},
    },
};

/// The day a set of areas is of: what the file tells, else what somebody says.
fn reference(area: &Area, on: Option<NaiveDate>) -> Option<NaiveDate> {
    area.year.and_then(|year| NaiveDate::from_ymd_opt(year, 1, 1)).or(on)
}

impl Areas {
    /// Takes what was read into the books. `on` is the day of what does not tell its year.
    pub fn into_books(&self, books: &Books, on: Option<NaiveDate>) -> Outcome {
        let unread = usize::try_from(self.report.count(Severity::Refused)).unwrap_or(usize::MAX);
        let mut taking = Taking {
            outcome: Outcome {
                report: self.report.clone(),
                refused: unread,
                ..Outcome::untouched(books.clone(), self.areas.len() + unread)
            },
            incomplete: BTreeSet::new(),
            taken: BTreeMap::new(),
        };
        taking.strangers(self);
        taking.missing(self);
        for (level, municipalities) in &self.unplaced {
            let those =
                if municipalities.is_empty() { self.ours.iter().collect() } else { Vec::from_iter(municipalities) };
            taking.incomplete.extend(those.into_iter().map(|code| (*level, code.clone())));
        }
        let mut sets: BTreeMap<(NaiveDate, Level), Vec<&Area>> = BTreeMap::new();
        for area in &self.areas {
            if let Some(date) = reference(area, on) {
                sets.entry((date, area.level)).or_default().push(area);
            }
        }
        for ((date, level), areas) in sets {
            let areas = taking.once_each(areas);
            match level {
                Level::Municipality => taking.municipalities(date, &areas),
                Level::Wijk | Level::Buurt => taking.neighbourhoods(date, level, &areas),
            }
        }
        taking.date_neighbourhoods(&self.file);
        taking.outcome
    }
}

/// The name of a municipality of ours in the middle of which an area lies, though it is not among the areas: of another year's
/// division both would count the same inhabitants.
fn swallowed(area: &Area, areas: &[&Area], known: &[Municipality]) -> Option<String> {
    let region = Region::new(area.area.as_ref().ok()?.clone());
    let is_there = |code: &MunicipalityCode| areas.iter().any(|other| other.municipality == *code);
    let is_within = |other: &&Municipality| {
        !is_there(&other.code) && region.contains(Wgs84 { lon: other.label_lon, lat: other.label_lat })
    };
    known.iter().find(is_within).map(|other| other.name.clone())
}

/// An import under way.
struct Taking {
    outcome: Outcome,
    /// The levels of municipalities of which a row was refused: what of them is not in the files may be that row.
    incomplete: BTreeSet<(Level, MunicipalityCode)>,
    /// The wijken and buurten that were taken, with their day.
    taken: BTreeMap<NeighbourhoodCode, NaiveDate>,
}

impl Taking {
    /// Tells the codes of another year than ours.
    fn strangers(&mut self, areas: &Areas) {
        for (code, at) in &areas.former {
            self.outcome.report.add(Finding::new(&at.file, None, Rule::MunicipalityOfOtherYear, code));
        }
    }

    /// Tells those of our municipalities that files do not have which have more than half of them: those of a few say nothing
    /// of the others.
    fn missing(&mut self, all: &Areas) {
        let mut there: BTreeMap<Level, BTreeSet<&MunicipalityCode>> = BTreeMap::new();
        for area in &all.areas {
            there.entry(area.level).or_default().insert(&area.municipality);
        }
        there.retain(|_, there| there.len() * 2 > all.ours.len());
        let is_missing = |code: &&MunicipalityCode| there.values().any(|there| !there.contains(code));
        let missing: Vec<&str> = all.ours.iter().filter(is_missing).map(MunicipalityCode::as_str).collect();
        if !missing.is_empty() {
            let mut finding = Finding::new(&all.file, None, Rule::MunicipalityMissing, &missing.len().to_string());
            finding.details = vec![missing.join(", ")];
            self.outcome.report.add(finding);
        }
    }

    fn refuse(&mut self, area: &Area, column: Option<&str>, rule: Rule, value: &str, details: Vec<String>) {
        let mut finding = area.at.finding(column, rule, value);
        finding.details = details;
        self.outcome.report.add(finding);
        self.left_out(area);
    }

    fn left_out(&mut self, area: &Area) {
        self.outcome.refused += 1;
        self.incomplete.insert((area.level, area.municipality.clone()));
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
                self.left_out(area);
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
        inhabitants(text).unwrap_or_else(|()| {
            self.outcome.report.add(area.at.finding(Some("aantal_inwoners"), Rule::InhabitantsShape, text));
            None
        })
    }

    /// Whether a layer is of a later day than `date`, which is told then.
    fn is_older(&mut self, layer: &str, date: NaiveDate, first: &Area) -> bool {
        let layers = &self.outcome.books.facts.layers;
        let Some(known) = dated::older(layers, layer, date) else { return false };
        let finding = first.at.older(dated::title(layers, layer), date, &known);
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
            let known = self.outcome.books.facts.municipalities.len();
            self.outcome.tallies.push(Tally::untouched(Counted::Municipalities, known));
            return;
        }
        let before = self.outcome.books.facts.municipalities.clone();
        let (mut borders, mut populations) = (Vec::new(), Vec::new());
        for area in areas {
            if let Some(other) = swallowed(area, areas, &before) {
                let name = before.iter().find(|known| known.code == area.municipality).map(|known| known.name.clone());
                let name = name.unwrap_or_else(|| area.code.clone());
                self.refuse(area, None, Rule::BorderOverlaps, &name, vec![other]);
                continue;
            }
            let outline = if older_border { None } else { self.outline(area) };
            let population = if older_population { None } else { self.population(area) };
            let population = population.filter(|_| !self.is_counted_since(date, area));
            let known = &mut self.outcome.books.facts.municipalities;
            let Some(known) = known.iter_mut().find(|known| known.code == area.municipality) else { continue };
            if let Some(outline) = outline {
                draw(known, &outline);
                borders.push(date);
            }
            if let Some(population) = population {
                (known.population, known.population_date) = (Some(population), Some(date));
                populations.push(date);
            }
        }
        let after = &self.outcome.books.facts.municipalities;
        let changed = before.iter().zip(after).filter(|(was, is)| was != is);
        let mut tally = Tally {
            of: Counted::Municipalities,
            added: Vec::new(),
            changed: changed.map(|(_, is)| format!("{} {}", is.code, is.name)).collect(),
            aspects: Vec::new(),
            removed: Vec::new(),
            unchanged: 0,
        };
        tally.unchanged = areas.len().saturating_sub(tally.changed.len());
        let counted = after.iter().filter(|known| known.population.is_some()).count();
        if !older_border {
            self.outside(&before);
        }
        self.date(&Part {
            key: "municipalities",
            title: "Gemeentegrenzen (CBS / Kadaster)",
            attribution: "Bron: CBS / Kadaster",
            rest: before.len().saturating_sub(borders.len()),
            taken: borders,
            file: &first.at.file,
        });
        self.date(&Part {
            key: "population",
            title: "Inwoners per gemeente (CBS)",
            attribution: "Bron: CBS",
            rest: counted.saturating_sub(populations.len()),
            taken: populations,
            file: &first.at.file,
        });
        self.outcome.tallies.push(tally);
    }

    /// Whether the inhabitants of a municipality are known of a later day than `date`, which is told then: the layer has the
    /// date of its oldest part.
    fn is_counted_since(&mut self, date: NaiveDate, area: &Area) -> bool {
        let facts = &self.outcome.books.facts;
        let known = facts.municipalities.iter().find(|known| known.code == area.municipality);
        let Some(since) = known.and_then(|known| known.population_date).filter(|since| *since > date) else {
            return false;
        };
        let mut finding = area.at.older(dated::title(&facts.layers, "population"), date, &since.into());
        finding.row = Some(area.at.number);
        self.outcome.report.add(finding);
        true
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

    fn date(&mut self, part: &Part<'_>) {
        let told = part.date(&mut self.outcome.books.facts.layers);
        told.into_iter().for_each(|finding| self.outcome.report.add(finding));
    }
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
        && let Some(inside) = derive::inner_point(&largest)
    {
        (municipality.label_lon, municipality.label_lat) = (inside.lon, inside.lat);
    }
}
