//! Why a request is refused, before any of it runs.

use std::fmt::Write as _;

use async_graphql::Pos;

/// Every value of `extensions.code`. Each error of an answer carries one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ErrorCode {
    /// The request has the digest of a query instead of its text, which is not known here.
    PersistedQueryNotFound,
    /// The HTTP request is not a GraphQL request: method, media type, JSON, parameters.
    BadRequest,
    /// The query is not GraphQL.
    GraphqlParseFailed,
    /// The query does not fit the schema, or names an operation it does not have.
    GraphqlValidationFailed,
    /// A variable or an argument has a value that its type or the field does not accept.
    BadUserInput,
    /// A cursor was not made by this field with these arguments.
    BadCursor,
    /// The request is larger than [`Limits`](crate::graphql::limits::Limits) allows.
    LimitExceeded,
    /// The edition that was asked for is not served, or not any more.
    EditionUnavailable,
    /// The request took longer than its time and was given up.
    Timeout,
    /// There is more to do than can be done at the moment.
    ServiceUnavailable,
    /// What was asked needs the database, which does not answer at the moment.
    DatabaseUnavailable,
    /// The client has taken what it may in a minute.
    RateLimited,
    /// The fault is ours; the log says which, under the id of the request.
    InternalServerError,
}

impl ErrorCode {
    /// Every code, in the order of the documentation.
    pub const ALL: [Self; 13] = [
        Self::BadRequest,
        Self::GraphqlParseFailed,
        Self::GraphqlValidationFailed,
        Self::BadUserInput,
        Self::BadCursor,
        Self::LimitExceeded,
        Self::EditionUnavailable,
        Self::Timeout,
        Self::ServiceUnavailable,
        Self::DatabaseUnavailable,
        Self::RateLimited,
        Self::InternalServerError,
        Self::PersistedQueryNotFound,
    ];

    /// The code as it is written in an answer.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::PersistedQueryNotFound => "PERSISTED_QUERY_NOT_FOUND",
            Self::BadRequest => "BAD_REQUEST",
            Self::GraphqlParseFailed => "GRAPHQL_PARSE_FAILED",
            Self::GraphqlValidationFailed => "GRAPHQL_VALIDATION_FAILED",
            Self::BadUserInput => "BAD_USER_INPUT",
            Self::BadCursor => "BAD_CURSOR",
            Self::LimitExceeded => "LIMIT_EXCEEDED",
            Self::EditionUnavailable => "EDITION_UNAVAILABLE",
            Self::Timeout => "TIMEOUT",
            Self::ServiceUnavailable => "SERVICE_UNAVAILABLE",
            Self::DatabaseUnavailable => "DATABASE_UNAVAILABLE",
            Self::RateLimited => "RATE_LIMITED",
            Self::InternalServerError => "INTERNAL_SERVER_ERROR",
        }
    }
}

/// One reason why a request is not executed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[error("{message}")]
pub struct Refusal {
    /// What kind of reason.
    pub code: ErrorCode,
    /// One sentence that says what would be right.
    pub message: String,
    /// Where in the query, when it is about a place.
    pub at: Option<Pos>,
    /// The second place, when it is about two.
    pub and_at: Option<Pos>,
}

impl Refusal {
    /// A reason without a place in the query.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), at: None, and_at: None }
    }

    /// The query is larger than a limit allows.
    pub fn limit(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::LimitExceeded, message)
    }

    /// The query does not fit the schema.
    pub fn invalid(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::GraphqlValidationFailed, message)
    }

    /// A value does not fit its type.
    pub fn input(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::BadUserInput, message)
    }

    /// The same reason, at a place in the query.
    #[must_use]
    pub fn at(mut self, at: Pos) -> Self {
        self.at = Some(at);
        self
    }

    /// The same reason, at a second place as well.
    #[must_use]
    pub fn and_at(mut self, at: Pos) -> Self {
        self.and_at = Some(at);
        self
    }
}

/// The caller's own text as a message may repeat it: without control characters, and cut after `max` characters.
pub(crate) fn clip(text: &str, max: usize) -> String {
    let mut clipped = String::with_capacity(text.len().min(max * 4));
    for (seen, character) in text.chars().enumerate() {
        if seen == max {
            clipped.push('…');
            break;
        }
        if character.is_control() {
            let _ = write!(clipped, "\\u{:04x}", u32::from(character));
        } else {
            clipped.push(character);
        }
    }
    clipped
}

/// How much of the caller's text one message repeats; the answer as a whole is cut by `Limits::max_echo_length`.
pub(crate) const ECHO: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_message_repeats_is_cut_and_has_no_control_characters() {
        assert_eq!(clip("Trefkoele+", 40), "Trefkoele+");
        assert_eq!(clip("a\0b\n", 40), "a\\u0000b\\u000a");
        assert_eq!(clip("ééééé", 3), "ééé…");
    }
}
