//! Adding a tenant; with the first comes the group of those who are in no other (C-06, C-11).

use super::{Crumb, Inputs};
use crate::contact_centre::pbxs::{Listed, list_pbxs};
use crate::error::AppError;
use crate::form::provide_form;
use crate::landing::leave_when_done;
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{CreateBar, Empty, ErrorSummary, Icon, Title};
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};

/// Adds a tenant; answers with the path of the page that shows it.
#[server(endpoint = "create_tenant")]
pub async fn create_tenant(
    name: String,
    #[server(default)] pbx: String,
    #[server(default)] shows_cli: bool,
) -> Result<String, AppError> {
    use crate::messages::{Language, with};
    use domain::contact_centre::tenant::{FirstGroup, TenantCreated};
    use domain::{AgentGroupId, TenantId};
    let mut request = crate::request::Change::begin().await?;
    let action = domain::Action::EditContactCentre;
    request.actor.may_everywhere(action)?;
    let language = &request.session.organisation.settings.language;
    let language = Language::from_code(language).unwrap_or_default();
    let group = FirstGroup {
        id: AgentGroupId(store::new_id()),
        name: with(language, || t::setup_ungrouped().to_owned()),
    };
    let draft = super::draft(name, &pbx, shows_cli);
    let pbxs = request.pbxs().await?;
    let tenants = request.tenants().await?.len();
    let (actor, now) = (request.actor.clone(), request.now);
    let id = TenantId(store::new_id());
    let created = TenantCreated::allow(&actor, id, &draft, &pbxs, tenants, group, now)?;
    request.apply(created).await?;
    request.commit().await?;
    let page = "/contact-centre/tenants?done=tenant";
    crate::landing::land_on(page);
    Ok(page.to_owned())
}

/// `/contact-centre/tenants/new`
pub struct NewTenantPage;

#[lazy_route]
impl LazyRoute for NewTenantPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let pbxs = Resource::new(|| (), |()| list_pbxs());
        view! {
            <Suspense>
                {move || Suspend::new(async move {
                    match pbxs.await {
                        Ok(pbxs) if pbxs.is_empty() => view! { <NoPbx /> }.into_any(),
                        Ok(pbxs) => view! { <New pbxs /> }.into_any(),
                        Err(error) => refused(error),
                    }
                })}
            </Suspense>
        }
        .into_any()
    }
}

#[component]
fn NoPbx() -> AnyView {
    view! {
        <Title text=t::setup_tenant_new() />
        <Crumb />
        <div class="head">
            <h1>{t::setup_tenant_new()}</h1>
        </div>
        <Empty icon=Icon::Phone title=t::setup_pbx_first() text=t::setup_pbx_why()>
            <div class="buttons">
                <a class="button primary" href="/contact-centre/pbxs/new">{t::setup_pbx_new()}</a>
            </div>
        </Empty>
    }
    .into_any()
}

#[component]
fn New(pbxs: Vec<Listed>) -> AnyView {
    let create = ServerAction::<CreateTenant>::new();
    let attempt = provide_form(create);
    leave_when_done(create);
    let pbxs: Vec<_> = pbxs.into_iter().map(|listed| listed.pbx).collect();
    let only = match &*pbxs {
        [only] => Some(only.id),
        _ => None,
    };
    view! {
        <Title text=t::setup_tenant_new() />
        <Crumb />
        <div class="head">
            <h1>{t::setup_tenant_new()}</h1>
        </div>
        <p class="intro">{t::setup_tenant_why()}</p>
        <ErrorSummary />
        <ActionForm action=create attr:class="form" attr:novalidate=true>
            <Inputs pbx=only pbxs />
            <CreateBar sent=attempt.sent cancel_href="/contact-centre/tenants" />
        </ActionForm>
    }
    .into_any()
}
