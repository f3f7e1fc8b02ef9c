//! The file in which somebody keeps what is held: a row for each time, as workbook or CSV.
//!
//! With `filled` it holds what is known; reading it back says exactly what is known already.

use chrono::{Datelike as _, NaiveDate, NaiveTime};
use rust_xlsxwriter::{Worksheet, XlsxError};

use super::{
    column::{Column, Words},
    when,
};
use crate::{
    calendar::{Schedule, recurrence},
    findings::defuse,
    ingest::tabular::{
        columns::ColumnInfo,
        template::{
            TemplateError, TemplateFormat,
            sheets::{self, Explanation, List, Lists},
            style::{heading_format, hint, text_format},
        },
    },
    model::{Activity, ActivitySchedule, Facts, Municipality, MunicipalityCode, Place, served},
};

/// Rows below the last activity that have drop-downs as well.
const SPARE_ROWS: u32 = 500;

/// The template of what is held in a municipality, with what is known where `filled`.
///
/// # Errors
/// [`TemplateError`], when there is no such municipality; else none that a writer into memory is known to have.
pub fn template(
    facts: &Facts,
    municipality: &MunicipalityCode,
    filled: bool,
    format: TemplateFormat,
    today: NaiveDate,
) -> Result<Vec<u8>, TemplateError> {
    let known = facts.municipalities.iter().find(|known| known.code == *municipality);
    let known = known.ok_or_else(|| TemplateError::UnknownMunicipality(municipality.clone()))?;
    let places: Vec<&Place> = facts.places.iter().filter(|place| place.municipality == *municipality).collect();
    let mut rows = Vec::new();
    for voices in served(&facts.activities).into_values().filter(|_| filled) {
        let Some(activity) = voices.into_iter().next() else { continue };
        let Some(place) = places.iter().find(|place| place.key == activity.place) else { continue };
        if activity.schedule.is_empty() {
            rows.push(Row { activity, place, schedule: None });
        }
        rows.extend(activity.schedule.iter().map(|one| Row { activity, place, schedule: Some(one) }));
    }
    let writer = Writer { words: Words::new(facts, today), municipality: known, places, rows, today };
    match format {
        TemplateFormat::Xlsx => writer.xlsx(),
        TemplateFormat::Csv => writer.csv(),
    }
}

/// One time that something is held.
struct Row<'a> {
    activity: &'a Activity,
    place: &'a Place,
    schedule: Option<&'a ActivitySchedule>,
}

struct Writer<'a> {
    words: Words,
    municipality: &'a Municipality,
    places: Vec<&'a Place>,
    rows: Vec<Row<'a>>,
    today: NaiveDate,
}

/// The days of a rule as the column takes them; `None`: only the rule itself says them.
fn days(schedule: &ActivitySchedule) -> Option<String> {
    let once = schedule.valid_from.filter(|_| schedule.rrule == "FREQ=DAILY;COUNT=1");
    let text = match once {
        Some(day) => date(day),
        None => {
            let read = Schedule::parse(&schedule.rrule, None, None, schedule.valid_from, None, &[]).ok()?;
            let text = read.text(recurrence::Language::Dutch);
            // Behind the comma stands from when on, which has a column.
            text.split(", vanaf").next().unwrap_or_default().to_owned()
        }
    };
    when::days(&text).filter(|(days, _)| days.rrule == schedule.rrule).map(|_| text)
}

fn date(day: NaiveDate) -> String {
    format!("{}-{}-{}", day.day(), day.month(), day.year())
}

fn time(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

impl Writer<'_> {
    fn columns(&self) -> &[ColumnInfo<Column>] {
        self.words.columns.all()
    }

    /// What stands in a cell; empty where nothing is known.
    fn value(&self, row: &Row<'_>, column: Column) -> String {
        let Row { activity, place, schedule } = row;
        let words = &self.words;
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let number = |number: Option<i32>| number.map(|number| number.to_string()).unwrap_or_default();
        let yes = |said: Option<bool>| said.map(|yes| if yes { "ja" } else { "nee" }.to_owned()).unwrap_or_default();
        let contact = activity.contact.as_ref();
        match column {
            Column::PlaceKey => place.key.clone(),
            Column::Place => place.name.clone(),
            Column::Municipality => self.municipality.name.clone(),
            Column::Settlement => place.settlement.clone(),
            // The key says which place it is.
            Column::Street | Column::HouseNumber | Column::Postcode | Column::StatedOn => String::new(),
            Column::Name => activity.name.clone(),
            Column::Type => activity.activity_type.map(|term| words.types.label(term).to_owned()).unwrap_or_default(),
            Column::Days => schedule.and_then(days).unwrap_or_default(),
            Column::Rrule => {
                schedule.filter(|one| days(one).is_none()).map(|one| one.rrule.clone()).unwrap_or_default()
            }
            Column::Start => schedule.and_then(|one| one.start).map(time).unwrap_or_default(),
            Column::End => schedule.and_then(|one| one.end).map(time).unwrap_or_default(),
            Column::From => schedule
                .filter(|one| one.rrule != "FREQ=DAILY;COUNT=1")
                .and_then(|one| one.valid_from)
                .map(date)
                .unwrap_or_default(),
            Column::Through => schedule.and_then(|one| one.valid_through).map(date).unwrap_or_default(),
            Column::Except => {
                let days = schedule.iter().flat_map(|one| one.except.iter().copied().map(date));
                days.collect::<Vec<_>>().join(" | ")
            }
            Column::Audiences => {
                activity.audiences.iter().map(|term| words.audiences.label(*term)).collect::<Vec<_>>().join(" | ")
            }
            Column::MinAge => number(activity.min_age),
            Column::MaxAge => number(activity.max_age),
            Column::Free => yes(activity.free),
            Column::Cost => text(&activity.cost),
            Column::Registration => yes(activity.registration_required),
            Column::Referral => yes(activity.referral_required),
            Column::Organiser => text(&activity.organiser),
            Column::ContactRole => contact.map(|contact| contact.role.clone()).unwrap_or_default(),
            Column::ContactEmail => contact.and_then(|contact| contact.email.clone()).unwrap_or_default(),
            Column::ContactPhone => contact.and_then(|contact| contact.phone.clone()).unwrap_or_default(),
            Column::ContactUrl => contact.and_then(|contact| contact.url.clone()).unwrap_or_default(),
            Column::Website => text(&activity.website),
            Column::Status => activity.status.map(|term| words.statuses.label(term).to_owned()).unwrap_or_default(),
        }
    }

    fn csv(&self) -> Result<Vec<u8>, TemplateError> {
        let cells = |row: &Row<'_>| {
            let cells = self.columns().iter().map(|info| self.value(row, info.column));
            cells.map(|text| defuse(&text).into_owned()).collect()
        };
        let headings = self.columns().iter().map(|info| info.heading.as_str());
        Ok(sheets::csv(headings, self.rows.iter().map(cells))?)
    }

    fn xlsx(&self) -> Result<Vec<u8>, TemplateError> {
        let title = format!("Activiteiten in {}", self.municipality.name);
        let mut workbook = sheets::workbook(&title, self.today)?;
        self.explain(workbook.add_worksheet())?;
        self.list(workbook.add_worksheet())?;
        self.lists().write(workbook.add_worksheet(), 40.0)?;
        Ok(workbook.save_to_buffer()?)
    }

    /// The sheet Uitleg.
    fn explain(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let lines = [
            "Op het blad Activiteiten staat elke vaste tijd op een eigen rij: bingo op dinsdag is een rij, bingo op vrijdag een tweede met dezelfde naam.",
            "Een lege cel betekent: niet bekend.",
            "Wat u opstuurt, is alles wat u van de activiteiten van de genoemde plekken zegt. Een activiteit die er niet meer in staat, verdwijnt.",
            "De dag schrijft u zoals u hem zegt: dinsdag; ma en do; 1e dinsdag van de maand; om de week op vrijdag (met de eerste dag in de kolom vanaf); 25-12-2026.",
            "Zet geen namen, mailadressen of mobiele nummers van personen in deze lijst. Een cel waarin we zoiets herkennen, nemen we niet over; niet elke naam is te herkennen.",
            "Wat u opgeeft, wordt als open data gepubliceerd onder CC0 1.0: iedereen mag het gebruiken, zonder voorwaarden. U blijft als bron genoemd.",
        ];
        let explanation = Explanation {
            title: format!("Activiteiten in {}: uitleg", self.municipality.name),
            widths: &[34.0, 28.0, 100.0],
            lines: &lines,
            headings: &["kolom van het blad Activiteiten", "Engelse naam", "wat erin staat"],
        };
        explanation.of_columns(sheet, self.columns())
    }

    /// The sheet Activiteiten.
    fn list(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let (bold, text) = (heading_format(), text_format());
        sheet.set_name("Activiteiten")?;
        let lists = self.lists();
        let last = u32::try_from(self.rows.len()).unwrap_or(u32::MAX);
        let last_row = last.saturating_add(SPARE_ROWS);
        for (position, info) in (0_u16..).zip(self.columns()) {
            sheet.set_column_width(position, width(info.column))?;
            // Text, so that no program makes a date of 9-12.
            sheet.set_column_format(position, &text)?;
            sheet.write_string_with_format(0, position, &info.heading, &bold)?;
            sheet.add_data_validation(0, position, 0, position, &hint(info)?)?;
            if let Some(choice) = lists.drop_down(&info.column)? {
                sheet.add_data_validation(1, position, last_row, position, &choice)?;
            }
        }
        for (number, row) in (1..).zip(&self.rows) {
            for (position, info) in (0_u16..).zip(self.columns()) {
                let value = self.value(row, info.column);
                if !value.is_empty() {
                    sheet.write_string_with_format(number, position, defuse(&value), &text)?;
                }
            }
        }
        let last_column = u16::try_from(self.columns().len().saturating_sub(1)).unwrap_or(u16::MAX);
        sheet.autofilter(0, 0, last.max(1), last_column)?;
        // The heading, and place and name.
        sheet.set_freeze_panes(1, 3)?;
        sheet.set_active(true);
        Ok(())
    }

    /// The choices of the sheet Lijsten.
    fn lists(&self) -> Lists<'_, Column> {
        let words = &self.words;
        let list = |of, heading, choices| List { of, heading, choices };
        let mut lists = vec![
            list(vec![Column::Type], "soort activiteit", words.types.labels().collect()),
            list(vec![Column::Free, Column::Registration, Column::Referral], "ja of nee", vec!["ja", "nee"]),
            list(vec![Column::Status], "stand", words.statuses.labels().collect()),
            // To copy from: a cell takes one choice, and an activity may be for several.
            list(Vec::new(), "voor wie", words.audiences.labels().collect()),
        ];
        if !self.places.is_empty() {
            let keys = self.places.iter().map(|place| place.key.as_str()).collect();
            lists.push(list(vec![Column::PlaceKey], "sleutel plek", keys));
        }
        Lists(lists)
    }
}

fn width(column: Column) -> f64 {
    match column {
        Column::PlaceKey | Column::Place | Column::Name | Column::Website | Column::ContactUrl => 36.0,
        Column::Days | Column::Audiences | Column::Organiser | Column::Cost | Column::Rrule => 28.0,
        Column::Start
        | Column::End
        | Column::MinAge
        | Column::MaxAge
        | Column::Free
        | Column::HouseNumber
        | Column::Postcode => 12.0,
        _ => 20.0,
    }
}
