//! The table of rights as two texts: a change of rights shows as a diff of cells.
//!
//! `permission_matrix.txt` is generated from the code (`UPDATE_GOLDEN=1` writes it anew).
//! `permission_answers.txt` was written by hand from section 8 of the specification, and is never
//! written by a program: the code has to give these answers.

use domain::employee::{Profile, Record};
use domain::field::Email;
use domain::office::{self, Draft};
use domain::organisation::{Known, Settings};
use domain::{
    Action, Actor, Caller, Employee, EmployeeId, Office, OfficeId, Organisation, OrganisationId,
    Place, Reach, Refusal, Role, Roles, SignIn, Status, Timestamp, Version,
};
use std::fmt::Write;
use uuid::Uuid;

/// Tests run in the folder of their crate.
const GOLDEN: &str = "tests/permission_matrix.txt";

// Section 8: the table lives in one place in the code, and a text file shows it cell by cell.
#[test]
fn the_table_is_the_one_that_was_reviewed() {
    let mut text = String::from("Reach of each action for each kind of caller.\n\n");
    let mut line = |cells: &mut dyn Iterator<Item = String>| {
        let row: String = cells.map(|cell| format!("{cell:<22}")).collect();
        writeln!(text, "{}", row.trim_end()).expect("a string takes everything");
    };
    let headings = Caller::ALL.iter().map(|caller| format!("{caller:?}"));
    line(&mut std::iter::once(String::from("action")).chain(headings));
    for action in Action::ALL {
        let reaches = Caller::ALL
            .iter()
            .map(|caller| match action.reach(*caller) {
                Reach::None => String::from("–"),
                reach => format!("{reach:?}"),
            });
        line(&mut std::iter::once(format!("{action:?}")).chain(reaches));
    }
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(GOLDEN, &text).expect("the golden file can be written");
    }
    let golden = std::fs::read_to_string(GOLDEN).expect("UPDATE_GOLDEN=1 makes the golden file");
    assert!(text == golden, "the table is now:\n\n{text}");
}

const OURS: OrganisationId = OrganisationId(Uuid::from_u128(1));
const THEIRS: OrganisationId = OrganisationId(Uuid::from_u128(2));
const A: OfficeId = OfficeId(Uuid::from_u128(10));
const B: OfficeId = OfficeId(Uuid::from_u128(11));
const CALLER: EmployeeId = EmployeeId(Uuid::from_u128(100));
const TARGET: EmployeeId = EmployeeId(Uuid::from_u128(101));
const AT: Timestamp = Timestamp::UNIX_EPOCH;

fn at(office: OfficeId, roles: &[Role]) -> Place {
    let roles = roles.iter().copied().collect();
    Place { office, roles }
}

/// The column of the answers: who asks, and about whom.
fn cast(column: &str) -> (Actor, Employee) {
    use Role::{Agent, OfficeManager as Manager};
    let person = |id, administrator, places: &[Place]| {
        let record = Record {
            organisation: OURS,
            id,
            version: Version::FIRST,
            status: Status::Active,
            activated_at: Some(AT),
            provider: None,
            exempt: false,
            sign_in: SignIn::Password,
            email: Email::read("somebody@x.example").expect("an address"),
            email_wanted: None,
            administrator,
            wanted: Roles::NONE,
            places: places.to_vec(),
            profile: Profile::default(),
            language: None,
            time_zone: None,
            mails_day: None,
            mails_attention: None,
            picture: None,
            created_at: AT,
            last_seen_at: None,
        };
        let actor = Actor::known(OURS, id, administrator, places.to_vec());
        (actor, Employee::known(record))
    };
    let asks = |administrator, places: &[Place]| person(CALLER, administrator, places).0;
    let about = |administrator, places: &[Place]| person(TARGET, administrator, places).1;
    let agent_of_a = about(false, &[at(A, &[Agent])]);
    match column {
        "system" => (Actor::system(OURS), agent_of_a),
        "admin" => (asks(true, &[]), about(true, &[at(A, &[Agent])])),
        "admin-self" => person(CALLER, true, &[]),
        "mgr" => (asks(false, &[at(A, &[Manager])]), agent_of_a),
        "mgr-of-mgr" => (
            asks(false, &[at(A, &[Manager])]),
            about(false, &[at(A, &[Agent, Manager])]),
        ),
        "mgr-elsewhere" => (asks(false, &[at(B, &[Manager])]), agent_of_a),
        "mgr-of-half" => (
            asks(false, &[at(A, &[Manager])]),
            about(false, &[at(A, &[Agent]), at(B, &[Agent])]),
        ),
        "mgr-of-admin" => (
            asks(false, &[at(A, &[Manager])]),
            about(true, &[at(A, &[Agent])]),
        ),
        "mgr-self" => person(CALLER, false, &[at(A, &[Manager])]),
        "mgr-of-none" => (asks(false, &[at(A, &[Manager])]), about(false, &[])),
        "mgr-B-agent-A" => (
            asks(false, &[at(B, &[Manager]), at(A, &[Agent])]),
            agent_of_a,
        ),
        "agent-self" => person(CALLER, false, &[at(A, &[Agent])]),
        "agent-colleague" => (asks(false, &[at(A, &[Agent])]), agent_of_a),
        "agent-elsewhere" => (asks(false, &[at(B, &[Agent])]), agent_of_a),
        "nobody" => (asks(false, &[]), agent_of_a),
        "supervisor" => (asks(false, &[]).supervising(true), agent_of_a),
        "nobody-self" => person(CALLER, false, &[]),
        "admin-of-others" => (Actor::known(THEIRS, CALLER, true, Vec::new()), agent_of_a),
        "system-of-others" => (Actor::system(THEIRS), agent_of_a),
        other => panic!("the answers name a caller that the test does not know: {other}"),
    }
}

fn answer(action: Action, actor: &Actor, employee: &Employee) -> &'static str {
    let done = match action {
        Action::EditOffice => office()
            .revise(actor, &Draft::named("Ghent", true), "BE", known(), AT)
            .map(|_| ()),
        Action::ChangeSettings => organisation()
            .change_settings(actor, settings(), known(), AT)
            .map(|_| ()),
        // It is created in the actor's own organisation, so there is nothing that could be hidden.
        Action::CreateOffice | Action::EditSubjects | Action::EditContactCentre => {
            actor.may_everywhere(action)
        }
        Action::HandleAppointments | Action::BookAgainstRule => office().may(actor, action),
        _ => actor.may(action, employee.target()),
    };
    match done {
        Ok(()) => "ok",
        Err(Refusal::Forbidden) => "403",
        Err(Refusal::NotFound) => "404",
        Err(other) => panic!("{action:?}: {other}"),
    }
}

fn office() -> Office {
    Office {
        organisation: OURS,
        id: A,
        version: Version::FIRST,
        profile: office::Profile {
            name: String::from("Gent"),
            active: true,
            ..office::Profile::default()
        },
    }
}

fn settings() -> Settings {
    Settings {
        name: "Acme".into(),
        time_zone: "Europe/Brussels".into(),
        country: "BE".into(),
        language: "en".into(),
        invitation_hours: 72,
    }
}

fn known() -> Known<'static> {
    Known {
        languages: &["en"],
        time_zone: &|_| true,
        country: &|_| true,
    }
}

fn organisation() -> Organisation {
    Organisation {
        id: OURS,
        version: Version::FIRST,
        settings: settings(),
        policy: domain::sign_in::Policy::default(),
        employees: 2,
    }
}

// Section 8, case 7, case 9: every action × every kind of caller, against answers from the specification.
#[test]
fn every_action_answers_every_caller_as_the_specification_says() {
    let mut wrong = String::new();
    let mut answered = Vec::new();
    let mut columns: Vec<&str> = Vec::new();
    let lines = include_str!("permission_answers.txt").lines();
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (first, rest) = line.split_once(' ').expect("an action and its answers");
        let cells: Vec<&str> = rest.split_whitespace().collect();
        if first == "action" {
            columns = cells;
            continue;
        }
        assert_eq!(
            cells.len(),
            columns.len(),
            "{first} has not an answer for each caller"
        );
        let action = Action::ALL
            .iter()
            .find(|action| format!("{action:?}") == first);
        let action = *action.unwrap_or_else(|| panic!("there is no action {first}"));
        for (column, expected) in columns.iter().zip(cells) {
            let (actor, employee) = cast(column);
            let got = answer(action, &actor, &employee);
            if got != expected {
                writeln!(wrong, "{first} by {column}: {got}, not {expected}").expect("a string");
            }
            answered.push((action, *column));
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
    for action in Action::ALL {
        let count = answered.iter().filter(|(which, _)| which == action).count();
        assert_eq!(
            count, CALLERS,
            "{action:?} is not answered for every caller, once"
        );
    }
}

/// How many kinds of caller the answers have.
const CALLERS: usize = 19;
