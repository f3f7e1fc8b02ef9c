//! What a map is asked for: read, checked, and written again in one order.

use poem::Request;

use super::format::Format;
use crate::{
    drawing::{font, raster::pixels, sheet::Size},
    edition::{Edition, Node, PlaceFilter, Within},
    graphql::limits::Limits,
    http::{
        pages::language::Language,
        problem::Problem,
        query::{Parameters, municipality, percent_encode, settlement},
    },
    model::{excerpt, vocabulary::Term},
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
    /// A box.
    Box(Area),
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
    pub(super) filter: PlaceFilter,
    pub(super) language: Language,
    pub(super) title: Option<String>,
    /// Metres.
    pub(super) coverage_m: Option<f64>,
    pub(super) size: Size,
    pub(super) dpi: f64,
    pub(super) names: Names,
    /// What was asked, without the edition and the language: the same for the same map.
    asked: Vec<(&'static str, String)>,
}

const OF_BOTH: [&str; 13] = [
    "of", "bbox", "kind", "facility", "activity", "status", "coverage", "labels", "language", "title", "width",
    "height", "edition",
];
const OF_PNG: [&str; 14] = [
    "of", "bbox", "kind", "facility", "activity", "status", "coverage", "labels", "language", "title", "width",
    "height", "scale", "edition",
];

/// Reads the address; what an edition has to say of it comes in [`MapQuery::of`].
///
/// # Errors
/// For a parameter that there is none of, and one that is given twice.
pub(super) fn read(request: &Request, format: Format) -> Result<Parameters, Problem> {
    match format {
        Format::Svg => Parameters::of(request, &OF_BOTH, true),
        Format::Png => Parameters::of(request, &OF_PNG, true),
    }
}

impl MapQuery {
    /// Understands parameters.
    ///
    /// # Errors
    /// One sentence on a value that is none of its parameter, or out of its bounds.
    pub(super) fn of(parameters: &Parameters, edition: &Edition, limits: &Limits) -> Result<Self, Problem> {
        let subject = subject(parameters, edition)?;
        let mut filter = parameters.place_filter()?;
        // In one order, whatever that of the address: the picture lists them.
        filter.kinds.iter_mut().for_each(in_order);
        filter.facilities.iter_mut().flat_map(|set| &mut set.any).for_each(in_order);
        filter.activities.iter_mut().flat_map(|set| &mut set.any).for_each(in_order);
        filter.status.iter_mut().for_each(in_order);
        let language = match parameters.get("language") {
            None | Some("nl") => Language::Dutch,
            Some("en") => Language::English,
            Some(other) => return Err(none_of("language", other, "nl and en")),
        };
        let names = match parameters.get("labels") {
            None => Names { areas: true, places: !matches!(subject, Subject::Province) },
            Some("all") => Names { areas: true, places: true },
            Some("areas") => Names { areas: true, places: false },
            Some("places") => Names { areas: false, places: true },
            Some("none") => Names { areas: false, places: false },
            Some(other) => return Err(none_of("labels", other, "all, areas, places and none")),
        };
        let width_mm = number(parameters, "width", "millimetres", SIDE_MM)?.unwrap_or(WIDTH_MM);
        let height_mm = number(parameters, "height", "millimetres", SIDE_MM)?;
        if let Some(height_mm) = height_mm
            && width_mm.max(height_mm) > MOST_RATIO * width_mm.min(height_mm)
        {
            return Err(Problem::bad_request(format!(
                "`width` and `height` are {width_mm} and {height_mm}; one is at most {MOST_RATIO} times the other: leave `height` out for as \
                 much as the map takes"
            )));
        }
        let dpi = number(parameters, "scale", "dots per inch", DPI)?.unwrap_or(DEFAULT_DPI);
        let coverage_m = parameters.get("coverage").map(|text| reach(text, limits)).transpose()?;
        let mut asked = Vec::new();
        let mut ask = |name, value: Option<String>| asked.extend(value.map(|value| (name, value)));
        ask("of", subject_names(&subject, edition));
        ask("bbox", parameters.get("bbox").map(|text| text.replace(' ', "")));
        ask("kind", filter.kinds.as_deref().map(joined));
        ask("facility", filter.facilities.as_ref().and_then(|set| set.any.as_deref()).map(joined));
        ask("activity", filter.activities.as_ref().and_then(|set| set.any.as_deref()).map(joined));
        ask("status", filter.status.as_deref().map(joined));
        ask("coverage", coverage_m.map(|metres| metres.to_string()));
        ask("labels", parameters.get("labels").map(str::to_owned));
        ask("language", Some(language.code().to_owned()));
        ask("title", title(parameters)?);
        ask("width", Some(width_mm.to_string()));
        ask("height", height_mm.map(|height| height.to_string()));
        let title = title(parameters)?;
        Ok(Self { subject, filter, language, title, coverage_m, size: Size { width_mm, height_mm }, dpi, names, asked })
    }

    /// The area as the API has it; none: all of Overijssel.
    pub(super) fn within(&self) -> Option<Within> {
        match &self.subject {
            Subject::Province => None,
            Subject::Municipalities(municipalities) => Some(Within::Municipalities(municipalities.clone())),
            Subject::Settlement(settlement) => Some(Within::Settlements(vec![*settlement])),
            Subject::Box(area) => Some(Within::Area(area.clone())),
        }
    }

    /// The address that gives this map again, with its edition.
    pub(super) fn address(&self, format: Format, edition: &str) -> String {
        let mut address = format!("/map.{}", format.extension());
        let scale = (format == Format::Png).then(|| ("scale", self.dpi.to_string()));
        let edition = [("edition", edition.to_owned())];
        for (index, (name, value)) in self.asked.iter().chain(&scale).chain(&edition).enumerate() {
            address.push(if index == 0 { '?' } else { '&' });
            address.push_str(name);
            address.push('=');
            percent_encode(value, &mut address);
        }
        address
    }

    /// What coverage depends on, edition aside.
    pub(super) fn coverage_key(&self) -> String {
        let of_coverage = ["of", "bbox", "kind", "facility", "activity", "status", "coverage"];
        let asked = self.asked.iter().filter(|(name, _)| of_coverage.contains(name));
        asked.map(|(name, value)| format!("{name}={value}&")).collect()
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
        Err(Problem::bad_request(format!(
            "a map of {width_mm} by {} mm at {} dots per inch has {width} × {height} pixels; at most {MAX_PIXELS} are drawn: ask for a lower \
             `scale`, a smaller `width` or /map.svg",
            height_mm.round(),
            self.dpi
        )))
    }
}

/// Each term once, by name.
fn in_order<T: Term>(terms: &mut Vec<T>) {
    terms.sort_unstable_by_key(|term| term.name());
    terms.dedup_by_key(|term| term.name());
}

fn joined<T: Term>(terms: &[T]) -> String {
    terms.iter().map(|term| term.name()).collect::<Vec<_>>().join(",")
}

fn none_of(parameter: &str, value: &str, known: &str) -> Problem {
    Problem::bad_request(format!("`{}` is not a value of `{parameter}`; there are {known}", excerpt(value)))
}

fn number(
    parameters: &Parameters,
    name: &'static str,
    unit: &str,
    bounds: std::ops::RangeInclusive<f64>,
) -> Result<Option<f64>, Problem> {
    let Some(text) = parameters.get(name) else { return Ok(None) };
    let value = text.trim().parse::<f64>().ok().filter(|value| bounds.contains(value));
    match value {
        // Hundredths are finer than any printer.
        Some(value) => Ok(Some((value * 100.0).round() / 100.0)),
        None => Err(Problem::bad_request(format!(
            "`{name}` is `{}`; expected {unit} from {} to {}",
            excerpt(text),
            bounds.start(),
            bounds.end()
        ))),
    }
}

fn reach(text: &str, limits: &Limits) -> Result<f64, Problem> {
    let metres = text.trim().parse::<f64>().ok();
    metres.filter(|metres| *metres > 0.0 && *metres <= limits.max_distance_m).ok_or_else(|| {
        Problem::bad_request(format!(
            "`coverage` is `{}`; people are within reach at more than 0 and at most {} metres, such as 2000",
            excerpt(text),
            limits.max_distance_m
        ))
    })
}

fn title(parameters: &Parameters) -> Result<Option<String>, Problem> {
    let Some(text) = parameters.get("title").map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    let length = text.chars().count();
    if length > MAX_TITLE {
        return Err(Problem::bad_request(format!("`title` has {length} characters; at most {MAX_TITLE} are written")));
    }
    if let Some(character) = font::missing(text) {
        return Err(Problem::bad_request(format!(
            "`title` has the character `{}` (U+{:04X}); the typeface of the maps has the letters of western and central European languages",
            excerpt(&character.to_string()),
            u32::from(character)
        )));
    }
    Ok(Some(text.to_owned()))
}

fn subject(parameters: &Parameters, edition: &Edition) -> Result<Subject, Problem> {
    match (parameters.get("of"), parameters.bbox()?) {
        (Some(_), Some(_)) => Err(Problem::bad_request("`of` and `bbox` both say what is mapped; give one of them")),
        (None, Some(area)) => {
            let has_data = edition.area_rd(Some(&Within::Area(area.clone()))).0.iter().any(|_| true);
            if !has_data || area_polygons(&area).0.is_empty() {
                return Err(Problem::bad_request(format!(
                    "`bbox` is `{}`; nothing of Overijssel lies in it, which is within 5.7,52.1,7.1,52.9",
                    excerpt(parameters.get("bbox").unwrap_or_default())
                )));
            }
            Ok(Subject::Box(area))
        }
        (None, None) => Ok(Subject::Province),
        (Some(name), None) if crate::search::fold(name) == "overijssel" => Ok(Subject::Province),
        (Some(names), None) => named(names, edition),
    }
}

fn named(names: &str, edition: &Edition) -> Result<Subject, Problem> {
    let municipal = |name: &str| match name.parse() {
        Ok(id) => match edition.node(&id) {
            Some(Node::Municipality(index)) => Some(index),
            _ => None,
        },
        Err(_) => municipality(edition, name),
    };
    if let Some(settlement) = settlement(edition, names).filter(|_| municipal(names).is_none()) {
        return Ok(Subject::Settlement(settlement));
    }
    let mut found = Vec::new();
    for name in names.split(',').map(str::trim) {
        found.push(municipal(name).ok_or_else(|| {
            Problem::bad_request(format!(
                "`{}` is nothing that is mapped; `of` is overijssel, one or several municipalities by CBS code or name, such as GM0148 or \
                 dalfsen,ommen, or one settlement by slug or id, such as lemelerveld",
                excerpt(name)
            ))
        })?);
    }
    found.sort_unstable();
    found.dedup();
    if found.len() == edition.municipalities().len() {
        return Ok(Subject::Province);
    }
    Ok(Subject::Municipalities(found))
}

fn subject_names(subject: &Subject, edition: &Edition) -> Option<String> {
    match subject {
        Subject::Province => Some("overijssel".to_owned()),
        Subject::Municipalities(municipalities) => {
            let codes = municipalities.iter().map(|index| edition.municipality(*index).facts.code.as_str());
            Some(codes.collect::<Vec<_>>().join(","))
        }
        Subject::Settlement(index) => Some(edition.settlement(*index).facts.id.clone()),
        Subject::Box(_) => None,
    }
}
