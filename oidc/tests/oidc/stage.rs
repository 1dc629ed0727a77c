//! A provider, a client and a whole sign-in, in which a test breaks one rule.

use std::sync::Arc;

use jiff::Timestamp;
use oidc::{Answer, Client, Fault, Identity, Inward, Provider, discover, finish, start};
use serde_json::{Value, json};

use crate::provider::{Fake, Reply, TOKEN};
use crate::signer::Signer;

/// 2026-11-22 12:00:00 UTC.
pub const NOW: i64 = 1_795_348_800;
pub const REDIRECT: &str = "https://staffroom.example/sign-in/oidc";
pub const SECRET: &str = "a secret: 100% + more";

pub struct Stage {
    pub fake: Fake,
    pub client: Client,
    pub provider: Provider,
    pub signer: Arc<Signer>,
}

/// One sign-in, genuine until a test changes it.
pub struct Attempt {
    pub signer: Arc<Signer>,
    pub header: Value,
    pub claims: Value,
    pub state: String,
    pub iss: Option<String>,
    pub now: i64,
    pub force: bool,
    /// Sent instead of what the fields above make.
    pub reply: Option<Reply>,
}

impl Attempt {
    /// Lets another sign, under its own name.
    pub fn sign_with(&mut self, signer: Signer) {
        self.header = signer.header();
        self.signer = Arc::new(signer);
    }

    pub fn without(&mut self, claim: &str) {
        self.claims.as_object_mut().unwrap().remove(claim);
    }
}

impl Stage {
    pub async fn new() -> Self {
        Self::signing("ES256").await
    }

    pub async fn signing(alg: &'static str) -> Self {
        let fake = Fake::listen().await;
        let signer = Arc::new(Signer::new(alg, "first"));
        fake.publish(&[signer.jwk()]);
        fake.say("id_token_signing_alg_values_supported", Some(json!([alg])));
        let provider = Provider {
            issuer: fake.issuer.clone(),
            client_id: String::from("staffroom"),
            client_secret: Some(String::from(SECRET)),
        };
        let client = Client::new(Inward::Allowed).unwrap();
        Self {
            fake,
            client,
            provider,
            signer,
        }
    }

    /// Signs somebody in from the beginning to the end.
    pub async fn sign_in(&self, change: impl FnOnce(&mut Attempt)) -> Result<Identity, Fault> {
        let discovered = discover(&self.client, &self.provider.issuer).await?;
        let started = start(&discovered, &self.provider, REDIRECT, false)?;
        let pending = started.pending;
        let mut attempt = Attempt {
            header: self.signer.header(),
            signer: self.signer.clone(),
            claims: json!({
                "iss": self.fake.issuer,
                "aud": "staffroom",
                "sub": "248289761001",
                "nonce": pending.nonce,
                "iat": NOW - 1,
                "exp": NOW + 600,
                "email": "noor@demo.example",
                "name": "Noor",
            }),
            state: pending.state.clone(),
            iss: None,
            now: NOW,
            force: false,
            reply: None,
        };
        change(&mut attempt);
        let token = attempt.signer.sign(&attempt.header, &attempt.claims);
        let reply = attempt.reply.unwrap_or_else(|| {
            Reply::Json(
                200,
                json!({"id_token": token, "access_token": "x", "token_type": "Bearer"}),
            )
        });
        self.fake.reply(TOKEN, reply);
        let answer = Answer {
            code: "the code",
            state: &attempt.state,
            iss: attempt.iss.as_deref(),
        };
        finish(
            &self.client,
            &discovered,
            &self.provider,
            REDIRECT,
            &pending,
            &answer,
            Timestamp::from_second(attempt.now).unwrap(),
            attempt.force,
        )
        .await
    }

    /// A sign-in that must be refused.
    pub async fn refused(&self, change: impl FnOnce(&mut Attempt)) -> Fault {
        self.sign_in(change).await.unwrap_err()
    }
}
