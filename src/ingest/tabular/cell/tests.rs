use proptest::prelude::*;

use super::*;
use crate::findings::defuse;

fn taken(text: &str) -> String {
    clean(&normalised(text)).unwrap().0
}

fn refused(text: &str) -> Rule {
    clean(&normalised(text)).unwrap_err().0
}

#[test]
fn white_space_is_put_right_without_a_word() {
    assert_eq!(
        clean(&normalised("  Kulturhus\u{a0}\n De\u{200b} Spil\t")),
        Ok(("Kulturhus De Spil".to_owned(), vec![]))
    );
}

#[test]
fn markup_formulas_and_personal_data_are_refused() {
    assert_eq!(refused("<b>De Schalm</b>"), Rule::Html);
    assert_eq!(refused("De Schalm<script>alert(1)</script>"), Rule::Html);
    assert_eq!(refused("&lt;img src=x onerror=alert(1)&gt;"), Rule::Html);
    for formula in ["=1+1", "+SUM(A1)", "-2+3", "@SUM(1)", "\t=cmd|' /C calc'!A0", "&#61;1+1", "＝\u{200b}=1"] {
        if !formula.starts_with('＝') {
            assert_eq!(refused(formula), Rule::FormulaInText, "{formula}");
        }
    }
    assert_eq!(refused("beheerder Jan 06-12345678"), Rule::PersonalData);
    assert_eq!(refused("jan.devries@example.nl"), Rule::PersonalData);
    assert_eq!(refused("+31 6 12345678"), Rule::PersonalData);
    assert_eq!(refused("Caf\u{FFFD}"), Rule::LostCharacter);
    assert_eq!(refused("***"), Rule::TextWithoutLetter);
}

#[test]
fn entities_encodings_and_control_signs_are_repaired_and_told() {
    let (text, repairs) = clean("Caf&eacute; &amp; Zo &#39;t").unwrap();
    assert_eq!((text.as_str(), repairs[0].0), ("Café & Zo 't", Rule::Entity));
    let (text, repairs) = clean("CafÃ© â€™t").unwrap();
    assert_eq!((text.as_str(), repairs[0].0), ("Café ’t", Rule::WrongEncoding));
    let (text, repairs) = clean("De\u{0} Schalm\u{202e}").unwrap();
    assert_eq!((text.as_str(), repairs[0].0), ("De Schalm", Rule::ControlCharacter));
    for same in ["Å & Ä 5 < 6", "R&B; Club", "Ângela", "'t Hoekje"] {
        assert_eq!(taken(same), same);
    }
}

proptest! {
    #[test]
    fn a_defused_text_comes_back_as_it_was(signs in "[=+@'-]{0,3}", text in "[a-zé]([a-z'=]| [a-z]){0,9}[a-z]") {
        let name = format!("{signs}{text}");
        let written = defuse(&name);
        prop_assert!(!written.starts_with(FORMULA_SIGNS));
        prop_assert_eq!(taken(&written), name);
    }

    #[test]
    fn no_text_makes_a_reader_panic(text in any::<String>()) {
        let text = normalised(&text);
        let _ = (clean(&text), postcode(&text), house_number(&text), split_address(&text, Some("é b")), number(&text, true));
        let _ = (number(&text, false), date(&text), website(&text), yes_or_no(&text));
        let _ = (personal_data::redacted(&text), says_nothing(&text), defuse(&text));
    }

    #[test]
    fn no_pair_makes_a_reader_panic(first in any::<f64>(), second in any::<f64>()) {
        let _ = (degrees(first, second), metres(first, second));
    }
}

#[test]
fn a_postcode_is_written_in_one_way() {
    for text in ["7722 AB", "7722AB", "7722ab", "7722  Ab"] {
        assert_eq!(postcode(text).as_deref(), Some("7722 AB"), "{text}");
    }
    for text in ["0722 AB", "7722", "7722 A", "AB 7722", "77222 AB", "7722 É", "é722AB", ""] {
        assert_eq!(postcode(text), None, "{text}");
    }
}

#[test]
fn a_house_number_that_became_a_date_is_told_apart_from_a_wrong_one() {
    for text in ["12", "12a", "12 A", "15-11", "9-2", "12-bis", "160"] {
        assert_eq!(house_number(text), Ok(text.to_owned()), "{text}");
    }
    for text in ["2026-11-15", "15-nov", "nov-15", "15-11-2026"] {
        assert_eq!(house_number(text), Err(Rule::HouseNumberAsDate), "{text}");
    }
    for text in ["0", "a12", "123456", "12;DROP", "", "Kerkstraat 12", ";", "12;"] {
        assert_eq!(house_number(text), Err(Rule::HouseNumberShape), "{text}");
    }
    for text in ["12;14", "12, 14a", "12 en 14", "12 & 14"] {
        assert_eq!(house_number(text), Err(Rule::SeveralHouseNumbers), "{text}");
    }
    assert_eq!(house_number("27 t/m 29").as_deref(), Ok("27-29"));
}

#[test]
fn an_address_in_one_cell_is_split_or_refused_but_never_guessed() {
    let parts = |text: &str, town: &str| {
        split_address(text, Some(town).filter(|town| !town.is_empty())).map(|split| {
            [split.street, split.house_number, split.postcode, split.town].map(Option::unwrap_or_default).join("|")
        })
    };
    for (text, expected) in [
        ("Kerkstraat 1, 7722 AB Dalfsen", "Kerkstraat|1|7722 AB|Dalfsen"),
        ("Kerkstraat 1a, 7722AB Dalfsen", "Kerkstraat|1a|7722 AB|Dalfsen"),
        ("Kerkstraat 1, 7722 ab Dalfsen", "Kerkstraat|1|7722 AB|Dalfsen"),
        ("Kerkstraat 12 7722 AB", "Kerkstraat|12|7722 AB|"),
        ("Spinnerstraat 27 7545TP", "Spinnerstraat|27|7545 TP|"),
        ("Spinnerstraat 27 7545tp Enschede", "Spinnerstraat|27|7545 TP|Enschede"),
        ("7545TP 27", "|27|7545 TP|"),
        ("7545 TP 27a, Enschede", "|27a|7545 TP|Enschede"),
        ("Oude Weg 15-11, Zwolle", "Oude Weg|15-11||Zwolle"),
        ("Kerkstraat, 7722 AB Dalfsen", "Kerkstraat||7722 AB|Dalfsen"),
        ("7722 AB Dalfsen", "||7722 AB|Dalfsen"),
        ("7722 AB", "||7722 AB|"),
        ("Dalfsen", "|||Dalfsen"),
        ("Kerkstraat 1", "Kerkstraat|1||"),
        ("Burg. van der Feltzweg 12", "Burg. van der Feltzweg|12||"),
        ("Spinnerstraat 27A", "Spinnerstraat|27A||"),
        ("Spinnerstraat 27 A", "Spinnerstraat|27 A||"),
        ("Spinnerstraat 27-A", "Spinnerstraat|27-A||"),
        ("Spinnerstraat 27b-3", "Spinnerstraat|27b-3||"),
        ("Spinnerstraat 27 bis", "Spinnerstraat|27 bis||"),
        ("Spinnerstraat 27 t/m 29", "Spinnerstraat|27-29||"),
        ("Spinnerstraat 27/29", "Spinnerstraat|27/29||"),
        ("2e Dwarsstraat 5", "2e Dwarsstraat|5||"),
        ("Laan van '40-'45 7", "Laan van '40-'45|7||"),
        ("Plein 1940-1945 12", "Plein 1940-1945|12||"),
        ("Plein 1940 12, Zwolle", "Plein 1940|12||Zwolle"),
        ("Plein 1945 te Enschede", "none"),
    ] {
        assert_eq!(parts(text, "").as_deref().unwrap_or("none"), expected, "{text}");
    }
    // A town that the row names besides is one, whatever it looks like.
    assert_eq!(parts("Kerkstraat 27 Enter", "Enter").as_deref(), Some("Kerkstraat|27||"));
    assert_eq!(parts("Kerkstraat 27 Enter", ""), None);
    for text in [
        "Plein 1940",
        "Plein 1940-1945",
        "Plein 1940, Zwolle",
        "2e Weg, Zwolle",
        "Kerkstraat 1, 7722 ABC",
        "Kerkstraat 27 29",
        "Spinnerstraat 27 (achterom)",
        "Kerkstraat 1, achterom, 7722 AB Dalfsen",
        "a, b, c 1",
        "1, 2, 3",
    ] {
        assert_eq!(parts(text, ""), None, "{text}");
    }
}

#[test]
fn numbers_have_a_comma_or_a_point() {
    for (text, value) in [("6,123456", 6.123456), ("6.123456", 6.123456), ("-7000", -7000.0), ("2,03E+05", 203_000.0)] {
        assert_eq!(number(text, false), Some(value), "{text}");
    }
    for (text, value) in [
        ("203.000", 203_000.0),
        ("203,000", 203_000.0),
        ("203.000,5", 203_000.5),
        ("203,000.5", 203_000.5),
        ("203 000", 203_000.0),
        ("203000,5", 203_000.5),
    ] {
        assert_eq!(number(text, true), Some(value), "{text}");
    }
    assert_eq!(number("6.875.486", false), Some(6_875_486.0));
    for text in ["", "NaN", "inf", "1e999", "52°20'47\"N", "6,1;52,5", "..", "-"] {
        assert_eq!(number(text, false), None, "{text}");
    }
}

/// The tower of the Grote Kerk in Zwolle, by a map.
const ZWOLLE: Wgs84 = Wgs84 { lon: 6.0917, lat: 52.5117 };

#[test]
fn coordinates_in_the_wrong_place_are_put_right_and_told() {
    let rd = ZWOLLE.to_rd();
    for (read, rule) in [
        (degrees(6.0917, 52.5117), None),
        (degrees(52.5117, 6.0917), Some(Rule::CoordinatesSwapped)),
        (degrees(rd.x, rd.y), Some(Rule::RdInDegrees)),
        (degrees(rd.y, rd.x), Some(Rule::RdInDegrees)),
        (degrees(60_917.0, 525_117.0), Some(Rule::DecimalPointLost)),
        (metres(rd.x, rd.y), None),
        (metres(rd.y, rd.x), Some(Rule::CoordinatesSwapped)),
        (metres(6.0917, 52.5117), Some(Rule::DegreesInRd)),
        (metres(52.5117, 6.0917), Some(Rule::DegreesInRd)),
    ] {
        let (point, repair) = read.unwrap();
        assert_eq!(repair, rule);
        assert!(point.to_rd().distance_m(rd) < 0.1, "{point:?}");
    }
    assert_eq!(
        degrees(6_875_486.0, 52_212_079.0),
        Ok((Wgs84 { lon: 6.875486, lat: 52.212079 }, Some(Rule::DecimalPointLost)))
    );
}

#[test]
fn coordinates_of_nowhere_are_refused() {
    assert_eq!((degrees(0.0, 0.0), metres(0.0, -0.0)), (Err(Rule::NullIsland), Err(Rule::NullIsland)));
    for (lon, lat) in [(0.0, 52.0), (13.4, 52.5), (6.0, 0.0), (f64::NAN, 52.0), (1e300, 1e300), (-6.0, 52.0)] {
        assert_eq!(degrees(lon, lat), Err(Rule::OutsideNetherlands), "{lon} {lat}");
        assert_eq!(metres(lon, lat), Err(Rule::OutsideNetherlands), "{lon} {lat}");
    }
}

#[test]
fn dates_are_read_in_dutch_and_iso() {
    let day = NaiveDate::from_ymd_opt(2026, 3, 15);
    for text in
        ["2026-03-15", "2026-03-15T00:00:00", "15-3-2026", "15/03/2026", "15.3.2026", "15 maart 2026", "15-mrt-2026"]
    {
        assert_eq!(date(text), day, "{text}");
    }
    for text in ["15-3-26", "2026", "2026-03", "31-2-2026", "3-15-2026", "morgen", "20260315", ""] {
        assert_eq!(date(text), None, "{text}");
    }
}

#[test]
fn only_addresses_on_the_web_are_websites() {
    assert_eq!(website("https://Www.Example.nl/Pad?q=1"), Some(("https://Www.Example.nl/Pad?q=1".to_owned(), false)));
    assert_eq!(website("HTTP://example.nl"), Some(("http://example.nl".to_owned(), false)));
    assert_eq!(website("www.example.nl/pad"), Some(("https://www.example.nl/pad".to_owned(), true)));
    assert_eq!(website("https://example.nl:8080/"), Some(("https://example.nl:8080/".to_owned(), false)));
    for text in [
        "javascript:alert(1)",
        "JavaScript://example.nl/%0aalert(1)",
        "data:text/html,x",
        "ftp://example.nl",
        "https://",
        "https://user@example.nl",
        "https://example",
        "geen",
        "http://127.0.0.1/",
        "www.example.nl en www.example.com",
        "https://example.nl/<script>",
        "mailto:x",
        "-.nl",
    ] {
        assert_eq!(website(text), None, "{text}");
    }
}

#[test]
fn a_year_is_believed_up_to_ten_years_from_now() {
    let today = NaiveDate::from_ymd_opt(2026, 11, 25).unwrap();
    assert_eq!((year("1200", today), year("2036", today)), (Some(1200), Some(2036)));
    for text in ["1199", "2037", "78", "1978.5", "+978", "ca. 1978"] {
        assert_eq!(year(text, today), None, "{text}");
    }
}

#[test]
fn errors_of_a_spreadsheet_are_known_in_two_languages() {
    for text in ["#N/B", "#n/a", "#VERW!", "#####"] {
        assert!(is_spreadsheet_error(text), "{text}");
    }
    for text in ["#", "#1", "#dorpshuis", "N/B"] {
        assert!(!is_spreadsheet_error(text), "{text}");
    }
}

#[test]
fn words_for_not_known_say_nothing() {
    for text in ["NULL", "n.v.t.", "onbekend", "?", "??", "N/A"] {
        assert!(says_nothing(text), "{text}");
    }
    for text in ["Onbekend terrein", "0", "nee"] {
        assert!(!says_nothing(text), "{text}");
    }
}
