//! `staffroom backup FILE`: a copy of one moment, taken also while the database is served.

use super::{Failure, place};
use crate::config::Config;
use clap::Args;
use std::path::PathBuf;

#[derive(Args, Debug)]
pub(super) struct Backup {
    /// The file to write, which must not exist
    file: PathBuf,
}

impl Backup {
    pub(super) async fn run(self, config: &Config) -> Result<(), Failure> {
        let Some(database) = config.database.file() else {
            return Err("PostgreSQL makes its own backups: use pg_dump".into());
        };
        if !database.exists() {
            return Err(format!("there is no database at {}", database.display()).into());
        }
        place::file(&self.file, async |draft| {
            Ok(store::backup::copy(database, draft).await?)
        })
        .await?;
        println!("Wrote {}.", self.file.display());
        let secret = config.secret_file.display();
        println!("Keep a copy of {secret} as well, in another place: what is sealed needs it.");
        Ok(())
    }
}
