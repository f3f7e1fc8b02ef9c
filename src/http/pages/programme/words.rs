//! The sentences of a list of what is on.

use crate::http::pages::words::words;

words! {
    from_until: "{from} tot en met {until}", "{from} to {until}";
    today: "vandaag, {day} {date}", "today, {day} {date}";
    tomorrow: "morgen, {day} {date}", "tomorrow, {day} {date}";
    time_unknown: "tijd niet bekend", "time not known";
    at: "bij", "at";
    undated: "Wanneer weten we niet", "When we do not know";
    more: "Nog {count} op deze dag; kies om minder te zien.", "{count} more on this day; choose to see fewer.";
    remark: "Zoals wie het organiseert het opgeeft. Kijk voor u gaat even op de site, of bel.", "As those who organise it say. Have a look at the site, or call, before you go.";
}
