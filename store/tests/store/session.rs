//! Sessions.

use crate::cast::*;
use crate::house::{House, everywhere};
use domain::credential::PasswordHash;
use domain::employee::{Which, Wish};
use domain::{Caller, Refusal, Role, Status};
use store::secret::Token;
use store::session::{AGE, IDLE, Session};

async fn session(house: &House, token: &Token, seconds: i64) -> Option<Session> {
    house
        .read()
        .await
        .session(token, after(seconds))
        .await
        .expect("the look-up works")
}

async fn end(house: &House, id: domain::EmployeeId, which: Which) {
    let ended = house
        .get(id)
        .await
        .end_sessions(&house.system(), which, noon());
    let mut write = house.write().await;
    write.apply(ended.expect("allowed")).await.expect("written");
    write.commit().await.expect("committed");
}

// a session is its person with the roles of this moment, read in one statement.
#[test]
fn a_session_is_its_person_with_their_roles() {
    everywhere(async |house| {
        let (ghent, antwerp) = (house.office("Ghent").await, house.office("Antwerp").await);
        let places = [
            place(ghent, &[Role::Agent]),
            place(antwerp, &[Role::OfficeManager]),
        ];
        let noor = house.holder("noor@x.example", "Noor Maes", &places).await;
        let token = house.sign_in(noor, noon()).await.expect("signed in");
        let seen = session(house, &token, 1).await.expect("a session");
        assert_eq!(
            (seen.employee, seen.name.as_str(), seen.email.as_str()),
            (noor, "Noor Maes", "noor@x.example")
        );
        assert_eq!(
            seen.organisation,
            house.read().await.organisation().await.expect("read")
        );
        let names: Vec<&str> = seen.places.iter().map(|(_, name)| name.as_str()).collect();
        assert_eq!(names, ["Antwerp", "Ghent"]);
        assert_eq!(seen.roles, roles(&[Role::Agent, Role::OfficeManager]));
        assert!(seen.actor.manages(antwerp) && !seen.actor.manages(ghent));
        let callers: Vec<Caller> = seen.actor.callers().collect();
        assert_eq!(
            callers,
            [Caller::OfficeManager, Caller::Agent, Caller::Employee]
        );
        assert_eq!(
            house.get(noor).await.last_seen_at,
            Some(noon()),
            "signing in is being seen"
        );
    });
}

// Safe: a change of roles acts on the very next request.
#[test]
fn a_change_of_roles_acts_on_the_next_request() {
    everywhere(async |house| {
        let ghent = house.office("Ghent").await;
        let sam = house.active("sam@x.example", "Sam Peeters").await;
        let token = house.sign_in(sam, noon()).await.expect("signed in");
        assert!(
            !session(house, &token, 1)
                .await
                .expect("a session")
                .actor
                .manages(ghent)
        );
        for (held, manages) in [(&[Role::OfficeManager][..], true), (&[], false)] {
            let wish = Wish {
                places: vec![place(ghent, held)],
                ..Wish::default()
            };
            house
                .assign(&house.system(), sam, wish)
                .await
                .expect("assigned");
            let now = session(house, &token, 1).await.expect("a session");
            assert_eq!(now.actor.manages(ghent), manages);
            assert_eq!(now.places.len(), held.len());
        }
    });
}

// the token is nowhere in the database, so that whoever reads it can't use it.
#[test]
fn a_session_token_is_not_kept() {
    everywhere(async |house| {
        let token = house.sign_in(house.owner, noon()).await.expect("signed in");
        assert!(!house.holds(token.reveal()).await);
    });
}

// E-15, case 11: suspended while signed in on two devices: both are out, and neither comes back
// with the reactivation.
#[test]
fn a_suspension_ends_every_session() {
    everywhere(async |house| {
        let sam = house.active("sam@x.example", "Sam Peeters").await;
        let devices = [
            house.sign_in(sam, noon()).await.expect("signed in"),
            house.sign_in(sam, noon()).await.expect("signed in"),
        ];
        let owner = house.sign_in(house.owner, noon()).await.expect("signed in");
        house
            .suspend(&house.system(), sam)
            .await
            .expect("suspended");
        let refused = house.sign_in(sam, after(1)).await;
        assert_eq!(refusal(refused), Refusal::WrongCredentials);
        house
            .reactivate(&house.system(), sam)
            .await
            .expect("reactivated");
        for token in &devices {
            assert!(session(house, token, 1).await.is_none());
        }
        assert!(
            session(house, &owner, 1).await.is_some(),
            "nobody else is signed out"
        );
        assert!(house.sign_in(sam, after(2)).await.is_ok());
    });
}

// E-15: even a session that was left behind opens nothing for somebody who is suspended.
#[test]
fn a_session_left_behind_opens_nothing() {
    everywhere(async |house| {
        let sam = house.active("sam@x.example", "Sam Peeters").await;
        let token = house.sign_in(sam, noon()).await.expect("signed in");
        let suspend = "UPDATE employee SET status = 4 WHERE email = 'sam@x.example'";
        house.raw().await.run(suspend).await;
        assert!(session(house, &token, 1).await.is_none());
        assert_eq!(
            house.findings().await,
            ["1 sessions of employees who are not active"]
        );
        house
            .raw()
            .await
            .run("UPDATE employee SET status = 2 WHERE status = 4")
            .await;
    });
}

// another password ends every session.
#[test]
fn another_password_ends_every_session() {
    everywhere(async |house| {
        let sam = house.active("sam@x.example", "Sam Peeters").await;
        let token = house.sign_in(sam, noon()).await.expect("signed in");
        let own = house.actor(sam).await;
        let changed =
            house
                .get(sam)
                .await
                .change_password(&own, PasswordHash("$new".into()), false, noon());
        let mut write = house.write().await;
        write
            .apply(changed.expect("allowed"))
            .await
            .expect("written");
        write.commit().await.expect("committed");
        assert!(session(house, &token, 1).await.is_none());
    });
}

// bounded in age, however often it is used, and in idleness.
#[test]
fn a_session_ends_by_age_and_by_idleness() {
    everywhere(async |house| {
        let (age, idle) = (AGE.as_secs(), IDLE.as_secs());
        let token = house.sign_in(house.owner, noon()).await.expect("signed in");
        assert!(session(house, &token, idle - 1).await.is_some());
        assert!(session(house, &token, idle).await.is_none());
        let mut now = 0;
        while now < age {
            let used = session(house, &token, now)
                .await
                .expect("it lives while it is used");
            house
                .store
                .seen(house.organisation, used.id, house.owner, after(now))
                .await
                .expect("noted");
            now += idle - 1;
        }
        assert!(session(house, &token, age - 1).await.is_some());
        assert!(session(house, &token, age).await.is_none());
        let listed = async |seconds| {
            let sessions = house
                .read()
                .await
                .sessions(house.owner, after(seconds))
                .await;
            sessions.expect("the list").len()
        };
        assert_eq!(
            (listed(age - 1).await, listed(age).await),
            (1, 0),
            "the list agrees"
        );
    });
}

// rotated at sign-in: the session that the browser had before is over (fixation fails).
#[test]
fn signing_in_again_ends_the_session_before() {
    everywhere(async |house| {
        let sam = house.active("sam@x.example", "Sam Peeters").await;
        let old = house.sign_in(house.owner, noon()).await.expect("signed in");
        let new = house
            .sign_in_instead(sam, after(1), Some(&old))
            .await
            .expect("signed in");
        assert!(session(house, &old, 2).await.is_none());
        assert_eq!(
            session(house, &new, 2).await.expect("a session").employee,
            sam
        );
        assert_ne!(old.reveal(), new.reveal());
    });
}

// listed to their owner, the one used last first, and ended one, all but one, or all.
#[test]
fn sessions_are_listed_and_ended() {
    everywhere(async |house| {
        let sam = house.active("sam@x.example", "Sam Peeters").await;
        let mut tokens = Vec::new();
        for second in 0..4 {
            tokens.push(house.sign_in(sam, after(second)).await.expect("signed in"));
        }
        let owner = house.sign_in(house.owner, noon()).await.expect("signed in");
        let listed = async || {
            house
                .read()
                .await
                .sessions(sam, after(9))
                .await
                .expect("the list")
        };
        let all = listed().await;
        let times: Vec<_> = all.iter().map(|session| session.created_at).collect();
        assert_eq!(times, [after(3), after(2), after(1), after(0)]);
        assert_eq!(
            (all[0].agent.as_str(), all[0].address.as_str()),
            ("Test/1.0", "203.0.113.7")
        );
        end(house, sam, Which::One(all[3].id)).await;
        assert!(session(house, &tokens[0], 9).await.is_none());
        assert_eq!(listed().await.len(), 3);
        let foreign = session(house, &owner, 9).await.expect("a session").id;
        end(house, sam, Which::One(foreign)).await;
        assert!(
            session(house, &owner, 9).await.is_some(),
            "nobody ends another's by its id"
        );
        end(house, sam, Which::AllBut(all[0].id)).await;
        assert_eq!(
            listed().await.iter().map(|s| s.id).collect::<Vec<_>>(),
            [all[0].id]
        );
        let mut write = house.write().await;
        write.end_session(&tokens[3]).await.expect("signed out");
        write.commit().await.expect("committed");
        assert!(listed().await.is_empty());
        tokens.push(house.sign_in(sam, after(9)).await.expect("signed in"));
        end(house, sam, Which::All).await;
        assert!(listed().await.is_empty());
        assert!(session(house, &owner, 9).await.is_some());
    });
}

// Section 9: a cookie of one organisation opens nothing in another.
#[test]
fn a_session_is_of_one_organisation() {
    everywhere(async |house| {
        let next = house.neighbour().await;
        let token = next.sign_in(next.owner, noon()).await.expect("signed in");
        assert!(session(house, &token, 1).await.is_none());
        let mut write = house.write().await;
        write.end_session(&token).await.expect("nothing happens");
        write.commit().await.expect("committed");
        assert!(session(&next, &token, 1).await.is_some());
        assert_eq!(next.get(next.owner).await.status, Status::Active);
    });
}

// E-05: "last seen" is of the person, whichever device they used.
#[test]
fn being_seen_is_noted_for_the_person() {
    everywhere(async |house| {
        let token = house.sign_in(house.owner, noon()).await.expect("signed in");
        let id = session(house, &token, 1).await.expect("a session").id;
        house
            .store
            .seen(house.organisation, id, house.owner, after(300))
            .await
            .expect("noted");
        assert_eq!(house.get(house.owner).await.last_seen_at, Some(after(300)));
        assert_eq!(
            session(house, &token, 301)
                .await
                .expect("a session")
                .seen_at,
            after(300)
        );
    });
}
