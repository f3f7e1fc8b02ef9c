//! The sentences of the page on what is not known.

use crate::http::pages::words::words;

words! {
    title: "Wat we niet weten", "What we do not know";
    title_of: "Wat we niet weten: {name}", "What we do not know: {name}";
    description: "Per ontmoetingsplek wat niet bekend is, als lijst om na te bellen.",
        "What is not known of each meeting place, as a list to work through by telephone.";
    lead: "Onbekend is niet ‘nee’: van deze gegevens zegt geen bron iets. Bovenaan staan de plekken waarvan het meeste ontbreekt.",
        "Unknown is not “no”: no source says anything about these. The places of which most is missing come first.";
    by_municipality: "Per gemeente", "By municipality";
    choose: "Kies een gemeente voor de lijst van haar plekken.", "Choose a municipality for the list of its places.";
    municipality: "Gemeente", "Municipality";
    places: "Plekken", "Places";
    known: "Bekend", "Known";
    known_of: "{known} van {total}", "{known} of {total}";
    no_status: "Nog in gebruik? onbekend", "Still in use? unknown";
    no_address: "Geen adres", "No address";
    no_facility: "Voorzieningen onbekend", "Facilities unknown";
    counts: "Wat een cijfer over bereik het meest onzeker maakt, is of een plek nog in gebruik is, waar zij staat en wat er is.",
        "What makes a figure on reach most uncertain is whether a place is still in use, where it is, and what is there.";
    list: "De plekken", "The places";
    place: "Plek", "Place";
    where_is_it: "Waar", "Where";
    ask: "Navragen bij", "Ask";
    ask_nobody: "niemand bekend", "nobody known";
    missing: "Niet bekend", "Not known";
    nothing: "alles is bekend", "everything is known";
    shown_of: "De eerste {shown} van {count} plekken; het CSV-bestand heeft ze allemaal.",
        "The first {shown} of {count} places; the CSV file has them all.";
    none: "Er is geen plek die hieraan voldoet.", "No place matches.";
    take: "Meenemen:", "Take it with you:";
    csv: "CSV van deze lijst", "CSV of this list";
    template: "Excel-lijst van de gemeente, ingevuld met wat bekend is", "Excel list of the municipality (in Dutch), with what is known filled in";
    help: "Vul in wat u weet, laat leeg wat u niet weet, en stuur de lijst terug. De gemeente houdt haar eigen lijst bij.",
        "Fill in what you know, leave empty what you do not, and send the list back. The municipality keeps its own list.";
    send: "Stuur de lijst", "Send the list";
    subject: "Gegevens van ontmoetingsplekken in {name}", "Data of meeting places in {name}";

    // The fields
    kind: "soort", "kind";
    status: "of de plek nog in gebruik is", "whether it is still in use";
    address: "adres", "address";
    location: "ligging", "location";
    facilities: "voorzieningen", "facilities";
    activities: "activiteiten", "activities";
    programme: "programma", "programme";
    opening_hours: "openingstijden", "opening hours";
    contact: "contact", "contact";
    website: "website", "website";
    wheelchair: "rolstoeltoegankelijkheid", "wheelchair access";
    legal_form: "rechtsvorm", "legal form";
    run_by: "beheer", "who runs it";
    owned_by: "eigenaar", "who owns the building";
}
