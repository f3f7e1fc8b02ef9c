//! The sentences of the page of a place.

use crate::http::pages::words::words;

words! {
    description: "{name} in {settlement}: wat ervan bekend is, met de bron van elk gegeven.", "{name} in {settlement}: what is known of it, with the source of each fact.";
    in_municipality: "gemeente", "municipality of";
    is_open: "In gebruik", "In use";
    is_planned: "Nog niet in gebruik", "Not in use yet";
    is_closed: "Gesloten", "Closed";
    is_unknown: "Niet bekend of deze plek nog in gebruik is", "Not known whether it is still in use";
    confirmed: "laatst bevestigd {date}", "last confirmed {date}";

    open_now: "Nu open.", "Open now.";
    open_until: "Nu open, tot {when}.", "Open now, until {when}.";
    closed_now: "Nu gesloten.", "Closed now.";
    closed_until: "Nu gesloten; weer open: {when}.", "Closed now; opens again: {when}.";
    clock: "{time} uur", "{time}";
    tomorrow: "morgen", "tomorrow";

    visit: "Bezoeken", "Visit";
    at: "Adres", "Address";
    hours: "Open", "Open";
    site: "Website", "Website";
    contact: "Contact", "Contact";
    route: "Route", "Route";
    route_help: "met de fiets, op OpenStreetMap", "by bicycle, on OpenStreetMap";
    around: "Plekken hieromheen", "Places around here";
    map_title: "Kaart van {name} in {settlement}", "Map of {name} in {settlement}";
    map_exact: "De dichte stip is {name}, open stippen zijn andere plekken; de vlakken zijn dorpen en wijken.", "The full dot is {name}, open dots are other places; the areas are villages and districts.";
    map_coarse: "{name} staat ergens in de gestippelde cirkel; open stippen zijn andere plekken.", "{name} is somewhere in the dashed circle; open dots are other places.";
    access: "Toegankelijkheid", "Access";
    there_facilities: "Voorzieningen", "Facilities";
    there_activities: "Wat er gedaan wordt", "What is done there";
    there_absent: "Niet aanwezig", "Not there";
    wheelchair_yes: "Toegankelijk met een rolstoel", "Accessible by wheelchair";
    wheelchair_no: "Niet toegankelijk met een rolstoel", "Not accessible by wheelchair";
    missing: "Niet bij ons bekend: {list}. Wat niet bekend is, kan er wel zijn.", "Not known to us: {list}. What is not known may well be there.";
    tell_us: "Weet u het? Laat het weten", "Do you know? Tell us";
    all_facts: "Alle gegevens, elk met zijn bron", "All that is known, each with its source";

    programme_title: "Wat er te doen is", "What is on";
    programme_lead: "Zoals wie het organiseert het opgeeft. Kijk voor u gaat even op de site, of bel.", "As those who organise it say. Have a look at the site, or call, before you go.";
    all_activities: "Alles wat hier gehouden wordt", "All that is held here";
    when_unknown: "wanneer is niet bij ons bekend", "when is not known to us";

    known_title: "Wat ervan bekend is", "What is known of it";
    known_lead: "Achter elk gegeven staat waar het vandaan komt en van wanneer dat is. ‘Niet bij ons bekend’ is niet ‘nee’: het kan er wel zijn.",
        "Behind each fact stands where it comes from and of when that is. “Not known to us” is not “no”: it may well be there.";
    fact: "Gegeven", "Fact";
    value: "Wat we weten", "What we know";
    source: "bron:", "source:";
    of_the_place: "uit de bronnen van deze plek", "from the sources of this place";
    sources: "Bronnen van deze plek", "Sources of this place";
    sources_lead: "Alles waaruit deze plek bekend is. Bij een gegeven staat de bron erbij waar die ene bron het zegt.",
        "Everything from which this place is known. A fact names its source where that one source says it.";
    not_known: "niet bij ons bekend", "not known to us";
    from_name: "naar de naam, niet volgens een bron", "judged by its name, not by a source";

    name: "Naam", "Name";
    alternative_names: "Ook bekend als", "Also known as";
    kind: "Soort", "Kind";
    status: "In gebruik of gesloten", "In use or closed";
    address: "Adres", "Address";
    settlement: "Plaats", "Settlement";
    neighbourhood: "Wijk of buurt", "Neighbourhood";
    location: "Ligging", "Location";
    location_at_address: "{lat}° noorderbreedte, {lon}° oosterlengte (het gebouw)", "{lat}° north, {lon}° east (the building)";
    location_coarse: "binnen ongeveer {radius} van {lat}° noorderbreedte, {lon}° oosterlengte ({precision}); waar het gebouw precies staat, is niet bekend",
        "within about {radius} of {lat}° north, {lon}° east ({precision}); where the building stands exactly is not known";
    facilities: "Voorzieningen", "Facilities";
    absent_facilities: "Voorzieningen die er niet zijn", "Facilities that are not there";
    activities: "Activiteiten", "Activities";
    absent_activities: "Activiteiten die er niet zijn", "Activities that are not held";

    nearby_title: "Plekken in de buurt die ook …", "Places nearby that also …";
    nearby_lead: "Plekken binnen {distance} waarvan bekend is dat ze iets hebben wat hier ook is: om te vragen hoe zij het doen.",
        "Places within {distance} known to have something that is here too: to ask how they do it.";
    nearby_none: "Van geen andere plek binnen {distance} is bekend dat ze iets heeft wat hier ook is.",
        "Of no other place within {distance} is it known that it has something that is here too.";
    nearby_unknown_here: "Van deze plek zijn geen voorzieningen of activiteiten bekend, dus ook niet wat een andere plek met haar gemeen heeft.",
        "No facilities or activities are known of this place, so neither is what another place has in common with it.";
    nearby_nowhere: "Van deze plek is de ligging niet bekend.", "The location of this place is not known.";
    nearby_place: "Plek", "Place";
    nearby_distance: "Afstand", "Distance";
    nearby_shared: "Heeft ook", "Also has";
    about: "ongeveer {distance}", "about {distance}";
    more: "Nog {count} plekken hebben er iets van.", "{count} more places have some of it.";

    wrong_title: "Klopt er iets niet?", "Is something wrong?";
    wrong: "Laat het weten; een bestuur of gemeente hoeft niets in te vullen dan wat anders is.", "Tell us; a board or municipality need not fill in more than what differs.";
    wrong_link: "Geef een verbetering door", "Send a correction";
    wrong_subject: "Verbetering: {name}", "Correction: {name}";
    wrong_body: "Plek: {name}\nSleutel: {key}\nEditie: {edition}\n\nWat er nu staat:\n{facts}\nWat er anders moet (graag met een bron):\n",
        "Place: {name}\nKey: {key}\nEdition: {edition}\n\nWhat it says now:\n{facts}\nWhat should be different (with a source, please):\n";
    take_title: "Meenemen", "Take it along";
    take: "Als open gegevens, met bron en licentie:", "As open data, with source and licence:";
    all_of_municipality: "alle plekken van {municipality}", "all places of {municipality}";
    attribution: "Noem als bron:", "Name as the source:";
}
