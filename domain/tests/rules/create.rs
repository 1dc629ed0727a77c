//! Adding an employee.

use crate::cast::*;
use domain::employee::{Created, Draft, NewEmployee};
use domain::{Allowed, EmployeeId, Field, Problem, Refusal, Role, Roles, SignIn, Status, Why};
use uuid::Uuid;

fn create(by: &Somebody, new: NewEmployee) -> Result<Allowed<Created>, Refusal> {
    Created::allow(&by.asks(), EmployeeId(Uuid::from_u128(500)), &new, "BE", AT)
}

fn with_email(email: &str) -> NewEmployee {
    NewEmployee {
        email: email.into(),
        ..NewEmployee::default()
    }
}

// E-07: an email is all that is needed; the employee is Pending, and signs in by password.
#[test]
fn an_email_alone_makes_a_pending_employee() {
    let created = create(&ada(), with_email(" new@x.example ")).expect("allowed");
    assert_eq!(created.email.as_str(), "new@x.example");
    assert_eq!(
        (created.status, created.sign_in),
        (Status::Pending, SignIn::Password)
    );
    assert!(!created.administrator);
    assert_eq!(created.profile.name(), "");
}

// E-07: without an email there is nobody to invite.
#[test]
fn an_employee_needs_an_email() {
    assert_eq!(
        create(&ada(), with_email(" ")).expect_err("refused"),
        Refusal::field(Field::Email, Why::Required)
    );
}

// E-08, case 1: past the activation, the External ID is required, since it is who they are.
#[test]
fn bypassing_activation_without_an_external_id_is_refused_on_that_field() {
    for external_id in [None, Some("  ".to_owned())] {
        let draft = Draft {
            external_id,
            ..Draft::default()
        };
        let new = NewEmployee {
            bypass_activation: true,
            draft,
            ..with_email("new@x.example")
        };
        let refused = create(&ada(), new).expect_err("refused");
        assert_eq!(refused, Refusal::field(Field::ExternalId, Why::Required));
    }
}

// E-08, case 1: the employee is Active and signs in by single sign-on.
#[test]
fn bypassing_activation_makes_an_active_employee_by_single_sign_on() {
    let draft = Draft {
        external_id: Some("S-1".into()),
        ..Draft::default()
    };
    let new = NewEmployee {
        bypass_activation: true,
        draft,
        ..with_email("new@x.example")
    };
    let created = create(&ada(), new).expect("allowed");
    assert_eq!(
        (created.status, created.sign_in),
        (Status::Active, SignIn::SingleSignOn)
    );
    assert_eq!(created.profile.external_id.as_deref(), Some("S-1"));
}

// E-13: a role chosen before there is an office is remembered, gives no rights, and is no error.
#[test]
fn roles_chosen_before_there_is_an_office_are_only_wanted() {
    let new = NewEmployee {
        roles: roles(&[Role::Agent, Role::OfficeManager, Role::Administrator]),
        ..with_email("new@x.example")
    };
    let created = create(&ada(), new).expect("allowed");
    assert_eq!(created.wanted, roles(&[Role::Agent, Role::OfficeManager]));
    assert!(
        created.administrator,
        "Administrator is held in the organisation, so at once"
    );
}

// E-13: what is no role is not remembered either, whatever a request says.
#[test]
fn bits_that_are_no_role_are_dropped() {
    let new = NewEmployee {
        roles: Roles(0b1111_1001),
        ..with_email("new@x.example")
    };
    let created = create(&ada(), new).expect("allowed");
    assert_eq!(created.wanted, roles(&[Role::Agent]));
}

// E-10: Online planning is on at first, and can be switched off in the form.
#[test]
fn online_planning_is_on_at_first() {
    assert!(
        create(&ada(), with_email("new@x.example"))
            .expect("allowed")
            .profile
            .online_planning
    );
    let draft = Draft {
        online_planning: Some(false),
        ..Draft::default()
    };
    let created = create(
        &ada(),
        NewEmployee {
            draft,
            ..with_email("new@x.example")
        },
    );
    assert!(!created.expect("allowed").profile.online_planning);
}

// E-06: Administrators only.
#[test]
fn only_administrators_add_employees() {
    for by in [max(), sam(), somebody(9)] {
        let refused = create(&by, with_email("new@x.example")).expect_err("refused");
        assert_eq!(refused, Refusal::Forbidden);
    }
}

// E-07: everything that can't be taken is said at once, each on its field.
#[test]
fn every_wrong_field_is_named_at_once() {
    let long = "x".repeat(3_000);
    let draft = Draft {
        first_name: Some(long.clone()),
        last_name: Some("a\u{202e}b".into()),
        phone: Some("letters".into()),
        external_id: Some(long.clone()),
        function: Some(long.clone()),
        introduction: Some(long),
        video_link: Some("javascript:alert(1)".into()),
        online_planning: None,
    };
    let refused = create(
        &ada(),
        NewEmployee {
            draft,
            ..with_email("no address")
        },
    );
    let Err(Refusal::Invalid(mut problems)) = refused else {
        panic!("refused as invalid")
    };
    problems.sort_by_key(|problem| problem.field.name());
    let expected = [
        (Field::Email, Why::NotAnEmail),
        (Field::ExternalId, Why::TooLong(255)),
        (Field::FirstName, Why::TooLong(100)),
        (Field::Function, Why::TooLong(100)),
        (Field::Introduction, Why::TooLong(2_000)),
        (Field::LastName, Why::NotPlainText),
        (Field::Phone, Why::NotAPhoneNumber),
        (Field::VideoLink, Why::NotAnHttpsAddress),
    ];
    assert_eq!(
        problems,
        expected.map(|(field, why)| Problem { field, why })
    );
}

// Case 22: markup is text like any other; it is not refused, only never run.
#[test]
fn markup_in_a_name_is_text() {
    let script = "<script>alert(1)</script>";
    let draft = Draft {
        first_name: Some(script.into()),
        introduction: Some(script.into()),
        ..Draft::default()
    };
    let created = create(
        &ada(),
        NewEmployee {
            draft,
            ..with_email("new@x.example")
        },
    );
    let profile = created.expect("allowed").profile.clone();
    assert_eq!(
        (profile.first_name.as_str(), profile.introduction.as_str()),
        (script, script)
    );
}

// M-04: the first Administrator of an organisation comes from the command line, by invitation.
#[test]
fn the_first_administrator_is_invited_like_everybody() {
    let id = EmployeeId(Uuid::from_u128(500));
    let first = Created::first_administrator(OURS, id, "ada@x.example", AT).expect("allowed");
    assert!(first.administrator);
    assert_eq!(
        (first.status, first.by()),
        (Status::Pending, domain::By::System)
    );
}
