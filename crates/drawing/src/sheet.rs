//! A map as it is printed: title, map, scale, legend and source on one sheet, as SVG.
//!
//! Units are points, 1/72 inch; the size of the picture is in millimetres. Text and symbols are the same size on every sheet up to A4
//! and grow with the root of its width beyond.

mod content;
mod layout;
mod names;

use self::{content::defs, layout::Measures};
use super::{
    escape,
    font::{FAMILY, Face, fitted, wrap},
    legend::Group,
    map::{Extent, Point, Shape},
    number, palette,
    symbols::Symbol,
};

/// Points in a millimetre.
pub const POINTS_PER_MM: f64 = 72.0 / 25.4;

/// How large a sheet is, millimetres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Size {
    /// From left to right.
    pub width_mm: f64,
    /// From top to bottom; without one, as high as its content.
    pub height_mm: Option<f64>,
}

/// What an area of the map is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// What the map is about.
    Subject,
    /// What lies around it.
    Beside,
    /// In that step of a figure, from 0; higher ones than there are look like the highest.
    Step(usize),
    /// The same, and it may be in a higher one.
    PerhapsMore(usize),
}

/// Whether a zone is within reach of places.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Zone {
    /// Surely not.
    Uncovered,
    /// It is not known.
    Uncertain,
    /// Surely.
    Covered,
}

/// A place whose point is known.
#[derive(Clone, Debug)]
pub struct Spot {
    /// What it is known by.
    pub id: String,
    /// Where.
    pub at: Point,
    /// How it is marked.
    pub symbol: Symbol,
    /// What a pointer that rests on it is told.
    pub title: String,
    /// Its name, where it is to stand on the map.
    pub name: Option<String>,
}

/// Places that are too near one another to be drawn apart.
#[derive(Clone, Debug)]
pub struct Gathered {
    /// Their middle.
    pub at: Point,
    /// How many.
    pub count: String,
    /// What a pointer that rests on it is told.
    pub title: String,
}

/// An area somewhere in which places are.
#[derive(Clone, Debug)]
pub struct Coarse {
    /// What the places are known by, with spaces between.
    pub ids: String,
    /// The outline; none: the circle.
    pub outline: Option<Shape>,
    /// The middle.
    pub centre: Point,
    /// Metres around the middle.
    pub radius_m: f64,
    /// What a pointer that rests on it is told.
    pub title: String,
    /// A name or a number that is to stand on it.
    pub name: Option<String>,
    /// Whether that is a number, which says more than a name and so may stand a little farther off.
    pub is_count: bool,
}

/// How a name of an area looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rank {
    /// One of the areas that the map is made of.
    Area,
    /// One beside it.
    Beside,
    /// A village or town.
    Town,
    /// A part of one.
    District,
}

/// A name of an area.
#[derive(Clone, Debug)]
pub struct AreaName {
    /// The name.
    pub text: String,
    /// Where it stands best.
    pub at: Point,
    /// What it has to stay within; without, it stays near.
    pub within: Option<Shape>,
    /// How it looks.
    pub rank: Rank,
}

/// All that is on a sheet.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The language tag of all texts.
    pub language: &'static str,
    /// Over the map.
    pub title: String,
    /// Under the title.
    pub subtitle: String,
    /// What the map shows, for those who do not see it.
    pub description: String,
    /// What the map was made of, for whoever wants to make it again; not seen.
    pub origin: String,
    /// What is shown.
    pub extent: Extent,
    /// Areas, from the bottom up.
    pub grounds: Vec<(Shape, Ground)>,
    /// Zones, from the bottom up.
    pub zones: Vec<(Shape, Zone)>,
    /// The built-up areas of villages and towns.
    pub settlements: Vec<Shape>,
    /// Borders; those of what the map is about are broad.
    pub borders: Vec<(Shape, bool)>,
    /// Areas somewhere in which places are.
    pub coarse: Vec<Coarse>,
    /// Places, from the bottom up.
    pub places: Vec<Spot>,
    /// Places that are drawn together, from the bottom up; over those that are not.
    pub gathered: Vec<Gathered>,
    /// Places that are beside the matter.
    pub others: Vec<Point>,
    /// Names of areas; those before have room before those behind.
    pub names: Vec<AreaName>,
    /// Size of a symbol, points.
    pub symbol: f64,
    /// The legend.
    pub legend: Vec<Group>,
    /// Beside the scale.
    pub orientation: String,
    /// Under all: sources, licences and what has to be known.
    pub notes: Vec<String>,
}

/// A sheet that is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawn {
    /// The SVG.
    pub svg: String,
    /// Its width, millimetres.
    pub width_mm: f64,
    /// Its height, millimetres.
    pub height_mm: f64,
}

/// The sheet is too small for its texts; so high it has to be, millimetres.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NoRoom {
    /// The least height at that width.
    pub least_height_mm: f64,
}

impl Sheet {
    /// Draws it.
    ///
    /// # Errors
    /// [`NoRoom`] where title, legend and sources leave no room for a map.
    pub fn draw(&self, size: Size) -> Result<Drawn, NoRoom> {
        let measures = Measures::of(size.width_mm);
        let mut head = String::new();
        let mut y = measures.margin;
        for line in wrap(&self.title, Face::Bold, measures.title, measures.inner()) {
            y += measures.title;
            head.push_str(&line_of("title", (measures.margin, y), measures.title, Face::Bold, palette::INK, &line));
            y += measures.title * 0.2;
        }
        for line in wrap(&self.subtitle, Face::Regular, measures.text * 1.08, measures.inner()) {
            y += measures.text * 1.35;
            let (at, size) = ((measures.margin, y), measures.text * 1.08);
            head.push_str(&line_of("subtitle", at, size, Face::Regular, palette::SOFT, &line));
        }
        let top = y + measures.text;
        let layout = self.layout(&measures, size, top)?;
        let height_mm = layout.height / POINTS_PER_MM;
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width_mm}mm\" height=\"{height_mm}mm\" viewBox=\"0 0 {width} {height}\" \
             role=\"img\" aria-labelledby=\"map-title map-desc\" lang=\"{language}\" xml:lang=\"{language}\" font-family=\"{FAMILY}\" \
             text-rendering=\"geometricPrecision\"><title id=\"map-title\">{title}</title><desc id=\"map-desc\">{description}</desc>\
             <metadata>{origin}</metadata>{defs}<rect width=\"{width}\" height=\"{height}\" fill=\"{paper}\"/>{head}",
            width_mm = number(size.width_mm),
            height_mm = number(height_mm),
            width = number(measures.width),
            height = number(layout.height),
            language = self.language,
            title = escape(&self.title),
            description = escape(&self.description),
            origin = escape(&self.origin),
            defs = defs(&layout.view.panel, measures.zoom),
            paper = palette::PAPER,
        );
        self.draw_map(&mut svg, &layout.view, &measures);
        self.draw_scale(&mut svg, &layout.view, &measures);
        svg.push_str(&layout.legend.svg);
        let mut y = layout.notes_top;
        svg.push_str("<g class=\"notes\">");
        for line in self.note_lines(&measures) {
            y += measures.note * 1.3;
            svg.push_str(&line_of("note", (measures.margin, y), measures.note, Face::Regular, palette::SOFT, &line));
        }
        svg.push_str("</g></svg>\n");
        Ok(Drawn { svg, width_mm: size.width_mm, height_mm })
    }

    fn coarse_opacity(&self) -> f64 {
        if self.zones.is_empty() { palette::COARSE_OPACITY } else { palette::COARSE_OPACITY_ON_ZONES }
    }

    fn note_lines(&self, measures: &Measures) -> Vec<String> {
        self.notes.iter().flat_map(|note| wrap(note, Face::Regular, measures.note, measures.inner())).collect()
    }
}

fn line_of(class: &str, (x, y): (f64, f64), size: f64, face: Face, fill: &str, words: &str) -> String {
    format!(
        "<text class=\"{class}\" x=\"{}\" y=\"{}\" font-size=\"{}\" font-weight=\"{}\"{} fill=\"{fill}\">{}</text>",
        number(x),
        number(y),
        number(size),
        face.weight(),
        fitted(words, face, size),
        escape(words)
    )
}
