//! How the sheets of templates look, and what their cells take.

use rust_xlsxwriter::{Color, DataValidation, DataValidationErrorStyle, Format, FormatAlign, FormatBorder, XlsxError};

use crate::ingest::tabular::columns::ColumnInfo;

/// A choice that takes nothing else, and says so in Dutch.
pub(crate) fn refusing(choice: DataValidation) -> Result<DataValidation, XlsxError> {
    choice
        .set_error_style(DataValidationErrorStyle::Stop)
        .set_error_title("Kies uit de lijst")?
        .set_error_message("Kies uit de lijst, of laat de cel leeg als u het niet weet.")
}

/// What is said when a heading is clicked.
pub(crate) fn hint<C>(info: &ColumnInfo<C>) -> Result<DataValidation, XlsxError> {
    let short = |text: &str, most: usize| text.chars().take(most).collect::<String>();
    DataValidation::new()
        .allow_any_value()
        .set_input_title(short(&info.heading, 32))?
        .set_input_message(short(&info.explanation, 255))
}

pub(crate) fn title_format() -> Format {
    Format::new().set_bold().set_font_size(14)
}

pub(crate) fn heading_format() -> Format {
    Format::new()
        .set_bold()
        .set_background_color(Color::RGB(0x00DC_E6F1))
        .set_border_bottom(FormatBorder::Thin)
        .set_align(FormatAlign::Top)
}

pub(crate) fn wrapped_format() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top)
}

pub(crate) fn text_format() -> Format {
    Format::new().set_num_format("@")
}

/// What is not to be changed.
pub(crate) fn fixed_format() -> Format {
    Format::new()
        .set_num_format("@")
        .set_font_color(Color::RGB(0x0080_8080))
        .set_background_color(Color::RGB(0x00F2_F2F2))
}
