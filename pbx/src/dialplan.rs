//! The dialplan: what is done with a call, wherever it comes from.

mod groups;
mod people;
mod scripts;
mod spying;

pub use people::member_interface;
pub use scripts::prompts;
pub use spying::{BARGE, MONITOR, WHISPER, supervisor_context};

use crate::plan::{Plan, run};
use crate::{AfterCall, Configuration, Extension, Queue, quote};

/// Where devices dial.
pub const INSIDE: &str = "staffroom-from-inside";
/// Where the trunk's calls arrive.
pub const NUMBERS: &str = "staffroom-numbers";
/// State of people, by extension.
pub const HINTS: &str = "staffroom-hints";
/// Direct calls to people.
const DIRECT: &str = "staffroom-direct";
/// Queue calls to members.
const MEMBER: &str = "staffroom-member";
const QUEUE: &str = "staffroom-queue";
const RING: &str = "staffroom-ring";
const SCRIPT: &str = "staffroom-script";
const CODES: &str = "staffroom-codes";

/// The variable of a device that says whose it is.
pub const PERSON: &str = "STAFFROOM_PERSON";

/// Everything of a PBX.
pub fn plan(configuration: &Configuration) -> Plan {
    let mut plan = Plan::default();
    for name in [DIRECT, CODES, NUMBERS] {
        plan.context(INSIDE).includes.insert(name.to_owned());
    }
    for name in [DIRECT, MEMBER, QUEUE, RING, SCRIPT, CODES, NUMBERS, HINTS] {
        plan.context(name);
    }
    people::add(&mut plan, configuration);
    groups::add(&mut plan, configuration);
    for queue in &configuration.queues {
        add_queue(&mut plan, queue);
    }
    scripts::add(&mut plan, configuration);
    spying::add(&mut plan, configuration);
    plan
}

/// A queue; what a member's entry must know of it travels with the call (`__`).
fn add_queue(plan: &mut Plan, queue: &Queue) {
    let key = &queue.key;
    let name = quote::variable(&queue.name, key.as_str());
    let after = match queue.after_call {
        AfterCall::Manual => "manual",
        AfterCall::Seconds(_) => "seconds",
    };
    let steps = vec![
        run("Set", format!("__STAFFROOM_QUEUE={key}")),
        run("Set", format!("__STAFFROOM_QUEUE_NAME={name}")),
        run("Set", format!("__STAFFROOM_AFTER={after}")),
        run("Queue", key.as_str()),
        run("Hangup", ""),
    ];
    plan.put(QUEUE, format!("queue_{key}"), steps);
}

/// Sends what is dialled in one context to an extension of another.
fn redirect(plan: &mut Plan, context: &str, dialled: &str, to: &str, extension: &str) {
    plan.put(
        context,
        dialled,
        vec![run("Goto", format!("{to},{extension},1"))],
    );
}

/// An extension as a channel that goes through the context of direct calls.
fn direct(extension: &Extension) -> String {
    format!("Local/{extension}@{DIRECT}/n")
}
