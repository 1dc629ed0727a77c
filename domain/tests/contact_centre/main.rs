//! The contact centre's rules, as tables and as properties.

mod cast;
mod cli;
mod license;
mod moment;
mod number;
mod offer;
mod post_processing;
mod properties;
mod scripts;
mod setup;
mod users;
