//! PBXs: all of them, what hangs on one, and the Engage users who stand in the way of a second
//! (C-06).

use crate::database::on;
use crate::error::taken;
use crate::transaction::exactly_one;
use crate::{At, Reading, Result, Transaction, Write};
use domain::contact_centre::elsewhere::{Elsewhere, NAMED_MAX};
use domain::contact_centre::pbx::{
    Pbx, PbxCreated, PbxDeleted, PbxRevised, PbxRewritten, Standing,
};
use domain::fold::fold;
use domain::{Allowed, EmployeeId, Event, OrganisationId, PbxId, TenantId, Version};
use sqlx::FromRow;

#[derive(FromRow)]
struct Row {
    organisation: OrganisationId,
    id: PbxId,
    version: Version,
    name: String,
    host: String,
}

#[derive(FromRow)]
struct Hanging {
    tenants: i64,
    queues: i64,
    ring_groups: i64,
    pickup_groups: i64,
    scripts: i64,
}

impl From<Row> for Pbx {
    fn from(row: Row) -> Self {
        Self {
            organisation: row.organisation,
            id: row.id,
            version: row.version,
            name: row.name,
            host: row.host,
        }
    }
}

impl Reading {
    /// Every PBX: that of the default tenant, then the others by name.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn pbxs(&mut self) -> Result<Vec<Pbx>> {
        let organisation = self.organisation;
        let rows: Vec<Row> = on!(self, connection => sqlx::query_as(
            "SELECT organisation, id, version, name, host FROM pbx
             WHERE organisation = $1
             ORDER BY NOT EXISTS (SELECT 1 FROM tenant t WHERE t.organisation = pbx.organisation
                 AND t.pbx = pbx.id AND t.is_default), name_folded, id",
        )
        .bind(organisation)
        .fetch_all(connection)
        .await)?;
        Ok(rows.into_iter().map(Pbx::from).collect())
    }

    /// One PBX.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn pbx(&mut self, id: PbxId) -> Result<Option<Pbx>> {
        let all = self.pbxs().await?;
        Ok(all.into_iter().find(|pbx| pbx.id == id))
    }

    /// What hangs on a PBX.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn standing_of_pbx(&mut self, id: PbxId) -> Result<Standing> {
        let organisation = self.organisation;
        let row: Hanging = on!(self, connection => sqlx::query_as(
            "SELECT (SELECT count(*) FROM tenant WHERE organisation = $1 AND pbx = $2) AS tenants,
                 (SELECT count(*) FROM queue WHERE organisation = $1 AND pbx = $2) AS queues,
                 (SELECT count(*) FROM ring_group WHERE organisation = $1 AND pbx = $2) AS ring_groups,
                 (SELECT count(*) FROM pickup_group
                  WHERE organisation = $1 AND pbx = $2) AS pickup_groups,
                 (SELECT count(*) FROM script WHERE organisation = $1 AND pbx = $2) AS scripts",
        )
        .bind(organisation)
        .bind(id)
        .fetch_one(connection)
        .await)?;
        Ok(Standing {
            tenants: row.tenants,
            queues: row.queues,
            ring_groups: row.ring_groups,
            pickup_groups: row.pickup_groups,
            scripts: row.scripts,
        })
    }

    /// The Engage users of other tenants than `default`, which is, or is to be, the default one;
    /// `None` is the present default.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn engage_elsewhere(&mut self, default: Option<TenantId>) -> Result<Elsewhere> {
        let organisation = self.organisation;
        let rows: Vec<(EmployeeId, String, i64)> = on!(self, connection => sqlx::query_as(
            "SELECT e.id, CASE WHEN e.first_name = '' AND e.last_name = '' THEN e.email
                 ELSE e.first_name || ' ' || e.last_name END, count(*) OVER ()
             FROM contact_user u
             JOIN employee e ON e.organisation = u.organisation AND e.id = u.employee
             JOIN tenant t ON t.organisation = u.organisation AND t.id = u.tenant
             WHERE u.organisation = $1 AND u.engage
                 AND (($2 IS NULL AND NOT t.is_default) OR t.id <> $2)
             ORDER BY e.name_folded, e.id LIMIT $3",
        )
        .bind(organisation)
        .bind(default)
        .bind(NAMED_MAX)
        .fetch_all(connection)
        .await)?;
        let all = rows.first().map_or(0, |(_, _, all)| *all);
        let more = all - i64::try_from(rows.len()).unwrap_or(all);
        let people = rows.into_iter().map(|(id, name, _)| (id, name)).collect();
        Ok(Elsewhere { people, more })
    }
}

impl Reading {
    /// Whether this was a PBX of the organisation and is deleted, by the audit trail.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn was_deleted(&mut self, pbx: PbxId) -> Result<bool> {
        let organisation = self.organisation;
        let entry: Option<(i64,)> = on!(self, connection => sqlx::query_as(
            "SELECT sequence FROM audit WHERE organisation = $1 AND subject = $2 AND event = $3",
        )
        .bind(organisation)
        .bind(pbx)
        .bind(Event::PbxDeleted.code())
        .fetch_optional(connection)
        .await)?;
        Ok(entry.is_some())
    }
}

impl Write<PbxCreated> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<PbxCreated>) -> Result<()> {
        on!(self, connection => sqlx::query(
            "INSERT INTO pbx (organisation, id, version, name, name_folded, host, created_at)
             VALUES ($1, $2, 1, $3, $4, $5, $6)",
        )
        .bind(change.organisation())
        .bind(change.id)
        .bind(&change.name)
        .bind(fold(&change.name))
        .bind(&change.host)
        .bind(At(change.at()))
        .execute(connection)
        .await
        .map(|_| ()))
        .map_err(taken)
    }
}

impl Write<PbxRevised> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<PbxRevised>) -> Result<()> {
        let changed = on!(self, connection => sqlx::query(
            "UPDATE pbx SET version = version + 1, name = $4, name_folded = $5, host = $6
             WHERE organisation = $1 AND id = $2 AND version = $3",
        )
        .bind(change.organisation())
        .bind(change.before.id)
        .bind(change.before.version)
        .bind(&change.name)
        .bind(fold(&change.name))
        .bind(&change.host)
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))
        .map_err(taken)?;
        exactly_one(changed)
    }
}

impl Write<PbxDeleted> for Transaction {
    type Output = ();

    /// What it was still to be told goes with it; all else stands in the way by a foreign key.
    async fn write(&mut self, change: &Allowed<PbxDeleted>) -> Result<()> {
        let gone = on!(self, connection => sqlx::query(
            "DELETE FROM pbx WHERE organisation = $1 AND id = $2 AND version = $3",
        )
        .bind(change.organisation())
        .bind(change.id)
        .bind(change.from)
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))?;
        exactly_one(gone)
    }
}

impl Write<PbxRewritten> for Transaction {
    type Output = ();

    /// Nothing of the PBX is another; that it is queued is `apply`'s.
    async fn write(&mut self, _: &Allowed<PbxRewritten>) -> Result<()> {
        Ok(())
    }
}
