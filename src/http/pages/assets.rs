//! The files that the pages load, compiled into the binary: style sheets, icon, explorer, map.
//!
//! Pages name a file with a part of its hash (`/assets/site.0123456789ab.css`, see [`href`]), so a browser may keep it for ever; the
//! plain name (`/assets/site.css`) works too and is checked at every use.

use std::sync::LazyLock;

use poem::{Request, Response, handler, http::StatusCode, web::Path};

use crate::http::{
    parameters::{Address, Parameters},
    problem::Problem,
    representation::{About, CACHE_NAMED_FOR, Representation},
};

/// Where [`href`] points; the router hands the rest of the path to [`find`].
pub(in crate::http) const PREFIX: &str = "/assets/";

/// Hexadecimal digits of the hash in a name: 48 bits tell the versions of a file apart.
const HASH_LENGTH: usize = 12;

static ASSETS: LazyLock<Vec<Asset>> = LazyLock::new(|| {
    vec![
        Asset::new("site.css", "text/css; charset=utf-8", include_bytes!("assets/site.css")),
        Asset::new("icon.svg", "image/svg+xml", include_bytes!("assets/icon.svg")),
        Asset::new("favicon.ico", "image/vnd.microsoft.icon", include_bytes!("assets/favicon.ico")),
        Asset::new("search.js", "text/javascript; charset=utf-8", include_bytes!("assets/search/search.js")),
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
pub(in crate::http) struct Asset {
    /// Its plain name, such as `site.css`.
    pub(in crate::http) name: &'static str,
    about: About,
    file: Representation,
}

/// A file found by [`find`].
pub(in crate::http) struct Found {
    /// The file.
    pub(in crate::http) asset: &'static Asset,
    /// For the `Cache-Control` header: for ever when the path named this very content, else to be checked at every use.
    pub(in crate::http) cache_control: &'static str,
}

impl Asset {
    fn new(name: &'static str, media_type: &'static str, bytes: &'static [u8]) -> Self {
        Self { name, about: About::file(media_type), file: Representation::new(bytes) }
    }

    /// What tells the versions of the file apart.
    fn hash(&self) -> &str {
        &self.file.digest()[..HASH_LENGTH]
    }

    fn versioned_name(&self) -> String {
        match self.name.rsplit_once('.') {
            Some((stem, extension)) => format!("{stem}.{}.{extension}", self.hash()),
            None => format!("{}.{}", self.name, self.hash()),
        }
    }
}

/// `/assets/…`: the files that the pages load.
#[handler]
pub(in crate::http) async fn file(request: &Request, Path(path): Path<String>) -> Result<Response, Problem> {
    let Found { asset, cache_control } = find(&path).ok_or_else(|| {
        Problem::new(StatusCode::NOT_FOUND, "there is no such file").in_dutch("zo’n bestand is er niet")
    })?;
    Ok(asset.file.answer(request.headers(), &asset.about, cache_control).await)
}

/// `/favicon.ico`, which browsers ask for by themselves.
#[handler]
pub(in crate::http) async fn favicon(request: &Request) -> Result<Response, Problem> {
    Parameters::read(request, Address::Crawlers)?;
    let Found { asset, .. } =
        find("favicon.ico").ok_or_else(|| Problem::new(StatusCode::NOT_FOUND, "there is no icon"))?;
    Ok(asset.file.answer(request.headers(), &asset.about, CACHE_NAMED_FOR).await)
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
    Some(Found { asset, cache_control: if asset.hash() == hash { FOR_EVER } else { CHECK } })
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
    fn what_is_bundled_stays_small_enough_to_commit_and_to_load() {
        let total: usize = ASSETS.iter().map(|asset| asset.file.identity().len()).sum();
        assert!(total < 2_000_000, "{total} bytes");
    }

    #[test]
    fn no_file_loads_a_style_font_or_image_from_elsewhere() {
        for asset in ASSETS.iter().filter(|asset| asset.about.media_type.starts_with("text/css")) {
            let bytes = asset.file.identity();
            let text = std::str::from_utf8(&bytes).unwrap();
            assert!(
                !text.contains("@import") && !text.contains("url(http") && !text.contains("url(//"),
                "{}",
                asset.name
            );
        }
    }
}
