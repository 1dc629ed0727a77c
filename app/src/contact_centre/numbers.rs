//! The inventory of numbers: pages of it, blocks that are added, numbers that are released and
//! removed (C-04).

mod address;
mod change;
mod form;
mod list;
mod table;

pub use change::{AddNumbers, ReleaseNumber, RemoveNumbers};
pub use list::{ListNumbers, NumbersPage};
