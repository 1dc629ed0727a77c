//! What the configuration does, whatever is described (C-05, C-09, C-13, C-18, C-19).

use crate::any;
use crate::believable::{self, extension, key};
use pbx::format::{File, read};
use pbx::{AfterCall, Configuration, Device, Opening, Step};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Context, extension → the applications in order of their priorities.
type Dialplan = BTreeMap<(String, String), Vec<String>>;

fn dialplan(configuration: &Configuration) -> (File, Dialplan) {
    let file = read(&pbx::files(configuration)["extensions_staffroom.conf"]);
    let mut dialplan = Dialplan::new();
    for section in &file.sections {
        for entry in section.entries.iter().filter(|entry| entry.key == "exten") {
            let parts: Vec<_> = entry.value.splitn(3, ',').collect();
            if parts[1] == "hint" {
                continue;
            }
            let place = (section.name.clone(), parts[0].to_owned());
            let steps = dialplan.entry(place).or_default();
            steps.push(parts[2].to_owned());
            // Priorities count from 1 without a gap.
            assert_eq!(parts[1], steps.len().to_string());
        }
    }
    (file, dialplan)
}

/// Where a step may lead to within its extension or to another one.
fn targets(step: &str) -> Vec<String> {
    let data = |name: &str| {
        step.strip_prefix(name)?
            .strip_suffix(')')
            .map(str::to_owned)
    };
    if let Some(target) = data("Goto(") {
        return vec![target];
    }
    let branch = data("GotoIf(").or_else(|| data("GotoIfTime("));
    let branch = branch.and_then(|data| data.rsplit_once('?').map(|(_, to)| to.to_owned()));
    branch
        .into_iter()
        .flat_map(|to| to.split(':').map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

fn wrap_up(configuration: &Configuration, queue: &str) -> Option<u32> {
    let file = read(&pbx::files(configuration)["queues_staffroom.conf"]);
    let section = file.sections.iter().find(|section| section.name == queue)?;
    assert_eq!(section.value("ringinuse"), Some("no"));
    section.value("wrapuptime")?.parse().ok()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    // C-17, C-19: every way leads to a step that exists, and every context that is named does.
    #[test]
    fn every_way_leads_somewhere(configuration in any::configuration()) {
        let (file, plan) = dialplan(&configuration);
        let contexts: BTreeSet<_> = file.sections.iter().map(|section| section.name.as_str()).collect();
        prop_assert_eq!(contexts.len(), file.sections.len());
        for section in &file.sections {
            for include in section.entries.iter().filter(|entry| entry.key == "include") {
                prop_assert!(contexts.contains(include.value.as_str()));
            }
        }
        for ((context, from), steps) in &plan {
            for target in steps.iter().flat_map(|step| targets(step)) {
                let parts: Vec<_> = target.split(',').collect();
                let (place, priority) = match parts.as_slice() {
                    [priority] => ((context.clone(), from.clone()), priority),
                    [context, extension, priority] => (((*context).to_owned(), (*extension).to_owned()), priority),
                    _ => return Err(TestCaseError::fail(target)),
                };
                let priority: usize = priority.parse().expect("a number");
                prop_assert!(plan.get(&place).is_some_and(|steps| (1..=steps.len()).contains(&priority)), "{}", target);
            }
            // And ends: nothing falls through into what follows.
            let last = steps.last().expect("a step");
            prop_assert!(from == "h" || last.starts_with("Hangup(") || last.starts_with("Goto("), "{}", last);
        }
        let phones = read(&pbx::files(&configuration)["pjsip_staffroom.conf"]);
        for endpoint in phones.sections.iter().filter(|section| section.value("type") == Some("endpoint")) {
            prop_assert!(contexts.contains(endpoint.value("context").unwrap_or_default()));
        }
    }

    // C-05: no member is offered a second call, and without call waiting a direct call asks first.
    #[test]
    fn call_waiting_stands_in_every_entry(configuration in any::configuration()) {
        let (_, plan) = dialplan(&configuration);
        let mut seen = BTreeSet::new();
        for person in configuration.people.iter().filter(|person| !person.endpoints.is_empty()) {
            if !seen.insert(&person.extension) {
                continue;
            }
            let at = |context: &str| plan[&(context.to_owned(), person.extension.to_string())].clone();
            let (direct, member) = (at("staffroom-direct").join("\n"), at("staffroom-member").join("\n"));
            let counted = format!("GROUP_COUNT({}@staffroom)", person.extension);
            prop_assert!(member.contains(&counted));
            prop_assert_eq!(direct.contains(&counted), !person.call_waiting);
            prop_assert_eq!(direct.contains("EXTENSION_STATE("), !person.call_waiting);
            // C-07: per member.
            prop_assert_eq!(member.contains("CALLERID(name)=${STAFFROOM_QUEUE_NAME}"), person.shows_cli);
            prop_assert_eq!(member.contains("CALLERID(pres)=prohib"), !person.shows_cli);
            // C-09: only who can end it is held in it.
            prop_assert_eq!(member.contains("Set(STAFFROOM_AFTER=)"), !person.has_workspace);
        }
    }

    // C-09: the wrap-up time of a queue is its timeout.
    #[test]
    fn wrap_up_is_post_processing(seconds in 0..3_600_u16) {
        let mut configuration = believable::configuration();
        configuration.queues[0].after_call = AfterCall::Seconds(seconds);
        prop_assert_eq!(wrap_up(&configuration, "support"), Some(u32::from(seconds)));
    }

    // C-18: who is not among the people is in no file at all.
    #[test]
    fn the_suspended_are_nowhere(configuration in any::configuration()) {
        let mut without = configuration;
        let gone = extension("301");
        without.people.retain(|person| person.extension != gone && !person.further.contains(&gone));
        without.ring_groups.iter_mut().for_each(|group| group.extension = None);
        without.supervisors.retain(|supervisor| supervisor.person != gone);
        without.name = String::new();
        without.scripts.clear();
        without.queues.iter_mut().for_each(|queue| queue.name = String::new());
        without.people.iter_mut().for_each(|person| person.name = String::new());
        let queues = &pbx::files(&without)["queues_staffroom.conf"];
        prop_assert!(!queues.contains("Local/301@"));
        let (_, plan) = dialplan(&without);
        for ((context, dialled), steps) in &plan {
            prop_assert!(dialled != "301" && !dialled.ends_with("*31301"), "{} {}", context, dialled);
            prop_assert!(!steps.iter().any(|step| step.contains("Local/301@")));
        }
    }

    // C-13: a supervisor listens to the members of their queues, in calls of those queues, and to
    // their people in any queue call; with the rights they have, and to nobody else.
    #[test]
    fn supervisors_listen_within_their_scope(configuration in any::configuration()) {
        let (_, plan) = dialplan(&configuration);
        let spies = plan.iter().flat_map(|(place, steps)| steps.iter().map(move |step| (place, step)));
        for ((context, dialled), step) in spies.filter(|(_, step)| step.starts_with("ChanSpy(")) {
            let own = context.strip_prefix("staffroom-supervisor-").expect("their context");
            let person = &dialled[3..];
            prop_assert!(own != person);
            let supervisors = configuration.supervisors.iter().filter(|s| s.person.as_str() == own);
            let allowed = supervisors.into_iter().any(|supervisor| {
                let right = match &dialled[..3] {
                    "*31" => supervisor.monitor,
                    "*32" => supervisor.whisper,
                    _ => supervisor.barge,
                };
                let all = supervisor.people.iter().any(|one| one.as_str() == person);
                let groups = step.split_once("g(").expect("groups").1.trim_end_matches(')');
                right && groups.split(':').all(|group| match group.split_once('_') {
                    None => all && group == person,
                    Some((one, queue)) => one == person && supervisor.queues.iter().any(|key| key.as_str() == queue),
                })
            });
            prop_assert!(allowed, "{} {} {}", context, dialled, step);
        }
    }
}

// C-13: somebody in the scope of nobody can't be listened to, and a direct call has no group.
#[test]
fn only_queue_calls_have_a_group() {
    let (_, plan) = dialplan(&believable::configuration());
    for ((context, _), steps) in &plan {
        let grouped = steps.iter().any(|step| step.contains("SPYGROUP"));
        assert!(!grouped || context == "staffroom-member", "{context}");
    }
    let place = ("staffroom-supervisor-310".to_owned(), "*31310".to_owned());
    assert!(!plan.contains_key(&place));
}

// C-19: open until 17:00 means that 17:00 is closed; 24:00 is midnight; what is no range is left out.
#[test]
fn hours_end_before_the_minute() {
    let mut configuration = believable::configuration();
    let steps = &mut configuration.scripts[0].steps;
    let Some(Step::CheckHours { open, .. }) = steps
        .iter_mut()
        .find(|s| matches!(s, Step::CheckHours { .. }))
    else {
        panic!("a step");
    };
    *open = [
        (0, 0, 1_440),
        (1, 540, 541),
        (2, 600, 600),
        (3, 700, 600),
        (9, 0, 60),
        (6, 1_380, 2_000),
    ]
    .map(|(day, from, to)| Opening { day, from, to })
    .to_vec();
    let (_, plan) = dialplan(&configuration);
    let steps = &plan[&("staffroom-script".to_owned(), "script_main".to_owned())];
    let times: Vec<_> = steps
        .iter()
        .filter(|step| step.starts_with("GotoIfTime"))
        .collect();
    assert_eq!(
        times,
        [
            "GotoIfTime(00:00-23:59,mon,*,*,Europe/Brussels?8)",
            "GotoIfTime(09:00-09:00,tue,*,*,Europe/Brussels?8)",
            "GotoIfTime(23:00-23:59,sun,*,*,Europe/Brussels?8)",
        ]
    );
}

// C-16: a device in Teams signs in elsewhere and is dialled through the trunk.
#[test]
fn teams_is_dialled_and_not_registered() {
    let mut configuration = believable::configuration();
    configuration
        .people
        .retain(|person| person.endpoints[0].device == Device::Teams);
    let folder = pbx::files(&configuration);
    assert!(read(&folder["pjsip_staffroom.conf"]).sections.is_empty());
    assert!(
        folder["extensions_staffroom.conf"].contains("Dial(PJSIP/+31201234567@staffroom-teams,30)")
    );
}

// C-13: a ring group of many rings all of them, in parts that a row can hold.
#[test]
fn a_ring_group_of_many_rings_everybody() {
    let mut configuration = believable::configuration();
    let one = configuration.people[0].clone();
    configuration.people = (1_000..1_300)
        .map(|at| pbx::Person {
            extension: extension(&at.to_string()),
            further: Vec::new(),
            ..one.clone()
        })
        .collect();
    configuration.ring_groups[0].members = configuration
        .people
        .iter()
        .map(|p| p.extension.clone())
        .collect();
    let (_, plan) = dialplan(&configuration);
    let mut rung = BTreeSet::new();
    let mut open = vec![format!("ring_{}", key("reception"))];
    while let Some(extension) = open.pop() {
        let dial = &plan[&("staffroom-ring".to_owned(), extension)][0];
        assert!(dial.len() <= 256, "{dial}");
        let channels = dial
            .trim_start_matches("Dial(")
            .split(',')
            .next()
            .expect("channels");
        for channel in channels.split('&') {
            let (to, context) = channel["Local/".len()..]
                .split_once('@')
                .expect("a context");
            if context == "staffroom-ring/n" {
                open.push(to.to_owned());
            } else {
                rung.insert(to.to_owned());
            }
        }
    }
    assert_eq!(rung.len(), 300);
}
