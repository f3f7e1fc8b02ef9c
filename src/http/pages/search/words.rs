//! The sentences of the search box and of what it finds.

use crate::http::pages::words::words;

words! {
    label: "Uw dorp, straat of postcode, een plek of een activiteit", "Your village, street or postcode, a place or an activity";
    seek: "Zoek", "Search";
    suggestions: "Suggesties", "Suggestions";
    found: "{count} suggesties", "{count} suggestions";
    none_yet: "Geen suggesties", "No suggestions";

    title: "Zoeken", "Search";
    title_of: "Gevonden bij ‘{text}’", "Found for “{text}”";
    description: "Zoek een plek, dorp, straat, postcode of activiteit in Overijssel.", "Search a place, village, street, postcode or activity in Overijssel.";
    nothing: "Niets gevonden bij ‘{text}’. Van een postcode of straat weten we alleen waar er een plek staat; probeer uw dorp, of kies uw gemeente.",
        "Nothing found for “{text}”. Of a postcode or street we only know where a place stands; try your village, or choose your municipality.";
    to_municipalities: "Kies uw gemeente", "Choose your municipality";
    to_places: "Alle plekken", "All places";
    first: "Hier staan de eerste {count}.", "The first {count} are shown.";

    place: "plek", "place";
    activity: "activiteit", "activity";
    municipality: "gemeente", "municipality";
    neighbourhood: "wijk of buurt", "neighbourhood";
    facility: "voorziening", "facility";
    activity_type: "soort activiteit", "type of activity";
    street: "straat", "street";
    postcode: "postcode", "postcode";
    one_place: "1 plek", "1 place";
    many_places: "{count} plekken", "{count} places";
    near: "plekken in de buurt", "places nearby";
}
