//! The Profile tab of an employee, and what stands beside it (E-12).

use super::assign::AssignDialog;
use super::header::Header;
use super::invite::InvitationCard;
use super::save::ProfileForm;
use super::sign_in::{SignInActions, SignInCard};
use super::view::{EmployeeView, Mail, One, one};
use crate::error::AppError;
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::{CopyField, Notice, Time, Title, Tone, role_word};
use domain::{Action, OfficeId, Roles, SignIn};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::{LazyRoute, lazy_route};
use std::collections::HashMap;

/// `/employees/ID`: the Profile tab.
pub struct ProfilePage;

#[lazy_route]
impl LazyRoute for ProfilePage {
    fn data() -> Self {
        Self
    }

    fn view(_page: Self) -> AnyView {
        let one = one();
        let actions = Actions::new();
        provide_context(actions);
        Effect::new(move |before: Option<u64>| {
            let now = actions.undone.get();
            if before.is_some_and(|before| before != now) {
                one.refetch();
            }
            now
        });
        view! {
            <Transition>
                {move || Suspend::new(async move {
                    match one.await {
                        Ok(employee) => view! { <Profile employee one /> }.into_any(),
                        Err(error) => refused(error),
                    }
                })}
            </Transition>
        }
        .into_any()
    }
}

/// What can be sent from the page. Made once, since what they answered must outlive the reading
/// of the employee that follows.
#[derive(Clone, Copy)]
pub(super) struct Actions {
    pub(super) save: ServerAction<super::SaveEmployee>,
    pub(super) assign: ServerAction<super::AssignOffices>,
    pub(super) invite: ServerAction<super::Invite>,
    pub(super) revoke: ServerAction<super::RevokeInvitation>,
    pub(super) copy: ServerAction<super::CopyInvitation>,
    pub(super) sign_in: SignInActions,
    /// Counts up when something was undone.
    pub(super) undone: RwSignal<u64>,
    /// What was ticked and unticked in the Assigned offices dialog since it was opened.
    pub(super) ticked: StoredValue<HashMap<String, bool>>,
    /// The offices of the Assigned offices dialog, while it is open.
    pub(super) offices: Resource<Result<Vec<(OfficeId, String)>, AppError>>,
}

impl Actions {
    fn new() -> Self {
        Self {
            save: ServerAction::new(),
            assign: ServerAction::new(),
            invite: ServerAction::new(),
            revoke: ServerAction::new(),
            copy: ServerAction::new(),
            sign_in: SignInActions::new(),
            undone: RwSignal::new(0),
            ticked: StoredValue::new(HashMap::new()),
            offices: super::assign::offices(),
        }
    }
}

#[component]
fn Profile(employee: EmployeeView, one: One) -> AnyView {
    let manages_roles = employee.may(Action::AssignOffices);
    view! {
        <Title text=employee.record.display_name() />
        <Header employee=employee.clone() />
        <Done employee=employee.clone() />
        <div class="columns">
            <div>
                <ProfileForm employee=employee.clone() one />
                <DangerZone employee=employee.clone() />
            </div>
            <div class="stack">
                <Offices employee=employee.clone() />
                <InvitationCard employee=employee.clone() one />
                <SignInCard employee=employee.clone() one />
                <Facts employee=employee.clone() />
            </div>
        </div>
        {manages_roles.then(|| view! { <AssignDialog employee one /> })}
    }
    .into_any()
}

/// What just happened, after Create.
#[component]
fn Done(employee: EmployeeView) -> impl IntoView {
    let query = use_query_map();
    let mail = employee
        .invitation
        .as_ref()
        .map(|invitation| &invitation.mail);
    let failing = matches!(mail, Some(Mail::Failing(_)));
    move || match query.with(|query| query.get("done")).as_deref() {
        Some("invited") if !failing => {
            let email = employee.record.email.clone();
            let title = t::done_invited(email, employee.invitation_hours);
            view! { <Notice tone=Tone::Good title=title live=true /> }.into_any()
        }
        Some("created") => {
            let link = employee.sign_in_link.clone();
            view! {
            <Notice tone=Tone::Good title=t::done_created() live=true>
                <p>{t::done_created_hand_over()}</p>
                <CopyField label=t::done_sign_in_link() text=link.clone() />
            </Notice>
            }
            .into_any()
        }
        _ => ().into_any(),
    }
}

#[component]
fn Offices(employee: EmployeeView) -> AnyView {
    let words = |roles: Roles| roles.iter().map(role_word).collect::<Vec<_>>().join(", ");
    let none = employee.places.is_empty();
    let wanted = employee.record.wanted;
    let edit = employee.may(Action::AssignOffices).then(|| {
        view! { <a class="button small" href=format!("/employees/{}?edit=offices", employee.record.id)>{t::action_edit()}</a> }
    });
    let places = employee.places.into_iter().map(|(_, name, roles)| {
        view! {
            <li>
                <b>{name}</b>
                <small>{words(roles)}</small>
            </li>
        }
    });
    view! {
        <section class="card">
            <header>
                <h2>{t::profile_assigned()}</h2>
                {edit}
            </header>
            {none.then(|| view! { <p class="quiet">{t::profile_not_assigned()}</p> })}
            {(!wanted.is_empty()).then(|| view! { <p class="quiet">{t::profile_wanted(words(wanted))}</p> })}
            <ul class="lines">{places.collect_view()}</ul>
        </section>
    }
    .into_any()
}

#[component]
fn Facts(employee: EmployeeView) -> AnyView {
    let way = match employee.record.sign_in {
        SignIn::Password => t::profile_by_password(),
        SignIn::SingleSignOn => t::profile_by_single_sign_on(),
    };
    let last_seen = match employee.last_seen {
        Some(moment) => view! { <Time moment /> }.into_any(),
        None => t::time_never().into_any(),
    };
    view! {
        <section class="card">
            <header>
                <h2>{t::new_account()}</h2>
            </header>
            <dl class="facts">
                <div>
                    <dt>{t::label_sign_in()}</dt>
                    <dd>{way}</dd>
                </div>
                <div>
                    <dt>{t::employees_last_seen()}</dt>
                    <dd>{last_seen}</dd>
                </div>
                <div>
                    <dt>{t::profile_added()}</dt>
                    <dd>
                        <Time moment=employee.added />
                    </dd>
                </div>
            </dl>
        </section>
    }
    .into_any()
}

#[component]
fn DangerZone(employee: EmployeeView) -> AnyView {
    employee.may(Action::DeleteEmployee).then(|| {
        view! {
            <section class="danger-zone">
                <div>
                    <h2>{t::delete_title()}</h2>
                    <p class="quiet">{t::delete_teaser()}</p>
                </div>
                <a class="button danger" href=format!("/employees/{}/delete", employee.record.id)>{t::delete_title()}</a>
            </section>
        }
    })
    .into_any()
}
