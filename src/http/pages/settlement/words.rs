//! The sentences of the page of a settlement.

use crate::http::pages::words::words;

words! {
    title: "Ontmoeten in {name}", "Meeting in {name}";
    description: "Ontmoetingsplekken in en om {name} ({municipality}), en wat er deze week te doen is.", "Meeting places in and around {name} ({municipality}), and what is on this week.";
    in_municipality: "gemeente", "municipality of";
    programme: "Deze week in {name} en omgeving", "This week in and around {name}";
    programme_none: "Binnen {distance} van {name} kennen we deze week geen activiteiten met een dag en tijd. Kijk bij een plek hieronder, of bel.",
        "Within {distance} of {name} we know of no activities with a day and time this week. Look at a place below, or call.";
    agenda: "Hele agenda, met keuze", "The whole agenda, with choices";
    places: "Plekken in {name}", "Places in {name}";
    places_none: "In {name} zelf kennen we geen plek; die kan er wel zijn.", "We know of no place in {name} itself; there may well be one.";
    nearest: "De plekken het dichtst bij {name}", "The places nearest to {name}";
    nearest_too: "En dicht bij {name}", "And near {name}";
    straight: "Afstanden zijn hemelsbreed, vanaf het midden van het dorp of de wijk.", "Distances are in a straight line, from the middle of the village or district.";
    website: "Website", "Website";
    all_of_municipality: "Alles in de gemeente", "All in the municipality";
}
