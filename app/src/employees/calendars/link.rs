//! Linking: an account of a CalDAV server, or an ICS address (O-06).

use super::{Actions, All};
use crate::error::AppError;
use crate::form::provide_form;
use crate::landing::say_when_done;
use crate::messages::t;
use crate::ui::{ErrorSummary, Field, Submit};
use domain::EmployeeId;
use leptos::context::Provider;
use leptos::prelude::*;

/// Links the calendars behind an address: with a user name those of an account, else an ICS address.
#[server(endpoint = "link_calendar")]
pub async fn link_calendar(
    id: EmployeeId,
    calendar_address: String,
    #[server(default)] user: String,
    #[server(default)] password: String,
) -> Result<(), AppError> {
    let access = domain::calendar::Access {
        address: calendar_address,
        user,
        password,
    };
    server::link(id, access).await
}

#[cfg(feature = "ssr")]
pub(super) use server::calendars_of;

#[cfg(feature = "ssr")]
mod server {
    //! Asking a stranger's server what is there, before anything is kept.

    use crate::error::AppError;
    use crate::request::{Change, Read, deployment};
    use calendars::ics::{self, Budget};
    use calendars::{Account, Fault, discover, host, subscription};
    use domain::calendar::{
        ACCESS_MAX, Access, CALENDARS_MAX, CalendarLinked, Found, Kind, NAME_MAX,
    };
    use domain::{CalendarId, CalendarLinkId, EmployeeId, Field, Refusal, Why};
    use std::time::Duration;

    /// How long somebody waits for a stranger's server.
    const PATIENCE: Duration = Duration::from_secs(25);

    pub(super) async fn link(id: EmployeeId, access: Access) -> Result<(), AppError> {
        // Nothing is locked while a stranger is asked.
        let mut request = Read::begin().await?;
        let employee = request.employee(id).await?;
        let links = request.calendar_links(id).await?.len();
        employee.may_link_calendar(request.actor(), links)?;
        drop(request);
        let access = read(access)?;
        let name = host(&access.address).unwrap_or_else(|| access.address.clone());
        let (kind, name, calendars) = match access.user.is_empty() {
            true => {
                let found = subscribed(&access, name).await?;
                (Kind::Subscription, found.name.clone(), vec![found])
            }
            false => (Kind::Account, name, calendars_of(&access).await?),
        };
        let mut request = Change::begin().await?;
        let employee = request.employee(id).await?;
        let links = request.calendar_links(id).await?.len();
        let linked = CalendarLinked {
            id: CalendarLinkId(store::new_id()),
            employee: id,
            kind,
            name: short(&name),
            access,
            calendars,
        };
        let actor = request.actor.clone();
        let linked = employee.link_calendar(&actor, links, linked, request.now)?;
        request.apply(linked).await?;
        request.commit().await?;
        crate::landing::land_on(&format!("/employees/{id}/calendars?done=calendar"));
        Ok(())
    }

    fn read(access: Access) -> Result<Access, Refusal> {
        let access = Access {
            address: access.address.trim().to_owned(),
            user: access.user.trim().to_owned(),
            password: access.password,
        };
        let refuse = |field, why| Err(Refusal::field(field, why));
        let texts = [
            (Field::CalendarAddress, &access.address),
            (Field::User, &access.user),
            (Field::Password, &access.password),
        ];
        for (field, text) in texts {
            if text.chars().count() > ACCESS_MAX {
                return refuse(field, Why::TooLong(ACCESS_MAX));
            }
        }
        match (&*access.address, &*access.user, &*access.password) {
            ("", ..) => refuse(Field::CalendarAddress, Why::Required),
            (_, "", password) if !password.is_empty() => refuse(Field::User, Why::Required),
            (_, user, "") if !user.is_empty() => refuse(Field::Password, Why::Required),
            _ => Ok(access),
        }
    }

    /// The calendars of an account.
    pub(in crate::employees::calendars) async fn calendars_of(
        access: &Access,
    ) -> Result<Vec<Found>, AppError> {
        let account = Account {
            address: access.address.clone(),
            user: access.user.clone(),
            password: access.password.clone(),
        };
        let client = deployment().calendars;
        let mut budget = Budget::within(PATIENCE);
        let found = discover(&client, &account, &mut budget).await;
        let found = found.map_err(|fault| refusal(&fault, true))?;
        let found = found.into_iter().take(CALENDARS_MAX).map(|one| Found {
            id: CalendarId(store::new_id()),
            name: short(&one.name),
            address: one.address,
            writable: one.writable,
        });
        Ok(found.collect())
    }

    /// The calendar at an ICS address, by the name that it gives itself.
    async fn subscribed(access: &Access, host: String) -> Result<Found, AppError> {
        let client = deployment().calendars;
        let mut budget = Budget::within(PATIENCE);
        let text = subscription(&client, &access.address, &mut budget).await;
        let text = text.map_err(|fault| refusal(&fault, false))?;
        let reading = move || ics::read(&text, &mut budget).map(|calendar| calendar.name);
        let name = tokio::task::spawn_blocking(reading).await;
        let name = name.map_err(|_| AppError::Unavailable)?;
        let name = name.map_err(|unreadable| refusal(&unreadable.into(), false))?;
        Ok(Found {
            id: CalendarId(store::new_id()),
            name: short(name.as_deref().unwrap_or(&host)),
            address: String::new(),
            writable: false,
        })
    }

    fn refusal(fault: &Fault, with_password: bool) -> Refusal {
        let (field, why) = match fault {
            Fault::Inward => (Field::CalendarAddress, Why::InwardAddress),
            Fault::Address | Fault::Insecure => (Field::CalendarAddress, Why::NotAnHttpsAddress),
            Fault::Unauthorized | Fault::Forbidden if with_password => {
                (Field::Password, Why::CalendarRefused)
            }
            Fault::Unauthorized | Fault::Forbidden => (Field::User, Why::Required),
            Fault::TooMuch => (Field::CalendarAddress, Why::CalendarTooLarge),
            _ => (Field::CalendarAddress, Why::NoCalendar),
        };
        Refusal::field(field, why)
    }

    /// A name as it fits into a line, without what could turn its text around.
    fn short(name: &str) -> String {
        let name: String = name
            .chars()
            .filter(|c| !is_odd(*c))
            .take(NAME_MAX)
            .collect();
        name.trim().to_owned()
    }

    fn is_odd(c: char) -> bool {
        c.is_control()
            || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    }
}

#[component]
pub(super) fn LinkForm(id: EmployeeId, all: All, actions: Actions) -> AnyView {
    view! {
        <Provider value=()>
            <Form id all actions />
        </Provider>
    }
    .into_any()
}

#[component]
fn Form(id: EmployeeId, all: All, actions: Actions) -> AnyView {
    let action = actions.link;
    let attempt = provide_form(action);
    say_when_done(attempt, t::calendars_linked, move || all.refetch());
    view! {
        <section class="card">
            <h2>{t::calendars_link_title()}</h2>
            <ErrorSummary />
            <ActionForm action attr:class="form" attr:novalidate=true>
                <input type="hidden" name="id" value=id.to_string() />
                <Field label=t::label_calendar_address() name="calendar_address" required=true
                    hint=t::calendars_address_hint() inputmode="url" autocomplete="off" />
                <Field label=t::label_user() name="user" hint=t::calendars_user_hint() autocomplete="off" />
                <Field label=t::label_password() name="password" kind="password"
                    hint=t::calendars_password_hint() autocomplete="off" />
                <div class="buttons">
                    <Submit label=t::calendars_link_button() pending=action.pending() />
                </div>
            </ActionForm>
        </section>
    }
    .into_any()
}
