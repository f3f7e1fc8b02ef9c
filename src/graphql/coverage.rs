//! Coverage as it is computed and kept: once for an edition and arguments, the polygons when they are first asked for.

use std::sync::Arc;

use moka::sync::Cache;
use tokio::sync::OnceCell;

use super::{error::ApiError, types::Language};
use crate::{
    edition::{
        Edition, PlaceFilter, Within,
        coverage::{Coverage, Reach},
    },
    model::vocabulary::InventoryStatus,
    spatial::coverage::{Disc, Parts, parts},
};

/// Results kept. One with its polygons takes up to about a megabyte.
const KEPT: u64 = 64;

/// Results by edition and arguments.
pub struct CoverageCache(Cache<(String, [u8; 32]), Arc<Computed>>);

impl Default for CoverageCache {
    fn default() -> Self {
        Self(Cache::new(KEPT))
    }
}

impl CoverageCache {
    /// The result for an edition and a digest of the arguments; `compute` makes it where it is not known.
    pub fn get(&self, edition: &Edition, arguments: [u8; 32], compute: impl FnOnce() -> Computed) -> Arc<Computed> {
        self.0.get_with((edition.state(), arguments), || Arc::new(compute()))
    }
}

/// Coverage with what it was asked by.
pub struct Computed {
    /// Who is within reach.
    pub coverage: Coverage,
    /// The places asked for.
    pub filter: PlaceFilter,
    area: Option<Within>,
    parts: OnceCell<Arc<Parts>>,
}

impl Computed {
    /// Computes the figures; the polygons come when they are asked for.
    pub fn new(edition: &Edition, max_distance_m: f64, filter: PlaceFilter, area: Option<Within>) -> Self {
        let coverage = edition.coverage(max_distance_m, &filter, area.as_ref());
        Self { coverage, filter, area, parts: OnceCell::new() }
    }

    /// The polygons, computed once and off the threads that answer requests.
    ///
    /// # Errors
    /// [`ApiError::Internal`] when the computation was given up.
    pub async fn parts(&self, edition: &Arc<Edition>) -> Result<Arc<Parts>, ApiError> {
        let compute = || async {
            let (sure, possible) = self.discs(edition);
            let (edition, area) = (edition.clone(), self.area.clone());
            let work = move || parts(&edition.area_rd(area.as_ref()), &sure, &possible);
            tokio::task::spawn_blocking(work).await.map(Arc::new).map_err(ApiError::internal)
        };
        self.parts.get_or_try_init(compute).await.cloned()
    }

    /// Around each place, where people are surely within reach of it, and where they may be.
    fn discs(&self, edition: &Edition) -> (Vec<Disc>, Vec<Disc>) {
        let (mut sure, mut possible) = (Vec::new(), Vec::new());
        for index in &self.coverage.places.possible {
            let entry = edition.place(index);
            let Some((location, centre)) = entry.facts.location.as_ref().zip(entry.rd) else { continue };
            let (reach, uncertainty) = (self.coverage.max_distance_m, location.uncertainty_radius_m);
            possible.push(Disc { centre, radius_m: reach + uncertainty });
            if self.coverage.places.certain.contains(index) && reach > uncertainty {
                sure.push(Disc { centre, radius_m: reach - uncertainty });
            }
        }
        (sure, possible)
    }

    /// How to read the figures, for printing beside them.
    pub fn note(&self, edition: &Edition, language: Language) -> String {
        let metres = thousands(self.coverage.max_distance_m, language);
        let dates = edition.settlements().iter().filter_map(|entry| entry.facts.population_date);
        let date = dates.max().map(|date| date.to_string()).unwrap_or_default();
        let base = |key: &str| edition.survey.bases.iter().find(|base| base.key == key).map_or(0, |base| base.size);
        let (approached, known) = (base("places_approached"), edition.place_count());
        match language {
            Language::Nl => format!(
                "Afstanden zijn hemelsbreed (rechte lijn in het RD-vlak), niet over de weg, en dus geen ‘nabijheid’ van het CBS. Inwoners \
                 (TOP10NL/CBS, {date}) tellen op het binnenpunt van hun kern; wie buiten de kernen woont, telt niet mee. ‘Ten minste’ rekent met de \
                 grootste afstand tot plekken die zeker voldoen, ‘ten hoogste’ met de kleinste afstand tot plekken die zeker of misschien voldoen, \
                 beide binnen {metres} meter. Geen plek bekend is niet hetzelfde als geen plek: er zijn {known} plekken bekend, het onderzoek van 2024 \
                 benaderde er {approached}. Editie {}.",
                edition.id
            ),
            Language::En => format!(
                "Distances are straight lines in the RD plane, not by road, and so not CBS's proximity statistic. Inhabitants (TOP10NL/CBS, {date}) \
                 count at the inner point of their settlement; those who live outside the settlements do not count. ‘At least’ uses the largest distance \
                 to places that surely match, ‘at most’ the smallest distance to places that surely or possibly match, both within {metres} metres. No \
                 place known is not the same as no place: {known} places are known, the report of 2024 approached {approached}. Edition {}.",
                edition.id
            ),
        }
    }

    /// What makes the answer weak.
    pub fn warnings(&self, edition: &Edition, language: Language, too_fine_m: f64) -> Vec<String> {
        let mut warnings = Vec::new();
        let mut warn = |is_so: bool, dutch: String, english: String| {
            if is_so {
                warnings.push(match language {
                    Language::Nl => dutch,
                    Language::En => english,
                });
            }
        };
        let coverage = &self.coverage;
        let limit = thousands(too_fine_m, language);
        warn(
            coverage.max_distance_m < too_fine_m,
            format!(
                "Onder {limit} meter is het binnenpunt van een kern te grof: waar in de kern mensen wonen, is niet bekend."
            ),
            format!(
                "Below {limit} metres the inner point of a settlement is too coarse: where in it people live is not known."
            ),
        );
        let unknown = coverage.places.possible.len() - coverage.places.certain.len();
        warn(
            unknown > 0,
            format!(
                "Van {unknown} plekken is niet bekend of zij voldoen aan de vraag; zij tellen alleen bij ‘ten hoogste’."
            ),
            format!("Of {unknown} places it is not known whether they match; they count in ‘at most’ only."),
        );
        let coarse = coverage.coarse.len();
        warn(
            coarse > 0,
            format!("Van {coarse} plekken is alleen de kern of wijk bekend, niet het adres."),
            format!("Of {coarse} places only the settlement or district is known, not the address."),
        );
        let unlocated = coverage.unlocated.len();
        warn(
            unlocated > 0,
            format!("Van {unlocated} plekken is geen locatie bekend; zij tellen niet mee."),
            format!("Of {unlocated} places no location is known; they do not count."),
        );
        let incomplete =
            edition.municipalities().iter().filter(|entry| entry.facts.inventory != InventoryStatus::Complete).count();
        warn(
            incomplete > 0,
            format!("Van {incomplete} gemeenten is niet bekend of de lijst van plekken volledig is."),
            format!("Of {incomplete} municipalities it is not known whether the list of places is complete."),
        );
        let beyond =
            coverage.settlements.iter().filter(|row| row.is_border_nearer && row.status != Reach::Covered).count();
        warn(
            beyond > 0,
            format!(
                "Voor {beyond} kernen ligt de grens van Overijssel dichterbij dan de dichtstbijzijnde plek die zeker voldoet; plekken over de grens zijn niet bekend."
            ),
            format!(
                "For {beyond} settlements the border of Overijssel is nearer than the nearest place that surely matches; places beyond it are not known."
            ),
        );
        warn(
            matches!(self.area, Some(Within::Area(_))),
            "Van het gevraagde gebied telt alleen het deel in Overijssel.".to_owned(),
            "Of the area asked only the part in Overijssel counts.".to_owned(),
        );
        warnings
    }
}

/// A whole number of metres with its separator.
fn thousands(metres: f64, language: Language) -> String {
    let digits = format!("{:.0}", metres);
    let separator = match language {
        Language::Nl => '.',
        Language::En => ',',
    };
    let mut grouped = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position) % 3 == 0 {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    grouped
}
