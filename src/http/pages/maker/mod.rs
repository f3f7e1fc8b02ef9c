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
    edition::{Dimension, PlaceFilter},
    http::{
        asked::Asked,
        embed::{self, heading::heading, is_brt},
        pages::{
            language::Language,
            list,
            page::{self, MAKER},
            words::with,
        },
        parameters::{Address, Name, Parameters, Refused},
        problem::Problem,
        state::{State, Unkept},
    },
    model::excerpt,
};

/// Pixels that a frame can be high, and is where nothing is said.
const HEIGHTS: std::ops::RangeInclusive<u32> = 300..=2_000;
const HEIGHT: u32 = 640;

/// The page in Dutch.
#[handler]
pub(in crate::http) async fn dutch(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    page(request, &state, Language::Nl).await
}

/// The page in English.
#[handler]
pub(in crate::http) async fn english(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    page(request, &state, Language::En).await
}

async fn page(request: &Request, state: &State, language: Language) -> Result<Response, Problem> {
    let pinned = state.pin(request).await?;
    let origin = origin(request);
    let read = Parameters::read(request, Address::Maker).and_then(|parameters| {
        height(&parameters)?;
        Ok(parameters)
    });
    let text = Parameters::key(&read, request);
    let key = pinned.key("/embed/maker", &[language.code(), origin.as_deref().unwrap_or_default(), &text].join(" "));
    let make = async {
        let mut asked = Asked::of_page(read, Parameters::rest(request), Address::Maker, state, &pinned).await?;
        let height = height(&asked.parameters).unwrap_or(HEIGHT);
        if asked.parameters.language().is_none() {
            asked.parameters.set(Name::Lang, language.code().to_owned());
        }
        let page = page::made(view::render(&fill(&asked, language, height, origin)))?;
        if asked.refusal.is_some() { Err(Unkept::Page(StatusCode::BAD_REQUEST, &MAKER, page)) } else { Ok(page) }
    };
    let mut response = state.answer(request, &MAKER, key, make).await?;
    // The snippet has the address that the request came to: what another came to is none of its business.
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    Ok(response)
}

/// All that is asked but this is passed on to `/embed`.
fn height(parameters: &Parameters) -> Result<u32, Refused> {
    let Some(text) = parameters.get(Name::Height) else { return Ok(HEIGHT) };
    let pixels = text.parse().ok().filter(|pixels| HEIGHTS.contains(pixels));
    let [least, most] = [HEIGHTS.start(), HEIGHTS.end()].map(u32::to_string);
    pixels.ok_or_else(|| {
        Refused::new(|t| with(t.no_height, &[("least", &least), ("most", &most), ("value", &excerpt(text))]))
    })
}

fn fill(asked: &Asked, language: Language, height: u32, origin: Option<String>) -> MakerView {
    let (edition, parameters) = (&*asked.edition, &asked.parameters);
    let all = edition.select(&PlaceFilter::default()).certain;
    let (t, of_list) = (Words::of(language), list::Words::of(language));
    let ticks = |name: Name, label, about, dimension| {
        let ticked: Vec<&str> = parameters.get(name).into_iter().flat_map(|names| names.split(',')).collect();
        let choices = list::choices(edition, &all, dimension, language);
        let choices = choices.into_iter().map(|choice| (ticked.contains(&choice.value.as_str()), choice)).collect();
        Ticks { name: name.text(), label, about, choices }
    };
    let is_brt = is_brt(parameters);
    let is_own = |name| name == Name::Height || (name == Name::Basemap && !is_brt);
    let has_field = |name| {
        let fields = [Name::Municipality, Name::Kind, Name::Facility, Name::Activity, Name::Lang, Name::Basemap];
        name == Name::Height || fields.contains(&name)
    };
    let hidden = parameters.iter().filter(|(name, _)| !has_field(*name));
    let shown_in = embed::language(parameters);
    MakerView {
        language,
        refusal: asked.refusal.clone().map(|refused| refused.sentence(language)),
        municipalities: list::choices(edition, &all, Dimension::Municipality, language),
        municipality: parameters.get(Name::Municipality).unwrap_or_default().to_owned(),
        ticks: vec![
            ticks(Name::Kind, t.kinds, t.none, Dimension::Kind),
            ticks(Name::Facility, of_list.facilities, t.any, Dimension::Facility),
            ticks(Name::Activity, t.activities, t.any, Dimension::Activity),
        ],
        hidden: hidden.map(|(name, value)| (name.text(), value.to_owned())).collect(),
        shown_in,
        is_brt,
        height,
        heading: heading(edition, &asked.places, shown_in),
        origin,
        address: format!("/embed{}", parameters.only(|name| !is_own(name)).query_string()),
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
