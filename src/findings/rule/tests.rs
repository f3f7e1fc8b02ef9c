//! Tests of the rules' words.

use std::collections::HashSet;

use super::*;

#[test]
fn each_code_is_its_own_and_in_kebab_case() {
    let codes: HashSet<&str> = Rule::ALL.iter().map(|rule| rule.code()).collect();
    assert_eq!(codes.len(), Rule::ALL.len());
    assert!(codes.iter().all(|code| code.chars().all(|c| c.is_ascii_lowercase() || c == '-')), "{codes:?}");
}

#[test]
fn every_refusal_says_what_to_do_and_both_languages_use_the_same_details() {
    for rule in Rule::ALL {
        let [nl, en] = [Language::Nl, Language::En].map(|language| (rule.message(language), rule.remedy(language)));
        assert_eq!(nl.1.is_empty(), en.1.is_empty(), "{}", rule.code());
        assert!(rule.severity() != Severity::Refused || !nl.1.is_empty(), "{}", rule.code());
        for detail in ["{value}", "{0}", "{1}", "{2}", "{3}"] {
            // The details that are themselves phrases, in either language.
            if [Rule::OutsideMunicipality, Rule::GeometryMended, Rule::Overruled, Rule::NothingToClear].contains(rule) {
                continue;
            }
            let uses = |(message, remedy): (&str, &str)| message.contains(detail) || remedy.contains(detail);
            assert_eq!(uses(nl), uses(en), "{} {detail}", rule.code());
        }
    }
}
