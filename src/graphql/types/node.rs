//! What has an id of its own.
#![expect(missing_docs, reason = "the Interface macro writes a method without documentation")]

use std::sync::Arc;

use async_graphql::{ID, Interface};

use super::{Activity, Municipality, Neighbourhood, Place, Settlement};
use crate::edition::{self, Edition};

/// Something with a lasting id (Relay).
#[derive(Interface)]
#[graphql(name = "Node", field(name = "id", ty = "ID", desc = "Lasting id, for `node(id:)`."))]
pub enum NodeObject {
    /// A place.
    Place(Place),
    /// A municipality.
    Municipality(Municipality),
    /// A neighbourhood.
    Neighbourhood(Neighbourhood),
    /// A settlement.
    Settlement(Settlement),
    /// An activity.
    Activity(Activity),
}

impl NodeObject {
    /// The object of a node.
    pub fn new(edition: &Arc<Edition>, node: edition::Node) -> Self {
        match node {
            edition::Node::Place(index) => Self::Place(Place::new(edition, index)),
            edition::Node::Municipality(index) => Self::Municipality(Municipality::new(edition, index)),
            edition::Node::Neighbourhood(index) => Self::Neighbourhood(Neighbourhood::new(edition, index)),
            edition::Node::Settlement(index) => Self::Settlement(Settlement::new(edition, index)),
            edition::Node::Activity(index) => Self::Activity(Activity::new(edition, index)),
        }
    }
}
