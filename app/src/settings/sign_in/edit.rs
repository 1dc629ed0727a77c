//! One identity provider: what was entered, its certificates, a test, on and off, and away.

use super::forms::Fields;
use super::{Ours, Standing, protocol_word};
use crate::error::AppError;
use crate::form::provide_form;
use crate::landing::{Done, leave_when_done};
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{ErrorSummary, Moment, Notice, SaveBar, Submit, Title, Tone};
use domain::{EmployeeId, Provider as Known, ProviderId, Refusal, Version};
use leptos::context::Provider;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use leptos_router::{LazyRoute, lazy_route};
use serde::{Deserialize, Serialize};

/// A provider as its page shows it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct ProviderView {
    pub provider: Known,
    pub certificates: Vec<CertificateView>,
    pub users: i64,
    pub ours: Ours,
    pub tested: Option<TestedView>,
    /// The day on which a client secret ends: `2027-01-31`; empty where none was given.
    pub secret_ends: String,
}

/// A certificate as its page shows it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct CertificateView {
    pub subject: String,
    /// SHA-256, in hexadecimal with colons.
    pub fingerprint: String,
    pub ends: Moment,
    pub ends_soon: bool,
}

/// What arrived in a test.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct TestedView {
    pub subject: Option<String>,
    pub attributes: Vec<(String, Vec<String>)>,
    /// Who would be signed in.
    pub employee: Option<(EmployeeId, String)>,
    /// The code of why nobody would.
    pub reason: Option<String>,
}

/// One provider, for those who may change settings.
#[server(endpoint = "get_provider", input = server_fn::codec::Json)]
pub async fn get_provider(id: ProviderId) -> Result<ProviderView, AppError> {
    super::read::provider(id).await
}

/// Enters a provider anew; an empty client secret leaves the one there is.
#[server(endpoint = "save_provider")]
pub async fn save_provider(
    id: ProviderId,
    version: Version,
    name: String,
    #[server(default)] metadata: String,
    #[server(default)] issuer: String,
    #[server(default)] address: String,
    #[server(default)] certificates: String,
    #[server(default)] sign_requests: bool,
    #[server(default)] client_id: String,
    #[server(default)] client_secret_password: String,
    #[server(default)] secret_ends: String,
) -> Result<String, AppError> {
    use super::read::Typed;
    use domain::provider::ClientSecret;
    let known = server::known(id).await?;
    let typed = Typed {
        name,
        metadata,
        issuer,
        address,
        certificates,
        sign_requests,
        client_id,
        secret_ends,
    };
    let profile = typed.read(known.protocol).await?;
    let secret = Some(client_secret_password).filter(|secret| !secret.is_empty());
    let mut request = server::change(id, version).await?;
    let secret = secret.map(ClientSecret);
    let signs = profile.sign_requests;
    let revised = known.revise(&request.actor, profile, secret, request.now)?;
    request.apply(revised).await?;
    let done = server::done(request, id, "saved").await?;
    super::read::make_key(signs).await?;
    Ok(done)
}

/// Switches a provider on or off.
#[server(endpoint = "switch_provider")]
pub async fn switch_provider(
    id: ProviderId,
    version: Version,
    #[server(default)] enabled: bool,
) -> Result<String, AppError> {
    let known = server::known(id).await?;
    let mut request = server::change(id, version).await?;
    let leaves = server::leaves_somebody(&mut request, id, enabled).await?;
    let switched = known.switch(&request.actor, enabled, leaves, request.now)?;
    request.apply(switched).await?;
    server::done(request, id, "saved").await
}

/// Deletes a provider that nobody uses.
#[server(endpoint = "delete_provider")]
pub async fn delete_provider(id: ProviderId, version: Version) -> Result<String, AppError> {
    let known = server::known(id).await?;
    let mut request = server::change(id, version).await?;
    let users = request.users_of(id).await?;
    let deleted = known.delete(&request.actor, users, request.now)?;
    request.apply(deleted).await?;
    request.commit().await?;
    let page = "/settings/sign-in?done=provider-deleted";
    crate::landing::land_on(page);
    Ok(page.to_owned())
}

#[cfg(feature = "ssr")]
mod server {
    use crate::error::AppError;
    use crate::request::{Change, Read};
    use domain::sign_in::somebody_gets_in;
    use domain::{Action, Provider, ProviderId, Refusal, Version};

    /// The provider, for those who may change settings.
    pub(super) async fn known(id: ProviderId) -> Result<Provider, AppError> {
        let mut request = Read::begin().await?;
        request.actor().may_everywhere(Action::ChangeSettings)?;
        crate::sso::provider(&mut request, id).await
    }

    /// A change of the provider that was read at `version`.
    pub(super) async fn change(id: ProviderId, version: Version) -> Result<Change, AppError> {
        let mut request = Change::begin().await?;
        request.actor.may_everywhere(Action::ChangeSettings)?;
        request.signed_in_lately()?;
        let now = crate::sso::provider(&mut request, id).await?;
        match now.version == version {
            true => Ok(request),
            false => Err(Refusal::Stale.into()),
        }
    }

    /// Whether an Administrator still gets in when this provider is on or off.
    pub(super) async fn leaves_somebody(
        request: &mut Change,
        id: ProviderId,
        enabled: bool,
    ) -> Result<bool, AppError> {
        let providers = request.providers().await?.into_iter();
        let on = providers
            .filter(|one| if one.id == id { enabled } else { one.enabled })
            .map(|one| one.id);
        let on: Vec<ProviderId> = on.collect();
        let policy = request.organisation().await?.policy;
        let ways = request.administrators_ways().await?;
        Ok(somebody_gets_in(&ways, &on, &policy))
    }

    pub(super) async fn done(
        request: Change,
        id: ProviderId,
        done: &str,
    ) -> Result<String, AppError> {
        request.commit().await?;
        let page = format!("/settings/sign-in/{id}?done={done}");
        crate::landing::land_on(&page);
        Ok(page)
    }
}

/// `/settings/sign-in/ID`
pub struct ProviderPage;

#[lazy_route]
impl LazyRoute for ProviderPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let params = use_params_map();
        let id = move || {
            let id = params.with(|params| params.get("id"));
            id.and_then(|id| id.parse::<ProviderId>().ok())
        };
        let one = Resource::new(id, |id| async move {
            match id {
                Some(id) => get_provider(id).await,
                None => Err(Refusal::NotFound.into()),
            }
        });
        view! {
            <Transition>
                {move || Suspend::new(async move {
                    match one.await {
                        Ok(view) => view! { <Edit view /> }.into_any(),
                        Err(error) => refused(error),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Edit(view: ProviderView) -> AnyView {
    let provider = view.provider.clone();
    let name = provider.profile.name.clone();
    let ends = view.secret_ends.clone();
    let (form, trying, away) = (provider.clone(), provider.clone(), provider.clone());
    view! {
        <Title text=name.clone() />
        <div class="head">
            <h1>{name}</h1>
            <Standing enabled=provider.enabled />
        </div>
        <p class="quiet">{protocol_word(provider.protocol)} ", " {t::sso_users(view.users)}</p>
        <Done />
        {view.tested.clone().map(|tested| view! { <Tested tested /> })}
        <div class="columns">
            <div class="stack-l">
                <Provider value=()>
                    <Form provider=form.clone() secret_ends=ends.clone() />
                </Provider>
            </div>
            <div class="stack">
                <Provider value=()>
                    <Trying provider=trying.clone() />
                </Provider>
                <Certificates certificates=view.certificates />
                <Provider value=()>
                    <Away provider=away.clone() />
                </Provider>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn Form(provider: Known, secret_ends: String) -> AnyView {
    let save = ServerAction::<SaveProvider>::new();
    let attempt = provide_form(save);
    leave_when_done(save);
    view! {
        <ErrorSummary />
        <ActionForm action=save attr:class="form" attr:novalidate=true>
            <input type="hidden" name="id" value=provider.id.to_string() />
            <input type="hidden" name="version" value=provider.version.to_string() />
            <Fields protocol=provider.protocol profile=provider.profile has_secret=provider.has_secret secret_ends />
            <SaveBar pending=save.pending() saved=attempt.successes />
        </ActionForm>
    }
    .into_any()
}

/// Trying it, and on or off.
#[component]
fn Trying(provider: Known) -> AnyView {
    let switch = ServerAction::<SwitchProvider>::new();
    provide_form(switch);
    leave_when_done(switch);
    let test = format!("/sso/test/{}", provider.id);
    let (label, text) = match provider.enabled {
        true => (t::sso_switch_off(), t::sso_is_on()),
        false => (t::sso_switch_on(), t::sso_is_off()),
    };
    let on =
        (!provider.enabled).then(|| view! { <input type="hidden" name="enabled" value="true" /> });
    view! {
        <section class="card">
            <h2>{t::sso_try()}</h2>
            <p>{t::sso_try_text()}</p>
            <div class="buttons">
                <a class="button" href=test rel="external">{t::sso_test()}</a>
            </div>
            <p>{text}</p>
            <ErrorSummary />
            <ActionForm action=switch>
                <input type="hidden" name="id" value=provider.id.to_string() />
                <input type="hidden" name="version" value=provider.version.to_string() />
                {on}
                <Submit label secondary=provider.enabled pending=switch.pending() />
            </ActionForm>
        </section>
    }
    .into_any()
}

#[component]
fn Certificates(certificates: Vec<CertificateView>) -> AnyView {
    if certificates.is_empty() {
        return ().into_any();
    }
    let rows = certificates
        .into_iter()
        .map(|certificate| {
            let class = if certificate.ends_soon { "why" } else { "" };
            view! {
                <li>
                    <div>
                        <p>
                            <b>{certificate.subject}</b>
                        </p>
                        <p class=class>
                            <small>{t::sso_expires(certificate.ends.text)}</small>
                        </p>
                        <p class="fingerprint">
                            <small>{certificate.fingerprint}</small>
                        </p>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card">
            <h2>{t::label_certificates()}</h2>
            <ul class="lines">{rows}</ul>
            <p class="quiet">{t::sso_rotation()}</p>
        </section>
    }
    .into_any()
}

#[component]
fn Away(provider: Known) -> AnyView {
    let delete = ServerAction::<DeleteProvider>::new();
    provide_form(delete);
    leave_when_done(delete);
    view! {
        <section class="card danger">
            <h2>{t::sso_delete()}</h2>
            <p>{t::sso_delete_text()}</p>
            <ErrorSummary />
            <ActionForm action=delete>
                <input type="hidden" name="id" value=provider.id.to_string() />
                <input type="hidden" name="version" value=provider.version.to_string() />
                <Submit label=t::sso_delete_button(provider.profile.name) danger=true pending=delete.pending() />
            </ActionForm>
        </section>
    }
    .into_any()
}

/// What arrived, and who it would be.
#[component]
fn Tested(tested: TestedView) -> AnyView {
    let (tone, title) = match &tested.employee {
        Some((_, name)) => (Tone::Good, t::sso_tested_is(name)),
        None => {
            let reason = tested.reason.clone().unwrap_or_default();
            (Tone::Stop, t::sso_tested_nobody(reason))
        }
    };
    let subject = tested.subject.map(|subject| {
        view! {
            <div>
                <dt>{t::sso_tested_subject()}</dt>
                <dd>
                    <code>{subject}</code>
                </dd>
            </div>
        }
    });
    let attributes = tested
        .attributes
        .into_iter()
        .map(|(name, values)| {
            view! {
                <div>
                    <dt>{name}</dt>
                    <dd>{values.join(", ")}</dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <Notice tone title live=true>
            <dl class="facts">{subject} {attributes}</dl>
        </Notice>
    }
    .into_any()
}
