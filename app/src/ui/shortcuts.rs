//! The keyboard: what each key does everywhere, and the list of them.

use super::{Dialog, browser};
use crate::messages::t;
use leptos::{ev, prelude::*};

/// Listens to the keys and holds the list that `?` opens; stands once, in the frame.
///
/// Keys find what they act on by itself: `/`, `n` and Ctrl-K press or focus what has `data-key="/"`, `"n"`, `"mod+k"`;
/// `j`, `k`, `x` and Enter act on the rows with a `.row-link`.
#[component]
pub fn Shortcuts() -> impl IntoView {
    let open = RwSignal::new(false);
    browser::listen(ev::keydown, move |event| {
        let typing = browser::is_typing(&event);
        let with_mod = event.ctrl_key() || event.meta_key();
        let elsewhere = typing || with_mod || event.alt_key();
        let done = match event.key().as_str() {
            "k" | "K" if with_mod => browser::press("[data-key='mod+k']"),
            _ if elsewhere => false,
            "/" if browser::in_dialog() => browser::press("dialog[open] [data-key='/']"),
            _ if browser::in_dialog() => false,
            "/" => browser::press("[data-key='/']"),
            "n" => browser::press("[data-key='n']"),
            "j" => browser::step_row(1),
            "k" => browser::step_row(-1),
            "x" => browser::pick_row(),
            "?" => {
                open.set(true);
                true
            }
            _ => false,
        };
        if done {
            event.prevent_default();
        }
    });
    let keys = || {
        [
            (t::shortcuts_search(), vec!["/"]),
            (t::shortcuts_create(), vec!["n"]),
            (t::shortcuts_next_row(), vec!["j"]),
            (t::shortcuts_previous_row(), vec!["k"]),
            (t::shortcuts_select_row(), vec!["x"]),
            (t::shortcuts_open_row(), vec!["Enter"]),
            (t::shortcuts_close(), vec!["Esc"]),
            (t::shortcuts_go_to(), vec!["Ctrl", "K"]),
            (t::shortcuts_help(), vec!["?"]),
        ]
        .map(|(what, keys)| view! { <div><dt>{what}</dt><dd>{keys.into_iter().map(|key| view! { <kbd>{key}</kbd> }).collect_view()}</dd></div> })
        .collect_view()
    };
    view! {
        <Dialog id="shortcuts" title=t::shortcuts_title() open on_close=move |()| open.set(false)>
            <dl class="shortcuts">{keys()}</dl>
        </Dialog>
    }
}
