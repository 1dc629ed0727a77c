//! Linked calendars: those of somebody, when they say busy, and what changes them (O-06).

mod claim;
mod copy;
mod feed;
mod sync;

pub use claim::{Claimed, ClaimedCalendar, LEASE};
pub use copy::Copied;
pub use sync::Synced;

use crate::database::on;
use crate::transaction::exactly_one;
use crate::{At, Error, Reading, Result, Transaction, Write};
use domain::calendar::{
    Access, Calendar, CalendarLinked, CalendarRenewed, CalendarSwitched, CalendarUnlinked, Kind,
    Link,
};
use domain::{Allowed, CalendarId, CalendarLinkId, EmployeeId, Refusal, Timestamp};
use sqlx::FromRow;

/// A link with one of its calendars.
#[derive(FromRow)]
struct Row {
    id: CalendarLinkId,
    employee: EmployeeId,
    kind: i32,
    name: String,
    failing_since: Option<At>,
    failure: Option<String>,
    synced_at: Option<At>,
    calendar: CalendarId,
    calendar_name: String,
    writable: bool,
    copies: bool,
    blocks: bool,
}

impl Reading {
    /// The calendars that somebody linked, in the order in which they did.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn calendar_links(&mut self, employee: EmployeeId) -> Result<Vec<Link>> {
        let organisation = self.organisation;
        let rows: Vec<Row> = on!(self, connection => sqlx::query_as(
            "SELECT l.id, l.employee, l.kind, l.name, l.failing_since, l.failure, l.synced_at,
                 c.id AS calendar, c.name AS calendar_name, c.writable, c.copies, c.blocks
             FROM calendar_link l
             JOIN calendar c ON c.organisation = l.organisation AND c.link = l.id
             WHERE l.organisation = $1 AND l.employee = $2 AND l.ended_at IS NULL ORDER BY l.id, c.name, c.id",
        )
        .bind(organisation)
        .bind(employee)
        .fetch_all(connection)
        .await)?;
        links(rows)
    }

    /// Where a linked account is and how to get in.
    ///
    /// # Errors
    /// When the database can't, or it was sealed with another key.
    pub async fn calendar_access(&mut self, id: CalendarLinkId) -> Result<Option<Access>> {
        let organisation = self.organisation;
        let sealed: Option<(Vec<u8>,)> = on!(self, connection => sqlx::query_as(
            "SELECT access FROM calendar_link WHERE organisation = $1 AND id = $2",
        )
        .bind(organisation)
        .bind(id)
        .fetch_optional(connection)
        .await)?;
        sealed
            .map(|(sealed,)| unsealed(self.store.key(), &sealed))
            .transpose()
    }
}

fn links(rows: Vec<Row>) -> Result<Vec<Link>> {
    let mut links: Vec<Link> = Vec::new();
    for row in rows {
        let calendar = Calendar {
            id: row.calendar,
            name: row.calendar_name,
            writable: row.writable,
            copies: row.copies,
            blocks: row.blocks,
        };
        match links.last_mut() {
            Some(link) if link.id == row.id => link.calendars.push(calendar),
            _ => links.push(Link {
                id: row.id,
                employee: row.employee,
                kind: kind(row.kind)?,
                name: row.name,
                failing_since: row.failing_since.map(|at| at.0),
                failure: row.failure,
                synced_at: row.synced_at.map(|at| at.0),
                calendars: vec![calendar],
            }),
        }
    }
    Ok(links)
}

fn kind(number: i32) -> Result<Kind> {
    Kind::from_number(number).ok_or_else(|| Error::Unreadable("the kind of a calendar".into()))
}

fn sealed(key: &crate::secret::Key, access: &Access) -> Result<Vec<u8>> {
    let plain = serde_json::to_vec(access).map_err(|e| Error::Unreadable(e.to_string()))?;
    key.seal(&plain)
}

fn unsealed(key: &crate::secret::Key, sealed: &[u8]) -> Result<Access> {
    let plain = key.open(sealed)?;
    serde_json::from_slice(&plain).map_err(|_| Error::Unreadable("a linked calendar".into()))
}

impl Transaction {
    /// Forgets a link with everything that is known through it.
    pub(crate) async fn forget_link(&mut self, id: CalendarLinkId) -> Result<()> {
        let organisation = self.organisation;
        on!(self, connection => sqlx::query(
            "DELETE FROM calendar_link WHERE organisation = $1 AND id = $2",
        )
        .bind(organisation)
        .bind(id)
        .execute(connection)
        .await
        .map(|_| ()))?;
        Ok(())
    }

    /// Has a link synchronized as soon as a server gets to it, also one that fails.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn sync_soon(&mut self, id: CalendarLinkId, now: Timestamp) -> Result<()> {
        let organisation = self.organisation;
        on!(self, connection => sqlx::query(
            "UPDATE calendar_link SET due_at = $3 WHERE organisation = $1 AND id = $2",
        )
        .bind(organisation)
        .bind(id)
        .bind(At(now))
        .execute(connection)
        .await
        .map(|_| ()))?;
        Ok(())
    }
}

impl Write<CalendarLinked> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<CalendarLinked>) -> Result<()> {
        let organisation = change.organisation();
        let access = sealed(self.store.key(), &change.access)?;
        on!(self, connection => sqlx::query(
            "INSERT INTO calendar_link (organisation, id, employee, kind, name, access, failures,
                 due_at, created_at)
             VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $7)",
        )
        .bind(organisation)
        .bind(change.id)
        .bind(change.employee)
        .bind(change.kind.number())
        .bind(&change.name)
        .bind(access)
        .bind(At(change.at()))
        .execute(connection)
        .await
        .map(|_| ()))?;
        for found in &change.calendars {
            on!(self, connection => sqlx::query(
                "INSERT INTO calendar (organisation, id, link, employee, name, address, writable,
                     copies, blocks)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            )
            .bind(organisation)
            .bind(found.id)
            .bind(change.id)
            .bind(change.employee)
            .bind(&found.name)
            .bind(&found.address)
            .bind(found.writable)
            .bind(false)
            .bind(true)
            .execute(connection)
            .await
            .map(|_| ()))?;
        }
        Ok(())
    }
}

impl Write<CalendarRenewed> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<CalendarRenewed>) -> Result<()> {
        let access = sealed(self.store.key(), &change.access)?;
        let changed = on!(self, connection => sqlx::query(
            "UPDATE calendar_link SET access = $3, due_at = $4, failures = 0
             WHERE organisation = $1 AND id = $2",
        )
        .bind(change.organisation())
        .bind(change.id)
        .bind(access)
        .bind(At(change.at()))
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))?;
        exactly_one(changed)
    }
}

impl Write<CalendarSwitched> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<CalendarSwitched>) -> Result<()> {
        let changed = on!(self, connection => sqlx::query(
            "UPDATE calendar SET copies = $3, blocks = $4
             WHERE organisation = $1 AND id = $2 AND copies = $5 AND blocks = $6",
        )
        .bind(change.organisation())
        .bind(change.before.id)
        .bind(change.copies)
        .bind(change.blocks)
        .bind(change.before.copies)
        .bind(change.before.blocks)
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))?;
        exactly_one(changed)
    }
}

impl Write<CalendarUnlinked> for Transaction {
    type Output = ();

    /// Where copies stand at the server, the link is kept out of sight until they are taken away.
    async fn write(&mut self, change: &Allowed<CalendarUnlinked>) -> Result<()> {
        let ended = on!(self, connection => sqlx::query(
            "UPDATE calendar_link SET ended_at = $3, due_at = $3, failures = 0
             WHERE organisation = $1 AND id = $2 AND ended_at IS NULL",
        )
        .bind(change.organisation())
        .bind(change.id)
        .bind(At(change.at()))
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))?;
        if ended != 1 {
            return Err(Refusal::NotFound.into());
        }
        if self.copies_in(change.id, change.at()).await?.is_empty() {
            return self.forget_link(change.id).await;
        }
        for sql in [
            "UPDATE calendar SET copies = false, blocks = false
             WHERE organisation = $1 AND link = $2",
            "DELETE FROM busy WHERE organisation = $1 AND calendar IN (
                 SELECT id FROM calendar WHERE organisation = $1 AND link = $2)",
        ] {
            on!(self, connection => sqlx::query(sql)
                .bind(change.organisation())
                .bind(change.id)
                .execute(connection)
                .await
                .map(|_| ()))?;
        }
        Ok(())
    }
}
