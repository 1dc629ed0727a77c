//! `staffroom restore FILE`: the database of a backup, where there is none.

use super::{Failure, place};
use crate::config::Config;
use clap::Args;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

#[derive(Args, Debug)]
pub(super) struct Restore {
    /// A file that `staffroom backup` wrote
    file: PathBuf,
}

impl Restore {
    pub(super) async fn run(self, config: &Config) -> Result<(), Failure> {
        let Some(database) = config.database.file() else {
            return Err("PostgreSQL restores its own backups: use pg_restore".into());
        };
        // The log of another database would be taken for this one's.
        let mut log = database.as_os_str().to_owned();
        log.push("-wal");
        let log = PathBuf::from(log);
        if log.exists() {
            return Err(format!("{} is in the way; move it elsewhere", log.display()).into());
        }
        let backup = &self.file;
        let shown = backup.display();
        let failed = |error: &dyn std::error::Error| Failure::from(format!("{shown}: {error}"));
        place::file(database, async |draft| {
            copy(backup, draft).map_err(|error| failed(&error))?;
            store::backup::verify(draft)
                .await
                .map_err(|error| failed(&error))
        })
        .await?;
        println!(
            "Restored {}. The next start brings it up to date.",
            database.display()
        );
        Ok(())
    }
}

/// Unlike `fs::copy`, leaves to the copy its own permissions.
fn copy(from: &Path, to: &Path) -> io::Result<u64> {
    io::copy(&mut File::open(from)?, &mut File::create(to)?)
}
