//! Queues: where calls wait until somebody takes them (C-09).

use super::offer::{PostProcessing, TimeoutProblem};
use super::{may, read_name, read_ring_seconds};
use crate::audit::{Entry, Recorded, Value};
use crate::field::Problems;
use crate::{
    About, Action, Actor, Allowed, Event, Field, OrganisationId, PartId, PbxId, QueueId, Refusal,
    Timestamp, Version, Why,
};
use serde::{Deserialize, Serialize};
use std::ops::Deref;

/// Which way the calls of a queue go.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    #[default]
    Inbound,
    Outbound,
}

impl Direction {
    /// Both, in the order in which they are shown.
    pub const ALL: [Self; 2] = [Self::Inbound, Self::Outbound];

    /// The word of this direction in forms and in the audit trail.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Inbound => "inbound",
            Self::Outbound => "outbound",
        }
    }

    /// The direction of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// How it is stored.
    pub const fn number(self) -> i32 {
        match self {
            Self::Inbound => 1,
            Self::Outbound => 2,
        }
    }

    /// The direction that is stored so.
    pub fn from_number(number: i32) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.number() == number)
    }
}

/// Who of the free members is asked, among those of the same priority.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Strategy {
    #[default]
    AllAtOnce,
    InTurn,
    /// Who was idle longest.
    LongestIdle,
    /// Who took the fewest calls.
    FewestCalls,
}

impl Strategy {
    /// Every strategy, in the order in which they are shown.
    pub const ALL: [Self; 4] = [
        Self::AllAtOnce,
        Self::InTurn,
        Self::LongestIdle,
        Self::FewestCalls,
    ];

    /// The word of this strategy in forms and in the audit trail.
    pub const fn code(self) -> &'static str {
        match self {
            Self::AllAtOnce => "all_at_once",
            Self::InTurn => "in_turn",
            Self::LongestIdle => "longest_idle",
            Self::FewestCalls => "fewest_calls",
        }
    }

    /// The strategy of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.code() == code)
    }

    /// How it is stored.
    pub const fn number(self) -> i32 {
        match self {
            Self::AllAtOnce => 1,
            Self::InTurn => 2,
            Self::LongestIdle => 3,
            Self::FewestCalls => 4,
        }
    }

    /// The strategy that is stored so.
    pub fn from_number(number: i32) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.number() == number)
    }
}

/// A queue as the store read it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Queue {
    pub organisation: OrganisationId,
    pub id: QueueId,
    pub version: Version,
    /// Where it runs; it never moves.
    pub pbx: PbxId,
    pub profile: Profile,
}

/// The part of a queue that is edited as one form.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Profile {
    pub name: String,
    pub direction: Direction,
    pub post_processing: PostProcessing,
    pub strategy: Strategy,
    /// For how long a member's devices ring, in seconds.
    pub ring_seconds: i32,
}

/// What was typed and chosen.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Draft {
    pub name: String,
    /// The code of a [`Direction`].
    pub direction: String,
    /// `manual`, or seconds.
    pub post_processing: String,
    /// The code of a [`Strategy`].
    pub strategy: String,
    /// Seconds.
    pub ring_seconds: String,
}

/// A queue that did not exist before; nobody is in it.
#[derive(Debug)]
pub struct QueueCreated {
    pub id: QueueId,
    pub pbx: PbxId,
    pub profile: Profile,
}

/// A queue of which something else is said.
#[derive(Debug)]
pub struct QueueRevised {
    pub before: Queue,
    pub profile: Profile,
}

/// A queue that is gone, with who was assigned to it and who monitored it.
#[derive(Debug)]
pub struct QueueDeleted {
    pub id: QueueId,
    pub from: Version,
    pub name: String,
}

impl Deref for Queue {
    type Target = Profile;
    fn deref(&self) -> &Profile {
        &self.profile
    }
}

impl Profile {
    /// Whether an Engage user can be assigned to it: they could not end Manual post-processing, and
    /// seconds go from 0 to 60 in steps of 5 (C-09).
    pub fn suits_engage(&self) -> bool {
        self.post_processing.check(true).is_ok()
    }
}

impl Draft {
    /// `with_engage`: whether an Engage user is assigned, also when not enabled or suspended.
    fn read(&self, with_engage: bool, mut problems: Problems) -> Result<Profile, Refusal> {
        let name = problems.take(Field::Name, read_name(&self.name));
        let direction = Direction::from_code(&self.direction).ok_or(Why::UnknownChoice);
        let strategy = Strategy::from_code(&self.strategy).ok_or(Why::UnknownChoice);
        let (direction, strategy) = (
            problems.take(Field::Direction, direction),
            problems.take(Field::Strategy, strategy),
        );
        let post_processing = PostProcessing::read(&self.post_processing, with_engage)
            .unwrap_or_else(|problem| {
                let why = match problem {
                    TimeoutProblem::Required => Why::Required,
                    other => Why::Timeout(other),
                };
                problems.add(Field::PostProcessing, why);
                PostProcessing::Manual
            });
        let ring_seconds = read_ring_seconds(&self.ring_seconds, &mut problems);
        problems.none()?;
        Ok(Profile {
            name,
            direction,
            post_processing,
            strategy,
            ring_seconds,
        })
    }
}

impl QueueCreated {
    /// Allows a new queue on one of the PBXs that there are.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`], [`Refusal::Invalid`].
    pub fn allow(
        actor: &Actor,
        id: QueueId,
        (pbx, pbxs): (Option<PbxId>, &[PbxId]),
        draft: &Draft,
        at: Timestamp,
    ) -> Result<Allowed<Self>, Refusal> {
        actor.may_everywhere(Action::EditContactCentre)?;
        let mut problems = Problems::default();
        let pbx = pbx.filter(|pbx| pbxs.contains(pbx));
        if pbx.is_none() {
            problems.add(Field::Pbx, Why::UnknownChoice);
        }
        let profile = draft.read(false, problems)?;
        let pbx = pbx.ok_or(Refusal::NotFound)?;
        Ok(Allowed::new(Self { id, pbx, profile }, actor, at))
    }
}

impl Queue {
    /// Whether the actor may set it up.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`].
    pub fn may(&self, actor: &Actor) -> Result<(), Refusal> {
        may(actor, self.organisation)
    }

    /// Allows to say something else of the queue; `None` when nothing changes. `engage` is how many
    /// Engage users are assigned, enabled or not, whatever their status (C-09).
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::Invalid`].
    pub fn revise(
        &self,
        actor: &Actor,
        draft: &Draft,
        engage: i64,
        at: Timestamp,
    ) -> Result<Option<Allowed<QueueRevised>>, Refusal> {
        self.may(actor)?;
        let profile = draft.read(engage > 0, Problems::default())?;
        if profile == self.profile {
            return Ok(None);
        }
        let before = self.clone();
        Ok(Some(Allowed::new(
            QueueRevised { before, profile },
            actor,
            at,
        )))
    }

    /// Allows the deletion of a queue to which none of the `scripts` leads, given by name (C-19).
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::LedTo`].
    pub fn delete(
        &self,
        actor: &Actor,
        scripts: Vec<String>,
        at: Timestamp,
    ) -> Result<Allowed<QueueDeleted>, Refusal> {
        self.may(actor)?;
        if !scripts.is_empty() {
            return Err(Refusal::LedTo(scripts));
        }
        let deleted = QueueDeleted {
            id: self.id,
            from: self.version,
            name: self.name.clone(),
        };
        Ok(Allowed::new(deleted, actor, at))
    }
}

fn values(before: Option<&Profile>, after: &Profile) -> Vec<Value> {
    let text = |of: fn(&Profile) -> String| (before.map(of).unwrap_or_default(), of(after));
    let each: [(Field, (String, String)); 5] = [
        (Field::Name, text(|queue| queue.name.clone())),
        (
            Field::Direction,
            text(|queue| queue.direction.code().to_owned()),
        ),
        (
            Field::PostProcessing,
            text(|queue| queue.post_processing.to_string()),
        ),
        (
            Field::Strategy,
            text(|queue| queue.strategy.code().to_owned()),
        ),
        (
            Field::RingSeconds,
            text(|queue| queue.ring_seconds.to_string()),
        ),
    ];
    each.into_iter()
        .filter_map(|(field, (before, after))| Value::changed(field.name(), &before, &after))
        .collect()
}

fn about(id: QueueId) -> About {
    About::Part(PartId(id.0))
}

impl Recorded for QueueCreated {
    fn entry(&self) -> Entry {
        Entry {
            event: Event::QueueCreated,
            subject: about(self.id),
            values: values(None, &self.profile),
        }
    }
}

impl Recorded for QueueRevised {
    fn decided_on(&self) -> Option<Version> {
        Some(self.before.version)
    }

    fn entry(&self) -> Entry {
        Entry {
            event: Event::QueueRevised,
            subject: about(self.before.id),
            values: values(Some(&self.before.profile), &self.profile),
        }
    }
}

impl Recorded for QueueDeleted {
    fn decided_on(&self) -> Option<Version> {
        Some(self.from)
    }

    fn entry(&self) -> Entry {
        Entry {
            event: Event::QueueDeleted,
            subject: about(self.id),
            values: Value::changed(Field::Name.name(), &self.name, "")
                .into_iter()
                .collect(),
        }
    }
}
