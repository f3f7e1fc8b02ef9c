//! The sentences of a map: what is asked, what is drawn, what it does not say, and where it comes from.

use std::collections::BTreeMap;

use super::{
    parameters::Subject,
    shapes::symbol,
    shown::{Reached, Shown},
    theme::{Figures, Theme},
    words::Words,
};
use crate::{
    drawing::legend::{Entry, Group, Key},
    edition::Edition,
    http::pages::{
        language::Language,
        list::{approached, label},
        words::with,
    },
    model::{
        Last, Layer,
        vocabulary::{ActivityType, FacilityType, PlaceKind, PlaceStatus, Term},
    },
};

/// Characters of a title beyond which what was chosen stands below it only.
const LONGEST_TITLE: usize = 90;

/// The sentences of one map.
pub(super) struct Captions<'a> {
    pub(super) shown: &'a Shown<'a>,
    pub(super) edition: &'a Edition,
    pub(super) language: Language,
    pub(super) t: &'static Words,
}

impl<'a> Captions<'a> {
    pub(super) fn of(shown: &'a Shown<'a>) -> Self {
        let language = shown.query.language;
        Self { shown, edition: shown.edition, language, t: Words::of(language) }
    }

    /// So many places.
    pub(super) fn places(&self, count: usize) -> String {
        match count {
            0 => self.t.no_places.to_owned(),
            1 => self.t.one_place.to_owned(),
            _ => with(self.t.many_places, &[("count", &self.language.number(count))]),
        }
    }

    /// The name of a place, with what is special about it.
    pub(super) fn name(&self, place: u32) -> String {
        let facts = &self.edition.place(place).facts;
        match facts.status {
            Some(PlaceStatus::Closed) => format!("{} ({})", facts.name, self.t.closed),
            Some(PlaceStatus::Planned) => format!("{} ({})", facts.name, self.t.planned),
            Some(PlaceStatus::Open) | None => facts.name.clone(),
        }
    }

    /// The name of a place with its kind and where it is.
    pub(super) fn titled(&self, place: u32) -> String {
        let facts = &self.edition.place(place).facts;
        let values =
            [("name", self.name(place)), ("kind", self.kind(facts.kind)), ("settlement", facts.settlement.clone())];
        with(self.t.titled, &values.each_ref().map(|(name, value)| (*name, value.as_str())))
    }

    pub(super) fn kind(&self, kind: Option<PlaceKind>) -> String {
        kind.map_or_else(|| self.t.kind_unknown.to_owned(), |kind| self.label(kind))
    }

    fn label<T: Term>(&self, term: T) -> String {
        label(self.edition, T::VOCABULARY, term.name(), self.language)
    }

    pub(super) fn municipality_names(&self, municipalities: &[u32]) -> String {
        let names: Vec<String> =
            municipalities.iter().map(|index| self.edition.municipality(*index).facts.name.clone()).collect();
        self.language.list(&names, Last::And)
    }

    /// Over the map.
    pub(super) fn title(&self) -> String {
        if let Some(title) = &self.shown.query.title {
            return title.clone();
        }
        if let Some(figures) = &self.shown.figures {
            return self.with_choice(&self.theme_title(figures));
        }
        let title = match &self.shown.query.subject {
            Subject::Province => self.t.title_province.to_owned(),
            Subject::Municipalities(one) if one.len() == 1 => {
                with(self.t.title_municipality, &[("name", &self.municipality_names(one))])
            }
            Subject::Municipalities(several) => {
                with(self.t.title_municipalities, &[("names", &self.municipality_names(several))])
            }
            Subject::Settlement(index) => self.of_settlement(self.t.title_settlement, *index),
            Subject::Area(_) => self.t.title_area.to_owned(),
        };
        let whole = self.with_choice(&title);
        if whole.chars().count() <= LONGEST_TITLE { whole } else { title }
    }

    /// A title with what was chosen of places: a map of libraries is not one of all places.
    fn with_choice(&self, title: &str) -> String {
        let filter = &self.shown.query.places.attributes;
        let lower = |label: String| label.to_lowercase();
        let facilities = filter.facilities.as_ref().and_then(|set| set.any.as_ref()).into_iter().flatten();
        let activities = filter.activities.as_ref().and_then(|set| set.any.as_ref()).into_iter().flatten();
        let facilities = facilities.map(|term| lower(self.label(*term))).collect::<Vec<_>>();
        let activities = activities.map(|term| lower(self.label(*term))).collect::<Vec<_>>();
        let kinds: Vec<String> = filter.kinds.iter().flatten().map(|kind| lower(self.label(*kind))).collect();
        let chosen = [(kinds, self.t.title_kinds), (facilities, self.t.title_with), (activities, self.t.title_with)];
        chosen.into_iter().filter(|(terms, _)| !terms.is_empty()).fold(title.to_owned(), |title, (terms, phrase)| {
            with(phrase, &[("title", &title), ("list", &self.language.list(&terms, Last::Or))])
        })
    }

    pub(super) fn of_settlement(&self, phrase: &str, index: u32) -> String {
        let entry = self.edition.settlement(index);
        let municipality = &self.edition.municipality(entry.municipality).facts.name;
        with(phrase, &[("name", &entry.facts.name), ("municipality", municipality)])
    }

    pub(super) fn total(&self) -> usize {
        self.shown.exact.len() + self.shown.coarse_count() + self.shown.unlocated.len()
    }

    /// What was chosen, and how many places that gives.
    pub(super) fn subtitle(&self) -> String {
        let mut parts = vec![self.places(self.total())];
        parts.extend(self.chosen());
        let undecided = self.shown.places.possible.len() - self.shown.places.certain.len();
        parts.extend(self.counted(undecided, self.t.undecided_one, self.t.undecided_many));
        // Where municipalities are drawn, all of their places count.
        let unlocated = if self.shown.figures.is_some() { 0 } else { self.shown.unlocated.len() as u64 };
        parts.extend(self.counted(unlocated, self.t.unlocated_one, self.t.unlocated_many));
        parts.join(" · ")
    }

    /// A count as the map writes it.
    pub(super) fn number(&self, count: usize) -> String {
        self.language.number(count)
    }

    /// That there are so many more.
    pub(super) fn more(&self, count: usize) -> String {
        with(self.t.more, &[("count", &self.number(count))])
    }

    fn counted(&self, count: u64, one: &str, many: &str) -> Option<String> {
        let number = self.language.number(usize::try_from(count).unwrap_or(usize::MAX));
        match count {
            0 => None,
            1 => Some(one.to_owned()),
            _ => Some(with(many, &[("count", &number)])),
        }
    }

    /// The filter in words: `Kulturhus of Dorpshuis`.
    pub(super) fn chosen(&self) -> Vec<String> {
        let (places, subject) = (&self.shown.query.places, &self.shown.query.subject);
        let filter = &places.attributes;
        let mut chosen = Vec::new();
        let mut say = |parameter: String, values: Vec<String>| {
            let values = self.language.list(&values, Last::Or);
            chosen.push(with(self.t.chosen, &[("parameter", &parameter), ("values", &values)]));
        };
        // The areas that the title does not have.
        if !places.municipalities.is_empty() && !matches!(subject, Subject::Municipalities(_)) {
            let names = places.municipalities.iter().map(|index| self.edition.municipality(*index).facts.name.clone());
            say(self.t.municipality.to_owned(), names.collect());
        }
        if let Some(index) = places.settlement.filter(|_| !matches!(subject, Subject::Settlement(_))) {
            say(self.t.in_settlement.to_owned(), vec![self.edition.settlement(index).facts.name.clone()]);
        }
        if let (Some(_), Some((near, radius_m))) = (&places.bbox, places.near.zip(places.radius_m)) {
            say(self.t.around.to_owned(), vec![format!("{} ({})", near.text(), self.metres(radius_m))]);
        }
        let vocabulary = |name| label(self.edition, name, "", self.language);
        if let Some(kinds) = &filter.kinds {
            say(vocabulary(PlaceKind::VOCABULARY), kinds.iter().map(|kind| self.label(*kind)).collect());
        }
        if let Some(set) = filter.facilities.as_ref().and_then(|set| set.any.as_ref()) {
            say(vocabulary(FacilityType::VOCABULARY), set.iter().map(|term| self.label(*term)).collect());
        }
        if let Some(set) = filter.activities.as_ref().and_then(|set| set.any.as_ref()) {
            say(vocabulary(ActivityType::VOCABULARY), set.iter().map(|term| self.label(*term)).collect());
        }
        if let Some(status) = &filter.status {
            say(self.t.status.to_owned(), status.iter().map(|term| self.label(*term)).collect());
        }
        if let Some(text) = &filter.text {
            say(self.t.text.to_owned(), vec![text.clone()]);
        }
        chosen
    }

    /// How many places of each kind, in the order of the vocabulary, unknown last.
    pub(super) fn by_kind(&self, places: impl Iterator<Item = u32>) -> Vec<(Option<PlaceKind>, usize)> {
        let mut counts: BTreeMap<(bool, Option<usize>), (Option<PlaceKind>, usize)> = BTreeMap::new();
        for place in places {
            let kind = self.edition.place(place).facts.kind;
            let key = (kind.is_none(), kind.map(Term::ordinal));
            counts.entry(key).or_insert((kind, 0)).1 += 1;
        }
        counts.into_values().collect()
    }

    /// The legend: what is drawn and nothing else.
    pub(super) fn legend(&self) -> Vec<Group> {
        let t = self.t;
        if let Some(figures) = &self.shown.figures {
            return vec![self.theme_legend(figures), self.ground_legend()];
        }
        let kinds = self.by_kind(self.shown.exact.iter().copied()).into_iter().map(|(kind, count)| Entry {
            key: Key::Symbol(symbol(kind)),
            text: with(t.legend_kind, &[("kind", &self.kind(kind)), ("count", &self.language.number(count))]),
        });
        let mut places: Vec<Entry> = kinds.collect();
        if !self.shown.drawn.together.is_empty() {
            places.push(Entry { key: Key::Gathered, text: t.gathered.to_owned() });
        }
        let mut groups = vec![Group { title: t.legend_places.to_owned(), entries: places }];
        if !self.shown.coarse.is_empty() {
            let entry = |key, text: &str| Entry { key, text: text.to_owned() };
            let mut entries = Vec::new();
            if self.shown.coarse.iter().any(|area| area.places.len() == 1) {
                entries.push(entry(Key::Coarse, t.coarse_area));
            }
            if self.shown.coarse.iter().any(|area| area.places.len() > 1) {
                entries.push(entry(Key::Count, t.coarse_count));
            }
            let count = self.places(self.shown.coarse_count());
            let total = with(t.coarse_total, &[("places", &count)]);
            groups.push(Group { title: format!("{}: {total}", t.legend_coarse), entries });
        }
        if let Some(coverage) = &self.shown.coverage {
            groups.push(self.coverage_legend(coverage));
        }
        groups.push(self.ground_legend());
        groups
    }

    /// What a map of a figure is of.
    fn theme_title(&self, figures: &Figures) -> String {
        let of_coverage = || self.shown.coverage.as_ref().map(|coverage| self.distance(coverage)).unwrap_or_default();
        let figure = match figures.theme {
            Theme::Density => self.t.title_density.to_owned(),
            Theme::Reach => with(self.t.title_reach, &[("distance", &of_coverage())]),
        };
        match &self.shown.query.subject {
            Subject::Municipalities(some) => format!("{figure}: {}", self.municipality_names(some)),
            _ => with(self.t.title_by_municipality, &[("figure", &figure)]),
        }
    }

    /// Two bounds in words, or the one that both are.
    fn bounds(&self, figures: &Figures, [least, most]: [f64; 2]) -> String {
        let told = |figure| figures.theme.told(figure, self.language);
        let [least, most] = [told(least), told(most)];
        if least == most { least } else { format!("{}–{most}", least.trim_end_matches('%')) }
    }

    /// The name of a municipality, with its figure where there is one.
    pub(super) fn area_name(&self, municipality: u32, is_own: bool) -> String {
        let name = &self.edition.municipality(municipality).facts.name;
        let figures = self.shown.figures.as_ref().filter(|_| is_own);
        match figures.and_then(|figures| Some(self.bounds(figures, figures.bounds(municipality)?))) {
            Some(figure) => with(self.t.item, &[("name", name), ("count", &figure)]),
            None => name.clone(),
        }
    }

    /// The figures in words, the highest first.
    pub(super) fn figures(&self, figures: &Figures) -> Vec<(String, String)> {
        let mut all: Vec<(u32, [f64; 2])> =
            figures.all.iter().filter_map(|(index, bounds)| Some((*index, (*bounds)?))).collect();
        all.sort_by(|(_, a), (_, b)| b[0].total_cmp(&a[0]));
        let name = |index: u32| self.edition.municipality(index).facts.name.clone();
        all.into_iter().map(|(index, bounds)| (name(index), self.bounds(figures, bounds))).collect()
    }

    fn theme_legend(&self, figures: &Figures) -> Group {
        let t = self.t;
        let told = |figure| figures.theme.told(figure, self.language);
        let step = |(step, (from, until, count)): (usize, (Option<f64>, Option<f64>, usize))| {
            let (from, until, count) = (from.map(told), until.map(told), self.number(count));
            let phrase = match (&from, &until) {
                (None, None) => t.step_all,
                (None, Some(_)) => t.step_lowest,
                (Some(_), Some(_)) => t.step_between,
                (Some(_), None) => t.step_highest,
            };
            let values = [
                ("from", from.as_deref().unwrap_or_default()),
                ("until", until.as_deref().unwrap_or_default()),
                ("count", &count),
            ];
            Entry { key: Key::Step(step), text: with(phrase, &values) }
        };
        let mut entries: Vec<Entry> = figures.steps().into_iter().enumerate().map(step).collect();
        let bounds = || figures.all.iter().filter_map(|(_, bounds)| *bounds);
        if let Some([least, _]) = bounds().find(|bounds| figures.is_perhaps_more(*bounds)) {
            let text = t.perhaps_more.to_owned();
            entries.push(Entry { key: Key::PerhapsMore(figures.step(least)), text });
        }
        if figures.all.iter().any(|(_, bounds)| bounds.is_none()) {
            entries.push(Entry { key: Key::Border, text: t.no_inhabitants.to_owned() });
        }
        Group { title: self.theme_title(figures), entries }
    }

    fn coverage_legend(&self, coverage: &Reached) -> Group {
        let t = self.t;
        let [covered, uncertain, uncovered] = self.areas(coverage);
        let zone = |key, phrase: &str, (area, share): (String, String)| Entry {
            key,
            text: with(phrase, &[("area", &area), ("share", &share)]),
        };
        let mut entries = vec![zone(Key::Covered, t.covered, covered)];
        if coverage.parts.uncertain_km2() > 0.0 {
            entries.push(zone(Key::Uncertain, t.uncertain, uncertain));
        }
        entries.push(zone(Key::Uncovered, t.uncovered, uncovered));
        if !self.shown.others.is_empty() {
            entries.push(Entry { key: Key::Other, text: t.other_place.to_owned() });
        }
        let title = with(t.legend_coverage, &[("distance", &self.distance(coverage))]);
        Group { title, entries }
    }

    /// Covered, uncertain and uncovered square kilometres, each with its share.
    pub(super) fn areas(&self, coverage: &Reached) -> [(String, String); 3] {
        let parts = &coverage.parts;
        let areas = [parts.covered_km2(), parts.uncertain_km2(), parts.uncovered_km2()];
        let whole: f64 = areas.iter().sum();
        areas.map(|area| {
            (self.language.decimal(area, 1), self.language.share(if whole > 0.0 { area / whole } else { 0.0 }))
        })
    }

    pub(super) fn distance(&self, coverage: &Reached) -> String {
        self.metres(coverage.distance_m)
    }

    /// A distance as it was asked for.
    pub(super) fn metres(&self, metres: f64) -> String {
        self.language.distance(metres)
    }

    fn ground_legend(&self) -> Group {
        let t = self.t;
        let key = if self.shown.coverage.is_some() { Key::SettlementEdge } else { Key::Settlement };
        let mut entries = Vec::new();
        let is_settlement = matches!(self.shown.query.subject, Subject::Settlement(_));
        if is_settlement {
            if !self.shown.districts().is_empty() {
                entries.push(Entry { key: Key::Border, text: t.border_district.to_owned() });
            }
        } else {
            if self.shown.figures.is_none() {
                entries.push(Entry { key, text: t.settlement.to_owned() });
            }
            entries.push(Entry { key: Key::Border, text: t.border_municipality.to_owned() });
        }
        Group { title: t.legend_ground.to_owned(), entries }
    }

    /// Beside the scale.
    pub(super) fn orientation(&self) -> String {
        self.t.north.to_owned()
    }

    /// Layers that are drawn: borders and outlines, and those that the places are made of.
    fn layers(&self) -> Vec<&'a Layer> {
        let shown = self.shown;
        let coarse = shown.coarse.iter().flat_map(|area| &area.places);
        let places = shown.exact.iter().chain(coarse).chain(&shown.unlocated).chain(&shown.others);
        let of_places = self.edition.layers_of(places.copied());
        let is_ground = |layer: &Layer| match layer.key.as_str() {
            "municipalities" | "settlements" => true,
            "population" => shown.figures.is_some(),
            _ => false,
        };
        self.edition.layers.iter().filter(|layer| is_ground(layer) || of_places.contains(layer)).collect()
    }

    /// Under the map.
    pub(super) fn notes(&self) -> Vec<String> {
        let t = self.t;
        let mut notes = Vec::new();
        if let Some(coverage) = self.shown.coverage.as_ref().filter(|coverage| coverage.population > 0.0) {
            let people = |count: f64| {
                format!("{} ({})", self.language.decimal(count, 0), self.language.share(count / coverage.population))
            };
            let [least, most] = coverage.covered;
            // Less than a person apart is rounding of the halves in which inhabitants are shared out.
            let is_sure = (most - least).abs() < 0.5;
            notes.push(with(
                if is_sure { t.people_sure } else { t.people },
                &[
                    ("population", &self.language.decimal(coverage.population, 0)),
                    ("least", &people(least)),
                    ("most", &people(most)),
                    ("distance", &self.distance(coverage)),
                ],
            ));
        }
        if self.shown.query.theme == Some(Theme::Density) {
            notes.push(t.density_note.to_owned());
        }
        notes.push(with(
            t.incomplete,
            &[
                ("approached", &self.language.number(approached(self.edition))),
                ("known", &self.language.number(usize::try_from(self.edition.place_count()).unwrap_or_default())),
                ("closed", &self.closed().unwrap_or_default()),
            ],
        ));
        notes.push(self.source());
        if !self.edition.withdrawn.is_empty() {
            notes.push(t.withdrawn.to_owned());
        }
        notes
    }

    /// How many closed places are not counted among those that are known.
    fn closed(&self) -> Option<String> {
        self.counted(self.edition.closed_count(), self.t.closed_one, self.t.closed_many)
    }

    /// Where it comes from: attributions, licences, edition and date.
    pub(super) fn source(&self) -> String {
        let mut attributions: Vec<String> = Vec::new();
        let mut licences: Vec<String> = Vec::new();
        for layer in self.layers() {
            let attribution = layer.attribution.trim_start_matches("Bron: ").to_owned();
            if !attributions.contains(&attribution) {
                attributions.push(attribution);
            }
            let licence = readable(&layer.licence);
            if !licences.contains(&licence) {
                licences.push(licence);
            }
        }
        let attributions = format!("{}: {}", self.t.source_word, attributions.join("; "));
        with(
            self.t.source,
            &[
                ("attributions", &attributions),
                ("licences", &licences.join(", ")),
                ("edition", &self.edition.id),
                ("date", &self.language.date(self.edition.published_at.date_naive())),
            ],
        )
    }
}

/// A licence as people write it: `CC BY 4.0` for the SPDX identifier `CC-BY-4.0`.
fn readable(licence: &str) -> String {
    match licence.strip_prefix("CC0-") {
        Some(version) => format!("CC0 {version}"),
        None if licence.starts_with("CC-") => {
            let (name, version) = licence.rsplit_once('-').unwrap_or((licence, ""));
            format!("{} {version}", name.replacen("CC-", "CC ", 1))
        }
        None => licence.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drawing::symbols::Symbol;

    #[test]
    fn each_kind_has_a_symbol_of_its_own() {
        let kinds = PlaceKind::all().map(Some).chain([None]);
        let mut symbols: Vec<Symbol> = kinds.map(symbol).collect();
        symbols.sort_unstable();
        assert_eq!(symbols, Symbol::ALL);
    }

    #[test]
    fn licences_are_written_as_people_write_them() {
        assert_eq!(readable("CC-BY-4.0"), "CC BY 4.0");
        assert_eq!(readable("CC-BY-SA-4.0"), "CC BY-SA 4.0");
        assert_eq!(readable("CC0-1.0"), "CC0 1.0");
        assert_eq!(readable("ODbL-1.0"), "ODbL-1.0");
    }
}
