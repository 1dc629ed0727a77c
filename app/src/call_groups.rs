//! Ring groups and call pickup groups: two lists of the same shape (C-13).

mod edit;
mod list;
mod members;
mod new;
mod words;

pub use edit::{DeleteCallGroup, GetCallGroup, PickupGroupPage, ReviseCallGroup, RingGroupPage};
pub use list::{ListCallGroups, PickupGroupsPage, RingGroupsPage};
pub use members::{GetCallMembers, SaveCallMembers};
pub use new::{CreateCallGroup, NewPickupGroupPage, NewRingGroupPage};
