//! The mails of the demo, to be read in a browser.

use axum::Router;
use std::path::PathBuf;

/// `GET /demo/mail`.
pub fn router(_folder: PathBuf) -> Router {
    Router::new()
}
