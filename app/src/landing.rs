//! Where the browser is once a form was accepted: with WebAssembly it stays, without it is sent on.

use crate::error::AppError;
use crate::form::Attempt;
use crate::messages::t;
use crate::ui::{Notice, Tone, use_toasts};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use server_fn::ServerFn;

/// Sends a browser that posted a plain form to `path`. One whose WebAssembly asked is left where
/// it is, and its page says what happened.
#[cfg(feature = "ssr")]
pub fn land_on(path: &str) {
    if is_plain() {
        leptos_axum::redirect(path);
    }
}

/// Whether a browser posted a plain form, and wants a page back.
#[cfg(feature = "ssr")]
pub fn is_plain() -> bool {
    use axum::http::{header::ACCEPT, request::Parts};
    use_context::<Parts>().is_some_and(|parts| {
        let accept = parts
            .headers
            .get(ACCEPT)
            .and_then(|accept| accept.to_str().ok());
        accept.is_some_and(|accept| accept.contains("text/html"))
    })
}

/// What the address says was done, such as `?done=saved`, for those who were sent here; not when a
/// form on the page has come back since.
#[component]
pub fn Done() -> impl IntoView {
    let query = use_query_map();
    let refused = refused();
    move || {
        let code = query.with(|query| query.get("done"));
        let title = sentence(code.as_deref().unwrap_or_default())?;
        Some(view! { <Notice tone=Tone::Good title=title live=true attr:hidden=refused /> })
    }
}

/// Whether a form has come back with this very page; only the server knows, and its attribute stays.
fn refused() -> bool {
    #[cfg(feature = "ssr")]
    {
        use crate::request::Submitted;
        use axum::http::request::Parts;
        use_context::<Parts>().is_some_and(|parts| parts.extensions.get::<Submitted>().is_some())
    }
    #[cfg(not(feature = "ssr"))]
    false
}

fn sentence(code: &str) -> Option<&'static str> {
    Some(match code {
        "deleted" => t::landing_deleted(),
        "saved" => t::landing_saved(),
        "office" => t::landing_office_created(),
        "customer-erased" => t::customer_erased(),
        "logo" => t::booking_logo_saved(),
        "logo-removed" => t::booking_logo_removed(),
        "script" => t::scripts_created(),
        "script-deleted" => t::scripts_deleted(),
        "channel" => t::scripts_channel_created(),
        "channel-deleted" => t::scripts_channel_deleted(),
        "subject" => t::subject_created(),
        "subject-deleted" => t::subject_deleted(),
        "category" => t::subject_category_created(),
        "category-deleted" => t::subject_category_deleted(),
        "queue" => t::queues_created(),
        "queue-deleted" => t::queues_deleted(),
        "agent-group" => t::agent_groups_created(),
        "agent-group-deleted" => t::agent_groups_deleted(),
        "call-group" => t::call_groups_created(),
        "call-group-deleted" => t::call_groups_deleted(),
        "office-deleted" => t::office_deleted(),
        "picture" => t::landing_picture_saved(),
        "picture-removed" => t::landing_picture_removed(),
        "password" => t::landing_password_changed(),
        "email" => t::landing_email_asked(),
        "email-confirmed" => t::landing_email_confirmed(),
        "session" => t::landing_session_ended(),
        "password-reset" => t::landing_password_reset(),
        "factor-added" => t::landing_factor_added(),
        "factor-removed" => t::landing_factor_removed(),
        "provider" => t::landing_provider_created(),
        "provider-deleted" => t::landing_provider_deleted(),
        "name" => t::landing_name(),
        "appointment-booked" => t::landing_appointment_booked(),
        "appointment-moved" => t::appointments_moved(),
        "appointment-confirmed" => t::appointments_was_confirmed(),
        "appointment-cancelled" => t::appointments_was_cancelled(),
        "calendar" => t::calendars_linked(),
        "calendar-unlinked" => t::calendars_unlinked(),
        "calendar-soon" => t::calendars_soon(),
        "feed" => t::calendars_feed_made(),
        "feed-ended" => t::calendars_feed_ended(),
        "pbx" => t::setup_pbx_created(),
        "pbx-rewritten" => t::provisioning_rewritten(),
        "pbx-deleted" => t::setup_pbx_deleted(),
        "tenant" => t::setup_tenant_created(),
        "tenant-deleted" => t::setup_tenant_deleted(),
        "tenant-default" => t::setup_default_changed(),
        "plan" => t::setup_plan_added(),
        "plan-deleted" => t::setup_plan_deleted(),
        "numbers-removed" => t::setup_numbers_removed(),
        "number-released" => t::setup_number_released(),
        "contact-user" => t::contact_users_created(),
        "contact-invited" => t::contact_users_invited(),
        "contact-removed" => t::contact_users_removed(),
        "contact-freed" => t::contact_users_freed(),
        "not-supervisor" => t::contact_users_taken_away(),
        "endpoint-removed" => t::contact_users_endpoint_removed(),
        "state" => t::contact_users_state_saved(),
        "refused" => t::landing_not_vouched_for(),
        _ => return None,
    })
}

/// Says it in a toast whenever the form was accepted, and then does what the page needs besides.
pub fn say_when_done(
    attempt: Attempt,
    text: impl Fn() -> &'static str + 'static,
    then: impl Fn() + 'static,
) {
    let toasts = use_toasts();
    after(attempt.successes, move || {
        toasts.show(text());
        then();
    });
}

/// Goes to the path that the server function answered with by loading it anew, since who is signed
/// in, and in which language they read, may be another.
pub fn leave_when_done<S>(action: ServerAction<S>)
where
    S: ServerFn<Output = String, Error = AppError> + Send + Sync + Clone + 'static,
{
    let answer = action.value();
    Effect::new(move |_| {
        if let Some(Ok(path)) = answer.get() {
            let _ = window().location().set_href(&path);
        }
    });
}

/// Does what the page needs when somebody else was first (E-20), which is to read again: fields that
/// were not touched then show what is true now, and what was typed stays.
pub fn when_late(attempt: Attempt, then: impl Fn() + 'static) {
    after(attempt.late, then);
}

/// Does something whenever the count rises.
pub fn after(count: Signal<usize>, then: impl Fn() + 'static) {
    Effect::new(move |before: Option<usize>| {
        let now = count.get();
        if before.is_some_and(|before| before < now) {
            then();
        }
        now
    });
}
