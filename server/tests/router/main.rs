//! The router as people, scripts and strangers meet it, without a socket.

mod cast;
mod forms;
mod headers;
mod rights;
mod sessions;
