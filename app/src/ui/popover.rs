//! What floats below a button: a menu of actions, or a filter. Native popovers: they close by themselves.

use super::{Icon, Text};
use crate::messages::t;
use leptos::prelude::*;

/// A button and what it opens; a sheet from below on a phone.
#[component]
pub fn Popover(
    /// Unique on the page.
    id: &'static str,
    #[prop(into)] label: Text,
    #[prop(optional)] icon: Option<Icon>,
    /// A number beside the label, such as how many filters are on.
    #[prop(optional, into)]
    count: Signal<usize>,
    /// Ends where the button ends, instead of beginning where it begins.
    #[prop(optional)]
    end: bool,
    children: Children,
) -> impl IntoView {
    view! {
        <button type="button" class="button" popovertarget=id>
            {icon.map(IntoRender::into_render)}{label.clone()}
            <span class="tabular" hidden=move || count.get() == 0>{move || count.get()}</span>
        </button>
        <div class="popover filter" class:end=end id=id popover="auto" role="dialog" aria-label=label.clone()>{children()}</div>
    }
}

/// A list of links and buttons. Children: `<a>`, `<button>` or `<form>` with one, an [`Icon`] before the word, `<hr>` between groups.
#[component]
pub fn Menu(
    id: &'static str,
    /// The word on the button; with `icon_only` its name for a screen reader.
    #[prop(into)]
    label: Text,
    #[prop(optional)] icon_only: bool,
    children: Children,
) -> impl IntoView {
    let name = icon_only.then(|| label.clone());
    let face = if icon_only {
        Icon::More.into_render()
    } else {
        view! { {label}{Icon::Down} }.into_any()
    };
    view! {
        <button type="button" class="button" class:icon-only=icon_only popovertarget=id aria-label=name>{face}</button>
        <div class="popover menu end" id=id popover="auto">{children()}</div>
    }
}

/// The account menu at the top right. Children: Account settings, a form with Sign out.
#[component]
pub fn AccountMenu(
    #[prop(into)] name: Text,
    #[prop(into)] email: Text,
    #[prop(into)] id: String,
    #[prop(optional_no_strip)] picture: Option<String>,
    children: Children,
) -> impl IntoView {
    let shown = if name.is_empty() { email.clone() } else { name };
    view! {
        <button type="button" class="account" popovertarget="account-menu">
            <super::Face name=shown.clone() id picture/>
            <span class="name truncate">{shown.clone()}</span>
            <span class="visually-hidden">{t::nav_account_menu()}</span>
            {Icon::Down}
        </button>
        <div class="popover menu end" id="account-menu" popover="auto">
            <div class="menu-head"><b>{shown}</b><small>{email}</small></div>
            <hr/>
            {children()}
        </div>
    }
}
