//! Every address that a document names is answered, and every parameter with its examples.

use std::collections::BTreeSet;

use super::{Document, Server, code, documents, parameters};

/// Where the documents have the service.
const HERE: &str = "http://127.0.0.1:8080";

/// The addresses of a document, as paths with their parameters: in code, in links, and in blocks. Those that stand for many, such as
/// `/place/{slug}` and `?edition=ID`, are left out.
fn addresses(document: &Document) -> BTreeSet<String> {
    let in_code = code(&document.prose).filter(|code| code.starts_with('/')).map(str::to_owned);
    let links = document.prose.split("](").skip(1).filter_map(|rest| rest.split(')').next()?.strip_prefix(HERE));
    let in_blocks = document.blocks.iter().flat_map(|block| {
        let ends = |c: char| c.is_whitespace() || "\"'`".contains(c);
        let whole = block.text.split(HERE).skip(1).filter_map(move |rest| rest.split(ends).next());
        let bare =
            block.text.lines().filter(|line| line.starts_with('/')).filter_map(move |line| line.split(ends).next());
        whole.chain(bare).map(|address| address.replace("&amp;", "&"))
    });
    let all = in_code.chain(links.map(str::to_owned)).chain(in_blocks).filter(|address| address.starts_with('/'));
    let is_one = |address: &String| {
        !address.starts_with("//") && !address.contains(['{', '…', '*', '|']) && !address.contains("ID")
    };
    all.filter(is_one).collect()
}

#[tokio::test]
async fn every_address_of_the_documents_answers() {
    let mut all: BTreeSet<String> = documents().iter().flat_map(addresses).collect();
    assert!(all.len() >= 30, "only {} addresses were found: {all:#?}", all.len());
    all.extend(parameters::examples());
    all.extend(parameters::choices());
    let server = Server::start_with_openstreetmap().await;
    for address in all {
        // The API has an answer to a question only.
        let query = if address == "/graphql" { "?query=%7B__typename%7D" } else { "" };
        let response = server.get(&format!("{address}{query}")).await;
        // That of agents is answered by POST only.
        let expected = if address == "/mcp" { 405 } else { 200 };
        assert_eq!(response.status(), expected, "{address}: {}", response.text().await.unwrap());
    }
    server.stop().await;
}
