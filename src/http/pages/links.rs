//! What a link may carry, and what it carries on.

/// The address, when a link may carry it.
pub(in crate::http) fn web(address: &Option<String>) -> Option<&str> {
    address.as_deref().filter(|address| is_web(address))
}

/// Whether a link may carry an address: a value from the data must not become `javascript:`.
pub(in crate::http) fn is_web(address: &str) -> bool {
    let scheme = address.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http"))
}

/// What links of a page carry on of the edition that its address names, which was found.
pub(in crate::http) fn passed_on(edition: Option<&str>) -> String {
    edition.map(|id| format!("?edition={id}")).unwrap_or_default()
}

/// Where corrections and requests are sent, as a link; `subject` and `body` where it is a mailbox.
pub(in crate::http) fn contact_link(contact: &str, subject: &str, body: &str) -> String {
    if contact.contains("://") {
        return contact.to_owned();
    }
    format!("mailto:{contact}?subject={}&body={}", encoded(subject), encoded(body))
}

/// Percent-encoded as RFC 6068 asks: everything but letters, digits and `-._~`.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    for byte in text.replace('\n', "\r\n").bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_keeps_what_is_written_for_it_and_nobody_else_gets_it() {
        assert_eq!(
            contact_link("data@example.nl", "Plek: A&B", "één\ntwee?cc=x@y.nl"),
            "mailto:data@example.nl?subject=Plek%3A%20A%26B&body=%C3%A9%C3%A9n%0D%0Atwee%3Fcc%3Dx%40y.nl"
        );
        assert_eq!(contact_link("https://example.nl/contact", "x", "y"), "https://example.nl/contact");
    }
}
