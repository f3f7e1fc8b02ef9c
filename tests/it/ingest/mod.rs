//! What is imported, with the real program: template, edit, ingest, editions; and what happens when it goes wrong.
//!
//! On PostgreSQL where `NOABER_TEST_POSTGRES` names a server, else on SQLite.

mod activities;
mod areas;
mod osm;
mod places;
mod policies;
mod polling_places;
mod postcodes;
mod survey;
