//! Fields that stand under one key are one field with the same arguments, and of one shape (specification 5.3.2).
//!
//! The specification compares every field with every other and then their selections, pair by pair. Here the selection
//! sets that an answer merges are merged once: their fields are grouped by key, each group is compared with its first, and
//! what a whole group selects is merged in turn. Two passes do so:
//! - shape: all fields of a key have the same lists, `!` and scalars, whatever objects they are on;
//! - sameness: fields that can be on one object are the same field with the same arguments. A group falls apart by the
//!   objects its fields are on; fields on an interface or union belong to each part.
//!
//! Sets that have been merged are remembered, so fragments that double at each level cost what they are written with. Where fields
//! of interfaces overlap in ever new ways the work is bounded instead.
//!
//! Values are compared as values: `"a"` and `"""a"""` are the same.

use std::collections::{HashMap, HashSet};

use async_graphql::Positioned;
use async_graphql::parser::types::{ExecutableDocument, Field, OperationType, Selection, SelectionSet, Type};

use super::input_object::told;
use crate::graphql::limits::Limits;
use crate::graphql::refusal::{ECHO, Refusal, clip};
use crate::graphql::schema_map::{FieldEntry, SchemaMap};

/// How often a selection may be looked at, of as many as a query may have.
const LOOKS: u64 = 16;

/// Checks every operation of a document with the fragments that it spreads. Cyclic fragments do no harm.
///
/// # Errors
/// For each key in conflict the first two fields that differ, at most `max_errors`; that the fields overlap in more ways
/// than are looked at.
pub fn check(map: &SchemaMap, limits: &Limits, document: &ExecutableDocument) -> Result<(), Vec<Refusal>> {
    let mut merger = Merger {
        map,
        document,
        left: limits.max_selections.saturating_mul(LOOKS),
        max_errors: limits.max_errors,
        refusals: Vec::new(),
    };
    let mut roots: Vec<Vec<Set<'_>>> = Vec::new();
    for (_, operation) in document.operations.iter() {
        if operation.node.ty == OperationType::Query {
            roots.push(vec![Set { selections: &operation.node.selection_set.node, on: Some(map.query()) }]);
        }
    }
    let done = merger.pass(roots.clone(), Merger::one_shape).and_then(|()| merger.pass(roots, Merger::one_field));
    let mut refusals = merger.refusals;
    if let Err(Enough::Work) = done
        && refusals.is_empty()
    {
        refusals.push(Refusal::limit(
            "The fields of the query overlap in more ways than are looked at; ask for them in several queries.",
        ));
    }
    refusals.sort_by_key(|refusal| refusal.at.map(|at| (at.line, at.column)));
    if refusals.is_empty() { Ok(()) } else { Err(refusals) }
}

/// A selection set, and the type it is on; `None` below something unknown.
#[derive(Clone, Copy)]
struct Set<'a> {
    selections: &'a SelectionSet,
    on: Option<&'a str>,
}

/// A field whose type is known.
#[derive(Clone, Copy)]
struct Found<'a> {
    field: &'a Positioned<Field>,
    on: &'a str,
    /// `None` for `__typename`.
    entry: Option<&'a FieldEntry>,
}

/// Why nothing more is looked at.
enum Enough {
    Errors,
    Work,
}

struct Merger<'a> {
    map: &'a SchemaMap,
    document: &'a ExecutableDocument,
    left: u64,
    max_errors: usize,
    refusals: Vec<Refusal>,
}

/// The fields of a key, and what they select, to be merged in turn.
type Judge<'a> = fn(&mut Merger<'a>, &[Found<'a>], &mut Vec<Vec<Set<'a>>>) -> Result<(), Enough>;

impl<'a> Merger<'a> {
    /// Merges `open` and all that is below, each set of selection sets once.
    fn pass(&mut self, mut open: Vec<Vec<Set<'a>>>, judge: Judge<'a>) -> Result<(), Enough> {
        let mut merged: HashSet<Vec<usize>> = HashSet::new();
        while let Some(sets) = open.pop() {
            // The address stands for the type as well: where a selection set is written says what it is on.
            let mut key: Vec<usize> = sets.iter().map(|set| std::ptr::from_ref(set.selections) as usize).collect();
            key.sort_unstable();
            key.dedup();
            if merged.insert(key) {
                for fields in self.by_key(&sets)? {
                    judge(self, &fields, &mut open)?;
                }
            }
        }
        Ok(())
    }

    /// The fields of several selection sets and of the fragments in them, by their keys.
    fn by_key(&mut self, sets: &[Set<'a>]) -> Result<Vec<Vec<Found<'a>>>, Enough> {
        let mut groups: Vec<Vec<Found<'a>>> = Vec::new();
        let mut by_key: HashMap<&'a str, usize> = HashMap::new();
        let mut spread: HashSet<&'a str> = HashSet::new();
        for set in sets {
            let mut open = vec![(set.selections.items.iter(), set.on)];
            while let Some((selections, on)) = open.last_mut() {
                let on = *on;
                let Some(selection) = selections.next() else {
                    open.pop();
                    continue;
                };
                self.left = self.left.checked_sub(1).ok_or(Enough::Work)?;
                match &selection.node {
                    Selection::Field(field) => {
                        if let Some(found) = self.found(field, on) {
                            let index = *by_key.entry(key(field)).or_insert(groups.len());
                            match groups.get_mut(index) {
                                Some(group) => group.push(found),
                                None => groups.push(vec![found]),
                            }
                        }
                    }
                    Selection::InlineFragment(fragment) => {
                        let condition = fragment.node.type_condition.as_ref();
                        let on = condition.map_or(on, |condition| Some(condition.node.on.node.as_str()));
                        open.push((fragment.node.selection_set.node.items.iter(), on));
                    }
                    Selection::FragmentSpread(fragment) => {
                        let name = fragment.node.fragment_name.node.as_str();
                        if let Some(fragment) = self.document.fragments.get(name)
                            && spread.insert(name)
                        {
                            let on = fragment.node.type_condition.node.on.node.as_str();
                            open.push((fragment.node.selection_set.node.items.iter(), Some(on)));
                        }
                    }
                }
            }
        }
        Ok(groups)
    }

    /// `None` for a field that does not exist, which is told elsewhere.
    fn found(&self, field: &'a Positioned<Field>, on: Option<&'a str>) -> Option<Found<'a>> {
        let on = on?;
        let composite = self.map.composite(on)?;
        let name = field.node.name.node.as_str();
        if name == "__typename" {
            return Some(Found { field, on, entry: None });
        }
        let entry = composite.fields.get(name)?;
        Some(Found { field, on, entry: Some(entry) })
    }

    /// All fields of a key have one shape.
    fn one_shape(&mut self, fields: &[Found<'a>], open: &mut Vec<Vec<Set<'a>>>) -> Result<(), Enough> {
        let Some((first, others)) = fields.split_first() else { return Ok(()) };
        if let Some(other) = others.iter().find(|other| !self.same_shape(first, other)) {
            let of = |found: &Found<'_>| match found.entry {
                Some(entry) => format!("`{}: {}`", clip(&found.field.node.name.node, ECHO), entry.ty),
                None => "`__typename: String!`".to_owned(),
            };
            return self.refuse(first, other, &format!("{} and {} have different types", of(first), of(other)));
        }
        self.below(fields, open);
        Ok(())
    }

    fn same_shape(&self, one: &Found<'_>, other: &Found<'_>) -> bool {
        match (one.entry, other.entry) {
            (Some(one), Some(other)) => {
                let is_object = |entry: &FieldEntry| self.map.composite(&entry.returns).is_some();
                same_wrapping(&one.ty, &other.ty)
                    && (one.returns == other.returns || is_object(one) && is_object(other))
            }
            (None, None) => true,
            (Some(entry), None) | (None, Some(entry)) => entry.ty.to_string() == "String!",
        }
    }

    /// Fields of a key that can be on one object are one field with the same arguments.
    fn one_field(&mut self, fields: &[Found<'a>], open: &mut Vec<Vec<Set<'a>>>) -> Result<(), Enough> {
        let mut anywhere: Vec<Found<'a>> = Vec::new();
        let mut by_object: Vec<Vec<Found<'a>>> = Vec::new();
        let mut places: HashMap<&'a str, usize> = HashMap::new();
        for found in fields {
            if !self.map.is_object(found.on) {
                anywhere.push(*found);
                continue;
            }
            let index = *places.entry(found.on).or_insert(by_object.len());
            match by_object.get_mut(index) {
                Some(group) => group.push(*found),
                None => by_object.push(vec![*found]),
            }
        }
        if !self.all_same(anywhere.first(), &anywhere)? {
            return Ok(());
        }
        if by_object.is_empty() {
            self.below(&anywhere, open);
        }
        for mut group in by_object {
            let first = anywhere.first().or(group.first()).copied();
            if self.all_same(first.as_ref(), &group)? {
                self.left = self.left.checked_sub(anywhere.len() as u64).ok_or(Enough::Work)?;
                group.extend(&anywhere);
                self.below(&group, open);
            }
        }
        Ok(())
    }

    /// Whether all `fields` are `first` with its arguments; the first that is not is refused.
    fn all_same(&mut self, first: Option<&Found<'a>>, fields: &[Found<'a>]) -> Result<bool, Enough> {
        let Some(first) = first else { return Ok(true) };
        let name = first.field.node.name.node.as_str();
        for other in fields {
            let other_name = other.field.node.name.node.as_str();
            if name != other_name {
                let both = format!("`{}` and `{}` are different fields", clip(name, ECHO), clip(other_name, ECHO));
                return self.refuse(first, other, &both).map(|()| false);
            }
            if !same_arguments(&first.field.node, &other.field.node) {
                let both = format!("`{}` has different arguments", clip(name, ECHO));
                return self.refuse(first, other, &both).map(|()| false);
            }
        }
        Ok(true)
    }

    /// What the fields of one key select is merged.
    fn below(&self, fields: &[Found<'a>], open: &mut Vec<Vec<Set<'a>>>) {
        let sets: Vec<Set<'a>> = fields
            .iter()
            .filter(|found| !found.field.node.selection_set.node.items.is_empty())
            .filter_map(|found| {
                let on = Some(found.entry?.returns.as_str());
                Some(Set { selections: &found.field.node.selection_set.node, on })
            })
            .collect();
        if !sets.is_empty() {
            open.push(sets);
        }
    }

    fn refuse(&mut self, one: &Found<'_>, other: &Found<'_>, both: &str) -> Result<(), Enough> {
        let mut at = [one.field.pos, other.field.pos];
        at.sort_unstable();
        let key = clip(key(one.field), ECHO);
        let [first, second] = at;
        // The order of the sentence is that of the two fields, which is that of the text except across fragments.
        let refusal = Refusal::invalid(format!(
            "Two fields would both be `{key}` in the answer, at {} and at {}: {both}; give one of them an alias of its own.",
            told(one.field.pos),
            told(other.field.pos),
        ))
        .at(first)
        .and_at(second);
        // Both passes may find the same two, and a field on an interface is compared for each object.
        if !self.refusals.iter().any(|known| known.at == refusal.at && known.and_at == refusal.and_at) {
            self.refusals.push(refusal);
        }
        if self.refusals.len() >= self.max_errors { Err(Enough::Errors) } else { Ok(()) }
    }
}

/// The key of a field in the answer.
fn key(field: &Positioned<Field>) -> &str {
    field.node.alias.as_ref().map_or(field.node.name.node.as_str(), |alias| alias.node.as_str())
}

/// Whether two types have their lists and `!` in the same places.
fn same_wrapping(one: &Type, other: &Type) -> bool {
    use async_graphql::parser::types::BaseType::{List, Named};
    one.nullable == other.nullable
        && match (&one.base, &other.base) {
            (List(one), List(other)) => same_wrapping(one, other),
            (Named(_), Named(_)) => true,
            _ => false,
        }
}

/// Whether two fields have the same arguments, in whatever order.
fn same_arguments(one: &Field, other: &Field) -> bool {
    if one.arguments.len() != other.arguments.len() {
        return false;
    }
    if one.arguments.iter().zip(&other.arguments).all(|(a, b)| a.0.node == b.0.node && a.1.node == b.1.node) {
        return true;
    }
    let values: HashMap<&str, _> =
        one.arguments.iter().map(|(name, value)| (name.node.as_str(), &value.node)).collect();
    other
        .arguments
        .iter()
        .all(|(name, value)| values.get(name.node.as_str()).is_some_and(|known| **known == value.node))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use async_graphql::parser::parse_query;

    use super::*;
    use crate::graphql::refusal::ErrorCode;

    const SDL: &str = "
interface Being { name: String! friend(of: Int): Being friends: [Being!]! }
type Dog implements Being { name: String! friend(of: Int): Being friends: [Being!]! barks: Int! owner: Person nick: String }
type Cat implements Being { name: String! friend(of: Int): Being friends: [Being!]! meows: Int! owner: Person nick: String! lives: [Int!] }
type Person { name: String! age: Int pet: Being dog: Dog cat: Cat kind: Kind }
enum Kind { A B }
union Any = Dog | Cat | Person
type Query { being(by: Int, as: By): Being any: Any dog(by: Int, as: By): Dog person: Person }
input By { a: Int b: Int }
schema { query: Query }";

    fn refusals(limits: &Limits, text: &str) -> Vec<Refusal> {
        let map = SchemaMap::from_sdl(SDL).unwrap();
        check(&map, limits, &parse_query(text).unwrap()).err().unwrap_or_default()
    }

    fn told(text: &str) -> Vec<String> {
        refusals(&Limits::default(), text).into_iter().map(|refusal| refusal.message).collect()
    }

    #[test]
    fn a_refusal_names_the_key_both_fields_and_both_places() {
        let text = "{ dog(by: 1) { name } ...F }\nfragment F on Query { dog(by: 2) { barks } }";
        let refusal = &refusals(&Limits::default(), text)[0];
        assert_eq!(
            refusal.message,
            "Two fields would both be `dog` in the answer, at line 1, column 3 and at line 2, column 23: `dog` has different arguments; give one of them an alias of its own."
        );
        let places = [refusal.at, refusal.and_at].map(|at| at.map(|at| (at.line, at.column)));
        assert_eq!(places, [Some((1, 3)), Some((2, 23))]);
        assert_eq!(refusal.code, ErrorCode::GraphqlValidationFailed);
        assert_eq!(
            told("{ person { name: age name } }"),
            [
                "Two fields would both be `name` in the answer, at line 1, column 12 and at line 1, column 22: `age: Int` and `name: String!` have different types; give one of them an alias of its own."
            ]
        );
        assert_eq!(
            told("{ dog { x: barks x: barks } person { x: name x: __typename } }"),
            [
                "Two fields would both be `x` in the answer, at line 1, column 38 and at line 1, column 46: `name` and `__typename` are different fields; give one of them an alias of its own."
            ]
        );
    }

    #[test]
    fn fields_in_conflict_are_found_wherever_they_stand() {
        for text in [
            // Another field, other arguments, an argument more.
            "{a:dog{name} a:person{name}}",
            "{dog(by:1){name} dog(by:2){name}}",
            "{dog{name} dog(by:1){name}}",
            "{dog(as:{a:1}){name} dog(as:{a:2}){name}}",
            "query($x:Int $y:Int){dog(by:$x){name} dog(by:$y){name}}",
            // Through inline fragments, with and without a type, and on an interface.
            "{dog{x:name ...{x:nick}}}",
            "{dog{x:name ...on Being{x:__typename}}}",
            "{being{x:name ...on Dog{x:__typename}}}",
            "{any{...on Being{x:name} ...on Dog{x:__typename}}}",
            "{any{...on Being{friend(of:1){name}} ...on Cat{friend(of:2){name}}}}",
            // Through fragments, of fragments too.
            "{...F ...G} fragment F on Query{x:dog{name}} fragment G on Query{x:person{name}}",
            "{...F x:person{name}} fragment F on Query{...G} fragment G on Query{x:dog{name}}",
            // In what several fields of one key select.
            "{dog{owner{x:name}} dog{owner{x:age}}}",
            "{dog{...F} ...G} fragment F on Dog{owner{x:name}} fragment G on Query{dog{owner{x:kind}}}",
            "{being{...on Dog{friend{x:name}} friend{...on Cat{x:__typename}}}}",
            // Below objects that exclude one another the shapes differ.
            "{any{...on Dog{x:barks} ...on Cat{x:nick}}}",
            "{any{...on Dog{nick} ...on Cat{nick}}}",
            "{any{...on Dog{x:nick} ...on Person{x:age}}}",
            "{any{...on Cat{x:lives} ...on Dog{x:barks}}}",
            "{any{...on Dog{x:owner{name}} ...on Cat{x:name}}}",
            "{any{...on Dog{x:friends{name}} ...on Cat{x:friend{name}}}}",
            "{any{...on Dog{x:owner{y:age}} ...on Cat{x:owner{y:name}}}}",
            "{any{...on Dog{x:owner{y:age}} ...on Cat{x:friend{y:name}}}}",
            "{any{...on Dog{x:barks} ...on Person{x:kind}}}",
            // In an operation that is not asked for.
            "query A{dog{name}} query B{x:dog{name} x:person{name}}",
            // A fragment that spreads itself.
            "{dog{...F}} fragment F on Dog{x:name x:nick friend{...on Dog{...F}}}",
        ] {
            assert_eq!(told(text).len(), 1, "{text}: {:?}", told(text));
        }
    }

    #[test]
    fn fields_that_can_be_merged_are_taken() {
        for text in [
            "{dog{name} dog{barks name}}",
            "{dog(by:1 as:{a:1 b:2}){name} dog(as:{b:2 a:1} by:1){name}}",
            "query($x:Int){dog(by:$x){name} dog(by:$x){name}}",
            // On objects that exclude one another another field and other arguments are fine.
            "{any{...on Dog{x:barks} ...on Cat{x:meows}}}",
            "{any{...on Dog{friend(of:1){name}} ...on Cat{friend(of:2){name}}}}",
            "{any{...on Dog{x:owner{name}} ...on Cat{x:friend{name}}}}",
            "{any{...on Dog{x:owner{a:name}} ...on Cat{x:owner{a:__typename}}}}",
            "{any{...on Dog{...{x:name}} ...on Cat{...{x:nick}}}}",
            "{any{...on Dog{x:owner{...P}} ...on Cat{x:owner{...P}} ...on Person{x:pet{name}}}} fragment P on Person{name}",
            "{x:dog{name} person{x:name dog{x:barks}}}",
            // What does not exist is told elsewhere.
            "{dog{x:nothing x:name} nowhere{x:name x:age}}",
            "{dog{...F}} fragment F on Dog{name friend{...on Dog{...F}}}",
        ] {
            assert_eq!(told(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn no_more_errors_are_told_than_are_wanted() {
        let mut text = "{person{".to_owned();
        for index in 0..40 {
            let _ = write!(text, "x{index}:name x{index}:age ");
        }
        text.push_str("}}");
        assert_eq!(told(&text).len(), Limits::default().max_errors);
    }

    /// How many selections are looked at, found by how many may be.
    fn looks(text: &str) -> u64 {
        let document = parse_query(text).unwrap();
        let map = SchemaMap::from_sdl(SDL).unwrap();
        let enough = |most: u64| {
            let limits = Limits { max_selections: most.div_ceil(LOOKS), ..Limits::default() };
            check(&map, &limits, &document).is_ok()
        };
        let mut most = LOOKS;
        while !enough(most) {
            most *= 2;
            assert!(most < 1_000_000, "{} bytes", text.len());
        }
        most
    }

    #[test]
    fn the_work_is_linear_in_what_is_written() {
        let many = format!("{{person{{{}}}}}", "name ".repeat(5_000));
        assert!(looks(&many) <= 4 * 5_000);
        // Each fragment spreads the next twice, under two keys: written out, 2^40 fields.
        let mut doubling = "{dog{...F0}}".to_owned();
        for index in 0..40 {
            let _ = write!(
                doubling,
                " fragment F{index} on Dog{{name a:friend{{...on Dog{{...F{0}}}}} b:friend{{...on Dog{{...F{0}}}}} ...F{0}}}",
                index + 1
            );
        }
        doubling.push_str(" fragment F40 on Dog{name}");
        assert!(looks(&doubling) <= 64 * 40 * 40, "{}", looks(&doubling));
        // Every fragment spreads all that come after it.
        let mut all = "{dog{...F0}}".to_owned();
        for index in 0..100 {
            let spreads: String = (index + 1..=100).map(|next| format!("...F{next} ")).collect();
            let _ = write!(all, " fragment F{index} on Dog{{name {spreads}}}");
        }
        all.push_str(" fragment F100 on Dog{name}");
        assert!(looks(&all) <= 4 * 100 * 100);
    }

    /// Each level has a field on the interface and one on each of two objects, so that what can meet doubles at each level.
    #[test]
    fn fields_that_overlap_in_ever_new_ways_are_refused_before_they_take_time() {
        fn level(depth: usize) -> String {
            if depth == 0 {
                return "name".to_owned();
            }
            let chain = |object: &str| {
                let inner = (1..depth).fold("name".to_owned(), |inner, _| format!("friend{{{inner}}}"));
                format!("...on {object}{{friend{{{inner}}}}}")
            };
            format!("{} {} friend{{{}}}", chain("Dog"), chain("Cat"), level(depth - 1))
        }
        let text = format!("{{being{{{}}}}}", level(30));
        let refusals = refusals(&Limits::default(), &text);
        assert!(refusals.len() == 1 && refusals[0].code == ErrorCode::LimitExceeded, "{refusals:?}");
        assert_eq!(told(&format!("{{being{{{}}}}}", level(6))), [""; 0]);
    }
}
