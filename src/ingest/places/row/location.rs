//! The point that a row gives, in degrees or metres, in two cells, in one, or as its geometry.

use super::{super::column::Column, RowReader};
use crate::{
    findings::{Rule, personal_data},
    ingest::tabular::{cell, table::Geometry},
    model::{Location, vocabulary::LocationPrecision},
    spatial::Wgs84,
};

/// Two locations of one row are the same up to here.
const SAME_PLACE_M: f64 = 25.0;

impl RowReader<'_> {
    pub(super) fn location(&mut self, geometry: Option<&Geometry>) -> Option<Location> {
        let degrees = self.pair(Column::Longitude, Column::Latitude, false);
        let metres = self.pair(Column::RdX, Column::RdY, true);
        let both = self.both();
        let precision = self.cells.take(Column::Precision);
        if let Some(said) = precision {
            let is_coarse = self.lexicon.precisions.find(&said.text) != Some(LocationPrecision::Address);
            if is_coarse {
                let has_any = degrees.is_some() || metres.is_some() || both.is_some() || geometry.is_some();
                if has_any {
                    self.cells.tell(Column::Precision, &said, Rule::CoarseLocation, Vec::new());
                }
                return None;
            }
        }
        let mut points: Vec<Wgs84> = Vec::new();
        if let Some((lon, lat, position)) = degrees {
            points.extend(self.point(cell::degrees(lon, lat), lon, lat, Some(position)));
        }
        if let Some((lat, lon, position)) = both {
            // Either may stand first.
            let read =
                cell::degrees(lon, lat).map(|(at, rule)| (at, rule.filter(|rule| *rule != Rule::CoordinatesSwapped)));
            points.extend(self.point(read, lat, lon, Some(position)));
        }
        match geometry {
            Some(Geometry::Point(point)) => {
                points.extend(self.point(cell::degrees(point.lon, point.lat), point.lon, point.lat, None));
            }
            Some(Geometry::Other(name)) => self.cells.tell_row(Rule::GeometryNotPoint, name, Vec::new()),
            None => {}
        }
        if let Some((x, y, position)) = metres {
            points.extend(self.point(cell::metres(x, y), x, y, Some(position)));
        }
        let first = *points.first()?;
        let apart = points.iter().map(|point| point.to_rd().distance_m(first.to_rd())).fold(0.0, f64::max);
        if apart > SAME_PLACE_M {
            self.cells.tell_row(Rule::LocationsDisagree, "", vec![format!("{apart:.0}")]);
            return None;
        }
        Some(Location {
            lon: first.lon,
            lat: first.lat,
            precision: LocationPrecision::Address,
            uncertainty_radius_m: 0.0,
            outline: None,
        })
    }

    fn point(
        &mut self,
        read: Result<(Wgs84, Option<Rule>), Rule>,
        first: f64,
        second: f64,
        position: Option<u16>,
    ) -> Option<Wgs84> {
        let stands = cell::pair(first, second);
        let (rule, details, point) = match read {
            Ok((point, None)) => return Some(point),
            Ok((point, Some(rule))) => (rule, vec![stands.clone(), cell::pair(point.lon, point.lat)], Some(point)),
            Err(rule) => (rule, vec![stands.clone()], None),
        };
        match position {
            Some(position) => self.cells.tell_at(position, rule, &stands, details),
            None => self.cells.tell_row(rule, &stands, details),
        }
        point
    }

    /// The two numbers of one cell, such as `52.5117, 6.0917`, and its position.
    fn both(&mut self) -> Option<(f64, f64, u16)> {
        let said = self.cells.take(Column::Point)?;
        let inner =
            said.text.trim_start_matches(|c: char| c.is_alphabetic() || c == ' ').trim_matches(['(', ')', '[', ']']);
        // A comma parts them, unless it is that of their decimals.
        let sign = [';', '|', ' '].into_iter().find(|sign| inner.contains(*sign)).unwrap_or(',');
        let mut parts =
            inner.split(sign).map(|part| part.trim().trim_end_matches([',', ';'])).filter(|part| !part.is_empty());
        let numbers = (parts.next(), parts.next(), parts.next());
        if let (Some(first), Some(second), None) = numbers
            && let (Some(first), Some(second)) = (cell::number(first, false), cell::number(second, false))
        {
            return Some((first, second, said.position));
        }
        let rule = if personal_data::is_personal(&said.text) { Rule::PersonalData } else { Rule::CoordinateNotNumber };
        self.cells.tell(Column::Point, &said, rule, Vec::new());
        None
    }

    /// Two numbers, with the position of the first.
    fn pair(&mut self, first: Column, second: Column, is_metres: bool) -> Option<(f64, f64, u16)> {
        // Their values tell what they are, whatever column they stand in: metres may stand in the columns of degrees.
        let read = |text: &str| cell::number(text, is_metres);
        let one = self.cells.take(first).map(|said| (read(&said.text), said));
        let other = self.cells.take(second).map(|said| (read(&said.text), said));
        if let (Some((Some(a), said)), Some((Some(b), _))) = (&one, &other) {
            return Some((*a, *b, said.position));
        }
        // What is no number is told; only where nothing else is, that the other one is missing.
        let is_alone = !self.cells.refused.contains(&first) && !self.cells.refused.contains(&second);
        let is_alone = is_alone && one.is_some() != other.is_some();
        for (column, (value, said)) in
            [(first, one), (second, other)].into_iter().filter_map(|(c, cell)| Some((c, cell?)))
        {
            match value {
                None if personal_data::is_personal(&said.text) => {
                    self.cells.tell(column, &said, Rule::PersonalData, Vec::new())
                }
                None => self.cells.tell(column, &said, Rule::CoordinateNotNumber, Vec::new()),
                Some(_) if is_alone => self.cells.tell(column, &said, Rule::CoordinateAlone, Vec::new()),
                Some(_) => {}
            }
        }
        None
    }
}
