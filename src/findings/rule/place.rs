//! Which place a row is about, and whether what it says is taken.

macro_rules! place {
    ([$next:ident $($later:ident)*] $($before:tt)*) => { $next! { [$($later)*] $($before)*
        /// A key that no place has.
        UnknownKey "unknown-key" Refused {
            "Er is geen plek met de sleutel “{value}”; de hele rij is niet overgenomen."
            "Laat de sleutel leeg als het een nieuwe plek is."
            "No place has the key “{value}”; the whole row was left out." "Leave the key empty if this is a new place."
        }
        /// A key of a place elsewhere.
        KeyOfOtherMunicipality "key-of-other-municipality" Refused {
            "De plek “{value}” ligt in gemeente {0}; de hele rij is niet overgenomen."
            "Laat de sleutel leeg als het een nieuwe plek is, of herstel de gemeente."
            "The place “{value}” lies in municipality {0}; the whole row was left out."
            "Leave the key empty if this is a new place, or correct the municipality."
        }
        /// A place that nobody could find.
        NewPlaceIncomplete "new-place-incomplete" Refused {
            "Een nieuwe plek heeft een naam en een plaats nodig; de hele rij is niet overgenomen." "Vul naam en plaats in."
            "A new place needs a name and a settlement; the whole row was left out." "Fill name and settlement in."
        }
        /// The same place twice.
        RepeatedPlace "repeated-place" Refused {
            "Deze rij gaat over dezelfde plek als rij {0}; alleen die is overgenomen." "Voeg de twee rijen samen."
            "This row is about the same place as row {0}; only that one was taken." "Join the two rows."
        }
        /// Perhaps a known place.
        DoubtfulPair "doubtful-pair" Refused {
            "“{value}” is misschien dezelfde plek als {0}; de rij wacht tot iemand dat beslist."
            "Zet de sleutel van die plek in de rij, of beslis met `noaber pairs`."
            "“{value}” may be the same place as {0}; the row waits until somebody decides."
            "Put the key of that place into the row, or decide with `noaber pairs`."
        }
        /// Recognised in spite of another spelling.
        Recognised "recognised" Note {
            "“{value}” is herkend als {0}." "Klopt dat niet: `noaber pairs different '{1}' '{0}'`."
            "“{value}” was recognised as {0}." "If that is wrong: `noaber pairs different '{1}' '{0}'`."
        }
        /// Something of a place that a questionnaire does not make public.
        ColumnNotServed "column-not-served" Note {
            "Kolom “{value}” is niet gelezen: uit een vragenlijst worden per plek alleen soort, rechtsvorm, voorzieningen en activiteiten openbaar."
            ""
            "Column “{value}” was not read: of a questionnaire only kind, legal form, facilities and activities of a place are published."
            ""
        }
        /// Real and made-up answers in one import.
        SyntheticMixed "synthetic-mixed" Refused {
            "Van {0} van de {1} rijen staat er dat ze synthetisch zijn, van de andere niet; er is niets overgenomen."
            "Lees synthetische en echte antwoorden niet samen in."
            "{0} of the {1} rows say that they are synthetic and the others do not; nothing was taken."
            "Do not import synthetic and real answers together."
        }
        /// Made-up answers where there are real ones.
        SyntheticOverReal "synthetic-over-real" Refused {
            "Deze antwoorden zijn synthetisch, en er zijn al echte antwoorden ({0}); er is niets overgenomen."
            "Gebruik voor een proef een andere database."
            "These answers are synthetic, and there are real ones already ({0}); nothing was taken."
            "Use another database for a trial."
        }
        /// Made-up answers about a place that others know.
        SyntheticOfKnownPlace "synthetic-of-known-place" Refused {
            "“{value}” is synthetisch en lijkt op {0}, die anderen kennen; de hele rij is niet overgenomen."
            "Geef een verzonnen plek een naam en een plaats die van geen bestaande plek zijn."
            "“{value}” is synthetic and resembles {0}, which others know; the whole row was left out."
            "Give a made-up place a name and a settlement that no real place has."
        }
        /// A row about a place that was made up.
        SyntheticPlace "synthetic-place" Refused {
            "De plek “{value}” is synthetisch; de hele rij is niet overgenomen." "Laat de sleutel leeg als dit een echte plek is."
            "The place “{value}” is synthetic; the whole row was left out." "Leave the key empty if this is a real place."
        }
        /// Something that the same source has said otherwise since.
        OlderStatement "older-statement" Note {
            "Over deze plek is op een latere dag iets anders opgegeven; dat blijft gelden."
            "Is dit toch de nieuwste stand, geef dan de datum van nu (kolom “opgave datum” of `--date`)."
            "Something else was stated of this place on a later day; that stands."
            "If this is the newest after all, give today's date (column “statedOn” or `--date`)."
        }
        /// Something of which a stronger or a later source says otherwise.
        Overruled "overruled" Note {
            "Over “{value}” staat hier bij {0}: {1}. We tonen {2}, uit een bron die zwaarder weegt of nieuwer is."
            "Klopt dat niet, laat de gemeente of de plek zelf het dan opgeven."
            "Of “{value}” this says {3}: {4}. Shown is {5}, from a source that weighs more or is newer."
            "If that is wrong, let the municipality or the place itself state it."
        }
        /// A place that was taken out for somebody's privacy.
        Withdrawn "withdrawn" Refused {
            "De plek “{value}” is teruggetrokken om iemands privacy; de hele rij is niet overgenomen."
            "Laat de rij weg. Is het een andere plek, geef haar dan een naam waaraan dat te zien is."
            "The place “{value}” was withdrawn for somebody's privacy; the whole row was left out."
            "Leave the row out. If it is another place, give it a name that shows so."
        }
    } };
}
pub(super) use place;
