//! GeoPackage (OGC 12-128r19): an SQLite file whose geometries are well-known binaries behind a header.
//!
//! It is opened read-only and only tables are read, never views: what a file says is data, and not a program to run.
//!
//! An oddity: this is the second place that speaks SQL, and not to our database. The format happens to be SQLite.

use std::{path::Path, sync::Arc};

use futures_util::TryStreamExt as _;
use sea_orm::sqlx::{
    self, AssertSqlSafe, ConnectOptions as _, Row as _,
    sqlite::{SqliteConnectOptions, SqliteConnection, SqliteRow},
};

use super::{
    error::AreaError,
    feature::{Bounded, Columns, Feature, folded},
    geometry::{self, Flaw, System},
};
use crate::{ingest::progress::Watch, model::excerpt};

/// The largest geometry, bytes: a million positions.
const MOST_GEOMETRY_BYTES: u32 = 16 << 20;
/// So much of a value is read, characters.
const MOST_VALUE_CHARS: u32 = 200;

struct Layer {
    table: String,
    geometry: String,
    system: Option<System>,
    system_name: String,
    /// Folded names of all columns, and of those to be read with their names in the table.
    columns: Vec<String>,
    wanted: Vec<(String, String)>,
}

/// Gives the features of every table that the sink reads.
pub(crate) async fn read(path: &Path, sink: &mut Bounded<'_>, watch: &Watch) -> Result<(), AreaError> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .read_only(true)
        // No lock and no log beside it: it may lie in a folder that we may not write to.
        .immutable(true)
        .pragma("trusted_schema", "OFF")
        .disable_statement_logging();
    let length = std::fs::metadata(path).map_err(AreaError::Io)?.len();
    let mut db = options.connect().await.map_err(damaged)?;
    let layers = layers(&mut db, sink).await?;
    let wanted: Vec<&Layer> = layers.iter().filter(|layer| sink.sink.reads(&layer.columns)).collect();
    if wanted.is_empty() {
        let names: Vec<String> = layers.iter().take(20).map(|layer| excerpt(&layer.table)).collect();
        return Err(AreaError::NoLayer(names.join(", ")));
    }
    for layer in wanted {
        let system = layer.system.ok_or_else(|| AreaError::System(layer.system_name.clone()))?;
        read_layer(&mut db, layer, system, sink, (watch, length)).await?;
    }
    Ok(())
}

fn damaged(cause: sqlx::Error) -> AreaError {
    let text = match cause {
        sqlx::Error::Database(cause) => cause.message().to_owned(),
        other => other.to_string(),
    };
    AreaError::Database(excerpt(&text))
}

async fn layers(db: &mut SqliteConnection, sink: &Bounded<'_>) -> Result<Vec<Layer>, AreaError> {
    // TOP10NL has the same objects as points in layers of their own.
    const LAYERS: &str = "SELECT CAST(g.table_name AS TEXT), CAST(g.column_name AS TEXT), CAST(g.srs_id AS INTEGER), \
        CAST(s.organization AS TEXT), CAST(s.organization_coordsys_id AS INTEGER) \
        FROM gpkg_geometry_columns g \
        JOIN gpkg_contents c ON c.table_name = g.table_name \
        JOIN sqlite_master m ON m.name = g.table_name AND m.type = 'table' \
        LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id \
        WHERE c.data_type = 'features' AND upper(g.geometry_type_name) NOT LIKE '%POINT' \
        AND upper(g.geometry_type_name) NOT LIKE '%LINESTRING' ORDER BY 1";
    let mut layers = Vec::new();
    for row in sqlx::query(LAYERS).fetch_all(&mut *db).await.map_err(damaged)? {
        let table: String = row.try_get(0).map_err(damaged)?;
        let geometry: String = row.try_get(1).map_err(damaged)?;
        let id: i64 = row.try_get(2).map_err(damaged)?;
        let organization: Option<String> = row.try_get(3).map_err(damaged)?;
        // The number of the system in the file is the file's own; that of EPSG stands beside it.
        let code: i64 = row.try_get::<Option<i64>, _>(4).map_err(damaged)?.unwrap_or(id);
        let organization = organization.unwrap_or_else(|| "EPSG".to_owned());
        let is_epsg = organization.eq_ignore_ascii_case("EPSG");
        let mut columns = Vec::new();
        let mut wanted = Vec::new();
        let names = sqlx::query("SELECT CAST(name AS TEXT) FROM pragma_table_info(?)").bind(&table);
        for row in names.fetch_all(&mut *db).await.map_err(damaged)? {
            let name: String = row.try_get(0).map_err(damaged)?;
            let folded = folded(&name);
            if sink.sink.columns().contains(&folded.as_str()) {
                wanted.push((folded.clone(), name));
            }
            columns.push(folded);
        }
        layers.push(Layer {
            table,
            geometry,
            system: System::of_epsg(code).filter(|_| is_epsg),
            system_name: format!("{}:{code}", excerpt(&organization)),
            columns,
            wanted,
        });
    }
    Ok(layers)
}

/// First the columns of all rows, then the geometries of those that are wanted.
async fn read_layer(
    db: &mut SqliteConnection,
    layer: &Layer,
    system: System,
    sink: &mut Bounded<'_>,
    (watch, length): (&Watch, u64),
) -> Result<(), AreaError> {
    let name: Arc<str> = layer.table.as_str().into();
    let table = quoted(&layer.table);
    // As bytes, so that text in a wrong encoding is read and not refused.
    let value = |(_, column): &(String, String)| {
        format!(", CAST(substr(CAST({} AS TEXT), 1, {MOST_VALUE_CHARS}) AS BLOB)", quoted(column))
    };
    let values: String = layer.wanted.iter().map(value).collect();
    let mut wanted: Vec<(i64, Columns)> = Vec::new();
    {
        let statement = AssertSqlSafe(format!("SELECT rowid{values} FROM {table} ORDER BY rowid"));
        let mut rows = sqlx::query(statement).fetch(&mut *db);
        while let Some(row) = rows.try_next().await.map_err(damaged)? {
            let id: i64 = row.try_get(0).map_err(damaged)?;
            let columns = columns(layer, &row)?;
            if sink.sink.wants(&columns) {
                wanted.push((id, columns));
            }
        }
    }
    let geometry = quoted(&layer.geometry);
    let statement = format!(
        "SELECT CASE WHEN length({geometry}) <= {MOST_GEOMETRY_BYTES} THEN CAST({geometry} AS BLOB) ELSE x'00' END \
         FROM {table} WHERE rowid = ? AND {geometry} IS NOT NULL"
    );
    let in_all = wanted.len() as u64;
    for (index, (id, columns)) in (1..).zip(wanted) {
        // Of its bytes no more is known than that they are read in turn.
        watch(length / in_all * index, length);
        let row = sqlx::query(AssertSqlSafe(statement.clone())).bind(id).fetch_optional(&mut *db);
        let blob: Option<Vec<u8>> =
            row.await.map_err(damaged)?.map(|row| row.try_get(0)).transpose().map_err(damaged)?;
        let area = blob.map_or(Err(Flaw::Missing), |blob| area(&blob, system));
        let number = u32::try_from(id).unwrap_or(u32::MAX);
        sink.take(Feature { layer: Some(name.clone()), number, columns, area });
    }
    Ok(())
}

fn columns(layer: &Layer, row: &SqliteRow) -> Result<Columns, AreaError> {
    let mut columns = Columns::new();
    for (place, (folded, _)) in layer.wanted.iter().enumerate() {
        let bytes: Option<Vec<u8>> = row.try_get(place + 1).map_err(damaged)?;
        let text = bytes.map(|bytes| String::from_utf8_lossy(&bytes).trim().to_owned()).unwrap_or_default();
        if !text.is_empty() {
            columns.insert(folded.clone(), text);
        }
    }
    Ok(columns)
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// The polygons of a geometry with its header.
fn area(blob: &[u8], system: System) -> Result<crate::spatial::MultiPolygon<f64>, Flaw> {
    let [b'G', b'P', _version, flags, _, _, _, _, rest @ ..] = blob else { return Err(Flaw::Damaged) };
    let envelope = match flags >> 1 & 0b111 {
        0 => 0,
        1 => 32,
        2 | 3 => 48,
        4 => 64,
        _ => return Err(Flaw::Damaged),
    };
    if flags & 0b1_0000 != 0 {
        return Err(Flaw::Missing);
    }
    if flags & 0b10_0000 != 0 {
        return Err(Flaw::NotAnArea("ExtendedGeoPackageBinary".to_owned()));
    }
    system.to_degrees(&geometry::of_wkb(rest.get(envelope..).ok_or(Flaw::Damaged)?)?)
}

#[cfg(test)]
mod tests {
    use geo::polygon;

    use super::*;

    /// A square with a hole and a rectangle, RD metres, as well-known binary.
    fn wkb(big_endian: bool, heights: bool) -> Vec<u8> {
        let mut bytes = Vec::new();
        let int = |bytes: &mut Vec<u8>, value: u32| {
            bytes.extend(if big_endian { value.to_be_bytes() } else { value.to_le_bytes() });
        };
        let head = |bytes: &mut Vec<u8>, kind: u32| {
            bytes.push(u8::from(!big_endian));
            int(bytes, kind + if heights { 1000 } else { 0 });
        };
        head(&mut bytes, 6);
        int(&mut bytes, 2);
        let squares: [&[[f64; 4]]; 2] = [
            &[[210_000.0, 500_000.0, 211_000.0, 501_000.0], [210_400.0, 500_400.0, 210_600.0, 500_600.0]],
            &[[212_000.0, 500_000.0, 213_000.0, 502_000.0]],
        ];
        for rings in squares {
            head(&mut bytes, 3);
            int(&mut bytes, u32::try_from(rings.len()).unwrap());
            for [west, south, east, north] in rings {
                int(&mut bytes, 5);
                for (x, y) in [(west, south), (east, south), (east, north), (west, north), (west, south)] {
                    for number in [*x, *y].into_iter().chain(heights.then_some(12.5)) {
                        bytes.extend(if big_endian { number.to_be_bytes() } else { number.to_le_bytes() });
                    }
                }
            }
        }
        bytes
    }

    fn blob(envelope: u8, wkb: &[u8]) -> Vec<u8> {
        let length = [0, 32, 48, 48, 64][usize::from(envelope)];
        let mut bytes = vec![b'G', b'P', 0, 1 | envelope << 1, 0x40, 0x71, 0, 0];
        bytes.extend(vec![0; length]);
        bytes.extend(wkb);
        bytes
    }

    #[test]
    fn every_envelope_and_both_byte_orders_give_the_same_polygons() {
        let plain = area(&blob(0, &wkb(false, false)), System::Rd).unwrap();
        assert_eq!(plain.0.iter().map(|part| part.interiors().len()).collect::<Vec<_>>(), [1, 0]);
        // RD is in metres and nearly true to scale: 1 km² less 0.04 and 2 km².
        let rd = crate::spatial::crs::to_rd(&plain);
        assert!((geo::Area::unsigned_area(&rd) - 2_960_000.0).abs() < 1.0);
        for envelope in 0..=4 {
            for (big_endian, heights) in [(false, false), (true, false), (false, true), (true, true)] {
                assert_eq!(area(&blob(envelope, &wkb(big_endian, heights)), System::Rd), Ok(plain.clone()));
            }
        }
    }

    #[test]
    fn what_is_cut_off_empty_or_no_area_is_told_and_never_panics() {
        let whole = blob(1, &wkb(false, true));
        for end in 0..whole.len() {
            assert_eq!(area(&whole[..end], System::Rd), Err(Flaw::Damaged), "{end}");
        }
        for place in 8 + 32..whole.len() {
            for value in [0, 1, 127, 255] {
                let mut other = whole.clone();
                other[place] = value;
                // Whatever it is, it is an answer.
                let _ = area(&other, System::Rd);
            }
        }
        let mut empty = whole.clone();
        empty[3] |= 0b1_0000;
        assert_eq!(area(&empty, System::Rd), Err(Flaw::Missing));
        let point = [1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        assert_eq!(area(&blob(0, &point), System::Rd), Err(Flaw::NotAnArea("Point".to_owned())));
        let no_polygon = [1, 6, 0, 0, 0, 0, 0, 0, 0];
        assert_eq!(area(&blob(0, &no_polygon), System::Rd), Err(Flaw::Missing));
        // Four thousand million rings in nine bytes.
        assert_eq!(area(&blob(0, &[1, 3, 0, 0, 0, 255, 255, 255, 255]), System::Rd), Err(Flaw::Damaged));
    }

    #[test]
    fn degrees_in_a_layer_of_metres_are_told_with_the_position() {
        let flaw = System::Rd
            .to_degrees(&MultiPolygon(vec![polygon![(x: 6.0, y: 52.0), (x: 6.1, y: 52.0), (x: 6.1, y: 52.1)]]));
        assert_eq!(flaw, Err(Flaw::Position("6, 52".to_owned())));
    }

    use crate::spatial::MultiPolygon;
}
