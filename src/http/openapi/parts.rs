//! What OpenAPI documents of ours have in common: operations, answers, refusals.

use serde_json::{Map, Value, json};

use crate::{collections::Words, http::API_VERSION, model::Language};

/// A GET, as a document describes it.
pub(in crate::http) struct Operation {
    /// Unique in the document.
    pub(in crate::http) id: String,
    /// The group that it stands in.
    pub(in crate::http) tag: &'static str,
    /// What it gives, a line.
    pub(in crate::http) summary: String,
    /// Parameters, or references to them.
    pub(in crate::http) parameters: Vec<Value>,
    /// The media type of the answer.
    pub(in crate::http) media_type: String,
    /// What the answer looks like.
    pub(in crate::http) schema: Value,
}

impl Operation {
    /// As a path item has it.
    pub(in crate::http) fn written(self, language: Language) -> Value {
        let refusal = |name: &str| json!({ "$ref": format!("#/components/responses/{name}") });
        json!({ "get": {
            "operationId": self.id,
            "tags": [self.tag],
            "summary": self.summary,
            "parameters": self.parameters,
            "responses": {
                "200": {
                    "description": ANSWER.of(language),
                    "headers": {
                        "API-Version": { "$ref": "#/components/headers/ApiVersion" },
                        "ETag": { "$ref": "#/components/headers/ETag" },
                    },
                    "content": { self.media_type: { "schema": self.schema } },
                },
                "400": refusal("BadRequest"),
                "404": refusal("NotFound"),
                "429": refusal("TooManyRequests"),
                "503": refusal("ServiceUnavailable"),
            },
        } })
    }
}

const ANSWER: Words = Words { nl: "het antwoord", en: "the answer" };
const VERSION: Words = Words { nl: "versie van de API (semver)", en: "version of the API (semver)" };
const TAG: Words = Words {
    nl: "verandert alleen met het antwoord; voor `If-None-Match`",
    en: "changes only with the answer; for `If-None-Match`",
};
const PROBLEM: Words =
    Words { nl: "waarom een verzoek niet beantwoord wordt (RFC 9457)", en: "why a request is not answered (RFC 9457)" };
const REFUSALS: [(&str, Words); 4] = [
    (
        "BadRequest",
        Words { nl: "een parameter of waarde die er niet is", en: "a parameter or a value that there is not" },
    ),
    (
        "NotFound",
        Words { nl: "er is niet zoiets, of de editie is er niet", en: "there is no such thing, or no such edition" },
    ),
    (
        "TooManyRequests",
        Words {
            nl: "dit adres vroeg te veel in een minuut; zie `Retry-After`",
            en: "this address asked too much in a minute; see `Retry-After`",
        },
    ),
    (
        "ServiceUnavailable",
        Words {
            nl: "te druk, of de database antwoordt niet; zie `Retry-After`",
            en: "too busy, or the database does not answer; see `Retry-After`",
        },
    ),
];

/// The components that every document has, with its own parameters and schemas.
pub(in crate::http) fn components(
    language: Language,
    parameters: Map<String, Value>,
    mut schemas: Map<String, Value>,
) -> Value {
    let refusals: Map<String, Value> = REFUSALS
        .into_iter()
        .map(|(name, words)| {
            let content =
                json!({ "application/problem+json": { "schema": { "$ref": "#/components/schemas/Problem" } } });
            (name.to_owned(), json!({ "description": words.of(language), "content": content }))
        })
        .collect();
    let text = json!({ "type": "string" });
    schemas.insert(
        "Problem".to_owned(),
        json!({
            "type": "object",
            "description": PROBLEM.of(language),
            "required": ["status", "title", "detail"],
            "properties": { "status": { "type": "integer" }, "title": text, "detail": text, "code": text },
        }),
    );
    json!({
        "headers": {
            "ApiVersion": { "description": VERSION.of(language), "schema": { "type": "string", "example": API_VERSION } },
            "ETag": { "description": TAG.of(language), "schema": text },
        },
        "parameters": parameters,
        "responses": refusals,
        "schemas": schemas,
    })
}

/// A parameter behind the `?`.
pub(in crate::http) fn query(name: &str, description: &str, schema: &Value, is_list: bool) -> Value {
    let mut parameter = json!({ "name": name, "in": "query", "description": description, "schema": schema });
    if is_list {
        parameter["style"] = json!("form");
        parameter["explode"] = json!(false);
    }
    parameter
}

/// A parameter in the path.
pub(in crate::http) fn in_path(name: &str, description: &str, schema: &Value) -> Value {
    json!({ "name": name, "in": "path", "required": true, "description": description, "schema": schema })
}

/// A reference to a parameter of the document.
pub(in crate::http) fn known(name: &str) -> Value {
    json!({ "$ref": format!("#/components/parameters/{name}") })
}

/// A name of an address as a schema is called: `policy-documents` is `PolicyDocuments`.
pub(in crate::http) fn pascal(name: &str) -> String {
    let mut capital = true;
    name.chars()
        .filter_map(|letter| match (letter, std::mem::replace(&mut capital, letter == '-')) {
            ('-', _) => None,
            (letter, true) => Some(letter.to_ascii_uppercase()),
            (letter, false) => Some(letter),
        })
        .collect()
}
