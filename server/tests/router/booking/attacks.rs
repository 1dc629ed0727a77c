//! Markup in every field, pages in other sites, forms from other sites, other organisations.

use super::world::{MORTGAGE, World, blob, posted, with};
use crate::cast::send;
use axum::http::{StatusCode, header};

const MARKUP: &str = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>";

fn harmless(html: &str) {
    assert!(
        !html.contains("<script>alert") && !html.contains("<img src=x"),
        "{html}"
    );
}

// P-05, case 22: what staff and customers typed is text, in every place of every page.
#[tokio::test]
async fn markup_is_text_everywhere() {
    let world = World::new().await;
    let markup = MARKUP.replace('\'', "''");
    let in_json = markup.replace('"', "\\\"");
    for sql in [
        format!(
            "UPDATE subject SET title = title || '{markup}', questions = '[{{\"text\":\"{in_json}\",\"required\":true}}]'"
        ),
        format!("UPDATE category SET title = '{markup}'"),
        format!(
            "UPDATE office SET name = name || '{markup}', address = '{markup}', description = '{markup}', directions = '{markup}', parking = '{markup}'"
        ),
        format!("UPDATE organisation SET name = '{markup}'"),
        format!(
            "UPDATE employee SET first_name = '{markup}', \"function\" = '{markup}', introduction = '{markup}', video_link = 'javascript:alert(1)' WHERE id IN ({}, {})",
            blob(&world.sam),
            blob(&world.noor)
        ),
    ] {
        world.app.sql(&sql).await;
    }
    let settings = serde_json::json!({
        "welcome": MARKUP, "consent_text": MARKUP, "accent": "#0a7b83", "words_booked": MARKUP,
    });
    world.settings(&settings.to_string()).await;
    let at = world.times().await.remove(0);
    let base = format!("/book?subject={MORTGAGE}");
    let ghent = &world.ghent;
    for path in [
        "/book".to_owned(),
        base.clone(),
        format!("{base}&office={ghent}"),
        format!("{base}&office={ghent}&agent=any"),
        format!("{base}&office={ghent}&agent=any&at={at}"),
        "/book?subject=%3Cscript%3Ealert(1)%3C/script%3E&language=%22%3E%3Cscript%3Ealert(1)"
            .to_owned(),
    ] {
        let page = world.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        harmless(&page.body);
    }
    let typed = [
        ("name", MARKUP),
        ("email", MARKUP),
        ("phone", MARKUP),
        ("answer-0", MARKUP),
        ("remark", MARKUP),
        ("key", MARKUP),
    ];
    let page = world.post("/book", &with(&world.form(&at), &typed)).await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    harmless(&page.body);
    let typed = [
        ("name", MARKUP),
        ("answer-0", MARKUP),
        ("remark", MARKUP),
        ("consent", "true"),
    ];
    let answer = world.post("/book", &with(&world.form(&at), &typed)).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let path = answer.headers[header::LOCATION]
        .to_str()
        .unwrap()
        .to_owned();
    let page = world.get(&path).await;
    assert!(
        page.body.contains("&lt;script&gt;alert(1)"),
        "{}",
        page.body
    );
    assert!(!page.body.contains("javascript:"));
    harmless(&page.body);
    let path = path.split('?').next().unwrap();
    harmless(&world.get(&format!("{path}/time")).await.body);
    let reason = [("reason", format!("{MARKUP}\u{202e}"))];
    harmless(&world.post(&format!("{path}/cancel"), &reason).await.body);
}

// 5-proof "Page": only the booking page can be shown inside of other sites, and only of those configured.
#[tokio::test]
async fn only_configured_sites_may_embed_it() {
    let world = World::new().await;
    let policy = |answer: &crate::cast::Answer| {
        answer.headers[header::CONTENT_SECURITY_POLICY]
            .to_str()
            .unwrap()
            .to_owned()
    };
    let page = world.get("/book").await;
    assert!(
        policy(&page).ends_with("frame-ancestors 'self'"),
        "{}",
        policy(&page)
    );
    assert!(!policy(&page).contains("unsafe"));
    world
        .settings(r#"{"frames":["https://www.example.org","https://b.example:8443"]}"#)
        .await;
    let page = world.get("/book").await;
    assert!(
        policy(&page)
            .ends_with("frame-ancestors 'self' https://www.example.org https://b.example:8443")
    );
    assert!(
        !page.headers.contains_key(header::X_FRAME_OPTIONS),
        "it could name no site"
    );
    assert!(
        !page.body.contains(" style=\""),
        "an inline style the policy would refuse"
    );
    for path in ["/sign-in", "/", "/healthz", "/book/style.css"] {
        let other = world.get(path).await;
        assert_eq!(other.headers[header::X_FRAME_OPTIONS], "DENY", "{path}");
        assert!(policy(&other).contains("frame-ancestors 'none'"), "{path}");
    }
    let script = world.get("/book/embed.js").await;
    assert_eq!(
        script.headers["cross-origin-resource-policy"],
        "cross-origin"
    );
    assert!(script.body.contains("event.origin !== page.origin"));
    let style = world.get("/book/style.css").await;
    assert_eq!(style.headers["cross-origin-resource-policy"], "same-origin");
}

// 5-proof "Cross-site": a form on another site books nothing; the page in a frame of another site does.
#[tokio::test]
async fn a_form_of_another_site_books_nothing() {
    let world = World::new().await;
    let times = world.times().await;
    for (name, value, status) in [
        ("sec-fetch-site", "cross-site", StatusCode::FORBIDDEN),
        ("origin", "https://www.example.org", StatusCode::FORBIDDEN),
        ("origin", "http://127.0.0.1:3000", StatusCode::SEE_OTHER),
    ] {
        let mut request = posted("/book", &world.form(&times[0]));
        request.headers_mut().remove("sec-fetch-site");
        request.headers_mut().insert(name, value.parse().unwrap());
        assert_eq!(
            send(&world.app.router, request).await.status,
            status,
            "{name}: {value}"
        );
    }
    assert_eq!(world.appointments().await, 1);
}

// P-05: what the form does not offer is not booked, whoever sends it.
#[tokio::test]
async fn a_direct_post_books_only_what_is_offered() {
    let world = World::new().await;
    let at = world.times().await.remove(0);
    let unknown = "019a0000-0000-7000-8000-000000000000";
    let ada = world.app.id("ada").await;
    for (name, value) in [
        ("subject", unknown),
        ("office", unknown),
        ("agent", unknown),
        ("agent", &ada),
        ("subject", ""),
        ("at", ""),
        ("at", "yesterday"),
        ("at", "2026-01-01T09:00:00Z"),
        ("at", "9999-12-31T23:59:59Z"),
        ("at", "-009999-01-02T01:59:59Z"),
        ("agent", ""),
    ] {
        let answer = world
            .post("/book", &with(&world.form(&at), &[(name, value)]))
            .await;
        assert!(
            answer.status.as_u16() < 500,
            "{name}={value}: {}",
            answer.status
        );
        assert_eq!(
            world.appointments().await,
            0,
            "{name}={value}: {}",
            answer.status
        );
    }
    // Night, another minute, too far ahead: shown as gone.
    let midnight = format!("{}T00:00:00Z", &at[..10]);
    let minute = format!("{}:07:00Z", &at[..13]);
    for other in [&midnight, &minute] {
        let answer = world
            .post("/book", &with(&world.form(&at), &[("at", other)]))
            .await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "{other}");
    }
    let away = blob(&world.sam);
    world
        .app
        .sql(&format!("UPDATE employee SET status = 4 WHERE id = {away}"))
        .await;
    let sam = world.sam.clone();
    let answer = world
        .post("/book", &with(&world.form(&at), &[("agent", &sam)]))
        .await;
    assert_ne!(
        answer
            .headers
            .get(header::LOCATION)
            .map(|to| to.to_str().unwrap().contains("done=booked")),
        Some(true)
    );
    assert_eq!(world.appointments().await, 0);
    let answer = world
        .post(
            "/book",
            &with(
                &world.form(&at),
                &[("extra", "x"), ("state", "2"), ("by_hand", "0")],
            ),
        )
        .await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
}

// Pictures of those who can't be booked are not shown to strangers.
#[tokio::test]
async fn only_pictures_of_bookable_people_are_public() {
    let world = World::new().await;
    let picture = "00000000-0000-0000-0000-0000000000f1";
    for who in [&world.sam, &world.app.id("max").await] {
        world.app.sql(&format!("INSERT INTO picture (organisation, employee, id, jpeg) VALUES ((SELECT id FROM organisation), {}, {}, X'FFD8')", blob(who), blob(picture))).await;
    }
    let of = |who: &str| format!("/book/pictures/{who}/{picture}");
    let found = world.get(&of(&world.sam)).await;
    assert_eq!(found.status, StatusCode::OK);
    assert_eq!(found.headers[header::CONTENT_TYPE], "image/jpeg");
    let max = world.app.id("max").await;
    assert_eq!(world.get(&of(&max)).await.status, StatusCode::NOT_FOUND);
    assert_eq!(world.get("/book/logo").await.status, StatusCode::NOT_FOUND);
}
