//! Which source supports which field of a place: with the edition, so that telling it asks no database.
//!
//! An edition of a hundred thousand places has some hundred thousand of these, and only some hundred sets of fields: a set is kept
//! once.

use std::collections::HashMap;

use super::{Edition, index_of};
use crate::model::{PlaceSource, Source};

/// A source of a place.
struct Link {
    /// Position in [`Edition::sources`].
    source: u32,
    /// Position in [`Provenance::sets`].
    fields: u32,
}

/// The sources of all places.
pub(super) struct Provenance {
    /// Where the links of each place begin, and behind the last where they end.
    begins: Vec<u32>,
    links: Vec<Link>,
    /// Sets of fields, each ascending.
    sets: Vec<Vec<String>>,
}

impl Provenance {
    /// The sources that `links` name of places with these keys, which are ascending, as are the ids of `sources`. Links of another
    /// place or source are left out: an edition is not made of such facts.
    pub(super) fn of<'a>(
        keys: impl ExactSizeIterator<Item = &'a str>,
        sources: &[Source],
        links: &[PlaceSource],
    ) -> Self {
        let positions: HashMap<&str, u32> =
            sources.iter().enumerate().map(|(position, source)| (source.id.as_str(), index_of(position))).collect();
        let mut of_place: HashMap<&str, Vec<(u32, &[String])>> = HashMap::new();
        for PlaceSource { place, source, fields } in links {
            if let Some(source) = positions.get(source.as_str()) {
                of_place.entry(place).or_default().push((*source, fields));
            }
        }
        let mut known: HashMap<Vec<String>, u32> = HashMap::new();
        let mut provenance = Self {
            begins: Vec::with_capacity(keys.len() + 1),
            links: Vec::with_capacity(links.len()),
            sets: Vec::new(),
        };
        for key in keys {
            provenance.begins.push(index_of(provenance.links.len()));
            let mut own = of_place.remove(key).unwrap_or_default();
            own.sort_unstable_by_key(|(source, _)| *source);
            for (source, fields) in own {
                let mut fields = fields.to_vec();
                fields.sort_unstable();
                let sets = &mut provenance.sets;
                let fields = *known.entry(fields).or_insert_with_key(|fields| {
                    sets.push(fields.clone());
                    index_of(sets.len() - 1)
                });
                provenance.links.push(Link { source, fields });
            }
        }
        provenance.begins.push(index_of(provenance.links.len()));
        provenance
    }
}

impl Edition {
    /// The sources of the place of that index, ascending by id, each with the fields that it supports, ascending.
    pub fn sources_of(&self, place: u32) -> impl Iterator<Item = (&Source, &[String])> + Clone {
        let Provenance { begins, links, sets } = &self.provenance;
        let place = place as usize;
        let own = begins[place] as usize..begins[place + 1] as usize;
        links[own].iter().map(|link| (&self.sources[link.source as usize], sets[link.fields as usize].as_slice()))
    }
}
