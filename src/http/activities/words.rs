//! What there is to say of an activity beside what it is called and when it is held: for whom, at what price.

use crate::model::{Activity, Language, Last, vocabulary::Term as _};

/// What is known of it, a sentence each: `Voor ouderen`, `Vanaf 55 jaar`, `Kosten: € 2,50`.
pub(in crate::http) fn details(activity: &Activity, language: Language) -> Vec<String> {
    let say = |dutch: String, english: String| match language {
        Language::Nl => dutch,
        Language::En => english,
    };
    let mut told = Vec::new();
    let labels = activity.audiences.iter().filter_map(|audience| audience.label());
    let audiences: Vec<String> = labels
        .map(|label| match language {
            Language::Nl => label.label_nl.to_lowercase(),
            Language::En => label.label_en.to_lowercase(),
        })
        .collect();
    if !audiences.is_empty() {
        let audiences = language.list(&audiences, Last::And);
        told.push(say(format!("Voor {audiences}"), format!("For {audiences}")));
    }
    told.extend(match (activity.min_age, activity.max_age) {
        (Some(least), Some(most)) => {
            Some(say(format!("Van {least} tot en met {most} jaar"), format!("Aged {least} to {most}")))
        }
        (Some(least), None) => Some(say(format!("Vanaf {least} jaar"), format!("Aged {least} and over"))),
        (None, Some(most)) => Some(say(format!("Tot en met {most} jaar"), format!("Aged up to {most}"))),
        (None, None) => None,
    });
    told.extend(match (activity.free, &activity.cost) {
        (Some(true), None) => Some(say("Gratis".to_owned(), "Free".to_owned())),
        (_, Some(cost)) => Some(say(format!("Kosten: {cost}"), format!("Costs: {cost}"))),
        _ => None,
    });
    let needed = |is_needed: Option<bool>, dutch: [&str; 2], english: [&str; 2]| {
        is_needed.map(|is| say(dutch[usize::from(!is)].to_owned(), english[usize::from(!is)].to_owned()))
    };
    told.extend(needed(
        activity.registration_required,
        ["Aanmelden nodig", "Aanmelden niet nodig"],
        ["Registration needed", "No registration needed"],
    ));
    told.extend(needed(
        activity.referral_required,
        ["Verwijzing nodig", "Geen verwijzing nodig"],
        ["Referral needed", "No referral needed"],
    ));
    told.extend(activity.organiser.as_ref().map(|by| say(format!("Organisatie: {by}"), format!("Organised by {by}"))));
    told
}
