//! Sessions: who is signed in, read with their roles in one statement on every request.

mod write;

pub(crate) use write::{end_all, end_all_of_providers};

use crate::bundle::{Bundled, rows};
use crate::database::on;
use crate::secret::Token;
use crate::{At, Reading, Result};
use domain::organisation::Settings;
use domain::sign_in::Method;
use domain::{
    Actor, EmployeeId, OfficeId, Organisation, OrganisationId, PictureId, Place, Roles, SessionId,
    Timestamp, Version,
};
use jiff::SignedDuration;
use serde::Deserialize;
use sqlx::FromRow;

/// The longest a session lives.
pub const AGE: SignedDuration = SignedDuration::from_hours(30 * 24);
/// The longest a session lives without a request.
pub const IDLE: SignedDuration = SignedDuration::from_hours(3 * 24);
/// How often "last seen" is written at most.
pub const SEEN_EVERY: SignedDuration = SignedDuration::from_mins(5);

/// A signed-in person as every page needs them.
#[derive(Clone, Debug)]
pub struct Session {
    pub id: SessionId,
    pub actor: Actor,
    pub employee: EmployeeId,
    pub name: String,
    pub email: String,
    pub roles: Roles,
    pub picture: Option<PictureId>,
    pub language: Option<String>,
    pub time_zone: Option<String>,
    pub seen_at: Timestamp,
    pub began_at: Timestamp,
    /// When it was proved last who it is; `None` where a provider did not say.
    pub proved_at: Option<Timestamp>,
    /// Whether a second factor has to be registered before anything else.
    pub lacks_factor: bool,
    /// Whether they are a contact-centre user.
    pub contact_centre: bool,
    pub organisation: Organisation,
    /// The offices where a role is held, with their names.
    pub places: Vec<(Place, String)>,
}

/// A session as its owner sees it in the list of their sessions.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Listed {
    pub id: SessionId,
    pub created_at: Timestamp,
    pub seen_at: Timestamp,
    pub method: Method,
    pub agent: String,
    pub address: String,
}

/// What is noted of a device that signs in.
#[derive(Clone, Debug, Default)]
pub struct Device {
    pub agent: String,
    pub address: String,
}

#[derive(FromRow, Deserialize)]
struct Row {
    session: SessionId,
    created_at: At,
    seen_at: At,
    id: EmployeeId,
    email: String,
    first_name: String,
    last_name: String,
    roles: Roles,
    picture: Option<PictureId>,
    language: Option<String>,
    time_zone: Option<String>,
    office: Option<OfficeId>,
    office_roles: Option<Roles>,
    office_name: Option<String>,
    organisation: OrganisationId,
    organisation_version: Version,
    organisation_name: String,
    organisation_time_zone: String,
    country: String,
    organisation_language: String,
    invitation_hours: i32,
    employees: i64,
    second_factor: Roles,
    single_sign_on: i32,
    single_sign_on_domains: String,
    method: i32,
    proved_at: Option<At>,
    needs_factor: i32,
    has_factor: i32,
    supervisor: Option<bool>,
}

impl Bundled for Row {
    const VALUES: &str =
        "hex(r.session), r.created_at, r.seen_at, hex(r.id), r.email, r.first_name,
        r.last_name, r.roles, nullif(hex(r.picture), ''), r.language, r.time_zone,
        nullif(hex(r.office), ''), r.office_roles, r.office_name, hex(r.organisation),
        r.organisation_version, r.organisation_name, r.organisation_time_zone, r.country,
        r.organisation_language, r.invitation_hours, r.employees, r.second_factor,
        r.single_sign_on, r.single_sign_on_domains, r.method, r.proved_at, r.needs_factor,
        r.has_factor, CASE r.supervisor WHEN 1 THEN json('true') WHEN 0 THEN json('false') END";
}

impl Reading {
    /// The session of a cookie, with its person's roles as they are at this moment; `None` when it
    /// ended, is too old, or the person may not sign in any more.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn session(&mut self, token: &Token, now: Timestamp) -> Result<Option<Session>> {
        let organisation = self.organisation;
        let rows = rows!(
            self,
            Row,
            "SELECT s.id AS session, s.created_at, s.seen_at, e.id, e.email, e.first_name,
                 e.last_name, e.roles, e.picture, e.language, e.time_zone, a.office,
                 a.roles AS office_roles, f.name AS office_name,
                 o.id AS organisation, o.version AS organisation_version,
                 o.name AS organisation_name, o.time_zone AS organisation_time_zone, o.country,
                 o.language AS organisation_language, o.invitation_hours, o.employees,
                 o.second_factor, o.single_sign_on, o.single_sign_on_domains,
                 s.method, s.proved_at,
                 CASE WHEN e.sign_in = 1
                     AND (e.password_short OR (e.roles & o.second_factor) <> 0)
                     THEN 1 ELSE 0 END AS needs_factor,
                 CASE WHEN e.sign_in = 1 AND (
                     EXISTS (SELECT 1 FROM passkey k
                         WHERE k.organisation = e.organisation AND k.employee = e.id)
                     OR EXISTS (SELECT 1 FROM authenticator t
                         WHERE t.organisation = e.organisation AND t.employee = e.id))
                     THEN 1 ELSE 0 END AS has_factor, u.supervisor
             FROM session s
             JOIN employee e ON e.organisation = s.organisation AND e.id = s.employee
             JOIN organisation o ON o.id = s.organisation
             LEFT JOIN assignment a ON a.organisation = e.organisation AND a.employee = e.id
             LEFT JOIN office f ON f.organisation = a.organisation AND f.id = a.office
             LEFT JOIN contact_user u ON u.organisation = e.organisation AND u.employee = e.id
             WHERE s.organisation = $1 AND s.token = $2 AND e.status = 2
             ORDER BY f.name_folded",
            |query| query.bind(organisation).bind(token.hash())
        )?;
        Ok(session(rows).filter(|session| {
            now.duration_since(session.began_at) < AGE && now.duration_since(session.seen_at) < IDLE
        }))
    }

    /// The sessions of an employee, the one used last first.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn sessions(&mut self, id: EmployeeId, now: Timestamp) -> Result<Vec<Listed>> {
        #[derive(FromRow)]
        struct Row {
            id: SessionId,
            created_at: At,
            seen_at: At,
            method: i32,
            agent: String,
            address: String,
        }
        let organisation = self.organisation;
        let rows: Vec<Row> = on!(self, connection => sqlx::query_as(
            "SELECT id, created_at, seen_at, method, agent, address FROM session
             WHERE organisation = $1 AND employee = $2 AND created_at > $3 AND seen_at > $4
             ORDER BY seen_at DESC, id",
        )
        .bind(organisation)
        .bind(id)
        .bind(At(now - AGE))
        .bind(At(now - IDLE))
        .fetch_all(connection)
        .await)?;
        let listed = |row: Row| Listed {
            id: row.id,
            created_at: row.created_at.0,
            seen_at: row.seen_at.0,
            method: Method::from_number(row.method).unwrap_or(Method::Password),
            agent: row.agent,
            address: row.address,
        };
        Ok(rows.into_iter().map(listed).collect())
    }
}

fn session(rows: Vec<Row>) -> Option<Session> {
    let places: Vec<(Place, String)> = rows
        .iter()
        .filter_map(|row| {
            let place = Place {
                office: row.office?,
                roles: row.office_roles?,
            };
            Some((place, row.office_name.clone()?))
        })
        .collect();
    let row = rows.into_iter().next()?;
    // Of somebody who has a second factor, the password alone is no sign-in, also of before.
    if row.has_factor != 0 && row.method == Method::Password.number() {
        return None;
    }
    let name = format!("{} {}", row.first_name, row.last_name)
        .trim()
        .to_owned();
    let organisation = Organisation {
        id: row.organisation,
        version: row.organisation_version,
        employees: row.employees,
        policy: crate::organisation::policy(
            row.second_factor,
            row.single_sign_on,
            &row.single_sign_on_domains,
        ),
        settings: Settings {
            name: row.organisation_name,
            time_zone: row.organisation_time_zone,
            country: row.country,
            language: row.organisation_language,
            invitation_hours: row.invitation_hours,
        },
    };
    let administrator = row.roles.has(domain::Role::Administrator);
    let held = places.iter().map(|(place, _)| *place).collect();
    let session = Session {
        id: row.session,
        actor: Actor::known(row.organisation, row.id, administrator, held)
            .supervising(row.supervisor == Some(true)),
        contact_centre: row.supervisor.is_some(),
        employee: row.id,
        name: if name.is_empty() {
            row.email.clone()
        } else {
            name
        },
        email: row.email,
        roles: row.roles,
        picture: row.picture,
        language: row.language,
        time_zone: row.time_zone,
        seen_at: row.seen_at.0,
        began_at: row.created_at.0,
        proved_at: row.proved_at.map(|at| at.0),
        lacks_factor: row.needs_factor != 0 && row.has_factor == 0,
        organisation,
        places,
    };
    Some(session)
}
