//! `/embed/maker` and `/en/embed/maker`: the page that writes the `<iframe>` for another site.

pub(in crate::http) mod view;
mod words;

use poem::{
    Request, Response, handler,
    http::{HeaderValue, StatusCode, header},
    web::Data,
};

use self::{
    view::{MakerView, Ticks},
    words::Words,
};
use crate::{
    edition::{Dimension, Edition, PlaceFilter},
    http::{
        embed::{asked::Asked, heading::heading},
        pages::{
            language::Language,
            list,
            page::{self, MAKER},
        },
        problem::Problem,
        query::Parameters,
        state::{State, Unkept},
    },
    model::excerpt,
};

/// What the page can be asked; all but `height` is passed on to `/embed`.
const KNOWN: [&str; 7] = ["municipality", "kind", "facility", "activity", "lang", "basemap", "height"];

/// Pixels that a frame can be high, and is where nothing is said.
const HEIGHTS: std::ops::RangeInclusive<u32> = 300..=2_000;
const HEIGHT: u32 = 640;

/// The page in Dutch.
#[handler]
pub(in crate::http) async fn dutch(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    page(request, &state, Language::Dutch).await
}

/// The page in English.
#[handler]
pub(in crate::http) async fn english(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    page(request, &state, Language::English).await
}

async fn page(request: &Request, state: &State, language: Language) -> Result<Response, Problem> {
    let pinned = state.pin_served().await?;
    let origin = origin(request);
    let asked = [language.code(), origin.as_deref().unwrap_or_default(), request.uri().query().unwrap_or_default()];
    let key = pinned.key("/embed/maker", &asked.join(" "));
    let make = async {
        let edition = &pinned.edition;
        let read = Parameters::of_form(request, &KNOWN).and_then(|mut parameters| {
            if parameters.get("lang").is_none() {
                parameters.set("lang", language.code().to_owned());
            }
            let height = height(&parameters)?;
            Ok((Asked::of(parameters, edition, &state.limits)?, height))
        });
        let (asked, height, refusal) = match read {
            Ok((asked, height)) => (asked, height, None),
            Err(problem) => (Asked::nothing(language, None), HEIGHT, Some(problem.detail)),
        };
        let filled = fill(edition, &asked, language, height, origin, refusal);
        let page = page::made(view::render(&filled))?;
        if filled.refusal.is_some() { Err(Unkept::Page(StatusCode::BAD_REQUEST, &MAKER, page)) } else { Ok(page) }
    };
    let mut response = state.answer(request, &MAKER, key, make).await?;
    // The snippet has the address that the request came to: what another came to is none of its business.
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    Ok(response)
}

fn height(parameters: &Parameters) -> Result<u32, Problem> {
    let Some(text) = parameters.get("height") else { return Ok(HEIGHT) };
    text.trim().parse().ok().filter(|pixels| HEIGHTS.contains(pixels)).ok_or_else(|| {
        Problem::bad_request(format!(
            "`height` is `{}`; expected whole pixels from {} to {}",
            excerpt(text),
            HEIGHTS.start(),
            HEIGHTS.end()
        ))
    })
}

fn fill(
    edition: &Edition,
    asked: &Asked,
    language: Language,
    height: u32,
    origin: Option<String>,
    refusal: Option<String>,
) -> MakerView {
    let all = edition.select(&PlaceFilter::default()).certain;
    let (t, of_list) = (Words::of(language), list::Words::of(language));
    let ticks = |name: &'static str, label, about, dimension| {
        let ticked: Vec<&str> = asked.parameters.get(name).into_iter().flat_map(|names| names.split(',')).collect();
        let choices = list::choices(edition, &all, dimension, language);
        let choices = choices.into_iter().map(|choice| (ticked.contains(&choice.value.as_str()), choice)).collect();
        Ticks { name, label, about, choices }
    };
    let of_maker: &[&str] = if asked.is_brt() { &["height"] } else { &["height", "basemap"] };
    let address = format!("/embed{}", asked.parameters.query_string_without(of_maker));
    MakerView {
        language,
        refusal,
        municipalities: list::choices(edition, &all, Dimension::Municipality, language),
        municipality: asked.parameters.get("municipality").unwrap_or_default().to_owned(),
        ticks: vec![
            ticks("kind", t.kinds, t.none, Dimension::Kind),
            ticks("facility", of_list.facilities, t.any, Dimension::Facility),
            ticks("activity", t.activities, t.any, Dimension::Activity),
        ],
        shown_in: asked.language,
        is_brt: asked.is_brt(),
        height,
        heading: heading(edition, asked),
        origin,
        address,
    }
}

/// Where the visitor reached us, such as `https://plekken.example.nl`; none where that is not sure.
///
/// `Host` is what a client wrote, so only what has the shape of a host is taken. That we are spoken to in plain HTTP says nothing of what a
/// proxy in front of us speaks; it says so itself, or the name is that of this machine.
fn origin(request: &Request) -> Option<String> {
    let of = |name: &str| {
        let mut given = request.headers().get_all(name).iter();
        let first = given.next()?.to_str().ok()?;
        given.next().is_none().then_some(first)
    };
    let host = of("host").filter(|host| is_host(host))?;
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    let is_local = matches!(name, "localhost" | "127.0.0.1" | "[::1]");
    match of("x-forwarded-proto") {
        Some(scheme @ ("http" | "https")) => Some(format!("{scheme}://{host}")),
        None if is_local => Some(format!("http://{host}")),
        _ => None,
    }
}

/// Whether a text is a name or address of a host, with or without a port.
fn is_host(text: &str) -> bool {
    let (name, port) = match text.rsplit_once(':') {
        Some((name, port)) if !port.contains(']') => (name, Some(port)),
        _ => (text, None),
    };
    let is_port = port.is_none_or(|port| port.parse::<u16>().is_ok() && port.bytes().all(|byte| byte.is_ascii_digit()));
    let is_label = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let is_name = match name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        Some(address) => address.parse::<std::net::Ipv6Addr>().is_ok(),
        None => name.len() <= 253 && name.split('.').all(is_label),
    };
    is_name && is_port
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_has_the_shape_of_a_host_is_one() {
        for host in ["localhost:8080", "127.0.0.1", "plekken.example.nl", "a-b.nl:443", "[::1]:80", "[2001:db8::1]"] {
            assert!(is_host(host), "{host}");
        }
        for text in [
            "",
            ".",
            "a..nl",
            "a.nl/",
            "a.nl\"onload=",
            "a.nl:",
            "a.nl:99999",
            "a.nl:+80",
            "-a.nl",
            "a b",
            "user@a.nl",
            "::1",
            "[::1",
            "[x]",
            "a.nl:80:80",
            "é.nl",
        ] {
            assert!(!is_host(text), "{text}");
        }
    }

    #[test]
    fn an_address_is_written_only_where_it_is_sure() {
        let origin_of = |headers: &[(&str, &str)]| {
            let mut request = Request::builder();
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            origin(&request.finish())
        };
        let sure = |text: &str| Some(text.to_owned());
        assert_eq!(origin_of(&[("host", "localhost:8080")]), sure("http://localhost:8080"));
        assert_eq!(origin_of(&[("host", "a.nl"), ("x-forwarded-proto", "https")]), sure("https://a.nl"));
        assert_eq!(origin_of(&[("host", "a.nl")]), None, "http or https is not known");
        assert_eq!(origin_of(&[("host", "a.nl"), ("x-forwarded-proto", "javascript")]), None);
        assert_eq!(origin_of(&[("host", "a.nl\"><script>"), ("x-forwarded-proto", "https")]), None);
        assert_eq!(origin_of(&[]), None);
    }
}
