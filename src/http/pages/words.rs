//! How the sentences of a page are written down: Dutch and English side by side, so that a change to one is seen beside the other.
//!
//! Each page has its own in its `words.rs`. `{name}` marks a place that [`with`] fills in.

/// Makes `Words`, and one of each language, of names with both texts.
macro_rules! words {
    ($($name:ident: $dutch:literal, $english:literal;)*) => {
        /// The sentences of one language.
        #[derive(Debug)]
        pub(in crate::http) struct Words {
            $(pub(in crate::http) $name: &'static str,)*
        }

        static DUTCH: Words = Words { $($name: $dutch,)* };
        static ENGLISH: Words = Words { $($name: $english,)* };

        impl Words {
            /// Those of a language.
            pub(in crate::http) fn of(language: crate::http::pages::language::Language) -> &'static Self {
                match language {
                    crate::http::pages::language::Language::Nl => &DUTCH,
                    crate::http::pages::language::Language::En => &ENGLISH,
                }
            }
        }

        #[cfg(test)]
        mod tests {
            #[test]
            fn every_sentence_is_there_in_both_languages_with_the_same_blanks() {
                crate::http::pages::words::compare(&[$((stringify!($name), $dutch, $english),)*]);
            }
        }
    };
}
pub(in crate::http) use words;

/// `sentence` with each `{name}` replaced by its value.
pub(in crate::http) fn with(sentence: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(sentence.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}

/// With a capital letter, as a heading or a sentence begins.
pub(in crate::http) fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// Holds the sentences of both languages against one another.
#[cfg(test)]
pub(in crate::http) fn compare(all: &[(&str, &str, &str)]) {
    fn blanks(sentence: &str) -> Vec<&str> {
        let mut names: Vec<_> = sentence.split('{').skip(1).filter_map(|rest| rest.split('}').next()).collect();
        names.sort_unstable();
        names
    }
    for (name, dutch, english) in all {
        assert!(!dutch.trim().is_empty() && !english.trim().is_empty(), "{name} is empty");
        assert_eq!(blanks(dutch), blanks(english), "{name}");
    }
}
