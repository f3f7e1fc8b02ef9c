//! A meeting place.
//!
//! An oddity: the plain fields are written twice, as resolvers and as plans (`Hot for Place`). The property test finds
//! a difference, not a field that is missing among the plans: that one is answered, slower.

use std::sync::Arc;

use async_graphql::{Context, ID, Object, dataloader::DataLoader};

use super::{
    ActivityConnection, Address, Completeness, Identifier, Location, Municipality, NearestPlaceConnection,
    Neighbourhood, Origin, Settlement, Source, int, limits, missing, municipality::ContactPoint,
};
use crate::{
    edition::{Edition, NodeId, PlaceEntry, PlaceField},
    graphql::{
        error::ApiError,
        hot::{FieldPlan, Hot, Json, Write},
        input::{ActivityFilter, ActivityOrder, PlaceFilter},
        loader::{NotesLoader, NotesOf},
        moment::moment,
        page::PageArgs,
        scalar::{DateTime, GeoJson, PartialDate, Url},
    },
    model::{
        Language,
        vocabulary::{ActivityType, FacilityType, KindBasis, LegalForm, Owner, PlaceKind, PlaceStatus, RunBy},
    },
    store::PlaceNotes,
};

/// A place of an edition.
#[derive(Clone)]
pub struct Place {
    edition: Arc<Edition>,
    index: u32,
}

impl Place {
    /// The place of that index.
    pub fn new(edition: &Arc<Edition>, index: u32) -> Self {
        Self { edition: edition.clone(), index }
    }

    fn entry(&self) -> &PlaceEntry {
        self.edition.place(self.index)
    }

    fn facts(&self) -> &crate::model::Place {
        &self.entry().facts
    }

    fn known_address(&self) -> Option<Address> {
        let facts = self.facts();
        facts.address.as_ref().map(|address| Address {
            street: address.street.clone(),
            house_number: address.house_number.clone(),
            postcode: address.postcode.clone(),
            settlement: facts.settlement.clone(),
            line: address.line(&facts.settlement),
        })
    }

    fn known_location(&self) -> Option<Location> {
        let (location, rd) = self.facts().location.as_ref().zip(self.entry().rd)?;
        Some(Location {
            lon: location.lon,
            lat: location.lat,
            rd: rd.into(),
            precision: location.precision,
            uncertainty_radius: location.uncertainty_radius_m,
            place: self.clone(),
        })
    }

    /// The source of the location.
    ///
    /// # Errors
    /// [`ApiError::Internal`] when there is none, which is checked when an edition is built.
    pub(super) fn location_source(&self) -> Result<Source, ApiError> {
        let mut sources = self.edition.sources_of(self.index);
        let found = sources.find(|(_, fields)| fields.iter().any(|field| field == "location"));
        let (source, fields) = found
            .ok_or_else(|| ApiError::internal(anyhow::anyhow!("the location of {} has no source", self.facts().key)))?;
        Ok(Source::of(source, fields.to_vec()))
    }

    async fn notes(&self, ctx: &Context<'_>) -> Result<Arc<PlaceNotes>, ApiError> {
        let loader = ctx.data::<Arc<DataLoader<NotesLoader>>>().map_err(missing)?;
        let key = NotesOf { place: self.facts().key.clone(), record: self.entry().record() };
        Ok(loader.load_one(key).await?.unwrap_or_default())
    }
}

/// A social meeting place (sociale ontmoetingsplek): kulturhus, dorpshuis, buurthuis, wijkcentrum, MFA. A field that is null is not known, never "no".
#[Object]
impl Place {
    /// Lasting id, for `node(id:)`.
    pub async fn id(&self) -> ID {
        NodeId::Place(self.facts().key.clone()).to_string().into()
    }

    /// Name for an address on the web, unique.
    async fn slug(&self) -> &str {
        &self.facts().key
    }

    /// Name (naam).
    async fn name(&self) -> &str {
        &self.facts().name
    }

    /// Other names it is or was known by (andere namen).
    async fn alternative_names(&self) -> &[String] {
        &self.facts().alternative_names
    }

    /// Kind of place (soort); null: not known.
    async fn kind(&self) -> Option<PlaceKind> {
        self.facts().kind
    }

    /// How the kind is known (grondslag van de soort); null where it is not.
    async fn kind_basis(&self) -> Option<KindBasis> {
        self.facts().kind_basis
    }

    /// Open, planned or closed (status); null: nothing recent confirms it.
    async fn status(&self) -> Option<PlaceStatus> {
        self.facts().status
    }

    /// Date of the newest dated source (laatst bevestigd); null: no source is dated.
    async fn last_confirmed(&self) -> Option<PartialDate> {
        self.facts().last_confirmed.clone().map(PartialDate)
    }

    /// The source behind `lastConfirmed` (bevestigd door), with the fields that it supports; of several of that date the first by id; null: no
    /// source is dated.
    async fn confirmed_by(&self) -> Option<Source> {
        let date = self.facts().last_confirmed.as_ref()?;
        let confirms = |source: &crate::model::Source| {
            source.published.as_ref() == Some(date) && source.layer != crate::model::Layer::OPENSTREETMAP
        };
        let found = self.edition.sources_of(self.index).find(|(source, _)| confirms(source));
        found.map(|(source, fields)| Source::of(source, fields.to_vec()))
    }

    /// Which of its fields are known (volledigheid).
    async fn completeness(&self) -> Completeness {
        let missing = self.entry().missing();
        let total = PlaceField::ALL.len();
        Completeness { known: int((total - missing.len()) as u64), total: int(total as u64), missing }
    }

    /// Its municipality (gemeente).
    async fn municipality(&self) -> Municipality {
        Municipality::new(&self.edition, self.entry().municipality)
    }

    /// Its CBS wijk or buurt (wijk of buurt), the finest that surely holds it; null: the village or district that is known of it lies in several.
    async fn neighbourhood(&self) -> Option<Neighbourhood> {
        self.entry().neighbourhood.map(|index| Neighbourhood::new(&self.edition, index))
    }

    /// Village or town (plaats), as the source says it.
    async fn settlement(&self) -> &str {
        &self.facts().settlement
    }

    /// The finest TOP10NL settlement known for it (kern, wijk of buurt): the smallest outline around an address point, else the one whose
    /// point it has or whose name; null: not known.
    async fn settlement_area(&self) -> Option<Settlement> {
        self.entry().settlement.map(|index| Settlement::new(&self.edition, index))
    }

    /// Address (adres); null: neither street nor postcode is known.
    async fn address(&self) -> Option<Address> {
        self.known_address()
    }

    /// Where it stands (locatie); null: not known.
    async fn location(&self) -> Option<Location> {
        self.known_location()
    }

    /// Facilities known to be there (voorzieningen). An empty list: not known which there are.
    async fn facilities(&self) -> &[FacilityType] {
        &self.facts().facilities
    }

    /// Activities known to be held there (activiteiten). An empty list: not known which there are.
    async fn activities(&self) -> &[ActivityType] {
        &self.facts().activities
    }

    /// Facilities stated not to be there (afwezige voorzieningen).
    async fn absent_facilities(&self) -> &[FacilityType] {
        &self.facts().absent_facilities
    }

    /// What is held there and when (aanbod), by name unless ordered otherwise; what is over is left out as `ActivityFilter` tells. Empty: nothing is known of it.
    #[expect(clippy::too_many_arguments, reason = "they are the arguments of the field")]
    async fn programme(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only activities for which this is TRUE.")] filter: Option<ActivityFilter>,
        #[graphql(desc = "Also activities for which the filter is UNKNOWN.", default_with = "Some(false)")]
        include_unknown: Option<bool>,
        #[graphql(desc = "By name, ascending, when left out.")] order_by: Option<ActivityOrder>,
        #[graphql(desc = "How many items to return from the start, or after `after`; 1 to 100 (default 20).")]
        first: Option<i32>,
        #[graphql(desc = "Cursor before the page.")] after: Option<String>,
        #[graphql(desc = "How many items to return from the end, or before `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Cursor after the page.")] before: Option<String>,
    ) -> Result<ActivityConnection, ApiError> {
        tokio::task::consume_budget().await;
        let args = PageArgs { first, after, last, before };
        let (place, parent) = (Some(self.index), self.facts().key.as_str());
        ActivityConnection::of(ctx, &self.edition, parent, place, filter, include_unknown, order_by, &args)
    }

    /// Activities stated not to be held there (afwezige activiteiten).
    async fn absent_activities(&self) -> &[ActivityType] {
        &self.facts().absent_activities
    }

    /// Whether it organises a cultural programme (cultureel aanbod); null: not known.
    async fn cultural_programme(&self) -> Option<bool> {
        self.facts().cultural_programme
    }

    /// Legal form of the organisation (rechtsvorm); null: not known.
    async fn legal_form(&self) -> Option<LegalForm> {
        self.facts().legal_form
    }

    /// Year of foundation (oprichtingsjaar); null: not known.
    async fn founded_year(&self) -> Option<i32> {
        self.facts().founded_year
    }

    /// Who runs it (beheer), as public sources say; null: not known.
    async fn run_by(&self) -> Option<RunBy> {
        self.facts().run_by
    }

    /// Who owns the building (eigenaar van het gebouw), as public sources say; null: not known.
    async fn owned_by(&self) -> Option<Owner> {
        self.facts().owned_by
    }

    /// Where to ask about the place (contact): a role or an organisation, never a person; null: not known.
    async fn contact(&self) -> Option<ContactPoint> {
        self.facts().contact.as_ref().map(ContactPoint::from)
    }

    /// Opening hours in OpenStreetMap's notation (openingstijden), such as `Mo-Fr 09:00-17:00`; null: not known.
    async fn opening_hours(&self) -> Option<&str> {
        self.facts().opening_hours.as_deref()
    }

    /// Whether it is open at the moment of the request (nu open), in Europe/Amsterdam; null: the hours are not known, or depend on something else,
    /// such as an appointment. A CLOSED or PLANNED place is not open. An answer with this field is kept by no cache beyond the next change.
    async fn open_now(&self, ctx: &Context<'_>) -> Option<bool> {
        let entry = self.entry();
        moment(ctx).read(|now| (entry.is_open(now), entry.next_change(now)))
    }

    /// Whether it is open at a moment (open op), in Europe/Amsterdam; null as for `openNow`.
    async fn is_open(
        &self,
        #[graphql(desc = "The moment, with its offset, such as 2026-12-01T20:00:00+01:00.")] at: DateTime,
    ) -> Option<bool> {
        self.entry().is_open(at.0)
    }

    /// When it next opens (volgende opening), later than `after`; null: not known, or not within two years. Where it is open, the opening after
    /// this one.
    async fn next_opening(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The moment of the request, when left out.")] after: Option<DateTime>,
    ) -> Option<DateTime> {
        let entry = self.entry();
        let next = match after {
            Some(after) => entry.next_opening(after.0),
            None => moment(ctx).read(|now| (entry.next_opening(now), entry.next_change(now))),
        };
        next.map(DateTime)
    }

    /// Opening hours in words (openingstijden in woorden), such as `maandag tot en met vrijdag 9:00 tot 17:00 uur`; null: not known, or of a kind
    /// that is not put into words, such as weeks of the year: see `openingHours`.
    async fn opening_hours_text(
        &self,
        #[graphql(desc = "Language of the words.", default_with = "Some(Language::Nl)")] language: Option<Language>,
    ) -> Option<String> {
        self.entry().hours_text(language.unwrap_or(Language::Nl))
    }

    /// Whether a wheelchair gets in (rolstoeltoegankelijk), mostly as stated for an election day; null: not known.
    async fn wheelchair_accessible(&self) -> Option<bool> {
        self.facts().wheelchair_accessible
    }

    /// By which names other registers know it (kenmerken), as far as a map or an address that was looked up tells; empty: none known.
    async fn identifiers(&self, ctx: &Context<'_>) -> Result<Vec<Identifier>, ApiError> {
        let notes = self.notes(ctx).await?;
        let address = notes.nummeraanduiding.iter().map(|id| Identifier::address(id));
        Ok(address.chain(notes.elements.iter().map(|element| Identifier::element(element))).collect())
    }

    /// Other places that may be the same (mogelijke dubbelen), by id: an import had a record that may be this one or that one, and nobody has decided
    /// yet. Empty: there is no such doubt.
    async fn possible_duplicates(&self, ctx: &Context<'_>) -> Result<Vec<Self>, ApiError> {
        let notes = self.notes(ctx).await?;
        // Deciding on a pair makes no new edition.
        moment(ctx).read(|now| ((), Some(now + chrono::Duration::minutes(1))));
        let edition = &self.edition;
        let mut others: Vec<u32> = notes.others.iter().filter_map(|key| edition.place_by_key(key)).collect();
        if !notes.records.is_empty() {
            let neighbours = edition.municipality(self.entry().municipality).places.iter();
            others.extend(neighbours.filter(|index| notes.records.contains(&edition.place(*index).record())));
        }
        others.retain(|index| *index != self.index);
        others.sort_unstable();
        others.dedup();
        Ok(others.into_iter().map(|index| Self::new(edition, index)).collect())
    }

    /// Its own site (website); null: not known.
    async fn website(&self) -> Option<Url> {
        self.facts().website.clone().map(Url)
    }

    /// When a fact of it last changed in this data (bijgewerkt).
    async fn updated_at(&self) -> DateTime {
        DateTime(self.facts().updated_at)
    }

    /// Where its facts come from (bronnen), each with the fields it supports.
    async fn sources(&self) -> Vec<Source> {
        self.edition.sources_of(self.index).map(|(source, fields)| Source::of(source, fields.to_vec())).collect()
    }

    /// Other places by distance (plekken in de buurt), nearest first, equal distances by id; straight line in the RD plane. Empty where the
    /// location is not known.
    #[expect(clippy::too_many_arguments, reason = "they are the arguments of the field")]
    async fn nearby(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Maximum distance in metres, inclusive.")] max_distance: Option<f64>,
        #[graphql(desc = "Only places for which the filter is TRUE.")] filter: Option<PlaceFilter>,
        #[graphql(desc = "How many items to return from the start, or after `after`; 1 to 100 (default 20).")]
        first: Option<i32>,
        #[graphql(desc = "Cursor before the page.")] after: Option<String>,
        #[graphql(desc = "How many items to return from the end, or before `before`; 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "Cursor after the page.")] before: Option<String>,
    ) -> Result<NearestPlaceConnection, ApiError> {
        tokio::task::consume_budget().await;
        let args = PageArgs { first, after, last, before };
        let parent = self.facts().key.as_str();
        let origin = self.entry().rd.zip(self.facts().location.as_ref());
        let origin = origin.map(|(rd, at)| Origin { rd, uncertainty_m: at.uncertainty_radius_m });
        let (without, limits) = (Some(self.index), limits(ctx)?);
        NearestPlaceConnection::of(
            ctx,
            &self.edition,
            parent,
            origin,
            without,
            max_distance,
            filter,
            false,
            args,
            limits,
        )
    }

    /// This place as one GeoJSON Feature, CRS84; without a location its geometry is null.
    async fn feature(&self) -> GeoJson {
        GeoJson(self.edition.feature(self.index, crate::spatial::Crs::Crs84))
    }
}

impl Hot for Place {
    fn plan(field: &FieldPlan<'_>) -> Option<Write<Self>> {
        Some(match field.name {
            "id" => Box::new(|place, json| json.text(&NodeId::Place(place.facts().key.clone()).to_string())),
            "slug" => Box::new(|place, json| json.text(&place.facts().key)),
            "name" => Box::new(|place, json| json.text(&place.facts().name)),
            "alternativeNames" => {
                Box::new(|place, json| json.list(&place.facts().alternative_names, |json, name| json.text(name)))
            }
            "kind" => Box::new(|place, json| json.maybe(place.facts().kind, Json::term)),
            "kindBasis" => Box::new(|place, json| json.maybe(place.facts().kind_basis, Json::term)),
            "status" => Box::new(|place, json| json.maybe(place.facts().status, Json::term)),
            "lastConfirmed" => Box::new(|place, json| {
                json.maybe(place.facts().last_confirmed.as_ref(), |json, date| json.text(date.as_str()));
            }),
            "municipality" => {
                let write = field.object::<Municipality>()?;
                Box::new(move |place, json| write(&Municipality::new(&place.edition, place.entry().municipality), json))
            }
            "settlement" => Box::new(|place, json| json.text(&place.facts().settlement)),
            "settlementArea" => {
                let write = field.object::<Settlement>()?;
                Box::new(move |place, json| {
                    json.maybe(place.entry().settlement, |json, index| {
                        write(&Settlement::new(&place.edition, index), json);
                    });
                })
            }
            "address" => {
                let write = field.object::<Address>()?;
                Box::new(move |place, json| json.maybe(place.known_address(), |json, address| write(&address, json)))
            }
            "location" => {
                let write = field.object::<Location>()?;
                Box::new(move |place, json| json.maybe(place.known_location(), |json, location| write(&location, json)))
            }
            "facilities" => Box::new(|place, json| json.list(place.facts().facilities.iter().copied(), Json::term)),
            "activities" => Box::new(|place, json| json.list(place.facts().activities.iter().copied(), Json::term)),
            "absentFacilities" => {
                Box::new(|place, json| json.list(place.facts().absent_facilities.iter().copied(), Json::term))
            }
            "absentActivities" => {
                Box::new(|place, json| json.list(place.facts().absent_activities.iter().copied(), Json::term))
            }
            "culturalProgramme" => Box::new(|place, json| json.maybe(place.facts().cultural_programme, Json::bool)),
            "legalForm" => Box::new(|place, json| json.maybe(place.facts().legal_form, Json::term)),
            "foundedYear" => Box::new(|place, json| json.maybe(place.facts().founded_year, Json::int)),
            "runBy" => Box::new(|place, json| json.maybe(place.facts().run_by, Json::term)),
            "ownedBy" => Box::new(|place, json| json.maybe(place.facts().owned_by, Json::term)),
            "openingHours" => Box::new(|place, json| json.maybe(place.facts().opening_hours.as_deref(), Json::text)),
            "wheelchairAccessible" => {
                Box::new(|place, json| json.maybe(place.facts().wheelchair_accessible, Json::bool))
            }
            "website" => Box::new(|place, json| json.maybe(place.facts().website.as_deref(), Json::text)),
            "updatedAt" => Box::new(|place, json| json.text(&DateTime(place.facts().updated_at).to_string())),
            _ => return None,
        })
    }
}
