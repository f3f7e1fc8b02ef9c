//! What stands in one cell: text, terms, numbers, days, addresses on the web, mailboxes and telephones.

macro_rules! text {
    ([$next:ident $($later:ident)*] $($before:tt)*) => { $next! { [$($later)*] $($before)*
        /// Not known, in words.
        SaysNothing "says-nothing" Note {
            "“{value}” is gelezen als: niet bekend." "Laat een cel leeg als u het niet weet, of zet “-” als u weet dat het er niet is."
            "“{value}” was read as not known." "Leave a cell empty if it is not known, or write “-” if it is known not to be there."
        }
        /// `-` where it has no meaning.
        DashNotAllowed "dash-not-allowed" Refused {
            "“-” betekent “is er niet” en dat kan in kolom “{0}” niet." "Laat de cel leeg als u het niet weet."
            "“-” means “is not there”, which column “{0}” cannot say." "Leave the cell empty if it is not known."
        }
        /// A text that a spreadsheet would compute.
        FormulaInText "formula-in-text" Refused {
            "De tekst “{value}” begint met een teken waarmee een formule begint (=, +, - of @)."
            "Haal dat teken weg. Hoort het er echt bij, zet er dan een ' voor."
            "The text “{value}” begins with a sign that begins a formula (=, +, - or @)."
            "Remove the sign. If it does belong there, put a ' before it."
        }
        /// A web page's markup.
        Html "html" Refused {
            "In de tekst “{value}” staan codes van een webpagina (HTML)." "Plak de tekst zonder opmaak."
            "The text “{value}” holds HTML." "Paste it as plain text."
        }
        /// `&amp;` and the like.
        Entity "entity" Repaired {
            "In “{value}” stonden codes van een webpagina; overgenomen is “{0}”." ""
            "“{value}” held HTML entities; “{0}” was taken." ""
        }
        /// Invisible signs that no keyboard gives.
        ControlCharacter "control-character" Repaired {
            "In “{value}” stonden onzichtbare stuurtekens; die zijn weggelaten." ""
            "“{value}” held invisible control characters, which were left out." ""
        }
        /// UTF-8 that was read as Windows-1252 before it came here.
        WrongEncoding "wrong-encoding" Repaired {
            "“{value}” is eerder met een verkeerde tekenset opgeslagen; overgenomen is “{0}”." "Kijk na of het klopt."
            "“{value}” was saved in a wrong encoding before; “{0}” was taken." "Check that it is right."
        }
        /// A letter that was lost before the file came here.
        LostCharacter "lost-character" Refused {
            "In “{value}” is een letter verloren gegaan (�)." "Typ de tekst opnieuw, of sla het bestand opnieuw op als UTF-8."
            "A letter of “{value}” was lost (�)." "Type the text anew, or save the file as UTF-8 again."
        }
        /// A mail address or telephone number.
        PersonalData "personal-data" Refused {
            "In deze cel staat een mailadres of telefoonnummer: “{value}”. Deze gegevens worden openbaar en bevatten geen persoonsgegevens."
            "Haal het weg. Een postbus van de gemeente kan op het blad Gemeente van de lijst met plekken."
            "This cell holds a mail address or telephone number: “{value}”. The data is public and holds nothing personal."
            "Remove it. A mailbox of the municipality has its place on the sheet Gemeente of the list of places."
        }
        /// What looks like the name of a person in running text, or leads to one.
        PersonNamed "person-named" Refused {
            "In deze cel lijkt een persoon genoemd te worden; ze is niet overgenomen, want deze gegevens worden openbaar."
            "Noem de functie of het besluit, zonder naam: “de wethouder”, “het raadsbesluit van 3 maart 2025”."
            "This cell seems to name a person; it was left out, since the data is public."
            "Name the role or the decision, without a name: “the alderman”, “the council's decision of 3 March 2025”."
        }
        /// A row whose page is that of another document.
        SamePage "same-page" Note {
            "Op dit webadres staat ook {0}; dit is als een ander stuk overgenomen." "Is het hetzelfde stuk, zet dan die sleutel op de rij."
            "{0} stands at this address too; this was taken as another document." "If it is the same document, put that key on the row."
        }
        /// More than fits.
        TextTooLong "text-too-long" Refused {
            "Deze tekst heeft {0} tekens; in kolom “{1}” passen er {2}." "Kort de tekst in."
            "This text has {0} characters; column “{1}” takes {2}." "Shorten the text."
        }
        /// A text without a letter or digit.
        TextWithoutLetter "text-without-letter" Refused {
            "In “{value}” staat geen letter of cijfer." "Vul de tekst in of maak de cel leeg."
            "“{value}” has no letter or digit." "Fill the text in or empty the cell."
        }
        /// A term that is not in the vocabulary.
        UnknownTerm "unknown-term" Refused {
            "“{value}” is geen keuze van kolom “{0}”." "Kies uit: {1}."
            "“{value}” is no choice of column “{0}”." "Choose from: {1}."
        }
        /// Neither yes nor no.
        NotYesOrNo "not-yes-or-no" Refused {
            "“{value}” is geen ja of nee." "Zet “ja” als het er is, “-” of “nee” als het er niet is, en niets als u het niet weet."
            "“{value}” is neither yes nor no." "Write “ja” if it is there, “-” or “nee” if it is not, and nothing if it is not known."
        }
        /// Two cells of a row that say the opposite.
        Contradiction "contradiction" Refused {
            "Deze rij zegt van “{0}” zowel ja als nee; geen van beide is overgenomen." "Laat één van beide staan."
            "This row says both yes and no of “{0}”; neither was taken." "Keep one of the two."
        }
        /// Not an address on the web.
        WebsiteShape "website-shape" Refused {
            "“{value}” is geen webadres." "Schrijf het adres zoals in de browser, https://…, of “-” als er geen site is."
            "“{value}” is no web address." "Write it as the browser does, https://…, or “-” if there is no site."
        }
        /// An address on the web without `https://`.
        WebsiteRepaired "website-repaired" Repaired {
            "“{value}” is overgenomen als {0}." "" "“{value}” was taken as {0}." ""
        }
        /// Not a year.
        YearShape "year-shape" Refused {
            "“{value}” is geen jaartal van 1200 tot {0}." "Schrijf vier cijfers, zoals 1978."
            "“{value}” is no year from 1200 to {0}." "Write four digits, such as 1978."
        }
        /// Not a date.
        DateShape "date-shape" Refused {
            "“{value}” is geen datum." "Schrijf de datum zoals 2026-03-15 of 15-3-2026."
            "“{value}” is no date." "Write it as 2026-03-15 or 15-3-2026."
        }
        /// A date to come, or long ago.
        DateOutOfRange "date-out-of-range" Refused {
            "De datum {value} ligt in de toekomst of voor 2000." "Schrijf de dag waarop dit is vastgesteld."
            "The date {value} is in the future or before 2000." "Write the day on which this was established."
        }
        /// A row of which nobody knows when it was said.
        Undated "undated-row" Note {
            "De dag van deze rij is niet te lezen; ze telt als ouder dan alles met een datum." "Herstel de datum en lees het bestand opnieuw in."
            "The day of this row cannot be read; it counts as older than all that is dated." "Correct the date and import the file again."
        }
        /// A document of which nobody knows when it was told.
        UndatedDocument "undated-document" Refused {
            "De dag van de opgave van “{value}” is niet te lezen; de hele rij is niet overgenomen." "Herstel de datum en lees het bestand opnieuw in."
            "The day on which “{value}” was stated cannot be read; the whole row was left out." "Correct the date and import the file again."
        }
        /// 12.0 for 12.
        DecimalNought "decimal-nought" Repaired {
            "“{value}” is gelezen als {0}." "" "“{value}” was read as {0}." ""
        }
        /// Not a key of ours.
        KeyShape "key-shape" Refused {
            "“{value}” is geen sleutel." "Laat de kolom sleutel zoals ze was; laat de cel leeg bij een nieuwe plek."
            "“{value}” is no key." "Leave the column key as it was; leave the cell empty for a new place."
        }
        /// The number of a place in another register.
        ForeignId "foreign-id" Note {
            "“{value}” is geen sleutel van noaber; deze plekken worden op naam en adres herkend. Dit staat alleen bij de eerste." ""
            "“{value}” is no key of noaber; these places are recognised by name and address. Said of the first one only." ""
        }
        /// Not a number of places.
        NumberShape "number-shape" Refused {
            "“{value}” is geen aantal." "Schrijf een geheel getal, zoals 24."
            "“{value}” is no number." "Write a whole number, such as 24."
        }
        /// Something other than the mailbox of a role.
        MailboxShape "mailbox-shape" Refused {
            "“{value}” is geen mailadres." "Schrijf een postbus zoals info@gemeente.nl."
            "“{value}” is no mail address." "Write a mailbox such as info@gemeente.nl."
        }
        /// The mailbox of a person.
        PersonalMailbox "personal-mailbox" Refused {
            "“{value}” lijkt het adres van een persoon." "Geef een postbus van een functie, zoals info@ of gemeente@."
            "“{value}” looks like a person's address." "Give the mailbox of a role, such as info@ or gemeente@."
        }
        /// Not a telephone number.
        PhoneShape "phone-shape" Refused {
            "“{value}” is geen Nederlands telefoonnummer." "Geef een algemeen nummer van tien cijfers, zoals 038 421 45 45."
            "“{value}” is not a Dutch telephone number." "Give a general number of ten digits, such as 038 421 45 45."
        }
        /// A mobile number, which is somebody's.
        MobileNumber "mobile-number" Refused {
            "Een mobiel nummer is van een persoon en wordt niet openbaar gemaakt."
            "Geef een algemeen vast nummer, of laat de cel leeg."
            "A mobile number belongs to a person and is not made public." "Give a general landline number, or leave the cell empty."
        }
        /// The word that takes something back, where there is nothing.
        NothingToClear "nothing-to-clear" Note {
            "“{value}”: “wis” neemt niets terug, want deze bron zei niets over {0}. Wat anderen zeggen blijft staan." "Is dat onjuist, vul dan in wat juist is, of - als het er niet is."
            "“{value}”: “clear” takes nothing back, since this source said nothing of {1}. What others say stands." "If that is wrong, fill in what is right, or - where it is not there."
        }
        /// The word that takes something back, in a column of which every row needs a value.
        NotClearable "not-clearable" Refused {
            "“{value}” kan niet in kolom “{0}”: wat daar staat is niet terug te nemen." "Vul in wat juist is, of laat de cel leeg."
            "“{value}” cannot stand in column “{0}”: what stands there cannot be taken back." "Fill in what is right, or leave the cell empty."
        }
        /// The name of a person where a role is asked.
        PersonInsteadOfRole "person-instead-of-role" Refused {
            "Hier lijkt de naam van een persoon te staan; die wordt niet openbaar gemaakt."
            "Noem de functie of afdeling, zoals accommodatiebeleid."
            "This looks like the name of a person, which is not made public." "Name the role or department, such as accommodatiebeleid."
        }
        /// Somebody's name where an organisation should stand.
        PersonInsteadOfOrganisation "person-instead-of-organisation" Refused {
            "Hier lijkt de naam van een persoon te staan; die wordt niet openbaar gemaakt." "Noem de vereniging of organisatie, of laat de cel leeg."
            "This looks like the name of a person, which is not made public." "Name the association or organisation, or leave the cell empty."
        }
    } };
}
pub(super) use text;
