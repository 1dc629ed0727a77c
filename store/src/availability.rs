//! Who can be booked when: everything that P-03 asks about the agents of one office, in as many
//! statements as there are tables, however many agents and appointments there are.

use crate::appointment::LONGEST;
use crate::bundle::{Bundled, rows};
use crate::expertise::BOOKABLE;
use crate::{At, Error, Reading, Result};
use domain::availability::{Diary, Premises, Span};
use domain::booking::{Agent, Case};
use domain::hours::Hours;
use domain::{AppointmentId, EmployeeId, Office, OfficeId, Roles, Status, SubjectId};
use jiff::SignedDuration;
use jiff::tz::TimeZone;
use serde::Deserialize;
use sqlx::FromRow;
use std::collections::HashMap;
use uuid::Uuid;

/// The Agents of an office with what is known of them, to begin a FROM with.
const OF_OFFICE: &str = "assignment a CROSS JOIN employee e";
/// The condition that goes with it.
const HERE: &str = "a.organisation = $1 AND a.office = $2 AND (a.roles & 1) <> 0
    AND e.organisation = a.organisation AND e.id = a.employee";

/// Which agents a question is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Whom {
    /// Those who can be booked as far as people decide it.
    Bookable,
    /// Every Agent of the office, also one against whom something stands.
    Anyone,
    /// One person, whatever they are in the office.
    One(EmployeeId),
}

#[derive(FromRow, Deserialize)]
struct AgentRow {
    id: EmployeeId,
    name: String,
    status: i32,
    online_planning: bool,
    roles: Option<Roles>,
    expert: bool,
    hours: Option<String>,
}

impl Bundled for AgentRow {
    const VALUES: &str = "hex(r.id), r.name, r.status,
        iif(r.online_planning, json('true'), json('false')), r.roles,
        iif(r.expert, json('true'), json('false')), r.hours";
}

#[derive(FromRow, Deserialize)]
struct SpanRow {
    /// 1 an appointment, 2 an absence, 3 a busy time of a calendar.
    kind: i32,
    employee: EmployeeId,
    from_at: At,
    until_at: At,
}

impl Bundled for SpanRow {
    const VALUES: &str = "r.kind, hex(r.employee), r.from_at, r.until_at";
}

impl Whom {
    /// Whom a statement about employees is about, which `$2` names: an office, or one person.
    fn among(self) -> &'static str {
        match self {
            Self::Bookable | Self::Anyone => {
                "employee IN (SELECT employee FROM assignment
                     WHERE organisation = $1 AND office = $2 AND (roles & 1) <> 0)"
            }
            Self::One(_) => "employee = $2",
        }
    }

    fn named(self, office: OfficeId) -> Uuid {
        match self {
            Self::Bookable | Self::Anyone => office.0,
            Self::One(id) => id.0,
        }
    }
}

impl Reading {
    /// The cases of a subject in an office, by name of the agent: with their appointments, busy times
    /// and absences that touch `range`. `except` is an appointment that is to be moved, which does
    /// not stand in its own way. `None` where there is no such office or subject.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn cases(
        &mut self,
        office: OfficeId,
        subject: SubjectId,
        whom: Whom,
        range: Span,
        except: Option<AppointmentId>,
    ) -> Result<Option<Vec<Case>>> {
        let Some(known) = self.office(office).await? else {
            return Ok(None);
        };
        let Some(offer) = self.offer(office, subject).await? else {
            return Ok(None);
        };
        let offer = offer.held_in(&known);
        let agents = self.agents(office, subject, whom).await?;
        let premises = self.premises(&known).await?;
        let mut diaries = self.diaries(office, whom, range, except).await?;
        let organisation = self.organisation;
        let case = |(agent, hours): (Agent, Hours)| {
            let diary = diaries.remove(&agent.id).unwrap_or_default();
            Case {
                organisation,
                office_name: known.name.clone(),
                office_active: known.active,
                premises: premises.clone(),
                offer: offer.clone(),
                diary: Diary { hours, ..diary },
                agent,
            }
            .known()
        };
        Ok(Some(agents.into_iter().map(case).collect()))
    }

    /// The cases of the bookable agents of an office for every subject that they handle there, read for
    /// `range`; as many statements as there are tables. `None` where there is no such office.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn office_cases(
        &mut self,
        office: OfficeId,
        range: Span,
    ) -> Result<Option<Vec<Case>>> {
        let Some(known) = self.office(office).await? else {
            return Ok(None);
        };
        let offers = self.offers(office).await?;
        let pairs = self.expertise_in(office).await?;
        let agents = self.agents_with_hours(office).await?;
        let premises = self.premises(&known).await?;
        let diaries = self.diaries(office, Whom::Bookable, range, None).await?;
        let mut cases = Vec::new();
        for (employee, subject) in pairs {
            let agent = agents.get(&employee);
            let offer = offers.iter().find(|offer| offer.subject == subject);
            let (Some((agent, hours)), Some(offer)) = (agent, offer) else {
                continue;
            };
            let diary = diaries.get(&employee).cloned().unwrap_or_default();
            let case = Case {
                organisation: self.organisation,
                office_name: known.name.clone(),
                office_active: known.active,
                premises: premises.clone(),
                offer: offer.clone().held_in(&known),
                diary: Diary {
                    hours: hours.clone(),
                    ..diary
                },
                agent: agent.clone(),
            };
            cases.push(case.known());
        }
        Ok(Some(cases))
    }

    /// Those of an office who can be booked as far as people decide it, whatever they handle.
    async fn agents_with_hours(
        &mut self,
        office: OfficeId,
    ) -> Result<HashMap<EmployeeId, (Agent, Hours)>> {
        let organisation = self.organisation;
        let rows = rows!(
            self,
            AgentRow,
            "SELECT e.id, trim(e.first_name || ' ' || e.last_name) AS name, e.status,
                 e.online_planning, a.roles, true AS expert, h.content AS hours
             FROM assignment a
             JOIN employee e ON e.organisation = a.organisation AND e.id = a.employee
             LEFT JOIN hours h ON h.organisation = e.organisation AND h.employee = e.id
             WHERE a.organisation = $1 AND a.office = $2 AND (a.roles & 1) <> 0 AND e.status = 2
                 AND e.online_planning AND (e.first_name <> '' OR e.last_name <> '')",
            |query| query.bind(organisation).bind(office)
        )?;
        let agents = rows.into_iter().map(AgentRow::known);
        agents
            .map(|agent| agent.map(|(agent, hours)| (agent.id, (agent, hours))))
            .collect()
    }

    /// Where it would be: the office's clock, and when it is open.
    async fn premises(&mut self, office: &Office) -> Result<Premises> {
        let times = self.office_times(office.id).await?;
        let organisation = self.organisation().await?.settings.time_zone;
        let zone = TimeZone::get(office.zone(&organisation)).unwrap_or(TimeZone::UTC);
        Ok(Premises {
            office: office.id,
            zone,
            times,
        })
    }

    async fn agents(
        &mut self,
        office: OfficeId,
        subject: SubjectId,
        whom: Whom,
    ) -> Result<Vec<(Agent, Hours)>> {
        let organisation = self.organisation;
        // From the few of the office to the many employees: a CROSS JOIN is not turned around on SQLite.
        let (from, who) = match whom {
            Whom::Bookable => (
                OF_OFFICE,
                format!("{HERE} AND x.employee IS NOT NULL AND {BOOKABLE}"),
            ),
            Whom::Anyone => (OF_OFFICE, HERE.to_owned()),
            Whom::One(_) => (
                "employee e LEFT JOIN assignment a ON a.organisation = e.organisation
                     AND a.employee = e.id AND a.office = $2",
                "e.organisation = $1 AND e.id = $4".to_owned(),
            ),
        };
        let sql = format!(
            "SELECT e.id, trim(e.first_name || ' ' || e.last_name) AS name, e.status,
                 e.online_planning, a.roles, x.employee IS NOT NULL AS expert, h.content AS hours
             FROM {from}
             LEFT JOIN expertise x ON x.organisation = e.organisation AND x.employee = e.id
                 AND x.office = $2 AND x.subject = $3
             LEFT JOIN hours h ON h.organisation = e.organisation AND h.employee = e.id
             WHERE {who} ORDER BY e.name_folded, e.id"
        );
        let rows = rows!(self, AgentRow, sql, |query| {
            let query = query.bind(organisation).bind(office).bind(subject);
            match whom {
                Whom::One(id) => query.bind(id),
                Whom::Bookable | Whom::Anyone => query,
            }
        })?;
        rows.into_iter().map(AgentRow::known).collect()
    }

    async fn diaries(
        &mut self,
        office: OfficeId,
        whom: Whom,
        range: Span,
        except: Option<AppointmentId>,
    ) -> Result<HashMap<EmployeeId, Diary>> {
        let organisation = self.organisation;
        let among = whom.among();
        // Without it everything stands in the index.
        let but = except.map_or("", |_| "AND id <> $6");
        let sql = format!(
            "SELECT 1 AS kind, employee, busy_from AS from_at, busy_until AS until_at
             FROM appointment
             WHERE organisation = $1 AND state < 4 AND {among} AND busy_from < $3
                 AND busy_from > $5 AND busy_until > $4 {but}
             UNION ALL SELECT 2, employee, from_at, until_at FROM absence
             WHERE organisation = $1 AND {among} AND from_at < $3 AND until_at > $4
             UNION ALL SELECT 3, employee, from_at, until_at FROM busy b
             WHERE organisation = $1 AND {among} AND from_at < $3 AND until_at > $4
                 AND EXISTS (SELECT 1 FROM calendar c
                     WHERE c.organisation = b.organisation AND c.id = b.calendar AND c.blocks)"
        );
        // A day around it, for the buffers of what is asked for.
        let day = SignedDuration::from_hours(24);
        let rows = rows!(self, SpanRow, sql, |query| {
            let query = query
                .bind(organisation)
                .bind(whom.named(office))
                .bind(At(range.until + day))
                .bind(At(range.from - day))
                .bind(At(range.from - day - LONGEST));
            match except {
                Some(except) => query.bind(except),
                None => query,
            }
        })?;
        let mut diaries: HashMap<EmployeeId, Diary> = HashMap::new();
        for row in rows {
            let diary = diaries.entry(row.employee).or_default();
            let spans = match row.kind {
                1 => &mut diary.taken,
                2 => &mut diary.absences,
                _ => &mut diary.busy,
            };
            spans.push(Span {
                from: row.from_at.0,
                until: row.until_at.0,
            });
        }
        Ok(diaries)
    }
}

impl AgentRow {
    fn known(self) -> Result<(Agent, Hours)> {
        let unreadable = |what: &str| Error::Unreadable(format!("{what} of {}", self.id));
        let hours = match &self.hours {
            Some(content) => serde_json::from_str(content).map_err(|_| unreadable("hours"))?,
            None => Hours::default(),
        };
        let agent = Agent {
            id: self.id,
            status: Status::from_bit(self.status).ok_or_else(|| unreadable("status"))?,
            name: self.name,
            online_planning: self.online_planning,
            roles: self.roles.unwrap_or(Roles::NONE),
            expert: self.expert,
        };
        Ok((agent, hours))
    }
}
