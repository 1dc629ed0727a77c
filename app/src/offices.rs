//! Offices: the list, a new one, and the pages of one (O-01 to O-03).

mod delete;
mod edit;
mod head;
mod inputs;
mod list;
mod narrow;
mod new;
mod subjects;
mod times;

pub use delete::{DeactivateOffice, DeleteOffice, DeleteOfficePage, LeaveOffice};
pub use edit::{GetOffice, OfficePage, ReviseOffice};
pub(crate) use head::OfficeHead;
pub use list::{ListOffices, OfficesPage};
pub use narrow::{GetOfficeSubject, NarrowSubject, OfficeSubjectPage};
pub use new::{CreateOffice, NewOfficePage, OfficeChoices};
pub use subjects::{GetOfficeSubjects, OfficeSubjectsPage};
pub use times::{GetOfficeTimes, OfficeTimesPage, SaveOfficeTimes};

use domain::OfficeId;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The office of the address.
pub(crate) fn office_of_address() -> impl Fn() -> Option<OfficeId> + Copy {
    let params = use_params_map();
    move || params.with(|params| params.get("id")?.parse().ok())
}
