//! What a SAML provider posts (SAML bindings §3.5), by way of the browser.

use super::arrival::{Arrival, Said, arrive};
use super::{failed, refused};
use crate::headers::is_same_origin;
use crate::outbox::escape;
use crate::state::State;
use app::error::AppError;
use app::request::{Asker, cookie};
use app::sign_in::browser::cookie_name;
use app::sso::{Begun, certificates, service_provider};
use axum::extract::State as Shared;
use axum::http::header;
use axum::http::request::Parts;
use axum::response::{Html, IntoResponse, Response};
use axum::{Extension, Form};
use domain::provider::{Protocol, Provider};
use serde::Deserialize;
use store::ceremony::Purpose;
use store::secret::Token;

#[derive(Deserialize)]
pub(super) struct Posted {
    #[serde(rename = "SAMLResponse", default)]
    response: String,
    #[serde(rename = "RelayState", default)]
    relay_state: String,
}

/// `POST /sso/saml/acs`. A post from another site carries no cookie of ours (`SameSite=Lax`), so the
/// browser is first asked to post the same to us from a page of ours.
pub(super) async fn receive(
    Shared(state): Shared<State>,
    Extension(asker): Extension<Asker>,
    parts: Parts,
    Form(posted): Form<Posted>,
) -> Response {
    if !is_same_origin(&parts.headers) {
        return once_more(&posted);
    }
    let received = answer(&state, &asker, &parts, &posted).await;
    received.unwrap_or_else(|error| failed(&error))
}

async fn answer(
    state: &State,
    asker: &Asker,
    parts: &Parts,
    posted: &Posted,
) -> Result<Response, AppError> {
    let Some((begun, browser)) = begun(state, asker, parts, posted).await? else {
        return unasked(state, asker, posted).await;
    };
    let store = &state.deployment.store;
    let mut reading = store.read(asker.organisation).await?;
    let Some(provider) = reading.provider(begun.provider).await? else {
        return Ok(refused());
    };
    drop(reading);
    let sp = service_provider(&asker.url);
    let known = certificates(&provider);
    let (issuer, request, now) = (
        provider.profile.issuer.clone(),
        begun.request.clone(),
        asker.now,
    );
    let response = posted.response.clone();
    // It takes a while, and strangers choose how long.
    let verified = tokio::task::spawn_blocking(move || {
        let expected = saml::Expected {
            sp: &sp,
            provider_entity_id: &issuer,
            certificates: &known,
            request_id: &request,
            now,
        };
        saml::verify(&response, &expected)
    });
    let verified = verified.await.map_err(|_| AppError::Unavailable)?;
    let said = match verified {
        Ok(assertion) => Ok(Said {
            subject: assertion.name_id,
            attributes: assertion.attributes,
            proved_at: Some(assertion.signed_in_at),
            once: Some((assertion.id, assertion.valid_until)),
        }),
        Err(fault) => Err(fault.code().to_owned()),
    };
    let arrival = Arrival {
        asker,
        parts,
        browser: &browser,
        begun: &begun,
        provider: &provider,
    };
    arrive(store, &arrival, said).await
}

/// What this browser was sent with, if the response is to something it was sent with.
async fn begun(
    state: &State,
    asker: &Asker,
    parts: &Parts,
    posted: &Posted,
) -> Result<Option<(Begun, Token)>, AppError> {
    let browser = cookie(parts, cookie_name(asker.is_secure()));
    let (Some(browser), Ok(token)) = (browser, posted.relay_state.parse::<Token>()) else {
        return Ok(None);
    };
    let mut transaction = state
        .deployment
        .store
        .write(asker.organisation, asker.address.clone())
        .await?;
    let begun = transaction
        .take_ceremony(&browser, Purpose::Saml, Some(&token), asker.now)
        .await?;
    transaction.commit_attempts().await?;
    Ok(begun.map(|begun| (begun, browser)))
}

/// A response that nobody here asked for is not accepted. One that says so itself, as a tile in a
/// provider's portal sends it, starts a fresh sign-in with that provider.
async fn unasked(state: &State, asker: &Asker, posted: &Posted) -> Result<Response, AppError> {
    let peeked = saml::peek(&posted.response);
    let issuer = peeked.as_ref().and_then(|peeked| peeked.issuer.clone());
    let mut reading = state.deployment.store.read(asker.organisation).await?;
    let known = reading.providers().await?.into_iter().find(|provider| {
        let is_it = Some(&provider.profile.issuer) == issuer.as_ref();
        is_it && provider.enabled && provider.protocol == Protocol::Saml
    });
    drop(reading);
    let (Some(provider), Some(peeked)) = (known, peeked) else {
        return Ok(refused());
    };
    if peeked.in_response_to.is_none() {
        return Ok(fresh(&provider));
    }
    // Nothing of it is proved, so it stands in the log alone: the trail is not for strangers to fill.
    tracing::info!(provider = %provider.id, "a response was not asked for in this browser");
    Ok(refused())
}

/// Goes on by a page: a redirect would count as a part of the form that was posted, which may lead
/// nowhere but to us.
fn fresh(provider: &Provider) -> Response {
    let to = format!("/sso/start/{}", provider.id);
    let page = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>Staffroom</title>\
         <meta http-equiv=\"refresh\" content=\"0; url={to}\"></head>\
         <body><a href=\"{to}\">Continue</a></body></html>"
    );
    Html(page).into_response()
}

/// A page of ours that posts the same once more; with a button for those without scripts.
fn once_more(posted: &Posted) -> Response {
    let mut nonce = [0_u8; 16];
    if getrandom::fill(&mut nonce).is_err() {
        return refused();
    }
    let nonce: String = nonce.iter().map(|byte| format!("{byte:02x}")).collect();
    let field = |name: &str, value: &str| {
        let value = escape(value);
        format!("<input type=\"hidden\" name=\"{name}\" value=\"{value}\">")
    };
    let page = format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"color-scheme\" content=\"light dark\"><title>Staffroom</title></head>\
         <body><form method=\"post\" action=\"{acs}\">{response}{relay_state}\
         <button>Continue</button></form>\
         <script nonce=\"{nonce}\">document.forms[0].submit()</script></body></html>",
        acs = super::ACS,
        response = field("SAMLResponse", &posted.response),
        relay_state = field("RelayState", &posted.relay_state),
    );
    let policy = format!(
        "default-src 'none'; script-src 'nonce-{nonce}'; form-action 'self'; base-uri 'none'; \
         frame-ancestors 'none'"
    );
    ([(header::CONTENT_SECURITY_POLICY, policy)], Html(page)).into_response()
}
