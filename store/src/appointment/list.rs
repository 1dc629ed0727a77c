//! Lists of appointments: what somebody may handle, between two times (P-01).

use super::{Row, SELECT};
use crate::bundle::rows;
use crate::database::on;
use crate::{At, Reading, Result};
use domain::customer::Known;
use domain::fold::fold;
use domain::{
    Action, Actor, Appointment, AppointmentId, EmployeeId, OfficeId, SubjectId, Timestamp,
};

/// Which appointments; everything in it stands in the address.
#[derive(Clone, Debug)]
pub struct Query {
    pub from: Timestamp,
    pub until: Timestamp,
    pub office: Option<OfficeId>,
    pub agent: Option<EmployeeId>,
    pub subject: Option<SubjectId>,
    /// Bits of [`domain::appointment::State`]; all bits are no filter.
    pub states: i32,
    /// Those after this one in the order of time.
    pub after: Option<(Timestamp, AppointmentId)>,
    /// The most rows.
    pub most: i64,
}

/// An appointment with whom it is with.
#[derive(Clone, PartialEq, Debug)]
pub struct Listed {
    pub appointment: Appointment,
    /// The agent's name; empty for a former employee.
    pub agent: String,
    /// Whether the agent is Active.
    pub is_active: bool,
}

impl Reading {
    /// The appointments that the actor may handle, by time.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn appointments(&mut self, actor: &Actor, query: &Query) -> Result<Vec<Listed>> {
        let action = Action::HandleAppointments;
        let organisation = self.organisation;
        let (all, roles) = (actor.reaches_all(action), action.office_roles());
        let after = query
            .after
            .unwrap_or((query.from, AppointmentId(uuid::Uuid::nil())));
        let sql = format!(
            "{SELECT}
             WHERE a.organisation = $1
                 AND ($2 OR EXISTS (SELECT 1 FROM assignment m WHERE m.organisation = a.organisation
                     AND m.employee = $3 AND m.office = a.office AND (m.roles & $4) <> 0))
                 AND a.begins_at >= $5 AND a.begins_at < $6
                 AND ($7 IS NULL OR a.office = $7) AND ($8 IS NULL OR a.employee = $8)
                 AND ($9 IS NULL OR a.subject = $9) AND (a.state & $10) <> 0
                 AND (a.begins_at > $11 OR (a.begins_at = $11 AND a.id > $12))
             ORDER BY a.begins_at, a.id LIMIT $13"
        );
        let rows = rows!(self, Row, sql, |sql| sql
            .bind(organisation)
            .bind(all)
            .bind(actor.id())
            .bind(roles)
            .bind(At(query.from))
            .bind(At(query.until))
            .bind(query.office)
            .bind(query.agent)
            .bind(query.subject)
            .bind(query.states)
            .bind(At(after.0))
            .bind(after.1)
            .bind(query.most))?;
        rows.into_iter().map(listed).collect()
    }

    /// Every appointment of a customer, by time (P-08); of one who is known by a number those without
    /// an email.
    pub(crate) async fn appointments_of(&mut self, known: &Known) -> Result<Vec<Listed>> {
        let organisation = self.organisation;
        let (theirs, value) = match known {
            Known::Email(email) => ("a.customer_email_folded = $2", fold(email.as_str())),
            Known::Phone(phone) => (
                "a.customer_email_folded = '' AND a.customer_phone = $2 AND a.customer_phone <> ''",
                phone.as_str().to_owned(),
            ),
        };
        let sql =
            format!("{SELECT} WHERE a.organisation = $1 AND {theirs} ORDER BY a.begins_at, a.id");
        let rows = rows!(self, Row, sql, |query| query.bind(organisation).bind(value))?;
        rows.into_iter().map(listed).collect()
    }
}

impl Reading {
    /// One appointment with whom it is with. Who may see it is the caller's next question to it.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn listed_appointment(&mut self, id: AppointmentId) -> Result<Option<Listed>> {
        let organisation = self.organisation;
        let sql = format!("{SELECT} WHERE a.organisation = $1 AND a.id = $2");
        let rows = rows!(self, Row, sql, |query| query.bind(organisation).bind(id))?;
        rows.into_iter().next().map(listed).transpose()
    }

    /// The Agents of one office, or of all whose appointments the actor handles, by name; at most 200.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn agents_handled(
        &mut self,
        actor: &Actor,
        office: Option<OfficeId>,
    ) -> Result<Vec<(EmployeeId, String)>> {
        let action = Action::HandleAppointments;
        let organisation = self.organisation;
        Ok(on!(self, connection => sqlx::query_as(
            "SELECT e.id, trim(e.first_name || ' ' || e.last_name)
             FROM employee e
             WHERE e.organisation = $1 AND (e.first_name <> '' OR e.last_name <> '')
                 AND EXISTS (SELECT 1 FROM assignment a WHERE a.organisation = e.organisation
                     AND a.employee = e.id AND (a.roles & 1) <> 0 AND ($5 IS NULL OR a.office = $5)
                     AND ($2 OR EXISTS (SELECT 1 FROM assignment m
                         WHERE m.organisation = a.organisation AND m.employee = $3
                             AND m.office = a.office AND (m.roles & $4) <> 0)))
             ORDER BY e.name_folded, e.id LIMIT 200",
        )
        .bind(organisation)
        .bind(actor.reaches_all(action))
        .bind(actor.id())
        .bind(action.office_roles())
        .bind(office)
        .fetch_all(connection)
        .await)?)
    }
}

pub(super) fn listed(row: Row) -> Result<Listed> {
    let (agent, is_active) = (row.agent.clone(), row.agent_active);
    Ok(Listed {
        appointment: row.try_into()?,
        agent,
        is_active,
    })
}
