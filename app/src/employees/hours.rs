//! The Appointment hours tab: when an agent can be booked, and when they are away (O-04, O-05).

mod absences;
mod applied;
mod canvas;
mod editor;
mod lines;
mod read;
mod save;
mod templates;
mod times;

pub use absences::{EnterAbsence, RemoveAbsence, ReviseAbsence};
pub use applied::{ApplyTemplate, WithdrawTemplate};
pub use read::{HoursView, Row, get_hours};
pub use save::SaveHours;
pub use templates::{AddTemplate, RemoveTemplate};

use super::header::Header;
use super::view::{EmployeeView, one};
use crate::error::AppError;
use crate::landing::Done;
use crate::outcome::refused;
use crate::ui::Title;
use domain::{EmployeeId, Refusal};
use leptos::context::Provider;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use leptos_router::{LazyRoute, lazy_route};

/// `/employees/ID/hours`, and `?template=N` for one of the templates, `?absence=ID` for an absence.
pub struct HoursPage;

/// The hours as the page's data, and what can be sent from it, which outlives their reading.
#[derive(Clone, Copy)]
struct Page {
    /// The employee, in whose head stands what an absence leaves without anybody (O-05).
    one: super::view::One,
    hours: Resource<Result<HoursView, AppError>>,
    save: ServerAction<SaveHours>,
    add: ServerAction<AddTemplate>,
    remove: ServerAction<RemoveTemplate>,
    apply: ServerAction<ApplyTemplate>,
    withdraw: ServerAction<WithdrawTemplate>,
    enter: ServerAction<EnterAbsence>,
    revise: ServerAction<ReviseAbsence>,
    leave: ServerAction<RemoveAbsence>,
    /// The rows of a form that somebody else was faster than, so that they stay (E-20).
    overtaken: StoredValue<Option<Vec<Row>>>,
}

#[lazy_route]
impl LazyRoute for HoursPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let (params, query) = (use_params_map(), use_query_map());
        let asked = move || {
            let id = params.with(|params| params.get("id")?.parse::<EmployeeId>().ok());
            let template = query.with(|query| query.get("template")?.parse::<u32>().ok());
            (id, template)
        };
        let hours = Resource::new(asked, |(id, template)| async move {
            match id {
                Some(id) => get_hours(id, template).await,
                None => Err(Refusal::NotFound.into()),
            }
        });
        let one = one();
        let page = Page {
            one,
            hours,
            save: ServerAction::new(),
            add: ServerAction::new(),
            remove: ServerAction::new(),
            apply: ServerAction::new(),
            withdraw: ServerAction::new(),
            enter: ServerAction::new(),
            revise: ServerAction::new(),
            leave: ServerAction::new(),
            overtaken: StoredValue::new(None),
        };
        view! {
            <Transition>
                {move || Suspend::new(async move {
                    match (one.await, hours.await) {
                        (Ok(employee), Ok(hours)) => shown(employee, hours, page),
                        (Err(error), _) | (_, Err(error)) => refused(error),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

/// Each part has a form of its own, whose problems and typed values are no other part's.
fn shown(employee: EmployeeView, hours: HoursView, page: Page) -> AnyView {
    let id = employee.record.id;
    let hours = StoredValue::new(hours);
    view! {
        <Title text=employee.record.display_name() />
        <Header employee />
        <Done />
        <div class="columns">
            <div class="stack-l">
                <Provider value=()>
                    <templates::Templates id hours page />
                </Provider>
                <Provider value=()>
                    <editor::Editor id hours page />
                </Provider>
                <Provider value=()>
                    <templates::Removal id hours page />
                </Provider>
            </div>
            <div class="stack">
                <Provider value=()>
                    <applied::AppliedCard id hours page />
                </Provider>
                <Provider value=()>
                    <absences::AbsencesCard id hours page />
                </Provider>
            </div>
        </div>
    }
    .into_any()
}

/// Where the tab of an employee is, at one of the templates.
fn path(id: EmployeeId, template: Option<u32>) -> String {
    match template {
        Some(template) => format!("/employees/{id}/hours?template={template}"),
        None => format!("/employees/{id}/hours"),
    }
}
