//! Whom somebody watches, and how they stand (C-14).

use crate::bundle::{Bundled, rows};
use crate::database::on;
use crate::page::Paging;
use crate::search::{self, found};
use crate::{At, Error, Reading, Result, many};
use domain::contact_centre::monitor::{
    Of, OnCall, Page, Query, Shown, Watchable, Watched, Watching,
};
use domain::contact_centre::user::State;
use domain::employee::Status;
use domain::listing::Cursor;
use domain::{AgentGroupId, EmployeeId, PbxId, QueueId};
use serde::Deserialize;
use sqlx::{AssertSqlSafe, FromRow};
use uuid::Uuid;

/// Between the queues in one column; no name can hold it.
const SEPARATOR: &str = "\u{1f}";

#[derive(FromRow, Deserialize)]
struct Row {
    id: EmployeeId,
    name: String,
    name_folded: String,
    status: i32,
    state: i32,
    state_at: At,
    pbx: PbxId,
    extension: Option<String>,
    queues: Option<String>,
    group_name: Option<String>,
}

impl Bundled for Row {
    const VALUES: &str =
        "hex(r.id), r.name, r.name_folded, r.status, r.state, r.state_at, hex(r.pbx),
        r.extension, r.queues, r.group_name";
}

impl Row {
    fn watched(self) -> Result<Watched> {
        let unreadable = |what: &str| Error::Unreadable(format!("employee {}: {what}", self.id));
        let named = self.queues.as_deref().unwrap_or_default();
        let named = named.split(SEPARATOR).filter_map(|queue| {
            let name = queue.get(1..)?;
            Some((name.to_owned(), queue.starts_with('+')))
        });
        Ok(Watched {
            status: Status::from_bit(self.status).ok_or_else(|| unreadable("status"))?,
            state: State::from_number(self.state).ok_or_else(|| unreadable("state"))?,
            queues: named.collect(),
            id: self.id,
            name: self.name,
            since: self.state_at.0,
            pbx: self.pbx,
            extension: self.extension,
            group: self.group_name,
            cursor: Cursor {
                key: self.name_folded,
                id: self.id,
            },
        })
    }
}

/// What a supervisor watches: $1 organisation, $2 the supervisor.
const WATCHED_QUEUES: &str = "SELECT s.queue FROM supervised_queue s
    WHERE s.organisation = $1 AND s.employee = $2 AND s.enabled";
const WATCHED_GROUPS: &str = "SELECT s.agent_group FROM supervised_group s
    WHERE s.organisation = $1 AND s.employee = $2 AND s.enabled";

/// Who is on the page of a query. $1 organisation, $2 the supervisor, $3 queue, $4 group, $5 pattern.
fn matching(watching: Watching) -> String {
    let theirs = match watching {
        Watching::Everybody => "$2 IS NULL".to_owned(),
        Watching::Scope(_) => format!(
            "u.employee IN (
                 SELECT m.employee FROM queue_member m
                 WHERE m.organisation = $1 AND m.queue IN ({WATCHED_QUEUES}) AND $4 IS NULL
                     AND ($3 IS NULL OR m.queue = $3)
                 UNION SELECT c.employee FROM contact_user c
                 WHERE c.organisation = $1 AND c.agent_group IN ({WATCHED_GROUPS}) AND $3 IS NULL)"
        ),
    };
    let found = found!("e.name_folded", 5);
    format!(
        "FROM contact_user u
         JOIN employee e ON e.organisation = u.organisation AND e.id = u.employee
         WHERE u.organisation = $1 AND {theirs}
             AND ($3 IS NULL OR EXISTS (SELECT 1 FROM queue_member f
                 WHERE f.organisation = $1 AND f.queue = $3 AND f.employee = u.employee))
             AND ($4 IS NULL OR u.agent_group = $4)
             AND {found}"
    )
}

/// The columns of a row. $6 separator. A supervisor learns only of queues and groups that they watch.
fn columns(watching: Watching) -> String {
    let (queues, groups) = match watching {
        Watching::Everybody => (String::new(), String::new()),
        Watching::Scope(_) => (
            format!("AND q.id IN ({WATCHED_QUEUES})"),
            format!("AND g.id IN ({WATCHED_GROUPS})"),
        ),
    };
    format!(
        "e.id, CASE WHEN e.first_name = '' AND e.last_name = '' THEN e.email
             ELSE trim(e.first_name || ' ' || e.last_name) END AS name,
         e.name_folded, e.status, u.state, u.state_at, u.pbx,
         (SELECT x.extension FROM extension x WHERE x.organisation = u.organisation
             AND x.employee = u.employee ORDER BY x.environment LIMIT 1) AS extension,
         (SELECT string_agg(CASE WHEN m.enabled THEN '+' ELSE '-' END || q.name, $6
                 ORDER BY q.name_folded)
             FROM queue_member m JOIN queue q ON q.organisation = m.organisation AND q.id = m.queue
             WHERE m.organisation = u.organisation AND m.employee = u.employee {queues}) AS queues,
         (SELECT g.name FROM agent_group g WHERE g.organisation = u.organisation
             AND g.id = u.agent_group {groups}) AS group_name"
    )
}

/// How somebody is shown, as [`Shown::number`].
fn shown() -> String {
    let active = Status::Active.bit();
    format!("CASE WHEN e.status = {active} THEN u.state ELSE 0 END")
}

/// Which of those of a statement are on a call: the end of its condition, with the values from number
/// `first` on.
#[derive(Default)]
struct Calling<'a> {
    sql: String,
    extensions: Vec<(PbxId, Vec<&'a str>)>,
}

impl<'a> Calling<'a> {
    fn of(on_call: &'a OnCall, first: usize) -> Self {
        let (mut next, mut each, mut extensions) = (first, Vec::new(), Vec::new());
        for (pbx, calling) in on_call.iter().filter(|(_, calling)| !calling.is_empty()) {
            let calling: Vec<&str> = calling.iter().map(String::as_str).collect();
            let (places, calling) = many::list(next + 1, &calling);
            each.push(format!("x.pbx = ${next} AND x.extension IN ({places})"));
            next += 1 + calling.len();
            extensions.push((*pbx, calling));
        }
        let sql = match each.is_empty() {
            true => "AND 1 = 0".to_owned(),
            false => format!(
                "AND u.employee IN (SELECT x.employee FROM extension x
                     WHERE x.organisation = $1 AND ({}))",
                each.join(" OR ")
            ),
        };
        Self { sql, extensions }
    }
}

/// Binds what [`Calling`] counts.
macro_rules! bound_calling {
    ($query:expr, $calling:expr) => {{
        let mut query = $query;
        for (pbx, extensions) in &$calling.extensions {
            query = query.bind(*pbx);
            for extension in extensions {
                query = query.bind(*extension);
            }
        }
        query
    }};
}

fn supervisor(watching: Watching) -> Option<EmployeeId> {
    match watching {
        Watching::Everybody => None,
        Watching::Scope(id) => Some(id),
    }
}

/// Binds the first five parameters in their order.
macro_rules! bound {
    ($query:expr, $organisation:expr, $watching:expr, $asked:expr) => {{
        let (queue, group) = match $asked.of {
            None => (None, None),
            Some(Of::Queue(id)) => (Some(id), None),
            Some(Of::Group(id)) => (None, Some(id)),
        };
        $query
            .bind($organisation)
            .bind(supervisor($watching))
            .bind(queue)
            .bind(group)
            .bind(search::pattern(&$asked.search))
    }};
}

impl Reading {
    /// A page of those whom somebody watches, by name, with how many are in each state: two
    /// statements, three where a PBX is heard, which says who is `on_call`. What is asked of a queue or
    /// group that they do not watch finds nobody.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn watched(
        &mut self,
        watching: Watching,
        asked: &Query,
        on_call: Option<&OnCall>,
    ) -> Result<Page> {
        let organisation = self.organisation;
        let paging = Paging::of(&asked.place);
        let nobody = OnCall::new();
        let calling = asked
            .on_call
            .then(|| Calling::of(on_call.unwrap_or(&nobody), 11));
        let calling = calling.unwrap_or_default();
        let sql = format!(
            "SELECT {} {} AND ($7 = -1 OR {} = $7) {} {} LIMIT $10",
            columns(watching),
            matching(watching),
            shown(),
            calling.sql,
            paging.sql(8, 9)
        );
        let mut rows = rows!(self, Row, sql, |query| bound_calling!(
            bound!(query, organisation, watching, asked)
                .bind(SEPARATOR)
                .bind(asked.state.map_or(-1, Shown::number))
                .bind(paging.key())
                .bind(paging.id())
                .bind(i64::from(asked.rows()) + 1),
            calling
        ))?;
        let (before, after) = paging.close(&mut rows, asked.rows() as usize);
        let on_call = match on_call {
            Some(on_call) => Some(self.count_calling(watching, asked, on_call).await?),
            None => None,
        };
        Ok(Page {
            rows: rows.into_iter().map(Row::watched).collect::<Result<_>>()?,
            before,
            after,
            counts: self.count_watched(watching, asked).await?,
            on_call,
        })
    }

    async fn count_calling(
        &mut self,
        watching: Watching,
        asked: &Query,
        on_call: &OnCall,
    ) -> Result<i64> {
        let organisation = self.organisation;
        let calling = Calling::of(on_call, 6);
        let sql = format!("SELECT count(*) {} {}", matching(watching), calling.sql);
        Ok(on!(self, connection => bound_calling!(
            bound!(sqlx::query_scalar(AssertSqlSafe(sql)), organisation, watching, asked),
            calling
        )
        .fetch_one(connection)
        .await)?)
    }

    /// The extensions of those on a PBX who are on a break or work offline, and would be called otherwise.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn extensions_on_break(&mut self, pbx: PbxId) -> Result<Vec<String>> {
        let organisation = self.organisation;
        Ok(on!(self, connection => sqlx::query_scalar(
            "SELECT x.extension FROM contact_user u
             JOIN employee e ON e.organisation = u.organisation AND e.id = u.employee
             JOIN extension x ON x.organisation = u.organisation AND x.employee = u.employee
             WHERE u.organisation = $1 AND u.pbx = $2 AND u.state <> $3 AND e.status = $4
                 AND x.environment = (SELECT min(o.environment) FROM extension o
                     WHERE o.organisation = u.organisation AND o.employee = u.employee)
             ORDER BY x.extension",
        )
        .bind(organisation)
        .bind(pbx)
        .bind(State::Available.number())
        .bind(Status::Active.bit())
        .fetch_all(connection)
        .await)?)
    }

    /// Somebody, where they are watched.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn watched_one(
        &mut self,
        watching: Watching,
        id: EmployeeId,
    ) -> Result<Option<Watched>> {
        let organisation = self.organisation;
        let sql = format!(
            "SELECT {} {} AND u.employee = $7",
            columns(watching),
            matching(watching)
        );
        let anybody = Query::default();
        let row: Option<Row> = on!(self, connection =>
            bound!(sqlx::query_as(AssertSqlSafe(sql)), organisation, watching, anybody)
                .bind(SEPARATOR)
                .bind(id)
                .fetch_optional(connection)
                .await)?;
        row.map(Row::watched).transpose()
    }

    async fn count_watched(
        &mut self,
        watching: Watching,
        asked: &Query,
    ) -> Result<Vec<(Shown, i64)>> {
        let organisation = self.organisation;
        let (shown, matching) = (shown(), matching(watching));
        let sql = format!("SELECT {shown} AS shown, count(*) {matching} GROUP BY 1");
        let counts: Vec<(i32, i64)> = on!(self, connection =>
            bound!(sqlx::query_as(AssertSqlSafe(sql)), organisation, watching, asked)
                .fetch_all(connection)
                .await)?;
        let count = |shown: Shown| {
            let counted = counts.iter().find(|(number, _)| *number == shown.number());
            (shown, counted.map_or(0, |(_, count)| *count))
        };
        Ok(Shown::ALL.map(count).into())
    }

    /// What somebody may watch, by name.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn watchable(&mut self, watching: Watching) -> Result<Watchable> {
        let organisation = self.organisation;
        let (queues, groups) = match watching {
            Watching::Everybody => ("$2 IS NULL".to_owned(), "$2 IS NULL".to_owned()),
            Watching::Scope(_) => (
                format!("q.id IN ({WATCHED_QUEUES})"),
                format!("g.id IN ({WATCHED_GROUPS})"),
            ),
        };
        let sql = format!(
            "SELECT 1 AS kind, q.id, q.name, q.name_folded FROM queue q
             WHERE q.organisation = $1 AND {queues}
             UNION ALL SELECT 2, g.id, g.name, g.name_folded FROM agent_group g
             WHERE g.organisation = $1 AND {groups}
             ORDER BY 1, 4, 2"
        );
        let named: Vec<(i32, Uuid, String)> = on!(self, connection =>
            sqlx::query_as(AssertSqlSafe(sql))
                .bind(organisation)
                .bind(supervisor(watching))
                .fetch_all(connection)
                .await)?;
        let mut watchable = Watchable::default();
        for (kind, id, name) in named {
            match kind {
                1 => watchable.queues.push((QueueId(id), name)),
                _ => watchable.groups.push((AgentGroupId(id), name)),
            }
        }
        Ok(watchable)
    }

    /// What tells that a supervisor's page is old: the newest entry of the audit trail about any of
    /// those whom they watch, and how many these are.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn news_of_watched(&mut self, supervisor: EmployeeId) -> Result<(i64, i64)> {
        let organisation = self.organisation;
        let matching = matching(Watching::Scope(supervisor));
        let sql = format!(
            "SELECT COALESCE(max((SELECT max(a.sequence) FROM audit a
                 WHERE a.organisation = $1 AND a.subject = u.employee)), 0), count(*) {matching}"
        );
        let all = Query::default();
        Ok(on!(self, connection =>
            bound!(sqlx::query_as(AssertSqlSafe(sql)), organisation, Watching::Scope(supervisor), all)
                .fetch_one(connection)
                .await)?)
    }
}
