//! A PBX's configuration: as a folder read by a person, and as properties of any description.

mod any;
mod believable;
mod drift;
mod format;
mod golden;
mod rows;
mod safety;
mod shape;
