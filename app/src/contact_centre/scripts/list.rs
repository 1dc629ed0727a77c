//! Every script, with where it runs and who uses it (C-19).

use crate::error::AppError;
use crate::landing::Done;
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{Empty, Icon, Title};
use domain::ScriptId;
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};
use serde::{Deserialize, Serialize};

/// A script in a list.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Listed {
    pub id: ScriptId,
    pub name: String,
    pub pbx_name: String,
    pub steps: usize,
    /// How many channels run it.
    pub channels: i64,
}

/// Every script by name.
#[server(endpoint = "list_scripts", input = server_fn::codec::Json)]
pub async fn list_scripts() -> Result<Vec<Listed>, AppError> {
    let mut request = crate::request::Read::begin().await?;
    let action = domain::Action::EditContactCentre;
    request.actor().may_everywhere(action)?;
    let listed = |one: store::script::Listed| Listed {
        id: one.script.id,
        name: one.script.name.clone(),
        pbx_name: one.pbx_name,
        steps: one.script.steps.len(),
        channels: one.channels,
    };
    let scripts = request.scripts().await?;
    Ok(scripts.into_iter().map(listed).collect())
}

/// `/contact-centre/scripts`
pub struct ScriptsPage;

#[lazy_route]
impl LazyRoute for ScriptsPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let scripts = Resource::new(|| (), |()| list_scripts());
        view! {
            <Suspense>
                {move || Suspend::new(async move {
                    match scripts.await {
                        Ok(scripts) => view! { <List scripts /> }.into_any(),
                        Err(error) => refused(error),
                    }
                })}
            </Suspense>
        }
        .into_any()
    }
}

#[component]
fn List(scripts: Vec<Listed>) -> impl IntoView {
    let new = || {
        view! {
            <a class="button primary thumb" href="/contact-centre/scripts/new" data-key="n">
                {Icon::Plus}
                {t::scripts_new()}
            </a>
        }
    };
    let count = scripts.len();
    let row = |one: Listed| {
        view! {
            <tr>
                <td class="who">
                    <a class="row-link" href=format!("/contact-centre/scripts/{}", one.id)>
                        <b>{one.name}</b>
                    </a>
                </td>
                <td class="what">{t::scripts_steps_count(one.steps)}</td>
                <td class="what">{t::scripts_channels_count(one.channels)}</td>
                <td class="where">{one.pbx_name}</td>
            </tr>
        }
    };
    let list = match count {
        0 => view! {
            <Empty icon=Icon::Phone title=t::scripts_empty_title() text=t::scripts_empty_text()>
                <div class="buttons">{new()}</div>
            </Empty>
        }
        .into_any(),
        _ => view! {
            <div class="sheet">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{t::label_name()}</th>
                            <th scope="col">{t::label_steps()}</th>
                            <th scope="col">{t::scripts_channels()}</th>
                            <th scope="col">{t::label_pbx()}</th>
                        </tr>
                    </thead>
                    <tbody>{scripts.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        }
        .into_any(),
    };
    view! {
        <Title text=t::scripts_title() />
        <div class="head">
            <h1>{t::scripts_title()}</h1>
            <span class="count">{count}</span>
            {(count > 0).then(new)}
        </div>
        <Done />
        {list}
    }
}
