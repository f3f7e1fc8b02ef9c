//! The sentences of the page of a municipality.

use crate::http::pages::words::words;

words! {
    title: "Ontmoetingsplekken in {name}", "Meeting places in {name}";
    description: "De ontmoetingsplekken van de gemeente {name} en wat er van het beleid bekend is, met bronnen.",
        "The meeting places of the municipality of {name} and what is known of its policy, with sources.";
    edition: "Editie", "Edition";
    inhabitants: "inwoners op {date}", "inhabitants on {date}";
    inhabitants_undated: "inwoners", "inhabitants";
    places: "bekende plekken", "known places";
    places_and_closed: "bekende plekken, en {count} gesloten", "known places, and {count} closed";

    inventory_title: "Is de lijst volledig?", "Is the list complete?";
    inventory_unknown: "Dat heeft de gemeente niet gezegd. Een plek die hier niet staat, kan er dus wel zijn.",
        "The municipality has not said so. A place that is not listed may well exist.";
    inventory_incomplete: "Nee: de gemeente zegt dat er plekken ontbreken.", "No: the municipality says that places are missing.";
    inventory_complete: "Ja: de gemeente zegt dat dit al haar ontmoetingsplekken zijn.", "Yes: the municipality says that these are all of its meeting places.";
    expected: "Volgens de gemeente zijn er {count}.", "According to the municipality there are {count}.";

    week_title: "Deze week te doen", "On this week";
    week_none: "Van deze gemeente kennen we deze week geen activiteiten met een dag en tijd. Kijk bij een plek, of bel.", "We know of no activities with a day and time in this municipality this week. Look at a place, or call.";
    agenda: "Hele agenda van de gemeente", "The whole agenda of the municipality";
    wijken: "Per wijk van het CBS", "By wijk of CBS";
    wijken_lead: "Plekken waarvan zeker is in welke wijk ze staan.", "Places of which it is sure in which wijk they are.";
    wijk_none: "geen plek bekend", "no place known";
    kind_unknown: "soort onbekend", "kind unknown";
    address_unknown: "adres niet bekend", "address not known";
    map_maker: "maak er uw eigen kaart van", "make it your own map";
    list_title: "De plekken", "The places";
    list_none: "Van deze gemeente is geen plek bekend.", "No place of this municipality is known.";
    gaps: "Wat we van deze plekken niet weten", "What we do not know of these places";
    list_all: "Alle {count} plekken", "All {count} places";
    is_open: "in gebruik", "in use";
    is_planned: "nog niet in gebruik", "not in use yet";
    is_closed: "gesloten", "closed";
    is_unknown: "niet bekend", "not known";

    map_title: "De kaart", "The map";
    map_alt: "Kaart van de ontmoetingsplekken in {name}, met dezelfde plekken als in de tabel erboven.", "Map of the meeting places in {name}, with the same places as in the table above.";
    map_caption: "Voor in een document, met bronnen en editie erop:", "For a document, with sources and edition on it:";

    policy_title: "Beleid", "Policy";
    policy_lead: "Per thema van het onderzoek van 2024: wat uit een openbaar stuk blijkt. Waar dat niet zo is, weten we het niet; het onderzoek publiceerde alleen totalen van alle gemeenten.",
        "Per theme of the survey of 2024: what a public document shows. Where none does, we do not know; the survey published totals of all municipalities only.";
    theme: "Thema", "Theme";
    shown: "Wat er bekend is", "What is known";
    basis: "Blijkt uit", "Shown by";
    assessed: "{who}, {date}", "{who}, {date}";
    compiled: "beoordeeld door noaber", "assessed by noaber";
    not_known: "niet bij ons bekend", "not known to us";
    more_possible: "er kan meer zijn", "there may be more";
    documents_title: "Stukken", "Documents";
    documents_lead: "Stukken over ontmoetingsplekken in de gemeente, de nieuwste eerst. Een stuk is een aanwijzing, geen oordeel over het beleid.",
        "Documents on meeting places in the municipality, newest first. A document is evidence, not a judgement of the policy.";
    documents_none: "Er zijn geen stukken bekend.", "No documents are known.";
    documents_all: "Alle {count} stukken", "All {count} documents";
    undated: "zonder jaar", "undated";

    contact_title: "Bij de gemeente", "At the municipality";
    contact_none: "Bij wie u in de gemeente terechtkunt, is niet bij ons bekend.", "Whom to ask at the municipality is not known to us.";

    wrong_title: "Ontbreekt er iets of klopt er iets niet?", "Is something missing or wrong?";
    wrong_link: "Laat het weten", "Tell us";
    wrong_subject: "Ontmoetingsplekken in {name}", "Meeting places in {name}";
    wrong_body: "Gemeente: {name} ({code})\nEditie: {edition}\n\nWat ontbreekt of moet anders (graag met een bron):\n",
        "Municipality: {name} ({code})\nEdition: {edition}\n\nWhat is missing or should be different (with a source, please):\n";
    take_title: "Meenemen", "Take it along";
    take: "Als open gegevens, met bron en licentie:", "As open data, with source and licence:";
    attribution: "Noem als bron:", "Name as the source:";
}
