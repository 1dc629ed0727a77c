//! How an office narrows a subject, and what it then offers (O-02).

use super::revise::{leaves_room, number};
use super::{DURATION, NOTICE_LEAST, NOTICE_MOST, Question, Subject, word};
use crate::audit::{Entry, Recorded, Value};
use crate::booking::{Meeting, Meetings};
use crate::field::Problems;
use crate::{
    About, Action, Actor, Allowed, CategoryId, Event, Field, Office, OfficeId, Refusal, SubjectId,
    Timestamp, Why,
};
use serde::{Deserialize, Serialize};

/// How an office narrows a subject; `None` is as the subject says.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Narrowed {
    pub offered: bool,
    /// Minutes.
    pub duration: Option<i32>,
    /// Minutes; not sooner than the subject's.
    pub notice_least: Option<i32>,
    /// Days; not later than the subject's.
    pub notice_most: Option<i32>,
    /// Whether bookings wait to be confirmed by hand; `None` is as the block of hours says.
    pub by_hand: Option<bool>,
}

/// A subject as an office offers it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Offer {
    pub office: OfficeId,
    pub subject: SubjectId,
    pub category: CategoryId,
    pub title: String,
    pub external_id: Option<String>,
    /// Whether the subject is active and the office offers it.
    pub offered: bool,
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
    /// Whether bookings wait to be confirmed by hand; `None` is as the block of hours says.
    pub by_hand: Option<bool>,
    pub questions: Vec<Question>,
}

impl Offer {
    /// What is left of it in `office`: nobody comes to one that has no place (O-01).
    #[must_use]
    pub fn held_in(mut self, office: &Office) -> Self {
        if office.virtual_only {
            let others = self.meetings.iter().filter(|m| *m != Meeting::InPerson);
            self.meetings = others.collect();
            self.offered &= self.meetings != Meetings::default();
        }
        self
    }
}

/// What a form says; numbers as they were typed, empty is as the subject says.
#[derive(Clone, Debug, Default)]
pub struct NarrowedDraft {
    pub offered: bool,
    pub duration: String,
    pub notice_least: String,
    pub notice_most: String,
    /// `hand`, `automatic`, or empty for as the block of hours says.
    pub confirmed_by: String,
}

/// A subject that an office narrows in another way.
#[derive(Debug)]
pub struct SubjectNarrowed {
    pub office: OfficeId,
    pub subject: SubjectId,
    /// The title of the subject, for the audit trail.
    pub title: String,
    pub before: Narrowed,
    pub narrowed: Narrowed,
}

impl Default for Narrowed {
    /// As the subject says in everything.
    fn default() -> Self {
        Self {
            offered: true,
            duration: None,
            notice_least: None,
            notice_most: None,
            by_hand: None,
        }
    }
}

impl Narrowed {
    /// What `office` offers of `subject`. Where the subject itself became narrower since, it counts.
    pub fn offer(&self, office: OfficeId, subject: &Subject) -> Offer {
        let least = self.notice_least.unwrap_or(subject.notice_least);
        let most = self.notice_most.unwrap_or(subject.notice_most);
        Offer {
            office,
            subject: subject.id,
            category: subject.category,
            title: subject.title.clone(),
            external_id: subject.external_id.clone(),
            offered: subject.active && self.offered,
            meetings: subject.meetings,
            duration: self.duration.unwrap_or(subject.duration),
            before: subject.before,
            after: subject.after,
            notice_least: least.max(subject.notice_least),
            notice_most: most.min(subject.notice_most),
            by_hand: self.by_hand,
            questions: subject.questions.clone(),
        }
    }

    /// How confirmation is chosen in forms.
    pub const fn confirmed_by(&self) -> &'static str {
        match self.by_hand {
            Some(true) => "hand",
            Some(false) => "automatic",
            None => "",
        }
    }
}

impl NarrowedDraft {
    fn read(&self, subject: &Subject) -> Result<Narrowed, Refusal> {
        let mut problems = Problems::default();
        let mut narrower = |field, text: &str, range| match text.trim() {
            "" => None,
            text => Some(problems.take(field, number(text, &range))),
        };
        let duration = narrower(Field::Duration, &self.duration, DURATION);
        let least = subject.notice_least..=*NOTICE_LEAST.end();
        let notice_least = narrower(Field::NoticeLeast, &self.notice_least, least);
        let most = *NOTICE_MOST.start()..=subject.notice_most;
        let notice_most = narrower(Field::NoticeMost, &self.notice_most, most);
        let by_hand = match self.confirmed_by.as_str() {
            "" => None,
            "hand" => Some(true),
            "automatic" => Some(false),
            _ => {
                problems.add(Field::ConfirmedBy, Why::UnknownChoice);
                None
            }
        };
        problems.none()?;
        let least = notice_least.unwrap_or(subject.notice_least);
        let most = notice_most.unwrap_or(subject.notice_most);
        if !leaves_room(least, most) {
            let why = Why::OutOfRange((least / 1_440 + 1).into(), subject.notice_most.into());
            return Err(Refusal::field(Field::NoticeMost, why));
        }
        Ok(Narrowed {
            offered: self.offered,
            duration: duration.filter(|minutes| *minutes != subject.duration),
            notice_least: notice_least.filter(|minutes| *minutes != subject.notice_least),
            notice_most: notice_most.filter(|days| *days != subject.notice_most),
            by_hand,
        })
    }
}

impl Office {
    /// Allows the office to narrow `subject` in another way than `before`; `None` when nothing changes.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::Invalid`].
    pub fn narrow(
        &self,
        actor: &Actor,
        subject: &Subject,
        before: Narrowed,
        draft: &NarrowedDraft,
        at: Timestamp,
    ) -> Result<Option<Allowed<SubjectNarrowed>>, Refusal> {
        self.may(actor, Action::EditOffice)?;
        if subject.organisation != self.organisation {
            return Err(Refusal::NotFound);
        }
        let narrowed = draft.read(subject)?;
        if narrowed == before {
            return Ok(None);
        }
        let change = SubjectNarrowed {
            office: self.id,
            subject: subject.id,
            title: subject.title.clone(),
            before,
            narrowed,
        };
        Ok(Some(Allowed::new(change, actor, at)))
    }
}

impl Recorded for SubjectNarrowed {
    fn entry(&self) -> Entry {
        let (old, new) = (&self.before, &self.narrowed);
        let text =
            |number: Option<i32>| number.map(|number| number.to_string()).unwrap_or_default();
        let number = |field, old, new| Value::changed(field, &text(old), &text(new));
        let values = [
            Some(Value {
                field: "title".into(),
                before: None,
                after: Some(self.title.clone()),
            }),
            Value::changed("offered", word(old.offered), word(new.offered)),
            number("duration", old.duration, new.duration),
            number("notice_least", old.notice_least, new.notice_least),
            number("notice_most", old.notice_most, new.notice_most),
            Value::changed("confirmed_by", old.confirmed_by(), new.confirmed_by()),
        ];
        Entry {
            event: Event::SubjectNarrowed,
            subject: About::Office(self.office),
            values: values.into_iter().flatten().collect(),
        }
    }
}
