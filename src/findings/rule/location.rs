//! Where a place is: its municipality, settlement, address and point.

macro_rules! location {
    ([$next:ident $($later:ident)*] $($before:tt)*) => { $next! { [$($later)*] $($before)*
        /// A file of several municipalities that says that each row is the word of its own.
        SeveralMunicipalities "several-municipalities" Note {
            "Dit bestand gaat over {value}; elke rij telt als opgave van haar eigen gemeente."
            "Is het de opgave van één gemeente, haal de andere rijen dan weg, of geef met `--by` aan van wie de lijst is."
            "This file is about {value}; each row counts as stated by its own municipality."
            "If it is the word of one, remove the other rows, or say with `--by` whose list it is."
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
    } };
}
pub(super) use location;
