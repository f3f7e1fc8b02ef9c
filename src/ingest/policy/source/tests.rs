use std::sync::LazyLock;

use super::*;
use crate::{
    claims::without_layer::leave_out,
    edition::Edition,
    ingest::{policy::template::template, tabular::template::TemplateFormat},
    model::{
        Authority, Language, PolicyDocument, PolicyStatus, Themed,
        vocabulary::{OtherSupport, PolicyTheme, VisionStatus},
    },
};

static BOOKS: LazyLock<Books> = LazyLock::new(crate::testing::books);

fn now() -> DateTime<Utc> {
    "2026-12-01T09:00:00Z".parse().expect("a moment")
}

fn words() -> PolicyWords {
    PolicyWords::new(&BOOKS.facts, now().date_naive())
}

fn said(by: Authority) -> Said {
    let title = (by != Authority::Municipality).then(|| "Lijst".to_owned());
    Said { by, title, url: None, licence: Some("CC0-1.0".to_owned()), on: None, municipality: None }
}

fn take_as(books: &Books, bytes: &[u8], said: &Said) -> Outcome {
    let (words, name) = (words(), Arc::from("beleid.csv"));
    let file = read_bytes(bytes, &name, &words).expect("a table");
    let outcome = import(books, &[file], said, &words, now());
    Edition::build(outcome.books.facts.clone()).expect("an edition");
    outcome
}

fn take(books: &Books, text: &str) -> Outcome {
    take_as(books, text.as_bytes(), &said(Authority::Municipality))
}

fn rules(outcome: &Outcome) -> Vec<(Option<u32>, &'static str)> {
    outcome.report.findings().iter().map(|finding| (finding.row, finding.rule.code())).collect()
}

fn statuses<'a>(outcome: &'a Outcome, code: &str) -> Vec<&'a PolicyStatus> {
    outcome.books.facts.policy_statuses.iter().filter(|status| status.municipality.as_str() == code).collect()
}

fn document<'a>(outcome: &'a Outcome, key: &str) -> &'a PolicyDocument {
    outcome.books.facts.policy_documents.iter().find(|document| document.key == key).expect("the document")
}

#[test]
fn the_template_of_every_municipality_says_what_is_known_and_nothing_else() {
    for municipality in &BOOKS.facts.municipalities {
        for format in [TemplateFormat::Xlsx, TemplateFormat::Csv] {
            let bytes = template(&BOOKS.facts, &municipality.code, true, format, now().date_naive()).unwrap();
            let (words, name) = (words(), Arc::from("beleid"));
            let file = read_bytes(&bytes, &name, &words).unwrap();
            let outcome = import(&BOOKS, &[file], &said(Authority::Municipality), &words, now());
            assert_eq!(outcome.report.to_text(Language::En, 9), "", "{} {format:?}", municipality.name);
            assert_eq!((outcome.refused, outcome.missing.len()), (0, 0));
            let (before, after) = (&BOOKS.facts, &outcome.books.facts);
            assert_eq!(after.policy_documents, before.policy_documents);
            let mut undated = after.policy_statuses.clone();
            for (status, known) in undated.iter_mut().zip(&before.policy_statuses) {
                let expected =
                    if status.municipality == municipality.code { now().date_naive() } else { known.assessed };
                assert_eq!(status.assessed, expected, "a row that is sent back confirms the status");
                let by =
                    (status.municipality == municipality.code).then(|| format!("municipality-{}", municipality.code));
                assert_eq!(status.stated_by, by, "and it is told whose word it is now");
                status.stated_by = None;
                status.assessed = known.assessed;
            }
            assert_eq!(undated, before.policy_statuses);
        }
    }
}

#[test]
fn a_new_document_shows_a_status_and_the_municipality_wins() {
    let text = "titel;gemeente;soort stuk;jaar;thema's;samenvatting;webadres;Visie of beleid: stand;Visie of beleid: grond\n\
                Nota Samen;Dalfsen;Visie of nota;2026;Visie of beleid;Een nota over alle ontmoeting.;\
                https://www.dalfsen.nl/nota-samen;Opgenomen in een integrale visie;De raad stelde de nota vast.\n";
    let outcome = take(&BOOKS, text);
    assert_eq!(outcome.report.to_text(Language::En, 9), "");
    let new = document(&outcome, "dalfsen-nota-samen");
    let source = outcome.books.facts.sources.iter().find(|source| source.id == new.source).unwrap();
    assert_eq!(source.url.as_deref(), Some("https://www.dalfsen.nl/nota-samen"));
    assert_eq!(new.described_by.as_deref(), Some("municipality-GM0148"));
    // The seed has ADOPTED from a public page: the municipality's own word replaces it, and it is kept.
    let served = statuses(&outcome, "GM0148");
    let vision: Vec<_> = served.iter().filter(|status| status.status.theme() == PolicyTheme::Vision).collect();
    assert_eq!(vision.len(), 1);
    assert_eq!(
        (vision[0].status, vision[0].document.as_str()),
        (Themed::Vision(VisionStatus::PartOfIntegralVision), "dalfsen-nota-samen")
    );
    assert_eq!(
        outcome.books.ledger.policy.originals["policy-011"].support[0].status,
        Themed::Vision(VisionStatus::Adopted)
    );
    // What others compile later does not undo it.
    let other = "sleutel;Visie of beleid: stand;Visie of beleid: grond\npolicy-011;ADOPTED;Zo staat het er.\n";
    let later = take_as(&outcome.books, other.as_bytes(), &said(Authority::Web));
    assert_eq!(statuses(&later, "GM0148"), served);
    // And the same two in the other order come to the same.
    let first = take_as(&BOOKS, other.as_bytes(), &said(Authority::Web));
    let both = take(&first.books, text);
    assert_eq!(both.books, later.books);
}

#[test]
fn the_same_file_twice_changes_nothing() {
    let text = "titel;gemeente;soort stuk;samenvatting;NETWORK;Andere ondersteuning: grond\n\
                Netwerk van huizen;Raalte;Contact en netwerk;Bijeenkomsten.;ja;De gemeente belegt ze twee keer per jaar.\n";
    let first = take(&BOOKS, text);
    assert_eq!(first.report.to_text(Language::En, 9), "");
    assert_eq!(statuses(&first, "GM0177").len(), 1);
    assert_eq!(document(&first, "raalte-netwerk-van-huizen").source, "municipality-GM0177", "it stands nowhere else");
    let second = take(&first.books, text);
    assert_eq!(second.books, first.books);
    assert!(second.tallies.iter().all(|tally| tally.added.is_empty() && tally.changed.is_empty()));
}

#[test]
fn a_dash_takes_a_kind_of_support_away_and_an_empty_cell_does_not() {
    let network = |outcome: &Outcome| {
        statuses(outcome, "GM0150").iter().any(|status| status.status == Themed::OtherSupport(OtherSupport::Network))
    };
    let text = |cell: &str| format!("sleutel;NETWORK;titel\npolicy-156;{cell};Beleidskader\n");
    assert!(network(&take(&BOOKS, &text(""))));
    let without = take(&BOOKS, &text("-"));
    assert!(!network(&without));
    assert_eq!(statuses(&without, "GM0150").len(), statuses(&take(&BOOKS, &text("")), "GM0150").len() - 1);
    // The ground that is known goes with it when it comes back.
    let known = BOOKS.facts.policy_statuses.iter().find(|status| status.document == "policy-156").unwrap();
    let again = take(&BOOKS, &text("ja"));
    assert_eq!(
        statuses(&again, "GM0150").iter().find(|status| status.document == "policy-156").unwrap().ground,
        known.ground
    );
}

#[test]
fn without_what_a_municipality_said_its_policy_is_what_it_was() {
    let text = "sleutel;titel;gemeente;soort stuk;samenvatting;webadres;status.VISION;ground.VISION\n\
                policy-011;Kadernota;;;;;-;\n\
                ;Nota Samen;Dalfsen;Overig;Iets.;https://www.dalfsen.nl/nota-samen;PLANNED;De raad nam het zich voor.\n";
    let (before, after) = (Books { facts: BOOKS.facts.clone().in_order(), ..BOOKS.clone() }, take(&BOOKS, text).books);
    assert_eq!(after.facts.policy_documents.len(), before.facts.policy_documents.len() + 1);
    let (layer, left) = leave_out(&after, "statements-cc0-1.0").unwrap();
    assert_eq!((layer.as_str(), left == before), ("statements-cc0-1.0", true));
    // What another said stays.
    let other = Said { licence: Some("CC-BY-4.0".to_owned()), ..said(Authority::Organisation) };
    let both = take_as(&after, b"sleutel;titel\npolicy-011;Nota\n", &other).books;
    let title = |books: &Books| {
        let documents = &books.facts.policy_documents;
        documents.iter().find(|document| document.key == "policy-011").unwrap().title.clone()
    };
    assert_eq!(title(&both), "Kadernota");
    assert_eq!(title(&leave_out(&both, "statements-cc0-1.0").unwrap().1), "Nota");
}

#[test]
fn a_status_can_be_taken_off_a_theme() {
    let outcome = take(&BOOKS, "sleutel;status.VISION\npolicy-011;-\n");
    assert_eq!(rules(&outcome), []);
    assert!(statuses(&outcome, "GM0148").iter().all(|status| status.status.theme() != PolicyTheme::Vision));
}

#[test]
fn what_cannot_be_taken_is_told_and_the_rest_goes_in() {
    let text = "sleutel;titel;gemeente;soort stuk;samenvatting;strekking;status.VISION;ground.VISION;ground.AMBITION\n\
                policy-999;;;;;;;;\n\
                policy-011;;Raalte;;;;;;\n\
                ;Halve nota;Dalfsen;;;;;;\n\
                ;Nota een;Dalfsen;Overig;Iets.;;ADOPTED;;\n\
                ;Nota twee;Dalfsen;Overig;Iets.;Mooi;PLANNED;De raad nam het zich voor.;\n\
                ;Nota drie;Dalfsen;Overig;Iets.;;NONE;De gemeente zegt het zelf.;Waarom\n\
                policy-011;Kadernota;;;;;;;\n\
                policy-011;Kadernota;;;;;;;\n\
                ;Geen gemeente;;Overig;Iets.;;;;\n\
                ;;Dalfsen;Overig;Bel jan@gmail.com;;;;\n";
    let outcome = take(&BOOKS, text);
    let mut told = rules(&outcome);
    told.sort_unstable();
    assert_eq!(
        told,
        [
            (None, "several-municipalities"),
            (Some(2), "unknown-document"),
            (Some(3), "document-of-other-municipality"),
            (Some(4), "new-document-incomplete"),
            (Some(5), "status-without-ground"),
            (Some(6), "statuses-disagree"),
            (Some(6), "unknown-term"),
            (Some(7), "ground-without-status"),
            (Some(7), "statuses-disagree"),
            (Some(9), "repeated-document"),
            (Some(10), "no-municipality"),
            (Some(11), "document-without-title"),
            (Some(11), "personal-data"),
        ]
    );
    for key in ["dalfsen-nota-een", "dalfsen-nota-twee", "dalfsen-nota-drie"] {
        document(&outcome, key);
    }
    assert_eq!(document(&outcome, "policy-011").title, "Kadernota");
    let vision = statuses(&outcome, "GM0148").into_iter().find(|status| status.status.theme() == PolicyTheme::Vision);
    assert_eq!(
        vision.unwrap().status,
        Themed::Vision(VisionStatus::Adopted),
        "of two in one file neither: the known one stays"
    );
    let of_dalfsen = BOOKS.facts.policy_documents.iter().filter(|document| document.municipality.as_str() == "GM0148");
    assert_eq!(outcome.missing.len(), of_dalfsen.count() - 1, "and what the file does not name is listed");
    let text = outcome.report.to_text(Language::Nl, 99);
    assert!(text.contains("“Geen visie of beleid” en op rij 5 staat “Visie en/of beleid ontwikkeld"), "{text}");
}

#[test]
fn a_document_is_known_by_its_title_unless_it_stands_elsewhere() {
    let known = &BOOKS.facts.policy_documents[0];
    let source = BOOKS.facts.sources.iter().find(|source| source.id == known.source).unwrap();
    let url = source.url.clone().unwrap();
    let text = format!(
        "titel;gemeente;soort stuk;samenvatting;webadres\nAnders genoemd;{};Overig;Iets.;{url}\n",
        known.municipality
    );
    let other = take(&BOOKS, &text);
    assert_eq!(document(&other, &known.key), known, "one page can tell of several documents");
    assert_eq!(rules(&other), [(Some(2), "same-page")], "and that is told, with the key that would make it the same");
    assert_eq!(other.books.facts.policy_documents.len(), BOOKS.facts.policy_documents.len() + 1);
    let by_both = format!("titel;gemeente;webadres;jaar\n{};{};{url}/;2018\n", known.title, known.municipality);
    let dated = take(&BOOKS, &by_both);
    assert_eq!(document(&dated, &known.key).year, Some(2018));
    assert_eq!(dated.tallies[0].changed, [format!("{} [{}]: jaar", known.title, known.key)]);
    let by_title =
        take(&BOOKS, &format!("titel;gemeente;jaar\n{};{};2019\n", known.title.to_uppercase(), known.municipality));
    assert_eq!(document(&by_title, &known.key).year, Some(2019));
    assert_eq!(by_title.books.facts.policy_documents.len(), BOOKS.facts.policy_documents.len());
}

#[test]
fn what_was_stated_on_a_later_day_stands() {
    let text = |day: &str, title: &str| format!("sleutel;titel;opgave datum\npolicy-011;{title};{day}\n");
    let new = take(&BOOKS, &text("2026-11-20", "Nieuw"));
    let old = take(&new.books, &text("2026-03-01", "Oud"));
    assert_eq!(document(&old, "policy-011").title, "Nieuw");
    assert_eq!(rules(&old), [(Some(2), "older-policy-statement")]);
    let forth = take(&take(&BOOKS, &text("2026-03-01", "Oud")).books, &text("2026-11-20", "Nieuw"));
    assert_eq!(forth.books.facts, old.books.facts);
}

#[test]
fn a_person_is_named_nowhere() {
    let text = "titel;gemeente;soort stuk;samenvatting;webadres;status.VISION;ground.VISION\n\
                Nota;Dalfsen;Overig;Contact: mevrouw A. de Vries.;;;\n\
                Nota twee;Dalfsen;Overig;Iets.;https://nl.linkedin.com/in/jan-pietersen;PLANNED;Zegt burgemeester Peter Snijders.\n";
    let outcome = take(&BOOKS, text);
    let mut told = rules(&outcome);
    told.sort_unstable();
    assert_eq!(
        told,
        [
            (Some(2), "new-document-incomplete"),
            (Some(2), "person-named"),
            (Some(3), "person-named"),
            (Some(3), "person-named"),
            (Some(3), "status-without-ground"),
        ]
    );
    let all = format!("{:?} {}", outcome.books, outcome.report.to_text(Language::Nl, 99));
    for name in ["de Vries.", "pietersen", "Snijders"] {
        assert!(!all.contains(name), "{name}");
    }
}

#[test]
fn rows_of_several_municipalities_are_told_and_rows_without_a_name_are_counted() {
    let outcome = take(&BOOKS, "sleutel;titel;jaar\npolicy-011;;2023\npolicy-153;;2022\n;;2020\n");
    assert_eq!(rules(&outcome), [(Some(4), "document-without-title"), (None, "several-municipalities")]);
    assert_eq!((outcome.records, outcome.refused), (3, 1));
}
