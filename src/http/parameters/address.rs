//! Which address takes which parameters.

use super::name::Name::{
    self, Activity, Age, Audience, Basemap, Bbox, Coverage, Distance, Edition, Example, Facility, Free, Height, Kind,
    Labels, Lang, Municipality, Near, On, Page as PageNumber, Query, Radius, Scale, Settlement, Status, Text, Title,
    Variables, Weekday, Width, Without,
};

/// What is asked of places, wherever there are any.
pub(super) const OF_PLACES: &[Name] =
    &[Municipality, Settlement, Kind, Facility, Activity, Status, Bbox, Near, Radius, Text];

/// An address, or several that take the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::http) enum Address {
    /// `/`, `/en`
    List,
    /// `/places.csv`, `/places.geojson`, `/gaps.csv`
    Download,
    /// `/activities.csv`, `/activities.ics`
    Activities,
    /// `/map.svg`
    MapSvg,
    /// `/map.png`
    MapPng,
    /// `/embed`
    Embed,
    /// `/embed/maker`, `/en/embed/maker`
    Maker,
    /// `/embed/ground.geojson`
    Ground,
    /// `/gaps`, `/en/gaps`
    Gaps,
    /// `/template.xlsx`
    Template,
    /// `/place/…`, `/municipality/…`, `/privacy`, `/examples`, and these behind `/en`
    Page,
    /// `/graphiql`
    Explorer,
    /// `/schema.graphql`
    Schema,
    /// `/tiles/…` of a collection
    Tiles,
    /// `/tiles/places`
    PlaceTiles,
    /// `/tiles/coverage`
    CoverageTiles,
    /// `/sitemap.xml`
    Sitemap,
    /// `/openapi.json`
    Description,
    /// `/dcat`, `/dcat.ttl`, `/dcat.jsonld`
    Catalogue,
    /// `/robots.txt`, `/llms.txt`, `/.well-known/security.txt`
    Crawlers,
}

impl Address {
    /// What it takes, in the order in which it is told.
    pub(super) fn takes(self) -> impl Iterator<Item = Name> {
        let own: &[Name] = match self {
            Self::List => &[Lang, Edition, Without, PageNumber],
            Self::Download => &[Edition, Without],
            Self::Activities => &[Weekday, On, Audience, Age, Free, Edition, Without],
            Self::MapSvg => &[Lang, Edition, Without, Coverage, Labels, Title, Width, Height],
            Self::MapPng => &[Lang, Edition, Without, Coverage, Labels, Title, Width, Height, Scale],
            Self::Embed => &[Lang, Edition, Without, Basemap],
            Self::Maker => &[Lang, Edition, Without, Basemap, Height],
            Self::Description => &[Lang],
            Self::Ground | Self::Catalogue => &[Edition],
            Self::Gaps => &[Lang, Edition, Without],
            Self::Template => &[Municipality],
            Self::Page => &[Lang, Edition],
            Self::Explorer => &[Lang, Example, Query, Variables],
            Self::Tiles | Self::PlaceTiles => &[Edition, Without],
            Self::CoverageTiles => &[Edition, Without, Distance],
            Self::Sitemap => &[PageNumber],
            Self::Schema | Self::Crawlers => &[],
        };
        let has_places = !matches!(
            self,
            Self::Ground
                | Self::Template
                | Self::Page
                | Self::Explorer
                | Self::Schema
                | Self::Tiles
                | Self::Sitemap
                | Self::Description
                | Self::Catalogue
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
