//! Whoever a provider vouched for arrives: signed in, refused with a reason for the audit trail, or
//! shown to the Administrator who tests.

use super::{lead, refused};
use app::error::AppError;
use app::request::{Asker, cookie};
use app::sign_in::session::{cookie_header, device};
use app::sign_in::slow;
use app::sso::{Begun, Tested};
use axum::http::request::Parts;
use axum::response::Response;
use domain::sign_in::{Proof, Step};
use domain::throttle::Counted;
use domain::{Employee, Provider, Refusal, SignIn, Status, Timestamp};
use store::ceremony::Purpose;
use store::secret::Token;
use store::session::AGE;
use store::{Store, Transaction};

/// What a provider said, once it was verified.
pub(super) struct Said {
    /// NameID or `sub`, exactly as it arrived.
    pub subject: String,
    pub attributes: Vec<(String, Vec<String>)>,
    /// When the person proved it there; `None` where the provider does not say.
    pub proved_at: Option<Timestamp>,
    /// The id that must not be said twice, and until when it must be remembered.
    pub once: Option<(String, Timestamp)>,
}

/// Who came back, and from where.
pub(super) struct Arrival<'a> {
    pub asker: &'a Asker,
    pub parts: &'a Parts,
    pub browser: &'a Token,
    pub begun: &'a Begun,
    pub provider: &'a Provider,
}

/// Ends what was begun with what the provider said, or the code of why that is not accepted.
pub(super) async fn arrive(
    store: &Store,
    arrival: &Arrival<'_>,
    said: Result<Said, String>,
) -> Result<Response, AppError> {
    let asker = arrival.asker;
    let mut transaction = store
        .write(asker.organisation, asker.address.clone())
        .await?;
    // It may have been switched off or entered anew while the browser was away.
    let now = transaction.provider(arrival.provider.id).await?;
    let as_it_was = now.is_some_and(|now| now.version == arrival.provider.version);
    let said = match said {
        Ok(_) if !as_it_was => Err("provider_changed".to_owned()),
        Ok(said) => once(&mut transaction, arrival, said).await?,
        Err(reason) => Err(reason),
    };
    if arrival.begun.tester.is_some() {
        return tested(transaction, arrival, said).await;
    }
    let known = match &said {
        Ok(said) => known(&mut transaction, arrival, said).await?,
        Err(reason) => Err(reason.clone()),
    };
    match known {
        Ok((employee, allowed)) => {
            let name = session_cookie(asker);
            let before = cookie(arrival.parts, name);
            let device = device(arrival.parts, asker);
            let token = transaction
                .begin_session(allowed, &device, before.as_ref())
                .await?;
            transaction.commit().await?;
            let secure = asker.is_secure();
            let header = cookie_header(name, token.reveal(), AGE.as_secs(), secure);
            let to = match employee.profile.name().is_empty() {
                true => "/account?done=name",
                false => &arrival.begun.to,
            };
            Ok(lead(to, header.into_iter().collect()))
        }
        Err(reason) => {
            // What was used up stays so.
            let subject = said.as_ref().map_or("", |said| said.subject.as_str());
            note(&mut transaction, arrival, &reason, subject).await?;
            transaction.commit_attempts().await?;
            Ok(refused())
        }
    }
}

/// Notes a refusal in the audit trail; in the log alone once an address has brought many, so that no
/// stranger buries the trail.
async fn note(
    transaction: &mut Transaction,
    arrival: &Arrival<'_>,
    reason: &str,
    subject: &str,
) -> Result<(), AppError> {
    let (asker, provider) = (arrival.asker, arrival.provider);
    if let Some(key) = slow::of_address(asker, Counted::Refused) {
        match slow::count_in(transaction, asker, &key).await {
            Err(AppError::Refused(Refusal::TooOften(_))) => {
                tracing::info!(provider = %provider.id, reason, "a sign-in was refused");
                return Ok(());
            }
            counted => counted?,
        }
    }
    let noted = provider.refused(reason, subject, asker.now);
    Ok(transaction.apply(noted).await?)
}

fn session_cookie(asker: &Asker) -> &'static str {
    match asker.is_secure() {
        true => "__Host-staffroom",
        false => "staffroom",
    }
}

/// Refuses what was said before.
async fn once(
    transaction: &mut Transaction,
    arrival: &Arrival<'_>,
    said: Said,
) -> Result<Result<Said, String>, AppError> {
    let Some((id, until)) = &said.once else {
        return Ok(Ok(said));
    };
    let issuer = &arrival.provider.profile.issuer;
    let now = arrival.asker.now;
    let new = transaction.use_assertion(issuer, id, *until, now).await?;
    Ok(match new {
        true => Ok(said),
        false => Err("replayed".to_owned()),
    })
}

type Known = (Employee, domain::Allowed<domain::sign_in::SignedIn>);

/// Who it is, as the rule says; else why it is nobody.
async fn known(
    transaction: &mut Transaction,
    arrival: &Arrival<'_>,
    said: &Said,
) -> Result<Result<Known, String>, AppError> {
    let found = transaction.employee_by_external_id(&said.subject).await?;
    let Some(employee) = found else {
        return Ok(Err("unknown_subject".to_owned()));
    };
    let proof = Proof::Provider {
        provider: arrival.provider,
        subject: &said.subject,
        proved_at: said.proved_at,
    };
    let policy = transaction.organisation().await?.policy;
    match employee.sign_in(proof, false, &policy, arrival.asker.now) {
        Ok(Step::In(allowed)) => Ok(Ok((employee, allowed))),
        Ok(Step::SecondFactor) | Err(Refusal::WrongCredentials) => {
            Ok(Err(why_not(&employee, arrival.provider).to_owned()))
        }
        Err(refusal) => Err(refusal.into()),
    }
}

/// Why the rule refused somebody whom the provider knows, for the audit trail.
fn why_not(employee: &Employee, provider: &Provider) -> &'static str {
    if employee.status == Status::Suspended {
        "suspended"
    } else if employee.sign_in == SignIn::Password {
        "signs_in_by_password"
    } else if employee.provider != Some(provider.id) {
        "of_another_provider"
    } else if !provider.enabled {
        "provider_switched_off"
    } else {
        "not_active"
    }
}

/// Keeps what arrived for the Administrator who tests, and shows it.
async fn tested(
    mut transaction: Transaction,
    arrival: &Arrival<'_>,
    said: Result<Said, String>,
) -> Result<Response, AppError> {
    let asker = arrival.asker;
    let session = asker.session.as_ref().map(|session| session.employee);
    let Some(tester) = session.filter(|one| Some(*one) == arrival.begun.tester) else {
        return Ok(refused());
    };
    let enabled = Provider {
        enabled: true,
        ..arrival.provider.clone()
    };
    let trial = Arrival {
        provider: &enabled,
        ..*arrival
    };
    let known = match &said {
        Ok(said) => known(&mut transaction, &trial, said).await?,
        Err(reason) => Err(reason.clone()),
    };
    let said = said.ok();
    let tested = Tested {
        provider: arrival.provider.id,
        tester,
        subject: said.as_ref().map(|said| said.subject.clone()),
        attributes: said.map(|said| said.attributes).unwrap_or_default(),
        employee: known.as_ref().ok().map(|(employee, _)| employee.id),
        reason: known.err(),
    };
    transaction
        .begin_ceremony(arrival.browser, Purpose::Tested, None, &tested, asker.now)
        .await?;
    transaction.commit_attempts().await?;
    let page = format!("/settings/sign-in/{}?tested=1", arrival.provider.id);
    Ok(lead(&page, Vec::new()))
}
