//! Variables into their places.

use std::collections::HashMap;
use std::convert::Infallible;

use async_graphql::parser::types::{
    DocumentOperations, ExecutableDocument, FragmentDefinition, OperationDefinition, Selection, SelectionSet,
};
use async_graphql::{Name, Positioned, Value};

use crate::graphql::limits::Limits;
use crate::graphql::refusal::Refusal;

/// The place of a variable that the request left out.
fn absent() -> Value {
    Value::Enum(Name::new("$"))
}

fn is_absent(value: &Value) -> bool {
    matches!(value, Value::Enum(name) if name == "$")
}

/// Writes the variables into the operation and its fragments, and drops their definitions.
pub(super) fn write_values(
    mut operation: Positioned<OperationDefinition>,
    mut fragments: HashMap<Name, Positioned<FragmentDefinition>>,
    values: &HashMap<String, Value>,
    limits: &Limits,
) -> Result<ExecutableDocument, Refusal> {
    let sizes = values.iter().map(|(name, value)| (name.as_str(), size(value))).collect();
    let mut writer = Writer { values, sizes, left: limits.max_variable_bytes };
    operation.node.variable_definitions.clear();
    let fits = writer.selections(&mut operation.node.selection_set.node)
        && fragments.values_mut().all(|fragment| writer.selections(&mut fragment.node.selection_set.node));
    if !fits {
        return Err(Refusal::limit(format!(
            "Written into the query the variables take more than {} bytes: their texts, and 32 for each value and each key, as often as \
             the query uses them.",
            limits.max_variable_bytes
        )));
    }
    Ok(ExecutableDocument { operations: DocumentOperations::Single(operation), fragments })
}

/// About how many bytes a value takes.
fn size(value: &Value) -> usize {
    match value {
        Value::String(text) => 32 + text.len(),
        Value::List(values) => 32 + values.iter().map(size).sum::<usize>(),
        Value::Object(fields) => 32 + fields.iter().map(|(key, value)| 32 + key.len() + size(value)).sum::<usize>(),
        _ => 32,
    }
}

struct Writer<'v> {
    values: &'v HashMap<String, Value>,
    sizes: HashMap<&'v str, usize>,
    left: usize,
}

impl Writer<'_> {
    /// `false` when the values are larger than is left.
    fn selections(&mut self, set: &mut SelectionSet) -> bool {
        set.items.iter_mut().all(|selection| {
            let directives = selection.node.directives_mut().iter_mut();
            for (_, value) in directives.flat_map(|directive| &mut directive.node.arguments) {
                let taken = std::mem::take(&mut value.node);
                let Ok(written) = taken.into_const_with(|name| self.variable(&name));
                value.node = without_absent(written).into_value();
            }
            match &mut selection.node {
                Selection::Field(field) => {
                    field.node.arguments.retain_mut(|(_, value)| {
                        let taken = std::mem::take(&mut value.node);
                        let Ok(written) = taken.into_const_with(|name| self.variable(&name));
                        if is_absent(&written) {
                            return false;
                        }
                        value.node = without_absent(written).into_value();
                        true
                    });
                    self.left > 0 && self.selections(&mut field.node.selection_set.node)
                }
                Selection::InlineFragment(fragment) => self.selections(&mut fragment.node.selection_set.node),
                Selection::FragmentSpread(_) => true,
            }
        })
    }

    #[expect(clippy::unnecessary_wraps, reason = "the parser's conversion asks for a result")]
    fn variable(&mut self, name: &str) -> Result<Value, Infallible> {
        self.left = self.left.saturating_sub(self.sizes.get(name).copied().unwrap_or_default());
        if self.left == 0 {
            return Ok(Value::Null);
        }
        Ok(self.values.get(name).cloned().unwrap_or_else(absent))
    }
}

/// An omitted variable leaves out its input field, and is null in a list.
fn without_absent(mut value: Value) -> Value {
    match &mut value {
        Value::List(values) => {
            for value in values {
                let taken = std::mem::take(value);
                if !is_absent(&taken) {
                    *value = without_absent(taken);
                }
            }
        }
        Value::Object(fields) => {
            fields.retain(|_, value| !is_absent(value));
            for value in fields.values_mut() {
                *value = without_absent(std::mem::take(value));
            }
        }
        _ => {}
    }
    value
}
