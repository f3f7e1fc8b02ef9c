//! The sentences of the page for what is not there.

use crate::http::pages::words::words;

words! {
    title: "Hier is niets", "There is nothing here";
    not_so: "Dit adres kan zo niet", "This address does not work";
    not_now: "Dit lukt nu niet", "This does not work now";
    no_place: "Er is geen plek met de sleutel ‘{slug}’. Misschien heet zij anders: de lijst noemt alle plekken die bekend zijn.",
        "There is no place with the key “{slug}”. It may have another name: the list has all places that are known.";
    removed: "De plek ‘{slug}’ is op {date} uit de gegevens verwijderd: {reason}.",
        "The place “{slug}” was removed from the data on {date}: {reason}.";
    no_municipality: "‘{slug}’ is niet een van de {count} gemeenten van Overijssel.",
        "“{slug}” is not one of the {count} municipalities of Overijssel.";
    no_settlement: "‘{slug}’ is geen dorp, stad, wijk of buurtschap van Overijssel die we kennen.", "“{slug}” is no village, town, district or hamlet of Overijssel that we know.";
    no_activity: "Er is geen activiteit met de sleutel ‘{slug}’. Misschien wordt zij niet meer gehouden: de agenda noemt wat er is.",
        "There is no activity with the key “{slug}”. It may be held no longer: the agenda has what there is.";
    to_list: "Naar de lijst", "To the list";
}
