//! Wijken and buurten: those of a municipality are replaced as a whole, unless a row of it was refused.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chrono::NaiveDate;

use super::{Area, Level, Taking};
use crate::{
    findings::{Finding, Rule},
    ingest::{
        geodata::dated::Part,
        outcome::{Counted, Tally},
    },
    model::{
        MunicipalityCode, Neighbourhood, NeighbourhoodCode,
        vocabulary::{NeighbourhoodLevel, Term as _},
    },
};

impl Taking {
    pub(crate) fn neighbourhoods(&mut self, date: NaiveDate, of: Level, areas: &[&Area]) {
        let Some(first) = areas.first() else { return };
        let (level, counted) = match of {
            Level::Wijk => (NeighbourhoodLevel::Wijk, Counted::Wijken),
            _ => (NeighbourhoodLevel::Buurt, Counted::Buurten),
        };
        if self.is_older("neighbourhoods", date, first) {
            self.outcome.refused += areas.len();
            let known = self.outcome.books.facts.neighbourhoods.iter().filter(|known| known.level == level).count();
            self.outcome.tallies.push(Tally::untouched(counted, known));
            return;
        }
        let mut new: BTreeMap<NeighbourhoodCode, Neighbourhood> = BTreeMap::new();
        for area in areas {
            let Ok(code) = area.code.parse::<NeighbourhoodCode>() else { continue };
            let Some(name) = area.name.clone() else {
                self.refuse(area, Some("naam"), Rule::AreaWithoutName, &area.code, Vec::new());
                continue;
            };
            let Some(outline) = self.outline(area) else { continue };
            let population = self.population(area);
            let municipality = area.municipality.clone();
            let boundary = outline.text;
            new.insert(code.clone(), Neighbourhood { code, name, level, municipality, population, boundary });
        }
        let there: BTreeSet<&MunicipalityCode> = new.values().map(|new| &new.municipality).collect();
        let known = std::mem::take(&mut self.outcome.books.facts.neighbourhoods);
        let (old, mut rest): (Vec<Neighbourhood>, Vec<Neighbourhood>) =
            known.into_iter().partition(|known| known.level == level && there.contains(&known.municipality));
        // What was refused is not gone.
        let is_kept = |known: &Neighbourhood| {
            !new.contains_key(&known.code) && self.incomplete.contains(&(of, known.municipality.clone()))
        };
        let (kept, old): (Vec<Neighbourhood>, Vec<Neighbourhood>) = old.into_iter().partition(is_kept);
        let mut kept_of: BTreeMap<&MunicipalityCode, usize> = BTreeMap::new();
        kept.iter().for_each(|kept| *kept_of.entry(&kept.municipality).or_default() += 1);
        for (municipality, count) in kept_of {
            let mut finding =
                Finding::new(&first.at.file, first.at.layer.as_ref(), Rule::AreasKept, municipality.as_str());
            finding.details = vec![level.name().to_lowercase(), count.to_string()];
            self.outcome.report.add(finding);
        }
        let old: BTreeMap<NeighbourhoodCode, Neighbourhood> =
            old.into_iter().map(|old| (old.code.clone(), old)).collect();
        let named = |area: &Neighbourhood| format!("{} {}", area.code, area.name);
        let tally = Tally {
            of: counted,
            added: new.values().filter(|new| !old.contains_key(&new.code)).map(named).collect(),
            changed: new.values().filter(|new| old.get(&new.code).is_some_and(|old| old != *new)).map(named).collect(),
            aspects: Vec::new(),
            removed: old.values().filter(|old| !new.contains_key(&old.code)).map(named).collect(),
            unchanged: new.values().filter(|new| old.get(&new.code) == Some(*new)).count(),
        };
        self.taken.extend(new.keys().map(|code| (code.clone(), date)));
        rest.extend(kept);
        rest.extend(new.into_values());
        rest.sort_by(|a, b| a.code.cmp(&b.code));
        self.outcome.books.facts.neighbourhoods = rest;
        self.outcome.tallies.push(tally);
    }

    /// Dates the layer when all levels are there: it is as old as the oldest of its wijken and buurten.
    pub(crate) fn date_neighbourhoods(&mut self, file: &Arc<str>) {
        let known = &self.outcome.books.facts.neighbourhoods;
        let taken: Vec<NaiveDate> = known.iter().filter_map(|known| self.taken.get(&known.code).copied()).collect();
        self.date(&Part {
            key: "neighbourhoods",
            title: "Wijken en buurten (CBS Wijk- en Buurtkaart)",
            attribution: "Bron: CBS / Kadaster",
            rest: known.len() - taken.len(),
            taken,
            file,
        });
    }
}
