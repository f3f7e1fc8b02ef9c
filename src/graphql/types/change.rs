//! What is different from an earlier edition.

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, SimpleObject};

use super::{NodeObject, int, limits, missing};
use crate::{
    edition::{Edition, changes},
    graphql::{
        error::ApiError,
        page::{Page, PageArgs, PageInfo, Scope},
    },
    library::Library,
};

/// What happened to something (soort wijziging).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
pub enum ChangeKind {
    /// Toegevoegd: it was not there.
    Added,
    /// Gewijzigd: some of its fields have other values.
    Changed,
    /// Verwijderd: it is gone.
    Removed,
}

/// A change between two editions.
#[derive(Clone)]
pub struct Change {
    edition: Arc<Edition>,
    change: changes::Change,
}

/// Something that differs from an earlier edition (wijziging): a place, an activity, a municipality, settlement or neighbourhood.
#[Object]
impl Change {
    /// What happened to it (soort wijziging).
    async fn kind(&self) -> ChangeKind {
        match self.change.kind {
            changes::ChangeKind::Added => ChangeKind::Added,
            changes::ChangeKind::Changed(_) => ChangeKind::Changed,
            changes::ChangeKind::Removed => ChangeKind::Removed,
        }
    }

    /// Lasting id of what it is about.
    async fn id(&self) -> ID {
        self.change.id.to_string().into()
    }

    /// Its name (naam) in this edition; where it is removed, its name before.
    async fn name(&self) -> &str {
        &self.change.name
    }

    /// The fields of its type that have other values (gewijzigde velden), ascending; empty unless it is CHANGED. Told is what is known of the thing
    /// itself, not what follows from others: no counts, coverage or places nearby. `policy` stands for all that a municipality decided and its
    /// documents. `updatedAt`, and `retrievedAt` of a source, are no change by themselves.
    async fn fields(&self) -> Vec<&'static str> {
        match &self.change.kind {
            changes::ChangeKind::Changed(values) => values.iter().map(|value| value.field).collect(),
            changes::ChangeKind::Added | changes::ChangeKind::Removed => Vec::new(),
        }
    }

    /// What these fields said before and say now (oude en nieuwe waarden), in the order of `fields`.
    async fn values(&self) -> Vec<ChangedValue> {
        let changes::ChangeKind::Changed(values) = &self.change.kind else { return Vec::new() };
        let told = |value: &changes::ChangedValue| ChangedValue {
            field: value.field,
            before: value.before.clone(),
            after: value.after.clone(),
        };
        values.iter().map(told).collect()
    }

    /// The thing as it is in this edition; null: it was removed.
    async fn node(&self) -> Option<NodeObject> {
        self.edition.node(&self.change.id).map(|node| NodeObject::new(&self.edition, node))
    }
}

/// A field that says something else than before (gewijzigde waarde).
#[derive(SimpleObject)]
pub struct ChangedValue {
    /// The field (veld), as `Change.fields` names it.
    field: &'static str,
    /// What it said (oude waarde), as text: terms by their names, of several values all; null: it was not known, or is no text, such as a boundary.
    before: Option<String>,
    /// What it says now (nieuwe waarde); null: it is not known, or is no text.
    after: Option<String>,
}

/// A change in a list.
#[derive(SimpleObject)]
pub struct ChangeEdge {
    /// Where it stands in the list, for `after`.
    cursor: String,
    /// The change.
    node: Change,
}

/// A page of a list of changes.
pub struct ChangeConnection {
    edition: Arc<Edition>,
    all: Arc<Vec<changes::Change>>,
    page: Page,
}

impl ChangeConnection {
    /// What is different in `edition` from the edition `since`.
    ///
    /// # Errors
    /// [`ApiError::EditionUnavailable`] when there is no such edition, and what the page refuses.
    pub async fn of(ctx: &Context<'_>, edition: &Arc<Edition>, since: &str, args: &PageArgs) -> Result<Self, ApiError> {
        let library = ctx.data::<Arc<Library>>().map_err(missing)?;
        let all = library.changes(since, edition).await?;
        let list: Vec<u32> = (0..).take(all.len()).collect();
        let page = Page::of(&list, args, Scope::of(ctx, &edition.id, "", "ID_ASC".to_owned())?, limits(ctx)?)?;
        Ok(Self { edition: edition.clone(), all, page })
    }

    fn change(&self, item: u32) -> Option<Change> {
        let change = self.all.get(item as usize)?.clone();
        Some(Change { edition: self.edition.clone(), change })
    }
}

/// A list of changes, by id (Relay connection).
#[Object]
impl ChangeConnection {
    /// The changes of the page with their cursors.
    async fn edges(&self) -> Vec<ChangeEdge> {
        let edge = |item: &u32| Some(ChangeEdge { cursor: self.page.cursor(*item), node: self.change(*item)? });
        self.page.items.iter().filter_map(edge).collect()
    }

    /// The changes of the page.
    async fn nodes(&self) -> Vec<Change> {
        self.page.items.iter().filter_map(|item| self.change(*item)).collect()
    }

    /// Whether and where the list goes on.
    async fn page_info(&self) -> PageInfo {
        self.page.info()
    }

    /// How many changes the whole list has (totaal).
    async fn total_count(&self) -> i32 {
        int(self.all.len() as u64)
    }
}
