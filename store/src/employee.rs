//! Employees: one of them, read with the offices they work in.

mod account;
mod convert;
mod insert;
mod list;
mod write;

pub(crate) use insert::{insert, place};

use crate::appointment::{LONGEST, trouble};
use crate::bundle::{Bundled, rows};
use crate::database::on;
use crate::{At, Error, Reading, Result};
use domain::employee::{Profile, Record};
use domain::field::{Email, Phone};
use domain::sign_in::{AdministratorsWay, somebody_gets_in};
use domain::{
    Employee, EmployeeId, OfficeId, OrganisationId, PictureId, Place, ProviderId, Roles, SignIn,
    Status, Timestamp, Version,
};
use serde::Deserialize;
use sqlx::FromRow;

#[derive(FromRow, Deserialize)]
struct Row {
    organisation: OrganisationId,
    id: EmployeeId,
    version: Version,
    status: i32,
    activated_at: Option<At>,
    sign_in: i32,
    provider: Option<ProviderId>,
    exempt: bool,
    email: Email,
    email_wanted: Option<Email>,
    first_name: String,
    last_name: String,
    phone: Option<Phone>,
    external_id: Option<String>,
    roles: Roles,
    wanted: Roles,
    online_planning: bool,
    function: String,
    introduction: String,
    video_link: String,
    language: Option<String>,
    time_zone: Option<String>,
    mails_day: Option<bool>,
    mails_attention: Option<bool>,
    picture: Option<PictureId>,
    created_at: At,
    last_seen_at: At,
    office: Option<OfficeId>,
    office_roles: Option<Roles>,
    office_name: Option<String>,
    stranded: i64,
}

/// An employee with the names of the offices where they hold a role, by name.
pub type WithOffices = (Employee, Vec<(OfficeId, String)>);

impl Bundled for Row {
    const VALUES: &str = "hex(r.organisation), hex(r.id), r.version, r.status, r.activated_at, r.sign_in,
        nullif(hex(r.provider), ''), iif(r.exempt, json('true'), json('false')), r.email, r.email_wanted, r.first_name, r.last_name, r.phone, r.external_id, r.roles, r.wanted,
        iif(r.online_planning, json('true'), json('false')), r.\"function\", r.introduction,
        r.video_link, r.language, r.time_zone,
        CASE r.mails_day WHEN 1 THEN json('true') WHEN 0 THEN json('false') END,
        CASE r.mails_attention WHEN 1 THEN json('true') WHEN 0 THEN json('false') END,
        nullif(hex(r.picture), ''), r.created_at,
        r.last_seen_at, nullif(hex(r.office), ''), r.office_roles, r.office_name, r.stranded";
}

impl Reading {
    /// One employee, or `None`. Who may see them is the caller's next question to the actor.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn employee(&mut self, id: EmployeeId) -> Result<Option<Employee>> {
        let known = self.employee_with_offices(id).await?;
        Ok(known.map(|(employee, _)| employee))
    }

    /// One employee with the names of all their offices, or `None`; as with [`Reading::employee`],
    /// which of it may be seen is the caller's next question to the actor.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn employee_with_offices(&mut self, id: EmployeeId) -> Result<Option<WithOffices>> {
        known(self.rows_of(id, None).await?)
    }

    /// The same, with how many appointments they have ahead at `now` and can't take as it stands.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn employee_with_stranded(
        &mut self,
        id: EmployeeId,
        now: Timestamp,
    ) -> Result<Option<(WithOffices, i64)>> {
        let rows = self.rows_of(id, Some(now)).await?;
        let stranded = rows.first().map_or(0, |row| row.stranded);
        Ok(known(rows)?.map(|known| (known, stranded)))
    }

    async fn rows_of(&mut self, id: EmployeeId, now: Option<Timestamp>) -> Result<Vec<Row>> {
        let organisation = self.organisation;
        let stranded = match now {
            Some(_) => format!(
                "(SELECT count(*) FROM appointment a WHERE a.organisation = e.organisation
                      AND a.employee = e.id AND a.state < 4 AND a.ends_at > $3 AND a.busy_from > $4
                      AND {} > 0)",
                trouble!()
            ),
            None => "CASE WHEN $3 IS NULL AND $4 IS NULL THEN CAST(0 AS bigint) END".to_owned(),
        };
        let sql = format!(
            "SELECT e.organisation, e.id, e.version, e.status, e.activated_at, e.sign_in,
                 e.provider, e.exempt, e.email,
                 e.email_wanted, e.first_name, e.last_name, e.phone, e.external_id, e.roles,
                 e.wanted, e.online_planning, e.\"function\", e.introduction, e.video_link,
                 e.language, e.time_zone, e.mails_day, e.mails_attention, e.picture, e.created_at,
                 e.last_seen_at, a.office, a.roles AS office_roles, f.name AS office_name,
                 {stranded} AS stranded
             FROM employee e
             LEFT JOIN assignment a ON a.organisation = e.organisation AND a.employee = e.id
             LEFT JOIN office f ON f.organisation = a.organisation AND f.id = a.office
             WHERE e.organisation = $1 AND e.id = $2
             ORDER BY f.name_folded, f.id"
        );
        rows!(self, Row, sql, |query| query
            .bind(organisation)
            .bind(id)
            .bind(now.map(At))
            .bind(now.map(|now| At(now - LONGEST))))
    }

    /// The employee who signs in with this address.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn employee_by_email(&mut self, email: &str) -> Result<Option<Employee>> {
        let organisation = self.organisation;
        let found: Option<(EmployeeId,)> = on!(self, connection => sqlx::query_as(
            "SELECT id FROM employee WHERE organisation = $1 AND email_folded = $2",
        )
        .bind(organisation)
        .bind(domain::fold::fold(email))
        .fetch_optional(connection)
        .await)?;
        match found {
            Some((id,)) => self.employee(id).await,
            None => Ok(None),
        }
    }

    /// The employee whom an identity provider knows by this External ID, exactly.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn employee_by_external_id(&mut self, id: &str) -> Result<Option<Employee>> {
        let organisation = self.organisation;
        let found: Option<(EmployeeId,)> = on!(self, connection => sqlx::query_as(
            "SELECT id FROM employee WHERE organisation = $1 AND external_id = $2",
        )
        .bind(organisation)
        .bind(id)
        .fetch_optional(connection)
        .await)?;
        match found {
            Some((id,)) => self.employee(id).await,
            None => Ok(None),
        }
    }

    /// How many active Administrators there are beside `id` who can sign in (E-17, A-11).
    ///
    /// # Errors
    /// When the database can't.
    pub async fn other_active_administrators(&mut self, id: EmployeeId) -> Result<i64> {
        let ways = self.administrators_ways().await?;
        let others = ways.into_iter().filter(|way| way.employee != id);
        let others: Vec<_> = others.collect();
        if others.is_empty() {
            return Ok(0);
        }
        let providers = self.providers().await?.into_iter();
        let enabled: Vec<_> = providers
            .filter(|one| one.enabled)
            .map(|one| one.id)
            .collect();
        let policy = self.organisation().await?.policy;
        let gets_in =
            |way: &&AdministratorsWay| somebody_gets_in(&[(*way).clone()], &enabled, &policy);
        Ok(i64::try_from(others.iter().filter(gets_in).count()).unwrap_or(i64::MAX))
    }

    /// The bytes of a picture, if it is still the one of `employee`.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn picture(
        &mut self,
        employee: EmployeeId,
        id: PictureId,
    ) -> Result<Option<Vec<u8>>> {
        let organisation = self.organisation;
        let found: Option<(Vec<u8>,)> = on!(self, connection => sqlx::query_as(
            "SELECT jpeg FROM picture WHERE organisation = $1 AND employee = $2 AND id = $3",
        )
        .bind(organisation)
        .bind(employee)
        .bind(id)
        .fetch_optional(connection)
        .await)?;
        Ok(found.map(|(jpeg,)| jpeg))
    }
}

/// One employee from a row for each of their offices.
fn known(rows: Vec<Row>) -> Result<Option<WithOffices>> {
    let offices = rows
        .iter()
        .filter_map(|row| Some((row.office?, row.office_name.clone()?)))
        .collect();
    let mut places: Vec<Place> = rows
        .iter()
        .filter_map(|row| {
            Some(Place {
                office: row.office?,
                roles: row.office_roles?,
            })
        })
        .collect();
    places.sort_by_key(|place| place.office);
    let Some(row) = rows.into_iter().next() else {
        return Ok(None);
    };
    let unreadable = |what: &str| Error::Unreadable(format!("employee {}: {what}", row.id));
    let employee = Employee::known(Record {
        organisation: row.organisation,
        id: row.id,
        version: row.version,
        status: Status::from_bit(row.status).ok_or_else(|| unreadable("status"))?,
        activated_at: row.activated_at.map(|at| at.0),
        sign_in: SignIn::from_bit(row.sign_in).ok_or_else(|| unreadable("sign_in"))?,
        provider: row.provider,
        exempt: row.exempt,
        administrator: row.roles.has(domain::Role::Administrator),
        email: row.email,
        email_wanted: row.email_wanted,
        wanted: row.wanted,
        places,
        profile: Profile {
            first_name: row.first_name,
            last_name: row.last_name,
            phone: row.phone,
            external_id: row.external_id,
            online_planning: row.online_planning,
            function: row.function,
            introduction: row.introduction,
            video_link: row.video_link,
        },
        language: row.language,
        time_zone: row.time_zone,
        mails_day: row.mails_day,
        mails_attention: row.mails_attention,
        picture: row.picture,
        created_at: row.created_at.0,
        last_seen_at: row.last_seen_at.unless_never(),
    });
    Ok(Some((employee, offices)))
}
