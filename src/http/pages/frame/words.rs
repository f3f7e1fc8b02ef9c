//! What the pages for people say around themselves.

use crate::http::pages::words::words;

words! {
    skip_to_content: "Naar de inhoud", "Skip to the content";
    tagline: "open gegevens over ontmoetingsplekken", "open data on social meeting places";
    other_language: "English", "Nederlands";
    sections: "Op deze pagina", "On this page";
    places: "Plekken", "Places";
    open_schema: "Lees het schema", "Read the schema";
    edition: "Editie", "Edition";
    privacy_page: "Privacy en verwijderen", "Privacy and removal";
    privacy: "Deze pagina plaatst geen cookies, volgt niemand en laadt niets van elders.", "This page sets no cookies, follows nobody and loads nothing from elsewhere.";
}
