//! The source `survey`: the report's questionnaire, a row per place.
//!
//! Volunteers answered a researcher, not the public. So of a place only what it said of its kind, legal form, facilities and
//! activities is served, and only where the row says that it consented to that. All other answers are kept as totals over
//! at least ten places, beside the published figures. A row without consent counts in the totals and leaves nothing else:
//! not in the database, not in a report, not in a log.
//!
//! - What is not ticked is not claimed to be absent: the questionnaire asks which there are, and who skips a list has not
//!   said that there is nothing.
//! - The name and address of a place serve to recognise it. They are claimed only where the place was not known, without
//!   the address.
//! - The file given last is the whole of the questionnaire, whatever the days in its rows. What an earlier file said and this
//!   one does not is taken back, so that a place that takes back its consent, or is left out, loses what rested on it.
//!   Editions of before keep what they had.
//! - Made-up answers make places of their own and are about no other one; [`take()`](crate::claims::apply::take()) sees to that.
//! - What may be told of a total is decided per question. Ten places answered it; of kind and legal form also ten without
//!   consent or none, since the others can be taken off; and the total that was told before does not differ from it by fewer
//!   than ten, so that one corrected or added row cannot be read off the difference between two editions. That does not look
//!   further back than to the total that stands, a total of ten can have an answer that one of them gave, as in the report,
//!   and what somebody knows besides cannot be helped.

mod column;
pub mod compare;
mod question;
mod row;
pub mod source;
pub mod template;
mod totals;
