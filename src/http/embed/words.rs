//! The sentences of the list and map for other sites.

use crate::http::pages::words::words;

words! {
    // What it shows
    title_several: "Ontmoetingsplekken in {names}", "Meeting places in {names}";
    and: "en", "and";
    or: "of", "or";
    shown: "Hier staan de eerste {shown}; kies om minder te zien.", "The first {shown} are shown; choose to see fewer.";
    all: "{places} plekken.", "{places} places.";
    unlocated_one: "Van 1 plek is de ligging niet bekend; die staat wel in de lijst, niet op de kaart.",
        "Of 1 place the location is not known; it is in the list, not on the map.";
    unlocated_many: "Van {count} plekken is de ligging niet bekend; die staan wel in de lijst, niet op de kaart.",
        "Of {count} places the location is not known; they are in the list, not on the map.";
    incomplete: "Geen volledige lijst: het provinciale onderzoek van 2024 benaderde {approached} plekken, hier zijn er {places} bekend. Wat niet vermeld is, weten we niet.",
        "Not a complete list: the provincial survey of 2024 approached {approached} places, {places} are known here. What is not mentioned, we do not know.";
    to_map: "Naar de kaart", "To the map";
    to_list: "Naar de lijst", "To the list";

    // Choosing
    choose: "Kies plekken", "Choose places";
    settlement: "Plaats, wijk of buurtschap", "Village, town or district";
    every_settlement: "overal", "everywhere";
    activity: "Activiteit", "Activity";
    every_activity: "maakt niet uit", "any or none";
    near: "Afstand vanaf een punt (lengte, breedte)", "Distance from a point (longitude, latitude)";
    near_help: "Zoals 6.257,52.509, op zo’n 100 meter. Met JavaScript kiest u het punt op de kaart.", "Such as 6.257,52.509, to some 100 metres. With JavaScript you pick the point on the map.";
    radius: "Niet verder dan", "No further than";
    every_radius: "geen grens", "no limit";
    radius_alone: "Er is nog geen punt gekozen: de grens van {distance} telt daarom niet.", "No point is chosen yet, so the limit of {distance} does not count.";

    // A point
    from: "Afstanden zijn hemelsbreed vanaf {lat} noorderbreedte, {lon} oosterlengte: uw punt, afgerond op zo’n 100 meter.",
        "Distances are in a straight line from {lat} north, {lon} east: your point, rounded to some 100 metres.";
    from_postcode: "Afstanden zijn hemelsbreed vanaf het midden van de bekende adressen met postcode {postcode}.", "Distances are in a straight line from the middle of the known addresses with postcode {postcode}.";
    website: "Website", "Website";
    use_here: "Neem mijn locatie", "Use my location";
    no_here: "Uw locatie is niet te bepalen, of mag niet gebruikt worden.", "Your location cannot be found, or may not be used.";
    anywhere: "Wis het punt", "Clear the point";
    distance: "op {distance}", "{distance} away";
    distance_coarse: "op ongeveer {distance} (kan {uncertainty} schelen)", "about {distance} away (may differ by {uncertainty})";
    distance_unknown: "afstand niet bekend", "distance not known";
    very_near: "minder dan 100 m", "less than 100 m";

    // One place
    is_open: "in gebruik", "in use";
    is_planned: "nog niet in gebruik", "not in use yet";
    is_closed: "gesloten", "closed";
    show_on_map: "Toon op de kaart", "Show on the map";
    new_window: "Namen openen hun eigen pagina in een nieuw venster.", "Names open their own page in a new window.";

    // The map
    map: "Kaart", "Map";
    map_label: "Kaart van de plekken in de lijst", "Map of the places in the list";
    map_help: "Alles op de kaart staat ook in de lijst. Met het toetsenbord: pijltjes schuiven, + en − zoomen, Tab gaat langs de plekken.",
        "All on the map is in the list as well. By keyboard: arrows move, + and − zoom, Tab goes from place to place.";
    pick_help: "Klik op de kaart om afstanden vanaf dat punt te zien, of neem het midden van de kaart. Alleen het punt op zo’n 100 meter verlaat uw browser.",
        "Click on the map to see distances from that point, or use the middle of the map. Only the point to some 100 metres leaves your browser.";
    use_middle: "Neem het midden van de kaart", "Use the middle of the map";
    zoom_in: "Inzoomen", "Zoom in";
    zoom_out: "Uitzoomen", "Zoom out";
    close: "Sluit", "Close";
    in_list: "Toon in de lijst", "Show in the list";
    several: "{count} plekken ergens in deze cirkel", "{count} places somewhere in this circle";
    picked: "Gekozen punt", "Point you picked";
    legend: "Legenda", "Legend";
    legend_coarse: "ergens in de gestippelde cirkel; een getal als het er meer zijn", "somewhere in the dashed circle; a number where there are several";
    picture: "De plekken van deze lijst op een kaart van noaber.", "The places of this list on a map by noaber.";
    source: "Bron en licentie", "Source and licence";
    tiles: "Achtergrondkaart: BRT-A, Kadaster/PDOK (CC BY 4.0)", "Base map: BRT-A, Kadaster/PDOK (CC BY 4.0)";
    library: "Kaart getekend met", "Map drawn with";
    whole: "Open op een eigen pagina", "Open as a page of its own";
}
