//! The 2024 report: every published figure, unchanged.

use serde_json::{Value, json};

use crate::{oracle::seed_json, support::TestApp};

const ANSWER: &str = "key nl: label en: label(language: EN) count publishedPercentage share legibility";

fn survey_query() -> String {
    format!(
        "{{ survey {{
            title publisher fieldwork
            bases {{ key size note publishedResponsePercentage }}
            questions {{ key section base multiple legibility answers {{ {ANSWER} ofWhich {{ {ANSWER} }} }} }}
            municipalities: questions(about: MUNICIPALITIES) {{ key }}
            places: questions(about: PLACES) {{ key }}
            instruments {{ key nl: label en: label(language: EN) }}
            findings {{ key kind section nl: text en: text(language: EN) }}
            reasons: findings(kind: REASON) {{ key }}
            sources {{ title url }}
        }} }}"
    )
}

/// The answer as it must be served, to the depth of the query.
fn answer(answer: &Value, base: u64, depth: usize) -> Value {
    // Rounded to four decimals.
    let share = answer["count"].as_u64().map(|count| {
        let [count, base] = [count, base].map(|number| f64::from(u32::try_from(number).unwrap()));
        (count / base * 1e4).round() / 1e4
    });
    let mut expected = json!({
        "key": answer["key"], "nl": answer["labelNl"], "en": answer["labelEn"], "count": answer["count"],
        "publishedPercentage": answer["publishedPercentage"].as_f64(), "share": share, "legibility": answer["legibility"],
    });
    let parts = answer["ofWhich"].as_array().unwrap();
    if depth < 1 {
        expected["ofWhich"] = parts.iter().map(|part| self::answer(part, base, depth + 1)).collect();
    } else {
        assert!(parts.is_empty(), "the query is not deep enough");
    }
    expected
}

#[tokio::test]
async fn every_figure_is_served_as_the_report_has_it() {
    let app = TestApp::shared().await;
    let report = seed_json("report.json");
    let data = app.graphql(&survey_query(), json!({})).await;
    let survey = &data["survey"];
    for field in ["title", "publisher", "fieldwork"] {
        assert_eq!(survey[field], report[field]);
    }
    let of = |field: &str| -> Vec<Value> { report[field].as_array().unwrap().clone() };
    let base = |key: &Value| of("bases").iter().find(|base| base["key"] == *key).unwrap()["size"].as_u64().unwrap();
    let questions: Vec<Value> = of("questions")
        .iter()
        .map(|question| {
            let base = base(&question["base"]);
            let answers: Vec<Value> =
                question["answers"].as_array().unwrap().iter().map(|one| answer(one, base, 0)).collect();
            json!({
                "key": question["key"], "section": question["section"], "base": base,
                "multiple": question["multiple"], "legibility": question["legibility"], "answers": answers,
            })
        })
        .collect();
    assert_eq!(survey["questions"], json!(questions));
    for (field, about) in [("municipalities", "MUNICIPALITIES"), ("places", "PLACES")] {
        let own = of("questions").into_iter().filter(|question| question["about"] == about);
        let keys: Vec<Value> = own.map(|question| json!({ "key": question["key"] })).collect();
        assert!(keys.len() > 3);
        assert_eq!(survey[field], json!(keys));
    }
    let instruments: Vec<Value> = of("instruments")
        .iter()
        .map(|one| json!({ "key": one["key"], "nl": one["labelNl"], "en": one["labelEn"] }))
        .collect();
    assert_eq!(survey["instruments"], json!(instruments));
    let findings: Vec<Value> = of("findings")
        .iter()
        .map(|one| json!({ "key": one["key"], "kind": one["kind"], "section": one["section"], "nl": one["textNl"], "en": one["textEn"] }))
        .collect();
    assert_eq!((survey["findings"].clone(), findings.len()), (json!(findings), 23));
    let reasons = findings.iter().filter(|one| one["kind"] == "REASON").count();
    assert_eq!(survey["reasons"].as_array().unwrap().len(), reasons);
    assert_eq!(survey["sources"].as_array().unwrap().len(), of("sources").len());
}

#[tokio::test]
async fn the_report_approached_325_places_and_140_answered() {
    let app = TestApp::shared().await;
    let data = app.graphql(&survey_query(), json!({})).await;
    let bases: Vec<Value> = data["survey"]["bases"]
        .as_array()
        .unwrap()
        .iter()
        .map(|base| json!([base["key"], base["size"], base["publishedResponsePercentage"]]))
        .collect();
    let expected =
        json!([["municipalities", 25, null], ["places_approached", 325, null], ["places_responded", 140, 43.0]]);
    assert_eq!(json!(bases), expected);
}

fn all_answers(answers: &Value) -> Vec<Value> {
    let each = answers.as_array().into_iter().flatten();
    each.flat_map(|answer| [vec![answer.clone()], all_answers(&answer["ofWhich"])].concat()).collect()
}

#[tokio::test]
async fn what_could_not_be_read_is_null_and_a_share_is_count_by_base() {
    let app = TestApp::shared().await;
    let data = app.graphql(&survey_query(), json!({})).await;
    let (mut unreadable, mut shares) = (0, 0);
    for question in data["survey"]["questions"].as_array().unwrap() {
        for answer in all_answers(&question["answers"]) {
            if answer["legibility"] == "UNREADABLE" {
                assert_eq!([&answer["count"], &answer["publishedPercentage"], &answer["share"]], [&Value::Null; 3]);
                assert!(question["legibility"].is_string(), "{question}");
                unreadable += 1;
            }
            assert_eq!(answer["share"].is_null(), answer["count"].is_null(), "{answer}");
            if let Some(share) = answer["share"].as_f64() {
                let exact = answer["count"].as_f64().unwrap() / question["base"].as_f64().unwrap();
                assert!((share - exact).abs() <= 5e-5 && (0.0..=1.0).contains(&share), "{answer}");
                shares += 1;
            }
        }
    }
    assert!(unreadable > 0 && shares > 20, "{unreadable}, {shares}");
}

#[tokio::test]
async fn a_question_is_found_by_its_key() {
    let app = TestApp::shared().await;
    let query = r#"{ survey {
        vision: question(key: "municipality.vision") { base answers { key count share } }
        none: question(key: "municipality.nothing") { key }
    } }"#;
    let data = app.graphql(query, json!({})).await;
    // The report: 6 of 25 municipalities have adopted a vision.
    let vision = &data["survey"]["vision"];
    assert_eq!(
        (&vision["base"], &vision["answers"][0]),
        (&json!(25), &json!({ "key": "adopted", "count": 6, "share": 0.24 }))
    );
    assert_eq!(data["survey"]["none"], Value::Null);
}
