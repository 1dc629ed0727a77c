//! Each rule of the ID token, broken once.

use oidc::Fault;
use serde_json::json;

use crate::provider::KEYS;
use crate::signer::Signer;
use crate::stage::{NOW, SECRET, Stage};

#[tokio::test]
async fn the_nonce_must_be_that_of_the_sign_in() {
    let stage = Stage::new().await;
    let fault = stage
        .refused(|it| it.claims["nonce"] = json!("another"))
        .await;
    assert_eq!(fault, Fault::Nonce);
    assert_eq!(stage.refused(|it| it.without("nonce")).await, Fault::Nonce);
}

#[tokio::test]
async fn the_issuer_must_be_that_of_the_provider() {
    let stage = Stage::new().await;
    for issuer in [
        "https://other.example".to_owned(),
        stage.fake.issuer.clone() + "/",
    ] {
        let fault = stage.refused(|it| it.claims["iss"] = json!(issuer)).await;
        assert_eq!(fault, Fault::TokenIssuer);
    }
}

#[tokio::test]
async fn the_audience_must_be_us() {
    let stage = Stage::new().await;
    for audience in [
        json!("other"),
        json!("Staffroom"),
        json!(["staffroom2"]),
        json!([]),
    ] {
        let fault = stage.refused(|it| it.claims["aud"] = audience).await;
        assert_eq!(fault, Fault::Audience);
    }
    assert_eq!(stage.refused(|it| it.without("aud")).await, Fault::Audience);
    assert!(
        stage
            .sign_in(|it| it.claims["aud"] = json!(["staffroom"]))
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn a_token_for_several_must_have_been_given_to_us() {
    let stage = Stage::new().await;
    let several = json!(["staffroom", "other"]);
    let fault = stage.refused(|it| it.claims["aud"] = several.clone()).await;
    assert_eq!(fault, Fault::AuthorizedParty);
    for audience in [several.clone(), json!("staffroom")] {
        let fault = stage
            .refused(|it| {
                it.claims["aud"] = audience;
                it.claims["azp"] = json!("other");
            })
            .await;
        assert_eq!(fault, Fault::AuthorizedParty);
    }
    let signed_in = stage
        .sign_in(|it| {
            it.claims["aud"] = several;
            it.claims["azp"] = json!("staffroom");
        })
        .await;
    assert!(signed_in.is_ok());
}

#[tokio::test]
async fn an_expired_token_is_refused() {
    let stage = Stage::new().await;
    assert_eq!(stage.refused(|it| it.now = NOW + 660).await, Fault::Expired);
    assert!(stage.sign_in(|it| it.now = NOW + 659).await.is_ok());
    let fault = stage.refused(|it| it.without("exp")).await;
    assert!(matches!(fault, Fault::IdToken(_)), "{fault:?}");
}

#[tokio::test]
async fn a_token_of_the_future_is_refused() {
    let stage = Stage::new().await;
    for claim in ["iat", "nbf"] {
        let fault = stage.refused(|it| it.claims[claim] = json!(NOW + 61)).await;
        assert_eq!(fault, Fault::NotYetValid, "{claim}");
        assert!(
            stage
                .sign_in(|it| it.claims[claim] = json!(NOW + 60))
                .await
                .is_ok()
        );
    }
    let fault = stage
        .refused(|it| it.claims["nbf"] = json!("tomorrow"))
        .await;
    assert_eq!(fault, Fault::NotYetValid);
    let fault = stage.refused(|it| it.without("iat")).await;
    assert!(matches!(fault, Fault::IdToken(_)), "{fault:?}");
}

#[tokio::test]
async fn an_unsigned_token_is_refused() {
    let stage = Stage::new().await;
    let fault = stage
        .refused(|it| it.sign_with(Signer::new("none", "first")))
        .await;
    assert_eq!(fault, Fault::Unsigned);
    // A real signature below a header that denies it.
    let fault = stage.refused(|it| it.header["alg"] = json!("none")).await;
    assert_eq!(fault, Fault::Unsigned);
}

#[tokio::test]
async fn a_shared_secret_is_no_key() {
    let stage = Stage::new().await;
    let public = stage.signer.public_key();
    for bytes in [SECRET.as_bytes(), &public] {
        let fault = stage
            .refused(|it| it.sign_with(Signer::shared(bytes, "first")))
            .await;
        assert_eq!(fault, Fault::Algorithm);
    }
    // Not even if the provider publishes it.
    let shared = Signer::shared(SECRET.as_bytes(), "shared");
    stage.fake.publish(&[stage.signer.jwk(), shared.jwk()]);
    assert_eq!(
        stage.refused(|it| it.sign_with(shared)).await,
        Fault::Algorithm
    );
}

#[tokio::test]
async fn another_key_is_refused() {
    let stage = Stage::new().await;
    let fault = stage
        .refused(|it| it.sign_with(Signer::new("ES256", "first")))
        .await;
    assert_eq!(fault, Fault::Signature);
    let fault = stage
        .refused(|it| it.sign_with(Signer::new("ES256", "unknown")))
        .await;
    assert_eq!(fault, Fault::KeyNotFound);
    // For each: the discovery's, and one more.
    assert_eq!(stage.fake.asked(KEYS).len(), 4);
}

#[tokio::test]
async fn a_key_that_the_token_brings_along_is_not_used() {
    let stage = Stage::new().await;
    let fault = stage
        .refused(|it| {
            let own = Signer::new("ES256", "first");
            let jwk = own.jwk();
            it.sign_with(own);
            it.header["jwk"] = jwk;
        })
        .await;
    assert_eq!(fault, Fault::Signature);
}

#[tokio::test]
async fn a_key_for_something_else_is_not_used() {
    let stage = Stage::new().await;
    let mut jwk = stage.signer.jwk();
    jwk["use"] = json!("enc");
    stage.fake.publish(&[jwk]);
    assert_eq!(stage.refused(|_| ()).await, Fault::KeyNotFound);
    let mut jwk = stage.signer.jwk();
    jwk["alg"] = json!("ES384");
    stage.fake.publish(&[jwk]);
    assert_eq!(stage.refused(|_| ()).await, Fault::KeyNotFound);
}

#[tokio::test]
async fn a_token_of_another_kind_is_refused() {
    let stage = Stage::new().await;
    for (field, value) in [("typ", json!("at+jwt")), ("crit", json!(["b64"]))] {
        let fault = stage.refused(|it| it.header[field] = value).await;
        assert!(matches!(fault, Fault::IdToken(_)), "{field}: {fault:?}");
    }
}

#[tokio::test]
async fn the_subject_must_be_usable() {
    let stage = Stage::new().await;
    for subject in [String::new(), "x".repeat(256), String::from("a\u{0}b")] {
        let fault = stage.refused(|it| it.claims["sub"] = json!(subject)).await;
        assert_eq!(fault, Fault::Subject);
    }
    let fault = stage.refused(|it| it.without("sub")).await;
    assert!(matches!(fault, Fault::IdToken(_)), "{fault:?}");
    // Exactly as given: neither trimmed nor folded.
    let subject = format!(" Ab {}", "x".repeat(251));
    let identity = stage
        .sign_in(|it| it.claims["sub"] = json!(subject))
        .await
        .unwrap();
    assert_eq!(identity.subject, subject);
}

#[tokio::test]
async fn a_fresh_sign_in_must_be_fresh() {
    let stage = Stage::new().await;
    let unsaid = stage.sign_in(|it| it.force = true).await;
    assert!(unsaid.is_ok(), "{unsaid:?}");
    for (signed_in, accepted) in [(-361, false), (-360, true), (60, true), (61, false)] {
        let finished = stage
            .sign_in(|it| {
                it.force = true;
                it.claims["auth_time"] = json!(NOW + signed_in);
            })
            .await;
        assert_eq!(finished.is_ok(), accepted, "{signed_in}: {finished:?}");
    }
}

#[tokio::test]
async fn rubbish_is_refused_without_being_repeated() {
    let stage = Stage::new().await;
    for token in ["", "a.b", "e30.e30.e30", "....", &"x".repeat(10_000)] {
        let reply = crate::provider::Reply::Json(200, json!({"id_token": token}));
        let fault = stage.refused(|it| it.reply = Some(reply)).await;
        assert!(matches!(&fault, Fault::IdToken(_)), "{fault:?}");
        assert!(fault.to_string().len() < 300);
    }
}
