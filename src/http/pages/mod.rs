//! The pages for people: the list of places (`/`, `/en`), the worked examples (`/examples`, `/en/examples`), privacy and
//! removal (`/privacy`, `/en/privacy`), the list and map for other sites (`/embed`), what writes a snippet for these (`/embed/maker`,
//! `/en/embed/maker`) and the GraphiQL explorer (`/graphiql`), with the files they load.
//!
//! This room renders and serves; it asks nothing. Whoever owns the edition fills [`landing::LandingView`],
//! [`examples::ExamplesView`] and [`explorer::ExplorerView`], calls their `render`, and sends the answer with the content security
//! policy of that page and [`SECURITY_HEADERS`]. No page sets a cookie, and none loads anything from elsewhere but the map for other
//! sites where it was asked for the national base map. Only the explorer needs a script.

pub mod assets;
pub mod embed;
pub mod examples;
pub mod explorer;
mod frame;
pub mod landing;
pub mod maker;
pub mod missing;
pub mod municipality;
pub(super) mod phrases;
pub mod place;
pub mod privacy;

/// `Content-Security-Policy` of the list of places and of the worked examples: no script at all; the style sheet and the icon are our own.
pub const LANDING_CSP: &str =
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// `Content-Security-Policy` of `/graphiql`.
///
/// No `'unsafe-inline'`: CodeMirror and Radix style elements through the DOM, which the policy leaves alone; the one library that
/// writes `<style>` elements is replaced when the explorer is bundled (`explorer/build.mjs`). Without its nonce or a hash an inline
/// script cannot run, so the examples stand in the page as a data block, which is not a script. `data:` images are the
/// icons inside CodeMirror's style sheet.
pub const EXPLORER_CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/// `Content-Security-Policy` of `/embed`: any site may show it in a frame, and it loads nothing that is not ours.
pub const EMBED_CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors *";

/// The same with `basemap=brt`: the pictures of the national base map come from PDOK.
pub const EMBED_BRT_CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https://service.pdok.nl; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors *";

/// `Content-Security-Policy` of the page that writes a snippet: it shows the result in a frame.
pub const MAKER_CSP: &str = "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Headers that the pages and all their files carry beside the policy.
pub const SECURITY_HEADERS: [(&str, &str); 3] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("permissions-policy", "geolocation=(), camera=(), microphone=()"),
];

/// The languages of the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Dutch, at `/`.
    Dutch,
    /// English, at `/en`.
    English,
}

impl Language {
    /// The language tag for `lang` attributes.
    pub fn code(self) -> &'static str {
        match self {
            Self::Dutch => "nl",
            Self::English => "en",
        }
    }

    /// Where the list page in this language lives. One address a language, never negotiated: a link shared shows the receiver
    /// what the sender saw, and a cache needs no `Vary`.
    pub fn path(self) -> &'static str {
        match self {
            Self::Dutch => "/",
            Self::English => "/en",
        }
    }

    /// Where the worked examples in this language live.
    pub fn examples_path(self) -> &'static str {
        match self {
            Self::Dutch => "/examples",
            Self::English => "/en/examples",
        }
    }

    /// Where the page on privacy and removal in this language lives.
    pub fn privacy_path(self) -> &'static str {
        match self {
            Self::Dutch => "/privacy",
            Self::English => "/en/privacy",
        }
    }

    /// Where the page of a place in this language lives.
    pub fn place_path(self, slug: &str) -> String {
        format!("{}/place/{slug}", self.prefix())
    }

    /// Where the page of a municipality in this language lives.
    pub fn municipality_path(self, slug: &str) -> String {
        format!("{}/municipality/{slug}", self.prefix())
    }

    /// Where the page that writes a snippet in this language lives.
    pub fn maker_path(self) -> String {
        format!("{}/embed/maker", self.prefix())
    }

    fn prefix(self) -> &'static str {
        match self {
            Self::Dutch => "",
            Self::English => "/en",
        }
    }

    /// The language that the page links to as its translation.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Dutch => Self::English,
            Self::English => Self::Dutch,
        }
    }
}

/// The address, when a link may carry it.
fn web(address: &Option<String>) -> Option<&str> {
    address.as_deref().filter(|address| is_web(address))
}

/// Whether a link may carry an address: a value from the data must not become `javascript:`.
fn is_web(address: &str) -> bool {
    let scheme = address.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http"))
}
