//! Browsers that go away before their page is there.

use crate::cast::TestApp;
use std::panic;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use tokio::time::timeout;

// Nothing panics on what a stranger does, going away included.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_page_that_nobody_waits_for_panics_nowhere() {
    let app = Arc::new(TestApp::new().await);
    app.page("ada", "/account").await;
    let panics = Arc::new(AtomicUsize::new(0));
    let (count, before) = (panics.clone(), panic::take_hook());
    panic::set_hook(Box::new(move |info| {
        count.fetch_add(1, Ordering::SeqCst);
        before(info);
    }));
    let impatient = |tenths: u64| {
        let app = app.clone();
        tokio::spawn(async move {
            for round in 0..150 {
                let patience = Duration::from_micros(100 * ((round * 7 + tenths) % 400));
                let _ = timeout(patience, app.page("ada", "/account")).await;
            }
        })
    };
    for task in (0..4).map(impatient).collect::<Vec<_>>() {
        task.await.unwrap();
    }
    assert_eq!(app.page("ada", "/account").await.status, 200);
    assert_eq!(panics.load(Ordering::SeqCst), 0);
}
