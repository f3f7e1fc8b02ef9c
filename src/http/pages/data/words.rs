//! The sentences of the page for those who work with the data.

use crate::http::pages::words::words;

words! {
    title: "Gegevens gebruiken", "Use the data";
    description: "De ontmoetingsplekken van Overijssel als open gegevens: GraphQL, CSV, GeoJSON, kalender en kaarten, met bronnen en licenties.",
        "The meeting places of Overijssel as open data: GraphQL, CSV, GeoJSON, calendar and maps, with sources and licences.";
    lead: "De kulturhusen, dorpshuizen, buurthuizen, wijkcentra en MFA’s van Overijssel als open gegevens: voor sociale kaarten en wijkwijzers, beleid, onderzoek en journalistiek.",
        "The kulturhusen, village halls, community houses, neighbourhood centres and multifunctional buildings of Overijssel as open data: for local guides, policy, research and journalism.";
    data: "Adressen", "Addresses";
    origin: "Herkomst en licenties", "Origin and licences";
    open_gaps: "Wat we niet weten, per gemeente", "What we do not know, by municipality";
    open_worked: "Uitgewerkte voorbeelden, getekend", "Worked examples, drawn";
    open_changes: "Edities, en wat er veranderd is", "Editions, and what changed";
    open_map_maker: "Maak een kaart voor een document", "Make a map for a document";
    open_activities: "Activiteiten voor een agenda, en als CSV", "Activities for a calendar, and as CSV";

    count_places: "plekken", "places";
    count_municipalities: "gemeenten", "municipalities";
    count_settlements: "kernen, wijken en buurtschappen", "villages, districts and hamlets";
    count_edition: "editie van de gegevens", "edition of the data";
    incomplete_title: "Geen volledige lijst, en onbekend is niet ‘nee’", "Not a complete list, and unknown is not “no”";
    incomplete: "Voor het provinciale onderzoek van 2024 werden {approached} plekken benaderd; hier staan de {places} die we in openbare bronnen vonden. Een plek die u mist, kan er dus wel zijn.",
        "The provincial survey of 2024 approached {approached} places; listed here are the {places} we found in public sources. A place you miss may well exist.";
    unknown: "Staat een voorziening niet bij een plek, dan weten we het niet. Dat iets ontbreekt, schrijven we alleen op als een bron het zegt. Wie op een voorziening kiest, krijgt de plekken die haar noemen, en hoort van hoeveel plekken geen enkele voorziening bekend is.",
        "If a facility is not listed with a place, we do not know. We write that something is absent only when a source says so. Choosing a facility gives the places that list it, and tells of how many places no facility is known at all.";

    data_lead: "Alles op deze pagina’s, en meer, is op te vragen met GraphQL. Zonder sleutel, zonder aanmelding.",
        "Everything on these pages, and more, can be asked for with GraphQL. No key, no registration.";
    endpoint: "Het adres van de API", "The address of the API";
    open_explorer: "Probeer het in de verkenner", "Try it in the explorer";
    open_geojson: "Alle plekken als GeoJSON", "All places as GeoJSON";
    open_csv: "Alle plekken als CSV", "All places as CSV";
    open_map: "Kaart van Overijssel", "Map of Overijssel";
    maker_lead: "Kies wat u wilt laten zien; u krijgt een stukje HTML om in uw eigen pagina te zetten. Daar is nog meer te kiezen.",
        "Choose what to show; you get a piece of HTML to put into your own page. There is more to choose there.";
    make_snippet: "Maak de code", "Make the code";
    open_maker: "Lijst en kaart voor in uw eigen site", "List and map for your own site";
    examples: "Voorbeelden met hun antwoord", "Examples with their answers";
    query: "Vraag", "Query";
    answer: "Antwoord", "Answer";
    open_example: "Open deze vraag in de verkenner", "Open this query in the explorer";

    published: "gepubliceerd {date}", "published {date}";
    licences_lead: "De gegevens bestaan uit lagen met elk een eigen licentie. Wie ze gebruikt, noemt de bron.",
        "The data consist of layers, each with its own licence. Whoever uses them names the source.";
    layer: "Laag", "Layer";
    licence: "Licentie", "Licence";
    attribution: "Zo noemt u de bron", "How to name the source";
    sources: "Bronnen", "Sources";
    all_sources: "Alle {count} bronnen", "All {count} sources";
}
