//! Under which licence a distribution is: a record has one, where our layers have several.

use super::graph::expanded;
use crate::{collections::Collection, edition::Edition, model::Layer};

/// Licences by their SPDX identifiers, the one that asks most first, with their names in the table of the European Union.
const LICENCES: [(&str, &str); 3] =
    [("ODbL-1.0", "eu:licence/ODC_BL"), ("CC-BY-4.0", "eu:licence/CC_BY_4_0"), ("CC0-1.0", "eu:licence/CC0")];

/// The layers that the rows of a collection come from.
pub(super) fn layers<'a>(edition: &'a Edition, collection: &Collection) -> Vec<&'a Layer> {
    let mut found: Vec<&Layer> = Vec::new();
    for layer in collection.listed(edition).into_iter().flat_map(|row| collection.layers(edition, row)) {
        if !found.iter().any(|known| known.key == layer.key) {
            found.push(layer);
        }
    }
    found
}

/// The licence that holds for what comes from these layers together: the one that asks most. None where a layer has a licence that
/// nobody knows, since a record is not to promise what we cannot.
pub(super) fn of(layers: &[&Layer]) -> Option<String> {
    let rank = |layer: &&Layer| LICENCES.iter().position(|(spdx, _)| *spdx == layer.licence);
    let ranks: Option<Vec<usize>> = layers.iter().map(rank).collect();
    ranks?.into_iter().min().map(|first| expanded(LICENCES[first].1))
}

/// What has to be named with it.
pub(super) fn attribution(layers: &[&Layer]) -> String {
    let mut all: Vec<&str> = Vec::new();
    for layer in layers {
        if !all.contains(&layer.attribution.as_str()) {
            all.push(&layer.attribution);
        }
    }
    all.join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_licence_that_asks_most_holds_for_all_and_an_unknown_one_is_not_guessed() {
        let layer = |licence: &str| Layer { licence: licence.to_owned(), ..Layer::of_statements("CC0-1.0") };
        let (odbl, by, zero, other) = (layer("ODbL-1.0"), layer("CC-BY-4.0"), layer("CC0-1.0"), layer("LicenseRef-x"));
        let authority = "http://publications.europa.eu/resource/authority/licence/";
        assert_eq!(of(&[&zero, &odbl, &by]), Some(format!("{authority}ODC_BL")));
        assert_eq!(of(&[&zero, &by]), Some(format!("{authority}CC_BY_4_0")));
        assert_eq!(of(&[&zero]), Some(format!("{authority}CC0")));
        assert_eq!((of(&[&by, &other]), of(&[])), (None, None));
    }
}
