//! The old editions that are in memory: a few, those asked for last.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::OnceCell;

use crate::edition::Edition;

/// An edition that is there, or is being built by the first who asked.
pub(super) type Cell = Arc<OnceCell<Arc<Edition>>>;

/// Editions by id, the one asked for last at the end.
pub(super) struct Shelf {
    cells: Mutex<Vec<(String, Cell)>>,
    most: usize,
}

impl Shelf {
    pub(super) fn new(most: usize) -> Self {
        Self { cells: Mutex::default(), most }
    }

    /// The place of an edition that has one.
    pub(super) fn find(&self, id: &str) -> Option<Cell> {
        let mut cells = self.cells();
        let at = cells.iter().position(|(known, _)| known == id)?;
        let found = cells.remove(at);
        cells.push(found);
        cells.last().map(|(_, cell)| cell.clone())
    }

    /// The place of an edition; where it has none yet it gets one, and the one that was not asked for longest loses its
    /// own.
    pub(super) fn place(&self, id: &str) -> Cell {
        if let Some(cell) = self.find(id) {
            return cell;
        }
        let mut cells = self.cells();
        if cells.len() >= self.most {
            cells.remove(0);
        }
        let cell = Cell::default();
        cells.push((id.to_owned(), cell.clone()));
        cell
    }

    /// Keeps an edition that is there already.
    pub(super) fn keep(&self, edition: Arc<Edition>) {
        // Where somebody else put it there meanwhile, theirs is as good.
        let _ = self.place(&edition.id).set(edition.clone());
    }

    /// Forgets all.
    pub(super) fn clear(&self) {
        self.cells().clear();
    }

    fn cells(&self) -> MutexGuard<'_, Vec<(String, Cell)>> {
        // A list of cells is right whatever the thread did that panicked beside it.
        self.cells.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_edition_that_was_not_asked_for_longest_goes_first() {
        let shelf = Shelf::new(2);
        let first = shelf.place("a");
        shelf.place("b");
        assert!(Arc::ptr_eq(&shelf.find("a").unwrap(), &first));
        shelf.place("c");
        assert!(shelf.find("b").is_none());
        assert!(Arc::ptr_eq(&shelf.place("a"), &first), "who asks again finds what is there");
        shelf.clear();
        assert!(shelf.find("a").is_none());
    }
}
