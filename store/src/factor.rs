//! Second factors: read with their secrets only where one is proved.

mod write;

pub(crate) use write::forget_all;

use crate::database::on;
use crate::{At, Reading, Result, Transaction};
use domain::factor::{Factors, Passkey};
use domain::{EmployeeId, PasskeyId, Timestamp};
use sqlx::FromRow;

/// A passkey as its proof needs it.
#[derive(Clone, PartialEq, Eq, Debug, FromRow)]
pub struct Key {
    pub id: PasskeyId,
    pub employee: EmployeeId,
    /// The public key and its counter, as JSON.
    pub content: String,
}

#[derive(FromRow)]
struct PasskeyRow {
    id: PasskeyId,
    name: String,
    created_at: At,
    used_at: Option<At>,
}

#[derive(FromRow)]
struct Rest {
    password_short: bool,
    authenticator: Option<At>,
    recovery_codes: i64,
}

impl Reading {
    /// The second factors of an employee.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn factors(&mut self, id: EmployeeId) -> Result<Factors> {
        let organisation = self.organisation;
        let passkeys: Vec<PasskeyRow> = on!(self, connection => sqlx::query_as(
            "SELECT id, name, created_at, used_at FROM passkey
             WHERE organisation = $1 AND employee = $2 ORDER BY created_at, id",
        )
        .bind(organisation)
        .bind(id)
        .fetch_all(connection)
        .await)?;
        let rest: Option<Rest> = on!(self, connection => sqlx::query_as(
            "SELECT e.password_short, a.created_at AS authenticator, (
                 SELECT count(*) FROM recovery_code r WHERE r.organisation = e.organisation
                     AND r.employee = e.id AND r.used_at IS NULL) AS recovery_codes
             FROM employee e
             LEFT JOIN authenticator a ON a.organisation = e.organisation AND a.employee = e.id
             WHERE e.organisation = $1 AND e.id = $2",
        )
        .bind(organisation)
        .bind(id)
        .fetch_optional(connection)
        .await)?;
        let passkeys = passkeys.into_iter().map(|row| Passkey {
            id: row.id,
            name: row.name,
            created_at: row.created_at.0,
            used_at: row.used_at.map(|at| at.0),
        });
        Ok(Factors {
            passkeys: passkeys.collect(),
            authenticator: rest
                .as_ref()
                .and_then(|rest| rest.authenticator)
                .map(|at| at.0),
            recovery_codes: rest.as_ref().map_or(0, |rest| rest.recovery_codes),
            password_short: rest.is_some_and(|rest| rest.password_short),
        })
    }

    /// Whether an employee has a second factor, which is asked for after the password.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn has_second_factor(&mut self, id: EmployeeId) -> Result<bool> {
        let organisation = self.organisation;
        let (count,): (i64,) = on!(self, connection => sqlx::query_as(
            "SELECT (SELECT count(*) FROM passkey WHERE organisation = $1 AND employee = $2)
                 + (SELECT count(*) FROM authenticator WHERE organisation = $1 AND employee = $2)",
        )
        .bind(organisation)
        .bind(id)
        .fetch_one(connection)
        .await)?;
        Ok(count > 0)
    }

    /// The passkeys of an employee as their proof needs them.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn passkeys(&mut self, id: EmployeeId) -> Result<Vec<Key>> {
        let organisation = self.organisation;
        Ok(on!(self, connection => sqlx::query_as(
            "SELECT id, employee, content FROM passkey
             WHERE organisation = $1 AND employee = $2 ORDER BY created_at, id",
        )
        .bind(organisation)
        .bind(id)
        .fetch_all(connection)
        .await)?)
    }

    /// The passkey that an authenticator names.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn passkey(&mut self, credential: &[u8]) -> Result<Option<Key>> {
        let organisation = self.organisation;
        Ok(on!(self, connection => sqlx::query_as(
            "SELECT id, employee, content FROM passkey
             WHERE organisation = $1 AND credential = $2",
        )
        .bind(organisation)
        .bind(credential)
        .fetch_optional(connection)
        .await)?)
    }

    /// The secret of an authenticator app, and the last step whose code was accepted.
    ///
    /// # Errors
    /// When the database can't, or it was sealed with another key.
    pub async fn authenticator(&mut self, id: EmployeeId) -> Result<Option<(Vec<u8>, i64)>> {
        let organisation = self.organisation;
        let row: Option<(Vec<u8>, i64)> = on!(self, connection => sqlx::query_as(
            "SELECT secret, step FROM authenticator WHERE organisation = $1 AND employee = $2",
        )
        .bind(organisation)
        .bind(id)
        .fetch_optional(connection)
        .await)?;
        row.map(|(sealed, step)| Ok((self.store.key().open(&sealed)?, step)))
            .transpose()
    }
}

impl Transaction {
    /// Uses a step of an authenticator app up; whether it was not used before, also by a request
    /// at the same moment.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn use_step(&mut self, id: EmployeeId, step: i64) -> Result<bool> {
        let organisation = self.organisation;
        let used = on!(self, connection => sqlx::query(
            "UPDATE authenticator SET step = $3
             WHERE organisation = $1 AND employee = $2 AND step < $3",
        )
        .bind(organisation)
        .bind(id)
        .bind(step)
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))?;
        Ok(used == 1)
    }

    /// Notes that a passkey was used, with what its counter says now.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn used_passkey(
        &mut self,
        id: PasskeyId,
        content: &str,
        at: Timestamp,
    ) -> Result<()> {
        let organisation = self.organisation;
        on!(self, connection => sqlx::query(
            "UPDATE passkey SET content = $3, used_at = $4 WHERE organisation = $1 AND id = $2",
        )
        .bind(organisation)
        .bind(id)
        .bind(content)
        .bind(At(at))
        .execute(connection)
        .await
        .map(|_| ()))?;
        Ok(())
    }
}
