//! Of whom the requests speak: read from demo data before anything is measured.

use crate::Result;
use domain::EmployeeId;
use domain::listing::Cursor;
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use uuid::Uuid;

/// How many people are opened one after another.
const OPENED: i64 = 1_000;
/// From how many people the words for searching are taken.
const SAMPLED: i64 = 2_000;
/// How many people are changed, each by one connection.
pub const CHANGED: usize = 64;

/// Who is asked for.
#[derive(Clone, Debug)]
pub struct People {
    pub organisation: Uuid,
    /// ada@demo.example
    pub administrator: Uuid,
    /// Some, anywhere in the list.
    pub some: Vec<Uuid>,
    /// Active agents, with the versions they begin at.
    pub agents: Vec<(Uuid, i64)>,
    /// The row after which the last tenth of the list begins.
    pub deep: Cursor,
    /// What is searched: a name for the case, and what is typed.
    pub terms: Vec<(&'static str, String)>,
}

impl People {
    /// Reads them.
    ///
    /// # Errors
    /// When the database is none of demo data.
    pub async fn read(database: &Path) -> Result<Self> {
        let options = SqliteConnectOptions::new().filename(database);
        let mut opened = options.connect().await?;
        let connection = &mut opened;
        let (organisation, administrator): (Uuid, Uuid) = sqlx::query_as(
            "SELECT organisation, id FROM employee WHERE email = 'ada@demo.example'",
        )
        .fetch_one(&mut *connection)
        .await?;
        let some = sqlx::query_scalar("SELECT id FROM employee ORDER BY email_folded LIMIT $1")
            .bind(OPENED)
            .fetch_all(&mut *connection)
            .await?;
        let agents: Vec<(Uuid, i64)> = sqlx::query_as(
            "SELECT id, version FROM employee
             WHERE roles = 1 AND status = 2
             ORDER BY email_folded LIMIT $1",
        )
        .bind(CHANGED as i64)
        .fetch_all(&mut *connection)
        .await?;
        let (key, id): (String, Uuid) = sqlx::query_as(
            "SELECT name_folded, id FROM employee ORDER BY name_folded, id
             LIMIT 1 OFFSET (SELECT count(*) * 9 / 10 FROM employee)",
        )
        .fetch_one(&mut *connection)
        .await?;
        let deep = Cursor {
            key,
            id: EmployeeId(id),
        };
        let terms = terms(connection).await?;
        opened.close().await?;
        if agents.is_empty() {
            return Err("the demo data has no agents to change".into());
        }
        Ok(Self {
            organisation,
            administrator,
            some,
            agents,
            deep,
            terms,
        })
    }
}

/// Words of the people themselves: one that finds one person, one that finds about a hundredth,
/// and the commonest; then of one and two letters, and one that finds nobody.
async fn terms(connection: &mut SqliteConnection) -> Result<Vec<(&'static str, String)>> {
    let sampled: Vec<(String, String)> =
        sqlx::query_as("SELECT name_folded, email_folded FROM employee ORDER BY id LIMIT $1")
            .bind(SAMPLED)
            .fetch_all(connection)
            .await?;
    let (_, rare) = sampled
        .last()
        .cloned()
        .ok_or("there is nobody to search for")?;
    let mut found: BTreeMap<&str, usize> = BTreeMap::new();
    for (name, _) in &sampled {
        let words: BTreeSet<&str> = name.split(' ').filter(|word| word.len() > 2).collect();
        words
            .into_iter()
            .for_each(|word| *found.entry(word).or_default() += 1);
    }
    let hundredth = sampled.len() / 100;
    let middling = found
        .iter()
        .min_by_key(|(_, times)| times.abs_diff(hundredth));
    let common = found.iter().max_by_key(|(_, times)| **times);
    let word = |found: Option<(&&str, &usize)>| {
        let word = found.map(|(word, _)| (*word).to_owned());
        word.ok_or("nobody has a name")
    };
    let (middling, common) = (word(middling)?, word(common)?);
    let begin = |letters| middling.chars().take(letters).collect::<String>();
    Ok(vec![
        ("one letter", begin(1)),
        ("two letters", begin(2)),
        ("rare", rare),
        ("middling", middling),
        ("common", common),
        ("nobody", "qzxjv".to_owned()),
    ])
}
