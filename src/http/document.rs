//! Answers to GET outside GraphQL: entity tag, `304`, compression.
//!
//! An oddity: a download or page is hashed and compressed anew for each request, before `If-None-Match` is looked at.
//! The answers of GraphQL are the ones that are kept.

use std::io::Write;

use flate2::{Compression, write::GzEncoder};
use poem::{
    Request, Response,
    http::{StatusCode, header},
};
use sha2::{Digest, Sha256};

use super::graphql::{CACHE_FOR, CACHE_NAMED_FOR, wants_gzip};

/// Below this size compressing saves nothing worth its time.
const MIN_GZIP_BYTES: usize = 1_024;

/// Answers `request` with a body that depends on its address and the edition only.
pub(super) fn answer(request: &Request, content_type: &str, body: Vec<u8>) -> Response {
    // A PNG is compressed already.
    let is_gzip = content_type != "image/png" && body.len() >= MIN_GZIP_BYTES && wants_gzip(request.headers());
    let hash: String = Sha256::digest(&body).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let tag = format!("\"{hash}{}\"", if is_gzip { "-gzip" } else { "" });
    let response = Response::builder()
        .header(header::ETAG, &tag)
        .header(header::CACHE_CONTROL, if names_edition(request) { CACHE_NAMED_FOR } else { CACHE_FOR })
        .header(header::VARY, "Accept-Encoding");
    if knows(request, &tag) {
        return response.status(StatusCode::NOT_MODIFIED).finish();
    }
    let response = response.content_type(content_type);
    match is_gzip.then(|| compress(&body)).flatten() {
        Some(compressed) => response.header(header::CONTENT_ENCODING, "gzip").body(compressed),
        None => response.body(body),
    }
}

/// Whether the address names the edition, so that the answer stays.
fn names_edition(request: &Request) -> bool {
    let parameters: Vec<(String, String)> = request.params().unwrap_or_default();
    parameters.iter().any(|(name, value)| name == "edition" && !value.is_empty())
}

/// Whether `If-None-Match` names the answer that would be sent.
pub(super) fn knows(request: &Request, tag: &str) -> bool {
    let given = request.headers().get_all(header::IF_NONE_MATCH).iter();
    given
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|given| given == "*" || given.strip_prefix("W/").unwrap_or(given) == tag)
}

fn compress(body: &[u8]) -> Option<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::with_capacity(body.len() / 4), Compression::fast());
    // Writing to memory does not fail; if it did, the plain body is as good an answer.
    encoder.write_all(body).ok()?;
    encoder.finish().ok()
}
