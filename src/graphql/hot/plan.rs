//! From a selection to what writes it.

use std::collections::HashMap;

use async_graphql::{
    ContextSelectionSet, Name, Positioned, QueryPathSegment,
    parser::types::{Field, FragmentDefinition, Selection, SelectionSet},
    registry::Registry,
};

use super::{Hot, Json};

/// Writes something of a value.
pub type Write<T> = Box<dyn Fn(&T, &mut Json) + Send + Sync>;

type Fragments = HashMap<Name, Positioned<FragmentDefinition>>;

/// What is selected of an object: the selection sets of all fields with one response key.
pub struct Selected<'a> {
    sets: Vec<&'a SelectionSet>,
    fragments: &'a Fragments,
    /// Knows what an interface or union may be.
    registry: &'a Registry,
}

/// A selected field.
pub struct FieldPlan<'a> {
    /// Its name in the schema.
    pub name: &'a str,
    selected: Selected<'a>,
}

impl FieldPlan<'_> {
    /// Writes the object that the field answers with; `None` where one of its fields has no plan.
    pub fn object<T: Hot>(&self) -> Option<Write<T>> {
        T::write(&self.selected)
    }
}

impl<'a> Selected<'a> {
    /// What a list field selects of its items. `@skip` and `@include` have been applied.
    pub(super) fn of(ctx: &ContextSelectionSet<'a>) -> Self {
        let registry = &ctx.schema_env.registry;
        Self { sets: vec![&ctx.item.node], fragments: &ctx.query_env.fragments, registry }
    }

    /// Whether a field on the way from the root of the operation to the list is asked more than once, as the fragments of
    /// two components do. Then the executor resolves each and merges the answers, which it cannot do with finished JSON.
    pub(super) fn is_asked_twice(ctx: &ContextSelectionSet<'a>) -> bool {
        let Some(path) = ctx.path_node else { return false };
        let mut keys: Vec<&str> = std::iter::once(&path)
            .chain(path.parents())
            .filter_map(|node| match &node.segment {
                QueryPathSegment::Name(name) => Some(*name),
                QueryPathSegment::Index(_) => None,
            })
            .collect();
        let fragments = &ctx.query_env.fragments;
        let mut sets = vec![&ctx.query_env.operation.node.selection_set.node];
        while let Some(key) = keys.pop() {
            let mut fields = Vec::new();
            sets.iter().for_each(|set| fields_of_key(set, key, fragments, &mut fields));
            match fields[..] {
                [only] => sets = vec![&only.selection_set.node],
                _ => return true,
            }
        }
        false
    }

    /// Writes such an object; `None` where one of the fields has no plan.
    pub fn object<T: Hot>(&self) -> Option<Write<T>> {
        let type_name = T::type_name();
        let mut grouped: Vec<(&str, Vec<&Field>)> = Vec::new();
        for set in &self.sets {
            self.collect(set, &type_name, &mut grouped)?;
        }
        let mut fields: Vec<(String, Write<T>)> = Vec::with_capacity(grouped.len());
        for (key, same) in grouped {
            let name = same.first()?.name.node.as_str();
            // Fields of one key have one name and the same arguments, which validation has seen to.
            let write: Write<T> = if name == "__typename" {
                let type_name = type_name.clone();
                Box::new(move |_, json| json.text(&type_name))
            } else {
                let sets = same.iter().map(|field| &field.selection_set.node).collect();
                T::plan(&FieldPlan {
                    name,
                    selected: Selected { sets, fragments: self.fragments, registry: self.registry },
                })?
            };
            fields.push((format!("{}:", serde_json::Value::from(key)), write));
        }
        Some(Box::new(move |object, json| json.object(&fields, |json, write| write(object, json))))
    }

    /// Groups the fields that apply to `type_name` by response key, in the order of the query; `None` for a field with
    /// arguments or a directive.
    fn collect(
        &self,
        set: &'a SelectionSet,
        type_name: &str,
        grouped: &mut Vec<(&'a str, Vec<&'a Field>)>,
    ) -> Option<()> {
        let may_be =
            |condition: &str| self.registry.types.get(condition).is_some_and(|ty| ty.is_possible_type(type_name));
        let applies = |condition: &str| condition == type_name || may_be(condition);
        for selection in &set.items {
            match &selection.node {
                Selection::Field(field) => {
                    let field = &field.node;
                    if !field.arguments.is_empty() || !field.directives.is_empty() {
                        return None;
                    }
                    let key = field.response_key().node.as_str();
                    match grouped.iter_mut().find(|(other, _)| *other == key) {
                        Some((_, same)) => same.push(field),
                        None => grouped.push((key, vec![field])),
                    }
                }
                Selection::InlineFragment(fragment) => {
                    let condition =
                        fragment.node.type_condition.as_ref().map(|condition| condition.node.on.node.as_str());
                    if condition.is_none_or(applies) {
                        self.collect(&fragment.node.selection_set.node, type_name, grouped)?;
                    }
                }
                Selection::FragmentSpread(spread) => {
                    let fragment = &self.fragments.get(&spread.node.fragment_name.node)?.node;
                    if applies(&fragment.type_condition.node.on.node) {
                        self.collect(&fragment.selection_set.node, type_name, grouped)?;
                    }
                }
            }
        }
        Some(())
    }
}

/// The fields with a response key, whatever the type that a fragment is on: one too many only costs time.
fn fields_of_key<'a>(set: &'a SelectionSet, key: &str, fragments: &'a Fragments, found: &mut Vec<&'a Field>) {
    for selection in &set.items {
        match &selection.node {
            Selection::Field(field) if field.node.response_key().node == key => found.push(&field.node),
            Selection::Field(_) => {}
            Selection::InlineFragment(fragment) => {
                fields_of_key(&fragment.node.selection_set.node, key, fragments, found);
            }
            Selection::FragmentSpread(spread) => {
                if let Some(fragment) = fragments.get(&spread.node.fragment_name.node) {
                    fields_of_key(&fragment.node.selection_set.node, key, fragments, found);
                }
            }
        }
    }
}
