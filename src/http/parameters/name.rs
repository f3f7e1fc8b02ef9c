//! The names of the parameters.

use super::Refused;

/// A parameter of an address. In the order in which an address is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::http) enum Name {
    Activity,
    Age,
    Audience,
    Basemap,
    Bbox,
    Coverage,
    Distance,
    Edition,
    Example,
    Facility,
    Free,
    Height,
    Kind,
    Labels,
    Lang,
    Municipality,
    Near,
    On,
    Page,
    Query,
    Radius,
    Scale,
    Settlement,
    Status,
    Text,
    Title,
    Variables,
    Weekday,
    Width,
    Without,
}

impl Name {
    /// As it stands in an address.
    pub(in crate::http) fn text(self) -> &'static str {
        match self {
            Self::Activity => "activity",
            Self::Age => "age",
            Self::Audience => "audience",
            Self::Basemap => "basemap",
            Self::Bbox => "bbox",
            Self::Coverage => "coverage",
            Self::Distance => "distance",
            Self::Edition => "edition",
            Self::Example => "example",
            Self::Facility => "facility",
            Self::Free => "free",
            Self::Height => "height",
            Self::Kind => "kind",
            Self::Labels => "labels",
            Self::Lang => "lang",
            Self::Municipality => "municipality",
            Self::Near => "near",
            Self::On => "on",
            Self::Page => "page",
            Self::Query => "query",
            Self::Radius => "radius",
            Self::Scale => "scale",
            Self::Settlement => "settlement",
            Self::Status => "status",
            Self::Text => "text",
            Self::Title => "title",
            Self::Variables => "variables",
            Self::Weekday => "weekday",
            Self::Width => "width",
            Self::Without => "without",
        }
    }

    /// Whether it has several values: with commas between, or given several times, as a form with boxes to tick does.
    pub(super) fn is_list(self) -> bool {
        matches!(
            self,
            Self::Municipality
                | Self::Kind
                | Self::Facility
                | Self::Activity
                | Self::Status
                | Self::Audience
                | Self::Weekday
        )
    }

    /// The only values that it has, where these are the same in every edition.
    pub(super) fn values(self) -> Option<&'static [&'static str]> {
        match self {
            Self::Lang => Some(&["nl", "en"]),
            Self::Free => Some(&["yes", "no"]),
            Self::Basemap => Some(&["own", "brt"]),
            Self::Labels => Some(&["all", "areas", "places", "none"]),
            _ => None,
        }
    }

    /// A value as it is kept.
    ///
    /// # Errors
    /// One sentence where it is none of the only ones.
    pub(super) fn checked(self, value: &str) -> Result<String, Refused> {
        let Some(known) = self.values() else { return Ok(value.to_owned()) };
        let found = known.iter().find(|known| known.eq_ignore_ascii_case(value));
        found.map(|found| (*found).to_owned()).ok_or_else(|| Refused::no_value(self.text(), value, known))
    }
}

/// Whether a parameter is of those who count where visitors come from. It says nothing to us: it is never refused, never passed on,
/// and part of no key.
pub(in crate::http) fn is_of_trackers(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.starts_with("utm_")
        || matches!(name.as_str(), "fbclid" | "gclid" | "igshid" | "mc_cid" | "mc_eid" | "msclkid" | "ref" | "ref_src")
}
