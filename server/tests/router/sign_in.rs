//! Signing in past the pages: a second factor, slowing down, resets, and what a provider posts.

use super::cast::{Answer, TestApp, post, send};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::json;
use server::demo::PASSWORD;
use std::time::{Duration, Instant};

fn credentials(person: &str, password: &str) -> [(&'static str, String); 2] {
    [
        ("email", format!("{person}@demo.example")),
        ("password", password.to_owned()),
    ]
}

/// A form that a browser posts to `path`, from our own page or from another site's.
fn posted(path: &str, body: &str, site: &str) -> Request<Body> {
    Request::post(path)
        .header(header::HOST, "127.0.0.1:3000")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", site)
        .body(Body::from(body.to_owned()))
        .unwrap()
}

async fn try_in(app: &TestApp, email: &str, password: &str) -> (Answer, Duration) {
    let form = [
        ("email", email.to_owned()),
        ("password", password.to_owned()),
    ];
    let began = Instant::now();
    let answer = app.call("nobody", "sign_in", &form).await;
    (answer, began.elapsed())
}

// five mistakes cost nothing; then it takes a pause, also for the right password, and for an
// email that is nobody's alike.
#[tokio::test]
async fn repeated_failures_slow_down_whoever_it_is() {
    let app = TestApp::new().await;
    for email in ["sam@demo.example", "nobody@elsewhere.example"] {
        let mut answers = Vec::new();
        for _ in 0..6 {
            answers.push(try_in(&app, email, "wrong").await.0);
        }
        let statuses: Vec<u16> = answers
            .iter()
            .map(|answer| answer.status.as_u16())
            .collect();
        assert_eq!(statuses, [401, 401, 401, 401, 401, 429], "{email}");
        let (right, _) = try_in(&app, email, PASSWORD).await;
        assert_eq!(right.status, StatusCode::TOO_MANY_REQUESTS, "{email}");
        assert_eq!(right.body, answers[5].body, "{email}");
    }
    // Another account is not slowed down by it.
    let max = try_in(&app, "max@demo.example", PASSWORD).await.0;
    assert_eq!(max.status, StatusCode::OK, "{}", max.body);
}

// failures are counted before the password is compared, so many at once are no way around.
#[tokio::test]
async fn many_tries_at_once_are_counted_too() {
    let app = TestApp::new().await;
    let tries = (0..20).map(|_| try_in(&app, "sam@demo.example", "wrong"));
    let answers = futures::future::join_all(tries).await;
    let compared = answers
        .iter()
        .filter(|(answer, _)| answer.status == StatusCode::UNAUTHORIZED);
    assert_eq!(compared.count(), 5);
}

// nothing in the time tells which emails exist. 200 tries, known and unknown in turns; the two
// samples are compared by Mann and Whitney's U: for equal distributions |z| stays below 3.3 in 999 of
// 1,000 runs. Seen failing with the hash of nobody left out (|z| = 12), and on a quiet machine with
// the statements that read an account left out for nobody (|z| = 9.6).
#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_email_takes_as_long_as_a_known_one() {
    let app = TestApp::new().await;
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    let people = [
        "max",
        "sam",
        "noor",
        "lee",
        "ada",
        "omar.farouk",
        "noam.cohen",
        "nino.beridze",
        "jan.peeters",
        "ana.covic",
        "kwame.mensah",
        "xu.li",
        "tom.verhulst",
        "haruto.sato",
        "priya.sharma",
        "somchai.wattana",
        "dmytro.kovalenko",
        "olena.shevchenko",
        "giorgos.papadopoulos",
        "lukasz.wisniewski",
        "sian.llewellyn",
        "thordis.gudmundsdottir",
        "jose.nanez",
        "segolene.dhaeseleer",
        "siobhan.osuilleabhain",
    ];
    for round in 0..4 {
        for (number, person) in people.iter().enumerate() {
            let email = |known: bool| match known {
                true => format!("{person}@demo.example"),
                false => format!("nobody-{number}@demo.example"),
            };
            // Each comes first as often as the other, so that no rhythm of the machine tells them apart.
            let first = (round + number) % 2 == 0;
            for is_known in [first, !first] {
                let email = email(is_known);
                let (answer, time) = try_in(&app, &email, "wrong").await;
                assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{email} {round}");
                let times = if is_known { &mut known } else { &mut unknown };
                times.push(time);
            }
        }
    }
    let z = mann_whitney(&known, &unknown);
    assert!(z.abs() < 3.3, "z = {z}");
}

/// The standardised U of two samples.
fn mann_whitney(one: &[Duration], other: &[Duration]) -> f64 {
    let u: usize = one
        .iter()
        .map(|a| other.iter().filter(|b| a > *b).count())
        .sum();
    let (n, m) = (one.len() as f64, other.len() as f64);
    (u as f64 - n * m / 2.0) / (n * m * (n + m + 1.0) / 12.0).sqrt()
}

// asking for a link is answered alike for everybody, and not for ever.
#[tokio::test]
async fn asking_for_a_link_tells_nobody_anything() {
    let app = TestApp::new().await;
    let mut answers = Vec::new();
    for email in [
        "sam@demo.example",
        "nobody@elsewhere.example",
        "meiling.chen@demo.example",
    ] {
        let form = [("email", email.to_owned())];
        let answer = app.call("nobody", "forgot_password", &form).await;
        answers.push((answer.status, answer.body));
    }
    assert_eq!(answers[0].0, StatusCode::OK);
    assert!(
        answers.windows(2).all(|pair| pair[0] == pair[1]),
        "{answers:?}"
    );
    let form = [("email", "sam@demo.example".to_owned())];
    let mut last = StatusCode::OK;
    for _ in 0..3 {
        last = app.call("nobody", "forgot_password", &form).await.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
}

// what another site posts is taken by the address of responses alone, and only shown a page of
// ours that posts it once more; without a request of this browser it signs nobody in.
#[tokio::test]
async fn a_response_that_nobody_asked_for_signs_nobody_in() {
    let app = TestApp::new().await;
    let body = "SAMLResponse=PHg%2BPC94Pg%3D%3D&RelayState=%22%3E%3Cscript%3E";
    let answer = send(&app.router, posted("/sso/saml/acs", body, "cross-site")).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert!(!answer.headers.contains_key(header::SET_COOKIE));
    assert!(
        answer.body.contains("&quot;&gt;&lt;script&gt;"),
        "{}",
        answer.body
    );
    let answer = send(&app.router, posted("/sso/saml/acs", body, "same-origin")).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(answer.headers[header::LOCATION], "/sign-in?done=refused");
    assert!(!answer.headers.contains_key(header::SET_COOKIE));
    for path in [
        "/api/sign_in",
        "/sso/start/019a0000-0000-7000-8000-000000000000",
        "/",
    ] {
        let answer = send(&app.router, posted(path, body, "cross-site")).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
    }
}

// our metadata names this organisation's addresses, from the configured URL and never from Host.
#[tokio::test]
async fn our_metadata_names_the_configured_addresses() {
    let app = TestApp::at("https://staffroom.example").await;
    let answer = app.page("nobody", "/sso/saml/metadata").await;
    assert_eq!(answer.status, StatusCode::OK);
    for part in [
        "https://staffroom.example/sso/saml\"",
        "https://staffroom.example/sso/saml/acs\"",
        "WantAssertionsSigned=\"true\"",
    ] {
        assert!(answer.body.contains(part), "{part}: {}", answer.body);
    }
    assert!(!answer.body.contains("127.0.0.1"), "{}", answer.body);
}

// an answer that no sign-in of this browser waits for is refused.
#[tokio::test]
async fn an_answer_that_nobody_waits_for_is_refused() {
    let app = TestApp::new().await;
    for who in ["nobody", "sam"] {
        let answer = app.page(who, "/sso/oidc/callback?code=x&state=y").await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER);
        assert_eq!(answer.headers[header::LOCATION], "/sign-in?done=refused");
    }
}

// without the password of lately, in this browser, no code helps.
#[tokio::test]
async fn a_code_is_nothing_without_the_password() {
    let app = TestApp::new().await;
    let form = [("code", "123456".to_owned())];
    let answer = app.call("nobody", "prove_code", &form).await;
    assert_eq!(answer.status, StatusCode::GONE, "{}", answer.body);
    let named = TestApp::at("http://localhost:3000").await;
    let answer = named
        .ask(
            "nobody",
            "sign_in_by_passkey",
            json!({ "answer": "{}", "to": "/" }),
        )
        .await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{}", answer.body);
}

// what would leave no Administrator a way in is refused, and nothing changes.
#[tokio::test]
async fn the_last_way_in_stays() {
    let app = TestApp::new().await;
    let form = [
        ("version", "1".to_owned()),
        ("single_sign_on", "everybody".to_owned()),
    ];
    let answer = app.call("ada", "change_policy", &form).await;
    assert_eq!(answer.status, StatusCode::CONFLICT, "{}", answer.body);
    assert!(answer.body.contains("LastWayIn"), "{}", answer.body);
    let ada = try_in(&app, "ada@demo.example", PASSWORD).await.0;
    assert_eq!(ada.status, StatusCode::OK);
}

// a sign-in is noted with how it was proved; the browser's cookie of what it began is as safe.
#[tokio::test]
async fn a_challenge_is_of_one_browser() {
    let app = TestApp::at("http://localhost:3000").await;
    let answer = app.ask("nobody", "passkey_challenge", json!({})).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap();
    for attribute in [
        "staffroom-browser=",
        "HttpOnly",
        "SameSite=Lax",
        "Max-Age=900",
    ] {
        assert!(cookie.contains(attribute), "{cookie}");
    }
    // Under a bare address browsers have no passkeys.
    let bare = TestApp::new().await;
    let answer = bare.ask("nobody", "passkey_challenge", json!({})).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    let form = credentials("sam", PASSWORD);
    let answer = send(&bare.router, post("sign_in", &form, None)).await;
    assert_eq!(answer.status, StatusCode::OK);
}

// A-07, step-up: what decides who gets in or what is gone for good asks for a sign-in of the last half
// hour; everything else goes on.
#[tokio::test]
async fn what_can_do_harm_asks_for_a_fresh_sign_in() {
    let app = TestApp::new().await;
    let (sam, office) = (app.id("sam").await, app.office("Ghent").await);
    let (balint, version) = (app.id("ingrid.weiss").await, app.version(&sam).await);
    app.sql("UPDATE session SET proved_at = '2020-01-01T00:00:00.000000Z'")
        .await;
    let pair = |name: &'static str, value: &str| (name, value.to_owned());
    let of_sam = || vec![pair("id", &sam), pair("version", &version)];
    let with = |mut form: Vec<(&'static str, String)>, more: (&'static str, String)| {
        form.push(more);
        form
    };
    let calls = [
        (
            "delete_employee",
            with(of_sam(), pair("confirmation", "sam@demo.example")),
        ),
        (
            "save_employee",
            with(of_sam(), pair("email", "s@demo.example")),
        ),
        ("save_employee", with(of_sam(), pair("external_id", "S-1"))),
        (
            "save_employee",
            with(
                with(of_sam(), pair("shown[0]", "administrator")),
                pair("roles[0]", "administrator"),
            ),
        ),
        (
            "create_employee",
            vec![
                pair("email", "new@demo.example"),
                pair("roles[0]", "administrator"),
            ],
        ),
        ("copy_invitation", vec![pair("id", &balint)]),
        ("exempt_employee", with(of_sam(), pair("exempt", "true"))),
        ("turn_over", with(of_sam(), pair("provider", &office))),
        ("reset_second_factor", vec![pair("id", &sam)]),
        (
            "change_policy",
            vec![pair("version", "1"), pair("single_sign_on", "nobody")],
        ),
        ("begin_authenticator", vec![]),
        ("make_recovery_codes", vec![]),
        ("remove_authenticator", vec![]),
        ("change_email", vec![pair("email", "other@demo.example")]),
        (
            "change_password",
            vec![
                pair("password", PASSWORD),
                pair("new_password", "a kettle by the river"),
            ],
        ),
    ];
    for (function, form) in calls {
        let answer = app.call("ada", function, &form).await;
        assert_eq!(
            answer.status,
            StatusCode::FORBIDDEN,
            "{function}: {}",
            answer.body
        );
        assert!(
            answer.body.contains("SignInAgain"),
            "{function}: {}",
            answer.body
        );
    }
    let harmless = with(of_sam(), pair("function", "Adviser"));
    let answer = app.call("ada", "save_employee", &harmless).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
}

// a session from before a second factor is worth nothing from then on.
#[tokio::test]
async fn a_session_from_before_a_second_factor_is_over() {
    let app = TestApp::new().await;
    app.sql(
        "INSERT INTO authenticator (organisation, employee, secret, step, created_at)
         SELECT organisation, id, x'00', 0, '2020-01-01T00:00:00.000000Z' FROM employee
         WHERE email = 'sam@demo.example'",
    )
    .await;
    let sam = app.call("sam", "who_am_i", &[]).await;
    assert_eq!(sam.status, StatusCode::UNAUTHORIZED, "{}", sam.body);
    let max = app.call("max", "who_am_i", &[]).await;
    assert_eq!(max.status, StatusCode::OK, "{}", max.body);
}
