//! Scripts: the list, one, where they can lead, and which channels run them (C-19).

mod write;

use crate::database::on;
use crate::{Error, Reading, Result};
use domain::contact_centre::script::{Profile, Script, Target, Targets};
use domain::{OrganisationId, PbxId, QueueId, RingGroupId, ScriptId, Version};
use sqlx::FromRow;
use uuid::Uuid;

/// A script with what a list says of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Listed {
    pub script: Script,
    pub pbx_name: String,
    /// How many channels run it.
    pub channels: i64,
}

/// Somewhere a script can lead.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    pub target: Target,
    pub name: String,
    pub pbx: PbxId,
}

#[derive(FromRow)]
struct Row {
    organisation: OrganisationId,
    id: ScriptId,
    version: Version,
    pbx: PbxId,
    name: String,
    content: String,
    pbx_name: String,
    channels: i64,
}

impl Row {
    fn known(self) -> Result<Listed> {
        let steps = serde_json::from_str(&self.content);
        let steps = steps.map_err(|_| Error::Unreadable(format!("script {}", self.id)))?;
        Ok(Listed {
            script: Script {
                organisation: self.organisation,
                id: self.id,
                version: self.version,
                pbx: self.pbx,
                profile: Profile {
                    name: self.name,
                    steps,
                },
            },
            pbx_name: self.pbx_name,
            channels: self.channels,
        })
    }
}

/// Of all places those of one PBX, as the rule takes them.
pub fn targets_on(places: &[Place], pbx: PbxId) -> Targets {
    let mut targets = Targets::default();
    for place in places.iter().filter(|place| place.pbx == pbx) {
        match place.target {
            Target::Queue(id) => targets.queues.push(id),
            Target::RingGroup(id) => targets.ring_groups.push(id),
        }
    }
    targets
}

impl Reading {
    /// Every script by name, with how many channels run it. One statement.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn scripts(&mut self) -> Result<Vec<Listed>> {
        self.scripts_of(None).await
    }

    /// One script, with how many channels run it.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn script(&mut self, id: ScriptId) -> Result<Option<Listed>> {
        Ok(self.scripts_of(Some(id)).await?.pop())
    }

    async fn scripts_of(&mut self, id: Option<ScriptId>) -> Result<Vec<Listed>> {
        let organisation = self.organisation;
        let rows: Vec<Row> = on!(self, connection => sqlx::query_as(
            "SELECT s.organisation, s.id, s.version, s.pbx, s.name, s.content, p.name AS pbx_name,
                 (SELECT count(*) FROM channel c
                  WHERE c.organisation = s.organisation AND c.script = s.id) AS channels
             FROM script s
             JOIN pbx p ON p.organisation = s.organisation AND p.id = s.pbx
             WHERE s.organisation = $1 AND ($2 IS NULL OR s.id = $2)
             ORDER BY s.name_folded, s.id",
        )
        .bind(organisation)
        .bind(id)
        .fetch_all(connection)
        .await)?;
        rows.into_iter().map(Row::known).collect()
    }

    /// Every script with its name, to choose one from.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn script_names(&mut self) -> Result<Vec<(ScriptId, String)>> {
        let organisation = self.organisation;
        Ok(on!(self, connection => sqlx::query_as(
            "SELECT id, name FROM script WHERE organisation = $1 ORDER BY name_folded, id",
        )
        .bind(organisation)
        .fetch_all(connection)
        .await)?)
    }

    /// Every queue and ring group, in this order and by name: where scripts can lead. One statement.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn script_places(&mut self) -> Result<Vec<Place>> {
        let organisation = self.organisation;
        let rows: Vec<(i32, Uuid, String, PbxId)> = on!(self, connection => sqlx::query_as(
            "SELECT kind, id, name, pbx FROM (
                 SELECT 1 AS kind, id, name, name_folded, pbx FROM queue WHERE organisation = $1
                 UNION ALL
                 SELECT 2, id, name, name_folded, pbx FROM ring_group WHERE organisation = $1) p
             ORDER BY kind, name_folded, id",
        )
        .bind(organisation)
        .fetch_all(connection)
        .await)?;
        let place = |(kind, id, name, pbx)| Place {
            target: match kind {
                1 => Target::Queue(QueueId(id)),
                _ => Target::RingGroup(RingGroupId(id)),
            },
            name,
            pbx,
        };
        Ok(rows.into_iter().map(place).collect())
    }

    /// The names of the channels that run a script.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn channels_of_script(&mut self, id: ScriptId) -> Result<Vec<String>> {
        let organisation = self.organisation;
        let names: Vec<(String,)> = on!(self, connection => sqlx::query_as(
            "SELECT name FROM channel WHERE organisation = $1 AND script = $2
             ORDER BY name_folded, id",
        )
        .bind(organisation)
        .bind(id)
        .fetch_all(connection)
        .await)?;
        Ok(names.into_iter().map(|(name,)| name).collect())
    }
}
