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

/// Rows of pixels that are written at a time.
const STRIP_ROWS: usize = 64;

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

/// The drawing as an opaque PNG of so many pixels, with its texts and its resolution; `None` where `is_stopped` says so after one of the
/// steps.
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
    let mut pixmap = Pixmap::new(width, height).ok_or(RasterError::Size(width, height))?;
    pixmap.fill(resvg::tiny_skia::Color::WHITE);
    let size = tree.size();
    #[expect(clippy::cast_precision_loss, reason = "a few thousand")]
    let transform = Transform::from_scale(width as f32 / size.width(), height as f32 / size.height());
    resvg::render(&tree, transform, &mut pixmap.as_mut());
    if is_stopped() {
        return Ok(None);
    }
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
    // By strips: the colours are not held a second time, and who stops does not wait for the whole.
    let mut stream = writer.stream_writer()?;
    let strip = 4 * width as usize * STRIP_ROWS;
    for pixels in pixmap.data().chunks(strip) {
        if is_stopped() {
            return Ok(None);
        }
        // Nothing is seen through white, so the colours are as they are.
        let colours: Vec<u8> = pixels.chunks_exact(4).flat_map(|pixel| [pixel[0], pixel[1], pixel[2]]).collect();
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
        // Asked before it begins, after it is drawn, and before each of its strips of 64 rows.
        for steps in 0..5 {
            let asked = std::cell::Cell::new(0);
            let is_stopped = || asked.replace(asked.get() + 1) >= steps;
            let drawn = png(SVG, (300, 150), 300.0, &[], &is_stopped).unwrap();
            assert!(drawn.is_none() && asked.get() == steps + 1, "{steps}");
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
