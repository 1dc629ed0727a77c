//! What a provider says of itself, right and wrong.

use oidc::{Fault, discover};
use serde_json::{Value, json};

use crate::provider::{DOCUMENT, Reply};
use crate::stage::Stage;

async fn told(stage: &Stage) -> Result<(), Fault> {
    let discovered = discover(&stage.client, &stage.provider.issuer).await?;
    assert_eq!(discovered.issuer(), stage.provider.issuer);
    Ok(())
}

/// What comes of one wrong entry.
async fn saying(entry: &str, value: Option<Value>) -> Result<(), Fault> {
    let stage = Stage::new().await;
    stage.fake.say(entry, value);
    told(&stage).await
}

#[tokio::test]
async fn a_sound_document_is_accepted() {
    assert_eq!(told(&Stage::new().await).await, Ok(()));
    // Lists that may be absent.
    assert_eq!(
        saying("code_challenge_methods_supported", None).await,
        Ok(())
    );
}

#[tokio::test]
async fn a_document_of_another_issuer_is_refused() {
    let other = Some(json!("https://other.example"));
    assert_eq!(saying("issuer", other).await, Err(Fault::IssuerMismatch));
    // A slash makes another issuer, though the document is found.
    let stage = Stage::new().await;
    let found = discover(&stage.client, &format!("{}/", stage.provider.issuer)).await;
    assert_eq!(found.unwrap_err(), Fault::IssuerMismatch);
}

#[tokio::test]
async fn code_flow_s256_and_a_good_algorithm_must_be_offered() {
    for (entry, value, fault) in [
        (
            "response_types_supported",
            Some(json!(["id_token"])),
            Fault::FlowUnsupported,
        ),
        ("response_types_supported", None, Fault::FlowUnsupported),
        (
            "code_challenge_methods_supported",
            Some(json!(["plain"])),
            Fault::PkceUnsupported,
        ),
        (
            "id_token_signing_alg_values_supported",
            Some(json!(["none", "HS256", "ES512"])),
            Fault::AlgorithmUnsupported,
        ),
        (
            "id_token_signing_alg_values_supported",
            None,
            Fault::AlgorithmUnsupported,
        ),
    ] {
        assert_eq!(saying(entry, value).await, Err(fault), "{entry}");
    }
}

#[tokio::test]
async fn each_address_must_be_good() {
    for entry in ["authorization_endpoint", "token_endpoint", "jwks_uri"] {
        for (address, fault) in [
            ("http://id.example/x", Fault::Insecure),
            ("javascript:alert(1)", Fault::Address),
            ("ftp://id.example/x", Fault::Insecure),
            ("https://me:secret@id.example/x", Fault::Address),
        ] {
            let said = saying(entry, Some(json!(address))).await;
            assert_eq!(said, Err(fault), "{entry} {address}");
        }
        let said = saying(entry, None).await;
        assert!(matches!(said, Err(Fault::Document(_))), "{said:?}");
    }
}

#[tokio::test]
async fn keys_must_be_there_and_of_a_known_kind() {
    let stage = Stage::new().await;
    stage.fake.publish(&[]);
    assert!(matches!(told(&stage).await, Err(Fault::Keys(_))));
    stage.fake.publish(&[json!({"kty": "quantum", "kid": "1"})]);
    assert!(matches!(told(&stage).await, Err(Fault::Keys(_))));
    // One of an unknown kind does not spoil the others.
    stage
        .fake
        .publish(&[json!({"kty": "quantum", "kid": "1"}), stage.signer.jwk()]);
    assert_eq!(told(&stage).await, Ok(()));
}

#[tokio::test]
async fn an_issuer_must_be_a_plain_address() {
    let stage = Stage::new().await;
    for issuer in [
        "",
        "id.example",
        "https://id.example/?a=b",
        "https://id.example/#a",
    ] {
        let found = discover(&stage.client, issuer).await;
        assert_eq!(found.unwrap_err(), Fault::Address, "{issuer}");
    }
}

#[tokio::test]
async fn a_missing_or_unreadable_document_is_refused() {
    let stage = Stage::new().await;
    stage.fake.reply(DOCUMENT, Reply::Json(404, json!({})));
    let fault = told(&stage).await.unwrap_err();
    assert_eq!(fault, Fault::Status(404));
    assert!(!fault.is_unreachable());
    stage.fake.reply(DOCUMENT, Reply::Json(503, json!({})));
    assert!(told(&stage).await.unwrap_err().is_unreachable());
    stage
        .fake
        .reply(DOCUMENT, Reply::Json(200, json!("welcome")));
    assert!(matches!(told(&stage).await, Err(Fault::Document(_))));
}
