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

// over https the cookie is bound to this very host and never sent without encryption.
#[tokio::test]
async fn over_https_the_cookie_is_bound_to_the_host() {
    let app = TestApp::at("https://127.0.0.1:3000").await;
    let answer = app.call("nobody", "sign_in", &credentials("max")).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap();
    let (pair, attributes) = cookie.split_once(';').unwrap();
    assert!(pair.starts_with("__Host-staffroom="), "{cookie}");
    for attribute in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(attributes.contains(attribute), "{cookie}");
    }
    assert!(!attributes.contains("Domain"), "{cookie}");
    let request = post("who_am_i", &[], Some(&pair.to_owned()));
    assert_eq!(send(&app.router, request).await.status, StatusCode::OK);
    // The name that is used without https is worth nothing here.
    let plain = pair.replace("__Host-", "");
    let request = post("who_am_i", &[], Some(&plain));
    assert_eq!(
        send(&app.router, request).await.status,
        StatusCode::UNAUTHORIZED
    );
}

// nothing in an answer tells which emails exist, or why somebody may not sign in.
#[tokio::test]
async fn every_failed_sign_in_is_answered_alike() {
    let app = TestApp::new().await;
    let query = |status| {
        let mut query = super::cast::query("");
        query["status"] = json!([status]);
        json!({ "query": query, "team": null })
    };
    let mut emails = vec![
        "nobody@elsewhere.example".to_owned(),
        "max@demo.example".to_owned(),
    ];
    for status in ["pending", "suspended"] {
        let listed = app.ask("ada", "list_employees", query(status)).await.json();
        let email = listed["page"]["rows"][0]["email"].as_str().unwrap();
        emails.push(email.to_owned());
    }
    let mut answers = Vec::new();
    for email in emails {
        let password = if email.starts_with("max") {
            "wrong"
        } else {
            PASSWORD
        };
        let form = [("email", email), ("password", password.to_owned())];
        let answer = app.call("nobody", "sign_in", &form).await;
        let mut names: Vec<_> = answer.headers.keys().map(|name| name.to_string()).collect();
        names.sort();
        answers.push((answer.status, names, answer.body));
    }
    assert_eq!(answers[0].0, StatusCode::UNAUTHORIZED);
    assert!(
        answers.windows(2).all(|pair| pair[0] == pair[1]),
        "{answers:#?}"
    );
}
