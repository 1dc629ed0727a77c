//! What changes while one looks at it: a page learns from `frontend/live.js` that its list is old.

use leptos::prelude::*;

/// Counts up whenever something that this person may see has changed; resources depend on it.
#[derive(Clone, Copy)]
pub struct Live(pub RwSignal<u64>);

/// Follows the event stream, once, for everybody who is signed in.
pub fn provide_live() -> Live {
    let live = Live(RwSignal::new(0));
    provide_context(live);
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| follow(live));
    live
}

/// The count of changes, to depend on; 0 outside of a page that is live.
pub fn changes() -> Signal<u64> {
    use_context::<Live>().map_or_else(|| Signal::stored(0), |live| live.0.into())
}

#[cfg(feature = "hydrate")]
fn follow(live: Live) {
    let read = window_event_listener_untyped("staffroom:read", move |_| {
        live.0.try_update(|count| *count += 1);
    });
    let again = use_context::<crate::again::Again>();
    let ended = window_event_listener_untyped("staffroom:ended", move |_| {
        if let Some(again) = again {
            again.ended();
        }
    });
    on_cleanup(move || {
        read.remove();
        ended.remove();
    });
    if let Ok(follow) = web_sys::Event::new("staffroom:follow") {
        let _ = window().dispatch_event(&follow);
    }
}
