//! Ring groups (C-13): everybody's entry for direct calls at once, so that C-05 holds for each.

use super::{INSIDE, RING, direct, redirect};
use crate::plan::{Plan, run};
use crate::{Configuration, Extension, RingGroup};
use std::collections::BTreeSet;

/// So many are dialled by one `Dial`: the column of the realtime table takes 256 characters.
const AT_ONCE: usize = 6;

pub fn add(plan: &mut Plan, configuration: &Configuration) {
    let people = configuration.reached();
    for group in &configuration.ring_groups {
        let members: BTreeSet<&Extension> = group
            .members
            .iter()
            .filter(|member| people.contains_key(member))
            .collect();
        add_group(plan, group, members.into_iter().map(direct).collect());
        if let Some(extension) = &group.extension {
            let name = format!("ring_{}", group.key);
            redirect(plan, INSIDE, extension.as_str(), RING, &name);
        }
    }
}

fn add_group(plan: &mut Plan, group: &RingGroup, mut dialled: Vec<String>) {
    let name = format!("ring_{}", group.key);
    let seconds = group.ring_seconds.max(1);
    let mut part = 0;
    // More than fit are dialled by extensions between, each of which dials a few.
    while dialled.len() > AT_ONCE {
        dialled = dialled
            .chunks(AT_ONCE)
            .map(|few| {
                part += 1;
                // The colon keeps it apart from the name of another group.
                let between = format!("{name}:{part}");
                let steps = vec![
                    run("Dial", format!("{},{seconds}", few.join("&"))),
                    run("Hangup", ""),
                ];
                plan.put(RING, between.as_str(), steps);
                format!("Local/{between}@{RING}/n")
            })
            .collect();
    }
    let mut steps = Vec::new();
    if !dialled.is_empty() {
        steps.push(run("Dial", format!("{},{seconds}", dialled.join("&"))));
    }
    steps.push(run("Hangup", ""));
    plan.put(RING, name, steps);
}
