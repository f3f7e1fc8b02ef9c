//! What a map is asked for beside places, read and checked, and which area that makes it show.

use super::{format::Format, theme::Theme, words::Words};
use crate::{
    drawing::{font, raster::pixels, sheet::Size},
    edition::{Edition, PlaceFilter, Within},
    graphql::limits::Limits,
    http::{
        pages::{language::Language, words::with},
        parameters::{Address, Name, Parameters, PlaceChoice},
        problem::Problem,
    },
    model::excerpt,
    spatial::{Area, coverage::area_polygons},
};

/// Millimetres that a side can have: from a stamp to DIN A0.
const SIDE_MM: std::ops::RangeInclusive<f64> = 60.0..=1_200.0;
/// How many times as long as the other one side can be: beyond, the map is mostly what lies around.
const MOST_RATIO: f64 = 3.0;
/// The width where none is given: that of the text of an A4 page.
const WIDTH_MM: f64 = 180.0;
/// Dots per inch of a PNG.
const DPI: std::ops::RangeInclusive<f64> = 36.0..=300.0;
/// Dots per inch where none are given.
const DEFAULT_DPI: f64 = 150.0;
/// Pixels of a PNG, 36 million: DIN A2 at 300 dpi has 35.
pub(super) const MAX_PIXELS: u64 = 36_000_000;
/// Pixels from which a PNG is a large one: half as many again as an A4 page at 300 dpi that is filled half.
const LARGE_PIXELS: u64 = 6_000_000;
/// How high a sheet is for its width, at most, where it is not asked to be higher.
const USUAL_RATIO: f64 = 1.5;
/// How near is near where a map of who lives nearby does not say, metres.
const USUAL_REACH_M: f64 = 2_000.0;
/// Characters of a title.
const MAX_TITLE: usize = 150;

/// What is mapped.
#[derive(Clone, Debug)]
pub(super) enum Subject {
    /// All of Overijssel.
    Province,
    /// Municipalities, ascending by code.
    Municipalities(Vec<u32>),
    /// A settlement.
    Settlement(u32),
    /// A box or a circle.
    Area(Area),
}

/// Which names stand on the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Names {
    pub(super) areas: bool,
    pub(super) places: bool,
}

/// A request for a map that can be drawn.
#[derive(Clone, Debug)]
pub(super) struct MapQuery {
    pub(super) subject: Subject,
    pub(super) places: PlaceChoice,
    pub(super) language: Language,
    pub(super) title: Option<String>,
    /// Metres.
    pub(super) coverage_m: Option<f64>,
    /// Municipalities by a figure, instead of places.
    pub(super) theme: Option<Theme>,
    pub(super) size: Size,
    pub(super) dpi: f64,
    pub(super) names: Names,
    /// What was asked, without edition and resolution: the same for the same map.
    asked: Parameters,
}

/// Where a map of a format is.
pub(super) fn address(format: Format) -> Address {
    match format {
        Format::Svg => Address::MapSvg,
        Format::Png => Address::MapPng,
    }
}

impl MapQuery {
    /// Understands parameters, whose `places` are understood and written already.
    ///
    /// # Errors
    /// One sentence on a value that is none of its parameter, or out of its bounds.
    pub(super) fn of(
        parameters: &Parameters,
        places: PlaceChoice,
        edition: &Edition,
        limits: &Limits,
    ) -> Result<Self, Problem> {
        let subject = subject(&places, parameters, edition)?;
        let language = parameters.language().unwrap_or(Language::Nl);
        let names = match parameters.get(Name::Labels) {
            Some("all") => Names { areas: true, places: true },
            Some("areas") => Names { areas: true, places: false },
            Some("places") => Names { areas: false, places: true },
            Some(_) => Names { areas: false, places: false },
            None => Names { areas: true, places: !matches!(subject, Subject::Province) },
        };
        let width_mm = number(parameters, Name::Width, SIDE_MM, |t| t.no_size)?.unwrap_or(WIDTH_MM);
        let height_mm = number(parameters, Name::Height, SIDE_MM, |t| t.no_size)?;
        if let Some(height_mm) = height_mm
            && width_mm.max(height_mm) > MOST_RATIO * width_mm.min(height_mm)
        {
            let [width, height, most] = [width_mm, height_mm, MOST_RATIO].map(|number| number.to_string());
            return Err(refused(|t| t.no_ratio, &[("width", &width), ("height", &height), ("most", &most)]));
        }
        let dpi = number(parameters, Name::Scale, DPI, |t| t.no_scale)?.unwrap_or(DEFAULT_DPI);
        let theme = parameters.get(Name::Theme).and_then(Theme::named);
        if theme.is_some() && !matches!(subject, Subject::Province | Subject::Municipalities(_)) {
            return Err(refused(|t| t.no_theme, &[]));
        }
        let coverage_m = parameters.get(Name::Coverage).map(|text| reach(text, limits)).transpose()?;
        let coverage_m = match theme {
            Some(Theme::Density) => None,
            Some(Theme::Reach) => Some(coverage_m.unwrap_or(USUAL_REACH_M)),
            None => coverage_m,
        };
        let title = title(parameters)?;
        if let Some(text) = &places.attributes.text {
            has_letters(Name::Text, text)?;
        }
        // A point without a radius says in which order places come, which is not seen on a map.
        let is_seen = |name| !matches!(name, Name::Near | Name::Postcode) || places.circle.is_some();
        let mut asked = parameters.only(|name| !matches!(name, Name::Edition | Name::Scale) && is_seen(name));
        asked.set(Name::Lang, language.code().to_owned());
        asked.set(Name::Width, width_mm.to_string());
        for (name, number) in [(Name::Height, height_mm), (Name::Coverage, coverage_m)] {
            if let Some(number) = number {
                asked.set(name, number.to_string());
            }
        }
        Ok(Self {
            subject,
            places,
            language,
            title,
            coverage_m,
            theme,
            size: Size { width_mm, height_mm },
            dpi,
            names,
            asked,
        })
    }

    /// The area as the API has it; none: all of Overijssel.
    pub(super) fn within(&self) -> Option<Within> {
        match &self.subject {
            Subject::Province => None,
            Subject::Municipalities(municipalities) => Some(Within::Municipalities(municipalities.clone())),
            Subject::Settlement(settlement) => Some(Within::Settlements(vec![*settlement])),
            Subject::Area(area) => Some(Within::Area(area.clone())),
        }
    }

    /// What makes a place count for coverage, wherever it is.
    pub(super) fn filter(&self) -> PlaceFilter {
        self.places.attributes.clone()
    }

    /// The address that gives this map again, with its edition where that is one of the archive.
    pub(super) fn address(&self, format: Format, edition: &str) -> String {
        let mut asked = self.asked.clone();
        if asked.get(Name::Without).is_none() {
            asked.set(Name::Edition, edition.to_owned());
        }
        if format == Format::Png {
            asked.set(Name::Scale, self.dpi.to_string());
        }
        format!("/map.{}{}", format.extension(), asked.query_string())
    }

    /// What coverage depends on, edition aside.
    pub(super) fn coverage_key(&self) -> String {
        let is_of_looks =
            |name| matches!(name, Name::Labels | Name::Lang | Name::Theme | Name::Title | Name::Width | Name::Height);
        self.asked.only(|name| !is_of_looks(name)).query_string()
    }

    /// Whether the picture takes so much that no other large one is drawn beside it. How high a sheet is, is known when it is drawn, unless
    /// it is asked.
    pub(super) fn is_large(&self, format: Format) -> bool {
        let height_mm = self.size.height_mm.unwrap_or(self.size.width_mm * USUAL_RATIO);
        let (width, height) = (pixels(self.size.width_mm, self.dpi), pixels(height_mm, self.dpi));
        format == Format::Png && u64::from(width) * u64::from(height) > LARGE_PIXELS
    }

    /// Width and height of a PNG of a sheet.
    ///
    /// # Errors
    /// One sentence where it has more than [`MAX_PIXELS`].
    pub(super) fn pixels(&self, width_mm: f64, height_mm: f64) -> Result<(u32, u32), Problem> {
        let (width, height) = (pixels(width_mm, self.dpi), pixels(height_mm, self.dpi));
        if u64::from(width) * u64::from(height) <= MAX_PIXELS {
            return Ok((width, height));
        }
        Err(refused(
            |t| t.no_pixels,
            &[
                ("width", &width_mm.to_string()),
                ("height", &height_mm.round().to_string()),
                ("dpi", &self.dpi.to_string()),
                ("across", &width.to_string()),
                ("down", &height.to_string()),
                ("most", &MAX_PIXELS.to_string()),
            ],
        ))
    }
}

/// A refusal in both languages: `say` chooses the sentence whose blanks are filled.
pub(super) fn refused(say: impl Fn(&'static Words) -> &'static str, values: &[(&str, &str)]) -> Problem {
    let told = |language| with(say(Words::of(language)), values);
    Problem::bad_request(told(Language::En)).in_dutch(told(Language::Nl))
}

fn number(
    parameters: &Parameters,
    name: Name,
    bounds: std::ops::RangeInclusive<f64>,
    say: impl Fn(&'static Words) -> &'static str,
) -> Result<Option<f64>, Problem> {
    let Some(text) = parameters.get(name) else { return Ok(None) };
    let value = text.parse::<f64>().ok().filter(|value| bounds.contains(value));
    match value {
        // Hundredths are finer than any printer.
        Some(value) => Ok(Some((value * 100.0).round() / 100.0)),
        None => {
            let [least, most] = [bounds.start(), bounds.end()].map(f64::to_string);
            let values = [("name", name.text()), ("value", &excerpt(text)), ("least", &least), ("most", &most)];
            Err(refused(say, &values))
        }
    }
}

fn reach(text: &str, limits: &Limits) -> Result<f64, Problem> {
    let metres = text.trim().parse::<f64>().ok();
    metres.filter(|metres| *metres > 0.0 && *metres <= limits.max_distance_m).ok_or_else(|| {
        let most = limits.max_distance_m.to_string();
        refused(|t| t.no_coverage, &[("value", &excerpt(text)), ("most", &most)])
    })
}

fn title(parameters: &Parameters) -> Result<Option<String>, Problem> {
    let Some(text) = parameters.get(Name::Title) else { return Ok(None) };
    let length = text.chars().count();
    if length > MAX_TITLE {
        let [count, most] = [length, MAX_TITLE].map(|number| number.to_string());
        return Err(refused(|t| t.long_title, &[("count", &count), ("most", &most)]));
    }
    has_letters(Name::Title, text)?;
    Ok(Some(text.to_owned()))
}

/// Whether a text that is written on the sheet can be.
fn has_letters(name: Name, text: &str) -> Result<(), Problem> {
    let Some(character) = font::missing(text) else { return Ok(()) };
    let code = format!("U+{:04X}", u32::from(character));
    let letter = excerpt(&character.to_string());
    Err(refused(|t| t.no_letter, &[("name", name.text()), ("letter", &letter), ("code", &code)]))
}

/// The smallest area that is named: it is drawn, with the places that everything holds of.
fn subject(places: &PlaceChoice, parameters: &Parameters, edition: &Edition) -> Result<Subject, Problem> {
    if let Some(area) = places.bbox.as_ref().or(places.circle.as_ref()) {
        // A point or a line is what is around it.
        let around = match area {
            Area::Bbox(bbox) => Area::Bbox(bbox.with_outline()),
            other => other.clone(),
        };
        let has_data = edition.area_rd(Some(&Within::Area(around.clone()))).0.iter().any(|_| true);
        if !has_data || area_polygons(&around).0.is_empty() {
            let name = if places.bbox.is_some() { Name::Bbox } else { Name::Near };
            let value = excerpt(parameters.get(name).unwrap_or_default());
            return Err(refused(|t| t.elsewhere, &[("name", name.text()), ("value", &value)]));
        }
        return Ok(Subject::Area(area.clone()));
    }
    Ok(match (places.settlement, places.municipalities.as_slice()) {
        (Some(settlement), _) => Subject::Settlement(settlement),
        (None, []) => Subject::Province,
        (None, municipalities) => Subject::Municipalities(municipalities.to_vec()),
    })
}
