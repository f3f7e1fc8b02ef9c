//! Queries of our own: through the same door as anybody's.

use super::*;
use crate::http::graphql::Door;

fn door(limits: Limits) -> Door<Query> {
    let schema = Schema::build(Query, EmptyMutation, EmptySubscription).data(Arc::new(Runs::default()));
    Door::new(apply_builder_limits(schema, &limits).finish(), limits).unwrap()
}

async fn ask(door: &Door<Query>, query: &str, variables: Json) -> Result<Json, String> {
    let Json::Object(variables) = variables else { panic!("variables are an object") };
    door.ask(async_graphql::Request::new(""), query, variables).await
}

#[tokio::test]
async fn a_query_of_our_own_is_answered_with_its_data() {
    let door = door(Limits::default());
    let query = "query ($n: Int = 2) { hello places(first: $n) { totalCount } }";
    assert_eq!(ask(&door, query, json!({})).await.unwrap()["hello"], "hallo");
}

#[tokio::test]
async fn what_the_door_refuses_to_others_it_refuses_to_our_pages() {
    let strict = || Limits { max_tokens: 8, ..Limits::default() };
    let dear = || Limits { max_cost: 10, ..Limits::default() };
    let quick = || Limits { timeout_ms: 50, ..Limits::default() };
    for (limits, query, variables, reason) in [
        (strict(), "{ a: hello b: hello c: hello }", json!({}), "8"),
        (dear(), "{ places(first: 100) { nodes { id } } }", json!({}), "costs"),
        (quick(), "{ slow }", json!({}), "too long"),
        (Limits::default(), "{ hello", json!({}), ""),
        (Limits::default(), "{ nothing }", json!({}), "nothing"),
        (Limits::default(), "{ hello database }", json!({}), "internal error"),
        (Limits::default(), "{ panic }", json!({}), "without an answer"),
        (Limits::default(), "query ($n: Int!) { places(first: $n) { totalCount } }", json!({ "n": "two" }), "$n"),
    ] {
        let refused = ask(&door(limits), query, variables).await.unwrap_err();
        assert!(!refused.is_empty() && refused.contains(reason), "{query}: {refused}");
    }
}
