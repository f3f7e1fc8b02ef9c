//! The sentences of the list of places.

use crate::http::pages::words::words;

words! {
    title: "Alle ontmoetingsplekken in Overijssel", "All meeting places in Overijssel";
    heading: "Zoek een plek", "Find a place";
    description: "De kulturhusen, dorpshuizen, buurthuizen en wijkcentra van Overijssel, te kiezen op gemeente, soort, voorziening en postcode.",
        "The village halls, community houses and neighbourhood centres of Overijssel, by municipality, kind, facility and postcode.";
    lead: "Kies een gemeente, een soort of een voorziening, of vul uw postcode in: dan komt wat dichtbij is eerst.",
        "Choose a municipality, a kind or a facility, or give your postcode: what is near comes first.";
    list_title: "De plekken", "The places";
    unknown: "Staat een voorziening niet bij een plek, dan weten we het niet. Dat iets ontbreekt, schrijven we alleen op als een bron het zegt.",
        "If a facility is not listed with a place, we do not know. We write that something is absent only when a source says so.";

    // The filter
    also_asked: "Ook gekozen: {list}.", "Also chosen: {list}.";
    result_all: "{places} plekken in {municipalities} gemeenten.", "{places} places in {municipalities} municipalities.";
    download: "Deze lijst meenemen:", "Take this list with you:";
    download_geojson: "GeoJSON (voor kaarten)", "GeoJSON (for maps)";
    download_csv: "CSV (voor rekenbladen)", "CSV (for spreadsheets)";
    to_municipality: "Ga naar een gemeente", "Go to a municipality";
    to_top: "naar de gemeenten", "back to municipalities";
    one_place: "1 plek", "1 place";
    many_places: "{count} plekken", "{count} places";
    agenda: "Wat er deze week te doen is", "What is on this week";

    // One place
    also_called: "Ook bekend als", "Also known as";
    facilities_unknown: "Voorzieningen niet bekend", "Facilities not known";
    absent: "Niet aanwezig", "Not there";
    wheelchair_yes: "Toegankelijk met een rolstoel", "Accessible by wheelchair";
    wheelchair_no: "Niet toegankelijk met een rolstoel", "Not accessible by wheelchair";
    planned: "nog niet in gebruik", "not in use yet";
    closed: "gesloten", "closed";
    website: "Website", "Website";
    website_of: "van", "of";
}
