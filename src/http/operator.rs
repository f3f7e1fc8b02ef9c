//! Who operates this service, as far as the settings say.

use serde_json::{Map, Value, json};

use super::state::State;

/// Who publishes, and where to write.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Operator<'a> {
    /// Where corrections and requests for removal go: a mailbox or a page.
    pub(super) contact: Option<&'a str>,
    /// What the publisher is called.
    pub(super) publisher: Option<&'a str>,
    /// The address by which the publisher is known: its URI in a register, or its site.
    pub(super) publisher_url: Option<&'a str>,
}

impl<'a> Operator<'a> {
    /// As the settings have it.
    pub(super) fn of(state: &'a State) -> Self {
        let [publisher, publisher_url] = [&state.publisher.0, &state.publisher.1].map(Option::as_deref);
        Self { contact: state.contact.as_deref(), publisher, publisher_url }
    }

    /// Where to write, as an address: `mailto:…` or that of a page.
    pub(super) fn contact_url(self) -> Option<String> {
        let contact = self.contact?;
        Some(if contact.contains("://") { contact.to_owned() } else { format!("mailto:{contact}") })
    }

    /// The contact of an OpenAPI document: what is not known is not in it.
    pub(super) fn contact_of_document(self) -> Option<Value> {
        let (page, mailbox) = match self.contact {
            Some(page) if page.contains("://") => (Some(page), None),
            other => (None, other),
        };
        let members = [("name", self.publisher), ("email", mailbox), ("url", page.or(self.publisher_url))];
        let members: Map<String, Value> =
            members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), json!(value?)))).collect();
        (!members.is_empty()).then_some(Value::Object(members))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_has_what_is_known() {
        let page = Some("https://a.example/contact");
        let operator = Operator { contact: page, publisher: Some("A"), publisher_url: Some("https://a.example/") };
        assert_eq!(operator.contact_of_document(), Some(json!({ "name": "A", "url": "https://a.example/contact" })));
        assert_eq!(operator.contact_url().as_deref(), page);
        let operator = Operator { contact: Some("data@a.example"), ..operator };
        let all = json!({ "name": "A", "email": "data@a.example", "url": "https://a.example/" });
        assert_eq!(operator.contact_of_document(), Some(all));
        assert_eq!(operator.contact_url().as_deref(), Some("mailto:data@a.example"));
        assert_eq!(Operator::default().contact_of_document(), None);
    }
}
