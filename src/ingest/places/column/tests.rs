use super::*;

fn lexicon() -> Lexicon {
    Lexicon::new(&crate::testing::facts(), NaiveDate::from_ymd_opt(2026, 11, 25).unwrap())
}

#[test]
fn no_two_columns_share_a_name() {
    let lexicon = lexicon();
    let mut seen: HashMap<String, Column> = HashMap::new();
    for info in lexicon.columns().all() {
        for name in info.names() {
            let other = seen.insert(compact(name), info.column);
            assert!(other.is_none_or(|other| other == info.column), "{name}: {other:?} and {:?}", info.column);
        }
    }
}

#[test]
fn headings_are_read_in_dutch_and_english_however_they_are_written() {
    let lexicon = lexicon();
    for (heading, column) in [
        ("naam", Column::Name),
        ("NAAM", Column::Name),
        (" Name ", Column::Name),
        ("houseNumber", Column::HouseNumber),
        ("house_number", Column::HouseNumber),
        ("Huis-nummer", Column::HouseNumber),
        ("rolstoel toegankelijk", Column::WheelchairAccessible),
        ("Lengtegraad (WGS84)", Column::Longitude),
        ("Longitude", Column::Longitude),
        ("X", Column::RdX),
        ("rd_x", Column::RdX),
        ("CBS gemeentecode", Column::MunicipalityCode),
        ("Bibliotheek", Column::Facility(FacilityType::Bibliotheek)),
        ("library", Column::Facility(FacilityType::Bibliotheek)),
        ("HUISKAMER_VAN_DE_WIJK", Column::Facility(FacilityType::HuiskamerVanDeWijk)),
        ("Buitenschoolse opvang", Column::Facility(FacilityType::Bso)),
        ("bso", Column::Facility(FacilityType::Bso)),
        ("Eetcafe", Column::Activity(ActivityType::Eetcafe)),
        ("activities.BINGO", Column::Activity(ActivityType::Bingo)),
        ("uncertainty_radius_m", Column::Derived),
    ] {
        assert_eq!(lexicon.columns().find(heading).map(|info| info.column), Some(column), "{heading}");
    }
    for heading in ["", "telefoon", "contactpersoon", "-"] {
        assert!(lexicon.columns().find(heading).is_none(), "{heading}");
    }
}

#[test]
fn a_misspelt_heading_has_a_neighbour_and_a_foreign_one_has_none() {
    let lexicon = lexicon();
    let nearest = |heading| lexicon.columns().nearest(heading, |column| column != Column::Derived);
    assert_eq!(nearest("postkode"), Some("postcode"));
    assert_eq!(nearest("Openings tijdn"), Some("openingstijden"));
    for other in ["telefoonnummer", "k", "hometape", "source", "revision"] {
        assert_eq!(nearest(other), None, "{other}");
    }
}

#[test]
fn a_term_is_known_by_its_value_and_by_both_labels() {
    let lexicon = lexicon();
    for label in crate::model::vocabulary::labels()
        .iter()
        .filter(|label| label.vocabulary == "PlaceKind" && !label.value.is_empty())
    {
        let term = PlaceKind::parse(&label.value);
        for text in [&label.value, &label.label_nl, &label.label_en] {
            assert_eq!(lexicon.kinds.find(text), term, "{text}");
        }
    }
    assert_eq!(lexicon.kinds.find("multifunctionele accommodatie"), Some(PlaceKind::Mfa));
    assert_eq!(lexicon.kinds.find("DORPS-HUIS"), Some(PlaceKind::Dorpshuis));
    assert_eq!(lexicon.kinds.find("café"), None);
    assert_eq!(lexicon.legal_forms.find("Andere rechtsvorm"), Some(LegalForm::Overig));
}

#[test]
fn a_municipality_is_known_by_name_and_code_and_by_a_code_that_lost_its_letters() {
    let lexicon = lexicon();
    let code = |text: &str| lexicon.municipality(text).map(|(code, repaired)| (code.to_string(), repaired));
    for text in ["GM0164", "Hengelo", "HENGELO", "Hengelo (O.)", "Hengelo O", "Hengelo Ov.", "gemeente Hengelo"] {
        assert_eq!(code(text), Some(("GM0164".to_owned(), false)), "{text}");
    }
    for text in ["164", "0164", "gm0164", "GM164"] {
        assert_eq!(code(text), Some(("GM0164".to_owned(), true)), "{text}");
    }
    for text in ["Arnhem", "GM0202", "9999999", "", "GM"] {
        assert_eq!(code(text), None, "{text}");
    }
}

#[test]
fn headings_that_lists_of_others_use_are_known() {
    let lexicon = lexicon();
    for (headings, column) in [
        ("Naam locatie|Locatie|Locatienaam|Accommodatie|Naam accommodatie|Naam gebouw|Titel|title", Column::Name),
        ("Straat + huisnummer|Straat en huisnummer|Straatnaam en huisnummer|Bezoekadres|Straat en nr", Column::Address),
        ("Huisnummer + toevoeging|Huisnummer/toevoeging|huisnummer & toevoeging", Column::HouseNumber),
        ("huisnummertoevoeging|Huisnummer toevoeging", Column::HouseAddition),
        ("Postcode en plaats|Postcode/woonplaats", Column::PostcodeAndTown),
        ("Stad", Column::Settlement),
        ("GM_NAAM", Column::Municipality),
        ("WIJKNAAM|BUURTNAAM|Stadsdeel", Column::Neighbourhood),
        ("Web|Link|website_url|Homepage", Column::Website),
        ("Categorie|Functie", Column::Kind),
        ("Toegankelijk", Column::WheelchairAccessible),
        ("XCOORD|X_COORD", Column::RdX),
        ("YCOORD|Y_COORD", Column::RdY),
        ("Coördinaten|lat/lon|geo_point_2d", Column::Point),
        ("Faciliteiten", Column::Facilities),
        ("maandag|hours_mon", Column::HoursOf(0)),
        ("Zondag", Column::HoursOf(6)),
    ] {
        for heading in headings.split('|') {
            assert_eq!(lexicon.columns().find(heading).map(|info| info.column), Some(column), "{heading}");
        }
    }
}
