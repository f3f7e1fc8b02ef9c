//! Which address takes which parameters.

use super::name::Name::{
    self, Accent, Activity, AfterId, AfterTimestamp, Age, Audience, Basemap, Bbox, Coverage, Crs, Distance, Edition,
    Example, Facility, Font, Format, Free, Full, FullService, Geolocation, Height, HsdsFormat, Kind, Labels, Lang,
    Minimal, ModifiedAfter, Municipality, Near, On, OrganizationId, Page as PageNumber, PerPage, Postcode, Proximity,
    Query, Radius, Scale, Search, Settlement, Since, Status, TaxonomyId, TaxonomyTermId, Text, Theme, Title, Variables,
    Week, Weekday, Width, Without,
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
    /// `/feeds/places`, `/feeds/activities`
    Feed,
    /// `/changes`, which is a feed for programs and a page for people
    FeedOrPage,
    /// `/hsds/services`
    HsdsServices,
    /// `/hsds/service_at_locations`
    HsdsAtLocations,
    /// `/hsds/locations`
    HsdsLocations,
    /// `/hsds/organizations`
    HsdsOrganizations,
    /// `/hsds/organizations/…`
    HsdsOrganization,
    /// `/hsds/taxonomies`
    HsdsTaxonomies,
    /// `/hsds/taxonomy_terms`
    HsdsTerms,
    /// `/hsds/services/…`, `/hsds/service_at_locations/…`, `/hsds/locations/…`
    HsdsItem,
    /// `/hsds/`, and a taxonomy or term by its id
    Hsds,
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
    /// `/mcp`, `/robots.txt`, `/llms.txt`, `/.well-known/security.txt`
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
    pub(in crate::http) fn takes(self) -> impl Iterator<Item = Name> {
        let own: &[Name] = match self {
            Self::List => &[Lang, Edition, Without, PageNumber],
            Self::Search => &[Lang, Edition, Text],
            Self::Agenda => &[Weekday, On, Week, Audience, Age, Free, Lang, Edition, Without],
            Self::Changes => &[Municipality, Since, PageNumber, Lang, Edition],
            Self::Download => &[Edition, Without],
            Self::File(FileOf::Activities, _) | Self::Activities => {
                &[Weekday, On, Audience, Age, Free, Edition, Without]
            }
            Self::File(FileOf::Coverage, _) => {
                &[Municipality, Kind, Facility, Activity, Status, Text, Distance, Edition, Without]
            }
            Self::File(FileOf::Municipalities, _) => &[Municipality, Edition, Without],
            Self::File(FileOf::Places | FileOf::Everything, _) | Self::GeoPackage => &[Edition, Without],
            Self::MapSvg => &[Lang, Edition, Without, Coverage, Theme, Labels, Title, Width, Height],
            Self::MapMaker | Self::MapPng => {
                &[Lang, Edition, Without, Coverage, Theme, Labels, Title, Width, Height, Scale]
            }
            Self::Embed => &[Lang, Edition, Without, Basemap, Accent, Font],
            Self::Maker => &[Lang, Edition, Without, Basemap, Accent, Font, Geolocation, Height],
            Self::Theme => &[Accent, Font],
            Self::Description => &[Lang],
            Self::Ground | Self::Catalogue => &[Edition],
            Self::Gaps => &[Lang, Edition, Without],
            Self::Template => &[Municipality],
            Self::Page => &[Lang, Edition],
            Self::Explorer => &[Lang, Example, Query, Variables],
            Self::Feed => &[AfterTimestamp, AfterId],
            Self::FeedOrPage => &[AfterTimestamp, AfterId, Municipality, Since, PageNumber, Lang, Edition],
            Self::HsdsServices => &[
                Search,
                PageNumber,
                PerPage,
                HsdsFormat,
                TaxonomyTermId,
                TaxonomyId,
                OrganizationId,
                ModifiedAfter,
                Minimal,
                Full,
                Edition,
                Without,
            ],
            Self::HsdsAtLocations => &[
                Search,
                PageNumber,
                PerPage,
                HsdsFormat,
                TaxonomyTermId,
                TaxonomyId,
                OrganizationId,
                ModifiedAfter,
                Postcode,
                Proximity,
                Full,
                Edition,
                Without,
            ],
            Self::HsdsLocations => &[
                Search,
                PageNumber,
                PerPage,
                HsdsFormat,
                ModifiedAfter,
                Postcode,
                Proximity,
                Minimal,
                Edition,
                Without,
            ],
            Self::HsdsOrganizations => &[Search, PageNumber, PerPage, HsdsFormat, FullService, Full, Edition, Without],
            Self::HsdsOrganization => &[FullService, Edition, Without],
            Self::HsdsTaxonomies => &[Search, PageNumber, PerPage, HsdsFormat],
            Self::HsdsTerms => &[Search, TaxonomyId, PageNumber, PerPage, HsdsFormat],
            Self::HsdsItem => &[Edition, Without],
            Self::Tiles | Self::PlaceTiles => &[Edition, Without],
            Self::CoverageTiles => &[Edition, Without, Distance],
            Self::Sitemap => &[PageNumber],
            Self::Schema | Self::Crawlers | Self::Hsds => &[],
        };
        let of_file: &[Name] = match self {
            Self::File(_, FileAs::Csv) => &[Format],
            Self::File(_, FileAs::Geojson | FileAs::Flatgeobuf) => &[Crs],
            Self::File(_, FileAs::Xlsx) => &[Lang],
            _ => &[],
        };
        let has_places = matches!(
            self,
            Self::List
                | Self::Agenda
                | Self::Download
                | Self::Activities
                | Self::MapSvg
                | Self::MapPng
                | Self::MapMaker
                | Self::Embed
                | Self::Maker
                | Self::Gaps
                | Self::PlaceTiles
                | Self::CoverageTiles
                | Self::File(FileOf::Places | FileOf::Activities, _)
        );
        let of_places = if has_places { OF_PLACES } else { &[] };
        of_places.iter().chain(own).chain(of_file).copied()
    }

    /// Whether a form there sends `radius` without `near`, which is then told instead of refused.
    pub(in crate::http) fn has_form_of_distance(self) -> bool {
        matches!(self, Self::Embed | Self::Maker)
    }
}
