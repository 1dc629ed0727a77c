//! Offices: the list, one, and what changes them.

use crate::bundle::{Bundled, rows};
use crate::database::on;
use crate::error::taken;
use crate::transaction::exactly_one;
use crate::{At, Reading, Result, Transaction, Write};
use domain::fold::fold;
use domain::listing::Of;
use domain::office::{OfficeCreated, OfficeRevised};
use domain::{
    Action, Actor, Allowed, Field, Office, OfficeId, OrganisationId, Refusal, Version, Why,
};
use serde::Deserialize;
use sqlx::FromRow;
use std::collections::HashMap;

#[derive(FromRow, Deserialize)]
struct Row {
    organisation: OrganisationId,
    id: OfficeId,
    version: Version,
    name: String,
    active: bool,
}

impl Bundled for Row {
    const VALUES: &str = "hex(r.organisation), hex(r.id), r.version, r.name,
        iif(r.active, json('true'), json('false'))";
}

impl From<Row> for Office {
    fn from(row: Row) -> Self {
        Self {
            organisation: row.organisation,
            id: row.id,
            version: row.version,
            name: row.name,
            active: row.active,
        }
    }
}

impl Reading {
    /// The offices in which the actor may do `action`, by name.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn offices(&mut self, actor: &Actor, action: Action) -> Result<Vec<Office>> {
        let organisation = actor.organisation();
        let (all, manager) = match actor.visibility(action).of() {
            Of::Everyone => (true, None),
            Of::ManagedBy(id) => (false, Some(id)),
            Of::Only(_) | Of::Nobody => return Ok(Vec::new()),
        };
        let rows = rows!(
            self,
            Row,
            "SELECT organisation, id, version, name, active FROM office o
             WHERE organisation = $1 AND ($2 OR EXISTS (
                 SELECT 1 FROM assignment m WHERE m.organisation = o.organisation
                     AND m.employee = $3 AND m.office = o.id AND (m.roles & 2) <> 0))
             ORDER BY name_folded, id",
            |query| query.bind(organisation).bind(all).bind(manager)
        )?;
        Ok(rows.into_iter().map(Office::from).collect())
    }

    /// One office.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn office(&mut self, id: OfficeId) -> Result<Option<Office>> {
        let organisation = self.organisation;
        let row: Option<Row> = on!(self, connection => sqlx::query_as(
            "SELECT organisation, id, version, name, active FROM office
             WHERE organisation = $1 AND id = $2",
        )
        .bind(organisation)
        .bind(id)
        .fetch_optional(connection)
        .await)?;
        Ok(row.map(Office::from))
    }

    /// How many employees hold a role in an office.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn employees_in(&mut self, id: OfficeId) -> Result<i64> {
        let organisation = self.organisation;
        let (count,): (i64,) = on!(self, connection => sqlx::query_as(
            "SELECT count(*) FROM assignment WHERE organisation = $1 AND office = $2",
        )
        .bind(organisation)
        .bind(id)
        .fetch_one(connection)
        .await)?;
        Ok(count)
    }

    /// How many employees work in each office; an office without any is not among them.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn employees_by_office(&mut self) -> Result<HashMap<OfficeId, i64>> {
        let organisation = self.organisation;
        let counts: Vec<(OfficeId, i64)> = on!(self, connection => sqlx::query_as(
            "SELECT office, count(*) FROM assignment WHERE organisation = $1 GROUP BY office",
        )
        .bind(organisation)
        .fetch_all(connection)
        .await)?;
        Ok(counts.into_iter().collect())
    }

    async fn refuse_taken_name(&mut self, name: &str, except: Option<OfficeId>) -> Result<()> {
        let organisation = self.organisation;
        let holder: Option<(OfficeId,)> = on!(self, connection => sqlx::query_as(
            "SELECT id FROM office WHERE organisation = $1 AND name_folded = $2",
        )
        .bind(organisation)
        .bind(fold(name))
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

impl Write<OfficeCreated> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<OfficeCreated>) -> Result<()> {
        self.refuse_taken_name(&change.name, None).await?;
        on!(self, connection => sqlx::query(
            "INSERT INTO office (organisation, id, version, name, name_folded, active, created_at)
             VALUES ($1, $2, 1, $3, $4, $5, $6)",
        )
        .bind(change.organisation())
        .bind(change.id)
        .bind(&change.name)
        .bind(fold(&change.name))
        .bind(change.active)
        .bind(At(change.at()))
        .execute(connection)
        .await
        .map(|_| ()))
        .map_err(taken)?;
        Ok(())
    }
}

impl Write<OfficeRevised> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<OfficeRevised>) -> Result<()> {
        self.refuse_taken_name(&change.name, Some(change.before.id))
            .await?;
        let changed = on!(self, connection => sqlx::query(
            "UPDATE office SET version = version + 1, name = $4, name_folded = $5, active = $6
             WHERE organisation = $1 AND id = $2 AND version = $3",
        )
        .bind(change.organisation())
        .bind(change.before.id)
        .bind(change.before.version)
        .bind(&change.name)
        .bind(fold(&change.name))
        .bind(change.active)
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))
        .map_err(taken)?;
        exactly_one(changed)
    }
}
