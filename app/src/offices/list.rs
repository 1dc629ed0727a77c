//! The Offices page: all of them, or those that one manages.

use crate::error::AppError;
use crate::landing::Done;
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{Empty, Icon, Pill, Title, Tone};
use domain::Office;
use leptos::prelude::*;
use leptos_router::{LazyRoute, lazy_route};
use serde::{Deserialize, Serialize};

/// The offices that the asker may edit.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct Offices {
    /// Each with how many employees work in it.
    pub offices: Vec<(Office, i64)>,
    pub may_create: bool,
}

/// The offices that the asker may edit, by name.
#[server(endpoint = "list_offices", input = server_fn::codec::Json)]
pub async fn list_offices() -> Result<Offices, AppError> {
    use domain::Action;
    let mut request = crate::request::Read::begin().await?;
    let actor = request.actor().clone();
    if !actor.reaches_beyond_own(Action::EditOffice) {
        return Err(domain::Refusal::Forbidden.into());
    }
    let offices = request.offices(&actor, Action::EditOffice).await?;
    let employees = request.employees_by_office().await?;
    let counted = |office: Office| {
        let count = employees.get(&office.id).copied().unwrap_or(0);
        (office, count)
    };
    let offices = offices.into_iter().map(counted).collect();
    Ok(Offices {
        offices,
        may_create: actor.reaches_all(Action::CreateOffice),
    })
}

/// `/offices`
pub struct OfficesPage;

#[lazy_route]
impl LazyRoute for OfficesPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let offices = Resource::new(|| (), |()| list_offices());
        view! {
            <Suspense>
                {move || Suspend::new(async move {
                    match offices.await {
                        Ok(offices) => view! { <List offices /> }.into_any(),
                        Err(error) => refused(error),
                    }
                })}
            </Suspense>
        }
        .into_any()
    }
}

#[component]
fn List(offices: Offices) -> impl IntoView {
    let Offices {
        offices,
        may_create,
    } = offices;
    let new = move || {
        may_create.then(|| {
            view! {
                <a class="button primary thumb" href="/offices/new" data-key="n">
                    {Icon::Plus}
                    {t::offices_new()}
                </a>
            }
        })
    };
    let count = offices.len();
    let list = match count {
        0 => view! {
            <Empty icon=Icon::Office title=t::offices_empty_title() text=t::offices_empty_text()>
                <div class="buttons">{new()}</div>
            </Empty>
        }
        .into_any(),
        _ => view! { <Table offices /> }.into_any(),
    };
    view! {
        <Title text=t::offices_title() />
        <div class="head">
            <h1>{t::offices_title()}</h1>
            <span class="count">{count}</span>
            {(count > 0).then(new)}
        </div>
        <Done />
        {list}
    }
}

#[component]
fn Table(offices: Vec<(Office, i64)>) -> impl IntoView {
    let row = |(office, employees): (Office, i64)| {
        let pill = match office.active {
            true => view! { <Pill tone=Tone::Good text=t::offices_active() /> },
            false => view! { <Pill tone=Tone::Quiet text=t::offices_inactive() /> },
        };
        let place = match office.virtual_only {
            true => t::label_virtual().to_owned(),
            false => office.address.replace('\n', ", "),
        };
        view! {
            <tr>
                <td class="who">
                    <a class="row-link" href=format!("/offices/{}", office.id)>
                        <b>{office.profile.name}</b>
                    </a>
                </td>
                <td class="status">{pill}</td>
                <td class="what">{place}</td>
                <td class="where">{t::offices_count(employees)}</td>
            </tr>
        }
    };
    view! {
        <div class="sheet">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t::label_name()}</th>
                        <th scope="col">{t::label_status()}</th>
                        <th scope="col">{t::label_address()}</th>
                        <th scope="col">{t::employees_title()}</th>
                    </tr>
                </thead>
                <tbody>{offices.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}
