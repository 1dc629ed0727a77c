//! What only PostgreSQL has: the lock that makes one writer per organisation, and its wake-up call.

use crate::Result;
use domain::OrganisationId;
use sqlx::postgres::PgListener;
use sqlx::{Executor, PgConnection, PgPool};
use std::time::Duration;
use tokio::sync::broadcast;

/// The channel on which a commit tells other servers that something changed.
const CHANNEL: &str = "staffroom_change";

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

/// Passes on what other servers notify, and listens anew when the connection is lost.
pub(crate) async fn listen(pool: PgPool, changes: broadcast::Sender<OrganisationId>) {
    while !pool.is_closed() {
        if let Ok(mut listener) = PgListener::connect_with(&pool).await
            && listener.listen(CHANNEL).await.is_ok()
        {
            while let Ok(notice) = listener.recv().await {
                if let Ok(organisation) = notice.payload().parse() {
                    let _ = changes.send(organisation);
                }
            }
        }
        tokio::time::sleep(Duration::from_secs(1)).await;
    }
}
