//! What is written of categories, of subjects, and of how offices narrow them.

use crate::database::on;
use crate::transaction::exactly_one;
use crate::{At, Error, Reading, Result, Transaction, Write};
use domain::field::Problems;
use domain::fold::fold;
use domain::subject::{
    CategoryCreated, CategoryDeleted, CategoryRevised, Profile, SubjectCreated, SubjectDeleted,
    SubjectNarrowed, SubjectRevised,
};
use domain::{Allowed, CategoryId, Field, Refusal, SubjectId, Why};

impl Reading {
    async fn refuse_taken_category(
        &mut self,
        title: &str,
        except: Option<CategoryId>,
    ) -> Result<()> {
        let organisation = self.organisation;
        let holder: Option<(CategoryId,)> = on!(self, connection => sqlx::query_as(
            "SELECT id FROM category WHERE organisation = $1 AND title_folded = $2",
        )
        .bind(organisation)
        .bind(fold(title))
        .fetch_optional(connection)
        .await)?;
        match holder {
            Some((id,)) if Some(id) != except => {
                Err(Refusal::field(Field::Title, Why::Taken).into())
            }
            _ => Ok(()),
        }
    }

    async fn refuse_taken_subject(
        &mut self,
        profile: &Profile,
        except: Option<SubjectId>,
    ) -> Result<()> {
        let organisation = self.organisation;
        let (title, external_id) = (fold(&profile.title), profile.external_id.as_deref());
        let holders: Vec<(SubjectId, String, Option<String>)> = on!(self, connection => sqlx::query_as(
            "SELECT id, title_folded, external_id FROM subject
             WHERE organisation = $1 AND (title_folded = $2 OR external_id = $3)",
        )
        .bind(organisation)
        .bind(title.clone())
        .bind(external_id)
        .fetch_all(connection)
        .await)?;
        let others = || holders.iter().filter(|(id, _, _)| Some(*id) != except);
        let mut problems = Problems::default();
        if others().any(|(_, holder, _)| *holder == title) {
            problems.add(Field::Title, Why::Taken);
        }
        if external_id.is_some() && others().any(|(_, _, holder)| holder.as_deref() == external_id)
        {
            problems.add(Field::ExternalId, Why::Taken);
        }
        Ok(problems.none()?)
    }
}

impl Transaction {
    async fn set_subject(&mut self, id: SubjectId, profile: &Profile) -> Result<()> {
        let organisation = self.organisation;
        let questions = serde_json::to_string(&profile.questions)
            .map_err(|error| Error::Unreadable(error.to_string()))?;
        on!(self, connection => sqlx::query(
            "UPDATE subject SET category = $3, title = $4, title_folded = $5, active = $6,
                 external_id = $7, meetings = $8, duration = $9, buffer_before = $10,
                 buffer_after = $11, notice_least = $12, notice_most = $13, questions = $14
             WHERE organisation = $1 AND id = $2",
        )
        .bind(organisation)
        .bind(id)
        .bind(profile.category)
        .bind(&profile.title)
        .bind(fold(&profile.title))
        .bind(profile.active)
        .bind(profile.external_id.as_deref())
        .bind(profile.meetings)
        .bind(profile.duration)
        .bind(profile.before)
        .bind(profile.after)
        .bind(profile.notice_least)
        .bind(profile.notice_most)
        .bind(questions)
        .execute(connection)
        .await
        .map(|_| ()))?;
        Ok(())
    }
}

impl Write<CategoryCreated> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<CategoryCreated>) -> Result<()> {
        self.refuse_taken_category(&change.title, None).await?;
        on!(self, connection => sqlx::query(
            "INSERT INTO category (organisation, id, version, title, title_folded, created_at)
             VALUES ($1, $2, 1, $3, $4, $5)",
        )
        .bind(change.organisation())
        .bind(change.id)
        .bind(&change.title)
        .bind(fold(&change.title))
        .bind(At(change.at()))
        .execute(connection)
        .await
        .map(|_| ()))?;
        Ok(())
    }
}

impl Write<CategoryRevised> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<CategoryRevised>) -> Result<()> {
        let before = &change.before;
        self.refuse_taken_category(&change.title, Some(before.id))
            .await?;
        let changed = on!(self, connection => sqlx::query(
            "UPDATE category SET version = version + 1, title = $4, title_folded = $5
             WHERE organisation = $1 AND id = $2 AND version = $3",
        )
        .bind(change.organisation())
        .bind(before.id)
        .bind(before.version)
        .bind(&change.title)
        .bind(fold(&change.title))
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))?;
        exactly_one(changed)
    }
}

impl Write<CategoryDeleted> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<CategoryDeleted>) -> Result<()> {
        let gone = on!(self, connection => sqlx::query(
            "DELETE FROM category WHERE organisation = $1 AND id = $2 AND version = $3",
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

impl Write<SubjectCreated> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<SubjectCreated>) -> Result<()> {
        let profile = &change.profile;
        self.refuse_taken_subject(profile, None).await?;
        on!(self, connection => sqlx::query(
            "INSERT INTO subject (organisation, id, version, category, title, title_folded, active,
                 meetings, duration, buffer_before, buffer_after, notice_least, notice_most,
                 questions, created_at)
             VALUES ($1, $2, 1, $3, $4, $5, false, 0, 0, 0, 0, 0, 0, '[]', $6)",
        )
        .bind(change.organisation())
        .bind(change.id)
        .bind(profile.category)
        .bind(&profile.title)
        .bind(fold(&profile.title))
        .bind(At(change.at()))
        .execute(connection)
        .await
        .map(|_| ()))?;
        self.set_subject(change.id, profile).await
    }
}

impl Write<SubjectRevised> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<SubjectRevised>) -> Result<()> {
        let before = &change.before;
        self.refuse_taken_subject(&change.profile, Some(before.id))
            .await?;
        let changed = on!(self, connection => sqlx::query(
            "UPDATE subject SET version = version + 1
             WHERE organisation = $1 AND id = $2 AND version = $3",
        )
        .bind(change.organisation())
        .bind(before.id)
        .bind(before.version)
        .execute(connection)
        .await
        .map(|done| done.rows_affected()))?;
        exactly_one(changed)?;
        self.set_subject(before.id, &change.profile).await
    }
}

impl Write<SubjectDeleted> for Transaction {
    type Output = ();

    /// With it go who handled it and how offices narrowed it.
    async fn write(&mut self, change: &Allowed<SubjectDeleted>) -> Result<()> {
        let gone = on!(self, connection => sqlx::query(
            "DELETE FROM subject WHERE organisation = $1 AND id = $2 AND version = $3",
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

impl Write<SubjectNarrowed> for Transaction {
    type Output = ();

    async fn write(&mut self, change: &Allowed<SubjectNarrowed>) -> Result<()> {
        let narrowed = &change.narrowed;
        on!(self, connection => sqlx::query(
            "INSERT INTO office_subject (organisation, office, subject, offered, duration,
                 notice_least, notice_most, by_hand)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
             ON CONFLICT (organisation, office, subject) DO UPDATE SET offered = excluded.offered,
                 duration = excluded.duration, notice_least = excluded.notice_least,
                 notice_most = excluded.notice_most, by_hand = excluded.by_hand",
        )
        .bind(change.organisation())
        .bind(change.office)
        .bind(change.subject)
        .bind(narrowed.offered)
        .bind(narrowed.duration)
        .bind(narrowed.notice_least)
        .bind(narrowed.notice_most)
        .bind(narrowed.by_hand)
        .execute(connection)
        .await
        .map(|_| ()))?;
        Ok(())
    }
}
