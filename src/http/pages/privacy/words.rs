//! The sentences of the page on privacy and removal.

use crate::http::pages::words::words;

words! {
    title: "Privacy en verwijderen", "Privacy and removal";
    description: "Welke gegevens hier staan, welke niet, en hoe u een plek laat verwijderen.",
        "Which data are here, which are not, and how to have a place removed.";
    lead: "Hier staan gebouwen en wat er te doen is, geen mensen.", "Here are buildings and what goes on in them, not people.";

    what_title: "Wat hier wel en niet staat", "What is here and what is not";
    what: "Van elke plek: naam, soort, adres, ligging, voorzieningen, activiteiten en wie haar draait (zoals vrijwilligers of een welzijnsorganisatie), telkens met de bron. Geen namen, telefoonnummers of mailadressen van vrijwilligers, bestuursleden of beheerders: wat daar kenbaar op lijkt, wordt bij het inlezen geweigerd; een naam die er toch doorheen komt, halen we op verzoek weg. Van een gemeente staat er hooguit een functie met een postbus of webpagina.",
        "Of each place: name, kind, address, location, facilities, activities and who runs it (such as volunteers or a welfare organisation), each with its source. No names, telephone numbers or mail addresses of volunteers, board members or managers: what can be recognised as one is refused when a file is read; a name that gets through all the same is taken away on request. Of a municipality there is at most a role with a mailbox or page.";
    visitors: "Van bezoekers wordt niets bewaard: geen cookies, geen tellers, niets van elders.",
        "Nothing is kept of visitors: no cookies, no counters, nothing from elsewhere.";
    framed: "Wie op de kaart in een andere site een punt kiest, stuurt het afgerond op zo’n 100 meter mee. Alleen waar die site om de landelijke achtergrondkaart vraagt, haalt uw browser die bij PDOK op.",
        "Whoever picks a point on the map in another site sends it rounded to some 100 metres. Only where that site asks for the national base map does your browser get it from PDOK.";

    ask_title: "Iets laten verwijderen", "Having something removed";
    ask: "Staat er iets over u of uw huis dat er niet hoort, of wilt u dat uw plek hier niet staat? Vraag het aan wie deze dienst beheert; een reden is niet nodig.",
        "Is there something about you or your house that should not be here, or do you not want your place to be listed? Ask whoever runs this service; you need not say why.";
    no_contact: "Wie deze dienst beheert, heeft hier nog geen adres ingesteld. Vraag het zolang aan de gemeente waarin de plek ligt, of aan de provincie Overijssel.",
        "Whoever runs this service has not set an address yet. Ask the municipality in which the place lies, or the province of Overijssel.";
    ask_with: "Noem de plek, liefst met de sleutel uit haar webadres, en wat er weg moet: de hele plek, of één gegeven. Klopt een gegeven niet, dan kan het ook hersteld worden.",
        "Name the place, best by the key in its address, and what is to go: the whole place, or one fact. A fact that is wrong can also be corrected.";
    mail_subject: "Verwijderen of herstellen", "Removal or correction";
    mail_body: "Om welke plek gaat het (sleutel of naam en gemeente)?\n\nWat moet er weg, of hoe is het wel?\n",
        "Which place is it about (key, or name and municipality)?\n\nWhat is to go, or what is right?\n";

    then_title: "Wat er dan gebeurt", "What happens then";
    then_gone: "De plek verdwijnt uit de gegevens, en ook uit alle eerdere edities die hier te lezen zijn.",
        "The place disappears from the data, and from every earlier edition that can be read here.";
    then_kept: "Wat blijft, is haar sleutel met de reden en de dag, zodat een verwijzing niet zomaar in het niets eindigt. Die staan hieronder.",
        "What stays is its key with the reason and the day, so that a reference does not end in nothing. They are listed below.";
    then_stays: "Een latere invoer van een gemeente of een andere bron brengt haar niet terug.",
        "A later import from a municipality or another source does not bring it back.";
    then_copies: "Wie de gegevens eerder heeft overgenomen, kan een kopie hebben; daar reikt deze dienst niet.",
        "Whoever has taken the data over before may have a copy; that is beyond this service.";

    withdrawn_title: "Verwijderde plekken", "Places removed";
    withdrawn_none: "Er is nog geen plek verwijderd.", "No place has been removed yet.";
    withdrawn_key: "Sleutel", "Key";
    withdrawn_reason: "Reden", "Reason";
    withdrawn_on: "Sinds", "Since";
}
