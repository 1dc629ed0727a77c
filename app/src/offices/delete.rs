//! Deleting an office for good: a page of its own that says what will happen (O-01).

use crate::error::AppError;
use crate::form::provide_form;
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{ErrorSummary, Field, Notice, Submit, Title, Tone};
use domain::{Office, OfficeId, Refusal, Version};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};
use serde::{Deserialize, Serialize};

/// An office, and what hangs on it.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Leaving {
    pub office: Office,
    pub employees: i64,
    /// Appointments that are still to come.
    pub appointments: i64,
    /// Whether too many employees hold a role in it to take them all out at once.
    pub too_many: bool,
}

/// An office that the asker may delete, and what hangs on it.
#[server(endpoint = "leave_office", input = server_fn::codec::Json)]
pub async fn leave_office(id: OfficeId) -> Result<Leaving, AppError> {
    use domain::office::TAKEN_OUT_MAX;
    let mut request = crate::request::Read::begin().await?;
    request.actor().may_in(domain::Action::CreateOffice, id)?;
    let office = request.office(id).await?.ok_or(Refusal::NotFound)?;
    let now = request.now;
    let standing = request.standing_of_office(id, now).await?;
    Ok(Leaving {
        office,
        employees: standing.employees,
        appointments: standing.appointments,
        too_many: standing.employees > TAKEN_OUT_MAX,
    })
}

/// Deletes an office; `confirmation` is its name. Whoever holds a role in it loses that role first,
/// each with an entry in the audit trail.
#[server(endpoint = "delete_office")]
pub async fn delete_office(
    id: OfficeId,
    version: Version,
    confirmation: String,
) -> Result<(), AppError> {
    use domain::employee::Wish;
    use domain::office::TAKEN_OUT_MAX;
    use domain::{Place, Roles};
    let mut request = crate::request::Change::begin().await?;
    request.actor.may_in(domain::Action::CreateOffice, id)?;
    let office = request.office(id).await?;
    request.signed_in_lately()?;
    request.refuse_if_missed(&office, version).await?;
    let (actor, now) = (request.actor.clone(), request.now);
    let standing = request.standing_of_office(id, now).await?;
    let deleted = office.delete(&actor, &confirmation, standing, now)?;
    let nothing = Wish {
        places: vec![Place {
            office: id,
            roles: Roles::NONE,
        }],
        ..Wish::default()
    };
    for holder in request.holders_in(id, TAKEN_OUT_MAX).await? {
        let employee = request.employee(holder).await?;
        // Nobody stops being an Administrator by it, so the others need not be counted.
        if let Some(change) = employee.assign(&actor, &nothing, 0, now)? {
            request.apply(change).await?;
        }
    }
    request.apply(deleted).await?;
    request.commit().await?;
    leptos_axum::redirect("/offices?done=office-deleted");
    Ok(())
}

/// Lets an office take no bookings any more, and keeps it.
#[server(endpoint = "deactivate_office")]
pub async fn deactivate_office(id: OfficeId, version: Version) -> Result<(), AppError> {
    let mut request = crate::request::Change::begin().await?;
    request.actor.may_in(domain::Action::EditOffice, id)?;
    let office = request.office(id).await?;
    request.refuse_if_missed(&office, version).await?;
    let draft = domain::office::Draft {
        active: Some(false),
        ..domain::office::Draft::default()
    };
    let country = request.session.organisation.settings.country.clone();
    let known = crate::settings::known::known();
    let now = request.now;
    if let Some(change) = office.revise(&request.actor, &draft, &country, known, now)? {
        request.apply(change).await?;
    }
    request.commit().await?;
    leptos_axum::redirect(&format!("/offices/{id}?done=saved"));
    Ok(())
}

/// `/offices/ID/delete`
pub struct DeleteOfficePage;

#[lazy_route]
impl LazyRoute for DeleteOfficePage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let id = super::office_of_address();
        let leaving = Resource::new(id, |id| async move {
            match id {
                Some(id) => leave_office(id).await,
                None => Err(Refusal::NotFound.into()),
            }
        });
        view! {
            <Transition>
                {move || Suspend::new(async move {
                    match leaving.await {
                        Ok(leaving) => view! { <Delete leaving /> }.into_any(),
                        Err(error) => refused(error),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

#[component]
fn Delete(leaving: Leaving) -> AnyView {
    let delete = ServerAction::<DeleteOffice>::new();
    provide_form(delete);
    let office = leaving.office.clone();
    let (id, name) = (office.id, office.name.clone());
    let stands = leaving.appointments > 0 || leaving.too_many;
    let confirm = t::office_delete_type(&name);
    let button = t::delete_button(&name);
    let form = (!stands).then(|| {
        view! {
            <ActionForm action=delete attr:class="form" attr:novalidate=true>
                <input type="hidden" name="id" value=id.to_string() />
                <input type="hidden" name="version" value=office.version.to_string() />
                <Field label=confirm name="confirmation" autocomplete="off" required=true />
                <Submit label=button danger=true pending=delete.pending() />
            </ActionForm>
        }
    });
    view! {
        <Title text=t::office_delete() />
        <div class="head">
            <h1>{t::delete_heading(&name)}</h1>
        </div>
        <div class="leaving">
            <ErrorSummary />
            <InTheWay leaving=leaving.clone() />
            <p>{t::office_delete_consequence(&name)}</p>
            <ul class="lines">
                <li>{t::office_delete_people(leaving.employees)}</li>
                <li>{t::office_delete_own()}</li>
                <li>{t::office_delete_past()}</li>
            </ul>
            <div class="ways-out">
                <Instead office=office.clone() />
                <section class="card danger">
                    <h2>{t::delete_for_good()}</h2>
                    <p>{t::office_delete_text()}</p>
                    {form}
                </section>
            </div>
            <p>
                <a href=format!("/offices/{id}")>{t::office_keep(&name)}</a>
            </p>
        </div>
    }
    .into_any()
}

/// What has to be dealt with first, and where.
#[component]
fn InTheWay(leaving: Leaving) -> AnyView {
    let id = leaving.office.id;
    let appointments = (leaving.appointments > 0).then(|| {
        view! {
            <Notice tone=Tone::Stop title=t::office_awaited(leaving.appointments)>
                <p>
                    <a href=format!("/appointments?office={id}")>{t::office_show_appointments()}</a>
                </p>
            </Notice>
        }
    });
    let employees = leaving.too_many.then(|| {
        view! {
            <Notice tone=Tone::Stop title=t::office_too_many(leaving.employees)>
                <p>
                    <a href=format!("/employees?office={id}")>{t::offices_team()}</a>
                </p>
            </Notice>
        }
    });
    view! {
        {appointments}
        {employees}
    }
    .into_any()
}

/// The other way out, of equal weight: no bookings any more.
#[component]
fn Instead(office: Office) -> AnyView {
    let deactivate = ServerAction::<DeactivateOffice>::new();
    office.active.then(|| {
        view! {
            <section class="card">
                <h2>{t::office_deactivate_instead()}</h2>
                <p>{t::office_deactivate_text()}</p>
                <ActionForm action=deactivate>
                    <input type="hidden" name="id" value=office.id.to_string() />
                    <input type="hidden" name="version" value=office.version.to_string() />
                    <Submit label=t::office_deactivate(&office.name) secondary=true pending=deactivate.pending() />
                </ActionForm>
            </section>
        }
    })
    .into_any()
}
