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
        let is_offset = |part: &&str| !part.is_empty() && part.split('=').next() != Some("offset");
        let mut parts: Vec<String> = self.query.split('&').filter(is_offset).map(str::to_owned).collect();
        if offset > 0 {
            parts.push(format!("offset={offset}"));
        }
        let query = if parts.is_empty() { String::new() } else { format!("?{}", parts.join("&")) };
        self.plain(&format!("{}{query}", self.path))
    }

    /// The folder of the address that was asked, without what was asked.
    pub(in crate::http) fn path(&self) -> &str {
        &self.path
    }
}

/// A link.
pub(in crate::http) fn link(rel: &str, media_type: &str, href: &str, title: &str) -> Value {
    json!({ "rel": rel, "type": media_type, "href": href, "title": title })
}

/// A link to another page of the same answer.
pub(in crate::http) fn bare_link(rel: &str, media_type: &str, href: &str) -> Value {
    json!({ "rel": rel, "type": media_type, "href": href })
}
