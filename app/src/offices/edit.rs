//! The page of one office: its name, and whether it is active.

use crate::error::AppError;
use crate::form::{Attempt, provide_form};
use crate::landing::{Done, say_when_done, when_late};
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{ErrorSummary, Field, Icon, SaveBar, Switch};
use domain::{Office, OfficeId, Refusal, Version};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use leptos_router::{LazyRoute, lazy_route};

/// An office that the asker may edit, and how many employees work in it.
#[server(endpoint = "get_office", input = server_fn::codec::Json)]
pub async fn get_office(id: OfficeId) -> Result<(Office, i64), AppError> {
    let mut request = crate::request::Read::begin().await?;
    request.actor().may_in(domain::Action::EditOffice, id)?;
    let office = request.office(id).await?.ok_or(Refusal::NotFound)?;
    let employees = request.employees_in(id).await?;
    Ok((office, employees))
}

/// Gives an office another name or state.
#[server(endpoint = "revise_office")]
pub async fn revise_office(
    id: OfficeId,
    version: Version,
    name: String,
    #[server(default)] active: bool,
) -> Result<(), AppError> {
    let mut request = crate::request::Change::begin().await?;
    request.actor.may_in(domain::Action::EditOffice, id)?;
    let office = request.office(id).await?;
    request.refuse_if_missed(&office, version).await?;
    let draft = domain::office::Draft::named(&name, active);
    let country = request.session.organisation.settings.country.clone();
    let known = crate::settings::known::known();
    let now = request.now;
    if let Some(change) = office.revise(&request.actor, &draft, &country, known, now)? {
        request.apply(change).await?;
    }
    request.commit().await?;
    crate::landing::land_on(&format!("/offices/{id}?done=saved"));
    Ok(())
}

/// `/offices/ID`
pub struct OfficePage;

#[lazy_route]
impl LazyRoute for OfficePage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let params = use_params_map();
        let id = move || params.with(|params| params.get("id")?.parse().ok());
        let one = Resource::new(id, |id| async move {
            match id {
                Some(id) => get_office(id).await,
                None => Err(Refusal::NotFound.into()),
            }
        });
        let revise = ServerAction::<ReviseOffice>::new();
        let attempt = provide_form(revise);
        say_when_done(attempt, t::landing_saved, move || one.refetch());
        when_late(attempt, move || one.refetch());
        view! {
            <Transition>
                {move || Suspend::new(async move {
                    match one.await {
                        Ok((office, employees)) => {
                            view! { <Edit office employees revise attempt /> }.into_any()
                        }
                        Err(error) => refused(error),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Edit(
    office: Office,
    employees: i64,
    revise: ServerAction<ReviseOffice>,
    attempt: Attempt,
) -> impl IntoView {
    let id = office.id;
    view! {
        <Title text=office.name.clone() />
        <a class="crumb" href="/offices">
            {Icon::Back}
            {t::offices_title()}
        </a>
        <div class="head">
            <h1>{office.name.clone()}</h1>
        </div>
        <Done />
        <ErrorSummary />
        <ActionForm action=revise attr:class="form" attr:novalidate=true>
            <input type="hidden" name="id" value=id.to_string() />
            <input type="hidden" name="version" value=office.version.to_string() />
            <Field label=t::label_name() name="name" value=office.name.clone() required=true autocomplete="off" />
            <Switch label=t::offices_active() name="active" checked=office.active hint=t::offices_active_hint() />
            <p>
                {t::offices_people(employees)}
                " "
                <a href=format!("/team/{id}")>{t::offices_team()}</a>
            </p>
            <SaveBar pending=revise.pending() saved=attempt.successes />
        </ActionForm>
    }
}
