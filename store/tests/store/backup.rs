//! Copies of an SQLite database.

use crate::house::{Database, House, everywhere, in_every_house, key};
use store::{Store, backup};

// M-04: a copy taken while the database is served is a whole database of one moment.
#[test]
fn a_copy_is_a_whole_database() {
    everywhere(async |house| {
        let Database::Sqlite(path) = &house.database else {
            return;
        };
        let id = house.active("sam@x.example", "Sam Peeters").await;
        let copy = path.with_file_name("copy.db");
        std::fs::write(&copy, "").expect("an empty file");
        let (one, two) = tokio::join!(
            backup::copy(path, &copy),
            house.active("kim@x.example", "Kim Claes")
        );
        one.expect("copied");
        backup::verify(&copy).await.expect("whole");
        let database = Database::Sqlite(copy);
        let store = Store::open(&database.address(), key(0))
            .await
            .expect("it opens");
        let restored = House {
            store,
            database,
            ..house.same_server()
        };
        assert_eq!(restored.get(id).await, house.get(id).await);
        assert_eq!(restored.findings().await, Vec::<String>::new());
        assert!(house.find(two).await.is_some());
    });
}

// M-04: what is damaged, or no database of Staffroom, is not restored.
#[test]
fn what_is_no_database_is_not_verified() {
    in_every_house(async |house| {
        let Database::Sqlite(path) = &house.database else {
            return;
        };
        let file = path.with_file_name("other.db");
        for content in [
            &b"no database at all, but long enough to look at as if it were one"[..],
            b"",
        ] {
            std::fs::write(&file, content).expect("a file");
            assert!(backup::verify(&file).await.is_err());
        }
        assert!(
            backup::verify(&path.with_file_name("missing.db"))
                .await
                .is_err()
        );
        let mut whole = house.everything().await;
        let middle = whole.len() / 2;
        whole[middle..middle + 4_096].fill(0x5a);
        std::fs::write(&file, whole).expect("a file");
        assert!(backup::verify(&file).await.is_err(), "a damaged page");
    });
}
