//! Offices: the list, a new one, and the page of one (O-01).

mod edit;
mod list;
mod new;

pub use edit::{GetOffice, OfficePage, ReviseOffice};
pub use list::{ListOffices, OfficesPage};
pub use new::{CreateOffice, NewOfficePage};
