//! Long lists straight to bytes.
//!
//! async-graphql resolves each field of each item as a task of its own; of a list of a hundred places that is nine tenths of
//! the work, although nothing in it waits. A list of [`Rows`] looks at the selection once, makes a plan of what to write,
//! and writes each item's JSON by it. A selection with a field that has no plan (one that takes arguments, or reads the
//! database), and a list that is asked twice under one key, is resolved the ordinary way: the answer is the same, only slower. A test compares both over random
//! selections; types, introspection and validation are those of `Vec`.

mod json;
mod plan;
#[cfg(test)]
mod tests;
mod value;

use std::borrow::Cow;

use async_graphql::{
    ContextSelectionSet, OutputType, Positioned, ServerResult, Value, parser::types::Field, registry::Registry,
};

pub use json::Json;
pub use plan::{FieldPlan, Selected, Write};
pub use value::{data, write_value};

/// An object whose plain fields can be written without the executor.
pub trait Hot: OutputType + Sized + Sync + 'static {
    /// How to write a field; `None` where it has arguments, may fail or waits.
    ///
    /// What it writes is what the resolver of that name answers.
    fn plan(field: &FieldPlan<'_>) -> Option<Write<Self>>;

    /// How to write what is selected of it; `None` where one of the fields has no plan. What is one of several objects asks each of them.
    fn write(selected: &Selected<'_>) -> Option<Write<Self>> {
        selected.object()
    }
}

/// A list of objects: `[T!]!`.
pub struct Rows<T>(pub Vec<T>);

impl<T: Hot> OutputType for Rows<T> {
    fn type_name() -> Cow<'static, str> {
        Vec::<T>::type_name()
    }

    fn qualified_type_name() -> String {
        Vec::<T>::qualified_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        Vec::<T>::create_type_info(registry)
    }

    async fn resolve(&self, ctx: &ContextSelectionSet<'_>, field: &Positioned<Field>) -> ServerResult<Value> {
        let plan = if Selected::is_asked_twice(ctx) { None } else { T::write(&Selected::of(ctx)) };
        let Some(write) = plan else {
            return self.0.resolve(ctx, field).await;
        };
        let mut json = Json::default();
        json.list(&self.0, |json, item| write(item, json));
        Ok(json.into_value())
    }
}
