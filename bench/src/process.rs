//! A server as a process of its own: started, asked what it used, and ended.

use crate::{Failure, Result};
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::Duration;

/// A tick of the times in `/proc`: Linux shows them in hundredths of a second on every machine.
const TICK: Duration = Duration::from_millis(10);

/// A server that runs; it ends when this is dropped.
#[derive(Debug)]
pub struct Process {
    child: Child,
    /// Held open, since a server that can't write its output ends.
    _said: BufReader<ChildStdout>,
    pub address: SocketAddr,
}

/// What a process holds of the machine's memory, in bytes.
#[derive(Clone, Copy, Default, Debug)]
pub struct Memory {
    /// Everything, pages of its files and of the mapped database included.
    pub resident: u64,
    /// What belongs to it alone.
    pub anonymous: u64,
    /// The most that was ever resident.
    pub peak: u64,
}

impl Process {
    /// Starts a server and waits until it says that it "is ready at" an address; what it logs goes
    /// to a file.
    ///
    /// # Errors
    /// When it ends before.
    pub fn start(command: &mut Command, log: &Path) -> Result<Self> {
        let shown = command.get_program().to_string_lossy().into_owned();
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(File::create(log)?)
            .spawn()
            .map_err(|error| format!("{shown}: {error}"))?;
        let stdout = child.stdout.take().ok_or("a pipe was asked for")?;
        let mut said = BufReader::new(stdout);
        let mut line = String::new();
        while said.read_line(&mut line)? > 0 {
            if let Some((_, address)) = line.trim().split_once(" is ready at http://") {
                let address = address.parse()?;
                return Ok(Self {
                    child,
                    _said: said,
                    address,
                });
            }
            line.clear();
        }
        let status = child.wait()?;
        let said = fs::read_to_string(log)?;
        Err(format!("{shown} ended before it was ready ({status}):\n{said}").into())
    }

    /// What it computed since it began, in its own code and in the kernel for it.
    ///
    /// # Errors
    /// When it has ended.
    pub fn cpu(&self) -> Result<Duration> {
        cpu(&self.child.id().to_string())
    }

    /// What it holds now.
    ///
    /// # Errors
    /// When it has ended.
    pub fn memory(&self) -> Result<Memory> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let bytes = |name: &str| {
            let line = status.lines().find(|line| line.starts_with(name));
            let kibibytes = line.and_then(|line| line.split_whitespace().nth(1));
            kibibytes
                .and_then(|number| number.parse::<u64>().ok())
                .unwrap_or_default()
                * 1_024
        };
        Ok(Memory {
            resident: bytes("VmRSS:"),
            anonymous: bytes("RssAnon:"),
            peak: bytes("VmHWM:"),
        })
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a process computed since it began; `self` is this one.
///
/// # Errors
/// When it has ended.
pub fn cpu(process: &str) -> Result<Duration> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat"))?;
    of_stat(&stat).ok_or_else(|| Failure::from("/proc/PID/stat was expected to hold times"))
}

/// `utime` and `stime`; the name before them may hold anything, and ends with the last bracket.
fn of_stat(stat: &str) -> Option<Duration> {
    let (_, fields) = stat.rsplit_once(')')?;
    let ticks = |place| fields.split_whitespace().nth(place)?.parse::<u32>().ok();
    Some(TICK * (ticks(11)? + ticks(12)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_times_of_a_process_stand_after_its_name() {
        let stat = "7 (a) b (c) S 1 7 7 0 -1 4194560 100 0 0 0 150 25 0 0 20 0 3 0 99 1 1";
        assert_eq!(of_stat(stat), Some(Duration::from_millis(1_750)));
        assert!(cpu("self").is_ok());
    }
}
