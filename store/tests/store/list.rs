//! Lists: every order, every page, every filter.

mod filter;
mod search;
mod visibility;

use crate::cast::*;
use crate::house::{House, everywhere};
use domain::employee::{Draft, NewEmployee};
use domain::fold::fold;
use domain::listing::{Cursor, Page, Place, Query, Sort, Summary};
use domain::{Actor, EmployeeId, Role, Status, Timestamp};

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

// Goal S-1: SQLite keeps the plan of a list, whatever is bound to it (.cargo/config.toml).
#[test]
fn sqlite_is_built_with_stable_plans() {
    everywhere(async |house| {
        if house.is_sqlite() {
            let options = "SELECT compile_options FROM pragma_compile_options";
            let options = house.raw().await.column(options).await;
            assert!(options.contains(&"ENABLE_QPSG".to_owned()), "{options:?}");
        }
    });
}
