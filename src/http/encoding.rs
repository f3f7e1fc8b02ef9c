//! What a client reads, by its q-values.

use poem::http::{
    HeaderMap,
    header::{ACCEPT, ACCEPT_ENCODING},
};

/// A q-value in thousandths.
pub(super) fn quality(text: &str) -> Option<u16> {
    let value: f32 = text.trim().parse().ok()?;
    (0.0..=1.0).contains(&value).then(|| (value * 1000.0).round() as u16)
}

/// How much a client likes the best of some media types that it names, in thousandths; 0: it names none of them.
pub(super) fn liking(headers: &HeaderMap, names: &[&str]) -> u16 {
    let ranges = headers.get_all(ACCEPT).iter().filter_map(|value| value.to_str().ok());
    let liked = ranges.flat_map(|value| value.split(',')).filter_map(|range| {
        let mut parts = range.split(';').map(str::trim);
        let is_named = parts.next().is_some_and(|kind| names.iter().any(|name| kind.eq_ignore_ascii_case(name)));
        let quality = parts.find_map(|part| part.strip_prefix("q=").map(|text| quality(text).unwrap_or(0)));
        is_named.then(|| quality.unwrap_or(1000))
    });
    liked.max().unwrap_or(0)
}

/// Whether the client would rather have gzip than nothing.
pub(super) fn wants_gzip(headers: &HeaderMap) -> bool {
    let (mut gzip, mut any, mut identity) = (None, None, None);
    let values = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    for item in values.flat_map(|value| value.split(',')) {
        let (coding, parameters) = item.split_once(';').unwrap_or((item, ""));
        let quality = match parameters.trim().split_once('=') {
            Some((name, value)) if name.trim().eq_ignore_ascii_case("q") => quality(value).unwrap_or(0),
            _ => 1000,
        };
        match coding.trim().to_ascii_lowercase().as_str() {
            "gzip" | "x-gzip" => gzip = Some(quality),
            "*" => any = Some(quality),
            "identity" => identity = Some(quality),
            _ => {}
        }
    }
    let gzip = gzip.or(any).unwrap_or(0);
    gzip > 0 && gzip >= identity.unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use poem::http::HeaderValue;

    use super::*;

    #[test]
    fn gzip_is_sent_to_those_who_ask_for_it() {
        for (accept, expected) in [
            ("gzip", true),
            ("br, gzip;q=0.2", true),
            ("*", true),
            ("gzip;q=0", false),
            ("gzip;q=0, *", false),
            ("gzip;q=0.1, identity;q=0.5", false),
            ("br", false),
            ("", false),
        ] {
            assert_eq!(
                wants_gzip(&HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(accept))])),
                expected,
                "{accept}"
            );
        }
        assert!(!wants_gzip(&HeaderMap::new()));
    }
}
