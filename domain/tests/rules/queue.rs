//! Queues: what they can be, and what an Engage user among the members rules out.

use crate::cast::*;
use domain::audit::Recorded;
use domain::contact_centre::offer::{PostProcessing, TimeoutProblem};
use domain::contact_centre::queue::{Direction, Draft, Profile, Queue, QueueCreated, Strategy};
use domain::{Event, Field, PbxId, Problem, QueueId, Refusal, Version, Why};
use uuid::Uuid;

pub const PBX: PbxId = PbxId(Uuid::from_u128(40));
pub const OTHER_PBX: PbxId = PbxId(Uuid::from_u128(41));

/// An inbound queue on [`PBX`].
pub fn queue(number: u128, name: &str, post_processing: PostProcessing) -> Queue {
    Queue {
        organisation: OURS,
        id: QueueId(Uuid::from_u128(50 + number)),
        version: Version(3),
        pbx: PBX,
        profile: Profile {
            name: name.into(),
            direction: Direction::Inbound,
            post_processing,
            strategy: Strategy::InTurn,
            ring_seconds: 20,
        },
    }
}

fn draft(post_processing: &str) -> Draft {
    Draft {
        name: " Sales ".into(),
        direction: "inbound".into(),
        post_processing: post_processing.into(),
        strategy: "in_turn".into(),
        ring_seconds: "20".into(),
    }
}

fn timeout_refused(problem: TimeoutProblem) -> Refusal {
    Refusal::field(Field::PostProcessing, Why::Timeout(problem))
}

// C-09, case 15: with an Engage user 0 to 60 in steps of 5 and never Manual; the reason is said, and
// nothing is adjusted.
#[test]
fn the_timeout_of_a_queue_with_an_engage_user() {
    let sales = queue(1, "Sales", PostProcessing::Seconds(30));
    let revise = |typed: &str, engage| sales.revise(&ada().asks(), &draft(typed), engage, AT);
    for (typed, seconds) in [("0", 0), ("5", 5), (" 60 ", 60)] {
        let revised = revise(typed, 1).expect("allowed").expect("a change");
        let to = PostProcessing::Seconds(seconds);
        assert_eq!(revised.profile.post_processing, to);
    }
    for (typed, problem) in [
        ("7", TimeoutProblem::NotInSteps),
        ("61", TimeoutProblem::TooLong(60)),
        ("65", TimeoutProblem::TooLong(60)),
        ("-5", TimeoutProblem::NotSeconds),
        ("2.5", TimeoutProblem::NotSeconds),
        ("manual", TimeoutProblem::ManualWithEngage),
    ] {
        let refused = revise(typed, 1).expect_err("refused");
        assert_eq!(refused, timeout_refused(problem), "{typed}");
    }
    let empty = revise("", 1).expect_err("refused");
    assert_eq!(empty, Refusal::field(Field::PostProcessing, Why::Required));
    for typed in ["manual", "7", "3600"] {
        assert!(revise(typed, 0).expect("allowed").is_some(), "{typed}");
    }
    assert!(revise("30", 1).expect("allowed").is_none(), "as it is");
}

// C-09: everything that is wrong with a new queue is said at once.
#[test]
fn a_new_queue_says_everything_that_is_wrong() {
    let allow = |actor: &Somebody, pbx, draft: &Draft| {
        let id = QueueId(Uuid::from_u128(60));
        QueueCreated::allow(&actor.asks(), id, (pbx, &[PBX]), draft, AT)
    };
    let created = allow(&ada(), Some(PBX), &draft("manual")).expect("allowed");
    assert_eq!(created.profile.name, "Sales");
    assert_eq!(created.entry().event, Event::QueueCreated);
    assert_eq!(created.entry().values.len(), 5);
    let wrong = Draft {
        ring_seconds: "4".into(),
        strategy: "by_magic".into(),
        ..Draft::default()
    };
    let Err(Refusal::Invalid(problems)) = allow(&ada(), Some(OTHER_PBX), &wrong) else {
        panic!("it was not refused")
    };
    let problem = |field, why| Problem { field, why };
    let all = [
        problem(Field::Pbx, Why::UnknownChoice),
        problem(Field::Name, Why::Required),
        problem(Field::Direction, Why::UnknownChoice),
        problem(Field::Strategy, Why::UnknownChoice),
        problem(Field::PostProcessing, Why::Required),
        problem(Field::RingSeconds, Why::OutOfRange(5, 120)),
    ];
    assert_eq!(problems, all);
    for who in [max(), sam()] {
        let refused = allow(&who, Some(PBX), &draft("5")).expect_err("refused");
        assert_eq!(refused, Refusal::Forbidden);
    }
}

// C-19: a queue to which a script leads is not deleted, and the script is named.
#[test]
fn a_queue_that_a_script_leads_to_stays() {
    let sales = queue(1, "Sales", PostProcessing::Manual);
    let led = vec!["Main line".to_owned()];
    let refused = sales.delete(&ada().asks(), led.clone(), AT);
    assert_eq!(refused.expect_err("refused"), Refusal::LedTo(led));
    assert!(sales.delete(&ada().asks(), vec![], AT).is_ok());
    let refused = sales.delete(&max().asks(), vec![], AT);
    assert_eq!(refused.expect_err("refused"), Refusal::Forbidden);
    let theirs = ada().with(|record| record.organisation = THEIRS);
    let refused = sales.delete(&theirs.asks(), vec![], AT);
    assert_eq!(refused.expect_err("refused"), Refusal::NotFound);
}
