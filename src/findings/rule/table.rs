//! What a table is read by: sheets, headings, hidden and merged cells, formulas.

macro_rules! table {
    ([$next:ident $($later:ident)*] $($before:tt)*) => { $next! { [$($later)*] $($before)*
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
    } };
}
pub(super) use table;
