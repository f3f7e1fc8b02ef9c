//! The sentences of the agenda.

use crate::http::pages::words::words;

words! {
    title: "Wat er te doen is", "What is on";
    title_of: "Wat er te doen is in {name}", "What is on in {name}";
    description: "Wat er deze week te doen is op de ontmoetingsplekken van Overijssel, te kiezen op gemeente, dag en voor wie.",
        "What is on this week at the meeting places of Overijssel, by municipality, day and audience.";
    choose: "Kies wat u wilt zien", "Choose what to see";
    weekday: "Dag van de week", "Day of the week";
    every_weekday: "elke dag", "any day";
    audience: "Voor wie", "For whom";
    every_audience: "voor iedereen samen", "for anyone";
    activity: "Soort activiteit", "Type of activity";
    every_activity: "alle soorten", "all types";
    on: "Op deze datum", "On this date";
    free: "Alleen wat gratis is", "Only what is free";
    show: "Toon", "Show";
    previous: "De week ervoor", "The week before";
    next: "De week erna", "The week after";
    weeks: "Andere weken", "Other weeks";
    nothing: "In deze dagen is niets bekend dat aan uw keuze voldoet.", "Nothing is known in these days that matches your choice.";
    none_yet: "Er zijn nog geen activiteiten met een dag en tijd bekend. Wat plekken in het algemeen bieden, staat bij elke plek.",
        "No activities with a day and time are known yet. What places offer in general is told with each place.";
    to_places: "Zoek een plek", "Find a place";
    undecided_one: "Van 1 andere activiteit is niet bekend of die eraan voldoet; die staat hier niet.", "Of 1 other activity it is not known whether it does; it is not shown.";
    undecided_many: "Van {count} andere activiteiten is niet bekend of ze eraan voldoen; die staan hier niet.", "Of {count} other activities it is not known whether they do; they are not shown.";
    take: "In uw eigen agenda:", "In your own calendar:";
    ics: "kalender (.ics)", "calendar (.ics)";
    csv: "tabel (CSV)", "table (CSV)";
}
