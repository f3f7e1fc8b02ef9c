//! Reads the settlements of files.

use std::{collections::BTreeSet, path::Path, sync::Arc};

use chrono::NaiveDate;

use crate::{
    findings::{Report, Rule},
    ingest::{
        geodata::{
            error::AreaError,
            feature::{At, Columns, Feature, Sink, inhabitants},
            geometry::{Flaw, region},
        },
        progress::Watch,
    },
    model::{
        Facts,
        vocabulary::{SettlementKind, Term as _},
    },
    spatial::{MultiPolygon, Region},
};

const COLUMNS: [&str; 15] = [
    "lokaalid",
    "namespace",
    "identificatie",
    "id",
    "naamnl",
    "naamofficieel",
    "naam",
    "typegebied",
    "aantalinwoners",
    "objectbegintijd",
    "tijdstipregistratie",
    "bronactualiteit",
    "objecteindtijd",
    "eindregistratie",
    "isbagwoonplaats",
];

/// What ids of TOP10NL begin with.
const NAMESPACE: &str = "NL.TOP10NL.";

/// A settlement that was read.
#[derive(Clone, Debug)]
pub(super) struct Plaats {
    pub(super) at: At,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) kind: SettlementKind,
    pub(super) population: Option<i32>,
    pub(super) area: Result<MultiPolygon<f64>, Flaw>,
}

/// What was read from the files of one import.
#[derive(Debug, Default)]
pub struct Plaatsen {
    pub(super) file: Option<Arc<str>>,
    /// Around the municipalities: what lies elsewhere is not kept.
    pub(super) around: Option<Region>,
    pub(super) plaatsen: Vec<Plaats>,
    pub(super) report: Report,
    /// The ids of rows that were refused.
    pub(super) refused: BTreeSet<String>,
    /// The areas of rows that were refused and whose id cannot be read; `None`: nor can the area.
    pub(super) unnamed: Vec<Option<MultiPolygon<f64>>>,
    /// The newest date of registration or source.
    pub(super) newest: Option<NaiveDate>,
}

impl Plaatsen {
    /// Nothing read yet; only what lies in the bounds of these facts' municipalities will be kept.
    pub fn of(facts: &Facts) -> Self {
        use geo::BoundingRect as _;
        let borders = facts.municipalities.iter().filter_map(|known| region(&known.boundary));
        let boxes: MultiPolygon<f64> =
            borders.filter_map(|border| Some(border.polygons().bounding_rect()?.to_polygon())).collect();
        Self { around: Some(Region::new(boxes)), ..Self::default() }
    }

    /// Reads a file; its features are told under the name `file`.
    ///
    /// # Errors
    /// [`AreaError`], one sentence.
    pub async fn read(&mut self, path: &Path, file: &Arc<str>, watch: &Watch) -> Result<(), AreaError> {
        self.file = Some(Arc::clone(file));
        crate::ingest::geodata::read::read(path, self, watch).await
    }

    /// Whether the files had nothing of ours, and nothing to tell of.
    pub fn is_empty(&self) -> bool {
        self.plaatsen.is_empty() && self.report.is_empty()
    }

    /// Whether nothing tells of which day the files are, so that somebody has to.
    pub fn needs_a_date(&self) -> bool {
        self.newest.is_none() && !self.plaatsen.is_empty()
    }
}

impl Sink for Plaatsen {
    fn columns(&self) -> &'static [&'static str] {
        &COLUMNS
    }

    fn element(&self) -> Option<&'static str> {
        Some("Plaats")
    }

    fn reads(&self, columns: &[String]) -> bool {
        let has = |name: &str| columns.iter().any(|column| column == name);
        has("typegebied") && (has("lokaalid") || has("identificatie")) && (has("naamnl") || has("naamofficieel"))
    }

    fn wants(&mut self, columns: &Columns) -> bool {
        // What has ended, or was registered anew since, is history.
        columns.contains_key("typegebied")
            && !columns.contains_key("objecteindtijd")
            && !columns.contains_key("eindregistratie")
    }

    fn take(&mut self, feature: Feature) {
        use geo::Intersects as _;
        let Feature { layer, number, columns, area } = feature;
        let at = At { file: self.file.clone().unwrap_or_default(), layer, number };
        if let (Ok(area), Some(around)) = (&area, &self.around)
            && !around.polygons().intersects(area)
        {
            return;
        }
        let column = |name: &str| columns.get(name).map(String::as_str);
        let dates = ["tijdstipregistratie", "objectbegintijd", "bronactualiteit"];
        self.newest = dates.iter().filter_map(|name| day(column(name)?)).max().max(self.newest);

        let stated = ["lokaalid", "identificatie", "id"].into_iter().find_map(|name| Some((name, column(name)?)));
        let (id_column, stated) = stated.unwrap_or(("lokaalid", ""));
        let Some(id) = id(stated) else {
            self.report.add(at.finding(Some(id_column), Rule::OutlineId, stated));
            self.unnamed.push(area.ok());
            return;
        };
        let name = ["naamnl", "naamofficieel", "naam"].into_iter().find_map(column);
        let Some(name) = name else {
            self.report.add(at.finding(Some("naamNL"), Rule::AreaWithoutName, &id));
            self.refused.insert(id);
            return;
        };
        let stated = column("typegebied").unwrap_or_default();
        let Some(kind) = SettlementKind::parse(&stated.to_uppercase()) else {
            let mut finding = at.finding(Some("typeGebied"), Rule::SettlementKindUnknown, stated);
            let kinds: Vec<String> = SettlementKind::all().map(|kind| kind.name().to_lowercase()).collect();
            finding.details = vec![kinds.join(", ")];
            self.report.add(finding);
            self.refused.insert(id);
            return;
        };
        let population = column("aantalinwoners").and_then(|text| {
            inhabitants(text).unwrap_or_else(|()| {
                self.report.add(at.finding(Some("aantalInwoners"), Rule::InhabitantsShape, text));
                None
            })
        });
        self.plaatsen.push(Plaats { at, id, name: name.to_owned(), kind, population, area });
    }
}

/// The day of a date or a time.
fn day(text: &str) -> Option<NaiveDate> {
    text.get(..10)?.parse().ok()
}

/// `103070644`, `NL.TOP10NL.103070644` and `nl.top10nl.103070644` are one id.
fn id(text: &str) -> Option<String> {
    let digits = match text.get(..NAMESPACE.len()) {
        Some(beginning) if beginning.eq_ignore_ascii_case(NAMESPACE) => &text[NAMESPACE.len()..],
        _ => text,
    };
    let is_number = !digits.is_empty() && digits.len() <= 20 && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| format!("{NAMESPACE}{digits}"))
}
