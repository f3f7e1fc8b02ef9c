//! GeoPackage (OGC 12-128): everything of an edition in one file, geometries in RD New, and what has none as tables of attributes.
//!
//! An oddity: this is the third place that speaks SQL, and not to our database. The format happens to be SQLite, in a file of its own that is gone
//! with the last who reads it.

use std::fs::File;

use sea_orm::sqlx::{
    self, AssertSqlSafe, ConnectOptions as _, Connection as _,
    query::Query,
    sqlite::{Sqlite, SqliteArguments, SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous},
};
use wkb::writer::{WriteOptions, write_geometry};

use super::{
    ExportError,
    about::CAVEAT,
    placed::{self, placed},
    rtree::Index,
};
use crate::{
    collections::{self, Collection, Column, Kind, Role, Shape, Value},
    edition::Edition,
    model::Language,
    spatial::Crs,
};

/// What every GeoPackage has, and the two systems that are used here.
const FRAME: &str = r#"
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER NOT NULL PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE, description TEXT DEFAULT '',
  last_change DATETIME NOT NULL, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL,
  z TINYINT NOT NULL, m TINYINT NOT NULL, CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_extensions (table_name TEXT, column_name TEXT, extension_name TEXT NOT NULL, definition TEXT NOT NULL, scope TEXT NOT NULL,
  CONSTRAINT ge_tce UNIQUE (table_name, column_name, extension_name));
CREATE TABLE gpkg_data_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, name TEXT, title TEXT, description TEXT, mime_type TEXT,
  constraint_name TEXT, CONSTRAINT pk_gdc PRIMARY KEY (table_name, column_name), CONSTRAINT gdc_tn UNIQUE (table_name, name));
INSERT INTO gpkg_extensions VALUES ('gpkg_data_columns', NULL, 'gpkg_schema', 'http://www.geopackage.org/spec121/#extension_schema', 'read-write');
INSERT INTO gpkg_spatial_ref_sys VALUES
  ('Undefined cartesian SRS', -1, 'NONE', -1, 'undefined', NULL), ('Undefined geographic SRS', 0, 'NONE', 0, 'undefined', NULL),
  ('WGS 84 geodetic', 4326, 'EPSG', 4326, 'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]', NULL),
  ('Amersfoort / RD New', 28992, 'EPSG', 28992, 'PROJCS["Amersfoort / RD New",GEOGCS["Amersfoort",DATUM["Amersfoort",SPHEROID["Bessel 1841",6377397.155,299.1528128,AUTHORITY["EPSG","7004"]],AUTHORITY["EPSG","6289"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4289"]],PROJECTION["Oblique_Stereographic"],PARAMETER["latitude_of_origin",52.1561605555556],PARAMETER["central_meridian",5.38763888888889],PARAMETER["scale_factor",0.9999079],PARAMETER["false_easting",155000],PARAMETER["false_northing",463000],UNIT["metre",1,AUTHORITY["EPSG","9001"]],AXIS["Easting",EAST],AXIS["Northing",NORTH],AUTHORITY["EPSG","28992"]]', NULL);
PRAGMA application_id = 1196444487;
PRAGMA user_version = 10300;
"#;

/// Everything of an edition that a list without a filter has, in a file that has no name any more.
///
/// # Errors
/// [`ExportError`]
pub async fn write_geopackage(edition: &Edition) -> Result<File, ExportError> {
    let file = tempfile::NamedTempFile::new()?;
    // Nobody reads it while it is made, and a half one is thrown away.
    let options = SqliteConnectOptions::new()
        .filename(file.path())
        .journal_mode(SqliteJournalMode::Off)
        .synchronous(SqliteSynchronous::Off)
        .disable_statement_logging();
    let mut db = options.connect().await?;
    sqlx::raw_sql(FRAME).execute(&mut db).await?;
    let mut transaction = db.begin().await?;
    for collection in collections::all() {
        write(&mut transaction, collection, edition).await?;
    }
    transaction.commit().await?;
    db.close().await?;
    // Opened by its name, as SQLite may have put another in its place.
    Ok(File::open(file.path())?)
}

async fn write(db: &mut SqliteConnection, collection: &Collection, edition: &Edition) -> Result<(), ExportError> {
    let table = collection.name.replace('-', "_");
    let columns: Vec<&Column> = collection.columns.iter().filter(|column| column.role != Role::Coordinate).collect();
    let shape = collection.shape.map(|shape| match shape {
        Shape::Point => "POINT",
        Shape::MultiPolygon => "MULTIPOLYGON",
    });
    // Names are those of this program; what came from outside is bound.
    let geometry = shape.map(|shape| format!(", geom {shape}")).unwrap_or_default();
    let declared: String =
        columns.iter().map(|column| format!(", {} {}", quoted(&column.csv), kind(column.kind))).collect();
    let create = format!("CREATE TABLE {table} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL{geometry}{declared})");
    sqlx::query(AssertSqlSafe(create)).execute(&mut *db).await?;
    let places = vec!["?"; columns.len() + usize::from(shape.is_some())].join(", ");
    let insert = format!("INSERT INTO {table} VALUES (NULL, {places})");
    let mut bounds: Option<geo::Rect<f64>> = None;
    let index = if shape.is_some() { Some(Index::new(db, &table).await?) } else { None };
    // Rows are numbered as they are written.
    for (fid, row) in (1_i64..).zip(collection.listed(edition)) {
        let mut query = sqlx::query(AssertSqlSafe(insert.clone()));
        if let Some(index) = &index {
            let geometry = collection.geometry(edition, row).map(|geometry| placed(geometry, Crs::Rd));
            bounds = placed::around(bounds, geometry.as_ref());
            query = query.bind(geometry.as_ref().map(blob).transpose()?);
            if let Some(geometry) = &geometry {
                index.add(db, fid, geometry).await?;
            }
        }
        for column in &columns {
            query = bound(query, column.cell(edition, row));
        }
        query.execute(&mut *db).await?;
    }
    if let Some(index) = index {
        index.finish(db).await?;
    }
    let corners = bounds.map(|bounds| [bounds.min().x, bounds.min().y, bounds.max().x, bounds.max().y]);
    let corner = |at: usize| corners.map(|corners| corners[at]);
    let description =
        format!("{} {} Editie {}.", collection.description.of(Language::Nl), CAVEAT.of(Language::Nl), edition.id);
    sqlx::query("INSERT INTO gpkg_contents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .bind(&table)
        .bind(if shape.is_some() { "features" } else { "attributes" })
        .bind(collection.title.of(Language::Nl))
        .bind(description)
        .bind(edition.published_at.format("%Y-%m-%dT%H:%M:%S.000Z").to_string())
        .bind(corner(0))
        .bind(corner(1))
        .bind(corner(2))
        .bind(corner(3))
        .bind(shape.map(|_| 28992))
        .execute(&mut *db)
        .await?;
    if let Some(shape) = shape {
        sqlx::query("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, 28992, 0, 0)")
            .bind(&table)
            .bind(shape)
            .execute(&mut *db)
            .await?;
    }
    for column in &columns {
        sqlx::query("INSERT INTO gpkg_data_columns VALUES (?, ?, NULL, ?, ?, NULL, NULL)")
            .bind(&table)
            .bind(&column.csv)
            .bind(column.label.of(Language::Nl))
            .bind(column.description.of(Language::Nl))
            .execute(&mut *db)
            .await?;
    }
    Ok(())
}

fn quoted(name: &str) -> String {
    format!("\"{name}\"")
}

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Integer => "INTEGER",
        Kind::Number { .. } => "DOUBLE",
        Kind::Boolean => "BOOLEAN",
        Kind::Date => "DATE",
        Kind::DateTime => "DATETIME",
        _ => "TEXT",
    }
}

type Statement<'q> = Query<'q, Sqlite, SqliteArguments>;

fn bound<'q>(query: Statement<'q>, value: Value<'_>) -> Statement<'q> {
    match value {
        value if value.is_unknown() => query.bind(None::<String>),
        Value::Integer(number) => query.bind(number),
        Value::Number(number) => query.bind(number),
        Value::Boolean(is) => query.bind(is),
        Value::DateTime(moment) => query.bind(moment.format("%Y-%m-%dT%H:%M:%S.000Z").to_string()),
        other => query.bind(other.written().into_owned()),
    }
}

/// A geometry as GeoPackage has it: a header with the system, then well-known binary.
fn blob(geometry: &geo::Geometry<f64>) -> Result<Vec<u8>, ExportError> {
    // Version 1, little-endian, no envelope.
    let mut blob = vec![b'G', b'P', 0, 1];
    blob.extend_from_slice(&28992_i32.to_le_bytes());
    let options = WriteOptions { endianness: wkb::Endianness::LittleEndian };
    write_geometry(&mut blob, geometry, &options).map_err(|error| std::io::Error::other(error.to_string()))?;
    Ok(blob)
}
