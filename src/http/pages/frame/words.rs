//! What the pages for people say around themselves.

use crate::http::pages::words::words;

words! {
    skip_to_content: "Naar de inhoud", "Skip to the content";
    tagline: "ontmoetingsplekken in Overijssel", "meeting places in Overijssel";
    other_language: "English", "Nederlands";
    navigation: "Onderdelen", "Main";
    find_places: "Zoek een plek", "Find a place";
    agenda: "Agenda", "What’s on";
    figures: "Cijfers en kaarten", "Figures and maps";
    data: "Gegevens gebruiken", "Use the data";
    sections: "Op deze pagina", "On this page";
    places: "Plekken", "Places";
    open_schema: "Lees het schema", "Read the schema";
    edition: "Editie", "Edition";
    changes: "Wat er veranderd is", "What changed";
    picture: "Kaart van de ontmoetingsplekken", "Map of the meeting places";
    privacy_page: "Privacy en verwijderen", "Privacy and removal";
    privacy: "Deze pagina plaatst geen cookies, volgt niemand en laadt niets van elders.", "This page sets no cookies, follows nobody and loads nothing from elsewhere.";
}
