//! Who asks: the address of the connection, or the one that a proxy names which is trusted to.

use std::net::{IpAddr, SocketAddr};

use ipnet::IpNet;
use poem::http::{
    HeaderMap, HeaderName,
    header::{FORWARDED, HeaderValue},
};

const X_FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// The address of who asks. Where the connection comes from one of the `trusted` proxies it is the last one that `Forwarded` (RFC 7239), or
/// else `X-Forwarded-For`, names and that is not one of them: what stands before it anybody may have written.
pub(super) fn address(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |address: &IpAddr| trusted.iter().any(|network| network.contains(&address.to_canonical()));
    if !is_trusted(&peer) {
        return peer;
    }
    let forwarded = || values(headers, &FORWARDED).flat_map(|element| element.split(';')).filter_map(of_forwarded);
    let mut last = peer;
    let named: Vec<&str> = match headers.contains_key(FORWARDED) {
        true => forwarded().collect(),
        false => values(headers, &X_FORWARDED_FOR).collect(),
    };
    for node in named.into_iter().rev() {
        match parsed(node) {
            Some(address) if is_trusted(&address) => last = address,
            Some(address) => return address,
            // `unknown`, or a name: it came by the proxy before.
            None => break,
        }
    }
    last
}

/// The elements of a list that may stand in several headers.
fn values<'a>(headers: &'a HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'a str> {
    let given = headers.get_all(name).iter().filter_map(|value: &HeaderValue| value.to_str().ok());
    given.flat_map(|value| value.split(','))
}

/// What a pair of `Forwarded` says of who asked.
fn of_forwarded(pair: &str) -> Option<&str> {
    let (name, value) = pair.split_once('=')?;
    name.trim().eq_ignore_ascii_case("for").then_some(value)
}

/// The address of a node, which may have a port.
fn parsed(node: &str) -> Option<IpAddr> {
    let node = node.trim().trim_matches('"');
    let bare = node.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(node);
    bare.parse().ok().or_else(|| node.parse::<SocketAddr>().ok().map(|at| at.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(peer: &str, headers: &[(&HeaderName, &'static str)], trusted: &[&str]) -> String {
        let headers: HeaderMap =
            headers.iter().map(|(name, value)| ((*name).clone(), HeaderValue::from_static(value))).collect();
        let trusted: Vec<IpNet> = trusted.iter().map(|network| network.parse().unwrap()).collect();
        address(peer.parse().unwrap(), &headers, &trusted).to_string()
    }

    #[test]
    fn only_a_trusted_proxy_says_for_whom_it_asks() {
        const PROXY: &[&str] = &["10.0.0.0/8", "::1/128"];
        let x = &X_FORWARDED_FOR;
        for (peer, headers, expected) in [
            ("203.0.113.9", &[(x, "192.0.2.1")][..], "203.0.113.9"),
            ("10.0.0.1", &[(x, "192.0.2.1")], "192.0.2.1"),
            ("::ffff:10.0.0.1", &[(x, "192.0.2.1")], "192.0.2.1"),
            ("::1", &[(x, "2001:db8::7")], "2001:db8::7"),
            // What the client wrote itself stands before what the proxy adds.
            ("10.0.0.1", &[(x, "1.1.1.1, 192.0.2.1")], "192.0.2.1"),
            ("10.0.0.1", &[(x, "1.1.1.1, 192.0.2.1, 10.0.0.2")], "192.0.2.1"),
            ("10.0.0.1", &[(x, "nonsense")], "10.0.0.1"),
            ("10.0.0.1", &[(x, "192.0.2.1, nonsense, 10.0.0.2")], "10.0.0.2"),
            ("10.0.0.1", &[(x, "")], "10.0.0.1"),
            ("10.0.0.1", &[], "10.0.0.1"),
            ("10.0.0.1", &[(x, "10.0.0.3, 10.0.0.2")], "10.0.0.3"),
            ("10.0.0.1", &[(&FORWARDED, "for=192.0.2.60;proto=http;by=203.0.113.43")], "192.0.2.60"),
            ("10.0.0.1", &[(&FORWARDED, "For=\"[2001:db8:cafe::17]:4711\"")], "2001:db8:cafe::17"),
            ("10.0.0.1", &[(&FORWARDED, "for=1.1.1.1, for=192.0.2.60:80;proto=https")], "192.0.2.60"),
            ("10.0.0.1", &[(&FORWARDED, "for=unknown")], "10.0.0.1"),
            // The standard one counts where both are there.
            ("10.0.0.1", &[(&FORWARDED, "for=192.0.2.60"), (x, "1.1.1.1")], "192.0.2.60"),
        ] {
            assert_eq!(asked(peer, headers, PROXY), expected, "{peer} {headers:?}");
        }
        assert_eq!(asked("10.0.0.1", &[(x, "192.0.2.1")], &[]), "10.0.0.1");
    }
}
