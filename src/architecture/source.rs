//! What stands in a file: which modules it declares, what it defines, and the paths that it names.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// Words before the name of something that is defined.
const DEFINING: [&str; 8] = ["struct", "enum", "trait", "type", "fn", "const", "static", "union"];

/// A path, from `crate`, `self`, `super` or a name.
pub(super) type NamedPath = Vec<String>;

/// What stands in a file, its tests left out.
#[derive(Clone, Debug, Default)]
pub(super) struct Source {
    /// The modules that are files of their own.
    pub(super) modules: BTreeSet<String>,
    /// What it defines itself.
    pub(super) defined: BTreeSet<String>,
    /// What it has by `use`: the name and the path; `*` for all that a module has.
    pub(super) uses: Vec<(String, NamedPath)>,
    /// Other paths of two names and more.
    pub(super) paths: BTreeSet<NamedPath>,
}

impl Source {
    /// Reads a file.
    pub(super) fn read(text: &str) -> Self {
        let tokens: TokenStream = text.parse().unwrap_or_else(|cause| panic!("{cause} in: {text}"));
        let mut source = Self::default();
        source.items(&Vec::from_iter(tokens), 0);
        source
    }

    /// Reads tokens within so many modules that stand in the file itself.
    fn items(&mut self, tokens: &[TokenTree], depth: usize) {
        let mut at = 0;
        let mut before = "";
        while let Some(token) = tokens.get(at) {
            at += 1;
            match token {
                TokenTree::Punct(sign) if sign.as_char() == '#' => {
                    if let Some(TokenTree::Group(attribute)) = tokens.get(at)
                        && attribute.delimiter() == Delimiter::Bracket
                    {
                        at += 1;
                        if is_of_tests(&attribute.stream().to_string()) {
                            at += length_of_item(&tokens[at..]);
                        }
                    }
                }
                TokenTree::Group(group) => self.items(&Vec::from_iter(group.stream()), depth),
                TokenTree::Ident(name) => {
                    let name = name.to_string();
                    if name == "use" {
                        let rest = tokens[at..].iter();
                        let tree: Vec<TokenTree> = rest.take_while(|token| !is_sign(token, ';')).cloned().collect();
                        at += tree.len();
                        self.used(&tree, &Vec::new(), depth);
                    } else if name == "mod" {
                        at += self.module(&tokens[at..], depth);
                    } else if let Some(TokenTree::Ident(defined)) = tokens.get(at)
                        && DEFINING.contains(&name.as_str())
                    {
                        self.defined.insert(defined.to_string());
                    } else if before != "." {
                        let path = path(&tokens[at - 1..]);
                        if path.len() > 1 {
                            at += 3 * (path.len() - 1);
                            self.paths.insert(above(path, depth));
                        }
                    }
                }
                _ => {}
            }
            before = if is_sign(token, '.') { "." } else { "" };
        }
    }

    /// What follows `mod`: the tokens that it takes.
    fn module(&mut self, tokens: &[TokenTree], depth: usize) -> usize {
        let [TokenTree::Ident(name), body, ..] = tokens else { return 0 };
        match body {
            TokenTree::Group(body) => {
                self.items(&Vec::from_iter(body.stream()), depth + 1);
                2
            }
            _ => {
                self.modules.insert(name.to_string());
                1
            }
        }
    }

    /// The tree of a `use` behind `before`.
    fn used(&mut self, tree: &[TokenTree], before: &NamedPath, depth: usize) {
        for branch in tree.split(|token| is_sign(token, ',')) {
            let mut path = before.clone();
            let mut name = None;
            let mut tokens = branch.iter();
            while let Some(token) = tokens.next() {
                match token {
                    TokenTree::Ident(word) if word == "as" => name = tokens.next().map(ToString::to_string),
                    TokenTree::Ident(word) if word == "self" && !path.is_empty() => {}
                    TokenTree::Ident(word) => path.push(word.to_string()),
                    TokenTree::Punct(sign) if sign.as_char() == '*' => name = Some("*".to_owned()),
                    TokenTree::Group(group) => {
                        self.used(&Vec::from_iter(group.stream()), &path, depth);
                        path.clear();
                    }
                    _ => {}
                }
            }
            if let Some(last) = path.last() {
                let name = name.unwrap_or_else(|| last.clone());
                self.uses.push((name, above(path, depth)));
            }
        }
    }
}

/// A path as it would be written at the top of the file.
fn above(mut path: NamedPath, depth: usize) -> NamedPath {
    let supers = path.iter().take_while(|name| *name == "super").count().min(depth);
    path.drain(..supers);
    if supers > 0 && path.first().is_some_and(|first| first != "super") {
        path.insert(0, "self".to_owned());
    }
    path
}

/// Whether an attribute leaves out what follows it where no tests are built.
fn is_of_tests(attribute: &str) -> bool {
    let attribute: String = attribute.chars().filter(|c| !c.is_whitespace()).collect();
    attribute == "cfg(test)" || attribute.starts_with("cfg(all(test,")
}

/// The tokens of an item: a `use` up to its semicolon, others up to their body where they have one.
fn length_of_item(tokens: &[TokenTree]) -> usize {
    let first = tokens.iter().find_map(|token| match token {
        TokenTree::Ident(word) if word != "pub" => Some(word.to_string()),
        _ => None,
    });
    let ends = |token: &TokenTree| match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace && first.as_deref() != Some("use"),
        token => is_sign(token, ';'),
    };
    tokens.iter().position(ends).map_or(tokens.len(), |last| last + 1)
}

fn is_sign(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(found) if found.as_char() == sign)
}

/// The names at the beginning of the tokens, joined by `::`.
fn path(tokens: &[TokenTree]) -> NamedPath {
    let mut path = Vec::new();
    let mut rest = tokens;
    while let [TokenTree::Ident(name), more @ ..] = rest {
        path.push(name.to_string());
        rest = match more {
            [TokenTree::Punct(one), TokenTree::Punct(other), more @ ..]
                if one.as_char() == ':' && one.spacing() == Spacing::Joint && other.as_char() == ':' =>
            {
                more
            }
            _ => break,
        };
    }
    path
}
