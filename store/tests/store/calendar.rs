//! Linked calendars, what they say, their copies, and feeds.

mod claim;
mod copy;
mod feed;
mod sync;

use crate::cast::*;
use crate::house::{House, everywhere};
use domain::availability::Span;
use domain::calendar::{Access, CalendarLinked, Found, Kind, Link};
use domain::{
    AppointmentId, CalendarId, CalendarLinkId, EmployeeId, OfficeId, Role, Timestamp, Version,
};
use store::availability::Whom;
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

/// An agent in Ghent, where there is one subject, who links an account with the calendars Work and Home.
async fn agent(house: &House) -> (EmployeeId, OfficeId, Link) {
    let ghent = house.office("Ghent").await;
    house
        .subject(house.category("Money").await, "Mortgage")
        .await;
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
    busy_within(house, id, span(-1_000_000, 1_000_000)).await
}

/// When calendars say busy, as whoever looks for free times of an agent reads it, in order.
async fn busy_within(house: &House, id: EmployeeId, range: Span) -> Vec<Span> {
    let office = house.get(id).await.places[0].office;
    let mut reading = house.read().await;
    let subject = reading.subjects().await.expect("read")[0].id;
    let cases = reading.cases(office, subject, Whom::One(id), range, None);
    let case = cases.await.expect("read").expect("there").remove(0);
    let mut busy = case.diary.busy;
    busy.sort_by_key(|span| (span.from, span.until));
    busy
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
