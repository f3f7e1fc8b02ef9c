//! A municipality's policy by way of its template.

use noaber::model::vocabulary::PolicyTheme;

use crate::desk::{Desk, ending, rows, text};

fn template(desk: &Desk) -> Vec<Vec<String>> {
    desk.done(&[
        "template",
        "policies",
        "--municipality",
        "GM0148",
        "--filled",
        "--format",
        "csv",
        "--output",
        "p.csv",
    ]);
    rows(&desk.path("p.csv"))
}

#[tokio::test]
async fn a_policy_officer_gets_the_documents_adds_one_and_says_what_it_decided() {
    let desk = Desk::new().await;
    let mut sheet = template(&desk);
    let before = desk.books().await;
    let known = before.facts.policy_documents.iter().filter(|document| document.municipality.as_str() == "GM0148");
    assert_eq!(sheet.len() - 1, known.count());
    let column = |sheet: &[Vec<String>], heading: &str| {
        sheet[0].iter().position(|cell| cell == heading).unwrap_or_else(|| panic!("{heading}: {:?}", sheet[0]))
    };
    let mut row = vec![String::new(); sheet[0].len()];
    for (heading, value) in [
        ("gemeente", "Dalfsen"),
        ("titel", "Subsidieregeling kulturhusen 2027"),
        ("soort stuk", "Subsidieregeling"),
        ("jaar", "2026"),
        ("thema’s", "Financiële ondersteuning"),
        ("samenvatting", "De gemeente vergoedt een deel van de exploitatie van de kulturhusen."),
        ("webadres", "https://lokaleregelgeving.overheid.nl/CVDR000000"),
        ("Financiële ondersteuning: Beheer of exploitatie van gebouwen", "ja"),
        ("Financiële ondersteuning: grond", "Artikel 2: het college verstrekt jaarlijks subsidie voor de exploitatie."),
    ] {
        let at = column(&sheet, heading);
        row[at] = value.to_owned();
    }
    sheet.push(row);
    desk.write("beleid.csv", text(&sheet));

    let trial = desk.done(&["ingest", "policies", "beleid.csv", "--dry-run"]);
    assert!(trial.contains("Beleidsstukken: nieuw 1, gewijzigd 0, verdwenen 0"), "{trial}");
    assert!(trial.contains("Subsidieregeling kulturhusen 2027 [dalfsen-subsidieregeling-kulturhusen-2027]"), "{trial}");
    assert_eq!(ending(&trial), "Proef: niets opgeslagen.");
    assert_eq!(desk.books().await, before);

    let said = desk.done(&["ingest", "policies", "beleid.csv"]);
    assert!(ending(&said).contains("Opgeslagen als editie"), "{said}");
    let after = desk.books().await;
    let statuses: Vec<_> = after
        .facts
        .policy_statuses
        .iter()
        .filter(|status| status.municipality.as_str() == "GM0148")
        .map(|status| (status.status.theme(), status.status.value(), status.document.as_str()))
        .collect();
    assert_eq!(
        statuses,
        [
            (PolicyTheme::Vision, "ADOPTED", "policy-011"),
            (PolicyTheme::FinancialSupport, "BUILDING_OPERATION", "dalfsen-subsidieregeling-kulturhusen-2027"),
        ]
    );
    let again = desk.done(&["ingest", "policies", "beleid.csv"]);
    assert!(again.contains("nieuw 0, gewijzigd 0, verdwenen 0"), "{again}");
    assert_eq!(desk.books().await, after);
    assert_eq!(ending(&again), "Er is niets veranderd; de editie blijft dezelfde.");
}

#[tokio::test]
async fn a_file_without_a_document_ends_with_1_and_says_what_is_needed() {
    let desk = Desk::new().await;
    desk.write("x.csv", "naam plek;plaats\nHet Honk;Dalfsen\n");
    let said = desk.run(&["ingest", "policies", "x.csv"]);
    assert_eq!(said.code, Some(1), "{} {}", said.out, said.error);
    assert!(said.out.contains("geen kolom “titel” en geen kolom “sleutel”"), "{}", said.out);
    desk.write("y.csv", "sleutel;titel\npolicy-999;Iets\n");
    let said = desk.run(&["ingest", "policies", "y.csv", "--language", "en"]);
    assert_eq!(said.code, Some(1));
    assert!(said.out.contains("There is no policy document with the key “policy-999”"), "{}", said.out);
}
