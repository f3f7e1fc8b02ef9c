//! The documented queries of `examples/queries/`: shown in the explorer, on the landing page and as worked examples, and run by the tests.

/// A documented query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// Name of its file, and of the example in the explorer.
    pub name: &'static str,
    /// The whole file: two comments with the titles, then the query.
    text: &'static str,
}

/// All of them, the first three being those of the landing page.
pub const EXAMPLES: [Example; 25] = [
    example("places-of-a-municipality", include_str!("../examples/queries/places-of-a-municipality.graphql")),
    example("nearest-places", include_str!("../examples/queries/nearest-places.graphql")),
    example("libraries-known-and-unknown", include_str!("../examples/queries/libraries-known-and-unknown.graphql")),
    example("coverage-of-libraries", include_str!("../examples/queries/coverage-of-libraries.graphql")),
    example("villages-far-from-a-place", include_str!("../examples/queries/villages-far-from-a-place.graphql")),
    example("uncovered-area", include_str!("../examples/queries/uncovered-area.graphql")),
    example("facets-in-a-box", include_str!("../examples/queries/facets-in-a-box.graphql")),
    example("places-per-municipality", include_str!("../examples/queries/places-per-municipality.graphql")),
    example("within-a-polygon", include_str!("../examples/queries/within-a-polygon.graphql")),
    example("search-with-a-typo", include_str!("../examples/queries/search-with-a-typo.graphql")),
    example("villages-of-a-municipality", include_str!("../examples/queries/villages-of-a-municipality.graphql")),
    example("municipal-policy", include_str!("../examples/queries/municipal-policy.graphql")),
    example("municipal-support", include_str!("../examples/queries/municipal-support.graphql")),
    example("published-figures", include_str!("../examples/queries/published-figures.graphql")),
    example("sources-of-a-place", include_str!("../examples/queries/sources-of-a-place.graphql")),
    example("activities-near-a-village", include_str!("../examples/queries/activities-near-a-village.graphql")),
    example("municipality-at-a-point", include_str!("../examples/queries/municipality-at-a-point.graphql")),
    example("open-on-a-saturday-evening", include_str!("../examples/queries/open-on-a-saturday-evening.graphql")),
    example("near-a-postcode", include_str!("../examples/queries/near-a-postcode.graphql")),
    example("suggestions", include_str!("../examples/queries/suggestions.graphql")),
    example("still-true", include_str!("../examples/queries/still-true.graphql")),
    example("bridge-on-a-tuesday-evening", include_str!("../examples/queries/bridge-on-a-tuesday-evening.graphql")),
    example("on-this-week", include_str!("../examples/queries/on-this-week.graphql")),
    example("free-for-my-child", include_str!("../examples/queries/free-for-my-child.graphql")),
    example("how-to-cite", include_str!("../examples/queries/how-to-cite.graphql")),
];

const fn example(name: &'static str, text: &'static str) -> Example {
    Example { name, text }
}

impl Example {
    /// What it asks, in Dutch.
    pub fn title_nl(&self) -> &'static str {
        self.comment("# nl: ")
    }

    /// What it asks, in English.
    pub fn title_en(&self) -> &'static str {
        self.comment("# en: ")
    }

    /// The whole file, as it can be copied from the repository.
    pub const fn text(&self) -> &'static str {
        self.text
    }

    /// The query without its comments.
    pub fn query(&self) -> &'static str {
        let start = self.text.find("query ").unwrap_or_default();
        self.text[start..].trim_end()
    }

    fn comment(&self, mark: &str) -> &'static str {
        self.text.lines().find_map(|line| line.strip_prefix(mark)).unwrap_or(self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_of_the_folder_is_listed_and_has_both_titles() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/queries");
        let mut files: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap().replace(".graphql", ""))
            .collect();
        let mut listed: Vec<&str> = EXAMPLES.iter().map(|example| example.name).collect();
        files.sort();
        listed.sort_unstable();
        assert_eq!(files, listed);
        for example in EXAMPLES {
            assert_ne!(example.title_nl(), example.name);
            assert_ne!(example.title_en(), example.name);
            assert!(example.query().starts_with("query "), "{}", example.name);
        }
    }
}
