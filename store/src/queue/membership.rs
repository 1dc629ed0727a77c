//! Who is in which queue (C-10).

use super::{COLUMNS, Row};
use crate::bundle::{Bundled, rows};
use crate::database::on;
use crate::many::{self, ROWS};
use crate::{Reading, Result, Transaction, Write};
use domain::contact_centre::membership::{Facts, Member, MembershipsChanged, Moved};
use domain::{Allowed, EmployeeId, QueueId};
use serde::Deserialize;
use sqlx::{AssertSqlSafe, FromRow};

#[derive(FromRow, Deserialize)]
struct MemberRow {
    queue: QueueId,
    employee: EmployeeId,
    enabled: bool,
    priority: i32,
}

impl Bundled for MemberRow {
    const VALUES: &str =
        "hex(r.queue), hex(r.employee), iif(r.enabled, json('true'), json('false')),
        r.priority";
}

impl From<MemberRow> for Member {
    fn from(row: MemberRow) -> Self {
        Self {
            queue: row.queue,
            employee: row.employee,
            enabled: row.enabled,
            priority: row.priority.into(),
        }
    }
}

impl Reading {
    /// Who of these users is assigned to which of these queues.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn members(
        &mut self,
        queues: &[QueueId],
        users: &[EmployeeId],
    ) -> Result<Vec<Member>> {
        if queues.is_empty() || users.is_empty() {
            return Ok(Vec::new());
        }
        let organisation = self.organisation;
        let (of_queues, queues) = many::list(2, queues);
        let (of_users, users) = many::list(2 + queues.len(), users);
        // By users alone, who are in a few queues each: SQLite would look up every pair.
        let sql = format!(
            "SELECT queue, employee, enabled, priority FROM queue_member
             WHERE organisation = $1 AND COALESCE(queue, queue) IN ({of_queues})
                 AND employee IN ({of_users})"
        );
        let rows: Vec<MemberRow> = rows!(self, MemberRow, sql, |query| {
            let query = query.bind(organisation);
            let query = queues.into_iter().fold(query, |query, id| query.bind(id));
            users.into_iter().fold(query, |query, id| query.bind(id))
        })?;
        Ok(rows.into_iter().map(Member::from).collect())
    }

    /// The queues to which a user is assigned, by name.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn memberships_of(&mut self, employee: EmployeeId) -> Result<Vec<Member>> {
        let organisation = self.organisation;
        let rows: Vec<MemberRow> = on!(self, connection => sqlx::query_as(
            "SELECT m.queue, m.employee, m.enabled, m.priority FROM queue_member m
             JOIN queue q ON q.organisation = m.organisation AND q.id = m.queue
             WHERE m.organisation = $1 AND m.employee = $2 ORDER BY q.name_folded, q.id",
        )
        .bind(organisation)
        .bind(employee)
        .fetch_all(connection)
        .await)?;
        Ok(rows.into_iter().map(Member::from).collect())
    }

    /// What [`domain::contact_centre::membership::change_memberships`] needs to know to change these
    /// users in these queues. Three statements.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn membership_facts(
        &mut self,
        queues: &[QueueId],
        users: &[EmployeeId],
    ) -> Result<Facts> {
        if queues.is_empty() || users.is_empty() {
            return Ok(Facts::default());
        }
        let organisation = self.organisation;
        let (places, listed) = many::list(2, queues);
        let sql = format!(
            "SELECT {COLUMNS} FROM queue q WHERE q.organisation = $1 AND q.id IN ({places})"
        );
        let rows: Vec<Row> = on!(self, connection => {
            let mut query = sqlx::query_as(AssertSqlSafe(sql)).bind(organisation);
            for id in listed {
                query = query.bind(id);
            }
            query.fetch_all(connection).await
        })?;
        Ok(Facts {
            queues: rows.into_iter().map(Row::known).collect::<Result<_>>()?,
            users: self.contact_users_known(users).await?,
            members: self.members(queues, users).await?,
        })
    }
}

impl Write<MembershipsChanged> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<MembershipsChanged>) -> Result<()> {
        let organisation = change.organisation();
        let left = change.moved.iter().filter(|moved| moved.after.is_none());
        let left: Vec<QueueId> = left.map(|moved| moved.queue).collect();
        if !left.is_empty() {
            let (places, left) = many::list(3, &left);
            let sql = format!(
                "DELETE FROM queue_member
                 WHERE organisation = $1 AND employee = $2 AND queue IN ({places})"
            );
            on!(self, connection => {
                let mut query = sqlx::query(AssertSqlSafe(sql))
                    .bind(organisation)
                    .bind(change.employee);
                for queue in left {
                    query = query.bind(queue);
                }
                query.execute(connection).await.map(|_| ())
            })?;
        }
        let stays = |moved: &Moved| {
            moved
                .after
                .map(|after| (moved.queue, moved.suits_engage, after))
        };
        let stay: Vec<_> = change.moved.iter().filter_map(stays).collect();
        for chunk in stay.chunks(ROWS) {
            let begin =
                "INSERT INTO queue_member (organisation, queue, employee, pbx, suits_engage,
                 engage, enabled, priority)";
            let end = "ON CONFLICT (organisation, queue, employee)
                 DO UPDATE SET enabled = excluded.enabled, priority = excluded.priority";
            on!(self, connection => {
                let sql = many::insert(begin, 8, chunk.len(), end);
                let mut query = sqlx::query(sql);
                for (queue, suits_engage, (enabled, priority)) in chunk {
                    query = query
                        .bind(organisation)
                        .bind(*queue)
                        .bind(change.employee)
                        .bind(change.pbx)
                        .bind(*suits_engage)
                        .bind(change.engage)
                        .bind(*enabled)
                        .bind(i32::try_from(*priority).unwrap_or(i32::MAX));
                }
                query.execute(connection).await.map(|_| ())
            })?;
        }
        Ok(())
    }
}
