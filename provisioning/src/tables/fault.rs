//! Why a database did not do it, told without what is secret.

use pbx::Table;
use sqlx::Error;

/// How many characters of it are told.
const TOLD: usize = 200;

/// The rest of a sentence. The address is in none of sqlx's words; a value that the database repeats
/// could be the password of a device, and is left out.
pub(super) fn sentence(error: &Error, tables: &[Table]) -> String {
    let why = match error {
        Error::Database(error) => error.message().to_owned(),
        Error::Io(error) => format!("the database can't be reached: {error}"),
        Error::Tls(_) => "the database can't be reached through TLS".to_owned(),
        _ => "the database broke off".to_owned(),
    };
    let rows = tables.iter().flat_map(|table| &table.rows);
    let secrets = rows.filter_map(|row| row.get("password"));
    let why = secrets.fold(why, |why, secret| why.replace(secret.as_str(), "(secret)"));
    let words: Vec<&str> = why.split_whitespace().collect();
    words.join(" ").chars().take(TOLD).collect()
}
