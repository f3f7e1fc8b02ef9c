//! What is held at places and when (aanbod): the sheet that an organisation fills in, the calendar that it has already (iCalendar), or the export of a
//! social directory (HSDS).
//!
//! `when` reads days and times as volunteers write them; `source` finds the place of each activity and takes it in.

mod calendar;
mod column;
mod draft;
mod hsds;
pub mod import;
mod row;
mod source;
pub mod template;
mod when;
