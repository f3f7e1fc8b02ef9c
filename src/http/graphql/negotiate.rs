//! Which media type the client reads, by its q-values.

use poem::http::HeaderMap;
use poem::http::header::ACCEPT;

use crate::http::{encoding::quality, representation::About};

/// The headers of a request on which its answer depends.
pub(super) const VARIES: &str = "Accept, Accept-Encoding";

/// The two media types of an answer. They hold the same JSON and differ in the status of a refused query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum MediaType {
    /// `application/json`: a query that does not parse, validate or coerce is answered with 200.
    Json,
    /// `application/graphql-response+json`: such a query is answered with 400.
    GraphqlResponse,
}

impl MediaType {
    pub(crate) const fn header(self) -> &'static str {
        match self {
            Self::Json => "application/json; charset=utf-8",
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
        }
    }

    /// What the headers of an answer say. Each media type is a representation of its own.
    pub(super) const fn about(self) -> About {
        let variant = match self {
            Self::Json => "-json",
            Self::GraphqlResponse => "-graphql",
        };
        About { variant, vary: VARIES, ..About::of(self.header()) }
    }

    const fn subtype(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::GraphqlResponse => "graphql-response+json",
        }
    }
}

/// The media type that the client likes best; `None` when it reads neither. Without a header, and under `*/*`, it is
/// `application/json`; of two that it names and likes alike, `application/graphql-response+json`.
pub(crate) fn media_type(headers: &HeaderMap) -> Option<MediaType> {
    if !headers.contains_key(ACCEPT) {
        return Some(MediaType::Json);
    }
    let ranges: Vec<Range> = headers
        .get_all(ACCEPT)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .filter_map(Range::parse)
        .collect();
    // Of two that are liked alike the last one is taken.
    [MediaType::GraphqlResponse, MediaType::Json]
        .into_iter()
        .filter_map(|media| {
            // The most specific range that fits says how much a type is liked (RFC 9110, 12.5.1).
            let (fit, quality) = ranges.iter().filter_map(|range| Some((range.fits(media)?, range.quality))).max()?;
            let named = fit == EXACT && media == MediaType::GraphqlResponse;
            (quality > 0).then_some(((quality, fit, named), media))
        })
        .max_by_key(|(liking, _)| *liking)
        .map(|(_, media)| media)
}

/// How well a range fits: named in full. One less for `application/*`, two less for `*/*`.
const EXACT: u8 = 3;

struct Range<'h> {
    kind: &'h str,
    subtype: &'h str,
    /// In thousandths.
    quality: u16,
}

impl<'h> Range<'h> {
    fn parse(text: &'h str) -> Option<Self> {
        let mut parts = text.split(';');
        let (kind, subtype) = parts.next()?.trim().split_once('/')?;
        let mut range = Self { kind: kind.trim(), subtype: subtype.trim(), quality: 1000 };
        for parameter in parts {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            match name.trim().to_ascii_lowercase().as_str() {
                "q" => range.quality = quality(value)?,
                "charset" if !is_utf8(value) => return None,
                _ => {}
            }
        }
        Some(range)
    }

    fn fits(&self, media: MediaType) -> Option<u8> {
        if self.kind == "*" && self.subtype == "*" {
            Some(EXACT - 2)
        } else if !self.kind.eq_ignore_ascii_case("application") {
            None
        } else if self.subtype == "*" {
            Some(EXACT - 1)
        } else {
            self.subtype.eq_ignore_ascii_case(media.subtype()).then_some(EXACT)
        }
    }
}

/// Whether a `charset` names UTF-8.
pub(crate) fn is_utf8(charset: &str) -> bool {
    charset.trim().trim_matches('"').eq_ignore_ascii_case("utf-8")
}

#[cfg(test)]
mod tests {
    use poem::http::HeaderValue;
    use poem::http::header::HeaderName;

    use super::*;

    fn headers(name: HeaderName, value: &'static str) -> HeaderMap {
        HeaderMap::from_iter([(name, HeaderValue::from_static(value))])
    }

    #[test]
    fn the_media_type_follows_the_q_values() {
        use MediaType::{GraphqlResponse, Json};
        for (accept, expected) in [
            ("application/json", Some(Json)),
            ("application/graphql-response+json", Some(GraphqlResponse)),
            ("*/*", Some(Json)),
            ("application/*", Some(Json)),
            ("application/json, application/graphql-response+json", Some(GraphqlResponse)),
            ("application/graphql-response+json;q=0.5, application/json", Some(Json)),
            ("application/graphql-response+json, application/json;q=0.9", Some(GraphqlResponse)),
            ("application/json;q=0, */*", Some(GraphqlResponse)),
            ("application/graphql-response+json; charset=utf-8, */*;q=0.1", Some(GraphqlResponse)),
            ("text/html, */*;q=0.8", Some(Json)),
            ("Application/JSON", Some(Json)),
            ("text/html", None),
            ("*/*;q=0", None),
            ("application/json; charset=utf-16", None),
            ("", None),
        ] {
            assert_eq!(media_type(&headers(ACCEPT, accept)), expected, "{accept}");
        }
        assert_eq!(media_type(&HeaderMap::new()), Some(Json));
    }
}
