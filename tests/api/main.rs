//! Whole requests against a running service, judged by facts from elsewhere: the seed files read anew, brute force over
//! all places, the schema as published.

mod oracle;
mod paging;
mod places;
mod support;
