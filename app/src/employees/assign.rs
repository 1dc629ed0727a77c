//! The Assigned offices dialog: which roles somebody holds in which office (E-12 to E-14).

use super::profile::Actions;
use super::save::offer_undo;
use super::view::{EmployeeView, One};
use crate::error::AppError;
use crate::form::provide_form;
use crate::landing::{after, when_late};
use crate::messages::t;
use crate::ui::{
    Dialog, ErrorSummary, Search, Submit, Typed, browser::plain, role_word, use_toasts,
};
use domain::{EmployeeId, OfficeId, Role, Roles, Version};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use std::collections::HashMap;

/// The offices between which the asker may move somebody, and by which they may filter, by name.
#[server(endpoint = "assignable_offices", input = server_fn::codec::Json)]
pub async fn assignable_offices() -> Result<Vec<(OfficeId, String)>, AppError> {
    let mut request = crate::request::Read::begin().await?;
    let actor = request.actor().clone();
    let offices = request
        .offices(&actor, domain::Action::AssignOffices)
        .await?;
    Ok(offices
        .into_iter()
        .map(|office| (office.id, office.profile.name))
        .collect())
}

/// Gives an employee exactly the roles that are ticked, in the offices that were in the form:
/// `held` has an `OFFICE:role` for each tick. Answers with the version at which it can be undone, when
/// no role was wanted before.
#[server(endpoint = "assign_offices")]
pub async fn assign_offices(
    id: EmployeeId,
    version: Version,
    #[server(default)] offices: Vec<OfficeId>,
    #[server(default)] held: Vec<String>,
) -> Result<Option<Version>, AppError> {
    use domain::employee::Wish;
    use domain::{Field, Place, Refusal, Why};
    let unknown = || Refusal::field(Field::Offices, Why::UnknownChoice);
    let mut places: Vec<Place> = offices
        .into_iter()
        .map(|office| Place {
            office,
            roles: Roles::NONE,
        })
        .collect();
    for tick in &held {
        let (office, role) = tick.split_once(':').ok_or_else(unknown)?;
        let office: OfficeId = office.parse().map_err(|_| unknown())?;
        let role = Role::from_code(role)
            .filter(|role| Role::IN_OFFICE.contains(role))
            .ok_or_else(unknown)?;
        match places.iter_mut().find(|place| place.office == office) {
            Some(place) => place.roles = place.roles.set(role, true),
            None => return Err(unknown().into()),
        }
    }
    let mut request = crate::request::Change::begin().await?;
    let employee = request.employee(id).await?;
    request.refuse_if_missed(&employee, version).await?;
    let others = request.other_active_administrators(id).await?;
    let wish = Wish {
        places,
        ..Wish::default()
    };
    if let Some(change) = employee.assign(&request.actor, &wish, others, request.now)? {
        request.apply(change).await?;
    }
    let now = request.still_seen(id).await?;
    let back = match now {
        Some(_) => format!("/employees/{id}"),
        None => crate::home::home(&request.actor),
    };
    request.commit().await?;
    leptos_axum::redirect(&back);
    let changed = now.filter(|now| employee.wanted.is_empty() && now.version != version);
    Ok(changed.map(|now| now.version))
}

/// The offices to choose from, read when the dialog opens.
pub(super) fn offices() -> Resource<Result<Vec<(OfficeId, String)>, AppError>> {
    let open = open();
    Resource::new(
        move || open.get(),
        |open| async move {
            if open {
                assignable_offices().await
            } else {
                Ok(Vec::new())
            }
        },
    )
}

/// Open while the address says `edit=offices`, so that it also works without a script.
fn open() -> Signal<bool> {
    let query = use_query_map();
    Signal::derive(move || query.with(|query| query.get("edit").as_deref() == Some("offices")))
}

#[component]
pub(super) fn AssignDialog(employee: EmployeeView, one: One) -> AnyView {
    let (open, search) = (open(), RwSignal::new(String::new()));
    let close = format!("/employees/{}", employee.record.id);
    let Actions {
        assign,
        undone,
        offices,
        ticked,
        ..
    } = expect_context();
    Effect::new(move |_| {
        if !open.get() {
            ticked.update_value(HashMap::clear);
            search.set(String::new());
        }
    });
    let attempt = provide_form(assign);
    let toasts = use_toasts();
    let (id, places) = (employee.record.id, employee.places.clone());
    after(attempt.successes, move || {
        match assign.value().get_untracked() {
            Some(Ok(Some(version))) => {
                let offices = offices.get_untracked().and_then(Result::ok);
                let offices = offices.unwrap_or_default().into_iter().map(|(id, _)| id);
                let (offices, held) = (offices.collect::<Vec<_>>(), ticks(&places));
                offer_undo(undone, move || {
                    assign_offices(id, version, offices.clone(), held.clone())
                });
            }
            _ => toasts.show(t::profile_saved()),
        }
        one.refetch();
    });
    when_late(attempt, move || one.refetch());
    view! {
        <Dialog title=t::profile_assigned() open=open close_href=close id="assigned-offices">
            <Grid employee=employee.clone() offices assign search />
        </Dialog>
    }
    .into_any()
}

/// Whether the search leaves an office in the dialog; a tick of one that it hides stays.
fn is_found(name: &str, search: RwSignal<String>) -> bool {
    search.with(|search| plain(name).contains(plain(search).trim()))
}

/// The ticks of the form, as [`assign_offices`] takes them.
fn ticks(places: &[(OfficeId, String, Roles)]) -> Vec<String> {
    let of = |(office, _, roles): &(OfficeId, String, Roles)| {
        let office = *office;
        let ticks = roles.iter().map(move |role| tick(office, role));
        ticks.collect::<Vec<_>>()
    };
    places.iter().flat_map(of).collect()
}

fn tick(office: OfficeId, role: Role) -> String {
    format!("{office}:{}", role.code())
}

#[component]
fn Grid(
    employee: EmployeeView,
    offices: Resource<Result<Vec<(OfficeId, String)>, AppError>>,
    assign: ServerAction<AssignOffices>,
    search: RwSignal<String>,
) -> AnyView {
    let record = employee.record.clone();
    let wanted = record.wanted;
    let asks = (!wanted.is_empty()).then(|| {
        let roles = wanted.iter().map(role_word).collect::<Vec<_>>().join(", ");
        view! { <p>{t::assign_asks(record.display_name(), roles)}</p> }
    });
    let places = employee.places.clone();
    let rows = move || {
        let places = places.clone();
        Suspend::new(async move {
            let offices = offices.await.unwrap_or_default();
            let names: Vec<String> = offices.iter().map(|(_, name)| name.clone()).collect();
            let found = move || names.iter().any(|name| is_found(name, search));
            let row = |(id, name): (OfficeId, String)| {
                let known = places.iter().find(|(office, _, _)| *office == id);
                let held = known.map_or(Roles::NONE, |(_, _, roles)| *roles);
                view! { <OfficeRow id name held search /> }
            };
            let rows = offices.into_iter().map(row).collect_view();
            view! {
                {rows}
                <tr hidden=found>
                    <td colspan=1 + Role::IN_OFFICE.len()>{t::assign_none()}</td>
                </tr>
            }
        })
    };
    view! {
        <ErrorSummary />
        {asks}
        <div class="with-script">
            <Search label=t::assign_search() placeholder=t::assign_search() value=search
                on_input=Callback::new(move |typed| search.set(typed)) />
        </div>
        <ActionForm action=assign attr:class="form">
            <input type="hidden" name="id" value=record.id.to_string() />
            <input type="hidden" name="version" value=record.version.to_string() />
            <div class="matrix" tabindex="0" role="group" aria-label=t::profile_assigned()>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">{t::employees_office()}</th>
                            {Role::IN_OFFICE.map(|role| view! { <th scope="col">{role_word(role)}</th> })}
                        </tr>
                    </thead>
                    <tbody>
                        <Suspense>{rows}</Suspense>
                    </tbody>
                </table>
            </div>
            <div class="dialog-buttons">
                <a class="button plain" href=format!("/employees/{}", record.id)>{t::action_cancel()}</a>
                <Submit label=t::action_save() pending=assign.pending() />
            </div>
        </ActionForm>
    }
    .into_any()
}

#[component]
fn OfficeRow(id: OfficeId, name: String, held: Roles, search: RwSignal<String>) -> impl IntoView {
    let typed = use_context::<Typed>();
    let ticked = expect_context::<Actions>().ticked;
    let cell = |role: Role| {
        let name = &name;
        let tick = tick(id, role);
        // What was typed here stays, also when the employee is read again.
        let held = match (
            ticked.with_value(|ticked| ticked.get(&tick).copied()),
            &typed,
        ) {
            (Some(ticked), _) => ticked,
            (None, Some(typed)) => typed.has("held[]", &tick),
            (None, None) => held.has(role),
        };
        let value = tick.clone();
        let remember = move |event| {
            let on = event_target_checked(&event);
            ticked.update_value(|ticked| {
                ticked.insert(tick.clone(), on);
            });
        };
        let label = t::assign_tick(name, role_word(role));
        view! {
            <td>
                <label>
                    <input type="checkbox" name="held[]" value=value checked=held aria-label=label on:change=remember />
                </label>
            </td>
        }
    };
    let ticks = Role::IN_OFFICE.map(cell);
    let searched = name.clone();
    view! {
        <tr hidden=move || !is_found(&searched, search)>
            <th scope="row">
                {name}
                <input type="hidden" name="offices[]" value=id.to_string() />
            </th>
            {ticks}
        </tr>
    }
}
