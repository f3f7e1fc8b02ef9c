//! For whoever keeps the service running.

use poem::{Response, handler, http::StatusCode, web::Data};
use serde_json::json;

use super::state::State;

/// `/health/live`: the process answers.
#[handler]
pub(super) fn live() -> Response {
    told(StatusCode::OK, &json!({ "status": "live" }))
}

/// `/health/ready`: an edition is served and the database answers; else 503. Where a newer edition is recorded that cannot be
/// served, it is told with the reason: what is served goes on.
#[handler]
pub(super) async fn ready(state: Data<&State>) -> Response {
    let edition = state.library.served();
    let (status, database) = match state.library.store().ping().await {
        Ok(()) => (StatusCode::OK, "answers"),
        // A crowd is no reason to take the service out: what it serves, it serves.
        Err(cause) if cause.is_busy() => (StatusCode::OK, "busy"),
        Err(cause) => {
            tracing::error!(%cause, "the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "does not answer")
        }
    };
    let ready = if status == StatusCode::OK { "ready" } else { "not ready" };
    let mut body = json!({ "status": ready, "edition": edition.id, "database": database });
    if status != StatusCode::OK {
        body["reason"] = json!("the database does not answer");
    }
    if let Some(newer) = state.library.not_published() {
        body["notPublished"] = json!({ "edition": newer.edition, "reason": newer.reason });
    }
    told(status, &body)
}

fn told(status: StatusCode, body: &serde_json::Value) -> Response {
    Response::builder()
        .status(status)
        .content_type("application/json")
        .header("cache-control", "no-store")
        .body(body.to_string())
}
