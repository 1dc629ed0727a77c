//! What a page shows when there is nothing to show: not found, not allowed, not now.

use crate::error::AppError;
use crate::messages::t;
use crate::ui::{Empty, Icon, Title};
use leptos::prelude::*;

/// A page in place of one whose data was refused, with the status that says the same.
pub fn refused(error: AppError) -> AnyView {
    let title = title(&error);
    view! {
        <Title text=title />
        <div class="head">
            <h1>{title}</h1>
        </div>
        {refused_within(error)}
    }
    .into_any()
}

/// The same on a page that has a title and a heading of its own.
pub fn refused_within(error: AppError) -> AnyView {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>()
        && let Ok(status) = axum::http::StatusCode::from_u16(error.status())
    {
        response.set_status(status);
    }
    view! {
        <Empty icon=Icon::Search title=title(&error) text=error.to_string()>
            <div class="buttons">
                <a class="button" href="/">{t::outcome_home()}</a>
            </div>
        </Empty>
    }
    .into_any()
}

fn title(error: &AppError) -> &'static str {
    match error.status() {
        404 => t::outcome_not_found(),
        403 => t::outcome_forbidden(),
        _ => t::outcome_failed(),
    }
}

/// The page of an address that no page has.
#[component]
pub fn NotFound() -> impl IntoView {
    view! {
        <main class="content" id="content">
            {refused(AppError::Refused(domain::Refusal::NotFound))}
        </main>
    }
}
