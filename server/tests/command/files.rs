//! Backup, restore, and the check of what is kept.

use crate::house::House;
use std::fs::{metadata, read, remove_file, write};
use std::os::unix::fs::PermissionsExt;

// M-04
#[test]
fn a_backup_restores_what_was() {
    let house = House::with_demo();
    house.succeeds(&["backup", "copies/monday.db"]);
    let backup = house.file("copies/monday.db");
    assert_eq!(
        metadata(&backup).unwrap().permissions().mode() & 0o777,
        0o600
    );
    let first = read(&backup).unwrap();
    let complaint = house.fails(&["backup", "copies/monday.db"], 1);
    assert!(complaint.contains("exists already"), "{complaint}");
    assert_eq!(read(&backup).unwrap(), first);

    let complaint = house.fails(&["restore", "copies/monday.db"], 1);
    assert!(complaint.contains("exists already"), "{complaint}");
    remove_file(house.file("staffroom.db")).unwrap();
    write(house.file("staffroom.db-wal"), "left over").unwrap();
    let complaint = house.fails(&["restore", "copies/monday.db"], 1);
    assert!(complaint.contains("in the way"), "{complaint}");
    remove_file(house.file("staffroom.db-wal")).unwrap();
    house.succeeds(&["restore", "copies/monday.db"]);
    assert!(
        house
            .succeeds(&["check"])
            .contains("All is well, in 1 organisation(s)")
    );
    assert!(house.fails(&["demo"], 1).contains("not empty"));
}

// M-04
#[test]
fn what_is_no_backup_is_not_restored() {
    let house = House::new();
    write(house.file("letter.txt"), "no database at all").unwrap();
    for name in ["letter.txt", "absent.db"] {
        let complaint = house.fails(&["restore", name], 1);
        assert!(complaint.contains(name), "{complaint}");
    }
    assert!(!house.file("staffroom.db").exists());
    let complaint = house.fails(&["backup", "copy.db"], 1);
    assert!(complaint.contains("there is no database"), "{complaint}");
    let address = ["--database", "postgres://nobody@localhost/none"];
    let complaint = house.fails(&[&["backup", "copy.db"][..], &address].concat(), 1);
    assert!(complaint.contains("pg_dump"), "{complaint}");
}

// M-04, E-23
#[tokio::test]
async fn a_check_finds_what_was_altered() {
    use sqlx::Connection;
    let house = House::with_demo();
    let address = format!("sqlite:{}", house.file("staffroom.db").display());
    let mut connection = sqlx::SqliteConnection::connect(&address).await.unwrap();
    let alter =
        "UPDATE audit SET author = NULL WHERE sequence = 7; UPDATE organisation SET employees = 9";
    sqlx::raw_sql(alter).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    let findings = house.fails(&["check"], 1);
    assert!(findings.contains("altered at entry 7"), "{findings}");
    assert!(findings.contains("count of employees"), "{findings}");
    assert_eq!(findings.lines().count(), 2, "{findings}");
}
