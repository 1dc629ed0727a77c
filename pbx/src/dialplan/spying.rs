//! Supervisors: monitor, whisper and barge, for exactly those in their scope (C-13).

use super::INSIDE;
use crate::plan::{Plan, Run, run};
use crate::{Configuration, Extension, Key, Supervisor};
use std::collections::{BTreeMap, BTreeSet};

/// What a supervisor dials before an extension to listen.
pub const MONITOR: &str = "*31";
/// To speak to the colleague alone.
pub const WHISPER: &str = "*32";
/// To speak to both.
pub const BARGE: &str = "*33";

/// The context of a supervisor's devices: what everybody dials, and the codes of their scope.
pub fn supervisor_context(extension: &Extension) -> String {
    format!("staffroom-supervisor-{extension}")
}

pub fn add(plan: &mut Plan, configuration: &Configuration) {
    let people = configuration.reached();
    let queues: BTreeMap<&Key, BTreeSet<&Extension>> = configuration
        .queues
        .iter()
        .map(|queue| {
            (
                &queue.key,
                queue.members.iter().map(|member| &member.person).collect(),
            )
        })
        .collect();
    for supervisor in &configuration.supervisors {
        let context = supervisor_context(&supervisor.person);
        plan.context(&context).includes.insert(INSIDE.to_owned());
        for (person, groups) in scope(supervisor, &queues) {
            // Nobody listens to themselves, nor to who is not there.
            if person == &supervisor.person || !people.contains_key(person) {
                continue;
            }
            for (code, option) in codes(supervisor) {
                let dialled = format!("{code}{person}");
                plan.put(&context, dialled, listen(&groups, option));
            }
        }
    }
}

/// Whom they may listen to, and in which calls: the groups that a member's entry puts on its calls.
fn scope<'a>(
    supervisor: &'a Supervisor,
    queues: &BTreeMap<&Key, BTreeSet<&'a Extension>>,
) -> BTreeMap<&'a Extension, BTreeSet<String>> {
    let mut scope: BTreeMap<&Extension, BTreeSet<String>> = BTreeMap::new();
    for queue in &supervisor.queues {
        for person in queues.get(queue).into_iter().flatten() {
            scope
                .entry(person)
                .or_default()
                .insert(format!("{person}_{queue}"));
        }
    }
    for person in &supervisor.people {
        // Every queue call of theirs.
        scope.insert(person, BTreeSet::from([person.to_string()]));
    }
    scope
}

/// What they dial before the extension, and the option of `ChanSpy`.
fn codes(supervisor: &Supervisor) -> impl Iterator<Item = (&'static str, &'static str)> {
    [
        (supervisor.monitor, MONITOR, ""),
        (supervisor.whisper, WHISPER, "w"),
        (supervisor.barge, BARGE, "B"),
    ]
    .into_iter()
    .filter_map(|(may, code, option)| may.then_some((code, option)))
}

/// `q`: no beep to the member; `S`, `E`: ends with the call; `g`: only calls of these groups.
fn listen(groups: &BTreeSet<String>, option: &str) -> Vec<Run> {
    let mut steps = Vec::new();
    let groups: Vec<&str> = groups.iter().map(String::as_str).collect();
    let mut named = groups.join(":");
    // The column of the realtime table takes 256 characters, so many groups go into a variable.
    if named.len() > 200 {
        for (at, few) in groups.chunks(4).enumerate() {
            let before = if at == 0 { "" } else { "${STAFFROOM_SCOPE}:" };
            let few = few.join(":");
            steps.push(run("Set", format!("STAFFROOM_SCOPE={before}{few}")));
        }
        named = "${STAFFROOM_SCOPE}".to_owned();
    }
    steps.push(run("ChanSpy", format!("PJSIP/,qSE{option}g({named})")));
    steps.push(run("Hangup", ""));
    steps
}
