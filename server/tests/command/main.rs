//! The binary as those who run it meet it: what it does, says, and refuses.

mod files;
mod house;
mod serving;
mod settings;
