//! Channels: an inbound number, and the script that calls to it run (C-19).

use super::number::{Holder, Number};
use super::{may, read_name};
use crate::audit::{Entry, Recorded, Value};
use crate::field::{Phone, Problems};
use crate::{
    About, Action, Actor, Allowed, ChannelId, Event, Field, OrganisationId, PartId, Refusal,
    ScriptId, Timestamp, Version, Why,
};
use serde::{Deserialize, Serialize};

/// A channel as the store read it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Channel {
    pub organisation: OrganisationId,
    pub id: ChannelId,
    pub version: Version,
    pub name: String,
    /// None once it was released in the inventory, until another is given.
    pub number: Option<Phone>,
    pub script: ScriptId,
}

/// What was typed and chosen.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Draft {
    pub name: String,
    /// In E.164, one of the inventory.
    pub number: String,
    pub script: Option<ScriptId>,
}

/// What a channel can be made of.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// The inventory's entry of the number that was typed, if it has one.
    pub number: Option<&'a Number>,
    /// Every script with its name.
    pub scripts: &'a [(ScriptId, String)],
}

/// The part of a channel that is edited as one form.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Profile {
    pub name: String,
    pub number: Phone,
    pub script: ScriptId,
    /// The script's name, for the audit trail.
    pub script_name: String,
}

/// A channel that did not exist before.
#[derive(Debug)]
pub struct ChannelCreated {
    pub id: ChannelId,
    pub profile: Profile,
}

/// A channel of which something else is said.
#[derive(Debug)]
pub struct ChannelRevised {
    pub before: Channel,
    /// The name of the script before.
    pub script_before: String,
    pub profile: Profile,
}

/// A channel that is gone; its number is free.
#[derive(Debug)]
pub struct ChannelDeleted {
    pub id: ChannelId,
    pub from: Version,
    pub name: String,
}

impl Draft {
    /// The number as it was typed, which is E.164 or nothing (case 16).
    ///
    /// # Errors
    /// [`Why::Required`], [`Why::NotE164`].
    pub fn read_number(&self) -> Result<Phone, Why> {
        match self.number.trim() {
            "" => Err(Why::Required),
            text => Phone::e164(text).map_err(|_| Why::NotE164),
        }
    }

    fn read(&self, own: Option<ChannelId>, ground: Ground<'_>) -> Result<Profile, Refusal> {
        let mut problems = Problems::default();
        let name = problems.take(Field::Name, read_name(&self.name));
        let number = self.read_number().and_then(|number| {
            match ground.number.filter(|known| known.number == number) {
                None => Err(Why::NotInInventory),
                Some(Number { holder: None, .. }) => Ok(number),
                Some(Number {
                    holder: Some(Holder::Channel { id, .. }),
                    ..
                }) if Some(*id) == own => Ok(number),
                Some(_) => Err(Why::Taken),
            }
        });
        let script = match self.script {
            None => Err(Why::Required),
            Some(id) => {
                let found = ground.scripts.iter().find(|(known, _)| *known == id);
                found.cloned().ok_or(Why::UnknownChoice)
            }
        };
        match (number, script) {
            (Ok(number), Ok((script, script_name))) => {
                problems.none()?;
                Ok(Profile {
                    name,
                    number,
                    script,
                    script_name,
                })
            }
            (number, script) => {
                if let Err(why) = number {
                    problems.add(Field::Number, why);
                }
                if let Err(why) = script {
                    problems.add(Field::Script, why);
                }
                problems.none()?;
                Err(Refusal::NotFound)
            }
        }
    }
}

impl ChannelCreated {
    /// Allows a new channel; a script must exist before, and the number must be free.
    ///
    /// # Errors
    /// [`Refusal::Forbidden`], [`Refusal::Invalid`].
    pub fn allow(
        actor: &Actor,
        id: ChannelId,
        draft: &Draft,
        ground: Ground<'_>,
        at: Timestamp,
    ) -> Result<Allowed<Self>, Refusal> {
        actor.may_everywhere(Action::EditContactCentre)?;
        let profile = draft.read(None, ground)?;
        Ok(Allowed::new(Self { id, profile }, actor, at))
    }
}

impl Channel {
    /// Allows to say something else of the channel; `None` when nothing changes.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::Invalid`].
    pub fn revise(
        &self,
        actor: &Actor,
        draft: &Draft,
        ground: Ground<'_>,
        at: Timestamp,
    ) -> Result<Option<Allowed<ChannelRevised>>, Refusal> {
        may(actor, self.organisation)?;
        let profile = draft.read(Some(self.id), ground)?;
        let same = profile.name == self.name
            && Some(&profile.number) == self.number.as_ref()
            && profile.script == self.script;
        if same {
            return Ok(None);
        }
        let script = ground.scripts.iter().find(|(id, _)| *id == self.script);
        let revised = ChannelRevised {
            before: self.clone(),
            script_before: script.map(|(_, name)| name.clone()).unwrap_or_default(),
            profile,
        };
        Ok(Some(Allowed::new(revised, actor, at)))
    }

    /// Allows the deletion, which frees the number.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`].
    pub fn delete(&self, actor: &Actor, at: Timestamp) -> Result<Allowed<ChannelDeleted>, Refusal> {
        may(actor, self.organisation)?;
        let deleted = ChannelDeleted {
            id: self.id,
            from: self.version,
            name: self.name.clone(),
        };
        Ok(Allowed::new(deleted, actor, at))
    }
}

fn values(before: [&str; 3], after: &Profile) -> Vec<Value> {
    let fields = [Field::Name, Field::Number, Field::Script];
    let after = [&after.name, after.number.as_str(), &after.script_name];
    let each = fields.into_iter().zip(before.into_iter().zip(after));
    each.filter_map(|(field, (before, after))| Value::changed(field.name(), before, after))
        .collect()
}

fn about(id: ChannelId) -> About {
    About::Part(PartId(id.0))
}

impl Recorded for ChannelCreated {
    fn entry(&self) -> Entry {
        Entry {
            event: Event::ChannelCreated,
            subject: about(self.id),
            values: values(["", "", ""], &self.profile),
        }
    }
}

impl Recorded for ChannelRevised {
    fn decided_on(&self) -> Option<Version> {
        Some(self.before.version)
    }

    fn entry(&self) -> Entry {
        let before = &self.before;
        let number = before.number.as_ref().map_or("", Phone::as_str);
        Entry {
            event: Event::ChannelRevised,
            subject: about(before.id),
            values: values([&before.name, number, &self.script_before], &self.profile),
        }
    }
}

impl Recorded for ChannelDeleted {
    fn decided_on(&self) -> Option<Version> {
        Some(self.from)
    }

    fn entry(&self) -> Entry {
        Entry {
            event: Event::ChannelDeleted,
            subject: about(self.id),
            values: Value::changed(Field::Name.name(), &self.name, "")
                .into_iter()
                .collect(),
        }
    }
}
