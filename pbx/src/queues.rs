//! Queues and their members.

use crate::format::Section;
use crate::hints::hint;
use crate::{
    AfterCall, Configuration, Extension, Member, Person, Queue, Strategy, dialplan, quote,
};
use std::collections::BTreeMap;

/// A queue with its members, each in the words of Asterisk.
pub struct Line {
    pub settings: Section,
    pub members: Vec<Seat>,
}

/// A member in the words of Asterisk.
pub struct Seat {
    pub interface: String,
    pub penalty: u8,
    pub name: String,
    pub state_interface: String,
    pub paused: bool,
}

/// The queues by key, their members by extension. Who is not among the people is no member.
pub fn lines(configuration: &Configuration) -> BTreeMap<&str, Line> {
    let people = configuration.reached();
    let mut lines = BTreeMap::new();
    for queue in &configuration.queues {
        let members: BTreeMap<&Extension, &Member> = queue
            .members
            .iter()
            .map(|member| (&member.person, member))
            .collect();
        let seats = members.values();
        let seats = seats.filter_map(|member| Some(seat(people.get(&member.person)?, member)));
        lines.entry(queue.key.as_str()).or_insert_with(|| Line {
            settings: settings(queue),
            members: seats.collect(),
        });
    }
    lines
}

fn seat(person: &Person, member: &Member) -> Seat {
    let extension = &person.extension;
    Seat {
        interface: dialplan::member_interface(extension),
        penalty: member.priority.saturating_sub(1),
        name: quote::member_name(&person.name, extension.as_str()),
        state_interface: hint(extension.as_str()),
        paused: member.paused,
    }
}

fn settings(queue: &Queue) -> Section {
    // 0 means without end to `timeout`, so a queue rings a member for a second at least.
    let ring = queue.ring_seconds.max(1);
    let after = match queue.after_call {
        // Ended by hand: the member entry pauses, see `dialplan::people`; until it did, this holds.
        AfterCall::Manual => 2,
        AfterCall::Seconds(seconds) => seconds,
    };
    Section::new(queue.key.as_str())
        .with("strategy", strategy(queue.strategy))
        .with("timeout", ring.to_string())
        .with("retry", "5")
        .with("wrapuptime", after.to_string())
        .with("ringinuse", "no")
        .with("autofill", "yes")
        .with("joinempty", "yes")
        .with("leavewhenempty", "no")
}

const fn strategy(strategy: Strategy) -> &'static str {
    match strategy {
        Strategy::All => "ringall",
        Strategy::LongestIdle => "leastrecent",
        Strategy::FewestCalls => "fewestcalls",
        Strategy::InTurn => "rrmemory",
        Strategy::Random => "random",
    }
}

impl Line {
    /// The queue as a section of `queues.conf`.
    pub fn section(&self) -> Section {
        let mut section = self.settings.clone();
        for seat in &self.members {
            section.push("member", seat.line());
        }
        section
    }
}

impl Seat {
    /// The arguments of `member`: interface, penalty, name, state interface, ringinuse, wrapuptime
    /// (empty: the queue's), paused.
    fn line(&self) -> String {
        let paused = if self.paused { "yes" } else { "no" };
        format!(
            "{},{},{},{},no,,{paused}",
            self.interface, self.penalty, self.name, self.state_interface,
        )
    }
}
