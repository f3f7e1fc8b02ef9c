//! Takes rows of documents into the books: finds the document of each, keeps what is said as claims, decides what is served.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};

use super::{
    column::PolicyWords,
    row::{PolicyRow, Shown},
};
use crate::{
    claims::{At, Sender, policy},
    findings::{Finding, Report, Rule},
    ingest::outcome::{Counted, Tally},
    model::{
        Books, Claim, Facts, MunicipalityCode, PolicyDocument, PolicyStatement, PolicyStatus, Source, Themed,
        journal::Uttered, vocabulary::PolicyTheme,
    },
    search::fold,
};

/// A row with where it stands and whose word it is.
pub(super) struct PolicyRecord<'a> {
    pub(super) at: At,
    pub(super) row: &'a PolicyRow,
    pub(super) municipality: MunicipalityCode,
    /// The day on which it was said.
    pub(super) stated: NaiveDate,
}

/// What was done to the books.
pub(super) struct Taken {
    pub(super) books: Books,
    pub(super) report: Report,
    pub(super) refused: usize,
    pub(super) tallies: Vec<Tally>,
    /// Documents of the municipalities in the file that it does not name, with their keys.
    pub(super) missing: Vec<String>,
    /// All that was said, be it that it was known already.
    pub(super) uttered: Vec<Uttered>,
}

/// Takes records of documents, each with the sender that speaks for its municipality.
pub(super) fn take(
    books: &Books,
    words: &PolicyWords,
    records: &[(PolicyRecord<'_>, &Sender)],
    now: DateTime<Utc>,
) -> Taken {
    let mut taking = Taking {
        books: books.clone(),
        words,
        now,
        rows: BTreeMap::new(),
        disagreeing: disagreeing(records),
        report: Report::default(),
        refused: 0,
        uttered: Vec::new(),
    };
    let mut municipalities = BTreeSet::new();
    for (record, sender) in records {
        match taking.take(record, sender) {
            Ok(()) => drop(municipalities.insert(record.municipality.clone())),
            Err((rule, value, details)) => {
                taking.tell(record, None, rule, &value, details);
                taking.refused += 1;
            }
        }
    }
    for municipality in &municipalities {
        policy::serve(&mut taking.books.facts, &taking.books.ledger.policy, municipality);
    }
    let (before, after) = (&books.facts, &taking.books.facts);
    let is_missing = |document: &&PolicyDocument| {
        municipalities.contains(&document.municipality) && !taking.rows.contains_key(&document.key)
    };
    let missing = before.policy_documents.iter().filter(is_missing).map(named).collect();
    let tallies = vec![documents(before, after), statuses(before, after, words)];
    Taken {
        missing,
        tallies,
        report: taking.report,
        refused: taking.refused,
        uttered: taking.uttered,
        books: taking.books,
    }
}

/// Why a row was not taken, with the value and the details of its sentence.
type Refusal = (Rule, String, Vec<String>);

struct Taking<'a> {
    books: Books,
    words: &'a PolicyWords,
    now: DateTime<Utc>,
    /// The row in which a document was named.
    rows: BTreeMap<String, u32>,
    /// Themes that have one status, on which the rows of a municipality have several: each status with a row that says it.
    disagreeing: BTreeMap<(MunicipalityCode, PolicyTheme), Vec<(Themed, u32)>>,
    report: Report,
    refused: usize,
    uttered: Vec<Uttered>,
}

impl Taking<'_> {
    fn tell(&mut self, record: &PolicyRecord<'_>, cell: Option<&Shown>, rule: Rule, value: &str, details: Vec<String>) {
        let finding = Finding::new(&record.at.file, record.at.sheet.as_ref(), rule, value);
        let column = cell.map(|cell| cell.heading.as_str().into());
        let position = cell.and_then(|cell| cell.position);
        self.report.add(Finding { row: Some(record.at.row), column, position, details, ..finding });
    }

    fn take(&mut self, record: &PolicyRecord<'_>, sender: &Sender) -> Result<(), Refusal> {
        let row = record.row;
        let (key, is_new) = match self.known(record)? {
            Some(key) => (key, false),
            None => (self.new_key(record)?, true),
        };
        if is_new {
            self.tell_same_page(record);
        }
        if let Some(other) = self.rows.get(&key) {
            return Err((Rule::RepeatedDocument, row.title().unwrap_or(&key).to_owned(), vec![other.to_string()]));
        }
        self.rows.insert(key.clone(), record.at.row);
        policy::remember(&mut self.books.ledger.policy, &self.books.facts, &record.municipality);
        self.add_sender(sender);

        let mut statements = row.statements.clone();
        match &row.url {
            Some(url) => statements.push(PolicyStatement::Source(self.source_at(url, &key, row.title(), sender))),
            None if is_new => statements.push(PolicyStatement::Source(sender.source.id.clone())),
            None => {}
        }
        for shown in &row.shown {
            statements.extend(self.shown(record, &key, shown));
        }
        let (claims, uttered) = (&mut self.books.ledger.policy, &mut self.uttered);
        let mut is_older = false;
        for property in &row.cleared {
            let is_meant =
                |claim: &Claim<PolicyStatement>| claim.source == sender.source.id && claim.statement.key() == *property;
            is_older |= claims.of(&key).iter().any(|claim| is_meant(claim) && claim.stated > Some(record.stated));
            claims.take_out(&key, |claim| is_meant(claim) && claim.stated <= Some(record.stated));
        }
        uttered.extend(Uttered::of_source(sender.source.clone(), sender.layer.clone()));
        let mut note = |statement| {
            let claim = Claim {
                subject: key.clone(),
                source: sender.source.id.clone(),
                authority: sender.authority,
                statement,
                stated: Some(record.stated),
            };
            uttered.push(Uttered::of_policy(claim.clone()));
            claims.note(claim)
        };
        // It never changes, so that an older day is nothing to tell.
        note(PolicyStatement::Municipality(record.municipality.clone()));
        for statement in statements {
            is_older |= !note(statement);
        }
        if is_older {
            self.tell(record, None, Rule::OlderPolicyStatement, row.title().unwrap_or(&key), Vec::new());
        }
        Ok(())
    }

    /// The key of the known document that a row is about: by its key, or by its title unless it stands elsewhere.
    fn known(&self, record: &PolicyRecord<'_>) -> Result<Option<String>, Refusal> {
        let facts = &self.books.facts;
        let all = self.documents_of(&record.municipality);
        if let Some(key) = &record.row.key {
            if all.iter().any(|(known, _, _)| known == key) {
                return Ok(Some(key.clone()));
            }
            let other = facts.policy_documents.iter().find(|document| document.key == *key);
            return Err(match other {
                Some(other) => (Rule::DocumentOfOtherMunicipality, key.clone(), vec![other.municipality.to_string()]),
                None => (Rule::UnknownDocument, key.clone(), Vec::new()),
            });
        }
        // One page can tell of several documents, and two pages can have the same title.
        let title = record.row.title().map(fold);
        let is_titled = |known: &&(String, String, Option<String>)| Some(fold(&known.1)) == title;
        let is_there = |known: &&(String, String, Option<String>)| match (&known.2, &record.row.url) {
            (Some(known), Some(url)) => bare(known) == bare(url),
            _ => true,
        };
        Ok(all.iter().filter(is_titled).find(is_there).map(|(key, _, _)| key.clone()))
    }

    /// Tells that a known document stands where a new one does.
    fn tell_same_page(&mut self, record: &PolicyRecord<'_>) {
        let Some(url) = &record.row.url else { return };
        let all = self.documents_of(&record.municipality);
        let there = all.iter().filter(|(key, _, known)| {
            !self.rows.contains_key(key) && known.as_ref().is_some_and(|known| bare(known) == bare(url))
        });
        let there: Vec<String> = there.map(|(key, title, _)| format!("“{title}” [{key}]")).collect();
        if !there.is_empty() {
            self.tell(record, None, Rule::SamePage, record.row.title().unwrap_or_default(), vec![there.join(", ")]);
        }
    }

    /// Key, title and address of the documents of a municipality, those of this import among them.
    fn documents_of(&self, municipality: &MunicipalityCode) -> Vec<(String, String, Option<String>)> {
        let facts = &self.books.facts;
        let url =
            |source: &str| facts.sources.iter().find(|known| known.id == source).and_then(|known| known.url.clone());
        let served = facts.policy_documents.iter().filter(|document| document.municipality == *municipality);
        let mut all: Vec<_> =
            served.map(|document| (document.key.clone(), document.title.clone(), url(&document.source))).collect();
        for (key, claims) in &self.books.ledger.policy.by_subject {
            let is_own = policy::municipality_of(claims) == Some(municipality);
            if !is_own || all.iter().any(|(known, _, _)| known == key) {
                continue;
            }
            let title = claims.iter().find_map(|claim| match &claim.statement {
                PolicyStatement::Title(title) => Some(title.clone()),
                _ => None,
            });
            let source = claims.iter().find_map(|claim| match &claim.statement {
                PolicyStatement::Source(source) => url(source),
                _ => None,
            });
            all.push((key.clone(), title.unwrap_or_default(), source));
        }
        all
    }

    /// The key of a document that is not known yet, if the row says what a document has to have.
    fn new_key(&self, record: &PolicyRecord<'_>) -> Result<String, Refusal> {
        let row = record.row;
        let has = |key: &str| row.statements.iter().any(|statement| statement.key() == key);
        let needed = [("title", "titel"), ("kind", "soort stuk"), ("summary", "samenvatting")];
        let lacking: Vec<&str> = needed.into_iter().filter(|(key, _)| !has(key)).map(|(_, name)| name).collect();
        if !lacking.is_empty() {
            return Err((
                Rule::NewDocumentIncomplete,
                row.title().unwrap_or_default().to_owned(),
                vec![lacking.join(", ")],
            ));
        }
        let of = self.books.facts.municipalities.iter().find(|known| known.code == record.municipality);
        let of = of.map_or_else(|| record.municipality.to_string().to_lowercase(), |known| known.slug.clone());
        let title = fold(row.title().unwrap_or_default()).replace(' ', "-");
        let is_plain = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
        let key: String = format!("{of}-{title}").chars().filter(is_plain).take(80).collect();
        let key = key.trim_end_matches('-').to_owned();
        let taken = |key: &String| {
            self.books.ledger.policy.by_subject.contains_key(key)
                || self.books.facts.policy_documents.iter().any(|document| document.key == *key)
        };
        let numbered = (2..).map(|number| format!("{key}-{number}"));
        Ok(std::iter::once(key.clone()).chain(numbered).find(|key| !taken(key)).unwrap_or(key))
    }

    /// The id of the source at an address, known or made.
    fn source_at(&mut self, url: &str, key: &str, title: Option<&str>, sender: &Sender) -> String {
        let sources = &mut self.books.facts.sources;
        if let Some(known) = sources.iter().find(|source| source.url.as_deref().map(bare) == Some(bare(url))) {
            return known.id.clone();
        }
        let id = format!("document-{key}");
        let known = sources.iter().position(|source| source.id == id);
        let title = title.map(str::to_owned).or_else(|| known.map(|index| sources[index].title.clone()));
        let source = Source {
            id: id.clone(),
            // What is known of the document is what the sender says of it.
            layer: sender.layer.key.clone(),
            title: title.unwrap_or_else(|| url.to_owned()),
            url: Some(url.to_owned()),
            licence: None,
            published: None,
            retrieved: Some(self.now.date_naive()),
        };
        match known {
            Some(index) => sources[index] = source,
            None => sources.push(source),
        }
        id
    }

    fn add_sender(&mut self, sender: &Sender) {
        let facts = &mut self.books.facts;
        match facts.sources.iter_mut().find(|known| known.id == sender.source.id) {
            Some(known) => known.retrieved = sender.source.retrieved,
            None => facts.sources.push(sender.source.clone()),
        }
        if !facts.layers.iter().any(|layer| layer.key == sender.layer.key) {
            facts.layers.push(sender.layer.clone());
        }
    }

    /// What a cell says that a document shows, where there is a ground for it.
    fn shown(&mut self, record: &PolicyRecord<'_>, key: &str, shown: &Shown) -> Option<PolicyStatement> {
        let Some(status) = shown.status else { return Some(PolicyStatement::NoStatus(shown.theme)) };
        if !shown.holds {
            return Some(PolicyStatement::NoSupport(status));
        }
        let served = self.books.facts.policy_statuses.iter();
        let known = served.into_iter().find(|known| known.document == key && known.status == status);
        let ground = shown.ground.clone().or_else(|| known.map(|known| known.ground.clone()));
        let theme = self.words.columns.name(super::column::Column::Ground(shown.theme));
        let Some(ground) = ground else {
            self.tell(record, Some(shown), Rule::StatusWithoutGround, &shown.heading, vec![theme]);
            return None;
        };
        let others = self.disagreeing.get(&(record.municipality.clone(), shown.theme));
        let other = others.into_iter().flatten().find(|(other, _)| *other != status).copied();
        if let Some((other, row)) = other {
            let label = self.words.label(status).to_owned();
            let details = vec![self.words.label(other).to_owned(), row.to_string()];
            self.tell(record, Some(shown), Rule::StatusesDisagree, &label, details);
            return None;
        }
        Some(PolicyStatement::shows(status, ground))
    }
}

/// An address in the way in which two of them are compared.
fn bare(url: &str) -> &str {
    url.trim_end_matches('/')
}

/// The themes with one status on which the rows of a municipality state several: to choose one would be a guess.
fn disagreeing(
    records: &[(PolicyRecord<'_>, &Sender)],
) -> BTreeMap<(MunicipalityCode, PolicyTheme), Vec<(Themed, u32)>> {
    let mut stated: BTreeMap<(MunicipalityCode, PolicyTheme), Vec<(Themed, u32)>> = BTreeMap::new();
    for (record, _) in records {
        let with_one = record.row.shown.iter().filter(|shown| shown.holds && !shown.theme.has_several());
        for (shown, status) in with_one.filter_map(|shown| Some((shown, shown.status?))) {
            let known = stated.entry((record.municipality.clone(), shown.theme)).or_default();
            if !known.iter().any(|(other, _)| *other == status) {
                known.push((status, record.at.row));
            }
        }
    }
    stated.retain(|_, statuses| statuses.len() > 1);
    stated
}

fn named(document: &PolicyDocument) -> String {
    format!("{} [{}]", document.title, document.key)
}

/// The headings of what differs between two states of a document.
fn differing(before: &PolicyDocument, after: &PolicyDocument) -> Vec<&'static str> {
    let compared = [
        ("titel", before.title != after.title),
        ("soort stuk", before.kind != after.kind),
        ("strekking", before.stance != after.stance),
        ("jaar", before.year != after.year),
        ("thema’s", before.themes != after.themes),
        ("samenvatting", before.summary != after.summary),
        ("webadres", before.source != after.source),
    ];
    compared.into_iter().filter(|(_, differs)| *differs).map(|(heading, _)| heading).collect()
}

/// What differs between the documents of two states of the facts.
pub(in crate::ingest) fn documents(before: &Facts, after: &Facts) -> Tally {
    let was: BTreeMap<&str, &PolicyDocument> =
        before.policy_documents.iter().map(|document| (document.key.as_str(), document)).collect();
    let mut tally = Tally {
        of: Counted::PolicyDocuments,
        added: vec![],
        changed: vec![],
        aspects: Vec::new(),
        removed: vec![],
        unchanged: 0,
    };
    for document in &after.policy_documents {
        match was.get(document.key.as_str()) {
            None => tally.added.push(named(document)),
            Some(before) if *before != document => {
                tally.changed.push(format!("{}: {}", named(document), differing(before, document).join(", ")));
            }
            Some(_) => tally.unchanged += 1,
        }
    }
    tally
}

fn statuses(before: &Facts, after: &Facts, words: &PolicyWords) -> Tally {
    type Key = (MunicipalityCode, PolicyTheme, &'static str, String);
    let by_key = |facts: &Facts| -> BTreeMap<Key, PolicyStatus> {
        let key = |status: &PolicyStatus| {
            (status.municipality.clone(), status.status.theme(), status.status.value(), status.document.clone())
        };
        facts.policy_statuses.iter().map(|status| (key(status), status.clone())).collect()
    };
    let named = |(municipality, theme, value, document): &Key| {
        format!("{municipality} {}: {value} [{document}]", words.themes.label(*theme))
    };
    let (was, is) = (by_key(before), by_key(after));
    let mut tally = Tally {
        of: Counted::PolicyStatuses,
        added: vec![],
        changed: vec![],
        aspects: Vec::new(),
        removed: vec![],
        unchanged: 0,
    };
    for (key, status) in &is {
        match was.get(key) {
            None => tally.added.push(named(key)),
            Some(before) if before.ground != status.ground => tally.changed.push(named(key)),
            Some(_) => tally.unchanged += 1,
        }
    }
    tally.removed = was.keys().filter(|key| !is.contains_key(*key)).map(named).collect();
    tally
}
