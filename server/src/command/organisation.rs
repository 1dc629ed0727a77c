//! `staffroom organisation create`: an organisation, and the way in for its first Administrator (M-04).

use super::{Failure, open};
use crate::config::Config;
use app::error::AppError;
use app::settings::known::known;
use clap::{Args, Subcommand};
use domain::employee::Created;
use domain::invitation;
use domain::organisation::{OrganisationCreated, Settings};
use domain::{Actor, EmployeeId, OrganisationId, Refusal};
use store::{Store, now};

#[derive(Subcommand, Debug)]
pub(super) enum Verb {
    /// Makes an organisation, and prints the activation link of its first Administrator
    Create(Create),
}

#[derive(Args, Debug)]
pub(super) struct Create {
    /// What it is called
    #[arg(long)]
    name: String,
    /// The email of its first Administrator
    #[arg(long, value_name = "EMAIL")]
    administrator: String,
    /// The host name under which it is reached, where a deployment holds several
    #[arg(long)]
    host: Option<String>,
    /// ISO 3166: what telephone numbers without a country code mean
    #[arg(long, default_value = "BE")]
    country: String,
    /// IANA
    #[arg(long, default_value = "Europe/Brussels")]
    time_zone: String,
    /// One that the interface has
    #[arg(long, default_value = "en")]
    language: String,
}

impl Verb {
    pub(super) async fn run(self, config: &Config) -> Result<(), Failure> {
        let Self::Create(create) = self;
        let (name, administrator) = (create.name.clone(), create.administrator.clone());
        let store = open(config).await?;
        let host = create.host.as_deref().map(str::to_lowercase);
        refuse_host(&store, host.as_deref()).await?;
        let token = create.write(&store).await.map_err(explain)?;
        let mut url = config.public_url(config.listen);
        if let Some(host) = host {
            url = url.at_host(&host);
        }
        println!(
            "Made {name}. {administrator} chooses a password here, within {} hours:",
            invitation::USUAL_HOURS
        );
        println!("{url}/activate/{}", token.reveal());
        Ok(())
    }
}

impl Create {
    /// The secret of the link; it is printed and not mailed, since mail may not work yet.
    async fn write(self, store: &Store) -> store::Result<store::secret::Token> {
        let organisation = OrganisationId(store::new_id());
        let administrator = EmployeeId(store::new_id());
        let at = now();
        let settings = Settings {
            name: self.name,
            time_zone: self.time_zone,
            country: self.country.to_uppercase(),
            language: self.language,
            invitation_hours: invitation::USUAL_HOURS,
        };
        let host = self.host.map(|host| host.to_lowercase());
        let made = OrganisationCreated::allow(organisation, host, settings, known(), at);
        let email = &self.administrator;
        let first = Created::first_administrator(organisation, administrator, email, at);
        let (made, first) = both(made, first)?;
        let mut transaction = store.write(organisation, None).await?;
        transaction.apply(made).await?;
        transaction.apply(first).await?;
        let employee = transaction.employee(administrator).await?;
        let invited = employee.ok_or(Refusal::NotFound)?.invite(
            &Actor::system(organisation),
            invitation::USUAL_HOURS,
            false,
            at,
        )?;
        let token = transaction.apply(invited).await?;
        transaction.commit().await?;
        Ok(token)
    }
}

/// Several organisations are told apart by their host names, one needs none.
async fn refuse_host(store: &Store, host: Option<&str>) -> Result<(), Failure> {
    let others = store.organisations().await?;
    match host {
        None if others.is_empty() => Ok(()),
        None => Err(
            "--host: there is an organisation already, and several are told apart by host".into(),
        ),
        Some(_) if others.iter().any(|(_, other)| other.as_deref() == host) => {
            Err("--host: another organisation has it".into())
        }
        Some(_) => Ok(()),
    }
}

/// Both, or everything that is wrong with either.
fn both<A, B>(one: Result<A, Refusal>, other: Result<B, Refusal>) -> Result<(A, B), Refusal> {
    match (one, other) {
        (Err(Refusal::Invalid(mut problems)), Err(Refusal::Invalid(more))) => {
            problems.extend(more);
            Err(Refusal::Invalid(problems))
        }
        (one, other) => Ok((one?, other?)),
    }
}

/// Names the options that can't be taken, and says why.
fn explain(error: store::Error) -> Failure {
    let store::Error::Refused(refusal) = error else {
        return error.into();
    };
    let problems = AppError::from(refusal).problems();
    let named = problems.into_iter().map(|problem| {
        let option = match problem.name.as_str() {
            "email" => "administrator".to_owned(),
            name => name.replace('_', "-"),
        };
        format!("--{option}: {}", problem.sentence)
    });
    named.collect::<Vec<_>>().join(" ").into()
}
