//! One connection, from its first byte to its end.

use std::{
    convert::Infallible,
    net::SocketAddr,
    panic::AssertUnwindSafe,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use futures_util::FutureExt;
use hyper::{
    body::{Body, Frame, Incoming, SizeHint},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use poem::{
    Endpoint, IntoResponse, Request, Response,
    http::uri::Scheme,
    web::{LocalAddr, RemoteAddr},
};
use tokio::{net::TcpStream, sync::watch, time::MissedTickBehavior};

use super::{
    ConnectionLimits, Course, host,
    stream::{Progress, Stream},
};
use crate::http::problem::Problem;

/// Bytes of the head of a request, and of what is written at a time. An address has at most 8 KB.
const BUFFER: usize = 64 * 1024;

/// One connection.
pub(super) struct Connection {
    pub(super) limits: ConnectionLimits,
    pub(super) peer: SocketAddr,
    pub(super) course: watch::Receiver<Course>,
}

impl Connection {
    /// Answers what comes by `socket`, until the client has enough of it, or has had enough time.
    pub(super) async fn serve<E: Endpoint>(mut self, socket: TcpStream, endpoint: Arc<E>) {
        let limits = self.limits;
        let progress = Progress::new();
        // What fails here fails again, and is then told, when something is sent.
        let _ = socket.set_nodelay(true);
        let peer = RemoteAddr(self.peer.into());
        let here = LocalAddr(socket.local_addr().map(Into::into).unwrap_or_default());
        let service = service_fn(|request: hyper::Request<Incoming>| {
            progress.answers();
            let answering = Answering(progress.clone());
            let fault = host::fault(request.version(), request.headers());
            let mut request: Request = (request, here.clone(), peer.clone(), Scheme::HTTP).into();
            if let Some(problem) = fault {
                // The routes tell it, which know what an answer looks like where.
                request.extensions_mut().insert(problem);
            }
            let endpoint = endpoint.clone();
            async move {
                let response: hyper::Response<_> = Box::pin(answer(&*endpoint, request)).await.into();
                Ok::<_, Infallible>(response.map(|content| Tracked { content, _answering: answering }))
            }
        });
        let stream = TokioIo::new(Stream { socket, progress: progress.clone() });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            // Ours tells half a head from a connection that waits for the next request.
            .header_read_timeout(None)
            .max_buf_size(BUFFER)
            .serve_connection(stream, service);
        tokio::pin!(connection);
        let shortest = limits.head.min(limits.idle).min(limits.stalled);
        let mut look = tokio::time::interval(shortest / 4);
        look.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut must_leave = false;
        loop {
            // Not before it has been answered: it may have just come.
            if must_leave && !progress.waits_for_a_head() {
                connection.as_mut().graceful_shutdown();
            }
            tokio::select! {
                // It has ended, well or not: there is nobody left to tell.
                _ = connection.as_mut() => return,
                _ = look.tick() => {
                    if progress.is_overdue(&limits) {
                        return;
                    }
                }
                changed = self.course.changed() => {
                    if changed.is_err() {
                        return;
                    }
                    must_leave = true;
                    // Half a request is none that could be answered.
                    if *self.course.borrow_and_update() == Course::Stopping && progress.waits_for_a_head() {
                        return;
                    }
                }
            }
        }
    }
}

/// The answer, whatever happens.
async fn answer<E: Endpoint>(endpoint: &E, request: Request) -> Response {
    let answered = AssertUnwindSafe(endpoint.get_response(request)).catch_unwind().await;
    answered.unwrap_or_else(|_| Problem::internal("a panic, told above").into_response())
}

/// Lasts from the head of a request to the end of its answer.
struct Answering(Progress);

impl Drop for Answering {
    fn drop(&mut self) {
        self.0.has_answered();
    }
}

/// The content of an answer, which is known to be sent.
struct Tracked<B> {
    content: B,
    _answering: Answering,
}

impl<B: Body + Unpin> Body for Tracked<B> {
    type Data = B::Data;
    type Error = B::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<B::Data>, B::Error>>> {
        Pin::new(&mut self.content).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.content.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.content.size_hint()
    }
}
