//! The chain of the audit trail: whatever is altered is found.

use super::{altered, told};
use crate::house::{Raw, everywhere, in_every_house};

/// Keeps the trail aside, so that it can be put back after each alteration.
async fn keep(raw: &mut Raw) {
    raw.run("CREATE TABLE kept_audit AS SELECT * FROM audit")
        .await;
    raw.run("CREATE TABLE kept_value AS SELECT * FROM audit_value")
        .await;
}

async fn put_back(raw: &mut Raw) {
    for (table, kept) in [("audit_value", "kept_value"), ("audit", "kept_audit")] {
        raw.run(&format!("DELETE FROM {table}")).await;
        raw.run(&format!("INSERT INTO {table} SELECT * FROM {kept}"))
            .await;
    }
}

// E-23: altering any column of any entry, or of any value that stands beside it, is found, and so is
// taking an entry or a value out, or putting one in.
#[test]
fn every_alteration_is_found() {
    everywhere(async |house| {
        told(house).await;
        assert_eq!(altered(house).await, None);
        let mut raw = house.raw().await;
        keep(&mut raw).await;
        let (bytes, id, later) = match house.is_sqlite() {
            true => (
                "x'00'",
                "x'0123456789abcdef0123456789abcdef'",
                "'2031-01-01T00:00:00.000000Z'",
            ),
            false => (
                "'\\x00'::bytea",
                "'01234567-89ab-cdef-0123-456789abcdef'::uuid",
                "'2031-01-01'::timestamptz",
            ),
        };
        let values = [
            ("audit", "organisation", id),
            ("audit", "sequence", "sequence + 1000"),
            ("audit", "at", later),
            ("audit", "event", "'employee.deleted'"),
            ("audit", "author", id),
            ("audit", "author", "NULL"),
            ("audit", "subject_kind", "subject_kind % 3 + 1"),
            ("audit", "subject", id),
            ("audit", "subject", "NULL"),
            ("audit", "version", "COALESCE(version, 0) + 1"),
            ("audit", "version", "NULL"),
            ("audit", "commitment", bytes),
            ("audit", "hash", bytes),
            ("audit_value", "organisation", id),
            ("audit_value", "sequence", "sequence + 1000"),
            ("audit_value", "position", "position + 5"),
            ("audit_value", "person", id),
            ("audit_value", "person", "NULL"),
            ("audit_value", "salt", bytes),
            ("audit_value", "salt", "NULL"),
            ("audit_value", "content", "'[]'"),
            ("audit_value", "content", "NULL"),
            ("audit_value", "content", "NULL, salt = NULL"),
            ("audit_value", "digest", bytes),
        ];
        let last = raw.count("SELECT max(sequence) FROM audit").await;
        for (table, column, value) in values {
            let mut altering = 0;
            for sequence in 1..=last {
                if (table, column, sequence) == ("audit", "organisation", last) {
                    continue; // the end cut off: see below
                }
                let differs = match column {
                    "content" | "salt" | "digest" | "hash" | "commitment" | "organisation" => {
                        String::new()
                    }
                    _ => format!(" AND {column} IS DISTINCT FROM {value}"),
                };
                let sql = format!(
                    "UPDATE {table} SET {column} = {value} WHERE sequence = {sequence}{differs}"
                );
                if raw.run(&sql).await == 0 {
                    continue;
                }
                altering += 1;
                assert!(altered(house).await.is_some(), "{sql}");
                put_back(&mut raw).await;
            }
            assert!(altering > 0, "nothing to alter in {table}.{column}");
        }
        for sequence in 1..last {
            raw.run(&format!(
                "DELETE FROM audit_value WHERE sequence = {sequence}"
            ))
            .await;
            raw.run(&format!("DELETE FROM audit WHERE sequence = {sequence}"))
                .await;
            assert_eq!(
                altered(house).await,
                Some(sequence + 1),
                "an entry taken out"
            );
            put_back(&mut raw).await;
        }
        let with_value = "SELECT min(sequence) FROM audit_value";
        let sequence = raw.count(with_value).await;
        raw.run(&format!(
            "DELETE FROM audit_value WHERE sequence = {sequence}"
        ))
        .await;
        assert_eq!(altered(house).await, Some(sequence), "a value taken out");
        put_back(&mut raw).await;
        let more = format!(
            "INSERT INTO audit_value SELECT organisation, sequence, 7, person, salt, content, digest
             FROM kept_value WHERE sequence = {sequence} AND position = 0"
        );
        raw.run(&more).await;
        assert_eq!(altered(house).await, Some(sequence), "a value put in");
        put_back(&mut raw).await;
        assert_eq!(altered(house).await, None);
        raw.run("DROP TABLE kept_audit").await;
        raw.run("DROP TABLE kept_value").await;
    });
}

// E-23: the whole trail of one organisation does not pass for another's.
#[test]
fn a_trail_is_of_its_organisation() {
    in_every_house(async |house| {
        told(house).await;
        let next = house.neighbour().await;
        let mut raw = house.raw().await;
        for table in ["audit", "audit_value"] {
            let other = format!(
                "(SELECT id FROM organisation WHERE host = '{}.example')",
                next.organisation
            );
            let one = format!(
                "(SELECT id FROM organisation WHERE host = '{}.example')",
                house.organisation
            );
            raw.run(&format!("DELETE FROM {table} WHERE organisation = {other}"))
                .await;
            raw.run(&format!(
                "UPDATE {table} SET organisation = {other} WHERE organisation = {one}"
            ))
            .await;
        }
        assert_eq!(altered(&next).await, Some(1));
    });
}

// E-23: cutting off the end of the trail is noticed where it says less than the employees do.
#[test]
fn a_trail_that_was_cut_off_is_noticed() {
    in_every_house(async |house| {
        told(house).await;
        let mut raw = house.raw().await;
        let last = raw.count("SELECT max(sequence) FROM audit").await;
        for table in ["audit_value", "audit"] {
            raw.run(&format!("DELETE FROM {table} WHERE sequence = {last}"))
                .await;
        }
        assert_eq!(
            house.findings().await,
            ["1 employees whose last change is not in the audit trail"]
        );
    });
}
