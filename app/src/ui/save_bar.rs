//! The bar of a form: it appears when something has changed, says what, saves it, and asks before the
//! form is left.

use super::browser;
use crate::messages::t;
use leptos::{ev, html, prelude::*};
use std::time::Duration;

/// What a form's bar knows of it.
#[derive(Clone, Copy)]
struct Watched {
    /// The names of the inputs that are not as they began.
    changed: ReadSignal<Vec<String>>,
    /// Whether somebody watches, which takes WebAssembly.
    live: ReadSignal<bool>,
}

impl Watched {
    fn dirty(self) -> Option<&'static str> {
        self.changed
            .with(|changed| !changed.is_empty())
            .then_some("true")
    }
}

/// Compares the inputs of the form around `bar` with what they began with, so they stay plain HTML, and
/// asks before a changed form is left.
fn watch(bar: NodeRef<html::Div>, saved: Signal<usize>) -> Watched {
    let (changed, set_changed) = signal(Vec::<String>::new());
    let (live, set_live) = signal(false);
    let sent = StoredValue::new(false);
    let form = move || {
        bar.try_get_untracked()
            .flatten()
            .and_then(|bar| browser::form_around(&bar))
    };
    let count = move || {
        if let Some(form) = form() {
            let now = browser::changed_fields(&form);
            if changed.with_untracked(|before| *before != now) {
                set_changed.set(now);
            }
        }
    };
    let dirty = move || {
        changed
            .try_with_untracked(|changed| !changed.is_empty())
            .unwrap_or(false)
            && !sent.try_get_value().unwrap_or(true)
    };

    Effect::new(move |_| {
        if bar.get().is_some() {
            if let Some(form) = form() {
                browser::show_saved(&form);
            }
            count();
            set_live.set(true);
        }
    });
    Effect::new(move |before: Option<usize>| {
        let now = saved.get();
        if before.is_some_and(|before| before != now)
            && let Some(form) = form()
        {
            browser::keep_as_defaults(&form);
            count();
        }
        now
    });

    browser::listen(ev::input, move |_| {
        if let Some(form) = form() {
            browser::touched(&form);
        }
        count();
    });
    browser::listen(ev::change, move |_| count());
    browser::listen(ev::reset, move |_| set_timeout(count, Duration::ZERO));
    // A plain post leaves the page, and is no reason to ask; a post that the page handles itself is.
    browser::listen(ev::submit, move |event| {
        sent.try_set_value(!event.default_prevented());
    });
    browser::listen(ev::beforeunload, move |event| {
        if dirty() {
            event.prevent_default()
        }
    });
    browser::before_leaving(move |event| {
        if dirty() && !browser::confirm(t::form_leave()) {
            event.prevent_default();
            event.stop_propagation();
        }
    });
    Watched { changed, live }
}

/// Stands last inside the form of something that exists. Without a script it is always there; before the
/// WebAssembly has come, CSS shows it (see `save_bar.css`).
#[component]
pub fn SaveBar(
    #[prop(optional, into)] pending: Signal<bool>,
    /// Whenever it rises, what stands in the inputs is what is saved. `ServerAction::version` counts every
    /// answer, also a refusal, so count the successes.
    #[prop(optional, into)]
    saved: Signal<usize>,
) -> impl IntoView {
    let bar = NodeRef::<html::Div>::new();
    let watched = watch(bar, saved);
    let Watched { changed, live } = watched;
    view! {
        <div class="save-bar" node_ref=bar data-leave=t::form_leave() data-live=move || live.get().then_some("true") data-dirty=move || watched.dirty()>
            <p aria-live="polite">
                <b>{move || match changed.with(Vec::len) { 0 => t::form_unsaved().to_owned(), n => t::form_changes(n) }}</b>
                <small>{move || changed.with(|changed| changed.join(", "))}</small>
            </p>
            <button type="reset" class="button plain with-script">{t::action_discard()}</button>
            <super::Submit label=t::action_save() pending/>
        </div>
    }
}

/// Stands last inside the form of something new: the buttons that make it, or leave it be.
#[component]
pub fn CreateBar(
    /// Whether it is being made, or was.
    sent: Signal<bool>,
    /// Where one goes who gives up.
    cancel_href: &'static str,
) -> impl IntoView {
    let bar = NodeRef::<html::Div>::new();
    let watched = watch(bar, Signal::stored(0));
    view! {
        <div class="buttons" node_ref=bar data-leave=t::form_leave() data-dirty=move || watched.dirty()>
            <super::Submit label=t::action_create() pending=sent/>
            <a class="button plain" href=cancel_href>{t::action_cancel()}</a>
        </div>
    }
}
