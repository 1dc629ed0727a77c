//! Channels: which number leads to which script (C-19).

mod write;

use crate::database::on;
use crate::{Reading, Result};
use domain::contact_centre::channel::Channel;
use domain::field::Phone;
use domain::{ChannelId, OrganisationId, ScriptId, Version};
use sqlx::FromRow;

/// A channel with what a list says of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Listed {
    pub channel: Channel,
    pub script_name: String,
}

#[derive(FromRow)]
struct Row {
    organisation: OrganisationId,
    id: ChannelId,
    version: Version,
    name: String,
    number: Option<Phone>,
    script: ScriptId,
    script_name: String,
}

impl From<Row> for Listed {
    fn from(row: Row) -> Self {
        Self {
            channel: Channel {
                organisation: row.organisation,
                id: row.id,
                version: row.version,
                name: row.name,
                number: row.number,
                script: row.script,
            },
            script_name: row.script_name,
        }
    }
}

impl Reading {
    /// Every channel by name. One statement.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn channels(&mut self) -> Result<Vec<Listed>> {
        self.channels_of(None).await
    }

    /// One channel.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn channel(&mut self, id: ChannelId) -> Result<Option<Listed>> {
        Ok(self.channels_of(Some(id)).await?.pop())
    }

    async fn channels_of(&mut self, id: Option<ChannelId>) -> Result<Vec<Listed>> {
        let organisation = self.organisation;
        let rows: Vec<Row> = on!(self, connection => sqlx::query_as(
            "SELECT c.organisation, c.id, c.version, c.name, u.number, c.script,
                 s.name AS script_name
             FROM channel c
             JOIN script s ON s.organisation = c.organisation AND s.id = c.script
             LEFT JOIN number_use u ON u.organisation = c.organisation AND u.channel = c.id
             WHERE c.organisation = $1 AND ($2 IS NULL OR c.id = $2)
             ORDER BY c.name_folded, c.id",
        )
        .bind(organisation)
        .bind(id)
        .fetch_all(connection)
        .await)?;
        Ok(rows.into_iter().map(Listed::from).collect())
    }
}
