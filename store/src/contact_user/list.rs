//! The list of contact-centre users: one statement for a page with its count.

use super::held;
use crate::bundle::{Bundled, rows};
use crate::database::on;
use crate::page::Paging;
use crate::search::{self, found};
use crate::{Error, Reading, Result};
use domain::contact_centre::listing::{Page, Query, Summary};
use domain::employee::Status;
use domain::field::{Email, Phone};
use domain::listing::{COUNTED, Cursor};
use domain::{EmployeeId, PictureId};
use serde::Deserialize;
use sqlx::{AssertSqlSafe, FromRow};

/// Between the names of queues in one column; no name can hold it.
const SEPARATOR: &str = "\u{1f}";

#[derive(FromRow, Deserialize)]
struct Row {
    id: EmployeeId,
    first_name: String,
    last_name: String,
    email: Email,
    name_folded: String,
    status: i32,
    picture: Option<PictureId>,
    contact_center: bool,
    engage: bool,
    plan: Option<String>,
    supervisor: bool,
    group_name: String,
    work_number: Option<Phone>,
    work_extension: Option<String>,
    centre_number: Option<Phone>,
    centre_extension: Option<String>,
    queues: Option<String>,
    /// How many match in all, the same in each row.
    matches: i64,
}

impl Bundled for Row {
    const VALUES: &str = "hex(r.id), r.first_name, r.last_name, r.email, r.name_folded, r.status,
        nullif(hex(r.picture), ''), iif(r.contact_center, json('true'), json('false')),
        iif(r.engage, json('true'), json('false')), r.plan,
        iif(r.supervisor, json('true'), json('false')), r.group_name, r.work_number,
        r.work_extension, r.centre_number, r.centre_extension, r.queues, r.matches";
}

impl Row {
    fn summary(self) -> Result<Summary> {
        let name = format!("{} {}", self.first_name, self.last_name);
        let name = name.trim().to_owned();
        let unreadable = || Error::Unreadable(format!("employee {}: status", self.id));
        Ok(Summary {
            id: self.id,
            name: if name.is_empty() {
                self.email.to_string()
            } else {
                name
            },
            email: self.email,
            status: Status::from_bit(self.status).ok_or_else(unreadable)?,
            picture: self.picture,
            license: held(self.contact_center, self.engage, self.plan),
            work_number: self.work_number,
            work_extension: self.work_extension,
            centre_number: self.centre_number,
            centre_extension: self.centre_extension,
            queues: self.queues.map_or_else(Vec::new, |names| {
                names.split(SEPARATOR).map(str::to_owned).collect()
            }),
            group: self.group_name,
            supervisor: self.supervisor,
            cursor: Cursor {
                key: self.name_folded,
                id: self.id,
            },
        })
    }
}

/// Who matches. $1 organisation, $2 license bits, $3 status bits, $4 pattern, $5 group, $6 queue, $7
/// whether supervisors alone. The index of names leads on SQLite, and stops when the page is full.
const MATCHING: &str = concat!(
    "FROM employee e CROSS JOIN contact_user u
    WHERE e.organisation = $1 AND u.organisation = $1 AND u.employee = e.id
        AND ($2 = 0 OR (CASE WHEN u.engage THEN 2 WHEN u.contact_center THEN 1 ELSE 4 END & $2) <> 0)
        AND ($3 = 0 OR (e.status & $3) <> 0)
        AND ",
    found!("e.search", 4),
    "   AND ($5 IS NULL OR u.agent_group = $5)
        AND ($6 IS NULL OR EXISTS (SELECT 1 FROM queue_member f WHERE f.organisation = $1
            AND f.queue = $6 AND f.employee = u.employee))
        AND (NOT $7 OR u.supervisor)"
);

/// The same where nothing narrows it.
const EVERYBODY: &str = "FROM contact_user u WHERE u.organisation = $1";

/// The columns of a row that need no join. $8 separator.
const COLUMNS: &str =
    "e.id, e.first_name, e.last_name, e.email, e.name_folded, e.status, e.picture,
    u.contact_center, u.engage, u.plan, u.supervisor,
    (SELECT g.name FROM agent_group g
        WHERE g.organisation = u.organisation AND g.id = u.agent_group) AS group_name,
    (SELECT n.number FROM number_use n WHERE n.organisation = u.organisation
        AND n.employee = u.employee AND n.environment = 1) AS work_number,
    (SELECT x.extension FROM extension x WHERE x.organisation = u.organisation
        AND x.employee = u.employee AND x.environment = 1) AS work_extension,
    (SELECT n.number FROM number_use n WHERE n.organisation = u.organisation
        AND n.employee = u.employee AND n.environment = 2) AS centre_number,
    (SELECT x.extension FROM extension x WHERE x.organisation = u.organisation
        AND x.employee = u.employee AND x.environment = 2) AS centre_extension,
    (SELECT string_agg(q.name, $8 ORDER BY q.name_folded) FROM queue_member m
        JOIN queue q ON q.organisation = m.organisation AND q.id = m.queue
        WHERE m.organisation = u.organisation AND m.employee = u.employee) AS queues";

/// Binds the eleven parameters in their order.
macro_rules! bound {
    ($query:expr, $reading:expr, $asked:expr) => {
        $query
            .bind($reading)
            .bind($asked.license_bits())
            .bind($asked.status_bits())
            .bind(search::pattern(&$asked.search))
            .bind($asked.group)
            .bind($asked.queue)
            .bind($asked.supervisors)
    };
}

impl Reading {
    /// A page of the contact-centre users, by name.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn contact_users(&mut self, asked: &Query) -> Result<Page> {
        let organisation = self.organisation;
        let paging = Paging::of(&asked.place);
        let most = COUNTED + 1;
        let counted = match asked.is_narrowed() {
            true => MATCHING,
            false => EVERYBODY,
        };
        let sql = format!(
            "SELECT {COLUMNS}, (SELECT count(*) FROM (SELECT 1 {counted} LIMIT {most}) found) AS matches
             {MATCHING} {} LIMIT $11",
            paging.sql(9, 10)
        );
        let mut rows = rows!(self, Row, sql, |query| bound!(query, organisation, asked)
            .bind(SEPARATOR)
            .bind(paging.key())
            .bind(paging.id())
            .bind(i64::from(asked.rows()) + 1))?;
        let (before, after) = paging.close(&mut rows, asked.rows() as usize);
        let matches = match rows.first() {
            Some(row) => row.matches,
            None if paging.is_start() => 0,
            None => self.count_contact_users(asked).await?,
        };
        Ok(Page {
            rows: rows.into_iter().map(Row::summary).collect::<Result<_>>()?,
            before,
            after,
            count: matches.min(COUNTED),
            bounded: matches > COUNTED,
        })
    }

    async fn count_contact_users(&mut self, asked: &Query) -> Result<i64> {
        let organisation = self.organisation;
        let sql = format!("SELECT count(*) {MATCHING}");
        let (count,): (i64,) = on!(self, connection =>
            bound!(sqlx::query_as(AssertSqlSafe(sql)), organisation, asked)
                .fetch_one(connection)
                .await)?;
        Ok(count)
    }
}
