//! What many places take, in processor time and memory of the whole program: `cargo bench --bench scale -- 100000`. Linux only.
//!
//! Imports so many invented places into a database of its own, serves them, takes every download, and asks for the geometry of coverage.
//! `-- 100000 FILE` only writes the places to a file.

#![expect(clippy::print_stdout, reason = "the figures")]

mod invented;

use std::{
    fs::{self, File},
    io::{self, BufRead as _, BufReader, BufWriter, Write as _},
    net::TcpStream,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use noaber::seed;

const DOWNLOADS: [&str; 7] = [
    "/places.csv",
    "/places.csv?format=nl",
    "/places.geojson",
    "/places.fgb",
    "/places.xlsx",
    "/noaber.gpkg",
    "/map.svg",
];

const COVERAGE: &str = "{coverage(maxDistance:2000){coveredGeometry uncertainGeometry uncoveredGeometry}}";

/// What Linux tells of a process that runs.
struct Process(Child);

impl Process {
    fn start(folder: &Path, arguments: &[&str], output: Stdio) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_noaber"));
        command.args(arguments).args(["--database", "sqlite://noaber.db?mode=rwc"]).current_dir(folder);
        command.env("MIMALLOC_PURGE_DELAY", "0").stdin(Stdio::null()).stdout(output);
        Self(command.spawn().expect("the program starts"))
    }

    fn file(&self, name: &str) -> String {
        fs::read_to_string(format!("/proc/{}/{name}", self.0.id())).unwrap_or_default()
    }

    /// Processor seconds until now.
    fn spent_s(&self) -> f64 {
        let stat = self.file("stat");
        let fields = stat.rsplit_once(')').map_or("", |(_, fields)| fields).split_whitespace();
        // Hundredths of a second of user and system time: fields 14 and 15, of which the name was the second.
        fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
    }

    /// Megabytes in memory now, and at most since [`Process::forget_peak`].
    fn resident_mb(&self) -> (f64, f64) {
        let status = self.file("status");
        let of = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default();
            line.trim().trim_end_matches(" kB").parse::<f64>().unwrap_or_default() / 1024.0
        };
        (of("VmRSS:"), of("VmHWM:"))
    }

    fn forget_peak(&self) {
        // Where that is not allowed the peaks are those since the start.
        let _ = fs::write(format!("/proc/{}/clear_refs", self.0.id()), "5");
    }

    /// Runs to its end: processor seconds and the most megabytes.
    fn end(mut self) -> (f64, f64) {
        let mut last = (0.0, 0.0);
        loop {
            let (spent, most) = (self.spent_s(), self.resident_mb().1);
            last = (f64::max(last.0, spent), f64::max(last.1, most));
            if let Some(status) = self.0.try_wait().expect("our own child") {
                assert!(status.success());
                return last;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// What a line of figures is about while it is done.
fn measured(server: &Process, what: &str, work: impl FnOnce() -> u64) {
    server.forget_peak();
    let (began, before) = (Instant::now(), server.spent_s());
    let bytes = work();
    let seconds = began.elapsed().as_secs_f64();
    let spent = server.spent_s() - before;
    let (now, most) = server.resident_mb();
    let megabytes = bytes as f64 / 1e6;
    println!(
        "{what:<28} {seconds:>7.2} s {spent:>7.2} CPU s {megabytes:>8.1} MB  resident {now:>6.0} MB, at most {most:>6.0}"
    );
}

/// The length of an answer, which has to be a good one.
fn get(address: &str, path: &str) -> u64 {
    let mut socket = TcpStream::connect(address).expect("a connection");
    write!(socket, "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").expect("a request");
    let mut answer = BufReader::new(socket);
    let mut status = String::new();
    answer.read_line(&mut status).expect("an answer");
    assert!(status.contains(" 200 "), "{path}: {status}");
    io::copy(&mut answer, &mut io::sink()).expect("the rest of it")
}

fn invented_places(rows: usize, path: PathBuf) {
    let facts = seed::read().expect("the seed of this build is tested");
    let mut file = BufWriter::new(File::create(path).expect("a file"));
    invented::write(rows, &facts.settlements, &mut file).expect("room for it");
}

fn main() {
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let rows = arguments.next().map_or(10_000, |rows| rows.parse().expect("a number of places"));
    if let Some(file) = arguments.next() {
        return invented_places(rows, file.into());
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    let folder = folder.path();
    let list = format!("verzonnen-{rows}.csv");
    invented_places(rows, folder.join(&list));

    Process::start(folder, &["migrate"], Stdio::null()).end();
    Process::start(folder, &["pairs", "list"], Stdio::null()).end();
    let (spent, most) = Process::start(folder, &["ingest", "places", &list], Stdio::null()).end();
    println!("import of {rows:<18} {spent:>18.2} CPU s, at most {most:>6.0} MB");

    let began = Instant::now();
    let mut server = Process::start(folder, &["serve", "--listen", "127.0.0.1:0"], Stdio::piped());
    let output = server.0.stdout.take().expect("it was piped");
    let told = BufReader::new(output).lines().map_while(Result::ok);
    let address = told.filter_map(|line| line.strip_prefix("http://")?.split('/').next().map(str::to_owned)).next();
    let address = address.expect("the server tells its address");
    get(&address, "/health/ready");
    let (spent, (now, most)) = (server.spent_s(), server.resident_mb());
    let seconds = began.elapsed().as_secs_f64();
    println!("start {seconds:>30.2} s {spent:>7.2} CPU s              resident {now:>6.0} MB, at most {most:>6.0}");
    std::thread::sleep(Duration::from_secs(2));
    measured(&server, "at rest", || 0);
    measured(&server, "/", || get(&address, "/"));
    for path in DOWNLOADS {
        measured(&server, path, || get(&address, path));
    }
    let query: String = COVERAGE.bytes().map(|byte| format!("%{byte:02X}")).collect();
    measured(&server, "geometry of coverage", || get(&address, &format!("/graphql?query={query}")));
    std::thread::sleep(Duration::from_secs(2));
    measured(&server, "at rest again", || 0);
}
