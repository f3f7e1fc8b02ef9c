//! Which editions are kept, and letting go of the others by a rule that somebody set.
//!
//! What goes is what an edition is made of, and what can no longer be taken back. That it was there, and until when, stays: a
//! citation then leads to a sentence and not to nothing.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
    str::FromStr,
};

use chrono::{DateTime, Datelike as _, TimeDelta, Utc};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait as _, QueryFilter, QueryOrder, QuerySelect, Statement,
    TransactionTrait as _,
    sea_query::{Expr, Query},
};

use super::{
    SMALL, Store, StoreError,
    archive::delete_orphans,
    entity::{edition, edition_mark, edition_part, revision, revision_change},
    error::writing,
    in_time,
    marks::{mark, marks, pruned_numbers},
    notices,
};
use crate::model::journal::List;

/// Which editions are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keep {
    /// All of them.
    #[default]
    All,
    /// All of so many days; before that the last one of each month, the first one of all, and those that are cited.
    Days(u32),
}

/// Those who follow a feed, and those who took something in by mistake, come back within a week.
const FEWEST_DAYS: u32 = 7;

/// A year: so long an edition is kept after somebody asked for it by its id.
const ASKED: TimeDelta = TimeDelta::days(365);

/// From so long after a newer one took its place an edition that is asked for by its id counts as cited: who pages through it, or
/// shares a page that is open, asks sooner.
const LATER: TimeDelta = TimeDelta::days(1);

/// So often it is written down at most that an edition is asked for.
const NOTED: TimeDelta = TimeDelta::days(30);

/// So many keys stand in a statement.
const KEYS_A_STATEMENT: usize = 200;

impl FromStr for Keep {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text.strip_suffix('d') {
            None if text == "all" => Ok(Self::All),
            Some(days) => days.parse().ok().filter(|days| *days >= FEWEST_DAYS).map(Self::Days).ok_or(()),
            None => Err(()),
        }
    }
}

impl fmt::Display for Keep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("all"),
            Self::Days(days) => write!(f, "{days}d"),
        }
    }
}

/// What goes, or went, by a rule.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pruning {
    /// Number and id of each edition, ascending.
    pub editions: Vec<(i32, String)>,
    /// How many imports can no longer be taken back.
    pub revisions: usize,
    /// Bytes that the archive has less.
    pub bytes: u64,
}

impl Pruning {
    /// Whether nothing goes.
    pub fn is_empty(&self) -> bool {
        self.editions.is_empty() && self.revisions == 0
    }
}

/// An edition that went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pruned {
    /// Its id.
    pub id: String,
    /// When it was published.
    pub published_at: DateTime<Utc>,
    /// When it went.
    pub pruned_at: DateTime<Utc>,
    /// The id of the next one that can be read.
    pub next: String,
}

/// Numbers of what goes.
#[derive(Debug, Default, PartialEq, Eq)]
struct Plan {
    editions: BTreeSet<i32>,
    revisions: BTreeSet<i32>,
}

/// What goes of the editions and revisions that are there, each ascending by number.
fn plan(
    days: u32,
    now: DateTime<Utc>,
    editions: &[edition::Model],
    marks: &BTreeMap<i32, edition_mark::Model>,
    revisions: &[revision::Model],
) -> Plan {
    let since = now - TimeDelta::days(days.into());
    let recent: BTreeSet<i32> =
        editions.iter().filter(|edition| edition.published_at >= since).map(|edition| edition.number).collect();
    // What a revision left is found by replaying those after it, so those that go are the first ones; a taking back is nothing
    // without what it takes back.
    let is_recent = |revision: &&revision::Model| revision.edition.is_some_and(|number| recent.contains(&number));
    let mut first = revisions.iter().find(is_recent).or(revisions.last()).map_or(0, |revision| revision.number);
    while let Some(earlier) =
        revisions.iter().filter(|revision| revision.number >= first).filter_map(|revision| revision.reverts).min()
        && earlier < first
    {
        first = earlier;
    }
    let mut kept = recent;
    for made in revisions.iter().filter(|revision| revision.number >= first).filter_map(|revision| revision.edition) {
        // What an import changed of areas is told by the edition before it.
        kept.extend([made - 1, made]);
    }
    let months: BTreeMap<(i32, u32), i32> = editions
        .iter()
        .map(|edition| ((edition.published_at.year(), edition.published_at.month()), edition.number))
        .collect();
    kept.extend(months.into_values());
    kept.extend(marks.values().filter(|mark| is_cited(mark, now)).map(|mark| mark.edition));
    // The seed is read from the first, and the newest is served.
    kept.extend([1].into_iter().chain(editions.last().map(|newest| newest.number)));
    Plan {
        editions: editions.iter().map(|edition| edition.number).filter(|number| !kept.contains(number)).collect(),
        revisions: revisions.iter().map(|revision| revision.number).filter(|number| *number < first).collect(),
    }
}

fn is_cited(mark: &edition_mark::Model, now: DateTime<Utc>) -> bool {
    mark.kept.is_some() || mark.asked_at.is_some_and(|asked| now - asked < ASKED)
}

impl Store {
    /// What would go by a rule. Changes nothing.
    ///
    /// # Errors
    /// [`StoreError::Read`] when the database does not answer.
    pub async fn prunable(&self, keep: Keep, now: DateTime<Utc>) -> Result<Pruning, StoreError> {
        if !self.has_marks().await? {
            return Ok(Pruning::default());
        }
        Ok(look(&self.db, keep, now).await?.0)
    }

    /// Lets go of editions by a rule, and of what revisions said that can no longer be taken back.
    ///
    /// # Errors
    /// As [`Store::begin_change`]; [`StoreError::Write`] when it cannot be done, and then nothing is.
    pub async fn prune(&self, keep: Keep, now: DateTime<Utc>) -> Result<Pruning, StoreError> {
        // Who finds nothing holds up nobody.
        if self.prunable(keep, now).await?.is_empty() {
            return Ok(Pruning::default());
        }
        let transaction = self.begin_change().await?;
        let db = &*transaction;
        let (pruning, plan) = look(db, keep, now).await?;
        let editions: Vec<i32> = plan.editions.into_iter().collect();
        for some in editions.chunks(KEYS_A_STATEMENT) {
            let parts = edition_part::Column::Edition.is_in(some.iter().copied());
            edition_part::Entity::delete_many().filter(parts).exec(db).await.map_err(writing)?;
        }
        mark(db, &editions, &[edition_mark::Column::PrunedAt], |edition| edition_mark::Model {
            edition,
            kept: None,
            asked_at: None,
            pruned_at: Some(now),
        })
        .await?;
        let revisions: Vec<i32> = plan.revisions.into_iter().collect();
        for some in revisions.chunks(KEYS_A_STATEMENT) {
            revision_change::Entity::delete_many()
                .filter(revision_change::Column::Revision.is_in(some.iter().copied()))
                // Of these nobody keeps who said what but the journal: a source is taken back by it.
                .filter(revision_change::Column::List.ne(List::Municipalities.name()))
                .exec(db)
                .await
                .map_err(writing)?;
            revision::Entity::update_many()
                .col_expr(revision::Column::PrunedAt, Expr::value(now))
                .filter(revision::Column::Number.is_in(some.iter().copied()))
                .exec(db)
                .await
                .map_err(writing)?;
        }
        delete_orphans(db).await?;
        notices::tell(db).await.map_err(writing)?;
        transaction.commit().await.map_err(writing)?;
        Ok(pruning)
    }

    /// Keeps an edition whatever its age, with the reason; without one it is kept by the rule alone. Whether there is such an
    /// edition.
    ///
    /// # Errors
    /// As [`Store::begin_change`].
    pub async fn keep_edition(&self, id: &str, reason: Option<&str>) -> Result<bool, StoreError> {
        let transaction = self.begin_change().await?;
        let of_id = self.readable().await?.filter(edition::Column::Id.eq(id));
        let of_id = of_id.select_only().column(edition::Column::Number).into_tuple::<i32>();
        let numbers = of_id.all(&*transaction).await.map_err(StoreError::Read)?;
        // Who releases it means that nobody cites it.
        let columns = [edition_mark::Column::Kept, edition_mark::Column::AskedAt];
        mark(&*transaction, &numbers, &columns, |edition| edition_mark::Model {
            edition,
            kept: reason.map(str::to_owned),
            asked_at: None,
            pruned_at: None,
        })
        .await?;
        transaction.commit().await.map_err(writing)?;
        Ok(!numbers.is_empty())
    }

    /// Notes of editions that they were asked for by their ids, where a newer one has long been in their place. Not among
    /// [`Store::statements`].
    ///
    /// # Errors
    /// [`StoreError::Read`] or [`StoreError::Write`] when the database does not answer.
    pub async fn note_asked(&self, ids: &BTreeSet<String>, now: DateTime<Utc>) -> Result<(), StoreError> {
        let db = &self.unmetered;
        let asked = async {
            let newer = Query::select()
                .expr(Expr::col(edition::Column::Number).max())
                .from(edition::Entity)
                .and_where(edition::Column::PublishedAt.lt(now - LATER))
                .to_owned();
            let noted = Query::select()
                .column(edition_mark::Column::Edition)
                .from(edition_mark::Entity)
                .and_where(edition_mark::Column::AskedAt.gte(now - NOTED))
                .to_owned();
            let due = edition::Entity::find()
                .filter(edition::Column::Id.is_in(ids.iter().map(String::as_str)))
                .filter(edition::Column::Number.not_in_subquery(pruned_numbers()))
                .filter(edition::Column::Number.not_in_subquery(noted))
                // One that somebody published a day ago or more.
                .filter(Expr::col(edition::Column::Number).lt(Expr::SubQuery(None, Box::new(newer.into()))))
                .select_only()
                .column(edition::Column::Number)
                .into_tuple::<i32>();
            // Asked first: who writes nothing waits for nobody.
            let due = due.all(db).await.map_err(StoreError::Read)?;
            if due.is_empty() {
                return Ok(());
            }
            let transaction = db.begin().await.map_err(StoreError::Read)?;
            mark(&transaction, &due, &[edition_mark::Column::AskedAt], |edition| edition_mark::Model {
                edition,
                kept: None,
                asked_at: Some(now),
                pruned_at: None,
            })
            .await?;
            transaction.commit().await.map_err(writing)
        };
        in_time(SMALL, asked).await
    }

    /// What is told of an edition that went; `None`: there never was one, or it is there.
    ///
    /// # Errors
    /// [`StoreError::Read`] when the database does not answer.
    pub async fn pruned(&self, id: &str) -> Result<Option<Pruned>, StoreError> {
        if !self.has_marks().await? {
            return Ok(None);
        }
        let found = async {
            let of_id = edition::Entity::find().filter(edition::Column::Id.eq(id));
            let Some(row) = of_id.order_by_desc(edition::Column::Number).one(&self.db).await? else { return Ok(None) };
            let mark = edition_mark::Entity::find_by_id(row.number).one(&self.db).await?;
            let Some(pruned_at) = mark.and_then(|mark| mark.pruned_at) else { return Ok(None) };
            let next = edition::Entity::find()
                .filter(edition::Column::Number.gt(row.number))
                .filter(edition::Column::Number.not_in_subquery(pruned_numbers()))
                .order_by_asc(edition::Column::Number)
                .one(&self.db)
                .await?;
            let next = next.map(|next| next.id).unwrap_or_default();
            Ok(Some(Pruned { id: row.id, published_at: row.published_at, pruned_at, next }))
        };
        in_time(SMALL, async { found.await.map_err(StoreError::Read) }).await
    }
}

async fn look(db: &impl ConnectionTrait, keep: Keep, now: DateTime<Utc>) -> Result<(Pruning, Plan), StoreError> {
    let Keep::Days(days) = keep else { return Ok(Default::default()) };
    let editions = edition::Entity::find().filter(edition::Column::Number.not_in_subquery(pruned_numbers()));
    let editions = editions.order_by_asc(edition::Column::Number).all(db).await.map_err(StoreError::Read)?;
    let revisions = revision::Entity::find().filter(revision::Column::PrunedAt.is_null());
    let revisions = revisions.order_by_asc(revision::Column::Number).all(db).await.map_err(StoreError::Read)?;
    let plan = plan(days, now, &editions, &marks(db).await?, &revisions);
    let going = editions.into_iter().filter(|edition| plan.editions.contains(&edition.number));
    let pruning = Pruning {
        editions: going.map(|edition| (edition.number, edition.id)).collect(),
        revisions: plan.revisions.len(),
        bytes: bytes_of(db, &plan.editions).await?,
    };
    Ok((pruning, plan))
}

/// How much of the archive is of these editions alone.
async fn bytes_of(db: &impl ConnectionTrait, going: &BTreeSet<i32>) -> Result<u64, StoreError> {
    if going.is_empty() {
        return Ok(0);
    }
    let (mut left, mut freed) = (BTreeSet::new(), BTreeSet::new());
    for part in edition_part::Entity::find().all(db).await.map_err(StoreError::Read)? {
        if going.contains(&part.edition) { &mut freed } else { &mut left }.insert(part.digest);
    }
    let asked = Statement::from_string(db.get_database_backend(), "SELECT digest, length(bytes) FROM archive");
    let mut bytes = 0;
    for row in db.query_all_raw(asked).await.map_err(StoreError::Read)? {
        let digest: String = row.try_get_by(0).map_err(StoreError::Read)?;
        let length: i32 = row.try_get_by(1).map_err(StoreError::Read)?;
        if freed.contains(&digest) && !left.contains(&digest) {
            bytes += u64::try_from(length).unwrap_or_default();
        }
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> DateTime<Utc> {
        format!("{text}T12:00:00Z").parse().unwrap()
    }

    fn edition(number: i32, published: &str) -> edition::Model {
        let published_at = day(published);
        let id = format!("e{number}");
        edition::Model { number, id, published_at, places: 0, note: None }
    }

    fn made(number: i32, edition: Option<i32>, reverts: Option<i32>) -> revision::Model {
        revision::Model { number, edition, reverts, pruned_at: None }
    }

    const NOW: &str = "2027-03-31";

    fn goes(editions: &[edition::Model], revisions: &[revision::Model]) -> (Vec<i32>, Vec<i32>) {
        goes_of(editions, &BTreeMap::new(), revisions)
    }

    fn goes_of(
        editions: &[edition::Model],
        marks: &BTreeMap<i32, edition_mark::Model>,
        revisions: &[revision::Model],
    ) -> (Vec<i32>, Vec<i32>) {
        let Plan { editions, revisions } = plan(30, day(NOW), editions, marks, revisions);
        (editions.into_iter().collect(), revisions.into_iter().collect())
    }

    #[test]
    fn all_of_thirty_days_the_last_of_a_month_the_first_and_those_that_are_cited_are_kept() {
        let editions: Vec<_> = [
            "2026-11-30",
            "2026-12-01",
            "2026-12-02",
            "2026-12-30",
            "2027-01-05",
            "2027-01-06",
            "2027-01-07",
            "2027-02-01",
            "2027-02-02",
            "2027-02-28",
            "2027-03-01",
            "2027-03-02",
            "2027-03-31",
        ]
        .into_iter()
        .zip(1..)
        .map(|(published, number)| edition(number, published))
        .collect();
        // 1 is the first; 4, 7 and 10 end a month; 11 is of 30 days ago to the hour.
        assert_eq!(goes(&editions, &[]), (vec![2, 3, 5, 6, 8, 9], vec![]));
        let mark = |edition, kept: Option<&str>, asked: Option<&str>| {
            let (kept, asked_at) = (kept.map(str::to_owned), asked.map(day));
            (edition, edition_mark::Model { edition, kept, asked_at, pruned_at: None })
        };
        let marks = [
            mark(2, Some("a report"), None),
            mark(3, None, Some("2026-04-01")),
            // A year and a day ago.
            mark(5, None, Some("2026-03-30")),
        ];
        assert_eq!(goes_of(&editions, &marks.into(), &[]), (vec![5, 6, 8, 9], vec![]));
        assert_eq!(goes(&editions[..1], &[]), (vec![], vec![]));
    }

    #[test]
    fn what_revisions_said_goes_up_to_the_first_that_can_be_taken_back() {
        let editions: Vec<_> = ["2026-12-01", "2026-12-02", "2026-12-03", "2026-12-04", "2026-12-05", "2027-03-30"]
            .into_iter()
            .zip(1..)
            .map(|(published, number)| edition(number, published))
            .collect();
        let mut revisions: Vec<_> = (1..=5).map(|number| made(number, Some(number + 1), None)).collect();
        // The edition before the one that can be taken back is the last of its month as well.
        assert_eq!(goes(&editions, &revisions), (vec![2, 3, 4], vec![1, 2, 3, 4]));
        // It takes back what 3 said, which takes back what 2 said: all from there is replayed.
        revisions[4].reverts = Some(3);
        revisions[2].reverts = Some(2);
        assert_eq!(goes(&editions, &revisions), (vec![], vec![1]));
        // Without a recent one the last stays, so that the next number is another.
        let all_old: Vec<_> = editions[..5].to_vec();
        assert_eq!(goes(&all_old, &revisions[..2]), (vec![4], vec![1]));
    }

    #[test]
    fn a_rule_is_all_or_a_number_of_days_that_is_a_week_or_more() {
        assert_eq!("all".parse(), Ok(Keep::All));
        assert_eq!("30d".parse(), Ok(Keep::Days(30)));
        for wrong in ["", "6d", "0d", "30", "-30d", "30 d", "d", "All", "30dd"] {
            assert_eq!(wrong.parse::<Keep>(), Err(()), "{wrong}");
        }
    }
}
