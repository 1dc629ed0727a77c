//! Provisioning: what is kept of a PBX becomes the folder and the tables that it runs on, and stays so
//! (C-16, C-17, C-18).
//!
//! [`configuration`] says what a PBX is to do, [`Place`] is where the operator wants it written, and
//! [`Provisioner`] writes it after each change. The page that compares asks the same functions.
//! [`Listener`] hears on the manager interface who is on a call, kept in [`Presence`], and tells a PBX of
//! breaks at once (C-14).

mod configuration;
mod folder;
mod listener;
mod manager;
mod place;
mod presence;
mod reload;
mod tables;
mod worker;

pub use configuration::configuration;
pub use listener::Listener;
pub use manager::Access;
pub use pbx::{BARGE, Difference, MONITOR, WHISPER};
pub use place::{Content, Fault, Place};
pub use presence::{Link, Presence};
pub use tables::{Extent, Tables};
pub use worker::Provisioner;
