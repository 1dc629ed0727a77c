//! How often something was tried and failed lately.

use crate::database::on;
use crate::{At, Reading, Result, Transaction};
use domain::throttle::{Counted, Failures, network};
use domain::{EmployeeId, Timestamp};
use jiff::SignedDuration;
use sha2::{Digest, Sha256};
use sqlx::FromRow;

/// How long an address is known from which somebody signed in.
pub const KNOWN: SignedDuration = SignedDuration::from_hours(90 * 24);

/// What is counted, of whom: only a hash of it is kept.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Key {
    pub counted: Counted,
    hash: Vec<u8>,
}

impl Key {
    /// The count of `counted` for these words, such as an email and an address.
    pub fn new(counted: Counted, of: &[&str]) -> Self {
        let mut hash = Sha256::new();
        hash.update(format!("{counted:?}"));
        for word in of {
            hash.update([0]);
            hash.update(word.as_bytes());
        }
        Self {
            counted,
            hash: hash.finalize().to_vec(),
        }
    }
}

#[derive(FromRow)]
struct Row {
    failures: i32,
    last_at: At,
    blocked_until: Option<At>,
}

impl Reading {
    /// How often it failed lately.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn failures(&mut self, key: &Key) -> Result<Failures> {
        let organisation = self.organisation;
        let row: Option<Row> = on!(self, connection => sqlx::query_as(
            "SELECT failures, last_at, blocked_until FROM attempt
             WHERE organisation = $1 AND key = $2",
        )
        .bind(organisation)
        .bind(&key.hash)
        .fetch_optional(connection)
        .await)?;
        Ok(row.map_or_else(Failures::default, |row| Failures {
            count: row.failures,
            last_at: Some(row.last_at.0),
            blocked_until: row.blocked_until.map(|at| at.0),
        }))
    }

    /// Whether somebody has signed in from this address within [`KNOWN`], so that what strangers
    /// try from elsewhere does not slow them down.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn came_from(&mut self, email: &str, address: &str, now: Timestamp) -> Result<bool> {
        let organisation = self.organisation;
        let (count,): (i64,) = on!(self, connection => sqlx::query_as(
            "SELECT count(*) FROM known_address k
             JOIN employee e ON e.organisation = k.organisation AND e.id = k.employee
             WHERE k.organisation = $1 AND e.email_folded = $2 AND k.address = $3
                 AND k.seen_at > $4",
        )
        .bind(organisation)
        .bind(domain::fold::fold(email))
        .bind(network(address))
        .bind(At(now - KNOWN))
        .fetch_one(connection)
        .await)?;
        Ok(count > 0)
    }
}

impl Transaction {
    /// Remembers from where somebody signed in.
    pub(crate) async fn know_address(
        &mut self,
        id: EmployeeId,
        address: &str,
        now: Timestamp,
    ) -> Result<()> {
        let organisation = self.organisation;
        on!(self, connection => sqlx::query(
            "INSERT INTO known_address (organisation, employee, address, seen_at)
             VALUES ($1, $2, $3, $4)
             ON CONFLICT (organisation, employee, address) DO UPDATE SET seen_at = excluded.seen_at",
        )
        .bind(organisation)
        .bind(id)
        .bind(network(address))
        .bind(At(now))
        .execute(connection)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Counts one more failure; answers with the count after it.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn failed_attempt(&mut self, key: &Key, now: Timestamp) -> Result<Failures> {
        let organisation = self.organisation;
        let after = self.failures(key).await?.and_one_more(key.counted, now);
        on!(self, connection => sqlx::query(
            "INSERT INTO attempt (organisation, key, failures, last_at, blocked_until)
             VALUES ($1, $2, $3, $4, $5)
             ON CONFLICT (organisation, key) DO UPDATE SET failures = excluded.failures,
                 last_at = excluded.last_at, blocked_until = excluded.blocked_until",
        )
        .bind(organisation)
        .bind(&key.hash)
        .bind(after.count)
        .bind(At(now))
        .bind(after.blocked_until.map(At))
        .execute(connection)
        .await
        .map(|_| ()))?;
        Ok(after)
    }

    /// Takes one failure back that was counted before it was known to be none. What others failed
    /// at stays counted, and the pause that follows from it.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn take_back(&mut self, key: &Key) -> Result<()> {
        let organisation = self.organisation;
        on!(self, connection => sqlx::query(
            "UPDATE attempt SET failures = failures - 1,
                 blocked_until = CASE WHEN failures <= $3 THEN NULL ELSE blocked_until END
             WHERE organisation = $1 AND key = $2 AND failures > 0",
        )
        .bind(organisation)
        .bind(&key.hash)
        .bind(key.counted.free())
        .execute(connection)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Commits what nobody watches: counts, and what waits for a second half.
    ///
    /// # Errors
    /// When the database can't; then nothing was written.
    pub async fn commit_attempts(self) -> Result<()> {
        self.commit_quietly().await
    }

    /// Forgets failures, after a success.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn forget_attempts(&mut self, key: &Key) -> Result<()> {
        let organisation = self.organisation;
        on!(self, connection => sqlx::query(
            "DELETE FROM attempt WHERE organisation = $1 AND key = $2",
        )
        .bind(organisation)
        .bind(&key.hash)
        .execute(connection)
        .await
        .map(|_| ()))?;
        Ok(())
    }
}
