//! The operator's program that tells a PBX to read its folder again.

use std::io::{self, Read};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

/// How long the program has.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(30);
/// How often it is looked whether it ended.
const LOOK: Duration = Duration::from_millis(10);
/// How much of what it complains of is kept, in bytes read and in characters told.
const HEARD: u64 = 4_096;
const TOLD: usize = 200;
/// What the program gets of the server's environment, which holds passwords.
const PASSED_ON: [&str; 4] = ["PATH", "HOME", "LANG", "TZ"];

/// Calls the program with the folder as its one argument, without a shell, and waits until it ends.
/// Blocks.
///
/// # Errors
/// Why it did not succeed, as the rest of a sentence: it can't be started, ends with another code than
/// 0, or takes too long.
pub(crate) fn reload(program: &Path, folder: &Path, timeout: Duration) -> Result<(), String> {
    let passed_on = PASSED_ON
        .iter()
        .filter_map(|name| Some((name, std::env::var_os(name)?)));
    let started = Command::new(program)
        .arg(folder)
        .env_clear()
        .envs(passed_on)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .process_group(0)
        .spawn();
    let mut child = started.map_err(|error| format!("it can't be started: {error}"))?;
    let complaint = listen(&mut child);
    let ended = wait(&mut child, timeout).map_err(|error| error.to_string())?;
    let Some(status) = ended else {
        return Err(format!("it did not end within {} s", timeout.as_secs()));
    };
    if status.success() {
        return Ok(());
    }
    // A program that it left behind may hold the pipe open.
    let said = complaint.recv_timeout(Duration::from_millis(200));
    let said: String = said.unwrap_or_default();
    let said: Vec<&str> = said.split_whitespace().collect();
    let said: String = said.join(" ").chars().take(TOLD).collect();
    let code = match status.code() {
        Some(code) => format!("it ended with {code}"),
        None => "it was killed".to_owned(),
    };
    match said.is_empty() {
        true => Err(code),
        false => Err(format!("{code}: {said}")),
    }
}

/// Reads what it complains of, and all the rest, so that it never waits for us.
fn listen(child: &mut Child) -> Receiver<String> {
    let (tell, told) = channel();
    if let Some(mut pipe) = child.stderr.take() {
        thread::spawn(move || {
            let mut heard = Vec::new();
            let _ = pipe.by_ref().take(HEARD).read_to_end(&mut heard);
            let _ = tell.send(String::from_utf8_lossy(&heard).into_owned());
            let _ = io::copy(&mut pipe, &mut io::sink());
        });
    }
    told
}

/// How it ended; `None` when it had to be killed.
fn wait(child: &mut Child, timeout: Duration) -> io::Result<Option<ExitStatus>> {
    let begun = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if begun.elapsed() >= timeout {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(LOOK);
    }
}
