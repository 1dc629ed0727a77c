//! Adding a subject and editing it (O-02).

use super::{
    BUFFER, DURATION, EXTERNAL_ID_MAX, NOTICE_LEAST, NOTICE_MOST, Profile, QUESTION_MAX,
    QUESTIONS_MAX, Question, Subject, TITLE_MAX, word,
};
use crate::audit::{Entry, Recorded, Value};
use crate::booking::{Meeting, Meetings};
use crate::field::{self, Problems};
use crate::{
    About, Action, Actor, Allowed, Category, CategoryId, Event, Field, Refusal, SubjectId,
    Timestamp, Version, Why,
};
use std::ops::RangeInclusive;

/// What a form says; numbers as they were typed.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    pub category: Option<CategoryId>,
    pub title: String,
    pub active: bool,
    pub external_id: String,
    /// Words of kinds of meeting.
    pub meetings: Vec<String>,
    pub duration: String,
    pub before: String,
    pub after: String,
    pub notice_least: String,
    pub notice_most: String,
    /// The text, and whether an answer is required; one without a text is none.
    pub questions: Vec<(String, bool)>,
}

/// A subject that did not exist before.
#[derive(Debug)]
pub struct SubjectCreated {
    pub id: SubjectId,
    pub profile: Profile,
    /// The title of its category, for the audit trail.
    pub category: String,
}

/// A subject that was entered anew.
#[derive(Debug)]
pub struct SubjectRevised {
    pub before: Subject,
    pub profile: Profile,
    /// The titles of its category before and after, for the audit trail.
    pub categories: (String, String),
}

/// A whole number of the range; what is no number is outside of it.
pub(super) fn number(text: &str, range: &RangeInclusive<i32>) -> Result<i32, Why> {
    let outside = || Why::OutOfRange((*range.start()).into(), (*range.end()).into());
    let number = text.trim().parse().map_err(|_| outside())?;
    range
        .contains(&number)
        .then_some(number)
        .ok_or_else(outside)
}

/// Whether something can be booked at all between the earliest and the latest notice.
pub(super) fn leaves_room(least: i32, most: i32) -> bool {
    least < most * 1_440
}

impl Draft {
    fn read(&self, categories: &[Category]) -> Result<Profile, Refusal> {
        let mut problems = Problems::default();
        let title = problems.take(Field::Title, field::line(&self.title, TITLE_MAX));
        if self.title.trim().is_empty() {
            problems.add(Field::Title, Why::Required);
        }
        let known = |id: &CategoryId| categories.iter().any(|category| category.id == *id);
        let category = self.category.filter(known);
        let external_id = problems.take(
            Field::ExternalId,
            field::line(&self.external_id, EXTERNAL_ID_MAX),
        );
        let mut range = |field, text: &str, range| problems.take(field, number(text, &range));
        let duration = range(Field::Duration, &self.duration, DURATION);
        let before = range(Field::Before, &self.before, BUFFER);
        let after = range(Field::After, &self.after, BUFFER);
        let notice_least = range(Field::NoticeLeast, &self.notice_least, NOTICE_LEAST);
        let notice_most = range(Field::NoticeMost, &self.notice_most, NOTICE_MOST);
        if NOTICE_MOST.contains(&notice_most) && !leaves_room(notice_least, notice_most) {
            let least = i64::from(notice_least / 1_440 + 1);
            let why = Why::OutOfRange(least, (*NOTICE_MOST.end()).into());
            problems.add(Field::NoticeMost, why);
        }
        let meetings = self.meetings(&mut problems);
        let questions = self.questions(&mut problems);
        if category.is_none() {
            let why = match self.category {
                Some(_) => Why::UnknownChoice,
                None => Why::Required,
            };
            problems.add(Field::Category, why);
        }
        problems.none()?;
        Ok(Profile {
            category: category.ok_or(Refusal::NotFound)?,
            title,
            active: self.active,
            external_id: (!external_id.is_empty()).then_some(external_id),
            meetings,
            duration,
            before,
            after,
            notice_least,
            notice_most,
            questions,
        })
    }

    fn meetings(&self, problems: &mut Problems) -> Meetings {
        let kinds = self.meetings.iter().map(|code| Meeting::from_code(code));
        match kinds.collect::<Option<Meetings>>() {
            Some(Meetings(0)) => problems.add(Field::Meetings, Why::Required),
            Some(meetings) => return meetings,
            None => problems.add(Field::Meetings, Why::UnknownChoice),
        }
        Meetings::default()
    }

    fn questions(&self, problems: &mut Problems) -> Vec<Question> {
        let mut questions = Vec::new();
        for (text, required) in &self.questions {
            let text = problems.take(Field::Questions, field::line(text, QUESTION_MAX));
            if !text.is_empty() {
                questions.push(Question {
                    text,
                    required: *required,
                });
            }
        }
        if questions.len() > QUESTIONS_MAX {
            let most = i64::try_from(QUESTIONS_MAX).unwrap_or(i64::MAX);
            problems.add(Field::Questions, Why::OutOfRange(0, most));
        }
        questions
    }
}

fn title_of(categories: &[Category], id: CategoryId) -> String {
    let found = categories.iter().find(|category| category.id == id);
    found
        .map(|category| category.title.clone())
        .unwrap_or_default()
}

impl SubjectCreated {
    /// Allows a new subject in one of the `categories` of the organisation.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`], [`Refusal::Invalid`].
    pub fn allow(
        actor: &Actor,
        id: SubjectId,
        draft: &Draft,
        categories: &[Category],
        at: Timestamp,
    ) -> Result<Allowed<Self>, Refusal> {
        actor.may_everywhere(Action::EditSubjects)?;
        let profile = draft.read(categories)?;
        let category = title_of(categories, profile.category);
        let created = Self {
            id,
            profile,
            category,
        };
        Ok(Allowed::new(created, actor, at))
    }
}

impl Subject {
    /// Allows what `draft` says of the subject; `None` when nothing changes.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::Invalid`].
    pub fn revise(
        &self,
        actor: &Actor,
        draft: &Draft,
        categories: &[Category],
        at: Timestamp,
    ) -> Result<Option<Allowed<SubjectRevised>>, Refusal> {
        self.may(actor)?;
        let profile = draft.read(categories)?;
        if profile == self.profile {
            return Ok(None);
        }
        let revised = SubjectRevised {
            before: self.clone(),
            categories: (
                title_of(categories, self.category),
                title_of(categories, profile.category),
            ),
            profile,
        };
        Ok(Some(Allowed::new(revised, actor, at)))
    }
}

/// Words of kinds of meeting with commas between, as the audit trail keeps them.
fn kinds(meetings: Meetings) -> String {
    meetings
        .iter()
        .map(Meeting::code)
        .collect::<Vec<_>>()
        .join(",")
}

fn asked(questions: &[Question]) -> String {
    let line = |question: &Question| match question.required {
        true => format!("{} *", question.text),
        false => question.text.clone(),
    };
    questions.iter().map(line).collect::<Vec<_>>().join(" / ")
}

/// Every value that is another, by the name of its field; the category stands apart.
fn changes(old: &Profile, new: &Profile) -> Vec<Value> {
    let id = |profile: &Profile| profile.external_id.clone().unwrap_or_default();
    let number =
        |field, old: i32, new: i32| Value::changed(field, &old.to_string(), &new.to_string());
    [
        Value::changed("title", &old.title, &new.title),
        Value::changed("active", word(old.active), word(new.active)),
        Value::changed("external_id", &id(old), &id(new)),
        Value::changed("meetings", &kinds(old.meetings), &kinds(new.meetings)),
        number("duration", old.duration, new.duration),
        number("before", old.before, new.before),
        number("after", old.after, new.after),
        number("notice_least", old.notice_least, new.notice_least),
        number("notice_most", old.notice_most, new.notice_most),
        Value::changed("questions", &asked(&old.questions), &asked(&new.questions)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

impl Recorded for SubjectCreated {
    fn entry(&self) -> Entry {
        let profile = &self.profile;
        let number = |field, number: i32| Value::changed(field, "", &number.to_string());
        let values = [
            Value::changed("title", "", &profile.title),
            Value::changed("category", "", &self.category),
            Value::changed("active", "", word(profile.active)),
            Value::changed("meetings", "", &kinds(profile.meetings)),
            number("duration", profile.duration),
        ];
        Entry {
            event: Event::SubjectCreated,
            subject: About::Subject(self.id),
            values: values.into_iter().flatten().collect(),
        }
    }
}

impl Recorded for SubjectRevised {
    fn decided_on(&self) -> Option<Version> {
        Some(self.before.version)
    }

    fn entry(&self) -> Entry {
        let mut values = changes(&self.before.profile, &self.profile);
        let (before, after) = &self.categories;
        values.extend(Value::changed("category", before, after));
        Entry {
            event: Event::SubjectRevised,
            subject: About::Subject(self.before.id),
            values,
        }
    }
}
