//! The sentences of the page that makes a map.

use crate::http::pages::words::words;

words! {
    title: "Maak een kaart voor een document", "Make a map for a document";
    description: "Kies een gemeente en wat u wilt laten zien, en neem de kaart mee als plaatje, met bronnen en editie erop.",
        "Choose a municipality and what to show, and take the map along as a picture, with sources and edition on it.";
    lead: "Kies wat erop staat, bekijk de kaart en neem haar mee. Bronnen, editie en wat de kaart níet zegt, staan er al op.",
        "Choose what is on it, look at the map and take it along. Sources, edition and what the map does not say are on it already.";
    form: "Wat erop staat", "What is on it";
    kinds: "Soorten", "Kinds";
    activities: "Activiteiten", "Activities";
    any: "Niets aangekruist is alles.", "Nothing ticked is everything.";
    theme: "Wat de kaart laat zien", "What the map shows";
    theme_places: "elke plek", "every place";
    theme_density: "gemeenten: plekken per 10.000 inwoners", "municipalities: places per 10,000 inhabitants";
    theme_reach: "gemeenten: wie dichtbij woont", "municipalities: who lives nearby";
    reach: "Teken wie dichtbij woont", "Draw who lives nearby";
    no_reach: "niet", "do not";
    labels: "Namen op de kaart", "Names on the map";
    labels_usual: "zoals het past", "as it fits";
    labels_all: "dorpen en plekken", "villages and places";
    labels_areas: "alleen dorpen", "villages only";
    labels_places: "alleen plekken", "places only";
    labels_none: "geen", "none";
    map_title: "Titel", "Title";
    map_title_help: "Leeg laten: dan zegt de titel wat u koos.", "Leave it empty: the title then says what you chose.";
    width: "Breedte", "Width";
    width_text: "een bladzijde tekst (18 cm)", "a page of text (18 cm)";
    width_half: "twee derde daarvan (12 cm)", "two thirds of it (12 cm)";
    width_a3: "A3 (38 cm)", "A3 (38 cm)";
    language: "Taal van de kaart", "Language of the map";
    dutch: "Nederlands", "Dutch";
    english: "Engels", "English";
    make: "Maak de kaart", "Make the map";
    the_map: "De kaart", "The map";
    alt: "De kaart die u koos.", "The map that you chose.";
    take_png: "Neem mee als plaatje (PNG, voor Word en e-mail)", "Take it as a picture (PNG, for Word and mail)";
    take_svg: "Neem mee als tekening (SVG, voor drukwerk)", "Take it as a drawing (SVG, for print)";
    address: "Of neem het adres over: het geeft steeds de kaart van de nieuwste editie.", "Or copy the address: it always gives the map of the newest edition.";
}
