//! User → Queues: assign, enable, priority, for each queue there is (C-10).

use super::one::Actions;
use super::read::{ContactUserView, QueueView};
use crate::error::AppError;
use crate::messages::t;
use crate::ui::{GroupWhy, SaveBar, Typed};
use domain::EmployeeId;
use domain::contact_centre::membership::{PRIORITIES, PRIORITY_USUAL};
use domain::contact_centre::user::ContactUser;
use leptos::prelude::*;

/// Assigns a user to queues and enables them there. `shown` are the queues of the form, `assigned` and
/// `enabled` those that are ticked, `priorities` one for each that is shown.
#[server(endpoint = "save_contact_queues")]
pub async fn save_contact_queues(
    id: EmployeeId,
    #[server(default)] shown: Vec<String>,
    #[server(default)] assigned: Vec<String>,
    #[server(default)] enabled: Vec<String>,
    #[server(default)] priorities: Vec<String>,
) -> Result<(), AppError> {
    use domain::contact_centre::membership::{Membership, change_memberships};
    use domain::{Field, QueueId, Refusal, Why};
    let mut request = crate::request::Change::begin().await?;
    super::save::known(&mut request, id, None).await?;
    let unknown = || Refusal::field(Field::Members, Why::UnknownChoice);
    if enabled
        .iter()
        .chain(&assigned)
        .any(|one| !shown.contains(one))
    {
        return Err(unknown().into());
    }
    let mut wanted = Vec::new();
    for (at, queue) in shown.iter().enumerate() {
        let typed = priorities.get(at).map_or("", |text| text.trim());
        let (least, most) = PRIORITIES;
        let priority = match typed {
            "" => None,
            text => Some(
                text.parse()
                    .map_err(|_| Refusal::field(Field::Priority, Why::OutOfRange(least, most)))?,
            ),
        };
        wanted.push(Membership {
            queue: queue.parse().map_err(|_| unknown())?,
            employee: id,
            assigned: assigned.contains(queue),
            enabled: enabled.contains(queue),
            priority,
        });
    }
    let queues: Vec<QueueId> = wanted.iter().map(|one| one.queue).collect();
    let facts = request.membership_facts(&queues, &[id]).await?;
    let (actor, now) = (request.actor.clone(), request.now);
    for change in change_memberships(&actor, &wanted, &facts, now)? {
        request.apply(change).await?;
    }
    request.commit().await?;
    crate::landing::land_on(&format!("/employees/{id}/contact-centre/queues?done=saved"));
    Ok(())
}

#[component]
pub(super) fn Queues(one: ContactUserView, user: ContactUser, actions: Actions) -> AnyView {
    if !one.may_edit {
        return own(&one.queues);
    }
    if one.queues.is_empty() {
        return view! { <p class="quiet">{t::contact_users_queue_none()}</p> }.into_any();
    }
    let engage = user.settings.is_engage();
    let rows = one.queues.into_iter();
    let rows = rows
        .map(|queue| view! { <Row queue engage /> })
        .collect_view();
    view! {
        <ActionForm action=actions.queues attr:class="form" attr:novalidate=true>
            <input type="hidden" name="id" value=user.employee.to_string() />
            <GroupWhy name="members" />
            <GroupWhy name="priority" />
            <div class="sheet">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{t::contact_users_queues()}</th>
                            <th scope="col">{t::contact_users_queue_assign()}</th>
                            <th scope="col">{t::contact_users_queue_enable()}</th>
                            <th scope="col">{t::contact_users_queue_priority()}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <SaveBar pending=actions.queues.pending() saved=actions.saved />
        </ActionForm>
    }
    .into_any()
}

#[component]
fn Row(queue: QueueView, engage: bool) -> AnyView {
    let typed = use_context::<Typed>();
    let id = queue.id.to_string();
    let ticked = |name: &str, now: bool| match &typed {
        Some(typed) if typed.has("shown[]", &id) => typed.has(name, &id),
        _ => now,
    };
    let assigned = ticked("assigned[]", queue.member.is_some());
    let enabled = ticked(
        "enabled[]",
        queue.member.is_some_and(|(enabled, _)| enabled),
    );
    let priority = queue
        .member
        .map_or(PRIORITY_USUAL, |(_, priority)| priority);
    let (least, most) = PRIORITIES;
    let remark = match (queue.elsewhere, engage && !queue.suits_engage) {
        (true, _) => Some(t::contact_users_queue_elsewhere()),
        (false, true) => Some(t::contact_users_queue_unsuited()),
        (false, false) => None,
    };
    view! {
        <tr>
            <td class="who">
                <b>{queue.name.clone()}</b>
                {remark.map(|remark| view! { <small>{remark}</small> })}
                <input type="hidden" name="shown[]" value=id.clone() />
            </td>
            <td>
                <label class="choice">
                    <input type="checkbox" name="assigned[]" value=id.clone() checked=assigned
                        aria-label=t::contact_users_assign_of(&queue.name) />
                    {t::contact_users_queue_assign()}
                </label>
            </td>
            <td>
                <label class="choice">
                    <input type="checkbox" name="enabled[]" value=id.clone() checked=enabled
                        aria-label=t::contact_users_enable_of(&queue.name) />
                    {t::contact_users_queue_enable()}
                </label>
            </td>
            <td>
                <label class="choice">
                    {t::label_priority()}
                    <input class="input tiny" type="number" name="priorities[]" min=least max=most value=priority
                        aria-label=t::contact_users_priority_of(&queue.name) />
                </label>
            </td>
        </tr>
    }
    .into_any()
}

/// The same for those who may only read it.
fn own(queues: &[QueueView]) -> AnyView {
    let members = queues
        .iter()
        .filter_map(|queue| Some((&queue.name, queue.member?)));
    let lines: Vec<AnyView> = members
        .map(|(name, (enabled, priority))| {
            let how = match enabled {
                true => t::contact_users_queue_enabled(priority),
                false => t::contact_users_queue_assigned().to_owned(),
            };
            view! {
                <li>
                    <b>{name.clone()}</b>
                    <small>{how}</small>
                </li>
            }
            .into_any()
        })
        .collect();
    match lines.is_empty() {
        true => view! { <p class="quiet">{t::contact_users_queue_own_none()}</p> }.into_any(),
        false => view! { <ul class="lines">{lines}</ul> }.into_any(),
    }
}
