//! The two that answer, each in a process of its own with one thread that does so: the service, and a handler that knows what to say.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::SocketAddr,
    path::Path,
    process::{Child, ChildStdin, Command, Stdio},
    sync::atomic::{AtomicUsize, Ordering},
    time::Duration,
};

use bytes::Bytes;
use noaber::{
    app::App,
    config::Config,
    edition::Edition,
    http::{
        Service,
        server::{self, ConnectionLimits},
    },
    library::Library,
};
use poem::{Endpoint, EndpointExt, Request, Response, endpoint::make};
use tokio::net::TcpListener;

use crate::invented;

/// What processor time is told in (`USER_HZ`).
const TICK: Duration = Duration::from_millis(10);

/// A process that answers, for as long as this is held.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    process: Child,
    /// It ends when this is closed.
    held: Option<ChildStdin>,
}

impl Server {
    /// The service with so many invented places.
    pub(crate) fn service(count: usize) -> Self {
        Self::start(&["service", &count.to_string()])
    }

    /// A handler that sends what stands in `answers`, one after the other.
    pub(crate) fn bare(answers: &Path) -> Self {
        Self::start(&["bare", &answers.display().to_string()])
    }

    fn start(what: &[&str]) -> Self {
        let mut process = Command::new(std::env::current_exe().expect("this program"))
            .args(what)
            .env("TOKIO_WORKER_THREADS", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a process");
        let mut line = String::new();
        let told = process.stdout.take().expect("its output");
        BufReader::new(told).read_line(&mut line).expect("an address");
        let held = process.stdin.take().expect("its input");
        Self {
            address: line.trim().parse().unwrap_or_else(|_| panic!("no address: {line}")),
            process,
            held: Some(held),
        }
    }

    /// The processor time that the process has taken, for itself and in the kernel, whichever of its threads did.
    pub(crate) fn processor_time(&self) -> Duration {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.process.id())).expect("Linux");
        // Behind the name, which is in brackets and may hold anything: utime and stime are the 14th and 15th field.
        let (_, rest) = stat.rsplit_once(')').expect("a name");
        rest.split_ascii_whitespace().skip(11).take(2).map(|ticks| TICK * ticks.parse::<u32>().expect("a number")).sum()
    }

    /// Its number, for a profiler.
    pub(crate) fn id(&self) -> u32 {
        self.process.id()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.held = None;
        // It is gone or it goes.
        let _ = self.process.wait();
    }
}

/// Keeps answers for [`Server::bare`].
pub(crate) fn write_answers(path: &Path, answers: &[Vec<u8>]) {
    let mut file = std::io::BufWriter::new(std::fs::File::create(path).expect("a file"));
    for answer in answers {
        file.write_all(&(answer.len() as u64).to_le_bytes()).and_then(|()| file.write_all(answer)).expect("room");
    }
    file.flush().expect("room");
}

fn read_answers(path: &str) -> Vec<Bytes> {
    let mut all = Bytes::from(std::fs::read(path).expect("what was written"));
    let mut answers = Vec::new();
    while all.len() >= 8 {
        let length = u64::from_le_bytes(all.split_to(8).as_ref().try_into().expect("eight bytes"));
        answers.push(all.split_to(usize::try_from(length).expect("what was written")));
    }
    answers
}

/// Answers as it is told by `arguments`, until nobody holds it any more.
pub(crate) fn serve(arguments: &[String]) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("a free port");
    let address = listener.local_addr().expect("an address");
    let tell = || {
        let mut out = std::io::stdout();
        writeln!(out, "{address}").and_then(|()| out.flush()).expect("somebody who reads");
    };
    match arguments {
        [what, count] if what == "service" => {
            let folder = tempfile::tempdir().expect("a folder");
            let routes = runtime.block_on(routes(folder.path(), count.parse().expect("a number")));
            tell();
            runtime.block_on(server::serve(listener, routes, ConnectionLimits::default(), closed()));
        }
        [what, path] if what == "bare" => {
            let answers = read_answers(path);
            let next = AtomicUsize::new(0);
            let handler = make(move |mut request: Request| {
                let answer = answers[next.fetch_add(1, Ordering::Relaxed) % answers.len()].clone();
                async move {
                    request.take_body().into_bytes().await?;
                    Ok::<_, poem::Error>(Response::builder().content_type("application/json").body(answer))
                }
            });
            tell();
            let acceptor = poem::listener::TcpAcceptor::from_tokio(listener).expect("a listener");
            let serving = poem::Server::new_with_acceptor(acceptor).run_with_graceful_shutdown(
                handler.map_to_response(),
                closed(),
                Some(Duration::ZERO),
            );
            runtime.block_on(serving).expect("it serves");
        }
        other => panic!("{other:?}"),
    }
}

/// Resolves when the input is closed.
async fn closed() {
    let _ = tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new())).await;
}

/// All that is served, of an edition that is in no database.
async fn routes(folder: &Path, count: usize) -> impl Endpoint + 'static {
    let database = format!("sqlite://{}?mode=rwc", folder.join("noaber.db").display());
    let variables = [("NOABER_DATABASE".to_owned(), database), ("NOABER_LISTEN".to_owned(), "127.0.0.1:0".to_owned())];
    let config = Config::read(Default::default(), variables.into_iter()).expect("settings");
    let store = App::start(&config).await.expect("a service").store().clone();
    let edition = Edition::build(invented::facts(count)).unwrap_or_else(|faults| panic!("{faults}"));
    let library = Library::open(store, edition, 1).await.expect("a library");
    let (routes, _) = Service::of(library.into()).routes().expect("our own schema");
    routes
}
