//! Subjects: what an appointment can be about, in categories, and how offices narrow them (O-02).

mod category;
mod delete;
mod offer;
mod revise;

pub use category::{Category, CategoryCreated, CategoryDeleted, CategoryRevised};
pub use delete::SubjectDeleted;
pub use offer::{Narrowed, NarrowedDraft, Offer, SubjectNarrowed};
pub use revise::{Draft, SubjectCreated, SubjectRevised};

use crate::booking::Meetings;
use crate::{Action, Actor, CategoryId, OrganisationId, Refusal, SubjectId, Version};
use serde::{Deserialize, Serialize};
use std::ops::{Deref, RangeInclusive};

/// The most characters of a title.
pub const TITLE_MAX: usize = 100;
/// The most characters of an External ID.
pub const EXTERNAL_ID_MAX: usize = 255;
/// The most characters of a question.
pub const QUESTION_MAX: usize = 200;
/// The most questions of a subject.
pub const QUESTIONS_MAX: usize = 10;
/// How long an appointment may take, in minutes.
pub const DURATION: RangeInclusive<i32> = 5..=480;
/// How long may be kept free before or after one, in minutes.
pub const BUFFER: RangeInclusive<i32> = 0..=240;
/// How long before its beginning an appointment must be booked, in minutes.
pub const NOTICE_LEAST: RangeInclusive<i32> = 0..=43_200;
/// How far ahead it can be booked, in days.
pub const NOTICE_MOST: RangeInclusive<i32> = 1..=730;

/// A subject as the store read it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Subject {
    pub organisation: OrganisationId,
    pub id: SubjectId,
    pub version: Version,
    pub profile: Profile,
}

/// The part of a subject that is edited as one form.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Profile {
    pub category: CategoryId,
    pub title: String,
    pub active: bool,
    pub external_id: Option<String>,
    /// At least one kind.
    pub meetings: Meetings,
    /// Minutes.
    pub duration: i32,
    /// Minutes kept free before.
    pub before: i32,
    /// Minutes kept free after.
    pub after: i32,
    /// The earliest notice, in minutes.
    pub notice_least: i32,
    /// The latest notice, in days.
    pub notice_most: i32,
    pub questions: Vec<Question>,
}

/// What customers are asked when they book.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Question {
    pub text: String,
    pub required: bool,
}

impl Subject {
    /// Whether the actor may edit subjects.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`].
    pub fn may(&self, actor: &Actor) -> Result<(), Refusal> {
        if actor.organisation() != self.organisation {
            return Err(Refusal::NotFound);
        }
        actor.may_everywhere(Action::EditSubjects)
    }
}

impl Deref for Subject {
    type Target = Profile;
    fn deref(&self) -> &Profile {
        &self.profile
    }
}

fn word(on: bool) -> &'static str {
    if on { "on" } else { "off" }
}
