//! The parameters of the list page, the downloads, the maps and what is put into other sites: what places they ask for, and the `edition` to read.

use std::collections::BTreeMap;

use poem::Request;
use roaring::RoaringBitmap;

use super::{pages::language::Language, problem::Problem};
use crate::{
    edition::{Edition, Node, NodeId, PlaceFilter, Selection, TermSet, Within},
    model::{excerpt, vocabulary::Term},
    search::fold,
    spatial::Area,
};

/// The parameters of an address, each given once. An empty one is as good as none, as forms send them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Parameters(BTreeMap<&'static str, String>);

impl Parameters {
    /// Reads those that are `known`. Where it is `strict` others are refused: a mistyped filter would give too much. A page is not strict,
    /// since it is reached by links to which others add theirs.
    ///
    /// # Errors
    /// One sentence on a parameter that there is none of, or that is given twice.
    pub(super) fn of(request: &Request, known: &[&'static str], strict: bool) -> Result<Self, Problem> {
        Self::read(request, known, strict, false)
    }

    /// Reads the parameters of a form with boxes to tick, which sends a name once for each value: those of lists are put together.
    ///
    /// # Errors
    /// One sentence on a parameter that there is none of, or that is given twice and is no list.
    pub(super) fn of_form(request: &Request, known: &[&'static str]) -> Result<Self, Problem> {
        Self::read(request, known, true, true)
    }

    fn read(request: &Request, known: &[&'static str], strict: bool, joins: bool) -> Result<Self, Problem> {
        let pairs: Vec<(String, String)> = request.params().map_err(|_| {
            Problem::bad_request("the parameters are not percent-encoded UTF-8, as in ?municipality=GM0193")
        })?;
        let mut read: BTreeMap<&'static str, String> = BTreeMap::new();
        for (name, value) in pairs {
            let Some(name) = known.iter().copied().find(|known| *known == name) else {
                if !strict {
                    continue;
                }
                let (last, others) = known.split_last().unwrap_or((&"none", &[]));
                return Err(Problem::bad_request(format!(
                    "`{}` is no parameter; there are {} and {last}",
                    excerpt(&name),
                    others.join(", ")
                )));
            };
            if value.is_empty() {
                continue;
            }
            let is_list = matches!(name, "municipality" | "of" | "kind" | "facility" | "activity" | "status" | "bbox");
            match read.get_mut(name) {
                None => {
                    read.insert(name, value);
                }
                Some(so_far) if joins && is_list => {
                    so_far.push(',');
                    so_far.push_str(&value);
                }
                Some(_) => {
                    let way_out = if is_list { "separate several values by commas" } else { "name one" };
                    return Err(Problem::bad_request(format!("`{name}` is given twice; {way_out}")));
                }
            }
        }
        Ok(Self(read))
    }

    /// `?name=value&…` without some, percent-encoded and in the order of their names; empty where there are none.
    pub(super) fn query_string_without(&self, left_out: &[&str]) -> String {
        let mut text = String::new();
        for (name, value) in self.0.iter().filter(|(name, _)| !left_out.contains(name)) {
            text.push(if text.is_empty() { '?' } else { '&' });
            text.push_str(name);
            text.push('=');
            percent_encode(value, &mut text);
        }
        text
    }

    /// Gives one another value.
    pub(super) fn set(&mut self, name: &'static str, value: String) {
        self.0.insert(name, value);
    }

    /// The value of one.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    fn owned(&self, name: &str) -> Option<String> {
        self.get(name).map(str::to_owned)
    }

    /// What is asked of places by `kind`, `facility`, `activity` and `status`.
    ///
    /// # Errors
    /// One sentence on a value that is none of its parameter.
    pub(super) fn place_filter(&self) -> Result<PlaceFilter, Problem> {
        Ok(PlaceFilter {
            kinds: self.terms("kind")?,
            facilities: self.terms("facility")?.map(TermSet::any),
            activities: self.terms("activity")?.map(TermSet::any),
            status: self.terms("status")?,
            ..PlaceFilter::default()
        })
    }

    fn terms<T: Term>(&self, name: &'static str) -> Result<Option<Vec<T>>, Problem> {
        self.get(name).map(|names| terms(name, names)).transpose()
    }

    /// The box `bbox`.
    ///
    /// # Errors
    /// One sentence where it is no box.
    pub(super) fn bbox(&self) -> Result<Option<Area>, Problem> {
        self.get("bbox").map(bbox).transpose()
    }
}

/// The filter, in the values of the address; the downloads take the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::http) struct Filter {
    /// `?municipality=`
    pub(in crate::http) municipality: Option<String>,
    /// `?kind=`
    pub(in crate::http) kind: Option<String>,
    /// `?facility=`
    pub(in crate::http) facility: Option<String>,
    /// `?bbox=`: west,south,east,north. Not in the form, but kept when it was in the address.
    pub(in crate::http) bbox: Option<String>,
    /// `?edition=`: an edition of the archive. Not in the form either, and no choice among places.
    pub(in crate::http) edition: Option<String>,
}

impl Filter {
    /// `?municipality=…&kind=…`, percent-encoded; empty when nothing is chosen. The same for the page and the downloads.
    pub(in crate::http) fn query_string(&self) -> String {
        let mut text = String::new();
        for (name, value) in [
            ("municipality", &self.municipality),
            ("kind", &self.kind),
            ("facility", &self.facility),
            ("bbox", &self.bbox),
            ("edition", &self.edition),
        ] {
            if let Some(value) = value.as_deref().filter(|value| !value.is_empty()) {
                text.push(if text.is_empty() { '?' } else { '&' });
                text.push_str(name);
                text.push('=');
                percent_encode(value, &mut text);
            }
        }
        text
    }

    /// Whether nothing is chosen.
    pub(in crate::http) fn is_empty(&self) -> bool {
        Self { edition: None, ..self.clone() }.query_string().is_empty()
    }
}

/// What a page or download was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PlaceQuery {
    /// What the form of the page has.
    pub(super) filter: Filter,
    /// `?without=`: a layer to leave out, of downloads only.
    pub(super) without: Option<String>,
    parameters: Parameters,
}

impl PlaceQuery {
    /// Reads the parameters of a page, which has no choice of activities and status and leaves those alone.
    ///
    /// # Errors
    /// For a parameter that is given twice.
    pub(super) fn of_page(request: &Request) -> Result<Self, Problem> {
        Self::of(Parameters::of(request, &["municipality", "kind", "facility", "bbox", "edition"], false)?)
    }

    /// Reads the parameters of a download.
    ///
    /// # Errors
    /// For a parameter that there is none of, and one that is given twice.
    pub(super) fn of_download(request: &Request) -> Result<Self, Problem> {
        let known = ["municipality", "kind", "facility", "activity", "status", "bbox", "edition", "without"];
        let query = Self::of(Parameters::of(request, &known, true)?)?;
        if query.without.is_some() && query.filter.edition.is_some() {
            return Err(Problem::bad_request(
                "`without` and `edition` do not go together: what each source says is kept of the newest edition only",
            ));
        }
        Ok(query)
    }

    /// All that was asked, as text: two that ask the same have the same.
    pub(super) fn query_string(&self) -> String {
        self.parameters.query_string_without(&[])
    }

    fn of(parameters: Parameters) -> Result<Self, Problem> {
        let filter = Filter {
            municipality: parameters.owned("municipality"),
            kind: parameters.owned("kind"),
            facility: parameters.owned("facility"),
            bbox: parameters.owned("bbox"),
            edition: parameters.owned("edition"),
        };
        Ok(Self { filter, without: parameters.owned("without"), parameters })
    }

    /// The places for which the parameters hold, and those for which they may. Closed ones are left out, unless `status` asks for them.
    ///
    /// # Errors
    /// One sentence on a value that is none of its parameter.
    pub(super) fn select(&self, edition: &Edition) -> Result<Selection, Problem> {
        let within = self.parameters.bbox()?.map(Within::Area);
        let selected = edition.select(&PlaceFilter { within, ..self.parameters.place_filter()? });
        let Some(names) = &self.filter.municipality else { return Ok(selected) };
        let mut places = RoaringBitmap::new();
        for municipality in municipalities(edition, names)? {
            places |= &edition.municipality(municipality).places;
        }
        Ok(selected.and(&Selection::known(places)))
    }
}

/// Leaves what RFC 3986 calls unreserved, and the comma, which a query may hold and which keeps a bounding box legible.
pub(in crate::http) fn percent_encode(value: &str, text: &mut String) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~,".contains(&byte) {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
}

/// The language that `lang` names; Dutch for anything but `en`.
pub(super) fn asked_language(request: &Request) -> Language {
    let asked: Vec<(String, String)> = request.params().unwrap_or_default();
    let is_english = asked.iter().any(|(name, value)| name == "lang" && value == "en");
    if is_english { Language::English } else { Language::Dutch }
}

/// The edition that an address names: the one place in which it is read from there.
pub(super) fn named_edition(request: &Request) -> Option<String> {
    let asked: Vec<(String, String)> = request.params().unwrap_or_default();
    asked.into_iter().find(|(name, value)| name == "edition" && !value.is_empty()).map(|(_, value)| value)
}

/// Municipalities by names with commas between.
pub(super) fn municipalities(edition: &Edition, names: &str) -> Result<Vec<u32>, Problem> {
    let one = |name: &str| {
        municipality(edition, name).ok_or_else(|| {
            Problem::bad_request(format!(
                "`{}` is not one of the {} municipalities of Overijssel; name one by CBS code or name, such as GM0193 or Zwolle",
                excerpt(name),
                edition.municipalities().len()
            ))
        })
    };
    names.split(',').map(one).collect()
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

/// A settlement by slug, TOP10NL id, or id of the API.
pub(super) fn settlement(edition: &Edition, name: &str) -> Option<u32> {
    if let Ok(id) = name.parse::<NodeId>() {
        return match edition.node(&id) {
            Some(Node::Settlement(index)) => Some(index),
            _ => None,
        };
    }
    edition.settlement_by_id(name).or_else(|| {
        let found = (0..).zip(edition.settlements()).find(|(_, entry)| entry.facts.slug == name);
        found.map(|(index, _)| index)
    })
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
