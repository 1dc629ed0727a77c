//! A calm box that says what happened or what to know, and a field to copy from.

use super::{Icon, Text, Tone, browser};
use crate::messages::t;
use leptos::{html, prelude::*};
use std::time::Duration;

/// `<Notice tone=Tone::Good title=…><p>…</p></Notice>`; give `live` to what appears after an action.
#[component]
pub fn Notice(
    #[prop(optional)] tone: Tone,
    #[prop(optional, into)] title: Option<Text>,
    /// Reads it out when it appears.
    #[prop(optional)]
    live: bool,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    let icon = match tone {
        Tone::Good => Icon::Check,
        Tone::Wait => Icon::Clock,
        Tone::Stop => Icon::Alert,
        Tone::Accent | Tone::Quiet => Icon::Eye,
    };
    view! {
        <div class=format!("notice {}", tone.class()) role=live.then_some("status")>
            {icon}
            {title.map(|title| view! { <b>{title}</b> })}
            {children.map(|children| children())}
        </div>
    }
}

/// A text to hand over, such as a link, with a button that copies it.
#[component]
pub fn CopyField(#[prop(into)] label: Text, #[prop(into)] text: String) -> impl IntoView {
    let (copied, set_copied) = signal(false);
    let field = NodeRef::<html::Input>::new();
    let copy = move |_| {
        if let Some(field) = field.get() {
            field.select();
            browser::copy(&field.value());
            set_copied.set(true);
            set_timeout(
                move || {
                    set_copied.try_set(false);
                },
                Duration::from_secs(3),
            );
        }
    };
    view! {
        <div class="copy">
            <input class="input" node_ref=field readonly=true value=text aria-label=label on:focus=move |_| if let Some(field) = field.get() { field.select() }/>
            <button type="button" class="button with-script" on:click=copy>
                {Icon::Copy}
                <span aria-live="polite">{move || if copied.get() { t::action_copied() } else { t::action_copy() }}</span>
            </button>
        </div>
    }
}
