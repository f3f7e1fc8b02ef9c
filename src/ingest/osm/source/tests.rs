//! `tests/fixtures/overpass.json` and `tests/fixtures/places.osm.pbf` hold the same elements. Nothing in them exists but
//! the Trefkoele in Dalfsen. The second was written byte by byte by a script that shares nothing with this reader: dense
//! and plain nodes, blocks packed and not, an offset and a granularity of their own, and a kind of blob that nobody knows;
//! the crate osmpbf reads the same of it.

use std::io::{Cursor, Write};

use flate2::{Compression, write::ZlibEncoder};
use proptest::prelude::*;
use prost::Message;

use super::*;
use crate::{
    findings::Severity,
    ingest::osm::{
        element::{ElementId, ElementKind, Tags},
        wire::{
            Blob, BlobHeader, DenseNodes, HeaderBlock, PrimitiveBlock, PrimitiveGroup, Relation, StringTable, Tagged,
        },
    },
    model::Language,
    testing::EDITION,
};

const OVERPASS: &[u8] = include_bytes!("../../../../tests/fixtures/overpass.json");
const PBF: &[u8] = include_bytes!("../../../../tests/fixtures/places.osm.pbf");

fn read_bytes(bytes: &[u8]) -> Result<Extract, OsmError> {
    extract(Cursor::new(bytes))
}

fn batch(extract: &Extract) -> Batch {
    let mut batch = Batch::default();
    let today = "2026-11-27".parse().unwrap();
    add(&mut batch, &"map".into(), extract, &EDITION, None, today);
    batch
}

fn sentence(bytes: &[u8]) -> String {
    read_bytes(bytes).unwrap_err().message(Language::En)
}

fn record<'a>(batch: &'a Batch, id: &str) -> &'a Record {
    let mut records = batch.groups.iter().flat_map(|(_, records)| records);
    records.find(|record| record.at.sheet.as_deref() == Some(id)).unwrap()
}

#[test]
fn both_formats_give_the_same_records_for_the_same_data() {
    let (overpass, pbf) = (read_bytes(OVERPASS).unwrap(), read_bytes(PBF).unwrap());
    assert_eq!(overpass.day, Some("2026-11-20".parse().unwrap()));
    let sorted = |extract: &Extract| {
        let mut elements = extract.elements.clone();
        elements.sort_by_key(|element| element.id);
        elements
    };
    assert_eq!(sorted(&overpass), sorted(&pbf));
    let ids: Vec<String> = sorted(&pbf).iter().map(|element| element.id.to_string()).collect();
    let expected = ["101", "102", "103", "104", "105", "106", "107", "108"].map(|id| format!("node/{id}"));
    assert_eq!(ids, [&expected[..], &["way/201".to_owned(), "relation/301".to_owned()]].concat());
    let (overpass, pbf) = (batch(&overpass), batch(&pbf));
    assert_eq!((overpass.groups, overpass.report), (pbf.groups, pbf.report));
}

#[test]
fn a_building_stands_at_the_middle_of_its_outline() {
    let extract = read_bytes(PBF).unwrap();
    let at = |id| extract.elements.iter().find(|element| element.id == id).unwrap().at.unwrap();
    // By hand, of the corners in the script.
    assert_eq!(at(ElementId(ElementKind::Way, 201)), Wgs84 { lon: 6.257, lat: 52.5065 });
    assert_eq!(at(ElementId(ElementKind::Relation, 301)), Wgs84 { lon: 6.2273, lat: 52.4852 });
    assert_eq!(at(ElementId(ElementKind::Node, 102)), Wgs84 { lon: 6.2571, lat: 52.5065 });
}

#[test]
fn the_municipality_and_the_settlement_come_from_the_point() {
    let batch = batch(&read_bytes(PBF).unwrap());
    let hall = record(&batch, "relation/301");
    assert_eq!(hall.municipality.as_ref().map(MunicipalityCode::as_str), Some("GM0148"));
    assert_eq!(hall.settlement(), Some("Hoonhorst"));
    let told = record(&batch, "node/108");
    assert_eq!(told.settlement(), Some("Lemelerveld"));
    let home = record(&batch, "way/201");
    assert_eq!(home.stated, Some("2026-05-01".parse().unwrap()), "somebody looked that month");
    assert_eq!(hall.stated, Some("2026-11-20".parse().unwrap()), "the day of the map");
}

#[test]
fn the_town_of_an_address_counts_where_it_is_one_of_the_municipality_and_near() {
    let map = Map { edition: &EDITION, surroundings: Surroundings::of(&EDITION, &[]) };
    let dalfsen = "GM0148".parse().unwrap();
    let in_dalfsen = Wgs84 { lon: 6.2570, lat: 52.5065 };
    let settlement = |town| map.settlement(&dalfsen, town, in_dalfsen);
    assert_eq!(settlement(Some("DALFSEN")).as_deref(), Some("DALFSEN"));
    assert_eq!(settlement(Some("Nieuwleusen")).as_deref(), Some("Dalfsen"), "ten kilometres away");
    assert_eq!(settlement(Some("Amsterdam")).as_deref(), Some("Dalfsen"));
    assert_eq!(settlement(None).as_deref(), Some("Dalfsen"));
    let zwolle = "GM0193".parse().unwrap();
    let in_a_district = Wgs84 { lon: 6.099049, lat: 52.506802 };
    assert_eq!(map.settlement(&zwolle, None, in_a_district).as_deref(), Some("Zwolle"), "not Assendorp");
    let in_a_field = Wgs84 { lon: 6.2790, lat: 52.5600 };
    assert_eq!(map.settlement(&dalfsen, None, in_a_field), None);
}

#[test]
fn what_is_passed_over_is_counted_and_told() {
    let batch = batch(&read_bytes(PBF).unwrap());
    let told: Vec<(&str, &str, &str)> = batch
        .report
        .findings()
        .iter()
        .map(|finding| (finding.rule.code(), finding.column.as_deref().unwrap_or_default(), finding.value.as_str()))
        .collect();
    assert_eq!(
        told,
        [
            ("house-number-shape", "addr:housenumber", "zeven"),
            ("website-shape", "website", "bel mij"),
            ("opening-hours-shape", "opening_hours", "elke dag"),
            ("map-element-elsewhere", "", "1"),
            ("map-element-unnamed", "", "1"),
        ]
    );
    assert_eq!((batch.left_aside, batch.refused), (2, 0));
    let everything = format!("{:?}", batch.groups);
    for personal in ["000000", "bel.jan", "J. Verzonnen", "Stichting Het"] {
        assert!(!everything.contains(personal), "{personal}");
    }
}

#[test]
fn overpass_may_tell_where_a_way_lies_in_any_of_its_ways() {
    let shapes = [
        r#""center":{"lat":52.5065,"lon":6.257}"#,
        r#""bounds":{"minlat":52.5064,"minlon":6.2569,"maxlat":52.5066,"maxlon":6.2571}"#,
        r#""geometry":[{"lat":52.5064,"lon":6.2569},null,{"lat":52.5066,"lon":6.2571}]"#,
        r#""nodes":[1,2,3]"#,
        r#""members":[{"type":"way","ref":9,"role":"outer"},{"type":"node","ref":77,"role":""}]"#,
        r#""members":[{"type":"way","ref":8,"role":"outer","geometry":[{"lat":52.5064,"lon":6.2569},{"lat":52.5066,"lon":6.2571}]}]"#,
        r#""members":[{"type":"node","ref":1,"role":""},{"type":"node","ref":5,"role":"","lat":52.5066,"lon":6.2571}]"#,
    ];
    for shape in shapes {
        let text = format!(
            r#"{{"elements":[{{"type":"relation","id":7,{shape},"tags":{{"amenity":"library"}}}},
            {{"type":"way","id":9,"nodes":[1,2]}},
            {{"type":"node","id":1,"lat":52.5064,"lon":6.2569}},{{"type":"node","id":2,"lat":52.5066,"lon":6.2571}}]}}"#
        );
        let extract = read_bytes(text.as_bytes()).unwrap();
        assert_eq!(extract.elements[0].at, Some(Wgs84 { lon: 6.257, lat: 52.5065 }), "{shape}");
    }
}

#[test]
fn a_query_that_ran_out_of_time_an_element_that_is_wrong_and_one_without_a_place_are_told() {
    let text = r#"{"elements":[{"type":"node","id":"x","lat":52.5,"lon":6.2},{"type":"area"},
        {"type":"way","id":1,"tags":{"amenity":"community_centre","name":"De Fabel"}},
        {"type":"node","id":2,"lat":52.5065,"lon":6.257,"tags":{"amenity":"community_centre","name":"De Fabel"}}],
        "remark":"runtime error: Query timed out in \"query\" at line 3 after 25 seconds."}"#;
    let batch = batch(&read_bytes(text.as_bytes()).unwrap());
    let codes: Vec<&str> = batch.report.findings().iter().map(|finding| finding.rule.code()).collect();
    assert_eq!(codes, ["map-element-unreadable", "map-element-nowhere", "map-incomplete"]);
    assert!(batch.report.findings()[2].message(Language::En).contains("timed out"));
    assert_eq!((batch.refused, batch.groups[0].1.len(), batch.report.count(Severity::Refused)), (2, 1, 3));
}

#[test]
fn the_same_elements_in_another_order_give_the_same_records() {
    let mut extract = read_bytes(PBF).unwrap();
    let records = batch(&extract).groups;
    extract.elements.reverse();
    extract.elements.push(extract.elements[0].clone());
    assert_eq!(batch(&extract).groups, records);
}

#[test]
fn a_file_of_another_kind_is_told_in_one_sentence() {
    for (bytes, expected) in [
        (&b""[..], "empty"),
        (b" \n", "empty"),
        (b"<osm version=\"0.6\"/>", "XML"),
        (b"\x1f\x8b\x08\0", "gzip"),
        (b"BZh91AY", "bzip2"),
        (b"id;naam\n1;x", "neither"),
        (b"{\"type\":\"FeatureCollection\",\"features\":[]}", "without `elements`"),
        (b"{\"elements\":[{},]}", "line 1"),
        (b"{\"elements\":[", "end of the file"),
    ] {
        let sentence = sentence(bytes);
        assert!(sentence.contains(expected) && !sentence.contains('\n'), "{sentence}");
    }
}

#[test]
fn a_file_that_is_cut_off_anywhere_is_told_and_never_panics() {
    for end in 0..PBF.len() {
        // Where a block ends nothing is missing that the file tells of.
        match read_bytes(&PBF[..end]) {
            Ok(extract) => assert!(extract.elements.len() < 10, "{end}"),
            Err(cause) => assert!(!cause.message(Language::Nl).is_empty()),
        }
    }
    for end in 0..OVERPASS.len() - 2 {
        if OVERPASS.get(..end).is_some_and(|text| text.trim_ascii() != OVERPASS.trim_ascii()) {
            assert!(read_bytes(&OVERPASS[..end]).is_err(), "{end}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn damaged_bytes_never_make_a_reader_panic(at in 0..PBF.len(), byte in any::<u8>(), other in 0..OVERPASS.len()) {
        let (mut pbf, mut overpass) = (PBF.to_vec(), OVERPASS.to_vec());
        pbf[at] = byte;
        overpass[other] = byte;
        for bytes in [pbf, overpass] {
            if let Ok(extract) = read_bytes(&bytes) {
                batch(&extract);
            }
        }
    }
}

/// A file of one header and one block.
fn file(header: &HeaderBlock, kind: &str, blob: &Blob) -> Vec<u8> {
    let mut bytes = framed("OSMHeader", &Blob { raw: Some(header.encode_to_vec()), zlib: None });
    bytes.extend(framed(kind, blob));
    bytes
}

fn framed(kind: &str, blob: &Blob) -> Vec<u8> {
    let blob = blob.encode_to_vec();
    let header = BlobHeader { kind: kind.to_owned(), size: i32::try_from(blob.len()).expect("it is small") };
    let header = header.encode_to_vec();
    let length = u32::try_from(header.len()).expect("it is small").to_be_bytes();
    [&length[..], &header, &blob].concat()
}

fn zlib(bytes: &[u8]) -> Blob {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).expect("it fits in memory");
    Blob { raw: None, zlib: Some(encoder.finish().expect("it fits in memory")) }
}

fn block(groups: &[PrimitiveGroup]) -> PrimitiveBlock {
    let strings = ["", "amenity", "library"].map(|text| text.as_bytes().to_vec());
    PrimitiveBlock {
        strings: Some(StringTable { strings: strings.to_vec() }),
        groups: groups.iter().map(PrimitiveGroup::encode_to_vec).collect(),
        granularity: Some(i32::MAX),
        lat_offset: i64::MAX,
        lon_offset: i64::MIN,
    }
}

#[test]
fn numbers_that_overflow_or_lead_nowhere_are_no_reason_to_panic() {
    let dense = DenseNodes {
        ids: vec![i64::MAX; 3],
        lats: vec![i64::MAX; 3],
        lons: vec![i64::MIN; 4],
        keys_values: vec![1, 2, 0, -1, 99, 0, 1],
    };
    let tagged = Tagged { id: 1, keys: vec![1, 99], values: vec![2] }.encode_to_vec();
    let members = Relation { members: vec![i64::MAX; 4], kinds: vec![1, 0, 2, 77] }.encode_to_vec();
    let group = PrimitiveGroup {
        nodes: Vec::new(),
        dense: Some(dense),
        ways: vec![tagged.clone()],
        relations: vec![[tagged, members].concat()],
    };
    let bytes = file(&HeaderBlock::default(), "OSMData", &zlib(&block(&[group]).encode_to_vec()));
    let extract = read_bytes(&bytes).unwrap();
    assert_eq!(extract.elements.len(), 3);
    assert_eq!(batch(&extract).left_aside + batch(&extract).refused, 3);
}

#[test]
fn texts_and_tags_beyond_what_openstreetmap_takes_are_left_aside() {
    let strings = ["amenity", "library", "name", &"x".repeat(2_000)].map(|text| text.as_bytes().to_vec());
    let tagged = Tagged { id: 1, keys: vec![0, 2, 3], values: vec![1, 3, 1] };
    let group = PrimitiveGroup { ways: vec![tagged.encode_to_vec()], ..PrimitiveGroup::default() };
    let block = PrimitiveBlock { strings: Some(StringTable { strings: strings.to_vec() }), ..block(&[group]) };
    let extract = read_bytes(&file(&HeaderBlock::default(), "OSMData", &zlib(&block.encode_to_vec()))).unwrap();
    assert_eq!(extract.elements[0].tags, Tags::from([("amenity".to_owned(), "library".to_owned())]));
}

#[test]
fn what_unpacks_to_more_than_the_format_allows_or_asks_for_more_than_is_done_is_refused() {
    let bomb = file(&HeaderBlock::default(), "OSMData", &zlib(&vec![0; 33 << 20]));
    assert!(bomb.len() < 100_000);
    assert!(sentence(&bomb).contains("damaged"));
    let history = HeaderBlock { required_features: vec!["HistoricalInformation".to_owned()], ..HeaderBlock::default() };
    assert!(sentence(&file(&history, "OSMData", &Blob::default())).contains("HistoricalInformation"));
    let lzma = file(&HeaderBlock::default(), "OSMData", &Blob::default());
    assert!(sentence(&lzma).contains("zstd"));
    let mut huge = PBF.to_vec();
    huge[..4].copy_from_slice(&u32::MAX.to_be_bytes());
    assert!(sentence(&huge).contains("damaged"));
    assert!(sentence(&file(&HeaderBlock::default(), "OSMHeader", &zlib(&[]))).contains("damaged"));
}

#[test]
fn a_real_answer_about_the_hague_is_passed_over_and_one_moved_to_zwolle_is_taken() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/raw/osm-overpass-den-haag/overpass-response.json");
    let Ok(text) = std::fs::read_to_string(&path) else {
        eprintln!("SKIPPED: {} is not there", path.display());
        return;
    };
    let mut extract = read_bytes(text.as_bytes()).unwrap();
    let passed_over = batch(&extract);
    assert!(passed_over.groups[0].1.is_empty());
    assert_eq!((passed_over.left_aside, passed_over.refused, extract.elements.len()), (6, 0, 6));
    // By as much as Zwolle is from The Hague, in memory only: nothing of this is where it is said to be.
    for element in &mut extract.elements {
        let at = element.at.as_mut().unwrap();
        (at.lon, at.lat) = (6.09 + (at.lon - 4.3) / 20.0, 52.51 + (at.lat - 52.07) / 20.0);
    }
    let moved = batch(&extract);
    let records = &moved.groups[0].1;
    assert!(records.iter().all(|record| record.municipality.as_ref().is_some_and(|code| code.as_str() == "GM0193")));
    let ymca = records.iter().find(|record| record.name() == Some("YMCA")).unwrap();
    assert_eq!(ymca.stated, Some("2026-05-17".parse().unwrap()));
    assert!(ymca.statements.contains(&Statement::Website(Some("https://www.ymcascheveningen.nl".to_owned()))));
    assert_eq!(records.iter().filter(|record| record.may_be_new).count(), 3, "a club of tennis players is none");
    let everything = format!("{records:?}");
    assert!(!everything.contains("+31") && !everything.contains("355 5120"), "no telephone number");
}

#[test]
fn only_what_has_no_name_is_counted_as_such() {
    let node = |id: u32, name: &str| {
        format!(
            r#"{{"type":"node","id":{id},"lat":52.5065,"lon":6.257,"tags":{{"amenity":"community_centre"{name}}}}}"#
        )
    };
    let nodes = [
        node(1, ""),
        node(2, r#","name":"=1+1""#),
        node(3, r#","name":"06-12345678""#),
        node(4, r#","name":"<b>Honk</b>""#),
        node(5, r#","name":"onbekend""#),
    ];
    let batch = batch(&read_bytes(format!(r#"{{"elements":[{}]}}"#, nodes.join(",")).as_bytes()).unwrap());
    let unnamed = batch.report.findings().iter().find(|finding| finding.rule == Rule::MapElementUnnamed).unwrap();
    assert_eq!((unnamed.value.as_str(), batch.left_aside, batch.refused), ("2", 2, 3), "{:?}", batch.report);
    assert_eq!(batch.report.count(Severity::Refused), 3);
}

#[test]
fn what_is_said_of_an_element_is_not_said_of_a_row() {
    // In a field between the villages.
    let text = r#"{"elements":[
        {"type":"node","id":2,"lat":52.56,"lon":6.279,"tags":{"amenity":"community_centre","name":"De Fabel"}}]}"#;
    let books = crate::testing::books();
    let outcome =
        batch(&read_bytes(text.as_bytes()).unwrap()).take(&books, &EDITION, "2026-11-27T09:00:00Z".parse().unwrap());
    let report = outcome.report;
    let codes: Vec<&str> = report.findings().iter().map(|finding| finding.rule.code()).collect();
    assert_eq!(codes, ["map-element-without-settlement"]);
    let finding = &report.findings()[0];
    assert_eq!((finding.value.as_str(), finding.sheet.as_deref()), ("De Fabel", Some("node/2")));
    assert!(finding.remedy(Language::Nl).contains("`addr:city`"), "{}", finding.remedy(Language::Nl));
    for rule in Rule::ALL.iter().filter(|rule| rule.code().starts_with("map-element-")) {
        let finding = Finding::new(&"map".into(), None, *rule, "");
        for language in [Language::Nl, Language::En] {
            let text = format!("{} {}", finding.message(language), finding.remedy(language));
            let of_a_table = ["rij ", "row ", "cel ", "cell ", "kolom", "column"];
            assert!(!of_a_table.iter().any(|word| text.contains(word)), "{text}");
        }
    }
}
