//! The private feed: one secret address per agent, shown once (O-06).

use super::{Actions, All};
use crate::error::AppError;
use crate::form::provide_form;
use crate::landing::say_when_done;
use crate::messages::t;
use crate::ui::{CopyField, Moment, Notice, Submit, Time, Tone};
use domain::EmployeeId;
use leptos::context::Provider;
use leptos::prelude::*;

/// Makes a new address of one's appointments; the one before is dead.
#[server(endpoint = "make_feed")]
pub async fn make_feed(id: EmployeeId) -> Result<(), AppError> {
    server::make(id).await
}

/// Ends the feed of somebody.
#[server(endpoint = "end_feed")]
pub async fn end_feed(id: EmployeeId) -> Result<(), AppError> {
    let mut request = crate::request::Change::begin().await?;
    let employee = request.employee(id).await?;
    let ended = employee.end_feed(&request.actor, request.now)?;
    request.apply(ended).await?;
    request.commit().await?;
    crate::landing::land_on(&format!("/employees/{id}/calendars?done=feed-ended"));
    Ok(())
}

#[cfg(feature = "ssr")]
pub(super) use server::made;

#[cfg(feature = "ssr")]
mod server {
    //! An address that only the browser that made it is shown.

    use crate::error::AppError;
    use crate::request::{Change, Read, asker};
    use crate::sign_in::browser;
    use domain::EmployeeId;
    use store::ceremony::Purpose;

    pub(super) async fn make(id: EmployeeId) -> Result<(), AppError> {
        let mut request = Change::begin().await?;
        let employee = request.employee(id).await?;
        let made = employee.make_feed(&request.actor, request.now)?;
        let (browser, now) = (browser::remembered()?, request.now);
        let token = request.apply(made).await?;
        let shown = (id, token.reveal());
        request
            .begin_ceremony(&browser, Purpose::Feed, None, &shown, now)
            .await?;
        request.commit().await?;
        crate::landing::land_on(&format!("/employees/{id}/calendars?done=feed"));
        Ok(())
    }

    /// The address that this browser just made, while it is the one.
    pub(in crate::employees::calendars) async fn made(
        request: &mut Read,
        id: EmployeeId,
    ) -> Result<Option<String>, AppError> {
        let Some(browser) = browser::known()? else {
            return Ok(None);
        };
        let now = request.now;
        let shown: Option<(EmployeeId, String)> =
            request.ceremony(&browser, Purpose::Feed, now).await?;
        let Some((_, token)) = shown.filter(|(owner, _)| *owner == id) else {
            return Ok(None);
        };
        let Ok(known) = token.parse() else {
            return Ok(None);
        };
        let alive = request.feed_owner(&known).await? == Some(id);
        let url = asker()?.url;
        Ok(alive.then(|| format!("{url}/feeds/{token}.ics")))
    }
}

#[component]
pub(super) fn FeedCard(
    id: EmployeeId,
    feed: Option<Moment>,
    address: Option<String>,
    may_make: bool,
    may_end: bool,
    actions: Actions,
    all: All,
) -> AnyView {
    view! {
        <Provider value=()>
            <Card id feed address may_make may_end actions all />
        </Provider>
    }
    .into_any()
}

#[component]
fn Card(
    id: EmployeeId,
    feed: Option<Moment>,
    address: Option<String>,
    may_make: bool,
    may_end: bool,
    actions: Actions,
    all: All,
) -> AnyView {
    let again = move || all.refetch();
    say_when_done(provide_form(actions.make), t::calendars_feed_made, again);
    say_when_done(provide_form(actions.end), t::calendars_feed_ended, again);
    let there = feed.is_some();
    let hidden = move || view! { <input type="hidden" name="id" value=id.to_string() /> };
    let standing = match feed {
        Some(since) => {
            view! { <p>{t::calendars_feed_since()} " " <Time moment=since /> "."</p> }.into_any()
        }
        None => view! { <p class="quiet">{t::calendars_feed_none()}</p> }.into_any(),
    };
    let shown = address.map(|address| {
        view! {
            <Notice tone=Tone::Wait title=t::calendars_feed_keep()>
                <p>{t::calendars_feed_keep_text()}</p>
                <CopyField label=t::calendars_feed_address() text=address />
            </Notice>
        }
    });
    let make = may_make.then(|| {
        let label = match there {
            true => t::calendars_feed_again(),
            false => t::calendars_feed_make(),
        };
        view! {
            <ActionForm action=actions.make>
                {hidden()}
                <Submit label secondary=true pending=actions.make.pending() />
            </ActionForm>
        }
    });
    let end = (may_end && there).then(|| {
        view! {
            <ActionForm action=actions.end>
                {hidden()}
                <Submit label=t::calendars_feed_end() secondary=true pending=actions.end.pending() />
            </ActionForm>
        }
    });
    view! {
        <section class="card">
            <h2>{t::calendars_feed_title()}</h2>
            <p>{t::calendars_feed_text()}</p>
            {standing}
            {shown}
            <div class="buttons">{make} {end}</div>
        </section>
    }
    .into_any()
}
