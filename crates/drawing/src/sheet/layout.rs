//! Where map, legend and sources stand on a sheet, and how large its letters are.

use super::{NoRoom, POINTS_PER_MM, Sheet, Size};
use crate::{
    font::{Face, wrap},
    legend,
    view::{Rect, View},
};

/// The width at which nothing is enlarged, millimetres.
const PLAIN_WIDTH_MM: f64 = 180.0;

/// Height over width of the map where the height of the sheet is free.
const PROPORTIONS: std::ops::RangeInclusive<f64> = 0.6..=1.0;

/// From one line at the scale to the next, and room for the arrow before it, in the size of its letters.
pub(super) const LINE: f64 = 1.3;
pub(super) const ARROW: f64 = 1.5;

/// The lowest map that is drawn, points.
const LOWEST: f64 = 90.0;

/// Where things are on a sheet.
pub(super) struct Layout {
    pub(super) view: View,
    pub(super) legend: legend::Drawn,
    pub(super) notes_top: f64,
    pub(super) height: f64,
}

/// Sizes of one sheet, points.
pub(super) struct Measures {
    pub(super) width: f64,
    pub(super) margin: f64,
    pub(super) title: f64,
    pub(super) text: f64,
    pub(super) note: f64,
    pub(super) zoom: f64,
}

impl Measures {
    pub(super) fn of(width_mm: f64) -> Self {
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

    pub(super) fn inner(&self) -> f64 {
        self.width - 2.0 * self.margin
    }

    /// Size of the letters at the scale.
    pub(super) fn scale_text(&self) -> f64 {
        self.text * 0.92
    }
}

impl Sheet {
    /// The lines of what stands at the scale, where a map of so much width has no room for it beside the bar; else none.
    pub(super) fn orientation_lines(&self, measures: &Measures, panel_width: f64) -> Vec<String> {
        let size = measures.scale_text();
        let width = |text: &str| Face::Regular.width(text, size);
        // The bar is a quarter of the map at most.
        let beside = panel_width / 4.0 + width("5000 km") + width(&self.orientation) + size * 3.0;
        if beside <= panel_width {
            return Vec::new();
        }
        wrap(&self.orientation, Face::Regular, size, panel_width - size * ARROW)
    }

    /// From a map of so much width to what is under it: room for the scale.
    fn scale_height(&self, measures: &Measures, panel_width: f64) -> f64 {
        #[expect(clippy::cast_precision_loss, reason = "a line or two")]
        let lines = self.orientation_lines(measures, panel_width).len() as f64;
        measures.text * 2.1 + lines * measures.scale_text() * LINE
    }

    /// The legend stands under the map or, where the height is given and the map becomes larger by it, to the right.
    pub(super) fn layout(&self, measures: &Measures, size: Size, top: f64) -> Result<Layout, NoRoom> {
        let Measures { margin, text, note, .. } = *measures;
        #[expect(clippy::cast_precision_loss, reason = "a handful of lines")]
        let notes = self.note_lines(measures).len() as f64 * note * 1.3 + text * 0.5;
        let below = legend::draw(&self.legend, (0.0, 0.0), measures.inner(), text, self.coarse_opacity()).height;
        let side_width = 150.0 * measures.zoom;
        let beside_width = measures.inner() - side_width - margin * 1.5;
        let scale_below = self.scale_height(measures, measures.inner());
        let scale_beside = self.scale_height(measures, beside_width.max(LOWEST));
        let fixed_below = top + scale_below + below + notes + margin;
        let least_height_mm = ((fixed_below + LOWEST) / POINTS_PER_MM).ceil();
        let (panel_height, height) = match size.height_mm {
            None => {
                let proportion = self.extent.height() / self.extent.width().max(1.0);
                let high = measures.inner() * proportion.clamp(*PROPORTIONS.start(), *PROPORTIONS.end());
                (high, fixed_below + high)
            }
            Some(height_mm) => (height_mm * POINTS_PER_MM - fixed_below, height_mm * POINTS_PER_MM),
        };
        let beside_height = height - (top + scale_beside + notes + margin);
        let side_legend = legend::draw(&self.legend, (0.0, 0.0), side_width, text, self.coarse_opacity()).height;
        let is_beside = size.height_mm.is_some()
            && beside_width >= LOWEST
            && beside_height >= LOWEST
            && side_legend <= beside_height + scale_beside
            && View::scale(self.extent, beside_width, beside_height)
                > View::scale(self.extent, measures.inner(), panel_height.max(1.0));
        let (panel_width, panel_height) =
            if is_beside { (beside_width, beside_height) } else { (measures.inner(), panel_height) };
        if panel_height < LOWEST {
            return Err(NoRoom { least_height_mm });
        }
        let panel = Rect { left: margin, top, right: margin + panel_width, bottom: top + panel_height };
        let legend_at =
            if is_beside { (panel.right + margin * 1.5, panel.top) } else { (margin, panel.bottom + scale_below) };
        let legend_width = if is_beside { side_width } else { measures.inner() };
        Ok(Layout {
            view: View::new(self.extent, panel),
            legend: legend::draw(&self.legend, legend_at, legend_width, text, self.coarse_opacity()),
            notes_top: height - margin - notes + text * 0.5,
            height,
        })
    }
}
