//! What every request can reach.

use crate::config::Config;
use app::request::Deployment;
use std::sync::Arc;
use tokio::sync::watch;

/// A running server. Cheap to clone.
#[derive(Clone, Debug)]
pub struct State {
    /// What pages and server functions need of it.
    pub deployment: Deployment,
    pub config: Arc<Config>,
    /// True once the server is asked to stop; streams of events end then.
    pub stopping: watch::Receiver<bool>,
}
