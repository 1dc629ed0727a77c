//! The rows of a statement as one value, on SQLite: each row that arrives there wakes a thread, which
//! costs more than the row.

use crate::{Error, Result};
use serde::de::DeserializeOwned;

/// A row that can arrive as an array of its values.
pub(crate) trait Bundled: DeserializeOwned {
    /// Its values in their order, of a statement `r`: bytes of ids as `hex`, truth as JSON.
    const VALUES: &str;
}

/// The rows of a statement, in its order: `rows!(self, Row, sql, |query| query.bind(…))`.
macro_rules! rows {
    ($reading:expr, $row:ty, $sql:expr, |$query:ident| $bound:expr) => {{
        let sql = $sql;
        match $reading.dialect() {
            $crate::database::Dialect::Sqlite(connection) => {
                let sql = $crate::bundle::statement::<$row>(&sql);
                let $query = sqlx::query_as(sqlx::AssertSqlSafe(sql));
                $crate::bundle::open::<$row>($bound.fetch_one(connection).await?)
            }
            $crate::database::Dialect::Postgres(connection) => {
                let $query = sqlx::query_as::<_, $row>(sqlx::AssertSqlSafe(sql));
                Ok($bound.fetch_all(connection).await?)
            }
        }
    }};
}
pub(crate) use rows;

/// A statement whose one value is the rows of `sql`. SQLite keeps their order for an aggregate.
pub(crate) fn statement<R: Bundled>(sql: &str) -> String {
    let values = R::VALUES;
    format!("SELECT json_group_array(json_array({values})) FROM ({sql}) r")
}

/// The rows in such a value.
pub(crate) fn open<R: Bundled>((bundle,): (String,)) -> Result<Vec<R>> {
    serde_json::from_str(&bundle).map_err(|error| Error::Unreadable(error.to_string()))
}
