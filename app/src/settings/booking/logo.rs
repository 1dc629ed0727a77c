//! The organisation's logo: uploading, showing and removing it.

use crate::error::AppError;
use crate::form::provide_form;
use crate::landing::leave_when_done;
use crate::messages::t;
use crate::ui::{Field, Submit};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Removes the logo; answers with the path of the page that says so.
#[server(endpoint = "remove_logo")]
pub async fn remove_logo() -> Result<String, AppError> {
    let mut request = crate::request::Change::begin().await?;
    let bookings = request.bookings().await?;
    let changed = bookings.change_logo(&request.actor, None, request.now)?;
    if bookings.has_logo {
        request.apply(changed).await?;
        request.commit().await?;
    }
    let page = "/settings/booking?done=logo-removed";
    crate::landing::land_on(page);
    Ok(page.to_owned())
}

/// The upload is a plain form, since a file is no argument of a server function.
#[component]
pub(super) fn LogoSection(has_logo: bool, version: i64) -> impl IntoView {
    let remove = ServerAction::<RemoveLogo>::new();
    provide_form(remove);
    leave_when_done(remove);
    let query = use_query_map();
    let wrong = Signal::derive(move || {
        let wrong = query.with(|query| query.get("wrong").as_deref() == Some("logo"));
        if wrong {
            t::booking_logo_wrong().to_owned()
        } else {
            String::new()
        }
    });
    let present = has_logo.then(|| {
        view! {
            <div class="row">
                <img class="logo" src=format!("/book/logo?v={version}") alt=t::label_logo() height="40" />
                <ActionForm action=remove>
                    <Submit label=t::booking_logo_remove() secondary=true pending=remove.pending() />
                </ActionForm>
            </div>
        }
    });
    view! {
        <section class="card">
            <h2>{t::label_logo()}</h2>
            {present}
            <form class="form" method="post" action="/settings/booking/logo" enctype="multipart/form-data">
                <Field label=t::booking_logo_file() name="logo" kind="file" error=wrong hint=t::booking_logo_hint() />
                <div class="buttons">
                    <Submit label=t::booking_logo_upload() secondary=true />
                </div>
            </form>
        </section>
    }
}
