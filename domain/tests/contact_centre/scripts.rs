//! Scripts and channels: what can be said of them, and that no caller is left without an answer (C-19).

use domain::contact_centre::channel::{self, Channel, ChannelCreated, Ground};
use domain::contact_centre::number::{Environment, Holder, Number};
use domain::contact_centre::script::{
    Draft, End, KEYS, KeyDraft, Profile, STEPS_MAX, Script, ScriptCreated, Step, StepDraft,
    StepProblem, TEXT_MAX, Target, Targets,
};
use domain::field::Phone;
use domain::{
    Actor, ChannelId, EmployeeId, Field, OrganisationId, PbxId, QueueId, Refusal, RingGroupId,
    ScriptId, Timestamp, Version, Why,
};
use proptest::prelude::*;
use uuid::Uuid;

fn uuid(number: u128) -> Uuid {
    Uuid::from_u128(number)
}

const SALES: u128 = 10;
const DESK: u128 = 20;

fn organisation() -> OrganisationId {
    OrganisationId(uuid(1))
}

fn targets() -> Targets {
    Targets {
        queues: vec![QueueId(uuid(SALES))],
        ring_groups: vec![RingGroupId(uuid(DESK))],
    }
}

fn sales() -> String {
    Target::Queue(QueueId(uuid(SALES))).to_string()
}

fn step(kind: &str) -> StepDraft {
    StepDraft {
        kind: kind.into(),
        ..StepDraft::default()
    }
}

fn say(text: &str) -> StepDraft {
    StepDraft {
        text: text.into(),
        ..step("say")
    }
}

fn forward(target: &str) -> StepDraft {
    StepDraft {
        target: target.into(),
        ..step("forward")
    }
}

fn hours(open: &[(i8, &str, &str)]) -> StepDraft {
    let row = |(day, from, until): &(i8, &str, &str)| (*day, (*from).into(), (*until).into());
    StepDraft {
        zone: "Europe/Brussels".into(),
        open: open.iter().map(row).collect(),
        target: "hang_up".into(),
        ..step("check_hours")
    }
}

fn choice(keys: &[(&str, &str)]) -> StepDraft {
    let row = |(key, target): &(&str, &str)| KeyDraft {
        key: (*key).into(),
        target: (*target).into(),
    };
    StepDraft {
        text: "For sales, press 1.".into(),
        keys: keys.iter().map(row).collect(),
        ..step("choose_by_key")
    }
}

fn knows_zone(zone: &str) -> bool {
    zone == "Europe/Brussels"
}

fn allow(actor: &Actor, steps: Vec<StepDraft>) -> Result<Profile, Refusal> {
    let pbx = PbxId(uuid(2));
    let draft = Draft {
        name: "Main number".into(),
        steps,
    };
    let created = ScriptCreated::allow(
        actor,
        ScriptId(uuid(3)),
        (Some(pbx), &[pbx]),
        &draft,
        (&targets(), &knows_zone),
        Timestamp::UNIX_EPOCH,
    );
    created.map(|created| created.profile.clone())
}

fn made(steps: Vec<StepDraft>) -> Result<Profile, Refusal> {
    allow(&Actor::system(organisation()), steps)
}

// C-19: an ordered list of steps: say a text, check opening hours, choose by key, forward, hang up.
#[test]
fn a_script_is_an_ordered_list_of_steps() {
    let steps = vec![
        say("Welcome.\r\nPlease hold."),
        hours(&[(1, "09:00", "17:00"), (1, "", "")]),
        choice(&[("1", &sales()), ("9", "hang_up"), ("", "")]),
        forward(&sales()),
    ];
    let profile = made(steps.clone()).expect("is a script");
    assert_eq!(profile.steps.len(), 4);
    assert_eq!(profile.steps[0], Step::Say("Welcome. Please hold.".into()));
    assert_eq!(profile.targets(), [Target::Queue(QueueId(uuid(SALES)))]);
    let again = Draft::from(&profile);
    assert_eq!(made(again.steps), Ok(profile), "as it stands in the form");
}

// C-19: what is wrong with a step is said with its number.
#[test]
fn a_step_that_can_not_be_taken_is_refused_with_its_number() {
    use StepProblem as P;
    let long = "x".repeat(TEXT_MAX + 1);
    let elsewhere = Target::Queue(QueueId(uuid(11))).to_string();
    for (wrong, problem) in [
        (say(" "), P::NoText),
        (say(&long), P::TextTooLong(TEXT_MAX)),
        (say("a\u{202e}b"), P::NotPlainText),
        (forward(""), P::NoTarget),
        (forward("hang_up"), P::NoTarget),
        (forward("queue:sales"), P::UnknownTarget),
        (forward(&elsewhere), P::UnknownTarget),
        (hours(&[]), P::NoOpening),
        (hours(&[(1, "17:00", "09:00")]), P::NotATime),
        (hours(&[(1, "soon", "09:00")]), P::NotATime),
        (
            hours(&[(2, "09:00", "12:00"), (2, "11:00", "13:00")]),
            P::Overlapping,
        ),
        (
            StepDraft {
                zone: "Europe/Atlantis".into(),
                ..hours(&[(1, "09:00", "17:00")])
            },
            P::UnknownZone,
        ),
        (choice(&[]), P::NoKey),
        (choice(&[("#", &sales())]), P::UnknownKey),
        (choice(&[("", &sales())]), P::UnknownKey),
        (choice(&[("1", "")]), P::NoTarget),
        (
            choice(&[("1", &sales()), ("1", "hang_up")]),
            P::SameKey('1'),
        ),
        (step("sing"), P::UnknownKind),
    ] {
        let refused = made(vec![say("Welcome."), wrong.clone()]);
        let expected = Refusal::field(Field::Steps, Why::Step(2, problem));
        assert_eq!(refused, Err(expected), "{wrong:?}");
    }
    let after = made(vec![step("hang_up"), say("Nobody hears this.")]);
    let never = Refusal::field(Field::Steps, Why::Step(2, P::NeverReached));
    assert_eq!(after, Err(never));
}

// C-19: at least one step, and at most twenty.
#[test]
fn a_script_has_one_to_twenty_steps() {
    let said = |count| made(vec![say("Welcome."); count]).map(|profile| profile.steps.len());
    assert_eq!(said(0), Err(Refusal::field(Field::Steps, Why::Required)));
    assert_eq!(said(STEPS_MAX), Ok(STEPS_MAX));
    let many = Refusal::field(Field::Steps, Why::TooManySteps(STEPS_MAX));
    assert_eq!(said(STEPS_MAX + 1), Err(many));
}

// Section 8: scripts and channels are the Administrators'.
#[test]
fn only_administrators_write_scripts_and_channels() {
    let agent = Actor::known(organisation(), EmployeeId(uuid(4)), false, Vec::new());
    let refused = allow(&agent, vec![say("Welcome.")]);
    assert_eq!(refused, Err(Refusal::Forbidden));
    let script = script();
    let stranger = Actor::system(OrganisationId(uuid(99)));
    let deleted = script.delete(&stranger, Vec::new(), Timestamp::UNIX_EPOCH);
    assert_eq!(deleted.err(), Some(Refusal::NotFound));
    let deleted = channel().delete(&agent, Timestamp::UNIX_EPOCH);
    assert_eq!(deleted.err(), Some(Refusal::Forbidden));
}

fn script() -> Script {
    Script {
        organisation: organisation(),
        id: ScriptId(uuid(3)),
        version: Version(1),
        pbx: PbxId(uuid(2)),
        profile: made(vec![say("Welcome.")]).expect("is a script"),
    }
}

// C-19: a script is not deleted while a channel runs it, and the channels are named.
#[test]
fn a_script_that_a_channel_runs_stays() {
    let system = Actor::system(organisation());
    let at = Timestamp::UNIX_EPOCH;
    let refused = script().delete(&system, vec!["Main".into()], at);
    assert_eq!(
        refused.err(),
        Some(Refusal::ScriptUsed(vec!["Main".into()]))
    );
    assert!(script().delete(&system, Vec::new(), at).is_ok());
}

/// The ends of every path through the steps, as somebody walks them; `None` for a path without one.
fn paths(steps: &[Step]) -> Vec<Option<End>> {
    let mut ends = Vec::new();
    for step in steps {
        match step {
            Step::Say(_) => {}
            Step::CheckHours { closed, .. } => ends.push(Some(*closed)),
            Step::ChooseByKey { choices, .. } => {
                ends.extend(choices.iter().map(|(_, end)| Some(*end)));
            }
            Step::End(end) => {
                ends.push(Some(*end));
                return ends;
            }
        }
    }
    ends.push(None);
    ends
}

fn any_step() -> impl Strategy<Value = StepDraft> {
    let desk = Target::RingGroup(RingGroupId(uuid(DESK))).to_string();
    let lead = prop_oneof![Just(sales()), Just(desk), Just("hang_up".to_owned())];
    let keys = prop::collection::btree_map(0..KEYS.len(), lead.clone(), 1..4);
    prop_oneof![
        "[a-z]{1,20}".prop_map(|text| say(&text)),
        lead.clone().prop_map(|target| StepDraft {
            target,
            ..hours(&[(3, "08:00", "24:00")])
        }),
        keys.prop_map(|keys| StepDraft {
            text: "Choose.".into(),
            keys: keys
                .into_iter()
                .map(|(key, target)| KeyDraft {
                    key: KEYS[key].to_string(),
                    target,
                })
                .collect(),
            ..step("choose_by_key")
        }),
        Just(forward(&sales())),
        Just(step("hang_up")),
    ]
}

proptest! {
    // C-19: every path of every script that is allowed ends in a queue, a ring group or by hanging up,
    // and nothing stands after its end.
    #[test]
    fn no_script_leaves_a_caller_without_an_answer(steps in prop::collection::vec(any_step(), 0..25)) {
        if let Ok(profile) = made(steps) {
            let run = profile.run();
            prop_assert!(paths(&run).iter().all(Option::is_some), "{run:?}");
            prop_assert!(matches!(run.last(), Some(Step::End(_))));
            let ends = run.iter().filter(|step| matches!(step, Step::End(_)));
            prop_assert_eq!(ends.count(), 1, "{:?}", run);
            prop_assert!(run.len() <= STEPS_MAX + 1);
        }
    }

    // C-19: whatever is typed is refused or taken, and what is taken comes back from its form as it is.
    #[test]
    fn what_is_taken_stands_in_the_form_as_it_is(steps in prop::collection::vec(any_step(), 1..6)) {
        if let Ok(profile) = made(steps) {
            prop_assert_eq!(made(Draft::from(&profile).steps), Ok(profile));
        }
    }
}

fn channel() -> Channel {
    Channel {
        organisation: organisation(),
        id: ChannelId(uuid(5)),
        version: Version(1),
        name: "Main".into(),
        number: Phone::e164("+3292104400").ok(),
        script: ScriptId(uuid(3)),
    }
}

fn number(text: &str, holder: Option<Holder>) -> Number {
    Number {
        organisation: organisation(),
        number: Phone::e164(text).expect("is E.164"),
        holder,
    }
}

// C-19, C-04, case 16: a free number of the inventory leads to a script that exists.
#[test]
fn a_channel_takes_a_free_number_and_a_script() {
    let system = Actor::system(organisation());
    let scripts = [(ScriptId(uuid(3)), "Main number".to_owned())];
    let typed = |number: &str, script| channel::Draft {
        name: "Main".into(),
        number: number.into(),
        script,
    };
    let known = Some(ScriptId(uuid(3)));
    let somebody = Holder::User {
        id: EmployeeId(uuid(4)),
        name: "Sam".into(),
        environment: Environment::Work,
    };
    let free = number("+3292104401", None);
    let taken = number("+3292104401", Some(somebody));
    let problem = |field, why| Some(Refusal::field(field, why));
    for (draft, number, refused) in [
        (typed("+3292104401", known), Some(&free), None),
        (
            typed("+3292104401", known),
            Some(&taken),
            problem(Field::Number, Why::Taken),
        ),
        (
            typed("+3292104402", known),
            None,
            problem(Field::Number, Why::NotInInventory),
        ),
        (
            typed("09 210 44 01", known),
            Some(&free),
            problem(Field::Number, Why::NotE164),
        ),
        (
            typed("", known),
            None,
            problem(Field::Number, Why::Required),
        ),
        (
            typed("+3292104401", None),
            Some(&free),
            problem(Field::Script, Why::Required),
        ),
        (
            typed("+3292104401", Some(ScriptId(uuid(77)))),
            Some(&free),
            problem(Field::Script, Why::UnknownChoice),
        ),
    ] {
        let scripts = &scripts;
        let ground = Ground { number, scripts };
        let at = Timestamp::UNIX_EPOCH;
        let created = ChannelCreated::allow(&system, ChannelId(uuid(6)), &draft, ground, at);
        assert_eq!(created.err(), refused, "{draft:?}");
    }
}

// C-04: a channel keeps its own number, and nobody else's channel has it.
#[test]
fn a_channel_keeps_its_number() {
    let system = Actor::system(organisation());
    let scripts = [(ScriptId(uuid(3)), "Main number".to_owned())];
    let held = |id| {
        let name = "Main".into();
        number("+3292104400", Some(Holder::Channel { id, name }))
    };
    let revise = |holder: &Number, name: &str| {
        let draft = channel::Draft {
            name: name.into(),
            number: "+3292104400".into(),
            script: Some(ScriptId(uuid(3))),
        };
        let ground = Ground {
            number: Some(holder),
            scripts: &scripts,
        };
        let revised = channel().revise(&system, &draft, ground, Timestamp::UNIX_EPOCH);
        revised.map(|change| change.is_some())
    };
    let (own, other) = (held(ChannelId(uuid(5))), held(ChannelId(uuid(6))));
    assert_eq!(revise(&own, "Main"), Ok(false), "nothing changes");
    assert_eq!(revise(&own, "Front"), Ok(true));
    let taken = Refusal::field(Field::Number, Why::Taken);
    assert_eq!(revise(&other, "Main"), Err(taken));
}
