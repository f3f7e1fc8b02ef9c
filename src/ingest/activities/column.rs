//! The columns of a table of activities: a row for each time that something is held.

use chrono::NaiveDate;

use crate::{
    ingest::{
        places::column::Lexicon,
        tabular::{
            choices::Choices,
            columns::{Columns, Fixed, decimal, fixed},
        },
    },
    model::{
        Facts,
        vocabulary::{ActivityType, Audience, PlaceStatus},
    },
};

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Column {
    PlaceKey,
    Place,
    Municipality,
    Settlement,
    Street,
    HouseNumber,
    Postcode,
    Name,
    Type,
    Days,
    Start,
    End,
    From,
    Through,
    Except,
    Audiences,
    MinAge,
    MaxAge,
    Free,
    Cost,
    Registration,
    Referral,
    Organiser,
    ContactRole,
    ContactEmail,
    ContactPhone,
    ContactUrl,
    Website,
    Status,
    StatedOn,
    Rrule,
}

/// In the order of the template.
const COLUMNS: [Fixed<Column>; 31] = [
    fixed(
        Column::PlaceKey,
        "placeKey",
        "sleutel plek",
        &["sleutel", "place", "plek id"],
        "Kies uit de lijst: hieraan herkennen we de plek. Leeg laten kan ook; vul dan plek en plaats in.",
    ),
    fixed(
        Column::Place,
        "placeName",
        "plek",
        &["locatie", "naam plek", "ontmoetingsplek", "gebouw", "accommodatie", "waar"],
        "De naam van de plek waar het is.",
    ),
    fixed(
        Column::Name,
        "name",
        "activiteit",
        &["naam", "naam activiteit", "titel", "wat", "omschrijving activiteit"],
        "Hoe het heet: Bridge voor beginners. Wat op meer dan een dag is, krijgt per dag een rij met dezelfde naam.",
    ),
    fixed(
        Column::Type,
        "type",
        "soort activiteit",
        &["soort", "categorie", "activityType"],
        "Kies uit de lijst, of laat leeg als er niets bij past.",
    ),
    fixed(
        Column::Days,
        "days",
        "dag",
        &["dagen", "weekdag", "wanneer", "datum", "dag van de week", "weekday", "weekdays"],
        "dinsdag, ma en do, 1e dinsdag van de maand, om de week op vrijdag, of een datum: 25-12-2026.",
    ),
    decimal(fixed(
        Column::Start,
        "start",
        "begintijd",
        &["tijd", "van", "aanvang", "begin", "tijden", "starttijd", "tijdstip", "time"],
        "19:30",
    )),
    decimal(fixed(Column::End, "end", "eindtijd", &["tot", "einde", "eind"], "22:00")),
    fixed(
        Column::From,
        "validFrom",
        "vanaf",
        &["startdatum", "begindatum", "eerste keer", "eerste dag"],
        "De eerste dag. Nodig bij om de week.",
    ),
    fixed(
        Column::Through,
        "validThrough",
        "tot en met",
        &["t/m", "einddatum", "laatste keer", "laatste dag"],
        "De laatste dag; leeg als er geen einde aan is.",
    ),
    fixed(
        Column::Except,
        "except",
        "niet op",
        &["behalve", "behalve op", "uitzonderingen", "vervalt op"],
        "Dagen waarop het niet is, gescheiden door |: 25-12-2026 | 1-1-2027.",
    ),
    fixed(
        Column::Audiences,
        "audiences",
        "voor wie",
        &["doelgroep", "doelgroepen", "audience"],
        "Kies uit de lijst; meer dan één gescheiden door |.",
    ),
    fixed(Column::MinAge, "minAge", "leeftijd vanaf", &["minimumleeftijd", "vanaf leeftijd"], "In jaren."),
    fixed(
        Column::MaxAge,
        "maxAge",
        "leeftijd tot en met",
        &["maximumleeftijd", "tot en met leeftijd", "leeftijd t/m"],
        "In jaren.",
    ),
    fixed(Column::Free, "free", "gratis", &["kosteloos"], "ja of nee."),
    decimal(fixed(
        Column::Cost,
        "cost",
        "kosten",
        &["prijs", "entree", "eigen bijdrage", "bijdrage", "tarief"],
        "Een bedrag of een zin: 2,50, of € 12 per maand.",
    )),
    fixed(
        Column::Registration,
        "registrationRequired",
        "aanmelden nodig",
        &["aanmelden", "aanmelding", "inschrijven", "opgeven"],
        "ja of nee.",
    ),
    fixed(
        Column::Referral,
        "referralRequired",
        "verwijzing nodig",
        &["verwijzing", "indicatie", "indicatie nodig"],
        "ja of nee: is er een verwijzing van bijvoorbeeld huisarts of gemeente nodig?",
    ),
    fixed(
        Column::Organiser,
        "organiser",
        "organisatie",
        &["organisator", "aanbieder", "vereniging", "door"],
        "De vereniging of organisatie, geen persoon.",
    ),
    fixed(
        Column::ContactRole,
        "contact.role",
        "contact: functie",
        &["contact", "contactfunctie"],
        "Een functie, geen naam: de beheerder.",
    ),
    fixed(
        Column::ContactEmail,
        "contact.email",
        "contact: e-mail",
        &["e-mail", "email", "mail", "mailadres"],
        "De postbus van een organisatie of functie, niet die van een persoon.",
    ),
    fixed(
        Column::ContactPhone,
        "contact.phone",
        "contact: telefoon",
        &["telefoon", "telefoonnummer", "phone"],
        "Een algemeen nummer, geen mobiel nummer.",
    ),
    fixed(Column::ContactUrl, "contact.url", "contact: webadres", &["contactpagina"], "https://…"),
    fixed(Column::Website, "website", "webpagina", &["webadres", "url", "link"], "Een pagina over de activiteit."),
    fixed(Column::Status, "status", "stand", &["status"], "Kies uit de lijst; leeg als het gewoon doorgaat."),
    fixed(Column::Municipality, "municipality", "gemeente", &["gemeentenaam", "gemeentecode"], "Naam of CBS-code."),
    fixed(
        Column::Settlement,
        "settlement",
        "plaats",
        &["woonplaats", "dorp", "stad", "city"],
        "Dorp, stad of wijk waar de plek staat.",
    ),
    fixed(Column::Street, "street", "straat", &["straatnaam"], "Van de plek, als er meer plekken zo heten."),
    fixed(Column::HouseNumber, "houseNumber", "huisnummer", &["nummer", "huisnr"], "Met letter of toevoeging."),
    fixed(Column::Postcode, "postcode", "postcode", &["postalCode"], "1234 AB"),
    fixed(
        Column::StatedOn,
        "statedOn",
        "opgave datum",
        &["datum opgave", "peildatum", "stated"],
        "De dag waarop dit is opgegeven, als dat niet de dag van inlezen is.",
    ),
    fixed(
        Column::Rrule,
        "rrule",
        "herhaalregel",
        &["recurrence"],
        "Alleen waar de kolom dag te kort schiet: een regel van iCalendar (RFC 5545).",
    ),
];

/// The words that activities are read with. Made once for an import.
pub(super) struct Words {
    pub(super) columns: Columns<Column>,
    pub(super) types: Choices<ActivityType>,
    pub(super) audiences: Choices<Audience>,
    pub(super) statuses: Choices<PlaceStatus>,
    /// Municipalities and the day.
    pub(super) lexicon: Lexicon,
}

impl Words {
    /// The words of `facts`; a day of a statement after `today` is refused.
    pub(super) fn new(facts: &Facts, today: NaiveDate) -> Self {
        Self {
            columns: Columns::of(COLUMNS.iter().map(Fixed::info).collect()),
            types: Choices::of(&[("yoga", ActivityType::GymYoga), ("gym", ActivityType::GymYoga)]),
            audiences: Choices::of(&[
                ("senioren", Audience::Ouderen),
                ("55-plussers", Audience::Ouderen),
                ("jeugd", Audience::Jongeren),
                ("alle leeftijden", Audience::Iedereen),
                ("allen", Audience::Iedereen),
                ("statushouders", Audience::Nieuwkomers),
                ("kind", Audience::Kinderen),
                ("dames", Audience::Vrouwen),
                ("heren", Audience::Mannen),
                ("beperking", Audience::MensenMetEenBeperking),
            ]),
            statuses: Choices::of(&[("gestopt", PlaceStatus::Closed), ("vervallen", PlaceStatus::Closed)]),
            lexicon: Lexicon::new(facts, today),
        }
    }
}
