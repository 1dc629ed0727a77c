//! The button that sends a form. Other buttons and links are plain HTML with the classes of `button.css`.

use super::Text;
use crate::messages::t;
use leptos::prelude::*;

/// Sends its form; while `pending` it says so and takes no second press.
#[component]
pub fn Submit(
    #[prop(into)] label: Text,
    #[prop(optional, into)] pending: Signal<bool>,
    /// For what can't be undone.
    #[prop(optional)]
    danger: bool,
    /// Not the main action of its form.
    #[prop(optional)]
    secondary: bool,
    #[prop(optional, into)] name: Option<String>,
    #[prop(optional, into)] value: Option<String>,
) -> impl IntoView {
    view! {
        <button type="submit" class="button" class:primary=!secondary class:danger=danger name=name value=value
            aria-busy=move || pending.get().then_some("true")
            on:click=move |event| if pending.get_untracked() { event.prevent_default() }>
            {label}
            <span class="visually-hidden" role="status">{move || if pending.get() { t::form_working() } else { "" }}</span>
        </button>
    }
}
