//! FlatGeobuf, with its index: a layer that a map can read a part of. Rows without a geometry have no place in it.

use std::io::Write;

use flatgeobuf::{ColumnType, FgbCrs, FgbWriter, FgbWriterOptions, GeometryType};
use geozero::{ColumnValue, PropertyProcessor as _};
use serde_json::json;

use super::{ExportError, OfEdition, about, layers_of, placed::placed};
use crate::{
    collections::{Collection, Column, Kind, Role, Shape, Value},
    edition::licences_of,
    model::Language,
    spatial::Crs,
};

/// Rows as features, coordinates in the order longitude, latitude or x, y.
pub(super) fn write<S: OfEdition>(
    collection: &Collection<S>,
    of: &S,
    rows: &[u32],
    crs: Crs,
    into: &mut impl Write,
) -> Result<(), ExportError> {
    let shape = match collection.shape {
        Some(Shape::MultiPolygon) => GeometryType::MultiPolygon,
        _ => GeometryType::Point,
    };
    let edition = of.edition();
    let metadata = json!({
        "edition": edition.id,
        "withdrawn": edition.withdrawn,
        "caveat": about::CAVEAT.of(Language::En),
        "licences": licences_of(&layers_of(collection, of, rows)),
    })
    .to_string();
    let options = FgbWriterOptions {
        // Without features there is nothing to index.
        write_index: rows.iter().any(|row| collection.geometry(of, *row).is_some()),
        detect_type: false,
        promote_to_multi: true,
        crs: FgbCrs { org: Some("EPSG"), code: code(crs), ..FgbCrs::default() },
        title: Some(collection.title.nl),
        description: Some(collection.description.nl),
        metadata: Some(&metadata),
        ..FgbWriterOptions::default()
    };
    let mut writer = FgbWriter::create_with_options(collection.name, shape, options)?;
    let columns: Vec<&Column<S>> = collection.columns.iter().filter(|column| column.role != Role::Coordinate).collect();
    for column in &columns {
        writer.add_column(column.name, kind(column.kind), |builder, about| {
            about.title = Some(builder.create_string(column.label.nl));
            about.description = Some(builder.create_string(column.description.nl));
            about.nullable = column.role != Role::Id;
        });
    }
    for row in rows {
        let Some(geometry) = collection.geometry(of, *row) else { continue };
        let mut fault = None;
        writer.add_feature_geom(placed(geometry, crs), |feature| {
            for (position, column) in columns.iter().enumerate() {
                let value = column.cell(of, *row);
                if value.is_unknown() {
                    continue;
                }
                let written;
                let property = match value {
                    Value::Integer(number) => ColumnValue::Long(number),
                    Value::Number(number) => ColumnValue::Double(number),
                    Value::Boolean(is) => ColumnValue::Bool(is),
                    other => {
                        written = other.written();
                        match column.kind {
                            Kind::Date | Kind::DateTime => ColumnValue::DateTime(&written),
                            _ => ColumnValue::String(&written),
                        }
                    }
                };
                fault = fault.take().or(feature.property(position, column.name, &property).err());
            }
        })?;
        if let Some(fault) = fault {
            return Err(fault.into());
        }
    }
    Ok(writer.write(into)?)
}

fn code(crs: Crs) -> i32 {
    match crs {
        Crs::Crs84 => 4326,
        Crs::Etrs89 => 4258,
        Crs::Rd => 28992,
    }
}

fn kind(kind: Kind) -> ColumnType {
    match kind {
        Kind::Integer => ColumnType::Long,
        Kind::Number { .. } => ColumnType::Double,
        Kind::Boolean => ColumnType::Bool,
        Kind::Date | Kind::DateTime => ColumnType::DateTime,
        _ => ColumnType::String,
    }
}
