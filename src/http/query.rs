//! The parameters of the list page and the downloads: `municipality`, `kind`, `facility`, `bbox`, the `edition` to
//! read, and the layer to do `without`.

use poem::Request;
use roaring::RoaringBitmap;

use super::{pages::landing::Filter, problem::Problem};
use crate::{
    edition::{Edition, PlaceFilter, Selection, TermSet, Within},
    model::{excerpt, vocabulary::Term},
    search::fold,
    spatial::Area,
};

/// What a page or download was asked for. An empty parameter is as good as none, as forms send them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PlaceQuery {
    pub(super) filter: Filter,
    /// `?without=`: a layer to leave out, of downloads only.
    pub(super) without: Option<String>,
}

impl PlaceQuery {
    /// Reads the parameters of an address. A download refuses one that there is none of, since a mistyped filter would
    /// give too much; a page is reached by links to which others add theirs.
    ///
    /// # Errors
    /// For a parameter of `strict` that there is none of, and one that is given twice.
    pub(super) fn of(request: &Request, strict: bool) -> Result<Self, Problem> {
        let pairs: Vec<(String, String)> = request.params().map_err(|_| {
            Problem::bad_request("the parameters are not percent-encoded UTF-8, as in ?municipality=GM0193")
        })?;
        let (mut filter, mut without) = (Filter::default(), None);
        for (name, value) in pairs {
            let slot = match name.as_str() {
                "municipality" => &mut filter.municipality,
                "kind" => &mut filter.kind,
                "facility" => &mut filter.facility,
                "bbox" => &mut filter.bbox,
                "edition" => &mut filter.edition,
                "without" if strict => &mut without,
                _ if !strict => continue,
                other => {
                    return Err(Problem::bad_request(format!(
                        "`{}` is no parameter; there are municipality, kind, facility, bbox, edition and without",
                        excerpt(other)
                    )));
                }
            };
            if !value.is_empty() && slot.replace(value).is_some() {
                let takes_one = matches!(name.as_str(), "edition" | "without");
                let way_out = if takes_one { "name one" } else { "separate several values by commas" };
                return Err(Problem::bad_request(format!("`{name}` is given twice; {way_out}")));
            }
        }
        if without.is_some() && filter.edition.is_some() {
            return Err(Problem::bad_request(
                "`without` and `edition` do not go together: what each source says is kept of the newest edition only",
            ));
        }
        Ok(Self { filter, without })
    }

    /// The places for which the parameters hold, and those for which they may. Closed ones are left out.
    ///
    /// # Errors
    /// One sentence on a value that is none of its parameter.
    pub(super) fn select(&self, edition: &Edition) -> Result<Selection, Problem> {
        let bbox = self.filter.bbox.as_deref().map(bbox).transpose()?;
        let selected = edition.select(&PlaceFilter {
            kinds: self.filter.kind.as_deref().map(|names| terms("kind", names)).transpose()?,
            facilities: self
                .filter
                .facility
                .as_deref()
                .map(|names| terms("facility", names))
                .transpose()?
                .map(TermSet::any),
            within: bbox.map(Within::Area),
            ..PlaceFilter::default()
        });
        let Some(names) = &self.filter.municipality else { return Ok(selected) };
        let mut places = RoaringBitmap::new();
        for name in names.split(',') {
            let municipality = municipality(edition, name).ok_or_else(|| {
                Problem::bad_request(format!(
                    "`{}` is not one of the {} municipalities of Overijssel; name one by CBS code or name, such as GM0193 or Zwolle",
                    excerpt(name),
                    edition.municipalities().len()
                ))
            })?;
            places |= &edition.municipality(municipality).places;
        }
        Ok(selected.and(&Selection::known(places)))
    }
}

/// A municipality by CBS code, slug or name.
pub(super) fn municipality(edition: &Edition, name: &str) -> Option<u32> {
    let folded = fold(name);
    let found = (0..).zip(edition.municipalities()).find(|(_, entry)| {
        let facts = &entry.facts;
        facts.code.as_str() == name || facts.slug == name || fold(&facts.name) == folded
    });
    found.map(|(index, _)| index)
}

fn terms<T: Term>(parameter: &str, names: &str) -> Result<Vec<T>, Problem> {
    let term = |name: &str| {
        let upper = name.to_uppercase().replace('-', "_");
        T::parse(&upper).ok_or_else(|| {
            let known: Vec<&str> = T::all().map(Term::name).collect();
            Problem::bad_request(format!(
                "`{}` is not a value of `{parameter}`; there are {}",
                excerpt(name),
                known.join(", ")
            ))
        })
    };
    names.split(',').map(term).collect()
}

fn bbox(text: &str) -> Result<Area, Problem> {
    let numbers: Option<Vec<f64>> = text.split(',').map(|number| number.trim().parse().ok()).collect();
    let Some([west, south, east, north]) = numbers.and_then(|numbers| <[f64; 4]>::try_from(numbers).ok()) else {
        return Err(Problem::bad_request(format!(
            "`bbox` is `{}`; expected west,south,east,north in degrees, such as 6.0,52.4,6.4,52.6",
            excerpt(text)
        )));
    };
    Area::bbox(west, south, east, north).map_err(|error| Problem::bad_request(error.to_string()))
}
