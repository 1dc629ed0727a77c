//! The forms above the inventory: adding numbers, and releasing one (C-04).

use super::{AddNumbers, ReleaseNumber};
use crate::contact_centre::words::environment_word;
use crate::messages::t;
use crate::ui::{Field, Submit};
use domain::contact_centre::number::{Holder, Number};
use leptos::prelude::*;

/// Adds one number or a block.
#[component]
pub(super) fn Add(add: ServerAction<AddNumbers>, open: Signal<bool>) -> impl IntoView {
    view! {
        <details class="card aside" open=move || open.get()>
            <summary>{t::setup_numbers_add()}</summary>
            <p class="quiet">{t::setup_number_why()}</p>
            <ActionForm action=add attr:class="form" attr:novalidate=true>
                <div class="two">
                    <Field label=t::setup_first_number() name="number" kind="tel" required=true autocomplete="off" placeholder="+3292104400" hint=t::setup_number_hint() />
                    <Field label=t::label_last_number() name="last_number" kind="tel" autocomplete="off" placeholder="+3292104459" hint=t::setup_last_number_hint() />
                </div>
                <div class="buttons">
                    <Submit label=t::setup_numbers_add() pending=add.pending() />
                </div>
            </ActionForm>
        </details>
    }
}

/// Asks before a number is taken from whoever has it.
#[component]
pub(super) fn Release(number: Number, release: ServerAction<ReleaseNumber>) -> impl IntoView {
    let text = number.number.as_str().to_owned();
    let (id, name) = match number.holder {
        Some(Holder::User {
            id,
            name,
            environment,
        }) => (
            id.to_string(),
            format!("{name} ({})", environment_word(environment)),
        ),
        Some(Holder::Channel { id, name }) => (id.to_string(), name),
        None => (String::new(), String::new()),
    };
    view! {
        <section class="card aside">
            <h2>{t::setup_release_title(&text)}</h2>
            <p>{t::setup_release_text(name, &text)}</p>
            <ActionForm action=release>
                <input type="hidden" name="number" value=text />
                <input type="hidden" name="holder" value=id />
                <div class="buttons">
                    <Submit label=t::setup_release() danger=true pending=release.pending() />
                    <a class="button plain" href=super::address::PATH>{t::action_cancel()}</a>
                </div>
            </ActionForm>
        </section>
    }
}
