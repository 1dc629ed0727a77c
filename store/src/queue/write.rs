//! What is written of queues.

use crate::database::on;
use crate::transaction::exactly_one;
use crate::{At, Result, Transaction, Write};
use domain::Allowed;
use domain::contact_centre::offer::PostProcessing;
use domain::contact_centre::queue::{QueueCreated, QueueDeleted, QueueRevised};
use domain::fold::fold;

/// Seconds; `None` is Manual.
fn stored(post_processing: PostProcessing) -> Option<i32> {
    match post_processing {
        PostProcessing::Manual => None,
        PostProcessing::Seconds(seconds) => Some(seconds.into()),
    }
}

impl Write<QueueCreated> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<QueueCreated>) -> Result<()> {
        let profile = &change.profile;
        self.refuse_taken_name("queue", &profile.name, None).await?;
        on!(self, connection => sqlx::query(
            "INSERT INTO queue (organisation, id, version, pbx, name, name_folded, direction,
                 post_processing, suits_engage, strategy, ring_seconds, created_at)
             VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        )
        .bind(change.organisation())
        .bind(change.id)
        .bind(change.pbx)
        .bind(&profile.name)
        .bind(fold(&profile.name))
        .bind(profile.direction.number())
        .bind(stored(profile.post_processing))
        .bind(profile.suits_engage())
        .bind(profile.strategy.number())
        .bind(profile.ring_seconds)
        .bind(At(change.at()))
        .execute(connection)
        .await
        .map(|_| ()))?;
        Ok(())
    }
}

impl Write<QueueRevised> for Transaction {
    type Output = ();

    /// Whether it suits Engage users cascades to its members, where the schema guards it once more.
    async fn write(&mut self, change: &Allowed<QueueRevised>) -> Result<()> {
        let (before, profile) = (&change.before, &change.profile);
        self.refuse_taken_name("queue", &profile.name, Some(before.id.0))
            .await?;
        let changed = on!(self, connection => sqlx::query(
            "UPDATE queue SET version = version + 1, name = $4, name_folded = $5, direction = $6,
                 post_processing = $7, suits_engage = $8, strategy = $9, ring_seconds = $10
             WHERE organisation = $1 AND id = $2 AND version = $3",
        )
        .bind(change.organisation())
        .bind(before.id)
        .bind(before.version)
        .bind(&profile.name)
        .bind(fold(&profile.name))
        .bind(profile.direction.number())
        .bind(stored(profile.post_processing))
        .bind(profile.suits_engage())
        .bind(profile.strategy.number())
        .bind(profile.ring_seconds)
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))?;
        exactly_one(changed)
    }
}

impl Write<QueueDeleted> for Transaction {
    type Output = ();

    /// With it go its members and who monitored it.
    async fn write(&mut self, change: &Allowed<QueueDeleted>) -> Result<()> {
        let gone = on!(self, connection => sqlx::query(
            "DELETE FROM queue WHERE organisation = $1 AND id = $2 AND version = $3",
        )
        .bind(change.organisation())
        .bind(change.id)
        .bind(change.from)
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))?;
        exactly_one(gone)
    }
}
