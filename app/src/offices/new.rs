//! Adding an office.

use crate::error::AppError;
use crate::form::provide_form;
use crate::me::use_me;
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{CreateBar, ErrorSummary, Field, Icon, Switch};
use domain::{Action, Refusal};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::{LazyRoute, lazy_route};

/// Adds an office.
#[server(endpoint = "create_office")]
pub async fn create_office(name: String, #[server(default)] active: bool) -> Result<(), AppError> {
    use domain::OfficeId;
    use domain::office::{Draft, OfficeCreated};
    let mut request = crate::request::Change::begin().await?;
    let id = OfficeId(store::new_id());
    let created = OfficeCreated::allow(
        &request.actor,
        id,
        &Draft::named(&name, active),
        &request.session.organisation.settings.country,
        crate::settings::known::known(),
        request.now,
    )?;
    request.apply(created).await?;
    request.commit().await?;
    leptos_axum::redirect("/offices?done=office");
    Ok(())
}

/// `/offices/new`
pub struct NewOfficePage;

#[lazy_route]
impl LazyRoute for NewOfficePage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        if !use_me().actor.reaches_all(Action::CreateOffice) {
            return refused(Refusal::Forbidden.into());
        }
        view! { <New /> }.into_any()
    }
}

#[component]
fn New() -> impl IntoView {
    let create = ServerAction::<CreateOffice>::new();
    let attempt = provide_form(create);
    view! {
        <Title text=t::offices_new() />
        <a class="crumb" href="/offices">
            {Icon::Back}
            {t::offices_title()}
        </a>
        <div class="head">
            <h1>{t::offices_new()}</h1>
        </div>
        <ErrorSummary />
        <ActionForm action=create attr:class="form" attr:novalidate=true>
            <Field label=t::label_name() name="name" required=true autocomplete="off" autofocus=true />
            <Switch label=t::offices_active() name="active" checked=true hint=t::offices_active_hint() />
            <CreateBar sent=attempt.sent cancel_href="/offices" />
        </ActionForm>
    }
}
