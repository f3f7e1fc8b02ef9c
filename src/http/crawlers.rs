//! What programs that visit look for by themselves: `/robots.txt`, `/sitemap.xml`, `/.well-known/security.txt` and `/llms.txt`.

use std::fmt::Write as _;

use chrono::{DateTime, Datelike as _, Duration, Utc};
use poem::{
    Request, Response, handler,
    http::StatusCode,
    web::{Data, Path},
};

use super::{
    aside::aside,
    origin::origin,
    parameters::{Address, Name, Parameters, Refused},
    problem::Problem,
    representation::{About, Representation},
    state::State,
};
use crate::{edition::Edition, examples::EXAMPLES, model::vocabulary::PlaceStatus};

/// Addresses of one sitemap, each with its English one: the protocol has at most 50,000 and 50 MB.
const ADDRESSES: usize = 20_000;

const TEXT: About = About::of("text/plain; charset=utf-8");
const XML: About = About::of("application/xml; charset=utf-8");
const MARKDOWN: About = About::of("text/markdown; charset=utf-8");

/// `/robots.txt`: pages are for everybody, what is computed for each who asks is not for crawlers.
#[handler]
pub(super) async fn robots(request: &Request) -> Result<Response, Problem> {
    Parameters::read(request, Address::Crawlers)?;
    let mut text = String::from(
        "User-agent: *\nDisallow: /graphql\nDisallow: /graphiql\nDisallow: /map.png\nDisallow: /map.svg\nDisallow: /embed\n\
         Disallow: /*?\nAllow: /\n",
    );
    if let Some(origin) = origin(request) {
        let _ = write!(text, "\nSitemap: {origin}/sitemap.xml\n");
    }
    Ok(once(request, &TEXT, text).await)
}

/// `/.well-known/security.txt` (RFC 9116), where there is somebody to write to.
#[handler]
pub(super) async fn security(
    request: &Request,
    state: Data<&State>,
    Path(name): Path<String>,
) -> Result<Response, Problem> {
    Parameters::read(request, Address::Crawlers)?;
    let Some(contact) = state.contact.as_deref().filter(|_| name == "security.txt") else {
        return Err(Problem::new(StatusCode::NOT_FOUND, "there is nothing at this address"));
    };
    let contact = if contact.contains("://") { contact.to_owned() } else { format!("mailto:{contact}") };
    let mut text = format!("Contact: {contact}\nExpires: {}\nPreferred-Languages: nl, en\n", expiry(Utc::now()));
    if let Some(origin) = origin(request) {
        let _ = writeln!(text, "Canonical: {origin}/.well-known/security.txt");
    }
    Ok(once(request, &TEXT, text).await)
}

/// Half a year from the first of the month, so that it is within the year that the standard asks for and the same all month.
fn expiry(now: DateTime<Utc>) -> String {
    let first = now.date_naive().with_day(1).unwrap_or_else(|| now.date_naive());
    format!("{}T00:00:00Z", first + Duration::days(213))
}

/// `/llms.txt`: what this is and where to ask, for programs that read.
#[handler]
pub(super) async fn llms(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    Parameters::read(request, Address::Crawlers)?;
    let edition = state.library.served();
    let base = origin(request).unwrap_or_default();
    let mut text = format!(
        "# noaber\n\n> Open data on {} social meeting places (kulturhus, dorpshuis, buurthuis, wijkcentrum, MFA) in the 25 municipalities of Overijssel, the \
         Netherlands. Edition {}.\n\nUnknown is never \"no\": null, an empty list and an empty cell mean that nobody wrote it down. Filters are TRUE, FALSE \
         or UNKNOWN of a place; figures on reach have two bounds. Cite the edition and the attribution of `dataset`.\n\n## Ask\n\n\
         - [GraphQL]({base}/graphql): POST or GET, no key; [the schema]({base}/schema.graphql) says what each field and null means\n\
         - [Explorer with documented queries]({base}/graphiql)\n- [Places as CSV]({base}/places.csv) and [as GeoJSON]({base}/places.geojson)\n\
         - [Activities as a calendar]({base}/activities.ics) and [as CSV]({base}/activities.csv)\n\
         - [Tools for agents]({base}/mcp): Model Context Protocol, the documented queries below\n\
         - [Directory of services]({base}/hsds/) (HSDS 3) and [what changes]({base}/changes) (RPDE)\n\
         - [Everything as a GeoPackage]({base}/noaber.gpkg); as `.csv` and `.xlsx` also municipalities, settlements, neighbourhoods, policies, \
         policy-grounds, policy-documents, survey, sources and layers\n- [What is not known]({base}/gaps.csv)\n\
         - [OGC API Features]({base}/ogc): every collection as a layer; [vector tiles]({base}/tiles/places)\n\
         - [OpenAPI]({base}/openapi.json) of files, pictures and tiles; [the record for catalogues]({base}/dcat)\n\n\
         ## Documented queries\n\n",
        edition.place_count(),
        edition.id,
    );
    for example in EXAMPLES {
        let _ = writeln!(text, "- [{}]({base}/graphiql?example={})", example.title_en(), example.name);
    }
    Ok(once(request, &MARKDOWN, text).await)
}

async fn once(request: &Request, about: &'static About, text: String) -> Response {
    Representation::new(text).answer(request.headers(), about, super::representation::CACHE_FOR).await
}

/// `/sitemap.xml`: every page in both languages; of many places an index of sitemaps, which `page` names.
#[handler]
pub(super) async fn sitemap(request: &Request, state: Data<&State>) -> Result<Response, Problem> {
    let parameters = Parameters::read(request, Address::Sitemap)?;
    let Some(origin) = origin(request) else {
        return Err(Problem::bad_request(
            "an address of a sitemap is absolute, and where this service is reached is not known: a proxy in front of it has to send `X-Forwarded-Proto`",
        ));
    };
    let pinned = state.pin(request).await?;
    let page =
        parameters.get(Name::Page).map(|text| text.parse::<usize>().map_err(|_| no_page(text, 1))).transpose()?;
    let key = pinned.key(XML.media_type, &format!("{origin} {page:?}"));
    let make = async {
        let edition = pinned.edition.clone();
        let work = move || written(&edition, &origin, page, ADDRESSES);
        Ok(Representation::new(aside(&state.lanes.pages, work).await??))
    };
    state.answer(request, &XML, key, make).await
}

fn no_page(given: &str, last: usize) -> Refused {
    let last = last.to_string();
    Refused::new(|t| super::pages::words::with(t.no_page, &[("value", given), ("last", &last)]))
}

/// The pages that there is one of each.
const PAGES: [&str; 9] =
    ["", "/places", "/agenda", "/examples", "/data", "/gaps", "/privacy", "/embed/maker", "/map/maker"];

/// A sitemap, or the index of several where there are more than `most` addresses.
fn written(edition: &Edition, origin: &str, page: Option<usize>, most: usize) -> Result<String, Problem> {
    let mut paths: Vec<String> = PAGES.map(str::to_owned).to_vec();
    paths.extend(edition.municipalities().iter().map(|entry| format!("/municipality/{}", entry.facts.slug)));
    let open = edition.places().iter().filter(|entry| entry.facts.status != Some(PlaceStatus::Closed));
    paths.extend(open.map(|entry| format!("/place/{}", entry.facts.key)));
    let count = paths.len().div_ceil(most);
    const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    const SPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
    let mut text = String::from(HEAD);
    match page {
        None if count > 1 => {
            let _ = writeln!(text, "<sitemapindex xmlns=\"{SPACE}\">");
            for page in 1..=count {
                let _ = writeln!(text, "<sitemap><loc>{origin}/sitemap.xml?page={page}</loc></sitemap>");
            }
            text.push_str("</sitemapindex>\n");
        }
        page => {
            let page = page.unwrap_or(1);
            let part = page.checked_sub(1).and_then(|index| paths.chunks(most).nth(index));
            let Some(part) = part else { return Err(no_page(&page.to_string(), count).into()) };
            let _ = writeln!(text, "<urlset xmlns=\"{SPACE}\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">");
            for path in part {
                let (dutch, english) = (if path.is_empty() { "/" } else { path }, format!("/en{path}"));
                // Keys, slugs and the host have no sign that XML needs written otherwise.
                for at in [dutch, &english] {
                    let _ = write!(text, "<url><loc>{origin}{at}</loc>");
                    for (language, other) in [("nl", dutch), ("en", &english)] {
                        let _ = write!(
                            text,
                            "<xhtml:link rel=\"alternate\" hreflang=\"{language}\" href=\"{origin}{other}\"/>"
                        );
                    }
                    text.push_str("</url>\n");
                }
            }
            text.push_str("</urlset>\n");
        }
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seed;

    #[test]
    fn many_places_have_an_index_of_sitemaps_that_are_not_too_long() {
        let edition = Edition::build(seed::read().unwrap()).unwrap();
        let written = |page| written(&edition, "https://a.nl", page, 100);
        let index = written(None).unwrap();
        let pages = index.matches("<loc>https://a.nl/sitemap.xml?page=").count();
        assert_eq!(pages as u64, (PAGES.len() as u64 + 25 + edition.place_count()).div_ceil(100));
        let all: Vec<String> = (1..=pages).map(|page| written(Some(page)).unwrap()).collect();
        assert!(all.iter().all(|text| text.matches("<url>").count() <= 200));
        let urls: usize = all.iter().map(|text| text.matches("<url>").count()).sum();
        let pages_of_all = PAGES.len() as u64 + 25;
        assert_eq!(urls as u64, 2 * (pages_of_all + edition.place_count()));
        assert!(written(Some(pages + 1)).is_err() && written(Some(0)).is_err());
    }

    #[test]
    fn a_security_text_expires_within_the_year() {
        assert_eq!(expiry("2026-12-31T23:00:00Z".parse().unwrap()), "2027-07-02T00:00:00Z");
    }
}
