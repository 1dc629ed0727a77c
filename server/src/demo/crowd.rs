//! The crowd of a large demo.

use super::chance::Chance;
use super::founding::Founded;
use domain::Timestamp;
use domain::credential::PasswordHash;
use store::{Result, Store};

pub(super) async fn arrive(
    _store: &Store,
    _founded: &Founded,
    _chance: &mut Chance,
    _crowd: usize,
    _password: &PasswordHash,
    _now: Timestamp,
) -> Result<()> {
    Ok(())
}
