//! Reads files of activities, finds the place of each, and takes them in under the source that speaks for it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::Read as _,
    sync::Arc,
};

use chrono::{DateTime, Utc};

use super::{
    calendar,
    column::Words,
    draft::{Draft, PlaceSaid, finding},
    hsds::{self, Services},
    row,
};
use crate::{
    claims::{
        Sender,
        identity::Identity,
        linkage::{Match, Register},
        programme,
    },
    findings::{Finding, Report, Rule},
    ingest::{
        import::{ImportError, SourceFile},
        outcome::{Counted, Outcome, Tally},
        places::source::{Said, sender},
        tabular::{columns::with_headings, error::TableError, file, limits::MOST_JSON_BYTES, table::Table},
    },
    model::{Activity, Books, MunicipalityCode, Place},
    search::fold,
};

/// Sheets of the template that explain and are not read.
const NOT_READ: [&str; 2] = ["uitleg", "lijsten"];

/// What stood in a file.
pub(super) struct File {
    name: Arc<str>,
    drafts: Vec<Draft>,
    records: usize,
    refused: usize,
    report: Report,
}

/// Reads a file, whatever it is; `place` is the place of what does not say where it is.
pub(super) fn read(source: &SourceFile, place: Option<&str>, words: &Words) -> Result<File, ImportError> {
    let mut bytes = Vec::new();
    let opened = fs::File::open(&source.path).map(|file| file.take(MOST_JSON_BYTES + 1));
    if let Err(cause) = opened.and_then(|mut file| file.read_to_end(&mut bytes)) {
        let cause = TableError::Io(cause);
        return Err(source.unreadable(|language| cause.message(language)));
    }
    read_bytes(&bytes, source, place, words)
}

pub(super) fn read_bytes(
    bytes: &[u8],
    source: &SourceFile,
    place: Option<&str>,
    words: &Words,
) -> Result<File, ImportError> {
    let name = &source.name;
    let mut report = Report::default();
    let start = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes).trim_ascii_start();
    if calendar::is_calendar(start) {
        if bytes.len() as u64 > MOST_JSON_BYTES {
            let most = MOST_JSON_BYTES >> 20;
            return Err(source.unreadable(|language| match language {
                crate::model::Language::Nl => format!("de agenda is groter dan {most} MB"),
                crate::model::Language::En => format!("the calendar is larger than {most} MB"),
            }));
        }
        let Some(place) = place else {
            return Err(source.unreadable(|language| match language {
                crate::model::Language::Nl => {
                    "een agenda zegt niet bij welke plek ze hoort; geef die met --place SLEUTEL".to_owned()
                }
                crate::model::Language::En => {
                    "a calendar does not say of which place it is; say so with --place KEY".to_owned()
                }
            }));
        };
        let text = String::from_utf8_lossy(bytes);
        let calendar::Read { drafts, records, refused } = calendar::read(&text, name, place, &mut report);
        return Ok(File { name: name.clone(), drafts, records, refused, report });
    }
    if matches!(start.first(), Some(b'{' | b'['))
        && bytes.len() as u64 <= MOST_JSON_BYTES
        && let Ok(services) = serde_json::from_slice::<Services>(start)
        && hsds::is_services(&services)
    {
        let hsds::Read { drafts, records, refused } = hsds::read(services, name, place, &words.lexicon, &mut report);
        return Ok(File { name: name.clone(), drafts, records, refused, report });
    }
    let tables = file::read_bytes(bytes).map_err(|cause| source.unreadable(|language| cause.message(language)))?;
    Ok(of_tables(name, &tables, place, words))
}

fn of_tables(name: &Arc<str>, tables: &[Table], place: Option<&str>, words: &Words) -> File {
    let mut file = File { name: name.clone(), drafts: Vec::new(), records: 0, refused: 0, report: Report::default() };
    let find = |text: &str| words.columns.find(text).map(|info| info.column);
    let names = |text: &str| matches!(find(text), Some(super::column::Column::Name));
    let found: Vec<_> = tables.iter().map(|table| with_headings(table, |text| find(text).is_some(), names)).collect();
    let is_read = |table: &&Table| {
        table.sheet.as_deref().is_none_or(|sheet| !NOT_READ.contains(&fold(sheet).as_str()))
            && !table.records.is_empty()
    };
    let others: Vec<&Table> = found.iter().map(AsRef::as_ref).filter(is_read).collect();
    let has_one = others.iter().any(|table| row::is_of_activities(table, words));
    for (index, table) in others.iter().enumerate() {
        // The first one, so that its lack of headings is told.
        if has_one && !row::is_of_activities(table, words) || !has_one && index > 0 {
            let sheet: Option<Arc<str>> = table.sheet.as_deref().map(Arc::from);
            let value = table.sheet.as_deref().unwrap_or_default();
            file.report.add(Finding::new(name, sheet.as_ref(), Rule::SheetNotRead, value));
            continue;
        }
        for row in row::activities(table, name, words, &mut file.report).unwrap_or_default() {
            file.records += 1;
            match row {
                Some(mut draft) => {
                    let says_none = draft.place.key.is_none() && draft.place.name.is_none();
                    if says_none {
                        draft.place.key = place.map(str::to_owned);
                    }
                    file.drafts.push(draft);
                }
                None => file.refused += 1,
            }
        }
    }
    file
}

/// Takes what stands in files into the books; rows that do not say their municipality are in that of `said`, where one is.
pub(super) fn import(books: &Books, files: &[File], said: &Said, now: DateTime<Utc>) -> Outcome {
    let records = files.iter().map(|file| file.records).sum();
    let mut outcome = Outcome::untouched(books.clone(), records);
    let places = Places::of(books, said.municipality.clone());
    let mut by_municipality: BTreeMap<MunicipalityCode, BTreeMap<String, Activity>> = BTreeMap::new();
    let mut named: BTreeMap<MunicipalityCode, BTreeSet<String>> = BTreeMap::new();
    for file in files {
        outcome.report.append(file.report.clone());
        outcome.refused += file.refused;
        let mut spoken_for = BTreeSet::new();
        for draft in &file.drafts {
            let place = match places.find(&draft.place) {
                Ok(place) => place,
                Err((rule, details)) => {
                    let value = match draft.place.label() {
                        "" => draft.activity.name.as_str(),
                        label => label,
                    };
                    outcome.report.add(finding(&draft.at, rule, value, details));
                    outcome.refused += 1;
                    continue;
                }
            };
            spoken_for.insert(place.municipality.clone());
            named.entry(place.municipality.clone()).or_default().insert(place.key.clone());
            let key = key_of(&draft.activity.name, &place.key);
            let stated = draft.stated.or(said.on).day(now.date_naive()).map(Into::into);
            let activity = Activity { key: key.clone(), place: place.key.clone(), stated, ..draft.activity.clone() };
            let of_place = by_municipality.entry(place.municipality.clone()).or_default();
            match of_place.get_mut(&key) {
                Some(known) => unite(known, activity),
                None => drop(of_place.insert(key, activity)),
            }
        }
        outcome
            .report
            .extend(crate::ingest::places::source::several_municipalities(&file.name, spoken_for, books, said));
    }
    let mut tally = Tally::untouched(Counted::Activities, 0);
    for (municipality, activities) in by_municipality {
        let mut sender: Sender = sender(said, Some(&municipality), books, now);
        let activities: Vec<Activity> = activities.into_values().collect();
        // What a file says is as old as the newest of its statements.
        sender.source.published = activities.iter().filter_map(|activity| activity.stated.clone()).max();
        let title = sender.source.title.clone();
        let about = named.remove(&municipality).unwrap_or_default();
        let count = activities.len();
        let names: BTreeMap<String, String> = activities
            .iter()
            .chain(&outcome.books.facts.activities)
            .map(|activity| (activity.key.clone(), format!("{} [{}]", activity.name, activity.place)))
            .collect();
        let taken =
            programme::take(&mut outcome.books, sender.source, sender.layer, sender.authority, &about, activities, now);
        if taken.is_older {
            if let Some(file) = files.first() {
                outcome.report.add(Finding::new(&file.name, None, Rule::OlderActivities, &title));
            }
            outcome.refused += count;
        }
        let told = |keys: &BTreeSet<String>| -> Vec<String> {
            keys.iter().map(|key| names.get(key).unwrap_or(key).clone()).collect()
        };
        tally.added.extend(told(&taken.added));
        tally.changed.extend(told(&taken.changed));
        tally.removed.extend(told(&taken.ended));
        tally.unchanged += taken.confirmed.len();
        outcome.uttered.extend(taken.uttered);
    }
    outcome.tallies = vec![tally];
    outcome
}

/// Adds a further row of one activity to the first: its days, and what the first leaves open.
fn unite(known: &mut Activity, more: Activity) {
    let schedule = more.schedule.into_iter().filter(|one| !known.schedule.contains(one)).collect::<Vec<_>>();
    known.schedule.extend(schedule);
    let Activity { activity_type, status, audiences, min_age, max_age, free, cost, .. } = more;
    known.activity_type = known.activity_type.or(activity_type);
    known.status = known.status.or(status);
    if known.audiences.is_empty() {
        known.audiences = audiences;
    }
    if known.min_age.is_none() && known.max_age.is_none() {
        (known.min_age, known.max_age) = (min_age, max_age);
    }
    if known.free.is_none() && known.cost.is_none() {
        (known.free, known.cost) = (free, cost);
    }
    known.registration_required = known.registration_required.or(more.registration_required);
    known.referral_required = known.referral_required.or(more.referral_required);
    known.organiser = known.organiser.take().or(more.organiser);
    known.contact = known.contact.take().or(more.contact);
    known.website = known.website.take().or(more.website);
    known.stated = known.stated.take().max(more.stated);
}

/// The key of an activity: its name and its place.
fn key_of(name: &str, place: &str) -> String {
    let words = fold(name);
    let mut slug = String::new();
    for word in words.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        if slug.len() + word.len() > 60 {
            break;
        }
        if !slug.is_empty() {
            slug.push('-');
        }
        slug.push_str(word);
    }
    if slug.is_empty() { format!("activiteit-{place}") } else { format!("{slug}-{place}") }
}

/// The known places, as a file may name them.
struct Places<'a> {
    by_key: BTreeMap<&'a str, &'a Place>,
    register: Register,
    municipalities: BTreeSet<&'a MunicipalityCode>,
    /// The municipalities in which a village of a name is.
    of_settlement: BTreeMap<String, BTreeSet<&'a MunicipalityCode>>,
    chosen: Option<MunicipalityCode>,
}

impl<'a> Places<'a> {
    fn of(books: &'a Books, chosen: Option<MunicipalityCode>) -> Self {
        let places = &books.facts.places;
        let mut of_settlement: BTreeMap<String, BTreeSet<&MunicipalityCode>> = BTreeMap::new();
        for place in places {
            of_settlement.entry(fold(&place.settlement)).or_default().insert(&place.municipality);
        }
        Self {
            by_key: places.iter().map(|place| (place.key.as_str(), place)).collect(),
            register: Register::of(places),
            municipalities: places.iter().map(|place| &place.municipality).collect(),
            of_settlement,
            chosen,
        }
    }

    /// The place that is meant.
    fn find(&self, said: &PlaceSaid) -> Result<&'a Place, (Rule, Vec<String>)> {
        if let Some(key) = &said.key {
            if let Some(place) = self.by_key.get(key.as_str()) {
                return Ok(place);
            }
            if said.name.is_none() {
                return Err((Rule::UnknownPlaceOfActivity, Vec::new()));
            }
        }
        let Some(name) = &said.name else { return Err((Rule::ActivityWithoutPlace, Vec::new())) };
        let settlement = said.settlement.as_deref().unwrap_or_default();
        let identity = Identity::new([name.as_str()], settlement, said.address.as_ref(), None);
        let in_settlement = self.of_settlement.get(&fold(settlement)).cloned();
        let municipalities: BTreeSet<&MunicipalityCode> = match said.municipality.as_ref().or(self.chosen.as_ref()) {
            Some(municipality) => BTreeSet::from([municipality]),
            None => in_settlement.unwrap_or_else(|| self.municipalities.clone()),
        };
        let (mut known, mut doubtful) = (BTreeSet::new(), BTreeSet::new());
        for municipality in municipalities {
            match self.register.find(municipality, &identity, &BTreeMap::new(), |_| true) {
                Match::Known(key, _) => drop(known.insert(key)),
                Match::Doubtful(keys) => doubtful.extend(keys.into_iter().map(|(key, _)| key)),
                Match::New => {}
            }
        }
        // Where no village is said, one place of exactly that name is meant.
        if known.is_empty() && settlement.is_empty() && said.address.is_none() {
            let named: Vec<&&Place> = self.by_key.values().filter(|place| fold(&place.name) == fold(name)).collect();
            if let [place] = named.as_slice() {
                return Ok(place);
            }
        }
        match (known.len(), known.first().and_then(|key| self.by_key.get(key.as_str()))) {
            (1, Some(place)) => Ok(place),
            (0, _) if doubtful.is_empty() => Err((Rule::UnknownPlaceOfActivity, Vec::new())),
            _ => {
                let keys = known.into_iter().chain(doubtful);
                let told = keys.filter_map(|key| self.by_key.get(key.as_str()));
                let told: Vec<String> =
                    told.take(5).map(|place| format!("{}, {} [{}]", place.name, place.settlement, place.key)).collect();
                Err((Rule::DoubtfulPlaceOfActivity, vec![told.join("; ")]))
            }
        }
    }
}

#[cfg(test)]
mod tests;
