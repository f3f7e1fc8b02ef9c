//! The sockets: who gets a connection, and for how long one may be silent.
//!
//! HTTP/1 only: a connection has one request at a time, so what one client can hold is bounded by the number of connections. A proxy that
//! speaks TLS speaks HTTP/2 to browsers. poem's own server has no time limit on half a request, none on an answer that nobody reads, and
//! tries again at once where there is no descriptor left; hence this one.
//!
//! - `connection`: one connection, its phases and their time limits
//! - `host`: what is wrong with the `Host` of a request
//! - `stream`: the socket, which tells what moves on it

mod connection;
mod host;
mod stream;

use std::{io, sync::Arc, time::Duration};

use poem::Endpoint;
use tokio::{
    net::TcpListener,
    sync::{Semaphore, watch},
    task::JoinSet,
};

use self::connection::Connection;

/// How long accepting waits after it failed, for a descriptor to come free.
const PAUSE: Duration = Duration::from_millis(200);

/// What one connection, and all together, may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConnectionLimits {
    /// Connections that are open at a time; who comes then waits to be let in.
    pub connections: usize,
    /// How long the head of a request may take to arrive, from its first byte, or from the beginning of the connection.
    pub head: Duration,
    /// How long a connection may be silent between two requests.
    pub idle: Duration,
    /// How long a client may take nothing of an answer that waits for it.
    pub stalled: Duration,
    /// How long running requests may take to finish after the signal to stop.
    pub grace: Duration,
}

impl Default for ConnectionLimits {
    fn default() -> Self {
        Self {
            connections: 512,
            head: Duration::from_secs(10),
            idle: Duration::from_secs(60),
            stalled: Duration::from_secs(30),
            grace: Duration::from_secs(6),
        }
    }
}

/// What all connections are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Course {
    /// Connections stay open for the next request.
    Open,
    /// Somebody waits to be let in, for the so many'th time: who has had an answer leaves.
    Crowded(u64),
    /// No further request is taken.
    Stopping,
}

/// Answers what comes to `listener` by `endpoint` until `stop` resolves; then lets running requests finish, for as long as
/// [`ConnectionLimits::grace`] allows.
pub async fn serve<E: Endpoint + 'static>(
    listener: TcpListener,
    endpoint: E,
    limits: ConnectionLimits,
    stop: impl Future<Output = ()>,
) {
    let endpoint = Arc::new(endpoint);
    let room = Arc::new(Semaphore::new(limits.connections));
    let (course, _) = watch::channel(Course::Open);
    let mut connections = JoinSet::new();
    let mut times_crowded = 0;
    let mut is_failing = false;
    tokio::pin!(stop);
    loop {
        while connections.try_join_next().is_some() {}
        let accepted = tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => accepted,
        };
        match accepted {
            Ok((socket, peer)) => {
                is_failing = false;
                let place = match room.clone().try_acquire_owned() {
                    Ok(place) => place,
                    Err(_) => {
                        if times_crowded == 0 {
                            let most = limits.connections;
                            tracing::warn!(most, "as many connections are open as may be; others wait");
                        }
                        times_crowded += 1;
                        course.send_replace(Course::Crowded(times_crowded));
                        tokio::select! {
                            () = &mut stop => break,
                            place = room.clone().acquire_owned() => match place {
                                Ok(place) => place,
                                // Nobody closes it.
                                Err(_) => break,
                            },
                        }
                    }
                };
                let connection = Connection { limits, peer, course: course.subscribe() };
                let endpoint = endpoint.clone();
                connections.spawn(async move {
                    let _place = place;
                    connection.serve(socket, endpoint).await;
                });
            }
            // It was gone before it was let in.
            Err(cause) if is_of_the_client(&cause) => {}
            Err(cause) => {
                // Told once, and not each time it is tried.
                if !std::mem::replace(&mut is_failing, true) {
                    tracing::error!(%cause, "no connection can be accepted; trying again");
                }
                tokio::select! {
                    () = &mut stop => break,
                    () = tokio::time::sleep(PAUSE) => {}
                }
            }
        }
    }
    drop(listener);
    course.send_replace(Course::Stopping);
    let finished = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(limits.grace, finished).await.is_err() {
        tracing::warn!(cut = connections.len(), "requests took longer than they may after the signal to stop");
        // Not waited for: one may be in the middle of a long step.
        connections.abort_all();
        connections.detach_all();
    }
}

/// Whether accepting failed by what one client did, and not for want of something here.
fn is_of_the_client(cause: &io::Error) -> bool {
    matches!(
        cause.kind(),
        io::ErrorKind::ConnectionAborted | io::ErrorKind::ConnectionReset | io::ErrorKind::ConnectionRefused
    )
}
