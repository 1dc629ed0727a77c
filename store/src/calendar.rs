//! Linked calendars: those of somebody, when they say busy, and what changes them (O-06).

mod claim;
mod copy;
mod feed;
mod sync;

pub use claim::{Claimed, ClaimedCalendar};
pub use copy::Copied;
pub use sync::Synced;

use crate::database::on;
use crate::transaction::exactly_one;
use crate::{At, Error, Reading, Result, Transaction, Write};
use domain::availability::Span;
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

#[derive(FromRow)]
struct BusyRow {
    from_at: At,
    until_at: At,
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
             WHERE l.organisation = $1 AND l.employee = $2 ORDER BY l.id, c.name, c.id",
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

    /// When somebody's calendars say busy within a time, in order; they may overlap. What calendars
    /// said last counts, also while they fail.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn busy_of(&mut self, employee: EmployeeId, range: Span) -> Result<Vec<Span>> {
        let organisation = self.organisation;
        let rows: Vec<BusyRow> = on!(self, connection => sqlx::query_as(
            "SELECT b.from_at, b.until_at FROM busy b
             JOIN calendar c ON c.organisation = b.organisation AND c.id = b.calendar AND c.blocks
             WHERE b.organisation = $1 AND b.employee = $2 AND b.from_at < $3 AND b.until_at > $4
             ORDER BY b.from_at, b.until_at",
        )
        .bind(organisation)
        .bind(employee)
        .bind(At(range.until))
        .bind(At(range.from))
        .fetch_all(connection)
        .await)?;
        Ok(rows.into_iter().map(|row| row.span()).collect())
    }
}

impl BusyRow {
    fn span(&self) -> Span {
        Span {
            from: self.from_at.0,
            until: self.until_at.0,
        }
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

    async fn write(&mut self, change: &Allowed<CalendarUnlinked>) -> Result<()> {
        let gone = on!(self, connection => sqlx::query(
            "DELETE FROM calendar_link WHERE organisation = $1 AND id = $2",
        )
        .bind(change.organisation())
        .bind(change.id)
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))?;
        match gone {
            1 => Ok(()),
            _ => Err(Refusal::NotFound.into()),
        }
    }
}
