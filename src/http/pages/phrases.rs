//! Every sentence of the pages, Dutch and English side by side, so that a change to one is seen beside the other.
//!
//! `{name}` marks a place that [`with`] fills in.

use super::Language;

/// Makes `Phrases`, and one of each language, of names with both texts.
macro_rules! phrases {
    ($($name:ident: $dutch:literal, $english:literal;)*) => {
        /// The sentences of one language.
        #[derive(Debug)]
        pub(in crate::http) struct Phrases {
            $(pub(in crate::http) $name: &'static str,)*
        }

        static DUTCH: Phrases = Phrases { $($name: $dutch,)* };
        static ENGLISH: Phrases = Phrases { $($name: $english,)* };

        impl Phrases {
            /// Those of a language.
            pub(in crate::http) fn of(language: Language) -> &'static Self {
                match language {
                    Language::Dutch => &DUTCH,
                    Language::English => &ENGLISH,
                }
            }
        }

        #[cfg(test)]
        pub(super) const ALL: &[(&str, &str, &str)] = &[$((stringify!($name), $dutch, $english),)*];
    };
}

pub(in crate::http) mod embed;
pub(super) mod examples;
pub(in crate::http) mod map;
pub(in crate::http) mod missing;
pub(in crate::http) mod municipality;
pub(in crate::http) mod place;
pub(super) mod privacy;

phrases! {
    // Head and masthead
    title: "Ontmoetingsplekken in Overijssel", "Meeting places in Overijssel";
    heading: "Ontmoetings\u{ad}plekken in Overijssel", "Meeting places in Overijssel"; // may be broken where the hyphen belongs
    description: "Open gegevens over kulturhusen, dorpshuizen, buurthuizen en wijkcentra in de 25 gemeenten van Overijssel.",
        "Open data on village halls, community houses and neighbourhood centres in the 25 municipalities of Overijssel, the Netherlands.";
    skip_to_content: "Naar de inhoud", "Skip to the content";
    skip: "Naar de lijst met plekken", "Skip to the list of places";
    tagline: "open gegevens over ontmoetingsplekken", "open data on social meeting places";
    other_language: "English", "Nederlands";
    sections: "Op deze pagina", "On this page";
    places: "Plekken", "Places";
    worked: "Uitgewerkte voorbeelden", "Worked examples";
    open_worked: "Uitgewerkte voorbeelden, getekend", "Worked examples, drawn";
    data: "Gegevens gebruiken", "Using the data";
    origin: "Herkomst en licenties", "Origin and licences";

    // What this is
    lead: "Waar kunnen mensen elkaar ontmoeten? Deze dienst geeft de kulturhusen, dorpshuizen, buurthuizen, wijkcentra en MFA’s van Overijssel als open gegevens: voor sociale kaarten en wijkwijzers, beleid, onderzoek en journalistiek.",
        "Where can people meet each other? This service gives the kulturhusen, village halls, community houses, neighbourhood centres and multifunctional buildings of Overijssel as open data: for local guides, policy, research and journalism.";
    count_places: "plekken", "places";
    count_municipalities: "gemeenten", "municipalities";
    count_settlements: "kernen, wijken en buurtschappen", "villages, districts and hamlets";
    count_edition: "editie van de gegevens", "edition of the data";
    incomplete_title: "Geen volledige lijst, en onbekend is niet ‘nee’", "Not a complete list, and unknown is not “no”";
    incomplete: "Voor het provinciale onderzoek van 2024 werden {approached} plekken benaderd; hier staan de {places} die we in openbare bronnen vonden. Een plek die u mist, kan er dus wel zijn.",
        "The provincial survey of 2024 approached {approached} places; listed here are the {places} we found in public sources. A place you miss may well exist.";
    unknown: "Staat een voorziening niet bij een plek, dan weten we het niet. Dat iets ontbreekt, schrijven we alleen op als een bron het zegt. Wie op een voorziening kiest, krijgt de plekken die haar noemen, en hoort van hoeveel plekken geen enkele voorziening bekend is.",
        "If a facility is not listed with a place, we do not know. We write that something is absent only when a source says so. Choosing a facility gives the places that list it, and tells of how many places no facility is known at all.";

    // The filter
    filter_title: "Kies wat u wilt zien", "Choose what to see";
    municipality: "Gemeente", "Municipality";
    kind: "Soort", "Kind";
    facility: "Voorziening", "Facility";
    every_municipality: "alle gemeenten", "all municipalities";
    every_kind: "alle soorten", "all kinds";
    every_facility: "maakt niet uit", "any or none";
    show: "Toon plekken", "Show places";
    clear: "Wis de keuze", "Clear the choice";
    within_bbox: "Alleen binnen het rechthoekige gebied {bbox} (west, zuid, oost, noord).", "Only within the rectangle {bbox} (west, south, east, north).";
    result_all: "{places} plekken in {municipalities} gemeenten.", "{places} places in {municipalities} municipalities.";
    result_some: "{places} van {total} plekken voldoen aan uw keuze.", "{places} of {total} places match your choice.";
    result_one: "1 van {total} plekken voldoet aan uw keuze.", "1 of {total} places matches your choice.";
    result_none: "Geen enkele bekende plek voldoet aan uw keuze.", "No known place matches your choice.";
    undecided_one: "Van 1 andere plek is niet bekend of die eraan voldoet; die staat niet in deze lijst.",
        "Of 1 other place it is not known whether it does; it is not in this list.";
    undecided_many: "Van {count} andere plekken is niet bekend of ze eraan voldoen; die staan niet in deze lijst.",
        "Of {count} other places it is not known whether they do; they are not in this list.";
    refused: "Deze keuze kan niet:", "This choice is not possible:";
    download: "Deze lijst meenemen:", "Take this list with you:";
    download_geojson: "GeoJSON (voor kaarten)", "GeoJSON (for maps)";
    download_csv: "CSV (voor rekenbladen)", "CSV (for spreadsheets)";
    to_municipality: "Ga naar een gemeente", "Go to a municipality";
    to_top: "naar de gemeenten", "back to municipalities";
    one_place: "1 plek", "1 place";
    many_places: "{count} plekken", "{count} places";

    // One place
    kind_unknown: "soort onbekend", "kind unknown";
    kind_from_name: "naar de naam", "judged by its name";
    also_called: "Ook bekend als", "Also known as";
    facilities: "Voorzieningen", "Facilities";
    facilities_unknown: "Voorzieningen niet bekend", "Facilities not known";
    absent: "Niet aanwezig", "Not there";
    wheelchair_yes: "Toegankelijk met een rolstoel", "Accessible by wheelchair";
    wheelchair_no: "Niet toegankelijk met een rolstoel", "Not accessible by wheelchair";
    planned: "nog niet open", "not open yet";
    closed: "gesloten", "closed";
    status_unknown: "niet bekend of deze plek nu open is", "not known whether it is open now";
    confirmed: "bevestigd {date}", "confirmed {date}";
    website: "Website", "Website";
    website_of: "van", "of";
    at_street: "Ligging bij benadering: de straat", "Approximate location: the street";
    at_postcode: "Ligging bij benadering: het postcodegebied", "Approximate location: the postcode area";
    at_neighbourhood: "Ligging bij benadering: de buurt", "Approximate location: the neighbourhood";
    at_settlement: "Ligging bij benadering: de plaats", "Approximate location: the town or village";
    at_nowhere: "Ligging niet bekend", "Location not known";
    give_or_take: "tot {distance} ernaast", "up to {distance} off";

    // For developers
    data_lead: "Alles op deze pagina, en meer, is op te vragen met GraphQL. Zonder sleutel, zonder aanmelding.",
        "Everything on this page, and more, can be asked for with GraphQL. No key, no registration.";
    endpoint: "Het adres van de API", "The address of the API";
    open_explorer: "Probeer het in de verkenner", "Try it in the explorer";
    open_schema: "Lees het schema", "Read the schema";
    open_geojson: "Alle plekken als GeoJSON", "All places as GeoJSON";
    open_csv: "Alle plekken als CSV", "All places as CSV";
    open_map: "Kaart voor in een document", "Map for a document";
    maker_lead: "Kies wat u wilt laten zien; u krijgt een stukje HTML om in uw eigen pagina te zetten. Daar is nog meer te kiezen.",
        "Choose what to show; you get a piece of HTML to put into your own page. There is more to choose there.";
    make_snippet: "Maak de code", "Make the code";
    open_maker: "Lijst en kaart voor in uw eigen site", "List and map for your own site";
    examples: "Voorbeelden met hun antwoord", "Examples with their answers";
    query: "Vraag", "Query";
    answer: "Antwoord", "Answer";
    open_example: "Open deze vraag in de verkenner", "Open this query in the explorer";

    // Origin
    edition: "Editie", "Edition";
    published: "gepubliceerd {date}", "published {date}";
    licences_lead: "De gegevens bestaan uit lagen met elk een eigen licentie. Wie ze gebruikt, noemt de bron.",
        "The data consist of layers, each with its own licence. Whoever uses them names the source.";
    layer: "Laag", "Layer";
    licence: "Licentie", "Licence";
    attribution: "Zo noemt u de bron", "How to name the source";
    sources: "Bronnen", "Sources";
    all_sources: "Alle {count} bronnen", "All {count} sources";
    privacy_page: "Privacy en verwijderen", "Privacy and removal";
    privacy: "Deze pagina plaatst geen cookies, volgt niemand en laadt niets van elders.", "This page sets no cookies, follows nobody and loads nothing from elsewhere.";

    // The explorer
    explorer_title: "Verkenner", "Explorer";
    explorer_back: "Naar de plekken", "To the places";
    explorer_no_script: "De verkenner werkt met JavaScript. De API heeft dat niet nodig: stuur een vraag naar /graphql. Deze voorbeelden werken zo:",
        "The explorer needs JavaScript. The API does not: send a query to /graphql. These examples work as they are:";
    explorer_skip: "Naar de editor", "Skip to the editor";
    explorer_examples: "Voorbeelden", "Examples";
    explorer_examples_help: "Kies een voorbeeld om het in de editor te zetten en voer het daarna uit. De editor zelf is Engelstalig.",
        "Choose an example to put it into the editor, then run it.";
    explorer_keys: "Met het toetsenbord", "By keyboard";
    explorer_keys_help: "Ctrl+Enter voert de vraag uit, Ctrl+Spatie vult aan, Tab verlaat de editor, Ctrl+] springt in.",
        "Ctrl+Enter runs the query, Ctrl+Space completes, Tab leaves the editor, Ctrl+] indents.";
    explorer_query: "Vraag (GraphQL)", "Query (GraphQL)";
    explorer_variables: "Variabelen (JSON)", "Variables (JSON)";
    explorer_answer: "Antwoord (JSON)", "Answer (JSON)";
}

impl Language {
    /// The sentences in this language.
    pub(in crate::http) fn phrases(self) -> &'static Phrases {
        Phrases::of(self)
    }

    /// A whole number as this language groups it: 1.138 in Dutch, 1,138 in English.
    pub(in crate::http) fn number(self, number: usize) -> String {
        let separator = match self {
            Self::Dutch => '.',
            Self::English => ',',
        };
        let digits = number.to_string();
        let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
        for (index, digit) in digits.chars().enumerate() {
            if index > 0 && (digits.len() - index).is_multiple_of(3) {
                grouped.push(separator);
            }
            grouped.push(digit);
        }
        grouped
    }

    /// A number with so many decimals, grouped: 1.138,5 in Dutch, 1,138.5 in English.
    pub(in crate::http) fn decimal(self, number: f64, decimals: usize) -> String {
        let text = format!("{:.decimals$}", number.abs());
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let whole = whole.parse().map_or_else(|_| whole.to_owned(), |whole| self.number(whole));
        let sign = if number < 0.0 && text.bytes().any(|byte| matches!(byte, b'1'..=b'9')) { "−" } else { "" };
        let comma = match self {
            Self::Dutch => ',',
            Self::English => '.',
        };
        if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}{comma}{fraction}") }
    }

    /// A share from 0 to 1 in per cent, to a tenth: 18,0%.
    pub(in crate::http) fn share(self, share: f64) -> String {
        format!("{}%", self.decimal(share * 100.0, 1))
    }

    /// A distance in metres as people say it: 390 m, 1,2 km.
    pub(in crate::http) fn distance(self, metres: u32) -> String {
        if metres < 1_000 {
            return format!("{metres} m");
        }
        if metres.is_multiple_of(1_000) {
            return format!("{} km", metres / 1_000);
        }
        let kilometres = format!("{:.1} km", f64::from(metres) / 1_000.0);
        match self {
            Self::Dutch => kilometres.replace('.', ","),
            Self::English => kilometres,
        }
    }
}

/// `phrase` with each `{name}` replaced by its value.
pub(in crate::http) fn with(phrase: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(phrase.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blanks(phrase: &str) -> Vec<&str> {
        let mut names: Vec<_> = phrase.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn every_phrase_is_there_in_both_languages_with_the_same_blanks() {
        for (name, dutch, english) in ALL
            .iter()
            .chain(embed::ALL)
            .chain(examples::ALL)
            .chain(privacy::ALL)
            .chain(place::ALL)
            .chain(municipality::ALL)
            .chain(missing::ALL)
            .chain(map::ALL)
        {
            assert!(!dutch.trim().is_empty() && !english.trim().is_empty(), "{name} is empty");
            assert_eq!(blanks(dutch), blanks(english), "{name}");
        }
    }

    #[test]
    fn numbers_are_grouped_as_the_language_does() {
        assert_eq!(Language::Dutch.number(1_138), "1.138");
        assert_eq!(Language::English.number(1_189_033), "1,189,033");
        assert_eq!(Language::Dutch.number(256), "256");
        assert_eq!(Language::Dutch.decimal(1_138.46, 1), "1.138,5");
        assert_eq!(Language::English.decimal(-0.04, 1), "0.0");
        assert_eq!(Language::English.decimal(-1_234.0, 0), "−1,234");
        assert_eq!(Language::Dutch.share(0.8937), "89,4%");
        assert_eq!(Language::Dutch.distance(390), "390 m");
        assert_eq!(Language::Dutch.distance(1_240), "1,2 km");
        assert_eq!(Language::English.distance(1_240), "1.2 km");
    }
}
