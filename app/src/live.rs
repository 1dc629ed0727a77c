//! What changes while one looks at it: a page learns from `frontend/live.js` that its list is old.

use leptos::prelude::*;

/// Counts up whenever something happened; resources depend on it.
#[derive(Clone, Copy)]
pub struct Live {
    /// Something that this person may see has changed.
    changes: RwSignal<u64>,
    /// A phone rang, or a call began or ended.
    phones: RwSignal<u64>,
}

/// Follows the event stream, once, for everybody who is signed in.
pub fn provide_live() -> Live {
    let live = Live {
        changes: RwSignal::new(0),
        phones: RwSignal::new(0),
    };
    provide_context(live);
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| follow(live));
    live
}

/// The count of changes, to depend on; 0 outside of a page that is live.
pub fn changes() -> Signal<u64> {
    use_context::<Live>().map_or_else(|| Signal::stored(0), |live| live.changes.into())
}

/// The count of changes and of news from phones, to depend on; both 0 outside of a page that is live.
pub fn changes_and_calls() -> Signal<(u64, u64)> {
    match use_context::<Live>() {
        Some(live) => Signal::derive(move || (live.changes.get(), live.phones.get())),
        None => Signal::stored((0, 0)),
    }
}

#[cfg(feature = "hydrate")]
fn follow(live: Live) {
    let count = |event, counted: RwSignal<u64>| {
        window_event_listener_untyped(event, move |_| {
            counted.try_update(|count| *count += 1);
        })
    };
    let read = count("staffroom:read", live.changes);
    let rung = count("staffroom:rung", live.phones);
    let again = use_context::<crate::again::Again>();
    let ended = window_event_listener_untyped("staffroom:ended", move |_| {
        if let Some(again) = again {
            again.ended();
        }
    });
    on_cleanup(move || {
        read.remove();
        rung.remove();
        ended.remove();
    });
    if let Ok(follow) = web_sys::Event::new("staffroom:follow") {
        let _ = window().dispatch_event(&follow);
    }
}
