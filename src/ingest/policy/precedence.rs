//! Which of the things that are said of a municipality's policy is served.
//!
//! Of a document: the strongest voice wins, of equally strong ones the later, then the one whose source comes last in the
//! alphabet. A theme that has one status has that of the strongest voice over all documents; kinds of support add up.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::model::{
    Authority, Ledger, MunicipalityCode, PolicyBase, PolicyClaim, PolicyDocument, PolicyStatement, PolicyStatus,
    Themed, vocabulary::PolicyTheme,
};

/// What is served of a municipality's policy.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Resolved {
    /// Its documents.
    pub(super) documents: Vec<PolicyDocument>,
    /// The statuses that stand on them.
    pub(super) statuses: Vec<PolicyStatus>,
}

/// How much a statement counts: who says so, and when.
type Strength = (Authority, NaiveDate);

/// A status with how much it counts.
struct Candidate {
    strength: Strength,
    year: Option<i32>,
    status: PolicyStatus,
}

/// Decides what is served of the policy of a municipality on which there are claims.
pub(super) fn resolve(ledger: &Ledger, municipality: &MunicipalityCode) -> Resolved {
    let of_bases =
        ledger.policy_bases.iter().filter(|(_, base)| base.document.municipality == *municipality).map(|(key, _)| key);
    let is_own = |claims: &&Vec<PolicyClaim>| claims.iter().any(|claim| claim.municipality == *municipality);
    let of_claims = ledger.policy_claims.iter().filter(|(_, claims)| is_own(claims)).map(|(key, _)| key);
    let keys: BTreeSet<&String> = of_bases.chain(of_claims).collect();

    let mut resolved = Resolved::default();
    let mut candidates = Vec::new();
    for key in keys {
        let claims = ledger.policy_claims.get(key).map(Vec::as_slice).unwrap_or_default();
        let base = ledger.policy_bases.get(key);
        if let Some(document) = document(key, municipality, base, claims) {
            candidates.extend(statuses(&document, base, claims));
            resolved.documents.push(document);
        }
    }
    resolved.statuses = without_contradictions(candidates);
    resolved
}

/// The strongest claim on each key.
fn strongest(claims: &[PolicyClaim]) -> BTreeMap<String, &PolicyClaim> {
    let mut best: BTreeMap<String, &PolicyClaim> = BTreeMap::new();
    let rank = |claim: &PolicyClaim| (claim.authority, claim.stated, claim.source.clone());
    for claim in claims {
        let known = best.entry(claim.statement.key()).or_insert(claim);
        if rank(claim) > rank(known) {
            *known = claim;
        }
    }
    best
}

/// `None` where nobody has said what a document has to have.
fn document(
    key: &str,
    municipality: &MunicipalityCode,
    base: Option<&PolicyBase>,
    claims: &[PolicyClaim],
) -> Option<PolicyDocument> {
    // The seed was compiled from the web, the weakest voice that speaks of policy, and before any claim.
    let best = strongest(claims);
    let said = |key: &str| best.get(key).map(|claim| &claim.statement);
    let base = base.map(|base| &base.document);
    let text = |key: &str, of: fn(&PolicyDocument) -> &String| match said(key) {
        Some(PolicyStatement::Title(text) | PolicyStatement::Summary(text) | PolicyStatement::Source(text)) => {
            Some(text.clone())
        }
        _ => base.map(|base| of(base).clone()),
    };
    // Who says what is not what this compilation has; of several the strongest.
    let is_told = |claim: &&&PolicyClaim| match (&claim.statement, base) {
        (PolicyStatement::Title(title), Some(base)) => *title != base.title,
        (PolicyStatement::Kind(kind), Some(base)) => *kind != base.kind,
        (PolicyStatement::Stance(stance), Some(base)) => Some(*stance) != base.stance,
        (PolicyStatement::Year(year), Some(base)) => Some(*year) != base.year,
        (PolicyStatement::Themes(themes), Some(base)) => *themes != base.themes,
        (PolicyStatement::Summary(summary), Some(base)) => *summary != base.summary,
        (PolicyStatement::Title(_), None) => true,
        _ => false,
    };
    let told = best.values().filter(is_told).max_by_key(|claim| (claim.authority, claim.stated, &claim.source));
    Some(PolicyDocument {
        described_by: told.map(|claim| claim.source.clone()),
        key: key.to_owned(),
        municipality: municipality.clone(),
        title: text("title", |base| &base.title)?,
        kind: match said("kind") {
            Some(PolicyStatement::Kind(kind)) => *kind,
            _ => base?.kind,
        },
        stance: match said("stance") {
            Some(PolicyStatement::Stance(stance)) => Some(*stance),
            _ => base.and_then(|base| base.stance),
        },
        year: match said("year") {
            Some(PolicyStatement::Year(year)) => Some(*year),
            _ => base.and_then(|base| base.year),
        },
        themes: match said("themes") {
            Some(PolicyStatement::Themes(themes)) => themes.clone(),
            _ => base.map(|base| base.themes.clone()).unwrap_or_default(),
        },
        summary: text("summary", |base| &base.summary)?,
        source: text("source", |base| &base.source)?,
    })
}

fn statuses(document: &PolicyDocument, base: Option<&PolicyBase>, claims: &[PolicyClaim]) -> Vec<Candidate> {
    let status = |status: Themed, ground: &str, assessed, stated_by| PolicyStatus {
        stated_by,
        municipality: document.municipality.clone(),
        status,
        document: document.key.clone(),
        ground: ground.to_owned(),
        assessed,
    };
    let candidate = |strength: Strength, status| Candidate { strength, year: document.year, status };
    // By what they are about: the base first, then what is stronger or as strong and not older.
    let mut by_key: BTreeMap<String, (Strength, Option<Candidate>)> = BTreeMap::new();
    for known in base.into_iter().flat_map(|base| &base.statuses) {
        let key = PolicyStatement::shows(known.status, String::new()).key();
        let strength = (Authority::Web, known.assessed);
        by_key.insert(key, (strength, Some(candidate(strength, known.clone()))));
    }
    for (key, claim) in strongest(claims) {
        let strength = (claim.authority, claim.stated);
        if by_key.get(&key).is_some_and(|(known, _)| *known > strength) {
            continue;
        }
        let shown = match &claim.statement {
            PolicyStatement::Status(value, ground) | PolicyStatement::Support(value, ground) => {
                Some(candidate(strength, status(*value, ground, claim.stated, Some(claim.source.clone()))))
            }
            PolicyStatement::NoStatus(_) | PolicyStatement::NoSupport(_) => None,
            _ => continue,
        };
        by_key.insert(key, (strength, shown));
    }
    by_key.into_values().filter_map(|(_, candidate)| candidate).collect()
}

/// On a theme that has one status, that of the strongest voice; all documents that show it stay its basis.
fn without_contradictions(candidates: Vec<Candidate>) -> Vec<PolicyStatus> {
    let mut served: BTreeMap<PolicyTheme, &Candidate> = BTreeMap::new();
    let rank = |candidate: &Candidate| (candidate.strength, candidate.year, candidate.status.document.clone());
    for candidate in candidates.iter().filter(|candidate| !candidate.status.status.theme().has_several()) {
        let known = served.entry(candidate.status.status.theme()).or_insert(candidate);
        if rank(candidate) > rank(known) {
            *known = candidate;
        }
    }
    let served: BTreeMap<PolicyTheme, Themed> =
        served.into_iter().map(|(theme, candidate)| (theme, candidate.status.status)).collect();
    let is_served =
        |status: &PolicyStatus| served.get(&status.status.theme()).is_none_or(|winner| *winner == status.status);
    candidates.into_iter().map(|candidate| candidate.status).filter(is_served).collect()
}
