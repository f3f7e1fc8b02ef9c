//! Refusals outside GraphQL, as problem details (RFC 9457); `pages/missing` makes a page of one for who reads it in a browser.

use poem::{IntoResponse, Response, http::StatusCode};
use serde_json::json;

use super::pages::language::Language;
use crate::{
    admission::Unfinished,
    library::{DATABASE_AWAY, LibraryError},
    model::excerpt,
    store::StoreError,
};

/// Why a request outside `/graphql` is not answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The status.
    pub status: StatusCode,
    /// One sentence that says what would be right.
    pub detail: String,
    /// The same in Dutch, for pages; none: nobody meets it on a page.
    dutch: Option<String>,
    /// What programs know it by, where the status does not say it all.
    code: Option<&'static str>,
}

impl Problem {
    /// A request that is not answered.
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        Self { status, detail: detail.into(), dutch: None, code: None }
    }

    /// A parameter that cannot be answered.
    pub fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail)
    }

    /// Something of ours failed; the cause goes to the log only.
    pub fn internal(cause: impl std::fmt::Display) -> Self {
        tracing::error!(%cause, "a request failed");
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal error; the cause is in the server's log")
            .in_dutch("er ging hier iets mis; de oorzaak staat in het logboek van de server")
    }

    /// There is more to do than can be done at the moment.
    pub fn busy() -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, Unfinished::Busy.to_string())
            .in_dutch("de server heeft het nu te druk; probeer het over enkele seconden opnieuw")
    }

    /// The database cannot be asked; the cause goes to the log only.
    pub fn database_away(cause: &dyn std::fmt::Display) -> Self {
        tracing::warn!(%cause, "a request needs the database, which does not answer");
        Self::new(StatusCode::SERVICE_UNAVAILABLE, DATABASE_AWAY)
            .in_dutch(
                "hiervoor is de database nodig, en die antwoordt nu niet; probeer het over enkele seconden opnieuw",
            )
            .coded("DATABASE_UNAVAILABLE")
    }

    /// The client has taken what it may in a minute.
    pub fn rate_limited() -> Self {
        let detail = "this address has taken what it may in a minute; ask again after the seconds in `Retry-After`";
        Self::new(StatusCode::TOO_MANY_REQUESTS, detail)
            .in_dutch("dit adres heeft voor deze minuut genoeg gevraagd; probeer het zo meteen opnieuw")
    }

    /// With the sentence for a page in Dutch.
    #[must_use]
    pub fn in_dutch(self, dutch: impl Into<String>) -> Self {
        Self { dutch: Some(dutch.into()), ..self }
    }

    /// With what programs know it by.
    #[must_use]
    fn coded(self, code: &'static str) -> Self {
        Self { code: Some(code), ..self }
    }

    /// The sentence for a page, without its full stop.
    pub(super) fn sentence(&self, language: Language) -> &str {
        match language {
            Language::Nl => self.dutch.as_deref().unwrap_or(&self.detail),
            Language::En => &self.detail,
        }
    }
}

impl From<LibraryError> for Problem {
    fn from(error: LibraryError) -> Self {
        match &error {
            LibraryError::Unavailable(id) => Self::new(StatusCode::NOT_FOUND, error.to_string())
                .in_dutch(format!("er is geen editie `{}`; zonder `edition` komt de nieuwste", excerpt(id))),
            LibraryError::Pruned(edition) => Self::new(StatusCode::NOT_FOUND, error.to_string()).in_dutch(format!(
                "editie `{}` van {} wordt sinds {} niet meer bewaard; de eerstvolgende die er nog is, is `{}`",
                edition.id,
                Language::Nl.date(edition.published_at.date_naive()),
                Language::Nl.date(edition.pruned_at.date_naive()),
                edition.next
            )),
            LibraryError::NoId(text) => Self::bad_request(error.to_string()).in_dutch(format!(
                "`{}` is niet de naam van een editie; die ziet eruit als `2026-11-30-2f7330b9f63e`, en zonder `edition` komt de nieuwste",
                excerpt(text)
            )),
            LibraryError::Busy => Self::busy(),
            _ if error.is_away() => Self::database_away(&error),
            _ => Self::internal(error),
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        if error.is_away() { Self::database_away(&error) } else { Self::internal(error) }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let title = self.status.canonical_reason().unwrap_or("error");
        let mut body = json!({ "status": self.status.as_u16(), "title": title, "detail": self.detail });
        if let Some(code) = self.code {
            body["code"] = json!(code);
        }
        Response::builder()
            .status(self.status)
            .content_type("application/problem+json")
            .header("cache-control", "no-store")
            .body(body.to_string())
    }
}

/// Remembers what it was made of, for who would rather have a page.
impl From<Problem> for poem::Error {
    fn from(problem: Problem) -> Self {
        let mut error = Self::from_response(problem.clone().into_response());
        error.set_data(problem);
        error
    }
}
