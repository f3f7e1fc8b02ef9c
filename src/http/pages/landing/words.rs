//! The sentences of the list page.

use crate::http::pages::words::words;

words! {
    // Head and masthead
    title: "Ontmoetingsplekken in Overijssel", "Meeting places in Overijssel";
    heading: "Ontmoetings\u{ad}plekken in Overijssel", "Meeting places in Overijssel"; // may be broken where the hyphen belongs
    description: "Open gegevens over kulturhusen, dorpshuizen, buurthuizen en wijkcentra in de 25 gemeenten van Overijssel.",
        "Open data on village halls, community houses and neighbourhood centres in the 25 municipalities of Overijssel, the Netherlands.";
    skip: "Naar de lijst met plekken", "Skip to the list of places";
    worked: "Uitgewerkte voorbeelden", "Worked examples";
    open_gaps: "Wat we niet weten, per gemeente", "What we do not know, by municipality";
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
    also_asked: "Ook gekozen: {list}.", "Also chosen: {list}.";
    result_all: "{places} plekken in {municipalities} gemeenten.", "{places} places in {municipalities} municipalities.";
    download: "Deze lijst meenemen:", "Take this list with you:";
    download_geojson: "GeoJSON (voor kaarten)", "GeoJSON (for maps)";
    download_csv: "CSV (voor rekenbladen)", "CSV (for spreadsheets)";
    to_municipality: "Ga naar een gemeente", "Go to a municipality";
    to_top: "naar de gemeenten", "back to municipalities";
    one_place: "1 plek", "1 place";
    many_places: "{count} plekken", "{count} places";

    // One place
    also_called: "Ook bekend als", "Also known as";
    facilities_unknown: "Voorzieningen niet bekend", "Facilities not known";
    absent: "Niet aanwezig", "Not there";
    wheelchair_yes: "Toegankelijk met een rolstoel", "Accessible by wheelchair";
    wheelchair_no: "Niet toegankelijk met een rolstoel", "Not accessible by wheelchair";
    planned: "nog niet in gebruik", "not in use yet";
    closed: "gesloten", "closed";
    website: "Website", "Website";
    website_of: "van", "of";

    // For developers
    data_lead: "Alles op deze pagina, en meer, is op te vragen met GraphQL. Zonder sleutel, zonder aanmelding.",
        "Everything on this page, and more, can be asked for with GraphQL. No key, no registration.";
    endpoint: "Het adres van de API", "The address of the API";
    open_explorer: "Probeer het in de verkenner", "Try it in the explorer";
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
    published: "gepubliceerd {date}", "published {date}";
    licences_lead: "De gegevens bestaan uit lagen met elk een eigen licentie. Wie ze gebruikt, noemt de bron.",
        "The data consist of layers, each with its own licence. Whoever uses them names the source.";
    layer: "Laag", "Layer";
    licence: "Licentie", "Licence";
    attribution: "Zo noemt u de bron", "How to name the source";
    sources: "Bronnen", "Sources";
    all_sources: "Alle {count} bronnen", "All {count} sources";
}
