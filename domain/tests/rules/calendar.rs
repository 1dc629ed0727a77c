//! Linked calendars and feeds.

use crate::cast::*;
use domain::calendar::{Access, Calendar, CalendarLinked, Found, Kind, LINKS_MAX, Link};
use domain::{CalendarId, CalendarLinkId, Employee, EmployeeId, Refusal};
use uuid::Uuid;

const LINK: CalendarLinkId = CalendarLinkId(Uuid::from_u128(70));
const WORK: CalendarId = CalendarId(Uuid::from_u128(71));

fn access() -> Access {
    Access {
        address: "https://dav.example.org/".into(),
        user: "kim".into(),
        password: "secret".into(),
    }
}

fn linked(employee: EmployeeId) -> CalendarLinked {
    CalendarLinked {
        id: LINK,
        employee,
        kind: Kind::Account,
        name: "dav.example.org".into(),
        access: access(),
        calendars: vec![Found {
            id: WORK,
            name: "Work".into(),
            address: "https://dav.example.org/work/".into(),
            writable: true,
        }],
    }
}

fn link(employee: EmployeeId, writable: bool) -> Link {
    Link {
        id: LINK,
        employee,
        kind: Kind::Account,
        name: "dav.example.org".into(),
        failing_since: None,
        failure: None,
        synced_at: None,
        calendars: vec![Calendar {
            id: WORK,
            name: "Work".into(),
            writable,
            copies: false,
            blocks: true,
        }],
    }
}

fn link_by(by: Somebody, whose: &Employee) -> Option<Refusal> {
    let change = linked(whose.id);
    whose
        .link_calendar(&by.asks(), 0, change, AT)
        .map(drop)
        .err()
}

// O-06, section 8: everybody links their own calendars, nobody those of somebody else.
#[test]
fn a_calendar_is_linked_by_its_owner() {
    let agent = kim().known();
    assert_eq!(link_by(kim(), &agent), None);
    for by in [ada(), max()] {
        assert_eq!(link_by(by, &agent), Some(Refusal::Forbidden));
    }
    assert_eq!(link_by(somebody(9), &agent), Some(Refusal::NotFound));
    assert_eq!(link_by(ada(), &ada().known()), None);
    let other = linked(ada().known().id);
    let refused = agent.link_calendar(&kim().asks(), 0, other, AT).map(drop);
    assert_eq!(refused, Err(Refusal::NotFound));
}

// O-06
#[test]
fn there_are_not_too_many_links_and_none_to_nothing() {
    let agent = kim().known();
    let full = agent.link_calendar(&kim().asks(), LINKS_MAX, linked(agent.id), AT);
    assert!(matches!(full, Err(Refusal::Invalid(_))));
    let mut nothing = linked(agent.id);
    nothing.calendars.clear();
    let nothing = agent.link_calendar(&kim().asks(), 0, nothing, AT);
    assert!(matches!(nothing, Err(Refusal::Invalid(_))));
}

// O-06, section 8: switched and unlinked by its owner, the managers of their offices, Administrators.
#[test]
fn a_calendar_is_switched_by_those_who_plan() {
    let agent = kim().known();
    let switch = |by: Somebody| {
        let (by, link) = (by.asks(), link(agent.id, true));
        let switched = agent.switch_calendar(&by, &link, WORK, true, false, AT);
        let unlinked = agent.unlink_calendar(&by, &link, AT).map(drop);
        let synced = agent.may_sync_calendar(&by, &link);
        let ended = agent.end_feed(&by, AT).map(drop);
        let refusals = [switched.map(drop), unlinked, synced, ended];
        assert!(refusals.windows(2).all(|pair| pair[0] == pair[1]));
        refusals[0].clone().err()
    };
    for by in [kim(), max(), ada()] {
        assert_eq!(switch(by), None);
    }
    assert_eq!(switch(somebody(9)), Some(Refusal::NotFound));
    let foreign = link(ada().known().id, true);
    let refused = agent.switch_calendar(&kim().asks(), &foreign, WORK, true, false, AT);
    assert_eq!(refused.map(drop), Err(Refusal::NotFound));
    let refused = agent.unlink_calendar(&kim().asks(), &foreign, AT).map(drop);
    assert_eq!(refused, Err(Refusal::NotFound));
    let unknown = CalendarId(Uuid::from_u128(99));
    let refused = agent.switch_calendar(
        &kim().asks(),
        &link(agent.id, true),
        unknown,
        true,
        false,
        AT,
    );
    assert_eq!(refused.map(drop), Err(Refusal::NotFound));
}

// O-06: nothing changed is nothing written, and nothing is written where one may only read.
#[test]
fn switches_that_stay_are_not_written() {
    let agent = kim().known();
    let switch = |writable, copies, blocks| {
        let switched = agent.switch_calendar(
            &kim().asks(),
            &link(agent.id, writable),
            WORK,
            copies,
            blocks,
            AT,
        );
        switched
            .expect("allowed")
            .map(|change| (change.copies, change.blocks))
    };
    assert_eq!(switch(true, false, true), None);
    assert_eq!(switch(true, true, true), Some((true, true)));
    assert_eq!(switch(false, true, true), None);
    assert_eq!(switch(false, true, false), Some((false, false)));
}

// O-06: whoever knows the address sees the appointments, so only its owner makes one.
#[test]
fn a_feed_is_made_by_its_owner() {
    let agent = kim().known();
    let make = |by: Somebody| agent.make_feed(&by.asks(), AT).map(drop).err();
    assert_eq!(make(kim()), None);
    assert_eq!(make(max()), Some(Refusal::Forbidden));
    assert_eq!(make(ada()), Some(Refusal::Forbidden));
    assert_eq!(make(somebody(9)), Some(Refusal::NotFound));
}

// O-06: secrets are shown nowhere.
#[test]
fn a_secret_is_not_shown() {
    let shown = format!("{:?}", linked(kim().known().id));
    assert!(!shown.contains("secret") && !shown.contains("https://dav.example.org/\""));
}
