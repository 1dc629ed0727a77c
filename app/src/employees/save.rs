//! Saving the Profile tab: one form, of which each field asks its own row of the permission table.

use super::profile::{Actions, EmployeeView, One};
use crate::error::AppError;
use crate::form::provide_form;
use crate::messages::t;
use crate::ui::{ErrorSummary, Field, SaveBar, Switch, TextArea, role_word, use_toasts};
use domain::{Action, EmployeeId, Role, Roles, SignIn, Status, Version};
use leptos::prelude::*;

/// Saves what the form says; `shown` names the switches that were in it, since a browser sends
/// nothing for one that is off.
#[server(endpoint = "save_employee")]
pub async fn save_employee(
    id: EmployeeId,
    version: Version,
    #[server(default)] shown: Vec<String>,
    #[server(default)] active: bool,
    #[server(default)] email: Option<String>,
    #[server(default)] first_name: Option<String>,
    #[server(default)] last_name: Option<String>,
    #[server(default)] phone: Option<String>,
    #[server(default)] external_id: Option<String>,
    #[server(default)] roles: Vec<String>,
    #[server(default)] online_planning: bool,
    #[server(default)] function: Option<String>,
    #[server(default)] introduction: Option<String>,
    #[server(default)] video_link: Option<String>,
) -> Result<(), AppError> {
    use domain::employee::Draft;
    let switch = |name: &str, on: bool| shown.iter().any(|shown| shown == name).then_some(on);
    let mut request = crate::request::Change::begin().await?;
    let employee = request.employee(id).await?;
    server::refuse_if_missed(&mut request, &employee, version).await?;
    let draft = Draft {
        first_name,
        last_name,
        phone,
        external_id,
        online_planning: switch("online_planning", online_planning),
        function,
        introduction,
        video_link,
    };
    server::revise(&mut request, id, &draft).await?;
    let asks = server::roles(&mut request, id, &shown, &roles).await?;
    if let Some(email) = email {
        server::email(&mut request, id, &email).await?;
    }
    if let Some(active) = switch("active", active) {
        server::status(&mut request, id, active).await?;
    }
    request.commit().await?;
    if asks {
        leptos_axum::redirect(&format!("/employees/{id}?edit=offices"));
    }
    Ok(())
}

#[cfg(feature = "ssr")]
pub(crate) mod server {
    //! The steps of a save, each of which a rule allows or refuses.

    use crate::error::{AppError, Missed};
    use crate::messages::t;
    use crate::request::Change;
    use crate::ui::status_word;
    use domain::audit::{self, Person, Query};
    use domain::employee::{Draft, EmailChange, Wish};
    use domain::{
        Action, Employee, EmployeeId, Event, Field, Place, Refusal, Role, Roles, Status, Version,
        Why,
    };

    /// Refuses with what changed since `version`, if anything did that the asker may see (E-20).
    pub(crate) async fn refuse_if_missed(
        request: &mut Change,
        employee: &Employee,
        version: Version,
    ) -> Result<(), AppError> {
        if employee.version == version {
            return Ok(());
        }
        let query = Query {
            employee: Some(employee.id),
            since: Some(version),
            ..Query::default()
        };
        let visibility = request.actor.visibility(Action::ReadAudit);
        let lines = request.audit(visibility, &query).await?;
        let missed: Vec<Missed> = lines.iter().rev().flat_map(missed).collect();
        if missed.is_empty() {
            Err(Refusal::Stale.into())
        } else {
            Err(AppError::Missed(missed))
        }
    }

    fn missed(line: &audit::Line) -> Vec<Missed> {
        let by = match &line.author {
            Person::Known(_, name) => name.clone(),
            Person::System => "Staffroom".to_owned(),
            Person::Former => t::audit_former().to_owned(),
        };
        let status = |before: Status, after: Status| {
            vec![Missed {
                field: Field::Status.name().to_owned(),
                before: status_word(before).to_owned(),
                after: status_word(after).to_owned(),
                by: by.clone(),
            }]
        };
        match line.event {
            Event::EmployeeSuspended => status(Status::Active, Status::Suspended),
            Event::EmployeeReactivated => status(Status::Suspended, Status::Active),
            Event::EmployeeActivated => status(Status::Pending, Status::Active),
            _ => line
                .values
                .iter()
                .map(|value| Missed {
                    field: value
                        .field
                        .split(':')
                        .next()
                        .unwrap_or_default()
                        .replace("office", "offices"),
                    before: value.before.clone().unwrap_or_default(),
                    after: value.after.clone().unwrap_or_default(),
                    by: by.clone(),
                })
                .collect(),
        }
    }

    pub(super) async fn revise(
        request: &mut Change,
        id: EmployeeId,
        draft: &Draft,
    ) -> Result<(), AppError> {
        let employee = request.employee(id).await?;
        let country = request.session.organisation.settings.country.clone();
        if let Some(change) = employee.revise(&request.actor, draft, &country, request.now)? {
            request.apply(change).await?;
        }
        Ok(())
    }

    /// Roles switched on or off; says whether a role that was switched on still needs an office.
    pub(super) async fn roles(
        request: &mut Change,
        id: EmployeeId,
        shown: &[String],
        codes: &[String],
    ) -> Result<bool, AppError> {
        let on = Roles::from_codes(codes.iter().map(String::as_str))
            .ok_or_else(|| Refusal::field(Field::Roles, Why::UnknownChoice))?;
        let employee = request.employee(id).await?;
        let seen = request.actor.view(&employee)?;
        let held = seen
            .places
            .iter()
            .fold(Roles::NONE, |all, place| all.and(place.roles));
        let mut wish = Wish {
            wanted: Some(employee.wanted),
            ..Wish::default()
        };
        let mut asks = false;
        for role in Role::IN_OFFICE
            .into_iter()
            .filter(|role| is_shown(shown, *role))
        {
            let wanted = wish.wanted.unwrap_or_default();
            if on.has(role) && !held.has(role) && !employee.wanted.has(role) {
                wish.wanted = Some(wanted.set(role, true));
                asks = true;
            } else if !on.has(role) {
                wish.wanted = Some(wanted.set(role, false));
                take_away(
                    &mut wish.places,
                    &employee,
                    employee.without_role(&request.actor, role),
                    role,
                );
            }
        }
        if is_shown(shown, Role::Administrator) {
            wish.administrator = Some(on.has(Role::Administrator));
        }
        let others = request.other_active_administrators(id).await?;
        if let Some(change) = employee.assign(&request.actor, &wish, others, request.now)? {
            request.apply(change).await?;
        }
        Ok(asks)
    }

    fn is_shown(shown: &[String], role: Role) -> bool {
        shown.iter().any(|name| name == role.code())
    }

    fn take_away(places: &mut Vec<Place>, employee: &Employee, without: Vec<Place>, role: Role) {
        for place in without {
            match places.iter_mut().find(|known| known.office == place.office) {
                Some(known) => known.roles = known.roles.set(role, false),
                None => places.push(place),
            }
        }
        debug_assert!(
            places
                .iter()
                .all(|p| employee.places.iter().any(|q| q.office == p.office))
        );
    }

    pub(super) async fn email(
        request: &mut Change,
        id: EmployeeId,
        email: &str,
    ) -> Result<(), AppError> {
        let employee = request.employee(id).await?;
        match employee.change_email(&request.actor, email, request.now)? {
            None => {}
            Some(EmailChange::AfterConfirmation(change)) => request.apply(change).await?,
            Some(EmailChange::AtOnce(change)) => {
                request.apply(change).await?;
                let employee = request.employee(id).await?;
                if employee.status == Status::Pending {
                    invite_again(request, &employee).await?;
                }
            }
        }
        Ok(())
    }

    pub(super) async fn status(
        request: &mut Change,
        id: EmployeeId,
        active: bool,
    ) -> Result<(), AppError> {
        let employee = request.employee(id).await?;
        match (active, employee.status) {
            (true, Status::Suspended) => {
                let change = employee.reactivate(&request.actor, request.now)?;
                request.apply(change).await?;
                let employee = request.employee(id).await?;
                if employee.status == Status::Pending {
                    invite_again(request, &employee).await?;
                }
            }
            (false, Status::Active | Status::Pending) => suspend(request, &employee).await?,
            (true, Status::Active | Status::Pending) | (false, Status::Suspended) => {}
        }
        Ok(())
    }

    pub(in crate::employees) async fn suspend(
        request: &mut Change,
        employee: &Employee,
    ) -> Result<(), AppError> {
        let others = request.other_active_administrators(employee.id).await?;
        let change = employee.suspend(&request.actor, others, request.now)?;
        request.apply(change).await
    }

    async fn invite_again(request: &mut Change, employee: &Employee) -> Result<(), AppError> {
        let hours = request.session.organisation.settings.invitation_hours;
        let invited = employee.invite_again(hours, request.now)?;
        request.apply(invited).await?;
        Ok(())
    }
}

/// The form of the Profile tab; what the asker may not change is shown and can't be edited.
#[component]
pub(super) fn ProfileForm(employee: EmployeeView, one: One) -> AnyView {
    let save = expect_context::<Actions>().save;
    let attempt = provide_form(save);
    let toasts = use_toasts();
    let version = save.version();
    Effect::new(move |before: Option<usize>| {
        let now = version.get();
        if before.is_some_and(|before| before != now) {
            match save.value().get_untracked() {
                Some(Ok(())) => toasts.show(t::profile_saved()),
                // The next save is decided on what is true now; what was typed stays.
                Some(Err(AppError::Missed(_) | AppError::Refused(domain::Refusal::Stale))) => {}
                _ => return now,
            }
            one.refetch();
        }
        now
    });
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
