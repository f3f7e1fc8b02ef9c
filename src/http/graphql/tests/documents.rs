//! Documents over a schema, right ones and wrong ones, from a seed.

use std::fmt::Write as _;

use async_graphql::parser::types::{BaseType, Type};

use crate::graphql::schema_map::{CompositeEntry, SchemaMap, TypeEntry, ValueEntry};

/// Numbers from a seed (xorshift64*), the same on every machine.
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    /// From 0 up to `below`.
    pub(super) fn below(&mut self, below: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        let drawn = self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33;
        usize::try_from(drawn).unwrap() % below.max(1)
    }

    /// Whether something happens that does so `times` in a thousand.
    pub(super) fn chance(&mut self, times: usize) -> bool {
        self.below(1000) < times
    }

    fn of<'t, T>(&mut self, several: &'t [T]) -> &'t T {
        &several[self.below(several.len())]
    }
}

/// What a document is like.
#[derive(Clone, Copy)]
pub(super) struct Manner {
    /// How often in a thousand choices something wrong is taken.
    pub(super) wrong: usize,
    /// Whether few aliases are shared by many fields, so that they meet.
    pub(super) few_aliases: bool,
}

struct Variable {
    name: String,
    ty: String,
    default: Option<String>,
}

struct Fragment {
    name: String,
    on: String,
    body: Option<String>,
}

struct Writer<'a> {
    map: &'a SchemaMap,
    names: Vec<&'a str>,
    random: Random,
    manner: Manner,
    variables: Vec<Variable>,
    fragments: Vec<Fragment>,
    aliases: usize,
    /// Fields that may still be written.
    left: usize,
}

/// The document of a seed.
pub(super) fn document(map: &SchemaMap, seed: u64, manner: Manner) -> String {
    let mut writer = Writer {
        map,
        names: map.names(),
        random: Random::new(seed),
        manner,
        variables: Vec::new(),
        fragments: Vec::new(),
        aliases: 0,
        left: 40,
    };
    writer.document()
}

impl<'a> Writer<'a> {
    fn wrong(&mut self) -> bool {
        let times = self.manner.wrong;
        self.random.chance(times)
    }

    fn document(&mut self) -> String {
        let operations = 1 + usize::from(self.random.chance(60));
        let bodies: Vec<String> = (0..operations).map(|_| self.set(self.map.query(), 4, 0)).collect();
        // A fragment may spread those that come after it.
        let mut at = 0;
        while at < self.fragments.len() {
            let on = self.fragments[at].on.clone();
            let body = self.set(&on, 2, at + 1);
            self.fragments[at].body = Some(body);
            at += 1;
        }
        let mut text = String::new();
        for (index, body) in bodies.iter().enumerate() {
            let name = if self.wrong() { 0 } else { index };
            let anonymous = operations == 1 && self.variables.is_empty() && self.random.chance(500);
            if self.random.chance(30) {
                text.push_str("\"\"\"\nSays what it asks.\n\"\"\" ");
            }
            if !anonymous || self.wrong() {
                let _ = write!(
                    text,
                    "query Q{name}{}{}",
                    self.definitions(),
                    if self.wrong() { " @skip(if: true)" } else { "" }
                );
            }
            text.push_str(body);
            text.push('\n');
        }
        for fragment in &self.fragments {
            let _ = writeln!(
                text,
                "fragment {} on {} {}",
                fragment.name,
                fragment.on,
                fragment.body.as_deref().unwrap_or("{__typename}")
            );
        }
        if self.wrong() {
            let on = *self.random.of(&["Place", "Query", "Int", "Nothing", "Node"]);
            let _ = writeln!(text, "fragment {} on {on} {{__typename}}", self.random.of(&["Unused", "F0", "F1"]));
        }
        text
    }

    fn definitions(&mut self) -> String {
        if self.variables.is_empty() && !self.wrong() {
            return String::new();
        }
        let mut list: Vec<String> = Vec::new();
        for at in 0..self.variables.len() {
            if self.wrong() {
                continue;
            }
            let description = if self.random.chance(30) { "\"what\" " } else { "" };
            let Variable { name, ty, default } = &self.variables[at];
            let default = default.as_ref().map_or(String::new(), |value| format!(" = {value}"));
            list.push(format!("{description}${name}: {ty}{default}"));
        }
        if self.wrong() || list.is_empty() {
            let more = [
                "$v0: Int",
                "$unused: Int",
                "$w: Place",
                "$w: Nothing",
                "$w: [PlaceKind!] = [MFA]",
                "$w: Int = null",
                "$w: Int! = null",
            ];
            list.push((*self.random.of(&more)).to_owned());
        }
        format!("({})", list.join(", "))
    }

    fn composite(&self, name: &str) -> Option<&'a CompositeEntry> {
        self.map.composite(name)
    }

    /// A selection set on a type, that spreads only fragments from number `after` on.
    fn set(&mut self, on: &str, depth: usize, after: usize) -> String {
        let mut text = "{".to_owned();
        let count = 1 + self.random.below(4);
        for _ in 0..count {
            let selection = match self.random.below(100) {
                0..14 if depth > 0 => self.inline(on, depth, after),
                14..28 if depth > 0 => self.spread(on, after),
                _ => self.field(on, depth, after),
            };
            text.push_str(&selection);
            text.push(' ');
        }
        text.push('}');
        text
    }

    /// A type that something of the type `on` can be.
    fn overlapping(&mut self, on: &str) -> String {
        if self.wrong() {
            let any = *self.random.of(&self.names.clone());
            return if self.random.chance(100) { "Nothing".to_owned() } else { any.to_owned() };
        }
        let Some(entry) = self.composite(on) else { return on.to_owned() };
        let fitting: Vec<&str> = self
            .names
            .iter()
            .copied()
            .filter(|name| self.composite(name).is_some_and(|other| other.overlaps(entry)))
            .collect();
        if fitting.is_empty() { on.to_owned() } else { (*self.random.of(&fitting)).to_owned() }
    }

    fn inline(&mut self, on: &str, depth: usize, after: usize) -> String {
        let directives = self.directives();
        if self.random.chance(200) {
            return format!("...{directives} {}", self.set(on, depth - 1, after));
        }
        let within = self.overlapping(on);
        format!("... on {within}{directives} {}", self.set(&within, depth - 1, after))
    }

    fn spread(&mut self, on: &str, after: usize) -> String {
        let directives = self.directives();
        if self.wrong() {
            let name = self.random.below(self.fragments.len() + 2);
            return format!("...F{name}{directives}");
        }
        let entry = self.composite(on);
        let fitting: Vec<String> = self.fragments[after.min(self.fragments.len())..]
            .iter()
            .filter(|known| entry.zip(self.composite(&known.on)).is_some_and(|(one, other)| one.overlaps(other)))
            .map(|known| known.name.clone())
            .collect();
        if !fitting.is_empty() && self.random.chance(600) {
            return format!("...{}{directives}", self.random.of(&fitting));
        }
        if self.fragments.len() >= 6 {
            return "__typename".to_owned();
        }
        let name = format!("F{}", self.fragments.len());
        let on = self.overlapping(on);
        self.fragments.push(Fragment { name: name.clone(), on, body: None });
        format!("...{name}{directives}")
    }

    fn directives(&mut self) -> String {
        let mut text = String::new();
        if self.random.chance(80) {
            let name = *self.random.of(&["skip", "include"]);
            let value = self.slot("Boolean!", false);
            let _ = write!(text, " @{name}(if: {value})");
        }
        if self.wrong() {
            let directive: &&str = self.random.of(&[
                " @nothing",
                " @skip",
                " @include(if: 1)",
                " @skip(if: null)",
                " @include(if: true, if: true)",
                " @skip(unless: true)",
                " @include(if: true) @include(if: true)",
                " @skip(if: true) @include(if: true)",
                " @deprecated",
                " @skip(if: $nowhere)",
            ]);
            text.push_str(directive);
        }
        text
    }

    fn field(&mut self, on: &str, depth: usize, after: usize) -> String {
        self.left = self.left.saturating_sub(1);
        let entry = self.composite(on);
        let mut fields: Vec<&'a str> =
            entry.map(|entry| entry.fields.keys().map(String::as_str).collect()).unwrap_or_default();
        fields.sort_unstable();
        if depth == 0 || self.left == 0 {
            fields.retain(|name| entry.is_some_and(|entry| self.composite(&entry.fields[*name].returns).is_none()));
        }
        let (mut name, alias) = if fields.is_empty() || self.random.chance(60) {
            ("__typename", self.alias())
        } else {
            (*self.random.of(&fields), self.alias())
        };
        if self.wrong() {
            name = *self.random.of(&["nothing", "name", "id", "places", "__typename", "nodes", "__schema"]);
        }
        let Some(field) = entry.and_then(|entry| entry.fields.get(name)) else {
            let arguments = if self.wrong() { "(a: 1)" } else { "" };
            let below = if self.wrong() { "{id}" } else { "" };
            return format!("{alias}{name}{arguments}{}{below}", self.directives());
        };
        let mut arguments: Vec<String> = Vec::new();
        for argument in &field.arguments {
            if (argument.required() && !self.wrong()) || self.random.chance(200) {
                let value = self.argument(argument);
                arguments.push(format!("{}: {value}", argument.name));
            }
        }
        if self.wrong() {
            let more = if self.random.chance(500) { arguments.first().cloned() } else { None };
            arguments.push(more.unwrap_or_else(|| "nothing: $v0".to_owned()));
        }
        let arguments = if arguments.is_empty() { String::new() } else { format!("({})", arguments.join(", ")) };
        let directives = self.directives();
        let below = if (self.composite(&field.returns).is_some()) == self.wrong() {
            String::new()
        } else {
            self.set(&field.returns, depth.saturating_sub(1), after)
        };
        format!("{alias}{name}{arguments}{directives}{below}")
    }

    fn alias(&mut self) -> String {
        if self.manner.few_aliases {
            return match self.random.below(8) {
                0..2 => format!("{}: ", self.random.of(&["a", "b", "name"])),
                2 => self.fresh_alias(),
                _ => String::new(),
            };
        }
        self.fresh_alias()
    }

    fn fresh_alias(&mut self) -> String {
        self.aliases += 1;
        format!("x{}: ", self.aliases)
    }

    fn argument(&mut self, argument: &ValueEntry) -> String {
        let ty = argument.ty.to_string();
        self.slot(&ty, argument.default.is_some())
    }

    /// A value where the type `ty` is wanted, or a variable.
    fn slot(&mut self, ty: &str, has_default: bool) -> String {
        if self.random.chance(150) { self.variable(ty, has_default) } else { self.value(&Type::new(ty).unwrap(), 3) }
    }

    /// A variable that fits where `ty` is wanted.
    fn variable(&mut self, ty: &str, has_default: bool) -> String {
        if self.wrong() {
            return format!("$v{}", self.random.below(self.variables.len() + 1));
        }
        let known: Vec<String> =
            self.variables.iter().filter(|known| known.ty == ty).map(|known| known.name.clone()).collect();
        if !known.is_empty() && self.random.chance(400) {
            return format!("${}", self.random.of(&known));
        }
        let (mut own, mut default) = (ty.to_owned(), None);
        let base = ty.trim_end_matches('!');
        match self.random.below(5) {
            // Stricter than is wanted.
            0 => own = format!("{base}!"),
            // Looser, and made good by a default; where the place has one of its own it need not be.
            1 => {
                base.clone_into(&mut own);
                if own != ty && !has_default || self.random.chance(500) {
                    default = Some(self.constant(&format!("{base}!")));
                }
            }
            2 if self.wrong() => own = format!("[{ty}]"),
            _ => {}
        }
        if default.is_none() && self.random.chance(200) {
            default = Some(self.constant(&own));
        }
        let name = format!("v{}", self.variables.len());
        self.variables.push(Variable { name: name.clone(), ty: own, default });
        format!("${name}")
    }

    /// A variable of the type `ty` itself. A nullable one in the place of a field of a oneOf input is not written: the
    /// specification refuses it (5.8.5), graphql-js 16 where the input itself is nullable only.
    fn strict_variable(&mut self, ty: &str) -> String {
        let name = format!("v{}", self.variables.len());
        self.variables.push(Variable { name: name.clone(), ty: ty.to_owned(), default: None });
        format!("${name}")
    }

    /// A value without variables.
    fn constant(&mut self, ty: &str) -> String {
        let count = self.variables.len();
        let value = self.value(&Type::new(ty).unwrap(), 0);
        // Those in it would have to be constants themselves.
        if self.variables.len() == count && !value.contains('$') { value } else { "null".to_owned() }
    }

    fn value(&mut self, ty: &Type, depth: usize) -> String {
        let is_custom = matches!(&ty.base, BaseType::Named(name) if is_custom(name));
        if self.wrong() && !is_custom {
            let literals = [
                "\"x\"",
                "1",
                "1.0",
                "2147483648",
                "true",
                "null",
                "MFA",
                "{}",
                "[]",
                "[1]",
                "[[MFA]]",
                "{a: 1}",
                "-0",
                "1e3",
            ];
            return (*self.random.of(&literals)).to_owned();
        }
        if ty.nullable && self.random.chance(60) {
            return "null".to_owned();
        }
        match &ty.base {
            BaseType::List(item) => {
                if self.random.chance(150) && !matches!(item.base, BaseType::List(_)) {
                    return self.value(&Type { base: item.base.clone(), nullable: false }, depth);
                }
                let count = self.random.below(3);
                let values: Vec<String> = (0..count)
                    .map(|_| {
                        if depth > 0 && self.random.chance(80) {
                            self.variable(&item.to_string(), false)
                        } else {
                            self.value(item, depth)
                        }
                    })
                    .collect();
                format!("[{}]", values.join(", "))
            }
            BaseType::Named(name) => self.named(name, depth),
        }
    }

    fn named(&mut self, name: &str, depth: usize) -> String {
        match self.map.get(name).map(|(_, entry)| entry) {
            Some(TypeEntry::Enum(values)) => self.random.of(values).clone(),
            Some(TypeEntry::Input(entry)) => {
                let mut given: Vec<String> = Vec::new();
                if entry.one_of {
                    let count = if self.wrong() { self.random.below(3) } else { 1 };
                    for _ in 0..count {
                        let field = self.random.of(&entry.fields);
                        let strict = Type { base: field.ty.base.clone(), nullable: false };
                        let value = if depth > 0 && self.random.chance(150) {
                            self.strict_variable(&strict.to_string())
                        } else {
                            self.value(&strict, depth.saturating_sub(1))
                        };
                        given.push(format!("{}: {value}", field.name));
                    }
                } else {
                    for field in &entry.fields {
                        if field.required() && !self.wrong() || depth > 0 && self.random.chance(120) {
                            let value = if depth > 0 && self.random.chance(150) {
                                self.variable(&field.ty.to_string(), field.default.is_some())
                            } else {
                                self.value(&field.ty, depth.saturating_sub(1))
                            };
                            given.push(format!("{}: {value}", field.name));
                        }
                    }
                }
                if self.wrong() {
                    let again = given.first().cloned().unwrap_or_else(|| "nothing: 1".to_owned());
                    given.push(again);
                }
                format!("{{{}}}", given.join(", "))
            }
            _ => {
                let literals: &[&str] = match name {
                    "Int" => &["0", "3", "-1", "2147483647"],
                    "Float" => &["0", "6.5", "52.25", "1e3", "-0.5"],
                    "Boolean" => &["true", "false"],
                    "ID" => &["\"place:x\"", "7"],
                    "Date" => &["\"2024-03-15\""],
                    "PartialDate" => &["\"2024-03\""],
                    "DateTime" => &["\"2024-03-15T12:00:00Z\""],
                    "URL" => &["\"https://example.org/\""],
                    "GeoJSON" => &[
                        "{type: \"Point\", coordinates: [6.25, 52.5]}",
                        "{type: \"Feature\", properties: null, geometry: {type: \"Point\", coordinates: [6.25, 52.5]}}",
                    ],
                    _ => &[
                        "\"a\"",
                        "\"\"",
                        "\"é \\u00e9 \\\"\"",
                        "\"\\uD83C\\uDFE0\"",
                        "\"\\u{1F3E0}\"",
                        "\"\"\"b\n  c \\\"\"\" \"\"\"",
                    ],
                };
                (*self.random.of(literals)).to_owned()
            }
        }
    }
}

/// Whether a scalar is one of ours, of which graphql-js takes any literal.
fn is_custom(name: &str) -> bool {
    ["Date", "PartialDate", "DateTime", "URL", "GeoJSON"].contains(&name)
}

/// `text` with one of its tokens left out, written twice, or replaced by another of the document or a sign.
pub(super) fn with_another_token(text: &str, seed: u64) -> String {
    let tokens: Vec<(usize, usize)> =
        crate::graphql::syntax::Tokens::new(text).map(|token| (token.start, token.end())).collect();
    let mut random = Random::new(seed);
    let (start, end) = *random.of(&tokens);
    let (from, to) = *random.of(&tokens);
    let signs = ["{", "}", "(", ")", "[", "]", ":", "$", "!", "@", "...", "=", "on", "null", "1", "\"", "#", "\r", "&"];
    let instead = match random.below(4) {
        0 => String::new(),
        1 => format!("{0} {0}", &text[start..end]),
        2 => text[from..to].to_owned(),
        _ => (*random.of(&signs)).to_owned(),
    };
    format!("{}{instead}{}", &text[..start], &text[end..])
}
