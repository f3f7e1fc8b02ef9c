//! TRUE, FALSE or UNKNOWN (Kleene), as [`Selection`](crate::edition::Selection) has them of sets.

/// `None`: not known.
pub(super) type Truth = Option<bool>;

/// Whether all hold.
pub(super) fn and(all: impl IntoIterator<Item = Truth>) -> Truth {
    let mut whole = Some(true);
    for one in all {
        match one {
            Some(false) => return Some(false),
            None => whole = None,
            Some(true) => {}
        }
    }
    whole
}

/// Whether one holds.
pub(super) fn or(all: impl IntoIterator<Item = Truth>) -> Truth {
    not(and(all.into_iter().map(not)))
}

/// Whether it does not hold.
pub(super) fn not(one: Truth) -> Truth {
    one.map(|is| !is)
}
