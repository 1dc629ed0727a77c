//! The list of PBXs (C-06).

use crate::error::AppError;
use crate::landing::Done;
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{Empty, Icon, Title};
use domain::contact_centre::pbx::Pbx;
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};
use serde::{Deserialize, Serialize};

/// A PBX in the list.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Listed {
    pub pbx: Pbx,
    /// How many tenants are linked to it.
    pub tenants: usize,
}

/// Every PBX, by name.
#[server(endpoint = "list_pbxs", input = server_fn::codec::Json)]
pub async fn list_pbxs() -> Result<Vec<Listed>, AppError> {
    let mut request = crate::request::Read::begin().await?;
    let action = domain::Action::EditContactCentre;
    request.actor().may_everywhere(action)?;
    let pbxs = request.pbxs().await?;
    let tenants = request.tenants().await?;
    let listed = |pbx: Pbx| Listed {
        tenants: tenants.iter().filter(|tenant| tenant.pbx == pbx.id).count(),
        pbx,
    };
    Ok(pbxs.into_iter().map(listed).collect())
}

/// `/contact-centre/pbxs`
pub struct PbxsPage;

#[lazy_route]
impl LazyRoute for PbxsPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let pbxs = Resource::new(|| (), |()| list_pbxs());
        view! {
            <Suspense>
                {move || Suspend::new(async move {
                    match pbxs.await {
                        Ok(pbxs) => view! { <List pbxs /> }.into_any(),
                        Err(error) => refused(error),
                    }
                })}
            </Suspense>
        }
        .into_any()
    }
}

#[component]
fn List(pbxs: Vec<Listed>) -> AnyView {
    let count = pbxs.len();
    let new = || {
        view! {
            <a class="button primary thumb" href="/contact-centre/pbxs/new" data-key="n">
                {Icon::Plus}
                {t::setup_pbx_new()}
            </a>
        }
    };
    let list = match count {
        0 => view! {
            <Empty icon=Icon::Phone title=t::setup_pbx_empty_title() text=t::setup_pbx_why()>
                <div class="buttons">{new()}</div>
            </Empty>
        }
        .into_any(),
        _ => view! { <Table pbxs /> }.into_any(),
    };
    view! {
        <Title text=t::setup_pbxs() />
        <div class="head">
            <h1>{t::setup_pbxs()}</h1>
            <span class="count">{count}</span>
            {(count > 0).then(new)}
        </div>
        <Done />
        {list}
    }
    .into_any()
}

#[component]
fn Table(pbxs: Vec<Listed>) -> impl IntoView {
    let row = |Listed { pbx, tenants }: Listed| {
        view! {
            <tr>
                <td class="who">
                    <a class="row-link" href=format!("/contact-centre/pbxs/{}", pbx.id)>
                        <b>{pbx.name}</b>
                    </a>
                </td>
                <td class="what">{pbx.host}</td>
                <td class="where">{t::setup_n_tenants(tenants)}</td>
            </tr>
        }
    };
    view! {
        <div class="sheet">
            <table class="table">
                <caption class="visually-hidden">{t::setup_pbxs()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t::label_name()}</th>
                        <th scope="col">{t::label_host()}</th>
                        <th scope="col">{t::setup_tenants()}</th>
                    </tr>
                </thead>
                <tbody>{pbxs.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}
