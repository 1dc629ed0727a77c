//! Monitor: those whom a supervisor watches, with their state (C-14).

mod address;
mod call;
mod list;
mod one;
mod words;

pub use list::{ListWatched, MonitorPage};
pub use one::{GetWatched, SetMemberState, WatchedPage};
