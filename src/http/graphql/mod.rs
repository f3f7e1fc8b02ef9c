//! GraphQL over HTTP, from the socket to the schema and back.
//!
//! The order of the checks is that of their price: method, URI, media types, size, JSON; then the raw text of the query,
//! the parsed document, its values, its cost; then async-graphql's validation and the resolvers. What passes has a
//! bounded cost; what fails is told in JSON with a code from [`ErrorCode`].
//!
//! The stock endpoint of async-graphql is not used: it reads `text/plain`, executes any method, ignores
//! `operationName` on GET and answers refused queries with 200 and `data: null`.

mod door;
mod key;
mod negotiate;
mod persisted;
mod plans;
mod request;
mod respond;
#[cfg(test)]
mod tests;

use std::panic::AssertUnwindSafe;
use std::sync::Arc;

use async_graphql::{EmptyMutation, EmptySubscription, ObjectType, Schema};
use chrono::{DateTime, Utc};
use futures_util::FutureExt;
use poem::http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue, VARY, X_CONTENT_TYPE_OPTIONS,
};
use poem::http::{HeaderMap, Method, StatusCode};
use poem::{Endpoint, Request, Response};

use crate::admission::Unfinished;
use crate::graphql::guard;
use crate::graphql::limits::Limits;
use crate::graphql::moment::Moment;
use crate::graphql::refusal::{ErrorCode, Refusal};
use crate::graphql::schema_map::SchemaMapError;
use crate::http::cors;
use crate::http::kept::{Kept, Weighed};
use crate::http::pages::words::capitalised;
use crate::http::problem::Problem;
use crate::http::representation::{CACHE_FOR, CACHE_NAMED_FOR, Representation};
use crate::http::visit;
pub use door::Door;
use door::{Failure, Prepared, Stop, told};
use key::KeyBuilder;
use negotiate::{MediaType, VARIES};
use persisted::Persisted;
use request::HttpRefusal;
use respond::Outcome;

/// Seconds for which an answer that depends on the moment may be repeated at most, as any other.
const MOMENT_FOR: i64 = 60;

/// What a request reads: chosen once, at its beginning, and the same until its end.
pub trait Pin: Send + Sync + 'static {
    /// Attaches what resolvers read to `request`, of the edition that the address names if it does, and returns the name
    /// of its state: two requests that get the same name and ask the same get the same answer, for as long as the process
    /// lives. Or says why there is nothing to read.
    fn pin(
        &self,
        edition: Option<&str>,
        request: &mut async_graphql::Request,
    ) -> impl Future<Output = Result<String, Refusal>> + Send;
}

/// A function has one edition, which has no name.
impl<F: Fn(&mut async_graphql::Request) -> String + Send + Sync + 'static> Pin for F {
    async fn pin(&self, edition: Option<&str>, request: &mut async_graphql::Request) -> Result<String, Refusal> {
        match edition {
            None => Ok(self(request)),
            Some(id) => Err(Refusal::new(
                ErrorCode::EditionUnavailable,
                format!("There is no edition `{}`.", crate::model::excerpt(id)),
            )),
        }
    }
}

/// The endpoint `/graphql` over a schema of queries.
///
/// # Example
/// ```
/// use async_graphql::{EmptyMutation, EmptySubscription, Object, Schema};
/// use noaber::graphql::limits::{Limits, apply_builder_limits};
/// use noaber::http::graphql::GraphqlEndpoint;
///
/// struct Query;
/// #[Object]
/// impl Query {
///     async fn answer(&self) -> i32 {
///         42
///     }
/// }
/// let limits = Limits::default();
/// let schema = Schema::build(Query, EmptyMutation, EmptySubscription);
/// let schema = apply_builder_limits(schema, &limits).finish();
/// let endpoint = GraphqlEndpoint::new(schema, limits, |request: &mut async_graphql::Request| {
///     request.data.insert("what resolvers read".to_owned());
///     "2025-11-24-0f3a".to_owned()
/// })?;
/// let app = poem::Route::new().at("/graphql", endpoint);
/// # Ok::<(), noaber::graphql::schema_map::SchemaMapError>(())
/// ```
pub struct GraphqlEndpoint<Q: 'static, P> {
    door: Arc<Door<Q>>,
    pin: P,
    answers: Kept<Answer>,
    persisted: Persisted,
    clock: fn() -> DateTime<Utc>,
}

/// An answer that is kept.
struct Answer {
    representation: Representation,
    /// Until when it holds, where it depends on the moment.
    until: Option<DateTime<Utc>>,
}

impl Weighed for Answer {
    fn weight(&self) -> usize {
        self.representation.weight() + size_of::<Self>()
    }
}

impl Answer {
    fn holds_at(&self, now: DateTime<Utc>) -> bool {
        self.until.is_none_or(|until| now < until)
    }
}

impl<Q: ObjectType + 'static, P: Pin> GraphqlEndpoint<Q, P> {
    /// Serves `schema`, whose builder has had [`apply_builder_limits`](crate::graphql::limits::apply_builder_limits).
    ///
    /// # Errors
    /// [`SchemaMapError`] when the schema's SDL cannot be read back.
    pub fn new(
        schema: Schema<Q, EmptyMutation, EmptySubscription>,
        limits: Limits,
        pin: P,
    ) -> Result<Self, SchemaMapError> {
        Ok(Self::behind(Arc::new(Door::new(schema, limits)?), pin))
    }

    /// Serves the schema behind `door`.
    pub fn behind(door: Arc<Door<Q>>, pin: P) -> Self {
        let answers = Kept::new(door.limits().max_cache_bytes);
        Self { door, pin, answers, persisted: Persisted::default(), clock: Utc::now }
    }

    /// Tells the time by another clock.
    #[cfg(test)]
    fn with_clock(self, clock: fn() -> DateTime<Utc>) -> Self {
        Self { clock, ..self }
    }

    fn limits(&self) -> &Limits {
        self.door.limits()
    }

    /// Answers one request. Nothing in here may reach poem as an error: its answer would be plain text.
    async fn answer(&self, request: &mut Request) -> Response {
        if request.method() == Method::OPTIONS {
            return cors::preflight(request::ALLOW);
        }
        let Some(media) = negotiate::media_type(request.headers()) else {
            let message = "Answers are `application/graphql-response+json` or `application/json`.";
            let refusal = HttpRefusal::new(StatusCode::NOT_ACCEPTABLE, ErrorCode::BadRequest, message);
            return self.refuse_http(&refusal, MediaType::Json);
        };
        let parameters = match request::read(request, self.limits(), &self.persisted).await {
            Ok(parameters) => parameters,
            // What clients look for is an answer of GraphQL.
            Err(refused) if refused.refusal.code == ErrorCode::PersistedQueryNotFound => {
                return self.refuse(&[refused.refusal], media);
            }
            Err(refusal) => return self.refuse_http(&refusal, media),
        };
        let mut work = async_graphql::Request::new(String::new());
        let mut key = KeyBuilder::new();
        if let Err(refusal) = guard::check_text(&parameters.query, self.limits(), |token| key.token(token)) {
            return self.refuse(&[refusal], media);
        }
        // After the cheap check, since an old edition may have to be built.
        let edition = match self.pin.pin(parameters.edition.as_deref(), &mut work).await {
            Ok(edition) => edition,
            Err(refusal) => return self.refuse(&[refusal], media),
        };
        let kept_for = if parameters.edition.is_some() { CACHE_NAMED_FOR } else { CACHE_FOR };
        let key = key.finish(&edition, parameters.operation_name.as_deref(), &parameters.variables);
        let now = (self.clock)();
        if let Some(answer) = self.answers.get(&key).await {
            if answer.holds_at(now) {
                self.persisted.keep(parameters.digest, &parameters.query);
                return send(request, &answer, media, kept_for, now).await;
            }
            self.answers.forget(&key).await;
        }
        let Prepared { document, cost } = match self.door.prepare(&parameters, request.method(), &work.data) {
            Ok(prepared) => prepared,
            Err(Stop::Http(refusal)) => return self.refuse_http(&refusal, media),
            Err(Stop::Query(refusals)) => return self.refuse(&refusals, media),
        };
        visit::runs(parameters.operation_name.as_deref());
        if visit::charge(cost).is_err() {
            let problem = Problem::rate_limited();
            return refused(request.headers(), &problem, ErrorCode::RateLimited);
        }
        work.set_parsed_query(document);
        let moment = Moment::new(now);
        work.data.insert(Arc::clone(&moment));
        let make = async {
            match self.door.execute(work, cost).await {
                Ok(Outcome::Data(body)) => {
                    Ok(Answer { representation: Representation::new(body), until: moment.holds_until() })
                }
                Ok(other) => Err(Ok(other)),
                Err(failure) => Err(Err(failure)),
            }
        };
        let unkept = match self.answers.get_or_make(key, Box::pin(make)).await {
            Ok(answer) => {
                self.persisted.keep(parameters.digest, &parameters.query);
                return send(request, &answer, media, kept_for, now).await;
            }
            Err(unkept) => unkept,
        };
        match &*unkept {
            Ok(Outcome::Data(body) | Outcome::Partial(body)) => plain(StatusCode::OK, media, body.clone()),
            Ok(Outcome::Refused(body)) => {
                plain(respond::refused_status(ErrorCode::GraphqlValidationFailed, media), media, body.clone())
            }
            Err(Failure::Panic(cause)) => internal_error(cause, media, self.limits()),
            Err(Failure::Timeout) => {
                let message =
                    format!("The operation took longer than {} ms and was given up.", self.limits().timeout_ms);
                self.refuse(&[Refusal::new(ErrorCode::Timeout, message)], media)
            }
            Err(Failure::Busy) => {
                let message = format!("{}.", capitalised(&Unfinished::Busy.to_string()));
                self.refuse(&[Refusal::new(ErrorCode::ServiceUnavailable, message)], media)
            }
        }
    }

    fn refuse(&self, refusals: &[Refusal], media: MediaType) -> Response {
        let code = refusals.first().map_or(ErrorCode::BadRequest, |refusal| refusal.code);
        plain(respond::refused_status(code, media), media, respond::write_refusals(refusals, self.limits(), None))
    }

    fn refuse_http(&self, refused: &HttpRefusal, media: MediaType) -> Response {
        let body = respond::write_refusals(std::slice::from_ref(&refused.refusal), self.limits(), None);
        let mut response = plain(refused.status, media, body);
        if let Some(allow) = refused.allow {
            response.headers_mut().insert(ALLOW, HeaderValue::from_static(allow));
        }
        response
    }
}

impl<Q: ObjectType + 'static, P: Pin> Endpoint for GraphqlEndpoint<Q, P> {
    type Output = Response;

    async fn call(&self, mut request: Request) -> poem::Result<Response> {
        let answered = AssertUnwindSafe(self.answer(&mut request)).catch_unwind().await;
        // A panic outside the resolvers: the connection lives on all the same.
        Ok(answered.unwrap_or_else(|panic| internal_error(&told(panic.as_ref()), MediaType::Json, self.limits())))
    }
}

/// A problem that stops a request before it is read, told as GraphQL tells errors.
pub(super) fn refused(headers: &HeaderMap, problem: &Problem, code: ErrorCode) -> Response {
    let media = negotiate::media_type(headers).unwrap_or(MediaType::Json);
    let refusal = Refusal::new(code, format!("{}.", capitalised(&problem.detail)));
    plain(problem.status, media, respond::write_refusals(&[refusal], &Limits::default(), None))
}

/// Sends an answer in the encoding and under the conditions of the request.
async fn send(
    request: &Request,
    answer: &Answer,
    media: MediaType,
    kept_for: &'static str,
    now: DateTime<Utc>,
) -> Response {
    let Answer { representation, until } = answer;
    let mut response = if request::is_safe(request.method()) {
        representation.answer(request.headers(), &media.about(), kept_for).await
    } else {
        representation.whole(request.headers(), &media.about()).await
    };
    if let Some(until) = until
        && let Some(kept_for) = response.headers_mut().get_mut(CACHE_CONTROL)
    {
        // An answer of a named edition as well: the edition stays, the moment does not.
        let seconds = (*until - now).num_seconds().clamp(0, MOMENT_FOR);
        *kept_for = HeaderValue::from_str(&format!("public, max-age={seconds}"))
            .unwrap_or(HeaderValue::from_static("no-cache"));
    }
    open(response.headers_mut());
    response
}

/// What every answer of the endpoint has, whatever it says. Open data: any page may read it, and no answer depends on who asks.
fn open(headers: &mut HeaderMap) {
    headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(VARY, HeaderValue::from_static(VARIES));
    cors::open(headers);
}

/// An answer that nobody keeps.
fn plain(status: StatusCode, media: MediaType, body: Vec<u8>) -> Response {
    let mut response = Response::default();
    response.set_status(status);
    let headers = response.headers_mut();
    open(headers);
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media.header()));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(CONTENT_LENGTH, HeaderValue::from(body.len()));
    response.set_body(body);
    response
}

/// A fault of ours: the cause goes to the log, the caller gets the id to find it by.
fn internal_error(cause: &str, media: MediaType, limits: &Limits) -> Response {
    let id = visit::id();
    tracing::error!(request_id = id, cause, "a request panicked");
    let refusal = Refusal::new(ErrorCode::InternalServerError, "internal error");
    plain(StatusCode::INTERNAL_SERVER_ERROR, media, respond::write_refusals(&[refusal], limits, Some(&id)))
}
