//! Requests over a socket against the least that any server does for them: `cargo bench --bench http`. Linux only.
//!
//! For each size and workload the service is asked, and then a bare poem handler that reads the request and sends the same bytes. The figure is the
//! processor time of the one by that of the other, so it says little of the machine; what else ran beside it hardly matters. The data is invented.
//! What the figures are for stands in BENCHMARKS.md.
//!
//! `-- --million` adds a million places, `-- --only facets` leaves out the other workloads, `-- --sizes 256,10000` takes other sizes, `-- --hold facets`
//! asks one workload until it is stopped and tells the number of the process, for a profiler.

#![expect(clippy::print_stdout, reason = "the figures")]

mod invented;
mod load;
mod questions;
mod served;

use std::time::Duration;

use self::{
    load::{Asked, Connection, ask, request},
    questions::{Questions, Workload},
    served::Server,
};

// That of the service.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const SIZES: [usize; 3] = [256, 10_000, 100_000];

/// Answers that the bare handler has in turn.
const ANSWERS: usize = 200;

/// Requests before it is measured.
const WARM_UP: usize = 500;

/// Requests of one measurement, where there is time for them.
const REQUESTS: usize = 20_000;

/// How long one measurement takes at most.
const LONGEST: Duration = Duration::from_secs(3);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.first().is_some_and(|what| what == "service" || what == "bare") {
        return served::serve(&arguments);
    }
    let given = |name: &str| arguments.iter().skip_while(|argument| *argument != name).nth(1);
    let sizes: Vec<usize> = match given("--sizes") {
        Some(sizes) => sizes.split(',').map(|size| size.parse().expect("a number of places")).collect(),
        None => {
            SIZES.into_iter().chain(arguments.iter().any(|flag| flag == "--million").then_some(1_000_000)).collect()
        }
    };
    let wanted = given("--only").or(given("--hold"));
    let workloads: Vec<Workload> = Workload::ALL
        .into_iter()
        .filter(|workload| wanted.is_none_or(|name| workload.name().starts_with(name)))
        .collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");

    println!("| places | workload | bytes | µs | bare, µs | ratio | median, µs |");
    println!("|---:|---|---:|---:|---:|---:|---:|");
    for size in sizes {
        let facts = invented::facts(size);
        let mut questions = Questions::about(&facts);
        let service = Server::service(size);
        if given("--hold").is_some() {
            eprintln!("process {}", service.id());
            loop {
                runtime.block_on(ask(service.address, requests(&mut questions, workloads[0], REQUESTS), LONGEST));
            }
        }
        for workload in &workloads {
            let measured = runtime.block_on(measure(&service, &mut questions, *workload));
            println!("| {size} | {} | {measured}", workload.name());
        }
    }
}

fn requests(questions: &mut Questions<'_>, workload: Workload, count: usize) -> Vec<Vec<u8>> {
    (0..count).map(|_| request(&questions.next(workload), workload == Workload::RepeatedGzip)).collect()
}

/// The rest of a row of the table.
async fn measure(service: &Server, questions: &mut Questions<'_>, workload: Workload) -> String {
    let mut answers = Vec::new();
    let mut connection = Connection::open(service.address).await;
    for request in requests(questions, workload, if workload.is_repeated() { 1 } else { ANSWERS }) {
        let answer = connection.ask(&request).await.to_vec();
        assert!(!answer.starts_with(b"{\"errors\""), "{}", String::from_utf8_lossy(&answer));
        answers.push(answer);
    }
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("answers");
    served::write_answers(&path, &answers);
    let bare = Server::bare(&path);

    let (ours, asked) = processor_time(service, questions, workload).await;
    let (theirs, _) = processor_time(&bare, questions, workload).await;
    let micros = |time: Duration| time.as_secs_f64() * 1e6;
    let count = asked.took.len().max(1);
    format!(
        "{} | {:.0} | {:.1} | **{:.1}** | {:.0} |",
        asked.bytes / count,
        micros(ours),
        micros(theirs),
        micros(ours) / micros(theirs),
        micros(asked.median())
    )
}

/// What one request takes.
async fn processor_time(server: &Server, questions: &mut Questions<'_>, workload: Workload) -> (Duration, Asked) {
    ask(server.address, requests(questions, workload, WARM_UP), LONGEST).await;
    let requests = requests(questions, workload, REQUESTS);
    let before = server.processor_time();
    let asked = ask(server.address, requests, LONGEST).await;
    let took = server.processor_time() - before;
    let count = u32::try_from(asked.took.len()).expect("not so many");
    (took / count.max(1), asked)
}
