//! The meeting places.

use super::{
    collection::{Collection, Geometry, Shape},
    column::{Kind, Role},
    common::{self, Of},
    value::Value,
};
use crate::{
    edition::{Direction, Edition, NodeId, PlaceFilter, PlaceOrderField},
    model::{Address, Cell, Language, Location, PLAIN, Place, PlainField, PlainKind, vocabulary},
    spatial::Wgs84,
};

fn facts(edition: &Edition, place: u32) -> &Place {
    &edition.place(place).facts
}

fn address(edition: &Edition, place: u32) -> Option<&Address> {
    facts(edition, place).address.as_ref()
}

fn location(edition: &Edition, place: u32) -> Option<&Location> {
    facts(edition, place).location.as_ref()
}

fn point(edition: &Edition, place: u32) -> Option<Wgs84> {
    location(edition, place).map(|at| Wgs84 { lon: at.lon, lat: at.lat })
}

/// A column that `model` already has.
fn plain(field: &'static PlainField) -> Of {
    let kind = match field.kind {
        PlainKind::Text => Kind::Text,
        PlainKind::Site => Kind::Url,
        PlainKind::Number => Kind::Integer,
        PlainKind::Is => Kind::Boolean,
        PlainKind::Term(list) => Kind::Term(list),
    };
    Of::new(field.name, kind, [field.nl, field.en], [field.meaning_nl, field.meaning_en], move |edition, place| {
        match (field.of)(facts(edition, place)) {
            Cell::Unknown => Value::Unknown,
            Cell::Text(text) => Value::Text(text.into()),
            Cell::Site(text) => Value::Url(text.into()),
            Cell::Number(number) => Value::Integer(number.into()),
            Cell::Is(is) => Value::Boolean(is),
            Cell::Term(list, name) => Value::Term(list, name),
        }
    })
}

/// Places with what is known of them. In the order of `/places.csv`: what is added stands at the end, behind the edition.
pub(super) fn collection() -> Collection {
    let mut columns = vec![common::id(|edition, place| NodeId::Place(facts(edition, place).key.clone()).to_string())];
    columns.extend(identity());
    columns.extend(common::municipality(|edition, place| {
        Some(&edition.municipality(edition.place(place).municipality).facts)
    }));
    columns.extend(whereabouts());
    columns.extend(offer());
    columns.extend(PLAIN.iter().map(plain));
    columns.push(Of::new(
        "updatedAt",
        Kind::DateTime,
        ["bijgewerkt", "updated"],
        ["wanneer een feit hier voor het laatst veranderde", "when a fact last changed in this data"],
        |edition, place| Value::DateTime(facts(edition, place).updated_at),
    ));
    columns.extend(common::provenance(sources, layers));
    columns.extend(later());
    Collection {
        name: "places",
        title: ["Ontmoetingsplekken", "Meeting places"].into(),
        description: [
            "Sociale ontmoetingsplekken in Overijssel: kulturhus, dorpshuis, buurthuis, wijkcentrum, MFA; leeg is niet bekend.",
            "Social meeting places in Overijssel: kulturhus, dorpshuis, buurthuis, wijkcentrum, MFA; empty is not known.",
        ]
        .into(),
        shape: Some(Shape::Point),
        columns,
        rows: |edition| edition.places().len(),
        listed: |edition| {
            let open = edition.select(&PlaceFilter::default()).certain;
            edition.sorted(&open, PlaceOrderField::Municipality, Direction::Asc)
        },
        geometry: |edition, place| point(edition, place).map(Geometry::Point),
        layers,
        sources,
    }
}

fn layers(edition: &Edition, place: u32) -> Vec<&crate::model::Layer> {
    edition.layers_of([place])
}

fn sources(edition: &Edition, place: u32) -> Vec<(&crate::model::Source, &[String])> {
    edition.sources_of(place).collect()
}

fn identity() -> [Of; 7] {
    [
        Of::new(
            "name",
            Kind::Text,
            ["naam", "name"],
            ["zoals de plek zich noemt", "what it calls itself"],
            |edition, place| Value::text(&facts(edition, place).name),
        ),
        Of::new(
            "alternativeNames",
            Kind::Texts,
            ["andere namen", "other names"],
            ["andere en vroegere namen", "other and earlier names"],
            |edition, place| Value::texts(&facts(edition, place).alternative_names),
        ),
        Of::new(
            "kind",
            Kind::term::<vocabulary::PlaceKind>(),
            ["soort", "kind"],
            ["soort plek, in de woorden van het onderzoek", "kind of place, in the words of the report"],
            |edition, place| Value::term(facts(edition, place).kind),
        ),
        Of::of(
            (Role::Label, "kindLabel", Kind::Words),
            ["soort in woorden", "kind in words"],
            ["de soort in woorden", "the kind in words"],
            |edition, place| Value::label(facts(edition, place).kind),
        ),
        Of::new(
            "kindBasis",
            Kind::term::<vocabulary::KindBasis>(),
            ["grondslag van de soort", "basis of the kind"],
            ["of een bron de soort noemt, of de naam", "whether a source says the kind, or its name does"],
            |edition, place| Value::term(facts(edition, place).kind_basis),
        ),
        Of::new(
            "status",
            Kind::term::<vocabulary::PlaceStatus>(),
            ["status", "status"],
            [
                "open, gepland of gesloten; leeg: niets recents bevestigt het",
                "open, planned or closed; empty: nothing recent confirms it",
            ],
            |edition, place| Value::term(facts(edition, place).status),
        ),
        Of::new(
            "lastConfirmed",
            Kind::PartialDate,
            ["laatst bevestigd", "last confirmed"],
            [
                "datum van de nieuwste gedateerde bron, zo precies als bekend",
                "date of the newest dated source, as precise as it is known",
            ],
            |edition, place| Value::partial_date(facts(edition, place).last_confirmed.as_ref()),
        ),
    ]
}

fn whereabouts() -> Vec<Of> {
    let mut columns = vec![
        Of::new(
            "settlement",
            Kind::Text,
            ["plaats", "settlement"],
            ["dorp of stad, zoals de bron het zegt", "village or town, as the source says it"],
            |edition, place| Value::text(&facts(edition, place).settlement),
        ),
        Of::new(
            "street",
            Kind::Text,
            ["straat", "street"],
            ["leeg: niet bekend", "empty: not known"],
            |edition, place| Value::text(address(edition, place).and_then(|at| at.street.as_ref())),
        ),
        Of::new(
            "houseNumber",
            Kind::Text,
            ["huisnummer", "house number"],
            ["met letter en toevoeging, zoals 12-2: tekst", "with letter and addition, such as 12-2: text"],
            |edition, place| Value::text(address(edition, place).and_then(|at| at.house_number.as_ref())),
        ),
        Of::new(
            "postcode",
            Kind::Text,
            ["postcode", "postcode"],
            ["zoals 7722 AB", "such as 7722 AB"],
            |edition, place| Value::text(address(edition, place).and_then(|at| at.postcode.as_ref())),
        ),
    ];
    columns.extend(common::coordinates(point));
    columns.push(
        Of::new(
            "precision",
            Kind::term::<vocabulary::LocationPrecision>(),
            ["nauwkeurigheid", "precision"],
            [
                "waar het punt voor staat: het adres, of alleen de wijk of kern",
                "what the point stands for: the address, or only the district or village",
            ],
            |edition, place| Value::term(location(edition, place).map(|at| at.precision)),
        )
        .in_csv("location_precision"),
    );
    columns.push(
        Of::new(
            "uncertaintyRadius",
            Kind::number("m"),
            ["onzekerheid (m)", "uncertainty (m)"],
            [
                "hoe ver de plek van het punt kan liggen, meter; 0 bij een adres",
                "how far the place can be from the point, metres; 0 at an address",
            ],
            |edition, place| Value::number(location(edition, place).map(|at| at.uncertainty_radius_m)),
        )
        .in_csv("uncertainty_radius_m"),
    );
    columns
}

fn offer() -> [Of; 2] {
    [
        Of::new(
            "facilities",
            Kind::terms::<vocabulary::FacilityType>(),
            ["voorzieningen", "facilities"],
            ["bekende voorzieningen; leeg: niet bekend welke", "facilities known to be there; empty: not known which"],
            |edition, place| Value::terms(&facts(edition, place).facilities),
        ),
        Of::new(
            "activities",
            Kind::terms::<vocabulary::ActivityType>(),
            ["activiteiten", "activities"],
            [
                "bekende activiteiten; leeg: niet bekend welke",
                "activities known to be held there; empty: not known which",
            ],
            |edition, place| Value::terms(&facts(edition, place).activities),
        ),
    ]
}

fn later() -> [Of; 9] {
    [
        common::slug(|edition, place| &facts(edition, place).key),
        Of::new(
            "address",
            Kind::Text,
            ["adresregel", "address line"],
            ["wat van het adres bekend is", "what is known of the address"],
            {
                |edition, place| {
                    let line = |at: &Address| at.line(&facts(edition, place).settlement);
                    address(edition, place).map_or(Value::Unknown, |at| Value::made(line(at)))
                }
            },
        ),
        Of::new(
            "absentFacilities",
            Kind::terms::<vocabulary::FacilityType>(),
            ["afwezige voorzieningen", "absent facilities"],
            ["waarvan een bron zegt dat ze er niet zijn", "stated by a source not to be there"],
            |edition, place| Value::terms(&facts(edition, place).absent_facilities),
        ),
        Of::new(
            "absentActivities",
            Kind::terms::<vocabulary::ActivityType>(),
            ["afwezige activiteiten", "absent activities"],
            ["waarvan een bron zegt dat ze er niet zijn", "stated by a source not to be held there"],
            |edition, place| Value::terms(&facts(edition, place).absent_activities),
        ),
        Of::new(
            "openingHoursText",
            Kind::Words,
            ["openingstijden in woorden", "opening hours in words"],
            ["leeg: niet bekend, of niet in woorden te zeggen", "empty: not known, or not put into words"],
            |edition, place| {
                let told = |language| edition.place(place).hours_text(language);
                let both = told(Language::Nl).zip(told(Language::En));
                both.map_or(Value::Unknown, |(nl, en)| Value::Words([nl.into(), en.into()]))
            },
        ),
        Of::new(
            "confirmedFrom",
            Kind::Date,
            ["bevestigd vanaf", "confirmed from"],
            ["eerste dag die de laatste bevestiging kan zijn", "the first day that the last confirmation can be"],
            |edition, place| Value::date(facts(edition, place).last_confirmed.as_ref().map(|date| date.first_day())),
        ),
        Of::new(
            "confirmedTo",
            Kind::Date,
            ["bevestigd tot en met", "confirmed to"],
            ["laatste dag die de laatste bevestiging kan zijn", "the last day that the last confirmation can be"],
            |edition, place| Value::date(facts(edition, place).last_confirmed.as_ref().map(|date| date.last_day())),
        ),
        Of::new(
            "settlementAreaId",
            Kind::Text,
            ["kern-id", "settlement id"],
            ["id van de fijnste bekende kern: zie settlements", "id of the finest settlement known: see settlements"],
            |edition, place| {
                let area = edition.place(place).settlement;
                area.map_or(Value::Unknown, |area| {
                    Value::made(NodeId::Settlement(edition.settlement(area).facts.id.clone()).to_string())
                })
            },
        ),
        Of::new(
            "neighbourhoodCode",
            Kind::Text,
            ["wijk- of buurtcode", "neighbourhood code"],
            [
                "CBS-code van de fijnste wijk of buurt die de plek zeker bevat",
                "CBS code of the finest wijk or buurt that surely holds it",
            ],
            |edition, place| {
                let area = edition.place(place).neighbourhood;
                area.map_or(Value::Unknown, |area| Value::Text(edition.neighbourhood(area).facts.code.as_str().into()))
            },
        ),
    ]
}
