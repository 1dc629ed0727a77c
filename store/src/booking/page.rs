//! What the booking page asks of the store beside cases: who can be chosen, and what they look like (P-05).

use crate::database::on;
use crate::expertise::bookable;
use crate::{At, Reading, Result};
use domain::fold::fold;
use domain::{EmployeeId, OfficeId, PictureId, SubjectId, Timestamp};

impl Reading {
    /// Where and about what somebody can be booked, in the sense of [`Reading::bookable_agents`], by
    /// their id or External ID; nothing for who can't be booked at all.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn bookable_as(
        &mut self,
        word: &str,
    ) -> Result<Vec<(EmployeeId, OfficeId, SubjectId)>> {
        let organisation = self.organisation;
        let id: Option<EmployeeId> = word.parse().ok();
        // The employee first: each half has its index.
        let sql = format!(
            "SELECT e.id, x.office, x.subject {} AND e.id IN (
                 SELECT id FROM employee WHERE organisation = $1 AND id = $2
                 UNION SELECT id FROM employee WHERE organisation = $1 AND external_id = $3)
             ORDER BY x.office, x.subject",
            bookable()
        );
        Ok(
            on!(self, connection => sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .bind(organisation)
            .bind(id)
            .bind(word)
            .fetch_all(connection)
            .await)?,
        )
    }

    /// The picture of somebody who can be booked somewhere; `None` for everybody else.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn bookable_picture(
        &mut self,
        employee: EmployeeId,
        picture: PictureId,
    ) -> Result<Option<Vec<u8>>> {
        let organisation = self.organisation;
        let sql = format!(
            "SELECT p.jpeg FROM picture p WHERE p.organisation = $1 AND p.employee = $2
                 AND p.id = $3 AND EXISTS (SELECT 1 {} AND e.id = $2)",
            bookable()
        );
        let row: Option<(Vec<u8>,)> = on!(self, connection => sqlx::query_as(sqlx::AssertSqlSafe(sql))
            .bind(organisation)
            .bind(employee)
            .bind(picture)
            .fetch_optional(connection)
            .await)?;
        Ok(row.map(|(jpeg,)| jpeg))
    }

    /// How many appointments somebody with this email still has ahead.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn ahead_of(&mut self, email: &str, now: Timestamp) -> Result<i64> {
        let organisation = self.organisation;
        let (count,): (i64,) = on!(self, connection => sqlx::query_as(
            "SELECT count(*) FROM appointment WHERE organisation = $1
                 AND customer_email_folded = $2 AND state < 4 AND begins_at > $3",
        )
        .bind(organisation)
        .bind(fold(email))
        .bind(At(now))
        .fetch_one(connection)
        .await)?;
        Ok(count)
    }
}
