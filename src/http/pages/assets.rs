//! The files that the pages load, compiled into the binary: style sheets, icon, explorer, map.
//!
//! Pages name a file with a part of its hash (`/assets/site.0123456789ab.css`, see [`href`]), so a browser may keep it for ever; the
//! plain name (`/assets/site.css`) works too and is checked at every use.

use std::{
    io::Write,
    sync::{LazyLock, OnceLock},
};

use flate2::{Compression, write::GzEncoder};
use poem::{
    Request, Response, handler,
    http::{StatusCode, header},
    web::Path,
};
use sha2::{Digest, Sha256};

use crate::http::{document, graphql::wants_gzip, problem::Problem};

/// Where [`href`] points; the router hands the rest of the path to [`find`].
pub(in crate::http) const PREFIX: &str = "/assets/";

/// Hexadecimal digits of the hash in a name: 48 bits tell the versions of a file apart.
const HASH_LENGTH: usize = 12;

/// Below this size gzip saves less than its own header and one packet.
const MIN_GZIP_BYTES: usize = 1_024;

static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    vec![
        Asset::new("site.css", "text/css; charset=utf-8", include_bytes!("assets/site.css")),
        Asset::new("icon.svg", "image/svg+xml", include_bytes!("assets/icon.svg")),
        Asset::new("explorer.js", "text/javascript; charset=utf-8", include_bytes!("assets/explorer/explorer.js")),
        Asset::new("explorer.css", "text/css; charset=utf-8", include_bytes!("assets/explorer/explorer.css")),
        Asset::new(
            "explorer-licences.txt",
            "text/plain; charset=utf-8",
            include_bytes!("assets/explorer/LICENSES.txt"),
        ),
        Asset::new("embed.js", "text/javascript; charset=utf-8", include_bytes!("assets/embed/embed.js")),
        Asset::new("embed.css", "text/css; charset=utf-8", include_bytes!("assets/embed/embed.css")),
        Asset::new("leaflet.js", "text/javascript; charset=utf-8", include_bytes!("assets/leaflet/leaflet.js")),
        Asset::new("leaflet.css", "text/css; charset=utf-8", include_bytes!("assets/leaflet/leaflet.css")),
        Asset::new("leaflet-licence.txt", "text/plain; charset=utf-8", include_bytes!("assets/leaflet/LICENSE")),
    ]
});

/// One file of the pages.
#[derive(Debug)]
pub(in crate::http) struct Asset {
    /// Its plain name, such as `site.css`.
    pub(in crate::http) name: &'static str,
    /// For the `Content-Type` header.
    pub(in crate::http) content_type: &'static str,
    bytes: &'static [u8],
    hash: String,
    gzip: OnceLock<Option<Vec<u8>>>,
}

/// What to send for one request.
#[derive(Debug)]
pub(in crate::http) struct Body {
    /// The bytes to send.
    pub(in crate::http) bytes: &'static [u8],
    /// For the `Content-Encoding` header; absent for the file as it is.
    pub(in crate::http) encoding: Option<&'static str>,
    /// For the `ETag` header, quotes included. A strong tag, so the compressed file has another than the plain one.
    pub(in crate::http) etag: String,
}

/// A file found by [`find`].
#[derive(Debug)]
pub(in crate::http) struct Found {
    /// The file.
    pub(in crate::http) asset: &'static Asset,
    /// For the `Cache-Control` header: for ever when the path named this very content, else to be checked at every use.
    pub(in crate::http) cache_control: &'static str,
}

impl Asset {
    fn new(name: &'static str, content_type: &'static str, bytes: &'static [u8]) -> Self {
        let digest = Sha256::digest(bytes);
        let hash = digest.iter().map(|byte| format!("{byte:02x}")).collect::<String>()[..HASH_LENGTH].to_owned();
        Self { name, content_type, bytes, hash, gzip: OnceLock::new() }
    }

    /// The file, compressed when the client takes gzip (`Accept-Encoding`) and it helps. Compressing happens once, at first use.
    /// The answer carries `Vary: Accept-Encoding` either way.
    pub(in crate::http) fn body(&'static self, accepts_gzip: bool) -> Body {
        let compressed = if accepts_gzip { self.gzip.get_or_init(|| compress(self.bytes)).as_deref() } else { None };
        match compressed {
            Some(bytes) => Body { bytes, encoding: Some("gzip"), etag: format!("\"{}-gzip\"", self.hash) },
            None => Body { bytes: self.bytes, encoding: None, etag: format!("\"{}\"", self.hash) },
        }
    }

    fn versioned_name(&self) -> String {
        match self.name.rsplit_once('.') {
            Some((stem, extension)) => format!("{stem}.{}.{extension}", self.hash),
            None => format!("{}.{}", self.name, self.hash),
        }
    }
}

fn compress(bytes: &[u8]) -> Option<Vec<u8>> {
    if bytes.len() < MIN_GZIP_BYTES {
        return None;
    }
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    // Writing to memory does not fail; if it did, the plain file is as good an answer.
    encoder.write_all(bytes).ok()?;
    encoder.finish().ok().filter(|compressed| compressed.len() < bytes.len())
}

/// `/assets/…`: the files that the pages load.
#[handler]
pub(in crate::http) fn file(request: &Request, Path(path): Path<String>) -> Result<Response, Problem> {
    let found = find(&path)
        .ok_or_else(|| Problem { status: StatusCode::NOT_FOUND, detail: "there is no such file".to_owned() })?;
    let body = found.asset.body(wants_gzip(request.headers()));
    let response = Response::builder()
        .header(header::ETAG, &body.etag)
        .header(header::CACHE_CONTROL, found.cache_control)
        .header(header::VARY, "Accept-Encoding");
    if document::knows(request, &body.etag) {
        return Ok(response.status(StatusCode::NOT_MODIFIED).finish());
    }
    let response = response.content_type(found.asset.content_type);
    Ok(match body.encoding {
        Some(encoding) => response.header(header::CONTENT_ENCODING, encoding).body(body.bytes),
        None => response.body(body.bytes),
    })
}

/// The file that the rest of a path under [`PREFIX`] names, plain or with a hash.
///
/// A hash of another version finds today's file: while servers are being replaced one by one, a page from one may load its files
/// from another, and the file of today serves it better than none. Such an answer must not be kept.
pub(in crate::http) fn find(path: &str) -> Option<Found> {
    const FOR_EVER: &str = "public, max-age=31536000, immutable";
    const CHECK: &str = "no-cache";

    if let Some(asset) = ASSETS.iter().find(|asset| asset.name == path) {
        return Some(Found { asset, cache_control: CHECK });
    }
    let (front, extension) = path.rsplit_once('.')?;
    let (stem, hash) = front.rsplit_once('.')?;
    if hash.len() != HASH_LENGTH || !hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let asset = ASSETS.iter().find(|asset| asset.name.rsplit_once('.') == Some((stem, extension)))?;
    Some(Found { asset, cache_control: if asset.hash == hash { FOR_EVER } else { CHECK } })
}

/// The address of a file, its hash included, for a page to load.
///
/// # Panics
/// When the binary holds no such file. Templates name files by literals and each template has a test.
pub(in crate::http) fn href(name: &str) -> String {
    let asset = ASSETS.iter().find(|asset| asset.name == name).expect("templates name files that are compiled in");
    format!("{PREFIX}{}", asset.versioned_name())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn a_name_with_its_hash_may_be_kept_for_ever_and_a_plain_one_is_checked() {
        for asset in ASSETS.iter() {
            let address = href(asset.name);
            let found = find(address.strip_prefix(PREFIX).unwrap()).unwrap();
            assert_eq!(found.asset.name, asset.name);
            assert_eq!(found.cache_control, "public, max-age=31536000, immutable");
            assert_eq!(find(asset.name).unwrap().cache_control, "no-cache");
        }
    }

    #[test]
    fn a_hash_of_another_version_finds_the_file_of_today_but_not_for_ever() {
        let found = find("site.000000000000.css").unwrap();
        assert_eq!((found.asset.name, found.cache_control), ("site.css", "no-cache"));
    }

    #[test]
    fn what_is_not_a_file_of_ours_is_not_found() {
        for path in [
            "",
            ".",
            "..",
            "../Cargo.toml",
            "site.css/",
            "site.zzzzzzzzzzzz.css",
            "site.00.css",
            "explorer/README.md",
            "SITE.CSS",
            "\0",
        ] {
            assert!(find(path).is_none(), "{path:?}");
        }
    }

    #[test]
    fn the_compressed_file_unpacks_to_the_plain_one_and_has_a_tag_of_its_own() {
        let asset = find("site.css").unwrap().asset;
        let (plain, packed) = (asset.body(false), asset.body(true));
        assert_eq!((plain.encoding, packed.encoding), (None, Some("gzip")));
        assert_ne!(plain.etag, packed.etag);
        let mut unpacked = Vec::new();
        flate2::read::GzDecoder::new(packed.bytes).read_to_end(&mut unpacked).unwrap();
        assert_eq!(unpacked, plain.bytes);
    }

    #[test]
    fn what_is_bundled_stays_small_enough_to_commit_and_to_load() {
        let total: usize = ASSETS.iter().map(|asset| asset.bytes.len()).sum();
        assert!(total < 2_000_000, "{total} bytes");
    }

    #[test]
    fn no_file_loads_a_style_font_or_image_from_elsewhere() {
        for asset in ASSETS.iter().filter(|asset| asset.content_type.starts_with("text/css")) {
            let text = std::str::from_utf8(asset.bytes).unwrap();
            assert!(
                !text.contains("@import") && !text.contains("url(http") && !text.contains("url(//"),
                "{}",
                asset.name
            );
        }
    }
}
