//! The sentences of the pages of `/ogc`.

use crate::http::pages::words::words;

words! {
    trail: "U bent hier", "You are here";
    not_known: "niet bekend", "not known";
    for_programs: "Voor programma’s:", "For programs:";
    pages: "Bladzijden", "Pages";
    previous: "Vorige bladzijde", "Previous page";
    next: "Volgende bladzijde", "Next page";
    range: "{first} tot en met {last} van {count}", "{first} to {last} of {count}";
    none: "niets dat hieraan voldoet", "nothing that meets this";
    description: "beschrijving voor programma’s", "description for programs";
    conformance: "normen", "standards";
    conformance_lead: "De normen waaraan deze dienst voldoet.", "The standards that this service conforms to.";
    collections: "kaartlagen en tabellen", "layers and tables";
    collections_lead: "Alles wat hier te halen is; kies wat u wilt bekijken.", "All there is; choose what to look at.";
    here: "Hier te vinden", "What is here";
    items: "items", "items";
    count: "aantal", "number";
    edition: "editie", "edition";
    licence: "licentie", "licence";
    systems: "coördinaten", "coordinates";
    geometry: "ligging", "location";
    area: "een vlak", "an area";
    queryables: "waarop te filteren is", "what can be filtered by";
    queryables_lead: "Eigenschappen waarop `items` te filteren zijn: als parameter, of in `filter` (CQL2).",
        "Properties by which `items` can be filtered: as a parameter, or in `filter` (CQL2).";
    fields: "velden", "fields";
    fields_lead: "Wat een item heeft; leeg betekent niet bekend.", "What an item has; empty means not known.";
    files: "als bestand", "as a file";
    api_lead: "De adressen van deze dienst, met wat ze aannemen.", "The addresses of this service, with what they take.";
    parameters: "neemt: {names}", "takes: {names}";
    one_of: "een van {terms}", "one of {terms}";
    standard: "norm", "standard";
}
