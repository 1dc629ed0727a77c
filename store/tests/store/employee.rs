//! Employees: written by a rule, read back the same.

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

fn taken(field: Field) -> Refusal {
    Refusal::field(field, Why::Taken)
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

// Case 3: the same email in another case or with other accents is a duplicate, and so is the same
// External ID; the message names the field, and both when both are taken.
#[test]
fn duplicates_are_refused_on_their_field() {
    everywhere(async |house| {
        let system = house.system();
        let id = house
            .create(&system, by_single_sign_on("André@x.example", "S-1"))
            .await;
        let id = id.expect("created");
        for email in ["andré@x.example", "ANDRE@X.EXAMPLE"] {
            let refused = house.create(&system, with_email(email)).await;
            assert_eq!(refusal(refused), taken(Field::Email), "{email}");
        }
        let refused = house
            .create(&system, by_single_sign_on("other@x.example", "S-1"))
            .await;
        assert_eq!(refusal(refused), taken(Field::ExternalId));
        let refused = house
            .create(&system, by_single_sign_on("andre@x.example", "S-1"))
            .await;
        let problem = |field| Problem {
            field,
            why: Why::Taken,
        };
        let both = vec![problem(Field::Email), problem(Field::ExternalId)];
        assert_eq!(refusal(refused), Refusal::Invalid(both));
        house
            .create(&system, by_single_sign_on("case@x.example", "s-1"))
            .await
            .expect("an External ID has a case");
        house
            .create(&system, with_email("none@x.example"))
            .await
            .expect("no External ID");
        house
            .create(&system, with_email("neither@x.example"))
            .await
            .expect("nor here");
        assert_eq!(
            house.get(id).await.version,
            Version(1),
            "the first is untouched"
        );
    });
}

// Case 3: in another organisation the same email and the same External ID are somebody else's.
#[test]
fn another_organisation_may_have_the_same_email() {
    everywhere(async |house| {
        let new = || by_single_sign_on("ada@x.example", "S-1");
        house.create(&house.system(), new()).await.expect("created");
        let next = house.neighbour().await;
        next.create(&next.system(), new())
            .await
            .expect("created there as well");
        assert_eq!(next.findings().await, Vec::<String>::new());
    });
}

// Case 3: an email or External ID that is changed to one that is taken is refused as well.
#[test]
fn changes_to_what_is_taken_are_refused() {
    everywhere(async |house| {
        let system = house.system();
        let first = house
            .create(&system, by_single_sign_on("a@x.example", "S-1"))
            .await;
        let second = house
            .create(&system, by_single_sign_on("b@x.example", "S-2"))
            .await;
        let (first, second) = (first.expect("created"), second.expect("created"));
        let draft = Draft {
            external_id: Some("S-1".into()),
            ..Draft::default()
        };
        let refused = revise(house, &system, second, draft.clone()).await;
        assert_eq!(refusal(refused), taken(Field::ExternalId));
        revise(house, &system, first, draft)
            .await
            .expect("one's own is not taken");
        let refused = house.change_email(&system, second, "A@x.example").await;
        assert_eq!(refusal(refused), taken(Field::Email));
        let pending = house.pending("c@x.example").await;
        let refused = house.change_email(&system, pending, "A@x.example").await;
        assert_eq!(refusal(refused), taken(Field::Email));
        house
            .change_email(&system, pending, "C@x.example")
            .await
            .expect("one's own in another case");
    });
}

/// Makes the next creation of `late@x.example` come second: another row with the same value
/// stands there after the look before the write, and before the write.
async fn come_second(house: &House, email: &str, external_id: &str) {
    let columns = "organisation, id, version, status, sign_in, email, email_folded, first_name,
         last_name, name_folded, search, external_id, roles, wanted, online_planning,
         \"function\", introduction, video_link, created_at, last_seen_at";
    let id = match house.is_sqlite() {
        true => "randomblob(16)",
        false => "gen_random_uuid()",
    };
    let insert = format!(
        "INSERT INTO employee ({columns}) VALUES (NEW.organisation, {id}, 1, 1, 1, '{email}',
         '{email}', '', '', '{email}', '{email}', {external_id}, 0, 0, NEW.online_planning, '', '',
         '', NEW.created_at, NEW.last_seen_at);"
    );
    let sql = match house.is_sqlite() {
        true => format!(
            "CREATE TRIGGER sneak BEFORE INSERT ON employee WHEN NEW.first_name = 'Late'
             BEGIN {insert} END"
        ),
        false => format!(
            "CREATE FUNCTION sneak() RETURNS trigger LANGUAGE plpgsql AS
             $$ BEGIN {insert} RETURN NEW; END $$;
             CREATE TRIGGER sneak BEFORE INSERT ON employee FOR EACH ROW
             WHEN (NEW.first_name = 'Late') EXECUTE FUNCTION sneak();"
        ),
    };
    house.raw().await.run(&sql).await;
}

// Case 3: where the look before the write misses a duplicate, the database finds it, and the
// refusal names the same field.
#[test]
fn a_duplicate_that_only_the_database_sees_names_its_field() {
    for (email, external_id, field) in [
        ("late@x.example", "NULL", Field::Email),
        ("other@x.example", "'S-1'", Field::ExternalId),
    ] {
        everywhere(async |house| {
            come_second(house, email, external_id).await;
            let mut new = by_single_sign_on("late@x.example", "S-1");
            new.draft.first_name = Some("Late".into());
            let refused = house.create(&house.system(), new).await;
            assert_eq!(refusal(refused), taken(field));
        });
    }
}

// E-12: roles and offices are kept, and what lists and sessions read of them agrees.
#[test]
fn roles_are_kept_in_each_office() {
    everywhere(async |house| {
        let (ghent, antwerp) = (house.office("Ghent").await, house.office("Antwerp").await);
        let sam = house.active("sam@x.example", "Sam Peeters").await;
        let wish = |places: &[_]| Wish {
            places: places.to_vec(),
            ..Wish::default()
        };
        let both = [
            place(ghent, &[Role::Agent, Role::OfficeManager]),
            place(antwerp, &[Role::Agent]),
        ];
        let system = house.system();
        house
            .assign(&system, sam, wish(&both))
            .await
            .expect("assigned");
        assert_eq!(house.get(sam).await.places, both);
        let fewer = [place(ghent, &[Role::OfficeManager]), place(antwerp, &[])];
        house
            .assign(&system, sam, wish(&fewer))
            .await
            .expect("assigned");
        let after = house.get(sam).await;
        assert_eq!(after.places, fewer[..1]);
        assert_eq!(after.roles(), roles(&[Role::OfficeManager]));
        let gone = [place(ghent, &[])];
        house
            .assign(&system, sam, wish(&gone))
            .await
            .expect("assigned");
        assert!(house.get(sam).await.places.is_empty());
    });
}

// E-13: a wanted role is kept until there is an office, and is then held instead.
#[test]
fn a_wanted_role_is_kept_until_it_is_held() {
    everywhere(async |house| {
        let ghent = house.office("Ghent").await;
        let new = NewEmployee {
            roles: roles(&[Role::Agent, Role::OfficeManager]),
            ..with_email("new@x.example")
        };
        let id = house.create(&house.system(), new).await.expect("created");
        assert_eq!(
            house.get(id).await.wanted,
            roles(&[Role::Agent, Role::OfficeManager])
        );
        let wish = Wish {
            places: vec![place(ghent, &[Role::Agent])],
            ..Wish::default()
        };
        house
            .assign(&house.system(), id, wish)
            .await
            .expect("assigned");
        assert_eq!(house.get(id).await.wanted, roles(&[Role::OfficeManager]));
    });
}

// Section 9: an office that does not exist, or is another organisation's, can't be assigned.
#[test]
fn an_office_of_another_organisation_is_unknown() {
    everywhere(async |house| {
        let next = house.neighbour().await;
        let theirs = next.office("Theirs").await;
        let id = house.active("sam@x.example", "Sam Peeters").await;
        for office in [theirs, OfficeId(Uuid::now_v7())] {
            let wish = Wish {
                places: vec![place(office, &[Role::Agent])],
                ..Wish::default()
            };
            let refused = house.assign(&house.system(), id, wish).await;
            assert_eq!(
                refusal(refused),
                Refusal::field(Field::Offices, Why::UnknownChoice)
            );
        }
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

// E-15, case 4: suspended and reactivated, status and roles are what they were.
#[test]
fn reactivation_restores_status_and_roles() {
    everywhere(async |house| {
        let ghent = house.office("Ghent").await;
        let system = house.system();
        let sam = house
            .holder(
                "sam@x.example",
                "Sam Peeters",
                &[place(ghent, &[Role::Agent])],
            )
            .await;
        let pending = house.pending("new@x.example").await;
        let before = house.get(sam).await;
        for id in [sam, pending] {
            house.suspend(&system, id).await.expect("suspended");
            assert_eq!(house.get(id).await.status, Status::Suspended);
            house.reactivate(&system, id).await.expect("reactivated");
        }
        let back = house.get(sam).await;
        assert_eq!((back.status, &back.places), (before.status, &before.places));
        assert_eq!(back.activated_at, before.activated_at);
        assert_eq!(house.get(pending).await.status, Status::Pending);
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

// E-16, case 5: deleted is gone; the same email invited again is a new person who inherits nothing.
#[test]
fn somebody_deleted_and_invited_again_inherits_nothing() {
    everywhere(async |house| {
        let ghent = house.office("Ghent").await;
        let ada = house.ada().await;
        let old = house
            .holder(
                "sam@x.example",
                "Sam Peeters",
                &[place(ghent, &[Role::Agent])],
            )
            .await;
        let session = house.sign_in(old, noon()).await.expect("signed in");
        let before = house
            .read()
            .await
            .organisation()
            .await
            .expect("read")
            .employees;
        house.delete(&ada, old).await.expect("deleted");
        assert!(house.find(old).await.is_none());
        assert_eq!(
            house
                .read()
                .await
                .organisation()
                .await
                .expect("read")
                .employees,
            before - 1
        );
        let session = house
            .read()
            .await
            .session(&session, after(1))
            .await
            .expect("read");
        assert!(session.is_none());
        let new = house.pending("sam@x.example").await;
        let again = house.get(new).await;
        assert_ne!(new, old);
        assert_eq!((again.version, again.status), (Version(1), Status::Pending));
        assert!(again.places.is_empty() && again.profile.name().is_empty());
        let page = house
            .list(
                &ada,
                &Query {
                    search: "peeters".into(),
                    ..Query::default()
                },
            )
            .await;
        assert!(page.rows.is_empty());
    });
}

// E-16: whoever is gone can't be changed by what was decided before.
#[test]
fn nobody_gone_is_changed() {
    everywhere(async |house| {
        let ada = house.ada().await;
        let id = house.active("sam@x.example", "Sam Peeters").await;
        let stale = house.get(id).await;
        house.delete(&ada, id).await.expect("deleted");
        let mut write = house.write().await;
        let suspended = stale.suspend(&ada, 1, noon()).expect("allowed");
        assert_eq!(refusal(write.apply(suspended).await), Refusal::Stale);
    });
}

// E-17: the last active Administrator stays; Pending and suspended ones don't count.
#[test]
fn the_last_active_administrator_stays() {
    everywhere(async |house| {
        let ada = house.owner;
        let bob = house.administrator("bob@x.example", "Bob Maes").await;
        let new = NewEmployee {
            roles: roles(&[Role::Administrator]),
            ..with_email("cee@x.example")
        };
        house
            .create(&house.system(), new)
            .await
            .expect("a pending Administrator");
        let actor = house.actor(ada).await;
        house.suspend(&actor, bob).await.expect("one of two");
        let count = house
            .read()
            .await
            .other_active_administrators(ada)
            .await
            .expect("counted");
        assert_eq!(count, 0);
        let demoted = Wish {
            administrator: Some(false),
            ..Wish::default()
        };
        assert_eq!(
            refusal(house.assign(&actor, ada, demoted).await),
            Refusal::LastAdministrator
        );
        assert_eq!(
            refusal(house.suspend(&actor, ada).await),
            Refusal::LastAdministrator
        );
        assert_eq!(
            refusal(house.delete(&actor, ada).await),
            Refusal::LastAdministrator
        );
        house.reactivate(&actor, bob).await.expect("back");
        house
            .delete(&actor, ada)
            .await
            .expect("now there is another");
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
