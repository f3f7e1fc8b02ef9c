//! A page as it is sent: its content security policy, and the headers that all of them have.

use poem::{
    Request, Response,
    http::{HeaderValue, header},
};

use crate::http::document;

/// `Content-Security-Policy` of the list of places and of the worked examples: no script at all; the style sheet and the icon are our own.
pub(in crate::http) const LANDING_CSP: &str =
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// `Content-Security-Policy` of `/graphiql`.
///
/// No `'unsafe-inline'`: CodeMirror and Radix style elements through the DOM, which the policy leaves alone; the one library that
/// writes `<style>` elements is replaced when the explorer is bundled (`explorer/build.mjs`). Without its nonce or a hash an inline
/// script cannot run, so the examples stand in the page as a data block, which is not a script. `data:` images are the
/// icons inside CodeMirror's style sheet.
pub(in crate::http) const EXPLORER_CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/// `Content-Security-Policy` of `/embed`: any site may show it in a frame, and it loads nothing that is not ours.
pub(in crate::http) const EMBED_CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors *";

/// The same with `basemap=brt`: the pictures of the national base map come from PDOK.
pub(in crate::http) const EMBED_BRT_CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' https://service.pdok.nl; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors *";

/// `Content-Security-Policy` of the page that writes a snippet: it shows the result in a frame.
pub(in crate::http) const MAKER_CSP: &str = "default-src 'none'; style-src 'self'; img-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Headers that the pages and all their files carry beside the policy.
pub(in crate::http) const SECURITY_HEADERS: [(&str, &str); 3] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    ("permissions-policy", "geolocation=(), camera=(), microphone=()"),
];

/// A page with its content security policy.
pub(in crate::http) fn html(request: &Request, page: String, policy: &'static str) -> Response {
    let mut response = document::answer(request, "text/html; charset=utf-8", page.into_bytes());
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    for (name, value) in SECURITY_HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}
