//! Short messages at the foot of the page, some of which offer to undo.

use super::{Icon, browser};
use crate::messages::t;
use leptos::{html, prelude::*};
use std::{sync::Arc, time::Duration};

#[derive(Clone)]
struct Toast {
    number: u32,
    text: String,
    undo: Option<Undo>,
}

/// Belongs to the toast alone, since the page that offered it may be gone when it is pressed.
type Undo = Arc<dyn Fn() + Send + Sync>;

/// The messages that are shown now. Get it with [`use_toasts`].
#[derive(Clone, Copy)]
pub struct Toasts {
    list: RwSignal<Vec<Toast>>,
    next: StoredValue<u32>,
}

/// Once, where [`ToastRegion`] stands, so that every page below can speak.
pub fn provide_toasts() {
    provide_context(Toasts {
        list: RwSignal::new(Vec::new()),
        next: StoredValue::new(0),
    });
}

/// The toasts of the page; outside of one they go nowhere.
pub fn use_toasts() -> Toasts {
    use_context().unwrap_or_else(|| Toasts {
        list: RwSignal::new(Vec::new()),
        next: StoredValue::new(0),
    })
}

impl Toasts {
    /// Shows a message for 6 s, longer while the pointer or focus is on it.
    pub fn show(self, text: impl Into<String>) {
        self.add(text.into(), None);
    }

    /// Shows a message that offers Undo for 20 s. Only for what has sent no message out of the house.
    pub fn show_undo(self, text: impl Into<String>, undo: impl Fn() + Send + Sync + 'static) {
        self.add(text.into(), Some(Arc::new(undo)));
    }

    fn add(self, text: String, undo: Option<Undo>) {
        self.next.update_value(|number| *number += 1);
        let number = self.next.get_value();
        self.list.update(|list| {
            list.push(Toast { number, text, undo });
            let surplus = list.len().saturating_sub(3);
            list.drain(..surplus);
        });
    }

    fn remove(self, number: u32) {
        self.list
            .try_update(|list| list.retain(|toast| toast.number != number));
    }
}

/// Where toasts appear; a screen reader reads them out. Stands once, at the end of the shell.
#[component]
pub fn ToastRegion() -> impl IntoView {
    let toasts = use_toasts();
    view! {
        <div class="toasts" role="status" aria-live="polite" aria-label=t::toast_label()>
            <For each=move || toasts.list.get() key=|toast| toast.number let:toast>
                <One toast toasts/>
            </For>
        </div>
    }
}

#[component]
fn One(toast: Toast, toasts: Toasts) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let Toast { number, text, undo } = toast;
    leave_later(
        toasts,
        number,
        node,
        Duration::from_secs(if undo.is_some() { 20 } else { 6 }),
    );
    let undo = undo.map(|undo| {
        let press = move |_| {
            toasts.remove(number);
            undo();
        };
        view! { <button type="button" on:click=press>{t::action_undo()}</button> }
    });
    view! {
        <div class="toast" node_ref=node>
            <p>{text}</p>
            {undo}
            <button type="button" class="icon-only" aria-label=t::toast_dismiss() on:click=move |_| toasts.remove(number)>{Icon::Close}</button>
        </div>
    }
}

fn leave_later(toasts: Toasts, number: u32, node: NodeRef<html::Div>, after: Duration) {
    set_timeout(
        move || match node.try_get_untracked().flatten() {
            Some(shown) if browser::is_in_use(&shown) => {
                leave_later(toasts, number, node, Duration::from_secs(3))
            }
            _ => toasts.remove(number),
        },
        after,
    );
}
