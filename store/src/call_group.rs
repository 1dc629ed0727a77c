//! Ring groups and call pickup groups, which lie in tables of the same shape (C-13).

mod write;

use crate::database::on;
use crate::queue::Of;
use crate::{Reading, Result};
use domain::contact_centre::call_group::{CallGroup, CallGroupId, Kind};
use domain::contact_centre::membership::Person;
use domain::listing::Cursor;
use domain::{EmployeeId, OrganisationId, PbxId, Version};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

/// A group with what a list says of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Listed {
    pub group: CallGroup,
    pub pbx_name: String,
    pub members: i64,
}

#[derive(FromRow)]
struct Row {
    organisation: OrganisationId,
    id: Uuid,
    version: Version,
    pbx: PbxId,
    name: String,
    ring_seconds: i32,
    pbx_name: String,
    members: i64,
}

impl Row {
    fn known(self, kind: Kind) -> Listed {
        Listed {
            group: CallGroup {
                organisation: self.organisation,
                id: kind.id(self.id),
                version: self.version,
                pbx: self.pbx,
                name: self.name,
                ring_seconds: self.ring_seconds,
            },
            pbx_name: self.pbx_name,
            members: self.members,
        }
    }
}

/// The table of a kind of groups.
fn table(kind: Kind) -> &'static str {
    match kind {
        Kind::Ring => "ring_group",
        Kind::Pickup => "pickup_group",
    }
}

/// The members of a group.
fn members(id: CallGroupId) -> Of {
    let (table, column) = match id.kind() {
        Kind::Ring => ("ring_group_member", "ring_group"),
        Kind::Pickup => ("pickup_group_member", "pickup_group"),
    };
    let id = id.uuid();
    Of { table, column, id }
}

impl Reading {
    /// Every group of a kind by name, with how many are in it.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn call_groups(&mut self, kind: Kind) -> Result<Vec<Listed>> {
        self.call_groups_of(kind, None).await
    }

    /// One group, with how many are in it.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn call_group(&mut self, id: CallGroupId) -> Result<Option<Listed>> {
        let found = self.call_groups_of(id.kind(), Some(id.uuid())).await?;
        Ok(found.into_iter().next())
    }

    async fn call_groups_of(&mut self, kind: Kind, id: Option<Uuid>) -> Result<Vec<Listed>> {
        let organisation = self.organisation;
        let table = table(kind);
        let seconds = match kind {
            Kind::Ring => "g.ring_seconds",
            Kind::Pickup => "0",
        };
        let (of_member, of_group) = match id {
            Some(_) => (format!("AND {table} = $2"), "AND g.id = $2"),
            None => (String::new(), "AND $2 IS NULL"),
        };
        let sql = format!(
            "SELECT g.organisation, g.id, g.version, g.pbx, g.name, {seconds} AS ring_seconds,
                 p.name AS pbx_name, COALESCE(m.members, 0) AS members
             FROM {table} g
             JOIN pbx p ON p.organisation = g.organisation AND p.id = g.pbx
             LEFT JOIN (
                 SELECT {table}, count(*) AS members FROM {table}_member
                 WHERE organisation = $1 {of_member}
                 GROUP BY {table}) m ON m.{table} = g.id
             WHERE g.organisation = $1 {of_group}
             ORDER BY g.name_folded, g.id"
        );
        let rows: Vec<Row> = on!(self, connection => sqlx::query_as(AssertSqlSafe(sql))
        .bind(organisation)
        .bind(id)
        .fetch_all(connection)
        .await)?;
        Ok(rows.into_iter().map(|row| row.known(kind)).collect())
    }

    /// Who is in a group.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn call_group_members(&mut self, id: CallGroupId) -> Result<Vec<EmployeeId>> {
        let organisation = self.organisation;
        let Of { table, column, id } = members(id);
        let sql = format!(
            "SELECT employee FROM {table} WHERE organisation = $1 AND {column} = $2
             ORDER BY employee"
        );
        let rows: Vec<(EmployeeId,)> = on!(self, connection => sqlx::query_as(AssertSqlSafe(sql))
        .bind(organisation)
        .bind(id)
        .fetch_all(connection)
        .await)?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }

    /// The members of a group whose name or email has `search` in it, by name, after `after`.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn call_group_people(
        &mut self,
        id: CallGroupId,
        search: &str,
        after: Option<&Cursor>,
        most: i64,
    ) -> Result<Vec<Person>> {
        self.people(None, Some(members(id)), search, after, most)
            .await
    }

    /// The names of the scripts that lead to a group; to a call pickup group none does (C-19).
    ///
    /// # Errors
    /// When the database can't.
    pub async fn scripts_to_call_group(&mut self, id: CallGroupId) -> Result<Vec<String>> {
        match id {
            CallGroupId::Ring(id) => self.scripts_to("t.ring_group", id.0).await,
            CallGroupId::Pickup(_) => Ok(Vec::new()),
        }
    }
}
