//! The names of the parameters.

use super::Refused;

/// A parameter of an address. In the order in which an address is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::http) enum Name {
    Accent,
    Activity,
    AfterId,
    AfterTimestamp,
    Age,
    Audience,
    Basemap,
    Bbox,
    Coverage,
    Crs,
    Distance,
    Edition,
    Example,
    Facility,
    Font,
    Format,
    Free,
    Full,
    FullService,
    Geolocation,
    Height,
    HsdsFormat,
    Kind,
    Labels,
    Lang,
    Minimal,
    ModifiedAfter,
    Municipality,
    Near,
    On,
    OrganizationId,
    Page,
    PerPage,
    Postcode,
    Proximity,
    Query,
    Radius,
    Scale,
    Search,
    Settlement,
    Since,
    Status,
    TaxonomyId,
    TaxonomyTermId,
    Text,
    Theme,
    Title,
    Variables,
    Week,
    Weekday,
    Width,
    Without,
}

impl Name {
    /// As it stands in an address.
    pub(in crate::http) fn text(self) -> &'static str {
        match self {
            Self::Accent => "accent",
            Self::Activity => "activity",
            Self::AfterId => "afterId",
            Self::AfterTimestamp => "afterTimestamp",
            Self::Age => "age",
            Self::Audience => "audience",
            Self::Basemap => "basemap",
            Self::Bbox => "bbox",
            Self::Coverage => "coverage",
            Self::Crs => "crs",
            Self::Distance => "distance",
            Self::Edition => "edition",
            Self::Example => "example",
            Self::Facility => "facility",
            Self::Font => "font",
            Self::Format => "format",
            Self::Free => "free",
            Self::Full => "full",
            Self::FullService => "full_service",
            Self::Geolocation => "geolocation",
            Self::Height => "height",
            Self::HsdsFormat => "format",
            Self::Kind => "kind",
            Self::Labels => "labels",
            Self::Lang => "lang",
            Self::Minimal => "minimal",
            Self::ModifiedAfter => "modified_after",
            Self::Municipality => "municipality",
            Self::Near => "near",
            Self::On => "on",
            Self::OrganizationId => "organization_id",
            Self::Page => "page",
            Self::PerPage => "per_page",
            Self::Postcode => "postcode",
            Self::Proximity => "proximity",
            Self::Query => "query",
            Self::Radius => "radius",
            Self::Scale => "scale",
            Self::Search => "search",
            Self::Settlement => "settlement",
            Self::Since => "since",
            Self::Status => "status",
            Self::TaxonomyId => "taxonomy_id",
            Self::TaxonomyTermId => "taxonomy_term_id",
            Self::Text => "text",
            Self::Theme => "theme",
            Self::Title => "title",
            Self::Variables => "variables",
            Self::Week => "week",
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
            Self::Free | Self::Geolocation => Some(&["yes", "no"]),
            Self::Font => Some(&["system", "serif", "arial", "verdana"]),
            Self::Full | Self::FullService | Self::Minimal => Some(&["true", "false"]),
            Self::HsdsFormat => Some(&["json", "ndjson"]),
            Self::Crs => Some(&["crs84", "4326", "4258", "28992"]),
            Self::Format => Some(&["nl"]),
            Self::Basemap => Some(&["own", "brt"]),
            Self::Theme => Some(&["per10000", "reach"]),
            Self::Labels => Some(&["all", "areas", "places", "none"]),
            _ => None,
        }
    }

    /// A value as it is kept.
    ///
    /// # Errors
    /// One sentence where it is none of the only ones.
    pub(super) fn checked(self, value: &str) -> Result<String, Refused> {
        if self == Self::Accent {
            return colour(value).ok_or_else(|| Refused::value(|t| t.no_colour, value));
        }
        let Some(known) = self.values() else { return Ok(value.to_owned()) };
        let found = known.iter().find(|known| known.eq_ignore_ascii_case(value));
        found.map(|found| (*found).to_owned()).ok_or_else(|| Refused::no_value(self.text(), value, known))
    }
}

/// A colour that white can be read on: six hexadecimal digits, in small letters.
fn colour(text: &str) -> Option<String> {
    let digits = text.trim_start_matches('#').to_ascii_lowercase();
    let is_one = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    let parts = [0, 2, 4].map(|at| digits.get(at..at + 2).and_then(|part| u8::from_str_radix(part, 16).ok()));
    let [Some(red), Some(green), Some(blue)] = parts else { return None };
    // Relative luminance and contrast of WCAG 2.2.
    let linear = |part: u8| {
        let share = f64::from(part) / 255.0;
        if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    };
    let luminance = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
    (is_one && 1.05 / (luminance + 0.05) >= 4.5).then_some(digits)
}

/// Whether a parameter is of those who count where visitors come from. It says nothing to us: it is never refused, never passed on,
/// and part of no key.
pub(in crate::http) fn is_of_trackers(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.starts_with("utm_")
        || matches!(name.as_str(), "fbclid" | "gclid" | "igshid" | "mc_cid" | "mc_eid" | "msclkid" | "ref" | "ref_src")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_one_that_white_can_be_read_on() {
        assert_eq!(colour("#0B5563").as_deref(), Some("0b5563"));
        assert_eq!(colour("767676").as_deref(), Some("767676"), "4.54 to 1");
        for wrong in ["777777", "ffff00", "0b556", "0b55633", "red", "", "#", "0b556é", "0b55 3", "}body{"] {
            assert_eq!(colour(wrong), None, "{wrong}");
        }
    }
}
