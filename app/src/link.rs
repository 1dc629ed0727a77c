//! Pages behind a link that was sent: its secret in the address, and what to do when it is dead.

use crate::error::AppError;
use crate::messages::t;
use crate::outcome::refused;
use crate::ui::Title;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use serde::{Serialize, de::DeserializeOwned};
use std::future::Future;

/// What stands behind a link, as `read` says of its secret: the page that `alive` makes of it, or
/// `dead`. Reading uses nothing up, since mail scanners open links.
pub fn behind<T, F>(
    read: impl Fn(String) -> F + Send + Sync + 'static,
    alive: impl Fn(T, String) -> AnyView + Clone + Send + Sync + 'static,
    dead: fn() -> AnyView,
) -> AnyView
where
    T: Serialize + DeserializeOwned + Clone + Send + Sync + 'static,
    F: Future<Output = Result<Option<T>, AppError>> + Send + 'static,
{
    let params = use_params_map();
    let token = Memo::new(move |_| {
        params
            .with(|params| params.get("token"))
            .unwrap_or_default()
    });
    let found = Resource::new(move || token.get(), read);
    view! {
        <main class="sign-in">
            <Suspense>
                {move || {
                    let alive = alive.clone();
                    Suspend::new(async move {
                        match found.await {
                            Ok(Some(found)) => alive(found, token.get_untracked()),
                            Ok(None) => dead(),
                            Err(error) => refused(error),
                        }
                    })
                }}
            </Suspense>
        </main>
    }
    .into_any()
}

/// What to do about a link that is used, expired, revoked or altered; never said which.
#[component]
pub fn Dead(text: &'static str, href: &'static str, label: &'static str) -> AnyView {
    view! {
        <Title text=t::activate_dead_title() />
        <div class="card">
            <h1>{t::activate_dead_title()}</h1>
            <p>{text}</p>
            <a class="button" href=href>{label}</a>
        </div>
    }
    .into_any()
}
