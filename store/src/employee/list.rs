//! Lists of employees: one statement for a page with its count, behind a [`Visibility`].

use crate::transaction::on;
use crate::{At, Error, Reading, Result, search};
use domain::employee::Status;
use domain::field::Email;
use domain::fold::fold;
use domain::listing::{COUNTED, Cursor, Of, Page, Place, Query, Sort, Summary, Visibility};
use domain::{EmployeeId, PictureId, Roles, Timestamp};
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

/// Between the names of offices in one column; no name can hold it.
const SEPARATOR: &str = "\u{1f}";
/// How many candidates of the names in memory a search with filters looks through before it is left to
/// the database alone, since its filters let almost nobody through.
const CANDIDATES: usize = 1024;
/// Where the count is known already.
const NOT_COUNTED: &str = "CAST(0 AS BIGINT)";

#[derive(FromRow)]
struct Row {
    id: EmployeeId,
    first_name: String,
    last_name: String,
    email: Email,
    email_folded: String,
    name_folded: String,
    status: i32,
    shown_roles: Roles,
    offices: Option<String>,
    picture: Option<PictureId>,
    last_seen_at: At,
    /// How many match in all, the same in each row.
    matches: i64,
}

/// The offices that the asker ($2) manages, as seen from an assignment `a`.
const MANAGED: &str = "EXISTS (SELECT 1 FROM assignment m WHERE m.organisation = a.organisation
    AND m.office = a.office AND m.employee = $2 AND (m.roles & 2) <> 0)";

/// Of a row, only the roles held in offices that the asker manages; that somebody is an
/// Administrator shows, since it decides what may be done to them.
const MANAGED_ROLES: &str = "((e.roles & 4) | (
    SELECT COALESCE(max(a.roles & 1), 0) | COALESCE(max(a.roles & 2), 0) FROM assignment a
    WHERE a.organisation = e.organisation AND a.employee = e.id AND EXISTS (
        SELECT 1 FROM assignment m WHERE m.organisation = a.organisation
            AND m.office = a.office AND m.employee = $2 AND (m.roles & 2) <> 0)))";

/// The statement's text, put together from constants of this file alone.
///
/// $1 organisation, $2 who asks, $3 separator, $4 $5 $6 the cursor's key (as text, status, time),
/// $7 the cursor's id, $8 limit, $9 status bits, $10 role bits, $11 pattern, $12 office.
struct Text {
    from: &'static str,
    conditions: String,
    roles: &'static str,
    visible_offices: &'static str,
}

impl Text {
    fn new(visibility: Visibility, query: &Query) -> Self {
        let managed = matches!(visibility.of(), Of::ManagedBy(_));
        let roles = if managed {
            MANAGED_ROLES
        } else {
            "(e.roles | e.wanted)"
        };
        let mut conditions = String::from("e.organisation = $1");
        let mut and = |condition: &str| {
            conditions.push_str(" AND ");
            conditions.push_str(condition);
        };
        match (visibility.of(), query.office) {
            (Of::Everyone, None) => {}
            (Of::Everyone, Some(_)) => and("e.id IN (SELECT a.employee FROM assignment a
                WHERE a.organisation = $1 AND a.office = $12)"),
            (Of::ManagedBy(_), None) => and(&format!(
                "e.id IN (SELECT a.employee FROM assignment a
                WHERE a.organisation = $1 AND {MANAGED})"
            )),
            (Of::ManagedBy(_), Some(_)) => and(&format!(
                "e.id IN (SELECT a.employee
                FROM assignment a WHERE a.organisation = $1 AND a.office = $12 AND {MANAGED})"
            )),
            (Of::Only(_), None) => and("e.id = $2"),
            (Of::Only(_), Some(_)) => and("e.id = $2 AND e.id IN (SELECT a.employee
                FROM assignment a WHERE a.organisation = $1 AND a.office = $12)"),
            (Of::Nobody, _) => and("1 = 0"),
        }
        if query.status_bits() != 0 {
            and("(e.status & $9) <> 0");
        }
        if !query.roles.is_empty() {
            and(&format!("({roles} & $10) <> 0"));
        }
        if !search::pattern(&query.search).is_empty() {
            and("e.search LIKE $11 ESCAPE '\\'");
        }
        let visible_offices = if managed { MANAGED } else { "1 = 1" };
        Self {
            from: "employee e",
            conditions,
            roles,
            visible_offices,
        }
    }

    /// A page; `matches` is an expression for how many match in all, which needs no row of its own.
    fn page(&self, sort: Sort, ascending: bool, from_cursor: bool, matches: &str) -> String {
        let Self {
            from,
            conditions,
            roles,
            visible_offices,
        } = self;
        let (key, cursor) = match sort {
            Sort::Name => ("e.name_folded, e.id", "$4, $7"),
            Sort::Email => ("e.email_folded, e.id", "$4, $7"),
            Sort::Status => ("e.status, e.name_folded, e.id", "$5, $4, $7"),
            Sort::LastSeen => ("e.last_seen_at, e.id", "$6, $7"),
        };
        let (beyond, direction) = if ascending {
            (">", "ASC")
        } else {
            ("<", "DESC")
        };
        let order = key.replace(',', &format!(" {direction},"));
        let place = match from_cursor {
            true => format!("AND ({key}) {beyond} ({cursor})"),
            false => String::new(),
        };
        format!(
            "SELECT e.id, e.first_name, e.last_name, e.email, e.email_folded, e.name_folded,
                 e.status, {roles} AS shown_roles, e.picture, e.last_seen_at,
                 (SELECT string_agg(o.name, $3 ORDER BY o.name_folded) FROM assignment a
                     JOIN office o ON o.organisation = a.organisation AND o.id = a.office
                     WHERE a.organisation = e.organisation AND a.employee = e.id
                         AND {visible_offices}) AS offices,
                 {matches} AS matches
             FROM {from} WHERE {conditions} {place}
             ORDER BY {order} {direction} LIMIT $8"
        )
    }

    /// The page in the order of names, of the candidates in $13: a JSON array of ids, on SQLite.
    fn among(&self, ascending: bool, matches: &str) -> String {
        let among = Self {
            // SQLite takes a CROSS JOIN in the order in which it is written.
            from: "json_each($13) c CROSS JOIN employee e ON e.id = unhex(c.value)",
            conditions: self.conditions.clone(),
            ..*self
        };
        among.page(Sort::Name, ascending, false, matches)
    }

    /// An expression for how many match: the kept total for the whole organisation, else exact up to
    /// one more than [`COUNTED`].
    fn count(&self, visibility: Visibility, query: &Query) -> String {
        if is_whole(visibility, query) {
            return "(SELECT employees FROM organisation WHERE id = $1)".to_owned();
        }
        let (conditions, most) = (&self.conditions, COUNTED + 1);
        format!(
            "(SELECT count(*) FROM (SELECT 1 FROM employee e WHERE {conditions} LIMIT {most}) found)"
        )
    }
}

/// Binds the twelve parameters in their order.
macro_rules! bound {
    ($sql:expr, $visibility:expr, $query:expr, $cursor:expr, $limit:expr) => {
        sqlx::query_as(AssertSqlSafe($sql))
            .bind($visibility.organisation())
            .bind(asker($visibility))
            .bind(SEPARATOR)
            .bind($cursor.text.clone())
            .bind($cursor.status)
            .bind($cursor.time)
            .bind($cursor.id)
            .bind($limit)
            .bind($query.status_bits())
            .bind($query.roles)
            .bind(search::pattern(&$query.search))
            .bind($query.office)
    };
}

impl Reading {
    /// A page of the employees that `visibility` covers.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn employees(&mut self, visibility: Visibility, query: &Query) -> Result<Page> {
        if let Some(page) = self.found_in_memory(visibility, query).await? {
            return Ok(page);
        }
        let text = Text::new(visibility, query);
        let cursor = match &query.place {
            Place::Start => None,
            Place::After(cursor) | Place::Before(cursor) => Key::read(query.sort, cursor),
        };
        // A cursor that can't be read is no place, so the list begins at its start.
        let backward = cursor.is_some() && matches!(query.place, Place::Before(_));
        let ascending = query.descending == backward;
        let matches = text.count(visibility, query);
        let sql = text.page(query.sort, ascending, cursor.is_some(), &matches);
        let key = cursor.clone().unwrap_or_default();
        let size = query.rows() as usize;
        let limit = i64::from(query.rows()) + 1;
        let mut rows: Vec<Row> = on!(self, connection => bound!(sql, visibility, query, key, limit)
            .fetch_all(connection)
            .await)?;
        let more = rows.len() > size;
        rows.truncate(size);
        if backward {
            rows.reverse();
        }
        let matches = match rows.first() {
            Some(row) => row.matches,
            None if cursor.is_none() => 0,
            None => self.count(visibility, query, &text).await?,
        };
        let (count, bounded) = bounded(visibility, query, matches);
        Ok(Page {
            rows: rows
                .into_iter()
                .map(|row| summary(row, query.sort))
                .collect::<Result<_>>()?,
            before: if backward { more } else { cursor.is_some() },
            after: backward || more,
            count,
            bounded,
        })
    }

    /// A page of a search in the order of names, from the names in memory; `None` where they are
    /// not, or where the statement alone does it better.
    ///
    /// The index yields candidates only. The statement lets through those that are visible and
    /// pass the filters, until the page is full.
    async fn found_in_memory(
        &mut self,
        visibility: Visibility,
        query: &Query,
    ) -> Result<Option<Page>> {
        let folded = fold(&query.search);
        let serves = self.store.is_alone() && visibility.of() == Of::Everyone;
        if !serves || query.sort != Sort::Name || folded.is_empty() {
            return Ok(None);
        }
        let backward = matches!(query.place, Place::Before(_));
        let ascending = query.descending == backward;
        let cursor: Option<(&str, EmployeeId)> = match &query.place {
            Place::Start => None,
            Place::After(at) | Place::Before(at) => Some((&at.key, at.id)),
        };
        let size = query.rows() as usize;
        let filtered =
            !query.roles.is_empty() || !query.status.is_empty() || query.office.is_some();
        let most = if filtered { CANDIDATES } else { size + 1 };
        let (store, organisation) = (self.store.clone(), visibility.organisation());
        let counted = COUNTED as usize;
        let found =
            store
                .index()
                .candidates(organisation, &folded, cursor, ascending, most, counted);
        let Some(found) = found else {
            // Not in memory yet: this search does without, the next one will not.
            tokio::spawn(async move { store.remember_names(organisation).await });
            return Ok(None);
        };
        let (matches, last) = (found.count, found.rows.len() < most);
        let mut rows = self
            .let_through(visibility, query, ascending, filtered, found)
            .await?;
        if !last && rows.len() <= size {
            return Ok(None);
        }
        let more = rows.len() > size;
        rows.truncate(size);
        let matches = match filtered {
            true => rows.first().map_or(0, |row| row.matches),
            false => matches,
        };
        if backward {
            rows.reverse();
        }
        let (count, bounded) = bounded(visibility, query, matches);
        let rows = rows.into_iter().map(|row| summary(row, query.sort));
        Ok(Some(Page {
            rows: rows.collect::<Result<_>>()?,
            before: if backward { more } else { cursor.is_some() },
            after: backward || more,
            count,
            bounded,
        }))
    }

    /// Of the candidates, the rows that are visible and pass the filters, in order: a page of them and
    /// one more. With filters they say how many match, which the index can't know.
    async fn let_through(
        &mut self,
        visibility: Visibility,
        query: &Query,
        ascending: bool,
        filtered: bool,
        candidates: search::Candidates,
    ) -> Result<Vec<Row>> {
        let unsearched = Query {
            search: String::new(),
            ..query.clone()
        };
        let matches = match filtered {
            true => Text::new(visibility, query).count(visibility, query),
            false => NOT_COUNTED.to_owned(),
        };
        let sql = Text::new(visibility, &unsearched).among(ascending, &matches);
        let ids = candidates
            .rows
            .iter()
            .map(|(_, id)| id.0.simple().to_string());
        let ids = serde_json::Value::from(ids.collect::<Vec<_>>()).to_string();
        let (key, limit) = (Key::default(), i64::from(query.rows()) + 1);
        Ok(
            on!(self, connection => bound!(sql, visibility, query, key, limit)
            .bind(ids)
            .fetch_all(connection)
            .await)?,
        )
    }

    /// How many employees `visibility` covers.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn covered(&mut self, visibility: Visibility) -> Result<i64> {
        let (organisation, query) = (visibility.organisation(), Query::default());
        if visibility.of() == Of::Everyone {
            let text = Text::new(visibility, &query);
            return self.count(visibility, &query, &text).await;
        }
        let conditions = Text::new(visibility, &query).conditions;
        let sql = format!("SELECT count(*) FROM employee e WHERE {conditions}");
        let (count,): (i64,) = on!(self, connection => sqlx::query_as(AssertSqlSafe(sql))
            .bind(organisation)
            .bind(asker(visibility))
            .fetch_one(connection)
            .await)?;
        Ok(count)
    }

    /// How many match, for a page beyond the last row, which has none to say it.
    async fn count(&mut self, visibility: Visibility, query: &Query, text: &Text) -> Result<i64> {
        let sql = format!("SELECT {}", text.count(visibility, query));
        let (limit, key) = (0_i64, Key::default());
        let (count,): (i64,) = on!(self, connection =>
            bound!(sql, visibility, query, key, limit).fetch_one(connection).await)?;
        Ok(count)
    }
}

/// Whether everybody in the organisation matches, whose number is kept.
fn is_whole(visibility: Visibility, query: &Query) -> bool {
    visibility.of() == Of::Everyone && !query.is_narrowed()
}

/// What a list says of how many match: exactly, or that there are more than [`COUNTED`].
fn bounded(visibility: Visibility, query: &Query, matches: i64) -> (i64, bool) {
    if is_whole(visibility, query) {
        (matches, false)
    } else {
        (matches.min(COUNTED), matches > COUNTED)
    }
}

fn asker(visibility: Visibility) -> Option<EmployeeId> {
    match visibility.of() {
        Of::Everyone | Of::Nobody => None,
        Of::ManagedBy(id) | Of::Only(id) => Some(id),
    }
}

/// A cursor as the parameters it is compared with.
#[derive(Clone)]
struct Key {
    text: String,
    status: i32,
    time: At,
    id: EmployeeId,
}

impl Default for Key {
    fn default() -> Self {
        Self {
            text: String::new(),
            status: 0,
            time: At::NEVER,
            id: EmployeeId(Uuid::nil()),
        }
    }
}

impl Key {
    /// `None` for a cursor that was made for another order, or by hand.
    fn read(sort: Sort, cursor: &Cursor) -> Option<Self> {
        // PostgreSQL takes no NUL, and no folded name holds one.
        if cursor.key.contains('\0') {
            return None;
        }
        let key = Self {
            id: cursor.id,
            ..Self::default()
        };
        match sort {
            Sort::Name | Sort::Email => Some(Self {
                text: cursor.key.clone(),
                ..key
            }),
            Sort::Status => {
                let (status, name) = cursor.key.split_once(' ')?;
                Some(Self {
                    status: status.parse().ok()?,
                    text: name.to_owned(),
                    ..key
                })
            }
            Sort::LastSeen => {
                let time = At(cursor.key.parse::<Timestamp>().ok()?);
                // Nobody was seen before "never", and PostgreSQL knows no time before 4713 BC.
                (time.0 >= At::NEVER.0).then_some(Self { time, ..key })
            }
        }
    }
}

fn summary(row: Row, sort: Sort) -> Result<Summary> {
    let name = format!("{} {}", row.first_name, row.last_name)
        .trim()
        .to_owned();
    let key = match sort {
        Sort::Name => row.name_folded,
        Sort::Email => row.email_folded,
        Sort::Status => format!("{} {}", row.status, row.name_folded),
        Sort::LastSeen => format!("{:.6}", row.last_seen_at.0),
    };
    Ok(Summary {
        id: row.id,
        name: if name.is_empty() {
            row.email.to_string()
        } else {
            name
        },
        email: row.email,
        status: Status::from_bit(row.status)
            .ok_or_else(|| Error::Unreadable(format!("employee {}: status", row.id)))?,
        roles: row.shown_roles,
        offices: row.offices.map_or_else(Vec::new, |names| {
            names.split(SEPARATOR).map(str::to_owned).collect()
        }),
        picture: row.picture,
        last_seen_at: row.last_seen_at.unless_never(),
        cursor: Cursor { key, id: row.id },
    })
}
