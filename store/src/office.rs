//! Offices: the list, one, when it is open, and what hangs on it.

mod write;

use crate::bundle::{Bundled, rows};
use crate::database::on;
use crate::{At, Error, Reading, Result};
use domain::field::{Email, Phone};
use domain::listing::Of;
use domain::office::{Closing, Opening, Profile, Standing, Times};
use domain::{Action, Actor, Office, OfficeId, OrganisationId, Timestamp, Version};
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
    virtual_only: bool,
    description: String,
    external_id: Option<String>,
    email: Option<Email>,
    phone: Option<Phone>,
    address: String,
    directions: String,
    parking: String,
    time_zone: Option<String>,
}

impl Bundled for Row {
    const VALUES: &str = "hex(r.organisation), hex(r.id), r.version, r.name,
        iif(r.active, json('true'), json('false')), iif(r.virtual_only, json('true'), json('false')),
        r.description, r.external_id, r.email, r.phone, r.address, r.directions, r.parking, r.time_zone";
}

/// The columns of an office `o`.
macro_rules! office {
    ($rest:literal) => {
        concat!(
            "SELECT o.organisation, o.id, o.version, o.name, o.active, o.virtual AS virtual_only,
                 o.description, o.external_id, o.email, o.phone, o.address, o.directions, o.parking,
                 o.time_zone
             FROM office o ",
            $rest
        )
    };
}

impl From<Row> for Office {
    fn from(row: Row) -> Self {
        Self {
            organisation: row.organisation,
            id: row.id,
            version: row.version,
            profile: Profile {
                name: row.name,
                active: row.active,
                virtual_only: row.virtual_only,
                description: row.description,
                external_id: row.external_id,
                email: row.email,
                phone: row.phone,
                address: row.address,
                directions: row.directions,
                parking: row.parking,
                time_zone: row.time_zone,
            },
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
            office!(
                "WHERE o.organisation = $1 AND ($2 OR EXISTS (
                 SELECT 1 FROM assignment m WHERE m.organisation = o.organisation
                     AND m.employee = $3 AND m.office = o.id AND (m.roles & 2) <> 0))
             ORDER BY o.name_folded, o.id"
            ),
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
            office!("WHERE o.organisation = $1 AND o.id = $2"),
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

    /// Every office of the organisation, by name; for what customers may choose from.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn all_offices(&mut self) -> Result<Vec<Office>> {
        let organisation = self.organisation;
        let rows = rows!(
            self,
            Row,
            office!("WHERE o.organisation = $1 ORDER BY o.name_folded, o.id"),
            |query| query.bind(organisation)
        )?;
        Ok(rows.into_iter().map(Office::from).collect())
    }

    /// When an office is open, and when it is closed: two statements.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn office_times(&mut self, id: OfficeId) -> Result<Times> {
        let times = self.times(Some(id)).await?.remove(&id);
        Ok(times.unwrap_or_default())
    }

    /// When the offices are open, and when they are closed: two statements. An office that is always
    /// open has no entry.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn all_office_times(&mut self) -> Result<HashMap<OfficeId, Times>> {
        self.times(None).await
    }

    async fn times(&mut self, office: Option<OfficeId>) -> Result<HashMap<OfficeId, Times>> {
        let organisation = self.organisation;
        let blocks: Vec<(OfficeId, i32, i32, i32)> = on!(self, connection => sqlx::query_as(
            "SELECT office, weekday, from_minute, until_minute FROM office_opening
             WHERE organisation = $1 AND ($2 IS NULL OR office = $2)
             ORDER BY office, weekday, from_minute",
        )
        .bind(organisation)
        .bind(office)
        .fetch_all(connection)
        .await)?;
        let closed: Vec<(OfficeId, String, String, String)> = on!(self, connection => sqlx::query_as(
            "SELECT office, first_day, last_day, reason FROM office_closing
             WHERE organisation = $1 AND ($2 IS NULL OR office = $2)
             ORDER BY office, first_day",
        )
        .bind(organisation)
        .bind(office)
        .fetch_all(connection)
        .await)?;
        let mut times: HashMap<OfficeId, Times> = HashMap::new();
        for (office, weekday, from, until) in blocks {
            let weekday = i8::try_from(weekday).unwrap_or_default();
            let block = Opening {
                weekday,
                from,
                until,
            };
            times.entry(office).or_default().opening.push(block);
        }
        for (office, first, last, reason) in closed {
            let day = |text: &str| {
                let unreadable = || Error::Unreadable(format!("a closing day of office {office}"));
                text.parse().map_err(|_| unreadable())
            };
            let days = Closing {
                first: day(&first)?,
                last: day(&last)?,
                reason,
            };
            times.entry(office).or_default().closing.push(days);
        }
        Ok(times)
    }

    /// What hangs on an office at `now`.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn standing_of_office(&mut self, id: OfficeId, now: Timestamp) -> Result<Standing> {
        let organisation = self.organisation;
        let (employees, appointments): (i64, i64) = on!(self, connection => sqlx::query_as(
            "SELECT (SELECT count(*) FROM assignment WHERE organisation = $1 AND office = $2),
                 (SELECT count(*) FROM appointment WHERE organisation = $1 AND office = $2
                     AND state < 4 AND ends_at > $3)",
        )
        .bind(organisation)
        .bind(id)
        .bind(At(now))
        .fetch_one(connection)
        .await)?;
        Ok(Standing {
            employees,
            appointments,
        })
    }

    /// Who holds a role in an office, at most `most` of them.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn holders_in(&mut self, id: OfficeId, most: i64) -> Result<Vec<domain::EmployeeId>> {
        let organisation = self.organisation;
        let holders: Vec<(domain::EmployeeId,)> = on!(self, connection => sqlx::query_as(
            "SELECT employee FROM assignment WHERE organisation = $1 AND office = $2
             ORDER BY employee LIMIT $3",
        )
        .bind(organisation)
        .bind(id)
        .bind(most)
        .fetch_all(connection)
        .await)?;
        Ok(holders.into_iter().map(|(employee,)| employee).collect())
    }
}
