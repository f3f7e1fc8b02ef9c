use super::{view::*, words::Words};
use crate::http::{
    pages::{
        language::Language,
        list::{self, Choice, PlaceLine, Whereabouts},
    },
    parameters::{Name, Parameters},
};

const HOSTILE: &str = "<script>alert(\"'&\")</script>";

fn place(slug: &str, name: &str) -> PlaceLine {
    PlaceLine { slug: slug.into(), name: name.into(), settlement: "Ommen".into(), ..PlaceLine::default() }
}

fn view(language: Language) -> PlacesView {
    let choice = |value: &str| vec![Choice { value: value.into(), label: value.into(), places: 3 }];
    PlacesView {
        language,
        edition: "2026-11-24-0123abcd".into(),
        total: 1_256,
        origin: None,
        asked: Parameters::default(),
        is_filtered: false,
        refusal: None,
        options: Options { municipalities: choice("GM0175"), kinds: choice("DORPSHUIS"), facilities: choice("SPORT") },
        undecided: 0,
        matching: 2,
        index: vec![MunicipalityLink { query: "?municipality=ommen".into(), name: "Ommen".into(), places: 2 }],
        groups: vec![MunicipalityGroup {
            slug: "ommen".into(),
            name: "Ommen".into(),
            matching: 2,
            places: vec![place("een", "Een"), place("twee", "Twee")],
        }],
        page: None,
        other_pages: Vec::new(),
    }
}

/// The page as a reader meets it: tags out, white space single, the escapes that text needs undone.
fn text(html: &str) -> String {
    let body = html.split("<body>").nth(1).unwrap();
    let spoken: Vec<_> = body
        .split('<')
        .flat_map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text).split_whitespace())
        .collect();
    spoken.join(" ").replace("&#39;", "'").replace("&#38;", "&")
}

#[test]
fn a_hostile_text_stays_text_wherever_it_stands() {
    let mut view = view(Language::Nl);
    let hostile = || HOSTILE.to_owned();
    view.edition = hostile();
    view.refusal = Some(hostile());
    for name in [Name::Municipality, Name::Kind, Name::Facility, Name::Bbox, Name::Text, Name::Edition] {
        view.asked.set(name, hostile());
    }
    view.options.kinds = vec![Choice { value: hostile(), label: hostile(), places: 1 }];
    view.groups[0].name = hostile();
    view.groups[0].places[0] = PlaceLine {
        alternative_names: vec![hostile()],
        kind: Some(hostile()),
        last_confirmed: Some(hostile()),
        address: Some(hostile()),
        facilities: vec![hostile()],
        absent_facilities: vec![hostile()],
        website: Some(format!("https://example.org/\"onmouseover={HOSTILE}")),
        ..place("een", HOSTILE)
    };
    let html = render(&view).unwrap();
    assert!(!html.contains("<script"));
    assert!(!html.contains("alert(\""), "a quotation mark is escaped too");
    assert!(!html.contains("\"onmouseover"));
}

#[test]
fn an_address_that_is_not_of_the_web_is_not_linked_to() {
    let mut view = view(Language::Nl);
    for website in ["javascript:alert(1)", "javascript://example.org/%0aalert(1)", "data:text/html,x", " https", ""] {
        view.groups[0].places[0].website = Some(website.into());
        assert!(!render(&view).unwrap().contains("Website"), "{website}");
    }
    view.groups[0].places[0].website = Some("HTTPS://example.org/".into());
    assert!(render(&view).unwrap().contains("href=\"HTTPS://example.org/\""));
}

#[test]
fn each_language_says_what_it_is_and_links_to_the_other() {
    let dutch = render(&view(Language::Nl)).unwrap();
    assert!(dutch.contains("<html lang=\"nl\">") && dutch.contains("href=\"/en/places\" lang=\"en\" hreflang=\"en\""));
    assert!(text(&dutch).contains("2 plekken in 1 gemeenten."));
    let english = render(&view(Language::En)).unwrap();
    assert!(english.contains("<html lang=\"en\">") && english.contains("href=\"/places\" lang=\"nl\" hreflang=\"nl\""));
    for (html, language) in [(&dutch, Language::Nl), (&english, Language::En)] {
        let (t, of_list) = (Words::of(language), list::Words::of(language));
        for phrase in
            [t.lead, t.unknown, of_list.kind_unknown, t.facilities_unknown, of_list.status_unknown, of_list.at_nowhere]
        {
            assert!(text(html).contains(phrase), "{phrase}");
        }
        assert!(!text(html).contains('{'), "no blank is left open");
    }
}

#[test]
fn the_downloads_carry_the_filter_of_the_page() {
    let mut view = view(Language::En);
    for (name, value) in [
        (Name::Municipality, "GM0193"),
        (Name::Kind, "MFA"),
        (Name::Bbox, "6,52.3,6.4,52.6"),
        (Name::Text, "spel"),
        (Name::Lang, "en"),
    ] {
        view.asked.set(name, value.into());
    }
    let html = render(&view).unwrap();
    assert!(
        html.contains(
            "href=\"/places.geojson?bbox=6,52.3,6.4,52.6&#38;kind=MFA&#38;municipality=GM0193&#38;text=spel\""
        )
    );
    assert!(
        html.contains("href=\"/places.csv?bbox=6,52.3,6.4,52.6&#38;kind=MFA&#38;municipality=GM0193&#38;text=spel\"")
    );
    assert!(html.contains("<input type=\"hidden\" name=\"bbox\" value=\"6,52.3,6.4,52.6\">"));
    assert!(text(&html).contains("Also chosen: bbox=6,52.3,6.4,52.6."));
}

#[test]
fn a_page_of_an_old_edition_leads_to_the_downloads_of_that_edition() {
    let mut view = view(Language::En);
    assert!(!render(&view).unwrap().contains("edition="));
    view.asked.set(Name::Edition, "2026-11-30-2f7330b9f63e".into());
    let html = render(&view).unwrap();
    assert_eq!(html.matches("href=\"/places.csv?edition=2026-11-30-2f7330b9f63e\"").count(), 1);
    assert!(html.contains("<input type=\"hidden\" name=\"edition\" value=\"2026-11-30-2f7330b9f63e\">"));
    assert!(html.contains("href=\"/places?edition=2026-11-30-2f7330b9f63e\" lang=\"nl\""));
}

#[test]
fn a_refused_choice_says_why_and_offers_no_download() {
    let mut view = view(Language::Nl);
    view.asked.set(Name::Bbox, "1,2".into());
    view.refusal = Some("`1,2` is geen rechthoek".into());
    let html = render(&view).unwrap();
    assert!(text(&html).contains("Deze keuze kan niet: `1,2` is geen rechthoek"));
    assert!(!html.contains("/places.csv?bbox"));
}

#[test]
fn what_was_chosen_is_still_chosen() {
    let mut view = view(Language::Nl);
    view.asked.set(Name::Kind, "DORPSHUIS".into());
    view.is_filtered = true;
    let html = render(&view).unwrap();
    assert_eq!(html.matches(" selected").count(), 1);
    assert!(html.contains("<option value=\"DORPSHUIS\" selected>"));
    assert!(text(&html).contains("2 van 1.256 plekken voldoen aan uw keuze."));
}

#[test]
fn the_count_tells_none_one_and_the_undecided() {
    let mut view = view(Language::Nl);
    view.asked.set(Name::Facility, "SPORT".into());
    view.is_filtered = true;
    view.undecided = 31;
    view.matching = 1;
    let html = text(&render(&view).unwrap());
    assert!(html.contains("1 van 1.256 plekken voldoet aan uw keuze."));
    assert!(html.contains("Van 31 andere plekken is niet bekend of ze eraan voldoen"));
    view.matching = 0;
    view.undecided = 1;
    let html = text(&render(&view).unwrap());
    assert!(html.contains("Geen enkele bekende plek voldoet aan uw keuze."));
    assert!(html.contains("Van 1 andere plek is niet bekend"));
}

#[test]
fn a_coarse_location_says_so_and_an_address_says_nothing() {
    let mut view = view(Language::Nl);
    view.groups[0].places[0].location = Whereabouts::Neighbourhood(Some(390));
    view.groups[0].places[1].location = Whereabouts::Address;
    let html = text(&render(&view).unwrap());
    assert!(html.contains("Ligging bij benadering: de buurt (tot 390 m ernaast)"));
    assert_eq!(html.matches("Ligging").count(), 1);
}

#[test]
fn an_empty_edition_still_has_a_page() {
    let mut view = view(Language::Nl);
    (view.total, view.groups) = (0, vec![]);
    (view.matching, view.index) = (0, vec![]);
    assert!(text(&render(&view).unwrap()).contains("0 plekken in 0 gemeenten."));
}
