//! What is written of channels, and the number that each has.

use crate::database::on;
use crate::transaction::exactly_one;
use crate::{At, Error, Result, Transaction, Write};
use domain::contact_centre::channel::{ChannelCreated, ChannelDeleted, ChannelRevised};
use domain::field::Phone;
use domain::fold::fold;
use domain::{Allowed, ChannelId, Field, OrganisationId, Refusal, Why};

impl Transaction {
    /// Gives a number to a channel; one that somebody has is refused by the key.
    async fn give_number(
        &mut self,
        organisation: OrganisationId,
        channel: ChannelId,
        number: &Phone,
    ) -> Result<()> {
        let given = on!(self, connection => sqlx::query(
            "INSERT INTO number_use (organisation, number, channel) VALUES ($1, $2, $3)",
        )
        .bind(organisation)
        .bind(number.as_str())
        .bind(channel)
        .execute(connection)
        .await
        .map(|_| ()));
        given.map_err(|error| match error.as_database_error() {
            Some(database) if database.is_unique_violation() => {
                Error::from(Refusal::field(Field::Number, Why::Taken))
            }
            Some(database) if database.is_foreign_key_violation() => {
                Error::from(Refusal::field(Field::Number, Why::NotInInventory))
            }
            _ => error.into(),
        })
    }
}

impl Write<ChannelCreated> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<ChannelCreated>) -> Result<()> {
        let profile = &change.profile;
        self.refuse_taken_name("channel", &profile.name, None)
            .await?;
        on!(self, connection => sqlx::query(
            "INSERT INTO channel (organisation, id, version, name, name_folded, script, created_at)
             VALUES ($1, $2, 1, $3, $4, $5, $6)",
        )
        .bind(change.organisation())
        .bind(change.id)
        .bind(&profile.name)
        .bind(fold(&profile.name))
        .bind(profile.script)
        .bind(At(change.at()))
        .execute(connection)
        .await
        .map(|_| ()))?;
        self.give_number(change.organisation(), change.id, &profile.number)
            .await
    }
}

impl Write<ChannelRevised> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<ChannelRevised>) -> Result<()> {
        let (before, profile) = (&change.before, &change.profile);
        self.refuse_taken_name("channel", &profile.name, Some(before.id.0))
            .await?;
        let changed = on!(self, connection => sqlx::query(
            "UPDATE channel SET version = version + 1, name = $4, name_folded = $5, script = $6
             WHERE organisation = $1 AND id = $2 AND version = $3",
        )
        .bind(change.organisation())
        .bind(before.id)
        .bind(before.version)
        .bind(&profile.name)
        .bind(fold(&profile.name))
        .bind(profile.script)
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))?;
        exactly_one(changed)?;
        if before.number.as_ref() == Some(&profile.number) {
            return Ok(());
        }
        on!(self, connection => sqlx::query(
            "DELETE FROM number_use WHERE organisation = $1 AND channel = $2",
        )
        .bind(change.organisation())
        .bind(before.id)
        .execute(connection)
        .await
        .map(|_| ()))?;
        self.give_number(change.organisation(), before.id, &profile.number)
            .await
    }
}

impl Write<ChannelDeleted> for Transaction {
    type Output = ();

    /// Its number is free by the foreign key.
    async fn write(&mut self, change: &Allowed<ChannelDeleted>) -> Result<()> {
        let gone = on!(self, connection => sqlx::query(
            "DELETE FROM channel WHERE organisation = $1 AND id = $2 AND version = $3",
        )
        .bind(change.organisation())
        .bind(change.id)
        .bind(change.from)
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))?;
        exactly_one(gone)
    }
}
