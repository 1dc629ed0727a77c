//! Contact-centre users in lists of those who could be, or are, members of something (C-10).

use crate::bundle::{Bundled, rows};
use crate::database::{Dialect, on};
use crate::many;
use crate::search::{found, pattern};
use crate::{Error, Reading, Result};
use domain::contact_centre::membership::{Person, User};
use domain::listing::Cursor;
use domain::{EmployeeId, PbxId, QueueId, Status};
use serde::Deserialize;
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

#[derive(FromRow, Deserialize)]
struct PersonRow {
    id: EmployeeId,
    first_name: String,
    last_name: String,
    email: String,
    name_folded: String,
    status: i32,
    pbx: PbxId,
    engage: bool,
}

macro_rules! values {
    () => {
        "hex(r.id), r.first_name, r.last_name, r.email, r.name_folded, r.status,
        hex(r.pbx), iif(r.engage, json('true'), json('false'))"
    };
}

impl Bundled for PersonRow {
    const VALUES: &str = values!();
}

/// A person with their places in some queues, each as `+ID` or, where they are not enabled, `-ID`.
#[derive(FromRow, Deserialize)]
struct PlacedRow {
    #[sqlx(flatten)]
    person: PersonRow,
    places: Option<String>,
}

impl Bundled for PlacedRow {
    const VALUES: &str = concat!("json_array(", values!(), "), r.places");
}

/// Somebody, the queues of those asked for to which they are assigned, and whether they are enabled there.
pub type Placed = (Person, Vec<(QueueId, bool)>);

impl PersonRow {
    fn known(self) -> Result<Person> {
        let name = format!("{} {}", self.first_name, self.last_name);
        let unreadable = || Error::Unreadable(format!("employee {}: its status", self.id));
        Ok(Person {
            status: Status::from_bit(self.status).ok_or_else(unreadable)?,
            cursor: Cursor {
                key: self.name_folded,
                id: self.id,
            },
            user: User {
                employee: self.id,
                name: match name.trim() {
                    "" => self.email,
                    name => name.to_owned(),
                },
                pbx: self.pbx,
                engage: self.engage,
            },
        })
    }
}

impl PlacedRow {
    fn known(self) -> Result<Placed> {
        let unreadable = || Error::Unreadable(format!("employee {}: their queues", self.person.id));
        let place = |place: &str| {
            let (mark, queue) = place.split_at_checked(1).unwrap_or_default();
            let queue = Uuid::parse_str(queue).map_err(|_| unreadable())?;
            Ok((QueueId(queue), mark == "+"))
        };
        let places = self.places.iter().flat_map(|places| places.split(' '));
        let places = places.map(place).collect::<Result<_>>()?;
        Ok((self.person.known()?, places))
    }
}

/// The columns of a contact-centre user `u` and their employee `e`.
const PERSON: &str =
    "e.id, e.first_name, e.last_name, e.email, e.name_folded, e.status, u.pbx, u.engage";

/// Of what somebody in a list is a member.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Of {
    /// The table of memberships, and its column for what they are of.
    pub table: &'static str,
    pub column: &'static str,
    pub id: Uuid,
}

/// Contact-centre users in pages, by name: $1 to $7 as [`bound`] binds them.
fn statement(columns: &str, of: Option<Of>, search: &str, after: Option<&Cursor>) -> String {
    // From the few to the many; a CROSS JOIN is not turned around on SQLite. By name and without a
    // search, the index of names leads, and stops when the page is full.
    let (from, of_what) = match of {
        Some(Of { table, column, .. }) => (
            format!("{table} m CROSS JOIN contact_user u CROSS JOIN employee e"),
            format!("m.organisation = $1 AND m.{column} = $7 AND u.employee = m.employee"),
        ),
        None if search.trim().is_empty() => (
            "employee e CROSS JOIN contact_user u".to_owned(),
            "$7 IS NULL".to_owned(),
        ),
        None => (
            "contact_user u CROSS JOIN employee e".to_owned(),
            "$7 IS NULL".to_owned(),
        ),
    };
    let beyond = match after {
        Some(_) => "(e.name_folded, e.id) > ($4, $5)",
        None => "$4 IS NULL AND $5 IS NULL",
    };
    let found = found!("e.search", 3);
    format!(
        "SELECT {columns} FROM {from}
         WHERE {of_what} AND u.organisation = $1 AND e.organisation = $1 AND e.id = u.employee
             AND ($2 IS NULL OR u.pbx = $2)
             AND {found} AND {beyond}
         ORDER BY e.name_folded, e.id LIMIT $6"
    )
}

/// Binds what [`statement`] needs.
macro_rules! bound {
    ($query:expr, $organisation:expr, $pbx:expr, $of:expr, $search:expr, $after:expr, $most:expr) => {
        $query
            .bind($organisation)
            .bind($pbx)
            .bind(pattern($search))
            .bind($after.map(|cursor| cursor.key.clone()))
            .bind($after.map(|cursor| cursor.id))
            .bind($most)
            .bind($of.map(|of: Of| of.id))
    };
}

impl Reading {
    /// Contact-centre users, of one PBX or of all, whose name or email has `search` in it, by name,
    /// after `after`.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn contact_people(
        &mut self,
        pbx: Option<PbxId>,
        search: &str,
        after: Option<&Cursor>,
        most: i64,
    ) -> Result<Vec<Person>> {
        self.people(pbx, None, search, after, most).await
    }

    /// The same of those who are assigned to a queue.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn queue_people(
        &mut self,
        queue: QueueId,
        search: &str,
        after: Option<&Cursor>,
        most: i64,
    ) -> Result<Vec<Person>> {
        let of = Of {
            table: "queue_member",
            column: "queue",
            id: queue.0,
        };
        self.people(None, Some(of), search, after, most).await
    }

    /// The same of everybody, with their places in these queues. One statement.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn people_in_queues(
        &mut self,
        queues: &[QueueId],
        search: &str,
        after: Option<&Cursor>,
        most: i64,
    ) -> Result<Vec<Placed>> {
        let organisation = self.organisation;
        let id = match self.dialect() {
            Dialect::Sqlite(_) => "hex(m.queue)",
            Dialect::Postgres(_) => "CAST(m.queue AS text)",
        };
        let (of_queues, queues) = match queues.is_empty() {
            true => ("NULL".to_owned(), Vec::new()),
            false => many::list(8, queues),
        };
        // By user alone, who is in a few queues: SQLite would look up every pair.
        let columns = format!(
            "{PERSON}, (SELECT string_agg(CASE WHEN m.enabled THEN '+' ELSE '-' END || {id}, ' ')
                 FROM queue_member m
                 WHERE m.organisation = u.organisation AND m.employee = u.employee
                     AND COALESCE(m.queue, m.queue) IN ({of_queues})) AS places"
        );
        let sql = statement(&columns, None, search, after);
        let rows: Vec<PlacedRow> = rows!(self, PlacedRow, sql, |query| {
            let query = bound!(
                query,
                organisation,
                None::<PbxId>,
                None,
                search,
                after,
                most
            );
            queues.into_iter().fold(query, |query, id| query.bind(id))
        })?;
        rows.into_iter().map(PlacedRow::known).collect()
    }

    pub(crate) async fn people(
        &mut self,
        pbx: Option<PbxId>,
        of: Option<Of>,
        search: &str,
        after: Option<&Cursor>,
        most: i64,
    ) -> Result<Vec<Person>> {
        let organisation = self.organisation;
        let sql = statement(PERSON, of, search, after);
        let rows: Vec<PersonRow> = rows!(self, PersonRow, sql, |query| bound!(
            query,
            organisation,
            pbx,
            of,
            search,
            after,
            most
        ))?;
        rows.into_iter().map(PersonRow::known).collect()
    }

    /// Some contact-centre users, as the rules need them; who is none is not among them.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn contact_users_known(&mut self, ids: &[EmployeeId]) -> Result<Vec<User>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let organisation = self.organisation;
        let (places, ids) = many::list(2, ids);
        let sql = format!(
            "SELECT {PERSON} FROM contact_user u
             JOIN employee e ON e.organisation = u.organisation AND e.id = u.employee
             WHERE u.organisation = $1 AND u.employee IN ({places})"
        );
        let rows: Vec<PersonRow> = on!(self, connection => {
            let mut query = sqlx::query_as(AssertSqlSafe(sql)).bind(organisation);
            for id in ids {
                query = query.bind(id);
            }
            query.fetch_all(connection).await
        })?;
        rows.into_iter().map(|row| Ok(row.known()?.user)).collect()
    }
}
