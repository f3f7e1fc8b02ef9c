//! A real service for a test: real database, real migrations, real seed, real server on a free port. One that only reads
//! shares it with the others of its process; one that changes anything, or counts what happens, has its own.

use std::{
    sync::{Arc, Weak},
    thread,
    time::{Duration, Instant},
};

use noaber::{
    admission::Memory,
    app::App,
    config::Config,
    edition::Edition,
    http::server::ConnectionLimits,
    ingest::outcome::Outcome,
    library::Library,
    model::Books,
    store::{self, Store},
};
use reqwest::{Client, Response, StatusCode};
use sea_orm::ConnectionTrait;
use serde_json::{Value, json};
use tokio::{
    runtime::Runtime,
    sync::{Mutex, oneshot},
};

use crate::database::{TestDatabase, run};

/// A running service, and a client of it.
pub(crate) struct TestApp {
    /// Where it listens, without a slash at the end.
    pub(crate) url: String,
    /// Where its figures are.
    pub(crate) metrics: Option<std::net::SocketAddr>,
    /// A client that follows no redirects and decompresses nothing. Each test has its own: connections end with the runtime
    /// of the test that opened them.
    pub(crate) client: Client,
    service: Arc<Service>,
}

/// What runs, until the last test that uses it ends.
struct Service {
    url: String,
    metrics: Option<std::net::SocketAddr>,
    store: Store,
    library: Arc<Library>,
    database: Arc<TestDatabase>,
    _stop: oneshot::Sender<()>,
    /// Where it runs, unless that is the runtime of its test.
    runtime: Option<Runtime>,
}

/// Mail to the operator goes here.
pub(crate) const CONTACT: &str = "data@noaber.example";

fn config(database: &TestDatabase) -> Config {
    Config {
        listen: ([127, 0, 0, 1], 0).into(),
        database: database.url.parse().expect("an address"),
        log: "warn".to_owned(),
        pdok: String::new(),
        contact: Some(CONTACT.to_owned()),
        publisher: Some("Gemeente Voorbeeld".to_owned()),
        publisher_url: Some("https://www.noaber.example/".to_owned()),
        memory: Memory::default(),
        rate_limit: None,
        trusted_proxies: Vec::new(),
        metrics: None,
        access: noaber::store::Access::default(),
        trust_clock: false,
    }
}

impl Service {
    async fn on(database: Arc<TestDatabase>) -> Self {
        let app = App::start(&config(&database)).await.unwrap();
        assert!(!app.seeded, "it finds its data");
        Self::serve(app, database).await
    }

    async fn serve(app: App, database: Arc<TestDatabase>) -> Self {
        Self::serve_looking_every(Duration::from_millis(50), app, database).await
    }

    async fn serve_looking_every(poll: Duration, mut app: App, database: Arc<TestDatabase>) -> Self {
        app.poll = poll;
        // Before anybody counts statements.
        app.compared().await;
        let metrics = app.metrics_address;
        let (url, store, library) = (format!("http://{}", app.address), app.store().clone(), app.library.clone());
        let (stop, stopped) = oneshot::channel::<()>();
        tokio::spawn(app.serve(async move {
            // An error means that the sender was dropped, which is how a test ends.
            let _ = stopped.await;
        }));
        Self { url, metrics, store, library, database, _stop: stop, runtime: None }
    }

    /// On a runtime of its own, which outlives that of the test that happens to start it.
    async fn apart() -> Self {
        let (tell, told) = oneshot::channel();
        // A runtime cannot be started within another.
        thread::spawn(move || {
            let runtime =
                tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime can be made");
            let mut service = runtime.block_on(async { Self::on(Arc::new(TestDatabase::filled().await)).await });
            service.runtime = Some(runtime);
            // Where nobody waits any more, its test has failed.
            drop(tell.send(service));
        });
        told.await.expect("the service starts")
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // A runtime cannot be waited for within another.
        if let Some(runtime) = self.runtime.take() {
            runtime.shutdown_background();
        }
    }
}

impl TestApp {
    /// The service on the seed, for a test that only reads: all that run at the same time use one.
    pub(crate) async fn shared() -> Self {
        static SHARED: Mutex<Weak<Service>> = Mutex::const_new(Weak::new());
        let mut shared = SHARED.lock().await;
        let running = match shared.upgrade() {
            Some(running) => running,
            None => {
                let started = Arc::new(Service::apart().await);
                *shared = Arc::downgrade(&started);
                started
            }
        };
        Self::of(running)
    }

    /// Starts a service of its own on the seed.
    pub(crate) async fn start() -> Self {
        Self::start_changed(&[]).await
    }

    /// Starts the service on the seed after some statements, for facts that the seed does not have.
    pub(crate) async fn start_changed(changes: &[String]) -> Self {
        let database = TestDatabase::filled().await;
        if !changes.is_empty() {
            run(&database.url, changes).await;
            let store = Store::open(&database.url).await.unwrap();
            noaber::library::record(&store, Some("a test"))
                .await
                .unwrap_or_else(|cause| panic!("{changes:?}: {cause}"));
            store.close().await;
        }
        Self::of(Arc::new(Service::on(Arc::new(database)).await))
    }

    /// Starts the service on the seed, with limits of its own for connections.
    pub(crate) async fn start_with_connections(limits: ConnectionLimits) -> Self {
        let database = Arc::new(TestDatabase::filled().await);
        let mut app = App::start(&config(&database)).await.unwrap();
        app.connections = limits;
        Self::of(Arc::new(Service::serve(app, database).await))
    }

    /// Starts the service on the seed, with other settings.
    pub(crate) async fn start_configured(change: impl FnOnce(&mut Config)) -> Self {
        let database = Arc::new(TestDatabase::filled().await);
        let mut config = config(&database);
        change(&mut config);
        let app = App::start(&config).await.unwrap();
        Self::of(Arc::new(Service::serve(app, database).await))
    }

    /// Starts the service on the seed, which looks for something new that often, or when it hears of it.
    pub(crate) async fn start_looking_every(poll: Duration) -> Self {
        let database = Arc::new(TestDatabase::filled().await);
        let app = App::start(&config(&database)).await.unwrap();
        Self::of(Arc::new(Service::serve_looking_every(poll, app, database).await))
    }

    /// Another service on the database of this one.
    pub(crate) async fn beside(&self) -> Self {
        Self::of(Arc::new(Service::on(self.service.database.clone()).await))
    }

    fn of(service: Arc<Service>) -> Self {
        Self { url: service.url.clone(), metrics: service.metrics, client: Client::new(), service }
    }

    /// Changes the facts and records the new edition in one transaction, as an import does; its id. It is not checked, so
    /// that it can be one that cannot be served.
    pub(crate) async fn record(&self, changes: &[&str]) -> String {
        let transaction = self.service.store.begin_change().await.unwrap();
        for statement in changes {
            transaction.execute_unprepared(statement).await.unwrap_or_else(|cause| panic!("{statement}: {cause}"));
        }
        let facts = store::load(&*transaction).await.unwrap();
        let id = Edition::id_of(&facts).unwrap();
        store::record(&*transaction, &id, Some("a test"), &facts).await.unwrap();
        transaction.commit().await.unwrap();
        id
    }

    /// Takes an import into the books, as the command does; the id of the edition that it makes.
    pub(crate) async fn import(&self, import: impl Fn(&Books) -> Outcome) -> String {
        let mut id = None;
        let revised = self.service.store.revise("a test", |books| {
            let books = import(books).books;
            let edition = Edition::build(books.facts.clone()).unwrap().id;
            id = Some(edition.clone());
            Some((books, edition))
        });
        revised.await.unwrap();
        id.unwrap()
    }

    /// The same as [`Self::record`], and waits until it is served.
    pub(crate) async fn publish(&self, changes: &[&str]) -> String {
        let id = self.record(changes).await;
        self.until("the new edition is served", |library| library.served().id == id).await;
        id
    }

    /// Waits until something holds of what is served.
    pub(crate) async fn until(&self, what: &str, holds: impl Fn(&Library) -> bool) {
        let began = Instant::now();
        while !holds(&self.service.library) {
            assert!(began.elapsed() < Duration::from_secs(60), "{what} does not become so");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// Its database.
    pub(crate) fn database(&self) -> &TestDatabase {
        &self.service.database
    }

    /// What is served, behind the routes.
    pub(crate) fn library(&self) -> &Library {
        &self.service.library
    }

    /// The id of the edition that is served.
    pub(crate) fn edition(&self) -> String {
        self.service.library.served().id.clone()
    }

    /// Status and body of the answer to a GET.
    pub(crate) async fn body(&self, path: &str) -> (u16, String) {
        let response = self.get(path).await;
        (response.status().as_u16(), response.text().await.unwrap())
    }

    /// The pages of a list, by the link from each to the next.
    pub(crate) async fn pages(&self, path: &str) -> Vec<String> {
        let home = path.split('?').next().unwrap();
        let mut pages = vec![self.body(path).await.1];
        while let Some((before, _)) = pages.last().unwrap().split_once("\" rel=\"next\"") {
            let query = before.rsplit_once("href=\"").unwrap().1.strip_prefix(home).unwrap().replace("&#38;", "&");
            let (query, _) = query.split_once('#').unwrap();
            pages.push(self.body(&format!("{home}{query}")).await.1);
        }
        pages
    }

    /// How many SQL statements the service has run.
    pub(crate) fn statements(&self) -> u64 {
        self.service.store.statements()
    }

    /// The answer to a GET.
    pub(crate) async fn get(&self, path: &str) -> Response {
        self.client.get(format!("{}{path}", self.url)).send().await.unwrap()
    }

    /// Status and body of the answer to a query.
    pub(crate) async fn response(&self, query: &str, variables: Value) -> (StatusCode, Value) {
        let body = json!({ "query": query, "variables": variables }).to_string();
        let request = self.client.post(format!("{}/graphql", self.url)).body(body);
        let request = request.header("content-type", "application/json");
        let response = request.header("accept", "application/graphql-response+json").send().await.unwrap();
        (response.status(), response.json().await.unwrap())
    }

    /// The data that answers a query.
    ///
    /// # Panics
    /// With the errors, when there are any.
    pub(crate) async fn graphql(&self, query: &str, variables: Value) -> Value {
        let (status, mut body) = self.response(query, variables).await;
        assert!(body.get("errors").is_none() && status == StatusCode::OK, "{query}\n{status} {body:#}");
        body["data"].take()
    }

    /// The code and the text of the one error that answers a query, as `CODE: text`.
    ///
    /// # Panics
    /// When there is no error, or more than one.
    pub(crate) async fn refusal(&self, query: &str, variables: Value) -> String {
        let (_, body) = self.response(query, variables).await;
        let errors = body["errors"].as_array().unwrap_or_else(|| panic!("{query} is answered: {body:#}"));
        assert_eq!(errors.len(), 1, "{query}\n{body:#}");
        let (code, text) = (&errors[0]["extensions"]["code"], &errors[0]["message"]);
        format!("{}: {}", code.as_str().expect("an error has a code"), text.as_str().expect("an error has a text"))
    }

    /// All nodes of a connection at the root, page by page.
    pub(crate) async fn all(&self, field: &str, selection: &str) -> Vec<Value> {
        let query = format!(
            "query ($after: String) {{ {field}(first: 100, after: $after) {{ nodes {{ {selection} }} \
             pageInfo {{ hasNextPage endCursor }} }} }}"
        );
        self.walk(&query, json!({}), field).await
    }

    /// `id` and `location` of every place, the closed one too.
    pub(crate) async fn located(&self) -> Vec<Value> {
        let query = "query ($after: String) {
            places(filter: { status: [OPEN, PLANNED, CLOSED] }, includeUnknown: true, first: 100, after: $after) {
                nodes { id name location { lon lat rd { x y } } }
                pageInfo { hasNextPage endCursor }
            }
        }";
        self.walk(query, json!({}), "places").await
    }

    /// The ids of the places that answer a filter, ascending.
    pub(crate) async fn places(&self, filter: &Value, include_unknown: bool) -> Vec<String> {
        let query = "query ($after: String, $filter: PlaceFilter, $unknown: Boolean) {
            places(filter: $filter, includeUnknown: $unknown, first: 100, after: $after) {
                nodes { id }
                totalCount
                pageInfo { hasNextPage endCursor }
            }
        }";
        let nodes = self.walk(query, json!({ "filter": filter, "unknown": include_unknown }), "places").await;
        let mut ids: Vec<String> = nodes.iter().map(|node| node["id"].as_str().unwrap().to_owned()).collect();
        ids.sort_unstable();
        ids
    }

    /// All nodes that a query with `$after` gives, page by page; looks at `totalCount` where it is asked.
    pub(crate) async fn walk(&self, query: &str, mut variables: Value, field: &str) -> Vec<Value> {
        let mut nodes = Vec::new();
        loop {
            let mut data = self.graphql(query, variables.clone()).await;
            let Value::Array(page) = data[field]["nodes"].take() else { panic!("no nodes: {data:#}") };
            nodes.extend(page);
            let info = &data[field]["pageInfo"];
            if info["hasNextPage"] == false {
                if let Some(total) = data[field]["totalCount"].as_u64() {
                    assert_eq!(nodes.len() as u64, total, "totalCount of {variables}");
                }
                return nodes;
            }
            variables["after"] = info["endCursor"].clone();
        }
    }

    /// Runs the program on the database of this service.
    pub(crate) fn run(&self, arguments: &[&str]) {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_noaber"));
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("NOABER_")) {
            command.env_remove(name);
        }
        let said = command.args(arguments).env("NOABER_DATABASE", &self.service.database.url).output().unwrap();
        assert!(said.status.success(), "{arguments:?}: {said:?}");
    }

    /// Takes the database away from under the running service.
    pub(crate) async fn lose_database(&self) {
        if !self.service.database.lose().await {
            self.service.store.clone().close().await;
        }
    }
}
