//! `staffroom administrator recover`: a new way in for an Administrator, from the server itself.

use super::{Failure, open};
use crate::config::Config;
use clap::{Args, Subcommand};
use domain::invitation::USUAL_HOURS;
use domain::{OrganisationId, Refusal};
use store::{Store, now};

#[derive(Subcommand, Debug)]
pub(super) enum Verb {
    /// Removes an Administrator's password, second factors and sessions, and prints a new activation
    /// link; they may use a password even where single sign-on is required
    Recover(Recover),
}

#[derive(Args, Debug)]
pub(super) struct Recover {
    /// The Administrator's email
    #[arg(long)]
    email: String,
    /// The host name of the organisation, where a deployment holds several
    #[arg(long)]
    host: Option<String>,
}

impl Verb {
    pub(super) async fn run(self, config: &Config) -> Result<(), Failure> {
        let Self::Recover(recover) = self;
        let store = open(config).await?;
        let host = recover.host.as_deref().map(str::to_lowercase);
        let organisation = organisation(&store, host.as_deref()).await?;
        let token = recover.write(&store, organisation).await?;
        let mut url = config.public_url(config.listen);
        if let Some(host) = host {
            url = url.at_host(&host);
        }
        println!(
            "{} chooses a new password here, within {USUAL_HOURS} hours:",
            recover.email
        );
        println!("{url}/activate/{}", token.reveal());
        Ok(())
    }
}

impl Recover {
    async fn write(
        &self,
        store: &Store,
        organisation: OrganisationId,
    ) -> Result<store::secret::Token, Failure> {
        let at = now();
        let mut transaction = store.write(organisation, None).await?;
        let found = transaction.employee_by_email(self.email.trim()).await?;
        let employee = found.ok_or("--email: nobody has this address")?;
        let recovered = employee
            .recover(at)
            .map_err(|_| "--email: this employee is not an Administrator")?;
        transaction.apply(recovered).await?;
        let employee = transaction.employee(employee.id).await?;
        let invited = employee.ok_or(Refusal::NotFound)?.invite(
            &domain::Actor::system(organisation),
            USUAL_HOURS,
            false,
            at,
        )?;
        let token = transaction.apply(invited).await?;
        transaction.commit().await?;
        Ok(token)
    }
}

/// The only organisation, or the one at a host.
async fn organisation(store: &Store, host: Option<&str>) -> Result<OrganisationId, Failure> {
    let all = store.organisations().await?;
    match (all.as_slice(), host) {
        ([], _) => Err("there is no organisation yet".into()),
        ([(only, _)], None) => Ok(*only),
        (_, None) => Err("--host: there are several organisations; say which".into()),
        (all, Some(host)) => {
            let found = all
                .iter()
                .find(|(_, known)| known.as_deref() == Some(host))
                .map(|(id, _)| *id);
            found.ok_or_else(|| "--host: no organisation is reached under it".into())
        }
    }
}
