//! The shared fsync: an answer waits until the write-ahead log that holds its commit is on disk.

use futures::executor::block_on;
use std::{fs::File, thread};
use tokio::sync::watch;

/// Makes commits at `synchronous=NORMAL` durable; one fsync serves everybody who waits for it.
#[derive(Clone, Debug)]
pub(crate) struct Barrier {
    asked: std::sync::Arc<watch::Sender<u64>>,
    done: watch::Receiver<u64>,
}

impl Barrier {
    /// `wal` is the database's `-wal` file; it keeps its inode while a reader stays open.
    pub(crate) fn new(wal: File) -> Self {
        let (asked, mut ask) = watch::channel(0);
        let (tell, done) = watch::channel(0);
        thread::spawn(move || {
            while block_on(ask.changed()).is_ok() {
                let ticket = *ask.borrow_and_update();
                if let Err(error) = wal.sync_data() {
                    // What was acknowledged could be lost from here on, so nothing more may be.
                    tracing::error!(%error, "the database can't reach its disk");
                    std::process::abort();
                }
                let _ = tell.send(ticket);
            }
        });
        Self {
            asked: asked.into(),
            done,
        }
    }

    /// Returns once everything committed before the call is on disk.
    pub(crate) async fn durable(&self) {
        let mut ticket = 0;
        self.asked.send_modify(|last| {
            *last += 1;
            ticket = *last;
        });
        let _ = self.done.clone().wait_for(|done| *done >= ticket).await;
    }
}
