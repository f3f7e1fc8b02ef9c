//! Borders and outlines of municipalities, wijken and settlements.

macro_rules! area {
    ([$next:ident $($later:ident)*] $($before:tt)*) => { $next! { [$($later)*] $($before)*
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
    } };
}
pub(super) use area;
