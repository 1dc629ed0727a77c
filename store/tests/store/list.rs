//! Lists: every order, every page, every filter, and nobody whom the asker may not see.

use crate::cast::*;
use crate::house::{House, everywhere};
use domain::employee::{Draft, NewEmployee, Wish};
use domain::fold::fold;
use domain::listing::{Cursor, Page, Place, Query, Sort, Summary};
use domain::{Action, Actor, EmployeeId, OfficeId, Role, Roles, Status, Timestamp};
use std::collections::BTreeSet;

/// Somebody as the list should show them.
#[derive(Clone, Debug)]
struct Expected {
    id: EmployeeId,
    name: String,
    email: String,
    status: Status,
    seen: Option<Timestamp>,
}

impl Expected {
    /// What the order compares, without the database.
    fn key(&self, sort: Sort) -> (i32, String, Option<Timestamp>) {
        let name = if self.name.is_empty() {
            &self.email
        } else {
            &self.name
        };
        match sort {
            Sort::Name => (0, fold(name), None),
            Sort::Email => (0, fold(&self.email), None),
            Sort::Status => (self.status.bit(), fold(name), None),
            Sort::LastSeen => (0, String::new(), self.seen),
        }
    }
}

/// Sixty people and the owner, with names that tie, sort by accents, or are missing, in every
/// status, some never seen and some at the same moment.
async fn sixty(house: &House) -> Vec<Expected> {
    let names = [
        "Ada Claes",
        "ada claes",
        "Élodie Maes",
        "Elodie Maes",
        "Zoë Øst",
        "",
        "Łukasz Weiß",
        "陳 美玲",
        "Zara",
        "Ada Claes",
        "_ Under",
        "100% Sure",
        "Back\\Slash",
        "~Tilde~ Wave",
        "Ａｄａ Wide",
    ];
    let mut people = Vec::new();
    let mut write = house.write().await;
    for number in 0..60_usize {
        let id = EmployeeId(store::new_id());
        let name = names[number % names.len()];
        let (first, last) = name.split_once(' ').unwrap_or((name, ""));
        // Emails in another order than the names.
        let email = format!(
            "p{:02}{}@x.example",
            number * 37 % 60,
            ["", "É", "-b"][number % 3]
        );
        let draft = Draft {
            first_name: Some(first.into()),
            last_name: Some(last.into()),
            external_id: Some(format!("S-{number}")),
            ..Draft::default()
        };
        let bypass_activation = number % 2 == 0;
        let new = NewEmployee {
            email: email.clone(),
            draft,
            bypass_activation,
            ..NewEmployee::default()
        };
        let created = domain::employee::Created::allow(&house.system(), id, &new, "BE", noon());
        write
            .apply(created.expect("allowed"))
            .await
            .expect("created");
        let mut status = if bypass_activation {
            Status::Active
        } else {
            Status::Pending
        };
        if number % 5 == 0 {
            let employee = write.employee(id).await.expect("read").expect("there");
            let suspended = employee
                .suspend(&house.system(), 1, noon())
                .expect("allowed");
            write.apply(suspended).await.expect("suspended");
            status = Status::Suspended;
        }
        let name = format!("{first} {last}").trim().to_owned();
        people.push(Expected {
            id,
            name,
            email,
            status,
            seen: None,
        });
    }
    write.commit().await.expect("committed");
    let session = domain::SessionId(store::new_id());
    for (number, person) in people
        .iter_mut()
        .enumerate()
        .filter(|(number, _)| number % 4 == 0)
    {
        let at = after(number as i64 % 7 * 100);
        house
            .store
            .seen(house.organisation, session, person.id, at)
            .await
            .expect("noted");
        person.seen = Some(at);
    }
    let owner = house.get(house.owner).await;
    people.push(Expected {
        id: owner.id,
        name: owner.profile.name(),
        email: owner.email.to_string(),
        status: owner.status,
        seen: owner.last_seen_at,
    });
    people
}

fn ids(page: &Page) -> Vec<EmployeeId> {
    page.rows.iter().map(|row| row.id).collect()
}

/// As it comes back from an address.
fn through_an_address(row: Option<&Summary>) -> Cursor {
    let text = row.expect("a row").cursor.to_text();
    Cursor::from_text(&text).unwrap_or_else(|| panic!("{text}"))
}

/// Walks a list to its end and back, and gives everybody in order.
async fn walk(house: &House, by: &Actor, query: &Query) -> Vec<EmployeeId> {
    let mut query = Query {
        place: Place::Start,
        ..query.clone()
    };
    let mut pages: Vec<Vec<EmployeeId>> = Vec::new();
    loop {
        let page = house.list(by, &query).await;
        assert_eq!(
            page.before,
            !pages.is_empty(),
            "before page {}",
            pages.len()
        );
        pages.push(ids(&page));
        if !page.after {
            let mut last = page;
            for expected in pages.iter().rev().skip(1) {
                query.place = Place::Before(through_an_address(last.rows.first()));
                last = house.list(by, &query).await;
                assert_eq!(&ids(&last), expected, "the same page on the way back");
                assert!(last.after);
            }
            assert!(!last.before, "nothing is before the first page");
            break;
        }
        query.place = Place::After(through_an_address(page.rows.last()));
    }
    assert!(
        pages[..pages.len() - 1]
            .iter()
            .all(|page| page.len() == query.rows() as usize)
    );
    pages.concat()
}

// E-05: every sort in both directions; paging forward and backward visits everyone exactly once,
// in the same order on both databases, accents and ties included.
#[test]
fn paging_visits_everyone_once_in_order() {
    everywhere(async |house| {
        let people = sixty(house).await;
        let ada = house.ada().await;
        for sort in Sort::ALL {
            for descending in [false, true] {
                let mut expected = people.clone();
                expected.sort_by_key(|person| (person.key(sort), person.id));
                if descending {
                    expected.reverse();
                }
                let expected: Vec<EmployeeId> = expected.iter().map(|person| person.id).collect();
                let query = Query {
                    sort,
                    descending,
                    ..Query::default()
                };
                assert_eq!(
                    walk(house, &ada, &query).await,
                    expected,
                    "{sort:?} {descending}"
                );
            }
        }
    });
}

// E-03, E-05: the same holds for a search, the first time and once the names are in memory.
#[test]
fn paging_a_search_visits_every_match_once() {
    everywhere(async |house| {
        let people = sixty(house).await;
        let ada = house.ada().await;
        for descending in [false, true] {
            let mut expected = people.clone();
            expected.retain(|person| person.email.ends_with("@x.example"));
            expected.sort_by_key(|person| (person.key(Sort::Name), person.id));
            if descending {
                expected.reverse();
            }
            let expected: Vec<EmployeeId> = expected.iter().map(|person| person.id).collect();
            let query = Query {
                search: "@X.éxample".into(),
                descending,
                ..Query::default()
            };
            for _ in 0..3 {
                assert_eq!(walk(house, &ada, &query).await, expected);
            }
        }
    });
}

// E-02: a row shows name, or email while there is no name, email, status, roles, offices.
#[test]
fn a_row_shows_what_it_promises() {
    everywhere(async |house| {
        let (ghent, antwerp) = (house.office("Ghent").await, house.office("antwerp").await);
        let places = [
            place(ghent, &[Role::Agent]),
            place(antwerp, &[Role::OfficeManager]),
        ];
        let sam = house.holder("Sam@x.example", "Sam Peeters", &places).await;
        let new = NewEmployee {
            email: "new@x.example".into(),
            roles: roles(&[Role::Agent, Role::Administrator]),
            ..NewEmployee::default()
        };
        let new = house.create(&house.system(), new).await.expect("created");
        let page = house.list(&house.ada().await, &Query::default()).await;
        let row = |id| page.rows.iter().find(|row| row.id == id).expect("listed");
        assert_eq!(
            (row(sam).name.as_str(), row(sam).email.as_str()),
            ("Sam Peeters", "Sam@x.example")
        );
        assert_eq!(
            (row(sam).status, &row(sam).offices[..]),
            (Status::Active, &["antwerp".into(), "Ghent".into()][..])
        );
        assert_eq!(row(sam).roles, roles(&[Role::Agent, Role::OfficeManager]));
        assert_eq!(
            (row(new).name.as_str(), row(new).status),
            ("new@x.example", Status::Pending)
        );
        assert_eq!(
            row(new).roles,
            roles(&[Role::Agent, Role::Administrator]),
            "held or wanted"
        );
        assert!(row(new).offices.is_empty());
        assert_eq!(
            (page.count, page.bounded, page.before, page.after),
            (3, false, false, false)
        );
    });
}

async fn named(house: &House, by: &Actor, query: &Query) -> Vec<String> {
    let page = house.list(by, query).await;
    assert_eq!(
        (page.count, page.bounded),
        (page.rows.len() as i64, false),
        "{query:?}"
    );
    page.rows.into_iter().map(|row| row.name).collect()
}

// E-03, case 2: any part of name or email, without regard to case or accents; who has no name is
// found by email; and what means something to LIKE means itself.
#[test]
fn a_search_finds_any_part_of_name_or_email() {
    everywhere(async |house| {
        sixty(house).await;
        house.pending("nameless@pending.example").await;
        let long = "x".repeat(60_000);
        let ada = house.ada().await;
        for round in 0..3 {
            let finds = async |search: &str| {
                let query = Query {
                    search: search.into(),
                    size: Some(100),
                    ..Query::default()
                };
                let mut names = named(house, &ada, &query).await;
                names.dedup();
                names
            };
            let elodie = finds("ELODIE").await;
            assert!(
                elodie.contains(&"Élodie Maes".into()) && elodie.contains(&"Elodie Maes".into())
            );
            assert_eq!(elodie, finds("élo").await);
            assert_eq!(
                finds("lukasz weiss").await,
                ["Łukasz Weiß"],
                "round {round}"
            );
            assert_eq!(finds("øst").await, ["Zoë Øst"]);
            assert_eq!(finds("美").await, ["陳 美玲"]);
            assert_eq!(
                finds(" nameless@PENDING ").await,
                ["nameless@pending.example"]
            );
            assert_eq!(finds("%").await, ["100% Sure"]);
            assert_eq!(finds("_").await, ["_ Under"]);
            assert_eq!(finds("\\").await, ["Back\\Slash"]);
            assert_eq!(finds("k\\s").await, ["Back\\Slash"]);
            for nothing in [
                "0%s",
                "%%",
                "a_a",
                "' OR '1'='1",
                "k\\\\s",
                &long,
                "zara p99",
            ] {
                assert_eq!(finds(nothing).await, [""; 0], "{nothing:.20}");
            }
            let everybody = house
                .list(
                    &ada,
                    &Query {
                        size: Some(100),
                        ..Query::default()
                    },
                )
                .await;
            for everything in ["", "   ", "\0", "\u{301}", "\t\n"] {
                let query = Query {
                    search: everything.into(),
                    size: Some(100),
                    ..Query::default()
                };
                assert_eq!(
                    ids(&house.list(&ada, &query).await),
                    ids(&everybody),
                    "{everything:?}"
                );
            }
        }
    });
}

// E-03: a search finds what was committed a moment ago, under its new name, and nobody who is gone.
#[test]
fn a_search_sees_what_was_just_committed() {
    everywhere(async |house| {
        sixty(house).await;
        let ada = house.ada().await;
        let finds = async |search: &str| {
            named(
                house,
                &ada,
                &Query {
                    search: search.into(),
                    ..Query::default()
                },
            )
            .await
        };
        for _ in 0..3 {
            assert_eq!(finds("quill").await, [""; 0]);
        }
        let id = house.active("quill@x.example", "Finn Feather").await;
        assert_eq!(finds("quill").await, ["Finn Feather"]);
        let draft = Draft {
            last_name: Some("Quillon".into()),
            ..Draft::default()
        };
        let revised = house
            .get(id)
            .await
            .revise(&ada, &draft, "BE", noon())
            .expect("allowed");
        let mut write = house.write().await;
        write
            .apply(revised.expect("a change"))
            .await
            .expect("written");
        drop(write);
        assert_eq!(
            finds("quillon").await,
            [""; 0],
            "what was not committed is not found"
        );
        let revised = house
            .get(id)
            .await
            .revise(&ada, &draft, "BE", noon())
            .expect("allowed");
        let mut write = house.write().await;
        write
            .apply(revised.expect("a change"))
            .await
            .expect("written");
        write.commit().await.expect("committed");
        assert_eq!(finds("quillon").await, ["Finn Quillon"]);
        assert_eq!(finds("feather").await, [""; 0]);
        house.delete(&ada, id).await.expect("deleted");
        assert_eq!(finds("quill").await, [""; 0]);
    });
}

// E-04: by role, by status, by office, each of several values, and together with a search.
#[test]
fn filters_narrow_the_list() {
    everywhere(async |house| {
        let (ghent, antwerp) = (house.office("Ghent").await, house.office("Antwerp").await);
        house
            .holder(
                "a@x.example",
                "Agent Ghent",
                &[place(ghent, &[Role::Agent])],
            )
            .await;
        house
            .holder(
                "b@x.example",
                "Both Ghent",
                &[place(ghent, &[Role::Agent, Role::OfficeManager])],
            )
            .await;
        house
            .holder(
                "c@x.example",
                "Chief Antwerp",
                &[place(antwerp, &[Role::OfficeManager])],
            )
            .await;
        let gone = house
            .holder(
                "d@x.example",
                "Dropped Agent",
                &[place(antwerp, &[Role::Agent])],
            )
            .await;
        house
            .suspend(&house.system(), gone)
            .await
            .expect("suspended");
        house.pending("e@x.example").await;
        let ada = house.ada().await;
        let of =
            |roles: &[Role], status: &[Status], office: Option<OfficeId>, search: &str| Query {
                roles: roles.iter().copied().collect(),
                status: status.to_vec(),
                office,
                search: search.into(),
                ..Query::default()
            };
        use Role::{Administrator, Agent, OfficeManager as Manager};
        use Status::{Active, Pending, Suspended};
        for (query, expected) in [
            (
                of(&[Agent], &[], None, ""),
                &["Agent Ghent", "Both Ghent", "Dropped Agent"][..],
            ),
            (
                of(&[Manager], &[], None, ""),
                &["Both Ghent", "Chief Antwerp"],
            ),
            (of(&[Administrator], &[], None, ""), &["Olga Owner"]),
            (
                of(&[Agent, Manager], &[], None, ""),
                &[
                    "Agent Ghent",
                    "Both Ghent",
                    "Chief Antwerp",
                    "Dropped Agent",
                ],
            ),
            (of(&[], &[Pending], None, ""), &["e@x.example"]),
            (
                of(&[], &[Pending, Suspended], None, ""),
                &["Dropped Agent", "e@x.example"],
            ),
            (
                of(&[Agent], &[Active], None, ""),
                &["Agent Ghent", "Both Ghent"],
            ),
            (
                of(&[], &[], Some(ghent), ""),
                &["Agent Ghent", "Both Ghent"],
            ),
            (
                of(&[Agent], &[Suspended], Some(antwerp), ""),
                &["Dropped Agent"],
            ),
            (
                of(&[Agent], &[], None, "ghent"),
                &["Agent Ghent", "Both Ghent"],
            ),
            (
                of(&[Manager], &[Active], Some(ghent), "BOTH"),
                &["Both Ghent"],
            ),
            (of(&[Administrator], &[Pending], None, ""), &[]),
            (of(&[], &[], Some(OfficeId(store::new_id())), ""), &[]),
        ] {
            for _ in 0..2 {
                assert_eq!(named(house, &ada, &query).await, expected, "{query:?}");
            }
        }
    });
}

// E-05: matches are counted exactly to 1,000, then "1,000+"; the total is always exact.
#[test]
fn counts_are_exact_to_a_thousand() {
    everywhere(async |house| {
        let mut write = house.write().await;
        for number in 0..1_001 {
            let id = EmployeeId(store::new_id());
            let email = format!(
                "p{number}@{}.example",
                if number < 1_000 { "many" } else { "other" }
            );
            let new = NewEmployee {
                email,
                ..NewEmployee::default()
            };
            let created = domain::employee::Created::allow(&house.system(), id, &new, "BE", noon());
            write
                .apply(created.expect("allowed"))
                .await
                .expect("created");
        }
        write.commit().await.expect("committed");
        let ada = house.ada().await;
        for _ in 0..3 {
            for (search, count) in [
                ("", (1_002, false)),
                ("@many", (1_000, false)),
                (".example", (1_000, true)),
                ("p99", (11, false)),
            ] {
                let query = Query {
                    search: search.into(),
                    ..Query::default()
                };
                let page = house.list(&ada, &query).await;
                assert_eq!((page.count, page.bounded), count, "{search}");
            }
            let pending = Query {
                status: vec![Status::Pending],
                ..Query::default()
            };
            let page = house.list(&ada, &pending).await;
            assert_eq!((page.count, page.bounded), (1_000, true));
        }
    });
}

/// Everybody there can be: each mixture of roles in three offices, and some of them
/// Administrators; each as somebody who asks as well.
async fn everybody(house: &House) -> (Vec<EmployeeId>, [OfficeId; 3]) {
    let offices = [
        house.office("Ghent").await,
        house.office("Antwerp").await,
        house.office("Bruges").await,
    ];
    let mut write = house.write().await;
    let mut all = Vec::new();
    for bits in 0..64_i32 {
        let id = EmployeeId(store::new_id());
        let draft = Draft {
            external_id: Some(format!("S-{bits}")),
            ..Draft::default()
        };
        let new = NewEmployee {
            email: format!("p{bits:02}@x.example"),
            draft,
            bypass_activation: true,
            ..NewEmployee::default()
        };
        let system = house.system();
        let created = domain::employee::Created::allow(&system, id, &new, "BE", noon());
        write
            .apply(created.expect("allowed"))
            .await
            .expect("created");
        let places = offices
            .iter()
            .enumerate()
            .map(|(at, office)| domain::Place {
                office: *office,
                roles: Roles(bits >> (2 * at) & 3),
            });
        let wanted = Some(roles(&[Role::Agent, Role::OfficeManager]));
        let wish = Wish {
            places: places.collect(),
            administrator: Some(bits % 9 == 4),
            wanted,
        };
        let employee = write.employee(id).await.expect("read").expect("there");
        let assigned = employee.assign(&system, &wish, 1, noon()).expect("allowed");
        if let Some(assigned) = assigned {
            write.apply(assigned).await.expect("assigned");
        }
        all.push(id);
    }
    write.commit().await.expect("committed");
    all.push(house.owner);
    (all, offices)
}

// Section 8: whoever asks, with whatever filter, the list has exactly those whom `may` lets them
// view, and of each only the offices and roles that `view` shows.
#[test]
fn a_list_shows_exactly_what_one_may_view() {
    everywhere(async |house| {
        let (all, offices) = everybody(house).await;
        let mut people = Vec::new();
        for id in &all {
            people.push(house.get(*id).await);
        }
        let names = ["Ghent", "Antwerp", "Bruges"];
        // Also of oneself a manager finds in this list only what concerns the offices managed.
        let part = |actor: &Actor, e: &domain::Employee| {
            let mut view = actor.view(e).expect("seen");
            let manages = actor.managed().next().is_some();
            if manages && !actor.reaches_all(Action::ViewEmployee) {
                view.places.retain(|place| actor.manages(place.office));
                view.wanted = Roles::NONE;
            }
            view
        };
        for id in &all {
            let actor = house.actor(*id).await;
            let whole = Query {
                size: Some(100),
                ..Query::default()
            };
            let page = house.list(&actor, &whole).await;
            let seen: BTreeSet<EmployeeId> = ids(&page).into_iter().collect();
            let visible =
                |e: &&domain::Employee| actor.may(Action::ViewEmployee, e.target()).is_ok();
            let expected: BTreeSet<EmployeeId> =
                people.iter().filter(visible).map(|e| e.id).collect();
            assert_eq!(seen, expected);
            assert_eq!(page.count, expected.len() as i64);
            for row in &page.rows {
                let employee = people.iter().find(|e| e.id == row.id).expect("one of them");
                let view = part(&actor, employee);
                assert_eq!(
                    row.roles,
                    view.roles().and(view.wanted),
                    "{:?}",
                    employee.places
                );
                let mut places: Vec<&str> = view
                    .places
                    .iter()
                    .map(|place| {
                        names[offices
                            .iter()
                            .position(|office| *office == place.office)
                            .expect("an office")]
                    })
                    .collect();
                places.sort_unstable();
                assert_eq!(row.offices, places);
            }
            for (at, office) in offices.iter().enumerate().take(2) {
                let query = Query {
                    office: Some(*office),
                    ..whole.clone()
                };
                let of_office: BTreeSet<EmployeeId> = people
                    .iter()
                    .filter(|e| {
                        visible(e) && part(&actor, e).places.iter().any(|p| p.office == *office)
                    })
                    .map(|e| e.id)
                    .collect();
                let seen: BTreeSet<EmployeeId> =
                    ids(&house.list(&actor, &query).await).into_iter().collect();
                assert_eq!(seen, of_office, "in {}", names[at]);
            }
            for role in Role::ALL {
                let query = Query {
                    roles: roles(&[role]),
                    ..whole.clone()
                };
                let of_role: BTreeSet<EmployeeId> = people
                    .iter()
                    .filter(|e| {
                        visible(e) && {
                            let view = part(&actor, e);
                            view.roles().and(view.wanted).has(role)
                        }
                    })
                    .map(|e| e.id)
                    .collect();
                let seen: BTreeSet<EmployeeId> =
                    ids(&house.list(&actor, &query).await).into_iter().collect();
                assert_eq!(
                    seen, of_role,
                    "filtering by {role:?} tells no more than the column"
                );
            }
            let query = Query {
                search: "p3".into(),
                ..whole.clone()
            };
            let found: BTreeSet<EmployeeId> =
                ids(&house.list(&actor, &query).await).into_iter().collect();
            let matching = people
                .iter()
                .filter(|e| visible(e) && e.email.as_str().contains("p3"));
            assert_eq!(found, matching.map(|e| e.id).collect());
        }
    });
}

// Section 9: a list is of the asker's organisation, whatever the reading is of.
#[test]
fn a_list_is_of_the_askers_organisation() {
    everywhere(async |house| {
        house.pending("ours@x.example").await;
        let next = house.neighbour().await;
        next.pending("theirs@x.example").await;
        let ours = house.ada().await.visibility(Action::ViewEmployee);
        for search in ["", "x.example", "x.example"] {
            let query = Query {
                search: search.into(),
                ..Query::default()
            };
            let page = next
                .read()
                .await
                .employees(ours, &query)
                .await
                .expect("a page");
            let emails: Vec<&str> = page.rows.iter().map(|row| row.email.as_str()).collect();
            assert!(emails.contains(&"ours@x.example") && !emails.contains(&"theirs@x.example"));
        }
    });
}

// E-04: an address that was altered by hand is answered with a list, never with a failure.
#[test]
fn a_cursor_made_by_hand_is_answered_with_a_list() {
    everywhere(async |house| {
        sixty(house).await;
        let ada = house.ada().await;
        let id = store::new_id();
        for key in [
            "",
            "x",
            "~",
            "2 ada",
            "2",
            " ",
            "9999999999 x",
            "\0",
            "é%_\\'",
            "-009999-01-02T01:59:59Z",
            "9999-12-30T22:00:00Z",
            "1969-01-01T00:00:00Z",
            &"x".repeat(5_000),
        ] {
            for sort in Sort::ALL {
                for back in [false, true] {
                    let cursor = Cursor::from_text(&format!("{key}~{id}")).expect("a cursor");
                    let place = if back {
                        Place::Before(cursor)
                    } else {
                        Place::After(cursor)
                    };
                    for search in ["", "x.example"] {
                        let query = Query {
                            sort,
                            place: place.clone(),
                            search: search.into(),
                            ..Query::default()
                        };
                        let page = house.list(&ada, &query).await;
                        assert!(page.rows.len() <= 25, "{key:?} {sort:?}");
                    }
                }
            }
        }
        let unread = Cursor {
            key: "not a time".into(),
            id: EmployeeId(id),
        };
        let query = Query {
            sort: Sort::LastSeen,
            place: Place::Before(unread),
            ..Query::default()
        };
        let (page, start) = (
            house.list(&ada, &query).await,
            Query {
                sort: Sort::LastSeen,
                ..Query::default()
            },
        );
        assert_eq!(
            page,
            house.list(&ada, &start).await,
            "what can't be read is the start"
        );
        for text in ["", "no id", "x~", "~~", "x~not-an-id"] {
            assert_eq!(Cursor::from_text(text), None, "{text}");
        }
    });
}

// E-05: a page has 25, 50 or 100 rows, whatever an address asks for.
#[test]
fn a_page_has_a_usual_size() {
    everywhere(async |house| {
        sixty(house).await;
        let ada = house.ada().await;
        for (size, rows) in [
            (None, 25),
            (Some(25), 25),
            (Some(50), 50),
            (Some(100), 61),
            (Some(0), 25),
            (Some(1_000_000), 25),
        ] {
            let page = house
                .list(
                    &ada,
                    &Query {
                        size,
                        ..Query::default()
                    },
                )
                .await;
            assert_eq!(page.rows.len(), rows, "{size:?}");
        }
    });
}
