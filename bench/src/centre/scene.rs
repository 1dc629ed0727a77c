//! An organisation all of whose employees are contact-centre users, each in five of 200 queues.

use crate::Result;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection};
use std::path::Path;
use std::time::Instant;
use uuid::Uuid;

/// How many queues there are, one of which is large.
pub const QUEUES: i64 = 200;
/// How many members the large queue has.
pub const MEMBERS: i64 = 500;
/// The time of everything that is made here.
const AT: &str = "2026-01-01T00:00:00.000000Z";

/// Whom and what the requests speak of.
#[derive(Clone, Debug)]
pub struct Scene {
    pub users: i64,
    pub memberships: i64,
    /// The PBX of the default tenant, on which all are.
    pub pbx: Uuid,
    /// The queue of many members.
    pub large: Uuid,
    /// A formal agent, enabled in the large queue.
    pub member: Uuid,
}

impl Scene {
    /// Writes it into the database of a server that does not run.
    pub async fn fill(database: &Path) -> Result<Self> {
        println!("making a contact centre");
        let begun = Instant::now();
        let options = SqliteConnectOptions::new()
            .filename(database)
            .foreign_keys(true);
        let mut connection = options.connect().await?;
        let (organisation, tenant, pbx): (Uuid, Uuid, Uuid) =
            sqlx::query_as("SELECT organisation, id, pbx FROM tenant WHERE is_default")
                .fetch_one(&mut connection)
                .await?;
        let large = Uuid::now_v7();
        let mut transaction = connection.begin().await?;
        for number in 0..QUEUES {
            let id = if number == 0 { large } else { Uuid::now_v7() };
            sqlx::query(
                "INSERT INTO queue (organisation, id, version, pbx, name, name_folded, direction,
                     post_processing, suits_engage, strategy, ring_seconds, created_at)
                 VALUES ($1, $2, 1, $3, $4, lower($4), 1, 30, TRUE, 2, 20, $5)",
            )
            .bind(organisation)
            .bind(id)
            .bind(pbx)
            .bind(format!("Bench {number:03}"))
            .bind(AT)
            .execute(&mut *transaction)
            .await?;
        }
        for sql in USERS {
            sqlx::query(sql)
                .bind(organisation)
                .bind(tenant)
                .bind(pbx)
                .bind(AT)
                .bind(large)
                .execute(&mut *transaction)
                .await?;
        }
        transaction.commit().await?;
        let count = async |sql: &'static str, connection: &mut sqlx::SqliteConnection| {
            sqlx::query_scalar::<_, i64>(sql)
                .fetch_one(connection)
                .await
        };
        let users = count("SELECT count(*) FROM contact_user", &mut connection).await?;
        let memberships = count("SELECT count(*) FROM queue_member", &mut connection).await?;
        let member = sqlx::query_scalar(
            "SELECT m.employee FROM queue_member m JOIN employee e ON e.id = m.employee
             WHERE m.queue = $1 AND e.status = 2 AND NOT m.engage LIMIT 1",
        )
        .bind(large)
        .fetch_one(&mut connection)
        .await?;
        sqlx::query("ANALYZE").execute(&mut connection).await?;
        connection.close().await?;
        println!(
            "  {users} users, {memberships} memberships, made in {:.0} s",
            begun.elapsed().as_secs_f64()
        );
        Ok(Self {
            users,
            memberships,
            pbx,
            large,
            member,
        })
    }
}

/// $1 organisation, $2 default tenant, $3 its PBX, $4 time, $5 the large queue. Half are formal agents, half
/// Engage users; each has a number, an extension, a desktop, and their queues.
const USERS: [&str; 8] = [
    "CREATE TEMPORARY TABLE joining AS
         SELECT e.id, row_number() OVER (ORDER BY e.id) AS n FROM employee e
         WHERE e.organisation = $1 AND NOT EXISTS (SELECT 1 FROM contact_user u
             WHERE u.organisation = e.organisation AND u.employee = e.id)",
    "INSERT INTO contact_user (organisation, employee, version, tenant, pbx, department, site,
         contact_center, engage, plan, call_waiting, shows_cli, agent_group, supervisor, may_monitor,
         may_whisper, may_barge, state, state_at, created_at)
     SELECT $1, j.id, 1, $2, $3, 'Bench', '', j.n % 2 = 0, j.n % 2 = 1,
         CASE WHEN j.n % 2 = 1 THEN 'engage_bundled' END, j.n % 3 = 0, FALSE,
         (SELECT g.id FROM agent_group g WHERE g.organisation = $1 AND g.is_default),
         FALSE, FALSE, FALSE, FALSE, 1, $4, $4
     FROM joining j",
    "INSERT INTO extension (organisation, pbx, extension, employee, environment)
     SELECT $1, $3, CAST(20000 + j.n AS text), j.id, 1 FROM joining j",
    "INSERT INTO number (organisation, number, created_at)
     SELECT $1, '+32800' || (10000 + j.n), $4 FROM joining j",
    "INSERT INTO number_use (organisation, number, employee, environment, channel)
     SELECT $1, '+32800' || (10000 + j.n), j.id, 1, NULL FROM joining j",
    // Every secret is that of one of the demo's endpoints: what it costs to open one is the same.
    "INSERT INTO endpoint (organisation, id, employee, kind, name, username, secret, created_at)
     SELECT $1, randomblob(16), j.id, 1, '', 'bench' || j.n,
         (SELECT p.secret FROM endpoint p WHERE p.organisation = $1 LIMIT 1), $4
     FROM joining j",
    "INSERT INTO queue_member (organisation, queue, employee, pbx, suits_engage, engage, enabled, priority)
     SELECT $1, $5, j.id, $3, TRUE, j.n % 2 = 1, TRUE, 1 + j.n % 3 FROM joining j WHERE j.n <= 500",
    "INSERT INTO queue_member (organisation, queue, employee, pbx, suits_engage, engage, enabled, priority)
     SELECT $1, q.id, j.id, $3, TRUE, j.n % 2 = 1, j.n % 7 > 0, 1
     FROM (SELECT id, row_number() OVER (ORDER BY id) - 1 AS n FROM queue
               WHERE organisation = $1 AND id <> $5 AND name LIKE 'Bench %') q
     JOIN joining j ON (j.n * 5) % 199 = q.n OR (j.n * 5 + 1) % 199 = q.n
         OR (j.n * 5 + 2) % 199 = q.n OR (j.n * 5 + 3) % 199 = q.n OR (j.n * 5 + 4) % 199 = q.n",
];
