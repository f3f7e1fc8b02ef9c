//! What each parameter means and takes, for who describes addresses to programs.

use serde_json::{Value, json};

use super::{Address, Name};
use crate::{
    collections::Words,
    graphql::limits::Limits,
    model::vocabulary::{self, ActivityType, Audience, FacilityType, PlaceKind, PlaceStatus, Term},
};

impl Address {
    /// What it takes, in the order in which it is told.
    pub(in crate::http) fn parameters(self) -> impl Iterator<Item = Name> {
        self.takes()
    }
}

impl Name {
    /// Whether it has several values, with commas between.
    pub(in crate::http) fn has_several(self) -> bool {
        self.is_list() || matches!(self, Self::Bbox | Self::Near)
    }

    /// What it is, a line without a full stop.
    pub(in crate::http) fn meaning(self) -> Words {
        Words::from(match self {
            Self::Accent => ["kleur, zes hexadecimale cijfers", "colour, six hexadecimal digits"],
            Self::Activity => ["een van deze activiteiten", "one of these activities"],
            Self::AfterId => ["id van het laatste item dat er is", "id of the last item that is there"],
            Self::AfterTimestamp => ["moment van het laatste item dat er is", "moment of the last item that is there"],
            Self::Age => ["geschikt voor deze leeftijd, jaren", "for this age, years"],
            Self::Audience => ["voor een van deze doelgroepen", "for one of these audiences"],
            Self::Basemap => ["de ondergrond van de kaart", "the ground of the map"],
            Self::Bbox => ["west,zuid,oost,noord in graden (CRS84)", "west,south,east,north in degrees (CRS84)"],
            Self::Coverage => {
                ["teken wat binnen zoveel meter van een plek ligt", "draw what is within so many metres of a place"]
            }
            Self::Crs => ["EPSG-code van de coördinaten", "EPSG code of the coordinates"],
            Self::Distance => ["bereik in meters, hemelsbreed", "reach in metres, in a straight line"],
            Self::Edition => ["editie; zonder komt de nieuwste", "edition; without it the newest"],
            Self::Example => ["een voorbeeldvraag", "a documented query"],
            Self::Facility => ["een van deze voorzieningen is genoemd", "one of these facilities is listed"],
            Self::Font => ["lettertype", "typeface"],
            Self::Format => ["`nl`: zoals een Nederlands rekenblad het opent", "`nl`: as a Dutch spreadsheet opens it"],
            Self::Free => ["gratis of niet", "free or not"],
            Self::Full | Self::FullService => ["met alles wat erbij hoort", "with all that belongs to it"],
            Self::Geolocation => ["met of zonder de plaats van de bezoeker", "with or without where the visitor is"],
            Self::HsdsFormat => ["JSON of een regel per item", "JSON or a line for each item"],
            Self::Height => ["hoogte in pixels", "height in pixels"],
            Self::Kind => ["een van deze soorten", "one of these kinds"],
            Self::Labels => ["welke namen erbij staan", "which names are written"],
            Self::Lang => ["taal", "language"],
            Self::Minimal => ["alleen id en wijziging", "id and change only"],
            Self::ModifiedAfter => ["gewijzigd na dit moment", "changed after this moment"],
            Self::Municipality => ["gemeenten: CBS-code, naam of webnaam", "municipalities: CBS code, name or slug"],
            Self::Near => [
                "lengte,breedte in graden: het dichtstbijzijnde eerst",
                "longitude,latitude in degrees: the nearest first",
            ],
            Self::On => ["op deze dag", "on this day"],
            Self::OrganizationId => ["van deze organisatie", "of this organization"],
            Self::PerPage => ["items op een bladzijde", "items on a page"],
            Self::Postcode => ["postcode, in plaats van een punt", "postcode, instead of a point"],
            Self::Proximity => ["meters rond de postcode", "metres around the postcode"],
            Self::Page => ["bladzijde, vanaf 1", "page, from 1"],
            Self::Query => ["een vraag in GraphQL", "a query in GraphQL"],
            Self::Radius => ["meters rond `near`, hemelsbreed", "metres around `near`, in a straight line"],
            Self::Scale => ["pixels per honderd", "pixels for each hundred"],
            Self::Search => ["woorden", "words"],
            Self::Since => ["sinds deze editie", "since this edition"],
            Self::Settlement => [
                "een kern met wat erbij hoort: webnaam, TOP10NL-id of naam",
                "a settlement with its parts: slug, TOP10NL id or name",
            ],
            Self::Status => [
                "een van deze statussen; gesloten plekken komen alleen zo",
                "one of these; closed places come with it only",
            ],
            Self::TaxonomyId => ["met een term van deze woordenlijst", "with a term of this vocabulary"],
            Self::TaxonomyTermId => ["met deze term", "with this term"],
            Self::Text => ["woorden; tikfouten mogen", "words; typing errors are found"],
            Self::Theme => [
                "gemeenten naar een cijfer: bekende plekken per 10.000 inwoners, of het deel van de inwoners dat dichtbij woont",
                "municipalities by a figure: known places per 10,000 inhabitants, or the share of inhabitants who live nearby",
            ],
            Self::Title => ["opschrift", "heading"],
            Self::Variables => ["variabelen van de vraag, als JSON", "variables of the query, as JSON"],
            Self::Week => ["eerste van zeven dagen", "first of seven days"],
            Self::Weekday => ["op een van deze dagen", "on one of these days"],
            Self::Width => ["breedte in pixels", "width in pixels"],
            Self::Without => [
                "laag die weggelaten wordt, zoals openstreetmap; niet samen met `edition`",
                "layer to leave out, such as openstreetmap; not together with `edition`",
            ],
        })
    }

    /// Its type, as JSON Schema has it.
    pub(in crate::http) fn schema(self) -> Value {
        let most = Limits::default().max_distance_m;
        let metres = || json!({ "type": "number", "minimum": 0, "exclusiveMinimum": true, "maximum": most });
        match self {
            Self::Activity => terms::<ActivityType>(),
            Self::Audience => terms::<Audience>(),
            Self::Facility => terms::<FacilityType>(),
            Self::Kind => terms::<PlaceKind>(),
            Self::Status => terms::<PlaceStatus>(),
            Self::Weekday => list(json!({ "type": "string", "enum": ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] })),
            Self::Municipality => list(json!({ "type": "string" })),
            Self::Bbox => json!({ "type": "array", "minItems": 4, "maxItems": 4, "items": { "type": "number" } }),
            Self::Near => json!({ "type": "array", "minItems": 2, "maxItems": 2, "items": { "type": "number" } }),
            Self::Distance | Self::Radius | Self::Coverage => metres(),
            Self::Age => json!({ "type": "integer", "minimum": 0, "maximum": 120 }),
            Self::Height | Self::Width | Self::Scale | Self::Page => json!({ "type": "integer", "minimum": 1 }),
            Self::On | Self::Week => json!({ "type": "string", "format": "date" }),
            Self::Text => json!({ "type": "string", "maxLength": 200 }),
            _ => match self.values() {
                Some(values) => json!({ "type": "string", "enum": values }),
                None => json!({ "type": "string" }),
            },
        }
    }
}

fn list(items: Value) -> Value {
    json!({ "type": "array", "minItems": 1, "items": items })
}

fn terms<T: Term>() -> Value {
    let known = vocabulary::all().into_iter().find(|(name, _)| *name == T::VOCABULARY);
    list(json!({ "type": "string", "enum": known.map(|(_, terms)| terms).unwrap_or_default() }))
}
