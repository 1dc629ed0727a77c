//! What Administrators decide about the page, and what staff see of it.

use super::world::{MORTGAGE, World, blob};
use crate::uploads::{self, PIXEL};
use axum::http::{StatusCode, header};
use serde_json::json;

async fn upload(world: &World, who: &str, file: &[u8]) -> String {
    uploads::upload(&world.app, who, "/settings/booking/logo", "logo", file).await
}

// P-05: the organisation's words, colour and logo are on its page.
#[tokio::test]
async fn an_administrator_changes_how_the_page_looks() {
    let world = World::new().await;
    let form = |version: &str, accent: &str| {
        [
            ("version", version),
            ("enabled", "true"),
            ("welcome", "Welcome & hello"),
            ("accent", accent),
            ("frames", "https://www.example.org"),
            ("consent_text", ""),
            ("retention_days", "365"),
            ("reminder_hours", ""),
            ("words_booked", ""),
            ("words_reminder", ""),
            ("words_cancelled", ""),
        ]
        .map(|(name, value)| (name, value.to_owned()))
    };
    let refused = world
        .app
        .call("ada", "change_booking_settings", &form("0", "red"))
        .await;
    assert_eq!(
        refused.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        refused.body
    );
    let saved = world
        .app
        .call("ada", "change_booking_settings", &form("0", "#0a7b83"))
        .await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.body);
    let late = world
        .app
        .call("ada", "change_booking_settings", &form("0", "#0a7b84"))
        .await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    let page = world.get("/book").await;
    assert!(
        page.body.contains("Welcome &amp; hello") && page.body.contains("/book/theme.css?v=1"),
        "{}",
        page.body
    );
    assert!(
        world
            .get("/book/theme.css?v=1")
            .await
            .body
            .contains("--accent:")
    );
    let settings = world.app.page("ada", "/settings/booking").await;
    assert_eq!(settings.status, StatusCode::OK);
    assert!(
        settings.body.contains("/book/embed.js")
            && settings.body.contains("https://www.example.org")
    );

    assert_eq!(
        upload(&world, "nobody", PIXEL).await,
        "/sign-in?to=/settings/booking"
    );
    assert_eq!(upload(&world, "max", PIXEL).await, "/settings/booking");
    assert_eq!(
        upload(&world, "ada", b"<svg/>").await,
        "/settings/booking?wrong=logo"
    );
    assert_eq!(world.get("/book/logo").await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        upload(&world, "ada", PIXEL).await,
        "/settings/booking?done=logo"
    );
    let logo = world.get("/book/logo").await;
    assert_eq!(
        (logo.status, &logo.headers[header::CONTENT_TYPE]),
        (StatusCode::OK, &"image/png".parse().unwrap())
    );
    assert!(world.get("/book").await.body.contains("/book/logo?v=2"));
    let removed = world.app.call("ada", "remove_logo", &[]).await;
    assert_eq!(removed.status, StatusCode::OK, "{}", removed.body);
    assert_eq!(world.get("/book/logo").await.status, StatusCode::NOT_FOUND);
}

// P-05, E-09: switched off, the page shows nobody's picture any more; what the customers' own pages load, who
// still get to their appointments, stays.
#[tokio::test]
async fn of_a_page_that_is_switched_off_only_pictures_go() {
    let world = World::new().await;
    let picture = "00000000-0000-0000-0000-0000000000f1";
    world
        .app
        .sql(&format!(
            "INSERT INTO picture (organisation, employee, id, jpeg)
             VALUES ((SELECT id FROM organisation), {}, {}, X'FFD8')",
            blob(&world.sam),
            blob(picture)
        ))
        .await;
    let sams = format!("/book/pictures/{}/{picture}", world.sam);
    let files = [
        ("/book/style.css", "text/css; charset=utf-8"),
        ("/book/frame.js", "text/javascript; charset=utf-8"),
        ("/book/embed.js", "text/javascript; charset=utf-8"),
        ("/book/theme.css?v=7", "text/css; charset=utf-8"),
        ("/book/logo?v=7", "image/png"),
    ];
    let done = upload(&world, "ada", PIXEL).await;
    assert_eq!(done, "/settings/booking?done=logo");
    for (enabled, shown) in [(true, 200), (false, 404), (true, 200)] {
        let content = format!("{{\"enabled\":{enabled},\"accent\":\"#0a7b83\"}}");
        world
            .app
            .sql(&format!(
                "UPDATE booking_settings SET content = '{content}'"
            ))
            .await;
        for (file, kind) in files {
            let answer = world.get(file).await;
            assert_eq!(answer.status, StatusCode::OK, "{file}, {enabled}");
            assert_eq!(answer.headers[header::CONTENT_TYPE], kind);
            assert!(!answer.body.is_empty(), "{file}, {enabled}");
        }
        let answer = world.get(&sams).await;
        assert_eq!(answer.status.as_u16(), shown, "enabled: {enabled}");
        assert_eq!(world.get("/book").await.status.as_u16(), shown);
    }
}

// O-03: a subject that no bookable agent handles is not offered, and the page says so.
#[tokio::test]
async fn staff_read_what_is_offered_and_why_not() {
    let world = World::new().await;
    let listed = async || {
        let answer = world
            .app
            .ask("ada", "list_offered", json!({ "office": world.ghent }))
            .await
            .json();
        let rows = answer["rows"].as_array().cloned().unwrap();
        let row = |title: &str| {
            rows.iter()
                .find(|row| row["subject"] == title)
                .cloned()
                .unwrap()
        };
        (row("Mortgage"), row("Lost card"))
    };
    let (mortgage, card) = listed().await;
    assert_eq!(
        (&mortgage["standing"], &card["standing"]),
        (&json!("free"), &json!("free"))
    );
    assert!(mortgage["first"]["text"].is_string());
    let (sam, organisation) = (blob(&world.sam), "(SELECT id FROM organisation)");
    world
        .app
        .sql(&format!(
            "UPDATE employee SET online_planning = false WHERE id = {sam}"
        ))
        .await;
    let (mortgage, card) = listed().await;
    assert_eq!(
        (&mortgage["standing"], &card["standing"]),
        (&json!("free"), &json!("nobody"))
    );
    world.app.sql(&format!(
        "INSERT INTO absence VALUES ({organisation}, X'000000000000000000000000000000D1', {},
         '2020-01-01T00:00:00.000000Z', '2099-01-01T00:00:00.000000Z', '', '2020-01-01T00:00:00.000000Z')",
        blob(&world.noor)
    )).await;
    assert_eq!(listed().await.0["standing"], json!("full"));
    world.app.sql(&format!(
        "INSERT INTO office_closing VALUES ({organisation}, {}, '2020-01-01', '2099-01-01', 'Works')",
        blob(&world.ghent)
    )).await;
    assert_eq!(listed().await.0["standing"], json!("closed"));
    world.app.sql("DELETE FROM hours").await;
    assert_eq!(listed().await.0["standing"], json!("no_hours"));
    world
        .app
        .sql(&format!(
            "UPDATE subject SET active = false WHERE id = {}",
            blob(MORTGAGE)
        ))
        .await;
    assert_eq!(listed().await.0["standing"], json!("not_offered"));
    world.app.sql("UPDATE office SET active = false").await;
    assert_eq!(listed().await.0["standing"], json!("office_inactive"));
    let page = world.app.page("max", "/appointments/offered").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        page.body.contains("The office is not active"),
        "{}",
        page.body
    );
}
