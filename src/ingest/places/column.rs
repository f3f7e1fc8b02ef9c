//! The columns of a table of places: how they are called, what they hold, what is said about them to who fills them in.
//!
//! One list for the reader and for the template. The keys are those of our own downloads (the header of `/places.csv`, the
//! properties of `/places.geojson`), so that a download can be read back in; case, accents, spaces, hyphens and underscores
//! make no difference.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::{
    edition::plain_name,
    ingest::tabular::{
        choices::Choices,
        columns::{ColumnInfo, Columns, Fixed, compact, dashed, decimal, fixed, parentheses, read_only},
    },
    model::{
        Facts, MunicipalityCode,
        vocabulary::{
            ActivityType, FacilityType, LegalForm, LocationPrecision, Owner, PlaceKind, PlaceStatus, RunBy, Term,
        },
    },
};

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// Our key of the place.
    Key,
    /// An id, of us (`place:…`) or of another register.
    Id,
    /// Name.
    Name,
    /// Other names.
    AlternativeNames,
    /// Kind of place.
    Kind,
    /// Open, planned, closed.
    Status,
    /// Name or code of the municipality.
    Municipality,
    /// Code of the municipality, beside its name.
    MunicipalityCode,
    /// Village or town.
    Settlement,
    /// District.
    Neighbourhood,
    /// Street.
    Street,
    /// House number.
    HouseNumber,
    /// Letter behind the house number.
    HouseLetter,
    /// Addition behind that.
    HouseAddition,
    /// Postcode.
    Postcode,
    /// All of the address in one cell.
    Address,
    /// Postcode and village in one cell.
    PostcodeAndTown,
    /// Degrees.
    Longitude,
    /// Degrees.
    Latitude,
    /// Metres.
    RdX,
    /// Metres.
    RdY,
    /// Both coordinates in one cell.
    Point,
    /// What the coordinates stand for.
    Precision,
    /// Site.
    Website,
    /// Legal form.
    LegalForm,
    /// Year of foundation.
    FoundedYear,
    /// Facilities as a list.
    Facilities,
    /// Facilities that are not there, as a list.
    AbsentFacilities,
    /// Activities as a list.
    Activities,
    /// Activities that are not held there, as a list.
    AbsentActivities,
    /// Whether it has a cultural programme.
    CulturalProgramme,
    /// Who runs it.
    RunBy,
    /// Who owns the building.
    OwnedBy,
    /// Opening hours.
    OpeningHours,
    /// Those of one day, Monday being 0.
    HoursOf(u8),
    /// Whether a wheelchair gets in.
    WheelchairAccessible,
    /// The role or department to ask.
    ContactRole,
    /// The organisation to ask.
    ContactOrganisation,
    /// Its page.
    ContactUrl,
    /// Its mailbox.
    ContactEmail,
    /// Its telephone number.
    ContactPhone,
    /// Day of the statement.
    StatedOn,
    /// One facility.
    Facility(FacilityType),
    /// One activity.
    Activity(ActivityType),
    /// What our downloads tell besides and nobody states.
    Derived,
}

/// The opening hours of one day.
const fn day(number: u8, key: &'static str, heading: &'static str, synonyms: &'static [&'static str]) -> Fixed<Column> {
    dashed(read_only(Column::HoursOf(number), key, heading, synonyms))
}

/// In the order of the template; the columns of facilities and activities come after these.
const COLUMNS: &[Fixed<Column>] = &[
    fixed(
        Column::Key,
        "key",
        "sleutel",
        &["slug", "placeKey"],
        "Niet wijzigen: hieraan herkennen we de plek. Laat leeg bij een nieuwe plek.",
    ),
    read_only(Column::Id, "id", "id", &["placeId"]),
    fixed(
        Column::Name,
        "name",
        "naam",
        &[
            "naam plek",
            "naam ontmoetingsplek",
            "ontmoetingsplek",
            "place",
            "naam locatie",
            "locatie",
            "locatienaam",
            "accommodatie",
            "naam accommodatie",
            "accommodatienaam",
            "naam gebouw",
            "gebouw",
            "titel",
            "title",
        ],
        "Hoe de plek heet.",
    ),
    fixed(
        Column::AlternativeNames,
        "alternativeNames",
        "andere namen",
        &["andere naam", "alternatieve namen", "ook bekend als", "aliases"],
        "Andere namen waaronder de plek bekend is, gescheiden door | of ;",
    ),
    fixed(
        Column::Kind,
        "kind",
        "soort",
        &["soort plek", "soort ontmoetingsplek", "type", "categorie", "category", "functie"],
        "Kies uit de lijst.",
    ),
    fixed(
        Column::Status,
        "status",
        "status",
        &["open/gesloten"],
        "In gebruik, Gepland of Gesloten. Zo meldt u een plek die dicht is; een rij verwijderen doet dat niet.",
    ),
    fixed(
        Column::Municipality,
        "municipality",
        "gemeente",
        &["gemeentenaam", "naam gemeente", "municipalityName", "gm naam"],
        "Naam of CBS-code van de gemeente.",
    ),
    read_only(Column::MunicipalityCode, "municipalityCode", "gemeentecode", &["cbs gemeentecode", "gm code", "gmcode"]),
    fixed(
        Column::Settlement,
        "settlement",
        "plaats",
        &["kern", "woonplaats", "dorp", "plaatsnaam", "woonplaatsnaam", "town", "village", "city", "stad"],
        "Het dorp, de stad of de buurtschap.",
    ),
    fixed(
        Column::Neighbourhood,
        "neighbourhood",
        "wijk",
        &["buurt", "wijk/buurt", "wijk of buurt", "neighborhood", "district", "wijknaam", "buurtnaam", "stadsdeel"],
        "De wijk of buurt, als de plek daar voor is.",
    ),
    fixed(Column::Street, "street", "straat", &["straatnaam", "openbare ruimte"], "Straat, zonder huisnummer."),
    fixed(
        Column::HouseNumber,
        "houseNumber",
        "huisnummer",
        &[
            "huisnr",
            "nummer",
            "number",
            "nr",
            "huisnummer en toevoeging",
            "huisnummer met toevoeging",
            "huisnr en toevoeging",
        ],
        "Huisnummer met letter en toevoeging, zoals 12, 12a of 12-2.",
    ),
    read_only(Column::HouseLetter, "houseLetter", "huisletter", &[]),
    read_only(Column::HouseAddition, "houseNumberAddition", "huisnummertoevoeging", &["toevoeging", "addition"]),
    fixed(Column::Postcode, "postcode", "postcode", &["postalCode", "zipcode", "zip"], "Zoals 1234 AB."),
    read_only(
        Column::Address,
        "address",
        "adres",
        &[
            "adresregel",
            "volledig adres",
            "bezoekadres",
            "straat en huisnummer",
            "straatnaam en huisnummer",
            "straat huisnummer",
            "straat en nr",
            "straat en nummer",
            "straat nr",
        ],
    ),
    read_only(
        Column::PostcodeAndTown,
        "postcodeAndTown",
        "postcode en plaats",
        &["postcode en woonplaats", "postcode plaats", "postcode woonplaats", "pc en plaats"],
    ),
    decimal(fixed(
        Column::Longitude,
        "longitude",
        "lengtegraad",
        &["lon", "lng", "long"],
        "In graden, zoals 6,123456. Alleen als u de ligging precies weet; leeg laten mag.",
    )),
    decimal(fixed(Column::Latitude, "latitude", "breedtegraad", &["lat"], "In graden, zoals 52,123456.")),
    decimal(read_only(Column::RdX, "rdX", "x", &["x-coördinaat", "x rd", "rd x", "x coord"])),
    decimal(read_only(Column::RdY, "rdY", "y", &["y-coördinaat", "y rd", "rd y", "y coord"])),
    decimal(read_only(
        Column::Point,
        "point",
        "coördinaten",
        &[
            "coördinaat",
            "coordinates",
            "lat/lon",
            "lat,lon",
            "lat lng",
            "geo point 2d",
            "geo point",
            "latitude, longitude",
        ],
    )),
    read_only(Column::Precision, "precision", "nauwkeurigheid", &["locationPrecision"]),
    dashed(fixed(
        Column::Website,
        "website",
        "website",
        &["site", "webadres", "url", "internet", "web", "link", "website url", "homepage"],
        "Eigen site van de plek, zoals https://www.voorbeeld.nl; - als er geen is. Geen mailadres.",
    )),
    fixed(
        Column::LegalForm,
        "legalForm",
        "rechtsvorm",
        &[],
        "Rechtsvorm van de organisatie achter de plek. Kies uit de lijst.",
    ),
    fixed(
        Column::FoundedYear,
        "foundedYear",
        "opgericht",
        &["oprichtingsjaar", "jaar van oprichting", "opgericht in"],
        "Het jaar waarin de plek begon, vier cijfers.",
    ),
    dashed(fixed(
        Column::CulturalProgramme,
        "culturalProgramme",
        "cultureel programma",
        &["culturele programmering", "culturalProgram"],
        "Of de plek een cultureel programma heeft: ja of nee.",
    )),
    fixed(
        Column::RunBy,
        "runBy",
        "wie draait de plek",
        &["wie de plek draait", "gerund door", "beheer"],
        "Wie de plek draaiende houdt. Kies uit de lijst; geen namen van personen.",
    ),
    fixed(
        Column::OwnedBy,
        "ownedBy",
        "eigenaar gebouw",
        &["eigenaar", "eigenaar van het gebouw", "owner"],
        "Van wie het gebouw is. Kies uit de lijst; geen namen van personen.",
    ),
    dashed(fixed(
        Column::OpeningHours,
        "openingHours",
        "openingstijden",
        &["openingsuren"],
        "Zoals ma-vr 9:00-17:00; za 10:00-12:00, of in de notatie van OpenStreetMap; - als er geen vaste tijden zijn.",
    )),
    dashed(fixed(
        Column::WheelchairAccessible,
        "wheelchairAccessible",
        "rolstoeltoegankelijk",
        &["toegankelijk voor rolstoel", "wheelchair", "toegankelijk", "rolstoelvriendelijk"],
        "Of iemand in een rolstoel naar binnen kan: ja of nee.",
    )),
    day(0, "monday", "maandag", &["ma", "mon", "hours mon", "openingstijden maandag"]),
    day(1, "tuesday", "dinsdag", &["di", "tue", "hours tue", "openingstijden dinsdag"]),
    day(2, "wednesday", "woensdag", &["wo", "wed", "hours wed", "openingstijden woensdag"]),
    day(3, "thursday", "donderdag", &["do", "thu", "hours thu", "openingstijden donderdag"]),
    day(4, "friday", "vrijdag", &["vr", "fri", "hours fri", "openingstijden vrijdag"]),
    day(5, "saturday", "zaterdag", &["za", "sat", "hours sat", "openingstijden zaterdag"]),
    day(6, "sunday", "zondag", &["zo", "sun", "hours sun", "openingstijden zondag"]),
    fixed(
        Column::ContactRole,
        "contactRole",
        "contact functie",
        &["functie contact"],
        "Bij wie men terechtkan: een functie of afdeling, zoals beheer. Geen naam van een persoon.",
    ),
    fixed(
        Column::ContactOrganisation,
        "contactOrganisation",
        "contact organisatie",
        &["organisatie"],
        "De organisatie waar die functie bij hoort, zoals Stichting Dorpshuis Ommen.",
    ),
    fixed(
        Column::ContactUrl,
        "contactUrl",
        "contact webpagina",
        &["contactpagina"],
        "De pagina met de contactgegevens, zoals https://www.voorbeeld.nl/contact.",
    ),
    fixed(
        Column::ContactEmail,
        "contactEmail",
        "contact postbus",
        &["contactMailbox", "contact e-mail", "contact mailadres"],
        "Een algemeen mailadres, zoals info@voorbeeld.nl. Geen adres van een persoon.",
    ),
    fixed(
        Column::ContactPhone,
        "contactPhone",
        "contact telefoon",
        &["contact telefoonnummer", "contactTelephone"],
        "Een algemeen vast nummer, zoals 038 421 45 45. Geen mobiel nummer.",
    ),
    fixed(
        Column::StatedOn,
        "statedOn",
        "opgave datum",
        &["datum opgave", "peildatum", "stated"],
        "De dag waarop dit is vastgesteld, als dat niet de dag van inlezen is.",
    ),
    read_only(Column::Facilities, "facilities", "voorzieningen", &["voorziening", "faciliteiten", "faciliteit"]),
    read_only(Column::AbsentFacilities, "absentFacilities", "ontbrekende voorzieningen", &[]),
    read_only(Column::Activities, "activities", "activiteiten", &["activiteit"]),
    read_only(Column::AbsentActivities, "absentActivities", "ontbrekende activiteiten", &[]),
    read_only(
        Column::Derived,
        "updatedAt",
        "bijgewerkt",
        &[
            "kindLabel",
            "kindBasis",
            "lastConfirmed",
            "uncertaintyRadius",
            "uncertaintyRadiusM",
            "outline",
            "sources",
            "licence",
            "attribution",
            "edition",
        ],
    ),
];

/// The words that cells are read with: headings, terms, municipalities. Made once for an import.
#[derive(Clone, Debug)]
pub struct Lexicon {
    columns: Columns<Column>,
    municipalities: HashMap<String, MunicipalityCode>,
    municipality_names: HashMap<MunicipalityCode, String>,
    codes: HashSet<MunicipalityCode>,
    pub(crate) kinds: Choices<PlaceKind>,
    pub(crate) statuses: Choices<PlaceStatus>,
    pub(crate) legal_forms: Choices<LegalForm>,
    pub(crate) run_by: Choices<RunBy>,
    pub(crate) owned_by: Choices<Owner>,
    pub(crate) facilities: Choices<FacilityType>,
    pub(crate) activities: Choices<ActivityType>,
    pub(crate) precisions: Choices<LocationPrecision>,
    pub(crate) today: NaiveDate,
}

impl Lexicon {
    /// The words of `facts`; a date after `today` is refused.
    pub fn new(facts: &Facts, today: NaiveDate) -> Self {
        let facilities = Choices::<FacilityType>::of(&[]);
        let activities = Choices::<ActivityType>::of(&[]);
        let mut columns: Vec<ColumnInfo<Column>> = COLUMNS.iter().map(Fixed::info).collect();
        columns.extend(
            FacilityType::all().map(|term| term_column(Column::Facility(term), "facilities", term, &facilities)),
        );
        columns.extend(
            ActivityType::all().map(|term| term_column(Column::Activity(term), "activities", term, &activities)),
        );
        let mut municipalities = HashMap::new();
        for municipality in &facts.municipalities {
            for name in
                [municipality.name.clone(), format!("gemeente {}", municipality.name), municipality.slug.clone()]
            {
                municipalities.insert(compact(&name), municipality.code.clone());
            }
        }
        Self {
            columns: Columns::of(columns),
            municipalities,
            municipality_names: facts.municipalities.iter().map(|m| (m.code.clone(), m.name.clone())).collect(),
            codes: facts.municipalities.iter().map(|m| m.code.clone()).collect(),
            kinds: Choices::of(&[
                ("mfc", PlaceKind::Mfa),
                ("multifunctioneel centrum", PlaceKind::Mfa),
                ("anders", PlaceKind::Overig),
            ]),
            statuses: Choices::of(&[
                ("dicht", PlaceStatus::Closed),
                ("opgeheven", PlaceStatus::Closed),
                ("geopend", PlaceStatus::Open),
                ("in aanbouw", PlaceStatus::Planned),
            ]),
            legal_forms: Choices::of(&[("anders", LegalForm::Overig), ("andere", LegalForm::Overig)]),
            run_by: Choices::of(&[]),
            owned_by: Choices::of(&[("corporatie", Owner::HousingCorporation), ("overig", Owner::Other)]),
            facilities,
            activities,
            precisions: Choices::of(&[]),
            today,
        }
    }

    /// The columns of a table of places, those of the template in its order.
    pub fn columns(&self) -> &Columns<Column> {
        &self.columns
    }

    /// The municipality of a name or a code, and whether the code had to be repaired; `None`: none of Overijssel.
    pub(crate) fn municipality(&self, text: &str) -> Option<(&MunicipalityCode, bool)> {
        if let Some(code) = self.codes.iter().find(|code| code.as_str() == text) {
            return Some((code, false));
        }
        let name = compact(text);
        let found = self.municipalities.get(&name);
        // Hengelo (O.), Hengelo O, Hengelo Ov.
        let found = found.or_else(|| self.municipalities.get(&plain_name(text).replace(' ', "")));
        if let Some(code) = found {
            return Some((code, false));
        }
        // 148 and 0148: a spreadsheet takes the letters' absence for a number.
        let digits = name.strip_prefix("gm").unwrap_or(&name);
        if digits.len() > 4 || digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let padded = format!("GM{digits:0>4}");
        self.codes.iter().find(|code| code.as_str() == padded).map(|code| (code, true))
    }

    /// The name of a municipality.
    pub(crate) fn municipality_name(&self, code: &MunicipalityCode) -> Option<&str> {
        self.municipality_names.get(code).map(String::as_str)
    }
}

fn term_column<T: Term>(column: Column, field: &str, term: T, choices: &Choices<T>) -> ColumnInfo<Column> {
    let label = term.label();
    let heading = choices.label(term).to_owned();
    let mut synonyms = vec![term.name().to_owned()];
    synonyms.extend(label.map(|label| label.label_en.clone()));
    synonyms.extend(parentheses(&heading).map(|(before, _)| before.trim().to_owned()));
    let description = label.and_then(|label| label.description_nl.clone()).unwrap_or_default();
    ColumnInfo {
        column,
        key: format!("{field}.{}", term.name()),
        explanation: format!("{description} ja: is er; -: is er niet.").trim_start().to_owned(),
        heading,
        is_in_template: true,
        takes_dash: true,
        has_none: false,
        has_decimals: false,
        synonyms,
    }
}

#[cfg(test)]
mod tests;
