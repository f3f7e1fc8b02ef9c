//! Opening hours.

macro_rules! hours {
    ([$next:ident $($later:ident)*] $($before:tt)*) => { $next! { [$($later)*] $($before)*
        /// Not in OpenStreetMap's notation.
        OpeningHoursShape "opening-hours-shape" Refused {
            "“{value}” is niet te lezen als openingstijden." "Schrijf ze zoals ma-vr 9:00-17:00; za 10:00-12:00, of zoals Mo-Fr 09:00-17:00; Sa 10:00-12:00."
            "“{value}” cannot be read as opening hours." "Write them as ma-vr 9:00-17:00; za 10:00-12:00, or as Mo-Fr 09:00-17:00; Sa 10:00-12:00."
        }
        /// Opening hours that are in the notation up to some place.
        OpeningHoursFault "opening-hours-fault" Refused {
            "“{value}” is niet te lezen als openingstijden; bij teken {0} gaat het mis." "Schrijf ze zoals ma-vr 9:00-17:00; za 10:00-12:00, of zoals Mo-Fr 09:00-17:00; Sa 10:00-12:00."
            "“{value}” cannot be read as opening hours; character {0} is where it goes wrong." "Write them as ma-vr 9:00-17:00; za 10:00-12:00, or as Mo-Fr 09:00-17:00; Sa 10:00-12:00."
        }
        /// Opening hours in which it is never open.
        OpeningHoursNever "opening-hours-never" Refused {
            "Volgens “{value}” is het nooit open." "Laat de regels weg die alles weer sluiten."
            "By “{value}” it is never open." "Leave out the rules that close it all again."
        }
        /// Opening hours of which one rule makes another void.
        OpeningHoursContradiction "opening-hours-contradiction" Refused {
            "“{value}” spreekt zichzelf tegen: na “{1}” geldt “{0}” nooit." "Zet tijden van dezelfde dag achter elkaar, zoals Mo 10:00-12:00,14:00-16:00."
            "“{value}” contradicts itself: after “{1}”, “{0}” never holds." "Write the times of one day one after another, such as Mo 10:00-12:00,14:00-16:00."
        }
        /// Opening hours in Dutch.
        OpeningHoursRead "opening-hours-read" Repaired {
            "“{value}” is gelezen als {0}." "Schrijf openingstijden liefst zoals Mo-Fr 09:00-17:00; Sa 10:00-12:00."
            "“{value}” was read as {0}." "Best write opening hours as Mo-Fr 09:00-17:00; Sa 10:00-12:00."
        }
    } };
}
pub(super) use hours;
