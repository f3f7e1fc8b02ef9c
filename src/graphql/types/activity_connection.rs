//! Lists of activities.

use std::sync::Arc;

use async_graphql::{Context, Object, SimpleObject};
use chrono::NaiveDate;
use roaring::RoaringBitmap;

use super::{Activity, int, limits, place_facets::FacetValue};
use crate::{
    edition::{ActivityDimension, ActivityOrderField, Direction, Edition},
    graphql::{
        error::ApiError,
        input::{ActivityFilter, ActivityOrder},
        moment::{moment, today},
        page::{Page, PageArgs, PageInfo, Scope},
    },
};

/// A page of a list of activities.
pub struct ActivityConnection {
    edition: Arc<Edition>,
    members: RoaringBitmap,
    today: NaiveDate,
    page: Page,
}

/// An activity in a list.
#[derive(SimpleObject)]
pub struct ActivityEdge {
    /// Where it stands in the list, for `after` and `before`.
    cursor: String,
    /// The activity.
    node: Activity,
}

impl ActivityConnection {
    /// The activities, of one place or all, for which `filter` is TRUE, with `include_unknown` also UNKNOWN.
    ///
    /// # Errors
    /// [`ApiError`] for what the filter or the page refuses.
    #[expect(clippy::too_many_arguments, reason = "they are the arguments of the field")]
    pub fn of(
        ctx: &Context<'_>,
        edition: &Arc<Edition>,
        parent: &str,
        place: Option<u32>,
        filter: Option<ActivityFilter>,
        include_unknown: Option<bool>,
        order: Option<ActivityOrder>,
        args: &PageArgs,
    ) -> Result<Self, ApiError> {
        let limits = limits(ctx)?;
        let filter = filter.unwrap_or_default().resolve(ctx, edition, limits)?;
        let selected = match place {
            Some(place) => edition.programme_of(place, &filter),
            None => edition.select_activities(&filter),
        };
        let members = selected.members(include_unknown.unwrap_or(false));
        let ActivityOrder { field, direction } =
            order.unwrap_or(ActivityOrder { field: ActivityOrderField::Name, direction: Direction::Asc });
        let sorted = moment(ctx).read(|now| edition.sorted_activities(&members, field, direction, now));
        let name = match field {
            ActivityOrderField::Next => "NEXT",
            ActivityOrderField::Name => "NAME",
            ActivityOrderField::Place => "PLACE",
        };
        let order = format!("{name}_{}", if direction == Direction::Asc { "ASC" } else { "DESC" });
        let page = Page::of(&sorted, args, Scope::of(ctx, &edition.id, parent, order)?, limits)?;
        Ok(Self { edition: edition.clone(), members, today: today(ctx, edition), page })
    }
}

/// A list of activities (Relay connection).
#[Object]
impl ActivityConnection {
    /// The activities of the page with their cursors.
    async fn edges(&self) -> Vec<ActivityEdge> {
        let edge =
            |item: &u32| ActivityEdge { cursor: self.page.cursor(*item), node: Activity::new(&self.edition, *item) };
        self.page.items.iter().map(edge).collect()
    }

    /// The activities of the page.
    async fn nodes(&self) -> Vec<Activity> {
        self.page.items.iter().map(|item| Activity::new(&self.edition, *item)).collect()
    }

    /// Whether and where the list goes on.
    async fn page_info(&self) -> PageInfo {
        self.page.info()
    }

    /// How many activities the whole list has (totaal).
    async fn total_count(&self) -> i32 {
        int(self.members.len())
    }

    /// How many activities of the whole list there are by type, weekday and so on (facetten).
    async fn facets(&self) -> ActivityFacets {
        ActivityFacets { edition: self.edition.clone(), members: self.members.clone(), today: self.today }
    }
}

/// Counts of all activities of a list, not of the page.
pub struct ActivityFacets {
    edition: Arc<Edition>,
    members: RoaringBitmap,
    today: NaiveDate,
}

impl ActivityFacets {
    fn by(&self, dimension: ActivityDimension) -> Vec<FacetValue> {
        let counts = self.edition.count_activities_by(&self.members, dimension, Some(self.today));
        counts.into_iter().map(|count| FacetValue::new(&self.edition, count)).collect()
    }
}

/// How many activities of a list there are by each value (facetten), most first. Values without any, and activities of which the value is not known, are
/// in no row. Filtering by a value gives as many activities as its row says.
#[Object]
impl ActivityFacets {
    /// By type (soort activiteit).
    async fn types(&self) -> Vec<FacetValue> {
        self.by(ActivityDimension::Type)
    }

    /// By weekday (weekdag); an activity counts on each that its rules tell.
    async fn weekdays(&self) -> Vec<FacetValue> {
        self.by(ActivityDimension::Weekday)
    }

    /// By audience (doelgroep); an activity counts in each that it is for, one for everyone in each that is named.
    async fn audiences(&self) -> Vec<FacetValue> {
        self.by(ActivityDimension::Audience)
    }

    /// By municipality (gemeente); the value is the CBS code.
    async fn municipalities(&self) -> Vec<FacetValue> {
        self.by(ActivityDimension::Municipality)
    }
}
