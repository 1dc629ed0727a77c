//! The availability engine against a slow and obvious model, and the days on which clocks change.

mod cast;
mod choosing;
mod clocks;
mod handover;
mod model;
mod precedence;
mod properties;
