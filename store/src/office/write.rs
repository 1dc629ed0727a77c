//! What is written of offices: creation, revision, opening hours, deletion.

use crate::database::on;
use crate::error::taken;
use crate::many::{self, ROWS};
use crate::transaction::exactly_one;
use crate::{At, Reading, Result, Transaction, Write};
use domain::field::Problems;
use domain::fold::fold;
use domain::office::{OfficeCreated, OfficeDeleted, OfficeRevised, Profile, Times, TimesRevised};
use domain::{Allowed, Field, OfficeId, Version, Why};

impl Reading {
    async fn refuse_taken_office(
        &mut self,
        profile: &Profile,
        except: Option<OfficeId>,
    ) -> Result<()> {
        let organisation = self.organisation;
        let (name, external_id) = (fold(&profile.name), profile.external_id.as_deref());
        let holders: Vec<(OfficeId, String, Option<String>)> = on!(self, connection => sqlx::query_as(
            "SELECT id, name_folded, external_id FROM office
             WHERE organisation = $1 AND (name_folded = $2 OR external_id = $3)",
        )
        .bind(organisation)
        .bind(name.clone())
        .bind(external_id)
        .fetch_all(connection)
        .await)?;
        let others = || holders.iter().filter(|(id, _, _)| Some(*id) != except);
        let mut problems = Problems::default();
        if others().any(|(_, holder, _)| *holder == name) {
            problems.add(Field::Name, Why::Taken);
        }
        if external_id.is_some() && others().any(|(_, _, holder)| holder.as_deref() == external_id)
        {
            problems.add(Field::ExternalId, Why::Taken);
        }
        Ok(problems.none()?)
    }
}

impl Transaction {
    async fn bump_office(&mut self, id: OfficeId, from: Version) -> Result<()> {
        let organisation = self.organisation;
        let changed = on!(self, connection => sqlx::query(
            "UPDATE office SET version = version + 1
             WHERE organisation = $1 AND id = $2 AND version = $3",
        )
        .bind(organisation)
        .bind(id)
        .bind(from)
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))?;
        exactly_one(changed)
    }

    async fn set_office(&mut self, id: OfficeId, profile: &Profile) -> Result<()> {
        let organisation = self.organisation;
        on!(self, connection => sqlx::query(
            "UPDATE office SET name = $3, name_folded = $4, active = $5, virtual = $6,
                 description = $7, external_id = $8, email = $9, phone = $10, address = $11,
                 directions = $12, parking = $13, time_zone = $14
             WHERE organisation = $1 AND id = $2",
        )
        .bind(organisation)
        .bind(id)
        .bind(&profile.name)
        .bind(fold(&profile.name))
        .bind(profile.active)
        .bind(profile.virtual_only)
        .bind(&profile.description)
        .bind(profile.external_id.as_deref())
        .bind(profile.email.as_ref().map(|email| email.as_str()))
        .bind(profile.phone.as_ref().map(|phone| phone.as_str()))
        .bind(&profile.address)
        .bind(&profile.directions)
        .bind(&profile.parking)
        .bind(profile.time_zone.as_deref())
        .execute(connection)
        .await
        .map(|_| ()))
        .map_err(taken)
    }

    async fn set_times(&mut self, id: OfficeId, times: &Times) -> Result<()> {
        let organisation = self.organisation;
        for table in [
            "DELETE FROM office_opening WHERE organisation = $1 AND office = $2",
            "DELETE FROM office_closing WHERE organisation = $1 AND office = $2",
        ] {
            on!(self, connection => sqlx::query(table)
                .bind(organisation)
                .bind(id)
                .execute(connection)
                .await
                .map(|_| ()))?;
        }
        for chunk in times.opening.chunks(ROWS) {
            let begin = "INSERT INTO office_opening (organisation, office, weekday, from_minute, until_minute)";
            on!(self, connection => {
                let mut query = sqlx::query(many::insert(begin, 5, chunk.len(), ""));
                for block in chunk {
                    query = query
                        .bind(organisation)
                        .bind(id)
                        .bind(i32::from(block.weekday))
                        .bind(block.from)
                        .bind(block.until);
                }
                query.execute(connection).await.map(|_| ())
            })?;
        }
        for chunk in times.closing.chunks(ROWS) {
            let begin =
                "INSERT INTO office_closing (organisation, office, first_day, last_day, reason)";
            on!(self, connection => {
                let mut query = sqlx::query(many::insert(begin, 5, chunk.len(), ""));
                for days in chunk {
                    query = query
                        .bind(organisation)
                        .bind(id)
                        .bind(days.first.to_string())
                        .bind(days.last.to_string())
                        .bind(&days.reason);
                }
                query.execute(connection).await.map(|_| ())
            })?;
        }
        Ok(())
    }
}

impl Write<OfficeCreated> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<OfficeCreated>) -> Result<()> {
        self.refuse_taken_office(&change.profile, None).await?;
        on!(self, connection => sqlx::query(
            "INSERT INTO office (organisation, id, version, name, name_folded, active, created_at)
             VALUES ($1, $2, 1, $3, $4, $5, $6)",
        )
        .bind(change.organisation())
        .bind(change.id)
        .bind(&change.profile.name)
        .bind(fold(&change.profile.name))
        .bind(change.profile.active)
        .bind(At(change.at()))
        .execute(connection)
        .await
        .map(|_| ()))
        .map_err(taken)?;
        self.set_office(change.id, &change.profile).await
    }
}

impl Write<OfficeRevised> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<OfficeRevised>) -> Result<()> {
        let before = &change.before;
        self.bump_office(before.id, before.version).await?;
        self.refuse_taken_office(&change.profile, Some(before.id))
            .await?;
        self.set_office(before.id, &change.profile).await
    }
}

impl Write<TimesRevised> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<TimesRevised>) -> Result<()> {
        self.bump_office(change.office, change.from).await?;
        self.set_times(change.office, &change.times).await
    }
}

impl Write<OfficeDeleted> for Transaction {
    type Output = ();

    /// Whoever still holds a role in it stands in the way by a foreign key: they are taken out first,
    /// each with an audit entry of their own. What is the office's alone goes with it.
    async fn write(&mut self, change: &Allowed<OfficeDeleted>) -> Result<()> {
        let gone = on!(self, connection => sqlx::query(
            "DELETE FROM office WHERE organisation = $1 AND id = $2 AND version = $3",
        )
        .bind(change.organisation())
        .bind(change.office)
        .bind(change.from)
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))?;
        exactly_one(gone)
    }
}
