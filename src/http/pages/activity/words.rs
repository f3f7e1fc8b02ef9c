//! The sentences of the page of an activity.

use crate::http::pages::words::words;

words! {
    title: "{name}, {place}", "{name}, {place}";
    description: "{name} bij {place} in {settlement}: wanneer, voor wie, en waar u terechtkunt.", "{name} at {place} in {settlement}: when, for whom, and where to ask.";
    over: "Dit wordt niet meer gehouden.", "This is held no longer.";
    planned: "Dit moet nog beginnen.", "This is yet to begin.";
    when: "Wanneer", "When";
    when_unknown: "Wanneer dit gehouden wordt, is niet bij ons bekend. Vraag het bij de plek.", "When this is held is not known to us. Ask the place.";
    next: "De eerstvolgende keren", "The next times";
    ics: "Zet in uw agenda (.ics)", "Put it into your calendar (.ics)";
    about: "Voor wie en wat het kost", "For whom, and what it costs";
    about_unknown: "Voor wie het is en wat het kost, is niet bij ons bekend.", "For whom it is and what it costs is not known to us.";
    website: "Website", "Website";
    contact: "Vragen en aanmelden", "Questions and registration";
    source: "Bron", "Source";
    attribution: "Noem als bron:", "Name as the source:";
}
