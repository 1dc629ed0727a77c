//! What every answer says, and what a request from elsewhere meets.

use super::cast::{TestApp, post, send};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};

// 5-proof "Page": a strict policy with a nonce of its own for each answer.
#[tokio::test]
async fn a_page_says_what_it_may_run() {
    let app = TestApp::new().await;
    let (one, two) = (
        app.page("ada", "/employees").await,
        app.page("ada", "/employees").await,
    );
    let policy = one.headers[header::CONTENT_SECURITY_POLICY]
        .to_str()
        .unwrap();
    assert!(
        !policy.contains("unsafe-inline") && policy.contains("'nonce-"),
        "{policy}"
    );
    assert!(
        policy.contains("frame-ancestors 'none'") && policy.contains("base-uri 'none'"),
        "{policy}"
    );
    assert_ne!(
        one.headers[header::CONTENT_SECURITY_POLICY],
        two.headers[header::CONTENT_SECURITY_POLICY]
    );
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("x-frame-options", "DENY"),
        ("cache-control", "no-store"),
    ] {
        assert_eq!(one.headers[name], value, "{name}");
    }
    assert!(
        !one.body.contains(" style=\""),
        "an inline style the policy would refuse"
    );
}

// 5-proof "Cross-site": a form on another site can't use somebody's session.
#[tokio::test]
async fn a_request_from_another_site_is_refused() {
    let app = TestApp::new().await;
    let form = [("name", "Evil".to_owned()), ("active", "true".to_owned())];
    let cookie = app.cookies.get("ada");
    for (name, value, status) in [
        ("sec-fetch-site", "cross-site", StatusCode::FORBIDDEN),
        ("sec-fetch-site", "same-site", StatusCode::FORBIDDEN),
        ("sec-fetch-site", "same-origin", StatusCode::OK),
        ("origin", "https://evil.example", StatusCode::FORBIDDEN),
        ("origin", "null", StatusCode::FORBIDDEN),
        ("origin", "http://127.0.0.1:3000", StatusCode::OK),
    ] {
        let mut request = post("create_office", &form, cookie);
        request.headers_mut().remove("sec-fetch-site");
        request.headers_mut().insert(name, value.parse().unwrap());
        let fresh = TestApp::new().await;
        assert_eq!(
            send(&fresh.router, request).await.status,
            status,
            "{name}: {value}"
        );
    }
}

// Nothing panics on what a stranger sends.
#[tokio::test]
async fn nonsense_is_answered_and_not_more() {
    let app = TestApp::new().await;
    for path in [
        "/employees/%00",
        "/employees/x",
        "/employees?after=~&size=x&status=%ff",
        "/team/'",
        "/%2e%2e/x",
        "/pkg/..%2fx",
    ] {
        let answer = app.page("ada", path).await;
        assert!(answer.status.as_u16() < 500, "{path}: {}", answer.status);
    }
    for body in ["", "id=1&version=x", "%ff%fe=%00", "id[a][b][c]=1"] {
        let request = Request::post("/api/save_employee")
            .header(header::HOST, "127.0.0.1:3000")
            .header(header::COOKIE, &app.cookies["ada"])
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        assert_eq!(
            send(&app.router, request).await.status.as_u16(),
            422,
            "{body}"
        );
    }
}

// Health for those who look after the server; readiness asks the database.
#[tokio::test]
async fn health_and_readiness_answer_without_a_session() {
    let app = TestApp::new().await;
    for path in ["/healthz", "/readyz"] {
        assert_eq!(
            app.page("nobody", path).await.status,
            StatusCode::OK,
            "{path}"
        );
    }
}

// A page that needs somebody leads a stranger to the sign-in, and back afterwards.
#[tokio::test]
async fn a_stranger_is_led_to_the_sign_in() {
    let app = TestApp::new().await;
    let answer = app.page("nobody", "/employees?status=pending").await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(
        answer.headers[header::LOCATION],
        "/sign-in?to=/employees%3Fstatus%3Dpending"
    );
}
