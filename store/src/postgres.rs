//! What only PostgreSQL has: the lock that makes one writer per organisation, and its wake-up call.

use crate::Result;
use domain::OrganisationId;
use sqlx::{Executor, PgConnection};

/// The channel on which a commit tells other servers that something changed.
pub(crate) const CHANNEL: &str = "staffroom_change";

/// Waits until no other transaction writes in this organisation; held until the end of ours.
///
/// Without it, two Administrators who demote each other at the same moment both succeed (E-17).
pub(crate) async fn lock(
    connection: &mut PgConnection,
    organisation: OrganisationId,
) -> Result<()> {
    let (high, low) = organisation.0.as_u64_pair();
    let key = i64::from_ne_bytes((high ^ low).to_ne_bytes());
    sqlx::query("SELECT pg_advisory_xact_lock($1)")
        .bind(key)
        .execute(connection)
        .await?;
    Ok(())
}

/// Tells the other servers, once the transaction commits, that there is something to read.
pub(crate) async fn notify(
    connection: &mut PgConnection,
    organisation: OrganisationId,
) -> Result<()> {
    let query = sqlx::query("SELECT pg_notify($1, $2)")
        .bind(CHANNEL)
        .bind(organisation.to_string());
    connection.execute(query).await?;
    Ok(())
}
