//! Tenants: all of them, what hangs on one, and the one that is the default (C-06, C-07).

mod write;

use crate::database::on;
use crate::{Reading, Result};
use domain::contact_centre::tenant::{Moving, Standing, Tenant};
use domain::{OrganisationId, PbxId, TenantId, Version};
use sqlx::FromRow;
use std::collections::HashMap;

#[derive(FromRow)]
struct Row {
    organisation: OrganisationId,
    id: TenantId,
    version: Version,
    pbx: PbxId,
    name: String,
    is_default: bool,
    shows_cli: bool,
}

impl From<Row> for Tenant {
    fn from(row: Row) -> Self {
        Self {
            organisation: row.organisation,
            id: row.id,
            version: row.version,
            pbx: row.pbx,
            name: row.name,
            is_default: row.is_default,
            shows_cli: row.shows_cli,
        }
    }
}

impl Reading {
    /// Every tenant: the default one first, the others by name.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn tenants(&mut self) -> Result<Vec<Tenant>> {
        let organisation = self.organisation;
        let rows: Vec<Row> = on!(self, connection => sqlx::query_as(
            "SELECT organisation, id, version, pbx, name, is_default, shows_cli FROM tenant
             WHERE organisation = $1 ORDER BY is_default DESC, name_folded, id",
        )
        .bind(organisation)
        .fetch_all(connection)
        .await)?;
        Ok(rows.into_iter().map(Tenant::from).collect())
    }

    /// One tenant.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn tenant(&mut self, id: TenantId) -> Result<Option<Tenant>> {
        let all = self.tenants().await?;
        Ok(all.into_iter().find(|tenant| tenant.id == id))
    }

    /// How many users are in each tenant; one without any is not among them.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn users_by_tenant(&mut self) -> Result<HashMap<TenantId, i64>> {
        let organisation = self.organisation;
        let counts: Vec<(TenantId, i64)> = on!(self, connection => sqlx::query_as(
            "SELECT tenant, count(*) FROM contact_user WHERE organisation = $1 GROUP BY tenant",
        )
        .bind(organisation)
        .fetch_all(connection)
        .await)?;
        Ok(counts.into_iter().collect())
    }

    /// What hangs on a tenant.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn standing_of_tenant(&mut self, id: TenantId) -> Result<Standing> {
        let organisation = self.organisation;
        let (users, others): (i64, i64) = on!(self, connection => sqlx::query_as(
            "SELECT (SELECT count(*) FROM contact_user WHERE organisation = $1 AND tenant = $2),
                 (SELECT count(*) FROM tenant WHERE organisation = $1 AND id <> $2)",
        )
        .bind(organisation)
        .bind(id)
        .fetch_one(connection)
        .await)?;
        Ok(Standing { users, others })
    }

    /// What stands in the way of moving a tenant to the PBX `to`.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn moving(&mut self, tenant: TenantId, to: PbxId) -> Result<Moving> {
        let organisation = self.organisation;
        let elsewhere = self.engage_elsewhere(None).await?;
        let (members, extensions): (i64, i64) = on!(self, connection => sqlx::query_as(
            "SELECT (SELECT count(*) FROM contact_user u WHERE u.organisation = $1 AND u.tenant = $2
                     AND (EXISTS (SELECT 1 FROM queue_member m
                             WHERE m.organisation = u.organisation AND m.employee = u.employee)
                         OR EXISTS (SELECT 1 FROM ring_group_member m
                             WHERE m.organisation = u.organisation AND m.employee = u.employee)
                         OR EXISTS (SELECT 1 FROM pickup_group_member m
                             WHERE m.organisation = u.organisation AND m.employee = u.employee))),
                 (SELECT count(*) FROM extension x
                  JOIN contact_user u ON u.organisation = x.organisation AND u.employee = x.employee
                  JOIN extension y ON y.organisation = x.organisation AND y.pbx = $3
                      AND y.extension = x.extension AND y.employee <> x.employee
                  WHERE x.organisation = $1 AND u.tenant = $2)",
        )
        .bind(organisation)
        .bind(tenant)
        .bind(to)
        .fetch_one(connection)
        .await)?;
        Ok(Moving {
            elsewhere,
            members,
            extensions,
        })
    }
}
