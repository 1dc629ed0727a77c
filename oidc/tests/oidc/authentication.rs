//! How we prove to the token endpoint who we are.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use oidc::Fault;
use serde_json::json;

use crate::provider::{Asked, Reply, TOKEN};
use crate::stage::{SECRET, Stage};

async fn asked(stage: &Stage) -> Asked {
    stage.sign_in(|_| ()).await.unwrap();
    stage.fake.asked(TOKEN).remove(0)
}

#[tokio::test]
async fn the_secret_goes_into_the_header_encoded() {
    for methods in [
        None,
        Some(json!(["client_secret_post", "client_secret_basic"])),
    ] {
        let stage = Stage::new().await;
        stage
            .fake
            .say("token_endpoint_auth_methods_supported", methods);
        let asked = asked(&stage).await;
        let credentials = BASE64_STANDARD.encode("staffroom:a+secret%3A+100%25+%2B+more");
        assert_eq!(asked.authorization, Some(format!("Basic {credentials}")));
        assert!(!asked.body.contains("secret"));
    }
}

#[tokio::test]
async fn the_secret_goes_into_the_form_if_that_is_the_only_way() {
    let stage = Stage::new().await;
    let only = Some(json!(["client_secret_post"]));
    stage
        .fake
        .say("token_endpoint_auth_methods_supported", only);
    let asked = asked(&stage).await;
    assert_eq!(asked.authorization, None);
    let form: Vec<_> = url::form_urlencoded::parse(asked.body.as_bytes()).collect();
    assert!(form.contains(&("client_id".into(), "staffroom".into())));
    assert!(form.contains(&("client_secret".into(), SECRET.into())));
}

#[tokio::test]
async fn a_public_client_only_says_its_name() {
    let mut stage = Stage::new().await;
    stage.provider.client_secret = None;
    let asked = asked(&stage).await;
    assert_eq!(asked.authorization, None);
    assert!(asked.body.contains("client_id=staffroom"));
    assert!(!asked.body.contains("client_secret"));
}

#[tokio::test]
async fn refusals_of_the_token_endpoint_are_told_apart() {
    let stage = Stage::new().await;
    for (status, body, fault) in [
        (
            401,
            json!({"error": "invalid_client"}),
            Fault::ClientRefused("invalid_client".into()),
        ),
        (
            400,
            json!({"error": "invalid_grant"}),
            Fault::CodeRefused("invalid_grant".into()),
        ),
        (
            400,
            json!({"error": "a\n".repeat(100)}),
            Fault::CodeRefused("a".repeat(50)),
        ),
        (500, json!({"error": "invalid_grant"}), Fault::Status(500)),
        (403, json!("go away"), Fault::Status(403)),
        (
            200,
            json!({"access_token": "x", "token_type": "Bearer"}),
            Fault::TokenAnswer,
        ),
        (200, json!({"id_token": null}), Fault::TokenAnswer),
    ] {
        let reply = Some(Reply::Json(status, body));
        assert_eq!(stage.refused(|it| it.reply = reply).await, fault);
    }
}

#[tokio::test]
async fn nothing_secret_is_shown() {
    let stage = Stage::new().await;
    let shown = format!("{:?}", stage.provider);
    assert!(shown.contains("staffroom") && shown.contains("hidden"));
    assert!(!shown.contains(SECRET));
}
