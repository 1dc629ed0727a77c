//! Lists of employees: one statement for a page with its count, behind a [`Visibility`].

mod memory;
mod statement;

use crate::bundle::{Bundled, rows};
use crate::database::on;
use crate::{At, Error, Reading, Result};
use domain::employee::Status;
use domain::field::Email;
use domain::listing::{COUNTED, Cursor, Page, Place, Query, Sort, Summary, Visibility};
use domain::{EmployeeId, PictureId, Roles};
use serde::Deserialize;
use sqlx::{AssertSqlSafe, FromRow};
use statement::{Key, SEPARATOR, Text, Values, bound, is_whole};

#[derive(FromRow, Deserialize)]
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

impl Bundled for Row {
    const VALUES: &str = "hex(r.id), r.first_name, r.last_name, r.email, r.email_folded,
        r.name_folded, r.status, r.shown_roles, r.offices, nullif(hex(r.picture), ''),
        r.last_seen_at, r.matches";
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
        let values = Values {
            key,
            ..Values::of(visibility, query)
        };
        let mut rows = rows!(self, Row, sql, |query| bound!(query, values))?;
        let more = rows.len() > size;
        rows.truncate(size);
        if backward {
            rows.reverse();
        }
        let matches = match rows.first() {
            Some(row) => row.matches,
            None if cursor.is_none() => 0,
            None => {
                let count = text.count(visibility, query);
                self.number(visibility, query, &count).await?
            }
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

    /// How many employees `visibility` covers.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn covered(&mut self, visibility: Visibility) -> Result<i64> {
        let query = Query::default();
        let text = Text::new(visibility, &query);
        let exactly = match is_whole(visibility, &query) {
            true => text.count(visibility, &query),
            false => format!("count(*) FROM employee e WHERE {}", text.conditions),
        };
        self.number(visibility, &query, &exactly).await
    }

    /// A number that `what` selects, which may be of the parameters of a list.
    async fn number(&mut self, visibility: Visibility, query: &Query, what: &str) -> Result<i64> {
        let values = Values::of(visibility, query);
        let sql = format!("SELECT {what}");
        let (number,): (i64,) = on!(self, connection =>
            bound!(sqlx::query_as(AssertSqlSafe(sql)), values).fetch_one(connection).await)?;
        Ok(number)
    }
}

/// What a list says of how many match: exactly, or that there are more than [`COUNTED`].
fn bounded(visibility: Visibility, query: &Query, matches: i64) -> (i64, bool) {
    if is_whole(visibility, query) {
        (matches, false)
    } else {
        (matches.min(COUNTED), matches > COUNTED)
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
