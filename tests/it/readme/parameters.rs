//! The tables of parameters: what stands in them is accepted, and nothing else is.
//!
//! A table is one of parameters when its first heading is ``parameter of `/an/address`, …``. Its last column has examples. A
//! parameter of some of the addresses only names these: ``| `scale` (`/map.png`) | … |``.

use std::collections::{BTreeMap, BTreeSet};

use super::{Server, code, documents, table_rows};

/// A parameter of an address, with examples of its value.
struct Parameter {
    address: String,
    name: String,
    examples: Vec<String>,
    /// Which of the tables it stands in.
    table: usize,
}

fn parameters() -> Vec<Parameter> {
    let (mut found, mut tables) = (Vec::new(), 0);
    for document in documents() {
        for table in table_rows(&document.prose, "| parameter of ") {
            tables += 1;
            let (head, rows) = table.split_first().unwrap();
            let addresses: Vec<&str> = code(head[0]).collect();
            for row in rows {
                let mut names = code(row[0]);
                let name = names.next().unwrap();
                let of: Vec<&str> = names.collect();
                let examples: Vec<String> = code(row.last().unwrap()).map(str::to_owned).collect();
                assert!(!examples.is_empty(), "{}: `{name}` has no example", document.name);
                for address in if of.is_empty() { &addresses } else { &of } {
                    let (address, name) = ((*address).to_owned(), name.to_owned());
                    found.push(Parameter { address, name, examples: examples.clone(), table: tables });
                }
            }
        }
    }
    assert!(found.len() > 50, "only {} parameters were found", found.len());
    found
}

/// Each parameter with each of its examples, as an address. Those of a table take the same, which the test below holds: so one of them
/// is asked.
pub(crate) fn examples() -> BTreeSet<String> {
    let mut found = BTreeMap::new();
    for Parameter { address, name, examples, table } in parameters() {
        for example in examples {
            found.entry((table, name.clone(), example)).or_insert_with(|| address.clone());
        }
    }
    found.into_iter().map(|((_, name, example), address)| format!("{address}?{name}={example}")).collect()
}

/// What is appended to an address in a table such as ``| you want | append to `/map.png?` |``, in whatever language.
pub(crate) fn choices() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for document in documents() {
        for table in table_rows(&document.prose, "| ") {
            let (head, rows) = table.split_first().unwrap();
            let named = head.last().and_then(|cell| code(cell).find(|code| code.starts_with('/')));
            let Some(address) = named.map(|address| address.trim_end_matches('?')) else { continue };
            let choices = rows.iter().flat_map(|row| code(row.last().unwrap()));
            found.extend(choices.map(|choice| format!("{address}?{choice}")));
        }
    }
    assert!(found.len() >= 8, "only {} choices were found", found.len());
    found
}

/// An address that refuses a parameter that there is none of says which there are: those have to be the ones of its table.
#[tokio::test]
async fn an_address_takes_the_parameters_of_its_table_and_no_others() {
    let server = Server::start().await;
    let mut told: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for Parameter { address, name, .. } in parameters() {
        told.entry(address).or_default().insert(name);
    }
    let all: BTreeSet<String> = told.values().flatten().cloned().chain(["gemeente".to_owned()]).collect();
    let mut asked = 0;
    for (address, told) in &told {
        let refusal = server.get(&format!("{address}?gemeente=Zwolle")).await;
        assert_eq!(refusal.status(), 400, "{address}");
        asked += 1;
        let sentence = refusal.text().await.unwrap();
        let sentence = sentence[sentence.find("gemeente`").expect(address)..].split(['<', '"']).next().unwrap();
        let known = sentence.split_once("gebruik ").or_else(|| sentence.split_once("use "));
        let (_, known) = known.expect(sentence);
        let known = known.trim_end_matches('.').replace(" of ", ", ").replace(" or ", ", ");
        let known: BTreeSet<String> = known.split(", ").map(str::to_owned).collect();
        assert_eq!(&known, told, "parameters of {address}: what it takes (left) and its table (right)");
        for other in all.difference(told) {
            let status = server.get(&format!("{address}?{other}=1")).await.status();
            assert_eq!(status, 400, "{address}?{other}=1");
        }
    }
    assert!(asked >= 14, "only {asked} addresses have a table");
    server.stop().await;
}
