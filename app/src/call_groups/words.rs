//! What the two kinds of groups are called, and where their pages are.

use crate::messages::t;
use domain::contact_centre::call_group::{CallGroupId, Kind};

/// The path of the list of a kind.
pub(super) const fn path(kind: Kind) -> &'static str {
    match kind {
        Kind::Ring => "/contact-centre/ring-groups",
        Kind::Pickup => "/contact-centre/pickup-groups",
    }
}

/// The path of a group.
pub(super) fn path_of(id: CallGroupId) -> String {
    format!("{}/{}", path(id.kind()), id.uuid())
}

/// What the groups of a kind are called together.
pub(super) fn title(kind: Kind) -> &'static str {
    match kind {
        Kind::Ring => t::call_groups_ring_title(),
        Kind::Pickup => t::call_groups_pickup_title(),
    }
}

/// What the button says that makes one.
pub(super) fn new_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Ring => t::call_groups_new_ring(),
        Kind::Pickup => t::call_groups_new_pickup(),
    }
}
