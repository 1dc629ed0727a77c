//! Licenses and their seats, on one page: total, used, left (C-03).

mod change;
mod form;

pub use change::{AddPlan, DeletePlan, SetSeats};

use crate::error::AppError;
use crate::form::{provide_form, provide_problems_of};
use crate::landing::{Done, leave_when_done, when_late};
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{ErrorSummary, Icon, Pill, Title, Tone};
use domain::contact_centre::license::{Kind, License};
use form::{Added, Seats};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::{LazyRoute, lazy_route};

/// Every license with its seats.
#[server(endpoint = "list_licenses", input = server_fn::codec::Json)]
pub async fn list_licenses() -> Result<Vec<License>, AppError> {
    let mut request = crate::request::Read::begin().await?;
    let action = domain::Action::EditContactCentre;
    request.actor().may_everywhere(action)?;
    Ok(request.licenses().await?)
}

/// `/contact-centre/licenses?edit=CODE`; `edit=new` adds a plan.
pub struct LicensesPage;

#[lazy_route]
impl LazyRoute for LicensesPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let licenses = Resource::new(|| (), |()| list_licenses());
        let query = use_query_map();
        let edit = Memo::new(move |_| query.with(|query| query.get("edit")).unwrap_or_default());
        let forms = Forms {
            seats: ServerAction::new(),
            add: ServerAction::new(),
            delete: ServerAction::new(),
        };
        let attempts = [
            provide_form(forms.seats),
            provide_form(forms.add),
            provide_form(forms.delete),
        ];
        provide_problems_of(attempts);
        leave_when_done(forms.seats);
        leave_when_done(forms.add);
        leave_when_done(forms.delete);
        for attempt in attempts {
            when_late(attempt, move || licenses.refetch());
        }
        view! {
            <Transition>
                {move || {
                    let edit = edit.get();
                    Suspend::new(async move {
                        match licenses.await {
                            Ok(licenses) => view! { <Sheet licenses edit forms /> }.into_any(),
                            Err(error) => refused(error),
                        }
                    })
                }}
            </Transition>
        }
        .into_any()
    }
}

/// The forms of the page.
#[derive(Clone, Copy)]
struct Forms {
    seats: ServerAction<SetSeats>,
    add: ServerAction<AddPlan>,
    delete: ServerAction<DeletePlan>,
}

#[component]
fn Sheet(licenses: Vec<License>, edit: String, forms: Forms) -> AnyView {
    let form = match licenses.iter().find(|license| license.code == edit) {
        Some(license) => view! { <Seats license=license.clone() forms /> }.into_any(),
        None if edit == "new" => view! { <Added add=forms.add /> }.into_any(),
        None => ().into_any(),
    };
    view! {
        <Title text=t::setup_licenses() />
        <div class="head">
            <h1>{t::setup_licenses()}</h1>
            <div class="actions">
                <a class="button primary thumb" href="/contact-centre/licenses?edit=new" data-key="n">
                    {Icon::Plus}
                    {t::setup_plan_add()}
                </a>
            </div>
        </div>
        <Done />
        <p class="intro">{t::setup_license_why()}</p>
        <ErrorSummary />
        {form}
        <div class="sheet">
            <table class="table">
                <caption class="visually-hidden">{t::setup_licenses()}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t::label_license()}</th>
                        <th scope="col">{t::label_kind()}</th>
                        <th scope="col">{t::setup_total()}</th>
                        <th scope="col">{t::setup_used()}</th>
                        <th scope="col">{t::setup_left()}</th>
                    </tr>
                </thead>
                <tbody>{licenses.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(license: License) -> impl IntoView {
    let kind = match license.kind {
        Kind::ContactCenter => t::setup_kind_center(),
        Kind::Engage => t::setup_kind_engage(),
        Kind::Plan => t::setup_kind_plan(),
    };
    let tone = match (license.left(), license.seats) {
        (_, 0) => Tone::Quiet,
        (0, _) => Tone::Stop,
        _ => Tone::Good,
    };
    let left = t::setup_n_left(license.left());
    let href = format!("/contact-centre/licenses?edit={}", license.code);
    view! {
        <tr>
            <td class="who">
                <a class="row-link" href=href aria-label=t::setup_edit_seats(&license.name)>
                    <b>{license.name.clone()}</b>
                </a>
            </td>
            <td class="what">{kind}</td>
            <td class="where">{t::setup_n_seats(license.seats)}</td>
            <td class="where">{t::setup_n_used(license.used)}</td>
            <td class="status">
                <Pill tone text=left />
            </td>
        </tr>
    }
}
