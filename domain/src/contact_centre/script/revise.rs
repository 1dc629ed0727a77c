//! A script that is made, says something else, or is deleted (C-19).

use super::{Draft, Profile, Script, Step, Targets};
use crate::audit::{Entry, Recorded, Value};
use crate::contact_centre::may;
use crate::field::Problems;
use crate::{
    About, Action, Actor, Allowed, Event, Field, PartId, PbxId, Refusal, ScriptId, Timestamp,
    Version, Why,
};

/// The most characters of the steps in the audit trail.
const OUTLINE_MAX: usize = 2_000;

/// A script that did not exist before; no channel runs it yet.
#[derive(Debug)]
pub struct ScriptCreated {
    pub id: ScriptId,
    pub pbx: PbxId,
    pub profile: Profile,
}

/// A script that says something else.
#[derive(Debug)]
pub struct ScriptRevised {
    pub before: Script,
    pub profile: Profile,
}

/// A script that is gone; no channel ran it.
#[derive(Debug)]
pub struct ScriptDeleted {
    pub id: ScriptId,
    pub from: Version,
    pub name: String,
}

impl ScriptCreated {
    /// Allows a new script on one of the PBXs that there are; `targets` are those of that PBX.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`], [`Refusal::Invalid`].
    pub fn allow(
        actor: &Actor,
        id: ScriptId,
        (pbx, pbxs): (Option<PbxId>, &[PbxId]),
        draft: &Draft,
        (targets, knows_zone): (&Targets, &dyn Fn(&str) -> bool),
        at: Timestamp,
    ) -> Result<Allowed<Self>, Refusal> {
        actor.may_everywhere(Action::EditContactCentre)?;
        let mut problems = Problems::default();
        let pbx = pbx.filter(|pbx| pbxs.contains(pbx));
        if pbx.is_none() {
            problems.add(Field::Pbx, Why::UnknownChoice);
        }
        let profile = draft.read(targets, knows_zone, problems)?;
        let pbx = pbx.ok_or(Refusal::NotFound)?;
        Ok(Allowed::new(Self { id, pbx, profile }, actor, at))
    }
}

impl Script {
    /// Allows the script to say something else; `None` when nothing changes.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::Invalid`].
    pub fn revise(
        &self,
        actor: &Actor,
        draft: &Draft,
        (targets, knows_zone): (&Targets, &dyn Fn(&str) -> bool),
        at: Timestamp,
    ) -> Result<Option<Allowed<ScriptRevised>>, Refusal> {
        may(actor, self.organisation)?;
        let profile = draft.read(targets, knows_zone, Problems::default())?;
        if profile == self.profile {
            return Ok(None);
        }
        let before = self.clone();
        let revised = ScriptRevised { before, profile };
        Ok(Some(Allowed::new(revised, actor, at)))
    }

    /// Allows the deletion of a script that none of the `channels` runs, given by name.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::ScriptUsed`].
    pub fn delete(
        &self,
        actor: &Actor,
        channels: Vec<String>,
        at: Timestamp,
    ) -> Result<Allowed<ScriptDeleted>, Refusal> {
        may(actor, self.organisation)?;
        if !channels.is_empty() {
            return Err(Refusal::ScriptUsed(channels));
        }
        let deleted = ScriptDeleted {
            id: self.id,
            from: self.version,
            name: self.name.clone(),
        };
        Ok(Allowed::new(deleted, actor, at))
    }
}

/// The steps as one text for the audit trail.
fn outline(steps: &[Step]) -> String {
    let step = |(number, step): (usize, &Step)| {
        let code = step.kind().code();
        let what = match step {
            Step::Say(text) => text.clone(),
            Step::CheckHours {
                zone,
                open,
                closed_text,
                closed,
            } => {
                let clock = crate::office::clock;
                let block = |one: &crate::office::Opening| {
                    format!("{} {}–{}", one.weekday, clock(one.from), clock(one.until))
                };
                let open = open.iter().map(block).collect::<Vec<_>>().join(", ");
                format!("{zone} {open}; {closed_text} {closed}")
            }
            Step::ChooseByKey { text, choices } => {
                let choice = choices.iter().map(|(key, end)| format!("{key} {end}"));
                format!("{text} {}", choice.collect::<Vec<_>>().join(", "))
            }
            Step::End(super::End::HangUp) => String::new(),
            Step::End(end) => end.to_string(),
        };
        format!("{number}. {code} {what}").trim_end().to_owned()
    };
    let lines: Vec<String> = (1..).zip(steps).map(step).collect();
    lines.join("; ").chars().take(OUTLINE_MAX).collect()
}

fn values(before: Option<&Profile>, after: &Profile) -> Vec<Value> {
    let text = |of: fn(&Profile) -> String| (before.map(of).unwrap_or_default(), of(after));
    let each = [
        (Field::Name, text(|script| script.name.clone())),
        (Field::Steps, text(|script| outline(&script.steps))),
    ];
    each.into_iter()
        .filter_map(|(field, (before, after))| Value::changed(field.name(), &before, &after))
        .collect()
}

fn about(id: ScriptId) -> About {
    About::Part(PartId(id.0))
}

impl Recorded for ScriptCreated {
    fn entry(&self) -> Entry {
        Entry {
            event: Event::ScriptCreated,
            subject: about(self.id),
            values: values(None, &self.profile),
        }
    }
}

impl Recorded for ScriptRevised {
    fn decided_on(&self) -> Option<Version> {
        Some(self.before.version)
    }

    fn entry(&self) -> Entry {
        Entry {
            event: Event::ScriptRevised,
            subject: about(self.before.id),
            values: values(Some(&self.before.profile), &self.profile),
        }
    }
}

impl Recorded for ScriptDeleted {
    fn decided_on(&self) -> Option<Version> {
        Some(self.from)
    }

    fn entry(&self) -> Entry {
        Entry {
            event: Event::ScriptDeleted,
            subject: about(self.id),
            values: Value::changed(Field::Name.name(), &self.name, "")
                .into_iter()
                .collect(),
        }
    }
}
