//! Saving the Profile tab: one form, of which each field asks its own row of the permission table.

#[cfg(feature = "ssr")]
pub(super) mod server;

use super::profile::Actions;
use super::view::{EmployeeView, One};
use crate::error::AppError;
use crate::form::{Given, provide_form};
use crate::landing::{after, when_late};
use crate::messages::t;
use crate::ui::{ErrorSummary, Field, SaveBar, Switch, TextArea, role_word, use_toasts};
use domain::employee::Profile;
use domain::{Action, EmployeeId, Role, Roles, SignIn, Status, Version};
use leptos::{prelude::*, task::spawn_local};

/// Saves what the form says; `shown` names the switches that were in it, since a browser sends
/// nothing for one that is off. Answers with the version at which it can be undone, when no message
/// has left the house for it and no role was given or taken.
#[server(endpoint = "save_employee")]
pub async fn save_employee(
    id: EmployeeId,
    version: Version,
    #[server(default)] shown: Vec<String>,
    #[server(default)] active: bool,
    #[server(default)] email: Given,
    #[server(default)] first_name: Given,
    #[server(default)] last_name: Given,
    #[server(default)] phone: Given,
    #[server(default)] external_id: Given,
    #[server(default)] roles: Vec<String>,
    #[server(default)] online_planning: bool,
    #[server(default)] function: Given,
    #[server(default)] introduction: Given,
    #[server(default)] video_link: Given,
) -> Result<Option<Version>, AppError> {
    use domain::employee::Draft;
    let switch = |name: &str, on: bool| shown.iter().any(|shown| shown == name).then_some(on);
    let mut request = crate::request::Change::begin().await?;
    let employee = request.employee(id).await?;
    request.refuse_if_missed(&employee, version).await?;
    let draft = Draft {
        first_name: first_name.0,
        last_name: last_name.0,
        phone: phone.0,
        external_id: external_id.0,
        online_planning: switch("online_planning", online_planning),
        function: function.0,
        introduction: introduction.0,
        video_link: video_link.0,
    };
    server::revise(&mut request, id, &draft).await?;
    let asks = server::roles(&mut request, id, &shown, &roles).await?;
    if let Some(email) = email.0 {
        server::email(&mut request, id, &email).await?;
    }
    if let Some(active) = switch("active", active) {
        server::status(&mut request, id, active).await?;
    }
    let now = request.still_seen(id).await?;
    request.commit().await?;
    if asks {
        leptos_axum::redirect(&format!("/employees/{id}?edit=offices"));
    }
    let undoable = now.filter(|now| server::can_be_undone(&employee, now));
    Ok(undoable.map(|now| now.version))
}

/// The form of the Profile tab; what the asker may not change is shown and can't be edited.
#[component]
pub(super) fn ProfileForm(employee: EmployeeView, one: One) -> AnyView {
    let Actions { save, undone, .. } = expect_context();
    let attempt = provide_form(save);
    let toasts = use_toasts();
    let before_saving = employee.clone();
    after(attempt.successes, move || {
        match save.value().get_untracked() {
            Some(Ok(Some(version))) => {
                let before = before_saving.clone();
                offer_undo(undone, move || save_again(&before, version));
            }
            _ => toasts.show(t::profile_saved()),
        }
        one.refetch();
    });
    when_late(attempt, move || one.refetch());
    let record = employee.record.clone();
    view! {
        <ErrorSummary />
        <ActionForm action=save attr:class="form" attr:novalidate=true>
            <input type="hidden" name="id" value=record.id.to_string() />
            <input type="hidden" name="version" value=record.version.to_string() />
            <Account employee=employee.clone() />
            <RolesPart employee=employee.clone() />
            <AgentPart employee=employee.clone() />
            <SaveBar pending=save.pending() saved=attempt.successes />
        </ActionForm>
    }
    .into_any()
}

/// Says that it was saved, and offers to undo it; `undone` counts up when that was tried.
pub(super) fn offer_undo<F>(undone: RwSignal<u64>, undo: impl Fn() -> F + Send + Sync + 'static)
where
    F: Future<Output = Result<Option<Version>, AppError>> + 'static,
{
    let toasts = use_toasts();
    toasts.show_undo(t::profile_saved(), move || {
        let answer = undo();
        spawn_local(async move {
            match answer.await {
                Ok(_) => toasts.show(t::toast_undone()),
                Err(error) => toasts.show(error.to_string()),
            }
            undone.try_update(|count| *count += 1);
        });
    });
}

/// Sends the form as it was.
fn save_again(
    before: &EmployeeView,
    version: Version,
) -> impl Future<Output = Result<Option<Version>, AppError>> + use<> {
    let Profile {
        first_name,
        last_name,
        phone: _,
        external_id,
        online_planning,
        function,
        introduction,
        video_link,
    } = before.record.profile.clone();
    let shown = [
        (Action::Suspend, "active"),
        (Action::SwitchOnlinePlanning, "online_planning"),
    ];
    let shown = shown.into_iter().filter(|(action, _)| before.may(*action));
    let edited = |text: String| Given(before.may(Action::EditProfile).then_some(text));
    save_employee(
        before.record.id,
        version,
        shown.map(|(_, name)| name.to_owned()).collect(),
        before.record.status != Status::Suspended,
        Given(None),
        Given(Some(first_name)),
        Given(Some(last_name)),
        edited(before.phone.clone()),
        Given(
            before
                .may(Action::ChangeSignIn)
                .then(|| external_id.unwrap_or_default()),
        ),
        Vec::new(),
        online_planning,
        edited(function),
        edited(introduction),
        edited(video_link),
    )
}

/// Says that a switch is in the form, so that its absence means off.
#[component]
fn Shown(name: &'static str, when: bool) -> impl IntoView {
    when.then(|| view! { <input type="hidden" name="shown[]" value=name /> })
}

#[component]
fn Account(employee: EmployeeView) -> AnyView {
    let may = |action| employee.may(action);
    let record = &employee.record;
    let profile = record.profile.clone();
    let (suspends, name) = (may(Action::Suspend), may(Action::ChangeName));
    let hint = match record.status {
        Status::Pending => t::profile_pending_hint(),
        Status::Active => t::profile_active_hint(),
        Status::Suspended => t::profile_suspended_hint(),
    };
    let email_hint = match (&record.email_wanted, may(Action::ChangeEmail)) {
        (Some(wanted), _) => Some(t::profile_email_waits(wanted)),
        (None, true) if record.status == Status::Active => Some(t::profile_email_hint().to_owned()),
        _ => None,
    };
    let email_hint = email_hint.unwrap_or_default();
    view! {
        <fieldset>
            <legend>{t::new_account()}</legend>
            <Shown name="active" when=suspends />
            <Switch label=t::status_active() name="active" checked=record.status != Status::Suspended hint=hint disabled=!suspends />
            <div class="two">
                <Field label=t::label_first_name() name="first_name" value=profile.first_name customers=true readonly=!name autocomplete="off" />
                <Field label=t::label_last_name() name="last_name" value=profile.last_name customers=true readonly=!name autocomplete="off" />
            </div>
            <Field label=t::label_email() name="email" kind="email" value=record.email.to_string() customers=true
                readonly=!may(Action::ChangeEmail) hint=email_hint autocomplete="off" />
            <div class="two">
                <Field label=t::label_phone() name="phone" kind="tel" value=employee.phone.clone() customers=true readonly=!may(Action::EditProfile) autocomplete="off" />
                <Field label=t::label_external_id() name="external_id" value=profile.external_id.unwrap_or_default()
                    readonly=!may(Action::ChangeSignIn) required=record.sign_in == SignIn::SingleSignOn autocomplete="off" />
            </div>
        </fieldset>
    }
    .into_any()
}

#[component]
fn RolesPart(employee: EmployeeView) -> AnyView {
    let roles = employee.roles();
    let switch = |role: Role| {
        let may = match role {
            Role::Administrator => employee.may(Action::GrantAdministrator),
            Role::Agent | Role::OfficeManager => employee.may(Action::GrantOfficeRole),
        };
        let offices = |held: Roles| held.has(role);
        let names: Vec<String> = employee
            .places
            .iter()
            .filter(|(_, _, held)| offices(*held))
            .map(|(_, name, _)| name.clone())
            .collect();
        let hint = match (role, names.is_empty()) {
            (Role::Administrator, _) => t::profile_administrator_hint().to_owned(),
            (_, true) => t::profile_role_asks().to_owned(),
            (_, false) => t::profile_role_held(names.join(", ")),
        };
        let (code, checked) = (role.code(), roles.has(role));
        let shows = if role == Role::Agent { "agent" } else { code };
        view! {
            <Shown name=code when=may />
            <Switch label=role_word(role) name="roles[]" value=code checked=checked hint=hint disabled=!may shows=shows />
        }
    };
    view! {
        <fieldset>
            <legend>{t::label_roles()}</legend>
            {Role::ALL.map(switch)}
        </fieldset>
    }
    .into_any()
}

#[component]
fn AgentPart(employee: EmployeeView) -> AnyView {
    let profile = employee.record.profile.clone();
    let (plans, edits) = (
        employee.may(Action::SwitchOnlinePlanning),
        employee.may(Action::EditProfile),
    );
    // A disabled text area is not sent, and what is not sent stays as it is.
    let introduction = match edits {
        true => view! { <TextArea label=t::label_introduction() name="introduction" value=profile.introduction customers=true /> }.into_any(),
        false => view! { <p class="quiet">{profile.introduction}</p> }.into_any(),
    };
    view! {
        <fieldset data-when="agent">
            <legend>{t::role_agent()}</legend>
            <Shown name="online_planning" when=plans />
            <Switch label=t::label_online_planning() name="online_planning" checked=profile.online_planning hint=t::new_online_planning_hint() disabled=!plans />
            <Field label=t::label_function() name="function" value=profile.function customers=true readonly=!edits />
            {introduction}
            <Field label=t::label_video_link() name="video_link" kind="url" value=profile.video_link customers=true readonly=!edits hint=t::new_video_link_hint() />
        </fieldset>
    }
    .into_any()
}
