//! What a municipality decided on meeting places, and the documents that say so.

use crate::model::{
    PolicyDocument, PolicyStatus, Themed,
    vocabulary::{AmbitionStatus, ContactMoment, FinancialSupport, OtherSupport, PolicyTheme, VisionStatus},
};

/// The policy of one municipality. `None`: not known from a public source.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Policy {
    /// Vision or policy on meeting places.
    pub vision: Option<VisionStatus>,
    /// Support with money, in the order of the vocabulary.
    pub financial_support: Option<Vec<FinancialSupport>>,
    /// Other support, in the order of the vocabulary.
    pub other_support: Option<Vec<OtherSupport>>,
    /// Ambition.
    pub ambition: Option<AmbitionStatus>,
    /// Recurring contact.
    pub contact_moment: Option<ContactMoment>,
    /// Index of each document on which a status stands, with the status's theme.
    pub basis: Vec<(PolicyTheme, u32)>,
    /// The statuses with the grounds on which they stand, and the index of the document of each.
    pub grounds: Vec<(PolicyStatus, u32)>,
    /// Indices of all documents, newest first, undated ones last.
    pub documents: Vec<u32>,
}

impl Policy {
    /// Whether nothing is known on a theme.
    pub fn is_unknown(&self, theme: PolicyTheme) -> bool {
        match theme {
            PolicyTheme::Vision => self.vision.is_none(),
            PolicyTheme::FinancialSupport => self.financial_support.is_none(),
            PolicyTheme::OtherSupport => self.other_support.is_none(),
            PolicyTheme::Ambition => self.ambition.is_none(),
            PolicyTheme::ContactMoment => self.contact_moment.is_none(),
        }
    }

    /// Takes over the statuses of a municipality; `document` finds the index of a document by its key.
    ///
    /// Two different values on a theme that has one are the fault named in the error.
    pub(super) fn of<'a>(
        statuses: impl Iterator<Item = &'a PolicyStatus>,
        document: impl Fn(&str) -> Option<u32>,
    ) -> Result<Self, String> {
        let mut policy = Self::default();
        for status in statuses {
            match status.status {
                Themed::Vision(value) => one(&mut policy.vision, value, status)?,
                Themed::FinancialSupport(value) => several(&mut policy.financial_support, value),
                Themed::OtherSupport(value) => several(&mut policy.other_support, value),
                Themed::Ambition(value) => one(&mut policy.ambition, value, status)?,
                Themed::ContactMoment(value) => one(&mut policy.contact_moment, value, status)?,
            }
            let index = document(&status.document)
                .ok_or_else(|| format!("a policy status names document `{}`, which is not there", status.document))?;
            policy.grounds.push((status.clone(), index));
            let ground = (status.status.theme(), index);
            if !policy.basis.contains(&ground) {
                policy.basis.push(ground);
            }
        }
        Ok(policy)
    }
}

/// Order of documents: newest first, undated last, then by key.
pub(super) fn newest_first(a: &PolicyDocument, b: &PolicyDocument) -> std::cmp::Ordering {
    b.year.cmp(&a.year).then_with(|| a.key.cmp(&b.key))
}

fn one<T: PartialEq>(known: &mut Option<T>, value: T, status: &PolicyStatus) -> Result<(), String> {
    match known {
        Some(other) if *other != value => {
            Err(format!("{} has two different policy statuses on {:?}", status.municipality, status.status.theme()))
        }
        _ => {
            *known = Some(value);
            Ok(())
        }
    }
}

fn several<T: Ord>(known: &mut Option<Vec<T>>, value: T) {
    let values = known.get_or_insert_default();
    if !values.contains(&value) {
        values.push(value);
        values.sort_unstable();
    }
}
