//! Signing in as it should be, and answers of the browser that are not.

use std::sync::Arc;

use jiff::Timestamp;
use oidc::{Answer, Fault, discover, finish, start};
use serde_json::json;

use crate::provider::{KEYS, TOKEN};
use crate::signer::Signer;
use crate::stage::{NOW, REDIRECT, Stage};

#[tokio::test]
async fn a_genuine_sign_in_is_accepted() {
    let stage = Stage::new().await;
    let claims = |attempt: &mut crate::stage::Attempt| {
        attempt.claims["auth_time"] = json!(NOW - 30);
        attempt.claims["groups"] = json!(["agents", "ghent"]);
        attempt.claims["department"] = json!("x".repeat(1000));
        // As Auth0 and Cognito write them.
        attempt.claims["updated_at"] = json!("2026-11-01T10:00:00.000Z");
        attempt.claims["email_verified"] = json!("true");
    };
    let identity = stage.sign_in(claims).await.unwrap();
    assert_eq!(identity.subject, "248289761001");
    assert_eq!(identity.email.as_deref(), Some("noor@demo.example"));
    assert_eq!(identity.name.as_deref(), Some("Noor"));
    assert_eq!(identity.auth_time.unwrap().as_second(), NOW - 30);
    let claim = |wanted: &str| {
        let found = identity.claims.iter().find(|(name, _)| name == wanted);
        found.map(|(_, value)| value.clone())
    };
    assert_eq!(claim("groups").unwrap(), r#"["agents","ghent"]"#);
    assert_eq!(claim("sub").unwrap(), "248289761001");
    assert_eq!(claim("department").unwrap().len(), 300);
    assert_eq!(claim("nonce"), None);
    // Neither the userinfo endpoint nor anything else was asked.
    assert_eq!(stage.fake.asked(TOKEN).len(), 1);
    assert_eq!(stage.fake.asked(KEYS).len(), 1);
}

#[tokio::test]
async fn each_algorithm_of_the_list_is_accepted() {
    for alg in ["ES256", "ES384", "RS256", "PS256", "EdDSA"] {
        let stage = Stage::signing(alg).await;
        let identity = stage.sign_in(|_| ()).await;
        assert!(identity.is_ok(), "{alg}: {identity:?}");
    }
}

#[tokio::test]
async fn the_code_is_redeemed_with_the_verifier() {
    let stage = Stage::new().await;
    stage.sign_in(|_| ()).await.unwrap();
    let body = stage.fake.asked(TOKEN).remove(0).body;
    let form: std::collections::HashMap<_, _> = url::form_urlencoded::parse(body.as_bytes())
        .into_owned()
        .collect();
    assert_eq!(form["grant_type"], "authorization_code");
    assert_eq!(form["code"], "the code");
    assert_eq!(form["redirect_uri"], REDIRECT);
    assert_eq!(form["code_verifier"].len(), 43);
}

#[tokio::test]
async fn another_state_is_refused_before_the_code_is_sent() {
    let stage = Stage::new().await;
    for state in ["", "another"] {
        let fault = stage.refused(|it| it.state = state.to_owned()).await;
        assert_eq!(fault, Fault::State);
    }
    assert_eq!(stage.fake.asked(TOKEN).len(), 0);
}

#[tokio::test]
async fn the_issuer_in_the_answer_must_be_the_right_one() {
    let stage = Stage::new().await;
    let other = Some(String::from("https://other.example"));
    let fault = stage.refused(|it| it.iss = other).await;
    assert_eq!(fault, Fault::AnswerIssuer);
    assert_eq!(stage.fake.asked(TOKEN).len(), 0);
    let right = Some(stage.fake.issuer.clone());
    assert!(stage.sign_in(|it| it.iss = right).await.is_ok());
}

#[tokio::test]
async fn the_issuer_in_the_answer_must_be_there_if_announced() {
    let stage = Stage::new().await;
    let entry = "authorization_response_iss_parameter_supported";
    stage.fake.say(entry, Some(json!(true)));
    let fault = stage.refused(|it| it.iss = None).await;
    assert_eq!(fault, Fault::AnswerIssuerMissing);
    let right = Some(stage.fake.issuer.clone());
    assert!(stage.sign_in(|it| it.iss = right).await.is_ok());
}

#[tokio::test]
async fn keys_that_changed_are_fetched_once_and_kept() {
    let mut stage = Stage::new().await;
    let discovered = discover(&stage.client, &stage.provider.issuer)
        .await
        .unwrap();
    for (kid, fetched) in [("second", 2), ("second", 2), ("third", 3)] {
        if stage.signer.kid != kid {
            stage.signer = Arc::new(Signer::new("ES256", kid));
            stage.fake.publish(&[stage.signer.jwk()]);
        }
        let pending = start(&discovered, &stage.provider, REDIRECT, false)
            .unwrap()
            .pending;
        let claims = json!({
            "iss": stage.fake.issuer, "aud": "staffroom", "sub": "1",
            "nonce": pending.nonce, "iat": NOW, "exp": NOW + 60,
        });
        let token = stage.signer.sign(&stage.signer.header(), &claims);
        let reply = crate::provider::Reply::Json(200, json!({"id_token": token}));
        stage.fake.reply(TOKEN, reply);
        let answer = Answer {
            code: "c",
            state: &pending.state,
            iss: None,
        };
        let now = Timestamp::from_second(NOW).unwrap();
        let (client, provider) = (&stage.client, &stage.provider);
        // A clone each time: what one learned the others know.
        let discovered = discovered.clone();
        let identity = finish(
            client,
            &discovered,
            provider,
            REDIRECT,
            &pending,
            &answer,
            now,
            false,
        )
        .await;
        assert!(identity.is_ok(), "{identity:?}");
        assert_eq!(stage.fake.asked(KEYS).len(), fetched);
    }
}

#[tokio::test]
async fn keys_that_changed_under_the_same_name_are_fetched_too() {
    let mut stage = Stage::new().await;
    let new = Arc::new(Signer::new("ES256", "first"));
    let keys = [new.jwk()];
    let fake = stage.fake.clone();
    stage.signer = new;
    // Discovery sees the old key still.
    fake.publish(&[Signer::new("ES256", "first").jwk()]);
    assert!(stage.sign_in(|_| fake.publish(&keys)).await.is_ok());
}

#[tokio::test]
async fn what_was_discovered_is_of_one_provider_only() {
    let stage = Stage::new().await;
    let discovered = discover(&stage.client, &stage.provider.issuer)
        .await
        .unwrap();
    let mut other = stage.provider.clone();
    other.issuer = String::from("https://other.example");
    let fault = start(&discovered, &other, REDIRECT, false).unwrap_err();
    assert_eq!(fault, Fault::IssuerMismatch);
    let pending = start(&discovered, &stage.provider, REDIRECT, false)
        .unwrap()
        .pending;
    let answer = Answer {
        code: "c",
        state: &pending.state,
        iss: None,
    };
    let now = Timestamp::from_second(NOW).unwrap();
    let finished = finish(
        &stage.client,
        &discovered,
        &other,
        REDIRECT,
        &pending,
        &answer,
        now,
        false,
    )
    .await;
    assert_eq!(finished.unwrap_err(), Fault::IssuerMismatch);
}
