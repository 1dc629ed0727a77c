//! Rows of tables: whose they are, and what is told and mended of them.

use crate::realtime::{Row, on_both};

// C-17: what the operator put into the tables stays and is not told, whatever comes and goes beside
// it; what stands in a queue or under an extension of ours is ours.
#[tokio::test]
async fn the_operators_rows_stay() {
    on_both(async |realtime| {
        let scene = &realtime.scene;
        let (kim, _) = scene.person("Kim", "301").await;
        realtime.write().await;
        let theirs = [
            ("ps_endpoints", "(id, context) VALUES ('trunk', 'staffroom-numbers')", "id = 'trunk'"),
            ("ps_auths", "(id, password) VALUES ('trunk', 'theirs')", "id = 'trunk'"),
            ("queues", "(name, strategy) VALUES ('night', 'ringall')", "name = 'night'"),
            (
                "queue_members",
                "(queue_name, interface, uniqueid) VALUES ('night', 'PJSIP/guard', 1)",
                "queue_name = 'night'",
            ),
            (
                "extensions",
                "(context, exten, priority, app, appdata)
                 VALUES ('staffroom-from-inside', '_0.', 1, 'Dial', 'PJSIP/trunk')",
                "exten = '_0.'",
            ),
        ];
        for (table, row, _) in theirs {
            realtime.run(&format!("INSERT INTO {table} {row}")).await;
        }
        assert_eq!(realtime.drift().await, Vec::<[String; 3]>::new());
        let queue = realtime.ask("SELECT name FROM queues WHERE name <> 'night'").await;
        let queue = &queue[0]["name"];
        let intruders = format!(
            "INSERT INTO queue_members (queue_name, interface, uniqueid) VALUES ('{queue}', 'PJSIP/999', 2);
             INSERT INTO extensions (context, exten, priority, app, appdata)
                 VALUES ('staffroom-member', '301', 99, 'Hangup', '')"
        );
        realtime.run(&intruders).await;
        let expected = [
            ["queue_members", &format!("{queue}, PJSIP/999"), ""].map(str::to_owned),
            ["extensions", "staffroom-member, 301, 99", ""].map(str::to_owned),
        ];
        assert_eq!(realtime.drift().await, expected);
        scene.suspend(kim).await;
        realtime.write().await;
        for (table, _, which) in theirs {
            let found = realtime.ask(&format!("SELECT * FROM {table} WHERE {which}")).await;
            assert_eq!(found.len(), 1, "{table}");
        }
        let members = realtime.ask("SELECT interface FROM queue_members").await;
        assert_eq!(members, [Row::from([("interface".into(), "PJSIP/guard".into())])]);
        let phones = realtime.ask("SELECT id FROM ps_auths").await;
        assert_eq!(phones, [Row::from([("id".into(), "trunk".into())])]);
        assert_eq!(realtime.drift().await, Vec::<[String; 3]>::new());
    })
    .await;
}

// C-17: rows that were changed by hand are told by table, row and column, without a secret, and
// "Write it again" mends them.
#[tokio::test]
async fn drift_of_rows_is_told_and_mended() {
    on_both(async |realtime| {
        let scene = &realtime.scene;
        let (_, secret) = scene.person("Kim", "301").await;
        scene.person("Lou", "302").await;
        let worker = realtime.provisioner();
        worker.apply_due(None).await.unwrap();
        realtime
            .run(
                "UPDATE queues SET wrapuptime = 99;
                 UPDATE ps_auths SET password = 'stolen';
                 DELETE FROM queue_members WHERE interface LIKE '%301%';
                 DROP TABLE ps_aors",
            )
            .await;
        let expected = realtime.expected().await;
        let found = realtime.place().drift(scene.pbx, expected).await.unwrap();
        let told: Vec<_> = found
            .iter()
            .map(|one| {
                let values =
                    [&one.expected, &one.found].map(|value| value.as_deref().unwrap_or("-"));
                (one.file.as_str(), one.key.as_str(), values)
            })
            .collect();
        assert_eq!(
            told,
            [
                ("ps_auths", "password", ["(secret)", "(secret)"]),
                ("ps_auths", "password", ["(secret)", "(secret)"]),
                ("ps_aors", "", ["a table", "-"]),
                ("queues", "wrapuptime", ["30", "99"]),
                ("queue_members", "", ["a row", "-"]),
            ]
        );
        let text = format!("{found:?}");
        assert!(
            !text.contains(&secret) && !text.contains("stolen"),
            "{text}"
        );
        scene.rewrite().await;
        worker.apply_due(None).await.unwrap();
        realtime.holds_what_is_expected().await;
        assert_eq!(realtime.drift().await, Vec::<[String; 3]>::new());
    })
    .await;
}

// C-09, C-17: a pause that Asterisk wrote is neither a difference nor undone by another change; a break
// of ours is told, and its end.
#[tokio::test]
async fn a_pause_of_asterisk_stays() {
    on_both(async |realtime| {
        let scene = &realtime.scene;
        scene.person("Kim", "301").await;
        realtime.write().await;
        let paused = async || {
            realtime
                .ask("SELECT paused, penalty FROM queue_members")
                .await
        };
        let row = |paused: &str, penalty: &str| {
            [Row::from([
                ("paused".into(), paused.into()),
                ("penalty".into(), penalty.into()),
            ])]
        };
        assert_eq!(paused().await, row("0", "1"));
        realtime
            .run("UPDATE queue_members SET paused = 1, penalty = 7")
            .await;
        let told: Vec<_> = realtime
            .drift()
            .await
            .into_iter()
            .map(|[.., key]| key)
            .collect();
        assert_eq!(told, ["penalty"]);
        realtime.write().await;
        assert_eq!(paused().await, row("1", "1"));
        for (state, asterisk, after) in [(2, 0, "1"), (2, 0, "0"), (1, 1, "0")] {
            let sql = format!("UPDATE queue_members SET paused = {asterisk}");
            realtime.run(&sql).await;
            let sql = "UPDATE contact_user SET state = $1";
            let query = sqlx::query(sql).bind(state);
            query.execute(&mut scene.raw().await).await.unwrap();
            realtime.write().await;
            assert_eq!(paused().await, row(after, "1"), "state {state}");
        }
    })
    .await;
}
