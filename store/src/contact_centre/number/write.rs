//! What is written of the inventory: numbers that come, leave, and become free.

use crate::database::on;
use crate::many::{self, ROWS};
use crate::transaction::exactly_one;
use crate::{At, Result, Transaction, Write};
use domain::contact_centre::number::{NumberReleased, NumbersAdded, NumbersRemoved, Released};
use domain::field::Phone;
use domain::{Allowed, Field, Refusal, Why};
use sqlx::AssertSqlSafe;

/// How many come and leave with a commit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Added {
    pub added: u64,
    /// How many were there already.
    pub known: u64,
}

impl Write<NumbersAdded> for Transaction {
    type Output = Added;

    /// What is there already stays as it is; where that is everything, it is refused.
    async fn write(&mut self, change: &Allowed<NumbersAdded>) -> Result<Added> {
        let numbers: Vec<Phone> = change.block.numbers().collect();
        let (organisation, at) = (change.organisation(), At(change.at()));
        let mut added = 0;
        for chunk in numbers.chunks(ROWS) {
            let begin = "INSERT INTO number (organisation, number, created_at)";
            added += on!(self, connection => {
                let end = "ON CONFLICT (organisation, number) DO NOTHING";
                let mut query = sqlx::query(many::insert(begin, 3, chunk.len(), end));
                for number in chunk {
                    query = query.bind(organisation).bind(number.as_str()).bind(at);
                }
                query.execute(connection).await.map(|done| done.rows_affected())
            })?;
        }
        match added {
            0 => Err(Refusal::field(Field::Number, Why::Taken).into()),
            added => Ok(Added {
                added,
                known: change.block.count() - added,
            }),
        }
    }
}

impl Write<NumbersRemoved> for Transaction {
    type Output = ();

    /// One that somebody has stands in the way by a foreign key.
    async fn write(&mut self, change: &Allowed<NumbersRemoved>) -> Result<()> {
        let organisation = change.organisation();
        let texts: Vec<&str> = change.numbers.iter().map(Phone::as_str).collect();
        let mut gone = 0;
        for chunk in texts.chunks(super::CHUNK) {
            let (places, texts) = many::list(2, chunk);
            let sql =
                format!("DELETE FROM number WHERE organisation = $1 AND number IN ({places})");
            gone += on!(self, connection => {
                // Only numbered places are put between texts of the program.
                let mut query = sqlx::query(AssertSqlSafe(sql)).bind(organisation);
                for text in texts {
                    query = query.bind(text);
                }
                query.execute(connection).await.map(|done| done.rows_affected())
            })?;
        }
        match gone == texts.len() as u64 {
            true => Ok(()),
            false => Err(Refusal::Stale.into()),
        }
    }
}

impl Write<NumberReleased> for Transaction {
    type Output = ();

    /// Whoever has an open form of the one it is taken from, saves it anew.
    async fn write(&mut self, change: &Allowed<NumberReleased>) -> Result<()> {
        let organisation = change.organisation();
        let gone = on!(self, connection => sqlx::query(
            "DELETE FROM number_use WHERE organisation = $1 AND number = $2",
        )
        .bind(organisation)
        .bind(change.number.as_str())
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))?;
        exactly_one(gone)?;
        let (sql, id) = match change.from {
            Released::User(id, _) => (
                "UPDATE contact_user SET version = version + 1
                 WHERE organisation = $1 AND employee = $2",
                id.0,
            ),
            Released::Channel(id) => (
                "UPDATE channel SET version = version + 1 WHERE organisation = $1 AND id = $2",
                id.0,
            ),
        };
        let changed = on!(self, connection => sqlx::query(sql)
            .bind(organisation)
            .bind(id)
            .execute(connection)
            .await
            .map(|done| done.rows_affected()))?;
        exactly_one(changed)
    }
}
