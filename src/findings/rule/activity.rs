//! Activities, and when they take place.

macro_rules! activity {
    ([$next:ident $($later:ident)*] $($before:tt)*) => { $next! { [$($later)*] $($before)*
        /// A table of activities without a column that names them.
        NoActivityHeading "no-activity-heading" Refused {
            "Er is geen kolom “activiteit”; gevonden: {0}." "Zet boven de kolom met namen het kopje activiteit; zie `noaber template activities`."
            "There is no column “activiteit”; found: {0}." "Give the column of names the heading activiteit; see `noaber template activities`."
        }
        /// An activity without a name.
        ActivityWithoutName "activity-without-name" Refused {
            "Deze activiteit heeft geen naam." "Vul in hoe ze heet."
            "This activity has no name." "Say what it is called."
        }
        /// An activity without a place.
        ActivityWithoutPlace "activity-without-place" Refused {
            "Bij “{value}” staat geen plek." "Vul de sleutel van de plek in, of haar naam en plaats; of geef met --place de plek van het hele bestand."
            "“{value}” has no place." "Give the key of the place, or its name and village; or say with --place where the whole file is."
        }
        /// A place that nobody knows.
        UnknownPlaceOfActivity "unknown-place" Refused {
            "“{value}” is geen plek die we kennen." "Controleer naam en plaats, vul de sleutel van de plek in, of neem de plek eerst op met `noaber ingest places`."
            "“{value}” is no place that is known." "Check its name and village, give its key, or take the place in first with `noaber ingest places`."
        }
        /// A place that may be one of several.
        DoubtfulPlaceOfActivity "doubtful-place" Refused {
            "“{value}” kan meer dan één plek zijn: {0}." "Vul in de kolom sleutel plek in welke het is."
            "“{value}” may be more than one place: {0}." "Say in the column sleutel plek which one it is."
        }
        /// Days that cannot be read.
        DayShape "day-shape" Refused {
            "“{value}” is geen dag die we kunnen lezen; de activiteit gaat zonder dag mee." "Schrijf dinsdag, ma en do, 1e dinsdag van de maand, om de week op vrijdag, of een datum."
            "“{value}” is no day that can be read; the activity is taken without one." "Write dinsdag, ma en do, 1e dinsdag van de maand, om de week op vrijdag, or a date."
        }
        /// Even weeks, which are not every other week where a year has 53.
        EvenWeeks "even-weeks" Refused {
            "“{value}” telt weeknummers, en die lopen niet elk jaar om en om door." "Schrijf om de week op dinsdag, met de eerste dag in de kolom vanaf."
            "“{value}” counts numbers of weeks, which do not alternate from year to year." "Write om de week op dinsdag, with the first day in the column vanaf."
        }
        /// A time that cannot be read.
        TimeShape "time-shape" Refused {
            "“{value}” is geen tijd die we kunnen lezen." "Schrijf 19:30, of 19:30-22:00."
            "“{value}” is no time that can be read." "Write 19:30, or 19:30-22:00."
        }
        /// No recurrence rule.
        RecurrenceShape "recurrence-shape" Refused {
            "De herhaalregel van “{value}” is er geen van iCalendar (RFC 5545)." "Schrijf bijvoorbeeld FREQ=WEEKLY;BYDAY=TU."
            "The recurrence rule of “{value}” is none of iCalendar (RFC 5545)." "Write FREQ=WEEKLY;BYDAY=TU, for instance."
        }
        /// A rule by the hour, minute or second.
        RecurrenceMoreThanDaily "recurrence-more-than-daily" Refused {
            "“{value}” herhaalt zich vaker dan eens per dag; zo’n regel nemen we niet over." "Geef per tijd van de dag een eigen rij of afspraak."
            "“{value}” is repeated more often than daily; such a rule is not taken." "Give each time of the day a row or event of its own."
        }
        /// Times within a rule.
        RecurrenceWithTimes "recurrence-with-times" Refused {
            "De herhaalregel van “{value}” noemt tijden." "Geef de tijden als begin en eind, en per tijd een eigen rij of afspraak."
            "The recurrence rule of “{value}” says times." "Give times as start and end, each with a row or event of its own."
        }
        /// A rule that counts from a day that is not said.
        RecurrenceWithoutFirstDay "recurrence-without-first-day" Refused {
            "“{value}” telt vanaf een eerste dag, en die staat er niet bij." "Vul die dag in de kolom vanaf in."
            "“{value}” counts from a first day, which is not given." "Give that day in the column vanaf."
        }
        /// A rule that never holds.
        RecurrenceNever "recurrence-never" Refused {
            "“{value}” valt op geen enkele dag." "Controleer de dag, zoals 30 februari."
            "“{value}” falls on no day at all." "Check the day, such as 30 February."
        }
        /// A rule that counts too many days.
        RecurrenceTooLong "recurrence-too-long" Refused {
            "“{value}” telt meer dan 1000 keer." "Geef een laatste dag in plaats van een aantal."
            "“{value}” counts more than 1,000 times." "Give a last day instead of a count."
        }
        /// A last day before the first.
        EndsBeforeItBegins "ends-before-it-begins" Refused {
            "Bij “{value}” ligt de laatste dag voor de eerste." "Controleer de kolommen vanaf en tot en met."
            "The last day of “{value}” is before the first." "Check the columns vanaf and tot en met."
        }
        /// An age that is none.
        AgeShape "age-shape" Refused {
            "“{value}” is geen leeftijd." "Schrijf een getal van 0 tot en met 120."
            "“{value}” is no age." "Write a number from 0 to 120."
        }
        /// Ages the wrong way round.
        AgesReversed "ages-reversed" Refused {
            "De hoogste leeftijd ({value}) is lager dan de laagste ({0}); beide zijn weggelaten." "Controleer de kolommen met leeftijden."
            "The highest age ({value}) is below the lowest ({0}); both were left out." "Check the columns of ages."
        }
        /// A text of a service that no field of ours takes.
        ServiceTextTooLong "service-text-too-long" Refused {
            "“{value}” heeft meer dan 200 tekens en is niet overgenomen." "Kort de tekst in."
            "“{value}” has more than 200 characters and was left out." "Shorten the text."
        }
        /// Ages of a service the wrong way round.
        ServiceAges "service-ages" Refused {
            "Bij “{value}” is de hoogste leeftijd lager dan de laagste; beide zijn weggelaten." "Controleer minimum_age en maximum_age."
            "The highest age of “{value}” is below the lowest; both were left out." "Check minimum_age and maximum_age."
        }
        /// Free, and a price.
        FreeAndCosts "free-and-costs" Refused {
            "“{value}” spreekt tegen wat er bij gratis staat; beide zijn weggelaten." "Laat een van beide leeg."
            "“{value}” contradicts what is said under gratis; both were left out." "Leave one of them empty."
        }
        /// An event that cannot be read.
        EventShape "event-shape" Refused {
            "Een afspraak in de agenda is niet te lezen; de rest gaat mee. {value}" "Open haar in het agendaprogramma, controleer begin en naam, en exporteer opnieuw."
            "An event of the calendar cannot be read; the rest is taken. {value}" "Open it in the calendar program, check its start and name, and export again."
        }
        /// An event that is private.
        PrivateEvent "private-event" Note {
            "Een privéafspraak is overgeslagen." ""
            "A private event was passed over." ""
        }
        /// A time zone that does not exist.
        UnknownTimeZone "unknown-time-zone" Refused {
            "De tijdzone “{value}” bestaat niet; de afspraak is weggelaten." "Kies in het agendaprogramma Europe/Amsterdam."
            "There is no time zone “{value}”; the event was left out." "Choose Europe/Amsterdam in the calendar program."
        }
        /// A series in another zone, of which the time here changes.
        OtherTimeZone "other-time-zone" Refused {
            "Een reeks in de tijdzone “{value}” is hier niet steeds op dezelfde tijd; ze is weggelaten." "Kies in het agendaprogramma Europe/Amsterdam."
            "A series in the time zone “{value}” is not always at the same time here; it was left out." "Choose Europe/Amsterdam in the calendar program."
        }
        /// More events than are read.
        TooManyEvents "too-many-events" Refused {
            "De agenda heeft meer dan {value} afspraken; de rest is niet gelezen." "Exporteer een kortere periode."
            "The calendar has more than {value} events; the rest was not read." "Export a shorter period."
        }
        /// More days than are kept of an activity.
        TooManyDates "too-many-dates" Note {
            "“{value}” heeft {0} losse dagen; de laatste {1} zijn overgenomen." "Maak er een reeks van, of exporteer een kortere periode."
            "“{value}” has {0} single days; the last {1} were taken." "Make it a series, or export a shorter period."
        }
        /// A service of HSDS that cannot be read.
        ServiceShape "service-shape" Refused {
            "De dienst “{value}” is geen service van HSDS 3." "Controleer de soorten van de velden, zoals minimum_age als getal."
            "The service “{value}” is no service of HSDS 3." "Check the types of its fields, such as minimum_age as a number."
        }
        /// A file that is older than what its sender said.
        OlderActivities "older-activities" Refused {
            "{value} zei op een latere dag al wat er te doen is; dit bestand is ouder en niet overgenomen." "Stuur het nieuwste bestand, of geef met --date de dag waarop dit gezegd is."
            "{value} said on a later day what is held; this file is older and was not taken." "Send the newest file, or say with --date on which day this was said."
        }
    } };
}
pub(super) use activity;
