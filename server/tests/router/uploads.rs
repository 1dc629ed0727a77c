//! Pictures and logos that are sent, and by whom (E-18).

use super::cast::{TestApp, send};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};

/// A PNG of one pixel.
pub const PIXEL: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52,
    0x00, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x06, 0x00, 0x00, 0x00, 0x1f, 0x15, 0xc4,
    0x89, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0x10, 0x50, 0x30, 0xf8,
    0x0f, 0x00, 0x02, 0x04, 0x01, 0x60, 0x8d, 0xbc, 0xbb, 0x71, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45,
    0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];

/// Sends a file as `name` of a form; answers with where the browser is led.
pub async fn upload(app: &TestApp, who: &str, path: &str, name: &str, file: &[u8]) -> String {
    let mut body = format!(
        "--x\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"a.png\"\r\n\r\n"
    )
    .into_bytes();
    body.extend(file);
    body.extend(b"\r\n--x--\r\n");
    let mut request = Request::post(path)
        .header(header::HOST, "127.0.0.1:3000")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .header("sec-fetch-site", "same-origin");
    if let Some(cookie) = app.cookies.get(who) {
        request = request.header(header::COOKIE, cookie);
    }
    let answer = send(&app.router, request.body(Body::from(body)).unwrap()).await;
    answer.headers[header::LOCATION]
        .to_str()
        .unwrap()
        .to_owned()
}

// A-07, E-18: whose role requires a second factor uploads nothing before it is there, and is led to where it
// is registered; others go on.
#[tokio::test]
async fn who_lacks_a_second_factor_uploads_nothing() {
    let app = TestApp::new().await;
    let picture = async |who: &str| upload(&app, who, "/account/picture", "picture", PIXEL).await;
    let logo = async |who: &str| upload(&app, who, "/settings/booking/logo", "logo", PIXEL).await;
    let kept = async || {
        let pictures = "SELECT count(*) FROM employee WHERE picture IS NOT NULL";
        let logos = "SELECT count(*) FROM booking_settings WHERE logo IS NOT NULL";
        (app.number(pictures).await, app.number(logos).await)
    };
    let policy = |roles: u8| format!("UPDATE organisation SET second_factor = {roles}");
    let before = kept().await;
    app.sql(&policy(4)).await;
    assert_eq!(picture("nobody").await, "/sign-in?to=/account");
    assert_eq!(picture("ada").await, "/account");
    assert_eq!(logo("ada").await, "/settings/booking");
    assert_eq!(kept().await, before);
    for page in ["/account", "/settings/booking"] {
        let answer = app.page("ada", page).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert_eq!(answer.headers[header::LOCATION], "/account/second-factor");
    }
    assert_eq!(picture("max").await, "/account?done=picture");
    assert_eq!(kept().await, (before.0 + 1, before.1));
    app.sql(&policy(0)).await;
    assert_eq!(picture("ada").await, "/account?done=picture");
    assert_eq!(logo("ada").await, "/settings/booking?done=logo");
    assert_eq!(kept().await, (before.0 + 2, before.1 + 1));
}
