//! Load: as many requests as come back over some connections in some time, and what they cost.

use crate::http::Connection;
use crate::process::Process;
use crate::{Failure, Result};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// The next request of a connection.
pub type Requests = Arc<dyn Fn(usize) -> Vec<u8> + Send + Sync>;

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

    /// Asks, each connection one request at a time. What is counted begins and ends with nothing
    /// under way, so that the computing belongs to the counted requests and to no others.
    ///
    /// # Errors
    /// When an answer says that something went wrong, or none comes.
    pub async fn on(self, server: &Process, requests: &Requests) -> Result<Sample> {
        self.ask(server.address, requests, self.warm_up).await?;
        let (begun, cpu) = (Instant::now(), server.cpu()?);
        let latencies = self.ask(server.address, requests, self.time).await?;
        Ok(Sample {
            seconds: begun.elapsed().as_secs_f64(),
            cpu: (server.cpu()? - cpu).as_secs_f64(),
            latencies,
        })
    }

    /// Every connection begins requests for this long, at least one; answers how long each took.
    async fn ask(
        self,
        server: SocketAddr,
        requests: &Requests,
        time: Duration,
    ) -> Result<Vec<u32>> {
        let until = Instant::now() + time;
        let mut askers = JoinSet::new();
        for index in 0..self.connections {
            askers.spawn(ask(server, index, requests.clone(), until));
        }
        let mut latencies = Vec::new();
        while let Some(asked) = askers.join_next().await {
            latencies.extend(asked??);
        }
        Ok(latencies)
    }
}

async fn ask(
    server: SocketAddr,
    index: usize,
    requests: Requests,
    until: Instant,
) -> Result<Vec<u32>> {
    let mut connection = Connection::open(server).await?;
    let mut latencies = Vec::new();
    loop {
        let request = requests(index);
        let begun = Instant::now();
        let answer = connection.send(&request).await?;
        if answer.status >= 400 {
            return Err(refused(&request, answer.status, &answer.body));
        }
        latencies.push(u32::try_from(begun.elapsed().as_micros()).unwrap_or(u32::MAX));
        if Instant::now() >= until {
            return Ok(latencies);
        }
    }
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
