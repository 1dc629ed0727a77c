//! Everything of one PBX, in as many statements for ten thousand users as for ten (C-17).

use crate::database::on;
use crate::{Reading, Result};
use domain::{
    AgentGroupId, EmployeeId, PbxId, PickupGroupId, QueueId, RingGroupId, ScriptId, TenantId,
};
use sqlx::FromRow;

/// The rows of one PBX. Lists have no order that means anything.
pub struct Export {
    /// The PBX's name, as typed.
    pub name: String,
    pub people: Vec<Person>,
    pub extensions: Vec<Extension>,
    pub numbers: Vec<Number>,
    pub devices: Vec<Device>,
    pub queues: Vec<Queue>,
    pub memberships: Vec<Membership>,
    pub ring_groups: Vec<RingGroup>,
    pub ring_members: Vec<(RingGroupId, EmployeeId)>,
    pub pickup_members: Vec<(PickupGroupId, EmployeeId)>,
    /// Enabled scopes alone (C-12).
    pub supervised_queues: Vec<(EmployeeId, QueueId)>,
    pub supervised_groups: Vec<(EmployeeId, AgentGroupId)>,
    pub scripts: Vec<Script>,
    pub channels: Vec<Channel>,
}

/// A contact-centre user.
#[derive(Debug, FromRow)]
pub struct Person {
    pub id: EmployeeId,
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    /// The bit of their status.
    pub status: i32,
    pub tenant: TenantId,
    pub agent_group: AgentGroupId,
    pub contact_center: bool,
    pub call_waiting: bool,
    pub shows_cli: bool,
    pub tenant_shows_cli: bool,
    pub supervisor: bool,
    pub may_monitor: bool,
    pub may_whisper: bool,
    pub may_barge: bool,
    /// 1 available, 2 on break, 3 working offline.
    pub state: i32,
}

/// An extension of somebody; 1 is the Work environment.
#[derive(Debug, FromRow)]
pub struct Extension {
    pub employee: EmployeeId,
    pub extension: String,
    pub environment: i32,
}

/// A number of somebody, in E.164.
#[derive(Debug, FromRow)]
pub struct Number {
    pub employee: EmployeeId,
    pub number: String,
}

/// A device; its secret is opened, so there is no `Debug`.
pub struct Device {
    pub employee: EmployeeId,
    /// As it is stored.
    pub kind: i32,
    pub username: String,
    pub secret: String,
}

/// A queue.
#[derive(Debug, FromRow)]
pub struct Queue {
    pub id: QueueId,
    pub name: String,
    /// Seconds; `None` is Manual.
    pub post_processing: Option<i32>,
    pub strategy: i32,
    pub ring_seconds: i32,
}

/// Somebody who is assigned to a queue.
#[derive(Debug, FromRow)]
pub struct Membership {
    pub queue: QueueId,
    pub employee: EmployeeId,
    pub enabled: bool,
    pub priority: i32,
}

/// A ring group.
#[derive(Debug, FromRow)]
pub struct RingGroup {
    pub id: RingGroupId,
    pub ring_seconds: i32,
}

/// A script; its steps as JSON.
#[derive(Debug, FromRow)]
pub struct Script {
    pub id: ScriptId,
    pub content: String,
}

/// An inbound number, and the script that it leads to.
#[derive(Debug, FromRow)]
pub struct Channel {
    pub number: String,
    pub script: ScriptId,
}

#[derive(FromRow)]
struct Sealed {
    employee: EmployeeId,
    kind: i32,
    username: String,
    secret: Vec<u8>,
}

/// The rows of a statement that knows the organisation as `$1` and the PBX as `$2`.
macro_rules! rows {
    ($reading:expr, $pbx:expr, $sql:literal) => {{
        let organisation = $reading.organisation;
        on!($reading, connection => sqlx::query_as($sql)
            .bind(organisation)
            .bind($pbx)
            .fetch_all(connection)
            .await)?
    }};
}

impl Reading {
    /// Everything of one PBX; `None` where there is none of this id.
    ///
    /// # Errors
    /// When the database can't, or a device's secret can't be opened.
    pub async fn export_pbx(&mut self, pbx: PbxId) -> Result<Option<Export>> {
        let names: Vec<(String,)> = rows!(
            self,
            pbx,
            "SELECT name FROM pbx WHERE organisation = $1 AND id = $2"
        );
        let Some((name,)) = names.into_iter().next() else {
            return Ok(None);
        };
        Ok(Some(Export {
            name,
            people: rows!(
                self,
                pbx,
                "SELECT e.id, e.first_name, e.last_name, e.email, e.status, u.tenant, u.agent_group,
                     u.contact_center, u.call_waiting, u.shows_cli, t.shows_cli AS tenant_shows_cli,
                     u.supervisor, u.may_monitor, u.may_whisper, u.may_barge, u.state
                 FROM contact_user u
                 JOIN employee e ON e.organisation = u.organisation AND e.id = u.employee
                 JOIN tenant t ON t.organisation = u.organisation AND t.id = u.tenant
                 WHERE u.organisation = $1 AND u.pbx = $2"
            ),
            extensions: rows!(
                self,
                pbx,
                "SELECT employee, extension, environment FROM extension
                 WHERE organisation = $1 AND pbx = $2"
            ),
            numbers: rows!(
                self,
                pbx,
                "SELECT n.employee, n.number FROM number_use n
                 JOIN contact_user u ON u.organisation = n.organisation AND u.employee = n.employee
                 WHERE n.organisation = $1 AND u.pbx = $2"
            ),
            devices: self.exported_devices(pbx).await?,
            queues: rows!(
                self,
                pbx,
                "SELECT id, name, post_processing, strategy, ring_seconds FROM queue
                 WHERE organisation = $1 AND pbx = $2"
            ),
            memberships: rows!(
                self,
                pbx,
                "SELECT queue, employee, enabled, priority FROM queue_member
                 WHERE organisation = $1 AND pbx = $2"
            ),
            ring_groups: rows!(
                self,
                pbx,
                "SELECT id, ring_seconds FROM ring_group WHERE organisation = $1 AND pbx = $2"
            ),
            ring_members: rows!(
                self,
                pbx,
                "SELECT ring_group, employee FROM ring_group_member
                 WHERE organisation = $1 AND pbx = $2"
            ),
            pickup_members: rows!(
                self,
                pbx,
                "SELECT pickup_group, employee FROM pickup_group_member
                 WHERE organisation = $1 AND pbx = $2"
            ),
            supervised_queues: rows!(
                self,
                pbx,
                "SELECT s.employee, s.queue FROM supervised_queue s
                 JOIN contact_user u ON u.organisation = s.organisation AND u.employee = s.employee
                 WHERE s.organisation = $1 AND u.pbx = $2 AND s.enabled"
            ),
            supervised_groups: rows!(
                self,
                pbx,
                "SELECT s.employee, s.agent_group FROM supervised_group s
                 JOIN contact_user u ON u.organisation = s.organisation AND u.employee = s.employee
                 WHERE s.organisation = $1 AND u.pbx = $2 AND s.enabled"
            ),
            scripts: rows!(
                self,
                pbx,
                "SELECT id, content FROM script WHERE organisation = $1 AND pbx = $2"
            ),
            channels: rows!(
                self,
                pbx,
                "SELECT n.number, c.script FROM channel c
                 JOIN script s ON s.organisation = c.organisation AND s.id = c.script
                 JOIN number_use n ON n.organisation = c.organisation AND n.channel = c.id
                 WHERE c.organisation = $1 AND s.pbx = $2"
            ),
        }))
    }

    async fn exported_devices(&mut self, pbx: PbxId) -> Result<Vec<Device>> {
        let sealed: Vec<Sealed> = rows!(
            self,
            pbx,
            "SELECT d.employee, d.kind, d.username, d.secret FROM endpoint d
             JOIN contact_user u ON u.organisation = d.organisation AND u.employee = d.employee
             WHERE d.organisation = $1 AND u.pbx = $2"
        );
        let key = self.store.key();
        let opened = sealed.into_iter().map(|row| {
            let plain = key.open(&row.secret)?;
            Ok(Device {
                employee: row.employee,
                kind: row.kind,
                username: row.username,
                secret: String::from_utf8_lossy(&plain).into_owned(),
            })
        });
        opened.collect()
    }
}
