//! A page as it is sent: its content security policy, and the headers that all of them have.

use crate::http::{
    problem::Problem,
    representation::{About, Representation},
};

/// Most pages: no script at all; the style sheet and the icon are our own.
pub(in crate::http) const SCRIPTLESS: About = page(
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);

/// Pages with a search box: with a script it asks for suggestions, here and nowhere else.
pub(in crate::http) const SEARCHING: About = page(
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);

/// `/graphiql`.
///
/// No `'unsafe-inline'`: CodeMirror and Radix style elements through the DOM, which the policy leaves alone; the one library that
/// writes `<style>` elements is replaced when the explorer is bundled (`explorer/build.mjs`). Without its nonce or a hash an inline
/// script cannot run, so the examples stand in the page as a data block, which is not a script. `data:` images are the
/// icons inside CodeMirror's style sheet.
pub(in crate::http) const EXPLORER: About = page(
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
);

/// `/embed`: any site may show it in a frame, and it loads nothing that is not ours.
pub(in crate::http) const EMBED: About = embedded(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors *",
);

/// The same with `basemap=brt`: the pictures of the national base map come from PDOK.
pub(in crate::http) const EMBED_BRT: About = embedded(
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https://service.pdok.nl; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors *",
);

/// The page that writes a snippet: it shows the result in a frame.
pub(in crate::http) const MAKER: About = page(
    "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
);

/// Headers that the pages and all their files carry beside the policy.
const SECURITY_HEADERS: [(&str, &str); 3] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("permissions-policy", "geolocation=(), camera=(), microphone=()"),
];

/// Those of `/embed`: where somebody is may be asked, if the site around the frame allows it too.
const EMBED_HEADERS: [(&str, &str); 3] =
    [SECURITY_HEADERS[0], SECURITY_HEADERS[1], ("permissions-policy", "geolocation=*, camera=(), microphone=()")];

/// `/embed` with its `Content-Security-Policy`.
const fn embedded(policy: &'static str) -> About {
    About { also: &EMBED_HEADERS, ..page(policy) }
}

/// A page with its `Content-Security-Policy`.
const fn page(policy: &'static str) -> About {
    About { policy: Some(policy), also: &SECURITY_HEADERS, ..About::of("text/html; charset=utf-8") }
}

/// A page that was rendered, to be sent.
///
/// # Errors
/// When the template could not be written, which means out of memory.
pub(in crate::http) fn made(page: Result<String, askama::Error>) -> Result<Representation, Problem> {
    Ok(Representation::new(page.map_err(Problem::internal)?))
}
