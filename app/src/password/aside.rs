//! Where passwords are hashed: on threads of their own, before which everything else goes.

use std::sync::{Arc, LazyLock};
use std::thread::available_parallelism;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::Semaphore;

/// As many hashes at once as there are cores: a flood of sign-ins waits here, each with nothing
/// but its password, and the pages keep their threads and their memory.
static PLACES: LazyLock<Arc<Semaphore>> =
    LazyLock::new(|| Semaphore::new(available_parallelism().map_or(1, usize::from)).into());

/// Where their threads begin, and end when nobody signs in for a while.
static THREADS: LazyLock<Option<Runtime>> = LazyLock::new(|| {
    let threads = Builder::new_current_thread()
        .thread_name("password")
        .on_thread_start(step_back)
        .build();
    threads
        .inspect_err(|error| tracing::error!(%error, "no threads to hash passwords on"))
        .ok()
});

/// Runs what takes long and much memory, when it is its turn. Who gives up waiting frees the turn
/// only when the work is done, since nothing stops it. `None` when nothing came of it.
pub(super) async fn aside<R: Send + 'static>(
    work: impl FnOnce() -> Option<R> + Send + 'static,
) -> Option<R> {
    let place = PLACES.clone().acquire_owned().await.ok()?;
    let work = move || {
        let _place = place;
        work()
    };
    let thread = THREADS.as_ref()?.spawn_blocking(work);
    thread.await.ok().flatten()
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
    use std::thread;

    /// proc_pid_stat(5): the nice value is field 19, of which the name in brackets is the second.
    #[cfg(target_os = "linux")]
    fn nice() -> Option<i32> {
        let stat = std::fs::read_to_string("/proc/thread-self/stat").ok()?;
        stat.rsplit_once(") ")?.1.split(' ').nth(16)?.parse().ok()
    }

    // Goal S-11: a flood of sign-ins leaves the cores to the pages.
    #[tokio::test]
    async fn work_steps_back_on_threads_of_its_own() {
        let name = aside(|| thread::current().name().map(str::to_owned)).await;
        assert_eq!(name.as_deref(), Some("password"));
        #[cfg(target_os = "linux")]
        assert_eq!(aside(nice).await, nice().map(|own| (own + BEHIND).min(19)));
    }

    // Robust: what panics frees its place, and whoever waits is told.
    #[tokio::test]
    async fn work_that_panics_frees_its_place() {
        for _ in 0..=PLACES.available_permits() {
            assert_eq!(aside(|| -> Option<()> { panic!("on purpose") }).await, None);
        }
        assert_eq!(aside(|| Some(7)).await, Some(7));
    }
}
