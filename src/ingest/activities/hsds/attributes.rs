//! What HSDS has no field for, as our own directory writes it: fields of our schema, and terms of our vocabularies. What others write in
//! attributes is passed over.

use serde::Deserialize;

use crate::model::{
    Activity,
    vocabulary::{ActivityType, Audience, PlaceStatus, Term},
};

/// An attribute of a service.
#[derive(Deserialize)]
pub(super) struct Attribute {
    link_type: Option<String>,
    value: Option<String>,
    taxonomy_term: Option<TaxonomyTerm>,
}

#[derive(Deserialize)]
struct TaxonomyTerm {
    code: Option<String>,
    taxonomy: Option<String>,
}

/// Takes over what the attributes say of an activity.
pub(super) fn take(attributes: &[Attribute], activity: &mut Activity) {
    activity.activity_type = terms::<ActivityType>(attributes).next().or(activity.activity_type);
    let mut audiences: Vec<Audience> = terms(attributes).collect();
    audiences.sort_unstable();
    audiences.dedup();
    activity.audiences = audiences;
    for Attribute { link_type, value, .. } in attributes {
        let is = match value.as_deref() {
            Some("true") => Some(true),
            Some("false") => Some(false),
            _ => None,
        };
        match (link_type.as_deref(), value.as_deref()) {
            (Some("free"), _) => activity.free = is.or(activity.free),
            (Some("registrationRequired"), _) => activity.registration_required = is.or(activity.registration_required),
            (Some("referralRequired"), _) => activity.referral_required = is.or(activity.referral_required),
            // HSDS wants a status of every service, so that one of which none is known says "active".
            (Some("status"), Some("not known")) => activity.status = None,
            (Some("status"), Some(name)) => activity.status = PlaceStatus::parse(name).or(activity.status),
            _ => {}
        }
    }
}

fn terms<T: Term>(attributes: &[Attribute]) -> impl Iterator<Item = T> {
    let terms = attributes.iter().filter_map(|attribute| attribute.taxonomy_term.as_ref());
    let own = terms.filter(|term| term.taxonomy.as_deref() == Some(T::VOCABULARY));
    own.filter_map(|term| T::parse(term.code.as_deref()?))
}
