//! Coverage as it is computed and kept: the figures once for an edition and arguments, the polygons when they are first asked for.

use std::sync::Arc;

use geo::{Coord, CoordsIter};
use moka::{future::Cache, policy::EvictionPolicy};

use super::scalar::WrittenGeoJson;
use crate::{
    admission::Stop,
    edition::{
        BESIDE_M, Edition, Known, PlaceFilter, Whereabouts, Within,
        coverage::{Coverage, Reach, SettlementCoverage},
    },
    model::{Language, vocabulary::InventoryStatus},
    spatial::{
        Area, Crs,
        coverage::{Around, Disc, Part, Parts, parts_unless},
        geojson,
    },
};

/// Bytes of what is not counted one by one: the places, the filter, and what holds all.
const OVERHEAD: usize = 4_096;

/// What a result is kept under: the state of the edition and a digest of the arguments.
type Key = (String, [u8; 32]);

/// Results by edition and arguments. Each is made once, by whoever asks first and where that one is: the price of coverage is such that it
/// is off the threads that answer requests. Who asks for what is being made waits for it, and what was given up is tried again. What was
/// finished is kept also where all of the request was not.
pub struct CoverageCache {
    figures: Cache<Key, Arc<Computed>>,
    parts: Cache<Key, Arc<Parts>>,
    /// Each part in each system.
    written: Cache<(Key, usize, usize), WrittenGeoJson>,
}

impl CoverageCache {
    /// Keeps results of so many bytes of each kind.
    pub fn of(bytes: u64) -> Self {
        Self {
            figures: cache(bytes, |computed: &Arc<Computed>| computed.size()),
            parts: cache(bytes, |parts: &Arc<Parts>| size_of_parts(parts)),
            written: cache(bytes, WrittenGeoJson::size),
        }
    }

    /// The figures for an edition and a digest of the arguments; `compute` makes them where they are not known.
    pub async fn figures(
        &self,
        edition: &Edition,
        arguments: [u8; 32],
        compute: impl FnOnce() -> Computed + Send,
    ) -> Arc<Computed> {
        self.figures.get_with((edition.state(), arguments), async { Arc::new(compute()) }).await
    }

    /// The polygons of figures.
    pub async fn parts(&self, edition: &Edition, arguments: [u8; 32], computed: &Computed) -> Arc<Parts> {
        let make = async {
            let stop = Stop::current();
            match computed.parts(edition, &stop) {
                Some(parts) => Arc::new(parts),
                None => stop.never().await,
            }
        };
        self.parts.get_with((edition.state(), arguments), make).await
    }

    /// A part as it is written.
    pub async fn written(
        &self,
        edition: &Edition,
        arguments: [u8; 32],
        computed: &Computed,
        part: Part,
        crs: Crs,
    ) -> WrittenGeoJson {
        let make = async {
            let parts = self.parts(edition, arguments, computed).await;
            WrittenGeoJson::new(geojson::computed(parts.get(part), crs))
        };
        let key = ((edition.state(), arguments), part as usize, crs as usize);
        self.written.get_with(key, make).await
    }
}

/// Things of so many bytes together, those asked for last: what one request needs several times is there when it asks again.
fn cache<K, V>(bytes: u64, size: impl Fn(&V) -> usize + Send + Sync + 'static) -> Cache<K, V>
where
    K: std::hash::Hash + Eq + Send + Sync + 'static,
    V: Clone + Send + Sync + 'static,
{
    let weigh = move |_: &K, thing: &V| u32::try_from(size(thing)).unwrap_or(u32::MAX);
    Cache::builder().max_capacity(bytes).weigher(weigh).eviction_policy(EvictionPolicy::lru()).build()
}

/// About how many bytes polygons take.
fn size_of_parts(parts: &Parts) -> usize {
    let corners: usize = Part::ALL.map(|part| parts.get(part).coords_count()).iter().sum();
    OVERHEAD + corners * size_of::<Coord>()
}

/// Coverage with what it was asked by.
pub struct Computed {
    /// Who is within reach.
    pub coverage: Coverage,
    /// The places asked for.
    pub filter: PlaceFilter,
    area: Option<Within>,
}

impl Computed {
    /// Computes the figures.
    pub fn new(edition: &Edition, max_distance_m: f64, filter: PlaceFilter, area: Option<Within>) -> Self {
        let coverage = edition.coverage(max_distance_m, &filter, area.as_ref());
        Self { coverage, filter, area }
    }

    fn parts(&self, edition: &Edition, stop: &Stop) -> Option<Parts> {
        let places = self.coverage.places.possible.iter();
        let known: Vec<(u32, Whereabouts<'_>)> =
            places.filter_map(|place| Some((place, edition.whereabouts(place)?))).collect();
        let reach_m = self.coverage.max_distance_m;
        // Around each place, where people are surely within reach of it, and where they may be.
        let (mut sure, mut possible, mut around) = (Vec::new(), Vec::new(), Vec::new());
        for (place, of) in &known {
            if of.is_located() {
                possible.push(Disc { centre: of.middle, radius_m: reach_m + of.spread_m });
                if self.coverage.places.certain.contains(*place) && reach_m > of.spread_m {
                    sure.push(Disc { centre: of.middle, radius_m: reach_m - of.spread_m });
                }
            }
            for Known { ground, circle } in &of.grounds {
                around.push(Around { area: ground.area(), distance_m: reach_m + BESIDE_M });
                possible.extend(circle.map(|(centre, radius_m)| Disc { centre, radius_m: reach_m + radius_m }));
            }
        }
        // Places of one village are in one outline.
        let of_pointer = |around: &Around<'_>| std::ptr::from_ref(around.area).addr();
        around.sort_by_key(of_pointer);
        around.dedup_by_key(|around| of_pointer(around));
        parts_unless(&|| stop.is_set(), &edition.area_rd(self.area.as_ref()), &sure, &possible, &around)
    }

    /// About how many bytes it takes.
    fn size(&self) -> usize {
        let rows = self.coverage.settlements.len() + self.coverage.divided.len();
        let rows = rows * size_of::<SettlementCoverage>();
        let area = match &self.area {
            Some(Within::Area(Area::Polygon(region))) => region.polygons().coords_count(),
            _ => 0,
        };
        OVERHEAD + rows + area * size_of::<Coord>()
    }

    /// How to read the figures, for printing beside them.
    pub fn note(&self, edition: &Edition, language: Language) -> String {
        let metres = language.exact(self.coverage.max_distance_m);
        let dates = edition.settlements().iter().filter_map(|entry| entry.facts.population_date);
        let date = dates.max().map(|date| date.to_string()).unwrap_or_default();
        let base = |key: &str| edition.survey.bases.iter().find(|base| base.key == key).map_or(0, |base| base.size);
        let (approached, known) = (base("places_approached"), edition.place_count());
        let is_one = known == 1;
        let municipalities = edition.municipalities();
        let is_complete =
            |entry: &&crate::edition::MunicipalityEntry| entry.facts.inventory == InventoryStatus::Complete;
        let (complete, all) = (municipalities.iter().filter(is_complete).count(), municipalities.len());
        match language {
            Language::Nl => format!(
                "Afstanden zijn hemelsbreed (rechte lijn in het RD-vlak), niet over de weg, en dus geen ‘nabijheid’ van het CBS. Inwoners \
                 (TOP10NL/CBS, {date}) tellen op het binnenpunt van hun kern; wie buiten de kernen woont, telt niet mee. ‘Ten minste’ rekent met de \
                 grootste afstand tot plekken die zeker voldoen, ‘ten hoogste’ met de kleinste afstand tot plekken die zeker of misschien voldoen, \
                 beide binnen {metres} meter. Geen plek bekend is niet hetzelfde als geen plek: er {} bekend (gesloten niet meegeteld), het onderzoek van 2024 \
                 benaderde er {approached}. Van de {all} gemeenten {} dat de lijst van plekken volledig is. Editie {}.",
                if is_one { "is 1 plek".to_owned() } else { format!("zijn {known} plekken") },
                if complete == 1 { "zegt er 1".to_owned() } else { format!("zeggen er {complete}") },
                edition.id
            ),
            Language::En => format!(
                "Distances are straight lines in the RD plane, not by road, and so not CBS's proximity statistic. Inhabitants (TOP10NL/CBS, {date}) \
                 count at the inner point of their settlement; those who live outside the settlements do not count. ‘At least’ uses the largest distance \
                 to places that surely match, ‘at most’ the smallest distance to places that surely or possibly match, both within {metres} {}. No \
                 place known is not the same as no place: {} known (closed ones not counted), the report of 2024 approached {approached}. Of the {all} municipalities {} that \
                 the list of places is complete. Edition {}.",
                if metres == "1" { "metre" } else { "metres" },
                if is_one { "1 place is".to_owned() } else { format!("{known} places are") },
                if complete == 1 { "1 says".to_owned() } else { format!("{complete} say") },
                edition.id
            ),
        }
    }

    /// What makes the answer weak.
    pub fn warnings(&self, edition: &Edition, language: Language, too_fine_m: f64) -> Vec<String> {
        let coverage = &self.coverage;
        let is_incomplete = |facts: &crate::model::Municipality| facts.inventory != InventoryStatus::Complete;
        let municipalities = edition.municipalities().iter().filter(|entry| is_incomplete(&entry.facts));
        let is_beyond = |row: &&SettlementCoverage| row.is_border_nearer && row.status != Reach::Covered;
        let weaknesses = Weaknesses {
            too_fine_m: (coverage.max_distance_m < too_fine_m).then_some(too_fine_m),
            unknown: coverage.places.possible.difference_len(&coverage.matching),
            perhaps_closed: coverage.perhaps_closed.len(),
            coarse: coverage.coarse.len(),
            unlocated: coverage.unlocated.len(),
            incomplete: municipalities.count() as u64,
            beyond: coverage.settlements.iter().filter(is_beyond).count() as u64,
            is_cut: matches!(self.area, Some(Within::Area(_))),
        };
        weaknesses.sentences(language)
    }
}

/// What makes an answer weak, counted.
#[derive(Clone, Copy, Debug, Default)]
struct Weaknesses {
    /// The distance, metres, below which an inner point says too little, where the one asked is.
    too_fine_m: Option<f64>,
    /// Places of which it is not known whether they match.
    unknown: u64,
    /// Places of which it is not known whether they are in use.
    perhaps_closed: u64,
    /// Places located more coarsely than at an address.
    coarse: u64,
    /// Places without a location.
    unlocated: u64,
    /// Municipalities whose list of places may not be complete.
    incomplete: u64,
    /// Settlements to which the border is nearer than a sure place.
    beyond: u64,
    /// Whether the area was cut at the border.
    is_cut: bool,
}

impl Weaknesses {
    /// A sentence for each thing that is so.
    fn sentences(self, language: Language) -> Vec<String> {
        let Self { unknown, perhaps_closed, coarse, unlocated, incomplete, beyond, .. } = self;
        let limit = self.too_fine_m.map(|metres| language.exact(metres)).unwrap_or_default();
        let one = |count: u64, one: &'static str, many: &'static str| if count == 1 { one } else { many };
        let said = match language {
            Language::Nl => {
                let places = |count| one(count, "plek", "plekken");
                [
                    (
                        self.too_fine_m.is_some(),
                        format!(
                            "Onder {limit} meter is het binnenpunt van een kern te grof: waar in de kern mensen wonen, is niet bekend."
                        ),
                    ),
                    (
                        unknown > 0,
                        format!(
                            "Van {unknown} {} is niet bekend of {} aan de vraag; {} alleen bij ‘ten hoogste’.",
                            places(unknown),
                            one(unknown, "zij voldoet", "zij voldoen"),
                            one(unknown, "zij telt", "zij tellen"),
                        ),
                    ),
                    (
                        perhaps_closed > 0,
                        format!(
                            "Van {perhaps_closed} {} is niet bekend of zij nog in gebruik {}; {} alleen bij ‘ten hoogste’.",
                            places(perhaps_closed),
                            one(perhaps_closed, "is", "zijn"),
                            one(perhaps_closed, "zij telt", "zij tellen"),
                        ),
                    ),
                    (
                        coarse > 0,
                        format!("Van {coarse} {} is alleen de kern of wijk bekend, niet het adres.", places(coarse)),
                    ),
                    (
                        unlocated > 0,
                        format!(
                            "Van {unlocated} {} is geen locatie bekend; {} alleen bij ‘ten hoogste’, overal waar zij in of bij {} kern of gemeente {} staan.",
                            places(unlocated),
                            one(unlocated, "zij telt", "zij tellen"),
                            one(unlocated, "haar", "hun"),
                            one(unlocated, "kan", "kunnen"),
                        ),
                    ),
                    (
                        incomplete > 0,
                        format!(
                            "Van {incomplete} {} is niet bekend of de lijst van plekken volledig is.",
                            one(incomplete, "gemeente", "gemeenten"),
                        ),
                    ),
                    (
                        beyond > 0,
                        format!(
                            "Voor {beyond} {} ligt de grens van Overijssel dichterbij dan de dichtstbijzijnde plek die zeker voldoet; plekken over de grens zijn niet bekend.",
                            one(beyond, "kern", "kernen"),
                        ),
                    ),
                    (self.is_cut, "Van het gevraagde gebied telt alleen het deel in Overijssel.".to_owned()),
                ]
            }
            Language::En => {
                let places = |count| one(count, "place", "places");
                [
                    (
                        self.too_fine_m.is_some(),
                        format!(
                            "Below {limit} metres the inner point of a settlement is too coarse: where in it people live is not known."
                        ),
                    ),
                    (
                        unknown > 0,
                        format!(
                            "Of {unknown} {} it is not known whether {} in ‘at most’ only.",
                            places(unknown),
                            one(unknown, "it matches; it counts", "they match; they count"),
                        ),
                    ),
                    (
                        perhaps_closed > 0,
                        format!(
                            "Of {perhaps_closed} {} it is not known whether {} in ‘at most’ only.",
                            places(perhaps_closed),
                            one(perhaps_closed, "it is still in use; it counts", "they are still in use; they count"),
                        ),
                    ),
                    (
                        coarse > 0,
                        format!(
                            "Of {coarse} {} only the settlement or district is known, not the address.",
                            places(coarse)
                        ),
                    ),
                    (
                        unlocated > 0,
                        format!(
                            "Of {unlocated} {} no location is known; {} in ‘at most’ only, wherever in or beside {} settlement or municipality {} can be.",
                            places(unlocated),
                            one(unlocated, "it counts", "they count"),
                            one(unlocated, "its", "their"),
                            one(unlocated, "it", "they"),
                        ),
                    ),
                    (
                        incomplete > 0,
                        format!(
                            "Of {incomplete} {} it is not known whether the list of places is complete.",
                            one(incomplete, "municipality", "municipalities"),
                        ),
                    ),
                    (
                        beyond > 0,
                        format!(
                            "For {beyond} {} the border of Overijssel is nearer than the nearest place that surely matches; places beyond it are not known.",
                            one(beyond, "settlement", "settlements"),
                        ),
                    ),
                    (self.is_cut, "Of the area asked only the part in Overijssel counts.".to_owned()),
                ]
            }
        };
        said.into_iter().filter_map(|(is_so, sentence)| is_so.then_some(sentence)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(count: u64, language: Language) -> String {
        let all = Weaknesses {
            too_fine_m: (count > 0).then_some(1_000.0),
            unknown: count,
            perhaps_closed: count,
            coarse: count,
            unlocated: count,
            incomplete: count,
            beyond: count,
            is_cut: count > 0,
        };
        all.sentences(language).join("\n")
    }

    fn edition() -> Arc<Edition> {
        Arc::new(Edition::build(crate::seed::read().unwrap().in_order()).unwrap())
    }

    #[tokio::test]
    async fn polygons_are_computed_and_written_once_and_weigh_what_they_take() {
        let edition = edition();
        let cache = CoverageCache::of(1 << 20);
        let of = edition.clone();
        let compute =
            move || Computed::new(&of, 2_000.0, PlaceFilter::default(), Some(Within::Municipalities(vec![3])));
        let computed = cache.figures(&edition, [0; 32], compute).await;
        let again = cache.figures(&edition, [0; 32], || unreachable!()).await;
        assert!(Arc::ptr_eq(&again, &computed));
        let parts = cache.parts(&edition, [0; 32], &computed).await;
        let (mut texts, mut size): (Vec<*const u8>, usize) = (Vec::new(), 0);
        for part in Part::ALL {
            for crs in Crs::ALL {
                let ask = || cache.written(&edition, [0; 32], &computed, part, crs);
                let asked = futures_util::future::join_all((0..8).map(|_| ask())).await;
                assert!(asked.iter().all(|written| written.text().as_ptr() == asked[0].text().as_ptr()));
                assert_eq!(ask().await.text().as_ptr(), asked[0].text().as_ptr());
                texts.push(asked[0].text().as_ptr());
                size += asked[0].size();
            }
        }
        texts.sort_unstable();
        texts.dedup();
        assert_eq!(texts.len(), 9);
        assert!(Arc::ptr_eq(&cache.parts(&edition, [0; 32], &computed).await, &parts));
        cache.written.run_pending_tasks().await;
        assert_eq!(cache.written.weighted_size(), size as u64);
    }

    #[tokio::test]
    async fn what_is_kept_is_bounded_by_its_bytes() {
        let edition = edition();
        let compute = |edition: Arc<Edition>| move || Computed::new(&edition, 2_000.0, PlaceFilter::default(), None);
        let one = compute(edition.clone())().size() as u64;
        let cache = CoverageCache::of(3 * one);
        for number in 0..20 {
            cache.figures(&edition, [number; 32], compute(edition.clone())).await;
        }
        cache.figures.run_pending_tasks().await;
        assert!(cache.figures.entry_count() <= 3 && cache.figures.weighted_size() <= 3 * one);
    }

    #[test]
    fn one_is_said_as_one_and_several_as_several_and_none_not_at_all() {
        for language in [Language::Nl, Language::En] {
            assert_eq!(said(0, language), "");
        }
        insta::assert_snapshot!(said(1, Language::Nl), @r"Onder 1.000 meter is het binnenpunt van een kern te grof: waar in de kern mensen wonen, is niet bekend.
Van 1 plek is niet bekend of zij voldoet aan de vraag; zij telt alleen bij ‘ten hoogste’.
Van 1 plek is niet bekend of zij nog in gebruik is; zij telt alleen bij ‘ten hoogste’.
Van 1 plek is alleen de kern of wijk bekend, niet het adres.
Van 1 plek is geen locatie bekend; zij telt alleen bij ‘ten hoogste’, overal waar zij in of bij haar kern of gemeente kan staan.
Van 1 gemeente is niet bekend of de lijst van plekken volledig is.
Voor 1 kern ligt de grens van Overijssel dichterbij dan de dichtstbijzijnde plek die zeker voldoet; plekken over de grens zijn niet bekend.
Van het gevraagde gebied telt alleen het deel in Overijssel.");
        insta::assert_snapshot!(said(2, Language::Nl), @r"Onder 1.000 meter is het binnenpunt van een kern te grof: waar in de kern mensen wonen, is niet bekend.
Van 2 plekken is niet bekend of zij voldoen aan de vraag; zij tellen alleen bij ‘ten hoogste’.
Van 2 plekken is niet bekend of zij nog in gebruik zijn; zij tellen alleen bij ‘ten hoogste’.
Van 2 plekken is alleen de kern of wijk bekend, niet het adres.
Van 2 plekken is geen locatie bekend; zij tellen alleen bij ‘ten hoogste’, overal waar zij in of bij hun kern of gemeente kunnen staan.
Van 2 gemeenten is niet bekend of de lijst van plekken volledig is.
Voor 2 kernen ligt de grens van Overijssel dichterbij dan de dichtstbijzijnde plek die zeker voldoet; plekken over de grens zijn niet bekend.
Van het gevraagde gebied telt alleen het deel in Overijssel.");
        insta::assert_snapshot!(said(1, Language::En), @r"Below 1,000 metres the inner point of a settlement is too coarse: where in it people live is not known.
Of 1 place it is not known whether it matches; it counts in ‘at most’ only.
Of 1 place it is not known whether it is still in use; it counts in ‘at most’ only.
Of 1 place only the settlement or district is known, not the address.
Of 1 place no location is known; it counts in ‘at most’ only, wherever in or beside its settlement or municipality it can be.
Of 1 municipality it is not known whether the list of places is complete.
For 1 settlement the border of Overijssel is nearer than the nearest place that surely matches; places beyond it are not known.
Of the area asked only the part in Overijssel counts.");
        insta::assert_snapshot!(said(2, Language::En), @r"Below 1,000 metres the inner point of a settlement is too coarse: where in it people live is not known.
Of 2 places it is not known whether they match; they count in ‘at most’ only.
Of 2 places it is not known whether they are still in use; they count in ‘at most’ only.
Of 2 places only the settlement or district is known, not the address.
Of 2 places no location is known; they count in ‘at most’ only, wherever in or beside their settlement or municipality they can be.
Of 2 municipalities it is not known whether the list of places is complete.
For 2 settlements the border of Overijssel is nearer than the nearest place that surely matches; places beyond it are not known.
Of the area asked only the part in Overijssel counts.");
    }
}
