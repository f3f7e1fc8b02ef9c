//! What is wrong with the `Host` of a request (RFC 9112, 3.2).

use poem::http::{HeaderMap, StatusCode, Version, header::HOST, uri::Authority};

use crate::http::problem::Problem;

/// Why a request with these headers is not answered; `None` where its host is told as it has to be.
///
/// Two hosts, or none, are how one server is made to see another request than the proxy before it.
pub(super) fn fault(version: Version, headers: &HeaderMap) -> Option<Problem> {
    let mut hosts = headers.get_all(HOST).iter();
    let detail = match (hosts.next(), hosts.next()) {
        (None, _) if version < Version::HTTP_11 => return None,
        (None, _) => "the header `Host` is missing; a request of HTTP/1.1 has one",
        (Some(_), Some(_)) => "the header `Host` is given twice; a request has one",
        // An empty one is allowed, where the address has no host.
        (Some(host), None) if host.is_empty() => return None,
        (Some(host), None) => match Authority::try_from(host.as_bytes()) {
            // As a user would be told before an address: no host has one.
            Ok(host) if !host.as_str().contains('@') => return None,
            _ => "the header `Host` is not a host, such as `www.example.nl` or `127.0.0.1:8080`",
        },
    };
    Some(Problem::new(StatusCode::BAD_REQUEST, detail))
}

#[cfg(test)]
mod tests {
    use poem::http::HeaderValue;

    use super::*;

    #[test]
    fn a_request_of_http_1_1_has_one_host() {
        for (version, hosts, is_right) in [
            (Version::HTTP_11, &["www.example.nl"][..], true),
            (Version::HTTP_11, &["[::1]:8080"], true),
            (Version::HTTP_11, &[""], true),
            (Version::HTTP_11, &[], false),
            (Version::HTTP_11, &["a.nl", "a.nl"], false),
            (Version::HTTP_11, &["a.nl, b.nl"], false),
            (Version::HTTP_11, &["a b"], false),
            (Version::HTTP_11, &["me@a.nl"], false),
            (Version::HTTP_11, &["a.nl/path"], false),
            (Version::HTTP_10, &[], true),
            (Version::HTTP_10, &["a.nl"], true),
            (Version::HTTP_10, &["a.nl", "b.nl"], false),
        ] {
            let mut headers = HeaderMap::new();
            for host in hosts {
                headers.append(HOST, HeaderValue::from_str(host).unwrap());
            }
            assert_eq!(fault(version, &headers).is_none(), is_right, "{version:?} {hosts:?}");
        }
    }
}
