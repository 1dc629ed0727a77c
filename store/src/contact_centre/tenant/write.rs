//! What is written of tenants; with the first comes the group that users are in who are in no other.

use crate::database::on;
use crate::error::taken;
use crate::transaction::exactly_one;
use crate::{At, Result, Transaction, Write};
use domain::Allowed;
use domain::contact_centre::tenant::{DefaultChanged, TenantCreated, TenantDeleted, TenantRevised};
use domain::fold::fold;

impl Transaction {
    /// Makes the default agent group where there is none; one that has its name already becomes it.
    async fn make_first_group(&mut self, change: &Allowed<TenantCreated>) -> Result<()> {
        on!(self, connection => sqlx::query(
            "INSERT INTO agent_group (organisation, id, version, name, name_folded, is_default,
                 created_at)
             SELECT o.id, $2, 1, $3, $4, true, $5 FROM organisation o
             WHERE o.id = $1 AND NOT EXISTS (
                 SELECT 1 FROM agent_group g WHERE g.organisation = $1 AND g.is_default)
             ON CONFLICT (organisation, name_folded) DO UPDATE SET is_default = true",
        )
        .bind(change.organisation())
        .bind(change.group.id)
        .bind(&change.group.name)
        .bind(fold(&change.group.name))
        .bind(At(change.at()))
        .execute(connection)
        .await
        .map(|_| ()))?;
        Ok(())
    }
}

impl Write<TenantCreated> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<TenantCreated>) -> Result<()> {
        on!(self, connection => sqlx::query(
            "INSERT INTO tenant (organisation, id, version, pbx, name, name_folded, is_default,
                 shows_cli, created_at)
             VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8)",
        )
        .bind(change.organisation())
        .bind(change.id)
        .bind(change.pbx)
        .bind(&change.name)
        .bind(fold(&change.name))
        .bind(change.is_default)
        .bind(change.shows_cli)
        .bind(At(change.at()))
        .execute(connection)
        .await
        .map(|_| ()))
        .map_err(taken)?;
        self.make_first_group(change).await
    }
}

impl Write<TenantRevised> for Transaction {
    type Output = ();

    /// Users and their extensions follow to another PBX by their foreign keys.
    async fn write(&mut self, change: &Allowed<TenantRevised>) -> Result<()> {
        let changed = on!(self, connection => sqlx::query(
            "UPDATE tenant SET version = version + 1, name = $4, name_folded = $5, pbx = $6,
                 shows_cli = $7
             WHERE organisation = $1 AND id = $2 AND version = $3",
        )
        .bind(change.organisation())
        .bind(change.before.id)
        .bind(change.before.version)
        .bind(&change.name)
        .bind(fold(&change.name))
        .bind(change.pbx)
        .bind(change.shows_cli)
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))
        .map_err(taken)?;
        exactly_one(changed)
    }
}

impl Write<DefaultChanged> for Transaction {
    type Output = ();

    /// Taken from one before it is given to the other: the index allows one.
    async fn write(&mut self, change: &Allowed<DefaultChanged>) -> Result<()> {
        on!(self, connection => sqlx::query(
            "UPDATE tenant SET is_default = false WHERE organisation = $1 AND is_default",
        )
        .bind(change.organisation())
        .execute(connection)
        .await
        .map(|_| ()))?;
        let changed = on!(self, connection => sqlx::query(
            "UPDATE tenant SET version = version + 1, is_default = true
             WHERE organisation = $1 AND id = $2 AND version = $3",
        )
        .bind(change.organisation())
        .bind(change.id)
        .bind(change.from)
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))?;
        exactly_one(changed)
    }
}

impl Write<TenantDeleted> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<TenantDeleted>) -> Result<()> {
        let gone = on!(self, connection => sqlx::query(
            "DELETE FROM tenant WHERE organisation = $1 AND id = $2 AND version = $3",
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
