//! What was read of CBS into the books.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use chrono::{Datelike as _, NaiveDate};

use super::{Area, Areas, Level, number};
use crate::{
    edition::{Edition, EditionError},
    ingest::{
        areas::{
            dated, derive,
            geometry::{largest, region},
        },
        batch::{Counted, Outcome, Tally},
        report::{Finding, Severity},
        rule::Rule,
    },
    model::{Books, Municipality, MunicipalityCode, Neighbourhood, NeighbourhoodCode, vocabulary::NeighbourhoodLevel},
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
    ///
    /// # Errors
    /// [`EditionError`] where the books afterwards would be no edition; nothing is to be stored then.
    pub fn into_books(&self, books: &Books, on: Option<NaiveDate>) -> Result<Outcome, EditionError> {
        let unread = usize::try_from(self.report.count(Severity::Refused)).unwrap_or(usize::MAX);
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
        let older = dated::older(&self.outcome.books.facts.layers, layer, date);
        let Some(finding) = older.map(|known| first.at.older(layer, date, &known)) else { return false };
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
        dated::set(&mut self.outcome.books.facts.layers, key, title, attribution, text.parse().ok());
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
