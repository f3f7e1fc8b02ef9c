//! Reads the parameters of an address, and writes them.

use std::collections::BTreeMap;

use poem::Request;

use super::{Address, Name, Refused, name::is_of_trackers};
use crate::http::pages::language::Language;

/// The parameters of an address. An empty one is as good as none, as forms send them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::http) struct Parameters(BTreeMap<Name, String>);

fn pairs(request: &Request) -> Option<Vec<(String, String)>> {
    request.params().ok()
}

/// The edition that an address names.
pub(in crate::http) fn named_edition(request: &Request) -> Option<String> {
    Parameters::rest(request).edition().map(str::to_owned)
}

impl Parameters {
    /// Reads those of `address`.
    ///
    /// # Errors
    /// One sentence on a parameter that there is none of there: a mistyped filter would give too much. One on a parameter that is
    /// given twice and is no list, and on a value that it never has.
    pub(in crate::http) fn read(request: &Request, address: Address) -> Result<Self, Refused> {
        let mut read = Self::default();
        for (given, value) in pairs(request).ok_or_else(|| Refused::new(|t| t.encoding.to_owned()))? {
            if is_of_trackers(&given) {
                continue;
            }
            let Some(name) = address.takes().find(|name| name.text() == given) else {
                let known: Vec<&str> = address.takes().map(Name::text).collect();
                return Err(Refused::unknown(&given, &known));
            };
            let value = value.trim();
            if value.is_empty() || (name.is_list() && items(value).next().is_none()) {
                continue;
            }
            let value = name.checked(value)?;
            match read.0.get_mut(&name) {
                None => read.set(name, value),
                Some(so_far) if name.is_list() => {
                    so_far.push(',');
                    so_far.push_str(&value);
                }
                Some(_) => return Err(Refused::twice(name.text())),
            }
        }
        Ok(read)
    }

    /// What remains of an address that is refused: its language and its edition.
    pub(in crate::http) fn rest(request: &Request) -> Self {
        let mut rest = Self::default();
        for (given, value) in pairs(request).unwrap_or_default() {
            let kept = [Name::Lang, Name::Edition].into_iter().find(|name| name.text() == given);
            if let Some((name, value)) = kept.and_then(|name| Some((name, name.checked(value.trim()).ok()?)))
                && !value.is_empty()
            {
                rest.0.entry(name).or_insert(value);
            }
        }
        rest
    }

    /// What an address asks, as its answer is kept by; of a refused one, whose answer nobody keeps, all that it has.
    pub(in crate::http) fn key(read: &Result<Self, Refused>, request: &Request) -> String {
        match read {
            Ok(parameters) => parameters.query_string(),
            Err(_) => request.uri().query().unwrap_or_default().to_owned(),
        }
    }

    /// The value of one.
    pub(in crate::http) fn get(&self, name: Name) -> Option<&str> {
        self.0.get(&name).map(String::as_str)
    }

    /// All that are given.
    pub(in crate::http) fn iter(&self) -> impl Iterator<Item = (Name, &str)> {
        self.0.iter().map(|(name, value)| (*name, value.as_str()))
    }

    /// Gives one another value.
    pub(in crate::http) fn set(&mut self, name: Name, value: String) {
        self.0.insert(name, value);
    }

    /// Gives one another value, or none.
    pub(super) fn put(&mut self, name: Name, value: Option<String>) {
        match value {
            Some(value) => self.set(name, value),
            None => drop(self.0.remove(&name)),
        }
    }

    /// The language that is asked for.
    pub(in crate::http) fn language(&self) -> Option<Language> {
        match self.get(Name::Lang) {
            Some("nl") => Some(Language::Nl),
            Some("en") => Some(Language::En),
            _ => None,
        }
    }

    /// The edition that is named.
    pub(in crate::http) fn edition(&self) -> Option<&str> {
        self.get(Name::Edition)
    }

    /// Some of them.
    #[must_use]
    pub(in crate::http) fn only(&self, is_kept: impl Fn(Name) -> bool) -> Self {
        Self(self.0.iter().filter(|(name, _)| is_kept(**name)).map(|(name, value)| (*name, value.clone())).collect())
    }

    /// Those that `address` takes.
    #[must_use]
    pub(in crate::http) fn taken_by(&self, address: Address) -> Self {
        self.only(|name| address.takes().any(|taken| taken == name))
    }

    /// `?name=value&…`, percent-encoded and in the order of their names; empty where there are none.
    pub(in crate::http) fn query_string(&self) -> String {
        let mut text = String::new();
        for (name, value) in self.iter() {
            text.push(if text.is_empty() { '?' } else { '&' });
            text.push_str(name.text());
            text.push('=');
            percent_encode(value, &mut text);
        }
        text
    }
}

/// The values of a list, with commas between; a blank beside a comma and a comma at the end add nothing.
pub(super) fn items(value: &str) -> impl Iterator<Item = &str> {
    value.split(',').map(str::trim).filter(|item| !item.is_empty())
}

/// Leaves what RFC 3986 calls unreserved, and the comma, which a query may hold and which keeps a bounding box legible.
pub(in crate::http) fn percent_encode(value: &str, text: &mut String) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~,".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(address: Address, query: &str) -> Result<Parameters, String> {
        let request = Request::builder().uri(format!("/x?{query}").parse().unwrap()).finish();
        Parameters::read(&request, address).map_err(|refused| refused.sentence(Language::En))
    }

    #[test]
    fn what_is_read_is_written_in_one_order_without_what_says_nothing() {
        let read =
            read(Address::Embed, "utm_source=x&lang=EN&kind=MFA&FBCLID=1&kind=%20dorpshuis,&near=&status=,&ref=a")
                .unwrap();
        assert_eq!(read.query_string(), "?kind=MFA,dorpshuis,&lang=en");
        assert_eq!(read.language(), Some(Language::En));
    }

    #[test]
    fn no_value_can_add_a_parameter() {
        let mut parameters = Parameters::default();
        parameters.set(Name::Municipality, "a&kind=b #ë".to_owned());
        assert_eq!(parameters.query_string(), "?municipality=a%26kind%3Db%20%23%C3%AB");
    }

    #[test]
    fn what_an_address_does_not_take_is_refused_with_what_it_takes() {
        assert_eq!(read(Address::Page, "near=1").unwrap_err(), "`near` is not a parameter here; use lang or edition");
        assert_eq!(read(Address::Schema, "x=1").unwrap_err(), "`x` is not a parameter here; there are none");
        assert_eq!(read(Address::Page, "edition=a&edition=b").unwrap_err(), "`edition` is given twice; name one");
        assert_eq!(read(Address::Page, "lang=de").unwrap_err(), "`de` is not a value of `lang`; there are nl and en");
    }
}
