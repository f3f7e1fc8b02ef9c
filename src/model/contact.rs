//! Where to ask about a place, a municipality or an activity.

use serde::{Deserialize, Serialize};

/// Where to ask: a role, never a person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ContactPoint {
    /// The role, such as "accommodatiebeleid"; [`ContactPoint::GENERAL`] where it is the general one.
    pub role: String,
    /// The organisation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    /// A page.
    pub url: Option<String>,
    /// A mailbox of the role.
    pub email: Option<String>,
    /// A general telephone number, never a mobile one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

impl ContactPoint {
    /// The role where only the general mailbox, number or page of an organisation was given.
    pub const GENERAL: &str = "algemeen";
}
