//! Which address takes which parameters.

use super::name::Name::{
    self, Accent, Activity, Age, Audience, Basemap, Bbox, Coverage, Edition, Example, Facility, Font, Free,
    Geolocation, Height, Kind, Labels, Lang, Municipality, Near, On, Page as PageNumber, Postcode, Query, Radius,
    Scale, Settlement, Since, Status, Text, Title, Variables, Week, Weekday, Width, Without,
};

/// What is asked of places, wherever there are any.
pub(super) const OF_PLACES: &[Name] =
    &[Municipality, Settlement, Kind, Facility, Activity, Status, Bbox, Near, Postcode, Radius, Text];

/// An address, or several that take the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::http) enum Address {
    /// `/places`, `/en/places`, and `/`, `/en`, which once were the list
    List,
    /// `/search`, `/en/search`
    Search,
    /// `/agenda`, `/en/agenda`
    Agenda,
    /// `/changes`, `/en/changes`
    Changes,
    /// `/places.csv`, `/places.geojson`, `/gaps.csv`
    Download,
    /// `/activities.csv`, `/activities.ics`
    Activities,
    /// `/map.svg`
    MapSvg,
    /// `/map.png`
    MapPng,
    /// `/map/maker`, `/en/map/maker`
    MapMaker,
    /// `/embed`
    Embed,
    /// `/embed/maker`, `/en/embed/maker`
    Maker,
    /// `/embed/ground.geojson`
    Ground,
    /// `/embed/theme.css`
    Theme,
    /// `/gaps`, `/en/gaps`
    Gaps,
    /// `/template.xlsx`
    Template,
    /// `/place/…`, `/municipality/…`, `/settlement/…`, `/activity/…`, `/privacy`, `/examples`, `/data`, and these behind `/en`
    Page,
    /// `/graphiql`
    Explorer,
    /// `/schema.graphql`
    Schema,
    /// `/sitemap.xml`
    Sitemap,
    /// `/robots.txt`, `/llms.txt`, `/.well-known/security.txt`
    Crawlers,
}

impl Address {
    /// What it takes, in the order in which it is told.
    pub(super) fn takes(self) -> impl Iterator<Item = Name> {
        let own: &[Name] = match self {
            Self::List => &[Lang, Edition, Without, PageNumber],
            Self::Search => &[Lang, Edition, Text],
            Self::Agenda => &[Weekday, On, Week, Audience, Age, Free, Lang, Edition, Without],
            Self::Changes => &[Municipality, Since, PageNumber, Lang, Edition],
            Self::Download => &[Edition, Without],
            Self::Activities => &[Weekday, On, Audience, Age, Free, Edition, Without],
            Self::MapSvg => &[Lang, Edition, Without, Coverage, Labels, Title, Width, Height],
            Self::MapMaker | Self::MapPng => &[Lang, Edition, Without, Coverage, Labels, Title, Width, Height, Scale],
            Self::Embed => &[Lang, Edition, Without, Basemap, Accent, Font],
            Self::Maker => &[Lang, Edition, Without, Basemap, Accent, Font, Geolocation, Height],
            Self::Theme => &[Accent, Font],
            Self::Ground => &[Edition],
            Self::Gaps => &[Lang, Edition, Without],
            Self::Template => &[Municipality],
            Self::Page => &[Lang, Edition],
            Self::Explorer => &[Lang, Example, Query, Variables],
            Self::Sitemap => &[PageNumber],
            Self::Schema | Self::Crawlers => &[],
        };
        let has_places = !matches!(
            self,
            Self::Search
                | Self::Changes
                | Self::Ground
                | Self::Theme
                | Self::Template
                | Self::Page
                | Self::Explorer
                | Self::Schema
                | Self::Sitemap
                | Self::Crawlers
        );
        let of_places = if has_places { OF_PLACES } else { &[] };
        of_places.iter().chain(own).copied()
    }

    /// Whether a form there sends `radius` without `near`, which is then told instead of refused.
    pub(in crate::http) fn has_form_of_distance(self) -> bool {
        matches!(self, Self::Embed | Self::Maker)
    }
}
