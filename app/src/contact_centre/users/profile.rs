//! The profile of a user: basic information, services and permissions, voice basic settings (C-02 to C-04),
//! the agent group, and the ways out.

mod inputs;

pub(super) use inputs::{Basic, Services, Voice};

use super::one::Actions;
use super::read::ContactUserView;
use super::words::held_words;
use crate::employees::EmployeeView;
use crate::error::AppError;
use crate::form::Given;
use crate::messages::t;
use crate::ui::{Notice, Problems, SaveBar, Select, Submit, Switch, Tone};
use domain::contact_centre::license::Held;
use domain::contact_centre::user::ContactUser;
use domain::{EmployeeId, Status, Version};
use leptos::prelude::*;

/// Changes the profile of a user, and the names and the function of the employee, as one.
#[server(endpoint = "save_contact_user")]
pub async fn save_contact_user(
    id: EmployeeId,
    version: Version,
    employee_version: Version,
    #[server(default)] first_name: String,
    #[server(default)] last_name: String,
    #[server(default)] function: Given,
    #[server(default)] tenant: Given,
    #[server(default)] department: Given,
    #[server(default)] site: Given,
    #[server(default)] license: Given,
    #[server(default)] plan: Given,
    #[server(default)] work_number: Given,
    #[server(default)] work_extension: Given,
    #[server(default)] centre_number: Given,
    #[server(default)] centre_extension: Given,
    #[server(default)] leave_queues: bool,
) -> Result<(), AppError> {
    use domain::contact_centre::user::Draft;
    use domain::employee::Draft as EmployeeDraft;
    let mut request = crate::request::Change::begin().await?;
    let (person, user) = super::save::known(&mut request, id, Some(version)).await?;
    request.refuse_if_missed(&person, employee_version).await?;
    let named = EmployeeDraft {
        first_name: Some(first_name.clone()),
        last_name: Some(last_name.clone()),
        function: function.0,
        ..EmployeeDraft::default()
    };
    let draft = Draft {
        names: Some((first_name, last_name)),
        tenant: tenant.0,
        department: department.0,
        site: site.0,
        license: license.0,
        plan: plan.0,
        work_number: work_number.0,
        work_extension: work_extension.0,
        centre_number: centre_number.0,
        centre_extension: centre_extension.0,
        leaves_queues: leave_queues,
        ..Draft::default()
    };
    let (actor, now) = (request.actor.clone(), request.now);
    let country = request.session.organisation.settings.country.clone();
    let ground = request.contact_ground(id, &draft).await?;
    let (named, revised) = super::save::both(
        person.revise(&actor, &named, &country, now),
        user.revise(&actor, &person, &draft, &ground, now),
    )?;
    if let Some(named) = named {
        request.apply(named).await?;
    }
    if let Some(revised) = revised {
        request.apply(revised).await?;
    }
    request.commit().await?;
    crate::landing::land_on(&format!("/employees/{id}/contact-centre?done=saved"));
    Ok(())
}

/// Puts a user into another agent group (C-11).
#[server(endpoint = "save_contact_group")]
pub async fn save_contact_group(
    id: EmployeeId,
    version: Version,
    agent_group: String,
) -> Result<(), AppError> {
    let mut request = crate::request::Change::begin().await?;
    let draft = domain::contact_centre::user::Draft {
        agent_group: Some(agent_group),
        ..Default::default()
    };
    super::save::revise(&mut request, id, version, &draft).await?;
    request.commit().await?;
    crate::landing::land_on(&format!("/employees/{id}/contact-centre/groups?done=saved"));
    Ok(())
}

/// Frees the seat and the numbers of a user, who leaves all queues with it (C-18).
#[server(endpoint = "free_contact_seat")]
pub async fn free_contact_seat(id: EmployeeId, version: Version) -> Result<(), AppError> {
    let mut request = crate::request::Change::begin().await?;
    let none = Some(String::new());
    let draft = domain::contact_centre::user::Draft {
        license: none.clone(),
        plan: none.clone(),
        work_number: none.clone(),
        centre_number: none,
        leaves_queues: true,
        ..Default::default()
    };
    super::save::revise(&mut request, id, version, &draft).await?;
    request.commit().await?;
    crate::landing::land_on(&format!(
        "/employees/{id}/contact-centre?done=contact-freed"
    ));
    Ok(())
}

/// Ends that an employee is a contact-centre user.
#[server(endpoint = "remove_contact_user")]
pub async fn remove_contact_user(
    id: EmployeeId,
    version: Version,
    #[server(default)] leave_queues: bool,
) -> Result<(), AppError> {
    let mut request = crate::request::Change::begin().await?;
    let (person, user) = super::save::known(&mut request, id, Some(version)).await?;
    let draft = domain::contact_centre::user::Draft::default();
    let ground = request.contact_ground(id, &draft).await?;
    let (actor, now) = (request.actor.clone(), request.now);
    let removed = user.remove(&actor, &person, leave_queues, &ground, now)?;
    request.apply(removed).await?;
    request.commit().await?;
    crate::landing::land_on(&format!(
        "/employees/{id}/contact-centre?done=contact-removed"
    ));
    Ok(())
}

/// The names of the queues to which a user is assigned, with commas between.
fn in_queues(one: &ContactUserView) -> String {
    let members = one.queues.iter().filter(|queue| queue.member.is_some());
    let names: Vec<&str> = members.map(|queue| queue.name.as_str()).collect();
    names.join(", ")
}

/// The sentence about the queues that a user would have to leave first.
fn stays() -> Signal<String> {
    let problems = use_context::<Problems>();
    let of = |problems: Problems| problems.of(domain::Field::Queue.name());
    Signal::derive(move || problems.map(of).unwrap_or_default())
}

#[component]
pub(super) fn Profile(
    employee: EmployeeView,
    one: ContactUserView,
    user: ContactUser,
    actions: Actions,
) -> AnyView {
    if !one.may_edit {
        return view! { <Facts one user /> }.into_any();
    }
    let id = user.employee;
    let queues = in_queues(&one);
    let engaged = user.settings.is_engage() && !queues.is_empty();
    let leave = engaged.then(|| {
        view! {
            <Switch label=t::contact_users_leave_queues() name="leave_queues" id="queue" error=stays()
                hint=t::contact_users_leave_queues_hint(&queues) />
        }
    });
    let settings = Some(user.settings.clone());
    let choices = one.choices.clone();
    view! {
        <Suspended suspended=employee.record.status == Status::Suspended user=user.clone() actions />
        <ActionForm action=actions.save attr:class="form" attr:novalidate=true>
            <input type="hidden" name="id" value=id.to_string() />
            <input type="hidden" name="version" value=user.version.to_string() />
            <input type="hidden" name="employee_version" value=employee.record.version.to_string() />
            <Basic names=employee.record.profile.clone() settings=settings.clone() choices=choices.clone() />
            <Services settings=settings.clone() choices=choices.clone() />
            {leave}
            <Voice settings choices />
            <SaveBar pending=actions.save.pending() saved=actions.saved />
        </ActionForm>
        <Remove user queues actions />
    }
    .into_any()
}

/// What a suspended user keeps, with the way to free it (C-18).
#[component]
fn Suspended(suspended: bool, user: ContactUser, actions: Actions) -> AnyView {
    let settings = &user.settings;
    let keeps = settings.license != Held::None
        || settings.work.number.is_some()
        || settings.centre.number.is_some();
    (suspended && keeps)
        .then(|| {
            view! {
                <Notice tone=Tone::Wait title=t::contact_users_suspended()>
                    <p>{t::contact_users_suspended_text()}</p>
                    <ActionForm action=actions.free>
                        <input type="hidden" name="id" value=user.employee.to_string() />
                        <input type="hidden" name="version" value=user.version.to_string() />
                        <Submit label=t::contact_users_free() pending=actions.free.pending() secondary=true />
                    </ActionForm>
                </Notice>
            }
        })
        .into_any()
}

#[component]
fn Remove(user: ContactUser, queues: String, actions: Actions) -> AnyView {
    let leave = (!queues.is_empty()).then(|| {
        view! {
            <Switch label=t::contact_users_leave_queues() name="leave_queues" id="remove-queues" error=stays()
                hint=t::contact_users_leave_queues_hint(&queues) />
        }
    });
    view! {
        <section class="danger-zone">
            <div>
                <h2>{t::contact_users_remove()}</h2>
                <p class="quiet">{t::contact_users_remove_text()}</p>
            </div>
            <ActionForm action=actions.remove>
                <input type="hidden" name="id" value=user.employee.to_string() />
                <input type="hidden" name="version" value=user.version.to_string() />
                {leave}
                <Submit label=t::contact_users_remove() danger=true pending=actions.remove.pending() />
            </ActionForm>
        </section>
    }
    .into_any()
}

/// The same for those who may only read it.
#[component]
fn Facts(one: ContactUserView, user: ContactUser) -> AnyView {
    let settings = &user.settings;
    let line = |line: &domain::contact_centre::voice::Line| {
        let number = line.number.as_ref().map(|one| one.as_str().to_owned());
        let extension = line.extension.as_ref().map(ToString::to_string);
        let all: Vec<String> = number.into_iter().chain(extension).collect();
        match all.is_empty() {
            true => t::contact_users_no_number().to_owned(),
            false => all.join(" · "),
        }
    };
    let facts = [
        (t::label_tenant(), one.tenant.clone()),
        (t::label_department(), settings.department.clone()),
        (t::label_site(), settings.site.clone()),
        (
            t::label_license(),
            held_words(&settings.license, &one.choices.plans),
        ),
        (t::label_work_number(), line(&settings.work)),
        (t::label_centre_number(), line(&settings.centre)),
    ];
    let facts = facts.map(|(label, value)| {
        view! {
            <div>
                <dt>{label}</dt>
                <dd>{value}</dd>
            </div>
        }
    });
    view! {
        <section class="card">
            <header>
                <h2>{t::contact_users_profile()}</h2>
            </header>
            <dl class="facts">{facts}</dl>
        </section>
    }
    .into_any()
}

/// The Agent groups part.
#[component]
pub(super) fn Group(one: ContactUserView, user: ContactUser, actions: Actions) -> AnyView {
    let present = user.settings.agent_group;
    let groups = one.choices.groups.into_iter();
    if !one.may_edit {
        let own = groups.filter(|(id, _)| *id == present);
        let own = own.map(|(_, name)| view! { <li>{name}</li> });
        return view! { <ul class="lines">{own.collect_view()}</ul> }.into_any();
    }
    let options = groups.map(|(id, name)| (id.to_string(), name));
    view! {
        <ActionForm action=actions.group attr:class="form" attr:novalidate=true>
            <input type="hidden" name="id" value=user.employee.to_string() />
            <input type="hidden" name="version" value=user.version.to_string() />
            <fieldset>
                <legend>{t::contact_users_groups()}</legend>
                <Select label=t::label_agent_group() name="agent_group" options=options.collect()
                    value=present.to_string() hint=t::contact_users_group_text() />
            </fieldset>
            <SaveBar pending=actions.group.pending() saved=actions.saved />
        </ActionForm>
    }
    .into_any()
}
