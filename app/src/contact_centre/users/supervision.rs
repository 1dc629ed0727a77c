//! User → Supervisor: who supervises, with which rights, over what (C-12, C-13).

use super::one::Actions;
use super::read::ContactUserView;
use crate::error::AppError;
use crate::messages::t;
use crate::ui::{GroupWhy, SaveBar, Switch, Typed};
use domain::contact_centre::user::ContactUser;
use domain::{EmployeeId, Version};
use leptos::prelude::*;

/// Says what somebody supervises; switched off, everything that was assigned goes with it (C-12).
/// Answers whether it was switched off.
#[server(endpoint = "save_supervision")]
pub async fn save_supervision(
    id: EmployeeId,
    version: Version,
    #[server(default)] supervisor: bool,
    #[server(default)] monitor: bool,
    #[server(default)] whisper: bool,
    #[server(default)] barge: bool,
    #[server(default)] queues: Vec<String>,
    #[server(default)] queues_enabled: Vec<String>,
    #[server(default)] groups: Vec<String>,
    #[server(default)] groups_enabled: Vec<String>,
) -> Result<bool, AppError> {
    use domain::contact_centre::user::{Rights, Wish};
    let mut request = crate::request::Change::begin().await?;
    let (person, user) = super::save::known(&mut request, id, Some(version)).await?;
    let wish = Wish {
        on: supervisor,
        rights: Rights {
            monitor,
            whisper,
            barge,
        },
        queues,
        queues_enabled,
        groups,
        groups_enabled,
    };
    let overseen = request.overseen().await?;
    let (actor, now) = (request.actor.clone(), request.now);
    if let Some(change) = user.supervise(&actor, &person, &wish, &overseen, now)? {
        request.apply(change).await?;
    }
    request.commit().await?;
    let taken_away = user.supervision.on && !supervisor;
    let done = match taken_away {
        true => "not-supervisor",
        false => "saved",
    };
    crate::landing::land_on(&format!(
        "/employees/{id}/contact-centre/supervisor?done={done}"
    ));
    Ok(taken_away)
}

/// Something that can be supervised: its id, its name, whether it is assigned and enabled.
type Scope = (String, String, Option<bool>);

#[component]
pub(super) fn Supervisor(one: ContactUserView, user: ContactUser, actions: Actions) -> AnyView {
    let supervision = user.supervision.clone();
    let of_queue = |id| {
        let own = supervision.queues.iter().find(|(one, _)| *one == id);
        own.map(|(_, enabled)| *enabled)
    };
    let of_group = |id| {
        let own = supervision.groups.iter().find(|(one, _)| *one == id);
        own.map(|(_, enabled)| *enabled)
    };
    let queues = one.queues.iter();
    let queues = queues.map(|queue| (queue.id.to_string(), queue.name.clone(), of_queue(queue.id)));
    let queues: Vec<Scope> = queues.collect();
    let groups = one.choices.groups.iter();
    let groups = groups.map(|(id, name)| (id.to_string(), name.clone(), of_group(*id)));
    let groups: Vec<Scope> = groups.collect();
    if !one.may_edit {
        return own(supervision.on, queues, groups);
    }
    let rights = supervision.rights;
    view! {
        <ActionForm action=actions.supervision attr:class="form" attr:novalidate=true>
            <input type="hidden" name="id" value=user.employee.to_string() />
            <input type="hidden" name="version" value=user.version.to_string() />
            <fieldset>
                <legend>{t::contact_users_supervisor()}</legend>
                <Switch label=t::label_supervisor() name="supervisor" checked=supervision.on hint=t::contact_users_supervisor_hint() />
            </fieldset>
            <fieldset>
                <legend>{t::contact_users_rights()}</legend>
                <Switch label=t::contact_users_monitor() name="monitor" checked=rights.monitor />
                <Switch label=t::contact_users_whisper() name="whisper" checked=rights.whisper />
                <Switch label=t::contact_users_barge() name="barge" checked=rights.barge />
            </fieldset>
            <GroupWhy name="queue" />
            <Scopes title=t::contact_users_supervised_queues() assigned="queues[]" enabled="queues_enabled[]" scopes=queues />
            <GroupWhy name="agent_group" />
            <Scopes title=t::contact_users_supervised_groups() assigned="groups[]" enabled="groups_enabled[]" scopes=groups />
            <SaveBar pending=actions.supervision.pending() saved=actions.saved />
        </ActionForm>
    }
    .into_any()
}

/// A table of what can be supervised, with a box for assigned and one for enabled.
#[component]
fn Scopes(
    title: &'static str,
    assigned: &'static str,
    enabled: &'static str,
    scopes: Vec<Scope>,
) -> AnyView {
    let typed = use_context::<Typed>().filter(|typed| typed.get("supervisor").is_some());
    let row = |(id, name, now): Scope| {
        let ticked = |input: &str, now: bool| match &typed {
            Some(typed) => typed.has(input, &id),
            None => now,
        };
        let is_assigned = ticked(assigned, now.is_some());
        let is_enabled = ticked(enabled, now == Some(true));
        view! {
            <tr>
                <td class="who">{name.clone()}</td>
                <td>
                    <label class="choice">
                        <input type="checkbox" name=assigned value=id.clone() checked=is_assigned
                            aria-label=t::contact_users_assign_of(&name) />
                        {t::contact_users_queue_assign()}
                    </label>
                </td>
                <td>
                    <label class="choice">
                        <input type="checkbox" name=enabled value=id.clone() checked=is_enabled
                            aria-label=t::contact_users_enable_of(&name) />
                        {t::contact_users_queue_enable()}
                    </label>
                </td>
            </tr>
        }
    };
    view! {
        <div class="sheet">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{title}</th>
                        <th scope="col">{t::contact_users_queue_assign()}</th>
                        <th scope="col">{t::contact_users_queue_enable()}</th>
                    </tr>
                </thead>
                <tbody>{scopes.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The same for those who may only read it.
fn own(on: bool, queues: Vec<Scope>, groups: Vec<Scope>) -> AnyView {
    if !on {
        return view! { <p class="quiet">{t::contact_users_not_supervisor()}</p> }.into_any();
    }
    let lines = queues.into_iter().chain(groups);
    let lines = lines.filter_map(|(_, name, now)| {
        let how = match now? {
            true => t::contact_users_on(),
            false => t::contact_users_queue_assigned(),
        };
        Some(view! {
            <li>
                <b>{name}</b>
                <small>{how}</small>
            </li>
        })
    });
    view! { <ul class="lines">{lines.collect_view()}</ul> }.into_any()
}
