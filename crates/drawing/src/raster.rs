//! SVG to PNG, with our own typeface only, so that the same drawing gives the same bytes on every machine.

use std::{
    io::Write as _,
    sync::{Arc, LazyLock},
};

use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree, fontdb::Database},
};

use super::font::{EMBEDDED, FILES};

/// Texts that go with a picture, as keyword and value; PNG names `Title`, `Description`, `Copyright`, `Software` and `Source`.
pub type Texts<'a> = [(&'static str, &'a str)];

/// Why there is no picture.
#[derive(Debug, thiserror::Error)]
pub enum RasterError {
    /// The drawing cannot be read: a fault of ours.
    #[error("the drawing cannot be read: {0}")]
    Drawing(#[from] resvg::usvg::Error),
    /// So many pixels cannot be held.
    #[error("there is no room for {0} × {1} pixels")]
    Size(u32, u32),
    /// The picture cannot be written.
    #[error("the picture cannot be written: {0}")]
    Encoding(#[from] png::EncodingError),
}

/// Pixels that are held at a time, some four megabytes: a picture takes no more memory than that, however large it is.
const STRIP_PIXELS: u32 = 1 << 20;

/// Rows that are drawn above and below a strip and not used: edges that are cut at the end of a drawing are smoothed otherwise there.
const MARGIN: u32 = 4;

static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    for file in FILES {
        fonts.load_font_data(file.to_vec());
    }
    fonts.set_sans_serif_family(EMBEDDED);
    Arc::new(fonts)
});

/// How drawings are read.
pub fn options() -> Options<'static> {
    Options { fontdb: FONTS.clone(), font_family: EMBEDDED.to_owned(), ..Options::default() }
}

/// Pixels of a length on paper: millimetres at so many dots per inch.
pub fn pixels(length_mm: f64, dpi: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped")]
    let pixels = (length_mm / 25.4 * dpi).round().clamp(1.0, 100_000.0) as u32;
    pixels
}

/// The drawing as an opaque PNG of so many pixels, with its texts and its resolution; `None` where `is_stopped` says so before it begins or
/// before one of its strips.
///
/// # Errors
/// [`RasterError`] when the drawing is no SVG, or for a picture that does not fit into memory.
pub fn png(
    svg: &str,
    (width, height): (u32, u32),
    dpi: f64,
    texts: &Texts<'_>,
    is_stopped: &dyn Fn() -> bool,
) -> Result<Option<Vec<u8>>, RasterError> {
    if is_stopped() {
        return Ok(None);
    }
    let tree = Tree::from_str(svg, &options())?;
    strips(&tree, (width, height), STRIP_PIXELS, dpi, texts, is_stopped)
}

/// The drawing by strips of at most so many pixels, or of one row.
fn strips(
    tree: &Tree,
    (width, height): (u32, u32),
    most: u32,
    dpi: f64,
    texts: &Texts<'_>,
    is_stopped: &dyn Fn() -> bool,
) -> Result<Option<Vec<u8>>, RasterError> {
    let rows = (most / width.max(1)).clamp(1, height.max(1));
    let mut strip = Pixmap::new(width, rows + 2 * MARGIN).ok_or(RasterError::Size(width, rows))?;
    let size = tree.size();
    #[expect(clippy::cast_precision_loss, reason = "a few thousand")]
    let transform = Transform::from_scale(width as f32 / size.width(), height as f32 / size.height());
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Balanced);
    encoder.set_source_srgb(png::SrgbRenderingIntent::RelativeColorimetric);
    let per_metre = pixels(1_000.0, dpi);
    encoder.set_pixel_dims(Some(png::PixelDimensions { xppu: per_metre, yppu: per_metre, unit: png::Unit::Meter }));
    for (keyword, text) in texts {
        encoder.add_itxt_chunk((*keyword).to_owned(), (*text).to_owned())?;
    }
    let mut writer = encoder.write_header()?;
    let mut stream = writer.stream_writer()?;
    let mut colours = Vec::with_capacity(3 * width as usize * rows as usize);
    for top in (0..height).step_by(rows as usize) {
        if is_stopped() {
            return Ok(None);
        }
        strip.fill(resvg::tiny_skia::Color::WHITE);
        #[expect(clippy::cast_precision_loss, reason = "some ten thousand")]
        let up = MARGIN as f32 - top as f32;
        resvg::render(tree, transform.post_translate(0.0, up), &mut strip.as_mut());
        let [above, there] = [MARGIN, rows.min(height - top)].map(|rows| (width * rows) as usize);
        // Nothing is seen through white, so the colours are as they are.
        let pixels = strip.data().chunks_exact(4).skip(above).take(there);
        colours.clear();
        colours.extend(pixels.flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]));
        stream.write_all(&colours).map_err(png::EncodingError::from)?;
    }
    stream.finish()?;
    writer.finish()?;
    Ok(Some(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::font::{FAMILY, Face};

    const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"25.4mm\" height=\"12.7mm\" viewBox=\"0 0 72 36\">\
        <rect x=\"36\" width=\"36\" height=\"36\" fill=\"#0b63a8\"/></svg>";

    #[test]
    fn a_picture_has_its_colours_its_resolution_and_its_texts() {
        let size = (pixels(25.4, 300.0), pixels(12.7, 300.0));
        assert_eq!(size, (300, 150));
        let draw =
            || png(SVG, size, 300.0, &[("Title", "Een kaart ’t"), ("Source", "CBS")], &|| false).unwrap().unwrap();
        let bytes = draw();
        assert_eq!(bytes, draw());
        let mut reader = png::Decoder::new(std::io::Cursor::new(&bytes)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut pixels).unwrap();
        assert_eq!(pixels[..3], [255, 255, 255]);
        assert_eq!(pixels[3 * 299..3 * 300], [0x0b, 0x63, 0xa8]);
        let info = reader.info();
        let told: Vec<(String, String)> =
            info.utf8_text.iter().map(|chunk| (chunk.keyword.clone(), chunk.get_text().unwrap())).collect();
        assert_eq!(told, [("Title".into(), "Een kaart ’t".into()), ("Source".into(), "CBS".into())]);
        let dimensions = info.pixel_dims.unwrap();
        // 300 dots per inch are 11,811 a metre.
        assert_eq!((dimensions.xppu, dimensions.yppu), (11_811, 11_811));
    }

    #[test]
    fn a_picture_is_given_up_after_whatever_step_it_is_stopped() {
        let tree = Tree::from_str(SVG, &options()).unwrap();
        // Three strips of 64 rows.
        for steps in 0..3 {
            let asked = std::cell::Cell::new(0);
            let is_stopped = || asked.replace(asked.get() + 1) >= steps;
            let drawn = strips(&tree, (300, 150), 64 * 300, 300.0, &[], &is_stopped).unwrap();
            assert!(drawn.is_none() && asked.get() == steps + 1, "{steps}");
        }
        assert!(png(SVG, (300, 150), 300.0, &[], &|| true).unwrap().is_none());
    }

    #[test]
    fn strips_make_the_picture_that_is_drawn_at_once() {
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 300 200\"><g opacity=\"0.5\"><circle cx=\"140\" cy=\"90\" r=\"80\"/>\
            <path d=\"M0 0L300 173\" stroke=\"#c00\" stroke-width=\"3.3\" stroke-dasharray=\"7 3\"/></g>\
            <text x=\"20\" y=\"120\" font-family=\"Noto Sans\" font-size=\"40\" transform=\"rotate(-20 20 120)\">Ontmoeten</text></svg>";
        let tree = Tree::from_str(svg, &options()).unwrap();
        let colours = |most: u32| {
            let bytes = strips(&tree, (600, 401), most, 150.0, &[], &|| false).unwrap().unwrap();
            let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
            let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
            reader.next_frame(&mut pixels).unwrap();
            pixels
        };
        let at_once = colours(1 << 20);
        for most in [600 * 7, 600 * 64, 600 * 200] {
            let apart = at_once.iter().zip(colours(most)).map(|(one, other)| one.abs_diff(other));
            // Where an edge passes a corner of a quarter of a pixel it may fall on either side.
            let differ = apart.filter(|apart| *apart > 16).count();
            assert!(differ * 1_000 < at_once.len(), "{most}: {differ} of {}", at_once.len());
        }
    }

    #[test]
    fn text_is_as_wide_as_it_was_measured() {
        for (face, text) in
            [(Face::Regular, "Activiteitencentrum ’t Zumpke, AV Tafel"), (Face::Bold, "Olst-Wijhe 1.138 km²")]
        {
            let svg = format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 900 50\"><text x=\"10\" y=\"30\" font-family=\"{FAMILY}\" \
                 font-size=\"20\" font-weight=\"{}\">{text}</text></svg>",
                face.weight()
            );
            let tree = Tree::from_str(&svg, &options()).unwrap();
            let drawn = f64::from(tree.root().abs_bounding_box().width());
            let measured = face.width(text, 20.0);
            assert!((drawn - measured).abs() < 0.01, "{drawn} of {measured}");
        }
    }
}
