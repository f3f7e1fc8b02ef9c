//! Refusals outside GraphQL, as problem details (RFC 9457).

use poem::{IntoResponse, Response, http::StatusCode};
use serde_json::json;

use crate::library::LibraryError;

/// Why a request outside `/graphql` is not answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The status.
    pub status: StatusCode,
    /// One sentence that says what would be right.
    pub detail: String,
}

impl Problem {
    /// A parameter that cannot be answered.
    pub fn bad_request(detail: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, detail: detail.into() }
    }

    /// Something of ours failed; the cause goes to the log only.
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        tracing::error!(%cause, "a request failed");
        Self {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            detail: "internal error; the cause is in the server's log".to_owned(),
        }
    }
}

impl From<LibraryError> for Problem {
    fn from(error: LibraryError) -> Self {
        match error {
            LibraryError::Unavailable(_) => Self { status: StatusCode::NOT_FOUND, detail: error.to_string() },
            LibraryError::NoId(_) => Self::bad_request(error.to_string()),
            _ => Self::internal(error),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let title = self.status.canonical_reason().unwrap_or("error");
        let body = json!({ "status": self.status.as_u16(), "title": title, "detail": self.detail });
        Response::builder()
            .status(self.status)
            .content_type("application/problem+json")
            .header("cache-control", "no-store")
            .body(body.to_string())
    }
}

impl From<Problem> for poem::Error {
    fn from(problem: Problem) -> Self {
        Self::from_response(problem.into_response())
    }
}
