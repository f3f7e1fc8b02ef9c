//! What the pages that people read have around them: head, masthead, footer. Their templates extend `frame.html`.

use super::{Language, phrases::Phrases};

/// The frame of a page.
pub(super) struct Frame {
    /// The language of the page.
    pub(super) language: Language,
    /// What the page is called, for the window and for search engines.
    pub(super) title: String,
    /// One sentence on what is on it.
    pub(super) description: String,
    /// Its address in Dutch; that in English is behind `/en`.
    pub(super) path: String,
    /// What the link to the other language carries on of the edition: `?edition=ID` or nothing.
    pub(super) of_edition: String,
    pub(super) common: &'static Phrases,
}

impl Frame {
    pub(super) fn new(language: Language, title: String, description: String, path: String, of_edition: &str) -> Self {
        Self { language, title, description, path, of_edition: of_edition.to_owned(), common: language.phrases() }
    }

    /// The address of the page in a language.
    pub(super) fn path_in(&self, language: Language) -> String {
        match language {
            Language::Dutch => self.path.clone(),
            Language::English => format!("/en{}", self.path),
        }
    }
}

/// Where corrections and requests are sent, as a link; `subject` and `body` where it is a mailbox.
pub(super) fn contact_link(contact: &str, subject: &str, body: &str) -> String {
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
