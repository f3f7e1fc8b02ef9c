//! The door: what stands between the text of a query and the resolvers, whoever asks.

use std::any::{Any, TypeId};
use std::sync::Arc;
use std::time::Duration;

use async_graphql::parser::types::{ExecutableDocument, OperationType};
use async_graphql::{Data, EmptyMutation, EmptySubscription, ObjectType, Schema};
use poem::http::Method;
use serde_json::{Map, Value as Json};

use super::plans::Plans;
use super::request::{self, HttpRefusal, Parameters};
use super::respond::{self, Outcome};
use crate::admission::{Lanes, Unfinished};
use crate::edition::Edition;
use crate::graphql::coerce::Operation;
use crate::graphql::limits::Limits;
use crate::graphql::refusal::Refusal;
use crate::graphql::schema_map::{SchemaMap, SchemaMapError};
use crate::graphql::{coerce, cost, guard, syntax, validation};
use crate::http::visit;

/// A schema behind its limits. Every operation passes here, also those of our own pages.
pub struct Door<Q: 'static> {
    schema: Schema<Q, EmptyMutation, EmptySubscription>,
    /// Shared with the running operations.
    shared: Arc<(SchemaMap, Limits)>,
    plans: Plans,
    lanes: Arc<Lanes>,
}

/// What is known of an operation before it runs.
pub(super) struct Prepared {
    pub(super) document: ExecutableDocument,
    pub(super) cost: u64,
}

/// Why an operation does not run.
pub(super) enum Stop {
    Http(HttpRefusal),
    Query(Vec<Refusal>),
}

/// Why an operation that ran has no answer.
pub(super) enum Failure {
    Timeout,
    /// Too many dear ones are asked.
    Busy,
    /// What it said.
    Panic(String),
}

impl Stop {
    fn one(refusal: Refusal) -> Self {
        Self::Query(vec![refusal])
    }
}

/// What a panic said.
pub(super) fn told(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().copied().or(panic.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("a panic that says nothing").to_owned()
}

struct AbortOnDrop(tokio::task::AbortHandle);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl<Q: ObjectType + 'static> Door<Q> {
    /// Guards `schema`, whose builder has had [`apply_builder_limits`](crate::graphql::limits::apply_builder_limits).
    ///
    /// # Errors
    /// [`SchemaMapError`] when the schema's SDL cannot be read back.
    pub fn new(schema: Schema<Q, EmptyMutation, EmptySubscription>, limits: Limits) -> Result<Self, SchemaMapError> {
        let map = SchemaMap::from_sdl(&schema.sdl())?;
        Ok(Self { schema, shared: Arc::new((map, limits)), plans: Plans::default(), lanes: Arc::default() })
    }

    /// The same, with its dear operations among the other work of a service.
    #[must_use]
    pub fn among(self, lanes: Arc<Lanes>) -> Self {
        Self { lanes, ..self }
    }

    /// What one operation may ask.
    pub(in crate::http) fn limits(&self) -> &Limits {
        &self.shared.1
    }

    /// The types of the schema.
    pub(in crate::http) fn schema_map(&self) -> &SchemaMap {
        &self.shared.0
    }

    /// Asks a query of our own, as a POST of it would. `work` carries what resolvers read.
    ///
    /// # Errors
    /// What that POST would be answered instead of data without an error, as text.
    pub async fn ask(
        &self,
        mut work: async_graphql::Request,
        query: &str,
        variables: Map<String, Json>,
    ) -> Result<Json, String> {
        let told = |refusals: &[Refusal]| -> String {
            refusals.iter().map(|refusal| refusal.message.as_str()).collect::<Vec<_>>().join(" ")
        };
        guard::check_text(query, self.limits(), |_| {}).map_err(|refusal| told(&[refusal]))?;
        let parameters =
            Parameters { query: query.into(), digest: None, operation_name: None, variables, edition: None };
        let prepared = self.prepare(&parameters, &Method::POST, &work.data);
        let Prepared { document, cost } = prepared.map_err(|stop| match stop {
            Stop::Http(refused) => told(&[refused.refusal]),
            Stop::Query(refusals) => told(&refusals),
        })?;
        work.set_parsed_query(document);
        match Box::pin(self.execute(work, cost)).await {
            Ok(Outcome::Data(body)) => {
                let mut answer: Json = serde_json::from_slice(&body).map_err(|cause| cause.to_string())?;
                Ok(answer["data"].take())
            }
            Ok(Outcome::Partial(body) | Outcome::Refused(body)) => Err(String::from_utf8_lossy(&body).into_owned()),
            Err(Failure::Timeout) => Err("it took too long".to_owned()),
            Err(Failure::Busy) => Err(Unfinished::Busy.to_string()),
            Err(Failure::Panic(_)) => Err("it ended without an answer".to_owned()),
        }
    }

    /// Everything between the text and the resolvers, which read `data`.
    pub(super) fn prepare(&self, parameters: &Parameters, method: &Method, data: &Data) -> Result<Prepared, Stop> {
        let (map, limits) = &*self.shared;
        let name = parameters.operation_name.as_deref();
        let check = || self.check(&parameters.query, name, method);
        let operation = self.plans.get_or_check(&parameters.query, name, check)?;
        let document = operation.with(map, limits, &parameters.variables).map_err(Stop::Query)?;
        let operation = coerce::select(&document, None).map_err(Stop::one)?;
        let edition =
            data.get(&TypeId::of::<Arc<Edition>>()).and_then(|edition| edition.downcast_ref::<Arc<Edition>>());
        let cost = cost::cost_in(edition.map(|edition| &**edition), map, limits, &document, &operation.node);
        if cost > limits.max_cost {
            return Err(Stop::one(Refusal::limit(format!(
                "The operation costs {cost}; at most {} is answered. Ask for fewer fields or smaller pages.",
                limits.max_cost
            ))));
        }
        Ok(Prepared { document, cost })
    }

    /// Everything about a document that is the same whatever its variables are.
    fn check(&self, text: &str, name: Option<&str>, method: &Method) -> Result<Operation, Stop> {
        let (map, limits) = &*self.shared;
        let text = syntax::readable(text).map_err(Stop::one)?;
        let document =
            async_graphql::parser::parse_query(&text).map_err(|error| Stop::one(respond::parse_refusal(&error)))?;
        guard::check_document(&document, limits).map_err(Stop::one)?;
        validation::input_object::check(&text, limits.max_errors).map_err(Stop::Query)?;
        validation::merge::check(map, limits, &document).map_err(Stop::Query)?;
        match coerce::select(&document, name).map_err(Stop::one)?.node.ty {
            OperationType::Query => {}
            OperationType::Mutation if request::is_safe(method) => {
                return Err(Stop::Http(HttpRefusal::method("POST", "A GET may only run a query.")));
            }
            OperationType::Mutation | OperationType::Subscription => {
                return Err(Stop::one(Refusal::invalid("This service has queries only.")));
            }
        }
        Operation::check(map, limits, document, name).map_err(Stop::Query)
    }

    /// Runs an operation: a cheap one in a task of its own, so that one that never waits can be given up all the same; a dear one, once it
    /// is admitted, off the threads that answer.
    pub(super) async fn execute(&self, work: async_graphql::Request, cost: u64) -> Result<Outcome, Failure> {
        let schema = self.schema.clone();
        let shared = Arc::clone(&self.shared);
        let longest = Duration::from_millis(self.limits().timeout_ms);
        let id = visit::id();
        let run = Box::pin(async move {
            let response = schema.execute(work).await;
            respond::write(&response, &shared.0, &shared.1, &id)
        });
        let ran = if cost < self.limits().dear_from {
            let task = tokio::spawn(run);
            // Also when the client has gone and this future is dropped.
            let _abort = AbortOnDrop(task.abort_handle());
            let ran = tokio::time::timeout(longest, task).await;
            ran.map_err(|_| Unfinished::TooLong).and_then(|ran| ran.map_err(Unfinished::Failed))
        } else {
            self.lanes.heavy.run_waiting(longest, run).await
        };
        ran.map_err(|unfinished| match unfinished {
            Unfinished::Busy => Failure::Busy,
            Unfinished::TooLong => Failure::Timeout,
            Unfinished::Failed(failed) => Failure::Panic(match failed.try_into_panic() {
                Ok(panic) => told(panic.as_ref()),
                Err(_) => "the operation ended without an answer".to_owned(),
            }),
        })
    }
}
