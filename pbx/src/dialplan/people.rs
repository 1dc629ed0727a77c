//! People: direct calls to them, queue calls to them, and their state (C-05, C-07).

use super::{CODES, DIRECT, HINTS, INSIDE, MEMBER, NUMBERS, PERSON, redirect};
use crate::plan::{Plan, Run, run};
use crate::{Configuration, Device, Extension, Person};

/// How long a direct call rings, in seconds.
const RING_SECONDS: u16 = 30;

/// A person as a member of queues.
pub fn member_interface(extension: &Extension) -> String {
    format!("Local/{extension}@{MEMBER}/n")
}

pub fn add(plan: &mut Plan, configuration: &Configuration) {
    let people = configuration.reached();
    for person in people.values() {
        let extension = person.extension.as_str();
        plan.put(DIRECT, extension, direct_call(person));
        plan.put(MEMBER, extension, queue_call(person));
        let devices = states(person);
        plan.context(HINTS)
            .hints
            .insert(extension.to_owned(), devices);
    }
    // After the extensions themselves, so that none of them is taken by somebody's second one.
    for person in people.values() {
        for further in &person.further {
            redirect(
                plan,
                DIRECT,
                further.as_str(),
                DIRECT,
                person.extension.as_str(),
            );
        }
        for number in &person.numbers {
            for dialled in [number.as_str(), number.digits()] {
                redirect(plan, NUMBERS, dialled, DIRECT, person.extension.as_str());
            }
        }
    }
    plan.put(MEMBER, "h", vec![pause_after_call()]);
    plan.put(CODES, "*8", vec![run("Pickup", ""), run("Hangup", "")]);
    let own = format!("Local/${{{PERSON}}}@{MEMBER}/n");
    let resume = vec![
        run("Answer", ""),
        run("UnpauseQueueMember", format!(",{own}")),
        run("Playback", "beep"),
        run("Hangup", ""),
    ];
    plan.put(CODES, "*46", resume);
    plan.context(INSIDE);
}

/// A direct call. Without call waiting it is refused as busy while a device is in use or another call
/// is under way to the person; with it, it rings (C-05).
fn direct_call(person: &Person) -> Vec<Run> {
    let extension = &person.extension;
    let mut steps = vec![run("Set", format!("GROUP(staffroom)={extension}"))];
    if !person.call_waiting {
        let free = ["NOT_INUSE", "UNAVAILABLE", "UNKNOWN"]
            .map(|state| format!("\"${{STAFFROOM_STATE}}\" = \"{state}\""))
            .join(" | ");
        steps.extend([
            run(
                "GotoIf",
                format!("$[${{GROUP_COUNT({extension}@staffroom)}} > 1]?7"),
            ),
            run(
                "Set",
                format!("STAFFROOM_STATE=${{EXTENSION_STATE({extension}@{HINTS})}}"),
            ),
            run("GotoIf", format!("$[{free}]?5:7")),
        ]);
    }
    steps.extend([
        run("Dial", format!("{},{RING_SECONDS}", devices(person))),
        run("Hangup", ""),
    ]);
    if !person.call_waiting {
        // Priority 7; 17 is the cause "user busy".
        steps.push(run("Hangup", "17"));
    }
    steps
}

/// A queue call. `ringinuse=no` and the state of the devices keep a second one away; the count also
/// does while the first still rings, and where a state can't be known (C-05).
fn queue_call(person: &Person) -> Vec<Run> {
    let extension = &person.extension;
    // Only those with the workspace can end post-processing by hand, so only they are held in it.
    let held = if person.has_workspace {
        "STAFFROOM_MEMBER"
    } else {
        "STAFFROOM_AFTER"
    };
    let holder = if person.has_workspace {
        extension.as_str()
    } else {
        ""
    };
    let mut steps = vec![
        run("Set", format!("GROUP(staffroom)={extension}")),
        run(
            "ExecIf",
            format!("$[${{GROUP_COUNT({extension}@staffroom)}} > 1]?Hangup(17)"),
        ),
        run("Set", format!("{held}={holder}")),
        // Inherited by the device's channel, where `ChanSpy` finds it.
        run(
            "Set",
            format!("_SPYGROUP={extension}:{extension}_${{STAFFROOM_QUEUE}}"),
        ),
    ];
    steps.extend(presentation(person.shows_cli));
    steps.extend([run("Dial", devices(person)), run("Hangup", "")]);
    steps
}

/// What the devices show of a queue call (C-07): the caller's number and the queue's name, or nothing.
fn presentation(shown: bool) -> Vec<Run> {
    if !shown {
        return vec![run("Set", "CALLERID(pres)=prohib")];
    }
    vec![
        // Who withholds the number still does; the queue's name is shown all the same.
        run(
            "ExecIf",
            "$[\"${CALLERID(num-pres):0:6}\" = \"prohib\"]?Set(CALLERID(num)=anonymous)",
        ),
        run("Set", "CALLERID(name)=${STAFFROOM_QUEUE_NAME}"),
        run("Set", "CALLERID(pres)=allowed"),
    ]
}

/// Post-processing that is ended by hand (C-09): after an answered call the member is paused in all
/// queues, and resumes with `*46` or from the workspace.
fn pause_after_call() -> Run {
    let member = format!("Local/${{STAFFROOM_MEMBER}}@{MEMBER}/n");
    run(
        "ExecIf",
        format!(
            "$[\"${{STAFFROOM_AFTER}}\" = \"manual\" & \"${{DIALSTATUS}}\" = \"ANSWER\"]\
             ?PauseQueueMember(,{member},,Post Processing)"
        ),
    )
}

/// Every device of a person, as `Dial` takes them.
fn devices(person: &Person) -> String {
    let mut devices: Vec<String> = person
        .endpoints
        .iter()
        .map(|endpoint| match endpoint.device {
            Device::Teams => {
                let number = person.numbers.first();
                let number = number.map_or(person.extension.as_str(), |number| number.as_str());
                format!("PJSIP/{number}@staffroom-teams")
            }
            _ => format!("PJSIP/{}", endpoint.user_name),
        })
        .collect();
    devices.sort();
    devices.dedup();
    devices.join("&")
}

/// The devices whose state tells that of the person. A device in Teams has none here; the member's own
/// entry stands for it, which is in use during the queue calls that go through it.
fn states(person: &Person) -> String {
    let endpoints = person.endpoints.iter();
    let mut devices: Vec<String> = endpoints
        .map(|endpoint| match endpoint.device {
            Device::Teams => format!("Local/{}@{MEMBER}", person.extension),
            _ => format!("PJSIP/{}", endpoint.user_name),
        })
        .collect();
    devices.sort();
    devices.dedup();
    devices.join("&")
}
