//! Where this service is reached, as far as that is sure.

use poem::Request;

/// Where the visitor reached us, such as `https://plekken.example.nl`; none where that is not sure.
///
/// `Host` is what a client wrote, so only what has the shape of a host is taken. That we are spoken to in plain HTTP says nothing of what a
/// proxy in front of us speaks; it says so itself, or the name is that of this machine.
pub(super) fn origin(request: &Request) -> Option<String> {
    let of = |name: &str| {
        let mut given = request.headers().get_all(name).iter();
        let first = given.next()?.to_str().ok()?;
        given.next().is_none().then_some(first)
    };
    let host = of("host").filter(|host| is_host(host))?;
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let is_local = matches!(name, "localhost" | "127.0.0.1" | "[::1]");
    match of("x-forwarded-proto") {
        Some(scheme @ ("http" | "https")) => Some(format!("{scheme}://{host}")),
        None if is_local => Some(format!("http://{host}")),
        _ => None,
    }
}

/// Whether a text is a name or address of a host, with or without a port.
fn is_host(text: &str) -> bool {
    let (name, port) = match text.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') => (name, Some(port)),
        _ => (text, None),
    };
    let is_port = port.is_none_or(|port| port.parse::<u16>().is_ok() && port.bytes().all(|byte| byte.is_ascii_digit()));
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let is_name = match name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(address) => address.parse::<std::net::Ipv6Addr>().is_ok(),
        None => name.len() <= 253 && name.split('.').all(is_label),
    };
    is_name && is_port
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_has_the_shape_of_a_host_is_one() {
        for host in ["localhost:8080", "127.0.0.1", "plekken.example.nl", "a-b.nl:443", "[::1]:80", "[2001:db8::1]"] {
            assert!(is_host(host), "{host}");
        }
        for text in [
            "",
            ".",
            "a..nl",
            "a.nl/",
            "a.nl\"onload=",
            "a.nl:",
            "a.nl:99999",
            "a.nl:+80",
            "-a.nl",
            "a b",
            "user@a.nl",
            "::1",
            "[::1",
            "[x]",
            "a.nl:80:80",
            "é.nl",
        ] {
            assert!(!is_host(text), "{text}");
        }
    }

    #[test]
    fn an_address_is_written_only_where_it_is_sure() {
        let origin_of = |headers: &[(&str, &str)]| {
            let mut request = Request::builder();
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            origin(&request.finish())
        };
        let sure = |text: &str| Some(text.to_owned());
        assert_eq!(origin_of(&[("host", "localhost:8080")]), sure("http://localhost:8080"));
        assert_eq!(origin_of(&[("host", "a.nl"), ("x-forwarded-proto", "https")]), sure("https://a.nl"));
        assert_eq!(origin_of(&[("host", "a.nl")]), None, "http or https is not known");
        assert_eq!(origin_of(&[("host", "a.nl"), ("x-forwarded-proto", "javascript")]), None);
        assert_eq!(origin_of(&[("host", "a.nl\"><script>"), ("x-forwarded-proto", "https")]), None);
        assert_eq!(origin_of(&[]), None);
    }
}
