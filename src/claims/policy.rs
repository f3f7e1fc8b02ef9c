//! Which of the things that are said of a municipality's policy is served.
//!
//! What a document says of itself is decided by document. A theme that has one status has that of the strongest voice over
//! all documents of the municipality; kinds of support add up.

use std::collections::{BTreeMap, BTreeSet};

use super::precedence::{Heard, PollingLists, Strength, Voice, heard};
use crate::model::{
    Claim, Claims, Facts, MunicipalityCode, Original, PolicyDocument, PolicyStatement, PolicyStatus, Themed,
    vocabulary::{PolicyDocumentKind, PolicyStance, PolicyTheme},
};

/// What is served of a municipality's policy.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resolved {
    /// Its documents, ascending by key.
    pub documents: Vec<PolicyDocument>,
    /// The statuses that stand on them.
    pub statuses: Vec<PolicyStatus>,
}

/// The municipality of which claims say that a document is.
pub fn municipality_of(claims: &[Claim<PolicyStatement>]) -> Option<&MunicipalityCode> {
    claims.iter().find_map(|claim| match &claim.statement {
        PolicyStatement::Municipality(municipality) => Some(municipality),
        _ => None,
    })
}

/// Keeps the policy of a municipality as it is before the first claim on it.
pub fn remember(policy: &mut Claims<PolicyStatement>, facts: &Facts, municipality: &MunicipalityCode) {
    for document in facts.policy_documents.iter().filter(|document| document.municipality == *municipality) {
        policy.remember(&document.key, || Original {
            subject: document.clone(),
            support: facts.policy_statuses.iter().filter(|status| status.document == document.key).cloned().collect(),
        });
    }
}

/// Decides anew what is served of a municipality's policy.
pub fn serve(facts: &mut Facts, policy: &Claims<PolicyStatement>, municipality: &MunicipalityCode) {
    let resolved = resolve(policy, municipality);
    facts.policy_documents.retain(|document| document.municipality != *municipality);
    facts.policy_documents.extend(resolved.documents);
    facts.policy_statuses.retain(|status| status.municipality != *municipality);
    facts.policy_statuses.extend(resolved.statuses);
}

/// Decides what is served of the policy of a municipality on which there are claims.
pub fn resolve(policy: &Claims<PolicyStatement>, municipality: &MunicipalityCode) -> Resolved {
    let originals = policy.originals.iter();
    let originals = originals.filter(|(_, original)| original.subject.municipality == *municipality);
    let claimed = policy.by_subject.iter().filter(|(_, claims)| municipality_of(claims) == Some(municipality));
    let keys: BTreeSet<&String> = originals.map(|(key, _)| key).chain(claimed.map(|(key, _)| key)).collect();
    let heard = keys.into_iter().filter_map(|key| {
        let original = policy.originals.get(key);
        // No list of polling places tells of policy.
        let heard = heard(original, policy.of(key), &PollingLists::default());
        Some((document(key, municipality, original, &heard)?, original, heard))
    });
    let heard: Vec<(PolicyDocument, Option<&Original<PolicyStatement>>, _)> = heard.collect();
    let candidates =
        heard.iter().flat_map(|(document, original, heard)| candidates(document, *original, heard)).collect();
    let statuses = without_contradictions(candidates);
    Resolved { statuses, documents: heard.into_iter().map(|(document, ..)| document).collect() }
}

/// What a document says, as far as it has been gone through.
#[derive(Default)]
struct Draft {
    title: Option<String>,
    kind: Option<PolicyDocumentKind>,
    stance: Option<PolicyStance>,
    year: Option<i32>,
    themes: Vec<PolicyTheme>,
    summary: Option<String>,
    source: Option<String>,
}

impl Draft {
    fn take(&mut self, statement: &PolicyStatement) {
        match statement.clone() {
            PolicyStatement::Title(title) => self.title = Some(title),
            PolicyStatement::Kind(kind) => self.kind = Some(kind),
            PolicyStatement::Stance(stance) => self.stance = Some(stance),
            PolicyStatement::Year(year) => self.year = Some(year),
            PolicyStatement::Themes(themes) => self.themes = themes,
            PolicyStatement::Summary(summary) => self.summary = Some(summary),
            PolicyStatement::Source(source) => self.source = Some(source),
            // A document stays with its municipality, and its statuses stand beside it.
            PolicyStatement::Municipality(_)
            | PolicyStatement::Status(..)
            | PolicyStatement::NoStatus(_)
            | PolicyStatement::Support(..)
            | PolicyStatement::NoSupport(_) => {}
        }
    }
}

/// `None` where nobody has said what a document has to have.
fn document(
    key: &str,
    municipality: &MunicipalityCode,
    original: Option<&Original<PolicyStatement>>,
    heard: &Heard<'_, PolicyStatement>,
) -> Option<PolicyDocument> {
    let mut draft = Draft::default();
    heard.values().filter_map(|voices| voices.first()).for_each(|voice| draft.take(&voice.statement));
    Some(PolicyDocument {
        key: key.to_owned(),
        municipality: municipality.clone(),
        title: draft.title?,
        kind: draft.kind?,
        stance: draft.stance,
        year: draft.year,
        themes: draft.themes,
        summary: draft.summary?,
        source: draft.source?,
        described_by: described_by(original, heard),
    })
}

/// Who describes a document otherwise than this compilation; of several the strongest.
fn described_by(original: Option<&Original<PolicyStatement>>, heard: &Heard<'_, PolicyStatement>) -> Option<String> {
    let is_other = |voices: &&Vec<Voice<'_, PolicyStatement>>| {
        let Some(best) = voices.first() else { return false };
        match &*best.statement {
            PolicyStatement::Title(_) if original.is_none() => true,
            PolicyStatement::Title(_)
            | PolicyStatement::Kind(_)
            | PolicyStatement::Stance(_)
            | PolicyStatement::Year(_)
            | PolicyStatement::Themes(_)
            | PolicyStatement::Summary(_) => {
                let before = voices.iter().find(|voice| voice.claim.is_none());
                original.is_some() && before.is_none_or(|before| before.statement != best.statement)
            }
            _ => false,
        }
    };
    let others = heard.values().filter(is_other).filter_map(|voices| voices.first());
    let claimed = others.filter(|voice| voice.claim.is_some());
    let strongest = claimed.max_by_key(|voice| (voice.strength(), voice.sources.first().copied()))?;
    strongest.claim.map(|claim| claim.source.clone())
}

/// A status that a document shows, with how much that counts.
struct Candidate<'a> {
    strength: Strength<'a>,
    year: Option<i32>,
    status: PolicyStatus,
}

/// What a document shows, by what the statuses are about.
fn candidates<'a>(
    document: &PolicyDocument,
    original: Option<&Original<PolicyStatement>>,
    heard: &'a Heard<'_, PolicyStatement>,
) -> Vec<Candidate<'a>> {
    let best = heard.values().filter_map(|voices| voices.first());
    let shown = best.filter_map(|voice| {
        let (value, ground) = match &*voice.statement {
            PolicyStatement::Status(value, ground) | PolicyStatement::Support(value, ground) => (*value, ground),
            _ => return None,
        };
        let status = match voice.claim {
            Some(claim) => PolicyStatus {
                municipality: document.municipality.clone(),
                status: value,
                document: document.key.clone(),
                ground: ground.clone(),
                // What nobody knows the day of has not been assessed.
                assessed: claim.stated?,
                stated_by: Some(claim.source.clone()),
            },
            None => original?.support.iter().find(|known| known.status == value)?.clone(),
        };
        Some(Candidate { strength: voice.strength(), year: document.year, status })
    });
    shown.collect()
}

/// On a theme that has one status, that of the strongest voice; all documents that show it stay its basis.
fn without_contradictions(candidates: Vec<Candidate<'_>>) -> Vec<PolicyStatus> {
    let mut served: BTreeMap<PolicyTheme, &Candidate<'_>> = BTreeMap::new();
    for candidate in candidates.iter().filter(|candidate| !candidate.status.status.theme().has_several()) {
        let rank = |candidate: &Candidate<'_>| (candidate.year, candidate.status.document.clone());
        let known = served.entry(candidate.status.status.theme()).or_insert(candidate);
        if (candidate.strength, rank(candidate)) > (known.strength, rank(known)) {
            *known = candidate;
        }
    }
    let served: BTreeMap<PolicyTheme, Themed> =
        served.into_iter().map(|(theme, candidate)| (theme, candidate.status.status)).collect();
    let is_served =
        |status: &PolicyStatus| served.get(&status.status.theme()).is_none_or(|winner| *winner == status.status);
    candidates.into_iter().map(|candidate| candidate.status).filter(is_served).collect()
}
