//! One file per table. A row is no API type: a column can change without the schema changing.

pub(crate) mod archive;
pub(crate) mod edition;
pub(crate) mod edition_part;
pub(crate) mod layer;
pub(crate) mod municipality;
pub(crate) mod neighbourhood;
pub(crate) mod place;
pub(crate) mod place_activity;
pub(crate) mod place_facility;
pub(crate) mod place_name;
pub(crate) mod place_source;
pub(crate) mod policy_document;
pub(crate) mod policy_document_theme;
pub(crate) mod policy_status;
pub(crate) mod settlement;
pub(crate) mod source;
pub(crate) mod survey;
pub(crate) mod survey_answer;
pub(crate) mod survey_base;
pub(crate) mod survey_finding;
pub(crate) mod survey_instrument;
pub(crate) mod survey_question;
pub(crate) mod survey_source;
pub(crate) mod term;
pub(crate) mod withdrawal;
pub(crate) mod withdrawal_edition;
