//! In Dutch everything that a command says is Dutch: each is run, with what goes well and what does not, and its words looked at.

use crate::desk::Desk;

/// Words that are English and no Dutch, of those that such sentences are made of.
const ENGLISH: [&str; 48] = [
    "the",
    "and",
    "are",
    "not",
    "with",
    "from",
    "there",
    "edition",
    "editions",
    "place",
    "places",
    "known",
    "nothing",
    "cannot",
    "stored",
    "waits",
    "answer",
    "answered",
    "published",
    "number",
    "changed",
    "file",
    "folder",
    "address",
    "row",
    "rows",
    "without",
    "which",
    "gone",
    "back",
    "said",
    "found",
    "municipality",
    "settlement",
    "taken",
    "source",
    "sources",
    "database's",
    "again",
    "because",
    "import's",
    "would",
    "have",
    "this",
    "that",
    "be",
    "by",
    "no",
];

/// The words of a text, without what is quoted, such as commands and values, and without names of files and rules.
fn words(text: &str) -> Vec<String> {
    let (mut plain, mut closes) = (String::new(), None);
    for character in text.chars() {
        match (closes, character) {
            (Some(close), character) if character == close => closes = None,
            (Some(_), _) => {}
            (None, '`') => closes = Some('`'),
            (None, '“') => closes = Some('”'),
            (None, '[') => closes = Some(']'),
            (None, character) => plain.push(character),
        }
    }
    let is_name = |word: &&str| word.contains(['/', '.', '_', ':']) || word.chars().any(|c| c.is_ascii_digit());
    let words = plain.split_whitespace().filter(|word| !is_name(&word.trim_end_matches(['.', ':', ',', ';'])));
    words.map(|word| word.trim_matches(|c: char| !c.is_alphabetic()).to_lowercase()).collect()
}

/// What a command said, whatever it ended with.
fn said(desk: &Desk, arguments: &[&str]) -> String {
    let arguments: Vec<&str> = arguments.iter().copied().chain(["--language", "nl"]).collect();
    let said = desk.run(&arguments);
    assert_ne!(said.code, Some(2), "{arguments:?}: {}", said.error);
    said.out + &said.error
}

fn assert_dutch(desk: &Desk, arguments: &[&str]) -> String {
    let text = said(desk, arguments);
    assert!(!text.trim().is_empty(), "{arguments:?} says nothing");
    let english: Vec<String> = words(&text).into_iter().filter(|word| ENGLISH.contains(&word.as_str())).collect();
    assert!(english.is_empty(), "{arguments:?}: {english:?}\n{text}");
    text
}

#[tokio::test]
async fn in_dutch_every_command_speaks_dutch() {
    let desk = Desk::new().await;
    desk.write(
        "plekken.csv",
        "sleutel;naam;gemeente;plaats;straat;huisnummer;postcode;opgericht;website;sport;biljarten;zomaar\n\
         de-wiekelaar-oudleusen;De Wiekelaar;Dalfsen;Oudleusen;;;;vorig jaar;example;misschien;-;x\n\
         ;Buurthuis De Proef;Dalfsen;Dalfsen;Dorpsstraat;12;7721 AA;1999;;ja;;\n\
         ;Jeugdhonk De Loods;Hof van Twente;Hengevelde;Bretelerstraat;16;7496 PP;;;;;\n\
         geen-plek;Weg;Dalfsen;Dalfsen;;;;;;;;\n\
         ;;Dalfsen;;;;;;;;;\n",
    );
    desk.write("leeg.csv", "");
    desk.write("koppen.csv", "naam;plaats\n");
    desk.write("oud.xls", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
    desk.write("web.csv", "<html></html>");
    desk.write("vorm.shp", [0, 0, 0x27, 0x0A, 1, 2, 3]);
    desk.write("plat.txt", "naam");
    desk.write("geo.geojson", r#"{"type":"FeatureCollection","features":[]}"#);
    desk.write("kapot.json", "{\"type\":");
    for arguments in [
        &["ingest", "places", "plekken.csv"][..],
        &["ingest", "places", "plekken.csv", "--dry-run"],
        &["ingest", "places", "plekken.csv", "--strict"],
        &["ingest", "places", "er-niet.csv"],
        &["ingest", "places", "."],
        &["ingest", "places", "leeg.csv"],
        &["ingest", "places", "koppen.csv"],
        &["ingest", "places", "oud.xls"],
        &["ingest", "places", "web.csv"],
        &["ingest", "places", "kapot.json"],
        &["ingest", "places", "plekken.csv", "--report", "er-niet/verslag.csv"],
        &["ingest", "places", "plekken.csv", "--municipality", "Emmen"],
        &["ingest", "policies", "koppen.csv"],
        &["ingest", "policies", "plekken.csv"],
        &["ingest", "polling-places", "plekken.csv"],
        &["ingest", "survey", "plekken.csv"],
        &["ingest", "osm", "web.csv"],
        &["ingest", "osm", "plat.txt"],
        &["ingest", "cbs-areas", "vorm.shp"],
        &["ingest", "cbs-areas", "plat.txt"],
        &["ingest", "cbs-areas", "geo.geojson"],
        &["ingest", "cbs-areas", "kapot.json"],
        &["ingest", "settlements", "geo.geojson"],
        &["ingest", "settlements", "oud.xls"],
        &["pairs", "list"],
        &["pairs", "list", "--all"],
        &["pairs", "same", "x", "y"],
        &["pairs", "different", "GM1735/jeugdhonk de loods/hengevelde", "kulturhus-de-marke-hengevelde"],
        &["geocode", "--provider", "offline"],
        &["geocode", "--provider", "offline", "--dry-run"],
        &["geocode", "list"],
        &["geocode", "list", "--all"],
        &["geocode", "accept", "er-niet"],
        &["geocode", "reject", "er-niet"],
        &["revert", "municipality-GM0148", "--dry-run"],
        &["revert", "municipality-GM0148"],
        &["revert", "er-niet"],
        &["revert", "cbs-85039ned"],
        &["template", "places", "--municipality", "Emmen"],
        &["template", "survey", "--output", "er-niet/vragen.xlsx"],
        &["export", "edition", "2020-01-01-000000000000"],
        &["withdraw", "er-niet", "--reason", "op verzoek"],
        &["withdraw", "er-niet", "--reason", " "],
        &["migrate"],
        &["check"],
    ] {
        assert_dutch(&desk, arguments);
    }
    // The notes of editions are the same for all readers.
    assert!(said(&desk, &["editions"]).starts_with("nummer  editie"));
}

#[tokio::test]
async fn a_list_that_speaks_of_emmen_or_woerden_is_of_elsewhere() {
    let desk = Desk::new().await;
    desk.write("lijst.csv", "naam;gemeente;plaats\nBuurthuis De Peel;Emmen;Emmen\nDe Kei;Woerden;Woerden\n");
    let said = said(&desk, &["ingest", "polling-places", "lijst.csv", "--date", "2026-03-18"]);
    assert!(said.contains("Emmen") && said.contains("[rows-elsewhere]"), "{said}");
}
