//! The sentences of the worked examples.

use crate::http::pages::words::words;

words! {
    make_map: "Maak een kaart voor een document", "Make a map for a document";
    gaps: "Wat we niet weten", "What we do not know";
    // Head
    title: "Uitgewerkte voorbeelden", "Worked examples";
    description: "Zes vragen aan de open gegevens over ontmoetingsplekken in Overijssel, met hun antwoord in tabellen, balken en kaarten.",
        "Six questions to the open data on meeting places in Overijssel, with their answers in tables, bars and maps.";
    lead: "Zes vragen zoals een wijkwijzer, een krant of een beleidsmedewerker ze stelt. Elk antwoord komt uit de vraag die erbij staat, gesteld aan de editie die hieronder staat; wie de vraag overneemt, krijgt dezelfde cijfers.",
        "Six questions as a local guide, a newspaper or a policy officer would ask them. Each answer comes from the query beside it, put to the edition named below; whoever takes over the query gets the same figures.";
    unknown_title: "Niet bekend is niet ‘nee’", "Not known is not “no”";
    unknown: "Waar een feit ontbreekt, staat ‘niet bekend’. Een cijfer dat daarvan afhangt, is een bandbreedte: ten minste wat zeker is, ten hoogste wat mogelijk is. De ruimte ertussen wordt kleiner naarmate meer bekend wordt.",
        "Where a fact is missing it says “not known”. A figure that depends on it is a range: at least what is sure, at most what is possible. The room between them shrinks as more becomes known.";

    // In every section
    read_it: "Zo is dit te lezen", "How to read this";
    weak: "Wat dit antwoord zwak maakt", "What makes this answer weak";
    the_query: "De vraag (GraphQL)", "The query (GraphQL)";
    open: "Open in de verkenner", "Open in the explorer";
    download: "Het antwoord als JSON", "The answer as JSON";
    no_answer: "Deze vraag heeft in de huidige editie geen antwoord. De vraag zelf staat hieronder.",
        "This query has no answer in the current edition. The query itself is below.";
    not_known: "niet bekend", "not known";
    none_known: "geen bekend", "none known";
    none_sure: "geen die zeker is", "none surely";
    drawn: "Getekend", "Drawn";
    at_least: "Ten minste", "At least";
    at_most: "Ten hoogste", "At most";
    municipality: "Gemeente", "Municipality";
    settlement: "Kern", "Settlement";
    part_of: "{name} (in {town})", "{name} (in {town})";
    inhabitants: "Inwoners", "Inhabitants";
    nearest: "Dichtstbijzijnde plek", "Nearest place";
    place: "Plek", "Place";
    border: "Grens", "Border";
    border_nearer: "dichterbij", "nearer";
    border_explained: "‘Grens dichterbij’: de grens van Overijssel ligt dichterbij dan de dichtstbijzijnde plek die zeker voldoet. Plekken aan de andere kant zijn hier niet bekend; daar kan er een zijn.",
        "“Border nearer”: the border of Overijssel is nearer than the nearest place that surely matches. Places on the other side are not known here; there may be one.";
    status: "Binnen bereik", "Within reach";
    covered: "zeker", "surely";
    partly: "deels", "partly";
    uncertain: "onzeker", "uncertain";
    uncovered: "zeker niet", "surely not";

    // 1. Gaps
    gaps_title: "Waar ontbreekt een bibliotheek?", "Where is a library missing?";
    gaps_lead: "Welk deel van de inwoners woont hemelsbreed binnen 2 km van een ontmoetingsplek met een bibliotheek? Van veel plekken is niet bekend of er een is; daarom is elk antwoord een bandbreedte. De kortste balk staat bovenaan: daar is de leemte het zekerst.",
        "Which share of the inhabitants lives within 2 km, as the crow flies, of a meeting place with a library? Of many places it is not known whether there is one; hence every answer is a range. The shortest bar is at the top: there the gap is surest.";
    gaps_figure: "Van de {population} inwoners van kernen woont ten minste {least} en ten hoogste {most} binnen 2 km van een plek met een bibliotheek.",
        "Of the {population} inhabitants of settlements at least {least} and at most {most} live within 2 km of a place with a library.";
    gaps_sure: "ten minste: bij een plek waarvan bekend is dat er een bibliotheek is", "at least: near a place that is known to have a library";
    gaps_maybe: "ten hoogste: erbij geteld wie bij een plek woont waarvan het niet bekend is", "at most: also those near a place of which it is not known";
    gaps_rest: "leeg: buiten bereik van elke bekende plek", "empty: out of reach of every known place";
    gaps_caption: "Aandeel inwoners binnen 2 km van een plek met een bibliotheek, per gemeente", "Share of inhabitants within 2 km of a place with a library, by municipality";
    gaps_places: "Plekken met bibliotheek", "Places with a library";
    gaps_settlements: "Waar de meeste mensen buiten bereik wonen: de eerste {shown} van {count} dorpen en steden; afstand tot een plek met een bibliotheek in km", "Where most people live out of reach: the first {shown} of {count} villages and towns; distance to a place with a library in km";
    gaps_improve: "Wat de bandbreedte het meest zou versmallen", "What would narrow the range most";
    need: "Uit te zoeken", "To find out";
    need_location: "waar de plek precies is", "where exactly the place is";
    need_facilities: "welke voorzieningen er zijn", "which facilities it has";
    need_activities: "welke activiteiten er zijn", "which activities are held";
    need_status: "of de plek in gebruik is", "whether the place is in use";
    need_other: "andere feiten", "other facts";
    affects: "Inwoners voor wie het uitmaakt", "Inhabitants for whom it matters";

    // 2. Distances
    far_title: "Welke dorpen en steden liggen het verst van een bekende plek?", "Which villages and towns are farthest from a known place?";
    far_lead: "Dorpen en steden met ten minste 500 inwoners, de verste eerst, met de afstand hemelsbreed tot de dichtstbijzijnde bekende plek. Wonen alle inwoners in wijken of buurten, dan geldt de afstand van de dichtste wijk (ten minste) tot die van de verste (ten hoogste).",
        "Villages and towns of at least 500 inhabitants, the farthest first, with the straight-line distance to the nearest known place. Where all inhabitants live in districts, it runs from that of the nearest district (at least) to that of the farthest (at most).";
    far_sure: "zo dichtbij ligt zeker geen bekende plek", "surely no known place is this near";
    far_maybe: "ergens in dit stuk ligt de dichtstbijzijnde: van die plek is de ligging of het gebruik niet zeker, of de wijken liggen ongelijk ver", "somewhere in this stretch is the nearest: where it is or whether it is in use is not sure, or the districts are not equally far";
    far_caption: "De {shown} verste van {count} dorpen en steden; afstand tot de dichtstbijzijnde bekende plek in km", "The {shown} farthest of {count} villages and towns; distance to the nearest known place in km";
    far_within: "Plekken binnen 5 km", "Places within 5 km";

    // 3. Map
    map_title: "Welk deel van een gemeente ligt buiten bereik?", "Which part of a municipality is out of reach?";
    map_lead: "{name}: waar ligt een bekende ontmoetingsplek hemelsbreed binnen 2 km, waar zeker niet, en waar hangt het af van wat nog niet bekend is? Ook plekken van buurgemeenten tellen mee.",
        "{name}: where is a known meeting place within 2 km as the crow flies, where surely not, and where does it depend on what is not known yet? Places of neighbouring municipalities count too.";
    map_of: "Kaart van {name}", "Map of {name}";
    map_described: "Van {total} km² ligt {covered} km² zeker binnen 2 km van een bekende ontmoetingsplek, {uncertain} km² is onzeker en {uncovered} km² ligt er zeker buiten. Getekend zijn ook {exact} plekken op hun adres en {coarse} plekken als de cirkel waarbinnen zij liggen. De tabellen onder de kaart geven dezelfde cijfers.",
        "Of {total} km² surely {covered} km² lies within 2 km of a known meeting place, {uncertain} km² is uncertain and {uncovered} km² surely lies outside. Also drawn are {exact} places at their address and {coarse} places as the circle they lie in. The tables below the map give the same figures.";
    map_covered: "zeker binnen 2 km", "surely within 2 km";
    map_uncertain: "onzeker", "uncertain";
    map_uncovered: "zeker buiten 2 km", "surely outside 2 km";
    map_exact: "plek, op het adres", "place, at its address";
    map_boundary: "gemeentegrens", "municipal border";
    map_coarse: "plek, ergens in deze cirkel", "place, somewhere in this circle";
    map_areas: "Oppervlakte van {name} naar bereik", "Area of {name} by reach";
    map_settlements: "Kernen van {name}, de meeste inwoners buiten bereik eerst; afstand in km", "Settlements of {name}, most inhabitants out of reach first; distance in km";
    reach: "Bereik", "Reach";
    area: "Oppervlakte (km²)", "Area (km²)";
    area_share: "Aandeel", "Share";
    total: "Totaal", "Total";

    // 4. Policy
    policy_title: "Wat doen gemeenten voor ontmoetingsplekken?", "What do municipalities do for meeting places?";
    policy_lead: "Het onderzoek van 2024 publiceert totalen: hoeveel van de 25 gemeenten een antwoord gaven, niet welke. Ernaast staat van welke gemeenten openbare besluiten hetzelfde laten zien. Dat zijn er weinig: wat we niet vonden, is niet bekend, en geen ‘nee’.",
        "The survey of 2024 publishes totals: how many of the 25 municipalities gave an answer, not which. Beside it are the municipalities of which public decisions show the same. They are few: what we did not find is not known, and not a “no”.";
    policy_published: "gepubliceerd in het onderzoek", "published in the survey";
    policy_shown: "bij naam bekend uit openbare besluiten", "known by name from public decisions";
    policy_caption: "Elk gepubliceerd cijfer over gemeenten, naast wat per gemeente bekend is. Bron: {source}", "Every published figure on municipalities, beside what is known of each. Source: {source}";
    policy_answer: "Antwoord", "Answer";
    policy_count: "Gepubliceerd", "Published";
    policy_percentage: "Percentage", "Per cent";
    policy_known: "Bekend van", "Known of";
    policy_base: "van {base} gemeenten", "of {base} municipalities";
    policy_multiple: "meer antwoorden mogelijk", "several answers possible";
    policy_not_kept: "alleen als totaal", "as a total only";
    policy_which: "waarvan", "of which";
    policy_reconstructed: "gereconstrueerd", "reconstructed";
    policy_not_published: "niet gepubliceerd", "not published";
    policy_unreadable: "niet leesbaar", "not readable";
    policy_table: "Wat per gemeente bekend is, naar thema", "What is known of each municipality, by theme";
    policy_vision: "Visie of beleid", "Vision or policy";
    policy_financial: "Financiële steun", "Financial support";
    policy_other: "Andere steun", "Other support";
    policy_ambition: "Ambitie", "Ambition";
    policy_contact: "Contactmoment", "Contact moment";
    policy_documents: "Gevonden stukken", "Documents found";
    policy_documents_explained: "Een stuk over een onderwerp is nog geen beleid: een status staat er alleen als een besluit hem draagt.",
        "A document on a subject is not yet a policy: a status is given only where a decision carries it.";

    // 5. Activities
    near_title: "Activiteiten voor ouderen rond een dorp", "Activities for older people around a village";
    near_lead: "Waar binnen 5 km van {name} ({population} inwoners) wordt iets gehouden dat vaak ouderen trekt? De gegevens zeggen niet voor wie een activiteit is; gevraagd is naar {activities}. Verander de lijst in de vraag naar eigen inzicht.",
        "Where within 5 km of {name} ({population} inhabitants) is something held that often draws older people? The data do not say for whom an activity is; asked was for {activities}. Change the list in the query as you see fit.";
    near_figure: "Van {all} bekende plekken noemen er {known} zo’n activiteit; van {unknown} is geen enkele activiteit bekend.",
        "Of {all} known places {known} list such an activity; of {unknown} no activity at all is known.";
    near_border: "Plekken over de provinciegrens zijn niet bekend; ligt die binnen de cirkel, dan kan daar meer zijn. Een plek waarvan alleen de kern bekend is, telt met het midden daarvan.",
        "Places across the border of the province are not known; where it runs within the circle there may be more. A place of which only the village is known counts by its middle.";
    near_map: "Kaart van 5 km rond {name}", "Map of 5 km around {name}";
    near_described: "{known} plekken met zo’n activiteit, {unknown} waarvan geen activiteit bekend is en {other} die alleen andere activiteiten noemen, in een cirkel van 5 km. De tabel onder de kaart noemt ze met hun afstand.",
        "{known} places with such an activity, {unknown} of which no activity is known and {other} that list other activities only, in a circle of 5 km. The table below the map lists them with their distance.";
    near_known: "noemt zo’n activiteit", "lists such an activity";
    near_unknown: "activiteiten niet bekend", "activities not known";
    near_other: "noemt alleen andere activiteiten", "lists other activities only";
    near_coarse: "ligt ergens in deze cirkel; het teken staat op de rand", "lies somewhere in this circle; its mark is on the rim";
    near_reach: "5 km hemelsbreed", "5 km as the crow flies";
    near_caption: "Bekende plekken binnen 5 km van {name}, de dichtstbijzijnde eerst", "Known places within 5 km of {name}, nearest first";
    near_asked: "Zulke activiteiten", "Such activities";
    near_others: "Andere activiteiten", "Other activities";
    near_distance: "Afstand (km)", "Distance (km)";
    near_give_or_take: "± {distance}", "± {distance}";
    near_none_of_them: "niet genoemd", "not listed";

    // 6. Citing
    cite_title: "Een cijfer noemen met zijn editie", "Citing a figure with its edition";
    cite_lead: "Een cijfer is na te gaan als de editie erbij staat: de datum van het nieuwste feit en een vingerafdruk van alle feiten. Dezelfde gegevens hebben overal dezelfde editie. Noem ook van hoeveel plekken het niet bekend is, en de bronnen.",
        "A figure can be checked when the edition is named with it: the date of the newest fact and a fingerprint of all facts. The same data have the same edition everywhere. Name also of how many places it is not known, and the sources.";
    cite_sentence: "Van {known} ontmoetingsplekken in Overijssel is bekend dat er een bibliotheek is, van {unknown} is dat niet bekend. Noaber, open gegevens over ontmoetingsplekken in Overijssel, editie {edition}. Bronnen: {sources}.",
        "Of {known} meeting places in Overijssel it is known that they have a library, of {unknown} it is not known. Noaber, open data on social meeting places in Overijssel, edition {edition}. Sources: {sources}.";
    cite_ready: "Zo kunt u het overnemen", "Ready to take over";
    cite_address: "Hetzelfde cijfer opnieuw opvragen:", "Asking for the same figure again:";
    cite_license_caption: "De licentie van elke laag", "The licence of each layer";
    cite_layer: "Laag", "Layer";
    cite_licence: "Licentie", "Licence";
    cite_sources: "Waarop dit cijfer rust: de plekken die een bibliotheek noemen, met hun bronnen", "What this figure rests on: the places that list a library, with their sources";
    cite_source: "Bron", "Source";
    cite_figures: "De cijfers in de zin", "The figures in the sentence";
    cite_figure: "Cijfer", "Figure";
    cite_value: "Waarde", "Value";
    cite_known: "Plekken met een bibliotheek", "Places with a library";
    cite_unknown: "Plekken waarvan het niet bekend is", "Places of which it is not known";
    cite_places: "Plekken in de editie, gesloten plekken niet meegeteld", "Places in the edition, closed ones not counted";
    cite_edition: "Editie", "Edition";
    cite_published: "Datum van het nieuwste feit", "Date of the newest fact";
}
