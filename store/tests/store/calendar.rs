//! Linked calendars, what they say, their copies, and feeds.

use crate::cast::*;
use crate::house::{House, everywhere};
use domain::availability::Span;
use domain::calendar::{Access, CalendarLinked, Found, Kind, Link};
use domain::{
    AppointmentId, CalendarId, CalendarLinkId, EmployeeId, OfficeId, Role, Timestamp, Version,
};
use store::calendar::{Claimed, Copied, Synced};
use store::new_id;
use store::outbox::Message;
use store::secret::Token;
use uuid::Uuid;

fn span(from: i64, until: i64) -> Span {
    Span {
        from: after(from),
        until: after(until),
    }
}

fn access() -> Access {
    Access {
        address: "https://dav.secret.example/".into(),
        user: "noor".into(),
        password: "hunter2hunter2".into(),
    }
}

/// An agent in Ghent, who links an account with the calendars Work and Home.
async fn agent(house: &House) -> (EmployeeId, OfficeId, Link) {
    let ghent = house.office("Ghent").await;
    let held = [place(ghent, &[Role::Agent])];
    let id = house.holder("noor@x.example", "Noor Maes", &held).await;
    let link = link(house, id).await;
    (id, ghent, link)
}

async fn link(house: &House, id: EmployeeId) -> Link {
    let found = |name: &str, writable| Found {
        id: CalendarId(new_id()),
        name: name.into(),
        address: format!("https://dav.secret.example/{name}/"),
        writable,
    };
    let linked = CalendarLinked {
        id: CalendarLinkId(new_id()),
        employee: id,
        kind: Kind::Account,
        name: "dav.secret.example".into(),
        access: access(),
        calendars: vec![found("Work", true), found("Home", false)],
    };
    let (employee, actor) = (house.get(id).await, house.actor(id).await);
    let allowed = employee.link_calendar(&actor, 0, linked, noon());
    house.apply(allowed).await.expect("linked");
    links(house, id).await.pop().expect("one")
}

async fn links(house: &House, id: EmployeeId) -> Vec<Link> {
    house.read().await.calendar_links(id).await.expect("read")
}

async fn switch(house: &House, id: EmployeeId, name: &str, copies: bool, blocks: bool) {
    let link = links(house, id).await.pop().expect("one");
    let calendar = calendar(&link, name);
    let (employee, actor) = (house.get(id).await, house.actor(id).await);
    let switched = employee.switch_calendar(&actor, &link, calendar, copies, blocks, noon());
    let change = switched.expect("allowed").expect("a change");
    house.apply(Ok(change)).await.expect("switched");
}

fn calendar(link: &Link, name: &str) -> CalendarId {
    let found = link.calendars.iter().find(|one| one.name == name);
    found.expect("there").id
}

async fn claim(house: &House, seconds: i64) -> Vec<Claimed> {
    let due = house
        .store
        .has_due_calendars(house.organisation, after(seconds));
    let due = due.await.expect("read");
    let claimed = house
        .store
        .claim_calendars(house.organisation, 10, after(seconds));
    let claimed = claimed.await.expect("claimed");
    assert_eq!(due, !claimed.is_empty());
    claimed
}

fn synced(calendar: CalendarId, whole: bool, busy: &[(&str, &[Span])], gone: &[&str]) -> Synced {
    let busy = busy
        .iter()
        .map(|(href, spans)| ((*href).to_owned(), spans.to_vec()));
    Synced {
        calendar,
        whole,
        token: Some("t".into()),
        busy: busy.collect(),
        gone: gone.iter().map(|href| (*href).to_owned()).collect(),
    }
}

async fn busy(house: &House, id: EmployeeId) -> Vec<Span> {
    let all = span(-1_000_000, 1_000_000);
    house.read().await.busy_of(id, all).await.expect("read")
}

/// An appointment of an agent, past the rules of booking.
async fn book(house: &House, agent: EmployeeId, state: i32, begin: i64) -> AppointmentId {
    let id = Uuid::now_v7();
    let (id_sql, agent) = (sql_id(house, id), sql_id(house, agent.0));
    let organisation = sql_id(house, house.organisation.0);
    let token = match house.is_sqlite() {
        true => format!("x'{}'", id.simple()),
        false => format!("'\\x{}'", id.simple()),
    };
    let (from, until) = (moment(after(begin)), moment(after(begin + 1_800)));
    let sql = format!(
        "INSERT INTO appointment (organisation, id, version, state, employee, office, office_name,
             subject, subject_title, meeting, begins_at, ends_at, busy_from, busy_until,
             customer_name, customer_email, customer_email_folded, customer_phone,
             customer_language, answers, remark, note, reason, against, sequence, token,
             token_sealed, created_at)
         VALUES ({organisation}, {id_sql}, 1, {state}, {agent}, {id_sql}, 'Ghent', {id_sql},
             'Mortgage', 1, {from}, {until}, {from}, {until}, 'Eve', '', '', '', 'en', '[]', '',
             '', '', '', 0, {token}, {token}, {from})"
    );
    house.raw().await.run(&sql).await;
    AppointmentId(id)
}

fn sql_id(house: &House, id: Uuid) -> String {
    match house.is_sqlite() {
        true => format!("x'{}'", id.simple()),
        false => format!("'{id}'"),
    }
}

fn moment(at: Timestamp) -> String {
    format!("'{at:.6}'")
}

// O-06: what is linked is listed; its secrets stand nowhere.
#[test]
fn a_link_is_kept_and_its_secrets_sealed() {
    everywhere(async |house| {
        let (id, _, link) = agent(house).await;
        let names: Vec<_> = link
            .calendars
            .iter()
            .map(|c| (c.name.as_str(), c.writable, c.copies, c.blocks))
            .collect();
        assert_eq!(
            names,
            [("Home", false, false, true), ("Work", true, false, true)]
        );
        assert_eq!((link.synced_at, link.failing_since), (None, None));
        assert!(!house.holds("hunter2hunter2").await);
        let found = house
            .read()
            .await
            .calendar_access(link.id)
            .await
            .expect("read");
        assert_eq!(found, Some(access()));
        let neighbour = house.neighbour().await;
        assert_eq!(
            neighbour
                .read()
                .await
                .calendar_access(link.id)
                .await
                .expect("read"),
            None
        );
        assert_eq!(links(&neighbour, id).await, []);
    });
}

// O-06: one server at a time; again after ten minutes; nobody who is not Active.
#[test]
fn a_link_is_claimed_once() {
    everywhere(async |house| {
        let (id, _, link) = agent(house).await;
        let claimed = claim(house, 0).await;
        assert_eq!(claimed.len(), 1);
        assert_eq!((claimed[0].id, claimed[0].employee), (link.id, id));
        assert_eq!(claimed[0].access, Some(access()));
        assert_eq!(claimed[0].calendars.len(), 2);
        assert!(claim(house, 1).await.is_empty(), "while it is claimed");
        assert_eq!(claim(house, 301).await.len(), 1, "when the claim is over");
        house
            .store
            .synced(&claimed[0], &[], after(400))
            .await
            .expect("kept");
        assert!(claim(house, 999).await.is_empty());
        assert_eq!(claim(house, 1_000).await.len(), 1);
        let ada = house.ada().await;
        house.suspend(&ada, id).await.expect("suspended");
        assert!(claim(house, 9_999).await.is_empty());
    });
}

// O-06: what calendars say blocks while the switch is on, also while they fail.
#[test]
fn what_calendars_say_is_kept() {
    everywhere(async |house| {
        let (id, _, link) = agent(house).await;
        let (work, home) = (calendar(&link, "Work"), calendar(&link, "Home"));
        let claimed = claim(house, 0).await.remove(0);
        let (a, b, c) = (span(0, 10), span(20, 30), span(5, 25));
        let all = [
            synced(work, true, &[("/a", &[a, b]), ("/b", &[])], &[]),
            synced(home, true, &[("/a", &[c])], &[]),
        ];
        house
            .store
            .synced(&claimed, &all, after(1))
            .await
            .expect("kept");
        assert_eq!(busy(house, id).await, [a, c, b]);
        let near = house
            .read()
            .await
            .busy_of(id, span(10, 20))
            .await
            .expect("read");
        assert_eq!(near, [c]);
        switch(house, id, "Home", false, false).await;
        assert_eq!(busy(house, id).await, [a, b]);
        // Only what changed, and what is gone.
        let claimed = claim(house, 700).await.remove(0);
        assert_eq!(
            claimed
                .calendars
                .iter()
                .filter(|c| c.sync_token.as_deref() == Some("t"))
                .count(),
            2
        );
        assert_eq!(claimed.calendars[0].read_whole_at(), Some(after(1)));
        let d = span(40, 50);
        let some = [synced(work, false, &[("/c", &[d])], &["/x"])];
        house
            .store
            .synced(&claimed, &some, after(701))
            .await
            .expect("kept");
        assert_eq!(busy(house, id).await, [a, b, d]);
        house
            .store
            .synced(
                &claimed,
                &[synced(work, false, &[("/a", &[b])], &["/c"])],
                after(702),
            )
            .await
            .expect("kept");
        assert_eq!(busy(house, id).await, [b]);
        // It fails: what was known stays.
        house
            .store
            .sync_failed(&claimed, "gone", true, after(703))
            .await
            .expect("noted");
        assert_eq!(busy(house, id).await, [b]);
        house
            .store
            .synced(&claimed, &[synced(work, true, &[], &[])], after(704))
            .await
            .expect("kept");
        assert_eq!(busy(house, id).await, []);
    });
}

// O-06: a meeting that moved is seen and told; one that stayed is neither written nor told again.
#[test]
fn only_what_moved_is_told() {
    everywhere(async |house| {
        let (id, _, link) = agent(house).await;
        let work = calendar(&link, "Work");
        let (a, b, c) = (span(0, 10), span(20, 30), span(60, 70));
        let claimed = claim(house, 0).await.remove(0);
        let mut watch = house.store.changes();
        let rounds: [&[(&str, &[Span])]; 4] = [
            &[("/a", &[a]), ("/b", &[b])],
            &[("/a", &[a]), ("/b", &[b])],
            &[("/a", &[a]), ("/b", &[c])],
            &[("/a", &[a])],
        ];
        for busy in rounds {
            let all = [synced(work, true, busy, &[])];
            house
                .store
                .synced(&claimed, &all, after(1))
                .await
                .expect("kept");
        }
        // The first, the third and the fourth; then somebody else's change.
        house.office("Bruges").await;
        for _ in 0..4 {
            let told = tokio::time::timeout(std::time::Duration::from_secs(20), watch.recv()).await;
            assert_eq!(
                told.expect("told in time").expect("a change"),
                house.organisation
            );
        }
        assert!(watch.is_empty(), "nothing is told of what stayed");
        assert_eq!(busy(house, id).await, [a]);
    });
}

// O-06: last sync and failures are shown, and the owner and their manager are told once.
#[test]
fn a_failure_is_told_once_and_tried_later_and_later() {
    everywhere(async |house| {
        let (id, ghent, _) = agent(house).await;
        let manager = [place(ghent, &[Role::OfficeManager])];
        house.holder("max@x.example", "Max Dupont", &manager).await;
        let bruges = house.office("Bruges").await;
        let stranger = [place(bruges, &[Role::OfficeManager])];
        house.holder("kim@x.example", "Kim Vos", &stranger).await;
        house.mails().await;
        let told = async || {
            let failing = |message: Message| match message {
                Message::CalendarFailing {
                    to,
                    whose,
                    calendar,
                    failure,
                    ..
                } => {
                    assert_eq!(calendar, "dav.secret.example");
                    Some((to.as_str().to_owned(), whose, failure))
                }
                _ => None,
            };
            let mut told: Vec<_> = house
                .mails()
                .await
                .into_iter()
                .filter_map(failing)
                .collect();
            told.sort();
            told
        };
        let mut clock = 0;
        for pause in [60, 240, 960] {
            let claimed = claim(house, clock).await.remove(0);
            assert_eq!(told().await, []);
            house
                .store
                .sync_failed(&claimed, "timed_out", false, after(clock))
                .await
                .expect("noted");
            assert!(claim(house, clock + pause - 1).await.is_empty());
            clock += pause;
        }
        let both = [
            (
                "max@x.example".to_owned(),
                Some("Noor Maes".to_owned()),
                "timed_out".to_owned(),
            ),
            ("noor@x.example".to_owned(), None, "timed_out".to_owned()),
        ];
        assert_eq!(told().await, both);
        let link = links(house, id).await.remove(0);
        assert_eq!(link.failing_since, Some(noon()));
        assert_eq!(link.failure.as_deref(), Some("timed_out"));
        let claimed = claim(house, clock).await.remove(0);
        house
            .store
            .sync_failed(&claimed, "unauthorized", true, after(clock))
            .await
            .expect("noted");
        assert_eq!(told().await, []);
        let claimed = claim(house, clock + 5_000).await.remove(0);
        house
            .store
            .synced(&claimed, &[], after(clock + 5_000))
            .await
            .expect("kept");
        let link = links(house, id).await.remove(0);
        assert_eq!((link.failing_since, link.failure), (None, None));
        assert_eq!(link.synced_at, Some(after(clock + 5_000)));
        // A refused password is told at once.
        let claimed = claim(house, clock + 9_000).await.remove(0);
        house
            .store
            .sync_failed(&claimed, "unauthorized", true, after(clock + 9_000))
            .await
            .expect("noted");
        assert_eq!(told().await.len(), 2);
    });
}

// O-06: copies are missing, old, or too many, as appointments and switches change.
#[test]
fn copies_follow_appointments() {
    everywhere(async |house| {
        let (id, _, link) = agent(house).await;
        let claimed = claim(house, 0).await.remove(0);
        house
            .store
            .synced(&claimed, &[], noon())
            .await
            .expect("kept");
        let old = async || {
            house
                .read()
                .await
                .links_with_old_copies(after(1))
                .await
                .expect("read")
        };
        let booked = book(house, id, 2, 3_600).await;
        book(house, id, 4, 3_600).await;
        book(house, id, 2, -9_999).await;
        assert_eq!(old().await, [], "while no calendar gets copies");
        switch(house, id, "Work", true, true).await;
        assert_eq!(old().await, [link.id]);
        let agenda = house.read().await.agenda(id, after(1)).await.expect("read");
        assert_eq!(agenda.iter().map(|a| a.id).collect::<Vec<_>>(), [booked]);
        let copied = Copied {
            calendar: calendar(&link, "Work"),
            appointment: booked,
            href: "/a.ics".into(),
            etag: None,
            version: Version(1),
        };
        house
            .store
            .copied(house.organisation, &copied)
            .await
            .expect("noted");
        assert_eq!(old().await, []);
        let there = house
            .read()
            .await
            .copies_in(link.id, after(1))
            .await
            .expect("read");
        assert_eq!(there, std::slice::from_ref(&copied));
        house
            .raw()
            .await
            .run("UPDATE appointment SET version = 2")
            .await;
        assert_eq!(old().await, [link.id], "another version stands there");
        let copied = Copied {
            version: Version(2),
            etag: Some("e".into()),
            ..copied
        };
        house
            .store
            .copied(house.organisation, &copied)
            .await
            .expect("noted");
        assert_eq!(old().await, []);
        house
            .raw()
            .await
            .run("UPDATE appointment SET state = 4")
            .await;
        assert_eq!(old().await, [link.id], "a cancelled one stands there");
        house
            .store
            .uncopied(house.organisation, &copied)
            .await
            .expect("noted");
        assert_eq!(old().await, []);
        house
            .raw()
            .await
            .run("UPDATE appointment SET state = 2")
            .await;
        house
            .store
            .copied(house.organisation, &copied)
            .await
            .expect("noted");
        switch(house, id, "Work", false, true).await;
        assert_eq!(old().await, [link.id], "a calendar that gets none any more");
        house
            .store
            .calendars_are_due(house.organisation, &[link.id], after(1))
            .await
            .expect("due");
        assert_eq!(claim(house, 1).await.len(), 1);
        assert_eq!(old().await, [], "while it is claimed");
    });
}

// O-06: our own copies never block themselves; those of others do.
#[test]
fn our_appointments_are_known() {
    everywhere(async |house| {
        let (id, ..) = agent(house).await;
        let ours = book(house, id, 2, 3_600).await;
        let others: Vec<_> = (0..60).map(|_| AppointmentId(new_id())).collect();
        let asked: Vec<_> = others.iter().copied().chain([ours]).collect();
        let found = house
            .read()
            .await
            .appointments_among(&asked)
            .await
            .expect("read");
        assert_eq!(found.into_iter().collect::<Vec<_>>(), [ours]);
        let none = house
            .read()
            .await
            .appointments_among(&[])
            .await
            .expect("read");
        assert!(none.is_empty());
        let neighbour = house.neighbour().await;
        let none = neighbour
            .read()
            .await
            .appointments_among(&asked)
            .await
            .expect("read");
        assert!(none.is_empty());
    });
}

// O-06: what is unlinked leaves nothing, also when a server is in the middle of it.
#[test]
fn what_is_unlinked_is_gone() {
    everywhere(async |house| {
        let (id, _, link) = agent(house).await;
        let work = calendar(&link, "Work");
        let claimed = claim(house, 0).await.remove(0);
        let (employee, actor) = (house.get(id).await, house.actor(id).await);
        let unlinked = employee.unlink_calendar(&actor, &link, noon());
        house.apply(unlinked).await.expect("unlinked");
        let late = [synced(work, true, &[("/a", &[span(0, 10)])], &[])];
        house
            .store
            .synced(&claimed, &late, after(1))
            .await
            .expect("nothing to keep");
        house
            .store
            .sync_failed(&claimed, "gone", true, after(1))
            .await
            .expect("nothing to note");
        let copied = Copied {
            calendar: work,
            appointment: AppointmentId(new_id()),
            href: "/a".into(),
            etag: None,
            version: Version(1),
        };
        house
            .store
            .copied(house.organisation, &copied)
            .await
            .expect("nothing to note");
        assert_eq!(busy(house, id).await, []);
        assert_eq!(links(house, id).await, []);
        let rows = "SELECT (SELECT count(*) FROM calendar) + (SELECT count(*) FROM busy) + (SELECT count(*) FROM calendar_copy)";
        assert_eq!(house.raw().await.count(rows).await, 0);
        assert!(
            !house
                .mails()
                .await
                .iter()
                .any(|m| matches!(m, Message::CalendarFailing { .. }))
        );
    });
}

// O-06: a new password for the same account.
#[test]
fn a_new_password_is_tried_at_once() {
    everywhere(async |house| {
        let (id, _, link) = agent(house).await;
        let claimed = claim(house, 0).await.remove(0);
        house
            .store
            .sync_failed(&claimed, "unauthorized", true, noon())
            .await
            .expect("noted");
        let (employee, actor) = (house.get(id).await, house.actor(id).await);
        let new = Access {
            password: "another".into(),
            ..access()
        };
        let renewed = employee.renew_calendar(&actor, &link, new.clone(), after(1));
        house.apply(renewed).await.expect("renewed");
        let claimed = claim(house, 1).await.remove(0);
        assert_eq!((claimed.access, claimed.failures), (Some(new), 0));
    });
}

// O-06: an agent's feed has one address, which can be taken back; only its hash is kept.
#[test]
fn a_feed_has_one_address() {
    everywhere(async |house| {
        let (id, ..) = agent(house).await;
        let make = async || {
            let (employee, actor) = (house.get(id).await, house.actor(id).await);
            house
                .apply(employee.make_feed(&actor, noon()))
                .await
                .expect("made")
        };
        let owner = async |token: &Token| house.read().await.feed_owner(token).await.expect("read");
        let first = make().await;
        assert_eq!(owner(&first).await, Some(id));
        assert!(!house.holds(first.reveal()).await);
        assert_eq!(
            house
                .neighbour()
                .await
                .read()
                .await
                .feed_owner(&first)
                .await
                .expect("read"),
            None
        );
        let second = make().await;
        assert_eq!(
            (owner(&first).await, owner(&second).await),
            (None, Some(id))
        );
        assert_eq!(
            house.read().await.feed_since(id).await.expect("read"),
            Some(noon())
        );
        let ada = house.ada().await;
        house.suspend(&ada, id).await.expect("suspended");
        assert_eq!(owner(&second).await, None);
        house.reactivate(&ada, id).await.expect("active");
        assert_eq!(owner(&second).await, Some(id));
        let ended = house.get(id).await.end_feed(&ada, noon());
        house.apply(ended).await.expect("ended");
        assert_eq!(owner(&second).await, None);
        assert_eq!(house.read().await.feed_since(id).await.expect("read"), None);
    });
}
