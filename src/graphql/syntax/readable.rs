//! A query as the parser reads it rightly.
//!
//! async-graphql's parser differs from the specification in ways that change what a query means or where its errors are:
//! CR alone ends no line; `\u{…}` and characters in two halves are no escapes, and `\"""` in a block string is none either;
//! a type may have no blanks in it, no comment may follow `on`, and nothing has a description; `01` is two numbers, `queryA` the keyword and a name,
//! `[nullable]` null and a name. What is right is written so that it is read rightly, with everything after it at its
//! line and column; what is wrong is refused.

use super::number::is_numbers;
use super::position::position;
use super::string::{readable_block, readable_string};
use super::token::{Kind, Token, Tokens};
use crate::graphql::refusal::{ECHO, ErrorCode, Refusal, clip};

/// The words that a definition begins with.
const DEFINITIONS: [&str; 4] = ["query", "mutation", "subscription", "fragment"];

/// The words that are a value.
const VALUES: [&str; 3] = ["true", "false", "null"];

/// The text of a query in the form that the parser reads as the specification reads `text`.
///
/// # Errors
/// [`ErrorCode::GraphqlParseFailed`] for what the parser would take and the specification does not.
pub fn readable(text: &str) -> Result<String, Refusal> {
    let mut writer = Writer { text, written: String::with_capacity(text.len()), at: 0, behind_type: String::new() };
    let mut definition = Definition::Begins;
    let (mut open, mut open_round) = (0_usize, 0_usize);
    let mut before = ["", ""];
    let mut ty = Type::None;
    let mut tokens = Tokens::new(text).peekable();
    while let Some(token) = tokens.next() {
        let next = tokens.peek().map_or("", |next| next.text);
        ty = match (ty, token.text) {
            (Type::Begins, "[") | (Type::Named, "]" | "!") => ty,
            (Type::Begins, _) if token.kind == Kind::Name => Type::Named,
            _ => Type::None,
        };
        match (token.kind, token.text) {
            (Kind::Name, name) => {
                definition.name(name).map_err(|told| refuse(text, token.start, told))?;
                let is_key = next == ":" && before[1] != ":";
                let is_value = open_round > 0 && ty == Type::None && !is_key && !matches!(before[1], "$" | "@");
                if is_value && let Some(word) = VALUES.iter().find(|word| name.starts_with(**word) && name != **word) {
                    let told = format!("`{}` is no value; was `{word}` meant?", clip(name, ECHO));
                    return Err(refuse(text, token.start, told));
                }
            }
            (Kind::Number, number) if !is_numbers(number) => {
                let told = format!("`{}` is no number.", clip(number, ECHO));
                return Err(refuse(text, token.start, told));
            }
            (Kind::Punctuation, "(") if next == ")" => {
                return Err(refuse(text, token.start, "The brackets `()` are empty; leave them out.".to_owned()));
            }
            (Kind::Punctuation, "{" | "(") => {
                open += 1;
                open_round += usize::from(token.text == "(");
                definition = Definition::Goes;
            }
            (Kind::Punctuation, "}" | ")") => {
                open = open.saturating_sub(1);
                open_round = open_round.saturating_sub(usize::from(token.text == ")"));
                if open == 0 && token.text == "}" {
                    definition = Definition::Begins;
                }
            }
            _ => {}
        }
        let describes = match definition {
            Definition::Begins => DEFINITIONS.contains(&next),
            _ => open == 1 && open_round == 1 && next == "$" && !matches!(before[1], "=" | ":"),
        };
        if describes && matches!(token.kind, Kind::Text | Kind::BlockText) && token.text.ends_with('"') {
            writer.blank(&token)?;
        } else {
            writer.token(&token, ty != Type::None && !matches!(before[1], ":"))?;
        }
        if token.text == ":" && before[0] == "$" {
            ty = Type::Begins;
        }
        before = [before[1], token.text];
    }
    Ok(writer.finish())
}

/// Where in a definition the text is.
#[derive(Clone, Copy)]
enum Definition {
    /// Its first word is to come.
    Begins,
    /// The name of a fragment is to come.
    NamesFragment,
    Goes,
}

impl Definition {
    fn name(&mut self, name: &str) -> Result<(), String> {
        let was = std::mem::replace(self, Self::Goes);
        match was {
            Self::Begins if name == "fragment" => *self = Self::NamesFragment,
            Self::Begins if DEFINITIONS.contains(&name) => {}
            Self::Begins => {
                if let Some(word) = DEFINITIONS.iter().find(|word| name.starts_with(**word)) {
                    return Err(format!("`{}` begins no definition; was `{word}` and a name meant?", clip(name, ECHO)));
                }
            }
            Self::NamesFragment if name == "on" => return Err("A fragment cannot be called `on`.".to_owned()),
            Self::NamesFragment | Self::Goes => {}
        }
        Ok(())
    }
}

/// Where in the type of a variable the text is.
#[derive(Clone, Copy, PartialEq)]
enum Type {
    None,
    Begins,
    Named,
}

struct Writer<'a> {
    text: &'a str,
    written: String,
    /// How much of the text is written, in bytes.
    at: usize,
    /// What stood between the tokens of a type, to be written behind it.
    behind_type: String,
}

impl Writer<'_> {
    /// Writes a token and what stands before it; `joined` when nothing may stand there.
    fn token(&mut self, token: &Token<'_>, joined: bool) -> Result<(), Refusal> {
        let before = between(&self.text[self.at..token.start]);
        if joined {
            self.behind_type.push_str(&before);
            // It moves to the line that the type begins in, and what follows stays where it is.
            if self.behind_type.contains('\n') {
                self.behind_type.extend(std::iter::repeat_n(' ', token.text.len()));
            }
        } else {
            self.written.push_str(&std::mem::take(&mut self.behind_type));
            self.written.push_str(&before);
        }
        self.at = token.end();
        match token.kind {
            Kind::Text => match readable_string(token.text) {
                Ok(None) => self.written.push_str(token.text),
                Ok(Some(readable)) => {
                    self.written.push_str(&readable);
                    let shorter = token.text.chars().count() - readable.chars().count();
                    self.written.extend(std::iter::repeat_n(' ', shorter));
                }
                Err(error) => return Err(refuse(self.text, token.start + error.at, error.told)),
            },
            Kind::BlockText => match readable_block(token.text) {
                None => self.written.push_str(&line_ends(token.text)),
                Some(readable) => {
                    self.written.push_str(&readable);
                    self.catch_up(token, readable.chars().count());
                }
            },
            _ => self.written.push_str(token.text),
        }
        Ok(())
    }

    /// Writes a description as blanks: it says something to readers only, and the parser does not know it.
    fn blank(&mut self, token: &Token<'_>) -> Result<(), Refusal> {
        if token.kind == Kind::Text {
            readable_string(token.text).map_err(|error| refuse(self.text, token.start + error.at, error.told))?;
        }
        self.written.push_str(&std::mem::take(&mut self.behind_type));
        self.written.push_str(&between(&self.text[self.at..token.start]));
        let blank = |character: char| if character == '\n' { '\n' } else { ' ' };
        self.written.extend(line_ends(token.text).chars().map(blank));
        self.at = token.end();
        Ok(())
    }

    /// Brings what follows a block string that was written on one line to its line and column, as far as it goes.
    fn catch_up(&mut self, token: &Token<'_>, written: usize) {
        let text = line_ends(token.text);
        let lines = text.matches('\n').count();
        self.written.extend(std::iter::repeat_n('\n', lines));
        let columns = text.rsplit('\n').next().map_or(0, |last| last.chars().count());
        let missing = if lines > 0 { columns } else { columns.saturating_sub(written) };
        self.written.extend(std::iter::repeat_n(' ', missing));
    }

    fn finish(mut self) -> String {
        self.written.push_str(&self.behind_type);
        self.written.push_str(&between(&self.text[self.at..]));
        self.written
    }
}

/// What stands between two tokens: comments as blanks, every end of a line known to the parser.
fn between(text: &str) -> String {
    let mut comment = false;
    let blank = |character: char| match character {
        '\n' | '\r' => {
            comment = false;
            character
        }
        '#' => {
            comment = true;
            ' '
        }
        _ if comment => ' ',
        other => other,
    };
    line_ends(&text.chars().map(blank).collect::<String>())
}

/// CR LF and CR as LF.
fn line_ends(text: &str) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() }
}

fn refuse(text: &str, offset: usize, told: String) -> Refusal {
    Refusal::new(ErrorCode::GraphqlParseFailed, told).at(position(text, offset))
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;
    use async_graphql::parser::types::ExecutableDocument;
    use proptest::prelude::*;

    use super::*;

    /// A document as the parser prints it to a programmer, positions included.
    fn document(text: &str) -> String {
        format!("{:?}", parse_query(readable(text).unwrap()).unwrap().operations)
    }

    fn parsed(text: &str) -> ExecutableDocument {
        parse_query(readable(text).unwrap()).unwrap()
    }

    #[test]
    fn an_error_behind_an_escape_is_where_the_text_has_it() {
        assert_eq!(document("{a(b:\"🏠\"        ) c}"), document(r#"{a(b:"\u{1F3E0}") c}"#));
        assert_eq!(document("{a(b:\"🏠\"           ) c}"), document(r#"{a(b:"\uD83C\uDFE0") c}"#));
    }

    #[test]
    fn every_end_of_a_line_counts_once() {
        let expected = document("{\n\n  a # b\n\n c(d: \"\"\"x\n y\"\"\")}");
        for end in ["\r", "\r\n"] {
            assert_eq!(document(&"{\n\n  a # b\n\n c(d: \"\"\"x\n y\"\"\")}".replace('\n', end)), expected, "{end:?}");
        }
    }

    #[test]
    fn a_type_may_have_blanks_and_on_a_comment() {
        let with = "query($a: [ Int\n ! ] ! = [1] $b: ID #!\n !) {... on #Q\n Query {a}}";
        let query = parsed(with);
        let operation = query.operations.iter().next().unwrap().1;
        let types: Vec<String> =
            operation.node.variable_definitions.iter().map(|definition| definition.node.var_type.to_string()).collect();
        assert_eq!(types, ["[Int!]!", "ID!"]);
        let set = &operation.node.selection_set.node.items[0];
        assert_eq!((set.pos.line, set.pos.column), (3, 6));
    }

    #[test]
    fn a_description_is_passed_over() {
        let text = "\"asks\" query A(\"\"\"the\nfirst\"\"\" $a: String = \"x\" \"second\" $b: Int) {a(b: $a c: $b)} \"part\" fragment F on Q {a}";
        let query = parsed(text);
        assert_eq!(query.fragments.len(), 1);
        let (_, operation) = query.operations.iter().next().unwrap();
        let definitions = &operation.node.variable_definitions;
        let places: Vec<_> =
            definitions.iter().map(|definition| (definition.pos.line, definition.pos.column)).collect();
        assert_eq!(places, [(2, 10), (2, 36)]);
        assert!(definitions[0].node.default_value.is_some());
        for text in ["\"asks\" {a}", "{a \"b\"}", "query A(\"a\") {a}", "\"\\uD83C\" query A{a}"] {
            assert!(
                readable(text).map_err(|_| ()).and_then(|text| parse_query(text).map_err(|_| ())).is_err(),
                "{text}"
            );
        }
    }

    #[test]
    fn what_the_parser_would_misread_is_refused() {
        for (text, part, column) in [
            ("{a(b:01)}", "`01` is no number", 6),
            ("{a(b:[1 -])}", "`-` is no number", 9),
            ("queryA{a}", "`queryA` begins no definition; was `query`", 1),
            ("{a} fragmentF on Q{a}", "`fragmentF` begins no definition", 5),
            ("{...on} fragment on on Q{a}", "cannot be called `on`", 18),
            ("query(){a}", "`()`", 6),
            ("{a()}", "`()`", 3),
            ("{a(b:[truefalse])}", "`truefalse` is no value; was `true` meant?", 7),
            ("{a(b:nullb:1)}", "`nullb`", 6),
            ("{a(b:\"\\uD83C\")}", "half a character", 7),
        ] {
            let refusal = readable(text).unwrap_err();
            assert_eq!(refusal.code, ErrorCode::GraphqlParseFailed);
            assert!(refusal.message.contains(part) && refusal.at.unwrap().column == column, "{text}: {refusal:?}");
        }
        for text in [
            "query query{a}",
            "fragment fragment on Q{a} {a}",
            "{query mutation on nullable trueX:a falsey(nullable:1 b:{truely:$nullable})}",
            "query($nullable:nullable @truely){a @nullX(nullY:TRUE)}",
            "{a(b:[1-2])}",
        ] {
            readable(text).unwrap();
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_to_its_end(text in "\\PC{0,60}") {
            let _ = readable(&text);
        }

        #[test]
        fn near_graphql_nothing_panics(
            parts in prop::collection::vec(prop::sample::select(vec![
                "{", "}", "(", ")", "[", "]", "\"", "\"\"\"", "\\", "\\u", "\\u{", "D83C", "\\uDFE0", "é", "🏠", "\r", "\n", "#",
                "$", ":", "a", "!", "on", "null", "-", "1", ".", "query", " ", "\\\"\"\"",
            ]), 0..30),
        ) {
            if let Ok(text) = readable(&parts.concat()) {
                let _ = parse_query(text);
            }
        }
    }
}
