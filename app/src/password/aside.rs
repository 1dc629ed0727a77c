//! Where passwords are hashed: on threads of their own, before which everything else goes.

use rayon::{ThreadPool, ThreadPoolBuilder};
use std::sync::{Arc, LazyLock};
use std::thread::available_parallelism;
use tokio::sync::{Semaphore, oneshot};

/// As many hashes at once as there are cores: a flood of sign-ins waits here, each with nothing
/// but its password, and the pages keep their threads and their memory.
static PLACES: LazyLock<Arc<Semaphore>> = LazyLock::new(|| Semaphore::new(cores()).into());

/// A thread for each place. Whoever waits for work that panics is told that nothing came of it.
static THREADS: LazyLock<Option<ThreadPool>> = LazyLock::new(|| {
    let threads = ThreadPoolBuilder::new()
        .num_threads(cores())
        .thread_name(|at| format!("password-{at}"))
        .start_handler(|_| step_back())
        .panic_handler(drop)
        .build();
    threads
        .inspect_err(|error| tracing::error!(%error, "no threads to hash passwords on"))
        .ok()
});

fn cores() -> usize {
    available_parallelism().map_or(1, usize::from)
}

/// Runs what takes long and much memory, when it is its turn. Who gives up waiting frees the turn
/// only when the work is done, since nothing stops it. `None` when nothing came of it.
pub(super) async fn aside<R: Send + 'static>(
    work: impl FnOnce() -> Option<R> + Send + 'static,
) -> Option<R> {
    let place = PLACES.clone().acquire_owned().await.ok()?;
    let (done, answer) = oneshot::channel();
    THREADS.as_ref()?.spawn(move || {
        let _place = place;
        let _nobody_waits = done.send(work());
    });
    answer.await.ok().flatten()
}

/// How far the threads step back, of 19: when pages want every core, a hash gets a tenth of one.
#[cfg(target_os = "linux")]
const BEHIND: i32 = 10;

/// Lets all other threads go first, where a thread has a priority of its own.
#[cfg(target_os = "linux")]
fn step_back() {
    if let Err(error) = rustix::process::nice(BEHIND) {
        tracing::debug!(%error, "passwords are hashed with the priority of everything else");
    }
}

#[cfg(not(target_os = "linux"))]
fn step_back() {}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs::read_to_string;
    use std::thread;

    // Goal S-11: a flood of sign-ins leaves the cores to the pages.
    #[tokio::test]
    async fn work_steps_back_on_threads_of_its_own() {
        let thread = aside(|| thread::current().name().map(str::to_owned)).await;
        assert!(thread.unwrap().starts_with("password-"));
        if cfg!(target_os = "linux") {
            let stat = aside(|| read_to_string("/proc/thread-self/stat").ok()).await;
            let stat = stat.unwrap();
            // proc_pid_stat(5): the nice value is field 19, of which the name in brackets is the second.
            let (_, fields) = stat.rsplit_once(") ").unwrap();
            assert_eq!(fields.split(' ').nth(16), Some("10"), "{stat}");
        }
    }

    // Robust: what panics frees its place, and whoever waits is told.
    #[tokio::test]
    async fn work_that_panics_frees_its_place() {
        for _ in 0..=cores() {
            assert_eq!(aside(|| -> Option<()> { panic!("on purpose") }).await, None);
        }
        assert_eq!(aside(|| Some(7)).await, Some(7));
    }
}
