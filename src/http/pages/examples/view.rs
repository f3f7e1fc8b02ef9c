//! What the page of worked examples shows, and of which queries.

use askama::Template;
use serde_json::Value;

use super::{
    activities, area, cite, distance, gaps, policy,
    section::{Body, Fault, Shown},
    words::Words,
};
use crate::{
    drawing,
    examples::{EXAMPLES, Example},
    http::{
        pages::{
            assets,
            frame::{self, Frame},
            language::Language,
        },
        parameters::percent_encode,
    },
};

/// A worked example: where it stands on the page, which query it puts, and how its answer is shown.
struct Worked {
    /// For the anchor: letters and hyphens, Dutch in both languages, so that a link shared works in both.
    anchor: &'static str,
    /// The name of the documented query.
    query: &'static str,
    /// Whether the query takes `$language`.
    speaks: bool,
    show: fn(&Shown<'_>, &Value) -> Result<Body, Fault>,
}

/// The worked examples in the order of the page.
const WORKED: [Worked; 6] = [
    Worked { anchor: "bibliotheken", query: "coverage-of-libraries", speaks: true, show: gaps::show },
    Worked { anchor: "kernen", query: "villages-far-from-a-place", speaks: true, show: distance::show },
    Worked { anchor: "gemeente", query: "uncovered-area", speaks: true, show: area::show },
    Worked { anchor: "beleid", query: "municipal-support", speaks: true, show: policy::show },
    Worked { anchor: "ouderen", query: "activities-near-a-village", speaks: true, show: activities::show },
    Worked { anchor: "citeren", query: "how-to-cite", speaks: false, show: cite::show },
];

/// A query to put, in the order in which [`ExamplesView::answers`] has the answers.
#[derive(Clone, Debug)]
pub(in crate::http) struct Question {
    /// The GraphQL document.
    pub(in crate::http) query: &'static str,
    /// Its variables.
    pub(in crate::http) variables: serde_json::Map<String, Value>,
}

/// The queries whose answers the page shows in `language`.
pub(in crate::http) fn questions(language: Language) -> Vec<Question> {
    let of = |worked: &Worked| Question {
        query: documented(worked.query).map_or("", Example::query),
        variables: worked.variables(language),
    };
    WORKED.iter().map(of).collect()
}

/// What the page shows.
#[derive(Clone, Debug)]
pub(in crate::http) struct ExamplesView {
    /// The language of the page and of the answers.
    pub(in crate::http) language: Language,
    /// The edition's id.
    pub(in crate::http) edition: String,
    /// `?edition=…` where the address names one, to be passed on; else empty.
    pub(in crate::http) of_edition: String,
    /// Where this service is reached; none: not sure.
    pub(in crate::http) origin: Option<String>,
    /// The `data` of each answer to [`questions`]; none: there was no answer.
    pub(in crate::http) answers: Vec<Option<Value>>,
}

struct Section {
    anchor: &'static str,
    title: String,
    lead: String,
    /// None: no answer.
    body: Option<String>,
    query: &'static str,
    explorer: String,
    download: String,
}

#[derive(Template)]
#[template(path = "pages/examples/examples.html")]
struct Page<'a> {
    frame: Frame,
    language: Language,
    t: &'static Words,
    edition: &'a str,
    patterns: String,
    sections: Vec<Section>,
}

impl Worked {
    fn variables(&self, language: Language) -> serde_json::Map<String, Value> {
        let mut variables = serde_json::Map::new();
        // Dutch is what the queries ask by themselves.
        if self.speaks && language == Language::En {
            variables.insert("language".to_owned(), Value::from("EN"));
        }
        variables
    }
}

pub(super) fn documented(name: &str) -> Option<&'static Example> {
    static ALL: [Example; EXAMPLES.len()] = EXAMPLES;
    ALL.iter().find(|example| example.name == name)
}

/// The page as HTML. A section whose answer is missing or cannot be read says so.
///
/// # Errors
/// When the template cannot be written, which means out of memory.
pub(in crate::http) fn render(view: &ExamplesView) -> Result<String, askama::Error> {
    let sections = WORKED
        .iter()
        .enumerate()
        .map(|(index, worked)| section(worked, view.language, view.answers.get(index).and_then(Option::as_ref)));
    let (t, path) = (Words::of(view.language), "/examples".to_owned());
    Page {
        frame: Frame::new(view.language, t.title.to_owned(), t.description.to_owned(), path, &view.of_edition)
            .reached_at(view.origin.as_deref())
            .within(frame::Section::Figures),
        language: view.language,
        t,
        edition: &view.edition,
        patterns: drawing::patterns(),
        sections: sections.collect(),
    }
    .render()
}

fn section(worked: &Worked, language: Language, answer: Option<&Value>) -> Section {
    let example = documented(worked.query);
    let query = example.map_or("", Example::query);
    let variables = worked.variables(language);
    let values = if variables.is_empty() {
        String::new()
    } else {
        format!("&variables={}", encoded(&Value::from(variables).to_string()))
    };
    // White space means nothing in a query and makes an address long; in the explorer it is for reading.
    let short = query.split_whitespace().collect::<Vec<_>>().join(" ");
    let download = format!("/graphql?query={}{values}", encoded(&short));
    let explorer = if values.is_empty() {
        format!("/graphiql?lang={}&example={}", language.code(), worked.query)
    } else {
        format!("/graphiql?lang={}&query={}{values}", language.code(), encoded(query))
    };
    let shown = Shown { language, t: Words::of(language), anchor: worked.anchor, query, answer_address: &download };
    let body = answer.and_then(|answer| {
        (worked.show)(&shown, answer)
            .inspect_err(|fault| tracing::error!(%fault, example = worked.query, "an answer cannot be shown"))
            .ok()
    });
    let (title, lead, body) = match body {
        Some(Body { title, lead, html }) => (title, lead, Some(html)),
        None => {
            let title = example.map(|example| language.title(example));
            (title.unwrap_or_default().to_owned(), shown.t.no_answer.to_owned(), None)
        }
    };
    Section { anchor: worked.anchor, title, lead, body, query, explorer, download }
}

/// Percent-encoded for the query of an address.
fn encoded(text: &str) -> String {
    let mut address = String::new();
    percent_encode(text, &mut address);
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_section_has_a_documented_query() {
        for worked in &WORKED {
            let example = documented(worked.query).unwrap();
            assert_eq!(worked.speaks, example.query().contains("$language: Language! = NL"), "{}", worked.query);
        }
    }

    #[test]
    fn a_page_without_answers_says_so_and_still_shows_the_queries() {
        for (language, sentence) in [
            (Language::Nl, "in de huidige editie geen antwoord"),
            (Language::En, "has no answer in the current edition"),
        ] {
            let hostile = Some(serde_json::json!({ "coverage": "<script>" }));
            let view = ExamplesView {
                language,
                edition: "<e>".to_owned(),
                of_edition: String::new(),
                origin: None,
                answers: vec![hostile, None],
            };
            let html = render(&view).unwrap();
            assert_eq!(html.matches(sentence).count(), WORKED.len());
            assert_eq!(html.matches("<pre").count(), WORKED.len());
            assert!(!html.contains("<script>") && !html.contains("<e>"));
        }
    }
}
