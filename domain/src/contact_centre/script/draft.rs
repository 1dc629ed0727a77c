//! A script as it was typed, and what is wrong with it (C-19).

use super::{End, KEYS, Kind, Profile, STEPS_MAX, Step, TEXT_MAX, Target};
use crate::contact_centre::read_name;
use crate::field::{self, Problems};
use crate::office::{Opening, block};
use crate::{Field, QueueId, Refusal, RingGroupId, Why};
use serde::{Deserialize, Serialize};

/// What was typed and chosen.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Draft {
    pub name: String,
    pub steps: Vec<StepDraft>,
}

/// A step as it was typed; what its kind does not have is not read.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct StepDraft {
    /// The code of a [`Kind`].
    pub kind: String,
    pub text: String,
    /// The word of a target, where it forwards to; of an end, what follows when it is closed.
    pub target: String,
    pub zone: String,
    /// Weekday, from and until, such as `09:00`; rows that are empty are none.
    pub open: Vec<(i8, String, String)>,
    pub keys: Vec<KeyDraft>,
}

/// What a key leads to; a row without key and target is none.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct KeyDraft {
    pub key: String,
    /// The word of an end.
    pub target: String,
}

/// Where a script of one PBX can lead.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Targets {
    pub queues: Vec<QueueId>,
    pub ring_groups: Vec<RingGroupId>,
}

/// What is wrong with a step.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum StepProblem {
    NoText,
    /// More than this many characters.
    TextTooLong(usize),
    NotPlainText,
    /// It leads nowhere.
    NoTarget,
    /// Where it leads is not there, or on another PBX.
    UnknownTarget,
    UnknownZone,
    /// Never open.
    NoOpening,
    /// Not a time of the day, or a block that ends before it begins.
    NotATime,
    Overlapping,
    /// No key to choose by.
    NoKey,
    UnknownKey,
    /// A key that stands twice.
    SameKey(char),
    /// The step before it ends the call.
    NeverReached,
    UnknownKind,
}

impl Targets {
    fn have(&self, target: Target) -> bool {
        match target {
            Target::Queue(id) => self.queues.contains(&id),
            Target::RingGroup(id) => self.ring_groups.contains(&id),
        }
    }
}

impl Draft {
    pub(super) fn read(
        &self,
        targets: &Targets,
        knows_zone: &dyn Fn(&str) -> bool,
        mut problems: Problems,
    ) -> Result<Profile, Refusal> {
        let name = problems.take(Field::Name, read_name(&self.name));
        match self.steps.len() {
            0 => problems.add(Field::Steps, Why::Required),
            count if count > STEPS_MAX => {
                problems.add(Field::Steps, Why::TooManySteps(STEPS_MAX));
            }
            _ => {}
        }
        let mut steps = Vec::new();
        let mut ended = false;
        for (number, draft) in (1..).zip(&self.steps).take(STEPS_MAX) {
            let step = match ended {
                true => Err(StepProblem::NeverReached),
                false => draft.read(targets, knows_zone),
            };
            match step {
                Ok(step) => {
                    ended = matches!(step, Step::End(_));
                    steps.push(step);
                }
                Err(problem) => problems.add(Field::Steps, Why::Step(number, problem)),
            }
        }
        problems.none()?;
        Ok(Profile { name, steps })
    }
}

impl StepDraft {
    fn read(
        &self,
        targets: &Targets,
        knows_zone: &dyn Fn(&str) -> bool,
    ) -> Result<Step, StepProblem> {
        match Kind::from_code(&self.kind).ok_or(StepProblem::UnknownKind)? {
            Kind::Say => Ok(Step::Say(said(&self.text)?)),
            Kind::CheckHours => self.hours(targets, knows_zone),
            Kind::ChooseByKey => self.choice(targets),
            Kind::Forward => match end(&self.target, targets)? {
                End::HangUp => Err(StepProblem::NoTarget),
                forward => Ok(Step::End(forward)),
            },
            Kind::HangUp => Ok(Step::End(End::HangUp)),
        }
    }

    fn hours(
        &self,
        targets: &Targets,
        knows_zone: &dyn Fn(&str) -> bool,
    ) -> Result<Step, StepProblem> {
        let zone = self.zone.trim();
        if zone.is_empty() || !knows_zone(zone) {
            return Err(StepProblem::UnknownZone);
        }
        let typed = |(_, from, until): &&(i8, String, String)| {
            !(from.trim().is_empty() && until.trim().is_empty())
        };
        let typed = self.open.iter().filter(typed);
        let read = typed.map(|(weekday, from, until)| block(*weekday, from, until));
        let mut open: Vec<Opening> = read
            .collect::<Result<_, _>>()
            .map_err(|_| StepProblem::NotATime)?;
        open.sort();
        let meet =
            |pair: &[Opening]| pair[0].weekday == pair[1].weekday && pair[1].from < pair[0].until;
        if open.windows(2).any(meet) {
            return Err(StepProblem::Overlapping);
        }
        if open.is_empty() {
            return Err(StepProblem::NoOpening);
        }
        Ok(Step::CheckHours {
            zone: zone.to_owned(),
            open,
            closed_text: text(&self.text)?,
            closed: end(&self.target, targets)?,
        })
    }

    fn choice(&self, targets: &Targets) -> Result<Step, StepProblem> {
        let said = said(&self.text)?;
        let mut choices: Vec<(char, End)> = Vec::new();
        for KeyDraft { key, target } in &self.keys {
            let key = match key.trim() {
                "" if target.is_empty() => continue,
                key => KEYS.into_iter().find(|one| key == one.to_string()),
            };
            let key = key.ok_or(StepProblem::UnknownKey)?;
            if choices.iter().any(|(known, _)| *known == key) {
                return Err(StepProblem::SameKey(key));
            }
            choices.push((key, end(target, targets)?));
        }
        match choices.is_empty() {
            true => Err(StepProblem::NoKey),
            false => Ok(Step::ChooseByKey {
                text: said,
                choices,
            }),
        }
    }
}

/// A text that is said; empty is none. One line: a file of a PBX has one for each.
fn text(typed: &str) -> Result<String, StepProblem> {
    let one_line = typed.replace("\r\n", " ").replace('\n', " ");
    field::line(&one_line, TEXT_MAX).map_err(|why| match why {
        Why::TooLong(most) => StepProblem::TextTooLong(most),
        _ => StepProblem::NotPlainText,
    })
}

fn said(typed: &str) -> Result<String, StepProblem> {
    match text(typed)? {
        text if text.is_empty() => Err(StepProblem::NoText),
        text => Ok(text),
    }
}

fn end(typed: &str, targets: &Targets) -> Result<End, StepProblem> {
    if typed.trim().is_empty() {
        return Err(StepProblem::NoTarget);
    }
    let unknown = StepProblem::UnknownTarget;
    match typed.parse().map_err(|_| unknown)? {
        End::Forward(target) if !targets.have(target) => Err(unknown),
        end => Ok(end),
    }
}

impl From<&Profile> for Draft {
    /// As it stands in the form.
    fn from(profile: &Profile) -> Self {
        Self {
            name: profile.name.clone(),
            steps: profile.steps.iter().map(StepDraft::from).collect(),
        }
    }
}

impl From<&Step> for StepDraft {
    fn from(step: &Step) -> Self {
        let blank = Self {
            kind: step.kind().code().to_owned(),
            ..Self::default()
        };
        match step {
            Step::Say(text) => Self {
                text: text.clone(),
                ..blank
            },
            Step::CheckHours {
                zone,
                open,
                closed_text,
                closed,
            } => {
                let clock = crate::office::clock;
                let row = |one: &Opening| (one.weekday, clock(one.from), clock(one.until % 1_440));
                Self {
                    zone: zone.clone(),
                    open: open.iter().map(row).collect(),
                    text: closed_text.clone(),
                    target: closed.to_string(),
                    ..blank
                }
            }
            Step::ChooseByKey { text, choices } => {
                let row = |(key, end): &(char, End)| KeyDraft {
                    key: key.to_string(),
                    target: end.to_string(),
                };
                Self {
                    text: text.clone(),
                    keys: choices.iter().map(row).collect(),
                    ..blank
                }
            }
            Step::End(End::Forward(target)) => Self {
                target: target.to_string(),
                ..blank
            },
            Step::End(End::HangUp) => blank,
        }
    }
}
