//! The sentences of the first page.

use crate::http::pages::words::words;

words! {
    title: "Ontmoetingsplekken in Overijssel", "Meeting places in Overijssel";
    heading: "Ontmoetings\u{ad}plekken in Overijssel", "Meeting places in Overijssel"; // may be broken where the hyphen belongs
    description: "Vind een dorpshuis, buurthuis, wijkcentrum of kulturhus bij u in de buurt, in de 25 gemeenten van Overijssel, en wat er te doen is.",
        "Find a village hall, community house or neighbourhood centre near you in the 25 municipalities of Overijssel, the Netherlands, and what is on there.";
    lead: "Vind een dorpshuis, buurthuis, wijkcentrum of kulturhus bij u in de buurt, en wat er te doen is.",
        "Find a village hall, community house or neighbourhood centre near you, and what is on there.";
    choose: "Kies uw gemeente", "Choose your municipality";
    one_place: "{name}: 1 plek", "{name}: 1 place";
    many_places: "{name}: {count} plekken", "{name}: {count} places";
    doors: "Waar u verder kunt", "Where to go from here";
    door_places: "Zoek een plek", "Find a place";
    door_places_text: "Alle plekken, te kiezen op gemeente, postcode, soort en voorziening.", "All places, by municipality, postcode, kind and facility.";
    door_agenda: "Wat er deze week te doen is", "What is on this week";
    door_figures: "Cijfers en kaarten", "Figures and maps";
    door_figures_text: "Voor beleid, onderzoek en journalistiek: wie woont er dichtbij, en wat weten we niet?", "For policy, research and journalism: who lives nearby, and what do we not know?";
    door_map: "Maak een kaart voor een document", "Make a map for a document";
    door_data: "Gegevens gebruiken", "Use the data";
    door_data_text: "Open gegevens: GraphQL, CSV, GeoJSON en een kalender, zonder sleutel.", "Open data: GraphQL, CSV, GeoJSON and a calendar, without a key.";
    door_explorer: "Probeer het in de verkenner", "Try it in the explorer";
    door_embed: "Lijst en kaart voor in uw eigen site", "List and map for your own site";
    incomplete: "Dit is geen volledige lijst: {places} plekken zijn bekend, het onderzoek van de provincie in 2024 benaderde er {approached}.",
        "This is not a complete list: {places} places are known, the survey of the province in 2024 approached {approached}.";
    incomplete_link: "Wat we niet weten", "What we do not know";
}
