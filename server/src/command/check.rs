//! `staffroom check`: verifies what must hold whatever happened.

use super::{Failure, open};
use crate::config::Config;
use std::process::ExitCode;

/// Prints a sentence for each finding; the code is 1 when there is any.
pub(super) async fn check(config: &Config) -> Result<ExitCode, Failure> {
    let store = open(config).await?;
    let organisations = store.organisations().await?;
    let mut found = 0;
    for (id, _) in &organisations {
        let mut reading = store.read(*id).await?;
        let name = reading.organisation().await?.settings.name;
        for finding in reading.check().await? {
            println!("{name} ({id}): {}", finding.0);
            found += 1;
        }
    }
    if found > 0 {
        return Ok(ExitCode::FAILURE);
    }
    println!("All is well, in {} organisation(s).", organisations.len());
    Ok(ExitCode::SUCCESS)
}
