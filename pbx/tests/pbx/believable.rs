//! A small organisation: two tenants on one PBX, three queues, a supervisor, a menu.

use pbx::{
    AfterCall, Channel, Configuration, Device, Endpoint, Extension, Key, Member, Number, Opening,
    Person, PickupGroup, Queue, RingGroup, Script, Secret, Step, Strategy, Supervisor, Target,
    Zone,
};

pub fn key(text: &str) -> Key {
    Key::new(text).expect(text)
}

pub fn extension(text: &str) -> Extension {
    Extension::new(text).expect(text)
}

pub fn number(text: &str) -> Number {
    Number::new(text).expect(text)
}

fn endpoint(user_name: &str, device: Device) -> Endpoint {
    let secret = format!("{user_name}-not-a-real-secret");
    Endpoint {
        user_name: key(user_name),
        secret: Secret::new(&secret).expect("letters"),
        device,
    }
}

fn person(at: &str, name: &str, devices: &[(&str, Device)]) -> Person {
    Person {
        extension: extension(at),
        further: Vec::new(),
        numbers: Vec::new(),
        name: name.to_owned(),
        tenant: key("belgium"),
        call_waiting: false,
        shows_cli: false,
        has_workspace: false,
        endpoints: devices
            .iter()
            .map(|(kind, device)| endpoint(&format!("{at}_{kind}"), *device))
            .collect(),
    }
}

fn people() -> Vec<Person> {
    use Device::{DeskPhone, Desktop, Mobile, Teams, Web};
    vec![
        Person {
            further: vec![extension("8301")],
            numbers: vec![number("+3292101001")],
            call_waiting: true,
            shows_cli: true,
            ..person(
                "301",
                "Ann Peeters",
                &[("desktop", Desktop), ("mobile", Mobile)],
            )
        },
        Person {
            numbers: vec![number("+3292101002")],
            ..person("302", "Bart O'Neil", &[("desk", DeskPhone)])
        },
        Person {
            shows_cli: true,
            has_workspace: true,
            ..person("303", "Chloé \"CC\" Dubois; Ghent", &[("web", Web)])
        },
        Person {
            tenant: key("netherlands"),
            numbers: vec![number("+31201234567")],
            ..person("304", "Daan de Vries", &[("teams", Teams)])
        },
        person("310", "Lee Janssens", &[("web", Web)]),
    ]
}

fn members(of: &[(&str, u8, bool)]) -> Vec<Member> {
    of.iter()
        .map(|(person, priority, paused)| Member {
            person: extension(person),
            priority: *priority,
            paused: *paused,
        })
        .collect()
}

fn queues() -> Vec<Queue> {
    vec![
        Queue {
            key: key("support"),
            name: "Support & Service".to_owned(),
            strategy: Strategy::LongestIdle,
            ring_seconds: 20,
            after_call: AfterCall::Seconds(30),
            members: members(&[("301", 1, false), ("302", 2, false), ("304", 1, false)]),
        },
        Queue {
            key: key("sales"),
            name: "Sales".to_owned(),
            strategy: Strategy::InTurn,
            ring_seconds: 15,
            after_call: AfterCall::Seconds(0),
            members: members(&[("302", 1, true), ("301", 3, false)]),
        },
        Queue {
            key: key("complaints"),
            name: "Complaints".to_owned(),
            strategy: Strategy::All,
            ring_seconds: 25,
            after_call: AfterCall::Manual,
            members: members(&[("303", 1, false)]),
        },
    ]
}

fn menu() -> Script {
    let zone = Zone::new("Europe/Brussels").expect("a zone");
    let week = (0..5).map(|day| Opening {
        day,
        from: 9 * 60,
        to: 17 * 60,
    });
    let saturday = Opening {
        day: 5,
        from: 10 * 60,
        to: 24 * 60,
    };
    let queue = |name| vec![Step::Forward(Target::Queue(key(name)))];
    let choices = vec![
        ('1', queue("support")),
        ('2', queue("sales")),
        (
            '3',
            vec![Step::Forward(Target::RingGroup(key("reception")))],
        ),
    ];
    Script {
        key: key("main"),
        steps: vec![
            Step::Say("Welcome to Arteveld.".to_owned()),
            Step::CheckHours {
                zone,
                open: week.chain([saturday]).collect(),
                closed: vec![Step::Say(
                    "We are closed. Please call again tomorrow.".to_owned(),
                )],
            },
            Step::ChooseByKey {
                text: "Press 1 for support, 2 for sales, 3 for the reception.".to_owned(),
                choices,
            },
            Step::Forward(Target::Queue(key("support"))),
        ],
    }
}

pub fn configuration() -> Configuration {
    Configuration {
        name: "Arteveld, Ghent".to_owned(),
        people: people(),
        queues: queues(),
        ring_groups: vec![RingGroup {
            key: key("reception"),
            extension: Some(extension("400")),
            ring_seconds: 40,
            members: ["301", "302", "303"].map(extension).to_vec(),
        }],
        pickup_groups: vec![PickupGroup {
            key: key("ghent"),
            members: ["301", "302"].map(extension).to_vec(),
        }],
        supervisors: vec![Supervisor {
            person: extension("310"),
            monitor: true,
            whisper: true,
            barge: false,
            queues: vec![key("support")],
            people: vec![extension("303")],
        }],
        channels: vec![
            Channel {
                number: number("+3292100000"),
                script: key("main"),
            },
            Channel {
                number: number("+3292100001"),
                script: key("complaints"),
            },
        ],
        scripts: vec![
            menu(),
            Script {
                key: key("complaints"),
                steps: vec![Step::Forward(Target::Queue(key("complaints")))],
            },
        ],
    }
}
