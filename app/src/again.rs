//! A session that ended under an open page: what was typed stays, and one signs in again in a dialog.

use crate::form::{provide_form, provide_problems_of};
use crate::landing::after;
use crate::me::use_me;
use crate::messages::t;
use crate::sign_in::second::{ProveCode, is_path};
use crate::sign_in::{SignIn, provider_href, ways_in};
use crate::ui::{Dialog, ErrorSummary, Field, Submit, use_toasts};
use leptos::prelude::*;

/// Whether the dialog is open.
#[derive(Clone, Copy)]
pub struct Again(RwSignal<bool>);

/// Once, around every page of somebody who is signed in.
pub fn provide_again() -> Again {
    let again = Again(RwSignal::new(false));
    provide_context(again);
    again
}

impl Again {
    /// Asks to sign in again; what the page holds stays.
    pub fn ask(self) {
        self.0.try_set(true);
    }

    /// Says that the session has ended elsewhere. A page on which nothing was typed is left for the
    /// sign-in, so that it shows nobody what its person may not see any more.
    #[cfg(feature = "hydrate")]
    pub fn ended(self) {
        let typed = document().query_selector("[data-dirty]");
        match typed {
            Ok(Some(_)) => self.ask(),
            _ => drop(window().location().reload()),
        }
    }
}

/// The dialog; stands once, in the frame.
#[component]
pub fn AgainDialog() -> impl IntoView {
    let again = expect_context::<Again>();
    view! {
        <Dialog id="again" title=t::again_title() open=again.0 on_close=move |()| again.0.set(false)>
            {move || Suspend::new(form())}
        </Dialog>
    }
}

/// Loaded when it is needed, which is seldom.
#[lazy]
fn form() -> AnyView {
    let (again, toasts, me) = (expect_context::<Again>(), use_toasts(), use_me());
    let sign_in = ServerAction::<SignIn>::new();
    let prove = ServerAction::<ProveCode>::new();
    let (asked, proved) = (provide_form(sign_in), provide_form(prove));
    provide_problems_of([asked, proved]);
    let answer = sign_in.value();
    let second =
        Memo::new(move |_| answer.with(|answer| matches!(answer, Some(Ok(path)) if is_path(path))));
    let done = move || {
        again.0.set(false);
        toasts.show(t::again_done());
    };
    after(asked.successes, move || {
        if !second.get_untracked() {
            done();
        }
    });
    after(proved.successes, done);
    let email = me.email.clone();
    let ways = Resource::new(|| (), move |()| ways_in(email.clone()));
    let elsewhere = move || {
        Suspend::new(async move {
            let providers = ways.await.map(|ways| ways.providers).unwrap_or_default();
            let some = !providers.is_empty();
            let links = providers
                .into_iter()
                .map(|(id, name)| {
                    let href = provider_href(id, "/account");
                    view! { <a class="button" href=href target="_blank" rel="external">{t::sign_in_with(name)}</a> }
                })
                .collect_view();
            some.then(|| {
                view! {
                    <p class="quiet">{t::again_elsewhere()}</p>
                    <div class="buttons">{links}</div>
                }
            })
        })
    };
    view! {
        <p>{t::again_text()}</p>
        <ErrorSummary />
        <div hidden=second>
            <ActionForm action=sign_in attr:novalidate=true>
                <Field label=t::label_email() name="email" id="again-email" kind="email" value=me.email readonly=true autocomplete="username" />
                <Field label=t::label_password() name="password" id="again-password" kind="password" autocomplete="current-password" autofocus=true />
                <div class="dialog-buttons">
                    <Submit label=t::sign_in_button() pending=sign_in.pending() />
                </div>
            </ActionForm>
            <Suspense>{elsewhere}</Suspense>
        </div>
        <div hidden=move || !second.get()>
            <ActionForm action=prove attr:novalidate=true>
                <Field label=t::label_code() name="code" id="again-code" autocomplete="one-time-code" hint=t::second_hint() />
                <div class="dialog-buttons">
                    <Submit label=t::sign_in_button() pending=prove.pending() />
                </div>
            </ActionForm>
        </div>
    }
    .into_any()
}
