//! One link: how it goes, the two switches of each calendar, and what can be done about it (O-06).

use super::{Actions, All, CalendarView, LinkView};
use crate::error::AppError;
use crate::form::{provide_form, provide_problems_of};
use crate::landing::say_when_done;
use crate::messages::t;
use crate::ui::{Field, Notice, Pill, Submit, Switch, Time, Tone};
use domain::{CalendarId, CalendarLinkId, EmployeeId};
use leptos::prelude::*;

/// Sets both switches of a calendar.
#[server(endpoint = "switch_calendar")]
pub async fn switch_calendar(
    id: EmployeeId,
    calendar: CalendarId,
    #[server(default)] copies: bool,
    #[server(default)] blocks_bookings: bool,
) -> Result<(), AppError> {
    let (mut request, employee, links) = server::begin(id).await?;
    let holds = |link: &&domain::calendar::Link| link.calendars.iter().any(|c| c.id == calendar);
    let link = links.iter().find(holds);
    let link = link.ok_or(domain::Refusal::NotFound)?;
    let (actor, now) = (request.actor.clone(), request.now);
    let switched =
        employee.switch_calendar(&actor, link, calendar, copies, blocks_bookings, now)?;
    if let Some(switched) = switched {
        request.apply(switched).await?;
        // What follows of it at the server is done at once.
        request.sync_soon(link.id, now).await?;
        request.commit().await?;
    }
    server::land(id, "saved");
    Ok(())
}

/// Forgets a link and what is known of its calendars.
#[server(endpoint = "unlink_calendar")]
pub async fn unlink_calendar(id: EmployeeId, link: CalendarLinkId) -> Result<(), AppError> {
    let (mut request, employee, links) = server::begin(id).await?;
    let link = server::find(&links, link)?;
    let unlinked = employee.unlink_calendar(&request.actor, link, request.now)?;
    request.apply(unlinked).await?;
    request.commit().await?;
    server::land(id, "calendar-unlinked");
    Ok(())
}

/// Has a link synchronized now.
#[server(endpoint = "sync_calendar")]
pub async fn sync_calendar(id: EmployeeId, link: CalendarLinkId) -> Result<(), AppError> {
    let (mut request, employee, links) = server::begin(id).await?;
    let link = server::find(&links, link)?;
    employee.may_sync_calendar(&request.actor, link)?;
    let now = request.now;
    request.sync_soon(link.id, now).await?;
    request.commit().await?;
    server::land(id, "calendar-soon");
    Ok(())
}

/// Gives an account another password, once its server accepts it.
#[server(endpoint = "renew_calendar")]
pub async fn renew_calendar(
    id: EmployeeId,
    link: CalendarLinkId,
    password: String,
) -> Result<(), AppError> {
    server::renew(id, link, password).await
}

#[cfg(feature = "ssr")]
mod server {
    //! What every change of a link begins and ends with.

    use crate::error::AppError;
    use crate::request::{Change, Read};
    use domain::calendar::{ACCESS_MAX, Access, Kind, Link};
    use domain::{Action, CalendarLinkId, Employee, EmployeeId, Field, Refusal, Why};

    pub(super) async fn begin(id: EmployeeId) -> Result<(Change, Employee, Vec<Link>), AppError> {
        let mut request = Change::begin().await?;
        let employee = request.employee(id).await?;
        // Who may do nothing here does not learn what there is.
        let target = employee.target();
        request.actor.may(Action::SwitchCalendar, target)?;
        let links = request.calendar_links(id).await?;
        Ok((request, employee, links))
    }

    pub(super) fn find(links: &[Link], id: CalendarLinkId) -> Result<&Link, Refusal> {
        let found = links.iter().find(|link| link.id == id);
        found.ok_or(Refusal::NotFound)
    }

    pub(super) fn land(id: EmployeeId, done: &str) {
        crate::landing::land_on(&format!("/employees/{id}/calendars?done={done}"));
    }

    pub(super) async fn renew(
        id: EmployeeId,
        link: CalendarLinkId,
        password: String,
    ) -> Result<(), AppError> {
        let refuse = |why| Err(Refusal::field(Field::Password, why).into());
        let mut request = Read::begin().await?;
        let employee = request.employee(id).await?;
        let actor = request.actor().clone();
        actor.may(Action::LinkCalendar, employee.target())?;
        let links = request.calendar_links(id).await?;
        let known = find(&links, link)?;
        if known.kind != Kind::Account {
            return Err(Refusal::NotFound.into());
        }
        if password.is_empty() {
            return refuse(Why::Required);
        }
        if password.chars().count() > ACCESS_MAX {
            return refuse(Why::TooLong(ACCESS_MAX));
        }
        let access = request.calendar_access(link).await?;
        let access = Access {
            password,
            ..access.ok_or(Refusal::NotFound)?
        };
        drop(request);
        super::super::link::calendars_of(&access).await?;
        let mut request = Change::begin().await?;
        let employee = request.employee(id).await?;
        let links = request.calendar_links(id).await?;
        let known = find(&links, link)?;
        let (actor, now) = (request.actor.clone(), request.now);
        let renewed = employee.renew_calendar(&actor, known, access, now)?;
        request.apply(renewed).await?;
        request.commit().await?;
        land(id, "saved");
        Ok(())
    }
}

/// Lets the forms of all cards say what came of them.
pub(super) fn provide(actions: Actions, all: All) {
    let again = move || all.refetch();
    let said: [(_, fn() -> &'static str); 4] = [
        (provide_form(actions.switch), t::landing_saved),
        (provide_form(actions.unlink), t::calendars_unlinked),
        (provide_form(actions.sync), t::calendars_soon),
        (provide_form(actions.renew), t::landing_saved),
    ];
    for (attempt, text) in said {
        say_when_done(attempt, text, again);
    }
    provide_problems_of(said.map(|(attempt, _)| attempt));
}

#[component]
pub(super) fn LinkCard(
    id: EmployeeId,
    link: LinkView,
    may_switch: bool,
    may_link: bool,
    actions: Actions,
) -> AnyView {
    let heading = format!("link-{}", link.id);
    let labelled = heading.clone();
    let kind = match link.account {
        true => t::calendars_kind_account(),
        false => t::calendars_kind_subscription(),
    };
    let rows = link
        .calendars
        .iter()
        .map(|calendar| {
            let calendar = calendar.clone();
            view! { <Row id calendar may_switch actions /> }
        })
        .collect_view();
    view! {
        <section class="card" aria-labelledby=labelled>
            <header>
                <h2 id=heading>{link.name.clone()}</h2>
                <span class="quiet">{kind}</span>
            </header>
            <Standing link=link.clone() />
            <ul class="lines">{rows}</ul>
            <Ways id link may_switch may_link actions />
        </section>
    }
    .into_any()
}

/// When it was last synchronized, or since when and why it fails.
#[component]
fn Standing(link: LinkView) -> AnyView {
    let synced = link
        .synced
        .map(|synced| view! { <span class="quiet">{t::calendars_synced()} " " <Time moment=synced /></span> });
    match (link.failing, synced) {
        (Some(failing), synced) => view! {
            <Notice tone=Tone::Stop title=t::calendars_failing()>
                <p>{failure_sentence(&link.failure)}</p>
                <p>{t::calendars_failing_since()} " " <Time moment=failing /> ". " {t::calendars_failing_keeps()}</p>
            </Notice>
            <p>{synced}</p>
        }
        .into_any(),
        (None, Some(synced)) => view! {
            <p>
                <Pill tone=Tone::Good text=t::calendars_good() />
                " "
                {synced}
            </p>
        }
        .into_any(),
        (None, None) => view! {
            <p>
                <Pill tone=Tone::Wait text=t::calendars_waiting() />
            </p>
        }
        .into_any(),
    }
}

/// Why a link fails, in words.
pub fn failure_sentence(code: &str) -> &'static str {
    match code {
        "unauthorized" => t::calendars_failure_unauthorized(),
        "forbidden" => t::calendars_failure_forbidden(),
        "gone" => t::calendars_failure_gone(),
        "timed_out" | "unreachable" => t::calendars_failure_silent(),
        "too_much" => t::calendars_failure_too_much(),
        "inward" | "insecure" | "address" | "elsewhere" => t::calendars_failure_address(),
        "sealed" => t::calendars_failure_sealed(),
        _ => t::calendars_failure_other(),
    }
}

#[component]
fn Row(id: EmployeeId, calendar: CalendarView, may_switch: bool, actions: Actions) -> AnyView {
    let key = calendar.id.to_string();
    let switches = view! {
        <Switch label=t::calendars_blocks() name="blocks_bookings" checked=calendar.blocks
            disabled=!may_switch id=format!("blocks-{key}") />
        {match calendar.writable {
            true => view! {
                <Switch label=t::calendars_copies() name="copies" checked=calendar.copies
                    disabled=!may_switch id=format!("copies-{key}") />
            }
            .into_any(),
            false => view! { <p class="quiet">{t::calendars_read_only()}</p> }.into_any(),
        }}
    };
    let save = may_switch.then(|| {
        let name = t::calendars_save_name(&calendar.name);
        view! { <button class="button small" aria-label=name>{t::action_save()}</button> }
    });
    view! {
        <li>
            <ActionForm action=actions.switch attr:class="calendar">
                <input type="hidden" name="id" value=id.to_string() />
                <input type="hidden" name="calendar" value=key />
                <fieldset>
                    <legend>{calendar.name.clone()}</legend>
                    {switches}
                </fieldset>
                {save}
            </ActionForm>
        </li>
    }
    .into_any()
}

#[component]
fn Ways(
    id: EmployeeId,
    link: LinkView,
    may_switch: bool,
    may_link: bool,
    actions: Actions,
) -> AnyView {
    if !may_switch {
        return ().into_any();
    }
    let (link_id, name) = (link.id.to_string(), link.name);
    let (sync_name, unlink_name) = (
        t::calendars_sync_name(&name),
        t::calendars_unlink_name(&name),
    );
    let whom = StoredValue::new((id.to_string(), link_id.clone()));
    let hidden = move || {
        let (id, link) = whom.get_value();
        view! {
            <input type="hidden" name="id" value=id />
            <input type="hidden" name="link" value=link />
        }
    };
    let renew = (may_link && link.account).then(|| {
        view! {
            <details>
                <summary>{t::calendars_renew_title()}</summary>
                <ActionForm action=actions.renew attr:class="form" attr:novalidate=true>
                    {hidden()}
                    <Field label=t::label_password() name="password" kind="password"
                        id=format!("password-{link_id}") autocomplete="off" />
                    <Submit label=t::calendars_renew_button() secondary=true pending=actions.renew.pending() />
                </ActionForm>
            </details>
        }
    });
    view! {
        <div class="stack">
            <ActionForm action=actions.sync>
                {hidden()}
                <button class="button small" aria-label=sync_name>{t::calendars_sync()}</button>
            </ActionForm>
            {renew}
            <details>
                <summary>{t::calendars_unlink_title()}</summary>
                <p class="quiet">{t::calendars_unlink_text()}</p>
                <ActionForm action=actions.unlink>
                    {hidden()}
                    <button class="button danger" aria-label=unlink_name>{t::calendars_unlink()}</button>
                </ActionForm>
            </details>
        </div>
    }
    .into_any()
}
