//! What is checked before a query is parsed, and what before it is validated.
//!
//! The parser recurses once per open bracket and dies of a stack overflow at some 1,600; validation expands fragments
//! as often as they are spread, so that twenty that spread one another twice stand for a million selections. Both
//! are counted here first, in time linear in the text.

use std::collections::HashMap;

use async_graphql::Positioned;
use async_graphql::parser::types::{Directive, ExecutableDocument, Selection, SelectionSet};

use crate::graphql::limits::Limits;
use crate::graphql::refusal::{ECHO, ErrorCode, Refusal, clip};
use crate::graphql::syntax::{Kind, Tokens, position};

/// Counts tokens and open brackets of a query without parsing it, and hands on each token's text.
///
/// Strings, block strings and comments are skipped as the parser skips them; what lies between tokens (white space,
/// commas, comments) is not handed on, so two texts with the same tokens mean the same. Nothing is allocated.
///
/// # Errors
/// [`ErrorCode::LimitExceeded`] above `max_tokens` or `max_nesting`; [`ErrorCode::GraphqlParseFailed`] for a block
/// string without an end, after which the parser and this function would read the rest differently.
pub fn check_text<'a>(text: &'a str, limits: &Limits, mut token: impl FnMut(&'a str)) -> Result<(), Refusal> {
    let (mut tokens, mut nesting) = (0_usize, 0_usize);
    for found in Tokens::new(text) {
        match (found.kind, found.text) {
            (Kind::OpenBlockText, _) => {
                return Err(Refusal::new(ErrorCode::GraphqlParseFailed, "A block string has no closing `\"\"\"`.")
                    .at(position(text, found.start)));
            }
            (Kind::Punctuation, "{" | "[" | "(") => {
                nesting += 1;
                if nesting > limits.max_nesting {
                    return Err(Refusal::limit(format!(
                        "The query opens more than {} brackets inside one another.",
                        limits.max_nesting
                    )));
                }
            }
            (Kind::Punctuation, "}" | "]" | ")") => nesting = nesting.saturating_sub(1),
            _ => {}
        }
        tokens += 1;
        if tokens > limits.max_tokens {
            return Err(Refusal::limit(format!("The query has more than {} tokens.", limits.max_tokens)));
        }
        token(found.text);
    }
    Ok(())
}

/// What a selection set comes to once every fragment is written out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Expanded {
    selections: u64,
    aliases: u64,
    /// Fields that stand at the level of the set itself.
    top: u64,
    /// Selection sets below this one.
    depth: usize,
}

/// Checks a parsed query before it is validated: operations, fragment expansion, depth, aliases, root fields, directives.
///
/// Each fragment is counted once, whatever the number of its spreads, so the time is linear in the document.
///
/// # Errors
/// [`ErrorCode::LimitExceeded`] above a limit; [`ErrorCode::GraphqlValidationFailed`] for a fragment that spreads
/// itself and for a directive that does not exist or stands where it may not.
pub fn check_document(document: &ExecutableDocument, limits: &Limits) -> Result<(), Refusal> {
    let operations = document.operations.iter().len();
    if operations > limits.max_operations {
        return Err(Refusal::limit(format!(
            "The document has {operations} operations; at most {} are read.",
            limits.max_operations
        )));
    }
    let mut walk = Walk { document, limits, fragments: HashMap::new() };
    for fragment in document.fragments.values() {
        no_directives(&fragment.node.directives, "a fragment definition")?;
    }
    for (_, operation) in document.operations.iter() {
        no_directives(&operation.node.directives, "an operation")?;
        for variable in &operation.node.variable_definitions {
            no_directives(&variable.node.directives, "a variable definition")?;
        }
        let expanded = walk.set(&operation.node.selection_set.node, 0)?;
        if expanded.top > limits.max_root_fields as u64 {
            return Err(Refusal::limit(format!(
                "The operation has {} root fields; at most {} are answered at once.",
                expanded.top, limits.max_root_fields
            ))
            .at(operation.pos));
        }
        if expanded.aliases > limits.max_aliases as u64 {
            return Err(Refusal::limit(format!(
                "The operation has {} aliases with its fragments written out; at most {} are allowed.",
                expanded.aliases, limits.max_aliases
            ))
            .at(operation.pos));
        }
    }
    // Those that no operation spreads: validation walks them too.
    for name in document.fragments.keys() {
        walk.fragment(name, 0)?;
    }
    Ok(())
}

fn no_directives(directives: &[Positioned<Directive>], place: &str) -> Result<(), Refusal> {
    match directives.first() {
        Some(directive) => Err(Refusal::invalid(format!(
            "The directive `@{}` is not allowed on {place}.",
            clip(&directive.node.name.node, ECHO)
        ))
        .at(directive.pos)),
        None => Ok(()),
    }
}

struct Walk<'a> {
    document: &'a ExecutableDocument,
    limits: &'a Limits,
    /// `None` while a fragment is being counted: meeting it then is a cycle.
    fragments: HashMap<&'a str, Option<Expanded>>,
}

impl<'a> Walk<'a> {
    /// `depth` is that of the set itself. The recursion ends with the depth that is allowed.
    fn set(&mut self, set: &'a SelectionSet, depth: usize) -> Result<Expanded, Refusal> {
        self.depth(depth)?;
        let mut sum = Expanded::default();
        for selection in &set.items {
            self.directives(selection.node.directives())?;
            match &selection.node {
                Selection::Field(field) => {
                    sum.selections += 1;
                    sum.top += 1;
                    sum.aliases += u64::from(field.node.alias.is_some());
                    if !field.node.selection_set.node.items.is_empty() {
                        let below = self.set(&field.node.selection_set.node, depth + 1)?;
                        sum.add(below);
                    }
                }
                Selection::InlineFragment(fragment) => {
                    let below = self.set(&fragment.node.selection_set.node, depth + 1)?;
                    sum.selections += 1;
                    sum.top += below.top;
                    sum.add(below);
                }
                Selection::FragmentSpread(spread) => {
                    let below = self.fragment(&spread.node.fragment_name.node, depth + 1)?;
                    sum.selections += 1;
                    sum.top = sum.top.saturating_add(below.top);
                    sum.add(below);
                }
            }
            if sum.selections > self.limits.max_selections {
                return Err(Refusal::limit(format!(
                    "The query has more than {} selections with its fragments written out.",
                    self.limits.max_selections
                ))
                .at(selection.pos));
            }
        }
        Ok(sum)
    }

    fn fragment(&mut self, name: &'a str, depth: usize) -> Result<Expanded, Refusal> {
        match self.fragments.get(name) {
            Some(Some(expanded)) => {
                let expanded = *expanded;
                self.depth(depth + expanded.depth)?;
                return Ok(expanded);
            }
            Some(None) => {
                return Err(Refusal::invalid(format!("The fragment `{}` spreads itself.", clip(name, ECHO))));
            }
            None => {}
        }
        // A fragment that does not exist is for validation to name.
        let Some(fragment) = self.document.fragments.get(name) else {
            return Ok(Expanded::default());
        };
        self.fragments.insert(name, None);
        let expanded = self.set(&fragment.node.selection_set.node, depth)?;
        self.fragments.insert(name, Some(expanded));
        Ok(expanded)
    }

    fn depth(&self, depth: usize) -> Result<(), Refusal> {
        if depth <= self.limits.max_depth {
            return Ok(());
        }
        Err(Refusal::limit(format!(
            "The query nests more than {} selection sets, fragments counted.",
            self.limits.max_depth
        )))
    }

    fn directives(&self, directives: &[Positioned<Directive>]) -> Result<(), Refusal> {
        let Some(first) = directives.first() else {
            return Ok(());
        };
        if directives.len() > self.limits.max_directives {
            return Err(Refusal::limit(format!(
                "A selection has {} directives; at most {} are allowed.",
                directives.len(),
                self.limits.max_directives
            ))
            .at(first.pos));
        }
        for directive in directives {
            let name = &directive.node.name.node;
            if name != "skip" && name != "include" {
                return Err(Refusal::invalid(format!(
                    "The directive `@{}` does not exist; a query may use `@skip` and `@include`.",
                    clip(name, ECHO)
                ))
                .at(directive.pos));
            }
        }
        Ok(())
    }
}

impl Expanded {
    fn add(&mut self, below: Self) {
        self.selections = self.selections.saturating_add(below.selections);
        self.aliases = self.aliases.saturating_add(below.aliases);
        self.depth = self.depth.max(below.depth + 1);
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;
    use proptest::prelude::*;

    use super::*;

    /// Every token of `text`, or the reason to refuse it.
    fn tokens(text: &str, limits: &Limits) -> Result<Vec<String>, Refusal> {
        let mut tokens = Vec::new();
        check_text(text, limits, |token| tokens.push(token.to_owned()))?;
        Ok(tokens)
    }

    fn document(text: &str) -> Result<(), Refusal> {
        check_document(&parse_query(text).unwrap(), &Limits::default())
    }

    #[test]
    fn brackets_in_strings_and_comments_do_not_count() {
        let limits = Limits { max_nesting: 2, ..Limits::default() };
        let text = "{a(b:\"[[[\\\"[\" c:\"\"\"{{{ \\\"\"\" [[[\"\"\") # ((((\n}";
        assert_eq!(tokens(text, &limits).unwrap().len(), 11);
        assert_eq!(tokens("{a(b:[", &limits).unwrap_err().code, ErrorCode::LimitExceeded);
        // An unclosed string ends with its line: what comes after is read by the parser, if by anyone.
        assert_eq!(tokens("{a(b:\"\n[", &limits).unwrap_err().code, ErrorCode::LimitExceeded);
    }

    #[test]
    fn a_block_string_without_an_end_is_refused() {
        let refusal = tokens("{a(b:\"\"\" ", &Limits::default()).unwrap_err();
        assert_eq!(refusal.code, ErrorCode::GraphqlParseFailed);
    }

    #[test]
    fn the_limits_are_the_last_that_pass() {
        let limits = Limits::default();
        let nested = |depth: usize| format!("{}{}", "{a".repeat(depth), "}".repeat(depth));
        assert!(tokens(&nested(64), &limits).is_ok());
        assert!(tokens(&nested(65), &limits).is_err());
        assert!(tokens(&"a ".repeat(2_000), &limits).is_ok());
        assert!(tokens(&"a ".repeat(2_001), &limits).is_err());
        assert!(document(&nested(21)).is_ok());
        assert!(document(&nested(22)).is_err());
    }

    #[test]
    fn a_fragment_counts_as_often_as_it_is_spread() {
        let ten = "fragment F on T {a:x b:x c:x d:x e:x f:x g:x h:x i:x j:x}";
        assert!(document(&format!("{{n{{{}}}}} {ten}", "...F ".repeat(5))).is_ok());
        let refusal = document(&format!("{{n{{{}}}}} {ten}", "...F ".repeat(6))).unwrap_err();
        assert!(refusal.message.contains("60 aliases"), "{refusal}");
        let refusal = document(&format!("{{...F ...F ...F}} {ten}")).unwrap_err();
        assert!(refusal.message.contains("30 root fields"), "{refusal}");
    }

    #[test]
    fn the_introspection_of_tools_needs_what_the_limits_say() {
        let document = parse_query(include_str!("../../tests/audits/introspection.graphql")).unwrap();
        let exact = Limits { max_depth: 17, max_selections: 240, ..Limits::default() };
        assert!(check_document(&document, &exact).is_ok());
        assert!(check_document(&document, &Limits { max_depth: 16, ..exact.clone() }).is_err());
        assert!(check_document(&document, &Limits { max_selections: 239, ..exact }).is_err());
    }

    #[test]
    fn eleven_operations_are_one_too_many() {
        let operations = |count: usize| (0..count).map(|n| format!("query Q{n} {{a}} ")).collect::<String>();
        assert!(document(&operations(10)).is_ok());
        assert!(document(&operations(11)).is_err());
    }

    /// A token, and what may stand between two of them.
    fn token() -> impl Strategy<Value = String> {
        prop_oneof![
            prop::sample::select(vec!["{", "}", "[", "]", "(", ")", "!", "$", "&", ":", "=", "@", "|", "..."])
                .prop_map(str::to_owned),
            "[_A-Za-z][_0-9A-Za-z]{0,6}",
            "-?[1-9][0-9]{0,3}(\\.[0-9]{1,3})?",
            // A string may hold anything but its end and the end of its line.
            "\"([\\[{(#a-z ]|\\\\\"|\\\\\\\\)*[a-z]\"",
            "\"\"",
            "\"\"\"([\\[{(#a-z \n]|\\\\\"\"\")*[a-z]\"\"\"",
        ]
    }

    fn between() -> impl Strategy<Value = &'static str> {
        prop::sample::select(vec![" ", ",", "\n", "\t\r\n", "\u{feff}", "# [({ \"\n"])
    }

    proptest! {
        // The oracle knows the tokens because it wrote them.
        #[test]
        fn the_count_is_that_of_the_tokens_that_were_written(
            parts in prop::collection::vec((token(), between()), 0..60),
        ) {
            let text: String = parts.iter().flat_map(|(token, between)| [token.as_str(), between]).collect();
            let expected: Vec<String> = parts.iter().map(|(token, _)| token.clone()).collect();
            let (mut open, mut deepest) = (0_usize, 0);
            for (token, _) in &parts {
                match token.as_str() {
                    "{" | "[" | "(" => open += 1,
                    "}" | "]" | ")" => open = open.saturating_sub(1),
                    _ => {}
                }
                deepest = deepest.max(open);
            }
            let exact = Limits { max_tokens: expected.len(), max_nesting: deepest, ..Limits::default() };
            prop_assert_eq!(tokens(&text, &exact).unwrap(), expected);
            if deepest > 0 {
                let short = Limits { max_nesting: deepest - 1, ..exact.clone() };
                prop_assert!(tokens(&text, &short).is_err());
            }
            if !parts.is_empty() {
                let short = Limits { max_tokens: parts.len() - 1, ..exact };
                prop_assert!(tokens(&text, &short).is_err());
            }
        }

        #[test]
        fn any_text_is_read_to_its_end(text in "\\PC{0,80}") {
            let mut read = 0;
            let _ = check_text(&text, &Limits::default(), |token| read += token.len());
            prop_assert!(read <= text.len());
        }
    }
}
