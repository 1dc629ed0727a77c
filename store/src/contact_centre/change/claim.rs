//! Changes that are due: which server tells the PBX of them, and what became of it.

use crate::database::on;
use crate::{At, Result, Store};
use domain::{Event, OrganisationId, PbxId, Timestamp};
use jiff::SignedDuration;

/// How long a server that claimed the changes of a PBX has to apply them before another may.
pub const LEASE: SignedDuration = SignedDuration::from_mins(2);
/// The longest pause between two attempts.
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_mins(10);
/// How long it stays known that something was applied.
const KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);

/// The changes of a PBX that this server has claimed: all that waited then. Nobody else applies any of
/// this PBX's until they are told to have been applied, to have failed, or the lease is over.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Claimed {
    pub organisation: OrganisationId,
    pub pbx: PbxId,
    /// The newest of them.
    pub until: i64,
    /// How often the oldest was tried, this time included.
    pub attempts: i32,
    /// Whether everything is wanted anew, whatever is there.
    pub anew: bool,
}

impl Store {
    /// A PBX with changes that are due; asked before a claim, so that an idle server never writes.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn pbx_with_due_changes(
        &self,
        organisation: OrganisationId,
        now: Timestamp,
    ) -> Result<Option<PbxId>> {
        let mut reading = self.read(organisation).await?;
        let due: Option<(PbxId,)> = on!(reading, connection => sqlx::query_as(
            "SELECT pbx FROM pbx_change WHERE organisation = $1 AND state <> 2
             GROUP BY pbx
             HAVING min(due_at) <= $2 AND (max(leased_until) IS NULL OR max(leased_until) <= $2)
             ORDER BY min(sequence) LIMIT 1",
        )
        .bind(organisation)
        .bind(At(now))
        .fetch_optional(connection)
        .await)?;
        Ok(due.map(|(pbx,)| pbx))
    }

    /// Claims the changes of a PBX; `None` when another server was first.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn claim_pbx(
        &self,
        organisation: OrganisationId,
        pbx: PbxId,
        now: Timestamp,
    ) -> Result<Option<Claimed>> {
        let mut transaction = self.write(organisation, None).await?;
        let due: Option<(i64, i32, i64)> = on!(transaction, connection => sqlx::query_as(
            "SELECT max(c.sequence), max(c.attempts), count(a.sequence) FROM pbx_change c
             LEFT JOIN audit a ON a.organisation = c.organisation AND a.sequence = c.sequence
                 AND a.event = $4
             WHERE c.organisation = $1 AND c.pbx = $2 AND c.state <> 2
             GROUP BY c.pbx
             HAVING min(c.due_at) <= $3
                 AND (max(c.leased_until) IS NULL OR max(c.leased_until) <= $3)",
        )
        .bind(organisation)
        .bind(pbx)
        .bind(At(now))
        .bind(Event::PbxRewritten.code())
        .fetch_optional(connection)
        .await)?;
        let Some((until, attempts, rewritten)) = due else {
            return Ok(None);
        };
        on!(transaction, connection => sqlx::query(
            "UPDATE pbx_change SET leased_until = $4, attempts = attempts + 1
             WHERE organisation = $1 AND pbx = $2 AND sequence <= $3 AND state <> 2",
        )
        .bind(organisation)
        .bind(pbx)
        .bind(until)
        .bind(At(now + LEASE))
        .execute(connection)
        .await
        .map(|_| ()))?;
        transaction.commit_quietly().await?;
        Ok(Some(Claimed {
            organisation,
            pbx,
            until,
            attempts: attempts + 1,
            anew: rewritten > 0,
        }))
    }

    /// Notes that the PBX has everything up to the claimed changes, and forgets what it has had for long.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn pbx_applied(&self, claimed: &Claimed, now: Timestamp) -> Result<()> {
        let mut transaction = self.write(claimed.organisation, None).await?;
        on!(transaction, connection => sqlx::query(
            "UPDATE pbx_change SET state = 2, applied_at = $4, leased_until = NULL, failure = NULL
             WHERE organisation = $1 AND pbx = $2 AND sequence <= $3 AND state <> 2",
        )
        .bind(claimed.organisation)
        .bind(claimed.pbx)
        .bind(claimed.until)
        .bind(At(now))
        .execute(connection)
        .await
        .map(|_| ()))?;
        on!(transaction, connection => sqlx::query(
            "DELETE FROM pbx_change
             WHERE organisation = $1 AND pbx = $2 AND state = 2 AND applied_at < $3",
        )
        .bind(claimed.organisation)
        .bind(claimed.pbx)
        .bind(At(now - KEPT))
        .execute(connection)
        .await
        .map(|_| ()))?;
        transaction.commit().await
    }

    /// Notes why they could not be applied, and when to try again: after 5 s, 20 s, 80 s … 10 min. A
    /// newer change is tried at once, and these with it.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn pbx_failed(&self, claimed: &Claimed, why: &str, now: Timestamp) -> Result<()> {
        let exponent = claimed.attempts.clamp(1, 6).unsigned_abs() - 1;
        let pause = SignedDuration::from_secs(5 * 4_i64.pow(exponent));
        let mut transaction = self.write(claimed.organisation, None).await?;
        on!(transaction, connection => sqlx::query(
            "UPDATE pbx_change SET state = 3, failure = $4, due_at = $5, leased_until = NULL
             WHERE organisation = $1 AND pbx = $2 AND sequence <= $3 AND state <> 2",
        )
        .bind(claimed.organisation)
        .bind(claimed.pbx)
        .bind(claimed.until)
        .bind(why)
        .bind(At(now + pause.min(LONGEST_PAUSE)))
        .execute(connection)
        .await
        .map(|_| ()))?;
        transaction.commit().await
    }

    /// Gives up the claims of a server before this one, which is dead where there is only one.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn release_pbxs(&self) -> Result<()> {
        if !self.is_alone() {
            return Ok(());
        }
        for (organisation, _) in self.organisations().await? {
            let mut transaction = self.write(organisation, None).await?;
            on!(transaction, connection => sqlx::query(
                "UPDATE pbx_change SET leased_until = NULL
                 WHERE organisation = $1 AND leased_until IS NOT NULL",
            )
            .bind(organisation)
            .execute(connection)
            .await
            .map(|_| ()))?;
            transaction.commit_quietly().await?;
        }
        Ok(())
    }
}
