//! Copies of appointments in linked calendars: which stand there, and where some are missing or old.

use crate::appointment::LONGEST;
use crate::database::on;
use crate::{At, Reading, Result, Store, many};
use domain::{AppointmentId, CalendarId, CalendarLinkId, OrganisationId, Timestamp, Version};
use sqlx::{AssertSqlSafe, FromRow};
use std::collections::HashSet;

/// A copy that stands in a calendar.
#[derive(Clone, PartialEq, Eq, Debug, FromRow)]
pub struct Copied {
    pub calendar: CalendarId,
    pub appointment: AppointmentId,
    /// Its path on the server.
    pub href: String,
    pub etag: Option<String>,
    /// The version of the appointment that stands there.
    pub version: Version,
}

impl Reading {
    /// The copies in the calendars of a link. Those of past appointments are not among them: they are
    /// what happened, and stay where they are, until nobody may know any more whose they were (P-08).
    ///
    /// # Errors
    /// When the database can't.
    pub async fn copies_in(&mut self, link: CalendarLinkId, now: Timestamp) -> Result<Vec<Copied>> {
        let organisation = self.organisation;
        Ok(on!(self, connection => sqlx::query_as(
            "SELECT p.calendar, p.appointment, p.href, p.etag, p.version FROM calendar_copy p
             JOIN calendar c ON c.organisation = p.organisation AND c.id = p.calendar
             LEFT JOIN appointment a ON a.organisation = p.organisation AND a.id = p.appointment
             WHERE p.organisation = $1 AND c.link = $2
                 AND (a.id IS NULL OR a.ends_at > $3 OR a.customer_name = '')",
        )
        .bind(organisation)
        .bind(link)
        .bind(At(now))
        .fetch_all(connection)
        .await)?)
    }

    /// The links in whose calendars copies are missing, old, or too many. Those that fail wait for
    /// their next try.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn links_with_old_copies(&mut self, now: Timestamp) -> Result<Vec<CalendarLinkId>> {
        let organisation = self.organisation;
        let links: Vec<(CalendarLinkId,)> = on!(self, connection => sqlx::query_as(
            "SELECT l.id FROM calendar_link l WHERE l.organisation = $1 AND l.failing_since IS NULL
                 AND l.due_at > $2 AND l.leased_until IS NULL AND l.id IN (
                 SELECT c.link FROM calendar c
                 JOIN appointment a ON a.organisation = c.organisation
                     AND a.employee = c.employee AND a.state < 4 AND a.ends_at > $2
                     AND a.busy_from > $3
                 LEFT JOIN calendar_copy p ON p.organisation = c.organisation
                     AND p.calendar = c.id AND p.appointment = a.id
                 WHERE c.organisation = $1 AND c.copies
                     AND (p.version IS NULL OR p.version <> a.version)
                 UNION SELECT c.link FROM calendar_copy p
                 JOIN calendar c ON c.organisation = p.organisation AND c.id = p.calendar
                 LEFT JOIN appointment a ON a.organisation = p.organisation
                     AND a.id = p.appointment
                 WHERE p.organisation = $1 AND (a.id IS NULL OR a.customer_name = '' OR (a.ends_at > $2
                     AND (a.state = 4 OR a.employee IS NULL OR a.employee <> c.employee
                         OR NOT c.copies))))",
        )
        .bind(organisation)
        .bind(At(now))
        .bind(At(now - LONGEST))
        .fetch_all(connection)
        .await)?;
        Ok(links.into_iter().map(|(id,)| id).collect())
    }

    /// Which of these are appointments of the organisation: their events never block anybody.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn appointments_among(
        &mut self,
        ids: &[AppointmentId],
    ) -> Result<HashSet<AppointmentId>> {
        let organisation = self.organisation;
        let mut found = HashSet::new();
        for some in ids.chunks(many::ROWS) {
            let (places, some) = many::list(2, some);
            let sql =
                format!("SELECT id FROM appointment WHERE organisation = $1 AND id IN ({places})");
            let rows: Vec<(AppointmentId,)> = on!(self, connection => {
                let mut query = sqlx::query_as(AssertSqlSafe(sql)).bind(organisation);
                for id in some {
                    query = query.bind(id);
                }
                query.fetch_all(connection).await
            })?;
            found.extend(rows.into_iter().map(|(id,)| id));
        }
        Ok(found)
    }
}

impl Store {
    /// Notes a copy that was put into a calendar.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn copied(&self, organisation: OrganisationId, copied: &Copied) -> Result<()> {
        let mut transaction = self.write(organisation, None).await?;
        // Nothing is kept of a calendar that was unlinked meanwhile.
        on!(transaction, connection => sqlx::query(
            "INSERT INTO calendar_copy (organisation, calendar, appointment, href, etag, version)
             SELECT c.organisation, c.id, $3, $4, $5, $6 FROM calendar c
             WHERE c.organisation = $1 AND c.id = $2
             ON CONFLICT (organisation, calendar, appointment)
             DO UPDATE SET href = excluded.href, etag = excluded.etag, version = excluded.version",
        )
        .bind(organisation)
        .bind(copied.calendar)
        .bind(copied.appointment)
        .bind(&copied.href)
        .bind(&copied.etag)
        .bind(copied.version)
        .execute(connection)
        .await
        .map(|_| ()))?;
        transaction.commit_quietly().await
    }

    /// Notes that a copy was taken out of a calendar.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn uncopied(&self, organisation: OrganisationId, copied: &Copied) -> Result<()> {
        let mut transaction = self.write(organisation, None).await?;
        on!(transaction, connection => sqlx::query(
            "DELETE FROM calendar_copy
             WHERE organisation = $1 AND calendar = $2 AND appointment = $3",
        )
        .bind(organisation)
        .bind(copied.calendar)
        .bind(copied.appointment)
        .execute(connection)
        .await
        .map(|_| ()))?;
        transaction.commit_quietly().await
    }
}
