//! What the second step of a sign-in costs, by recovery codes, each of which works once.

use super::{PASSWORD, request};
use crate::load::refused;
use crate::process::Process;
use crate::{Result, http};
use serde_json::Value;
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use totp_rs::{Builder, Secret};

/// How many accounts get a second factor.
const ACCOUNTS: usize = 12;

/// The milliseconds of computing that one second step takes.
///
/// # Errors
/// When the server refuses a request.
pub(super) async fn step(server: &Process, emails: &[String]) -> Result<f64> {
    let mut own = Vec::new();
    for email in emails.iter().rev().take(ACCOUNTS) {
        own.push((email, codes(server, email).await?));
    }
    let (mut steps, mut cpu) = (0_u32, Duration::ZERO);
    let rounds = own.iter().map(|(_, codes)| codes.len()).min().unwrap_or(0);
    for round in 0..rounds {
        let mut waiting = Vec::new();
        for (email, codes) in &own {
            let (cookie, _) = send(server, request(email)).await?;
            waiting.push((cookie, &codes[round]));
        }
        let before = server.cpu()?;
        for (cookie, code) in waiting {
            let fields = [("code", code.as_str()), ("to", "")];
            send(server, http::post_form("/api/prove_code", &cookie, &fields)).await?;
            steps += 1;
        }
        cpu += server.cpu()?.saturating_sub(before);
    }
    Ok(cpu.as_secs_f64() * 1_000.0 / f64::from(steps.max(1)))
}

/// Gives an account an authenticator app; answers with its recovery codes.
async fn codes(server: &Process, email: &str) -> Result<Vec<String>> {
    let fields = [("email", email), ("password", PASSWORD), ("to", "")];
    let (session, _) = send(server, http::post_form("/api/sign_in", "", &fields)).await?;
    let begin = http::post_form("/api/begin_authenticator", &session, &[]);
    let (browser, _) = send(server, begin).await?;
    let both = format!("{session}; {browser}");
    let view = view(server, &both).await?;
    let secret = view["begun"]["secret"].as_str().unwrap_or_default();
    let secret = secret.replace(' ', "");
    let secret = Secret::try_from_base32(secret).map_err(|error| error.to_string())?;
    let app = Builder::new().with_secret(secret).with_account_name("");
    let app = app.build().map_err(|error| error.to_string())?;
    let code = app.generate(seconds()?).to_string();
    let fields = [("code", code.as_str())];
    let add = http::post_form("/api/add_authenticator", &both, &fields);
    // Every session ended with the new factor; the answer brings another.
    let (session, _) = send(server, add).await?;
    let both = format!("{session}; {browser}");
    let codes = self::view(server, &both).await?["new_codes"].clone();
    Ok(serde_json::from_value(codes)?)
}

/// Now, in seconds since 1970, as a phone has it.
#[expect(
    clippy::disallowed_methods,
    reason = "the app is beside the server, with a clock of its own"
)]
fn seconds() -> Result<u64> {
    Ok(SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs())
}

async fn view(server: &Process, cookie: &str) -> Result<Value> {
    let ask = http::post_json("/api/get_second_factor", cookie, "{}");
    let (_, body) = send(server, ask).await?;
    Ok(serde_json::from_slice(&body)?)
}

/// The cookie that an answer sets, and its body.
async fn send(server: &Process, request: Vec<u8>) -> Result<(String, Vec<u8>)> {
    let mut connection = http::Connection::open(server.address).await?;
    let answer = connection.send(&request).await?;
    if answer.status >= 400 {
        return Err(refused(&request, answer.status, &answer.body));
    }
    Ok((answer.cookie.unwrap_or_default(), answer.body))
}
