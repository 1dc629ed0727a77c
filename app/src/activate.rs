//! Accepting an invitation: a name, a password, and one is in (E-07, A-01).

#[cfg(feature = "ssr")]
mod steps;

use crate::error::AppError;
use crate::form::provide_form;
use crate::landing::leave_when_done;
use crate::link::{Dead, behind};
use crate::messages::t;
use crate::ui::{ErrorSummary, Field, Submit, Title};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};
use serde::{Deserialize, Serialize};

/// Whom an invitation is for, as far as its holder may know.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Guest {
    pub organisation: String,
    pub email: String,
    pub first_name: String,
    pub last_name: String,
}

/// Whom the invitation is for; nothing when its link is dead. Uses nothing up, since mail scanners
/// open links.
#[server(endpoint = "invitation", input = server_fn::codec::Json)]
pub async fn invitation(token: String) -> Result<Option<Guest>, AppError> {
    let Some(guest) = steps::guest(&token).await? else {
        return Ok(None);
    };
    let profile = &guest.employee.profile;
    Ok(Some(Guest {
        organisation: guest.organisation,
        email: guest.employee.email.to_string(),
        first_name: profile.first_name.clone(),
        last_name: profile.last_name.clone(),
    }))
}

/// Uses the invitation up, activates the account and signs its owner in; answers with the path to
/// go on to.
#[server(endpoint = "activate")]
pub async fn activate(
    token: String,
    first_name: String,
    last_name: String,
    password: String,
) -> Result<String, AppError> {
    steps::activate(&token, &first_name, &last_name, password).await?;
    crate::landing::land_on("/");
    Ok("/".to_owned())
}

/// `/activate/TOKEN`
pub struct ActivatePage;

#[lazy_route]
impl LazyRoute for ActivatePage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let alive = |invitation, token| view! { <Activation invitation token /> }.into_any();
        behind(invitation, alive, || {
            let (text, label) = (t::activate_dead_text(), t::activate_dead_sign_in());
            view! { <Dead text href="/sign-in" label /> }.into_any()
        })
    }
}

#[component]
fn Activation(invitation: Guest, token: String) -> impl IntoView {
    let activate = ServerAction::<Activate>::new();
    provide_form(activate);
    leave_when_done(activate);
    let Guest {
        organisation,
        email,
        first_name,
        last_name,
    } = invitation;
    view! {
        <Title text=t::activate_title() />
        <div class="card">
            <h1>{t::activate_title()}</h1>
            <p>{t::activate_welcome(&email, organisation)}</p>
            <ErrorSummary />
            <ActionForm action=activate attr:novalidate=true>
                <input type="hidden" name="token" value=token />
                // For password managers: what the password is kept under.
                <input type="email" value=email autocomplete="username" readonly=true hidden=true />
                <Field label=t::label_first_name() name="first_name" value=first_name autocomplete="given-name" />
                <Field label=t::label_last_name() name="last_name" value=last_name autocomplete="family-name" />
                <Field label=t::label_password() name="password" kind="password" autocomplete="new-password"
                    hint=t::activate_password_hint() />
                <Submit label=t::activate_button() pending=activate.pending() />
            </ActionForm>
        </div>
    }
}
