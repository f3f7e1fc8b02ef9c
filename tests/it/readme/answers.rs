//! Every query is asked, and the answer that stands below it is the answer.

use noaber::examples::EXAMPLES;
use serde_json::json;

use super::{Server, documents, read};

/// JSON without the white space between its tokens; the order of keys and the writing of numbers stay.
fn compact(json: &str) -> String {
    let (mut compact, mut in_string, mut escaped) = (String::with_capacity(json.len()), false, false);
    for character in json.chars() {
        if in_string || !character.is_whitespace() {
            compact.push(character);
        }
        in_string = if in_string { escaped || character != '"' } else { character == '"' };
        escaped = in_string && !escaped && character == '\\';
    }
    compact
}

#[test]
fn white_space_counts_inside_strings_only() {
    assert_eq!(compact("{ \"a\" : [ 1, \"b \\\" c\" ] }\n"), "{\"a\":[1,\"b \\\" c\"]}");
}

#[tokio::test]
async fn every_query_of_the_documents_has_the_answer_that_stands_below_it() {
    let (server, with_programme) = (Server::start().await, Server::start_with_programme().await);
    let mut compared = 0;
    for document in documents() {
        let (name, blocks) = (document.name, document.blocks);
        for (at, query) in blocks.iter().enumerate().filter(|(_, block)| block.language == "graphql") {
            let server = if name == "docs/activities.md" { &with_programme } else { &server };
            let answer = server.ask(&query.text, json!({})).await;
            let Some(told) = blocks.get(at + 1).filter(|block| block.language == "json") else {
                assert!(!answer.contains("\"errors\""), "{name}, line {}: {answer}", query.line);
                continue;
            };
            assert_eq!(compact(&told.text), answer, "{name}, line {}", told.line);
            compared += 1;
        }
    }
    assert!(compared >= 9, "only {compared} answers were found");
    server.stop().await;
    with_programme.stop().await;
}

#[tokio::test]
async fn the_page_and_the_script_are_the_files_of_the_examples_and_their_queries_are_answered() {
    let server = Server::start().await;
    let documents = documents();
    for (language, file, before, after, variables) in [
        ("html", "examples/municipality.html", "const query = `", "`;", json!({ "name": "Dalfsen" })),
        ("python", "examples/farthest_villages.py", "QUERY = \"\"\"", "\"\"\"", json!({ "after": null })),
    ] {
        let text = read(file);
        let is_shown = documents
            .iter()
            .flat_map(|document| &document.blocks)
            .any(|block| block.language == language && block.text == text);
        assert!(is_shown, "no document shows {file} as it is");
        let start = text.find(before).expect("the query begins") + before.len();
        let length = text[start..].find(after).expect("the query ends");
        let answer = server.ask(&text[start..start + length], variables).await;
        assert!(answer.starts_with("{\"data\":{\""), "{file}: {answer}");
    }
    server.stop().await;
}

#[test]
fn the_three_queries_are_those_of_the_examples_with_another_number_of_items() {
    // Words, with every `first: 5` read as `first: _`.
    let words = |query: &str| {
        let words: Vec<&str> = query.split(|c: char| c.is_whitespace() || "(){},".contains(c)).collect();
        let mut words: Vec<String> = words.into_iter().filter(|word| !word.is_empty()).map(str::to_owned).collect();
        for at in 1..words.len() {
            if words[at - 1] == "first:" {
                words[at] = "_".to_owned();
            }
        }
        words
    };
    let documents = documents();
    let mut queries =
        documents.iter().flat_map(|document| &document.blocks).filter(|block| block.language == "graphql");
    for example in &EXAMPLES[..3] {
        assert!(
            queries.any(|block| words(&block.text) == words(example.query())),
            "no document has examples/queries/{}.graphql, or they stand in another order",
            example.name
        );
    }
}
