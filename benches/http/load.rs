//! Those who ask: a few connections that stay open, each of which asks again as soon as it has its answer.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    task::JoinSet,
};

/// Connections at a time.
const CONNECTIONS: usize = 16;

/// What came of asking.
pub(crate) struct Asked {
    /// How long each took, in ascending order.
    pub(crate) took: Vec<Duration>,
    /// Bytes of the bodies together.
    pub(crate) bytes: usize,
}

impl Asked {
    /// Half of them took no longer.
    pub(crate) fn median(&self) -> Duration {
        self.took.get(self.took.len() / 2).copied().unwrap_or_default()
    }
}

/// Asks all of `requests`, or as many as there is time for.
pub(crate) async fn ask(address: SocketAddr, requests: Vec<Vec<u8>>, longest: Duration) -> Asked {
    let until = Instant::now() + longest;
    let mut waiting: Vec<Vec<Vec<u8>>> = (0..CONNECTIONS).map(|_| Vec::new()).collect();
    for (position, request) in requests.into_iter().enumerate() {
        waiting[position % CONNECTIONS].push(request);
    }
    let mut clients = JoinSet::new();
    for mine in waiting {
        clients.spawn(async move {
            let mut connection = Connection::open(address).await;
            let (mut took, mut bytes) = (Vec::new(), 0);
            for request in mine {
                let began = Instant::now();
                if began >= until {
                    break;
                }
                bytes += connection.ask(&request).await.len();
                took.push(began.elapsed());
            }
            (took, bytes)
        });
    }
    let mut all = Asked { took: Vec::new(), bytes: 0 };
    while let Some(client) = clients.join_next().await {
        let (took, bytes) = client.expect("a client does not panic");
        all.took.extend(took);
        all.bytes += bytes;
    }
    all.took.sort_unstable();
    all
}

/// The bytes of a request.
pub(crate) fn request(body: &str, is_gzip: bool) -> Vec<u8> {
    let encoding = if is_gzip { "accept-encoding: gzip\r\n" } else { "" };
    format!(
        "POST /graphql HTTP/1.1\r\nhost: 127.0.0.1\r\naccept: application/json\r\ncontent-type: application/json\r\n{encoding}content-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// One connection.
pub(crate) struct Connection {
    socket: TcpStream,
    read: Vec<u8>,
}

impl Connection {
    pub(crate) async fn open(address: SocketAddr) -> Self {
        let socket = TcpStream::connect(address).await.expect("it listens");
        socket.set_nodelay(true).expect("an option of the socket");
        Self { socket, read: Vec::with_capacity(256 * 1024) }
    }

    /// The body of the answer, which is one with a length and of status 200.
    pub(crate) async fn ask(&mut self, request: &[u8]) -> &[u8] {
        self.socket.write_all(request).await.expect("it reads");
        self.read.clear();
        let mut body = None;
        loop {
            let got = self.socket.read_buf(&mut self.read).await.expect("it answers");
            assert!(got > 0, "the connection was closed");
            if body.is_none() {
                body = self.head();
            }
            if let Some((start, length)) = body
                && self.read.len() >= start + length
            {
                return &self.read[start..start + length];
            }
        }
    }

    /// Where the body begins and how long it is, once the head is there.
    fn head(&self) -> Option<(usize, usize)> {
        let start = self.read.windows(4).position(|bytes| bytes == b"\r\n\r\n")? + 4;
        let head = String::from_utf8_lossy(&self.read[..start]).to_ascii_lowercase();
        assert!(head.starts_with("http/1.1 200"), "{head}");
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
        Some((start, length.and_then(|digits| digits.parse().ok()).expect("a length")))
    }
}
