//! The audits of others, and noise.

use super::*;

/// The 61 audits of graphql-http, the reference suite of GraphQL over HTTP.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_61_audits_pass() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/audits");
    assert!(
        folder.join("node_modules/graphql-http").is_dir(),
        "the audits are not installed: run `npm ci` in tests/audits, as scripts/test does"
    );
    let server = TestServer::start().await;
    let url = server.url();
    let output = tokio::task::spawn_blocking(move || {
        std::process::Command::new("node").arg("audits.mjs").arg(url).current_dir(folder).output()
    });
    let output = output.await.unwrap().expect("node is installed");
    let lines = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{lines}{}", String::from_utf8_lossy(&output.stderr));
    assert!(lines.ends_with("61 of 61 audits are ok\n"), "{lines}");
}

/// Pieces that bring random texts near to GraphQL and JSON.
fn noise() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..12),
        prop::sample::select(vec![
            "{",
            "}",
            "[",
            "]",
            "(",
            ")",
            "\"",
            "\"\"\"",
            "\\",
            "$",
            "@",
            "...",
            ":",
            "=",
            "!",
            "#",
            "\n",
            "query ",
            "fragment F on Query",
            "{hello}",
            "{\"query\":\"",
            "\"}",
            "\",\"variables\":{",
            "null",
            "1e9",
            "-",
            "on ",
            "echo",
            "places(first:3)",
            "@skip(if:true)",
            "__schema",
            "...F",
            "\u{feff}",
            "\\u0000",
            "\\ud800",
        ])
        .prop_map(|text| text.as_bytes().to_vec()),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

#[test]
fn random_bytes_never_give_a_fault_of_ours_nor_an_answer_that_is_not_json() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let server = runtime.block_on(TestServer::start());
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(256));
    let inputs = (noise(), any::<bool>());
    let result = runner.run(&inputs, |(bytes, wrapped)| {
        let body = match std::str::from_utf8(&bytes) {
            Ok(text) if wrapped => json!({ "query": text }).to_string().into_bytes(),
            _ => bytes,
        };
        let answer = runtime.block_on(server.send(server.post(body)));
        prop_assert!(answer.status.as_u16() < 500, "{}", String::from_utf8_lossy(&answer.body));
        let json: Json = serde_json::from_slice(&answer.body).unwrap_or_default();
        prop_assert!(json.is_object());
        let codes = json["errors"].as_array().into_iter().flatten().all(|e| e["extensions"]["code"].is_string());
        prop_assert!(codes, "{}", json);
        Ok(())
    });
    result.unwrap();
}
