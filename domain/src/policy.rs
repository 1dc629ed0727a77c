//! What an organisation asks of those who sign in, and changing it.

use crate::audit::{Entry, Recorded, Value};
use crate::field::Problems;
use crate::organisation::Organisation;
use crate::sign_in::{Policy, Required};
use crate::{About, Action, Actor, Allowed, Event, Field, Refusal, Roles, Timestamp, Version, Why};

/// The most mail domains that can be named.
pub const DOMAINS_MAX: usize = 50;

/// An organisation that asks for something else.
#[derive(Debug)]
pub struct PolicyChanged {
    pub from: Version,
    pub before: Policy,
    pub policy: Policy,
}

impl Policy {
    /// The policy of a form: roles, the code of a choice, and domains with commas, spaces or lines
    /// between them.
    ///
    /// # Errors
    /// [`Refusal::Invalid`].
    pub fn read(second_factor: Roles, required: &str, domains: &str) -> Result<Self, Refusal> {
        let mut problems = Problems::default();
        let chosen = Required::from_code(required).ok_or(Why::UnknownChoice);
        let single_sign_on = problems.take(Field::SingleSignOn, chosen);
        let mut domains: Vec<String> = domains
            .split(|c: char| c.is_whitespace() || c == ',' || c == ';')
            .map(|domain| domain.trim_start_matches('@').to_lowercase())
            .filter(|domain| !domain.is_empty())
            .collect();
        domains.sort();
        domains.dedup();
        if !domains.iter().all(|domain| is_domain(domain)) {
            problems.add(Field::Domains, Why::NotADomain);
        }
        if domains.len() > DOMAINS_MAX {
            let most = i64::try_from(DOMAINS_MAX).unwrap_or(i64::MAX);
            problems.add(Field::Domains, Why::OutOfRange(0, most));
        }
        if single_sign_on == Required::Domains && domains.is_empty() {
            problems.add(Field::Domains, Why::Required);
        }
        problems.none()?;
        Ok(Self {
            second_factor,
            single_sign_on,
            domains,
        })
    }
}

/// Whether it is names of letters, digits and hyphens with dots between, the last of which is no
/// number (RFC 1123 §2.1).
fn is_domain(text: &str) -> bool {
    let labels: Vec<&str> = text.split('.').collect();
    let is_label = |label: &&str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let last_is_name = labels
        .last()
        .is_some_and(|last| last.chars().any(char::is_alphabetic));
    labels.len() > 1 && text.len() <= 253 && labels.iter().all(is_label) && last_is_name
}

impl Organisation {
    /// Allows another policy; `None` when nothing changes. `leaves_somebody` says whether an
    /// Administrator still gets in under the new one.
    ///
    /// # Errors
    /// [`Refusal::NotFound`], [`Refusal::Forbidden`], [`Refusal::LastWayIn`].
    pub fn change_policy(
        &self,
        actor: &Actor,
        policy: Policy,
        leaves_somebody: bool,
        at: Timestamp,
    ) -> Result<Option<Allowed<PolicyChanged>>, Refusal> {
        if actor.organisation() != self.id {
            return Err(Refusal::NotFound);
        }
        actor.may_everywhere(Action::ChangeSettings)?;
        if policy == self.policy {
            return Ok(None);
        }
        if !leaves_somebody {
            return Err(Refusal::LastWayIn);
        }
        let changed = PolicyChanged {
            from: self.version,
            before: self.policy.clone(),
            policy,
        };
        Ok(Some(Allowed::new(changed, actor, at)))
    }
}

impl Recorded for PolicyChanged {
    fn decided_on(&self) -> Option<Version> {
        Some(self.from)
    }

    fn entry(&self) -> Entry {
        let roles = |policy: &Policy| crate::employee::words(policy.second_factor);
        let (old, new) = (&self.before, &self.policy);
        let values = [
            Value::changed("second_factor", &roles(old), &roles(new)),
            Value::changed(
                "single_sign_on",
                old.single_sign_on.code(),
                new.single_sign_on.code(),
            ),
            Value::changed("domains", &old.domains.join(" "), &new.domains.join(" ")),
        ];
        Entry {
            event: Event::PolicyChanged,
            subject: About::Organisation,
            values: values.into_iter().flatten().collect(),
        }
    }
}
