//! Employees: written by a rule, read back the same.

mod duplicate;
mod leaving;
mod roles;

use crate::cast::*;
use crate::house::{House, everywhere};
use domain::employee::{Draft, NewEmployee, Wish};
use domain::listing::Query;
use domain::{
    Actor, EmployeeId, Field, OfficeId, Problem, Refusal, Role, SignIn, Status, Version, Why,
};
use uuid::Uuid;

fn with_email(email: &str) -> NewEmployee {
    NewEmployee {
        email: email.into(),
        ..NewEmployee::default()
    }
}

fn by_single_sign_on(email: &str, external_id: &str) -> NewEmployee {
    let draft = Draft {
        external_id: Some(external_id.into()),
        ..Draft::default()
    };
    NewEmployee {
        bypass_activation: true,
        draft,
        ..with_email(email)
    }
}

async fn revise(house: &House, by: &Actor, id: EmployeeId, draft: Draft) -> store::Result<()> {
    let mut write = house.write().await;
    let employee = write.employee(id).await?.ok_or(Refusal::NotFound)?;
    if let Some(change) = employee.revise(by, &draft, "BE", noon())? {
        write.apply(change).await?;
    }
    write.commit().await
}

// E-07: everything the form says is kept as it was typed.
#[test]
fn what_is_created_is_read_back() {
    everywhere(async |house| {
        let text = |text: &str| Some(text.to_owned());
        let draft = Draft {
            first_name: text("Zoë"),
            last_name: text("d’Årtagnan 👩‍🚀"),
            phone: text("09 210 44 18"),
            external_id: text("Ext-1"),
            online_planning: Some(false),
            function: text("<b>Adviser</b>"),
            introduction: text("One\nTwo"),
            video_link: text("https://meet.example/zoe"),
        };
        let roles = roles(&[Role::Agent, Role::Administrator]);
        let new = NewEmployee {
            roles,
            draft,
            ..with_email("Zoe@X.example")
        };
        let id = house.create(&house.system(), new).await.expect("created");
        let zoe = house.get(id).await;
        assert_eq!(
            (zoe.organisation, zoe.id, zoe.version),
            (house.organisation, id, Version(1))
        );
        assert_eq!(
            (zoe.status, zoe.sign_in),
            (Status::Pending, SignIn::Password)
        );
        assert_eq!(zoe.email.as_str(), "Zoe@X.example");
        assert_eq!(zoe.profile.name(), "Zoë d’Årtagnan 👩‍🚀");
        assert_eq!(
            zoe.profile.phone.as_ref().map(|phone| phone.as_str()),
            Some("+3292104418")
        );
        assert_eq!(zoe.profile.external_id.as_deref(), Some("Ext-1"));
        assert!(!zoe.profile.online_planning);
        assert_eq!(zoe.profile.function, "<b>Adviser</b>");
        assert_eq!(zoe.profile.introduction, "One\nTwo");
        assert_eq!(zoe.profile.video_link, "https://meet.example/zoe");
        assert!(zoe.administrator);
        assert!(zoe.wanted.has(Role::Agent) && zoe.places.is_empty());
        assert_eq!(
            (zoe.created_at, zoe.activated_at, zoe.last_seen_at),
            (noon(), None, None)
        );
        assert_eq!(
            (
                &zoe.email_wanted,
                &zoe.language,
                &zoe.time_zone,
                zoe.picture
            ),
            (&None, &None, &None, None)
        );
    });
}

// E-08, case 1: past the activation the employee is Active, and nothing is queued for anybody.
#[test]
fn bypassing_activation_sends_nothing() {
    everywhere(async |house| {
        let id = house
            .create(&house.system(), by_single_sign_on("sso@x.example", "S-1"))
            .await;
        let sso = house.get(id.expect("created")).await;
        assert_eq!(
            (sso.status, sso.sign_in),
            (Status::Active, SignIn::SingleSignOn)
        );
        assert_eq!(sso.activated_at, Some(noon()));
        let claimed = house
            .store
            .claim(house.organisation, 100, after(3_600))
            .await;
        assert!(claimed.expect("claimed").is_empty());
    });
}

// Section 9: no statement reaches a row of another organisation, and no change is applied there.
#[test]
fn another_organisation_does_not_exist() {
    everywhere(async |house| {
        let next = house.neighbour().await;
        let theirs = next.active("sam@x.example", "Sam Peeters").await;
        assert!(house.find(theirs).await.is_none());
        let found = house.read().await.employee_by_email("sam@x.example").await;
        assert!(found.expect("the look-up works").is_none());
        let stand_in = house
            .read()
            .await
            .employee_or_stand_in("sam@x.example")
            .await;
        assert!(
            !stand_in
                .expect("the look-up works")
                .is_some_and(|(employee, is_theirs)| { is_theirs || employee.id == theirs })
        );
        let sam = next.get(theirs).await;
        let administrator = house.ada().await;
        assert_eq!(
            sam.suspend(&administrator, 1, noon()).expect_err("refused"),
            Refusal::NotFound
        );
        // Allowed there, and brought here.
        let suspended = sam.suspend(&next.system(), 1, noon()).expect("allowed");
        let mut write = house.write().await;
        assert_eq!(refusal(write.apply(suspended).await), Refusal::NotFound);
        drop(write);
        assert_eq!(next.get(theirs).await.status, Status::Active);
        assert_eq!(next.findings().await, Vec::<String>::new());
    });
}

// of nobody as much is read as of somebody.
#[test]
fn a_colleague_stands_in_for_nobody() {
    everywhere(async |house| {
        let sam = house.active("sam@x.example", "Sam Peeters").await;
        for (email, is_theirs) in [
            ("sam@x.example", true),
            ("SAM@X.example", true),
            ("aaa@x.example", false),
            ("zzz@x.example", false),
        ] {
            let found = house.read().await.employee_or_stand_in(email).await;
            let (employee, theirs) = found.expect("the look-up works").expect("somebody");
            assert_eq!(theirs, is_theirs, "{email}");
            assert_eq!(employee.id == sam, is_theirs, "{email}");
        }
    });
}

// E-20: whoever decided on an older version is refused, whatever the change.
#[test]
fn a_stale_version_is_refused() {
    everywhere(async |house| {
        let id = house.active("sam@x.example", "Sam Peeters").await;
        let system = house.system();
        let stale = house.get(id).await;
        let draft = Draft {
            function: Some("Adviser".into()),
            ..Draft::default()
        };
        revise(house, &system, id, draft.clone())
            .await
            .expect("the first editor");
        macro_rules! refused {
            ($change:expr) => {{
                let change = $change;
                let mut write = house.write().await;
                assert_eq!(
                    refusal(write.apply(change).await),
                    Refusal::Stale,
                    stringify!($change)
                );
            }};
        }
        let other = Draft {
            function: Some("Other".into()),
            ..Draft::default()
        };
        refused!(
            stale
                .revise(&system, &other, "BE", noon())
                .expect("allowed")
                .expect("a change")
        );
        let wish = Wish {
            administrator: Some(true),
            ..Wish::default()
        };
        refused!(
            stale
                .assign(&system, &wish, 1, noon())
                .expect("allowed")
                .expect("a change")
        );
        refused!(stale.suspend(&system, 1, noon()).expect("allowed"));
        refused!(
            stale
                .delete(&system, "sam@x.example", 1, noon())
                .expect("allowed")
        );
        refused!(
            stale
                .change_picture(&system, None, noon())
                .expect("allowed")
        );
        let now = house.get(id).await;
        assert_eq!(
            (now.profile.function.as_str(), now.status),
            ("Adviser", Status::Active)
        );
        assert_eq!(now.version, stale.version.next());
    });
}

// Case 24: nothing half-done.
#[test]
fn what_is_not_committed_was_never_there() {
    everywhere(async |house| {
        let id = EmployeeId(store::new_id());
        let new = with_email("sam@x.example");
        let created = domain::employee::Created::allow(&house.system(), id, &new, "BE", noon());
        let mut write = house.write().await;
        write
            .apply(created.expect("allowed"))
            .await
            .expect("written");
        assert!(
            write.employee(id).await.expect("read").is_some(),
            "it sees its own"
        );
        drop(write);
        assert!(house.find(id).await.is_none());
        assert_eq!(
            house
                .read()
                .await
                .organisation()
                .await
                .expect("read")
                .employees,
            1
        );
        house.pending("sam@x.example").await;
    });
}
