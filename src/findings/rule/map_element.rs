//! Elements of OpenStreetMap.

macro_rules! map_element {
    ([$next:ident $($later:ident)*] $($before:tt)*) => { $next! { [$($later)*] $($before)*
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
    } };
}
pub(super) use map_element;
