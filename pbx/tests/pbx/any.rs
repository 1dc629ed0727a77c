//! Any description: every name is what a stranger could type.

use crate::believable::{extension, key, number};
use pbx::{
    AfterCall, Channel, Configuration, Device, Endpoint, Extension, Key, Member, Opening, Person,
    PickupGroup, Queue, RingGroup, Script, Secret, Step, Strategy, Supervisor, Target, Zone,
};
use proptest::collection::vec;
use proptest::prelude::*;

/// What breaks out of one reader or another, among what people are called.
const BITS: [&str; 34] = [
    "Ann",
    "O'Neil",
    "Chloé",
    "李",
    "\n",
    "\r\n",
    "\u{2028}",
    "\u{202e}",
    "\0",
    "[general]",
    "[x](!)",
    "]",
    "(+)",
    ";",
    ";--",
    "--;",
    "\\",
    "\\;",
    "\"",
    "<301>",
    ",",
    "|",
    "&",
    "=",
    "=>",
    "#exec rm",
    "#include /etc/passwd",
    "${SHELL(reboot)}",
    "$[1+1]",
    "${",
    ")",
    "exten => s,1,System(id)",
    "same => n",
    "%{x}",
];

pub fn wild() -> impl Strategy_<Value = String> {
    let bit = prop_oneof![
        3 => prop::sample::select(BITS.to_vec()).prop_map(str::to_owned),
        2 => any::<String>(),
    ];
    vec(bit, 0..5).prop_map(|bits| bits.concat())
}

pub use proptest::strategy::Strategy as Strategy_;

fn some_extension() -> impl Strategy_<Value = Extension> {
    (300..340_u32).prop_map(|number| extension(&number.to_string()))
}

fn some_key() -> impl Strategy_<Value = Key> {
    prop::sample::select(vec![
        "a",
        "b",
        "h",
        "s",
        "long_name_of_something",
        "0",
        "301",
    ])
    .prop_map(key)
}

prop_compose! {
    fn endpoint(of: String)(
        at in 0..6_u8,
        device in prop::sample::select(vec![
            Device::Desktop, Device::Web, Device::Mobile, Device::DeskPhone, Device::Teams,
        ]),
    ) -> Endpoint {
        let user_name = key(&format!("{of}_{at}"));
        Endpoint { user_name, secret: Secret::new("sixteen-letters-").expect("a secret"), device }
    }
}

fn person() -> impl Strategy_<Value = Person> {
    (
        some_extension(),
        wild(),
        any::<[bool; 4]>(),
        vec(some_extension(), 0..3),
    )
        .prop_flat_map(
            |(extension, name, [call_waiting, shows_cli, has_workspace, numbered], further)| {
                vec(endpoint(extension.to_string()), 0..4).prop_map(move |endpoints| Person {
                    further: further.clone(),
                    numbers: if numbered {
                        vec![number(&format!("+3291{extension}"))]
                    } else {
                        Vec::new()
                    },
                    name: name.clone(),
                    tenant: key("tenant"),
                    call_waiting,
                    shows_cli,
                    has_workspace,
                    endpoints,
                    extension: extension.clone(),
                })
            },
        )
}

prop_compose! {
    fn queue()(
        key in some_key(),
        name in wild(),
        ring_seconds: u16,
        after in prop::option::of(0..4_000_u16),
        members in vec((some_extension(), any::<u8>(), any::<bool>()), 0..8),
    ) -> Queue {
        let members = members.into_iter();
        Queue {
            key, name, ring_seconds,
            strategy: Strategy::LongestIdle,
            after_call: after.map_or(AfterCall::Manual, AfterCall::Seconds),
            members: members.map(|(person, priority, paused)| Member { person, priority, paused }).collect(),
        }
    }
}

fn step() -> impl Strategy_<Value = Step> {
    let leaf = prop_oneof![
        wild().prop_map(Step::Say),
        some_key().prop_map(|key| Step::Forward(Target::Queue(key))),
        some_key().prop_map(|key| Step::Forward(Target::RingGroup(key))),
        Just(Step::HangUp),
    ];
    leaf.prop_recursive(3, 20, 4, |step| {
        let opening = (0..9_u8, 0..1_500_u16, 0..1_500_u16).prop_map(|(day, from, to)| Opening {
            day,
            from,
            to,
        });
        let zone = Zone::new("America/Argentina/Buenos_Aires").expect("a zone");
        prop_oneof![
            (vec(opening, 0..6), vec(step.clone(), 0..3)).prop_map(move |(open, closed)| {
                Step::CheckHours {
                    zone: zone.clone(),
                    open,
                    closed,
                }
            }),
            (
                wild(),
                vec((any::<char>(), vec(step.clone(), 0..3)), 0..2),
                vec(("[0-9*#]", vec(step, 0..3)), 0..3)
            )
                .prop_map(|(text, mut choices, more)| {
                    let first = |text: String| text.chars().next().expect("a key");
                    choices.extend(more.into_iter().map(|(key, steps)| (first(key), steps)));
                    Step::ChooseByKey { text, choices }
                }),
        ]
    })
}

prop_compose! {
    pub fn configuration()(
        name in wild(),
        people in vec(person(), 0..8),
        queues in vec(queue(), 0..4),
        groups in vec((some_key(), prop::option::of(some_extension()), vec(some_extension(), 0..45)), 0..3),
        pickup in vec((some_key(), vec(some_extension(), 0..8)), 0..3),
        supervisors in vec((some_extension(), any::<[bool; 3]>(), vec(some_key(), 0..4), vec(some_extension(), 0..4)), 0..3),
        scripts in vec((some_key(), vec(step(), 0..5)), 0..3),
        channels in vec((0..99_u8, some_key()), 0..4),
    ) -> Configuration {
        Configuration {
            name,
            people,
            queues,
            ring_groups: groups.into_iter().map(|(key, extension, members)| RingGroup {
                key, extension, members, ring_seconds: 30,
            }).collect(),
            pickup_groups: pickup.into_iter().map(|(key, members)| PickupGroup { key, members }).collect(),
            supervisors: supervisors.into_iter().map(|(person, [monitor, whisper, barge], queues, people)| {
                Supervisor { person, monitor, whisper, barge, queues, people }
            }).collect(),
            scripts: scripts.into_iter().map(|(key, steps)| Script { key, steps }).collect(),
            channels: channels.into_iter().map(|(at, script)| Channel {
                number: number(&format!("+32920{at:05}")), script,
            }).collect(),
        }
    }
}

/// The description with plain words for everything that was typed.
pub fn plain(configuration: &Configuration) -> Configuration {
    fn steps(all: &mut [Step]) {
        for step in all {
            match step {
                Step::Say(text) => *text = "Text".to_owned(),
                Step::CheckHours { closed, .. } => steps(closed),
                Step::ChooseByKey { text, choices } => {
                    *text = "Text".to_owned();
                    choices.iter_mut().for_each(|(_, after)| steps(after));
                }
                Step::Forward(_) | Step::HangUp => {}
            }
        }
    }
    let mut plain = configuration.clone();
    plain.name = "Name".to_owned();
    plain
        .people
        .iter_mut()
        .for_each(|person| person.name = "Name".to_owned());
    plain
        .queues
        .iter_mut()
        .for_each(|queue| queue.name = "Name".to_owned());
    plain
        .scripts
        .iter_mut()
        .for_each(|script| steps(&mut script.steps));
    plain
}
