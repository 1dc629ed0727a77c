//! Licenses: how many seats there are, and how many are used (C-03).

use crate::database::on;
use crate::transaction::exactly_one;
use crate::{Reading, Result, Transaction, Write};
use domain::contact_centre::license::{
    BUILT_IN, Kind, License, PlanAdded, PlanDeleted, SeatsChanged, UNWRITTEN,
};
use domain::{Allowed, Version};
use sqlx::FromRow;

#[derive(FromRow)]
struct Row {
    code: String,
    version: Version,
    name: String,
    seats: i64,
    used: i64,
}

impl Reading {
    /// Every license: those that are there from the start, then the added plans by name. One
    /// statement.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn licenses(&mut self) -> Result<Vec<License>> {
        let organisation = self.organisation;
        let mut rows: Vec<Row> = on!(self, connection => sqlx::query_as(
            "SELECT l.code, l.version, l.name, CAST(l.seats AS bigint) AS seats,
                 CAST(COALESCE(sum(c.users), 0) AS bigint) AS used
             FROM license l
             LEFT JOIN (SELECT contact_center, engage, plan, count(*) AS users
                 FROM contact_user WHERE organisation = $1
                 GROUP BY contact_center, engage, plan) c
                 ON (l.kind = 1 AND c.contact_center) OR (l.kind = 2 AND c.engage)
                     OR (l.kind = 3 AND c.plan = l.code)
             WHERE l.organisation = $1
             GROUP BY l.code, l.version, l.name, l.seats
             ORDER BY l.name, l.code",
        )
        .bind(organisation)
        .fetch_all(connection)
        .await)?;
        let built_in = BUILT_IN.map(|(code, kind, name)| {
            let at = rows.iter().position(|row| row.code == code);
            let row = at.map(|at| rows.remove(at));
            License {
                code: code.to_owned(),
                version: row.as_ref().map_or(UNWRITTEN, |row| row.version),
                kind,
                name: name.to_owned(),
                seats: row.as_ref().map_or(0, |row| row.seats),
                used: row.map_or(0, |row| row.used),
            }
        });
        let added = rows.into_iter().map(|row| License {
            code: row.code,
            version: row.version,
            kind: Kind::Plan,
            name: row.name,
            seats: row.seats,
            used: row.used,
        });
        Ok(built_in.into_iter().chain(added).collect())
    }

    /// The Work licenses, with code and name: those that are there from the start, then the added ones
    /// by name.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn plan_names(&mut self) -> Result<Vec<(String, String)>> {
        let organisation = self.organisation;
        let rows: Vec<(String, String)> = on!(self, connection => sqlx::query_as(
            "SELECT code, name FROM license WHERE organisation = $1 AND kind = $2 ORDER BY name, code",
        )
        .bind(organisation)
        .bind(Kind::Plan.number())
        .fetch_all(connection)
        .await)?;
        let built_in = BUILT_IN.into_iter();
        let built_in = built_in.filter(|(_, kind, _)| *kind == Kind::Plan);
        let named = built_in.map(|(code, _, name)| (code.to_owned(), name.to_owned()));
        let is_added = |(code, _): &(String, String)| BUILT_IN.iter().all(|(own, ..)| own != code);
        Ok(named.chain(rows.into_iter().filter(is_added)).collect())
    }

    /// One license.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn license(&mut self, code: &str) -> Result<Option<License>> {
        let all = self.licenses().await?;
        Ok(all.into_iter().find(|license| license.code == code))
    }
}

impl Transaction {
    async fn add_license(&mut self, code: &str, kind: Kind, name: &str, seats: i64) -> Result<()> {
        let organisation = self.organisation;
        on!(self, connection => sqlx::query(
            "INSERT INTO license (organisation, code, version, kind, name, seats)
             VALUES ($1, $2, 1, $3, $4, $5)",
        )
        .bind(organisation)
        .bind(code)
        .bind(kind.number())
        .bind(name)
        .bind(i32::try_from(seats).unwrap_or(i32::MAX))
        .execute(connection)
        .await
        .map(|_| ()))?;
        Ok(())
    }
}

impl Write<SeatsChanged> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<SeatsChanged>) -> Result<()> {
        let before = &change.before;
        if before.version == UNWRITTEN {
            let (code, kind) = (&before.code, before.kind);
            return self.add_license(code, kind, "", change.seats).await;
        }
        let changed = on!(self, connection => sqlx::query(
            "UPDATE license SET version = version + 1, seats = $4
             WHERE organisation = $1 AND code = $2 AND version = $3",
        )
        .bind(change.organisation())
        .bind(&before.code)
        .bind(before.version)
        .bind(i32::try_from(change.seats).unwrap_or(i32::MAX))
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))?;
        exactly_one(changed)
    }
}

impl Write<PlanAdded> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<PlanAdded>) -> Result<()> {
        let (code, name) = (&change.code, &change.name);
        self.add_license(code, Kind::Plan, name, change.seats).await
    }
}

impl Write<PlanDeleted> for Transaction {
    type Output = ();

    /// Users who have it stand in the way by a foreign key.
    async fn write(&mut self, change: &Allowed<PlanDeleted>) -> Result<()> {
        let gone = on!(self, connection => sqlx::query(
            "DELETE FROM license WHERE organisation = $1 AND code = $2 AND version = $3",
        )
        .bind(change.organisation())
        .bind(&change.before.code)
        .bind(change.before.version)
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))?;
        exactly_one(gone)
    }
}
