//! Links that are due: which server claims one, with everything it needs to synchronize it.

use super::{kind, unsealed};
use crate::database::on;
use crate::{At, Reading, Result, Store};
use domain::calendar::{Access, Kind};
use domain::{CalendarId, CalendarLinkId, EmployeeId, OrganisationId, Timestamp};
use jiff::SignedDuration;
use sqlx::FromRow;

/// How long a server that claimed a link has to synchronize it before another may.
pub const LEASE: SignedDuration = SignedDuration::from_mins(5);

/// A link that this server has claimed.
#[derive(Debug)]
pub struct Claimed {
    pub organisation: OrganisationId,
    pub id: CalendarLinkId,
    pub employee: EmployeeId,
    pub kind: Kind,
    pub name: String,
    /// `None` when it can't be read, such as after a change of keys.
    pub access: Option<Access>,
    /// IANA: where whole days and times without a zone are.
    pub zone: String,
    /// Where a meeting by video takes place.
    pub video_link: String,
    /// Whether it was unlinked, and only its copies are still to be taken away.
    pub ended: bool,
    /// How often it failed in a row.
    pub failures: i32,
    pub calendars: Vec<ClaimedCalendar>,
}

/// A calendar of a claimed link.
#[derive(Clone, PartialEq, Eq, Debug, FromRow)]
pub struct ClaimedCalendar {
    pub id: CalendarId,
    pub address: String,
    pub copies: bool,
    pub blocks: bool,
    pub sync_token: Option<String>,
    read_whole_at: Option<At>,
}

impl ClaimedCalendar {
    /// When all of it was read, and not only what changed.
    pub fn read_whole_at(&self) -> Option<Timestamp> {
        self.read_whole_at.map(|at| at.0)
    }
}

#[derive(FromRow)]
struct Row {
    id: CalendarLinkId,
    employee: EmployeeId,
    kind: i32,
    name: String,
    access: Vec<u8>,
    failures: i32,
    ended_at: Option<At>,
}

#[derive(FromRow)]
struct Whereabouts {
    zone: String,
    video_link: String,
}

impl Store {
    /// Whether a link is due, asked before a claim so that an idle server never writes.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn has_due_calendars(
        &self,
        organisation: OrganisationId,
        now: Timestamp,
    ) -> Result<bool> {
        let mut reading = self.read(organisation).await?;
        let due: Option<(CalendarLinkId,)> = on!(reading, connection => sqlx::query_as(
            "SELECT l.id FROM calendar_link l
             JOIN employee e ON e.organisation = l.organisation AND e.id = l.employee
             WHERE l.organisation = $1 AND l.due_at <= $2 AND e.status = 2
                 AND (l.leased_until IS NULL OR l.leased_until <= $2) LIMIT 1",
        )
        .bind(organisation)
        .bind(At(now))
        .fetch_optional(connection)
        .await)?;
        Ok(due.is_some())
    }

    /// Claims links that are due, at most `most`, so that no other server synchronizes them. Those of
    /// people who are not Active wait.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn claim_calendars(
        &self,
        organisation: OrganisationId,
        most: i64,
        now: Timestamp,
    ) -> Result<Vec<Claimed>> {
        let mut transaction = self.write(organisation, None).await?;
        let rows: Vec<Row> = on!(transaction, connection => sqlx::query_as(
            "UPDATE calendar_link SET leased_until = $3
             WHERE organisation = $1 AND id IN (
                 SELECT l.id FROM calendar_link l
                 JOIN employee e ON e.organisation = l.organisation AND e.id = l.employee
                 WHERE l.organisation = $1 AND l.due_at <= $2 AND e.status = 2
                     AND (l.leased_until IS NULL OR l.leased_until <= $2)
                 ORDER BY l.due_at, l.id LIMIT $4)
             RETURNING id, employee, kind, name, access, failures, ended_at",
        )
        .bind(organisation)
        .bind(At(now))
        .bind(At(now + LEASE))
        .bind(most)
        .fetch_all(connection)
        .await)?;
        let mut claimed = Vec::with_capacity(rows.len());
        for row in rows {
            claimed.push(transaction.claimed(row).await?);
        }
        transaction.commit_quietly().await?;
        Ok(claimed)
    }

    /// Has links synchronized at once.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn calendars_are_due(
        &self,
        organisation: OrganisationId,
        links: &[CalendarLinkId],
        now: Timestamp,
    ) -> Result<()> {
        let mut transaction = self.write(organisation, None).await?;
        for link in links {
            transaction.sync_soon(*link, now).await?;
        }
        transaction.commit_quietly().await
    }

    /// Gives up the claims of a server before this one, which is dead where there is only one.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn release_calendars(&self) -> Result<()> {
        if !self.is_alone() {
            return Ok(());
        }
        for (organisation, _) in self.organisations().await? {
            let mut transaction = self.write(organisation, None).await?;
            on!(transaction, connection => sqlx::query(
                "UPDATE calendar_link SET leased_until = NULL
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

impl Reading {
    async fn claimed(&mut self, row: Row) -> Result<Claimed> {
        let organisation = self.organisation;
        let calendars = on!(self, connection => sqlx::query_as(
            "SELECT id, address, copies, blocks, sync_token, read_whole_at FROM calendar
             WHERE organisation = $1 AND link = $2 ORDER BY id",
        )
        .bind(organisation)
        .bind(row.id)
        .fetch_all(connection)
        .await)?;
        let owner: Whereabouts = on!(self, connection => sqlx::query_as(
            "SELECT coalesce(e.time_zone, o.time_zone) AS zone, e.video_link FROM employee e
             JOIN organisation o ON o.id = e.organisation
             WHERE e.organisation = $1 AND e.id = $2",
        )
        .bind(organisation)
        .bind(row.employee)
        .fetch_one(connection)
        .await)?;
        Ok(Claimed {
            organisation,
            id: row.id,
            employee: row.employee,
            kind: kind(row.kind)?,
            name: row.name,
            access: unsealed(self.store.key(), &row.access).ok(),
            zone: owner.zone,
            video_link: owner.video_link,
            ended: row.ended_at.is_some(),
            failures: row.failures,
            calendars,
        })
    }
}
