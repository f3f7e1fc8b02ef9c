//! A map as it is printed: title, map, scale, legend and source on one sheet, as SVG.
//!
//! Units are points, 1/72 inch; the size of the picture is in millimetres. Text and symbols are the same size on every sheet up to A4
//! and grow with the root of its width beyond.

use super::{
    escape,
    font::{FAMILY, Face, shorten, wrap},
    labels::{Labels, Style},
    legend::{self, Group},
    map::{Extent, Point, Shape, round_below},
    number, palette,
    symbols::Symbol,
    view::{Rect, Rings, View, path},
};

/// Points in a millimetre.
pub const POINTS_PER_MM: f64 = 72.0 / 25.4;

/// The width at which nothing is enlarged, millimetres.
const PLAIN_WIDTH_MM: f64 = 180.0;

/// Height over width of the map where the height of the sheet is free.
const PROPORTIONS: std::ops::RangeInclusive<f64> = 0.6..=1.0;

/// The lowest map that is drawn, points.
const LOWEST: f64 = 90.0;

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

/// Where things are on a sheet.
struct Layout {
    view: View,
    legend: legend::Drawn,
    notes_top: f64,
    height: f64,
}

/// Sizes of one sheet, points.
struct Measures {
    width: f64,
    margin: f64,
    title: f64,
    text: f64,
    note: f64,
    zoom: f64,
}

impl Measures {
    fn of(width_mm: f64) -> Self {
        let zoom = (width_mm / PLAIN_WIDTH_MM).sqrt().clamp(0.85, 3.0);
        Self {
            width: width_mm * POINTS_PER_MM,
            margin: 8.0 * zoom,
            title: 14.0 * zoom,
            text: 7.6 * zoom,
            note: 6.4 * zoom,
            zoom,
        }
    }

    fn inner(&self) -> f64 {
        self.width - 2.0 * self.margin
    }

    /// From the map to what is under it: room for the scale.
    fn scale_height(&self) -> f64 {
        self.text * 2.1
    }
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

    /// The legend stands under the map or, where the height is given and the map becomes larger by it, to the right.
    fn layout(&self, measures: &Measures, size: Size, top: f64) -> Result<Layout, NoRoom> {
        let Measures { margin, text, note, .. } = *measures;
        #[expect(clippy::cast_precision_loss, reason = "a handful of lines")]
        let notes = self.note_lines(measures).len() as f64 * note * 1.3 + text * 0.5;
        let below = legend::draw(&self.legend, (0.0, 0.0), measures.inner(), text, self.coarse_opacity()).height;
        let fixed_below = top + measures.scale_height() + below + notes + margin;
        let least_height_mm = ((fixed_below + LOWEST) / POINTS_PER_MM).ceil();
        let (panel_height, height) = match size.height_mm {
            None => {
                let proportion = self.extent.height() / self.extent.width().max(1.0);
                let high = measures.inner() * proportion.clamp(*PROPORTIONS.start(), *PROPORTIONS.end());
                (high, fixed_below + high)
            }
            Some(height_mm) => (height_mm * POINTS_PER_MM - fixed_below, height_mm * POINTS_PER_MM),
        };
        let side_width = 150.0 * measures.zoom;
        let beside_height = height - (top + measures.scale_height() + notes + margin);
        let beside_width = measures.inner() - side_width - margin * 1.5;
        let side_legend = legend::draw(&self.legend, (0.0, 0.0), side_width, text, self.coarse_opacity()).height;
        let is_beside = size.height_mm.is_some()
            && beside_width >= LOWEST
            && beside_height >= LOWEST
            && side_legend <= beside_height + measures.scale_height()
            && View::scale(self.extent, beside_width, beside_height)
                > View::scale(self.extent, measures.inner(), panel_height.max(1.0));
        let (panel_width, panel_height) =
            if is_beside { (beside_width, beside_height) } else { (measures.inner(), panel_height) };
        if panel_height < LOWEST {
            return Err(NoRoom { least_height_mm });
        }
        let panel = Rect { left: margin, top, right: margin + panel_width, bottom: top + panel_height };
        let legend_at = if is_beside {
            (panel.right + margin * 1.5, panel.top)
        } else {
            (margin, panel.bottom + measures.scale_height())
        };
        let legend_width = if is_beside { side_width } else { measures.inner() };
        Ok(Layout {
            view: View::new(self.extent, panel),
            legend: legend::draw(&self.legend, legend_at, legend_width, text, self.coarse_opacity()),
            notes_top: height - margin - notes + text * 0.5,
            height,
        })
    }

    fn draw_map(&self, svg: &mut String, view: &View, measures: &Measures) {
        let zoom = measures.zoom;
        let Rect { left, top, .. } = view.panel;
        let frame = |fill: &str, stroke: &str| {
            format!(
                "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{fill}\" stroke=\"{stroke}\" stroke-width=\"{}\"/>",
                number(left),
                number(top),
                number(view.panel.width()),
                number(view.panel.height()),
                number(0.6 * zoom)
            )
        };
        svg.push_str(&format!(
            "<g class=\"map\" clip-path=\"url(#panel)\" data-metres-per-unit=\"{}\">{}",
            number(1.0 / view.units_per_metre()),
            frame(palette::OUTSIDE, "none")
        ));
        for (shape, ground) in &self.grounds {
            let fill = match ground {
                Ground::Subject => palette::SUBJECT,
                Ground::Beside => palette::BESIDE,
            };
            push_area(svg, "ground", &view.rings(shape), fill);
        }
        for (shape, zone) in &self.zones {
            let (class, fill) = match zone {
                Zone::Uncovered => ("zone uncovered", "url(#uncovered)"),
                Zone::Uncertain => ("zone uncertain", "url(#uncertain)"),
                Zone::Covered => ("zone covered", palette::COVERED),
            };
            push_area(svg, class, &view.rings(shape), fill);
        }
        for shape in &self.settlements {
            let rings = view.rings(shape);
            if self.zones.is_empty() {
                push_area(svg, "settlement", &rings, palette::SETTLEMENT);
            } else {
                push_line(svg, "settlement", &rings, palette::SETTLEMENT_EDGE, 0.35 * zoom);
            }
        }
        for (shape, is_broad) in &self.borders {
            let line = if *is_broad { 1.1 } else { 0.5 };
            push_line(svg, "border", &view.rings(shape), palette::BORDER, line * zoom);
        }
        for area in &self.coarse {
            let outline = match &area.outline {
                Some(shape) => path(&view.rings(shape)),
                None => {
                    let ((x, y), r) = (view.at(area.centre), area.radius_m * view.units_per_metre());
                    Symbol::Disc.path(x, y, 2.0 * r)
                }
            };
            svg.push_str(&format!(
                "<g class=\"coarse\" data-id=\"{}\"><title>{}</title>{}</g>",
                escape(&area.ids),
                escape(&area.title),
                legend::coarse(&outline, self.symbol * 0.095 * zoom, self.coarse_opacity())
            ));
        }
        for point in &self.others {
            let (x, y) = view.at(*point);
            svg.push_str(&legend::other(x, y, self.symbol * 0.5 * zoom));
        }
        for spot in &self.places {
            let (x, y) = view.at(spot.at);
            svg.push_str(&spot.symbol.draw(x, y, self.symbol * zoom, "place", &spot.id, &spot.title));
        }
        svg.push_str(&format!("</g><g class=\"names\">{}</g>", self.labels(view, measures).finish()));
        svg.push_str(&frame("none", palette::BORDER));
    }

    /// The names: areas first, then what is known coarsely, then places.
    fn labels(&self, view: &View, measures: &Measures) -> Labels {
        let zoom = measures.zoom;
        let mut labels = Labels::new(view.panel);
        let symbol = self.symbol * zoom;
        for (at, size) in self
            .places
            .iter()
            .map(|spot| (spot.at, symbol * 1.15))
            .chain(self.others.iter().map(|point| (*point, symbol * 0.6)))
        {
            let (x, y) = view.at(at);
            labels.keep_off(Rect::around(x, y, size, size));
        }
        for name in &self.names {
            let style = style(name.rank, zoom);
            let at = view.at(name.at);
            match &name.within {
                Some(shape) => {
                    let rings = view.rings(shape);
                    // Smaller rather than over the border, and over the border rather than not at all; but names of what lies around are no
                    // loss.
                    let tries: &[(f64, bool)] = match name.rank {
                        Rank::Beside => &[(1.0, true), (0.86, true)],
                        _ => &[(1.0, true), (0.86, true), (1.0, false), (0.86, false), (0.74, false)],
                    };
                    let _ = tries.iter().any(|(share, is_strict)| {
                        let smaller = Style { size: style.size * share, spacing: style.spacing * share, ..style };
                        labels.within(&rings, at, &name.text, smaller, *is_strict)
                    });
                }
                None => {
                    // A part of a town that is named beside it would name another part.
                    let reach = if name.rank == Rank::District { 1 } else { 3 };
                    labels.near(at, reach, &name.text, style);
                }
            }
        }
        let coarse =
            Style { face: Face::Bold, size: 6.4 * zoom, fill: palette::COARSE, class: "name coarse", spacing: 0.0 };
        for area in &self.coarse {
            let Some(name) = &area.name else { continue };
            let (name, at) = (short(name, coarse, view), view.at(area.centre));
            let rings = area.outline.as_ref().map(|shape| view.rings(shape)).unwrap_or_default();
            // Within the area, or over a small one; farther away it would name something else.
            let reach = if area.is_count { 2 } else { 1 };
            let _ = labels.within(&rings, at, &name, coarse, false) || labels.near(at, reach, &name, coarse);
        }
        let place =
            Style { face: Face::Regular, size: 6.4 * zoom, fill: palette::INK, class: "name place", spacing: 0.0 };
        for spot in &self.places {
            if let Some(name) = &spot.name {
                labels.beside(view.at(spot.at), symbol, &short(name, place, view), place);
            }
        }
        labels
    }

    fn draw_scale(&self, svg: &mut String, view: &View, measures: &Measures) {
        let metres = round_below(view.extent().width().min(view.extent().height()) / 4.0);
        let bar = metres * view.units_per_metre();
        let length = if metres >= 1_000.0 { format!("{} km", number(metres / 1_000.0)) } else { format!("{metres} m") };
        let (left, y, size) = (view.panel.left, view.panel.bottom + measures.text * 0.55, measures.text * 0.92);
        let tick = measures.text * 0.55;
        svg.push_str(&format!(
            "<g class=\"scale\"><path d=\"M{} {}v{tick}h{}v-{tick}\" fill=\"none\" stroke=\"{}\" stroke-width=\"{}\"/>{}",
            number(left + 0.5),
            number(y),
            number(bar),
            palette::INK,
            number(0.7 * measures.zoom),
            line_of("length", (left + bar + size * 0.6, y + size * 0.8), size, Face::Regular, palette::INK, &length),
            tick = number(tick),
        ));
        let text = &self.orientation;
        let x = view.panel.right - Face::Regular.width(text, size);
        // A north arrow, beside its words.
        let (arrow, half) = (x - size * 0.9, size * 0.32);
        svg.push_str(&format!(
            "<path d=\"M{} {}l{} {}l-{} -{}l-{} {}Z\" fill=\"{}\"/>{}</g>",
            number(arrow),
            number(y - size * 0.1),
            number(half),
            number(size),
            number(half),
            number(size * 0.25),
            number(half),
            number(size * 0.25),
            palette::SOFT,
            line_of("length", (x, y + size * 0.8), size, Face::Regular, palette::SOFT, text),
        ));
    }
}

/// A name that takes at most a third of the map.
fn short(name: &str, style: Style, view: &View) -> String {
    shorten(name, style.face, style.size, view.panel.width() / 3.0)
}

fn style(rank: Rank, zoom: f64) -> Style {
    let (face, size, fill, class, spacing) = match rank {
        Rank::Area => (Face::Bold, 7.6, palette::INK, "name area", 0.25),
        Rank::Beside => (Face::Regular, 7.6, palette::SOFT, "name beside", 0.5),
        Rank::Town => (Face::Bold, 8.2, palette::INK, "name town", 0.0),
        Rank::District => (Face::Regular, 6.8, palette::SOFT, "name district", 0.0),
    };
    Style { face, size: size * zoom, fill, class, spacing: spacing * zoom }
}

fn line_of(class: &str, (x, y): (f64, f64), size: f64, face: Face, fill: &str, words: &str) -> String {
    format!(
        "<text class=\"{class}\" x=\"{}\" y=\"{}\" font-size=\"{}\" font-weight=\"{}\" fill=\"{fill}\">{}</text>",
        number(x),
        number(y),
        number(size),
        face.weight(),
        escape(words)
    )
}

fn push_area(svg: &mut String, class: &str, rings: &Rings, fill: &str) {
    if !rings.is_empty() {
        svg.push_str(&format!("<path class=\"{class}\" d=\"{}\" fill=\"{fill}\" fill-rule=\"evenodd\"/>", path(rings)));
    }
}

fn push_line(svg: &mut String, class: &str, rings: &Rings, stroke: &str, width: f64) {
    if !rings.is_empty() {
        svg.push_str(&format!(
            "<path class=\"{class}\" d=\"{}\" fill=\"none\" stroke=\"{stroke}\" stroke-width=\"{}\" stroke-linejoin=\"round\"/>",
            path(rings),
            number(width)
        ));
    }
}

/// The patterns of the zones, and the edge of the map.
fn defs(panel: &Rect, zoom: f64) -> String {
    format!(
        "<defs><clipPath id=\"panel\"><rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\"/></clipPath>\
         <pattern id=\"uncertain\" width=\"{hatch}\" height=\"{hatch}\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
         <rect width=\"{hatch}\" height=\"{hatch}\" fill=\"{uncertain}\"/><rect width=\"{line}\" height=\"{hatch}\" fill=\"{lines}\"/></pattern>\
         <pattern id=\"uncovered\" width=\"{dots}\" height=\"{dots}\" patternUnits=\"userSpaceOnUse\">\
         <rect width=\"{dots}\" height=\"{dots}\" fill=\"{uncovered}\"/>\
         <circle cx=\"{first}\" cy=\"{first}\" r=\"{dot}\" fill=\"{dot_fill}\"/><circle cx=\"{second}\" cy=\"{second}\" r=\"{dot}\" fill=\"{dot_fill}\"/>\
         </pattern></defs>",
        left = number(panel.left),
        top = number(panel.top),
        width = number(panel.width()),
        height = number(panel.height()),
        hatch = number(4.0 * zoom),
        line = number(0.8 * zoom),
        uncertain = palette::UNCERTAIN,
        lines = palette::UNCERTAIN_LINE,
        dots = number(7.0 * zoom),
        first = number(1.75 * zoom),
        second = number(5.25 * zoom),
        dot = number(0.45 * zoom),
        uncovered = palette::UNCOVERED,
        dot_fill = palette::UNCOVERED_DOT,
    )
}
