//! Addresses as an answer has them.

use poem::Request;
use serde_json::{Value, json};

use crate::{
    http::{origin::origin, versioned::prefix},
    model::Language,
};

/// Where an answer is, and what is around it.
pub(in crate::http) struct Links {
    /// Where this service is reached; empty where that is not sure: an address then begins with its path.
    origin: String,
    /// The same, and the version that the address had.
    base: String,
    /// The address that was asked, as it was asked.
    path: String,
    query: String,
    language: Language,
    edition: Option<String>,
}

impl Links {
    /// Those of the answer to a request.
    pub(in crate::http) fn of(request: &Request, is_english: bool, edition: Option<&str>) -> Self {
        let origin = origin(request).unwrap_or_default();
        Self {
            base: format!("{origin}{}", prefix(request)),
            origin,
            path: request.uri().path().to_owned(),
            query: request.uri().query().unwrap_or_default().to_owned(),
            language: if is_english { Language::En } else { Language::Nl },
            edition: edition.map(str::to_owned),
        }
    }

    /// What an answer with them depends on.
    pub(in crate::http) fn key(&self) -> String {
        format!("{} {} {}", self.base, self.path, self.query)
    }

    /// The language of titles.
    pub(in crate::http) fn language(&self) -> Language {
        self.language
    }

    /// The address of a path of ours, of the same edition and in the same language.
    pub(in crate::http) fn to(&self, path: &str) -> String {
        let mut rest = Vec::new();
        if self.language == Language::En {
            rest.push("lang=en".to_owned());
        }
        rest.extend(self.edition.iter().map(|edition| format!("edition={edition}")));
        self.plain(&if rest.is_empty() { path.to_owned() } else { format!("{path}?{}", rest.join("&")) })
    }

    /// The address of a path of ours, and no more.
    pub(in crate::http) fn plain(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    /// The address of a path of ours, whatever version was asked.
    pub(in crate::http) fn root(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    /// The address that was asked.
    pub(in crate::http) fn here(&self) -> String {
        match self.query.as_str() {
            "" => self.plain(&self.path),
            query => self.plain(&format!("{}?{query}", self.path)),
        }
    }

    /// The same address with another `offset`; 0: without.
    pub(in crate::http) fn at_offset(&self, offset: usize) -> String {
        self.here_with("offset", (offset > 0).then(|| offset.to_string()))
    }

    /// The same address in that format (`f`).
    pub(in crate::http) fn in_format(&self, format: &str) -> String {
        self.here_with("f", Some(format.to_owned()))
    }

    /// The same address with another value of a parameter, or without it.
    fn here_with(&self, name: &str, value: Option<String>) -> String {
        let query = joined(self.parts_without(&[name]).chain(value.map(|value| format!("{name}={value}"))));
        self.plain(&format!("{}{query}", self.path))
    }

    /// What was asked but for language and format: `?name=value&…`, or empty.
    pub(in crate::http) fn asked_otherwise(&self) -> String {
        joined(self.parts_without(&["lang", "f"]))
    }

    fn parts_without(&self, names: &[&str]) -> impl Iterator<Item = String> {
        let is_kept =
            |part: &&str| !part.is_empty() && !part.split('=').next().is_some_and(|name| names.contains(&name));
        self.query.split('&').filter(is_kept).map(str::to_owned).collect::<Vec<_>>().into_iter()
    }

    /// Where this service is reached, where that is sure.
    pub(in crate::http) fn origin(&self) -> Option<String> {
        (!self.origin.is_empty()).then(|| self.origin.clone())
    }

    /// The folder of the address that was asked, without what was asked.
    pub(in crate::http) fn path(&self) -> &str {
        &self.path
    }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    let parts: Vec<String> = parts.collect();
    if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) }
}

/// A link.
pub(in crate::http) fn link(rel: &str, media_type: &str, href: &str, title: &str) -> Value {
    json!({ "rel": rel, "type": media_type, "href": href, "title": title })
}

/// A link to another page of the same answer.
pub(in crate::http) fn bare_link(rel: &str, media_type: &str, href: &str) -> Value {
    json!({ "rel": rel, "type": media_type, "href": href })
}
