//! An organisation with many appointments: an office of fifty agents, one of a single agent, and somebody
//! who leaves.

use crate::Result;
use domain::OfficeId;
use domain::hours::{Block, Hours, Week};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use std::path::Path;
use std::time::Instant;
use uuid::Uuid;

/// How many agents handle the subject in the large office.
pub const AGENTS: usize = 50;
/// How many appointments each agent of the organisation has.
const EACH: usize = 1_000;
/// How many lie ahead of whoever leaves.
pub const LEFT: usize = 500;
/// Minutes since midnight: of everybody in the large office.
const LONG: (u16, u16) = (9 * 60, 17 * 60);
/// Of the single agent: twenty times of a quarter of an hour.
const SHORT: (u16, u16) = (8 * 60, 13 * 60);

/// Whom and what the requests speak of.
#[derive(Clone, Debug)]
pub struct Scene {
    pub appointments: usize,
    /// Fifty agents who take half an hour, each with four appointments a day for a month to come.
    pub large: Uuid,
    pub long_subject: Uuid,
    /// One agent, who takes a quarter of an hour, twenty times a day.
    pub small: Uuid,
    pub short_subject: Uuid,
    pub alone: Uuid,
    /// Of the large office; leaves appointments behind.
    pub leaving: Uuid,
    /// Some of the fifty.
    pub colleagues: Vec<Uuid>,
}

impl Scene {
    /// Writes it into the database of a server that does not run.
    pub async fn fill(database: &Path, appointments: usize) -> Result<Self> {
        println!("making {appointments} appointments");
        let begun = Instant::now();
        let options = SqliteConnectOptions::new().filename(database);
        let mut connection = options.connect().await?;
        let organisation = sqlx::query_scalar("SELECT id FROM organisation")
            .fetch_one(&mut connection)
            .await?;
        let agents = (appointments / EACH).max(AGENTS) + 2;
        let people: Vec<Uuid> = sqlx::query_scalar(
            "SELECT id FROM employee WHERE status = 2 AND roles = 1 AND first_name <> ''
             ORDER BY email_folded LIMIT $1",
        )
        .bind(agents as i64)
        .fetch_all(&mut connection)
        .await?;
        let [alone, leaving, others @ ..] = people.as_slice() else {
            return Err("the demo data has too few agents".into());
        };
        if others.len() < agents - 2 {
            return Err(format!("the demo data has {} agents of {agents}", others.len()).into());
        }
        let mut draft = Draft {
            organisation,
            connection,
        };
        let scene = Self {
            appointments,
            large: draft.office("Bench of many").await?,
            small: draft.office("Bench of one").await?,
            long_subject: draft.subject("Half an hour", 30).await?,
            short_subject: draft.subject("A quarter of an hour", 15).await?,
            alone: *alone,
            leaving: *leaving,
            colleagues: others[..AGENTS].to_vec(),
        };
        for agent in scene.colleagues.iter().chain([leaving]) {
            let (office, subject) = (scene.large, scene.long_subject);
            draft.agent(*agent, office, subject, LONG).await?;
        }
        let (office, subject) = (scene.small, scene.short_subject);
        draft.agent(*alone, office, subject, SHORT).await?;
        draft.usual(&scene, others).await?;
        draft.left(&scene).await?;
        draft.connection.close().await?;
        println!("  made in {:.0} s", begun.elapsed().as_secs_f64());
        Ok(scene)
    }
}

struct Draft {
    organisation: Uuid,
    connection: SqliteConnection,
}

impl Draft {
    async fn office(&mut self, name: &str) -> Result<Uuid> {
        let id = Uuid::now_v7();
        sqlx::query(
            "INSERT INTO office (organisation, id, version, name, name_folded, active, created_at)
             VALUES ($1, $2, 1, $3, lower($3), TRUE, '2026-01-01T00:00:00.000000Z')",
        )
        .bind(self.organisation)
        .bind(id)
        .bind(name)
        .execute(&mut self.connection)
        .await?;
        Ok(id)
    }

    async fn subject(&mut self, title: &str, minutes: i32) -> Result<Uuid> {
        let id = Uuid::now_v7();
        sqlx::query(
            "INSERT INTO subject (organisation, id, version, category, title, title_folded, active,
                 meetings, duration, buffer_before, buffer_after, notice_least, notice_most,
                 questions, created_at)
             SELECT $1, $2, 1, (SELECT min(id) FROM category WHERE organisation = $1), $3, lower($3),
                 TRUE, 5, $4, 0, 0, 0, 365, '[]', '2026-01-01T00:00:00.000000Z'",
        )
        .bind(self.organisation)
        .bind(id)
        .bind(title)
        .bind(minutes)
        .execute(&mut self.connection)
        .await?;
        Ok(id)
    }

    /// Makes somebody an agent of one office, every day at the same times.
    async fn agent(
        &mut self,
        agent: Uuid,
        office: Uuid,
        subject: Uuid,
        (from, until): (u16, u16),
    ) -> Result<()> {
        let block = Block {
            from,
            until,
            office: OfficeId(office),
            automatic: true,
        };
        let hours = Hours {
            default: Week(std::array::from_fn(|_| vec![block])),
            ..Hours::default()
        };
        for sql in [
            "DELETE FROM absence WHERE organisation = $1 AND employee = $2",
            "DELETE FROM appointment WHERE organisation = $1 AND employee = $2",
            "UPDATE employee SET online_planning = TRUE WHERE organisation = $1 AND id = $2",
        ] {
            let query = sqlx::query(sql).bind(self.organisation).bind(agent);
            query.execute(&mut self.connection).await?;
        }
        sqlx::query(
            "INSERT INTO assignment (organisation, employee, office, roles) VALUES ($1, $2, $3, 1)",
        )
        .bind(self.organisation)
        .bind(agent)
        .bind(office)
        .execute(&mut self.connection)
        .await?;
        sqlx::query("INSERT INTO expertise (organisation, employee, office, subject) VALUES ($1, $2, $3, $4)")
            .bind(self.organisation)
            .bind(agent)
            .bind(office)
            .bind(subject)
            .execute(&mut self.connection)
            .await?;
        sqlx::query("INSERT OR REPLACE INTO hours (organisation, employee, version, content) VALUES ($1, $2, 1, $3)")
            .bind(self.organisation)
            .bind(agent)
            .bind(serde_json::to_string(&hours)?)
            .execute(&mut self.connection)
            .await?;
        Ok(())
    }

    /// Four appointments a day for everybody, of which the last month lies ahead.
    async fn usual(&mut self, scene: &Scene, agents: &[Uuid]) -> Result<()> {
        let mut transaction = self.connection.begin().await?;
        for (number, agent) in agents.iter().enumerate() {
            let sql = appointments(
                "datetime('now', 'start of day', (31 - n / 4) || ' days',
                    (9 * 60 + (n % 4) * 120 + ($5 % 4) * 30) || ' minutes')",
            );
            sqlx::query(sqlx::AssertSqlSafe(sql))
                .bind(self.organisation)
                .bind(agent)
                .bind(scene.large)
                .bind(scene.long_subject)
                .bind(number as i64)
                .bind(EACH as i64)
                .execute(&mut *transaction)
                .await?;
        }
        Ok(transaction.commit().await?)
    }

    /// What lies ahead of whoever leaves: eight a day from tomorrow on.
    async fn left(&mut self, scene: &Scene) -> Result<()> {
        let sql = appointments(
            "datetime('now', 'start of day', (1 + n / 8) || ' days',
                (9 * 60 + (n % 8) * 30 + $5) || ' minutes')",
        );
        sqlx::query(sqlx::AssertSqlSafe(sql))
            .bind(self.organisation)
            .bind(scene.leaving)
            .bind(scene.large)
            .bind(scene.long_subject)
            .bind(0)
            .bind(LEFT as i64)
            .execute(&mut self.connection)
            .await?;
        Ok(())
    }
}

/// Confirmed appointments of half an hour for agent `$2`, `$6` of them, the `n`th beginning as it says.
fn appointments(begins: &str) -> String {
    let moment = |time: &str| format!("strftime('%Y-%m-%dT%H:%M:%S.000000Z', {time})");
    let (from, until) = (moment("at"), moment("at, '30 minutes'"));
    format!(
        "WITH RECURSIVE number(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n + 1 < $6),
             time AS (SELECT n, {begins} AS at FROM number)
         INSERT INTO appointment (organisation, id, version, state, employee, office, office_name,
             subject, subject_title, meeting, begins_at, ends_at, busy_from, busy_until,
             customer_name, customer_email, customer_email_folded, customer_phone,
             customer_language, answers, remark, note, reason, against, sequence, token,
             token_sealed, created_at)
         SELECT $1, randomblob(16), 1, 2, $2, $3, 'Bench of many', $4, 'Half an hour', 4, {from},
             {until}, {from}, {until}, 'Carla Customer', 'carla' || n || '@home.example',
             'carla' || n || '@home.example', '+32470000000', 'en', '[]', '', '', '', '', 0,
             randomblob(32), x'', '2026-01-01T00:00:00.000000Z'
         FROM time"
    )
}
