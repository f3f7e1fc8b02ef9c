//! SVG or PNG.

use crate::http::representation::About;

/// How the map is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// A drawing that any size can be made of.
    Svg,
    /// Pixels.
    Png,
}

impl Format {
    pub(super) fn extension(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png => "png",
        }
    }

    /// What its headers say. An SVG that is opened by itself is a document: it has no script and loads nothing.
    pub(super) fn about(self) -> About {
        let (media_type, disposition) = match self {
            Self::Svg => ("image/svg+xml", "inline; filename=\"map.svg\""),
            Self::Png => ("image/png", "inline; filename=\"map.png\""),
        };
        About { disposition: Some(disposition), policy: Some("default-src 'none'"), ..About::file(media_type) }
    }
}
