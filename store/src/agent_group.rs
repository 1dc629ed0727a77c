//! Agent groups and how many are in each (C-11).

use crate::database::on;
use crate::transaction::exactly_one;
use crate::{At, Error, Reading, Result, Transaction, Write};
use domain::contact_centre::agent_group::{
    AgentGroup, AgentGroupCreated, AgentGroupDeleted, AgentGroupRevised,
};
use domain::fold::fold;
use domain::{AgentGroupId, Allowed, OrganisationId, Version};
use sqlx::FromRow;

#[derive(FromRow)]
struct Row {
    organisation: OrganisationId,
    id: AgentGroupId,
    version: Version,
    name: String,
    is_default: bool,
    members: i64,
}

impl Row {
    fn known(self) -> (AgentGroup, i64) {
        let group = AgentGroup {
            organisation: self.organisation,
            id: self.id,
            version: self.version,
            name: self.name,
            is_default: self.is_default,
        };
        (group, self.members)
    }
}

impl Reading {
    /// Every group by name, and how many users are in it.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn agent_groups(&mut self) -> Result<Vec<(AgentGroup, i64)>> {
        self.agent_groups_of(None).await
    }

    /// One group, and how many users are in it.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn agent_group(&mut self, id: AgentGroupId) -> Result<Option<(AgentGroup, i64)>> {
        Ok(self.agent_groups_of(Some(id)).await?.pop())
    }

    async fn agent_groups_of(
        &mut self,
        id: Option<AgentGroupId>,
    ) -> Result<Vec<(AgentGroup, i64)>> {
        let organisation = self.organisation;
        let rows: Vec<Row> = on!(self, connection => sqlx::query_as(
            "SELECT g.organisation, g.id, g.version, g.name, g.is_default,
                 COALESCE(u.members, 0) AS members
             FROM agent_group g
             LEFT JOIN (
                 SELECT agent_group, count(*) AS members FROM contact_user
                 WHERE organisation = $1 AND ($2 IS NULL OR agent_group = $2)
                 GROUP BY agent_group) u ON u.agent_group = g.id
             WHERE g.organisation = $1 AND ($2 IS NULL OR g.id = $2)
             ORDER BY g.name_folded, g.id",
        )
        .bind(organisation)
        .bind(id)
        .fetch_all(connection)
        .await)?;
        Ok(rows.into_iter().map(Row::known).collect())
    }
}

impl Write<AgentGroupCreated> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<AgentGroupCreated>) -> Result<()> {
        self.refuse_taken_name("agent_group", &change.name, None)
            .await?;
        on!(self, connection => sqlx::query(
            "INSERT INTO agent_group (organisation, id, version, name, name_folded, is_default,
                 created_at)
             VALUES ($1, $2, 1, $3, $4, false, $5)",
        )
        .bind(change.organisation())
        .bind(change.id)
        .bind(&change.name)
        .bind(fold(&change.name))
        .bind(At(change.at()))
        .execute(connection)
        .await
        .map(|_| ()))?;
        Ok(())
    }
}

impl Write<AgentGroupRevised> for Transaction {
    type Output = ();

    /// A group that becomes the default takes it from the one that was.
    async fn write(&mut self, change: &Allowed<AgentGroupRevised>) -> Result<()> {
        let before = &change.before;
        self.refuse_taken_name("agent_group", &change.name, Some(before.id.0))
            .await?;
        if change.is_default && !before.is_default {
            on!(self, connection => sqlx::query(
                "UPDATE agent_group SET is_default = false WHERE organisation = $1 AND is_default",
            )
            .bind(change.organisation())
            .execute(connection)
            .await
            .map(|_| ()))?;
        }
        let changed = on!(self, connection => sqlx::query(
            "UPDATE agent_group SET version = version + 1, name = $4, name_folded = $5,
                 is_default = $6
             WHERE organisation = $1 AND id = $2 AND version = $3",
        )
        .bind(change.organisation())
        .bind(before.id)
        .bind(before.version)
        .bind(&change.name)
        .bind(fold(&change.name))
        .bind(change.is_default)
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))?;
        exactly_one(changed)
    }
}

impl Write<AgentGroupDeleted> for Transaction {
    type Output = ();

    /// Whoever is in it is in the default group from now on (case 20); who monitored it no longer does.
    async fn write(&mut self, change: &Allowed<AgentGroupDeleted>) -> Result<()> {
        let organisation = change.organisation();
        let default: Option<(AgentGroupId,)> = on!(self, connection => sqlx::query_as(
            "SELECT id FROM agent_group WHERE organisation = $1 AND is_default",
        )
        .bind(organisation)
        .fetch_optional(connection)
        .await)?;
        let missing = || Error::Unreadable("there is no default agent group".into());
        let (default,) = default.ok_or_else(missing)?;
        on!(self, connection => sqlx::query(
            "UPDATE contact_user SET agent_group = $3 WHERE organisation = $1 AND agent_group = $2",
        )
        .bind(organisation)
        .bind(change.id)
        .bind(default)
        .execute(connection)
        .await
        .map(|_| ()))?;
        let gone = on!(self, connection => sqlx::query(
            "DELETE FROM agent_group
             WHERE organisation = $1 AND id = $2 AND version = $3 AND NOT is_default",
        )
        .bind(organisation)
        .bind(change.id)
        .bind(change.from)
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))?;
        exactly_one(gone)
    }
}
