//! The same for who opens it in a browser: what stands on the pages.

use serde_json::Value as Json;

use super::{
    about::{self, DESCRIPTION, TITLE},
    api,
    asked::{Asked, is_queryable},
    choose,
    links::Links,
    systems::System,
};
use crate::{
    collections::{self, Collection, Column, Geometry, Role, Value},
    edition::{Edition, attribution_of},
    http::{
        download,
        pages::{
            features::{Entry, Fact, FeaturesView, Group, Link, Words},
            language::Language,
            links::is_web,
            words::{capitalised, with},
        },
        parameters::percent_encode,
    },
    model::Layer,
};

/// How many properties stand with an item of a list.
const TOLD: usize = 4;

/// A page without what is on it. The trail is what it is within: names of paths below `/ogc`.
fn page(edition: &Edition, links: &Links, title: &str, lead: &str, trail: &[(&str, &str)]) -> FeaturesView {
    let language = links.language();
    let within = [("", TITLE.of(language))].into_iter().chain(trail.iter().copied());
    let within = within.filter(|(path, _)| links.path().trim_end_matches('/') != format!("/ogc{path}"));
    FeaturesView {
        language,
        origin: links.origin(),
        path: links.path().to_owned(),
        asked: links.asked_otherwise(),
        title: capitalised(title),
        lead: lead.to_owned(),
        // Ours is written small.
        trail: within
            .map(|(path, title)| to(links, path, &if path.is_empty() { title.to_owned() } else { capitalised(title) }))
            .collect(),
        facts: Vec::new(),
        groups: Vec::new(),
        range: None,
        others: Vec::new(),
        formats: vec![Link { href: links.in_format("json"), title: "JSON".to_owned(), rel: "alternate" }],
        attribution: edition.attribution().join("; "),
    }
}

fn to(links: &Links, path: &str, title: &str) -> Link {
    Link { href: links.to(&format!("/ogc{path}")), title: title.to_owned(), rel: "" }
}

fn entry(links: &Links, path: &str, title: &str, told: &str) -> Entry {
    Entry { href: Some(links.to(&format!("/ogc{path}"))), title: capitalised(title), told: told.to_owned() }
}

fn fact(label: &str, told: impl Into<Option<String>>) -> Fact {
    Fact { label: capitalised(label), told: told.into(), href: None }
}

/// The landing page.
pub(super) fn landing(edition: &Edition, links: &Links) -> FeaturesView {
    let language = links.language();
    let t = Words::of(language);
    let mut view = page(edition, links, TITLE.of(language), DESCRIPTION.of(language), &[]);
    TITLE.of(language).clone_into(&mut view.title);
    view.facts = vec![fact(t.edition, edition.id.clone())];
    view.groups = vec![Group {
        heading: t.here.to_owned(),
        entries: vec![
            entry(links, "/collections", t.collections, t.collections_lead),
            entry(links, "/api", t.description, t.api_lead),
            entry(links, "/conformance", t.conformance, t.conformance_lead),
        ],
    }];
    view
}

/// What this conforms to.
pub(super) fn conformance(edition: &Edition, links: &Links) -> FeaturesView {
    let t = Words::of(links.language());
    let mut view = page(edition, links, t.conformance, t.conformance_lead, &[]);
    let class = |uri: &&str| {
        let title = uri.rsplit("/spec/").next().unwrap_or(uri).replace("/conf/", ": ");
        Entry { href: Some((*uri).to_owned()), title, told: String::new() }
    };
    view.groups =
        vec![Group { heading: capitalised(t.standard), entries: about::CONFORMANCE.iter().map(class).collect() }];
    view
}

/// The addresses, with what they take: of the same document that programs read.
pub(super) fn description(edition: &Edition, links: &Links) -> FeaturesView {
    let t = Words::of(links.language());
    let mut view = page(edition, links, t.description, t.api_lead, &[]);
    let document = api::document(links);
    let name = |parameter: &Json| {
        let known = parameter["$ref"].as_str().and_then(|known| known.rsplit('/').next());
        known.or_else(|| parameter["name"].as_str()).unwrap_or_default().to_owned()
    };
    let address = |(path, item): (&String, &Json)| {
        let names: Vec<String> = item["get"]["parameters"].as_array().into_iter().flatten().map(name).collect();
        let takes = with(t.parameters, &[("names", &names.join(", "))]);
        let told = format!("{} · {takes}", item["get"]["summary"].as_str().unwrap_or_default());
        let path = if path == "/" { "" } else { path };
        let href = (!path.contains('{')).then(|| links.to(&format!("/ogc{path}")));
        Entry { href, title: format!("/ogc{path}"), told }
    };
    let entries = document["paths"].as_object().into_iter().flatten().map(address).collect();
    view.groups = vec![Group { heading: t.here.to_owned(), entries }];
    view
}

/// All collections.
pub(super) fn collections(edition: &Edition, links: &Links) -> FeaturesView {
    let language = links.language();
    let t = Words::of(language);
    let mut view = page(edition, links, t.collections, t.collections_lead, &[]);
    let one = |one: &Collection| {
        entry(links, &format!("/collections/{}", one.name), one.title.of(language), one.description.of(language))
    };
    view.groups = vec![Group { heading: t.here.to_owned(), entries: collections::all().iter().map(one).collect() }];
    view
}

/// What the pages of a collection are within.
fn of<'a>(one: &'a Collection, at: &'a str, language: Language) -> [(&'a str, &'a str); 2] {
    [("/collections", Words::of(language).collections), (at, one.title.of(language))]
}

/// One collection.
pub(super) fn collection(edition: &Edition, one: &'static Collection, links: &Links) -> FeaturesView {
    let language = links.language();
    let t = Words::of(language);
    let at = format!("/collections/{}", one.name);
    let mut view = page(edition, links, one.title.of(language), one.description.of(language), &of(one, &at, language));
    let listed = one.listed(edition);
    let licence = |(licence, url): (String, String)| Fact {
        href: Some(url).filter(|url| is_web(url)),
        ..fact(t.licence, licence)
    };
    view.facts = vec![fact(t.count, language.number(listed.len())), fact(t.edition, edition.id.clone())];
    view.facts.extend(about::licences(edition, one).into_iter().map(licence));
    if one.shape.is_some() {
        let systems: Vec<&str> = System::ALL.map(System::uri).iter().filter_map(|uri| uri.rsplit('/').next()).collect();
        view.facts.push(fact(t.systems, systems.join(", ")));
    }
    let file = |path: &str| {
        let title = path.trim_start_matches('/').to_owned();
        Entry { href: Some(links.to(path)), title, told: String::new() }
    };
    let files = download::files().iter().filter(|file| file.collection.is_some_and(|of| of.name == one.name));
    view.groups = vec![
        Group {
            heading: t.here.to_owned(),
            entries: vec![
                entry(links, &format!("{at}/items"), t.items, one.description.of(language)),
                entry(links, &format!("{at}/queryables"), t.queryables, t.queryables_lead),
                entry(links, &format!("{at}/schema"), t.fields, t.fields_lead),
            ],
        },
        Group { heading: capitalised(t.files), entries: files.map(|one| file(one.path)).collect() },
    ];
    view.attribution = attribution(edition, one, &listed);
    view
}

/// What its items can be asked by.
pub(super) fn queryables(edition: &Edition, one: &Collection, links: &Links) -> FeaturesView {
    let t = Words::of(links.language());
    columns(edition, one, links, [t.queryables, t.queryables_lead], is_queryable)
}

/// What its items have.
pub(super) fn schema(edition: &Edition, one: &Collection, links: &Links) -> FeaturesView {
    let t = Words::of(links.language());
    columns(edition, one, links, [t.fields, t.fields_lead], |column| column.role != Role::Coordinate)
}

fn columns(
    edition: &Edition,
    one: &Collection,
    links: &Links,
    [heading, lead]: [&str; 2],
    is_in: impl Fn(&Column) -> bool,
) -> FeaturesView {
    let language = links.language();
    let t = Words::of(language);
    let at = format!("/collections/{}", one.name);
    let title = format!("{}: {heading}", one.title.of(language));
    let mut view = page(edition, links, &title, lead, &of(one, &at, language));
    let column = |column: &&Column| {
        let schema = about::asked_by(column);
        let terms: Vec<&str> = schema["enum"].as_array().into_iter().flatten().filter_map(Json::as_str).collect();
        let mut told = format!("{}: {}", column.label.of(language), column.description.of(language));
        if !terms.is_empty() {
            told = format!("{told}; {}", with(t.one_of, &[("terms", &terms.join(", "))]));
        }
        Entry { href: None, title: column.name.to_owned(), told }
    };
    let columns = one.columns.iter().filter(|column| is_in(column));
    view.groups = vec![Group {
        heading: capitalised(heading),
        entries: columns.collect::<Vec<_>>().iter().map(column).collect(),
    }];
    view
}

/// A page of its items.
pub(super) fn items(edition: &Edition, one: &Collection, asked: &Asked, links: &Links) -> FeaturesView {
    let language = links.language();
    let t = Words::of(language);
    let at = format!("/collections/{}", one.name);
    let title = format!("{}: {}", one.title.of(language), t.items);
    let mut view = page(edition, links, &title, one.description.of(language), &of(one, &at, language));
    let rows = choose::rows(edition, one, asked);
    let shown: Vec<u32> = rows.iter().copied().skip(asked.offset).take(asked.limit).collect();
    let name = naming(one);
    let line = |row: &u32| {
        let id = one.id(edition, *row);
        let mut path = format!("{at}/items/");
        percent_encode(&id, &mut path);
        let title = name.map(|name| name.cell(edition, *row)).filter(|cell| !cell.is_unknown());
        let told = one.attributes().filter(|column| name.is_none_or(|name| name.name != column.name));
        let told = told.filter(|column| column.name != "slug").filter_map(|column| {
            let cell = column.cell(edition, *row);
            (!cell.is_unknown()).then(|| format!("{}: {}", column.label.of(language), cell.told(language)))
        });
        let told: Vec<String> = told.take(TOLD).collect();
        let title = title.map_or(id, |cell| cell.told(language).into_owned());
        Entry { href: Some(links.to(&format!("/ogc{path}"))), title, told: told.join(" · ") }
    };
    view.range = Some(if shown.is_empty() {
        t.none.to_owned()
    } else {
        let numbers = [asked.offset + 1, asked.offset + shown.len(), rows.len()].map(|number| language.number(number));
        with(t.range, &[("first", &numbers[0]), ("last", &numbers[1]), ("count", &numbers[2])])
    });
    view.groups = vec![Group { heading: capitalised(t.items), entries: shown.iter().map(line).collect() }];
    let next = asked.offset.saturating_add(asked.limit);
    if asked.offset > 0 {
        let href = links.at_offset(asked.offset.saturating_sub(asked.limit));
        view.others.push(Link { href, title: t.previous.to_owned(), rel: "prev" });
    }
    if next < rows.len() {
        view.others.push(Link { href: links.at_offset(next), title: t.next.to_owned(), rel: "next" });
    }
    "GeoJSON".clone_into(&mut view.formats[0].title);
    view.attribution = attribution(edition, one, &shown);
    view
}

/// One item.
pub(super) fn item(edition: &Edition, one: &Collection, row: u32, links: &Links) -> FeaturesView {
    let language = links.language();
    let t = Words::of(language);
    let at = format!("/collections/{}", one.name);
    let within = format!("{at}/items");
    let name = naming(one).map(|name| name.cell(edition, row)).filter(|cell| !cell.is_unknown());
    let title = name.map_or_else(|| one.id(edition, row), |cell| cell.told(language).into_owned());
    let [all, own] = of(one, &at, language);
    let mut view = page(edition, links, &title, one.description.of(language), &[all, own, (&within, t.items)]);
    // As it calls itself.
    view.title = title;
    let columns = one.columns.iter().filter(|column| !matches!(column.role, Role::Label | Role::Coordinate));
    view.facts = columns
        .map(|column| {
            let cell = column.cell(edition, row);
            let is_known = !cell.is_unknown();
            let href = match &cell {
                Value::Url(address) => Some(address.to_string()).filter(|address| is_web(address)),
                _ => None,
            };
            let told = is_known.then(|| cell.told(language).into_owned());
            Fact { href, ..fact(column.label.of(language), told) }
        })
        .collect();
    if one.shape.is_some() {
        let told = one.geometry(edition, row).map(|geometry| match geometry {
            Geometry::Point(at) => format!("{:.5}, {:.5}", at.lon, at.lat),
            Geometry::Area(_) => t.area.to_owned(),
        });
        view.facts.push(fact(t.geometry, told));
    }
    "GeoJSON".clone_into(&mut view.formats[0].title);
    view.attribution = attribution(edition, one, &[row]);
    view
}

/// The column by which people know an item.
fn naming(one: &Collection) -> Option<&Column> {
    ["name", "title", "question"].into_iter().find_map(|name| one.column(name))
}

fn attribution(edition: &Edition, one: &Collection, rows: &[u32]) -> String {
    let mut layers: Vec<&Layer> = Vec::new();
    for layer in rows.iter().flat_map(|row| one.layers(edition, *row)) {
        if !layers.iter().any(|known| known.key == layer.key) {
            layers.push(layer);
        }
    }
    attribution_of(layers.iter().copied()).join("; ")
}
