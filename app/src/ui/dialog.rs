//! A native dialog, opened by the address or by a signal, and one that works as a page without a script.

use super::{Icon, Text};
use crate::messages::t;
use leptos::{html, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};

/// Modal once the browser runs it: focus goes in, and back to where it was. Without a script `<dialog open>`
/// from the server looks the same. Its content exists only while it is open; end it with `.dialog-buttons`.
#[component]
pub fn Dialog(
    #[prop(into)] title: Text,
    #[prop(into)] open: Signal<bool>,
    /// Where the address goes when it closes, for a dialog that the address opened.
    #[prop(optional, into)]
    close_href: Option<String>,
    /// What else closing does; sets the signal of a dialog that a signal opened.
    #[prop(optional, into)]
    on_close: Option<Callback<()>>,
    #[prop(optional)] wide: bool,
    /// Unique on the page; names the heading that names the dialog.
    #[prop(default = "dialog")]
    id: &'static str,
    children: ChildrenFn,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = node.get() else { return };
        match (open.get(), dialog.open()) {
            (true, _) if dialog.matches(":modal").unwrap_or(false) => {}
            (true, _) => {
                dialog.set_open(false);
                let _ = dialog.show_modal();
            }
            (false, true) => dialog.close(),
            (false, false) => {}
        }
    });
    let href = close_href.clone();
    let navigate = close_href.as_ref().map(|_| use_navigate());
    // Escape, the button and `close()` all end here.
    let closed = move |_| {
        if !open.get_untracked() {
            return;
        }
        if let Some(on_close) = on_close {
            on_close.run(());
        }
        if let (Some(href), Some(navigate)) = (&href, &navigate) {
            navigate(
                href,
                NavigateOptions {
                    scroll: false,
                    ..Default::default()
                },
            );
        }
    };
    let heading = format!("{id}-title");
    let close = match close_href {
        Some(href) => view! { <a class="button plain icon-only" href=href aria-label=t::action_close()>{Icon::Close}</a> }.into_any(),
        // No `<form method=dialog>`: a form inside a form would be dropped by the parser, and hydration would fail.
        None => view! { <button type="button" class="button plain icon-only" aria-label=t::action_close() on:click=move |_| if let Some(dialog) = node.get() { dialog.close() }>{Icon::Close}</button> }.into_any(),
    };
    view! {
        <dialog class="dialog" class:wide-dialog=wide id=id node_ref=node open=open.get_untracked() aria-labelledby=heading.clone() on:close=closed>
            <header><h2 id=heading.clone()>{title}</h2>{close}</header>
            <div class="body">{move || open.get().then(|| children())}</div>
        </dialog>
    }
}
