//! What a search finds.

use std::sync::Arc;

use async_graphql::{Object, SimpleObject, Union};

use super::{
    Activity, ActivityTypeInfo, FacilityTypeInfo, GeoPoint, Municipality, Neighbourhood, Place, Settlement, int,
};
use crate::{
    edition::{Edition, Hit, Node},
    graphql::hot::{FieldPlan, Hot, Selected, Write},
    model::Postcode,
};

/// What a search finds (zoekresultaat).
#[derive(Union)]
pub enum SearchHit {
    /// A place.
    Place(Place),
    /// An activity at a place.
    Activity(Activity),
    /// A municipality.
    Municipality(Municipality),
    /// A neighbourhood.
    Neighbourhood(Neighbourhood),
    /// A settlement.
    Settlement(Settlement),
    /// A type of facility.
    FacilityTypeInfo(FacilityTypeInfo),
    /// A type of activity.
    ActivityTypeInfo(ActivityTypeInfo),
    /// A postcode.
    PostcodeHit(PostcodeHit),
    /// A street.
    StreetHit(StreetHit),
}

impl SearchHit {
    /// What was found.
    pub fn new(edition: &Arc<Edition>, hit: Hit) -> Option<Self> {
        Some(match hit {
            Hit::Node(Node::Place(index)) => Self::Place(Place::new(edition, index)),
            Hit::Node(Node::Activity(index)) => Self::Activity(Activity::new(edition, index)),
            Hit::Node(Node::Municipality(index)) => Self::Municipality(Municipality::new(edition, index)),
            Hit::Node(Node::Neighbourhood(index)) => Self::Neighbourhood(Neighbourhood::new(edition, index)),
            Hit::Node(Node::Settlement(index)) => Self::Settlement(Settlement::new(edition, index)),
            Hit::Facility(term) => Self::FacilityTypeInfo(FacilityTypeInfo::of(edition, term)),
            Hit::Activity(term) => Self::ActivityTypeInfo(ActivityTypeInfo::of(edition, term)),
            Hit::Street(index) => Self::StreetHit(StreetHit { edition: edition.clone(), index }),
            Hit::Postcode(postcode) => Self::PostcodeHit(PostcodeHit::of(edition, &postcode)?),
        })
    }
}

/// A postcode (postcode), known by its outline or by places that have it.
#[derive(SimpleObject)]
pub struct PostcodeHit {
    /// The postcode, `7411 AB` or `7411`.
    postcode: String,
    /// The middle of its outline, else of the known addresses with it (midden).
    location: GeoPoint,
    /// How many places that are not closed have it (aantal plekken).
    place_count: i32,
}

impl PostcodeHit {
    fn of(edition: &Edition, postcode: &Postcode) -> Option<Self> {
        let area = edition.postcode(postcode)?;
        let middle = area.middle.to_wgs84();
        Some(Self {
            postcode: postcode.to_string(),
            location: GeoPoint::at(middle.lon, middle.lat),
            place_count: int(edition.not_closed(&area.places)),
        })
    }
}

/// A street in which places stand.
pub struct StreetHit {
    edition: Arc<Edition>,
    index: u32,
}

/// A street in which places stand (straat).
#[Object]
impl StreetHit {
    /// Its name (straatnaam).
    async fn street(&self) -> &str {
        &self.edition.street(self.index).name
    }

    /// Village or town (plaats), as the places have it.
    async fn settlement(&self) -> &str {
        &self.edition.street(self.index).settlement
    }

    /// Its municipality (gemeente).
    async fn municipality(&self) -> Municipality {
        Municipality::new(&self.edition, self.edition.street(self.index).municipality)
    }

    /// How many places that are not closed stand in it (aantal plekken).
    async fn place_count(&self) -> i32 {
        int(self.edition.not_closed(&self.edition.street(self.index).places))
    }
}

impl Hot for SearchHit {
    /// It has no field of its own.
    fn plan(_: &FieldPlan<'_>) -> Option<Write<Self>> {
        None
    }

    fn write(selected: &Selected<'_>) -> Option<Write<Self>> {
        let place = Place::write(selected)?;
        let activity = Activity::write(selected)?;
        let municipality = Municipality::write(selected)?;
        let neighbourhood = Neighbourhood::write(selected)?;
        let settlement = Settlement::write(selected)?;
        let facility = FacilityTypeInfo::write(selected)?;
        let activity_type = ActivityTypeInfo::write(selected)?;
        let postcode = PostcodeHit::write(selected)?;
        let street = StreetHit::write(selected)?;
        Some(Box::new(move |hit, json| match hit {
            Self::Place(found) => place(found, json),
            Self::Activity(found) => activity(found, json),
            Self::Municipality(found) => municipality(found, json),
            Self::Neighbourhood(found) => neighbourhood(found, json),
            Self::Settlement(found) => settlement(found, json),
            Self::FacilityTypeInfo(found) => facility(found, json),
            Self::ActivityTypeInfo(found) => activity_type(found, json),
            Self::PostcodeHit(found) => postcode(found, json),
            Self::StreetHit(found) => street(found, json),
        }))
    }
}

impl Hot for PostcodeHit {
    fn plan(field: &FieldPlan<'_>) -> Option<Write<Self>> {
        Some(match field.name {
            "postcode" => Box::new(|hit, json| json.text(&hit.postcode)),
            "location" => {
                let write = field.object::<GeoPoint>()?;
                Box::new(move |hit, json| write(&hit.location, json))
            }
            "placeCount" => Box::new(|hit, json| json.int(hit.place_count)),
            _ => return None,
        })
    }
}

impl Hot for StreetHit {
    fn plan(field: &FieldPlan<'_>) -> Option<Write<Self>> {
        Some(match field.name {
            "street" => Box::new(|hit, json| json.text(&hit.edition.street(hit.index).name)),
            "settlement" => Box::new(|hit, json| json.text(&hit.edition.street(hit.index).settlement)),
            "municipality" => {
                let write = field.object::<Municipality>()?;
                Box::new(move |hit, json| {
                    write(&Municipality::new(&hit.edition, hit.edition.street(hit.index).municipality), json);
                })
            }
            "placeCount" => {
                Box::new(|hit, json| json.int(int(hit.edition.not_closed(&hit.edition.street(hit.index).places))))
            }
            _ => return None,
        })
    }
}
