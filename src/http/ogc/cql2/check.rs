//! Reads a filter as one of a collection: each property is one of its columns, and what is compared is of a kind.

use super::{
    condition::{Condition, Operand, Pattern},
    syntax::{Expression, Fault, Is, Operator, Place, Property, Scalar, When, Where},
    time::Instant,
    words::Words,
};
use crate::{
    collections::{Collection, Column, Kind},
    http::ogc::{asked::is_queryable, systems::System},
    model::{excerpt, vocabulary},
};

/// The property of a feature that is its geometry.
const GEOMETRY: &str = "geometry";

/// What is asked, and of which system its coordinates are.
pub(super) struct Check {
    pub(super) collection: &'static Collection,
    pub(super) system: System,
}

/// What a value is, whatever it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    Text,
    Number,
    Boolean,
    Time,
}

impl Sort {
    fn of(column: &Column) -> Self {
        match column.kind {
            Kind::Text | Kind::Words | Kind::Url | Kind::Term(_) | Kind::Terms(_) | Kind::Texts => Self::Text,
            Kind::Integer | Kind::Number { .. } => Self::Number,
            Kind::Boolean => Self::Boolean,
            Kind::Date | Kind::PartialDate | Kind::DateTime => Self::Time,
        }
    }

    fn told(self, t: &Words) -> &'static str {
        match self {
            Self::Text => t.is_text,
            Self::Number => t.is_number,
            Self::Boolean => t.is_boolean,
            Self::Time => t.is_time,
        }
    }
}

impl Check {
    /// The condition that an expression is.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub(super) fn condition(&self, expression: Expression) -> Result<Condition, Fault> {
        let all = |all: Vec<Expression>| all.into_iter().map(|one| self.condition(one)).collect::<Result<Vec<_>, _>>();
        Ok(match expression {
            Expression::All(parts) => Condition::All(all(parts)?),
            Expression::Any(parts) => Condition::Any(all(parts)?),
            Expression::Not(one) => Condition::Not(Box::new(self.condition(*one)?)),
            Expression::Known(is) => Condition::Known(is),
            Expression::Compare(left, operator, right) => self.comparison(left, operator, right)?,
            Expression::Like(value, pattern) => self.like(&value, &pattern)?,
            Expression::Null(property) if self.is_geometry(&property.name) => Condition::NoGeometry,
            Expression::Null(property) => Condition::Null(self.column(&property)?),
            Expression::Space(place, sides) => self.space(&place, sides)?,
            Expression::Time(relation, [first, second]) => {
                Condition::Time(relation, [self.span(first)?, self.span(second)?])
            }
        })
    }

    fn is_geometry(&self, name: &str) -> bool {
        self.collection.shape.is_some() && name == GEOMETRY
    }

    fn column(&self, property: &Property) -> Result<&'static Column, Fault> {
        let found = self.collection.column(&property.name).filter(|column| is_queryable(column));
        found.ok_or_else(|| {
            let columns = self.collection.columns.iter().filter(|column| is_queryable(column));
            let known: Vec<&str> = columns.map(|column| column.name).collect();
            let values = [
                ("collection", self.collection.name),
                ("known", &*known.join(", ")),
                ("name", &*excerpt(&property.name)),
            ];
            Fault::at(&property.at, |t| t.no_property, &values)
        })
    }

    fn comparison(&self, left: Scalar, operator: Operator, right: Scalar) -> Result<Condition, Fault> {
        let sorts = [self.sort(&left)?, self.sort(&right)?];
        // A day in quotes is one where a day is asked for.
        let [first, second] = match sorts {
            [Sort::Time, Sort::Text] => [self.operand(&left)?, asked(&right)?],
            [Sort::Text, Sort::Time] => [asked(&left)?, self.operand(&right)?],
            [one, other] if one == other => {
                if matches!(operator, Operator::Equal | Operator::Different) {
                    self.terms(&left, &right)?;
                    self.terms(&right, &left)?;
                }
                [self.operand(&left)?, self.operand(&right)?]
            }
            [one, other] => {
                return Err(Fault::told(&right.at, |language| {
                    let t = Words::of(language);
                    let values = [("left", one.told(t)), ("right", other.told(t))];
                    crate::http::pages::words::with(t.kinds, &values)
                }));
            }
        };
        // Of a list too it is the opposite.
        Ok(match operator {
            Operator::Different => Condition::Not(Box::new(Condition::Compare(first, Operator::Equal, second))),
            operator => Condition::Compare(first, operator, second),
        })
    }

    /// Refuses a term that a column cannot have.
    fn terms(&self, of: &Scalar, value: &Scalar) -> Result<(), Fault> {
        let (Is::Property(name), Is::Text(text)) = (&of.is, &value.is) else { return Ok(()) };
        let column = self.column(&Property { name: name.clone(), at: of.at.clone() })?;
        let (Kind::Term(list) | Kind::Terms(list)) = column.kind else { return Ok(()) };
        let known = vocabulary::all().into_iter().find(|(name, _)| *name == list).map(|(_, terms)| terms);
        let known = known.unwrap_or_default();
        if known.contains(&text.as_str()) {
            return Ok(());
        }
        let values = [("known", &*known.join(", ")), ("name", column.name), ("value", &*excerpt(text))];
        Err(Fault::at(&value.at, |t| t.no_term, &values))
    }

    fn like(&self, value: &Scalar, pattern: &Scalar) -> Result<Condition, Fault> {
        let sort = self.sort(value)?;
        if sort != Sort::Text {
            return Err(unlike(&value.at, |t| t.not_text, sort));
        }
        let (text, is_folded) = match &pattern.is {
            Is::Text(text) => (text.clone(), false),
            Is::Folded(inner) => match &inner.is {
                Is::Text(text) => (text.to_lowercase(), true),
                _ => return Err(Fault::at(&pattern.at, |t| t.no_pattern, &[])),
            },
            _ => return Err(Fault::at(&pattern.at, |t| t.no_pattern, &[])),
        };
        let operand = self.operand(value)?;
        let operand = if is_folded { Operand::Folded(Box::new(operand)) } else { operand };
        Ok(Condition::Like(operand, Pattern::read(&text)))
    }

    fn space(&self, place: &Place, sides: [Where; 2]) -> Result<Condition, Fault> {
        let geometry = match sides {
            [Where::Property(property), other] | [other, Where::Property(property)]
                if self.is_geometry(&property.name) =>
            {
                other
            }
            [Where::Property(property), _] | [_, Where::Property(property)] => {
                self.column(&property)?;
                return Err(Fault::at(&property.at, |t| t.a_geometry_each, &[]));
            }
            _ => return Err(Fault::at(place, |t| t.a_geometry_each, &[])),
        };
        match geometry {
            Where::Box(sides, at) => {
                let window = self.system.window(sides);
                window.map(Condition::Meets).ok_or_else(|| Fault::at(&at, |t| t.no_box, &[]))
            }
            Where::Geometry(geometry) => Ok(Condition::Meets(self.system.around(geometry))),
            Where::Property(property) => Err(Fault::at(&property.at, |t| t.a_geometry_each, &[])),
        }
    }

    fn span(&self, when: When) -> Result<[Operand; 2], Fault> {
        let end = |scalar: &Scalar| match self.sort(scalar)? {
            Sort::Time => self.operand(scalar),
            Sort::Text if matches!(scalar.is, Is::Text(_)) => asked(scalar),
            sort => Err(unlike(&scalar.at, |t| t.not_time, sort)),
        };
        match when {
            When::Instant(scalar) => Ok([end(&scalar)?, end(&scalar)?]),
            When::Interval([from, until]) => Ok([
                from.map_or(Ok(Operand::Time(Instant::open(false))), |from| end(&from))?,
                until.map_or(Ok(Operand::Time(Instant::open(true))), |until| end(&until))?,
            ]),
        }
    }

    fn sort(&self, scalar: &Scalar) -> Result<Sort, Fault> {
        Ok(match &scalar.is {
            Is::Property(name) => Sort::of(self.column(&Property { name: name.clone(), at: scalar.at.clone() })?),
            Is::Text(_) => Sort::Text,
            Is::Number(_) => Sort::Number,
            Is::Boolean(_) => Sort::Boolean,
            Is::Date(_) | Is::Timestamp(_) => Sort::Time,
            Is::Folded(inner) => match self.sort(inner)? {
                Sort::Text => Sort::Text,
                other => return Err(unlike(&inner.at, |t| t.not_text, other)),
            },
        })
    }

    fn operand(&self, scalar: &Scalar) -> Result<Operand, Fault> {
        Ok(match &scalar.is {
            Is::Property(name) => {
                Operand::Column(self.column(&Property { name: name.clone(), at: scalar.at.clone() })?)
            }
            Is::Text(text) => Operand::Text(text.clone()),
            Is::Number(number) => Operand::Number(*number),
            Is::Boolean(is) => Operand::Boolean(*is),
            Is::Date(day) => Operand::Time(Instant::day(*day)),
            Is::Timestamp(at) => Operand::Time(Instant::moment(*at)),
            Is::Folded(inner) => Operand::Folded(Box::new(self.operand(inner)?)),
        })
    }
}

/// A day or a moment in quotes.
fn asked(scalar: &Scalar) -> Result<Operand, Fault> {
    match &scalar.is {
        Is::Text(text) => Instant::asked(text)
            .map(Operand::Time)
            .ok_or_else(|| Fault::at(&scalar.at, |t| t.no_date, &[("value", &excerpt(text))])),
        _ => Err(unlike(&scalar.at, |t| t.not_time, Sort::Text)),
    }
}

fn unlike(place: &Place, say: impl Fn(&Words) -> &'static str, sort: Sort) -> Fault {
    Fault::told(place, |language| {
        let t = Words::of(language);
        crate::http::pages::words::with(say(t), &[("kind", sort.told(t))])
    })
}
