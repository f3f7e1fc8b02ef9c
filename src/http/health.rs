//! For whoever keeps the service running.

use poem::{Response, handler, http::StatusCode, web::Data};
use serde_json::json;

use super::state::State;

/// `/health/live`: the process answers.
#[handler]
pub(super) fn live() -> Response {
    told(StatusCode::OK, &json!({ "status": "live" }))
}

/// `/health/ready`: an edition is served. Beside it is told whether the database answers: without it what is served goes on, and a
/// balancer must not take out all servers at once because one database is away. Where a newer edition is recorded that cannot be
/// served, it is told with the reason.
#[handler]
pub(super) async fn ready(state: Data<&State>) -> Response {
    let edition = state.library.served();
    let (answer, ago) = state.library.database();
    let mut body = json!({
        "status": "ready",
        "edition": edition.id,
        "database": answer.name(),
        "secondsSinceDatabaseAnswered": ago.as_secs(),
    });
    if let Some(newer) = state.library.not_published() {
        body["notPublished"] = json!({ "edition": newer.edition, "reason": newer.reason });
    }
    told(StatusCode::OK, &body)
}

fn told(status: StatusCode, body: &serde_json::Value) -> Response {
    Response::builder()
        .status(status)
        .content_type("application/json")
        .header("cache-control", "no-store")
        .body(body.to_string())
}
