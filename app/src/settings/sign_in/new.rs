//! Adding an identity provider, by its metadata or by hand.

use super::forms::Fields;
use super::protocol_word;
use crate::error::AppError;
use crate::form::provide_form;
use crate::landing::leave_when_done;
use crate::me::use_me;
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{CreateBar, ErrorSummary, Pill, Title, Tone};
use domain::provider::{Profile, Protocol};
use domain::{Action, Refusal};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use leptos_router::{LazyRoute, lazy_route};

/// Adds a provider, which is switched off until it was tried; answers with the path of its page.
#[server(endpoint = "create_provider")]
pub async fn create_provider(
    protocol: String,
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
    use super::read::{self, Typed};
    use domain::ProviderId;
    use domain::provider::{ClientSecret, ProviderCreated};
    crate::request::session()?
        .actor
        .may_everywhere(Action::ChangeSettings)?;
    let protocol = read::protocol(&protocol)?;
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
    let profile = typed.read(protocol).await?;
    let secret = Some(client_secret_password).filter(|secret| !secret.is_empty());
    let mut request = crate::request::Change::begin().await?;
    request.signed_in_lately()?;
    let id = ProviderId(store::new_id());
    let (actor, now) = (request.actor.clone(), request.now);
    let secret = secret.map(ClientSecret);
    let signs = profile.sign_requests;
    let created = ProviderCreated::allow(&actor, id, protocol, profile, secret, now)?;
    request.apply(created).await?;
    request.commit().await?;
    read::make_key(signs).await?;
    let page = format!("/settings/sign-in/{id}?done=provider");
    crate::landing::land_on(&page);
    Ok(page)
}

/// `/settings/sign-in/new/PROTOCOL`
pub struct NewProviderPage;

#[lazy_route]
impl LazyRoute for NewProviderPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let params = use_params_map();
        let code = params.with_untracked(|params| params.get("protocol"));
        let protocol = Protocol::from_code(code.as_deref().unwrap_or_default());
        match protocol {
            None => refused(Refusal::NotFound.into()),
            Some(_) if !use_me().actor.reaches_all(Action::ChangeSettings) => {
                refused(Refusal::Forbidden.into())
            }
            Some(protocol) => view! { <New protocol /> }.into_any(),
        }
    }
}

#[component]
fn New(protocol: Protocol) -> AnyView {
    let create = ServerAction::<CreateProvider>::new();
    let attempt = provide_form(create);
    leave_when_done(create);
    let title = match protocol {
        Protocol::Saml => t::sso_new_saml(),
        Protocol::OpenId => t::sso_new_openid(),
    };
    view! {
        <Title text=title />
        <div class="head">
            <h1>{title}</h1>
            <Pill tone=Tone::Quiet text=protocol_word(protocol) />
        </div>
        <ErrorSummary />
        <ActionForm action=create attr:class="form" attr:novalidate=true>
            <input type="hidden" name="protocol" value=protocol.code() />
            <Fields protocol profile=Profile::default() has_secret=false secret_ends=String::new() />
            <CreateBar sent=attempt.sent cancel_href="/settings/sign-in" />
        </ActionForm>
    }
    .into_any()
}
