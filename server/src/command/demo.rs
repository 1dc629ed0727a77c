//! `staffroom demo`: fills an empty database with an organisation to try things on.

use super::{Failure, open};
use crate::config::Config;
use crate::demo::{EMPLOYEES, LEAST, MOST, PASSWORD, Wish, fill};
use app::password;
use clap::Args;
use store::now;

#[derive(Args, Debug)]
pub(super) struct Demo {
    /// How many employees there are to be, from 5 to 1000000
    #[arg(long, default_value_t = EMPLOYEES)]
    employees: usize,
    /// The same seed gives the same people
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

impl Demo {
    pub(super) async fn run(self, config: &Config) -> Result<(), Failure> {
        let Self { employees, seed } = self;
        if !(LEAST..=MOST).contains(&employees) {
            return Err(format!("--employees must be from {LEAST} to {MOST}").into());
        }
        let store = open(config).await?;
        if !store.organisations().await?.is_empty() {
            return Err("the database is not empty, and demo data needs one that is".into());
        }
        let password = password::hash(PASSWORD.into()).await?;
        fill(&store, Wish { employees, seed }, password, now()).await?;
        println!("Made Demo Bank with {employees} employees. Sign in with the password");
        println!("“{PASSWORD}” as ada@demo.example, an Administrator.");
        Ok(())
    }
}
