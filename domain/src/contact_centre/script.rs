//! Scripts: what a caller goes through, step by step, until somebody takes the call or it ends (C-19).

mod draft;
mod revise;

pub use draft::{Draft, KeyDraft, StepDraft, StepProblem, Targets};
pub use revise::{ScriptCreated, ScriptDeleted, ScriptRevised};

use crate::office::Opening;
use crate::{OrganisationId, PbxId, QueueId, RingGroupId, ScriptId, Version};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::Deref;
use std::str::FromStr;

/// The most steps of a script.
pub const STEPS_MAX: usize = 20;
/// The most characters of a text that is said.
pub const TEXT_MAX: usize = 500;
/// The keys that a caller can choose by; a hash ends what is typed.
pub const KEYS: [char; 11] = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0', '*'];

/// A script as the store read it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Script {
    pub organisation: OrganisationId,
    pub id: ScriptId,
    pub version: Version,
    /// Where it runs; it never moves.
    pub pbx: PbxId,
    pub profile: Profile,
}

/// The part of a script that is edited as one form.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Profile {
    pub name: String,
    /// In their order; 1 to [`STEPS_MAX`], of which only the last can be an [`End`].
    pub steps: Vec<Step>,
}

/// Where a script forwards to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Target {
    Queue(QueueId),
    RingGroup(RingGroupId),
}

/// How a path through a script ends.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum End {
    Forward(Target),
    HangUp,
}

/// One step of a script.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Says a text.
    Say(String),
    /// At these times the next step follows; else the closed text is said, if there is one, and then
    /// the path ends.
    CheckHours {
        /// The time zone's name.
        zone: String,
        /// By weekday and beginning; at least one, and blocks of a day do not overlap.
        open: Vec<Opening>,
        closed_text: String,
        closed: End,
    },
    /// Says a text and waits for a key. Another key or none: the next step follows.
    ChooseByKey {
        text: String,
        /// At least one, each key once.
        choices: Vec<(char, End)>,
    },
    End(End),
}

/// The kinds of steps, as they are chosen.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Kind {
    Say,
    CheckHours,
    ChooseByKey,
    Forward,
    HangUp,
}

impl Kind {
    /// Every kind, in the order in which they are shown.
    pub const ALL: [Self; 5] = [
        Self::Say,
        Self::CheckHours,
        Self::ChooseByKey,
        Self::Forward,
        Self::HangUp,
    ];

    /// The word of this kind in forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Say => "say",
            Self::CheckHours => "check_hours",
            Self::ChooseByKey => "choose_by_key",
            Self::Forward => "forward",
            Self::HangUp => "hang_up",
        }
    }

    /// The kind of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

impl Deref for Script {
    type Target = Profile;
    fn deref(&self) -> &Profile {
        &self.profile
    }
}

impl Profile {
    /// The steps as a PBX goes through them: where the last one does not end the call, it is hung up
    /// after it, so that no caller is left without an answer.
    pub fn run(&self) -> Vec<Step> {
        let mut steps = self.steps.clone();
        if !matches!(steps.last(), Some(Step::End(_))) {
            steps.push(Step::End(End::HangUp));
        }
        steps
    }

    /// Where it leads, each target once, in the order of the steps.
    pub fn targets(&self) -> Vec<Target> {
        let mut targets = Vec::new();
        for end in self.steps.iter().flat_map(Step::ends) {
            if let End::Forward(target) = end
                && !targets.contains(&target)
            {
                targets.push(target);
            }
        }
        targets
    }
}

impl Step {
    /// The kind of this step.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Say(_) => Kind::Say,
            Self::CheckHours { .. } => Kind::CheckHours,
            Self::ChooseByKey { .. } => Kind::ChooseByKey,
            Self::End(End::Forward(_)) => Kind::Forward,
            Self::End(End::HangUp) => Kind::HangUp,
        }
    }

    /// The ends of the paths that branch off here.
    pub fn ends(&self) -> Vec<End> {
        match self {
            Self::Say(_) => Vec::new(),
            Self::CheckHours { closed, .. } => vec![*closed],
            Self::ChooseByKey { choices, .. } => choices.iter().map(|(_, end)| *end).collect(),
            Self::End(end) => vec![*end],
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Queue(id) => write!(f, "queue:{id}"),
            Self::RingGroup(id) => write!(f, "ring_group:{id}"),
        }
    }
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Forward(target) => target.fmt(f),
            Self::HangUp => f.write_str(Kind::HangUp.code()),
        }
    }
}

/// A word that is no target, or no end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NoTarget;

impl FromStr for Target {
    type Err = NoTarget;

    fn from_str(text: &str) -> Result<Self, NoTarget> {
        let (kind, id) = text.split_once(':').ok_or(NoTarget)?;
        match kind {
            "queue" => id.parse().map(Self::Queue).map_err(|_| NoTarget),
            "ring_group" => id.parse().map(Self::RingGroup).map_err(|_| NoTarget),
            _ => Err(NoTarget),
        }
    }
}

impl FromStr for End {
    type Err = NoTarget;

    fn from_str(text: &str) -> Result<Self, NoTarget> {
        match text == Kind::HangUp.code() {
            true => Ok(Self::HangUp),
            false => text.parse().map(Self::Forward),
        }
    }
}
