//! The sentences of the page on what changed.

use crate::http::pages::words::words;

words! {
    title: "Wat er veranderd is", "What changed";
    description: "De edities van de gegevens over ontmoetingsplekken in Overijssel, en wat er sinds een eerdere veranderd is: oude en nieuwe waarden, per gemeente.",
        "The editions of the data on meeting places in Overijssel, and what changed since an earlier one: old and new values, by municipality.";
    lead: "Elke keer dat de gegevens veranderen, komt er een nieuwe editie. De oude blijven te lezen.", "Each time the data change there is a new edition. Old ones can still be read.";
    since: "Sinds editie", "Since edition";
    show: "Toon", "Show";
    first_edition: "Vóór editie {edition} is er hier geen andere.", "There is none before edition {edition} here.";
    nothing: "Tussen editie {since} en {edition} is niets veranderd dat aan uw keuze voldoet.", "Between edition {since} and {edition} nothing changed that matches your choice.";
    one_change: "1 wijziging tussen editie {since} en {edition}.", "1 change between edition {since} and {edition}.";
    many_changes: "{count} wijzigingen tussen editie {since} en {edition}.", "{count} changes between edition {since} and {edition}.";
    elsewhere: "Gemeente niet bekend", "Municipality not known";
    place: "plek", "place";
    activity: "activiteit", "activity";
    municipality: "gemeente", "municipality";
    settlement: "kern, wijk of buurtschap", "village, district or hamlet";
    neighbourhood: "wijk of buurt van het CBS", "neighbourhood of CBS";
    added: "nieuw", "new";
    changed: "gewijzigd", "changed";
    removed: "verwijderd", "removed";
    field: "Gegeven", "Field";
    before: "Was", "Was";
    after: "Is", "Is";
    not_known: "niet bekend, of geen tekst", "not known, or no text";
    editions: "Edities", "Editions";
    places: "{count} plekken", "{count} places";
    what_changed: "wat er sindsdien veranderd is", "what changed since";
    this_one: "deze editie", "this edition";
    query: "Dezelfde wijzigingen als gegevens", "The same changes as data";
}
