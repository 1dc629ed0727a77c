//! Sessions: rotated at sign-in, gone with a suspension on the very next request (A-08, E-15).

use super::cast::{TestApp, post, send};
use axum::http::{StatusCode, header};
use serde_json::json;
use server::demo::PASSWORD;

fn credentials(person: &str) -> [(&'static str, String); 2] {
    [
        ("email", format!("{person}@demo.example")),
        ("password", PASSWORD.to_owned()),
    ]
}

// a sign-in makes a new session and ends the one the browser had.
#[tokio::test]
async fn a_session_is_rotated_at_sign_in() {
    let app = TestApp::new().await;
    let old = app.cookies["max"].clone();
    let answer = send(
        &app.router,
        post("sign_in", &credentials("max"), Some(&old)),
    )
    .await;
    let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap();
    for attribute in ["HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    assert_ne!(cookie.split(';').next().unwrap(), old);
    assert_eq!(
        app.ask("max", "get_account", json!({})).await.status,
        StatusCode::UNAUTHORIZED
    );
}

// E-15, case 11: suspended while signed in on two devices, the next request of each is refused.
#[tokio::test]
async fn suspended_on_two_devices_both_are_signed_out() {
    let mut app = TestApp::new().await;
    let answer = app.call("nobody", "sign_in", &credentials("max")).await;
    let phone = answer.headers[header::SET_COOKIE]
        .to_str()
        .unwrap()
        .split(';')
        .next()
        .unwrap();
    app.cookies
        .insert("max on the phone".into(), phone.to_owned());
    let max = app.id("max").await;
    let form = [("id", max.clone()), ("version", app.version(&max).await)];
    assert_eq!(
        app.call("ada", "suspend_employee", &form).await.status,
        StatusCode::OK
    );
    for device in ["max", "max on the phone"] {
        let answer = app.call(device, "who_am_i", &[]).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{device}");
    }
    let again = app.call("nobody", "sign_in", &credentials("max")).await;
    assert_eq!(again.status, StatusCode::UNAUTHORIZED);
}

// A change of role counts on the very next request.
#[tokio::test]
async fn a_change_of_role_counts_at_once() {
    let app = TestApp::new().await;
    let (max, ghent) = (app.id("max").await, app.office("Ghent").await);
    let team = json!({ "query": super::cast::query(""), "team": ghent });
    assert_eq!(
        app.ask("max", "list_employees", team.clone()).await.status,
        StatusCode::OK
    );
    let form = [
        ("id", max.clone()),
        ("version", app.version(&max).await),
        ("offices[0]", ghent.clone()),
        ("held[0]", format!("{ghent}:agent")),
    ];
    assert_eq!(
        app.call("ada", "assign_offices", &form).await.status,
        StatusCode::OK
    );
    assert_eq!(
        app.ask("max", "list_employees", team).await.status,
        StatusCode::FORBIDDEN
    );
}

// signing out ends the session itself, not only the cookie.
#[tokio::test]
async fn signing_out_ends_the_session() {
    let app = TestApp::new().await;
    app.call("sam", "sign_out", &[]).await;
    assert_eq!(
        app.call("sam", "who_am_i", &[]).await.status,
        StatusCode::UNAUTHORIZED
    );
}
