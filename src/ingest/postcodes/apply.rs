//! What was read of postcodes into the books.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use geo::{Centroid as _, CoordsIter as _};

use super::source::{Outlined, Outlines};
use crate::{
    findings::{Rule, Severity},
    ingest::{
        geodata::{
            dated::{self, Part},
            geometry::region,
        },
        outcome::{Counted, Outcome, Tally},
    },
    model::{Books, Postcode, PostcodePoint},
    spatial::{Rd, Region, crs},
};

const LAYER: &str = "postcodes";

impl Outlines {
    /// Takes what was read into the books. `on` is the day of what does not tell its year.
    pub fn into_books(&self, books: &Books, on: Option<NaiveDate>) -> Outcome {
        let unread = usize::try_from(self.report.count(Severity::Refused)).unwrap_or(usize::MAX);
        let mut outcome =
            Outcome { report: self.report.clone(), refused: unread, ..Outcome::untouched(books.clone(), unread) };
        let municipalities: Vec<Region> =
            books.facts.municipalities.iter().filter_map(|known| region(&known.boundary)).collect();
        let layers = &books.facts.layers;
        let mut taken: BTreeMap<Postcode, (PostcodePoint, NaiveDate)> = BTreeMap::new();
        let mut older = BTreeSet::new();
        let mut refused = BTreeSet::new();
        for outlined in &self.all {
            let Some(date) = outlined.date(on) else { continue };
            let point = match outlined.point() {
                Ok(point) => point,
                Err(()) => {
                    outlined.tell(&mut outcome);
                    refused.insert(&outlined.postcode);
                    continue;
                }
            };
            let at = Rd::to_wgs84(point.0);
            if !municipalities.iter().any(|region| region.contains(at)) {
                continue;
            }
            outcome.records += 1;
            if let Some(known) = dated::older(layers, LAYER, date) {
                outcome.refused += 1;
                if older.insert(date) {
                    outcome.report.add(outlined.at.older(dated::title(layers, LAYER), date, &known));
                }
                continue;
            }
            let postcode = outlined.postcode.clone();
            if taken.contains_key(&postcode) {
                outcome.refused += 1;
                let text = postcode.to_string();
                outcome.report.add(outlined.at.finding(None, Rule::RepeatedArea, &text));
                continue;
            }
            let rounded = |degrees: f64| (degrees * 1e6).round() / 1e6;
            let point = PostcodePoint {
                postcode: postcode.clone(),
                lon: rounded(at.lon),
                lat: rounded(at.lat),
                radius_m: point.1,
            };
            taken.insert(postcode, (point, date));
        }
        // What was refused is not gone; a row that does not say which postcode it is of may be any.
        let is_kept = |postcode: &Postcode| unread > 0 || refused.contains(postcode);
        replace(&mut outcome, taken, is_kept, self);
        outcome
    }
}

/// Puts the postcodes that were taken in the place of those with the same four digits, of the same fineness, but for those that
/// are kept.
fn replace(
    outcome: &mut Outcome,
    taken: BTreeMap<Postcode, (PostcodePoint, NaiveDate)>,
    is_kept: impl Fn(&Postcode) -> bool,
    read: &Outlines,
) {
    let known = std::mem::take(&mut outcome.books.facts.postcodes);
    let there: BTreeSet<(bool, String)> =
        taken.keys().map(|postcode| (postcode.is_whole(), postcode.four().to_owned())).collect();
    let is_replaced = |known: &PostcodePoint| {
        let is_of_file = there.contains(&(known.postcode.is_whole(), known.postcode.four().to_owned()));
        taken.contains_key(&known.postcode) || is_of_file && !is_kept(&known.postcode)
    };
    let (old, mut rest): (Vec<_>, Vec<_>) = known.into_iter().partition(is_replaced);
    let old: BTreeMap<Postcode, PostcodePoint> = old.into_iter().map(|old| (old.postcode.clone(), old)).collect();
    let named = |postcode: &Postcode| postcode.to_string();
    let is_other = |(postcode, (new, _)): &(&Postcode, &(PostcodePoint, NaiveDate))| {
        old.get(*postcode).is_some_and(|old| old != new)
    };
    let changed: Vec<String> = taken.iter().filter(is_other).map(|(postcode, _)| named(postcode)).collect();
    let added: Vec<String> = taken.keys().filter(|new| !old.contains_key::<Postcode>(new)).map(named).collect();
    outcome.tallies.push(Tally {
        of: Counted::Postcodes,
        unchanged: taken.len() - added.len() - changed.len(),
        added,
        changed,
        aspects: Vec::new(),
        removed: old.keys().filter(|old| !taken.contains_key::<Postcode>(old)).map(named).collect(),
    });
    let part = Part {
        key: LAYER,
        title: "Postcodes (CBS, kaart van postcodes)",
        attribution: "Bron: CBS",
        rest: rest.len(),
        taken: taken.values().map(|(_, date)| *date).collect(),
        file: &read.file,
    };
    rest.extend(taken.into_values().map(|(point, _)| point));
    rest.sort_by(|a, b| a.postcode.cmp(&b.postcode));
    outcome.books.facts.postcodes = rest;
    let told = part.date(&mut outcome.books.facts.layers);
    told.into_iter().for_each(|finding| outcome.report.add(finding));
}

impl Outlined {
    /// The middle of the outline, and how far it reaches from there in whole metres.
    fn point(&self) -> Result<(Rd, f64), ()> {
        let polygons = crs::to_rd(self.area.as_ref().map_err(|_| ())?);
        let middle = polygons.centroid().ok_or(())?;
        let middle = Rd { x: middle.x(), y: middle.y() };
        let reach = polygons.coords_iter().map(|at| Rd { x: at.x, y: at.y }.distance_m(middle)).fold(0.0, f64::max);
        // The middle is rounded to a decimetre.
        Ok((middle, (reach + 0.1).ceil()))
    }

    /// Tells why there is no point.
    fn tell(&self, outcome: &mut Outcome) {
        outcome.records += 1;
        outcome.refused += 1;
        match &self.area {
            Err(flaw) => self.at.refuse(flaw, &mut outcome.report),
            Ok(_) => outcome.report.add(self.at.finding(Some("geometry"), Rule::AreaMissing, "")),
        }
    }
}
