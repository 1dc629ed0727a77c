//! Categories and subjects, and how offices narrow them (O-02).

mod write;

use crate::bundle::{Bundled, rows};
use crate::database::on;
use crate::{At, Error, Reading, Result};
use domain::booking::Meetings;
use domain::subject::{Narrowed, Offer, Profile};
use domain::{
    Category, CategoryId, OfficeId, OrganisationId, Subject, SubjectId, Timestamp, Version,
};
use serde::Deserialize;
use sqlx::FromRow;
use std::collections::HashMap;

#[derive(FromRow)]
struct Group {
    organisation: OrganisationId,
    id: CategoryId,
    version: Version,
    title: String,
}

#[derive(FromRow, Deserialize)]
struct Row {
    organisation: OrganisationId,
    id: SubjectId,
    version: Version,
    category: CategoryId,
    title: String,
    active: bool,
    external_id: Option<String>,
    meetings: Meetings,
    duration: i32,
    buffer_before: i32,
    buffer_after: i32,
    notice_least: i32,
    notice_most: i32,
    questions: String,
}

impl Bundled for Row {
    const VALUES: &str = "hex(r.organisation), hex(r.id), r.version, hex(r.category), r.title,
        iif(r.active, json('true'), json('false')), r.external_id, r.meetings, r.duration,
        r.buffer_before, r.buffer_after, r.notice_least, r.notice_most, r.questions";
}

#[derive(FromRow)]
struct NarrowedRow {
    subject: SubjectId,
    offered: bool,
    duration: Option<i32>,
    notice_least: Option<i32>,
    notice_most: Option<i32>,
    by_hand: Option<bool>,
}

#[derive(FromRow)]
struct EveryRow {
    office: OfficeId,
    #[sqlx(flatten)]
    narrowed: NarrowedRow,
}

impl From<NarrowedRow> for Narrowed {
    fn from(row: NarrowedRow) -> Self {
        Self {
            offered: row.offered,
            duration: row.duration,
            notice_least: row.notice_least,
            notice_most: row.notice_most,
            by_hand: row.by_hand,
        }
    }
}

/// The subjects `s` of an organisation in the order of their categories.
const SUBJECTS: &str = "SELECT s.organisation, s.id, s.version, s.category, s.title, s.active,
         s.external_id, s.meetings, s.duration, s.buffer_before, s.buffer_after, s.notice_least,
         s.notice_most, s.questions
     FROM subject s
     JOIN category c ON c.organisation = s.organisation AND c.id = s.category
     WHERE s.organisation = $1 AND ($2 IS NULL OR s.id = $2)
     ORDER BY c.title_folded, c.id, s.title_folded, s.id";

impl Row {
    fn known(self) -> Result<Subject> {
        let questions = serde_json::from_str(&self.questions);
        let unreadable = |_| Error::Unreadable(format!("the questions of subject {}", self.id));
        Ok(Subject {
            organisation: self.organisation,
            id: self.id,
            version: self.version,
            profile: Profile {
                questions: questions.map_err(unreadable)?,
                category: self.category,
                title: self.title,
                active: self.active,
                external_id: self.external_id,
                meetings: self.meetings,
                duration: self.duration,
                before: self.buffer_before,
                after: self.buffer_after,
                notice_least: self.notice_least,
                notice_most: self.notice_most,
            },
        })
    }
}

impl Reading {
    /// Every category, by title.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn categories(&mut self) -> Result<Vec<Category>> {
        let organisation = self.organisation;
        let rows: Vec<Group> = on!(self, connection => sqlx::query_as(
            "SELECT organisation, id, version, title FROM category
             WHERE organisation = $1 ORDER BY title_folded, id",
        )
        .bind(organisation)
        .fetch_all(connection)
        .await)?;
        let known = |row: Group| Category {
            organisation: row.organisation,
            id: row.id,
            version: row.version,
            title: row.title,
        };
        Ok(rows.into_iter().map(known).collect())
    }

    /// One category.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn category(&mut self, id: CategoryId) -> Result<Option<Category>> {
        let all = self.categories().await?;
        Ok(all.into_iter().find(|category| category.id == id))
    }

    /// Every subject, also one that is not active, by the titles of its category and its own.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn subjects(&mut self) -> Result<Vec<Subject>> {
        self.subjects_of(None).await
    }

    /// One subject.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn subject(&mut self, id: SubjectId) -> Result<Option<Subject>> {
        Ok(self.subjects_of(Some(id)).await?.pop())
    }

    async fn subjects_of(&mut self, id: Option<SubjectId>) -> Result<Vec<Subject>> {
        let organisation = self.organisation;
        let rows = rows!(self, Row, SUBJECTS, |query| query
            .bind(organisation)
            .bind(id))?;
        rows.into_iter().map(Row::known).collect()
    }

    /// How an office narrows subjects; one that is not there is as the subject says.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn narrowed(&mut self, office: OfficeId) -> Result<HashMap<SubjectId, Narrowed>> {
        let organisation = self.organisation;
        let rows: Vec<NarrowedRow> = on!(self, connection => sqlx::query_as(
            "SELECT subject, offered, duration, notice_least, notice_most, by_hand
             FROM office_subject WHERE organisation = $1 AND office = $2",
        )
        .bind(organisation)
        .bind(office)
        .fetch_all(connection)
        .await)?;
        let known = |row: NarrowedRow| (row.subject, row.into());
        Ok(rows.into_iter().map(known).collect())
    }

    /// How every office narrows subjects, in one statement.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn all_narrowed(&mut self) -> Result<HashMap<(OfficeId, SubjectId), Narrowed>> {
        let organisation = self.organisation;
        let rows: Vec<EveryRow> = on!(self, connection => sqlx::query_as(
            "SELECT office, subject, offered, duration, notice_least, notice_most, by_hand
             FROM office_subject WHERE organisation = $1",
        )
        .bind(organisation)
        .fetch_all(connection)
        .await)?;
        let known = |row: EveryRow| ((row.office, row.narrowed.subject), row.narrowed.into());
        Ok(rows.into_iter().map(known).collect())
    }

    /// Every subject as an office offers it, in the order of [`Reading::subjects`]; look at `offered`.
    /// Two statements.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn offers(&mut self, office: OfficeId) -> Result<Vec<Offer>> {
        let narrowed = self.narrowed(office).await?;
        let subjects = self.subjects().await?;
        let offer = |subject: &Subject| {
            let narrowed = narrowed.get(&subject.id).copied().unwrap_or_default();
            narrowed.offer(office, subject)
        };
        Ok(subjects.iter().map(offer).collect())
    }

    /// One subject as an office offers it; look at `offered`. `None` when there is no such subject.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn offer(&mut self, office: OfficeId, subject: SubjectId) -> Result<Option<Offer>> {
        let narrowed = self.narrowed(office).await?.remove(&subject);
        let subject = self.subject(subject).await?;
        Ok(subject.map(|subject| narrowed.unwrap_or_default().offer(office, &subject)))
    }

    /// How many appointments about a subject are neither over nor cancelled at `now`.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn awaited_about(&mut self, subject: SubjectId, now: Timestamp) -> Result<i64> {
        let organisation = self.organisation;
        let (count,): (i64,) = on!(self, connection => sqlx::query_as(
            "SELECT count(*) FROM appointment
             WHERE organisation = $1 AND subject = $2 AND state < 4 AND ends_at > $3",
        )
        .bind(organisation)
        .bind(subject)
        .bind(At(now))
        .fetch_one(connection)
        .await)?;
        Ok(count)
    }

    /// How many subjects are in a category.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn subjects_in(&mut self, category: CategoryId) -> Result<i64> {
        let organisation = self.organisation;
        let (count,): (i64,) = on!(self, connection => sqlx::query_as(
            "SELECT count(*) FROM subject WHERE organisation = $1 AND category = $2",
        )
        .bind(organisation)
        .bind(category)
        .fetch_one(connection)
        .await)?;
        Ok(count)
    }
}
