//! Bytes that are served: made once and shared, and sent as each request asks for them.
//!
//! The entity tag is a digest of the bytes, so it is the same on every server that serves the same. It is strong, hence another one for
//! each encoding and media type. Ranges are of the bytes as they are: who asks for one gets them without compression.

use std::{io, ops::Range};

use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};
use poem::{
    IntoResponse, Response,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
};
use sha2::{Digest, Sha256};
use tokio::sync::OnceCell;

use super::{
    encoding::wants_gzip,
    problem::Problem,
    spool::{Spool, Spooled},
};

/// How long a browser or a proxy may repeat an answer to a GET without asking. A new edition is seen by all within it.
pub(super) const CACHE_FOR: &str = "public, max-age=60";

/// How long an answer of an edition that the address names may be repeated. It stays what it is, except that something can
/// be withdrawn from it for privacy: hence a day, and not for ever.
pub(super) const CACHE_NAMED_FOR: &str = "public, max-age=86400";

/// The seconds of [`CACHE_FOR`] and of [`CACHE_NAMED_FOR`].
pub(super) const FOR_S: i64 = 60;
pub(super) const NAMED_FOR_S: i64 = 86_400;

/// Below this gzip gains nothing over the bytes of its frame.
const WORTH_COMPRESSING: usize = 512;

/// Above this compressing takes milliseconds, and is done where it holds up nobody else.
const LONG: usize = 128 * 1024;

/// What an entry takes besides its bytes.
const OVERHEAD: usize = 512;

/// Bytes that are sent many times without being copied.
pub(super) struct Representation {
    identity: Spooled,
    /// Made at the first wish; `None` where it would not be shorter.
    gzip: OnceCell<Option<Spooled>>,
    is_compressible: bool,
    /// The beginning of a digest of the bytes, in hexadecimal digits.
    digest: String,
}

/// What the headers of an answer say besides what follows from its bytes.
#[derive(Clone, Copy, Debug)]
pub(super) struct About {
    pub(super) media_type: &'static str,
    /// What the entity tag has more, where the same bytes are served under several media types.
    pub(super) variant: &'static str,
    /// The headers of a request on which its answer depends.
    pub(super) vary: &'static str,
    /// What it is called as a file.
    pub(super) disposition: Option<&'static str>,
    /// What a browser may do with it.
    pub(super) policy: Option<&'static str>,
    /// What else there is to say.
    pub(super) also: &'static [(&'static str, &'static str)],
    /// Whether a part of it can be had.
    pub(super) has_ranges: bool,
}

impl About {
    /// An answer of a media type.
    pub(super) const fn of(media_type: &'static str) -> Self {
        Self {
            media_type,
            variant: "",
            vary: "Accept-Encoding",
            disposition: None,
            policy: None,
            also: &[],
            has_ranges: false,
        }
    }

    /// A file, of which a part can be had.
    pub(super) const fn file(media_type: &'static str) -> Self {
        Self { has_ranges: true, ..Self::of(media_type) }
    }
}

/// The part of the bytes that a request asks for.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    Whole,
    Of(Range<usize>),
    /// It begins behind the end.
    Beyond,
}

impl Representation {
    /// What compressing makes shorter.
    pub(super) fn new(bytes: impl Into<Bytes>) -> Self {
        Self::of_bytes(bytes.into(), true)
    }

    /// What is compressed already, such as a PNG.
    pub(super) fn dense(bytes: impl Into<Bytes>) -> Self {
        Self::of_bytes(bytes.into(), false)
    }

    /// What was written piece by piece, and is in a file where that is long. What is dense is compressed already.
    ///
    /// # Errors
    /// Where that file cannot be read.
    pub(super) fn of_spooled(identity: Spooled, is_dense: bool) -> io::Result<Self> {
        let mut digest = Sha256::new();
        io::copy(&mut identity.reader(), &mut digest)?;
        Ok(Self::of(identity, !is_dense, digest))
    }

    fn of_bytes(bytes: Bytes, is_compressible: bool) -> Self {
        let digest = Sha256::new().chain_update(&bytes);
        Self::of(Spooled::Memory(bytes), is_compressible, digest)
    }

    fn of(identity: Spooled, is_compressible: bool, digest: Sha256) -> Self {
        let digest = digest.finalize().iter().take(12).map(|byte| format!("{byte:02x}")).collect();
        let is_compressible = is_compressible && identity.len() >= WORTH_COMPRESSING;
        Self { identity, gzip: OnceCell::new(), is_compressible, digest }
    }

    /// The beginning of a digest of the bytes: 24 hexadecimal digits.
    pub(super) fn digest(&self) -> &str {
        &self.digest
    }

    /// The bytes as they are.
    #[cfg(test)]
    pub(super) fn identity(&self) -> Bytes {
        let mut bytes = Vec::new();
        std::io::Read::read_to_end(&mut self.identity.reader(), &mut bytes).unwrap();
        bytes.into()
    }

    /// At most so many bytes, however they are asked for: compressed they are no longer.
    pub(super) fn weight(&self) -> usize {
        self.identity.weight() * (1 + usize::from(self.is_compressible)) + OVERHEAD
    }

    /// The answer to a GET: all of it or a part, or only that the client has it already.
    pub(super) async fn answer(&self, asked: &HeaderMap, about: &About, cache: &'static str) -> Response {
        let part = if about.has_ranges { self.part(asked, about) } else { Part::Whole };
        let gzip = match part {
            Part::Whole if wants_gzip(asked) => self.gzip().await,
            _ => None,
        };
        let tag = self.tag(about, gzip.is_some());
        let is_known = knows(asked, &tag);
        let mut response = match part {
            _ if is_known => Response::builder().status(StatusCode::NOT_MODIFIED).finish(),
            Part::Whole => self.all(gzip, about),
            Part::Of(range) => self.part_of(range, about),
            Part::Beyond => return self.beyond(),
        };
        let headers = response.headers_mut();
        if let Ok(tag) = HeaderValue::try_from(tag) {
            headers.insert(header::ETAG, tag);
        }
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
        about.add_to(headers);
        response
    }

    /// The answer of a status that nobody may keep: all of it, whatever the client has.
    pub(super) async fn once(&self, status: StatusCode, asked: &HeaderMap, about: &About) -> Response {
        let mut response = self.whole(asked, about).await;
        response.set_status(status);
        response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        response
    }

    /// All of it, as it answers a POST.
    pub(super) async fn whole(&self, asked: &HeaderMap, about: &About) -> Response {
        let gzip = if wants_gzip(asked) { self.gzip().await } else { None };
        let mut response = self.all(gzip, about);
        about.add_to(response.headers_mut());
        response
    }

    fn all(&self, gzip: Option<&Spooled>, about: &About) -> Response {
        let whole = gzip.unwrap_or(&self.identity);
        let mut response = content(StatusCode::OK, whole, 0..whole.len(), about);
        if gzip.is_some() {
            response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        }
        response
    }

    fn part_of(&self, range: Range<usize>, about: &About) -> Response {
        let told = format!("bytes {}-{}/{}", range.start, range.end - 1, self.identity.len());
        let mut response = content(StatusCode::PARTIAL_CONTENT, &self.identity, range, about);
        if let Ok(told) = HeaderValue::try_from(told) {
            response.headers_mut().insert(header::CONTENT_RANGE, told);
        }
        response
    }

    fn beyond(&self) -> Response {
        let length = self.identity.len();
        let detail = format!("`Range` begins behind the end; there are {length} bytes");
        let mut response = Problem::new(StatusCode::RANGE_NOT_SATISFIABLE, detail).into_response();
        if let Ok(told) = HeaderValue::try_from(format!("bytes */{length}")) {
            response.headers_mut().insert(header::CONTENT_RANGE, told);
        }
        response
    }

    fn tag(&self, about: &About, is_gzip: bool) -> String {
        format!("\"{}{}{}\"", self.digest, about.variant, if is_gzip { "-gzip" } else { "" })
    }

    async fn gzip(&self) -> Option<&Spooled> {
        if !self.is_compressible {
            return None;
        }
        let make = || async {
            let identity = self.identity.clone();
            if identity.len() > LONG {
                tokio::task::spawn_blocking(move || compress(&identity)).await
            } else {
                Ok(compress(&identity))
            }
        };
        // Where it was given up, the bytes as they are are as good an answer; the next one tries again.
        self.gzip.get_or_try_init(make).await.ok()?.as_ref()
    }

    /// The part that `Range` names, unless `If-Range` has the tag of something else.
    fn part(&self, asked: &HeaderMap, about: &About) -> Part {
        let Some(range) = asked.get(header::RANGE).and_then(|range| range.to_str().ok()) else { return Part::Whole };
        match asked.get(header::IF_RANGE) {
            // A date is that of nothing here: there is no `Last-Modified`.
            Some(condition) if condition.as_bytes() != self.tag(about, false).as_bytes() => Part::Whole,
            _ => part(range, self.identity.len()),
        }
    }
}

impl About {
    fn add_to(&self, headers: &mut HeaderMap) {
        headers.insert(header::VARY, HeaderValue::from_static(self.vary));
        if self.has_ranges {
            headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
        }
        if let Some(policy) = self.policy {
            headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
        }
        for (name, value) in self.also {
            headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
    }
}

/// An answer with a body. Its length is told here and not left to the server, so that a HEAD tells it too.
fn content(status: StatusCode, of: &Spooled, range: Range<usize>, about: &About) -> Response {
    let mut response = Response::default();
    response.set_status(status);
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(about.media_type));
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(range.len()));
    if let Some(disposition) = about.disposition {
        headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static(disposition));
    }
    response.set_body(of.body(range));
    response
}

/// Whether `If-None-Match` names the answer that would be sent.
fn knows(asked: &HeaderMap, tag: &str) -> bool {
    let given = asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    given
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|given| given == "*" || given.strip_prefix("W/").unwrap_or(given) == tag)
}

/// The bytes that `Range` names, of so many. What is no range, one of another unit, and several at once mean the whole.
fn part(range: &str, length: usize) -> Part {
    let Some((unit, asked)) = range.split_once('=') else { return Part::Whole };
    let Some((first, last)) = asked.trim().split_once('-') else { return Part::Whole };
    if !unit.trim().eq_ignore_ascii_case("bytes") {
        return Part::Whole;
    }
    match (first.trim(), last.trim()) {
        ("", last) => match number(last) {
            None => Part::Whole,
            Some(0) => Part::Beyond,
            Some(_) if length == 0 => Part::Beyond,
            Some(most) => Part::Of(length.saturating_sub(most)..length),
        },
        (first, last) => {
            let last = if last.is_empty() { Some(usize::MAX) } else { number(last) };
            match (number(first), last) {
                (Some(first), Some(last)) if first <= last => {
                    if first < length {
                        Part::Of(first..last.saturating_add(1).min(length))
                    } else {
                        Part::Beyond
                    }
                }
                _ => Part::Whole,
            }
        }
    }
}

/// A number in digits only; one that is too large is larger than any length.
fn number(text: &str) -> Option<usize> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(usize::MAX))
}

/// The bytes compressed, where that makes them shorter.
fn compress(bytes: &Spooled) -> Option<Spooled> {
    let mut encoder = GzEncoder::new(Spool::new(), Compression::default());
    // Where a temporary file cannot be written, the bytes as they are are as good an answer.
    io::copy(&mut bytes.reader(), &mut encoder).ok()?;
    let compressed = encoder.finish().ok()?.finish().ok()?;
    (compressed.len() < bytes.len()).then_some(compressed)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: About = About::file("text/plain");

    fn headers(given: &[(HeaderName, &str)]) -> HeaderMap {
        given.iter().map(|(name, value)| (name.clone(), HeaderValue::from_str(value).unwrap())).collect()
    }

    async fn answer(bytes: &Representation, given: &[(HeaderName, &str)]) -> (u16, HeaderMap, Vec<u8>) {
        let mut response = bytes.answer(&headers(given), &TEXT, CACHE_FOR).await;
        let body = response.take_body().into_bytes().await.unwrap().to_vec();
        (response.status().as_u16(), response.headers().clone(), body)
    }

    #[test]
    fn a_range_is_read_as_the_standard_has_it() {
        for (range, expected) in [
            ("bytes=0-0", Part::Of(0..1)),
            ("bytes=0-99", Part::Of(0..10)),
            ("bytes=2-", Part::Of(2..10)),
            ("bytes=-3", Part::Of(7..10)),
            ("bytes=-99", Part::Of(0..10)),
            ("Bytes = 4-5", Part::Of(4..6)),
            ("bytes=9-99999999999999999999999", Part::Of(9..10)),
            ("bytes=10-", Part::Beyond),
            ("bytes=99999999999999999999999-", Part::Beyond),
            ("bytes=-0", Part::Beyond),
            ("bytes=5-4", Part::Whole),
            ("bytes=0-1,3-4", Part::Whole),
            ("bytes=+1-2", Part::Whole),
            ("bytes=a-", Part::Whole),
            ("bytes=-", Part::Whole),
            ("bytes", Part::Whole),
            ("lines=0-1", Part::Whole),
            ("", Part::Whole),
        ] {
            assert_eq!(part(range, 10), expected, "{range}");
        }
        assert_eq!(part("bytes=0-", 0), Part::Beyond);
        assert_eq!(part("bytes=-1", 0), Part::Beyond);
    }

    #[tokio::test]
    async fn a_part_is_of_the_bytes_as_they_are_also_where_gzip_is_read() {
        let bytes = Representation::new("0123456789".repeat(1_000));
        let (status, told, body) =
            answer(&bytes, &[(header::RANGE, "bytes=8-12"), (header::ACCEPT_ENCODING, "gzip")]).await;
        assert_eq!((status, body.as_slice()), (206, &b"89012"[..]));
        assert_eq!(
            (&told[header::CONTENT_RANGE], &told[header::CONTENT_LENGTH]),
            (&"bytes 8-12/10000".parse().unwrap(), &"5".parse().unwrap())
        );
        assert!(!told.contains_key(header::CONTENT_ENCODING));
        let (status, told, _) = answer(&bytes, &[(header::RANGE, "bytes=10000-")]).await;
        assert_eq!((status, told[header::CONTENT_RANGE].to_str().unwrap()), (416, "bytes */10000"));
    }

    #[tokio::test]
    async fn a_part_of_what_is_something_else_by_now_is_the_whole() {
        let bytes = Representation::new("0123456789");
        let (_, told, _) = answer(&bytes, &[]).await;
        let tag = told[header::ETAG].to_str().unwrap();
        let weak = format!("W/{tag}");
        for (condition, expected) in
            [(tag, 206), ("\"other\"", 200), (weak.as_str(), 200), ("Mon, 30 Nov 2026 09:00:00 GMT", 200)]
        {
            let (status, ..) = answer(&bytes, &[(header::RANGE, "bytes=0-1"), (header::IF_RANGE, condition)]).await;
            assert_eq!(status, expected, "{condition}");
        }
    }

    #[tokio::test]
    async fn what_is_known_is_not_sent_again_whichever_way_the_client_says_so() {
        let bytes = Representation::new("0123456789".repeat(1_000));
        let (_, told, _) = answer(&bytes, &[]).await;
        let tag = told[header::ETAG].to_str().unwrap();
        for given in [tag.to_owned(), format!("W/{tag}"), format!("\"a\", {tag}"), "*".to_owned()] {
            let (status, again, body) = answer(&bytes, &[(header::IF_NONE_MATCH, &given)]).await;
            assert_eq!((status, body.len(), &again[header::ETAG]), (304, 0, &told[header::ETAG]), "{given}");
            assert!(!again.contains_key(header::CONTENT_TYPE) && !again.contains_key(header::CONTENT_LENGTH));
        }
        let gzip = (header::ACCEPT_ENCODING, "gzip");
        assert_eq!(answer(&bytes, &[(header::IF_NONE_MATCH, tag), gzip]).await.0, 200, "that is other bytes");
    }

    #[tokio::test]
    async fn only_what_gets_shorter_is_compressed() {
        let gzip = [(header::ACCEPT_ENCODING, "gzip")];
        let long = "0123456789".repeat(50_000);
        for (bytes, is_compressed) in [
            (Representation::new(long.clone()), true),
            (Representation::dense(long.clone()), false),
            (Representation::new("short"), false),
        ] {
            let (_, told, body) = answer(&bytes, &gzip).await;
            assert_eq!(told.contains_key(header::CONTENT_ENCODING), is_compressed);
            assert_eq!(told[header::CONTENT_LENGTH].to_str().unwrap(), body.len().to_string());
            assert!(bytes.weight() >= bytes.identity().len() + if is_compressed { body.len() } else { 0 });
        }
    }
}
