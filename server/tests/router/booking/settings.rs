//! What Administrators decide about the page, and what staff see of it.

use super::world::{MORTGAGE, World, blob};
use crate::cast::send;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::json;

/// A PNG of one pixel.
const PIXEL: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52,
    0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x06, 0x00, 0x00, 0x00, 0x1f, 0x15, 0xc4,
    0x89, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0x10, 0x50, 0x30, 0xf8,
    0x0f, 0x00, 0x02, 0x04, 0x01, 0x60, 0x8d, 0xbc, 0xbb, 0x71, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45,
    0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];

async fn upload(world: &World, who: &str, file: &[u8]) -> String {
    let mut body =
        b"--x\r\nContent-Disposition: form-data; name=\"logo\"; filename=\"a.png\"\r\n\r\n"
            .to_vec();
    body.extend(file);
    body.extend(b"\r\n--x--\r\n");
    let mut request = Request::post("/settings/booking/logo")
        .header(header::HOST, "127.0.0.1:3000")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .header("sec-fetch-site", "same-origin");
    if let Some(cookie) = world.app.cookies.get(who) {
        request = request.header(header::COOKIE, cookie);
    }
    let answer = send(&world.app.router, request.body(Body::from(body)).unwrap()).await;
    answer.headers[header::LOCATION]
        .to_str()
        .unwrap()
        .to_owned()
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
