//! `/mcp`: tools for agents. The official client judges it in `tests/judges/agents`.

use serde_json::{Value, json};

use crate::support::TestApp;

/// What a message is answered.
async fn told(app: &TestApp, message: Value) -> (u16, Value) {
    let answer = app.client.post(format!("{}/mcp", app.url)).json(&message).send().await.unwrap();
    let status = answer.status().as_u16();
    let text = answer.text().await.unwrap();
    (status, if text.is_empty() { Value::Null } else { serde_json::from_str(&text).unwrap() })
}

fn call(name: &str, arguments: Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": 7, "method": "tools/call", "params": { "name": name, "arguments": arguments } })
}

#[tokio::test]
async fn a_tool_answers_what_its_query_answers() {
    let app = TestApp::shared().await;
    let (status, list) = told(&app, json!({ "jsonrpc": "2.0", "id": "a", "method": "tools/list" })).await;
    assert_eq!((status, &list["id"]), (200, &json!("a")));
    let tool = |name: &str| {
        let tools = list["result"]["tools"].as_array().unwrap();
        tools.iter().find(|tool| tool["name"] == name).unwrap().clone()
    };
    let of_municipality = tool("places-of-a-municipality");
    let schema = &of_municipality["inputSchema"];
    assert_eq!(schema["properties"], json!({ "code": { "type": "string", "default": "GM0148" } }));
    let point = &tool("nearest-places")["inputSchema"]["properties"]["point"];
    assert_eq!(
        (&point["maxProperties"], &point["properties"]["wgs84"]["required"]),
        (&json!(1), &json!(["lon", "lat"]))
    );

    let (_, called) = told(&app, call("places-of-a-municipality", json!({ "code": "GM0193" }))).await;
    let query =
        std::fs::read_to_string(crate::oracle::project_file("examples/queries/places-of-a-municipality.graphql"));
    let expected = app.graphql(&query.unwrap(), json!({ "code": "GM0193" })).await;
    assert_eq!((&called["result"]["structuredContent"], &called["result"]["isError"]), (&expected, &json!(false)));
}

#[tokio::test]
async fn what_is_asked_wrongly_is_told_in_a_sentence() {
    let app = TestApp::shared().await;
    for (arguments, part) in [
        (json!({ "code": "GM0363" }), "`GM0363` is not one of the 25 municipalities"),
        (json!({ "code": null }), "code"),
        (
            json!({ "query": "{ __typename }" }),
            "`query` is no argument of `places-of-a-municipality`, which takes `code`.",
        ),
    ] {
        let (status, answer) = told(&app, call("places-of-a-municipality", arguments)).await;
        let text = answer["result"]["content"][0]["text"].as_str().unwrap();
        assert!(status == 200 && answer["result"]["isError"] == true && text.contains(part), "{answer}");
    }
    for (message, status, code) in [
        (call("drop-tables", json!({})), 200, json!(-32_602)),
        (call("nearest-places", json!([])), 200, json!(-32_602)),
        (json!({ "jsonrpc": "2.0", "id": 1, "method": "resources/list" }), 200, json!(-32_601)),
        (json!({ "jsonrpc": "2.0", "id": 1 }), 200, json!(-32_600)),
        (json!([call("nearest-places", json!({}))]), 400, json!(-32_600)),
    ] {
        let (got, answer) = told(&app, message.clone()).await;
        assert_eq!((got, &answer["error"]["code"]), (status, &code), "{message}: {answer}");
    }
    let notified = told(&app, json!({ "jsonrpc": "2.0", "method": "notifications/initialized" })).await;
    assert_eq!(notified, (202, Value::Null));
    let url = format!("{}/mcp", app.url);
    let broken = app.client.post(&url).body("{").send().await.unwrap();
    assert_eq!(
        (broken.status().as_u16(), broken.json::<Value>().await.unwrap()["error"]["code"].clone()),
        (400, json!(-32_700))
    );
    assert_eq!(app.client.post(&url).body("x".repeat(70_000)).send().await.unwrap().status(), 413);
    let got = app.client.get(&url).send().await.unwrap();
    assert_eq!((got.status().as_u16(), got.headers()["allow"].to_str().unwrap()), (405, "POST, OPTIONS"));
    let asked = app.client.request(reqwest::Method::OPTIONS, &url).send().await.unwrap();
    assert_eq!((asked.status().as_u16(), asked.headers()["allow"].to_str().unwrap()), (204, "POST, OPTIONS"));
}
