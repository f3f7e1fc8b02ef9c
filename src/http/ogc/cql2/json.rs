//! CQL2 JSON, as in `{"op": "=", "args": [{"property": "kind"}, "MFA"]}`.

use chrono::DateTime;
use geo::Geometry;
use serde_json::{Map, Value};

use super::syntax::{
    Expression, Fault, INTERSECTS, Is, Operator, Place, Property, Relation, Scalar, When, Where, between, one_of,
};
use crate::model::excerpt;

/// What an object says.
///
/// # Errors
/// What is wrong with it, and where.
pub(super) fn read(text: &str) -> Result<Expression, Fault> {
    let value: Value = serde_json::from_str(text)
        .map_err(|error| Fault::at(&Place::Member(String::new()), |t| t.no_json, &[("cause", &error.to_string())]))?;
    Part { value: &value, path: String::new() }.expression()
}

/// A part of it, and where it stands.
struct Part<'a> {
    value: &'a Value,
    path: String,
}

impl<'a> Part<'a> {
    fn at(&self) -> Place {
        Place::Member(self.path.clone())
    }

    fn within(&self, member: impl std::fmt::Display, value: &'a Value) -> Self {
        Part { value, path: format!("{}/{member}", self.path) }
    }

    /// The member of that name.
    fn member(&self, name: &str) -> Option<Self> {
        self.value.get(name).map(|value| self.within(name, value))
    }

    /// Its items; `None`: it is no list.
    fn items(&self) -> Option<Vec<Self>> {
        let items = self.value.as_array()?.iter().enumerate();
        Some(items.map(|(number, value)| self.within(number, value)).collect())
    }

    /// The operator and what it is applied to; `None`: it is no expression.
    fn operation(&self) -> Option<(&'a str, Vec<Self>)> {
        let operator = self.value.get("op")?.as_str()?;
        Some((operator, self.member("args")?.items()?))
    }

    fn expression(self) -> Result<Expression, Fault> {
        if let Value::Bool(is) = self.value {
            return Ok(Expression::Known(*is));
        }
        let (operator, arguments) = self.operation().ok_or_else(|| Fault::at(&self.at(), |t| t.no_expression, &[]))?;
        let all = |arguments: Vec<Self>| arguments.into_iter().map(Self::expression).collect::<Result<Vec<_>, _>>();
        match operator {
            "and" => return all(arguments).map(Expression::All),
            "or" => return all(arguments).map(Expression::Any),
            _ => {}
        }
        let at = self.at();
        let few = |count: &str| Fault::at(&at, |t| t.arguments, &[("count", count), ("name", &excerpt(operator))]);
        if operator == "between" {
            let [value, low, high] = <[Self; 3]>::try_from(arguments).map_err(|_| few("3"))?;
            return Ok(between(value.scalar()?, low.scalar()?, high.scalar()?));
        }
        if matches!(operator, "not" | "isNull") {
            let [one] = <[Self; 1]>::try_from(arguments).map_err(|_| few("1"))?;
            return if operator == "not" {
                Ok(Expression::Not(Box::new(one.expression()?)))
            } else {
                one.property().map(Expression::Null)
            };
        }
        let relation = Relation::named(&operator.to_ascii_lowercase());
        let comparison = Operator::named(operator);
        let is_known = matches!(operator, "like" | "in" | INTERSECTS) || relation.is_some() || comparison.is_some();
        if !is_known {
            let place = self.member("op").map_or_else(|| self.at(), |member| member.at());
            return Err(Fault::at(&place, |t| t.no_operator, &[("name", &excerpt(operator))]));
        }
        let [first, second] = <[Self; 2]>::try_from(arguments).map_err(|_| few("2"))?;
        Ok(match (operator, comparison, relation) {
            (_, Some(comparison), _) => Expression::Compare(first.scalar()?, comparison, second.scalar()?),
            (_, _, Some(relation)) => Expression::Time(relation, [first.when()?, second.when()?]),
            ("like", ..) => Expression::Like(first.scalar()?, second.scalar()?),
            (INTERSECTS, ..) => Expression::Space(at, [first.position()?, second.position()?]),
            _ => {
                let list = second.items().ok_or_else(|| Fault::at(&second.at(), |t| t.no_list, &[]))?;
                one_of(&first.scalar()?, list.into_iter().map(Self::scalar).collect::<Result<_, _>>()?)
            }
        })
    }

    fn property(&self) -> Result<Property, Fault> {
        let name = self.value.get("property").and_then(Value::as_str);
        let name = name.ok_or_else(|| Fault::at(&self.at(), |t| t.no_value, &[]))?;
        Ok(Property { name: name.to_owned(), at: self.at() })
    }

    fn scalar(self) -> Result<Scalar, Fault> {
        let at = self.at();
        let refused = || Fault::at(&at, |t| t.no_value, &[]);
        let is = match self.value {
            Value::String(text) => Is::Text(text.clone()),
            Value::Bool(is) => Is::Boolean(*is),
            Value::Number(number) => Is::Number(number.as_f64().ok_or_else(refused)?),
            Value::Object(members) => self.object(members)?,
            _ => return Err(refused()),
        };
        Ok(Scalar { is, at })
    }

    fn object(&self, members: &Map<String, Value>) -> Result<Is, Fault> {
        let text = |name: &str| members.get(name).and_then(Value::as_str);
        let no_date = |text: &str| Fault::at(&self.at(), |t| t.no_date, &[("value", &excerpt(text))]);
        if let Some(name) = text("property") {
            return Ok(Is::Property(name.to_owned()));
        }
        if let Some(day) = text("date") {
            return day.parse().map(Is::Date).map_err(|_| no_date(day));
        }
        if let Some(moment) = text("timestamp") {
            let read = DateTime::parse_from_rfc3339(moment).map_err(|_| no_date(moment))?;
            return Ok(Is::Timestamp(read.to_utc()));
        }
        match self.operation() {
            Some(("casei", arguments)) => match <[Self; 1]>::try_from(arguments) {
                Ok([one]) => Ok(Is::Folded(Box::new(one.scalar()?))),
                Err(_) => Err(Fault::at(&self.at(), |t| t.arguments, &[("count", "1"), ("name", "casei")])),
            },
            Some((other, _)) => {
                Err(Fault::at(&self.at(), |t| t.no_function, &[("known", "casei"), ("name", &excerpt(other))]))
            }
            None => Err(Fault::at(&self.at(), |t| t.no_value, &[])),
        }
    }

    fn when(self) -> Result<When, Fault> {
        let Some(interval) = self.member("interval") else { return self.scalar().map(When::Instant) };
        let ends = interval.items().and_then(|ends| <[Self; 2]>::try_from(ends).ok());
        let ends =
            ends.ok_or_else(|| Fault::at(&interval.at(), |t| t.arguments, &[("count", "2"), ("name", "interval")]))?;
        let [from, until] = ends.map(|end| match end.value.as_str() {
            Some("" | "..") => Ok(None),
            _ => end.scalar().map(Some),
        });
        Ok(When::Interval([from?, until?]))
    }

    fn position(self) -> Result<Where, Fault> {
        let refused = || Fault::at(&self.at(), |t| t.no_place, &[]);
        if self.value.get("property").is_some() {
            return self.property().map(Where::Property);
        }
        if let Some(sides) = self.member("bbox") {
            let numbers: Option<Vec<f64>> = sides.value.as_array().into_iter().flatten().map(Value::as_f64).collect();
            return match numbers.as_deref() {
                Some(&[west, south, east, north] | &[west, south, _, east, north, _]) => {
                    Ok(Where::Box([west, south, east, north], sides.at()))
                }
                _ => Err(Fault::at(&sides.at(), |t| t.no_box, &[])),
            };
        }
        let read: geojson::Geometry = serde_json::from_value(self.value.clone()).map_err(|_| refused())?;
        Geometry::try_from(read).map(Where::Geometry).map_err(|_| refused())
    }
}
