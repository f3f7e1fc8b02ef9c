//! In which municipality a row belongs that does not say so, and whether the village that it names is one.
//!
//! No list of one municipality has a column that says which. Where the command does not say it either, the point of the row
//! does, else a settlement of which there is one only. A name that is no settlement is told, since a place there gets no
//! area and no point.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use super::{
    places::{column::Lexicon, row::PlaceRow},
    tabular::columns::{compact, parentheses},
};
use crate::{
    edition::Edition,
    findings::{Finding, Rule, personal_data},
    ingest::import::ImportError,
    model::{Facts, MunicipalityCode, Statement},
    search::fold,
    spatial::Wgs84,
};

/// The municipality that somebody names on the command line: its code, name or slug.
///
/// # Errors
/// Where it is none of Overijssel.
pub(super) fn municipality_named(text: &str, lexicon: &Lexicon) -> Result<MunicipalityCode, ImportError> {
    let found = lexicon.municipality(text.trim()).map(|(code, _)| code.clone());
    let text = crate::model::excerpt(text);
    found.ok_or_else(|| {
        ImportError::new(
            format!("`{text}` is geen gemeente in Overijssel; geef haar code, naam of slug, zoals GM0148 of Dalfsen"),
            format!(
                "`{text}` is no municipality of Overijssel; give its code, name or slug, such as GM0148 or Dalfsen"
            ),
        )
    })
}

/// What is known of municipalities and their settlements.
pub(super) struct Whereabouts<'a> {
    edition: &'a Edition,
    /// That of the rows that say nothing.
    chosen: Option<MunicipalityCode>,
    names: HashMap<&'a MunicipalityCode, &'a str>,
    settlements: HashMap<&'a MunicipalityCode, BTreeMap<String, &'a str>>,
    /// The municipalities that have a settlement of a name.
    by_name: HashMap<String, BTreeSet<&'a MunicipalityCode>>,
    /// Municipality and settlement of each known place.
    places: HashMap<&'a str, (&'a MunicipalityCode, &'a str)>,
}

impl<'a> Whereabouts<'a> {
    /// Of `facts` and their edition; rows that say nothing are in `chosen`, where somebody chose.
    pub(super) fn of(facts: &'a Facts, edition: &'a Edition, chosen: Option<MunicipalityCode>) -> Self {
        let mut settlements: HashMap<&MunicipalityCode, BTreeMap<String, &str>> = HashMap::new();
        let mut by_name: HashMap<String, BTreeSet<&MunicipalityCode>> = HashMap::new();
        for settlement in &facts.settlements {
            settlements.entry(&settlement.municipality).or_default().insert(fold(&settlement.name), &settlement.name);
            by_name.entry(compact(&settlement.name)).or_default().insert(&settlement.municipality);
        }
        // Some villages that places are known in have no outline.
        for place in &facts.places {
            let known = settlements.entry(&place.municipality).or_default();
            known.entry(fold(&place.settlement)).or_insert(&place.settlement);
        }
        Self {
            edition,
            chosen,
            names: facts.municipalities.iter().map(|known| (&known.code, known.name.as_str())).collect(),
            settlements,
            by_name,
            places: facts
                .places
                .iter()
                .map(|place| (place.key.as_str(), (&place.municipality, place.settlement.as_str())))
                .collect(),
        }
    }

    /// Begins with the rows of a file.
    pub(super) fn rows(&self, file: &Arc<str>) -> Rows<'_, 'a> {
        Rows { known: self, file: file.clone(), derived: BTreeMap::new(), findings: Vec::new() }
    }

    /// Whether a text names a municipality of elsewhere: by a code, or by a name that is no slip in one of ours and no village of
    /// ours.
    pub(super) fn is_municipality_elsewhere(&self, text: &str, lexicon: &Lexicon) -> bool {
        let name = compact(text);
        let digits = name.strip_prefix("gm").unwrap_or(&name);
        if lexicon.municipality(text).is_some() || name.is_empty() || personal_data::is_personal(text) {
            return false;
        }
        if digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return (1..=4).contains(&digits.len());
        }
        if NEARLY_OURS.contains(&name.as_str()) {
            return true;
        }
        let letters = name.chars().count();
        let is_slip = |ours: &&str| strsim::levenshtein(&compact(ours), &name) <= letters / LETTERS_A_SLIP;
        letters <= LONGEST_MUNICIPALITY && !self.by_name.contains_key(&name) && !self.names.values().any(is_slip)
    }

    fn municipality_of(&self, row: &PlaceRow) -> Option<(MunicipalityCode, How)> {
        if let Some(chosen) = &self.chosen {
            return Some((chosen.clone(), How::Chosen));
        }
        let point = row.statements.iter().find_map(|statement| match statement {
            Statement::Location(at) => Some(Wgs84 { lon: at.lon, lat: at.lat }),
            _ => None,
        });
        if let Some(point) = point {
            // One outside the province is a place elsewhere, whatever its village is called.
            let index = self.edition.municipality_at(point)?;
            return Some((self.edition.municipality(index).facts.code.clone(), How::Location));
        }
        let municipalities = self.by_name.get(&compact(row.settlement.as_deref()?))?;
        let only = municipalities.first().filter(|_| municipalities.len() == 1)?;
        Some(((*only).clone(), How::Settlement))
    }

    fn settlement(&self, municipality: &MunicipalityCode, name: &str) -> Village {
        let none = BTreeMap::new();
        let known = self.settlements.get(municipality).unwrap_or(&none);
        if known.contains_key(&fold(name)) {
            return Village::Known;
        }
        let spelt = compact(name);
        // Hengelo (O.)
        let bare = parentheses(name).map(|(before, _)| compact(before));
        let is_meant = |other: &str| compact(other) == spelt || Some(compact(other)) == bare;
        if let Some(meant) = known.values().find(|other| is_meant(other)) {
            return Village::Meant((*meant).to_owned());
        }
        let most = spelt.chars().count() / LETTERS_A_SLIP;
        let near = known.values().map(|other| (strsim::levenshtein(&compact(other), &spelt), *other));
        if let Some((_, near)) = near.filter(|(slips, _)| *slips <= most).min() {
            return Village::Near(near.to_owned());
        }
        match self.by_name.get(&spelt) {
            Some(others) => Village::Elsewhere(self.named(others.iter().copied())),
            None => Village::Unknown,
        }
    }

    fn named<'b>(&self, codes: impl IntoIterator<Item = &'b MunicipalityCode>) -> String {
        let names = codes.into_iter().map(|code| self.names.get(code).copied().unwrap_or(code.as_str()));
        names.collect::<Vec<_>>().join(", ")
    }
}

/// One letter in so many may differ where a settlement is suggested.
const LETTERS_A_SLIP: usize = 4;

/// Municipalities of other provinces that would be a slip in one of ours: in Ommen, in Wierden.
const NEARLY_OURS: [&str; 2] = ["emmen", "woerden"];

/// Letters: no municipality has a longer name, and what is longer is a sentence.
const LONGEST_MUNICIPALITY: usize = 40;

/// What tells the municipality of a row that does not say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum How {
    Chosen,
    Location,
    Settlement,
}

/// What there is of a name in a municipality.
enum Village {
    Known,
    /// This one, written otherwise.
    Meant(String),
    /// Nothing; this one is close to it.
    Near(String),
    /// A settlement of these.
    Elsewhere(String),
    Unknown,
}

/// The rows of a file, one after the other.
pub(super) struct Rows<'b, 'a> {
    known: &'b Whereabouts<'a>,
    file: Arc<str>,
    derived: BTreeMap<How, (usize, BTreeSet<MunicipalityCode>)>,
    findings: Vec<Finding>,
}

impl Rows<'_, '_> {
    /// Fills in what the row does not say, and puts its village right; `whole` is the municipality of the whole file.
    pub(super) fn complete(&mut self, row: &mut PlaceRow, whole: Option<&MunicipalityCode>) {
        let place = row.key.as_deref().and_then(|key| self.known.places.get(key));
        if row.municipality.is_none() && row.key.is_none() && !row.is_elsewhere {
            row.municipality = whole.cloned().or_else(|| {
                let (code, how) = self.known.municipality_of(row)?;
                let (count, codes) = self.derived.entry(how).or_default();
                *count += 1;
                codes.insert(code.clone());
                Some(code)
            });
        }
        let municipality = row.municipality.as_ref().or(place.map(|(municipality, _)| *municipality));
        let (Some(municipality), Some(name)) = (municipality, row.settlement.clone()) else { return };
        if place.is_some_and(|(_, settlement)| fold(settlement) == fold(&name)) {
            return;
        }
        let of = self.known.named([municipality]);
        let (rule, details) = match self.known.settlement(municipality, &name) {
            Village::Known => return,
            Village::Meant(meant) => {
                row.settlement = Some(meant.clone());
                for statement in &mut row.statements {
                    if let Statement::Settlement(settlement) = statement {
                        settlement.clone_from(&meant);
                    }
                }
                (Rule::SettlementRepaired, vec![meant])
            }
            Village::Near(near) => (Rule::SettlementMisspelt, vec![of, near]),
            Village::Elsewhere(others) => (Rule::SettlementElsewhere, vec![of, others]),
            Village::Unknown => (Rule::SettlementUnknown, vec![of]),
        };
        let finding = Finding::new(&self.file, row.sheet.as_ref(), rule, &name);
        self.findings.push(Finding { row: Some(row.row), details, ..finding });
    }

    /// What there is to tell of them.
    pub(super) fn told(self) -> impl Iterator<Item = Finding> {
        let Self { known, file, derived, findings } = self;
        let derived = derived.into_iter().map(move |(how, (count, codes))| {
            let rule = match how {
                How::Chosen => Rule::MunicipalityChosen,
                How::Location => Rule::MunicipalityByLocation,
                How::Settlement => Rule::MunicipalityBySettlement,
            };
            let finding = Finding::new(&file, None, rule, &count.to_string());
            Finding { details: vec![known.named(&codes)], ..finding }
        });
        derived.chain(findings)
    }
}
