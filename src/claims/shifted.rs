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
