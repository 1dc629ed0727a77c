//! What is written of scripts: their steps, and where they lead, which keeps that from being deleted.

use crate::database::on;
use crate::many;
use crate::transaction::exactly_one;
use crate::{At, Error, Result, Transaction, Write};
use domain::contact_centre::script::{
    Profile, ScriptCreated, ScriptDeleted, ScriptRevised, Step, Target,
};
use domain::fold::fold;
use domain::{Allowed, OrganisationId, PbxId, ScriptId};

fn stored(steps: &[Step]) -> Result<String> {
    serde_json::to_string(steps).map_err(|error| Error::Unreadable(error.to_string()))
}

impl Transaction {
    /// Notes where a script leads. A place of another PBX is refused by the schema once more.
    async fn lead(
        &mut self,
        organisation: OrganisationId,
        (script, pbx): (ScriptId, PbxId),
        profile: &Profile,
    ) -> Result<()> {
        on!(self, connection => sqlx::query(
            "DELETE FROM script_target WHERE organisation = $1 AND script = $2",
        )
        .bind(organisation)
        .bind(script)
        .execute(connection)
        .await
        .map(|_| ()))?;
        let targets = profile.targets();
        for chunk in (0..)
            .zip(&targets)
            .collect::<Vec<(i32, _)>>()
            .chunks(many::ROWS)
        {
            let begin = "INSERT INTO script_target (organisation, script, position, pbx, queue, ring_group)";
            on!(self, connection => {
                let mut query = sqlx::query(many::insert(begin, 6, chunk.len(), ""));
                for (position, target) in chunk {
                    let (queue, ring_group) = match target {
                        Target::Queue(id) => (Some(*id), None),
                        Target::RingGroup(id) => (None, Some(*id)),
                    };
                    query = query
                        .bind(organisation)
                        .bind(script)
                        .bind(*position)
                        .bind(pbx)
                        .bind(queue)
                        .bind(ring_group);
                }
                query.execute(connection).await.map(|_| ())
            })?;
        }
        Ok(())
    }
}

impl Write<ScriptCreated> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<ScriptCreated>) -> Result<()> {
        let profile = &change.profile;
        self.refuse_taken_name("script", &profile.name, None)
            .await?;
        let content = stored(&profile.steps)?;
        on!(self, connection => sqlx::query(
            "INSERT INTO script (organisation, id, version, pbx, name, name_folded, content,
                 created_at)
             VALUES ($1, $2, 1, $3, $4, $5, $6, $7)",
        )
        .bind(change.organisation())
        .bind(change.id)
        .bind(change.pbx)
        .bind(&profile.name)
        .bind(fold(&profile.name))
        .bind(&content)
        .bind(At(change.at()))
        .execute(connection)
        .await
        .map(|_| ()))?;
        let script = (change.id, change.pbx);
        self.lead(change.organisation(), script, profile).await
    }
}

impl Write<ScriptRevised> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<ScriptRevised>) -> Result<()> {
        let (before, profile) = (&change.before, &change.profile);
        self.refuse_taken_name("script", &profile.name, Some(before.id.0))
            .await?;
        let content = stored(&profile.steps)?;
        let changed = on!(self, connection => sqlx::query(
            "UPDATE script SET version = version + 1, name = $4, name_folded = $5, content = $6
             WHERE organisation = $1 AND id = $2 AND version = $3",
        )
        .bind(change.organisation())
        .bind(before.id)
        .bind(before.version)
        .bind(&profile.name)
        .bind(fold(&profile.name))
        .bind(&content)
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))?;
        exactly_one(changed)?;
        let script = (before.id, before.pbx);
        self.lead(change.organisation(), script, profile).await
    }
}

impl Write<ScriptDeleted> for Transaction {
    type Output = ();

    /// A channel that runs it stands in the way by a foreign key.
    async fn write(&mut self, change: &Allowed<ScriptDeleted>) -> Result<()> {
        let gone = on!(self, connection => sqlx::query(
            "DELETE FROM script WHERE organisation = $1 AND id = $2 AND version = $3",
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
