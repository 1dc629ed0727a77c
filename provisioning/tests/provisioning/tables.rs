//! Realtime tables: what Asterisk finds in them, and what of them is written.

use crate::realtime::{Realtime, Row, on_both, on_postgres, text, without_numbers};
use pbx::Table;
use std::collections::BTreeSet;
use std::fs;
use std::os::unix::fs::PermissionsExt;

fn named<'a>(tables: &'a [Table], name: &str) -> &'a Table {
    tables.iter().find(|table| table.name == name).unwrap()
}

/// The rows that `pbx::tables` says, of those that hold.
fn rows(table: &Table, holds: impl Fn(&pbx::Row) -> bool) -> Vec<Row> {
    table
        .rows
        .iter()
        .filter(|row| holds(row))
        .map(text)
        .collect()
}

// C-17: tables hold what the export says, and the folder only what they can't hold.
#[tokio::test]
async fn tables_and_files_share_the_content() {
    on_both(async |realtime| {
        realtime.scene.person("Kim", "301").await;
        realtime.scene.person("Lou", "302").await;
        let missing: BTreeSet<_> = realtime
            .drift()
            .await
            .into_iter()
            .map(|[file, ..]| file)
            .collect();
        assert!(missing.contains("queue_members") && missing.contains("extensions_staffroom.conf"));
        realtime.write().await;
        realtime.holds_what_is_expected().await;
        assert_eq!(realtime.drift().await, Vec::<[String; 3]>::new());
        let mut names = vec![
            "README",
            "extensions_staffroom.conf",
            "prompts_staffroom.tsv",
        ];
        if realtime.is_sqlite() {
            names.push("realtime.sqlite3");
        }
        let mut found = Vec::new();
        for entry in fs::read_dir(realtime.scene.folder()).unwrap() {
            let entry = entry.unwrap();
            let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
            assert_eq!(mode, 0o640, "{entry:?}");
            found.push(entry.file_name().into_string().unwrap());
        }
        found.sort();
        assert_eq!(found, names);
        assert!(realtime.scene.file("README").contains("realtime tables"));
        let dialplan = realtime.scene.file("extensions_staffroom.conf");
        assert!(dialplan.contains("switch => Realtime/staffroom-member@extensions/p"));
    })
    .await;
}

// C-17: the queries that Asterisk sends find what the export says, numbers as text included.
#[tokio::test]
async fn asterisk_finds_its_rows() {
    on_both(async |realtime| {
        realtime.scene.person("Kim", "301").await;
        realtime.scene.person("Bo", "302").await;
        realtime.write().await;
        let tables = realtime.expected().await.tables;
        let queue = tables.iter().find(|table| table.name == "queues").unwrap();
        let queue = queue.rows[0]["name"].clone();
        let members = format!(
            "SELECT * FROM queue_members WHERE interface LIKE '%' AND queue_name = '{queue}' ORDER BY interface"
        );
        let found = without_numbers(realtime.ask(&members).await);
        assert_eq!(found, rows(named(&tables, "queue_members"), |_| true));
        assert_eq!(found.len(), 2);
        let found = realtime.ask(&format!("SELECT * FROM queues WHERE name = '{queue}'")).await;
        assert_eq!(found, rows(named(&tables, "queues"), |_| true));
        let steps = rows(named(&tables, "extensions"), |row| {
            row["context"] == "staffroom-member" && row["exten"] == "301"
        });
        assert!(steps.len() > 3);
        for (at, step) in steps.into_iter().enumerate() {
            let sql = format!(
                "SELECT * FROM extensions WHERE exten = '301' AND context = 'staffroom-member' AND priority = '{}'",
                at + 1
            );
            assert_eq!(realtime.ask(&sql).await, [step]);
        }
        for table in ["ps_endpoints", "ps_auths", "ps_aors"] {
            let table = named(&tables, table);
            let wanted = rows(table, |_| true);
            let found = realtime
                .ask(&format!("SELECT * FROM {} WHERE id LIKE '%' ORDER BY id", table.name))
                .await;
            assert_eq!(found, wanted);
            let id = &wanted[1]["id"];
            let sql = format!("SELECT * FROM {} WHERE id = '{id}'", table.name);
            assert_eq!(realtime.ask(&sql).await, wanted[1..]);
        }
    })
    .await;
}

impl Realtime {
    /// Has the database note every row that is written from now on.
    async fn watch(&self) {
        self.run("CREATE TABLE touched (tab text, op text)").await;
        let mut raw = self.raw().await;
        if !self.is_sqlite() {
            let schema = self.schema();
            let sql = format!(
                "CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                     INSERT INTO {schema}.touched VALUES (TG_TABLE_NAME, TG_OP); RETURN NULL;
                 END $$"
            );
            raw.run(&sql).await;
        }
        for table in self.expected().await.tables {
            for op in ["INSERT", "UPDATE", "DELETE"] {
                let name = table.name;
                let does = match self.is_sqlite() {
                    true => format!("BEGIN INSERT INTO touched VALUES ('{name}', '{op}'); END"),
                    false => "EXECUTE FUNCTION touch()".to_owned(),
                };
                let sql = format!(
                    "CREATE TRIGGER touch_{name}_{op} AFTER {op} ON {name} FOR EACH ROW {does}"
                );
                raw.run(&sql).await;
            }
        }
    }

    /// How many rows were written since the last look, by table and kind.
    async fn touched(&self) -> Vec<(String, String, usize)> {
        let sql =
            "SELECT tab, op, count(*) AS times FROM touched GROUP BY tab, op ORDER BY tab, op";
        let touched = self.ask(sql).await;
        self.run("DELETE FROM touched").await;
        let touched = touched.into_iter();
        touched
            .map(|row| {
                (
                    row["tab"].clone(),
                    row["op"].clone(),
                    row["times"].parse().unwrap(),
                )
            })
            .collect()
    }
}

// C-17, C-18: the rows of somebody who is suspended are gone, and no other row is written.
#[tokio::test]
async fn a_suspended_persons_rows_are_gone() {
    on_both(async |realtime| {
        let scene = &realtime.scene;
        let (kim, _) = scene.person("Kim", "301").await;
        scene.person("Lou", "302").await;
        let worker = realtime.provisioner();
        worker.apply_due(None).await.unwrap();
        let before = realtime.expected().await.tables;
        realtime.watch().await;
        scene.suspend(kim).await;
        worker.apply_due(None).await.unwrap();
        let after = realtime.expected().await.tables;
        let gone = before.iter().zip(&after).filter_map(|(before, after)| {
            let gone = before.rows.len() - after.rows.len();
            (gone > 0).then(|| (before.name.to_owned(), "DELETE".to_owned(), gone))
        });
        let mut gone: Vec<_> = gone.collect();
        gone.sort();
        assert_eq!(gone.len(), 5, "all but the queue: {gone:?}");
        assert_eq!(realtime.touched().await, gone);
        realtime.holds_what_is_expected().await;
        let members = realtime.ask("SELECT interface FROM queue_members").await;
        assert_eq!(members.len(), 1);
        assert!(members[0]["interface"].contains("302"));
        scene.rewrite().await;
        worker.apply_due(None).await.unwrap();
        assert_eq!(realtime.touched().await, [], "nothing differs");
    })
    .await;
}

// C-17: the tables of Asterisk's own schema on PostgreSQL, with enumerations, numbers, columns that we
// do not know and other keys, are filled as they are.
#[tokio::test]
async fn asterisks_own_schema_is_filled() {
    on_postgres(async |realtime| {
        let scene = &realtime.scene;
        let (kim, _) = scene.person("Kim", "301").await;
        scene.person("Lou", "302").await;
        realtime
            .run(&OWN_SCHEMA.replace("{}", &realtime.schema()))
            .await;
        let trunk =
            "INSERT INTO ps_endpoints (id, transport, direct_media) VALUES ('trunk', 'tcp', 'yes')";
        realtime.run(trunk).await;
        realtime.write().await;
        assert_eq!(realtime.drift().await, Vec::<[String; 3]>::new());
        realtime.watch().await;
        realtime.write().await;
        assert_eq!(realtime.touched().await, []);
        scene.suspend(kim).await;
        realtime.write().await;
        assert_eq!(realtime.drift().await, Vec::<[String; 3]>::new());
        let members = realtime
            .ask("SELECT interface, penalty, ringinuse, reason_paused FROM queue_members")
            .await;
        let member = [
            ("interface", "Local/302@staffroom-member/n"),
            ("penalty", "1"),
            ("ringinuse", "no"),
        ];
        let member = member.map(|(column, value)| (column.to_owned(), value.to_owned()));
        assert_eq!(members, [Row::from(member)]);
        let queues = realtime
            .ask("SELECT strategy, timeout, musiconhold FROM queues")
            .await;
        let queue = [
            ("strategy", "rrmemory"),
            ("timeout", "20"),
            ("musiconhold", "default"),
        ];
        let queue = queue.map(|(column, value)| (column.to_owned(), value.to_owned()));
        assert_eq!(queues, [Row::from(queue)]);
        let phones = realtime
            .ask("SELECT transport FROM ps_endpoints WHERE id = 'trunk'")
            .await;
        assert_eq!(phones.len(), 1);
    })
    .await;
}

/// Tables with the types that `contrib/ast-db-manage` gives the columns on PostgreSQL.
const OWN_SCHEMA: &str = "
    CREATE SCHEMA {};
    SET search_path = {};
    CREATE TYPE yesno_values AS ENUM ('yes', 'no');
    CREATE TYPE ast_bool_values AS ENUM ('0', '1', 'off', 'on', 'false', 'true', 'no', 'yes');
    CREATE TYPE pjsip_auth_type_values_v2 AS ENUM ('md5', 'userpass', 'google_oauth');
    CREATE TYPE queue_strategy_values AS ENUM
        ('ringall', 'leastrecent', 'fewestcalls', 'random', 'rrmemory', 'linear', 'wrandom', 'rrordered');
    CREATE TABLE ps_endpoints (id varchar(255) NOT NULL UNIQUE, transport varchar(40),
        aors varchar(2048), auth varchar(255), context varchar(40), allow varchar(200),
        direct_media yesno_values, force_rport yesno_values, rewrite_contact yesno_values,
        rtp_symmetric yesno_values, trust_id_outbound yesno_values, webrtc yesno_values,
        dtls_auto_generate_cert yesno_values, callerid varchar(40), named_call_group varchar(40),
        named_pickup_group varchar(40), accountcode varchar(80), subscribe_context varchar(40),
        set_var text);
    CREATE TABLE ps_auths (id varchar(255) NOT NULL UNIQUE, auth_type pjsip_auth_type_values_v2,
        nonce_lifetime integer, password varchar(80), username varchar(40));
    CREATE TABLE ps_aors (id varchar(255) NOT NULL UNIQUE, max_contacts integer,
        remove_existing yesno_values, qualify_frequency integer);
    CREATE TABLE queues (name varchar(128) PRIMARY KEY, musiconhold varchar(128) DEFAULT 'default',
        timeout integer, ringinuse yesno_values, retry integer, wrapuptime integer,
        autofill yesno_values, strategy queue_strategy_values, joinempty varchar(128),
        leavewhenempty varchar(128));
    CREATE TABLE queue_members (queue_name varchar(80) NOT NULL, interface varchar(80) NOT NULL,
        membername varchar(80), state_interface varchar(80), penalty integer, paused integer,
        uniqueid integer NOT NULL UNIQUE, wrapuptime integer, ringinuse ast_bool_values,
        reason_paused varchar(80), PRIMARY KEY (queue_name, interface));
    CREATE TABLE extensions (id bigserial PRIMARY KEY, context varchar(40) NOT NULL,
        exten varchar(40) NOT NULL, priority integer NOT NULL, app varchar(40) NOT NULL,
        appdata varchar(256) NOT NULL, UNIQUE (context, exten, priority));
";
