//! Employees: the list, a new one, and the pages of one.

mod activity;
mod address;
mod assign;
mod calendars;
mod delete;
mod header;
mod hours;
mod invite;
mod leaving;
mod list;
mod new;
mod profile;
mod save;
mod sign_in;
mod suspend;
mod table;
mod view;

pub use activity::ActivityPage;
pub use assign::AssignOffices;
pub use calendars::{
    CalendarsPage, EndFeed, LinkCalendar, MakeFeed, RenewCalendar, SwitchCalendar, SyncCalendar,
    UnlinkCalendar, failure_sentence,
};
pub use delete::{DeleteEmployee, DeletePage};
pub(crate) use header::Header as EmployeeHeader;
pub use hours::{
    AddTemplate, ApplyTemplate, EnterAbsence, HoursPage, HoursView, RemoveAbsence, RemoveTemplate,
    ReviseAbsence, Row, SaveHours, WithdrawTemplate,
};
pub use invite::{CopyInvitation, Invite, RevokeInvitation};
pub use leaving::{CountAhead, GetLeaving, HandOver, LeavingPage};
pub use list::{EmployeesPage, ListEmployees, TeamPage, list_employees};
pub use new::{CreateEmployee, NewEmployeePage};
pub use profile::ProfilePage;
pub use save::SaveEmployee;
pub use suspend::SuspendEmployee;
pub use view::{EmployeeView, InvitationView, get_employee};
