//! Policy of municipalities, and the documents that it rests on.

macro_rules! policy {
    ([$next:ident $($later:ident)*] $($before:tt)*) => { $next! { [$($later)*] $($before)*
        /// Neither a title nor a key of a policy document.
        NoDocumentHeading "no-document-heading" Refused {
            "Er is geen kolom “titel” en geen kolom “sleutel”, dus van geen rij is te zeggen over welk beleidsstuk ze gaat."
            "Zet de koppen in de eerste rij, met in elk geval “titel” of “sleutel”. Gevonden: {0}."
            "There is neither a column “title” nor a column “key”, so no row says which document it is about."
            "Put the headings in the first row, “title” or “key” among them. Found: {0}."
        }
        /// A row that does not say which document it is about.
        DocumentWithoutTitle "document-without-title" Refused {
            "Deze rij heeft geen titel en geen sleutel; de hele rij is niet overgenomen." "Vul de titel in."
            "This row has neither a title nor a key; the whole row was left out." "Fill the title in."
        }
        /// A key that no document has.
        UnknownDocument "unknown-document" Refused {
            "Er is geen beleidsstuk met de sleutel “{value}”; de hele rij is niet overgenomen."
            "Laat de sleutel leeg als het een nieuw stuk is."
            "There is no policy document with the key “{value}”; the whole row was left out."
            "Leave the key empty if this is a new document."
        }
        /// A key of a document of another municipality.
        DocumentOfOtherMunicipality "document-of-other-municipality" Refused {
            "Het stuk “{value}” is van gemeente {0}; de hele rij is niet overgenomen."
            "Laat de sleutel leeg als het een nieuw stuk is, of herstel de gemeente."
            "The document “{value}” is of municipality {0}; the whole row was left out."
            "Leave the key empty if this is a new document, or correct the municipality."
        }
        /// The same document twice.
        RepeatedDocument "repeated-document" Refused {
            "“{value}” staat ook op rij {0}; deze rij is niet overgenomen." "Laat één rij per stuk staan."
            "“{value}” is also on row {0}; this row was left out." "Keep one row for each document."
        }
        /// A new document without what a document has to have.
        NewDocumentIncomplete "new-document-incomplete" Refused {
            "Van een nieuw stuk moeten titel, soort stuk en samenvatting bekend zijn; hier ontbreekt: {0}. De hele rij is niet overgenomen."
            "Vul in wat ontbreekt."
            "A new document needs a title, a kind and a summary; missing here: {0}. The whole row was left out."
            "Fill in what is missing."
        }
        /// A status, and nothing in the document that says so.
        StatusWithoutGround "status-without-ground" Refused {
            "Bij “{value}” staat niet waaruit dat blijkt; het is niet overgenomen." "Vul kolom “{0}” in met de zin of het besluit uit het stuk."
            "Nothing says what shows “{value}”; it was left out." "Fill column “{0}” in with the sentence or decision of the document."
        }
        /// A ground without a status.
        GroundWithoutStatus "ground-without-status" Refused {
            "Hier staat een grond, maar voor het thema {0} is niets ingevuld; de grond is niet overgenomen." "Vul ook in wat het stuk laat zien."
            "Here is a ground, and nothing is filled in for the theme {0}; it was left out." "Fill in what the document shows as well."
        }
        /// Two statuses on a theme that has one.
        StatusesDisagree "statuses-disagree" Refused {
            "Hier staat “{value}” en op rij {1} staat “{0}” voor hetzelfde thema; geen van beide is overgenomen." "Laat één stand per thema staan."
            "This says “{value}” and row {1} says “{0}” on the same theme; neither was taken." "Keep one status for each theme."
        }
        /// Something older than what the same source said of a document.
        OlderPolicyStatement "older-policy-statement" Note {
            "Over dit stuk is op een latere dag iets anders opgegeven; dat blijft gelden."
            "Is dit toch de nieuwste stand, geef dan de datum van nu (kolom “opgave datum” of `--date`)."
            "Something else was stated of this document on a later day; that stands."
            "If this is the newest after all, give today's date (column “statedOn” or `--date`)."
        }
        /// A row about a place of another municipality than the file speaks for.
        OtherMunicipalitysRow "other-municipalitys-row" Refused {
            "Deze rij gaat over een plek in {0}, en het bestand is de opgave van {1}; de hele rij is niet overgenomen."
            "Laat gemeente {0} de plek opgeven, of geef haar op in een bestand zonder blad Gemeente."
            "This row is about a place in {0}, and the file speaks for {1}; the whole row was left out."
            "Let {0} state the place, or state it in a file without the sheet Gemeente."
        }
    } };
}
pub(super) use policy;
