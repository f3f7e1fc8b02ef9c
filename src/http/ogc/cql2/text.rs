//! CQL2 text, as in `kind = 'MFA' AND facilities = 'BIBLIOTHEEK'`.

use chrono::DateTime;
use geo::{Coord, Geometry, GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon};
use pest::{
    Parser as _,
    error::{ErrorVariant, InputLocation},
    iterators::Pair,
};

use super::{
    syntax::{
        Expression, Fault, INTERSECTS, Is, Operator, Place, Property, Relation, Scalar, When, Where, between, one_of,
        unless,
    },
    words::Words,
};
use crate::model::excerpt;

/// How deep brackets may stand in one another: each is a call within a call.
const DEEPEST: usize = 40;

mod grammar {
    #[derive(pest_derive::Parser)]
    #[grammar = "src/http/ogc/cql2/cql2.pest"]
    pub(super) struct Grammar;
}
use grammar::{Grammar, Rule};

type Piece<'a> = Pair<'a, Rule>;

/// What a piece has in it, without commas and brackets, which are pieces so that it is told where they are missing.
fn inner(piece: Piece<'_>) -> impl Iterator<Item = Piece<'_>> {
    piece.into_inner().filter(|part| !matches!(part.as_rule(), Rule::comma | Rule::close))
}

/// What a text says.
///
/// # Errors
/// What is wrong with it, and where.
pub(super) fn read(text: &str) -> Result<Expression, Fault> {
    shallow(text)?;
    let mut pieces = Grammar::parse(Rule::filter, text).map_err(|error| refused(text, &error))?;
    match pieces.next().and_then(|filter| inner(filter).next()) {
        Some(any_of) => expression(text, any_of),
        None => Ok(Expression::Known(true)),
    }
}

/// Refuses what would nest too deeply, before anything follows it. Brackets in quoted texts count too.
fn shallow(text: &str) -> Result<(), Fault> {
    let mut depth = 0_usize;
    for (number, character) in text.chars().enumerate() {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            let most = DEEPEST.to_string();
            return Err(Fault::at(&Place::Character(number + 1), |t| t.deep, &[("most", &most)]));
        }
    }
    Ok(())
}

fn refused(text: &str, error: &pest::error::Error<Rule>) -> Fault {
    let (InputLocation::Pos(at) | InputLocation::Span((at, _))) = error.location;
    let expected = match &error.variant {
        ErrorVariant::ParsingError { positives, .. } => positives.as_slice(),
        ErrorVariant::CustomError { .. } => &[],
    };
    Fault::told(&place(text, at), |language| {
        let t = Words::of(language);
        let mut known: Vec<&str> = Vec::new();
        for told in expected.iter().filter_map(|rule| told(*rule, t)) {
            if !known.contains(&told) {
                known.push(told);
            }
        }
        let known = match known.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{} {} {last}", rest.join(", "), t.or),
            _ => known.concat(),
        };
        crate::http::pages::words::with(t.expected, &[("known", &known)])
    })
}

/// What a rule is for who writes a filter.
fn told(rule: Rule, t: &Words) -> Option<&'static str> {
    Some(match rule {
        Rule::and => "`AND`",
        Rule::or => "`OR`",
        Rule::not => "`NOT`",
        Rule::comma => "`,`",
        Rule::close => "`)`",
        Rule::EOI => t.the_end,
        Rule::comparison | Rule::operator => t.an_operator,
        Rule::like | Rule::word_like => "`LIKE`",
        Rule::between | Rule::word_between => "`BETWEEN`",
        Rule::in_list | Rule::word_in => "`IN`",
        Rule::null | Rule::word_is => "`IS NULL`",
        Rule::word_null => "`NULL`",
        Rule::predicate | Rule::property | Rule::name => t.a_property,
        Rule::scalar | Rule::end => t.a_value,
        Rule::text => t.a_text,
        Rule::number | Rule::position => t.a_number,
        Rule::geometry | Rule::collection | Rule::place => t.a_geometry,
        Rule::spatial | Rule::word_spatial => "`S_INTERSECTS`",
        Rule::temporal | Rule::word_temporal => "`T_AFTER`",
        Rule::interval => "`INTERVAL`",
        Rule::boolean => "`TRUE`",
        Rule::group => "`(`",
        _ => return None,
    })
}

fn place(text: &str, byte: usize) -> Place {
    Place::Character(text.get(..byte).map_or(0, |before| before.chars().count()) + 1)
}

fn at(text: &str, piece: &Piece<'_>) -> Place {
    place(text, piece.as_span().start())
}

fn expression(text: &str, piece: Piece<'_>) -> Result<Expression, Fault> {
    let parts = |piece: Piece<'_>, rule: Rule| -> Result<Vec<Expression>, Fault> {
        inner(piece).filter(|part| part.as_rule() == rule).map(|part| expression(text, part)).collect()
    };
    match piece.as_rule() {
        Rule::any_of => parts(piece, Rule::all_of).map(|all| single(all, Expression::Any)),
        Rule::all_of => parts(piece, Rule::factor).map(|all| single(all, Expression::All)),
        Rule::factor => {
            let (is_not, mut rest) = negated(piece);
            rest.next().map_or(Ok(Expression::Known(true)), |part| Ok(unless(is_not, expression(text, part)?)))
        }
        Rule::boolean => Ok(Expression::Known(piece.as_str().eq_ignore_ascii_case("true"))),
        Rule::spatial => space(text, piece),
        Rule::temporal => time(text, piece),
        Rule::predicate => predicate(text, piece),
        // A group, whose one part is what stands in its brackets.
        _ => inner(piece).next().map_or(Ok(Expression::Known(true)), |part| expression(text, part)),
    }
}

/// One is what it is, of more it is told what of them has to hold.
fn single(mut all: Vec<Expression>, of: impl Fn(Vec<Expression>) -> Expression) -> Expression {
    match (all.len(), all.pop()) {
        (1, Some(one)) => one,
        (_, last) => {
            all.extend(last);
            of(all)
        }
    }
}

/// Whether `NOT` stands before what a piece has, and that without keywords.
fn negated<'a>(piece: Piece<'a>) -> (bool, impl Iterator<Item = Piece<'a>>) {
    let parts: Vec<Piece<'a>> = inner(piece).collect();
    let is_not = parts.iter().any(|part| part.as_rule() == Rule::not);
    let is_keyword = |rule| {
        matches!(
            rule,
            Rule::not
                | Rule::and
                | Rule::word_like
                | Rule::word_between
                | Rule::word_in
                | Rule::word_is
                | Rule::word_null
        )
    };
    (is_not, parts.into_iter().filter(move |part| !is_keyword(part.as_rule())))
}

fn predicate(text: &str, piece: Piece<'_>) -> Result<Expression, Fault> {
    let whole = at(text, &piece);
    let mut parts = inner(piece);
    let (Some(left), Some(rest)) = (parts.next(), parts.next()) else { return Ok(Expression::Known(true)) };
    let left = scalar(text, left)?;
    let rule = rest.as_rule();
    let (is_not, rest) = negated(rest);
    let mut operator = None;
    let mut others = Vec::new();
    for part in rest {
        match part.as_rule() {
            Rule::operator => operator = Operator::named(part.as_str()),
            _ => others.push(scalar(text, part)?),
        }
    }
    let made = match (rule, others.as_slice(), operator, left.is.clone()) {
        (Rule::comparison, [right], Some(operator), _) => Expression::Compare(left, operator, right.clone()),
        (Rule::like, [pattern], ..) => Expression::Like(left, pattern.clone()),
        (Rule::between, [low, high], ..) => between(left, low.clone(), high.clone()),
        (Rule::in_list, ..) => one_of(&left, others),
        (_, _, _, Is::Property(name)) => Expression::Null(Property { name, at: left.at }),
        _ => return Err(Fault::told(&whole, |language| Words::of(language).a_property.to_owned())),
    };
    Ok(unless(is_not, made))
}

fn scalar(text: &str, piece: Piece<'_>) -> Result<Scalar, Fault> {
    let at = at(text, &piece);
    let rule = piece.as_rule();
    let told = piece.as_str().to_owned();
    let mut inner = inner(piece).filter(|part| part.as_rule() != Rule::word_casei);
    let is = match (rule, inner.next()) {
        (Rule::scalar | Rule::end, Some(part)) => return scalar(text, part),
        (Rule::text, Some(quoted)) => Is::Text(quoted.as_str().replace("''", "'").replace("\\'", "'")),
        (Rule::property, Some(name)) => Is::Property(name.as_str().to_owned()),
        (Rule::folded, Some(part)) => Is::Folded(Box::new(scalar(text, part)?)),
        (Rule::date, Some(part)) => moment(&scalar(text, part)?, |text| text.parse().ok().map(Is::Date))?,
        (Rule::timestamp, Some(part)) => moment(&scalar(text, part)?, |text| {
            DateTime::parse_from_rfc3339(text).ok().map(|moment| Is::Timestamp(moment.to_utc()))
        })?,
        (Rule::boolean, _) => Is::Boolean(told.eq_ignore_ascii_case("true")),
        _ => Is::Number(number(&at, &told)?),
    };
    Ok(Scalar { is, at })
}

fn moment(quoted: &Scalar, read: impl Fn(&str) -> Option<Is>) -> Result<Is, Fault> {
    let Is::Text(text) = &quoted.is else { return Ok(quoted.is.clone()) };
    read(text).ok_or_else(|| Fault::at(&quoted.at, |t| t.no_date, &[("value", &excerpt(text))]))
}

fn number(at: &Place, told: &str) -> Result<f64, Fault> {
    let number = told.parse::<f64>().ok().filter(|number| number.is_finite());
    number.ok_or_else(|| Fault::told(at, |language| Words::of(language).a_number.to_owned()))
}

fn time(text: &str, piece: Piece<'_>) -> Result<Expression, Fault> {
    let mut parts = inner(piece);
    let (Some(word), Some(first), Some(second)) = (parts.next(), parts.next(), parts.next()) else {
        return Ok(Expression::Known(true));
    };
    let relation = Relation::named(&word.as_str().to_ascii_lowercase()).ok_or_else(|| {
        let known = Relation::NAMES.join(", ").to_ascii_uppercase();
        Fault::at(&at(text, &word), |t| t.no_function, &[("name", &excerpt(word.as_str())), ("known", &known)])
    })?;
    Ok(Expression::Time(relation, [when(text, first)?, when(text, second)?]))
}

fn when(text: &str, piece: Piece<'_>) -> Result<When, Fault> {
    let whole = at(text, &piece);
    let nothing = || Fault::told(&whole, |language| Words::of(language).a_value.to_owned());
    let part = inner(piece).next().ok_or_else(nothing)?;
    if part.as_rule() != Rule::interval {
        return scalar(text, part).map(When::Instant);
    }
    let mut ends = inner(part).map(|end| {
        let end = scalar(text, end)?;
        Ok((!matches!(&end.is, Is::Text(open) if matches!(open.as_str(), "" | ".."))).then_some(end))
    });
    match (ends.next().transpose()?, ends.next().transpose()?) {
        (Some(from), Some(until)) => Ok(When::Interval([from, until])),
        _ => Err(nothing()),
    }
}

fn space(text: &str, piece: Piece<'_>) -> Result<Expression, Fault> {
    let whole = at(text, &piece);
    let mut parts = inner(piece);
    let (Some(word), Some(first), Some(second)) = (parts.next(), parts.next(), parts.next()) else {
        return Ok(Expression::Known(true));
    };
    if !word.as_str().eq_ignore_ascii_case(INTERSECTS) {
        let values = [("name", excerpt(word.as_str())), ("known", INTERSECTS.to_ascii_uppercase())];
        return Err(Fault::at(
            &at(text, &word),
            |t| t.no_function,
            &values.each_ref().map(|(name, value)| (*name, value.as_str())),
        ));
    }
    Ok(Expression::Space(whole, [position_of(text, first)?, position_of(text, second)?]))
}

/// A geometry or a property.
fn position_of(text: &str, piece: Piece<'_>) -> Result<Where, Fault> {
    let whole = at(text, &piece);
    let refused = || Fault::told(&whole, |language| Words::of(language).a_geometry.to_owned());
    let part = inner(piece).next().ok_or_else(refused)?;
    let at = at(text, &part);
    match part.as_rule() {
        Rule::property => match scalar(text, part)?.is {
            Is::Property(name) => Ok(Where::Property(Property { name, at })),
            _ => Err(refused()),
        },
        Rule::collection => {
            let all = inner(part).map(|one| geometry(text, one)).collect::<Result<Vec<_>, _>>()?;
            Ok(Where::Geometry(Geometry::GeometryCollection(GeometryCollection(all))))
        }
        _ => match inner(part.clone()).next() {
            Some(bbox) if bbox.as_rule() == Rule::bbox => match numbers(text, bbox)?.as_slice() {
                &[west, south, east, north] | &[west, south, _, east, north, _] => {
                    Ok(Where::Box([west, south, east, north], at))
                }
                _ => Err(Fault::at(&at, |t| t.no_box, &[])),
            },
            _ => geometry(text, part).map(Where::Geometry),
        },
    }
}

fn geometry(text: &str, piece: Piece<'_>) -> Result<Geometry<f64>, Fault> {
    let whole = at(text, &piece);
    let refused = || Fault::told(&whole, |language| Words::of(language).a_geometry.to_owned());
    let shape = inner(piece).next().ok_or_else(refused)?;
    let rule = shape.as_rule();
    let mut parts = inner(shape);
    Ok(match rule {
        Rule::point => Point(coord(text, parts.next().ok_or_else(refused)?)?).into(),
        Rule::line => line(text, parts.next().ok_or_else(refused)?)?.into(),
        Rule::polygon => polygon(text, parts.next().ok_or_else(refused)?)?.into(),
        Rule::multi_point => {
            let points = parts.map(|one| coord(text, one).map(Point)).collect::<Result<Vec<_>, _>>()?;
            MultiPoint(points).into()
        }
        Rule::multi_line => {
            let rings = inner(parts.next().ok_or_else(refused)?);
            MultiLineString(rings.map(|one| line(text, one)).collect::<Result<_, _>>()?).into()
        }
        Rule::multi_polygon => MultiPolygon(parts.map(|one| polygon(text, one)).collect::<Result<_, _>>()?).into(),
        // A box is no part of a collection.
        _ => return Err(refused()),
    })
}

fn polygon(text: &str, rings: Piece<'_>) -> Result<Polygon<f64>, Fault> {
    let mut rings = inner(rings).map(|ring| line(text, ring));
    let outer = rings.next().transpose()?.unwrap_or_else(|| LineString(Vec::new()));
    Ok(Polygon::new(outer, rings.collect::<Result<_, _>>()?))
}

fn line(text: &str, positions: Piece<'_>) -> Result<LineString<f64>, Fault> {
    inner(positions).map(|position| coord(text, position)).collect::<Result<_, _>>().map(LineString)
}

/// A position without its height.
fn coord(text: &str, position: Piece<'_>) -> Result<Coord<f64>, Fault> {
    let at = at(text, &position);
    match numbers(text, position)?.as_slice() {
        &[x, y, ..] => Ok(Coord { x, y }),
        _ => Err(Fault::told(&at, |language| Words::of(language).a_number.to_owned())),
    }
}

fn numbers(text: &str, piece: Piece<'_>) -> Result<Vec<f64>, Fault> {
    inner(piece).map(|part| number(&at(text, &part), part.as_str())).collect()
}
