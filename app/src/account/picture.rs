//! One's own picture: uploading, showing and removing it (E-18).

#[cfg(feature = "ssr")]
mod serve;
#[cfg(feature = "ssr")]
mod square;

#[cfg(feature = "ssr")]
pub(crate) use serve::file;
#[cfg(feature = "ssr")]
pub use serve::{show, upload};
#[cfg(feature = "ssr")]
pub(crate) use square::logo;

use super::One;
use crate::error::AppError;
use crate::form::provide_form;
use crate::landing::leave_when_done;
use crate::me::picture_href;
use crate::messages::t;
use crate::ui::{Face, Field, Submit};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Removes one's own picture; answers with the path of the page that says so.
#[server(endpoint = "remove_picture")]
pub async fn remove_picture() -> Result<String, AppError> {
    let mut request = crate::request::Change::begin().await?;
    let me = request.me().await?;
    let changed = me.change_picture(&request.actor, None, request.now)?;
    request.apply(changed).await?;
    request.commit().await?;
    let page = "/account?done=picture-removed";
    crate::landing::land_on(page);
    Ok(page.to_owned())
}

/// The upload is a plain form, since a file is no argument of a server function.
#[component]
pub(super) fn PictureSection(one: One) -> impl IntoView {
    let remove = ServerAction::<RemovePicture>::new();
    provide_form(remove);
    leave_when_done(remove);
    let query = use_query_map();
    let wrong = Signal::derive(move || {
        let wrong = query.with(|query| query.get("wrong").as_deref() == Some("picture"));
        if wrong {
            t::account_picture_wrong().to_owned()
        } else {
            String::new()
        }
    });
    let present = super::show(one, move |account| {
        let record = account.record;
        let picture = picture_href(record.id, record.picture);
        let removes = picture.is_some().then(|| {
            view! {
                <ActionForm action=remove>
                    <Submit label=t::account_picture_remove() secondary=true pending=remove.pending() />
                </ActionForm>
            }
        });
        view! {
            <div class="row">
                <Face name=record.display_name() id=record.id.to_string() picture=picture big=true />
                {removes}
            </div>
        }
    });
    view! {
        <section class="card">
            <h2>{t::account_picture()}</h2>
            {present}
            <form class="form" method="post" action="/account/picture" enctype="multipart/form-data">
                <Field label=t::account_picture_file() name="picture" kind="file" error=wrong hint=t::account_picture_hint() />
                <div class="buttons">
                    <Submit label=t::account_picture_upload() secondary=true />
                </div>
            </form>
        </section>
    }
}
