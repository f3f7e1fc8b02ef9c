use std::io::{Cursor, Write as _};

use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::*;
use crate::{
    ingest::tabular::{
        limits::{MOST_COLUMNS, MOST_ROWS},
        table::{CellKind, Geometry, Oddity, Record},
    },
    model::Language,
    spatial::Wgs84,
};

fn read_one(bytes: &[u8]) -> Table {
    let mut tables = read_bytes(bytes).unwrap();
    assert_eq!(tables.len(), 1);
    tables.remove(0)
}

/// Each row as its number and `column=text`.
fn rows(table: &Table) -> Vec<String> {
    let cells = |record: &Record| {
        let cells = record.cells.iter().map(|cell| format!("{}={}", cell.column, cell.text));
        cells.collect::<Vec<_>>().join(" ")
    };
    table.records.iter().map(|record| format!("{}: {}", record.row, cells(record))).collect()
}

fn refused(bytes: &[u8]) -> TableError {
    read_bytes(bytes).unwrap_err()
}

#[test]
fn a_table_is_read_whatever_its_delimiter_and_encoding() {
    let text = "naam;plaats\nCafé ’t Hoekje;Zwolle\n";
    let utf16 = |to_bytes: fn(u16) -> [u8; 2], mark: [u8; 2], text: &str| {
        [mark.to_vec(), text.encode_utf16().flat_map(to_bytes).collect()].concat()
    };
    let windows = encoding_rs::WINDOWS_1252.encode(text).0.into_owned();
    assert!(std::str::from_utf8(&windows).is_err());
    for bytes in [
        text.as_bytes().to_vec(),
        format!("\u{feff}{text}").into_bytes(),
        text.replace(';', ",").into_bytes(),
        text.replace(';', "\t").into_bytes(),
        text.replace('\n', "\r\n").into_bytes(),
        text.replace('\n', "\r").into_bytes(),
        utf16(u16::to_le_bytes, [0xFF, 0xFE], &text.replace(';', "\t")),
        utf16(u16::to_be_bytes, [0xFE, 0xFF], text),
        text.replace(';', "|").into_bytes(),
        windows,
    ] {
        let table = read_one(&bytes);
        assert_eq!(table.headings, ["naam", "plaats"]);
        assert_eq!(rows(&table), ["2: 0=Café ’t Hoekje 1=Zwolle"], "{bytes:x?}");
    }
}

#[test]
fn rows_have_the_numbers_that_a_spreadsheet_shows() {
    let text = "\n\nnaam,plaats\n\"De\nSchalm\",Zwolle\n\n,\nDe Spil,\"Dalfsen, \"\"Oost\"\"\"\n";
    let table = read_one(text.as_bytes());
    assert_eq!(table.heading_row, 3);
    assert_eq!(rows(&table), ["4: 0=De\nSchalm 1=Zwolle", "7: 0=De Spil 1=Dalfsen, \"Oost\""]);
}

#[test]
fn the_delimiter_is_that_of_the_first_line_outside_quotes_or_told() {
    let table = read_one(b"\"naam, en meer, van, de plek\";plaats\na,b;c\n");
    assert_eq!((table.headings.len(), rows(&table)), (2, vec!["2: 0=a,b 1=c".to_owned()]));
    let table = read_one(b"sep=|\r\nnaam|plaats\r\na|b\r\n");
    assert_eq!((table.headings.len(), rows(&table)), (2, vec!["3: 0=a 1=b".to_owned()]));
    // As old programs of Apple write it.
    let table = read_one(b"sep=;\rnaam;plaats\ra;b\r");
    assert_eq!((table.headings.len(), rows(&table)), (2, vec!["3: 0=a 1=b".to_owned()]));
    let table = read_one("naam\nKulturhus, het\n".as_bytes());
    assert_eq!(rows(&table), ["2: 0=Kulturhus, het"]);
}

#[test]
fn a_ragged_row_keeps_its_cells() {
    let table = read_one(b"naam;plaats\na\na;b;c;;d\n");
    assert_eq!(rows(&table), ["2: 0=a", "3: 0=a 1=b 2=c 4=d"]);
}

#[test]
fn quotes_inside_a_cell_are_themselves_and_an_unclosed_one_is_told() {
    let table = read_one("naam;plaats\nZaal 5\" breed;\"Bij \"\"Bep\"\"\" \n".as_bytes());
    assert_eq!(rows(&table), ["2: 0=Zaal 5\" breed 1=Bij \"Bep\" "]);
    let error = refused(b"naam;plaats\nDe Spil;x\n\"De Schalm;y\nDe Hoek;z\n");
    assert!(matches!(error, TableError::UnclosedQuote { row: 3 }), "{error:?}");
}

#[test]
fn what_is_no_table_is_refused_in_one_sentence() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("mimetype", SimpleFileOptions::default()).unwrap();
    zip.start_file("content.xml", SimpleFileOptions::default()).unwrap();
    let ods = zip.finish().unwrap().into_inner();
    for (bytes, expected) in [
        (&b""[..], "is empty"),
        (b"  \r\n\t\n", "is empty"),
        (b"\xEF\xBB\xBF", "is empty"),
        (b"naam;plaats\n", "no row below"),
        (b"naam;plaats\n;\n \n", "no row below"),
        (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "old .xls"),
        (&ods, ".ods"),
        (b"%PDF-1.7", "PDF"),
        (b"<!DOCTYPE html><table>", "web page"),
        (b"\x00\x01\x02\x00\x00\x00", "no text"),
        (b"{\"type\":\"FeatureCollection\",\"features\":[]}", "no row below"),
        (b"{\"type\":\"Topology\"}", "neither GeoJSON nor a list"),
        (b"[1, 2]", "neither GeoJSON nor a list"),
        (b"{\"a\":1}\n{\"a\":", "goes wrong on line 2"),
        (b"{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\"", "goes wrong on line 1"),
        (b"PK\x03\x04", "damaged"),
    ] {
        // A collection without features has no headings either.
        let error = refused(bytes);
        let message = error.to_string();
        let is_empty_collection = bytes.ends_with(b"[]}") && message.contains("is empty");
        assert!(message.contains(expected) || is_empty_collection, "{message}");
        assert!(!error.message(Language::Nl).is_empty() && error.message(Language::Nl) != message);
    }
}

#[test]
fn too_many_rows_and_columns_and_too_long_cells_are_bounded() {
    let many = format!("naam\n{}", "a\n".repeat(1_000_000));
    let error = refused(many.as_bytes());
    assert!(matches!(error, TableError::TooManyRows { rows: 1_000_000 }), "{error:?}");
    let most = format!("naam\n{}", "a\n".repeat(MOST_ROWS));
    assert_eq!(read_one(most.as_bytes()).records.len(), MOST_ROWS);
    let error = refused(format!("naam{}x\na\n", ";".repeat(MOST_COLUMNS)).as_bytes());
    assert!(matches!(error, TableError::TooManyColumns { columns: 1_025 }), "{error:?}");
    let table = read_one(format!("naam;plaats\n{};b\n", "é".repeat(10_001)).as_bytes());
    assert_eq!(table.records[0].cells[0].kind, CellKind::TooLong(10_001));
    assert!(table.records[0].cells[0].text.len() < 1_000);
    let table = read_one(format!("naam\n{}\n", "é".repeat(10_000)).as_bytes());
    assert_eq!(table.records[0].cells[0].kind, CellKind::Plain);
}

/// A workbook with all that a clerk's cells hold.
fn workbook() -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("Plekken").unwrap();
    for (column, heading) in (0..).zip(["naam", "huisnummer", "datum", "open", "formule", "leeg", "ligging"]) {
        sheet.write_string(1, column, heading).unwrap();
    }
    let date = Format::new().set_num_format("yyyy-mm-dd");
    sheet.write_string(2, 0, "De Schalm").unwrap();
    sheet.write_number(2, 1, 12.0).unwrap();
    sheet.write_datetime_with_format(2, 2, ExcelDateTime::from_ymd(2026, 3, 15).unwrap(), &date).unwrap();
    sheet.write_boolean(2, 3, true).unwrap();
    sheet.write_formula(2, 4, Formula::new("=1+1").set_result("2")).unwrap();
    sheet.write_string(2, 5, " ").unwrap();
    sheet.write_number(2, 6, 0.1 + 0.2).unwrap();
    sheet.write_string(4, 0, "De Spil").unwrap();
    sheet.write_number(4, 6, 52.212079).unwrap();
    workbook.add_worksheet().set_name("Leeg").unwrap();
    workbook.save_to_buffer().unwrap()
}

#[test]
fn a_workbook_shows_what_a_clerk_sees() {
    let tables = read_bytes(&workbook()).unwrap();
    assert_eq!(tables.iter().map(|table| table.sheet.as_deref().unwrap()).collect::<Vec<_>>(), ["Plekken", "Leeg"]);
    assert_eq!(tables[0].heading_row, 2);
    assert_eq!(tables[0].headings[..2], ["naam", "huisnummer"]);
    assert_eq!(rows(&tables[0]), ["3: 0=De Schalm 1=12 2=2026-03-15 3=ja 4=2 6=0.3", "5: 0=De Spil 6=52.212079"]);
    let kinds: Vec<CellKind> =
        tables[0].records.iter().flat_map(|record| &record.cells).map(|cell| cell.kind).collect();
    assert_eq!(kinds[4], CellKind::Formula);
    assert_eq!(kinds.iter().filter(|kind| **kind == CellKind::Plain).count(), 7);
}

/// A workbook with this sheet and these strings, as another program might write it.
fn workbook_of(sheet: &str, strings: &str) -> Vec<u8> {
    workbook_with(&[
        (
            "[Content_Types].xml",
            r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#.as_bytes(),
        ),
        (
            "_rels/.rels",
            br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
        ),
        (
            "xl/workbook.xml",
            br#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#,
        ),
        (
            "xl/_rels/workbook.xml.rels",
            br#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
        ),
        ("xl/sharedStrings.xml", strings.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

fn workbook_with(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in parts {
        zip.start_file(*name, options).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn sheet_of(cells: &str) -> String {
    format!(
        r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{cells}</sheetData></worksheet>"#
    )
}

const NO_STRINGS: &str = r#"<sst uniqueCount="1"><si><t>naam</t></si></sst>"#;

#[test]
fn a_workbook_of_another_program_is_read() {
    let cells = r#"<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" t="e"><v>#N/A</v></c></row>
        <row r="3"><c r="A3" t="inlineStr"><is><t>De &amp; Spil</t></is></c></row>
        <row r="4"><c r="A4"><f>A1</f></c></row>"#;
    let table = read_one(&workbook_of(&sheet_of(cells), NO_STRINGS));
    assert_eq!(rows(&table), ["2: 0=#N/A", "3: 0=De & Spil", "4: 0="]);
    let kinds: Vec<CellKind> = table.records.iter().map(|record| record.cells[0].kind).collect();
    assert_eq!(kinds, [CellKind::Error, CellKind::Plain, CellKind::FormulaWithoutValue]);
}

#[test]
fn a_cell_far_away_takes_no_memory() {
    let cells = r#"<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="1048576"><c r="ALL1048576"><v>7</v></c></row>"#;
    let table = read_one(&workbook_of(&sheet_of(cells), NO_STRINGS));
    assert_eq!(rows(&table), ["1048576: 999=7"]);
    let cells = cells.replace("ALL1048576", "XFD1048576");
    assert!(matches!(refused(&workbook_of(&sheet_of(&cells), NO_STRINGS)), TableError::TooManyColumns { .. }));
}

#[test]
fn a_count_that_is_a_lie_is_not_believed() {
    let cells = r#"<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>"#;
    for count in ["99999999999999", "18446744073709551615", "1e3000000000"] {
        let strings = NO_STRINGS.replace("\"1\"", &format!("\"{count}\""));
        // The last one is no number, and is passed over.
        let is_refused = matches!(read_bytes(&workbook_of(&sheet_of(cells), &strings)), Err(TableError::Truncated));
        assert_eq!(is_refused, !count.contains('e'), "{count}");
    }
}

#[test]
fn a_zip_bomb_is_not_unpacked() {
    // Hundreds of megabytes take long to pack; the limit is as small as the bomb.
    let most = 1 << 20;
    let spaces = vec![b' '; 3 << 20];
    let bomb = workbook_with(&[("xl/workbook.xml", &spaces)]);
    assert!(bomb.len() < 10_000);
    assert!(matches!(xlsx::weigh(&bomb, most), Err(TableError::Bomb)));
    assert!(matches!(xlsx::weigh(&bomb, 3 << 20), Ok(())));
    // Neither is one whose headers call it small.
    let mut liar = bomb;
    let size = u32::try_from(spaces.len()).unwrap().to_le_bytes();
    let mut lies = 0;
    while let Some(at) = liar.windows(4).position(|window| window == size) {
        liar[at..at + 4].copy_from_slice(&1_000_u32.to_le_bytes());
        lies += 1;
    }
    assert!(lies >= 1);
    assert!(matches!(xlsx::weigh(&liar, most), Err(TableError::Bomb | TableError::Truncated)));
    // Many small ones are as bad as a large one.
    let names: Vec<String> = (0..5).map(|number| format!("xl/workbook{number}.xml")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &spaces[..300_000])).collect();
    assert!(matches!(xlsx::weigh(&workbook_with(&parts), most), Err(TableError::Bomb)));
}

#[test]
fn a_workbook_that_breaks_off_anywhere_is_one_sentence() {
    let whole = workbook();
    for end in (4..whole.len()).step_by(97) {
        let error = refused(&whole[..end]);
        assert!(matches!(error, TableError::Truncated | TableError::OtherFormat(_)), "{end}: {error:?}");
    }
}

const GEOJSON: &str = r#"{"type":"FeatureCollection","features":[
    {"type":"Feature","id":"place:x","geometry":{"type":"Point","coordinates":[6.1,52.5]},
     "properties":{"name":"De Schalm","foundedYear":1978,"facilities":["SPORT","THEATER"],"wheelchairAccessible":true,"website":null}},
    {"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[6,52],[6,53],[7,52],[6,52]]]},
     "properties":{"name":"De Spil","extra":{"a":1},"houseNumber":12.0,"alternativeNames":["a;b"],"lege":[]}},
    {"type":"Feature","geometry":null,"properties":{"slug":"y"}}]}"#;

#[test]
fn a_feature_is_a_row() {
    let table = read_one(GEOJSON.as_bytes());
    let heading = |name: &str| table.headings.iter().position(|heading| heading == name).unwrap();
    let text = |row: usize, name: &str| {
        let cell = table.records[row].cells.iter().find(|cell| usize::from(cell.column) == heading(name));
        cell.map(|cell| cell.text.as_str())
    };
    assert_eq!(table.records.iter().map(|record| record.row).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!((text(0, "id"), text(0, "foundedYear"), text(0, "website")), (Some("place:x"), Some("1978"), None));
    assert_eq!((text(0, "facilities"), text(0, "wheelchairAccessible")), (Some("SPORT|THEATER"), Some("true")));
    assert_eq!(
        (text(1, "houseNumber"), text(1, "alternativeNames"), text(1, "lege")),
        (Some("12"), Some("a;b|"), None)
    );
    assert_eq!((text(1, "id"), text(2, "id")), (None, None));
    let geometries: Vec<_> = table.records.iter().map(|record| record.geometry.clone()).collect();
    assert_eq!(
        geometries,
        [Some(Geometry::Point(Wgs84 { lon: 6.1, lat: 52.5 })), Some(Geometry::Other("Polygon".to_owned())), None]
    );
    let nested = table.records[1].cells.iter().find(|cell| cell.kind == CellKind::Nested);
    assert_eq!(nested.map(|cell| cell.text.as_str()), Some("{\"a\":1}"));
}

#[test]
fn one_feature_is_a_table_and_a_deep_one_is_refused() {
    let table = read_one(br#" {"type":"Feature","properties":{"name":"x"},"geometry":null}"#);
    assert_eq!(rows(&table), ["1: 0=x"]);
    let deep = format!(r#"{{"type":"Feature","properties":{}{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
    assert!(matches!(refused(deep.as_bytes()), TableError::Json { .. } | TableError::NotGeoJson));
}

/// The files that people have put at our disposal lie beside the repository and are not part of it.
#[test]
fn the_polling_places_of_2023_are_read() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    // A worktree lies one folder deeper than a clone.
    let beside = [root.join("../shared"), root.join("../../shared")];
    let file = beside
        .iter()
        .map(|folder| folder.join("data/raw/stemlokalen-ps2023/stemlokalen-ps2023-overijssel.csv"))
        .find(|file| file.exists());
    let Some(file) = file else {
        eprintln!("skipped: the folder shared, with the polling places of 2023, does not lie beside the repository");
        return;
    };
    let tables = read(&file).unwrap();
    assert_eq!((tables.len(), tables[0].records.len()), (1, 650));
    assert_eq!(tables[0].headings[3], "Naam stembureau");
}

proptest! {
    #[test]
    fn any_bytes_are_tables_or_a_sentence(bytes in proptest::collection::vec(any::<u8>(), 0..2_000)) {
        let _ = read_bytes(&bytes);
    }

    #[test]
    fn any_text_is_a_table_or_a_sentence(text in "[a-z;,\"\r\n\t{}\\[\\]:é\u{0}=|]{0,300}") {
        let _ = read_bytes(text.as_bytes());
    }

    #[test]
    fn a_damaged_file_is_tables_or_a_sentence(
        kind in 0..3_usize,
        changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8),
        cut in proptest::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = match kind {
            0 => workbook(),
            1 => GEOJSON.as_bytes().to_vec(),
            _ => "naam;plaats\n\"De\nSchalm\";Zwolle\nCafé;x\n".as_bytes().to_vec(),
        };
        for (at, byte) in changes {
            let index = at.index(bytes.len());
            bytes[index] = byte;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let _ = read_bytes(&bytes);
    }

    /// Damage behind the packing, which a checksum would otherwise catch.
    #[test]
    fn a_damaged_sheet_is_tables_or_a_sentence(
        changes in proptest::collection::vec((any::<prop::sample::Index>(), prop::sample::select(b"<>/\"=&;0A1r ".to_vec())), 1..6),
        in_strings in any::<bool>(),
    ) {
        let cells = r#"<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="B2" t="str"><f t="shared" ref="B2:B3" si="0">A1</f><v>x</v></c></row>"#;
        let (mut sheet, mut strings) = (sheet_of(cells).into_bytes(), NO_STRINGS.as_bytes().to_vec());
        let damaged = if in_strings { &mut strings } else { &mut sheet };
        for (at, byte) in changes {
            let index = at.index(damaged.len());
            damaged[index] = byte;
        }
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let _ = read_bytes(&workbook_of(&text(&sheet), &text(&strings)));
    }
}

#[test]
fn utf_16_needs_no_mark() {
    let text = "naam;plaats\nCafé 't Hoekje;Zwolle\n";
    for to_bytes in [u16::to_le_bytes as fn(u16) -> [u8; 2], u16::to_be_bytes] {
        let table = read_one(&text.encode_utf16().flat_map(to_bytes).collect::<Vec<u8>>());
        assert_eq!(rows(&table), ["2: 0=Café 't Hoekje 1=Zwolle"]);
    }
}

#[test]
fn objects_are_rows_in_a_list_or_on_a_line_each() {
    let expected = ["1: 0=De Spil 1=Dalfsen", "2: 0=De Schalm 1=Zwolle"];
    for text in [
        r#"[{"naam":"De Spil","plaats":"Dalfsen"},{"naam":"De Schalm","plaats":"Zwolle"}]"#,
        "{\"naam\":\"De Spil\",\"plaats\":\"Dalfsen\"}\n\n{\"naam\":\"De Schalm\",\"plaats\":\"Zwolle\"}\n",
        "{\"type\":\"Feature\",\"geometry\":null,\"properties\":{\"naam\":\"De Spil\",\"plaats\":\"Dalfsen\"}}\r\n\
         {\"type\":\"Feature\",\"geometry\":null,\"properties\":{\"naam\":\"De Schalm\",\"plaats\":\"Zwolle\"}}",
        "\u{1E}{\"naam\":\"De Spil\",\"plaats\":\"Dalfsen\"}\n\u{1E}{\"naam\":\"De Schalm\",\"plaats\":\"Zwolle\"}\n",
    ] {
        let table = read_one(text.as_bytes());
        assert_eq!(
            (table.headings.join(","), rows(&table)),
            ("naam,plaats".to_owned(), expected.map(str::to_owned).to_vec()),
            "{text}"
        );
    }
    let table = read_one(br#"[{"naam":"De Spil","geo_point_2d":{"lon":6.25,"lat":52.5}}]"#);
    assert_eq!(rows(&table), ["1: 0=De Spil 1=52.5, 6.25"]);
}

#[test]
fn a_position_may_have_more_numbers_and_stand_in_a_list_of_one() {
    let geometry = |geometry: &str| {
        let text = format!(r#"{{"type":"Feature","properties":{{"naam":"x"}},"geometry":{geometry}}}"#);
        read_one(text.as_bytes()).records[0].geometry.clone()
    };
    let point = Some(Geometry::Point(Wgs84 { lon: 6.25, lat: 52.5 }));
    for text in [
        r#"{"type":"Point","coordinates":[6.25,52.5,0,12345]}"#,
        r#"{"type":"Point","coordinates":[6.25,52.5,null]}"#,
        r#"{"type":"MultiPoint","coordinates":[[6.25,52.5]]}"#,
    ] {
        assert_eq!(geometry(text), point, "{text}");
    }
    for (text, name) in [
        (r#"{"type":"MultiPoint","coordinates":[[6.25,52.5],[6.26,52.5]]}"#, "MultiPoint"),
        (r#"{"type":"MultiPoint","coordinates":[]}"#, "MultiPoint"),
        (r#"{"type":"Point","coordinates":[6.25]}"#, "Point (?)"),
        (r#"{"type":"Point"}"#, "Point (?)"),
    ] {
        assert_eq!(geometry(text), Some(Geometry::Other(name.to_owned())), "{text}");
    }
}

#[test]
fn what_a_workbook_hides_and_merges_is_found() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet().set_name("A & B").unwrap();
    for (column, heading) in (0..).zip(["naam", "plaats", "gemeente"]) {
        sheet.write_string(0, column, heading).unwrap();
    }
    for (row, name) in (1..).zip(["Een", "Twee", "Drie", "Vier"]) {
        sheet.write_string(row, 0, name).unwrap();
    }
    sheet.merge_range(1, 1, 3, 1, "Heino", &Format::new()).unwrap();
    sheet.merge_range(1, 2, 2, 3, "Raalte", &Format::new()).unwrap();
    sheet.set_row_hidden(2).unwrap();
    sheet.set_row_hidden(30).unwrap();
    sheet.set_column_hidden(2).unwrap();
    let table = read_one(&workbook.save_to_buffer().unwrap());
    assert_eq!(
        rows(&table),
        ["2: 0=Een 1=Heino 2=Raalte", "3: 0=Twee 1=Heino 2=Raalte", "4: 0=Drie 1=Heino", "5: 0=Vier"]
    );
    let oddities = [
        Oddity::Merged(vec!["B2:B4".to_owned(), "C2:D3".to_owned()]),
        Oddity::HiddenRows(vec![3]),
        Oddity::HiddenColumns(vec!["gemeente".to_owned()]),
    ];
    assert_eq!(table.oddities, oddities);
    assert!(!table.is_explained);
}
