//! Queues: the list, the page of one with its members, and all of them against all users (C-09, C-10).

mod boxes;
mod edit;
mod inputs;
mod list;
mod matrix;
mod members;
mod new;
mod row;
#[cfg(feature = "ssr")]
mod save;
pub mod words;

pub use edit::{DeleteQueue, GetQueue, QueuePage, ReviseQueue};
pub use list::{ListQueues, QueuesPage};
pub use matrix::{GetQueueMatrix, QueueMatrixPage, SaveQueueMatrix};
pub(crate) use members::{Found, Name, People};
pub use members::{GetQueueMembers, SaveQueueMembers};
#[cfg(feature = "ssr")]
pub(crate) use members::{ROWS, cut};
pub use new::{CreateQueue, GetPbxNames, NewQueuePage, get_pbx_names};
pub(crate) use new::{NoPbx, PbxSelect};
