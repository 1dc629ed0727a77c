//! Provisioning: what is kept of a PBX becomes the folder and the tables that it runs on, and stays so
//! (C-16, C-17, C-18).
//!
//! [`configuration`] says what a PBX is to do, [`Place`] is where the operator wants it written, and
//! [`Provisioner`] writes it after each change. The page that compares asks the same functions.

mod configuration;
mod folder;
mod place;
mod reload;
mod tables;
mod worker;

pub use configuration::configuration;
pub use pbx::{BARGE, Difference, MONITOR, WHISPER};
pub use place::{Content, Fault, Place};
pub use tables::{Extent, Tables};
pub use worker::Provisioner;
