//! Sending a browser to a provider, and remembering that it went.

use super::{failed, lead, refused};
use crate::state::State;
use app::error::AppError;
use app::request::{Asker, cookie};
use app::sign_in::browser::cookie_name;
use app::sign_in::on_this_host;
use app::sign_in::session::cookie_header;
use app::sso::{Begun, redirect_uri, request_id, service_provider, signing_key};
use axum::Extension;
use axum::extract::{Path, Query, State as Shared};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use domain::provider::{Protocol, Provider};
use domain::{Action, EmployeeId, ProviderId, Refusal};
use serde::Deserialize;
use store::ceremony::{PATIENCE, Purpose};
use store::secret::Token;

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    to: String,
}

/// `GET /sso/start/PROVIDER?to=/PATH`: begins a sign-in. Whoever is signed in already is asked to
/// prove it again, which is what they came for.
pub(super) async fn start(
    Shared(state): Shared<State>,
    Extension(asker): Extension<Asker>,
    Path(provider): Path<ProviderId>,
    Query(asked): Query<Asked>,
    parts: Parts,
) -> Response {
    let going = Going {
        to: on_this_host(&asked.to).to_owned(),
        tester: None,
        force: asker.session.is_some(),
    };
    let began = begin(&state, &asker, provider, going, &parts).await;
    began.unwrap_or_else(|error| match error {
        AppError::Refused(Refusal::NotFound) => refused(),
        error => failed(&error),
    })
}

/// `GET /sso/test/PROVIDER`: the same for an Administrator who wants to see what arrives; also while
/// the provider is switched off.
pub(super) async fn test(
    Shared(state): Shared<State>,
    Extension(asker): Extension<Asker>,
    Path(provider): Path<ProviderId>,
    parts: Parts,
) -> Response {
    let Some(session) = asker.session.clone() else {
        return axum::response::Redirect::to("/sign-in").into_response();
    };
    if let Err(refusal) = session.actor.may_everywhere(Action::ChangeSettings) {
        return failed(&refusal.into());
    }
    let going = Going {
        to: "/".to_owned(),
        tester: Some(session.employee),
        force: false,
    };
    let began = begin(&state, &asker, provider, going, &parts).await;
    began.unwrap_or_else(|error| failed(&error))
}

struct Going {
    to: String,
    tester: Option<EmployeeId>,
    force: bool,
}

async fn begin(
    state: &State,
    asker: &Asker,
    id: ProviderId,
    going: Going,
    parts: &Parts,
) -> Result<Response, AppError> {
    let store = &state.deployment.store;
    let mut reading = store.read(asker.organisation).await?;
    let found = reading.provider(id).await?;
    let provider = found
        .filter(|provider| provider.enabled || going.tester.is_some())
        .ok_or(Refusal::NotFound)?;
    let secret = reading.client_secret(id).await?;
    drop(reading);
    let mut begun = Begun {
        provider: id,
        to: going.to,
        tester: going.tester,
        request: String::new(),
        pending: None,
        force: going.force,
    };
    let (address, purpose, token) = match provider.protocol {
        Protocol::Saml => {
            let token = Token::random()?;
            begun.request = request_id()?;
            let address = saml_address(state, asker, &provider, &begun, &token).await?;
            (address, Purpose::Saml, token)
        }
        Protocol::OpenId => {
            let openid = &state.deployment.openid;
            let unreachable = |fault: oidc::Fault| {
                tracing::warn!(%fault, provider = %id, "a provider can't be used");
                AppError::from(Refusal::ProviderFails)
            };
            let issuer = &provider.profile.issuer;
            let discovered = openid.discovered(issuer).await.map_err(unreachable)?;
            let asked = super::openid::provider(&provider, secret);
            let uri = redirect_uri(&asker.url);
            let start = oidc::start(&discovered, &asked, &uri, begun.force).map_err(unreachable)?;
            let token = super::openid::token(&start.pending.state)?;
            begun.pending = Some(start.pending);
            (start.address, Purpose::OpenId, token)
        }
    };
    let name = cookie_name(asker.is_secure());
    let browser = match cookie(parts, name) {
        Some(browser) => browser,
        None => Token::random()?,
    };
    let mut transaction = store
        .write(asker.organisation, asker.address.clone())
        .await?;
    app::sign_in::slow::begins(&mut transaction, asker).await?;
    transaction
        .begin_ceremony(&browser, purpose, Some(&token), &begun, asker.now)
        .await?;
    transaction.commit_attempts().await?;
    let seconds = PATIENCE.as_secs();
    let cookie = cookie_header(name, browser.reveal(), seconds, asker.is_secure());
    Ok(lead(&address, cookie.into_iter().collect()))
}

async fn saml_address(
    state: &State,
    asker: &Asker,
    provider: &Provider,
    begun: &Begun,
    token: &Token,
) -> Result<String, AppError> {
    let key = match provider.profile.sign_requests {
        true => Some(signing_key(&state.deployment.store, asker).await?),
        false => None,
    };
    let request = saml::SignInRequest {
        id: &begun.request,
        sp: &service_provider(&asker.url),
        provider_address: &provider.profile.address,
        relay_state: token.reveal(),
        now: asker.now,
        force: begun.force,
        key: key.as_ref(),
    };
    saml::sign_in_address(&request).map_err(|problem| {
        tracing::warn!(%problem, provider = %provider.id, "a provider can't be used");
        AppError::from(Refusal::ProviderFails)
    })
}
