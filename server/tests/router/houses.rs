//! Several organisations in one deployment, told apart by the host name of the request.

use super::cast::{Answer, TestApp, query, send};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use domain::credential::PasswordHash;
use domain::employee::Created;
use domain::organisation::{OrganisationCreated, Settings};
use domain::provider::{Profile, Protocol, ProviderCreated};
use domain::{Actor, EmployeeId, OrganisationId, ProviderId};
use serde_json::{Value, json};
use server::demo::PASSWORD;
use std::sync::OnceLock;
use store::Store;
use store::appointment::Which;
use store::link::Purpose;

const DEMO: &str = "demo.example";
const OTHER: &str = "other.example";

/// A second organisation beside the demo's, with an Administrator of the same email and a provider.
async fn second(store: &Store) -> ProviderId {
    let at = store::now();
    let (organisation, administrator) =
        (OrganisationId(store::new_id()), EmployeeId(store::new_id()));
    let settings = Settings {
        name: "Other".into(),
        time_zone: "Europe/Brussels".into(),
        country: "BE".into(),
        language: "en".into(),
        invitation_hours: 72,
    };
    let known = app::settings::known::known();
    let made = OrganisationCreated::allow(organisation, Some(OTHER.into()), settings, known, at);
    let email = "ada@demo.example";
    let first = Created::first_administrator(organisation, administrator, email, at);
    let system = Actor::system(organisation);
    let mut write = store.write(organisation, None).await.unwrap();
    write.apply(made.unwrap()).await.unwrap();
    write.apply(first.unwrap()).await.unwrap();
    let employee = write.employee(administrator).await.unwrap().unwrap();
    let invited = employee.invite(&system, 72, false, at).unwrap();
    let token = write.apply(invited).await.unwrap();
    write
        .use_link(&token, Purpose::Invitation, at)
        .await
        .unwrap();
    let hash: PasswordHash = app::password::hash("of the other organisation".into())
        .await
        .unwrap();
    let employee = write.employee(administrator).await.unwrap().unwrap();
    let activated = employee.activate(&employee.email, "Ada", "Other", hash, at);
    write.apply(activated.unwrap()).await.unwrap();
    let id = ProviderId(store::new_id());
    let profile = Profile {
        name: "Theirs".into(),
        issuer: "https://idp.example".into(),
        address: "https://idp.example/sso".into(),
        certificates: vec![include_str!("../../../saml/tests/fixtures/provider.crt").into()],
        ..Profile::default()
    };
    let created = ProviderCreated::allow(&system, id, Protocol::Saml, profile, None, at);
    write.apply(created.unwrap()).await.unwrap();
    let provider = write.provider(id).await.unwrap().unwrap();
    let switched = provider.switch(&system, true, true, at).unwrap();
    write.apply(switched).await.unwrap();
    write.commit().await.unwrap();
    id
}

async fn get(app: &TestApp, host: &str, path: &str, cookie: Option<&str>) -> Answer {
    let mut request = Request::get(path)
        .header(header::HOST, host)
        .header(header::ACCEPT, "text/html");
    if let Some(cookie) = cookie {
        request = request.header(header::COOKIE, cookie);
    }
    send(&app.router, request.body(Body::empty()).unwrap()).await
}

async fn ask(
    app: &TestApp,
    host: &str,
    function: &str,
    with: Value,
    cookie: Option<&str>,
) -> Answer {
    let mut request = Request::post(format!("/api/{function}"))
        .header(header::HOST, host)
        .header(header::CONTENT_TYPE, "application/json")
        .header("sec-fetch-site", "same-origin");
    if let Some(cookie) = cookie {
        request = request.header(header::COOKIE, cookie);
    }
    let body = Body::from(with.to_string());
    send(&app.router, request.body(body).unwrap()).await
}

async fn sign_in(app: &TestApp, host: &str, password: &str) -> Answer {
    let form = [
        ("email", "ada@demo.example".to_owned()),
        ("password", password.to_owned()),
    ];
    let request = Request::post("/api/sign_in")
        .header(header::HOST, host)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin");
    let body = Body::from(super::cast::encode(&form));
    send(&app.router, request.body(body).unwrap()).await
}

/// The secret of a customer's links to an appointment of the demo's.
async fn customers_link(store: &Store) -> String {
    let (organisation, _) = store.organisations().await.unwrap()[0];
    let mut write = store.write(organisation, None).await.unwrap();
    let sam = write.employee_by_email("sam@demo.example").await.unwrap();
    let ahead = write.upcoming(sam.unwrap().id, Which::All, store::now());
    let first = ahead.await.unwrap().remove(0).appointment.id;
    write.link_of_appointment(first).await.unwrap().unwrap()
}

// P-05: a customer's link opens nothing at another organisation's host, and changes nothing there.
#[tokio::test]
async fn a_customers_link_is_of_one_organisation() {
    let link = OnceLock::new();
    let app = TestApp::of_two("https://demo.example", DEMO, async |store| {
        link.set(customers_link(store).await).unwrap();
        second(store).await
    });
    let app = app.await;
    let path = format!("/book/appointment/{}", link.get().unwrap());
    assert_eq!(get(&app, DEMO, &path, None).await.status, StatusCode::OK);
    for page in ["", "/time", "/cancel"] {
        let there = get(&app, OTHER, &format!("{path}{page}"), None).await;
        assert_eq!(there.status, StatusCode::NOT_FOUND, "{page}");
    }
    let cancelled = Request::post(format!("{path}/cancel"))
        .header(header::HOST, OTHER)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin");
    let cancelled = send(&app.router, cancelled.body(Body::empty()).unwrap()).await;
    assert_eq!(cancelled.status, StatusCode::NOT_FOUND);
    let here = get(&app, DEMO, &path, None).await;
    assert!(!here.body.contains("Cancelled"), "{}", here.body);
}

// "Everything belongs to exactly one organisation": a session, a provider, a person of one is nothing
// in the other, also where the email is the same; ids of the other answer 404.
#[tokio::test]
async fn an_organisation_is_reached_by_its_host_alone() {
    let app = TestApp::of_two("https://demo.example", DEMO, second).await;
    let theirs = app.second.unwrap();
    for (host, right, wrong) in [
        (DEMO, PASSWORD, "of the other organisation"),
        (OTHER, "of the other organisation", PASSWORD),
        ("Other.Example:443", "of the other organisation", PASSWORD),
    ] {
        assert_eq!(
            sign_in(&app, host, right).await.status,
            StatusCode::OK,
            "{host}"
        );
        let refused = sign_in(&app, host, wrong).await;
        assert_eq!(refused.status, StatusCode::UNAUTHORIZED, "{host}");
    }
    let nowhere = get(&app, "nobody.example", "/sign-in", None).await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);

    let answer = sign_in(&app, DEMO, PASSWORD).await;
    let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap();
    let cookie = cookie.split(';').next().unwrap();
    let list = json!({ "query": query(""), "team": null });
    let here = ask(&app, DEMO, "list_employees", list.clone(), Some(cookie)).await;
    assert_eq!(here.status, StatusCode::OK);
    assert!(!here.body.contains("Ada Other"));
    let there = ask(&app, OTHER, "list_employees", list, Some(cookie)).await;
    assert_eq!(there.status, StatusCode::UNAUTHORIZED);

    let provider = json!({ "id": theirs });
    let found = ask(&app, DEMO, "get_provider", provider, Some(cookie)).await;
    assert_eq!(found.status, StatusCode::NOT_FOUND);
    let start = format!("/sso/start/{theirs}");
    let begun = get(&app, OTHER, &start, None).await;
    let to = begun.headers[header::LOCATION].to_str().unwrap();
    assert!(to.starts_with("https://idp.example/sso?"), "{to}");
    let refused = get(&app, DEMO, &start, None).await;
    assert_eq!(refused.headers[header::LOCATION], "/sign-in?done=refused");
    let test = get(&app, DEMO, &format!("/sso/test/{theirs}"), Some(cookie)).await;
    assert_eq!(test.status, StatusCode::NOT_FOUND);

    let ways = json!({ "email": "x@x.example" });
    let of_demo = ask(&app, DEMO, "ways_in", ways.clone(), None).await;
    assert_eq!(of_demo.json()["providers"], json!([]));
    let of_other = ask(&app, OTHER, "ways_in", ways, None).await;
    assert_eq!(of_other.json()["providers"][0][1], "Theirs");

    // Addresses are each organisation's own, at the configured scheme.
    for host in [DEMO, OTHER] {
        let metadata = get(&app, host, "/sso/saml/metadata", None).await;
        let own = format!("https://{host}/sso/saml\"");
        assert!(metadata.body.contains(&own), "{}", metadata.body);
    }
}
