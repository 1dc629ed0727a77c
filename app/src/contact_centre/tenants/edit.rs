//! The profile of one tenant, and making it the default (C-06, C-07).

use super::remove::Remove;
use super::{Crumb, DeleteTenant, Inputs};
use crate::error::AppError;
use crate::form::{Attempt, provide_form, provide_problems_of};
use crate::landing::{Done, leave_when_done, when_late};
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{ErrorSummary, Pill, SaveBar, Submit, Title, Tone};
use domain::contact_centre::pbx::Pbx;
use domain::contact_centre::tenant::Tenant;
use domain::{Refusal, TenantId, Version};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use leptos_router::{LazyRoute, lazy_route};
use serde::{Deserialize, Serialize};

/// A tenant with what its page needs.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Shown {
    pub tenant: Tenant,
    pub pbxs: Vec<Pbx>,
    pub users: i64,
    /// How many other tenants there are.
    pub others: i64,
}

/// A tenant and the PBXs it can be on.
#[server(endpoint = "get_tenant", input = server_fn::codec::Json)]
pub async fn get_tenant(id: TenantId) -> Result<Shown, AppError> {
    let mut request = crate::request::Read::begin().await?;
    let action = domain::Action::EditContactCentre;
    request.actor().may_everywhere(action)?;
    let tenant = request.tenant(id).await?.ok_or(Refusal::NotFound)?;
    let standing = request.standing_of_tenant(id).await?;
    Ok(Shown {
        tenant,
        pbxs: request.pbxs().await?,
        users: standing.users,
        others: standing.others,
    })
}

/// Says something else of a tenant, and moves it to another PBX; answers with the path of the list.
#[server(endpoint = "revise_tenant")]
pub async fn revise_tenant(
    id: TenantId,
    version: Version,
    name: String,
    #[server(default)] pbx: String,
    #[server(default)] shows_cli: bool,
) -> Result<String, AppError> {
    use domain::contact_centre::tenant::Moving;
    let mut request = crate::request::Change::begin().await?;
    let action = domain::Action::EditContactCentre;
    request.actor.may_everywhere(action)?;
    let tenant = request.tenant(id).await?.ok_or(Refusal::NotFound)?;
    request.refuse_if_missed(&tenant, version).await?;
    let draft = super::draft(name, &pbx, shows_cli);
    let pbxs = request.pbxs().await?;
    let moving = match draft.pbx {
        Some(to) if to != tenant.pbx => request.moving(id, to).await?,
        _ => Moving::default(),
    };
    let (actor, now) = (request.actor.clone(), request.now);
    if let Some(change) = tenant.revise(&actor, &draft, &pbxs, &moving, now)? {
        request.apply(change).await?;
    }
    request.commit().await?;
    let page = "/contact-centre/tenants?done=saved";
    crate::landing::land_on(page);
    Ok(page.to_owned())
}

/// Makes a tenant the default in one step; answers with the path of the list.
#[server(endpoint = "make_tenant_default")]
pub async fn make_tenant_default(id: TenantId, version: Version) -> Result<String, AppError> {
    let mut request = crate::request::Change::begin().await?;
    let action = domain::Action::EditContactCentre;
    request.actor.may_everywhere(action)?;
    let tenants = request.tenants().await?;
    let tenant = tenants.iter().find(|tenant| tenant.id == id);
    let tenant = tenant.ok_or(Refusal::NotFound)?;
    request.refuse_if_missed(tenant, version).await?;
    let before = tenants.iter().find(|tenant| tenant.is_default);
    let before = before
        .map(|before| before.name.as_str())
        .unwrap_or_default();
    let pbxs = request.pbxs().await?.len();
    let elsewhere = request.engage_elsewhere(Some(id)).await?;
    let (actor, now) = (request.actor.clone(), request.now);
    if let Some(change) = tenant.make_default(&actor, before, pbxs, &elsewhere, now)? {
        request.apply(change).await?;
    }
    request.commit().await?;
    let page = "/contact-centre/tenants?done=tenant-default";
    crate::landing::land_on(page);
    Ok(page.to_owned())
}

/// `/contact-centre/tenants/ID`
pub struct TenantPage;

#[lazy_route]
impl LazyRoute for TenantPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let params = use_params_map();
        let id = move || params.with(|params| params.get("id")?.parse().ok());
        let one = Resource::new(id, |id| async move {
            match id {
                Some(id) => get_tenant(id).await,
                None => Err(Refusal::NotFound.into()),
            }
        });
        let forms = Forms {
            revise: ServerAction::new(),
            make: ServerAction::new(),
            delete: ServerAction::new(),
        };
        let attempts = [
            provide_form(forms.revise),
            provide_form(forms.make),
            provide_form(forms.delete),
        ];
        provide_problems_of(attempts);
        leave_when_done(forms.revise);
        leave_when_done(forms.make);
        leave_when_done(forms.delete);
        for attempt in attempts {
            when_late(attempt, move || one.refetch());
        }
        view! {
            <Transition>
                {move || Suspend::new(async move {
                    match one.await {
                        Ok(shown) => view! { <Edit shown forms revised=attempts[0] /> }.into_any(),
                        Err(error) => refused(error),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

/// The forms of the page.
#[derive(Clone, Copy)]
struct Forms {
    revise: ServerAction<ReviseTenant>,
    make: ServerAction<MakeTenantDefault>,
    delete: ServerAction<DeleteTenant>,
}

#[component]
fn Edit(shown: Shown, forms: Forms, revised: Attempt) -> AnyView {
    let tenant = shown.tenant.clone();
    let pill = tenant
        .is_default
        .then(|| view! { <Pill tone=Tone::Accent text=t::setup_default() /> });
    let pbxs = shown.pbxs.clone();
    let (other, make) = (tenant.clone(), forms.make);
    let make = (!tenant.is_default).then(|| view! { <MakeDefault tenant=other make /> });
    view! {
        <Title text=tenant.name.clone() />
        <Crumb />
        <div class="head">
            <h1>{tenant.name.clone()}</h1>
            {pill}
        </div>
        <Done />
        <ErrorSummary />
        <ActionForm action=forms.revise attr:class="form" attr:novalidate=true>
            <input type="hidden" name="id" value=tenant.id.to_string() />
            <input type="hidden" name="version" value=tenant.version.to_string() />
            <Inputs name=tenant.name.clone() pbx=Some(tenant.pbx) pbxs shows_cli=tenant.shows_cli />
            <SaveBar pending=forms.revise.pending() saved=revised.successes />
        </ActionForm>
        {make}
        <Remove shown delete=forms.delete />
    }
    .into_any()
}

#[component]
fn MakeDefault(tenant: Tenant, make: ServerAction<MakeTenantDefault>) -> impl IntoView {
    view! {
        <section class="card aside">
            <h2>{t::setup_default_tenant()}</h2>
            <p class="quiet">{t::setup_default_text()}</p>
            <ActionForm action=make>
                <input type="hidden" name="id" value=tenant.id.to_string() />
                <input type="hidden" name="version" value=tenant.version.to_string() />
                <Submit label=t::setup_make_default() secondary=true pending=make.pending() />
            </ActionForm>
        </section>
    }
}
