//! The sentences of the printed maps.

use crate::http::pages::words::words;

words! {
    // Title
    title_province: "Ontmoetingsplekken in Overijssel", "Meeting places in Overijssel";
    title_municipality: "Ontmoetingsplekken in de gemeente {name}", "Meeting places in the municipality of {name}";
    title_municipalities: "Ontmoetingsplekken in de gemeenten {names}", "Meeting places in the municipalities of {names}";
    title_settlement: "Ontmoetingsplekken in {name} (gemeente {municipality})", "Meeting places in {name} (municipality of {municipality})";
    title_area: "Ontmoetingsplekken in een deel van Overijssel", "Meeting places in a part of Overijssel";

    title_density: "Bekende ontmoetingsplekken per 10.000 inwoners", "Known meeting places per 10,000 inhabitants";
    title_reach: "Inwoners binnen {distance} van een ontmoetingsplek", "Inhabitants within {distance} of a meeting place";
    title_by_municipality: "{figure}, per gemeente", "{figure}, by municipality";
    title_kinds: "{title}: {list}", "{title}: {list}";
    title_with: "{title}, met {list}", "{title}, with {list}";

    // Under the title
    chosen: "{parameter}: {values}", "{parameter}: {values}";
    status: "Status", "Status";
    municipality: "Gemeente", "Municipality";
    in_settlement: "Plaats, wijk of buurtschap", "Village, town or district";
    around: "Rond", "Around";
    text: "Zoekwoorden", "Words";
    no_places: "geen bekende plek", "no known place";
    one_place: "1 plek", "1 place";
    many_places: "{count} plekken", "{count} places";
    undecided_one: "van 1 andere plek is niet bekend of die voldoet", "of 1 other place it is not known whether it matches";
    undecided_many: "van {count} andere plekken is niet bekend of ze voldoen", "of {count} other places it is not known whether they match";
    unlocated_one: "van 1 plek is geen ligging bekend; die staat niet op de kaart", "of 1 place no location is known; it is not on the map";
    unlocated_many: "van {count} plekken is geen ligging bekend; die staan niet op de kaart",
        "of {count} places no location is known; they are not on the map";

    // Legend
    legend_places: "Ontmoetingsplekken op hun adres", "Meeting places at their address";
    legend_kind: "{kind}: {count}", "{kind}: {count}";
    kind_unknown: "Soort onbekend", "Kind unknown";
    gathered: "Zoveel plekken dicht bij elkaar", "So many places close together";
    more: "en nog {count}", "and {count} more";
    legend_coarse: "Ligging bij benadering", "Approximate location";
    coarse_area: "De plek staat ergens in dit vlak", "The place is somewhere in this area";
    coarse_count: "Zoveel plekken staan ergens in dit vlak", "So many places are somewhere in this area";
    coarse_total: "{places}, alleen bekend tot op kern, wijk, buurt of straat", "{places}, known to the village, district, neighbourhood or street only";
    step_lowest: "minder dan {until}: {count}", "less than {until}: {count}";
    step_between: "{from} tot {until}: {count}", "{from} to {until}: {count}";
    step_highest: "{from} of meer: {count}", "{from} or more: {count}";
    step_all: "alle: {count}", "all: {count}";
    density_note: "Het cijfer telt plekken die bekend zijn, en vergelijkt dus ook hoe goed er gezocht is.",
        "The figure counts places that are known, and so compares how thoroughly was searched as well.";
    perhaps_more: "Ten minste deze kleur, misschien een donkerder: niet van elke plek is bekend waar zij precies is of dat zij voldoet. Bij de naam staan de laagste en de hoogste uitkomst.",
        "At least this shade, perhaps a darker one: it is not known of every place where it is or whether it matches. The lowest and the highest figure stand beside the name.";
    no_inhabitants: "Zonder kleur: hoeveel mensen er wonen, is niet bekend", "Without a shade: it is not known how many people live there";
    legend_coverage: "Hemelsbreed binnen {distance} van een plek", "Within {distance} of a place, in a straight line";
    covered: "Zeker: {area} km² ({share})", "Surely: {area} km² ({share})";
    uncertain: "Misschien: {area} km² ({share}); waar een plek precies staat, of dat die voldoet, is niet zeker",
        "Perhaps: {area} km² ({share}); it is not sure where a place is or whether it matches";
    uncovered: "Zeker niet: {area} km² ({share}), voor zover plekken bekend zijn", "Surely not: {area} km² ({share}), as far as places are known";
    other_place: "Andere plek die meetelt: buiten het gebied, of misschien een die voldoet; ook plekken buiten de kaart tellen mee",
        "Another place that counts: outside the area, or one that may match; places beyond the map count too";
    legend_ground: "Ondergrond", "Ground";
    settlement: "Bebouwde kom van een dorp of stad", "Built-up area of a village or town";
    border_municipality: "Gemeentegrens", "Municipal boundary";
    border_district: "Grens van een wijk of buurt", "Boundary of a district or neighbourhood";

    // Beside the scale and under the map
    north: "Noord is boven; RD New (EPSG:28992)", "North is up; RD New (EPSG:28992)";
    people: "Van de {population} inwoners van de kernen woont ten minste {least} en ten hoogste {most} binnen {distance} hemelsbreed, gerekend vanaf het midden van hun kern of wijk; wie erbuiten woont, telt niet mee.",
        "Of the {population} inhabitants of the settlements at least {least} and at most {most} live within {distance} in a straight line, measured from the middle of their village or district; those who live outside do not count.";
    people_sure: "Van de {population} inwoners van de kernen wonen er {least} binnen {distance} hemelsbreed, gerekend vanaf het midden van hun kern of wijk; wie erbuiten woont, telt niet mee.",
        "Of the {population} inhabitants of the settlements {least} live within {distance} in a straight line, measured from the middle of their village or district; those who live outside do not count.";
    incomplete: "Geen volledige lijst: het provinciale onderzoek van 2024 benaderde {approached} plekken, in deze editie zijn er {known} bekend{closed}. Waar geen plek staat, kan er een zijn.",
        "Not a complete list: the provincial survey of 2024 approached {approached} places, this edition knows {known}{closed}. Where none is drawn there may be one.";
    closed_one: " (1 gesloten plek niet meegeteld)", " (1 closed place not counted)";
    closed_many: " ({count} gesloten plekken niet meegeteld)", " ({count} closed places not counted)";
    source: "{attributions}. Licenties: {licences}. Editie {edition} van {date}.", "{attributions}. Licences: {licences}. Edition {edition} of {date}.";
    source_word: "Bron", "Source";
    withdrawn: "Uit deze editie is daarna iets teruggetrokken.", "Something was withdrawn from this edition afterwards.";

    // What a map cannot be
    no_theme: "`theme` vergelijkt gemeenten; laat `settlement`, `bbox` en `radius` weg", "`theme` compares municipalities; leave out `settlement`, `bbox` and `radius`";
    no_ratio: "`width` en `height` zijn {width} en {height}; de een is hoogstens {most} keer de ander: laat `height` weg voor zoveel als de kaart nodig heeft",
        "`width` and `height` are {width} and {height}; one is at most {most} times the other: leave `height` out for as much as the map takes";
    no_size: "`{name}` is `{value}`; verwacht wordt een maat in millimeter van {least} tot {most}",
        "`{name}` is `{value}`; expected millimetres from {least} to {most}";
    no_scale: "`scale` is `{value}`; verwacht worden punten per inch (dpi) van {least} tot {most}",
        "`scale` is `{value}`; expected dots per inch from {least} to {most}";
    no_coverage: "`coverage` is `{value}`; verwacht wordt een afstand van meer dan 0 en hoogstens {most} meter, zoals 2000",
        "`coverage` is `{value}`; people are within reach at more than 0 and at most {most} metres, such as 2000";
    long_title: "`title` heeft {count} tekens; er passen er hoogstens {most}", "`title` has {count} characters; at most {most} are written";
    no_letter: "in `{name}` staat het teken `{letter}` ({code}); het lettertype van de kaarten heeft de letters van West- en Midden-Europese talen",
        "`{name}` has the character `{letter}` ({code}); the typeface of the maps has the letters of western and central European languages";
    elsewhere: "`{name}` is `{value}`; daarin ligt niets van Overijssel, dat binnen 5.7,52.1,7.1,52.9 ligt",
        "`{name}` is `{value}`; nothing of Overijssel lies in it, which is within 5.7,52.1,7.1,52.9";
    no_pixels: "een kaart van {width} bij {height} mm met {dpi} punten per inch heeft {across} × {down} pixels, en er worden er hoogstens {most} getekend: kies een lagere `scale`, een kleinere `width` of /map.svg",
        "a map of {width} by {height} mm at {dpi} dots per inch has {across} × {down} pixels; at most {most} are drawn: ask for a lower `scale`, a smaller `width` or /map.svg";
    no_room: "`height` is {value}; titel, legenda en bronnen van deze kaart hebben bij deze `width` ten minste {least} millimeter nodig; laat `height` weg voor zoveel als nodig is",
        "`height` is {value}; title, legend and sources of this map need at least {least} millimetres at this `width`; leave `height` out for as much as it takes";

    // For those who do not see it
    described: "Kaart van {area} met {places}.", "Map of {area} with {places}.";
    area_province: "de provincie Overijssel met haar {count} gemeenten", "the province of Overijssel with its {count} municipalities";
    area_municipality: "de gemeente {name}", "the municipality of {name}";
    area_municipalities: "de gemeenten {names}", "the municipalities of {names}";
    area_settlement: "{name} in de gemeente {municipality}", "{name} in the municipality of {municipality}";
    area_box: "het gebied tussen {west} en {east} graden oosterlengte en {south} en {north} graden noorderbreedte",
        "the area between {west} and {east} degrees east and {south} and {north} degrees north";
    area_circle: "de cirkel van {distance} rond {lat} graden noorderbreedte en {lon} graden oosterlengte",
        "the circle of {distance} around {lat} degrees north and {lon} degrees east";
    described_kinds: "Naar soort: {list}.", "By kind: {list}.";
    described_municipalities: "Per gemeente: {list}.", "By municipality: {list}.";
    described_settlements: "Per kern: {list}.", "By village or town: {list}.";
    described_coarse: "Van {places} is alleen de kern, de wijk, de buurt of de straat bekend; daarvan is het hele gebied getekend, geen punt.",
        "Of {places} only the village, district, neighbourhood or street is known; the whole area is drawn for these, not a point.";
    described_coverage: "Gekleurd is wat hemelsbreed binnen {distance} van een plek ligt: {covered} km² zeker ({covered_share}), {uncertain} km² misschien ({uncertain_share}) en {uncovered} km² zeker niet ({uncovered_share}).",
        "Coloured is what lies within {distance} of a place in a straight line: {covered} km² surely ({covered_share}), {uncertain} km² perhaps ({uncertain_share}) and {uncovered} km² surely not ({uncovered_share}).";
    described_figures: "{title}: {list}.", "{title}: {list}.";
    item: "{name} {count}", "{name} {count}";
    titled: "{name} ({kind}, {settlement})", "{name} ({kind}, {settlement})";
    planned: "gepland", "planned";
    closed: "gesloten", "closed";
}
