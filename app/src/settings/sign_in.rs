//! How people sign in to the organisation: identity providers, and what is asked of whom.

pub mod edit;
mod forms;
pub mod new;
mod policy;
#[cfg(feature = "ssr")]
mod read;

pub use edit::{DeleteProvider, ProviderPage, SaveProvider, SwitchProvider};
pub use new::{CreateProvider, NewProviderPage};
pub use policy::ChangePolicy;

use crate::error::AppError;
use crate::landing::Done;
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{CopyField, Moment, Pill, Title, Tone};
use domain::provider::Protocol;
use domain::sign_in::Policy;
use domain::{EmployeeId, ProviderId, Version};
use leptos::context::Provider;
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};
use serde::{Deserialize, Serialize};

/// The page of everything about signing in.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct SignInSettings {
    pub providers: Vec<Listed>,
    pub ours: Ours,
    /// The organisation's version, of which the policy is a part.
    pub version: Version,
    pub policy: Policy,
    /// Who is excepted from required single sign-on, by name.
    pub exempt: Vec<(EmployeeId, String)>,
}

/// A provider in the list.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Listed {
    pub id: ProviderId,
    pub name: String,
    pub protocol: Protocol,
    pub enabled: bool,
    /// How many employees sign in by it.
    pub users: i64,
    /// When its first certificate ends.
    pub expires: Option<Moment>,
    /// Whether that is within 30 days, or over.
    pub expires_soon: bool,
}

/// What a provider has to know of us.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Ours {
    pub entity_id: String,
    pub acs_address: String,
    pub redirect_uri: String,
}

/// Providers and policy, for those who may change settings.
#[server(endpoint = "get_sign_in_settings", input = server_fn::codec::Json)]
pub async fn get_sign_in_settings() -> Result<SignInSettings, AppError> {
    read::settings().await
}

/// `/settings/sign-in`
pub struct SignInSettingsPage;

#[lazy_route]
impl LazyRoute for SignInSettingsPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let settings = Resource::new(|| (), |()| get_sign_in_settings());
        view! {
            <Transition>
                {move || Suspend::new(async move {
                    match settings.await {
                        Ok(settings) => view! { <Settings settings /> }.into_any(),
                        Err(error) => refused(error),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Settings(settings: SignInSettings) -> AnyView {
    let SignInSettings {
        providers,
        ours,
        version,
        policy,
        exempt,
    } = settings;
    view! {
        <Title text=t::sso_title() />
        <div class="head">
            <h1>{t::sso_title()}</h1>
        </div>
        <Done />
        <div class="stack-l single">
            <Providers providers />
            <OursCard ours />
            <Provider value=()>
                <policy::PolicyForm version policy exempt />
            </Provider>
        </div>
    }
    .into_any()
}

#[component]
fn Providers(providers: Vec<Listed>) -> AnyView {
    let none = providers
        .is_empty()
        .then(|| view! { <p class="quiet">{t::sso_none()}</p> });
    let rows = providers
        .into_iter()
        .map(|provider| view! { <Row provider /> })
        .collect_view();
    view! {
        <section class="card">
            <h2>{t::sso_providers()}</h2>
            {none}
            <ul class="lines">{rows}</ul>
            <div class="buttons">
                <a class="button" href="/settings/sign-in/new/saml">{t::sso_add_saml()}</a>
                <a class="button" href="/settings/sign-in/new/openid">{t::sso_add_openid()}</a>
            </div>
        </section>
    }
    .into_any()
}

/// What a protocol is called.
pub(super) fn protocol_word(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::Saml => "SAML 2.0",
        Protocol::OpenId => "OpenID Connect",
    }
}

/// What ends when.
fn ends_word(protocol: Protocol, date: String) -> String {
    match protocol {
        Protocol::Saml => t::sso_expires(date),
        Protocol::OpenId => t::sso_expires_secret(date),
    }
}

/// Whether a provider is switched on.
#[component]
pub(super) fn Standing(enabled: bool) -> AnyView {
    let (tone, word) = match enabled {
        true => (Tone::Good, t::sso_on()),
        false => (Tone::Quiet, t::sso_off()),
    };
    view! { <Pill tone text=word /> }.into_any()
}

#[component]
fn Row(provider: Listed) -> AnyView {
    let ends = provider.expires.map(|moment| {
        let class = if provider.expires_soon { "why" } else { "" };
        view! {
            <p class=class>
                <small>{ends_word(provider.protocol, moment.text)}</small>
            </p>
        }
    });
    let href = format!("/settings/sign-in/{}", provider.id);
    view! {
        <li>
            <div>
                <p>
                    <a href=href>
                        <b>{provider.name}</b>
                    </a>
                </p>
                <p>
                    <small>{protocol_word(provider.protocol)} ", " {t::sso_users(provider.users)}</small>
                </p>
                {ends}
            </div>
            <Standing enabled=provider.enabled />
        </li>
    }
    .into_any()
}

/// An address under its name.
fn copied(name: &'static str, address: String) -> AnyView {
    view! {
        <div class="field">
            <p class="name">{name}</p>
            <CopyField label=name text=address />
        </div>
    }
    .into_any()
}

#[component]
fn OursCard(ours: Ours) -> AnyView {
    view! {
        <section class="card">
            <h2>{t::sso_ours()}</h2>
            <p class="quiet">{t::sso_ours_text()}</p>
            {copied(t::sso_entity_id(), ours.entity_id)}
            {copied(t::sso_acs(), ours.acs_address)}
            {copied(t::sso_redirect_uri(), ours.redirect_uri)}
            <div class="buttons">
                <a class="button" href="/sso/saml/metadata" rel="external" download="">{t::sso_metadata()}</a>
            </div>
        </section>
    }
    .into_any()
}
