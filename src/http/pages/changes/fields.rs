//! What fields of the schema are called by people, and how people say their values.

use crate::{
    http::pages::language::Language,
    model::{
        PLAIN,
        vocabulary::{
            ActivityType, Audience, FacilityType, InventoryStatus, KindBasis, PlaceKind, PlaceStatus, Term, label,
        },
    },
};

/// Fields that are in no other table: their name in the schema, in Dutch and in English.
const NAMES: [(&str, &str, &str); 32] = [
    ("absentActivities", "activiteiten die er niet zijn", "activities that are not held"),
    ("absentFacilities", "voorzieningen die er niet zijn", "facilities that are not there"),
    ("activities", "activiteiten", "activities"),
    ("address", "adres", "address"),
    ("alternativeNames", "andere namen", "other names"),
    ("audiences", "voor wie", "for whom"),
    ("boundary", "grens", "boundary"),
    ("contact", "contact", "contact"),
    ("contactPoint", "contact", "contact"),
    ("cost", "kosten", "costs"),
    ("expectedPlaces", "aantal plekken volgens de gemeente", "number of places according to the municipality"),
    ("facilities", "voorzieningen", "facilities"),
    ("free", "gratis", "free"),
    ("inventory", "is de lijst volledig", "is the list complete"),
    ("kind", "soort", "kind"),
    ("kindBasis", "waaruit de soort blijkt", "what the kind follows from"),
    ("lastConfirmed", "laatst bevestigd", "last confirmed"),
    ("location", "ligging", "location"),
    ("maxAge", "tot en met welke leeftijd", "up to which age"),
    ("minAge", "vanaf welke leeftijd", "from which age"),
    ("municipality", "gemeente", "municipality"),
    ("name", "naam", "name"),
    ("organiser", "organisatie", "organiser"),
    ("place", "plek", "place"),
    ("policy", "beleid", "policy"),
    ("population", "inwoners", "inhabitants"),
    ("schedule", "wanneer", "when"),
    ("settlement", "plaats", "settlement"),
    ("settlementArea", "wijk of buurt", "district or neighbourhood"),
    ("sources", "bronnen", "sources"),
    ("status", "in gebruik of gesloten", "in use or closed"),
    ("type", "soort activiteit", "type of activity"),
];

/// What a field is called; one that people have no name for by that of the schema.
pub(super) fn name(field: &'static str, language: Language) -> &'static str {
    let own = NAMES.iter().find(|(name, ..)| *name == field).map(|(_, nl, en)| match language {
        Language::Nl => *nl,
        Language::En => *en,
    });
    let plain = || PLAIN.iter().find(|plain| plain.field == field).map(|plain| plain.called(language));
    own.or_else(plain).unwrap_or(field)
}

/// A value as people say it: terms by their labels.
pub(super) fn told(field: &str, text: &str, language: Language) -> String {
    let vocabulary = match field {
        "kind" => PlaceKind::VOCABULARY,
        "kindBasis" => KindBasis::VOCABULARY,
        "status" => PlaceStatus::VOCABULARY,
        "facilities" | "absentFacilities" => FacilityType::VOCABULARY,
        "activities" | "absentActivities" | "type" => ActivityType::VOCABULARY,
        "audiences" => Audience::VOCABULARY,
        "inventory" => InventoryStatus::VOCABULARY,
        _ => return plainly(text, language),
    };
    let one = |name: &str| label(vocabulary, name).map_or(name, |label| label.of(language)).to_owned();
    text.split(", ").map(one).collect::<Vec<_>>().join(", ")
}

fn plainly(text: &str, language: Language) -> String {
    match text {
        "true" => language.yes_or_no(true).to_owned(),
        "false" => language.yes_or_no(false).to_owned(),
        text => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_and_values_are_told_as_people_say_them() {
        assert_eq!(name("openingHours", Language::Nl), "openingstijden");
        assert_eq!(name("status", Language::En), "in use or closed");
        assert_eq!(told("facilities", "BIBLIOTHEEK, SPORT", Language::En), "Library, Sports");
        assert_eq!(told("wheelchairAccessible", "true", Language::Nl), "ja");
        assert_eq!(told("facilities", "NIEUW", Language::Nl), "NIEUW", "a term that this release does not know");
    }
}
