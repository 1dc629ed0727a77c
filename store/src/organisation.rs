//! Organisations: found by host name, with their settings.

use crate::database::on;
use crate::{At, Reading, Result, Store, Transaction, Write};
use domain::organisation::{OrganisationCreated, Settings, SettingsChanged};
use domain::policy::PolicyChanged;
use domain::sign_in::{Policy, Required};
use domain::{Allowed, Organisation, OrganisationId, Refusal, Roles, Version};
use sqlx::FromRow;

#[derive(FromRow)]
struct Row {
    id: OrganisationId,
    version: Version,
    name: String,
    time_zone: String,
    country: String,
    language: String,
    invitation_hours: i32,
    employees: i64,
    second_factor: Roles,
    single_sign_on: i32,
    single_sign_on_domains: String,
}

/// What an organisation asks of those who sign in, from its columns.
pub(crate) fn policy(second_factor: Roles, single_sign_on: i32, domains: &str) -> Policy {
    Policy {
        second_factor,
        single_sign_on: Required::from_number(single_sign_on),
        domains: domains.split_whitespace().map(str::to_owned).collect(),
    }
}

impl From<Row> for Organisation {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            version: row.version,
            employees: row.employees,
            policy: policy(
                row.second_factor,
                row.single_sign_on,
                &row.single_sign_on_domains,
            ),
            settings: Settings {
                name: row.name,
                time_zone: row.time_zone,
                country: row.country,
                language: row.language,
                invitation_hours: row.invitation_hours,
            },
        }
    }
}

impl Store {
    /// Every organisation with its host name, oldest first.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn organisations(&self) -> Result<Vec<(OrganisationId, Option<String>)>> {
        // No organisation is known yet, so the reading carries none.
        let mut reading = self.read(OrganisationId(uuid::Uuid::nil())).await?;
        Ok(on!(reading, connection => sqlx::query_as(
            "SELECT id, host FROM organisation ORDER BY id",
        )
        .fetch_all(connection)
        .await)?)
    }

    /// Whether any organisation holds demo data, whose passwords everybody knows.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn holds_demo_data(&self) -> Result<bool> {
        let mut reading = self.read(OrganisationId(uuid::Uuid::nil())).await?;
        let (count,): (i64,) = on!(reading, connection => sqlx::query_as(
            "SELECT count(*) FROM organisation WHERE demo",
        )
        .fetch_one(connection)
        .await)?;
        Ok(count > 0)
    }
}

impl Reading {
    /// The organisation itself.
    ///
    /// # Errors
    /// When the database can't, or there is no such organisation.
    pub async fn organisation(&mut self) -> Result<Organisation> {
        let id = self.organisation;
        let row: Option<Row> = on!(self, connection => sqlx::query_as(
            "SELECT id, version, name, time_zone, country, language, invitation_hours, employees,
                 second_factor, single_sign_on, single_sign_on_domains
             FROM organisation WHERE id = $1",
        )
        .bind(id)
        .fetch_optional(connection)
        .await)?;
        Ok(row.ok_or(Refusal::NotFound)?.into())
    }
}

impl Transaction {
    /// Marks the organisation as one of demo data.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn mark_as_demo(&mut self) -> Result<()> {
        let id = self.organisation;
        on!(self, connection => sqlx::query("UPDATE organisation SET demo = true WHERE id = $1")
            .bind(id)
            .execute(connection)
            .await
            .map(|_| ()))?;
        Ok(())
    }

    pub(crate) async fn count_employees(&mut self, more: i64) -> Result<()> {
        let id = self.organisation;
        on!(self, connection => sqlx::query(
            "UPDATE organisation SET employees = employees + $2 WHERE id = $1",
        )
        .bind(id)
        .bind(more)
        .execute(connection)
        .await
        .map(|_| ()))?;
        Ok(())
    }
}

impl Write<OrganisationCreated> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<OrganisationCreated>) -> Result<()> {
        let settings = &change.settings;
        on!(self, connection => sqlx::query(
            "INSERT INTO organisation (id, version, host, name, time_zone, country, language,
                 invitation_hours, employees, demo, created_at)
             VALUES ($1, 1, $2, $3, $4, $5, $6, $7, 0, false, $8)",
        )
        .bind(change.id)
        .bind(change.host.as_deref())
        .bind(&settings.name)
        .bind(&settings.time_zone)
        .bind(&settings.country)
        .bind(&settings.language)
        .bind(settings.invitation_hours)
        .bind(At(change.at()))
        .execute(connection)
        .await
        .map(|_| ()))?;
        Ok(())
    }
}

impl Write<SettingsChanged> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<SettingsChanged>) -> Result<()> {
        let (id, settings) = (self.organisation, &change.settings);
        let changed = on!(self, connection => sqlx::query(
            "UPDATE organisation SET version = version + 1, name = $3, time_zone = $4,
                 country = $5, language = $6, invitation_hours = $7
             WHERE id = $1 AND version = $2",
        )
        .bind(id)
        .bind(change.from)
        .bind(&settings.name)
        .bind(&settings.time_zone)
        .bind(&settings.country)
        .bind(&settings.language)
        .bind(settings.invitation_hours)
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))?;
        crate::transaction::exactly_one(changed)
    }
}

impl Write<PolicyChanged> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<PolicyChanged>) -> Result<()> {
        let (id, policy) = (self.organisation, &change.policy);
        let changed = on!(self, connection => sqlx::query(
            "UPDATE organisation SET version = version + 1, second_factor = $3,
                 single_sign_on = $4, single_sign_on_domains = $5
             WHERE id = $1 AND version = $2",
        )
        .bind(id)
        .bind(change.from)
        .bind(policy.second_factor)
        .bind(policy.single_sign_on.number())
        .bind(policy.domains.join(" "))
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))?;
        crate::transaction::exactly_one(changed)?;
        // Whoever has to use a provider from now on is in by one, or out.
        let patterns = match policy.single_sign_on {
            Required::Nobody => Vec::new(),
            Required::Everybody => vec!["%".to_owned()],
            Required::Domains => policy
                .domains
                .iter()
                .map(|one| format!("%@{one}"))
                .collect(),
        };
        for pattern in patterns {
            on!(self, connection => sqlx::query(
                "DELETE FROM session WHERE organisation = $1 AND method <> 4 AND employee IN (
                     SELECT id FROM employee WHERE organisation = $1 AND NOT exempt
                         AND email_folded LIKE $2)",
            )
            .bind(id)
            .bind(pattern)
            .execute(connection)
            .await
            .map(|_| ()))?;
        }
        Ok(())
    }
}
