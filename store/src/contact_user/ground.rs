//! What stands around a user, for the rule that decides on a change of them.

use crate::bundle::{Bundled, rows};
use crate::database::on;
use crate::{Reading, Result};
use domain::contact_centre::license::Licenses;
use domain::contact_centre::user::{Draft, Ground, Group, InQueue, Overseen};
use domain::contact_centre::voice::Extension;
use domain::field::Phone;
use domain::{AgentGroupId, EmployeeId, PbxId, QueueId};

type QueueRow = (QueueId, String);

impl Bundled for QueueRow {
    const VALUES: &str = "hex(r.id), r.name";
}

type GroupRow = (AgentGroupId, String, bool);

impl Bundled for GroupRow {
    const VALUES: &str = "hex(r.id), r.name, iif(r.is_default, json('true'), json('false'))";
}

impl Reading {
    /// What a rule needs to know to judge `draft` of this employee.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn contact_ground(&mut self, id: EmployeeId, draft: &Draft) -> Result<Ground> {
        let (numbers, extensions) = draft.wanted();
        let numbers = numbers.iter().filter_map(|text| Phone::e164(text).ok());
        let numbers: Vec<Phone> = numbers.collect();
        Ok(Ground {
            pbxs: self.pbxs().await?.len(),
            tenants: self.tenants().await?,
            groups: self.group_choices().await?,
            licenses: Licenses(self.licenses().await?),
            extensions: self.holders_of(id, &extensions).await?,
            numbers: self.numbers_of(&numbers).await?,
            queues: self.in_queues(id).await?,
            rings_in: self.rings_in(id).await?,
            has_workspace: self.has_workspace(id).await?,
        })
    }

    /// The agent groups, the default one first, then by name.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn group_choices(&mut self) -> Result<Vec<Group>> {
        let organisation = self.organisation;
        let sql = "SELECT id, name, is_default FROM agent_group WHERE organisation = $1
             ORDER BY is_default DESC, name_folded, id";
        let rows: Vec<GroupRow> = rows!(self, GroupRow, sql, |query| query.bind(organisation))?;
        let group = |(id, name, is_default)| Group {
            id,
            name,
            is_default,
        };
        Ok(rows.into_iter().map(group).collect())
    }

    /// The queues with their names, by name.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn queue_choices(&mut self) -> Result<Vec<(QueueId, String)>> {
        let organisation = self.organisation;
        let sql = "SELECT id, name FROM queue WHERE organisation = $1 ORDER BY name_folded, id";
        rows!(self, QueueRow, sql, |query| query.bind(organisation))
    }

    /// The queues and groups there are.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn overseen(&mut self) -> Result<Overseen> {
        let queues = self.queue_choices().await?.into_iter();
        let groups = self.group_choices().await?.into_iter();
        Ok(Overseen {
            queues: queues.map(|(id, _)| id).collect(),
            groups: groups.map(|group| group.id).collect(),
        })
    }

    /// The queues to which an employee is assigned, by name.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn in_queues(&mut self, id: EmployeeId) -> Result<Vec<InQueue>> {
        let organisation = self.organisation;
        let rows: Vec<(QueueId, String, bool)> = on!(self, connection => sqlx::query_as(
            "SELECT q.id, q.name, q.suits_engage FROM queue_member m
             JOIN queue q ON q.organisation = m.organisation AND q.id = m.queue
             WHERE m.organisation = $1 AND m.employee = $2 ORDER BY q.name_folded, q.id",
        )
        .bind(organisation)
        .bind(id)
        .fetch_all(connection)
        .await)?;
        let queue = |(id, name, suits_engage)| InQueue {
            id,
            name,
            suits_engage,
        };
        Ok(rows.into_iter().map(queue).collect())
    }

    /// The names of the ring and pickup groups that an employee is in.
    async fn rings_in(&mut self, id: EmployeeId) -> Result<Vec<String>> {
        let organisation = self.organisation;
        let rows: Vec<(String,)> = on!(self, connection => sqlx::query_as(
            "SELECT g.name FROM ring_group_member m
             JOIN ring_group g ON g.organisation = m.organisation AND g.id = m.ring_group
             WHERE m.organisation = $1 AND m.employee = $2
             UNION ALL
             SELECT g.name FROM pickup_group_member m
             JOIN pickup_group g ON g.organisation = m.organisation AND g.id = m.pickup_group
             WHERE m.organisation = $1 AND m.employee = $2
             ORDER BY 1",
        )
        .bind(organisation)
        .bind(id)
        .fetch_all(connection)
        .await)?;
        Ok(rows.into_iter().map(|(name,)| name).collect())
    }

    async fn has_workspace(&mut self, id: EmployeeId) -> Result<bool> {
        let organisation = self.organisation;
        let (count,): (i64,) = on!(self, connection => sqlx::query_as(
            "SELECT count(*) FROM endpoint WHERE organisation = $1 AND employee = $2 AND kind = 6",
        )
        .bind(organisation)
        .bind(id)
        .fetch_one(connection)
        .await)?;
        Ok(count > 0)
    }

    /// Who has these extensions, on whichever PBX, and those of the employee, who may move to another.
    async fn holders_of(
        &mut self,
        id: EmployeeId,
        extensions: &[String],
    ) -> Result<Vec<(PbxId, Extension, EmployeeId)>> {
        let organisation = self.organisation;
        let wanted = |at: usize| extensions.get(at).cloned().unwrap_or_default();
        Ok(on!(self, connection => sqlx::query_as(
            "SELECT pbx, extension, employee FROM extension
             WHERE organisation = $1 AND (extension IN ($2, $3) OR extension IN (
                 SELECT own.extension FROM extension own
                 WHERE own.organisation = $1 AND own.employee = $4))",
        )
        .bind(organisation)
        .bind(wanted(0))
        .bind(wanted(1))
        .bind(id)
        .fetch_all(connection)
        .await)?)
    }
}
