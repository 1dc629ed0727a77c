//! What "Who would be offered this call?" is answered from: queues that somebody may ask about, and
//! how their members stand in them (C-15).

use crate::database::on;
use crate::{Error, Reading, Result};
use domain::contact_centre::offer::{Asked, Asking, Kind, Membership, PostProcessing};
use domain::{EmployeeId, QueueId, Status};
use sqlx::FromRow;

/// A queue that somebody may ask about.
#[derive(Clone, PartialEq, Eq, Debug, FromRow)]
pub struct Askable {
    pub id: QueueId,
    pub name: String,
    /// Whether whoever asks monitors it: assigned and enabled.
    pub supervised: bool,
    /// Whether whoever asks is assigned to it themselves.
    pub assigned: bool,
}

/// Somebody in a queue, as the rule sees them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Standing {
    pub employee: EmployeeId,
    /// Their name; the email of somebody without one.
    pub name: String,
    pub membership: Membership,
}

#[derive(FromRow)]
struct Row {
    employee: EmployeeId,
    name: String,
    status: i32,
    engage: bool,
    enabled: bool,
    priority: i32,
    call_waiting: bool,
    has_endpoint: bool,
    post_processing: Option<i32>,
}

impl Row {
    fn known(self) -> Result<Standing> {
        let unreadable = || Error::Unreadable(format!("membership of {}", self.employee));
        let post_processing = match self.post_processing {
            None => PostProcessing::Manual,
            Some(seconds) => PostProcessing::Seconds(seconds.try_into().map_err(|_| unreadable())?),
        };
        let membership = Membership {
            status: Status::from_bit(self.status).ok_or_else(unreadable)?,
            kind: match self.engage {
                true => Kind::Engage,
                false => Kind::Formal,
            },
            assigned: true,
            enabled: self.enabled,
            has_endpoint: self.has_endpoint,
            call_waiting: self.call_waiting,
            post_processing,
            priority: self.priority.try_into().map_err(|_| unreadable())?,
        };
        Ok(Standing {
            employee: self.employee,
            name: self.name,
            membership,
        })
    }
}

impl Reading {
    /// The queues that somebody may ask about, by name. One statement.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn askable_queues(&mut self, asking: Asking) -> Result<Vec<Askable>> {
        let organisation = self.organisation;
        let (all, scoped, id) = match asking {
            Asking::Everything => (true, false, None),
            Asking::Scoped(id) => (false, true, Some(id)),
            Asking::Oneself(id) => (false, false, Some(id)),
        };
        Ok(on!(self, connection => sqlx::query_as(
            "SELECT q.id, q.name, s.queue IS NOT NULL AS supervised, m.queue IS NOT NULL AS assigned
             FROM queue q
             LEFT JOIN supervised_queue s ON s.organisation = q.organisation AND s.queue = q.id
                 AND s.employee = $2 AND s.enabled AND $4
             LEFT JOIN queue_member m ON m.organisation = q.organisation AND m.queue = q.id
                 AND m.employee = $2
             WHERE q.organisation = $1 AND ($3 OR s.queue IS NOT NULL OR m.queue IS NOT NULL)
             ORDER BY q.name_folded, q.id",
        )
        .bind(organisation)
        .bind(id)
        .bind(all)
        .bind(scoped)
        .fetch_all(connection)
        .await)?)
    }

    /// How those who are assigned to a queue stand in it, in the order in which they are asked. One
    /// statement, however many there are.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn standing_in_queue(
        &mut self,
        queue: QueueId,
        asked: Asked,
    ) -> Result<Vec<Standing>> {
        let organisation = self.organisation;
        let only = match asked {
            Asked::Everyone => None,
            Asked::Oneself(id) => Some(id),
        };
        let rows: Vec<Row> = on!(self, connection => sqlx::query_as(
            "SELECT m.employee, CASE WHEN e.first_name = '' AND e.last_name = ''
                     THEN e.email ELSE e.first_name || ' ' || e.last_name END AS name,
                 e.status, m.engage, m.enabled, m.priority, u.call_waiting,
                 EXISTS (SELECT 1 FROM endpoint p WHERE p.organisation = m.organisation
                     AND p.employee = m.employee)
                     AND EXISTS (SELECT 1 FROM extension x WHERE x.organisation = m.organisation
                         AND x.employee = m.employee) AS has_endpoint,
                 q.post_processing
             FROM queue_member m
             JOIN queue q ON q.organisation = m.organisation AND q.id = m.queue
             JOIN contact_user u ON u.organisation = m.organisation AND u.employee = m.employee
             JOIN employee e ON e.organisation = m.organisation AND e.id = m.employee
             WHERE m.organisation = $1 AND m.queue = $2 AND ($3 IS NULL OR m.employee = $3)
             ORDER BY m.priority, e.name_folded, e.id",
        )
        .bind(organisation)
        .bind(queue)
        .bind(only)
        .fetch_all(connection)
        .await)?;
        rows.into_iter().map(Row::known).collect()
    }
}
