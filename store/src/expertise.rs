//! Expertise: who handles which subject in which office, and who of them can be booked (O-03).

use crate::bundle::{Bundled, rows};
use crate::database::on;
use crate::many::{self, ROWS};
use crate::search::{found, pattern};
use crate::{Error, Reading, Result, Transaction, Write};
use domain::expertise::{Agent, Bookable, ExpertiseChanged};
use domain::listing::Cursor;
use domain::{Allowed, EmployeeId, OfficeId, PictureId, Roles, Status, SubjectId};
use serde::Deserialize;
use sqlx::{AssertSqlSafe, FromRow};
use std::collections::{HashMap, HashSet};

#[derive(FromRow)]
struct AgentRow {
    id: EmployeeId,
    first_name: String,
    last_name: String,
    email: String,
    name_folded: String,
    status: i32,
    online_planning: bool,
    roles: Roles,
    picture: Option<PictureId>,
}

#[derive(FromRow, Deserialize)]
struct BookableRow {
    id: EmployeeId,
    first_name: String,
    last_name: String,
    #[sqlx(rename = "function")]
    function: String,
    introduction: String,
    external_id: Option<String>,
    picture: Option<PictureId>,
}

impl Bundled for BookableRow {
    const VALUES: &str = "hex(r.id), r.first_name, r.last_name, r.\"function\", r.introduction,
        r.external_id, nullif(hex(r.picture), '')";
}

impl AgentRow {
    fn known(self) -> Result<Agent> {
        let name = format!("{} {}", self.first_name, self.last_name);
        let unreadable = || Error::Unreadable(format!("employee {}: its status", self.id));
        let has_name = !name.trim().is_empty();
        Ok(Agent {
            id: self.id,
            name: if has_name {
                name.trim().to_owned()
            } else {
                self.email
            },
            status: Status::from_bit(self.status).ok_or_else(unreadable)?,
            has_name,
            online_planning: self.online_planning,
            administrator: self.roles.has(domain::Role::Administrator),
            picture: self.picture,
            cursor: Cursor {
                key: self.name_folded,
                id: self.id,
            },
        })
    }
}

/// That an employee `e` can be booked, as far as it depends on them alone: Active, Online planning, a name.
/// The role in the office and the expertise there come with the joins.
pub(crate) const BOOKABLE: &str =
    "e.status = 2 AND e.online_planning AND (e.first_name <> '' OR e.last_name <> '')";

/// Expertise `x` with the role `a` in its office and the employee `e`, of those who can be booked as far
/// as people decide it (P-03). From the few who handle something to the many employees: a CROSS JOIN is
/// not turned around on SQLite.
pub(crate) fn bookable() -> String {
    format!(
        "FROM expertise x CROSS JOIN assignment a CROSS JOIN employee e
         WHERE x.organisation = $1
             AND a.organisation = x.organisation AND a.office = x.office AND a.employee = x.employee
             AND e.organisation = x.organisation AND e.id = x.employee
             AND (a.roles & 1) <> 0 AND {BOOKABLE}"
    )
}

impl Reading {
    /// Every pair of an agent and a subject that they handle in an office; also of those who are no
    /// Agent there any more.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn expertise_in(&mut self, office: OfficeId) -> Result<Vec<(EmployeeId, SubjectId)>> {
        let organisation = self.organisation;
        Ok(on!(self, connection => sqlx::query_as(
            "SELECT employee, subject FROM expertise WHERE organisation = $1 AND office = $2
             ORDER BY employee, subject",
        )
        .bind(organisation)
        .bind(office)
        .fetch_all(connection)
        .await)?)
    }

    /// The same of some of the agents, such as those on a page.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn expertise_of_agents(
        &mut self,
        office: OfficeId,
        agents: &[EmployeeId],
    ) -> Result<Vec<(EmployeeId, SubjectId)>> {
        if agents.is_empty() {
            return Ok(Vec::new());
        }
        let organisation = self.organisation;
        let (places, agents) = many::list(3, agents);
        let sql = format!(
            "SELECT employee, subject FROM expertise WHERE organisation = $1 AND office = $2
                 AND employee IN ({places})
             ORDER BY employee, subject"
        );
        Ok(on!(self, connection => {
            let mut query = sqlx::query_as(AssertSqlSafe(sql)).bind(organisation).bind(office);
            for agent in agents {
                query = query.bind(agent);
            }
            query.fetch_all(connection).await
        })?)
    }

    /// What an employee handles, and in which office; also where they are no Agent any more.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn expertise_of(
        &mut self,
        employee: EmployeeId,
    ) -> Result<Vec<(OfficeId, SubjectId)>> {
        let organisation = self.organisation;
        Ok(on!(self, connection => sqlx::query_as(
            "SELECT office, subject FROM expertise WHERE organisation = $1 AND employee = $2
             ORDER BY office, subject",
        )
        .bind(organisation)
        .bind(employee)
        .fetch_all(connection)
        .await)?)
    }

    /// The Agents of an office whose name or email has `search` in it, by name, after `after`.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn agents_in(
        &mut self,
        office: OfficeId,
        search: &str,
        after: Option<&Cursor>,
        most: i64,
    ) -> Result<Vec<Agent>> {
        let organisation = self.organisation;
        let rows: Vec<AgentRow> = on!(self, connection => sqlx::query_as(concat!(
            "SELECT e.id, e.first_name, e.last_name, e.email, e.name_folded, e.status,
                 e.online_planning, e.roles, e.picture
             FROM assignment a
             JOIN employee e ON e.organisation = a.organisation AND e.id = a.employee
             WHERE a.organisation = $1 AND a.office = $2 AND (a.roles & 1) <> 0 AND ",
            found!("e.search", 3),
            " AND ($4 IS NULL OR (e.name_folded, e.id) > ($4, $5))
             ORDER BY e.name_folded, e.id LIMIT $6",
        ))
        .bind(organisation)
        .bind(office)
        .bind(pattern(search))
        .bind(after.map(|cursor| cursor.key.clone()))
        .bind(after.map(|cursor| cursor.id))
        .bind(most)
        .fetch_all(connection)
        .await)?;
        rows.into_iter().map(AgentRow::known).collect()
    }

    /// Who can be booked for a subject in an office, as far as people decide it (P-03): Active, with a
    /// name, Online planning, Agent in the office, expertise there; by name. One statement.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn bookable_agents(
        &mut self,
        office: OfficeId,
        subject: SubjectId,
    ) -> Result<Vec<Bookable>> {
        let organisation = self.organisation;
        let sql = format!(
            "SELECT e.id, e.first_name, e.last_name, e.\"function\", e.introduction, e.external_id,
                 e.picture {}
                 AND x.office = $2 AND x.subject = $3
             ORDER BY e.name_folded, e.id",
            bookable()
        );
        let rows = rows!(self, BookableRow, sql, |query| query
            .bind(organisation)
            .bind(office)
            .bind(subject))?;
        let known = |row: BookableRow| Bookable {
            id: row.id,
            name: format!("{} {}", row.first_name, row.last_name)
                .trim()
                .to_owned(),
            function: row.function,
            introduction: row.introduction,
            external_id: row.external_id,
            picture: row.picture,
        };
        Ok(rows.into_iter().map(known).collect())
    }

    /// Which subjects can be booked in which offices, or whether one of either can: active, and somebody
    /// who can be booked handles it there.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn bookable_pairs(
        &mut self,
        office: Option<OfficeId>,
        subject: Option<SubjectId>,
    ) -> Result<HashSet<(OfficeId, SubjectId)>> {
        let organisation = self.organisation;
        let sql = format!(
            "SELECT o.id, s.id FROM office o CROSS JOIN subject s
             WHERE o.organisation = $1 AND s.organisation = $1 AND o.active AND s.active
                 AND ($2 IS NULL OR o.id = $2) AND ($3 IS NULL OR s.id = $3)
                 AND EXISTS (SELECT 1 {} AND x.office = o.id AND x.subject = s.id)",
            bookable()
        );
        let rows: Vec<(OfficeId, SubjectId)> = on!(self, connection => sqlx::query_as(AssertSqlSafe(sql))
        .bind(organisation)
        .bind(office)
        .bind(subject)
        .fetch_all(connection)
        .await)?;
        Ok(rows.into_iter().collect())
    }

    /// How many can be booked for each subject in each office, or in one, in the sense of
    /// [`Reading::bookable_agents`]; a pair that nobody handles is not among them.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn bookable(
        &mut self,
        office: Option<OfficeId>,
    ) -> Result<HashMap<(OfficeId, SubjectId), i64>> {
        let organisation = self.organisation;
        let sql = format!(
            "SELECT x.office, x.subject, count(*) {}
                 AND ($2 IS NULL OR x.office = $2)
             GROUP BY x.office, x.subject",
            bookable()
        );
        let rows: Vec<(OfficeId, SubjectId, i64)> = on!(self, connection => sqlx::query_as(AssertSqlSafe(sql))
        .bind(organisation)
        .bind(office)
        .fetch_all(connection)
        .await)?;
        let counted = |(office, subject, count)| ((office, subject), count);
        Ok(rows.into_iter().map(counted).collect())
    }
}

impl Write<ExpertiseChanged> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<ExpertiseChanged>) -> Result<()> {
        let organisation = change.organisation();
        for subject in &change.removed {
            on!(self, connection => sqlx::query(
                "DELETE FROM expertise
                 WHERE organisation = $1 AND employee = $2 AND office = $3 AND subject = $4",
            )
            .bind(organisation)
            .bind(change.employee)
            .bind(change.office)
            .bind(*subject)
            .execute(connection)
            .await
            .map(|_| ()))?;
        }
        for chunk in change.added.chunks(ROWS) {
            let begin = "INSERT INTO expertise (organisation, employee, office, subject)";
            on!(self, connection => {
                let sql = many::insert(begin, 4, chunk.len(), "ON CONFLICT DO NOTHING");
                let mut query = sqlx::query(sql);
                for subject in chunk {
                    query = query
                        .bind(organisation)
                        .bind(change.employee)
                        .bind(change.office)
                        .bind(*subject);
                }
                query.execute(connection).await.map(|_| ())
            })?;
        }
        Ok(())
    }
}
