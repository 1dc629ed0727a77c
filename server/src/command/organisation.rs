//! `staffroom organisation create`: an organisation, and the way in for its first Administrator (M-04).

use super::{Failure, open};
use crate::config::Config;
use crate::known::known;
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
        let host = create.host.clone();
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
        let made = OrganisationCreated::allow(organisation, host, settings, known(), at)?;
        let hours = made.settings.invitation_hours;
        let first =
            Created::first_administrator(organisation, administrator, &self.administrator, at)?;
        let mut transaction = store.write(organisation, None).await?;
        transaction.apply(made).await?;
        transaction.apply(first).await?;
        let employee = transaction.employee(administrator).await?;
        let invited = employee.ok_or(Refusal::NotFound)?.invite(
            &Actor::system(organisation),
            hours,
            false,
            at,
        )?;
        let token = transaction.apply(invited).await?;
        transaction.commit().await?;
        Ok(token)
    }
}

/// Names the options that can't be taken.
fn explain(error: store::Error) -> Failure {
    let store::Error::Refused(Refusal::Invalid(problems)) = error else {
        return error.into();
    };
    let named = problems.iter().map(|problem| {
        let option = match problem.field {
            domain::Field::Email => "administrator",
            field => field.name(),
        };
        format!("--{}: {:?}", option.replace('_', "-"), problem.why)
    });
    named.collect::<Vec<_>>().join("; ").into()
}
