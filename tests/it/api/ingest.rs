//! What we publish can be read back in: a download that is edited and sent to us is no other file than a template.

use crate::support::TestApp;
use noaber::{
    findings::Severity,
    ingest::places::{column::Lexicon, workbook},
    model::vocabulary::PlaceStatus,
};

#[tokio::test]
async fn our_own_downloads_are_read_back_without_a_refusal() {
    let app = TestApp::shared().await;
    let facts = noaber::seed::read().unwrap();
    let lexicon = Lexicon::new(&facts, chrono::NaiveDate::from_ymd_opt(2026, 11, 25).unwrap());
    for name in ["places.csv", "places.geojson"] {
        let bytes = app.get(&format!("/{name}")).await.bytes().await.unwrap();
        let read = workbook::read_bytes(name, &bytes, &lexicon).unwrap();
        let text = read.report.to_text(Default::default(), 10);
        assert_eq!(read.report.count(Severity::Refused) + read.report.count(Severity::Repaired), 0, "{text}");
        // A closed place is in a download only when its status is asked for.
        let open = facts.places.iter().filter(|place| place.status != Some(PlaceStatus::Closed)).count();
        assert_eq!(read.rows.len(), open);
        for row in &read.rows {
            let known = facts.places.iter().find(|place| Some(&place.key) == row.key.as_ref()).unwrap();
            assert_eq!(row.name.as_ref(), Some(&known.name));
            assert_eq!(row.municipality.as_ref(), Some(&known.municipality));
            let located = row.statements.iter().any(|statement| statement.field() == "location");
            assert_eq!(located, known.is_at_address(), "{}", known.key);
            let has = row.statements.iter().filter(|statement| statement.field() == "facilities").count();
            assert_eq!(has, known.facilities.len() + known.absent_facilities.len(), "{}", known.key);
        }
    }
}
