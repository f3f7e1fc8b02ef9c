//! What is different between two editions: from facts to facts, told by the names that the schema has for them.
//!
//! Told is what is known of the thing itself. What follows from other facts (counts, coverage, what is nearby, the
//! settlement around a point) is not: it would make every neighbour of a new place a changed one.

use std::collections::{BTreeMap, HashMap};

use super::NodeId;
use crate::model::{
    Activity, Facts, Municipality, MunicipalityCode, Neighbourhood, PLAIN, Place, PolicyDocument, PolicyStatus,
    Settlement, Source, served, vocabulary::Term,
};

/// Something that is not as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What it is about.
    pub id: NodeId,
    /// Its name now; that of before where it is no more.
    pub name: String,
    /// What happened to it.
    pub kind: ChangeKind,
}

/// What happened to something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// It was not there.
    Added,
    /// These fields of the schema have other values, ascending; one at least.
    Changed(Vec<ChangedValue>),
    /// It is no more.
    Removed,
}

/// A field that says something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangedValue {
    /// Its name in the schema.
    pub field: &'static str,
    /// What it said, as text; `None`: it was not known, or is no text, such as an outline.
    pub before: Option<String>,
    /// What it says now.
    pub after: Option<String>,
}

/// What became of the places, activities, municipalities, settlements and neighbourhoods of `before`, ascending by id.
pub fn between(before: &Facts, now: &Facts) -> Vec<Change> {
    let mut changes = Vec::new();
    let (sources_before, sources_now) = (sources_by_place(before), sources_by_place(now));
    let (policies_before, policies_now) = (policies(before), policies(now));
    compare(
        &mut changes,
        (&before.places, &now.places),
        |place| (NodeId::Place(place.key.clone()), &place.name),
        |old, new| {
            let mut fields = of_place(old, new);
            let told = |support: &Option<&Support<'_>>| {
                list(
                    support
                        .iter()
                        .flat_map(|all| all.iter())
                        .filter_map(|(source, _)| Some(source.as_ref()?.title.as_str())),
                    "; ",
                )
            };
            fields.note("sources", &sources_before.get(old.key.as_str()), &sources_now.get(new.key.as_str()), told);
            fields
        },
    );
    compare(
        &mut changes,
        (&before.municipalities, &now.municipalities),
        |municipality| (NodeId::Municipality(municipality.code.clone()), &municipality.name),
        |old, new| {
            let mut fields = of_municipality(old, new);
            let told = |policy: &Option<&Policy<'_>>| {
                let (documents, statuses) = policy.as_ref()?;
                let statuses = statuses
                    .iter()
                    .map(|status| format!("{}: {}", status.status.theme().name(), status.status.value()));
                list(documents.iter().map(|(document, _)| document.title.clone()).chain(statuses), "; ")
            };
            fields.note("policy", &policies_before.get(&old.code), &policies_now.get(&new.code), told);
            fields
        },
    );
    compare(
        &mut changes,
        (&before.settlements, &now.settlements),
        |settlement| (NodeId::Settlement(settlement.id.clone()), &settlement.name),
        of_settlement,
    );
    compare(
        &mut changes,
        (&before.neighbourhoods, &now.neighbourhoods),
        |neighbourhood| (NodeId::Neighbourhood(neighbourhood.code.clone()), &neighbourhood.name),
        of_neighbourhood,
    );
    let (was, is) = (offered(before), offered(now));
    compare(
        &mut changes,
        (&was, &is),
        |(activity, _)| (NodeId::Activity(activity.key.clone()), &activity.name),
        |(old, before), (new, now)| {
            let mut fields = of_activity(old, new);
            fields.note("sources", before, now, |sources| {
                list(sources.iter().flatten().map(|source| source.title.as_str()), "; ")
            });
            fields
        },
    );
    changes.sort_by_cached_key(|change| change.id.to_string());
    changes
}

/// Both sides of everything in two lists.
fn compare<'a, T>(
    changes: &mut Vec<Change>,
    (before, now): (&'a [T], &'a [T]),
    named: impl Fn(&'a T) -> (NodeId, &'a String),
    fields: impl Fn(&T, &T) -> Fields,
) {
    let mut sides: BTreeMap<String, (Option<&T>, Option<&T>)> = BTreeMap::new();
    for old in before {
        sides.entry(named(old).0.to_string()).or_default().0 = Some(old);
    }
    for new in now {
        sides.entry(named(new).0.to_string()).or_default().1 = Some(new);
    }
    for (old, new) in sides.into_values() {
        let kind = match (old, new) {
            (None, Some(_)) => ChangeKind::Added,
            (Some(_), None) => ChangeKind::Removed,
            (Some(old), Some(new)) => match fields(old, new).told() {
                fields if fields.is_empty() => continue,
                fields => ChangeKind::Changed(fields),
            },
            (None, None) => continue,
        };
        let Some((id, name)) = new.or(old).map(&named) else { continue };
        changes.push(Change { id, name: name.clone(), kind });
    }
}

/// Fields that differ.
#[derive(Default)]
struct Fields(Vec<ChangedValue>);

impl Fields {
    fn note<T: PartialEq>(&mut self, field: &'static str, old: &T, new: &T, told: impl Fn(&T) -> Option<String>) {
        if old != new {
            self.0.push(ChangedValue { field, before: told(old), after: told(new) });
        }
    }

    /// Each field once; one of several cells with all that changed of it.
    fn told(mut self) -> Vec<ChangedValue> {
        self.0.sort_by_key(|value| value.field);
        let mut told: Vec<ChangedValue> = Vec::with_capacity(self.0.len());
        for value in self.0 {
            match told.last_mut().filter(|last| last.field == value.field) {
                Some(last) => {
                    let join = |one: &mut Option<String>, more: Option<String>| {
                        *one = list(one.take().into_iter().chain(more), "; ");
                    };
                    join(&mut last.before, value.before);
                    join(&mut last.after, value.after);
                }
                None => told.push(value),
            }
        }
        told
    }
}

/// Texts one after another; `None` of none.
fn list<T: AsRef<str>>(texts: impl Iterator<Item = T>, between: &str) -> Option<String> {
    let text = texts.fold(String::new(), |mut text, one| {
        if !text.is_empty() {
            text.push_str(between);
        }
        text.push_str(one.as_ref());
        text
    });
    (!text.is_empty()).then_some(text)
}

#[expect(clippy::ptr_arg, reason = "the type of a field, as it is given")]
fn text(text: &String) -> Option<String> {
    Some(text.clone())
}

fn shown<T: ToString>(value: &T) -> Option<String> {
    Some(value.to_string())
}

fn maybe<T: ToString>(value: &Option<T>) -> Option<String> {
    value.as_ref().map(ToString::to_string)
}

fn term<T: Term>(term: &Option<T>) -> Option<String> {
    term.map(|term| term.name().to_owned())
}

#[expect(clippy::ptr_arg, reason = "the type of a field, as it is given")]
fn terms<T: Term>(terms: &Vec<T>) -> Option<String> {
    list(terms.iter().map(|term| term.name()), ", ")
}

/// Longitude and latitude.
fn point((lon, lat): &(f64, f64)) -> Option<String> {
    Some(format!("{lon}, {lat}"))
}

/// What is no text.
fn untold<T>(_: &T) -> Option<String> {
    None
}

fn of_place(old: &Place, new: &Place) -> Fields {
    let mut fields = Fields::default();
    fields.note("name", &old.name, &new.name, text);
    fields.note("alternativeNames", &old.alternative_names, &new.alternative_names, |names| list(names.iter(), "; "));
    fields.note("kind", &old.kind, &new.kind, term);
    fields.note("kindBasis", &old.kind_basis, &new.kind_basis, term);
    fields.note("status", &old.status, &new.status, term);
    fields.note("lastConfirmed", &old.last_confirmed, &new.last_confirmed, maybe);
    fields.note("municipality", &old.municipality, &new.municipality, shown);
    fields.note("settlement", &old.settlement, &new.settlement, text);
    // The district as a source names it; under this name sources support it too.
    fields.note("settlementArea", &old.neighbourhood, &new.neighbourhood, maybe);
    // Its line has the name of the settlement.
    let line = |place: &Place| place.address.clone().map(|address| (address, place.settlement.clone()));
    fields.note("address", &line(old), &line(new), |line| line.as_ref().map(|(address, town)| address.line(town)));
    fields.note("location", &old.location, &new.location, |at| {
        at.as_ref().map(|at| format!("{}, {} ({})", at.lon, at.lat, at.precision.name()))
    });
    fields.note("facilities", &old.facilities, &new.facilities, terms);
    fields.note("absentFacilities", &old.absent_facilities, &new.absent_facilities, terms);
    fields.note("activities", &old.activities, &new.activities, terms);
    fields.note("absentActivities", &old.absent_activities, &new.absent_activities, terms);
    for plain in PLAIN {
        fields.note(plain.field, &(plain.of)(old), &(plain.of)(new), |cell| cell.written());
    }
    fields
}

fn of_municipality(old: &Municipality, new: &Municipality) -> Fields {
    let mut fields = Fields::default();
    fields.note("slug", &old.slug, &new.slug, text);
    fields.note("name", &old.name, &new.name, text);
    fields.note("population", &old.population, &new.population, maybe);
    fields.note("populationDate", &old.population_date, &new.population_date, maybe);
    let area = |of: &Municipality| (of.land_area_km2, of.land_area_year);
    fields.note("landArea", &area(old), &area(new), |(area, _)| maybe(area));
    fields.note("labelPoint", &(old.label_lon, old.label_lat), &(new.label_lon, new.label_lat), point);
    fields.note("inventory", &old.inventory, &new.inventory, |inventory| term(&Some(*inventory)));
    fields.note("expectedPlaces", &old.expected_places, &new.expected_places, maybe);
    fields.note("contactPoint", &old.contact, &new.contact, |contact| {
        let contact = contact.as_ref()?;
        let parts = [&contact.organisation, &contact.url, &contact.email, &contact.phone];
        list(std::iter::once(&contact.role).chain(parts.into_iter().flatten()), "; ")
    });
    fields.note("boundary", &old.boundary, &new.boundary, untold);
    fields
}

fn of_settlement(old: &Settlement, new: &Settlement) -> Fields {
    let mut fields = Fields::default();
    fields.note("slug", &old.slug, &new.slug, text);
    fields.note("name", &old.name, &new.name, text);
    fields.note("kind", &old.kind, &new.kind, |kind| term(&Some(*kind)));
    fields.note("municipality", &old.municipality, &new.municipality, shown);
    fields.note("parent", &old.parent, &new.parent, maybe);
    fields.note("population", &old.population, &new.population, maybe);
    fields.note("populationDate", &old.population_date, &new.population_date, maybe);
    fields.note("ownPopulation", &old.own_population, &new.own_population, maybe);
    fields.note("location", &(old.lon, old.lat), &(new.lon, new.lat), point);
    fields.note("boundary", &old.outline, &new.outline, untold);
    fields
}

fn of_neighbourhood(old: &Neighbourhood, new: &Neighbourhood) -> Fields {
    let mut fields = Fields::default();
    fields.note("name", &old.name, &new.name, text);
    fields.note("level", &old.level, &new.level, |level| term(&Some(*level)));
    fields.note("municipality", &old.municipality, &new.municipality, shown);
    fields.note("population", &old.population, &new.population, maybe);
    fields.note("boundary", &old.boundary, &new.boundary, untold);
    fields
}

fn of_activity(old: &Activity, new: &Activity) -> Fields {
    let mut fields = Fields::default();
    fields.note("name", &old.name, &new.name, text);
    fields.note("type", &old.activity_type, &new.activity_type, term);
    fields.note("place", &old.place, &new.place, text);
    fields.note("status", &old.status, &new.status, term);
    fields.note("schedule", &old.schedule, &new.schedule, |rules| {
        list(
            rules.iter().map(|rule| {
                let time = [rule.start, rule.end].map(|time| time.map(|time| time.format("%H:%M").to_string()));
                let days = [rule.valid_from, rule.valid_through].map(|day| day.map(|day| day.to_string()));
                let except = rule.except.iter().map(ToString::to_string);
                let all = [rule.rrule.clone()].into_iter().chain(time.into_iter().chain(days).flatten()).chain(except);
                all.collect::<Vec<_>>().join(" ")
            }),
            "; ",
        )
    });
    fields.note("audiences", &old.audiences, &new.audiences, terms);
    fields.note("minAge", &old.min_age, &new.min_age, maybe);
    fields.note("maxAge", &old.max_age, &new.max_age, maybe);
    fields.note("free", &old.free, &new.free, maybe);
    fields.note("cost", &old.cost, &new.cost, maybe);
    fields.note("registrationRequired", &old.registration_required, &new.registration_required, maybe);
    fields.note("referralRequired", &old.referral_required, &new.referral_required, maybe);
    fields.note("organiser", &old.organiser, &new.organiser, maybe);
    fields.note("contact", &old.contact, &new.contact, |contact| {
        let contact = contact.as_ref()?;
        let parts = [&contact.organisation, &contact.url, &contact.email, &contact.phone];
        list(std::iter::once(&contact.role).chain(parts.into_iter().flatten()), "; ")
    });
    fields.note("website", &old.website, &new.website, maybe);
    fields.note("lastConfirmed", &old.stated, &new.stated, maybe);
    fields
}

/// The activities as they are served, each with all sources that tell of it.
fn offered(facts: &Facts) -> Vec<(Activity, Vec<Option<Source>>)> {
    let by_id: HashMap<&str, &Source> = facts.sources.iter().map(|source| (source.id.as_str(), source)).collect();
    let of_activity = |voices: Vec<&Activity>| {
        let mut ids: Vec<&str> = voices.iter().map(|voice| voice.source.as_str()).collect();
        ids.sort_unstable();
        let sources = ids.into_iter().map(|id| by_id.get(id).copied().map(as_published)).collect();
        Some(((*voices.first()?).clone(), sources))
    };
    served(&facts.activities).into_values().filter_map(of_activity).collect()
}

/// A source without the day on which it was read, which is bookkeeping of ours as `updated_at` is.
fn as_published(source: &Source) -> Source {
    Source { retrieved: None, ..source.clone() }
}

/// The sources of a place, each with the fields it supports.
type Support<'a> = Vec<(Option<Source>, &'a [String])>;

fn sources_by_place(facts: &Facts) -> HashMap<&str, Support<'_>> {
    let by_id: HashMap<&str, &Source> = facts.sources.iter().map(|source| (source.id.as_str(), source)).collect();
    let mut found: HashMap<&str, Support<'_>> = HashMap::new();
    for link in &facts.place_sources {
        let source = by_id.get(link.source.as_str()).copied().map(as_published);
        found.entry(&link.place).or_default().push((source, &link.fields));
    }
    found
}

/// What a municipality decided, and its documents with their sources.
type Policy<'a> = (Vec<(&'a PolicyDocument, Option<Source>)>, Vec<&'a PolicyStatus>);

fn policies(facts: &Facts) -> HashMap<&MunicipalityCode, Policy<'_>> {
    let by_id: HashMap<&str, &Source> = facts.sources.iter().map(|source| (source.id.as_str(), source)).collect();
    let mut found: HashMap<&MunicipalityCode, Policy<'_>> = HashMap::new();
    for document in &facts.policy_documents {
        let source = by_id.get(document.source.as_str()).copied().map(as_published);
        found.entry(&document.municipality).or_default().0.push((document, source));
    }
    for status in &facts.policy_statuses {
        found.entry(&status.municipality).or_default().1.push(status);
    }
    found
}
