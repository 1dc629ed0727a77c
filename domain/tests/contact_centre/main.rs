//! The contact centre's rules, as tables and as properties.

mod cast;
mod cli;
mod license;
mod moment;
mod monitor;
mod number;
mod offer;
mod people;
mod post_processing;
mod properties;
mod scripts;
mod setup;
mod users;
