//! The list of tenants, the default one first (C-06).

use crate::error::AppError;
use crate::landing::Done;
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{Empty, Icon, Pill, Title, Tone};
use domain::contact_centre::tenant::Tenant;
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};
use serde::{Deserialize, Serialize};

/// A tenant in the list.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Listed {
    pub tenant: Tenant,
    /// The name of its PBX.
    pub pbx: String,
    pub users: i64,
}

/// Every tenant: three statements.
#[server(endpoint = "list_tenants", input = server_fn::codec::Json)]
pub async fn list_tenants() -> Result<Vec<Listed>, AppError> {
    let mut request = crate::request::Read::begin().await?;
    let action = domain::Action::EditContactCentre;
    request.actor().may_everywhere(action)?;
    let tenants = request.tenants().await?;
    let pbxs = request.pbxs().await?;
    let users = request.users_by_tenant().await?;
    let listed = |tenant: Tenant| {
        let pbx = pbxs.iter().find(|pbx| pbx.id == tenant.pbx);
        Listed {
            pbx: pbx.map(|pbx| pbx.name.clone()).unwrap_or_default(),
            users: users.get(&tenant.id).copied().unwrap_or_default(),
            tenant,
        }
    };
    Ok(tenants.into_iter().map(listed).collect())
}

/// `/contact-centre/tenants`
pub struct TenantsPage;

#[lazy_route]
impl LazyRoute for TenantsPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let tenants = Resource::new(|| (), |()| list_tenants());
        view! {
            <Suspense>
                {move || Suspend::new(async move {
                    match tenants.await {
                        Ok(tenants) => view! { <List tenants /> }.into_any(),
                        Err(error) => refused(error),
                    }
                })}
            </Suspense>
        }
        .into_any()
    }
}

#[component]
fn List(tenants: Vec<Listed>) -> AnyView {
    let count = tenants.len();
    let new = || {
        view! {
            <a class="button primary thumb" href="/contact-centre/tenants/new" data-key="n">
                {Icon::Plus}
                {t::setup_tenant_new()}
            </a>
        }
    };
    let list = match count {
        0 => view! {
            <Empty icon=Icon::Office title=t::setup_tenant_empty_title() text=t::setup_tenant_why()>
                <div class="buttons">{new()}</div>
            </Empty>
        }
        .into_any(),
        _ => view! { <Table tenants /> }.into_any(),
    };
    view! {
        <Title text=t::setup_tenants() />
        <div class="head">
            <h1>{t::setup_tenants()}</h1>
            <span class="count">{count}</span>
            {(count > 0).then(new)}
        </div>
        <Done />
        {list}
    }
    .into_any()
}

#[component]
fn Table(tenants: Vec<Listed>) -> impl IntoView {
    let row = |Listed { tenant, pbx, users }: Listed| {
        let pill = tenant
            .is_default
            .then(|| view! { <Pill tone=Tone::Accent text=t::setup_default() /> });
        view! {
            <tr>
                <td class="who">
                    <a class="row-link" href=format!("/contact-centre/tenants/{}", tenant.id)>
                        <b>{tenant.name}</b>
                    </a>
                </td>
                <td class="status">{pill}</td>
                <td class="what">{pbx}</td>
                <td class="where">{t::setup_n_users(users)}</td>
            </tr>
        }
    };
    view! {
        <div class="sheet">
            <table class="table">
                <caption class="visually-hidden">{t::setup_tenants()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t::label_name()}</th>
                        <th scope="col">{t::label_status()}</th>
                        <th scope="col">{t::label_pbx()}</th>
                        <th scope="col">{t::setup_users()}</th>
                    </tr>
                </thead>
                <tbody>{tenants.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}
