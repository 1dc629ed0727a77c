//! Appointments for staff: the plan of an office, one appointment, and booking for a customer.

mod address;
mod book;
mod calendar;
mod change;
mod one;
mod plan;
mod row;
mod times;

pub use address::{Address, View};
pub use book::{BookAppointment, NewAppointmentPage};
#[cfg(feature = "ssr")]
pub(crate) use change::server;
pub use change::{CancelAppointment, ConfirmAppointment, MoveAppointment, NoteAppointment};
pub use one::{AppointmentPage, AppointmentView, GetAppointment};
pub use plan::{AppointmentsPage, ListAppointments, Plan};
pub use row::{Row, state_word};
pub use times::{FreeTimes, Times};
