//! The same addresses behind `/v1`, as the Dutch API Design Rules ask, and files behind `/files`: see
//! `docs/decisions/047-one-rest-side.md`.

use poem::{Request, http::Uri};

/// The major version, as addresses have it. It changes with what breaks users of the REST side.
pub(super) const VERSION: &str = "/v1";

/// Where files are too, so that the first part of an address is a word.
pub(super) const FILES: &str = "/files";

/// A request came behind [`VERSION`].
#[derive(Clone, Copy)]
struct Versioned;

/// Takes [`VERSION`] and [`FILES`] off the address of a request.
pub(super) fn strip(request: &mut Request) {
    let path = request.uri().path();
    let (is_versioned, rest) = match path.strip_prefix(VERSION) {
        Some(rest) if rest.starts_with('/') => (true, rest),
        _ => (false, path),
    };
    let file = rest.strip_prefix(FILES).filter(|file| file.starts_with('/') && file.contains('.'));
    let rest = file.unwrap_or(rest);
    if rest == path {
        return;
    }
    let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
    // A part of an address is one.
    if let Ok(uri) = format!("{rest}{query}").parse::<Uri>() {
        *request.uri_mut() = uri;
        if is_versioned {
            request.extensions_mut().insert(Versioned);
        }
    }
}

/// What addresses in an answer begin with: [`VERSION`] where the request had it.
pub(super) fn prefix(request: &Request) -> &'static str {
    if request.extensions().get::<Versioned>().is_some() { VERSION } else { "" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_and_the_folder_of_files_are_no_part_of_an_address() {
        for (asked, answered, begin) in [
            ("/v1/ogc?f=json", "/ogc?f=json", "/v1"),
            ("/v1/files/places.csv?kind=mfa&text=%C3%A9", "/places.csv?kind=mfa&text=%C3%A9", "/v1"),
            ("/files/places.csv", "/places.csv", ""),
            ("/v1/", "/", "/v1"),
            ("/v1", "/v1", ""),
            ("/v10/ogc", "/v10/ogc", ""),
            ("/v1/v1/ogc", "/v1/ogc", "/v1"),
            ("/files/places", "/files/places", ""),
            ("/v1//example.nl", "//example.nl", "/v1"),
        ] {
            let mut request = Request::builder().uri(asked.parse().unwrap()).finish();
            strip(&mut request);
            assert_eq!((request.uri().to_string().as_str(), prefix(&request)), (answered, begin), "{asked}");
        }
    }
}
