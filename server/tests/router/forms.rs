//! Forms without WebAssembly: the page comes back with the status, the messages, and what was typed.

use super::cast::{Answer, TestApp, post, send};
use axum::http::{StatusCode, header};

pub(super) async fn submit(
    app: &TestApp,
    function: &str,
    from: &str,
    form: &[(&str, String)],
) -> Answer {
    let mut request = post(function, form, app.cookies.get("ada"));
    let headers = request.headers_mut();
    headers.insert(
        header::ACCEPT,
        "text/html,application/xhtml+xml".parse().unwrap(),
    );
    headers.insert(
        header::REFERER,
        format!("http://127.0.0.1:3000{from}").parse().unwrap(),
    );
    send(&app.router, request).await
}

// E-07, case 3: a duplicate is named beside its field with 422, and nothing typed is lost.
#[tokio::test]
async fn a_refused_form_comes_back_with_what_was_typed() {
    let app = TestApp::new().await;
    let form = [
        ("email", "ADA@demo.example".to_owned()),
        ("first_name", "Zoë <b>".to_owned()),
        ("phone", "not a number".to_owned()),
        ("roles[]", "agent".to_owned()),
    ];
    let answer = submit(&app, "create_employee", "/employees/new", &form).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        answer.body.contains("Enter a phone number"),
        "{}",
        answer.body
    );
    assert!(answer.body.contains("value=\"ADA@demo.example\""));
    assert!(answer.body.contains("Zoë &lt;b&gt;") && !answer.body.contains("Zoë <b>"));
    let form = [
        ("email", "ADA@demo.example".to_owned()),
        ("first_name", "Zoë".to_owned()),
    ];
    let answer = submit(&app, "create_employee", "/employees/new", &form).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        answer.body.contains("Email is already in use."),
        "{}",
        answer.body
    );
}

// E-08, case 1: bypass without an External ID is refused on the field.
#[tokio::test]
async fn bypass_needs_an_external_id() {
    let app = TestApp::new().await;
    let form = [
        ("bypass", "true".to_owned()),
        ("email", "sso@demo.example".to_owned()),
    ];
    let answer = submit(&app, "create_employee", "/employees/new", &form).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        answer.body.contains("External ID is required."),
        "{}",
        answer.body
    );
}

// E-07, E-08: what succeeds leads on, and says what happened.
#[tokio::test]
async fn an_accepted_form_leads_on() {
    let app = TestApp::new().await;
    let form = [("email", "new@demo.example".to_owned())];
    let answer = submit(&app, "create_employee", "/employees/new", &form).await;
    assert_eq!(answer.status, StatusCode::FOUND);
    let to = answer.headers[header::LOCATION]
        .to_str()
        .unwrap()
        .to_owned();
    let page = app.page("ada", &to).await;
    assert!(
        page.body
            .contains("Invitation sent to new@demo.example, expires in 72 h"),
        "{}",
        page.body
    );
}

// Passwords are never echoed, and the wrong one says no more than that.
#[tokio::test]
async fn a_wrong_password_is_not_echoed() {
    let app = TestApp::new().await;
    let form = [
        ("email", "ada@demo.example".to_owned()),
        ("password", "hunter2hunter2".to_owned()),
    ];
    let known = submit(&app, "sign_in", "/sign-in", &form).await;
    let form = [
        ("email", "nobody@demo.example".to_owned()),
        ("password", "hunter2hunter2".to_owned()),
    ];
    let unknown = submit(&app, "sign_in", "/sign-in", &form).await;
    assert_eq!(
        (known.status, unknown.status),
        (StatusCode::UNAUTHORIZED, StatusCode::UNAUTHORIZED)
    );
    assert!(!known.body.contains("hunter2"));
    assert!(
        known
            .body
            .contains("The email or the password is not right."),
        "{}",
        known.body
    );
    assert!(
        unknown
            .body
            .contains("The email or the password is not right.")
    );
}
