//! A PBX's configuration for Asterisk 20 or later: a plain description in, files and rows out.
//!
//! Pure functions. [`files`] writes a folder, [`tables`] the same content as realtime rows, and
//! [`drift`] tells how a folder that is found differs from the one that is expected. Names in a
//! [`Configuration`] may be anything that a stranger typed: each passes the function of `quote` for
//! its place, and everything else is of a type that holds nothing a configuration file could read
//! otherwise. The mapping is told in `docs/asterisk.md`.

mod description;
mod dialplan;
mod drift;
mod export;
pub mod format;
mod hints;
mod phones;
mod plan;
mod queues;
pub mod quote;
mod tables;
mod value;

pub use description::{
    AfterCall, Channel, Configuration, Device, Endpoint, Member, Opening, Person, PickupGroup,
    Queue, RingGroup, Script, Step, Strategy, Supervisor, Target,
};
pub use dialplan::{BARGE, HINTS, MONITOR, WHISPER, member_interface};
pub use drift::{Difference, drift};
pub use export::{DIALPLAN, FILES, Folder, files, realtime_files};
pub use hints::hints;
pub use tables::{Column, Row, STATE_INTERFACE, Table, UNIQUE_ID, tables};
pub use value::{Extension, Key, Number, Secret, Zone};
