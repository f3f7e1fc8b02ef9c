//! A map in words, for those who do not see it.

use std::collections::BTreeMap;

use super::{captions::Captions, parameters::Subject};
use crate::{http::pages::words::with, spatial::Area};

/// Settlements and municipalities that a description names; the others are counted in its totals.
const NAMED: usize = 40;

impl Captions<'_> {
    /// The map for those who do not see it.
    pub(super) fn description(&self) -> String {
        let t = self.t;
        let all = || {
            let coarse = self.shown.coarse.iter().flat_map(|area| area.places.iter().copied());
            self.shown.exact.iter().copied().chain(coarse).chain(self.shown.unlocated.iter().copied())
        };
        let mut sentences = vec![with(t.described, &[("area", &self.area()), ("places", &self.places(self.total()))])];
        let chosen = self.chosen();
        if !chosen.is_empty() {
            sentences.push(format!("{}.", chosen.join("; ")));
        }
        if self.total() > 0 {
            let kinds = self.by_kind(all()).into_iter().map(|(kind, count)| (self.kind(kind), count)).collect();
            sentences.push(with(t.described_kinds, &[("list", &self.list(kinds))]));
            let mut counts: BTreeMap<String, usize> = BTreeMap::new();
            let is_wide = matches!(self.shown.query.subject, Subject::Province);
            for place in all() {
                let entry = self.edition.place(place);
                let name = if is_wide {
                    &self.edition.municipality(entry.municipality).facts.name
                } else {
                    &entry.facts.settlement
                };
                *counts.entry(name.clone()).or_default() += 1;
            }
            let phrase = if is_wide { t.described_municipalities } else { t.described_settlements };
            let mut counts: Vec<(String, usize)> = counts.into_iter().collect();
            counts.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
            sentences.push(with(phrase, &[("list", &self.list(counts))]));
        }
        if let Some(figures) = &self.shown.figures {
            let items = self.figures(figures).into_iter().take(NAMED);
            let items = items.map(|(name, figure)| with(t.item, &[("name", &name), ("count", &figure)]));
            let list = items.collect::<Vec<_>>().join(", ");
            sentences.push(with(t.described_figures, &[("title", &self.title()), ("list", &list)]));
        }
        let coarse = if self.shown.figures.is_some() { 0 } else { self.shown.coarse_count() };
        if coarse > 0 {
            sentences.push(with(t.described_coarse, &[("places", &self.places(coarse))]));
        }
        if let Some(coverage) = self.shown.coverage.as_ref().filter(|_| self.shown.figures.is_none()) {
            let [covered, uncertain, uncovered] = self.areas(coverage);
            sentences.push(with(
                t.described_coverage,
                &[
                    ("distance", &self.distance(coverage)),
                    ("covered", &covered.0),
                    ("covered_share", &covered.1),
                    ("uncertain", &uncertain.0),
                    ("uncertain_share", &uncertain.1),
                    ("uncovered", &uncovered.0),
                    ("uncovered_share", &uncovered.1),
                ],
            ));
        }
        sentences.extend(self.notes());
        sentences.join(" ")
    }

    fn list(&self, counts: Vec<(String, usize)>) -> String {
        let more = if counts.len() > NAMED { ", …" } else { "" };
        let items: Vec<String> = counts
            .into_iter()
            .take(NAMED)
            .map(|(name, count)| with(self.t.item, &[("name", &name), ("count", &self.language.number(count))]))
            .collect();
        format!("{}{more}", items.join(", "))
    }

    fn area(&self) -> String {
        let t = self.t;
        match &self.shown.query.subject {
            Subject::Province => with(t.area_province, &[("count", &self.edition.municipalities().len().to_string())]),
            Subject::Municipalities(one) if one.len() == 1 => {
                with(t.area_municipality, &[("name", &self.municipality_names(one))])
            }
            Subject::Municipalities(several) => {
                with(t.area_municipalities, &[("names", &self.municipality_names(several))])
            }
            Subject::Settlement(index) => self.of_settlement(t.area_settlement, *index),
            Subject::Area(area) => {
                let degrees = |degrees: f64| self.language.decimal(degrees, 3);
                let places = &self.shown.query.places;
                match (area, places.near.zip(places.radius_m)) {
                    (Area::Bbox(bbox), _) => {
                        let bounds = [bbox.west(), bbox.east(), bbox.south(), bbox.north()];
                        let [west, east, south, north] = bounds.map(degrees);
                        with(t.area_box, &[("west", &west), ("east", &east), ("south", &south), ("north", &north)])
                    }
                    (_, Some((near, radius_m))) => {
                        let [lon, lat] = [near.at.lon, near.at.lat].map(degrees);
                        with(t.area_circle, &[("distance", &self.metres(radius_m)), ("lat", &lat), ("lon", &lon)])
                    }
                    (_, None) => t.title_area.to_owned(),
                }
            }
        }
    }
}
