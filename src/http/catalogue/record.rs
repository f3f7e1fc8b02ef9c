//! What the record says (DCAT-AP-NL 3.0.1): one catalogue with one dataset, its services and its distributions.

use super::{
    graph::{Graph, expanded},
    licence,
    texts::{
        CATALOGUE, DESCRIPTION, FEATURES, KEYWORDS, LANGUAGES, MUNICIPALITY, PROVINCE, SERVICES, THEMES, TILES, TITLE,
    },
};
use crate::{
    collections::{self, Collection, Words},
    edition::Edition,
    http::files::{File, files},
    model::{Layer, PartialDate},
};

/// Who publishes, and where to write.
pub(super) struct Publisher<'a> {
    pub(super) name: &'a str,
    pub(super) url: &'a str,
    /// `mailto:…`, or the address of a page.
    pub(super) contact: &'a str,
}

/// The record of an edition that is served at `base`.
pub(super) fn record(edition: &Edition, base: &str, publisher: &Publisher<'_>) -> Graph {
    let mut record = Record { edition, base, publisher, graph: Graph::default() };
    record.catalogue();
    record.dataset();
    record.services();
    for collection in collections::all() {
        record.distributions(collection);
    }
    record.around();
    record.graph
}

struct Record<'a> {
    edition: &'a Edition,
    base: &'a str,
    publisher: &'a Publisher<'a>,
    graph: Graph,
}

impl Record<'_> {
    /// The name of a thing of ours.
    fn own(&self, name: &str) -> String {
        format!("{}/dcat#{name}", self.base)
    }

    fn at(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    fn published(&self) -> String {
        self.edition.published_at.date_naive().to_string()
    }

    /// What catalogue, dataset and services have alike.
    fn common(&mut self, thing: &str) {
        let contact = self.own("contact");
        for property in ["dct:publisher", "dct:creator"] {
            self.graph.iri(thing, property, self.publisher.url);
        }
        self.graph.iri(thing, "dcat:contactPoint", contact);
        for language in LANGUAGES {
            self.graph.iri(thing, "dct:language", expanded(language));
        }
        let published = self.published();
        self.graph.typed(thing, "dct:modified", &published, "xsd:date");
    }

    fn catalogue(&mut self) {
        let catalogue = self.own("catalogue");
        self.graph.is(&catalogue, &["dcat:Catalog"]);
        self.graph.words(&catalogue, "dct:title", CATALOGUE);
        self.graph.words(&catalogue, "dct:description", DESCRIPTION);
        self.common(&catalogue);
        let (dataset, home) = (self.own("dataset"), self.at("/"));
        self.graph.iri(&catalogue, "foaf:homepage", home);
        self.graph.iri(&catalogue, "dct:spatial", PROVINCE);
        self.graph.iri(&catalogue, "dcat:themeTaxonomy", expanded("eu:data-theme"));
        self.graph.iri(&catalogue, "dcat:dataset", dataset);
        for (name, ..) in SERVICES {
            let service = self.own(name);
            self.graph.iri(&catalogue, "dcat:service", service);
        }
    }

    fn dataset(&mut self) {
        let (dataset, edition) = (self.own("dataset"), self.edition);
        self.graph.is(&dataset, &["dcat:Dataset"]);
        self.graph.words(&dataset, "dct:title", TITLE);
        self.graph.words(&dataset, "dct:description", DESCRIPTION);
        self.graph.text(&dataset, "dct:identifier", &dataset);
        self.common(&dataset);
        self.graph.text(&dataset, "dcat:version", &edition.id);
        self.graph.iri(&dataset, "dct:accessRights", expanded("eu:access-right/PUBLIC"));
        self.graph.iri(&dataset, "dct:accrualPeriodicity", expanded("eu:frequency/IRREG"));
        for (theme, _) in THEMES {
            self.graph.iri(&dataset, "dcat:theme", expanded(theme));
        }
        for keyword in KEYWORDS {
            self.graph.words(&dataset, "dcat:keyword", keyword);
        }
        let (home, area, period, documentation) =
            (self.at("/"), self.own("area"), self.own("period"), self.at("/schema.graphql"));
        self.graph.iri(&dataset, "foaf:page", &*documentation);
        self.graph.is(&documentation, &["foaf:Document"]);
        // The types and meanings of everything that is in it.
        self.standard(&dataset, &documentation);
        self.graph.iri(&dataset, "dcat:landingPage", home);
        self.graph.iri(&dataset, "dct:spatial", &*area);
        self.graph.iri(&dataset, "dct:spatial", PROVINCE);
        for municipality in edition.municipalities() {
            let place = format!("{MUNICIPALITY}{}", municipality.facts.code.as_str().to_lowercase());
            self.graph.iri(&dataset, "dct:spatial", &*place);
            self.graph.is(&place, &["dct:Location"]);
        }
        let [west, south, east, north] = edition.bounds();
        let corners = format!("POLYGON(({west} {south},{east} {south},{east} {north},{west} {north},{west} {south}))");
        self.graph.is(&area, &["dct:Location"]);
        self.graph.typed(&area, "dcat:bbox", &corners, "geo:wktLiteral");
        self.graph.iri(&dataset, "dct:temporal", &*period);
        self.graph.is(&period, &["dct:PeriodOfTime"]);
        if let Some(first) = edition.layers.iter().filter_map(|layer| layer.reference_date.as_ref()).min() {
            self.graph.typed(&period, "dcat:startDate", first.as_str(), kind_of(first));
        }
        let published = self.published();
        self.graph.typed(&period, "dcat:endDate", &published, "xsd:date");
    }

    fn services(&mut self) {
        let all: Vec<&Layer> = self.edition.layers.iter().filter(|layer| layer.licence_url.is_some()).collect();
        for (name, endpoint, description, standard, title, sentence) in SERVICES {
            let (service, dataset) = (self.own(name), self.own("dataset"));
            self.graph.is(&service, &["dcat:DataService"]);
            self.graph.words(&service, "dct:title", title);
            self.graph.words(&service, "dct:description", sentence);
            self.graph.text(&service, "dct:identifier", &service);
            self.common(&service);
            self.graph.iri(&service, "dct:accessRights", expanded("eu:access-right/PUBLIC"));
            for (theme, _) in THEMES {
                self.graph.iri(&service, "dcat:theme", expanded(theme));
            }
            for keyword in KEYWORDS {
                self.graph.words(&service, "dcat:keyword", keyword);
            }
            let (endpoint, description) = (self.at(endpoint), self.at(description));
            self.graph.iri(&service, "dcat:endpointURL", endpoint);
            self.graph.iri(&service, "dcat:endpointDescription", description);
            self.graph.iri(&service, "dcat:servesDataset", dataset);
            self.standard(&service, standard);
            if let Some(licence) = licence::of(&all) {
                self.licensed(&service, licence);
            }
        }
    }

    /// A collection in each format, and without OpenStreetMap where that is in it.
    fn distributions(&mut self, collection: &Collection) {
        let layers = licence::layers(self.edition, collection);
        let own: Vec<&Layer> = layers.iter().copied().filter(|layer| layer.key != Layer::OPENSTREETMAP).collect();
        let mut variants = vec![("", &layers)];
        if own.len() < layers.len() {
            variants.push(("?without=openstreetmap", &own));
        }
        for (asked, layers) in variants {
            let is_of_it = |file: &&File| file.collection.is_some_and(|of| of.name == collection.name);
            for file in files().iter().filter(is_of_it) {
                let name = format!("{}{asked}", file.path.trim_start_matches('/'));
                let Some(distribution) = self.distribution(collection, layers, &name, file.format.name) else {
                    return;
                };
                let at = self.at(&format!("{}{asked}", file.path));
                self.graph.iri(&distribution, "dcat:accessURL", &*at);
                self.graph.iri(&distribution, "dcat:downloadURL", at);
                let service = self.own("rest");
                self.graph.iri(&distribution, "dcat:accessService", service);
                let media_type = Some(file.format.media_type).filter(|_| file.format.is_registered);
                self.media_type(&distribution, media_type, file.format.of_union);
                self.standard(&distribution, file.format.standard);
            }
            let items = format!("/ogc/collections/{}", collection.name);
            self.layer(
                collection,
                layers,
                "features",
                &items,
                asked,
                ("application/geo+json", Some("GEOJSON"), FEATURES),
            );
            if collection.shape.is_some() {
                let tiles = format!("/tiles/{}", collection.name);
                self.layer(
                    collection,
                    layers,
                    "tiles",
                    &tiles,
                    asked,
                    ("application/vnd.mapbox-vector-tile", None, TILES),
                );
            }
        }
    }

    /// A collection as a layer of a service.
    fn layer(
        &mut self,
        collection: &Collection,
        layers: &[&Layer],
        service: &'static str,
        path: &str,
        asked: &str,
        (media_type, of_union, standard): (&str, Option<&str>, &str),
    ) {
        let name = format!("{service}-{}{asked}", collection.name);
        let called = if service == "tiles" { "Mapbox Vector Tile" } else { "OGC API Features" };
        let Some(distribution) = self.distribution(collection, layers, &name, called) else { return };
        // A collection takes no layer to leave out: its items do.
        let behind = if service == "features" && !asked.is_empty() { "/items" } else { "" };
        let (at, service) = (self.at(&format!("{path}{behind}{asked}")), self.own(service));
        self.graph.iri(&distribution, "dcat:accessURL", at);
        self.graph.iri(&distribution, "dcat:accessService", service);
        self.media_type(&distribution, Some(media_type), of_union);
        self.standard(&distribution, standard);
    }

    /// What every distribution has; none where it has no licence that a record can name.
    fn distribution(&mut self, collection: &Collection, layers: &[&Layer], name: &str, format: &str) -> Option<String> {
        let licence = licence::of(layers)?;
        let distribution = self.own(&name.replace(['?', '='], "-"));
        let (dataset, rights) = (self.own("dataset"), format!("{distribution}-rights"));
        self.graph.iri(&dataset, "dcat:distribution", &*distribution);
        self.graph.is(&distribution, &["dcat:Distribution"]);
        for (title, description, language) in [
            (collection.title.nl, collection.description.nl, "nl"),
            (collection.title.en, collection.description.en, "en"),
        ] {
            self.graph.told(&distribution, "dct:title", &format!("{title} ({format})"), language);
            self.graph.told(&distribution, "dct:description", description, language);
        }
        for language in LANGUAGES {
            self.graph.iri(&distribution, "dct:language", expanded(language));
        }
        let published = self.published();
        self.graph.typed(&distribution, "dct:issued", &published, "xsd:date");
        self.licensed(&distribution, licence);
        self.graph.iri(&distribution, "dct:rights", &*rights);
        self.graph.is(&rights, &["dct:RightsStatement"]);
        self.graph.told(&rights, "rdfs:label", &licence::attribution(layers), "nl");
        Some(distribution)
    }

    fn licensed(&mut self, thing: &str, licence: String) {
        self.graph.is(&licence, &["dct:LicenseDocument"]);
        self.graph.iri(thing, "dct:license", licence);
    }

    fn standard(&mut self, thing: &str, standard: &str) {
        self.graph.iri(thing, "dct:conformsTo", standard);
        self.graph.is(standard, &["dct:Standard"]);
    }

    /// The names of a format in the registers of IANA and of the European Union, as far as it has one there.
    fn media_type(&mut self, distribution: &str, registered: Option<&str>, of_union: Option<&str>) {
        if let Some(name) = registered {
            let media_type = format!("https://www.iana.org/assignments/media-types/{name}");
            self.graph.iri(distribution, "dcat:mediaType", &*media_type);
            self.graph.is(&media_type, &["dct:MediaType"]);
        }
        if let Some(name) = of_union {
            let format = expanded(&format!("eu:file-type/{name}"));
            self.graph.iri(distribution, "dct:format", &*format);
            self.graph.is(&format, &["dct:MediaTypeOrExtent"]);
        }
    }

    /// What things that are named are: who reads the record alone has to see it.
    fn around(&mut self) {
        let (contact, home) = (self.own("contact"), self.at("/"));
        let Publisher { name, url, contact: at } = *self.publisher;
        self.graph.is(url, &["foaf:Agent"]);
        self.graph.text(url, "foaf:name", name);
        self.graph.is(&contact, &["vcard:Kind", "vcard:Organization"]);
        self.graph.text(&contact, "vcard:fn", name);
        let property = if at.starts_with("mailto:") { "vcard:hasEmail" } else { "vcard:hasURL" };
        self.graph.iri(&contact, property, at);
        self.graph.is(&home, &["foaf:Document"]);
        self.graph.is(PROVINCE, &["dct:Location"]);
        for language in LANGUAGES {
            self.graph.is(&expanded(language), &["dct:LinguisticSystem"]);
        }
        for (theme, words) in THEMES {
            let theme = expanded(theme);
            self.graph.is(&theme, &["skos:Concept"]);
            self.graph.words(&theme, "skos:prefLabel", words);
            self.graph.iri(&theme, "skos:inScheme", expanded("eu:data-theme"));
        }
        let themes = expanded("eu:data-theme");
        self.graph.is(&themes, &["skos:ConceptScheme"]);
        self.graph.words(&themes, "dct:title", Words { nl: "Thema’s van datasets", en: "Data themes" });
        self.graph.is(&expanded("eu:access-right/PUBLIC"), &["dct:RightsStatement"]);
        self.graph.is(&expanded("eu:frequency/IRREG"), &["dct:Frequency"]);
    }
}

/// The type of a date that is as precise as its source tells it.
fn kind_of(date: &PartialDate) -> &'static str {
    match date.as_str().len() {
        4 => "xsd:gYear",
        7 => "xsd:gYearMonth",
        _ => "xsd:date",
    }
}
