//! What changes while one looks at it: one event stream, by which a page learns that its list is old.

use leptos::prelude::*;

/// Counts up whenever something that this person may see has changed; resources depend on it.
#[derive(Clone, Copy)]
pub struct Live(pub RwSignal<u64>);

/// Opens the event stream, once, for everybody who is signed in.
pub fn provide_live() -> Live {
    let live = Live(RwSignal::new(0));
    provide_context(live);
    #[cfg(feature = "hydrate")]
    Effect::new(move |_| stream::open(live));
    live
}

/// The count of changes, to depend on; 0 outside of a page that is live.
pub fn changes() -> Signal<u64> {
    use_context::<Live>().map_or_else(|| Signal::stored(0), |live| live.0.into())
}

#[cfg(feature = "hydrate")]
mod stream {
    use super::Live;
    use futures::StreamExt;
    use gloo_net::eventsource::futures::EventSource;
    use leptos::prelude::*;
    use leptos::task::spawn_local;

    /// The browser connects again by itself; what was missed meanwhile is read again then.
    pub(super) fn open(live: Live) {
        let Ok(mut source) = EventSource::new("/events") else {
            return;
        };
        let Ok(mut changed) = source.subscribe("changed") else {
            return;
        };
        let Ok(mut ended) = source.subscribe("ended") else {
            return;
        };
        spawn_local(async move {
            // Held here: dropping it closes the stream.
            let source = source;
            while changed.next().await.is_some() {
                if live.0.try_update(|count| *count += 1).is_none() {
                    break;
                }
            }
            source.close();
        });
        spawn_local(async move {
            if ended.next().await.is_some() {
                // Signed out elsewhere: the next page is the sign-in.
                let _ = window().location().reload();
            }
        });
    }
}
