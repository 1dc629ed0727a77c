//! What a PBX is to do, said without any word of Asterisk.

use crate::{Extension, Key, Number, Secret, Zone};
use std::collections::BTreeMap;

/// Everything of one PBX. The order of lists means nothing, except that of a script's steps.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Configuration {
    /// The PBX's name, as typed.
    pub name: String,
    /// Those whom calls may reach: Active and with a device. Who is suspended is not among them.
    pub people: Vec<Person>,
    pub queues: Vec<Queue>,
    pub ring_groups: Vec<RingGroup>,
    pub pickup_groups: Vec<PickupGroup>,
    pub supervisors: Vec<Supervisor>,
    pub channels: Vec<Channel>,
    pub scripts: Vec<Script>,
}

impl Configuration {
    /// Those with a device, by extension; of two with the same one the first in the list.
    pub(crate) fn reached(&self) -> BTreeMap<&Extension, &Person> {
        let mut reached = BTreeMap::new();
        for person in self
            .people
            .iter()
            .filter(|person| !person.endpoints.is_empty())
        {
            reached.entry(&person.extension).or_insert(person);
        }
        reached
    }
}

/// Somebody with devices. The extension is how the rest of the description names them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Person {
    pub extension: Extension,
    /// Further extensions, such as that of the other environment (C-04).
    pub further: Vec<Extension>,
    pub numbers: Vec<Number>,
    /// First and last name, as typed.
    pub name: String,
    pub tenant: Key,
    /// A direct call reaches them during a call (C-05).
    pub call_waiting: bool,
    /// A queue call shows the caller's number and the queue's name: of tenant and user, either (C-07).
    pub shows_cli: bool,
    /// A formal agent, who can end post-processing by hand. Never an Engage user (C-16).
    pub has_workspace: bool,
    pub endpoints: Vec<Endpoint>,
}

/// A device (C-16).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Endpoint {
    /// The name it signs in by, unique in the PBX.
    pub user_name: Key,
    pub secret: Secret,
    pub device: Device,
}

/// The kinds of devices.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Device {
    Desktop,
    /// In a browser, by WebRTC; the agent workspace of a formal agent too.
    Web,
    Mobile,
    DeskPhone,
    /// Reached through the PBX's trunk to Microsoft Teams; signs in there and not here.
    Teams,
}

/// A queue (C-09).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Queue {
    pub key: Key,
    /// As typed.
    pub name: String,
    pub strategy: Strategy,
    /// How long one member rings before the next, in seconds.
    pub ring_seconds: u16,
    pub after_call: AfterCall,
    /// Those who are offered its calls: assigned, enabled, Active and with a device.
    pub members: Vec<Member>,
}

/// Who is asked first among members of one priority.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Strategy {
    /// All of them at once.
    All,
    /// Whoever waited longest since their last call.
    LongestIdle,
    /// Whoever had the fewest calls.
    FewestCalls,
    /// In turn.
    InTurn,
    Random,
}

/// What follows a queue call (C-09).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum AfterCall {
    /// Post-processing until the person ends it; it holds only those who have the workspace.
    Manual,
    Seconds(u16),
}

/// Somebody in a queue (C-10).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Member {
    pub person: Extension,
    /// 1 is asked first.
    pub priority: u8,
    /// On a break, or working offline (C-14).
    pub paused: bool,
}

/// Devices that ring together (C-13).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct RingGroup {
    pub key: Key,
    /// What colleagues dial for it.
    pub extension: Option<Extension>,
    pub ring_seconds: u16,
    pub members: Vec<Extension>,
}

/// People who may take each other's ringing calls (C-13). A column of the realtime tables takes 40
/// characters for all groups of a person together, so keys are best short.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PickupGroup {
    pub key: Key,
    pub members: Vec<Extension>,
}

/// Who may listen to whose queue calls (C-13): the queue calls of `queues`, and every queue call of
/// `people`. Direct calls are listened to by nobody.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Supervisor {
    pub person: Extension,
    /// Listen.
    pub monitor: bool,
    /// Speak to the member, unheard by the caller.
    pub whisper: bool,
    /// Speak to both.
    pub barge: bool,
    pub queues: Vec<Key>,
    /// The members of the agent groups that they may monitor.
    pub people: Vec<Extension>,
}

/// An inbound number and the script that it leads to (C-19).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Channel {
    pub number: Number,
    pub script: Key,
}

/// What a caller goes through (C-19). After the last step the call ends.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Script {
    pub key: Key,
    pub steps: Vec<Step>,
}

/// One step of a script.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Step {
    /// A text, as typed.
    Say(String),
    /// Inside these times the next step follows, outside of them `closed`, and then the call ends.
    CheckHours {
        zone: Zone,
        open: Vec<Opening>,
        closed: Vec<Step>,
    },
    /// Says the text and waits for a key, up to three times. Another key or none: the next step
    /// follows. After the steps of a choice the call ends.
    ChooseByKey {
        text: String,
        /// A digit or `*`; others are left out (a hash ends the wait). The first choice of a key counts.
        choices: Vec<(char, Vec<Step>)>,
    },
    Forward(Target),
    HangUp,
}

/// Where a script forwards to. One that is not in the description ends the call.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Target {
    Queue(Key),
    RingGroup(Key),
}

/// Open from one minute of a day to another, in local time.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Opening {
    /// 0 is Monday, 6 Sunday.
    pub day: u8,
    /// Minutes since midnight, from the first to before the last; at most 1,440. An opening that is
    /// not before its end is left out.
    pub from: u16,
    pub to: u16,
}
