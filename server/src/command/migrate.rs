//! `staffroom migrate`: brings the tables up to date, as every start does.

use super::{Failure, open};
use crate::config::Config;

pub(super) async fn migrate(config: &Config) -> Result<(), Failure> {
    open(config).await?;
    println!("The database is up to date.");
    Ok(())
}
