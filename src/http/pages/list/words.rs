//! The sentences of a list of places and of the form that chooses among them.

use crate::http::pages::words::words;

words! {
    // The filter
    filter_title: "Kies wat u wilt zien", "Choose what to see";
    text: "Naam of woorden", "Name or words";
    postcode: "Postcode", "Postcode";
    municipality: "Gemeente", "Municipality";
    kind: "Soort", "Kind";
    facility: "Voorziening", "Facility";
    every_municipality: "alle gemeenten", "all municipalities";
    every_kind: "alle soorten", "all kinds";
    every_facility: "maakt niet uit", "any or none";
    show: "Toon plekken", "Show places";
    clear: "Wis de keuze", "Clear the choice";
    result_some: "{places} van {total} plekken voldoen aan uw keuze.", "{places} of {total} places match your choice.";
    result_one: "1 van {total} plekken voldoet aan uw keuze.", "1 of {total} places matches your choice.";
    result_none: "Geen enkele bekende plek voldoet aan uw keuze.", "No known place matches your choice.";
    undecided_one: "Van 1 andere plek is niet bekend of die eraan voldoet; die staat niet in deze lijst.",
        "Of 1 other place it is not known whether it does; it is not in this list.";
    undecided_many: "Van {count} andere plekken is niet bekend of ze eraan voldoen; die staan niet in deze lijst.",
        "Of {count} other places it is not known whether they do; they are not in this list.";
    page_of: "Bladzijde {page} van {last}", "Page {page} of {last}";
    pages: "Bladzijden", "Pages";
    previous: "Vorige", "Previous";
    next: "Volgende", "Next";
    refused: "Deze keuze kan niet:", "This choice is not possible:";

    // A settlement
    village: "dorp of stad", "village or town";

    // One place
    hours: "Open", "Open";
    away: "op {distance}", "{distance} away";
    kind_unknown: "soort onbekend", "kind unknown";
    kind_from_name: "naar de naam", "judged by its name";
    facilities: "Voorzieningen", "Facilities";
    planned: "Nog niet in gebruik", "Not in use yet";
    closed: "Gesloten", "Closed";
    status_unknown: "niet bekend of deze plek nog in gebruik is", "not known whether it is still in use";
    confirmed: "bevestigd {date}", "confirmed {date}";
    at_street: "Ligging bij benadering: de straat", "Approximate location: the street";
    at_postcode: "Ligging bij benadering: het postcodegebied", "Approximate location: the postcode area";
    at_neighbourhood: "Ligging bij benadering: de buurt", "Approximate location: the neighbourhood";
    at_settlement: "Ligging bij benadering: de plaats", "Approximate location: the town or village";
    at_nowhere: "Ligging niet bekend", "Location not known";
    give_or_take: "tot {distance} ernaast", "up to {distance} off";
}
