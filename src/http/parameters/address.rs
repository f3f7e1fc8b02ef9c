//! Which address takes which parameters.

use super::name::Name::{
    self, Activity, Age, Audience, Basemap, Bbox, Coverage, Crs, Distance, Edition, Example, Facility, Format, Free,
    Height, Kind, Labels, Lang, Municipality, Near, On, Page as PageNumber, Query, Radius, Scale, Settlement, Status,
    Text, Title, Variables, Weekday, Width, Without,
};

/// What is asked of places, wherever there are any.
pub(super) const OF_PLACES: &[Name] =
    &[Municipality, Settlement, Kind, Facility, Activity, Status, Bbox, Near, Radius, Text];

/// An address, or several that take the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::http) enum Address {
    /// `/`, `/en`
    List,
    /// `/gaps.csv`
    Download,
    /// A file of a collection, such as `/places.csv`
    File(FileOf, FileAs),
    /// `/noaber.gpkg`
    GeoPackage,
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
    /// `/sitemap.xml`
    Sitemap,
    /// `/robots.txt`, `/llms.txt`, `/.well-known/security.txt`
    Crawlers,
}

/// What the rows of a file can be asked by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::http) enum FileOf {
    /// By what is asked of places.
    Places,
    /// By what is asked of what is held there.
    Activities,
    /// By municipality.
    Municipalities,
    /// Not at all.
    Everything,
    /// By municipality and by what is asked of the places that serve.
    Coverage,
}

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::http) enum FileAs {
    Csv,
    Geojson,
    Flatgeobuf,
    Xlsx,
}

impl FileAs {
    /// All.
    pub(in crate::http) const ALL: [Self; 4] = [Self::Csv, Self::Geojson, Self::Flatgeobuf, Self::Xlsx];

    /// How its name ends.
    pub(in crate::http) fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Geojson => "geojson",
            Self::Flatgeobuf => "fgb",
            Self::Xlsx => "xlsx",
        }
    }

    /// What it is served as.
    pub(in crate::http) fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::Geojson => "application/geo+json",
            Self::Flatgeobuf => "application/flatgeobuf",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }
}

impl Address {
    /// What it takes, in the order in which it is told.
    pub(super) fn takes(self) -> impl Iterator<Item = Name> {
        let own: &[Name] = match self {
            Self::List => &[Lang, Edition, Without, PageNumber],
            Self::Download => &[Edition, Without],
            Self::File(FileOf::Activities, _) | Self::Activities => {
                &[Weekday, On, Audience, Age, Free, Edition, Without]
            }
            Self::File(FileOf::Coverage, _) => {
                &[Municipality, Kind, Facility, Activity, Status, Text, Distance, Edition, Without]
            }
            Self::File(FileOf::Municipalities, _) => &[Municipality, Edition, Without],
            Self::File(FileOf::Places | FileOf::Everything, _) | Self::GeoPackage => &[Edition, Without],
            Self::MapSvg => &[Lang, Edition, Without, Coverage, Labels, Title, Width, Height],
            Self::MapPng => &[Lang, Edition, Without, Coverage, Labels, Title, Width, Height, Scale],
            Self::Embed => &[Lang, Edition, Without, Basemap],
            Self::Maker => &[Lang, Edition, Without, Basemap, Height],
            Self::Ground => &[Edition],
            Self::Gaps => &[Lang, Edition, Without],
            Self::Template => &[Municipality],
            Self::Page => &[Lang, Edition],
            Self::Explorer => &[Lang, Example, Query, Variables],
            Self::Sitemap => &[PageNumber],
            Self::Schema | Self::Crawlers => &[],
        };
        let of_file: &[Name] = match self {
            Self::File(_, FileAs::Csv) => &[Format],
            Self::File(_, FileAs::Geojson | FileAs::Flatgeobuf) => &[Crs],
            Self::File(_, FileAs::Xlsx) => &[Lang],
            _ => &[],
        };
        let has_places = !matches!(
            self,
            Self::GeoPackage
                | Self::File(FileOf::Coverage | FileOf::Municipalities | FileOf::Everything, _)
                | Self::Ground
                | Self::Template
                | Self::Page
                | Self::Explorer
                | Self::Schema
                | Self::Sitemap
                | Self::Crawlers
        );
        let of_places = if has_places { OF_PLACES } else { &[] };
        of_places.iter().chain(own).chain(of_file).copied()
    }

    /// Whether a form there sends `radius` without `near`, which is then told instead of refused.
    pub(in crate::http) fn has_form_of_distance(self) -> bool {
        matches!(self, Self::Embed | Self::Maker)
    }
}
