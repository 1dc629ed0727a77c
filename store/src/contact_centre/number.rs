//! The inventory of numbers: pages of it, free ones to choose from, and who has one (C-04).

mod write;

pub use write::Added;

use crate::database::on;
use crate::search::found;
use crate::{Reading, Result, many};
use domain::contact_centre::number::{Environment, Holder, Number};
use domain::field::Phone;
use domain::{ChannelId, EmployeeId, OrganisationId};
use sqlx::{AssertSqlSafe, FromRow};

/// The numbers of a page.
pub const PAGE: i64 = 50;
/// The most free numbers to choose from at once.
pub const FREE_MAX: i64 = 50;
/// How many are looked up in one statement.
const CHUNK: usize = 512;

/// What the inventory is asked for.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Search {
    /// Digits that follow each other anywhere in the number; anything else is left out.
    pub digits: String,
    /// Only those that somebody has, or only free ones.
    pub used: Option<bool>,
    /// Only numbers after this one: the next page.
    pub after: Option<String>,
    /// Only numbers before this one: the previous page.
    pub before: Option<String>,
}

/// A page of the inventory, in the order of the numbers.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Page {
    pub numbers: Vec<Number>,
    /// How many that were asked for come before this page.
    pub skipped: i64,
    /// How many were asked for.
    pub found: i64,
    /// How many there are.
    pub all: i64,
    /// How many somebody has.
    pub used: i64,
}

#[derive(FromRow)]
struct Row {
    organisation: OrganisationId,
    number: Phone,
    employee: Option<EmployeeId>,
    name: Option<String>,
    environment: Option<i32>,
    channel: Option<ChannelId>,
    channel_name: Option<String>,
}

/// The numbers `n` of an organisation with their uses `u`.
macro_rules! numbers {
    ($rest:literal) => {
        concat!(
            "SELECT n.organisation, n.number, u.employee, CASE WHEN e.first_name = '' AND e.last_name = ''
                 THEN e.email ELSE e.first_name || ' ' || e.last_name END AS name, u.environment,
                 u.channel, c.name AS channel_name
             FROM number n
             LEFT JOIN number_use u ON u.organisation = n.organisation AND u.number = n.number
             LEFT JOIN employee e ON e.organisation = u.organisation AND e.id = u.employee
             LEFT JOIN channel c ON c.organisation = u.organisation AND c.id = u.channel
             WHERE n.organisation = $1 ",
            $rest
        )
    };
}

/// What is asked for, of `n` and `u`: digits as $2, which as $3.
macro_rules! asked {
    () => {
        concat!(
            " AND ",
            found!("n.number", 2),
            " AND ($3 = 0 OR ($3 = 1 AND u.number IS NOT NULL) OR ($3 = 2 AND u.number IS NULL)) "
        )
    };
}

impl From<Row> for Number {
    fn from(row: Row) -> Self {
        let environment = row.environment.and_then(Environment::from_number);
        let holder = match (row.employee, environment, row.channel) {
            (Some(id), Some(environment), _) => Some(Holder::User {
                id,
                name: row.name.unwrap_or_default(),
                environment,
            }),
            (_, _, Some(id)) => Some(Holder::Channel {
                id,
                name: row.channel_name.unwrap_or_default(),
            }),
            _ => None,
        };
        Self {
            organisation: row.organisation,
            number: row.number,
            holder,
        }
    }
}

/// The pattern that finds the digits of a text anywhere; empty finds all.
fn pattern(text: &str) -> String {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    match digits.is_empty() {
        true => String::new(),
        false => format!("%{digits}%"),
    }
}

impl Reading {
    /// A page of the inventory: two statements.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn numbers(&mut self, search: &Search) -> Result<Page> {
        let organisation = self.organisation;
        let pattern = pattern(&search.digits);
        let which = match search.used {
            None => 0,
            Some(true) => 1,
            Some(false) => 2,
        };
        let (sql, key) = match &search.before {
            Some(before) => (
                concat!(
                    numbers!("AND n.number < $4"),
                    asked!(),
                    "ORDER BY n.number DESC LIMIT $5"
                ),
                before.as_str(),
            ),
            None => (
                concat!(
                    numbers!("AND n.number > $4"),
                    asked!(),
                    "ORDER BY n.number LIMIT $5"
                ),
                search.after.as_deref().unwrap_or_default(),
            ),
        };
        let mut rows: Vec<Row> = on!(self, connection => sqlx::query_as(sql)
            .bind(organisation)
            .bind(&pattern)
            .bind(which)
            .bind(key)
            .bind(PAGE)
            .fetch_all(connection)
            .await)?;
        if search.before.is_some() {
            rows.reverse();
        }
        let first = rows
            .first()
            .map_or("", |row| row.number.as_str())
            .to_owned();
        let (skipped, found, all, used): (i64, i64, i64, i64) = on!(self, connection => sqlx::query_as(
            concat!(
                "SELECT count(CASE WHEN n.number < $4 THEN 1 END), count(*),
                     (SELECT count(*) FROM number WHERE organisation = $1),
                     (SELECT count(*) FROM number_use WHERE organisation = $1)
                 FROM number n
                 LEFT JOIN number_use u ON u.organisation = n.organisation AND u.number = n.number
                 WHERE n.organisation = $1",
                asked!()
            ),
        )
        .bind(organisation)
        .bind(&pattern)
        .bind(which)
        .bind(first)
        .fetch_one(connection)
        .await)?;
        Ok(Page {
            numbers: rows.into_iter().map(Number::from).collect(),
            skipped,
            found,
            all,
            used,
        })
    }

    /// Those of these numbers that are in the inventory, with who has them.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn numbers_of(&mut self, numbers: &[Phone]) -> Result<Vec<Number>> {
        let organisation = self.organisation;
        let texts: Vec<&str> = numbers.iter().map(Phone::as_str).collect();
        let mut found = Vec::new();
        for chunk in texts.chunks(CHUNK) {
            let (places, texts) = many::list(2, chunk);
            let sql = numbers!("AND n.number IN (");
            let sql = format!("{sql}{places}) ORDER BY n.number");
            let rows: Vec<Row> = on!(self, connection => {
                // Only numbered places are put between texts of the program.
                let mut query = sqlx::query_as(AssertSqlSafe(sql)).bind(organisation);
                for text in texts {
                    query = query.bind(text);
                }
                query.fetch_all(connection).await
            })?;
            found.extend(rows.into_iter().map(Number::from));
        }
        Ok(found)
    }

    /// Free numbers with these digits, in their order, at most `most` and [`FREE_MAX`] of them.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn free_numbers(&mut self, digits: &str, most: i64) -> Result<Vec<Phone>> {
        let organisation = self.organisation;
        let rows: Vec<(Phone,)> = on!(self, connection => sqlx::query_as(concat!(
            "SELECT n.number FROM number n WHERE n.organisation = $1 AND ",
            found!("n.number", 2),
            " AND NOT EXISTS (
                 SELECT 1 FROM number_use u
                 WHERE u.organisation = n.organisation AND u.number = n.number)
             ORDER BY n.number LIMIT $3",
        ))
        .bind(organisation)
        .bind(pattern(digits))
        .bind(most.clamp(0, FREE_MAX))
        .fetch_all(connection)
        .await)?;
        Ok(rows.into_iter().map(|(number,)| number).collect())
    }
}
