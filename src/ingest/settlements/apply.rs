//! What was read of TOP10NL into the books.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;

use super::{
    derive::{self, Derived, Outline, Within},
    source::{Plaats, Plaatsen},
};
use crate::{
    findings::{Finding, Report, Rule},
    ingest::{
        geodata::{
            dated::{self, Part},
            feature::At,
            geometry::{Flaw, largest, region},
        },
        outcome::{Counted, Outcome, Tally},
    },
    model::{Books, Facts, MunicipalityCode, Settlement, Statement},
    spatial::{
        Region, Wgs84, crs,
        publish::{Decimals, publish},
    },
};

/// The layer that these facts are.
const LAYER: &str = "settlements";

impl Plaatsen {
    /// Takes what was read into the books. `counted` is the day on which the inhabitants were counted, which no file tells:
    /// without it that day is not known.
    pub fn into_books(&self, books: &Books, counted: Option<NaiveDate>) -> Outcome {
        // Of a row of which a cell was refused the rest was read.
        let unread = self.refused.len() + self.unnamed.len();
        let mut outcome = Outcome {
            report: self.report.clone(),
            refused: unread,
            ..Outcome::untouched(books.clone(), self.plaatsen.len() + unread)
        };
        if let Some(date) = counted.or(self.newest)
            && !self.is_older(books, date, &mut outcome)
        {
            let taken = self.replace(counted, &mut outcome);
            let facts = &mut outcome.books.facts;
            let part = Part {
                key: LAYER,
                title: "Kernen, wijken, buurten en buurtschappen met inwoners (BRT TOP10NL Plaats)",
                attribution: "Bron: Kadaster (BRT TOP10NL), inwoners CBS",
                rest: facts.settlements.len().saturating_sub(taken),
                taken: vec![date; taken],
                file: &self.file.clone().unwrap_or_default(),
            };
            let told = part.date(&mut facts.layers);
            told.into_iter().for_each(|finding| outcome.report.add(finding));
        }
        if outcome.tallies.is_empty() {
            outcome.tallies.push(Tally::untouched(Counted::Settlements, books.facts.settlements.len()));
        }
        outcome
    }

    fn is_older(&self, books: &Books, date: NaiveDate, outcome: &mut Outcome) -> bool {
        let Some(known) = dated::older(&books.facts.layers, LAYER, date) else { return false };
        let at = At { file: self.file.clone().unwrap_or_default(), layer: None, number: 0 };
        outcome.report.add(at.older(dated::title(&books.facts.layers, LAYER), date, &known));
        outcome.refused = outcome.records;
        true
    }

    /// Replaces what the file speaks of; how many of its settlements were taken.
    fn replace(&self, counted: Option<NaiveDate>, outcome: &mut Outcome) -> usize {
        use geo::Intersects as _;
        let before = outcome.books.facts.settlements.clone();
        let old: HashMap<&str, &Settlement> = before.iter().map(|known| (known.id.as_str(), known)).collect();
        let within = within(&outcome.books.facts);
        let (mut new, refused) = self.outlines(&old, outcome);
        // Which municipalities does the file speak of?
        let of_file = derive::derive(&new.iter().map(|(outline, _)| outline.clone()).collect::<Vec<_>>(), &within);
        let mut there: BTreeSet<&MunicipalityCode> = of_file.values().map(|derived| &derived.municipality).collect();
        new.retain(|(outline, _)| of_file.contains_key(&outline.id));
        if new.is_empty() {
            return 0;
        }
        // A row that does not tell which settlement it is may be any of those where it lies.
        for unnamed in &self.unnamed {
            let area = unnamed.as_ref().map(crs::to_rd);
            let may_be_of = |known: &Within| area.as_ref().is_none_or(|area| known.area.intersects(area));
            for known in within.iter().filter(|known| may_be_of(known)) {
                there.remove(&known.code);
            }
        }
        let in_file: BTreeSet<String> = new.iter().map(|(outline, _)| outline.id.clone()).collect();
        let referred = referred(&outcome.books);
        let mut kept: BTreeMap<&str, &Settlement> = BTreeMap::new();
        for known in before.iter().filter(|known| !in_file.contains(&known.id)) {
            let is_gone = there.contains(&known.municipality) && !refused.contains(&known.id);
            let places = referred.get(&known.id);
            if is_gone && places.is_none() {
                continue;
            }
            let Some(outline) = outline_of(known, is_gone) else { continue };
            if let Some(places) = places.filter(|_| is_gone && known.population.is_some()) {
                let file = self.file.clone().unwrap_or_default();
                let mut finding =
                    Finding::new(&file, None, Rule::SettlementKept, &format!("{} ({})", known.name, known.id));
                finding.details = vec![places.join(", ")];
                outcome.report.add(finding);
            }
            kept.insert(&known.id, known);
            new.push((outline, None));
        }
        let outlines: Vec<Outline> = new.iter().map(|(outline, _)| outline.clone()).collect();
        let derived = derive::derive(&outlines, &within);
        let mut settlements: Vec<Settlement> = Vec::with_capacity(new.len());
        for (outline, published) in &new {
            let known = old.get(outline.id.as_str()).copied();
            let settled = match (derived.get(&outline.id), known) {
                (Some(derived), _) => row(outline, published.as_deref(), derived, known, counted),
                // Kept, though most of it lies outside by now.
                (None, Some(known)) => Some(Settlement { parent: None, ..known.clone() }),
                (None, None) => None,
            };
            settlements.extend(settled);
        }
        settlements.sort_by(|a, b| a.id.cmp(&b.id));
        settlements.dedup_by(|a, b| a.id == b.id);
        outcome.tallies.push(tally(&old, &settlements));
        let taken = settlements.iter().filter(|known| in_file.contains(&known.id)).count();
        outcome.books.facts.settlements = settlements;
        taken
    }

    /// The outlines of the file, each once and ready, with what is to be stored of them; and the ids of those that are not.
    fn outlines(
        &self,
        old: &HashMap<&str, &Settlement>,
        outcome: &mut Outcome,
    ) -> (Vec<(Outline, Option<String>)>, BTreeSet<String>) {
        let mut seen: HashMap<&str, &Plaats> = HashMap::new();
        let (mut outlines, mut refused) = (Vec::new(), self.refused.clone());
        for plaats in &self.plaatsen {
            if let Some(first) = seen.get(plaats.id.as_str()) {
                // Files that overlap have the same object twice.
                if (&first.name, first.kind, &first.area) != (&plaats.name, plaats.kind, &plaats.area) {
                    outcome.report.add(plaats.at.finding(None, Rule::RepeatedArea, &plaats.id));
                    outcome.refused += 1;
                }
                continue;
            }
            seen.insert(&plaats.id, plaats);
            match self.outline(plaats, old.get(plaats.id.as_str()).copied(), &mut outcome.report) {
                Some(outline) => outlines.push(outline),
                None => {
                    outcome.refused += 1;
                    refused.insert(plaats.id.clone());
                }
            }
        }
        (outlines, refused)
    }

    fn outline(
        &self,
        plaats: &Plaats,
        known: Option<&Settlement>,
        report: &mut Report,
    ) -> Option<(Outline, Option<String>)> {
        let area = match &plaats.area {
            Ok(area) => area,
            Err(flaw) => {
                plaats.at.refuse(flaw, report);
                return None;
            }
        };
        let Some(whole) = publish(area, Decimals::Six) else {
            plaats.at.refuse(&Flaw::Missing, report);
            return None;
        };
        if let Some(fault) = &whole.fault {
            plaats.at.mended(&plaats.name, fault, report);
        }
        // What has no fault is computed with as it was published, to the last decimal.
        let area = crs::to_rd(if whole.fault.is_some() { &whole.polygons } else { area });
        let simple = publish(&derive::simplified(&area), Decimals::Five).unwrap_or(whole);
        let outline = Outline {
            id: plaats.id.clone(),
            name: plaats.name.clone(),
            kind: plaats.kind,
            population: plaats.population,
            area,
            slug: known.map(|known| known.slug.clone()),
            is_gone: false,
        };
        Some((outline, Some(simple.text)))
    }
}

/// The municipalities, in RD metres.
pub(super) fn within(facts: &Facts) -> Vec<Within> {
    let within = facts.municipalities.iter().filter_map(|known| {
        let area = crs::to_rd(region(&known.boundary)?.polygons());
        Some(Within { code: known.code.clone(), slug: known.slug.clone(), area })
    });
    within.collect()
}

/// A known settlement as an outline.
pub(super) fn outline_of(known: &Settlement, is_gone: bool) -> Option<Outline> {
    Some(Outline {
        id: known.id.clone(),
        name: known.name.clone(),
        kind: known.kind,
        population: known.population.filter(|_| !is_gone),
        area: crs::to_rd(region(&known.outline)?.polygons()),
        slug: Some(known.slug.clone()),
        is_gone,
    })
}

/// The settlements to which locations refer, in what is served and in what the ledger keeps, with the places.
fn referred(books: &Books) -> BTreeMap<String, Vec<String>> {
    let mut referred: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut note = |place: &str, location: Option<&crate::model::Location>| {
        if let Some(outline) = location.and_then(|location| location.outline.as_ref()) {
            referred.entry(outline.clone()).or_default().insert(place.to_owned());
        }
    };
    let originals = books.ledger.places.originals.values().map(|original| &original.subject);
    books.facts.places.iter().chain(originals).for_each(|place| note(&place.key, place.location.as_ref()));
    for claim in books.ledger.places.all() {
        if let Statement::Location(location) = &claim.statement {
            note(&claim.subject, Some(location));
        }
    }
    referred.into_iter().map(|(outline, places)| (outline, places.into_iter().collect())).collect()
}

fn row(
    outline: &Outline,
    published: Option<&str>,
    derived: &Derived,
    known: Option<&Settlement>,
    counted: Option<NaiveDate>,
) -> Option<Settlement> {
    let text = published.or(known.map(|known| known.outline.as_str()))?.to_owned();
    let point = point(&text, known)?;
    let population_date = match published {
        Some(_) => counted.filter(|_| outline.population.is_some()),
        None => known.and_then(|known| known.population_date).filter(|_| !outline.is_gone),
    };
    Some(Settlement {
        id: outline.id.clone(),
        slug: derived.slug.clone(),
        name: outline.name.clone(),
        kind: outline.kind,
        municipality: derived.municipality.clone(),
        parent: derived.parent.clone(),
        population: outline.population,
        own_population: derived.own_population,
        population_date,
        lon: point.lon,
        lat: point.lat,
        area_ha: match published {
            Some(_) => derived.area_ha,
            // Of what is only simplified here the published area is better.
            None => known.map_or(derived.area_ha, |known| known.area_ha),
        },
        share_in_municipality: derived.share_in_municipality,
        outline: text,
    })
}

/// The known point where it lies inside, so that what stands at it stays there.
fn point(text: &str, known: Option<&Settlement>) -> Option<Wgs84> {
    let region = region(text)?;
    let largest = largest(region.polygons());
    let known = known.map(|known| Wgs84 { lon: known.lon, lat: known.lat });
    known.filter(|known| Region::new(largest.clone()).contains(*known)).or_else(|| derive::inner_point(&largest))
}

fn tally(old: &HashMap<&str, &Settlement>, new: &[Settlement]) -> Tally {
    let is: BTreeSet<&str> = new.iter().map(|settlement| settlement.id.as_str()).collect();
    let named = |settlement: &Settlement| format!("{} [{}]", settlement.name, settlement.slug);
    let was = |settlement: &Settlement| old.get(settlement.id.as_str()).copied();
    let mut removed: Vec<String> =
        old.values().filter(|known| !is.contains(known.id.as_str())).map(|known| named(known)).collect();
    removed.sort_unstable();
    Tally {
        of: Counted::Settlements,
        added: new.iter().filter(|settlement| was(settlement).is_none()).map(named).collect(),
        changed: new.iter().filter(|new| was(new).is_some_and(|old| old != *new)).map(named).collect(),
        aspects: aspects(new.iter().filter_map(|new| Some((was(new)?, new)))),
        removed,
        unchanged: new.iter().filter(|new| was(new) == Some(*new)).count(),
    }
}

/// In what respects settlements differ, with how many do.
fn aspects<'a>(both: impl Iterator<Item = (&'a Settlement, &'a Settlement)>) -> Vec<([&'static str; 2], usize)> {
    type Differs = fn(&Settlement, &Settlement) -> bool;
    let all: [([&str; 2], Differs); 7] = [
        (["naam", "name"], |was, is| was.name != is.name || was.slug != is.slug),
        (["soort", "kind"], |was, is| was.kind != is.kind),
        (["gemeente", "municipality"], |was, is| was.municipality != is.municipality),
        (["ligt in", "lies in"], |was, is| was.parent != is.parent),
        (["inwoners", "inhabitants"], |was, is| {
            was.population != is.population || was.own_population != is.own_population
        }),
        (["dag van de telling", "day of the count"], |was, is| was.population_date != is.population_date),
        (["omtrek", "outline"], |was, is| was.outline != is.outline || was.area_ha != is.area_ha),
    ];
    let both: Vec<_> = both.collect();
    let counted =
        all.into_iter().map(|(aspect, differs)| (aspect, both.iter().filter(|(was, is)| differs(was, is)).count()));
    counted.filter(|(_, count)| *count > 0).collect()
}
