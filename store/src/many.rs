//! Many rows in one INSERT, many ids in one list: the same text for the same number, so that it is
//! prepared once.

use sqlx::AssertSqlSafe;
use std::fmt::Write;

/// The most rows of one statement; with the widest table it stays far below the most values that
/// a statement may have on SQLite (32,766).
pub(crate) const ROWS: usize = 200;

/// `begin` with the list of values for `rows` rows of `columns` columns, then `end`. Only numbers
/// that are counted here are put between these texts of the program, so it is as safe as they are.
pub(crate) fn insert(
    begin: &'static str,
    columns: usize,
    rows: usize,
    end: &'static str,
) -> AssertSqlSafe<String> {
    let mut sql = String::with_capacity(begin.len() + rows * columns * 6 + end.len() + 16);
    sql.push_str(begin);
    sql.push_str(" VALUES ");
    for row in 0..rows {
        for column in 0..columns {
            let before = match (row, column) {
                (0, 0) => "(",
                (_, 0) => "), (",
                _ => ", ",
            };
            // Writing to a string does not fail.
            let _ = write!(sql, "{before}${}", row * columns + column + 1);
        }
    }
    sql.push_str(") ");
    sql.push_str(end);
    AssertSqlSafe(sql)
}

/// The places of a list of ids, from number `first` on, and the ids to bind to them: filled up with
/// the last one to a power of two, so that there are few texts. Of no ids there is no list.
pub(crate) fn list<I: Copy>(first: usize, ids: &[I]) -> (String, Vec<I>) {
    let mut ids = ids.to_vec();
    if let Some(last) = ids.last().copied() {
        ids.resize(ids.len().next_power_of_two(), last);
    }
    let places = first..first + ids.len();
    let places: Vec<_> = places.map(|place| format!("${place}")).collect();
    (places.join(", "), ids)
}

#[cfg(test)]
mod tests {
    use super::{insert, list};

    #[test]
    fn a_list_is_filled_up() {
        assert_eq!(list(2, &[7]), ("$2".into(), vec![7]));
        assert_eq!(
            list(4, &[7, 8, 9]),
            ("$4, $5, $6, $7".into(), vec![7, 8, 9, 9])
        );
    }

    #[test]
    fn the_values_are_numbered_through() {
        let sql = insert("INSERT INTO a (b, c)", 2, 2, "RETURNING b").0;
        assert_eq!(
            sql,
            "INSERT INTO a (b, c) VALUES ($1, $2), ($3, $4) RETURNING b"
        );
    }
}
