//! What is kept of a customer: found by their email or number, handed out, erased (P-08).

#[cfg(feature = "ssr")]
pub mod export;
mod page;

pub use page::{CustomersPage, EraseCustomer, FindCustomer};

use crate::ui::Moment;
use domain::AppointmentId;
use domain::appointment::{Answer, State};
use serde::{Deserialize, Serialize};

/// What is kept of a customer.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Found {
    /// Their email, or their number where they left none.
    pub known: String,
    /// By time.
    pub appointments: Vec<Visit>,
    /// How many of them are still to come.
    pub awaited: i64,
}

/// One of their appointments.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Visit {
    pub id: AppointmentId,
    pub when: Moment,
    pub state: State,
    pub subject: String,
    pub office: String,
    /// Empty for a former employee.
    pub agent: String,
    pub name: String,
    pub phone: String,
    pub answers: Vec<Answer>,
    pub remark: String,
    pub note: String,
    pub reason: String,
}
