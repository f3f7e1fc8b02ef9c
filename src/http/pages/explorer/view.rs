//! What the page of the explorer shows.

use askama::Template;
use serde::Serialize;

use super::words::Words;
use crate::http::pages::{assets, frame, language::Language};

/// A documented query.
#[derive(Clone, Debug, Serialize)]
pub(in crate::http) struct Example {
    /// Short and lasting, for `/graphiql?example=NAME`.
    pub(in crate::http) name: String,
    /// What it asks, in the language of the page.
    pub(in crate::http) title: String,
    /// A sentence more, in the language of the page.
    pub(in crate::http) about: Option<String>,
    /// The GraphQL document.
    pub(in crate::http) query: String,
    /// A JSON object with the variables it needs.
    pub(in crate::http) variables: Option<serde_json::Value>,
}

/// What the explorer page shows.
#[derive(Clone, Debug)]
pub(in crate::http) struct ExplorerView {
    /// The language of the examples and the page around GraphiQL, from `?lang=`; GraphiQL itself speaks English only.
    pub(in crate::http) language: Language,
    /// In the order to show them; the first is in the editor at a first visit.
    pub(in crate::http) examples: Vec<Example>,
}

#[derive(Template)]
#[template(path = "pages/explorer/explorer.html")]
struct Page<'a> {
    view: &'a ExplorerView,
    t: &'static Words,
    around: &'static frame::Words,
    data: String,
}

/// What the script reads from the page.
#[derive(Serialize)]
struct Data<'a> {
    language: &'static str,
    phrases: Spoken,
    examples: &'a [Example],
}

#[derive(Serialize)]
struct Spoken {
    examples: &'static str,
    examples_help: &'static str,
    keys: &'static str,
    keys_help: &'static str,
    query_editor: &'static str,
    variable_editor: &'static str,
    response_editor: &'static str,
}

/// The page as HTML.
///
/// `?query=` with `&variables=`, or `?example=NAME`, is read by the page itself; the server need not look at them.
///
/// # Errors
/// When the template cannot be written, which means out of memory.
pub(in crate::http) fn render(view: &ExplorerView) -> Result<String, askama::Error> {
    let t = Words::of(view.language);
    let data = Data {
        language: view.language.code(),
        phrases: Spoken {
            examples: t.examples,
            examples_help: t.examples_help,
            keys: t.keys,
            keys_help: t.keys_help,
            query_editor: t.query,
            variable_editor: t.variables,
            response_editor: t.answer,
        },
        examples: &view.examples,
    };
    let data = serde_json::to_string(&data).map_err(askama::Error::custom)?;
    Page { view, t, around: frame::Words::of(view.language), data: within_script(&data) }.render()
}

/// JSON that cannot end the `<script>` block it stands in, nor open a comment there. The same JSON, other spelling.
fn within_script(json: &str) -> String {
    json.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(language: Language) -> ExplorerView {
        ExplorerView {
            language,
            examples: vec![Example {
                name: "naam".into(),
                title: "</script><script>alert(1)</script>".into(),
                about: Some("<!-- & \u{2028} -->".into()),
                query: "{ places { totalCount } } # </script>".into(),
                variables: Some(serde_json::json!({ "text": "</script>" })),
            }],
        }
    }

    #[test]
    fn an_example_cannot_leave_the_block_it_stands_in_and_reads_back_as_it_was() {
        let html = render(&view(Language::Nl)).unwrap();
        assert!(!html.contains("alert(1)</script>"));
        let block = html.split("id=\"explorer-data\">").nth(1).unwrap().split("</script>").next().unwrap();
        let data: serde_json::Value = serde_json::from_str(block).unwrap();
        assert_eq!(data["examples"][0]["title"], "</script><script>alert(1)</script>");
        assert_eq!(data["examples"][0]["about"], "<!-- & \u{2028} -->");
        assert_eq!(data["examples"][0]["variables"]["text"], "</script>");
    }

    #[test]
    fn the_page_names_its_language_and_loads_only_our_own_files() {
        for language in [Language::Nl, Language::En] {
            let html = render(&view(language)).unwrap();
            assert!(html.contains(&format!("<html lang=\"{}\"", language.code())));
            for address in html.split("src=\"").skip(1).chain(html.split("rel=\"stylesheet\" href=\"").skip(1)) {
                assert!(address.starts_with(assets::PREFIX), "{}", &address[..40]);
            }
        }
    }
}
