//! Lists of which the names have slid along the addresses by a row, as happens where one column was sorted or a cell was
//! inserted: every row then tells the address of its neighbour.

use std::{collections::BTreeMap, sync::Arc};

use super::{address::is_same, record::Record};
use crate::model::{Address, MunicipalityCode};

/// So many rows with a neighbour's address are no chance.
const FEWEST_ROWS: usize = 3;

/// The files and municipalities of which the rows are shifted, with the number of rows that tell a neighbour's address.
///
/// `known` is the address that is known of the place with the name of a record.
pub(super) fn shifted<'a>(
    records: &'a [Record],
    known: impl Fn(&Record) -> Option<&'a Address>,
) -> BTreeMap<(Arc<str>, MunicipalityCode), usize> {
    let mut lists: BTreeMap<(Arc<str>, MunicipalityCode), Vec<&Record>> = BTreeMap::new();
    for record in records.iter().filter(|record| record.key.is_none() && record.at.element().is_none()) {
        if let Some(municipality) = &record.municipality {
            lists.entry((record.at.file.clone(), municipality.clone())).or_default().push(record);
        }
    }
    let mut found = BTreeMap::new();
    for (list, records) in lists.into_iter().filter(|(_, records)| records.len() > FEWEST_ROWS) {
        let known: Vec<Option<&Address>> = records.iter().map(|record| known(record)).collect();
        let is_of = |row: usize, of: usize| {
            let known = known.get(of).copied().flatten();
            known.zip(records[row].address()).is_some_and(|(known, told)| is_same(known, told))
        };
        let own = (0..records.len()).filter(|row| is_of(*row, *row)).count();
        let of_next = (0..records.len()).filter(|row| !is_of(*row, *row) && is_of(*row, row + 1)).count();
        let of_last = (1..records.len()).filter(|row| !is_of(*row, *row) && is_of(*row, row - 1)).count();
        let most = of_next.max(of_last);
        if most >= FEWEST_ROWS && most > own {
            found.insert(list, most);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        claims::At,
        model::{Place, Statement},
    };

    /// Places of one municipality of which the whole address is known, each at another one.
    fn places() -> Vec<Place> {
        let is_whole = |place: &Place| {
            let address = place.address.as_ref();
            address.is_some_and(|address| address.house_number.is_some() && address.postcode.is_some())
        };
        let all = crate::testing::facts().places.into_iter().filter(|place| place.municipality.as_str() == "GM0153");
        let mut places: Vec<Place> = Vec::new();
        for place in all.filter(is_whole) {
            let stands_at = |other: &Place| is_same(other.address.as_ref().unwrap(), place.address.as_ref().unwrap());
            if places.len() < 6 && !places.iter().any(stands_at) {
                places.push(place);
            }
        }
        assert_eq!(places.len(), 6);
        places
    }

    fn records(places: &[Place], addresses: impl Fn(usize) -> usize) -> Vec<Record> {
        let record = |(row, place): (usize, &Place)| Record {
            at: At { file: "lijst.csv".into(), sheet: None, row: u32::try_from(row).unwrap() + 2 },
            key: None,
            municipality: Some(place.municipality.clone()),
            may_be_new: true,
            stated: None,
            statements: vec![
                Statement::Name(place.name.clone()),
                Statement::Address(places[addresses(row) % places.len()].address.clone().unwrap()),
            ],
            cleared: Vec::new(),
        };
        places.iter().enumerate().map(record).collect()
    }

    #[test]
    fn rows_that_tell_the_address_of_a_neighbour_are_told_apart_from_moves() {
        let places = places();
        let found = |addresses: &dyn Fn(usize) -> usize| {
            let known = |record: &Record| {
                let place = places.iter().find(|place| Some(place.name.as_str()) == record.name());
                place.and_then(|place| place.address.as_ref())
            };
            shifted(&records(&places, addresses), known).into_values().next()
        };
        assert_eq!(found(&|row| row), None, "as it is known");
        assert_eq!(found(&|row| row + 1), Some(places.len() - 1), "up by a row");
        assert_eq!(found(&|row| row + places.len() - 1), Some(places.len() - 1), "down by a row");
        assert_eq!(found(&|row| if row == 1 { 2 } else { row }), None, "one that moved in with its neighbour");
    }
}
