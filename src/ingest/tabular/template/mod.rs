//! What templates have in common, whatever they are for: formats and errors here, the sheets in `sheets`, how they look
//! in `style`.

pub(crate) mod sheets;
pub(crate) mod style;

use rust_xlsxwriter::XlsxError;

use crate::model::MunicipalityCode;

/// The kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TemplateFormat {
    /// An Excel workbook.
    Xlsx,
    /// Semicolons, UTF-8 with a byte order mark: what a Dutch Excel opens with a double click.
    Csv,
}

/// Why there is no template.
#[derive(Debug, thiserror::Error)]
pub enum TemplateError {
    /// Not one of the municipalities that are known.
    #[error("`{0}` is not a municipality of Overijssel; expected a code such as `GM0148`")]
    UnknownMunicipality(MunicipalityCode),
    /// The workbook could not be written.
    #[error("the workbook could not be written: {0}")]
    Xlsx(#[from] XlsxError),
    /// The CSV could not be written.
    #[error("the CSV could not be written: {0}")]
    Csv(#[from] csv::Error),
}
