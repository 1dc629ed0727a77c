//! What an OpenID Connect provider answers (OpenID Connect Core §3.1.2.5), by way of the browser.

use super::arrival::{Arrival, Said, arrive};
use super::{failed, refused};
use crate::state::State;
use app::error::AppError;
use app::request::{Asker, cookie};
use app::sign_in::browser::cookie_name;
use app::sso::{Begun, redirect_uri};
use axum::Extension;
use axum::extract::{Query, State as Shared};
use axum::http::request::Parts;
use axum::response::Response;
use domain::provider::{ClientSecret, Provider};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use store::ceremony::Purpose;
use store::secret::Token;

#[derive(Deserialize)]
pub(super) struct Answered {
    #[serde(default)]
    code: String,
    #[serde(default)]
    state: String,
    iss: Option<String>,
    error: Option<String>,
}

/// A provider as it is called.
pub(super) fn provider(provider: &Provider, secret: Option<ClientSecret>) -> oidc::Provider {
    oidc::Provider {
        issuer: provider.profile.issuer.clone(),
        client_id: provider.profile.client_id.clone(),
        client_secret: secret.map(|secret| secret.0),
    }
}

/// The name under which something waits for an answer with this `state`.
pub(super) fn token(state: &str) -> Result<Token, AppError> {
    use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
    let name = URL_SAFE_NO_PAD.encode(Sha256::digest(state.as_bytes()));
    name.parse().map_err(|()| AppError::Unavailable)
}

/// `GET /sso/oidc/callback?code=…&state=…`
pub(super) async fn receive(
    Shared(state): Shared<State>,
    Extension(asker): Extension<Asker>,
    Query(answered): Query<Answered>,
    parts: Parts,
) -> Response {
    let received = answer(&state, &asker, &parts, &answered).await;
    received.unwrap_or_else(|error| failed(&error))
}

async fn answer(
    state: &State,
    asker: &Asker,
    parts: &Parts,
    answered: &Answered,
) -> Result<Response, AppError> {
    let Some(browser) = cookie(parts, cookie_name(asker.is_secure())) else {
        return Ok(refused());
    };
    let store = &state.deployment.store;
    let token = token(&answered.state)?;
    let mut reading = store.read(asker.organisation).await?;
    if !reading
        .has_ceremony(&browser, Purpose::OpenId, asker.now)
        .await?
    {
        return Ok(refused());
    }
    drop(reading);
    let mut transaction = store
        .write(asker.organisation, asker.address.clone())
        .await?;
    let begun: Option<Begun> = transaction
        .take_ceremony(&browser, Purpose::OpenId, Some(&token), asker.now)
        .await?;
    transaction.commit_attempts().await?;
    let Some(begun) = begun else {
        return Ok(refused());
    };
    let mut reading = store.read(asker.organisation).await?;
    let Some(known) = reading.provider(begun.provider).await? else {
        return Ok(refused());
    };
    let secret = reading.client_secret(begun.provider).await?;
    drop(reading);
    let said = said(state, asker, answered, &begun, &provider(&known, secret)).await;
    let arrival = Arrival {
        asker,
        parts,
        browser: &browser,
        begun: &begun,
        provider: &known,
    };
    arrive(
        store,
        &arrival,
        said.map_err(|fault| fault.code().to_owned()),
    )
    .await
}

async fn said(
    state: &State,
    asker: &Asker,
    answered: &Answered,
    begun: &Begun,
    provider: &oidc::Provider,
) -> Result<Said, oidc::Fault> {
    let pending = begun.pending.as_ref().ok_or(oidc::Fault::State)?;
    if answered.error.is_some() {
        return Err(oidc::Fault::Denied);
    }
    let openid = &state.deployment.openid;
    let discovered = openid.discovered(&provider.issuer).await?;
    let answer = oidc::Answer {
        code: &answered.code,
        state: &answered.state,
        iss: answered.iss.as_deref(),
    };
    let uri = redirect_uri(&asker.url);
    let (client, now) = (openid.client(), store::now());
    let identity = oidc::finish(
        client,
        &discovered,
        provider,
        &uri,
        pending,
        &answer,
        now,
        begun.force,
    )
    .await?;
    let claims = identity.claims.into_iter();
    Ok(Said {
        subject: identity.subject,
        // Of a provider that does not say, its answer is the best there is.
        proved_at: Some(identity.auth_time.unwrap_or(now)),
        attributes: claims.map(|(name, value)| (name, vec![value])).collect(),
        once: None,
    })
}
