//! Adding an office.

use super::inputs::Inputs;
use crate::error::AppError;
use crate::form::{Given, provide_form};
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{CreateBar, ErrorSummary, Icon, Title};
use domain::office::Profile;
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};
use serde::{Deserialize, Serialize};

/// What can be chosen for an office.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Choices {
    /// Names of time zones.
    pub zones: Vec<String>,
    /// The organisation's time zone.
    pub zone: String,
}

/// What can be chosen for an office whose time zone is `present`.
#[cfg(feature = "ssr")]
pub(super) fn choices(session: &store::session::Session, present: &str) -> Choices {
    Choices {
        zones: crate::settings::known::zones(present),
        zone: session.organisation.settings.time_zone.clone(),
    }
}

/// What can be chosen for a new office. Costs no statement.
#[server(endpoint = "office_choices", input = server_fn::codec::Json)]
pub async fn office_choices() -> Result<Choices, AppError> {
    let session = crate::request::session()?;
    session.actor.may_everywhere(domain::Action::CreateOffice)?;
    Ok(choices(&session, ""))
}

/// Adds an office.
#[server(endpoint = "create_office")]
pub async fn create_office(
    name: String,
    #[server(default)] active: bool,
    #[server(default)] virtual_only: bool,
    #[server(default)] description: Given,
    #[server(default)] external_id: Given,
    #[server(default)] email: Given,
    #[server(default)] phone: Given,
    #[server(default)] address: Given,
    #[server(default)] directions: Given,
    #[server(default)] parking: Given,
    #[server(default)] time_zone: Given,
) -> Result<(), AppError> {
    use domain::OfficeId;
    use domain::office::{Draft, OfficeCreated};
    let mut request = crate::request::Change::begin().await?;
    let draft = Draft {
        name: Some(name),
        active: Some(active),
        virtual_only: Some(virtual_only),
        description: description.0,
        external_id: external_id.0,
        email: email.0,
        phone: phone.0,
        address: address.0,
        directions: directions.0,
        parking: parking.0,
        time_zone: time_zone.0,
    };
    let id = OfficeId(store::new_id());
    let country = request.session.organisation.settings.country.clone();
    let known = crate::settings::known::known();
    let (actor, now) = (request.actor.clone(), request.now);
    let created = OfficeCreated::allow(&actor, id, &draft, &country, known, now)?;
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
        let choices = Resource::new(|| (), |()| office_choices());
        view! {
            <Suspense>
                {move || Suspend::new(async move {
                    match choices.await {
                        Ok(choices) => view! { <New choices /> }.into_any(),
                        Err(error) => refused(error),
                    }
                })}
            </Suspense>
        }
        .into_any()
    }
}

#[component]
fn New(choices: Choices) -> AnyView {
    let create = ServerAction::<CreateOffice>::new();
    let attempt = provide_form(create);
    let profile = Profile {
        active: true,
        ..Profile::default()
    };
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
            <Inputs profile phone=String::new() choices />
            <CreateBar sent=attempt.sent cancel_href="/offices" />
        </ActionForm>
    }
    .into_any()
}
