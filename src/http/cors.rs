//! What a page of another site may send and read (CORS). The data is open and no answer depends on who asks, so anything: clients add
//! headers of their own, to say who they are or to follow a request.

use poem::{
    Response,
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{
            ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
            ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ALLOW,
        },
    },
};

/// `*` is every header but this one (Fetch, 3.3.4).
const SENT: &str = "*, Authorization";

/// What a script may read beside the headers that it always may.
const READ: &str = "Accept-Ranges, Api-Version, Content-Crs, Content-Encoding, Content-Length, Content-Range, ETag, Link, Location, RateLimit, RateLimit-Policy, Retry-After";

/// Lets a script of any page read an answer.
pub(super) fn open(headers: &mut HeaderMap) {
    headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(READ));
}

/// The answer to a browser that asks whether a page elsewhere may send a request by one of `methods`.
pub(super) fn preflight(methods: &'static str) -> Response {
    let mut response = Response::default();
    response.set_status(StatusCode::NO_CONTENT);
    let headers = response.headers_mut();
    open(headers);
    headers.insert(ALLOW, HeaderValue::from_static(methods));
    headers.insert(ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static(methods));
    headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static(SENT));
    headers.insert(ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("86400"));
    response
}
