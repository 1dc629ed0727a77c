//! Searching a list, from the database and from the names in memory.

use super::{ids, named, sixty, walk};
use crate::cast::*;
use crate::house::everywhere;
use domain::EmployeeId;
use domain::employee::Draft;
use domain::listing::{Query, Sort};

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
