//! Contact-centre users: one, what stands around them, and their endpoints (C-01 to C-05, C-12, C-16).

mod ground;
mod list;
mod write;

use crate::database::on;
use crate::{At, Error, Reading, Result};
use domain::contact_centre::license::Held;
use domain::contact_centre::user::{
    ContactUser, Endpoint, EndpointKind, Rights, Settings, State, Supervision,
};
use domain::contact_centre::voice::{Extension, Line};
use domain::field::Phone;
use domain::{
    AgentGroupId, EmployeeId, EndpointId, OrganisationId, PbxId, QueueId, TenantId, Version,
};
use sqlx::FromRow;
use std::collections::BTreeSet;
use uuid::Uuid;

#[derive(FromRow)]
struct Row {
    organisation: OrganisationId,
    employee: EmployeeId,
    version: Version,
    tenant: TenantId,
    pbx: PbxId,
    department: String,
    site: String,
    contact_center: bool,
    engage: bool,
    plan: Option<String>,
    call_waiting: bool,
    shows_cli: bool,
    agent_group: AgentGroupId,
    supervisor: bool,
    may_monitor: bool,
    may_whisper: bool,
    may_barge: bool,
    state: i32,
    state_at: At,
    work_number: Option<Phone>,
    work_extension: Option<Extension>,
    centre_number: Option<Phone>,
    centre_extension: Option<Extension>,
}

#[derive(FromRow)]
struct EndpointRow {
    id: EndpointId,
    employee: EmployeeId,
    kind: i32,
    name: String,
    username: String,
}

/// What somebody holds, of its columns.
pub(crate) fn held(contact_center: bool, engage: bool, plan: Option<String>) -> Held {
    match (contact_center, engage, plan) {
        (_, true, Some(plan)) => Held::Engage { plan },
        (true, ..) => Held::ContactCenter,
        _ => Held::None,
    }
}

impl Row {
    fn known(self, scopes: Vec<(i32, Uuid, bool)>) -> Result<ContactUser> {
        let of = |kind| {
            let own = scopes.iter().filter(move |(one, ..)| *one == kind);
            own.map(|(_, id, enabled)| (*id, *enabled))
        };
        let unreadable = || Error::Unreadable(format!("contact user {}: state", self.employee));
        Ok(ContactUser {
            organisation: self.organisation,
            employee: self.employee,
            version: self.version,
            pbx: self.pbx,
            state: State::from_number(self.state).ok_or_else(unreadable)?,
            state_at: self.state_at.0,
            supervision: Supervision {
                on: self.supervisor,
                rights: Rights {
                    monitor: self.may_monitor,
                    whisper: self.may_whisper,
                    barge: self.may_barge,
                },
                queues: of(1).map(|(id, on)| (QueueId(id), on)).collect(),
                groups: of(2).map(|(id, on)| (AgentGroupId(id), on)).collect(),
            },
            settings: Settings {
                tenant: self.tenant,
                department: self.department,
                site: self.site,
                license: held(self.contact_center, self.engage, self.plan),
                work: Line {
                    number: self.work_number,
                    extension: self.work_extension,
                },
                centre: Line {
                    number: self.centre_number,
                    extension: self.centre_extension,
                },
                call_waiting: self.call_waiting,
                shows_cli: self.shows_cli,
                agent_group: self.agent_group,
            },
        })
    }
}

impl EndpointRow {
    fn known(self) -> Result<Endpoint> {
        let unreadable = || Error::Unreadable(format!("endpoint {}: kind", self.id));
        Ok(Endpoint {
            kind: EndpointKind::from_number(self.kind).ok_or_else(unreadable)?,
            id: self.id,
            employee: self.employee,
            name: self.name,
            username: self.username,
        })
    }
}

impl Reading {
    /// The contact-centre profile of an employee, if they have one: two statements.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn contact_user(&mut self, id: EmployeeId) -> Result<Option<ContactUser>> {
        let organisation = self.organisation;
        let row: Option<Row> = on!(self, connection => sqlx::query_as(
            "SELECT u.organisation, u.employee, u.version, u.tenant, u.pbx, u.department, u.site,
                 u.contact_center, u.engage, u.plan, u.call_waiting, u.shows_cli, u.agent_group,
                 u.supervisor, u.may_monitor, u.may_whisper, u.may_barge, u.state, u.state_at,
                 (SELECT n.number FROM number_use n WHERE n.organisation = u.organisation
                     AND n.employee = u.employee AND n.environment = 1) AS work_number,
                 (SELECT x.extension FROM extension x WHERE x.organisation = u.organisation
                     AND x.employee = u.employee AND x.environment = 1) AS work_extension,
                 (SELECT n.number FROM number_use n WHERE n.organisation = u.organisation
                     AND n.employee = u.employee AND n.environment = 2) AS centre_number,
                 (SELECT x.extension FROM extension x WHERE x.organisation = u.organisation
                     AND x.employee = u.employee AND x.environment = 2) AS centre_extension
             FROM contact_user u WHERE u.organisation = $1 AND u.employee = $2",
        )
        .bind(organisation)
        .bind(id)
        .fetch_optional(connection)
        .await)?;
        let Some(row) = row else { return Ok(None) };
        let scopes: Vec<(i32, Uuid, bool)> = on!(self, connection => sqlx::query_as(
            "SELECT 1, queue, enabled FROM supervised_queue WHERE organisation = $1 AND employee = $2
             UNION ALL
             SELECT 2, agent_group, enabled FROM supervised_group
             WHERE organisation = $1 AND employee = $2
             ORDER BY 1, 2",
        )
        .bind(organisation)
        .bind(id)
        .fetch_all(connection)
        .await)?;
        row.known(scopes).map(Some)
    }

    /// The endpoints of an employee, the oldest first.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn endpoints(&mut self, id: EmployeeId) -> Result<Vec<Endpoint>> {
        let organisation = self.organisation;
        let rows: Vec<EndpointRow> = on!(self, connection => sqlx::query_as(
            "SELECT id, employee, kind, name, username FROM endpoint
             WHERE organisation = $1 AND employee = $2 ORDER BY created_at, id",
        )
        .bind(organisation)
        .bind(id)
        .fetch_all(connection)
        .await)?;
        rows.into_iter().map(EndpointRow::known).collect()
    }

    /// The extensions that somebody has on a PBX.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn extensions_on(&mut self, pbx: PbxId) -> Result<BTreeSet<Extension>> {
        let organisation = self.organisation;
        let rows: Vec<(Extension,)> = on!(self, connection => sqlx::query_as(
            "SELECT extension FROM extension WHERE organisation = $1 AND pbx = $2",
        )
        .bind(organisation)
        .bind(pbx)
        .fetch_all(connection)
        .await)?;
        Ok(rows.into_iter().map(|(one,)| one).collect())
    }
}
