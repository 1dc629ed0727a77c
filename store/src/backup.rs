//! Copies of an SQLite database: taken of one moment while it is served, and verified.

use crate::{Error, Result};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use std::path::Path;

/// Copies the database at `from` into the empty file `into`, without bringing it up to date.
///
/// # Errors
/// When either can't be read or written.
pub async fn copy(from: &Path, into: &Path) -> Result<()> {
    let name = into
        .to_str()
        .ok_or_else(|| Error::Unreadable("the name of the file is not UTF-8".into()))?;
    let mut connection = connect(from).await?;
    sqlx::query("VACUUM INTO $1")
        .bind(name)
        .execute(&mut connection)
        .await?;
    connection.close().await?;
    Ok(())
}

/// Verifies that a file is a whole database of Staffroom.
///
/// # Errors
/// [`Error::Unreadable`] with what is wrong with it.
pub async fn verify(file: &Path) -> Result<()> {
    let not_ours = |_| Error::Unreadable("it is no database of Staffroom".into());
    let mut connection = connect(file).await.map_err(|error| match error {
        Error::Database(error) => not_ours(error),
        error => error,
    })?;
    sqlx::query("SELECT count(*) FROM organisation")
        .execute(&mut connection)
        .await
        .map_err(not_ours)?;
    let (verdict,): (String,) = sqlx::query_as("PRAGMA quick_check(1)")
        .fetch_one(&mut connection)
        .await?;
    connection.close().await?;
    match verdict.as_str() {
        "ok" => Ok(()),
        _ => Err(Error::Unreadable(verdict)),
    }
}

async fn connect(file: &Path) -> Result<SqliteConnection> {
    Ok(SqliteConnectOptions::new()
        .filename(file)
        .busy_timeout(std::time::Duration::from_secs(10))
        .connect()
        .await?)
}
