//! Statements about things, and how they are written: as Turtle and as JSON-LD, from the same triples.

use oxjsonld::JsonLdSerializer;
use oxrdf::{GraphNameRef, IriParseError, Literal, NamedNode, Term, Triple};
use oxttl::TurtleSerializer;

use crate::collections::Words;

/// Vocabularies, by the names that stand before a colon.
const VOCABULARIES: [(&str, &str); 11] = [
    ("adms", "http://www.w3.org/ns/adms#"),
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dct", "http://purl.org/dc/terms/"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("geo", "http://www.opengis.net/ont/geosparql#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("vcard", "http://www.w3.org/2006/vcard/ns#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// The tables of the European Union, as `eu:licence/CC0`. No prefix of what is written: the names in them have slashes.
const TABLES: &str = "http://publications.europa.eu/resource/authority/";

/// Why statements cannot be written.
#[derive(Debug, thiserror::Error)]
pub(super) enum GraphError {
    /// Something is named by what is no IRI.
    #[error(transparent)]
    Iri(#[from] IriParseError),
    /// Out of memory.
    #[error(transparent)]
    Written(#[from] std::io::Error),
}

/// Statements, in the order in which they were made.
#[derive(Default)]
pub(super) struct Graph(Vec<(String, &'static str, Object)>);

#[derive(PartialEq)]
enum Object {
    Iri(String),
    Literal(Literal),
}

impl Graph {
    /// What a thing is, each class by its name: `dcat:Dataset`.
    pub(super) fn is(&mut self, thing: &str, classes: &[&str]) {
        for class in classes {
            self.iri(thing, "rdf:type", expanded(class));
        }
    }

    /// A thing that it has to do with.
    pub(super) fn iri(&mut self, thing: &str, property: &'static str, other: impl Into<String>) {
        self.add(thing, property, Object::Iri(other.into()));
    }

    /// A text in no language.
    pub(super) fn text(&mut self, thing: &str, property: &'static str, text: &str) {
        self.add(thing, property, Object::Literal(Literal::new_simple_literal(text)));
    }

    /// A text in Dutch and in English.
    pub(super) fn words(&mut self, thing: &str, property: &'static str, words: Words) {
        for (text, language) in [(words.nl, "nl"), (words.en, "en")] {
            self.told(thing, property, text, language);
        }
    }

    /// A text in a language: `nl`.
    pub(super) fn told(&mut self, thing: &str, property: &'static str, text: &str, language: &str) {
        let literal = Literal::new_language_tagged_literal_unchecked(text, language);
        self.add(thing, property, Object::Literal(literal));
    }

    /// A value of a type: `xsd:date`.
    pub(super) fn typed(&mut self, thing: &str, property: &'static str, value: &str, of: &str) {
        let literal = Literal::new_typed_literal(value, NamedNode::new_unchecked(expanded(of)));
        self.add(thing, property, Object::Literal(literal));
    }

    /// The same twice says no more.
    fn add(&mut self, thing: &str, property: &'static str, object: Object) {
        let statement = (thing.to_owned(), property, object);
        if !self.0.contains(&statement) {
            self.0.push(statement);
        }
    }

    fn triples(&self) -> Result<Vec<Triple>, IriParseError> {
        let triple = |(thing, property, object): &(String, &str, Object)| {
            let object = match object {
                Object::Iri(iri) => Term::from(NamedNode::new(iri)?),
                Object::Literal(literal) => Term::from(literal.clone()),
            };
            Ok(Triple::new(NamedNode::new(thing)?, NamedNode::new(expanded(property))?, object))
        };
        // What is said of a thing stands together, in the order in which things were first spoken of.
        let mut things: Vec<&str> = Vec::new();
        let mut ordered: Vec<(usize, &(String, &'static str, Object))> = Vec::new();
        for statement in &self.0 {
            let known = things.iter().position(|thing| *thing == statement.0);
            ordered.push((known.unwrap_or(things.len()), statement));
            if known.is_none() {
                things.push(&statement.0);
            }
        }
        ordered.sort_by_key(|(place, _)| *place);
        ordered.into_iter().map(|(_, statement)| triple(statement)).collect()
    }

    /// As Turtle 1.1.
    ///
    /// # Errors
    /// [`GraphError`] where a name is no IRI.
    pub(super) fn turtle(&self) -> Result<Vec<u8>, GraphError> {
        let mut serializer = TurtleSerializer::new();
        for (name, iri) in VOCABULARIES {
            serializer = serializer.with_prefix(name, iri)?;
        }
        let mut writer = serializer.for_writer(Vec::new());
        for triple in self.triples()? {
            writer.serialize_triple(triple.as_ref())?;
        }
        Ok(writer.finish()?)
    }

    /// As JSON-LD 1.1.
    ///
    /// # Errors
    /// As [`turtle`](Self::turtle).
    pub(super) fn json_ld(&self) -> Result<Vec<u8>, GraphError> {
        let mut serializer = JsonLdSerializer::new();
        for (name, iri) in VOCABULARIES {
            serializer = serializer.with_prefix(name, iri)?;
        }
        let mut writer = serializer.for_writer(Vec::new());
        for triple in self.triples()? {
            writer.serialize_quad(triple.as_ref().in_graph(GraphNameRef::DefaultGraph))?;
        }
        Ok(writer.finish()?)
    }
}

/// An IRI of a name such as `dcat:Dataset`; what is one already stays.
pub(super) fn expanded(name: &str) -> String {
    let known = name.split_once(':').and_then(|(before, rest)| {
        let mut all = VOCABULARIES.into_iter().chain([("eu", TABLES)]);
        let (_, iri) = all.find(|(known, _)| *known == before)?;
        Some(format!("{iri}{rest}"))
    });
    known.unwrap_or_else(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_are_written_once_in_both_syntaxes_and_a_name_that_is_no_iri_is_refused() {
        let mut graph = Graph::default();
        for _ in 0..2 {
            graph.is("https://a.example/#set", &["dcat:Dataset"]);
            graph.words("https://a.example/#set", "dct:title", Words { nl: "\"plekken\"", en: "places" });
        }
        let turtle = String::from_utf8(graph.turtle().unwrap()).unwrap();
        assert_eq!(turtle.matches("dcat:Dataset").count(), 1, "{turtle}");
        assert!(turtle.contains("\"\\\"plekken\\\"\"@nl"), "{turtle}");
        assert!(String::from_utf8(graph.json_ld().unwrap()).unwrap().contains("places"));
        graph.iri("https://a.example/#set", "dct:publisher", "no iri");
        assert!(graph.turtle().is_err() && graph.json_ld().is_err());
    }
}
