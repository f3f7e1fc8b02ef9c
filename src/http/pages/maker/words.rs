//! The sentences of the page that writes the snippet.

use crate::http::pages::words::words;

words! {
    title: "Een lijst en kaart in uw eigen site", "A list and map in your own site";
    description: "Maak het stukje HTML waarmee uw site de ontmoetingsplekken van uw gemeente toont, met lijst en kaart.",
        "Make the piece of HTML with which your site shows the meeting places of your municipality, as a list and a map.";
    lead: "Kies wat uw bezoekers zien en neem het stukje HTML over. De lijst blijft bij: zij toont steeds de nieuwste editie. Geen cookies, geen sleutel, en niets van elders tenzij u de landelijke kaart kiest.",
        "Choose what your visitors see and copy the piece of HTML. The list stays up to date: it always shows the newest edition. No cookies, no key, and nothing from elsewhere unless you choose the national map.";
    form: "Wat er te zien is", "What is shown";
    kinds: "Soorten", "Kinds";
    activities: "Activiteiten", "Activities";
    none: "Niets aangekruist is alles.", "Nothing ticked is everything.";
    any: "Plekken met ten minste een van de aangekruiste.", "Places with at least one of those ticked.";
    language: "Taal", "Language";
    dutch: "Nederlands", "Dutch";
    english: "Engels", "English";
    basemap: "Ondergrond", "Base map";
    own: "grenzen en dorpen, zonder andere server", "borders and villages, no other server";
    brt: "landelijke kaart (BRT-A): de browser van de bezoeker vraagt die bij PDOK", "national map (BRT-A): the visitor’s browser asks PDOK for it";
    height: "Hoogte in pixels", "Height in pixels";
    accent: "Kleur van links en knoppen", "Colour of links and buttons";
    font: "Lettertype", "Typeface";
    font_system: "dat van het apparaat", "that of the device";
    font_serif: "met schreef (Georgia)", "serif (Georgia)";
    locate: "Bezoekers mogen hun eigen locatie gebruiken", "Visitors may use their own location";
    make: "Maak het stukje HTML", "Make the piece of HTML";
    snippet: "Neem dit over", "Copy this";
    address: "We weten niet zeker onder welk adres uw site deze dienst bereikt: zet dat vóór /embed, zoals https://voorbeeld.nl/embed.",
        "We are not sure at which address your site reaches this service: put that before /embed, as in https://example.org/embed.";
    preview: "Zo ziet het eruit", "This is how it looks";
    elsewhere: "Open het voorbeeld: uw browser vraagt de ondergrond dan bij PDOK, en dat doet deze pagina zelf niet.",
        "Open the example: your browser then asks PDOK for the base map, which this page itself does not.";
    attributes: "title zegt een schermlezer wat er in het kader staat; sandbox laat niet meer toe dan de kaart nodig heeft; de link erin helpt wie geen kaders ziet. Wilt u een vaste stand, voeg dan edition toe.",
        "title tells a screen reader what is in the frame; sandbox allows no more than the map needs; the link inside helps those who see no frames. For a fixed state add edition.";
}
