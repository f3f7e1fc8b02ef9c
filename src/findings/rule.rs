//! The rules that cells run into, each with its sentences in Dutch and English.
//!
//! `{value}` is what stands in the cell, `{0}` and on are the details of the finding.

use super::severity::Severity;
use crate::model::Language;

macro_rules! rules {
    ($($(#[$comment:meta])* $rule:ident $code:literal $severity:ident {
        $nl:literal $nl_remedy:literal
        $en:literal $en_remedy:literal
    })*) => {
        /// A rule on what a cell, a row or a sheet may hold.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $($(#[$comment])* $rule,)*
        }

        impl Rule {
            /// All rules, in the order of this file.
            pub const ALL: &[Self] = &[$(Self::$rule,)*];

            /// The name by which programs know the rule; it stays.
            pub fn code(self) -> &'static str {
                match self { $(Self::$rule => $code,)* }
            }

            /// What becomes of a cell that runs into it.
            pub fn severity(self) -> Severity {
                match self { $(Self::$rule => Severity::$severity,)* }
            }

            /// What is the matter.
            pub(crate) fn message(self, language: Language) -> &'static str {
                match (self, language) { $((Self::$rule, Language::Nl) => $nl, (Self::$rule, Language::En) => $en,)* }
            }

            /// What to do.
            pub(crate) fn remedy(self, language: Language) -> &'static str {
                match (self, language) {
                    $((Self::$rule, Language::Nl) => $nl_remedy, (Self::$rule, Language::En) => $en_remedy,)*
                }
            }
        }
    };
}

rules! {
    /// A column that nobody reads.
    UnknownHeading "unknown-heading" Note {
        "Kolom “{value}” kennen we niet en is niet gelezen." ""
        "Column “{value}” is not known and was not read." ""
    }
    /// A column that nobody reads, in a workbook that tells which are read.
    HeadingNotExplained "unknown-heading-of-template" Note {
        "Kolom “{value}” kennen we niet en is niet gelezen." "Kijk op het blad Uitleg welke kolommen er zijn."
        "Column “{value}” is not known and was not read." "The sheet Uitleg lists the columns."
    }
    /// Rows that nobody sees.
    HiddenRows "hidden-rows" Note {
        "{value} verborgen rijen zijn ook gelezen: {0}." "Verwijder rijen die niet gelden; verbergen of filteren haalt ze niet weg."
        "{value} hidden rows were read as well: {0}." "Delete rows that do not count; hiding or filtering does not take them out."
    }
    /// Columns that nobody sees.
    HiddenColumns "hidden-columns" Note {
        "{value} verborgen kolommen zijn ook gelezen: {0}." "Verwijder kolommen die niet gelden; verbergen haalt ze niet weg."
        "{value} hidden columns were read as well: {0}." "Delete columns that do not count; hiding does not take them out."
    }
    /// Cells that were joined over rows.
    MergedCells "merged-cells" Repaired {
        "{value} samengevoegde blokken cellen ({0}): de waarde is overgenomen voor alle rijen die ze beslaan." "Kijk na of dat zo bedoeld is."
        "{value} blocks of merged cells ({0}): the value was taken for all rows that they span." "Check that this is meant."
    }
    /// Headings below a title.
    HeadingsBelow "headings-below" Note {
        "De koppen staan in rij {value}; wat erboven staat is niet gelezen." "" "The headings are in row {value}; what stands above was not read." ""
    }
    /// A column that nobody reads, with a name close to one that is read.
    MisspeltHeading "misspelt-heading" Note {
        "Kolom “{value}” kennen we niet en is niet gelezen." "Bedoelt u “{0}”? Schrijf de kop dan zo."
        "Column “{value}” is not known and was not read." "Is “{0}” meant? Then write it so."
    }
    /// Two columns with the same meaning.
    DuplicateHeading "duplicate-heading" Note {
        "Kolom “{value}” betekent hetzelfde als “{0}” en is niet gelezen." "Laat één van beide kolommen staan."
        "Column “{value}” means the same as “{0}” and was not read." "Keep one of the two columns."
    }
    /// Neither a name nor a key.
    MissingHeading "missing-heading" Refused {
        "Er is geen kolom “naam” en geen kolom “sleutel”, dus van geen rij is te zeggen over welke plek ze gaat."
        "Zet de koppen in de eerste rij, met in elk geval “naam” of “sleutel”. Gevonden: {0}."
        "There is neither a column “name” nor a column “key”, so no row says which place it is about."
        "Put the headings in the first row, “name” or “key” among them. Found: {0}."
    }
    /// A cell to the right of the last heading.
    CellWithoutHeading "cell-without-heading" Refused {
        "Hier staat “{value}”, maar boven deze kolom staat geen kop; deze rij heeft meer cellen dan er koppen zijn."
        "Zet een kop boven de kolom, of zet tekst waarin een scheidingsteken staat tussen aanhalingstekens."
        "“{value}” stands here without a heading above it; this row has more cells than there are headings."
        "Give the column a heading, or put text with a delimiter in it between quotes."
    }
    /// A cell that is longer than any value is.
    CellTooLong "cell-too-long" Refused {
        "Deze cel heeft {0} tekens; het maximum is {1}." "Kort de tekst in."
        "This cell has {0} characters; the most is {1}." "Shorten the text."
    }
    /// A sheet that is neither places nor the municipality's.
    SheetNotRead "sheet-not-read" Note {
        "Blad “{value}” is niet gelezen: het heeft geen kolom “naam” of “sleutel”, of er was al een blad met plekken."
        "Zet alle plekken op één blad."
        "Sheet “{value}” was not read: it has no column “name” or “key”, or there was a sheet of places already."
        "Put all places on one sheet."
    }
    /// A row that does not say which place it is about.
    RowWithoutName "row-without-name" Refused {
        "Deze rij heeft geen naam en geen sleutel; de hele rij is niet overgenomen." "Vul de naam in."
        "This row has neither a name nor a key; the whole row was left out." "Fill the name in."
    }
    /// A formula with a result.
    FormulaCell "formula-cell" Note {
        "In deze cel staat een formule; overgenomen is de uitkomst die Excel het laatst bewaarde: “{value}”."
        "Plak de cel als waarde (Plakken speciaal, Waarden) als de uitkomst niet mag veranderen."
        "This cell holds a formula; the result that was last saved was taken: “{value}”."
        "Paste it as a value if the result must not change."
    }
    /// A formula whose result was not saved.
    FormulaWithoutValue "formula-without-value" Refused {
        "In deze cel staat een formule zonder bewaarde uitkomst." "Vervang de formule door haar uitkomst (Plakken speciaal, Waarden)."
        "This cell holds a formula without a saved result." "Replace the formula by its result (paste special, values)."
    }
    /// `#N/B` and the like.
    ErrorCell "error-cell" Refused {
        "In deze cel staat de foutmelding {value} van het rekenblad." "Herstel de formule of maak de cel leeg."
        "This cell holds the spreadsheet's error {value}." "Repair the formula or empty the cell."
    }
    /// An object or list in a GeoJSON property.
    NestedValue "nested-value" Refused {
        "Deze eigenschap is geen tekst, getal, ja of nee of lijst van teksten." "Geef de waarde als tekst."
        "This property is not a text, a number, a boolean or a list of texts." "Give the value as text."
    }
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
    /// A file of several municipalities that says that each row is the word of its own.
    SeveralMunicipalities "several-municipalities" Note {
        "Dit bestand gaat over {value}; elke rij telt als opgave van haar eigen gemeente."
        "Is het de opgave van één gemeente, haal de andere rijen dan weg, of geef met `--by` aan van wie de lijst is."
        "This file is about {value}; each row counts as stated by its own municipality."
        "If it is the word of one, remove the other rows, or say with `--by` whose list it is."
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
    /// Not a municipality.
    UnknownMunicipality "unknown-municipality" Refused {
        "“{value}” is geen gemeente in Overijssel." "Schrijf de naam of de CBS-code, zoals Dalfsen of GM0148."
        "“{value}” is no municipality of Overijssel." "Write its name or CBS code, such as Dalfsen or GM0148."
    }
    /// A code that lost its letters or zeros.
    MunicipalityCodeRepaired "municipality-code-repaired" Repaired {
        "“{value}” is gelezen als {0}." "" "“{value}” was read as {0}." ""
    }
    /// Name and code of different municipalities.
    MunicipalitiesDisagree "municipalities-disagree" Refused {
        "De naam van de gemeente is die van {0}, de code is {1}; geen van beide is overgenomen." "Laat één van beide kloppen of weg."
        "The municipality's name is that of {0}, its code is {1}; neither was taken." "Correct one of the two or leave it out."
    }
    /// Not a postcode.
    PostcodeShape "postcode-shape" Refused {
        "“{value}” is geen postcode." "Een postcode ziet eruit als 1234 AB."
        "“{value}” is no postcode." "A postcode looks like 1234 AB."
    }
    /// Not a house number.
    HouseNumberShape "house-number-shape" Refused {
        "“{value}” is geen huisnummer." "Een huisnummer begint met een cijfer, zoals 12, 12a of 12-2."
        "“{value}” is no house number." "A house number begins with a digit, such as 12, 12a or 12-2."
    }
    /// Two house numbers or more that are no range.
    SeveralHouseNumbers "several-house-numbers" Refused {
        "“{value}” is meer dan één huisnummer." "Geef het nummer van de ingang, of een reeks zoals 12-14."
        "“{value}” is more than one house number." "Give the number of the entrance, or a range such as 12-14."
    }
    /// A letter or addition, and no house number that it belongs to.
    AdditionWithoutNumber "addition-without-number" Refused {
        "“{value}” is een toevoeging, en het huisnummer waar ze bij hoort ontbreekt."
        "Vul kolom “huisnummer” in. Staat het nummer hier al bij, noem deze kolom dan “huisnummer”."
        "“{value}” is an addition, and the house number that it belongs to is missing."
        "Fill the column “houseNumber” in. If the number stands here too, call this column “houseNumber”."
    }
    /// A house number of which nothing says in what street it is.
    NumberWithoutStreet "number-without-street" Refused {
        "Huisnummer “{value}” staat er zonder straat en zonder postcode, en dat is geen adres." "Vul ook de straat of de postcode in."
        "House number “{value}” has neither street nor postcode with it, and that is no address." "Fill the street or the postcode in as well."
    }
    /// A house number of which a spreadsheet made a date.
    HouseNumberAsDate "house-number-as-date" Refused {
        "Het rekenblad maakte van dit huisnummer een datum: “{value}”."
        "Geef de kolom de opmaak Tekst en typ het huisnummer opnieuw."
        "The spreadsheet made a date of this house number: “{value}”."
        "Format the column as text and type the house number again."
    }
    /// A whole address in one cell that can be read in more than one way.
    AddressNotSplit "address-not-split" Refused {
        "Het adres “{value}” is niet met zekerheid te splitsen." "Zet straat, huisnummer en postcode elk in een eigen kolom."
        "The address “{value}” cannot be split with certainty." "Put street, house number and postcode in columns of their own."
    }
    /// Not a number.
    CoordinateNotNumber "coordinate-not-number" Refused {
        "“{value}” is geen getal." "Schrijf graden zoals 6,123456 of 6.123456, of RD-meters zoals 203000."
        "“{value}” is no number." "Write degrees such as 6.123456, or RD metres such as 203000."
    }
    /// One of two.
    CoordinateAlone "coordinate-alone" Refused {
        "Van de twee coördinaten is er één ingevuld." "Vul beide in, of geen van beide."
        "Only one of the two coordinates is filled in." "Fill both in, or neither."
    }
    /// (0, 0).
    NullIsland "null-island" Refused {
        "De coördinaten zijn nul." "Maak beide cellen leeg als u de ligging niet weet."
        "The coordinates are zero." "Empty both cells if the location is not known."
    }
    /// Longitude and latitude, or x and y, each in the other's column.
    CoordinatesSwapped "coordinates-swapped" Repaired {
        "De coördinaten {0} staan verwisseld; overgenomen is {1}." "" "The coordinates {0} are swapped; {1} was taken." ""
    }
    /// RD metres where degrees belong.
    RdInDegrees "rd-in-degrees" Repaired {
        "De coördinaten {0} zijn meters van het RD-stelsel, geen graden; overgenomen is {1}." "Zet ze in de kolommen x en y."
        "The coordinates {0} are RD metres, not degrees; {1} was taken." "Put them in the columns x and y."
    }
    /// Degrees where RD metres belong.
    DegreesInRd "degrees-in-rd" Repaired {
        "De coördinaten {0} zijn graden, geen meters van het RD-stelsel; overgenomen is {1}."
        "Zet ze in de kolommen lengtegraad en breedtegraad."
        "The coordinates {0} are degrees, not RD metres; {1} was taken." "Put them in the columns longitude and latitude."
    }
    /// 6875486 for 6.875486.
    DecimalPointLost "decimal-point-lost" Repaired {
        "De komma van de coördinaten {0} is verloren gegaan; overgenomen is {1}."
        "Excel leest een punt als scheiding van duizendtallen: schrijf een komma."
        "The coordinates {0} lost their decimal point; {1} was taken." "A Dutch Excel takes a full stop for a thousands separator."
    }
    /// Elsewhere on earth, or nowhere.
    OutsideNetherlands "outside-netherlands" Refused {
        "De coördinaten {0} liggen niet in Nederland." "In Overijssel is de lengtegraad 5,7 tot 7,1 en de breedtegraad 52,1 tot 52,9."
        "The coordinates {0} are not in the Netherlands." "In Overijssel the longitude is 5.7 to 7.1 and the latitude 52.1 to 52.9."
    }
    /// Two locations of one row, apart.
    LocationsDisagree "locations-disagree" Refused {
        "De ligging in graden en die in RD-meters liggen {0} m uit elkaar; geen van beide is overgenomen." "Laat één van beide staan."
        "The location in degrees and that in RD metres are {0} m apart; neither was taken." "Keep one of the two."
    }
    /// The location of a street or a village.
    CoarseLocation "coarse-location" Note {
        "De ligging is niet die van het adres zelf ({value}) en is niet overgenomen." ""
        "The location is not that of the address itself ({value}) and was not taken." ""
    }
    /// A line or a polygon.
    GeometryNotPoint "geometry-not-point" Refused {
        "De geometrie is geen punt maar {value}." "Geef een punt: lengtegraad, breedtegraad."
        "The geometry is not a point but {value}." "Give a point: longitude, latitude."
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
    /// A line of the municipality's sheet that nobody reads.
    UnknownQuestion "unknown-question" Note {
        "Regel “{value}” van het blad Gemeente kennen we niet en is niet gelezen." ""
        "Line “{value}” of the municipality's sheet is not known and was not read." ""
    }
    /// A row of which the municipality is not known.
    NoMunicipality "no-municipality" Refused {
        "Van deze rij is niet te zeggen in welke gemeente ze hoort; de hele rij is niet overgenomen."
        "Vul de gemeente in, of geef haar met `--municipality` als het hele bestand van één gemeente is."
        "Nothing says in which municipality this row belongs; the whole row was left out."
        "Fill the municipality in, or give it with `--municipality` if the whole file is of one."
    }
    /// Rows of which the command says the municipality.
    MunicipalityChosen "municipality-chosen" Note {
        "Van {value} rijen zonder gemeente is de gemeente die van `--municipality`: {0}." ""
        "{value} rows without a municipality have the one of `--municipality`: {0}." ""
    }
    /// Rows of which the point tells the municipality.
    MunicipalityByLocation "municipality-by-location" Note {
        "Van {value} rijen is de gemeente afgeleid uit de ligging: {0}." ""
        "The municipality of {value} rows was derived from their location: {0}." ""
    }
    /// Rows of which the settlement tells the municipality.
    MunicipalityBySettlement "municipality-by-settlement" Note {
        "Van {value} rijen is de gemeente afgeleid uit de plaats: {0}." ""
        "The municipality of {value} rows was derived from their settlement: {0}." ""
    }
    /// Rows of a list of the whole country.
    RowsElsewhere "rows-elsewhere" Note {
        "Rijen van gemeenten buiten Overijssel, die zijn overgeslagen: {value} ({0})." ""
        "Rows of municipalities outside Overijssel, which were passed over: {value} ({0})." ""
    }
    /// Polling places that drive around.
    MobilePollingPlaces "mobile-polling-places" Note {
        "Mobiele stembureaus, die geen plek zijn en zijn overgeslagen: {value}." ""
        "Mobile polling places, which are no place and were passed over: {value}." ""
    }
    /// The name of a settlement in another spelling.
    SettlementRepaired "settlement-repaired" Repaired {
        "Plaats “{value}” is gelezen als {0}." "" "The settlement “{value}” was read as {0}." ""
    }
    /// A name that is close to that of a settlement.
    SettlementMisspelt "settlement-misspelt" Note {
        "“{value}” is geen kern van {0}; bedoelt u {1}?" "Schrijf de plaats dan zo. Anders krijgt de plek geen gebied op de kaart."
        "“{value}” is no settlement of {0}; is {1} meant?" "Then write it so. Otherwise the place gets no area on the map."
    }
    /// A settlement, and of another municipality.
    SettlementElsewhere "settlement-elsewhere" Note {
        "“{value}” is geen kern van {0}, wel van {1}." "Kijk na of plaats en gemeente kloppen."
        "“{value}” is no settlement of {0} but of {1}." "Check that settlement and municipality are right."
    }
    /// A name of no settlement.
    SettlementUnknown "settlement-unknown" Note {
        "“{value}” is geen kern van {0} die we kennen." "Kijk na of de naam klopt; de plek krijgt zo geen gebied op de kaart."
        "“{value}” is no settlement of {0} that is known." "Check that the name is right; the place gets no area on the map this way."
    }
    /// A list that is said to be complete, with another number of places than are known.
    InventoryDisagrees "inventory-disagrees" Refused {
        "De lijst van {value} geldt nog niet als volledig: {0} plekken opgegeven, {1} bekend, {2} rijen niet overgenomen."
        "Herstel de rijen die niet zijn overgenomen, vul aan wat ontbreekt of meld wat dicht is, en lees het bestand opnieuw in."
        "The list of {value} does not count as complete yet: {0} places stated, {1} known, {2} rows left out."
        "Correct the rows that were left out, add what is missing or say what is closed, and import the file again."
    }
    /// A list that is said to be complete without a number, and of which rows were not taken or places are missing.
    InventoryNotCounted "inventory-not-counted" Refused {
        "De lijst van {value} geldt nog niet als volledig: {2} rijen niet overgenomen, en {0} van de {1} bekende plekken staan er niet in."
        "Herstel de rijen die niet zijn overgenomen, vul aan wat ontbreekt of meld wat dicht is, en lees het bestand opnieuw in."
        "The list of {value} does not count as complete yet: {2} rows left out, and {0} of the {1} known places are not in it."
        "Correct the rows that were left out, add what is missing or say what is closed, and import the file again."
    }
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
    /// Something else than a yes or a no about consent.
    ConsentUnclear "consent-unclear" Refused {
        "Hier staat iets anders dan ja of nee; dat telt als geen toestemming, dus van deze plek wordt niets openbaar."
        "Zet er ja als de plek toestemming gaf, en anders nee."
        "Something other than yes or no stands here; it counts as no consent, so nothing of this place is published."
        "Write yes where the place gave its consent, and no otherwise."
    }
    /// A file of answers that does not ask for consent.
    NoConsentColumn "no-consent-column" Note {
        "Er is geen kolom “toestemming”: van geen enkele plek wordt iets openbaar, alleen totalen worden geteld."
        "Zet in een kolom “toestemming” ja bij de plekken die toestemming gaven."
        "There is no column “consent”: nothing of any place is published, only totals are counted."
        "Write yes in a column “consent” for the places that gave theirs."
    }
    /// Not an answer to the question.
    SurveyAnswer "survey-answer" Refused {
        "Wat hier staat, is geen antwoord op de vraag “{0}” en telt niet mee." "Kies uit: {1}."
        "What stands here is no answer to the question “{0}” and is not counted." "Choose from: {1}."
    }
    /// Neither yes nor no to one answer.
    SurveyTick "survey-tick" Refused {
        "Wat hier staat bij de vraag “{0}”, is geen ja en geen nee en telt niet mee." "Schrijf ja of nee."
        "What stands here at the question “{0}” is neither yes nor no and is not counted." "Write yes or no."
    }
    /// A column of a person or of open answers.
    PersonalColumn "personal-column" Note {
        "Kolom “{value}” gaat over een persoon of is een open antwoord; ze is niet gelezen en nergens bewaard." ""
        "Column “{value}” is about a person or holds open answers; it was neither read nor kept." ""
    }
    /// A list of which the names have slid along the addresses.
    RowsShifted "rows-shifted" Refused {
        "“{value}”: {0} rijen van deze gemeente noemen het adres van de plek in de rij ernaast; het bestand is verschoven, en geen van haar rijen is overgenomen."
        "Zet namen en adressen weer naast elkaar, en lees het bestand opnieuw in."
        "“{value}”: {0} rows of this municipality tell the address of the place in the row beside it; the file has slid, and none of its rows was taken."
        "Put names and addresses side by side again, and import the file once more."
    }
    /// A table of which the values have slid along the headings.
    ColumnsShifted "columns-shifted" Refused {
        "De waarden staan een kolom naast hun kop: onder “{value}” staat in {0} rijen wat onder “{1}” hoort. Er is niets overgenomen." "Zet elke waarde onder haar kop, en lees het bestand opnieuw in."
        "The values stand a column beside their headings: below “{value}” {0} rows have what belongs below “{1}”. Nothing was taken." "Put each value below its heading, and import the file once more."
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
    /// Something of a place that a questionnaire does not make public.
    ColumnNotServed "column-not-served" Note {
        "Kolom “{value}” is niet gelezen: uit een vragenlijst worden per plek alleen soort, rechtsvorm, voorzieningen en activiteiten openbaar."
        ""
        "Column “{value}” was not read: of a questionnaire only kind, legal form, facilities and activities of a place are published."
        ""
    }
    /// A sheet in which nothing is asked.
    SheetWithoutQuestions "sheet-without-questions" Note {
        "Blad of bestand “{value}” is niet gelezen: er is geen kolom “toestemming” en geen kolom van een vraag."
        "Zet de koppen in de eerste rij."
        "Sheet or file “{value}” was not read: it has neither a column “consent” nor one of a question."
        "Put the headings in the first row."
    }
    /// A file of answers in which nobody answers anything: it would take back all that was said before.
    NoAnswers "no-answers" Refused {
        "Er is geen enkele rij met antwoorden; er is niets overgenomen en niets ingetrokken."
        "Kijk na of dit het goede bestand is, en of de koppen in de eerste rij staan."
        "There is no row with answers; nothing was taken and nothing taken back."
        "Check that this is the right file, and that the headings are in the first row."
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
    /// A questionnaire of before the one that was taken.
    OlderQuestionnaire "older-questionnaire" Refused {
        "Deze vragenlijst is van {0}, en die van {1} is al ingelezen; er is niets overgenomen."
        "Is dit toch de nieuwste, laat `--date` dan weg of geef een latere dag."
        "This questionnaire is of {0}, and the one of {1} has been taken already; nothing was taken."
        "If this is the newest after all, leave `--date` out or give a later day."
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
    /// A place that was taken out for somebody's privacy.
    Withdrawn "withdrawn" Refused {
        "De plek “{value}” is teruggetrokken om iemands privacy; de hele rij is niet overgenomen."
        "Laat de rij weg. Is het een andere plek, geef haar dan een naam waaraan dat te zien is."
        "The place “{value}” was withdrawn for somebody's privacy; the whole row was left out."
        "Leave the row out. If it is another place, give it a name that shows so."
    }
    /// A point in another municipality.
    OutsideMunicipality "outside-municipality" Refused {
        "De coördinaten liggen niet in de gemeente maar {0}; ze zijn niet overgenomen, de rest van de rij wel."
        "Herstel de coördinaten of laat ze leeg; dan worden ze bij het adres gezocht."
        "The coordinates are not in the municipality but {1}; they were left out, the rest of the row was taken."
        "Correct the coordinates or leave them empty; they are then looked up by the address."
    }
    /// A point far from the village.
    OutsideSettlement "outside-settlement" Refused {
        "De coördinaten liggen {0} km buiten de kern {1}; ze zijn niet overgenomen, de rest van de rij wel."
        "Herstel de coördinaten of laat ze leeg; dan worden ze bij het adres gezocht."
        "The coordinates are {0} km outside the settlement {1}; they were left out, the rest of the row was taken."
        "Correct the coordinates or leave them empty; they are then looked up by the address."
    }
    /// One point for two addresses.
    SharedPoint "shared-point" Refused {
        "Dezelfde coördinaten staan bij een ander adres ({0}); ze zijn niet overgenomen, de rest van de rij wel."
        "Herstel de coördinaten of laat ze leeg; dan worden ze bij het adres gezocht."
        "Another address has the same coordinates ({0}); they were left out, the rest of the row was taken."
        "Correct the coordinates or leave them empty; they are then looked up by the address."
    }
    /// A postcode that is known elsewhere.
    PostcodeElsewhere "postcode-elsewhere" Note {
        "Postcode “{value}” kennen we alleen uit een andere gemeente; het adres is overgenomen." "Kijk na of het klopt."
        "The postcode “{value}” is known in another municipality only; the address was taken." "Check that it is right."
    }
    /// An answer of Overpass that broke off.
    MapIncomplete "map-incomplete" Refused {
        "Overpass zegt dat het antwoord niet volledig is: “{value}”."
        "Stel de vraag opnieuw, met een langere `[timeout:…]` of voor een kleiner gebied."
        "Overpass says that its answer is not complete: “{value}”."
        "Ask again, with a longer `[timeout:…]` or for a smaller area."
    }
    /// Elements that cannot be read.
    MapElementUnreadable "map-element-unreadable" Refused {
        "Elementen die niet te lezen zijn en zijn overgeslagen: {value}." "Haal het bestand opnieuw op."
        "Elements that could not be read and were skipped: {value}." "Fetch the file again."
    }
    /// Ways and relations without a position.
    MapElementNowhere "map-element-nowhere" Refused {
        "Elementen zonder ligging in het bestand, die zijn overgeslagen: {value}."
        "Vraag Overpass met `out center;`, of geef een .osm.pbf waarin ook de knopen staan."
        "Elements without a location in the file, which were skipped: {value}."
        "Ask Overpass with `out center;`, or give a .osm.pbf that has the nodes as well."
    }
    /// Elements in other parts of the world.
    MapElementElsewhere "map-element-elsewhere" Note {
        "Elementen die buiten de gemeenten liggen en zijn overgeslagen: {value}." ""
        "Elements that lie outside the municipalities and were passed over: {value}." ""
    }
    /// Elements without a name.
    MapElementUnnamed "map-element-unnamed" Note {
        "Elementen zonder naam, die zijn overgeslagen: {value}." ""
        "Elements without a name, which were passed over: {value}." ""
    }
    /// An element that was taken before and is not there.
    MapElementsLacking "map-elements-lacking" Note {
        "Elementen van een eerdere kaart die nu niet als plek met een naam op de kaart staan: {value} ({0}). Wat ze zeiden blijft staan, want een kaart kan van één plaats zijn."
        "Horen ze wel op deze kaart te staan, kijk dan na of de plek er nog is."
        "Elements of an earlier map that are not on this one as a place with a name: {value} ({0}). What they said stays, since a map may cover one town only."
        "Where they should be on this map, check whether the place is still there."
    }
    /// A new place in no settlement.
    MapElementWithoutSettlement "map-element-without-settlement" Refused {
        "“{value}” ligt in geen plaats die we kennen, en `addr:city` noemt er geen; het element is niet overgenomen."
        "Vul op de kaart `addr:city` in, of geef de plek op met `noaber ingest places`."
        "“{value}” lies in no settlement that is known, and `addr:city` names none; the element was left out."
        "Fill `addr:city` in on the map, or state the place with `noaber ingest places`."
    }
    /// An element that is perhaps a known place.
    MapElementDoubtful "map-element-doubtful" Refused {
        "“{value}” is misschien dezelfde plek als {0}; het element wacht tot iemand dat beslist." "Beslis met `noaber pairs`."
        "“{value}” may be the same place as {0}; the element waits until somebody decides." "Decide with `noaber pairs`."
    }
    /// An element of which a newer map has said something else.
    MapElementOlder "map-element-older" Note {
        "Een nieuwere kaart zegt van “{value}” iets anders; dat blijft gelden." "Haal een nieuwere kaart op."
        "A newer map says something else of “{value}”; that stands." "Fetch a newer map."
    }
    /// An element that was taken for a place that was withdrawn.
    MapElementWithdrawn "map-element-withdrawn" Refused {
        "De plek “{value}” is teruggetrokken om iemands privacy; het element is niet overgenomen." "Er is niets te doen: de plek blijft weg."
        "The place “{value}” was withdrawn for somebody's privacy; the element was left out." "There is nothing to do: the place stays away."
    }
    /// An element whose point is not where the place is.
    MapElementAstray "map-element-astray" Refused {
        "Het punt van “{value}” ligt buiten de gemeente of de kern van die plek, of bij een ander adres; het is niet overgenomen, de rest van het element wel."
        "Kijk na waar de plek ligt, en verbeter de kaart."
        "The point of “{value}” lies outside the municipality or the settlement of that place, or at another address; it was left out, the rest of the element was taken."
        "Check where the place lies, and correct the map."
    }
    /// A feature without a geometry, or with one that encloses nothing.
    AreaMissing "area-missing" Refused {
        "Dit gebied heeft geen geometrie, of een die niets omsluit; het is niet overgenomen." "Haal het bestand opnieuw op, of herstel de geometrie."
        "This area has no geometry, or one that encloses nothing; it was left out." "Fetch the file again, or repair the geometry."
    }
    /// A point, line or curve where an area belongs.
    NotAnArea "not-an-area" Refused {
        "De geometrie is geen vlak met rechte zijden maar {value}; het gebied is niet overgenomen." "Geef een Polygon of MultiPolygon."
        "The geometry is no area with straight edges but {value}; the area was left out." "Give a Polygon or MultiPolygon."
    }
    /// Bytes or text that are no geometry.
    GeometryDamaged "geometry-damaged" Refused {
        "De geometrie is beschadigd; het gebied is niet overgenomen." "Haal het bestand opnieuw op."
        "The geometry is damaged; the area was left out." "Fetch the file again."
    }
    /// A coordinate of an area that is not in the Netherlands, in the system that the file names.
    PositionElsewhere "position-elsewhere" Refused {
        "De positie {value} ligt niet in Nederland, in het stelsel dat het bestand noemt; het gebied is niet overgenomen."
        "Kijk na of het bestand het juiste stelsel noemt: RD (EPSG:28992) in meters, WGS 84 (EPSG:4326) in graden, lengte voor breedte."
        "The position {value} is not in the Netherlands, in the system that the file names; the area was left out."
        "Check that the file names the right system: RD New (EPSG:28992) in metres, WGS 84 (EPSG:4326) in degrees, longitude first."
    }
    /// An outline that crosses or overlaps itself.
    GeometryMended "geometry-mended" Repaired {
        "De geometrie van {value} was niet geldig en is hersteld ({0})." "" "The geometry of {value} was not valid and was mended ({1})." ""
    }
    /// Not a CBS code, or one of another municipality than the row names.
    AreaCodeShape "area-code-shape" Refused {
        "“{value}” is geen CBS-code, of een van een andere gemeente dan deze rij noemt; het gebied is niet overgenomen."
        "Een code ziet eruit als GM0193, WK019310 of BU01931000; de vier cijfers na de letters zijn die van de gemeente."
        "“{value}” is no CBS code, or one of another municipality than this row names; the area was left out."
        "A code looks like GM0193, WK019310 or BU01931000; the four digits behind the letters are those of the municipality."
    }
    /// A wijk, buurt or settlement without a name.
    AreaWithoutName "area-without-name" Refused {
        "Gebied {value} heeft geen naam en is niet overgenomen." "Vul de naam in."
        "Area {value} has no name and was left out." "Fill the name in."
    }
    /// The same code or id twice.
    RepeatedArea "repeated-area" Refused {
        "{value} staat al eerder in de bestanden; alleen de eerste is overgenomen." "Voeg de delen samen tot één gebied, of laat er één staan."
        "{value} stands in the files before; only the first was taken." "Join the parts into one area, or keep one."
    }
    /// Something else than a number of inhabitants.
    InhabitantsShape "inhabitants-shape" Refused {
        "“{value}” is geen aantal inwoners; het aantal is niet overgenomen, het gebied wel." "Schrijf een geheel getal, of -99999999 als het niet bekend is."
        "“{value}” is no number of inhabitants; it was left out, the area was taken." "Write a whole number, or -99999999 where it is not known."
    }
    /// A map that is older than what is known.
    OlderAreas "older-areas" Refused {
        "Dit is de stand van {value}, en laag “{0}” heeft al die van {1}; hij is daar niet overgenomen." "Geef het bestand van een later jaar."
        "This is the state of {value}, and layer “{0}” has that of {1} already; it was not taken there." "Give the file of a later year."
    }
    /// A municipality that was of Overijssel in another year.
    MunicipalityOfOtherYear "municipality-of-other-year" Note {
        "{value} was een gemeente in Overijssel en is het niet meer; haar gebieden zijn niet gelezen." "Geef de kaart van een later jaar."
        "{value} was a municipality of Overijssel and is one no longer; its areas were not read." "Give the map of a later year."
    }
    /// Some of ours that a file with most of them does not have.
    MunicipalityMissing "municipality-missing" Note {
        "Niet in dit bestand: {value} gemeente(n) ({0}); wat van hen bekend is blijft staan." "Is een gemeente samengevoegd of hernummerd, dan is een nieuwe versie van noaber nodig."
        "Not in this file: {value} municipality(ies) ({0}); what is known of them stays." "If one was merged or renumbered, a new version of noaber is needed."
    }
    /// A border of another division than ours.
    BorderOverlaps "border-overlaps" Refused {
        "De grens van {value} valt over {0}, dat niet in het bestand staat; grens en inwoners van {value} zijn niet overgenomen."
        "Na een herindeling is een nieuwe versie van noaber nodig; geef tot dan de kaart van het jaar ervoor."
        "The border of {value} covers {0}, which is not in the file; border and inhabitants of {value} were left out."
        "After municipalities were merged a new version of noaber is needed; until then give the map of the year before."
    }
    /// Areas that are not in the file, of a municipality of which a row was refused.
    AreasKept "areas-kept" Note {
        "Van gemeente {value} is een rij op het niveau {0} geweigerd; daarom blijven {1} gebieden van dat niveau staan die het bestand niet heeft."
        "Herstel de geweigerde rijen en lees het bestand opnieuw in."
        "A row of municipality {value} at level {0} was refused; so {1} areas of that level stay that the file does not have."
        "Correct the rows that were refused and import the file again."
    }
    /// A layer of which a part is of another day.
    LayerOfSeveralDates "layer-of-several-dates" Note {
        "Van laag “{0}” zijn {2} van de {3} gebieden nu van {value}, de andere van {1} of later; de datum van de laag blijft de oudste, {1}."
        "Geef een kaart met alle gemeenten en alle niveaus in één keer; dan krijgt de laag de nieuwe datum."
        "Of layer “{0}” {2} of {3} areas are of {value} now, the others of {1} or later; the date of the layer stays the oldest, {1}."
        "Give a map of all municipalities and all levels in one go; the layer then gets the new date."
    }
    /// A place that a new border leaves outside its municipality.
    PlaceOutsideBorder "place-outside-border" Note {
        "De plek “{value}” ligt buiten de nieuwe grens van {0}; ze is niet verplaatst." "Kijk na of haar gemeente of haar ligging nog klopt."
        "The place “{value}” lies outside the new border of {0}; it was not moved." "Check whether its municipality or its location is still right."
    }
    /// An id of TOP10NL in another form.
    OutlineId "outline-id" Refused {
        "“{value}” is geen lokaalID van TOP10NL; de plaats is niet overgenomen." "Een lokaalID is een getal, zoals 103070644."
        "“{value}” is no lokaalID of TOP10NL; the settlement was left out." "A lokaalID is a number, such as 103070644."
    }
    /// A typeGebied that is not known.
    SettlementKindUnknown "settlement-kind-unknown" Refused {
        "“{value}” is geen soort plaats die we kennen; de plaats is niet overgenomen." "Kies uit: {0}."
        "“{value}” is no kind of settlement that is known; the settlement was left out." "Choose from: {0}."
    }
    /// A settlement that is gone, to which the location of a place refers.
    SettlementKept "settlement-kept" Note {
        "Plaats {value} staat niet meer in het bestand, maar de ligging van {0} verwijst ernaar; de omtrek blijft staan, zonder inwoners." "Geef die plek een adres of een andere ligging."
        "Settlement {value} is no longer in the file, but the location of {0} refers to it; its outline stays, without inhabitants." "Give that place an address or another location."
    }
}

impl Rule {
    /// Whether somebody has to decide what is meant.
    pub(crate) fn is_doubtful(self) -> bool {
        matches!(self, Self::DoubtfulPair | Self::MapElementDoubtful | Self::MisspeltHeading | Self::SettlementMisspelt)
    }

    /// Whether its sentence says something else of each record, so that one cannot stand for all.
    pub(crate) fn is_told_singly(self) -> bool {
        self.is_doubtful()
            || matches!(self, Self::Recognised | Self::Overruled | Self::DuplicateHeading | Self::StatusesDisagree)
    }

    /// Whether it is about a heading, and so each time in another column.
    pub(crate) fn is_of_headings(self) -> bool {
        matches!(self, Self::UnknownHeading | Self::HeadingNotExplained | Self::PersonalColumn | Self::ColumnNotServed)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn each_code_is_its_own_and_in_kebab_case() {
        let codes: HashSet<&str> = Rule::ALL.iter().map(|rule| rule.code()).collect();
        assert_eq!(codes.len(), Rule::ALL.len());
        assert!(codes.iter().all(|code| code.chars().all(|c| c.is_ascii_lowercase() || c == '-')), "{codes:?}");
    }

    #[test]
    fn every_refusal_says_what_to_do_and_both_languages_use_the_same_details() {
        for rule in Rule::ALL {
            let [nl, en] = [Language::Nl, Language::En].map(|language| (rule.message(language), rule.remedy(language)));
            assert_eq!(nl.1.is_empty(), en.1.is_empty(), "{}", rule.code());
            assert!(rule.severity() != Severity::Refused || !nl.1.is_empty(), "{}", rule.code());
            for detail in ["{value}", "{0}", "{1}", "{2}", "{3}"] {
                // The details that are themselves phrases, in either language.
                if [Rule::OutsideMunicipality, Rule::GeometryMended, Rule::Overruled, Rule::NothingToClear]
                    .contains(rule)
                {
                    continue;
                }
                let uses = |(message, remedy): (&str, &str)| message.contains(detail) || remedy.contains(detail);
                assert_eq!(uses(nl), uses(en), "{} {detail}", rule.code());
            }
        }
    }
}
