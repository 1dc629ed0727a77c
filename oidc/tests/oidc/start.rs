//! The request with which a sign-in begins.

use std::collections::HashMap;

use aws_lc_rs::digest::{SHA256, digest};
use oidc::{Fault, Pending, Start, discover, start};
use url::Url;

use crate::signer::encoded;
use crate::stage::{REDIRECT, Stage};

async fn started(stage: &Stage, force: bool) -> (Start, HashMap<String, String>) {
    let discovered = discover(&stage.client, &stage.provider.issuer)
        .await
        .unwrap();
    let started = start(&discovered, &stage.provider, REDIRECT, force).unwrap();
    let address = Url::parse(&started.address).unwrap();
    let query = address.query_pairs().into_owned().collect();
    (started, query)
}

#[tokio::test]
async fn the_request_asks_for_a_code_with_pkce() {
    let stage = Stage::new().await;
    let (started, query) = started(&stage, false).await;
    assert!(
        started
            .address
            .starts_with(&format!("{}/authorize?", stage.fake.issuer))
    );
    // The address had a query of its own.
    assert_eq!(query["tenant"], "7");
    assert_eq!(query["response_type"], "code");
    assert_eq!(query["client_id"], "staffroom");
    assert_eq!(query["redirect_uri"], REDIRECT);
    assert_eq!(query["scope"], "openid email profile");
    assert_eq!(query["state"], started.pending.state);
    assert_eq!(query["nonce"], started.pending.nonce);
    assert_eq!(query["code_challenge_method"], "S256");
    let hash = digest(&SHA256, started.pending.verifier.as_bytes());
    assert_eq!(query["code_challenge"], encoded(hash.as_ref()));
    assert!(!query.contains_key("prompt") && !query.contains_key("max_age"));
}

#[tokio::test]
async fn a_fresh_sign_in_is_asked_for() {
    let stage = Stage::new().await;
    let (_, query) = started(&stage, true).await;
    assert_eq!(query["prompt"], "login");
    assert_eq!(query["max_age"], "0");
}

#[tokio::test]
async fn each_sign_in_has_secrets_of_its_own() {
    let stage = Stage::new().await;
    let (first, _) = started(&stage, false).await;
    let (second, _) = started(&stage, false).await;
    let secrets = |started: Start| {
        let Pending {
            state,
            nonce,
            verifier,
        } = started.pending;
        [state, nonce, verifier]
    };
    let mut all = [secrets(first), secrets(second)].concat();
    // 256 bits in base64.
    assert!(all.iter().all(|secret| secret.len() == 43));
    all.sort();
    all.dedup();
    assert_eq!(all.len(), 6);
}

#[tokio::test]
async fn what_is_pending_can_be_stored_and_is_not_shown() {
    let stage = Stage::new().await;
    let (started, _) = started(&stage, false).await;
    let stored = serde_json::to_string(&started.pending).unwrap();
    let restored: Pending = serde_json::from_str(&stored).unwrap();
    assert_eq!(restored.verifier, started.pending.verifier);
    assert!(!format!("{started:?}").contains(&started.pending.verifier));
}

#[tokio::test]
async fn a_redirect_address_must_be_one() {
    let stage = Stage::new().await;
    let discovered = discover(&stage.client, &stage.provider.issuer)
        .await
        .unwrap();
    let fault = start(&discovered, &stage.provider, "/sign-in", false).unwrap_err();
    assert_eq!(fault, Fault::RedirectAddress);
}
