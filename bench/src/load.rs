//! Load: as many requests as come back over some connections in some time, and what they cost.

use crate::http::Connection;
use crate::process::Process;
use crate::{Failure, Result};
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};
use std::time::{Duration, Instant};
use tokio::task::JoinSet;
use tokio::time::sleep;

/// The next request of a connection.
pub type Requests = Arc<dyn Fn(usize) -> Vec<u8> + Send + Sync>;

const WARMING: u8 = 0;
const COUNTING: u8 = 1;
const OVER: u8 = 2;

/// How much, and for how long.
#[derive(Clone, Copy, Debug)]
pub struct Load {
    pub connections: usize,
    pub warm_up: Duration,
    pub time: Duration,
}

/// What came back.
#[derive(Clone, Default, Debug)]
pub struct Sample {
    seconds: f64,
    /// What the server's process computed, in seconds.
    cpu: f64,
    /// How long each answer took, in microseconds.
    latencies: Vec<u32>,
}

impl Load {
    /// The same load over another number of connections.
    pub fn over(self, connections: usize) -> Self {
        Self {
            connections,
            ..self
        }
    }

    /// The same load for a multiple of the time.
    pub fn longer(self, times: u32) -> Self {
        Self {
            time: self.time * times,
            ..self
        }
    }

    /// Asks, each connection one request at a time.
    ///
    /// # Errors
    /// When an answer says that something went wrong, or none comes.
    pub async fn on(self, server: &Process, requests: &Requests) -> Result<Sample> {
        let phase = Arc::new(AtomicU8::new(WARMING));
        let mut askers = JoinSet::new();
        for index in 0..self.connections {
            askers.spawn(ask(server.address, index, requests.clone(), phase.clone()));
        }
        sleep(self.warm_up).await;
        let (begun, cpu) = (Instant::now(), server.cpu()?);
        phase.store(COUNTING, Ordering::Relaxed);
        sleep(self.time).await;
        phase.store(OVER, Ordering::Relaxed);
        let (cpu, seconds) = (server.cpu()? - cpu, begun.elapsed().as_secs_f64());
        let mut sample = Sample {
            seconds,
            cpu: cpu.as_secs_f64(),
            latencies: Vec::new(),
        };
        while let Some(asked) = askers.join_next().await {
            sample.latencies.extend(asked??);
        }
        match sample.latencies.len() {
            0 => Err("no request came back in time".into()),
            _ => Ok(sample),
        }
    }
}

async fn ask(
    address: SocketAddr,
    index: usize,
    requests: Requests,
    phase: Arc<AtomicU8>,
) -> Result<Vec<u32>> {
    let mut connection = Connection::open(address).await?;
    let mut latencies = Vec::new();
    while phase.load(Ordering::Relaxed) != OVER {
        let request = requests(index);
        let begun = Instant::now();
        let answer = connection.send(&request).await?;
        if answer.status >= 400 {
            return Err(refused(&request, answer.status, &answer.body));
        }
        if phase.load(Ordering::Relaxed) == COUNTING {
            latencies.push(u32::try_from(begun.elapsed().as_micros()).unwrap_or(u32::MAX));
        }
    }
    Ok(latencies)
}

/// A sentence about an answer that nobody wanted.
pub fn refused(request: &[u8], status: u16, body: &[u8]) -> Failure {
    let asked = String::from_utf8_lossy(request);
    let asked = asked.lines().next().unwrap_or_default();
    let said = String::from_utf8_lossy(body);
    let said: String = said.chars().take(300).collect();
    format!("{asked} was answered with {status}: {said}").into()
}

impl Sample {
    /// Adds what came back at another time.
    pub fn add(&mut self, other: Self) {
        self.seconds += other.seconds;
        self.cpu += other.cpu;
        self.latencies.extend(other.latencies);
    }

    /// How many requests came back.
    pub fn requests(&self) -> usize {
        self.latencies.len()
    }

    /// How many requests came back in a second.
    pub fn per_second(&self) -> f64 {
        self.requests() as f64 / self.seconds
    }

    /// What the server's process computed for one request, in milliseconds.
    pub fn cpu_ms(&self) -> f64 {
        self.cpu * 1_000.0 / self.requests().max(1) as f64
    }

    /// Within how many milliseconds a share of the answers came.
    pub fn percentile(&self, share: f64) -> f64 {
        let mut sorted = self.latencies.clone();
        sorted.sort_unstable();
        f64::from(of_sorted(&sorted, share)) / 1_000.0
    }
}

/// The value below which a share of the values lies.
pub fn of_sorted<T: Copy + Default>(sorted: &[T], share: f64) -> T {
    let place = (sorted.len() as f64 * share).ceil() as usize;
    sorted
        .get(place.saturating_sub(1))
        .copied()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_one_of_the_values() {
        let sorted: Vec<u32> = (1..=100).collect();
        assert_eq!(of_sorted(&sorted, 0.5), 50);
        assert_eq!(of_sorted(&sorted, 0.99), 99);
        assert_eq!(of_sorted(&sorted, 1.0), 100);
        assert_eq!(of_sorted::<u32>(&[], 0.5), 0);
    }

    #[test]
    fn samples_of_several_rounds_are_one_sample() {
        let mut sample = Sample {
            seconds: 1.0,
            cpu: 0.5,
            latencies: vec![1_000; 10],
        };
        sample.add(Sample {
            seconds: 1.0,
            cpu: 0.7,
            latencies: vec![3_000; 10],
        });
        assert!((sample.per_second() - 10.0).abs() < 1e-9);
        assert!((sample.cpu_ms() - 60.0).abs() < 1e-9);
        assert!((sample.percentile(0.99) - 3.0).abs() < 1e-9);
    }
}
