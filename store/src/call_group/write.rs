//! What is written of ring groups and call pickup groups.

use super::{members, table};
use crate::database::on;
use crate::many::{self, ROWS};
use crate::queue::Of;
use crate::transaction::exactly_one;
use crate::{At, Result, Transaction, Write};
use domain::Allowed;
use domain::contact_centre::call_group::{
    CallGroupCreated, CallGroupDeleted, CallGroupId, CallGroupRevised, CallMembersChanged, Kind,
};
use domain::fold::fold;
use sqlx::AssertSqlSafe;

impl Transaction {
    /// A call pickup group has no ringing time of its own.
    async fn set_ringing_time(&mut self, id: CallGroupId, seconds: i32) -> Result<()> {
        if id.kind() == Kind::Pickup {
            return Ok(());
        }
        let organisation = self.organisation;
        on!(self, connection => sqlx::query(
            "UPDATE ring_group SET ring_seconds = $3 WHERE organisation = $1 AND id = $2",
        )
        .bind(organisation)
        .bind(id.uuid())
        .bind(seconds)
        .execute(connection)
        .await
        .map(|_| ()))?;
        Ok(())
    }
}

impl Write<CallGroupCreated> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<CallGroupCreated>) -> Result<()> {
        let kind = change.id.kind();
        self.refuse_taken_name(table(kind), &change.name, None)
            .await?;
        // What a ring group must have stands at its least until it is set.
        let sql = match kind {
            Kind::Ring => {
                "INSERT INTO ring_group (organisation, id, version, pbx, name, name_folded,
                     created_at, ring_seconds)
                 VALUES ($1, $2, 1, $3, $4, $5, $6, 5)"
            }
            Kind::Pickup => {
                "INSERT INTO pickup_group (organisation, id, version, pbx, name, name_folded,
                     created_at)
                 VALUES ($1, $2, 1, $3, $4, $5, $6)"
            }
        };
        on!(self, connection => sqlx::query(sql)
            .bind(change.organisation())
            .bind(change.id.uuid())
            .bind(change.pbx)
            .bind(&change.name)
            .bind(fold(&change.name))
            .bind(At(change.at()))
            .execute(connection)
            .await
            .map(|_| ()))?;
        self.set_ringing_time(change.id, change.ring_seconds).await
    }
}

impl Write<CallGroupRevised> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<CallGroupRevised>) -> Result<()> {
        let before = &change.before;
        let (id, table) = (before.id, table(before.id.kind()));
        self.refuse_taken_name(table, &change.name, Some(id.uuid()))
            .await?;
        let sql = format!(
            "UPDATE {table} SET version = version + 1, name = $4, name_folded = $5
             WHERE organisation = $1 AND id = $2 AND version = $3"
        );
        let changed = on!(self, connection => sqlx::query(AssertSqlSafe(sql))
            .bind(change.organisation())
            .bind(id.uuid())
            .bind(before.version)
            .bind(&change.name)
            .bind(fold(&change.name))
            .execute(connection)
            .await
            .map(|done| done.rows_affected()))?;
        exactly_one(changed)?;
        self.set_ringing_time(id, change.ring_seconds).await
    }
}

impl Write<CallGroupDeleted> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<CallGroupDeleted>) -> Result<()> {
        let table = table(change.id.kind());
        let sql =
            format!("DELETE FROM {table} WHERE organisation = $1 AND id = $2 AND version = $3");
        let gone = on!(self, connection => sqlx::query(AssertSqlSafe(sql))
            .bind(change.organisation())
            .bind(change.id.uuid())
            .bind(change.from)
            .execute(connection)
            .await
            .map(|done| done.rows_affected()))?;
        exactly_one(gone)
    }
}

impl Write<CallMembersChanged> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<CallMembersChanged>) -> Result<()> {
        let organisation = change.organisation();
        let Of { table, column, id } = members(change.id);
        if !change.removed.is_empty() {
            let (places, removed) = many::list(3, &change.removed);
            let sql = format!(
                "DELETE FROM {table}
                 WHERE organisation = $1 AND {column} = $2 AND employee IN ({places})"
            );
            on!(self, connection => {
                let mut query = sqlx::query(AssertSqlSafe(sql)).bind(organisation).bind(id);
                for employee in removed {
                    query = query.bind(employee);
                }
                query.execute(connection).await.map(|_| ())
            })?;
        }
        let begin = match change.id.kind() {
            Kind::Ring => "INSERT INTO ring_group_member (organisation, ring_group, employee, pbx)",
            Kind::Pickup => {
                "INSERT INTO pickup_group_member (organisation, pickup_group, employee, pbx)"
            }
        };
        for chunk in change.added.chunks(ROWS) {
            on!(self, connection => {
                let mut query = sqlx::query(many::insert(begin, 4, chunk.len(), ""));
                for employee in chunk {
                    query = query
                        .bind(organisation)
                        .bind(id)
                        .bind(*employee)
                        .bind(change.pbx);
                }
                query.execute(connection).await.map(|_| ())
            })?;
        }
        Ok(())
    }
}
