//! The Contact centre tab of an employee; the same page from the list of users (C-01, E-12).

use super::endpoints::Endpoints;
use super::parts::{Part, Parts};
use super::phone::Phone;
use super::profile::{Group, Profile};
use super::queues::Queues;
use super::read::{ContactUserView, get_contact_user};
use super::state::OwnState;
use super::supervision::Supervisor;
use crate::employees::{EmployeeHeader, EmployeeView, get_employee};
use crate::error::AppError;
use crate::form::{provide_form, provide_problems_of};
use crate::landing::{Done, say_when_done, when_late};
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{Empty, ErrorSummary, Icon, Title};
use domain::contact_centre::user::ContactUser;
use domain::{EmployeeId, Refusal};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use leptos_router::{LazyRoute, lazy_route};

/// Employee and user, read together.
pub(super) type Read = Resource<Result<(EmployeeView, ContactUserView), AppError>>;

/// What can be sent from the page, made once, since what they answered must outlive the next reading.
#[derive(Clone, Copy)]
pub(super) struct Actions {
    pub(super) save: ServerAction<super::SaveContactUser>,
    pub(super) group: ServerAction<super::SaveContactGroup>,
    pub(super) phone: ServerAction<super::SaveContactPhone>,
    pub(super) queues: ServerAction<super::SaveContactQueues>,
    pub(super) supervision: ServerAction<super::SaveSupervision>,
    pub(super) add: ServerAction<super::AddEndpoint>,
    pub(super) remove_endpoint: ServerAction<super::RemoveEndpoint>,
    pub(super) state: ServerAction<super::SetContactState>,
    pub(super) remove: ServerAction<super::RemoveContactUser>,
    pub(super) free: ServerAction<super::FreeContactSeat>,
    /// How often any of them succeeded.
    pub(super) saved: Signal<usize>,
}

/// `/employees/ID/contact-centre` and its parts
pub struct ContactUserPage;

#[lazy_route]
impl LazyRoute for ContactUserPage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let params = use_params_map();
        let id = move || params.with(|params| params.get("id")?.parse().ok());
        let read: Read = Resource::new(id, |id: Option<EmployeeId>| async move {
            let id = id.ok_or(AppError::Refused(Refusal::NotFound))?;
            let employee = get_employee(id).await?;
            Ok::<_, AppError>((employee, get_contact_user(id).await?))
        });
        let actions = actions(read);
        let part = move || params.with(|params| Part::from_code(params.get("part").as_deref()));
        view! {
            <Transition>
                {move || {
                    let part = part();
                    Suspend::new(async move {
                        match (read.await, part) {
                            (Ok((employee, one)), Some(part)) => {
                                view! { <Page employee one part actions /> }.into_any()
                            }
                            (Ok(_), None) => refused(Refusal::NotFound.into()),
                            (Err(error), _) => refused(error),
                        }
                    })
                }}
            </Transition>
        }
        .into_any()
    }
}

fn actions(read: Read) -> Actions {
    let (save, group, phone) = (
        ServerAction::new(),
        ServerAction::new(),
        ServerAction::new(),
    );
    let (queues, supervision) = (
        ServerAction::new(),
        ServerAction::<super::SaveSupervision>::new(),
    );
    let (add, remove_endpoint) = (ServerAction::new(), ServerAction::new());
    let (state, remove, free) = (
        ServerAction::new(),
        ServerAction::new(),
        ServerAction::new(),
    );
    let attempts = [
        provide_form(supervision),
        provide_form(save),
        provide_form(group),
        provide_form(phone),
        provide_form(queues),
        provide_form(add),
        provide_form(remove_endpoint),
        provide_form(state),
        provide_form(remove),
        provide_form(free),
    ];
    provide_problems_of(attempts);
    let read_again = move || read.refetch();
    let [supervised, others @ ..] = attempts;
    let answer = supervision.value();
    let said = move || match answer.get_untracked() {
        Some(Ok(true)) => t::contact_users_taken_away(),
        _ => t::landing_saved(),
    };
    say_when_done(supervised, said, read_again);
    for attempt in others {
        say_when_done(attempt, t::landing_saved, read_again);
    }
    for attempt in attempts {
        when_late(attempt, read_again);
    }
    Actions {
        save,
        group,
        phone,
        queues,
        supervision,
        add,
        remove_endpoint,
        state,
        remove,
        free,
        saved: Signal::derive(move || attempts.iter().map(|one| one.successes.get()).sum()),
    }
}

#[component]
fn Page(employee: EmployeeView, one: ContactUserView, part: Part, actions: Actions) -> AnyView {
    let (id, name) = (employee.record.id, employee.record.display_name());
    let body = match one.user.clone() {
        None => nobody(id, &name, one.may_edit),
        Some(user) => {
            let own = one
                .own
                .then(|| view! { <OwnState id state=user.state actions /> });
            view! {
                <Parts id />
                {own}
                {body(employee.clone(), one, user, part, actions)}
            }
            .into_any()
        }
    };
    view! {
        <Title text=name />
        <EmployeeHeader employee />
        <Done />
        <ErrorSummary />
        {body}
    }
    .into_any()
}

fn body(
    employee: EmployeeView,
    one: ContactUserView,
    user: ContactUser,
    part: Part,
    actions: Actions,
) -> AnyView {
    match part {
        Part::Profile => view! { <Profile employee one user actions /> }.into_any(),
        Part::Phone => view! { <Phone one user actions /> }.into_any(),
        Part::Queues => view! { <Queues one user actions /> }.into_any(),
        Part::Groups => view! { <Group one user actions /> }.into_any(),
        Part::Supervisor => view! { <Supervisor one user actions /> }.into_any(),
        Part::Endpoints => view! { <Endpoints one user actions /> }.into_any(),
    }
}

/// An employee who is no contact-centre user.
fn nobody(id: EmployeeId, name: &str, may_edit: bool) -> AnyView {
    let make = may_edit.then(|| {
        view! {
            <div class="buttons">
                <a class="button primary" href=format!("/contact-centre/users/new?employee={id}")>
                    {t::contact_users_make_user()}
                </a>
            </div>
        }
    });
    view! {
        <Empty icon=Icon::Headset title=t::contact_users_not_user() text=t::contact_users_not_user_text(name)>
            {make}
        </Empty>
    }
    .into_any()
}
