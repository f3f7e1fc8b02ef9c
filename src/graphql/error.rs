//! Errors that reach a caller: one sentence and a code, never a cause.

use std::sync::Arc;

use async_graphql::ErrorExtensions;

use crate::{
    edition::NodeIdError,
    library::{DATABASE_AWAY, LibraryError},
    model::{CodeError, PostcodeError},
    spatial::SpatialError,
    store::StoreError,
};

/// A failed field.
///
/// It has no `Display`: async-graphql makes a public error of anything that has, and a cause is for the log.
#[derive(Clone, Debug)]
pub enum ApiError {
    /// An argument that cannot be answered; the sentence says what would be right.
    BadUserInput(String),
    /// A cursor that is damaged or belongs to another list.
    BadCursor(String),
    /// An edition that there is none of.
    EditionUnavailable(String),
    /// There is more to do than can be done at the moment.
    Busy,
    /// The database cannot be asked at the moment.
    DatabaseAway,
    /// Something of ours failed.
    Internal(Arc<anyhow::Error>),
}

impl ApiError {
    /// A failure of ours with its cause for the log.
    pub fn internal(cause: impl Into<anyhow::Error>) -> Self {
        Self::Internal(Arc::new(cause.into()))
    }
}

impl From<ApiError> for async_graphql::Error {
    fn from(error: ApiError) -> Self {
        let (text, code) = match error {
            ApiError::BadUserInput(text) => (text, "BAD_USER_INPUT"),
            ApiError::BadCursor(text) => (text, "BAD_CURSOR"),
            ApiError::EditionUnavailable(text) => (text, "EDITION_UNAVAILABLE"),
            ApiError::Busy => (LibraryError::Busy.to_string(), "SERVICE_UNAVAILABLE"),
            ApiError::DatabaseAway => (DATABASE_AWAY.to_owned(), "DATABASE_UNAVAILABLE"),
            ApiError::Internal(cause) => {
                tracing::error!(?cause, "a field failed");
                ("internal error; the cause is in the server's log".to_owned(), "INTERNAL_SERVER_ERROR")
            }
        };
        Self::new(text).extend_with(|_, extensions| extensions.set("code", code))
    }
}

impl From<LibraryError> for ApiError {
    fn from(error: LibraryError) -> Self {
        match error {
            LibraryError::Unavailable(_) | LibraryError::Pruned(_) => Self::EditionUnavailable(error.to_string()),
            LibraryError::NoId(_) => Self::BadUserInput(error.to_string()),
            LibraryError::Busy => Self::Busy,
            _ if error.is_away() => {
                tracing::warn!(cause = %error, "a field needs the database, which does not answer");
                Self::DatabaseAway
            }
            _ => Self::internal(error),
        }
    }
}

impl From<StoreError> for ApiError {
    fn from(error: StoreError) -> Self {
        LibraryError::Store(error).into()
    }
}

impl From<Arc<StoreError>> for ApiError {
    fn from(error: Arc<StoreError>) -> Self {
        if error.is_away() {
            tracing::warn!(cause = %error, "a field needs the database, which does not answer");
            return Self::DatabaseAway;
        }
        Self::internal(error)
    }
}

macro_rules! refused_input {
    ($($error:ty)*) => {$(
        impl From<$error> for ApiError {
            fn from(error: $error) -> Self {
                Self::BadUserInput(error.to_string())
            }
        }
    )*};
}
refused_input!(SpatialError CodeError NodeIdError PostcodeError);
