//! Expertise: who handles which subject, as a matrix of an office and as a tab of an employee (O-03).

pub(crate) mod grid;
mod matrix;
#[cfg(feature = "ssr")]
mod save;
mod tab;

pub use matrix::{ExpertisePage, GetExpertise, SaveExpertise};
pub use tab::{ExpertiseTabPage, GetExpertiseOf, SaveExpertiseOf};
