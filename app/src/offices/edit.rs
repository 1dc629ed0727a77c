//! The page of one office: what is said of it.

use super::OfficeHead;
use super::inputs::Inputs;
use super::new::Choices;
use crate::error::AppError;
use crate::form::{Attempt, Given, provide_form};
use crate::landing::{Done, say_when_done, when_late};
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{ErrorSummary, SaveBar, Title};
use domain::{Office, OfficeId, Refusal, Version};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};
use serde::{Deserialize, Serialize};

/// An office that the asker may edit.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct OfficeView {
    pub office: Office,
    /// How many employees work in it.
    pub employees: i64,
    /// The phone number as people of this country write it.
    pub phone: String,
    pub choices: Choices,
    pub may_delete: bool,
}

/// An office that the asker may edit, and what can be chosen for it.
#[server(endpoint = "get_office", input = server_fn::codec::Json)]
pub async fn get_office(id: OfficeId) -> Result<OfficeView, AppError> {
    let mut request = crate::request::Read::begin().await?;
    request.actor().may_in(domain::Action::EditOffice, id)?;
    let office = request.office(id).await?.ok_or(Refusal::NotFound)?;
    let employees = request.employees_in(id).await?;
    let session = &request.session;
    let country = &session.organisation.settings.country;
    let zone = office.time_zone.as_deref().unwrap_or_default();
    Ok(OfficeView {
        employees,
        phone: office
            .phone
            .as_ref()
            .map_or_else(String::new, |phone| phone.shown(country)),
        choices: super::new::choices(session, zone),
        may_delete: session.actor.reaches_all(domain::Action::CreateOffice),
        office,
    })
}

/// Says something else of an office.
#[server(endpoint = "revise_office")]
pub async fn revise_office(
    id: OfficeId,
    version: Version,
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
    let mut request = crate::request::Change::begin().await?;
    request.actor.may_in(domain::Action::EditOffice, id)?;
    let office = request.office(id).await?;
    request.refuse_if_missed(&office, version).await?;
    let draft = domain::office::Draft {
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
        let id = super::office_of_address();
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
                        Ok(office) => view! { <Edit office revise attempt /> }.into_any(),
                        Err(error) => refused(error),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Edit(office: OfficeView, revise: ServerAction<ReviseOffice>, attempt: Attempt) -> AnyView {
    let OfficeView {
        office,
        employees,
        phone,
        choices,
        may_delete,
    } = office;
    let (id, name) = (office.id, office.name.clone());
    let danger = may_delete.then(|| {
        view! {
            <section class="danger-zone">
                <div>
                    <h2>{t::office_delete()}</h2>
                    <p class="quiet">{t::office_delete_teaser()}</p>
                </div>
                <a class="button danger" href=format!("/offices/{id}/delete")>{t::office_delete()}</a>
            </section>
        }
    });
    view! {
        <Title text=name.clone() />
        <OfficeHead id name active=office.active />
        <Done />
        <ErrorSummary />
        <ActionForm action=revise attr:class="form" attr:novalidate=true>
            <input type="hidden" name="id" value=id.to_string() />
            <input type="hidden" name="version" value=office.version.to_string() />
            <p>
                {t::offices_people(employees)}
                " "
                <a href=format!("/team/{id}")>{t::offices_team()}</a>
            </p>
            <Inputs profile=office.profile phone choices />
            <SaveBar pending=revise.pending() saved=attempt.successes />
        </ActionForm>
        {danger}
    }
    .into_any()
}
