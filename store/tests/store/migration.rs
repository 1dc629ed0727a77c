//! Migrations, and the shape of what they make.

use crate::house::{Database, House, everywhere, in_every_house, key};
use store::{Error, Store};

// M-04: a database that is up to date is opened again as it is.
#[test]
fn a_database_is_opened_again_as_it_is() {
    everywhere(async |house| {
        let again = house.second_server().await;
        assert!(again.store.is_ready().await);
        let organisations = again.store.organisations().await.expect("the list");
        assert_eq!(organisations.len(), 1);
        assert_eq!(organisations[0].0, house.organisation);
    });
}

// M-04: a database of a newer version is not touched.
#[test]
fn a_database_of_a_newer_version_is_refused() {
    in_every_house(async |house| {
        let sql = "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
             SELECT 9999, 'from the future', success, checksum, 0 FROM _sqlx_migrations WHERE version = 1";
        assert_eq!(house.raw().await.run(sql).await, 1);
        let opened = Store::open(&house.database.address(), key(0)).await;
        assert!(
            matches!(opened, Err(Error::Database(_))),
            "a newer database was opened"
        );
    });
}

// M-04: what is no address of a database stops the start with a sentence.
#[test]
fn what_is_no_address_is_refused() {
    in_every_house(async |_| {
        let opened = Store::open("mysql://x.example/y", key(0)).await;
        let Err(Error::Unreadable(why)) = opened else {
            panic!("it was opened")
        };
        assert!(
            why.contains("sqlite:") && why.contains("postgres://"),
            "{why}"
        );
    });
}

async fn columns(house: &House) -> Vec<String> {
    let sql = match house.database {
        Database::Sqlite(_) => {
            "SELECT t.name || '.' || c.name || CASE WHEN c.\"notnull\" THEN ' NOT NULL' ELSE '' END
             FROM sqlite_master t, pragma_table_info(t.name) c
             WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE '_sqlx%'
             ORDER BY 1"
        }
        Database::Postgres { .. } => {
            "SELECT CAST(table_name || '.' || column_name
                 || CASE WHEN is_nullable = 'NO' THEN ' NOT NULL' ELSE '' END AS text) COLLATE \"C\"
             FROM information_schema.columns
             WHERE table_schema = 'public' AND table_name NOT LIKE '\\_sqlx%'
                 AND table_name IN (SELECT table_name FROM information_schema.tables
                     WHERE table_type = 'BASE TABLE') ORDER BY 1"
        }
    };
    house.raw().await.column(sql).await
}

// Architecture, "Two databases, one body of SQL": the same tables with the same columns on both.
#[test]
fn both_databases_have_the_same_tables() {
    let known = std::cell::RefCell::new(None);
    everywhere(async |house| {
        let columns = columns(house).await;
        assert!(
            columns.len() > 80,
            "the columns were not found: {columns:?}"
        );
        match known.borrow().as_ref() {
            None => {}
            Some(known) => assert_eq!(&columns, known),
        }
        known.replace(Some(columns));
    });
}

// Section 9: everything stored carries its organisation.
#[test]
fn every_table_carries_the_organisation() {
    everywhere(async |house| {
        let columns = columns(house).await;
        let table = |column: &String| column.split('.').next().unwrap_or_default().to_owned();
        let mut tables: Vec<String> = columns.iter().map(table).collect();
        tables.dedup();
        assert!(tables.len() >= 9, "{tables:?}");
        for table in tables.iter().filter(|table| *table != "organisation") {
            let carries = format!("{table}.organisation NOT NULL");
            assert!(
                columns.contains(&carries),
                "{table} does not carry the organisation"
            );
        }
    });
}
