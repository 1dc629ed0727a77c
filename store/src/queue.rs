//! Queues: what they are, how many are in them, and which scripts lead to them (C-09).

mod membership;
mod people;
mod write;

pub(crate) use people::Of;

use crate::bundle::{Bundled, rows};
use crate::database::on;
use crate::search::{found, pattern};
use crate::{Error, Reading, Result};
use domain::contact_centre::offer::PostProcessing;
use domain::contact_centre::queue::{Direction, Profile, Queue, Strategy};
use domain::{Field, OrganisationId, PbxId, QueueId, Refusal, Version, Why};
use serde::Deserialize;
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

/// A queue with what a list says of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Listed {
    pub queue: Queue,
    pub pbx_name: String,
    /// How many are assigned, whatever their status.
    pub assigned: i64,
    /// How many of them are enabled.
    pub enabled: i64,
    /// How many of them hold the pair of Engage licenses.
    pub engage: i64,
}

#[derive(FromRow, Deserialize)]
pub(super) struct Row {
    organisation: OrganisationId,
    id: QueueId,
    version: Version,
    pbx: PbxId,
    name: String,
    direction: i32,
    post_processing: Option<i32>,
    strategy: i32,
    ring_seconds: i32,
}

macro_rules! values {
    () => {
        "hex(r.organisation), hex(r.id), r.version, hex(r.pbx), r.name, r.direction,
        r.post_processing, r.strategy, r.ring_seconds"
    };
}

impl Bundled for Row {
    const VALUES: &str = values!();
}

/// A queue of a page, with how many there are on all.
#[derive(FromRow, Deserialize)]
struct CountedRow {
    #[sqlx(flatten)]
    queue: Row,
    counted: i64,
}

impl Bundled for CountedRow {
    const VALUES: &str = concat!("json_array(", values!(), "), r.counted");
}

#[derive(FromRow)]
struct ListedRow {
    #[sqlx(flatten)]
    queue: Row,
    pbx_name: String,
    assigned: i64,
    enabled: i64,
    engage: i64,
}

impl Row {
    pub(super) fn known(self) -> Result<Queue> {
        let unreadable = || Error::Unreadable(format!("queue {}", self.id));
        let post_processing = match self.post_processing {
            None => PostProcessing::Manual,
            Some(seconds) => PostProcessing::Seconds(seconds.try_into().map_err(|_| unreadable())?),
        };
        Ok(Queue {
            organisation: self.organisation,
            id: self.id,
            version: self.version,
            pbx: self.pbx,
            profile: Profile {
                direction: Direction::from_number(self.direction).ok_or_else(unreadable)?,
                strategy: Strategy::from_number(self.strategy).ok_or_else(unreadable)?,
                name: self.name,
                post_processing,
                ring_seconds: self.ring_seconds,
            },
        })
    }
}

/// The columns of a queue `q`.
pub(super) const COLUMNS: &str =
    "q.organisation, q.id, q.version, q.pbx, q.name, q.direction, q.post_processing, q.strategy,
     q.ring_seconds";

impl Reading {
    /// Every queue by name, with how many are in it. One statement.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn queues(&mut self) -> Result<Vec<Listed>> {
        self.queues_of(None).await
    }

    /// One queue, with how many are in it.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn queue(&mut self, id: QueueId) -> Result<Option<Listed>> {
        Ok(self.queues_of(Some(id)).await?.pop())
    }

    async fn queues_of(&mut self, id: Option<QueueId>) -> Result<Vec<Listed>> {
        let organisation = self.organisation;
        // Two texts, so that the index finds the one.
        let (of_member, of_queue) = match id {
            Some(_) => ("AND queue = $2", "AND q.id = $2"),
            None => ("", "AND $2 IS NULL"),
        };
        let sql = format!(
            "SELECT {COLUMNS}, p.name AS pbx_name, COALESCE(m.assigned, 0) AS assigned,
                 COALESCE(m.enabled, 0) AS enabled, COALESCE(m.engage, 0) AS engage
             FROM queue q
             JOIN pbx p ON p.organisation = q.organisation AND p.id = q.pbx
             LEFT JOIN (
                 SELECT queue, count(*) AS assigned,
                     sum(CASE WHEN enabled THEN 1 ELSE 0 END) AS enabled,
                     sum(CASE WHEN engage THEN 1 ELSE 0 END) AS engage
                 FROM queue_member
                 WHERE organisation = $1 {of_member}
                 GROUP BY queue) m ON m.queue = q.id
             WHERE q.organisation = $1 {of_queue}
             ORDER BY q.name_folded, q.id"
        );
        let rows: Vec<ListedRow> = on!(self, connection => sqlx::query_as(AssertSqlSafe(sql))
        .bind(organisation)
        .bind(id)
        .fetch_all(connection)
        .await)?;
        let known = |row: ListedRow| {
            Ok(Listed {
                queue: row.queue.known()?,
                pbx_name: row.pbx_name,
                assigned: row.assigned,
                enabled: row.enabled,
                engage: row.engage,
            })
        };
        rows.into_iter().map(known).collect()
    }

    /// The queues whose name has `search` in it, by name: `most` of them after the first `skip`, and
    /// how many there are in all, 0 beyond the last.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn queues_named(
        &mut self,
        search: &str,
        skip: i64,
        most: i64,
    ) -> Result<(Vec<Queue>, i64)> {
        let organisation = self.organisation;
        let (found, counted) = (found!("q.name_folded", 2), found!("c.name_folded", 2));
        let sql = format!(
            "SELECT {COLUMNS}, (SELECT count(*) FROM queue c WHERE c.organisation = $1
                 AND {counted}) AS counted
             FROM queue q WHERE q.organisation = $1 AND {found}
             ORDER BY q.name_folded, q.id LIMIT $3 OFFSET $4"
        );
        let rows: Vec<CountedRow> = rows!(self, CountedRow, sql, |query| query
            .bind(organisation)
            .bind(pattern(search))
            .bind(most)
            .bind(skip))?;
        let count = rows.first().map_or(0, |row| row.counted);
        let queues = rows.into_iter().map(|row| row.queue.known());
        Ok((queues.collect::<Result<_>>()?, count))
    }

    /// The names of the scripts that lead to a queue (C-19).
    ///
    /// # Errors
    /// When the database can't.
    pub async fn scripts_to_queue(&mut self, id: QueueId) -> Result<Vec<String>> {
        self.scripts_to("t.queue", id.0).await
    }

    /// The names of the scripts whose target has this id in `column`.
    pub(crate) async fn scripts_to(
        &mut self,
        column: &'static str,
        id: Uuid,
    ) -> Result<Vec<String>> {
        let organisation = self.organisation;
        let sql = format!(
            "SELECT DISTINCT s.name FROM script_target t
             JOIN script s ON s.organisation = t.organisation AND s.id = t.script
             WHERE t.organisation = $1 AND {column} = $2 ORDER BY s.name"
        );
        let names: Vec<(String,)> = on!(self, connection => sqlx::query_as(AssertSqlSafe(sql))
        .bind(organisation)
        .bind(id)
        .fetch_all(connection)
        .await)?;
        Ok(names.into_iter().map(|(name,)| name).collect())
    }

    /// The names of the PBXs, in the order of [`Reading::pbxs`], to choose one from.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn pbx_names(&mut self) -> Result<Vec<(PbxId, String)>> {
        let pbxs = self.pbxs().await?.into_iter();
        Ok(pbxs.map(|pbx| (pbx.id, pbx.name)).collect())
    }

    /// Refuses a name that another row of `table` has.
    pub(crate) async fn refuse_taken_name(
        &mut self,
        table: &'static str,
        name: &str,
        except: Option<Uuid>,
    ) -> Result<()> {
        let organisation = self.organisation;
        let sql = format!("SELECT id FROM {table} WHERE organisation = $1 AND name_folded = $2");
        let holder: Option<(Uuid,)> = on!(self, connection => sqlx::query_as(AssertSqlSafe(sql))
        .bind(organisation)
        .bind(domain::fold::fold(name))
        .fetch_optional(connection)
        .await)?;
        match holder {
            Some((id,)) if Some(id) != except => {
                Err(Refusal::field(Field::Name, Why::Taken).into())
            }
            _ => Ok(()),
        }
    }
}
