//! The spatial index of a GeoPackage (its extension `gpkg_rtree_index`), so that programs find what is in sight without reading the rest.
//!
//! Who changes a geometry keeps it right by the triggers, whose functions (`ST_MinX`, …) such a program brings along: here they never fire.

use geo::{BoundingRect as _, Geometry};
use sea_orm::sqlx::{self, AssertSqlSafe, sqlite::SqliteConnection};

use super::ExportError;

/// What is done with the index when a row changes: the name of the trigger, when it fires, and what it does.
const TRIGGERS: [(&str, &str, &str); 6] = [
    ("insert", "INSERT ON {t} WHEN {new}", "{set}"),
    ("update1", "UPDATE OF geom ON {t} WHEN OLD.fid = NEW.fid AND {new}", "{set}"),
    ("update2", "UPDATE OF geom ON {t} WHEN OLD.fid = NEW.fid AND NOT {new}", "DELETE FROM {r} WHERE id = OLD.fid;"),
    ("update3", "UPDATE ON {t} WHEN OLD.fid != NEW.fid AND {new}", "DELETE FROM {r} WHERE id = OLD.fid; {set}"),
    (
        "update4",
        "UPDATE ON {t} WHEN OLD.fid != NEW.fid AND NOT {new}",
        "DELETE FROM {r} WHERE id IN (OLD.fid, NEW.fid);",
    ),
    ("delete", "DELETE ON {t} WHEN OLD.geom NOT NULL", "DELETE FROM {r} WHERE id = OLD.fid;"),
];
const HAS_NEW: &str = "(NEW.geom NOT NULL AND NOT ST_IsEmpty(NEW.geom))";
const SET: &str = "INSERT OR REPLACE INTO {r} VALUES (NEW.fid, ST_MinX(NEW.geom), ST_MaxX(NEW.geom), ST_MinY(NEW.geom), ST_MaxY(NEW.geom));";

/// The index of a table, as it is filled.
pub(super) struct Index {
    table: String,
    name: String,
}

impl Index {
    /// An empty one. The name of the table is one of this program.
    pub(super) async fn new(db: &mut SqliteConnection, table: &str) -> Result<Self, ExportError> {
        let index = Self { table: table.to_owned(), name: format!("rtree_{table}_geom") };
        let create = format!("CREATE VIRTUAL TABLE {} USING rtree(id, minx, maxx, miny, maxy)", index.name);
        sqlx::query(AssertSqlSafe(create)).execute(&mut *db).await?;
        let told = "INSERT INTO gpkg_extensions VALUES (?, 'geom', 'gpkg_rtree_index', 'http://www.geopackage.org/spec120/#extension_rtree', 'write-only')";
        sqlx::query(told).bind(table).execute(&mut *db).await?;
        Ok(index)
    }

    /// With the geometry of a row.
    pub(super) async fn add(
        &self,
        db: &mut SqliteConnection,
        fid: i64,
        geometry: &Geometry<f64>,
    ) -> Result<(), ExportError> {
        let Some(bounds) = geometry.bounding_rect() else { return Ok(()) };
        let insert = format!("INSERT INTO {} VALUES (?, ?, ?, ?, ?)", self.name);
        let query = sqlx::query(AssertSqlSafe(insert)).bind(fid);
        let query = query.bind(bounds.min().x).bind(bounds.max().x).bind(bounds.min().y).bind(bounds.max().y);
        query.execute(&mut *db).await?;
        Ok(())
    }

    /// Kept right from now on.
    pub(super) async fn finish(self, db: &mut SqliteConnection) -> Result<(), ExportError> {
        for (name, when, what) in TRIGGERS {
            let told = format!("CREATE TRIGGER {{r}}_{name} AFTER {when} BEGIN {what} END");
            let told = told.replace("{set}", SET).replace("{new}", HAS_NEW);
            let told = told.replace("{r}", &self.name).replace("{t}", &self.table);
            sqlx::query(AssertSqlSafe(told)).execute(&mut *db).await?;
        }
        Ok(())
    }
}
