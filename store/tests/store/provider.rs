//! Identity providers, their secrets, our own key, and what they said once.

mod account;
mod said;

use crate::cast::*;
use crate::house::{House, everywhere, key};
use domain::audit::Query;
use domain::employee::{Draft, NewEmployee};
use domain::provider::{ClientSecret, Profile, Protocol, ProviderCreated};
use domain::sign_in::{Policy, Proof, Step};
use domain::{
    About, Action, EmployeeId, Event, Field, Provider, ProviderId, Refusal, SignIn, Status, Why,
};
use store::secret::Token;
use store::session::Device;
use store::{Error, Result, Store};

/// How often each race is run.
const ROUNDS: usize = 8;

fn pem(content: &str) -> String {
    format!("-----BEGIN CERTIFICATE-----\n{content}\n-----END CERTIFICATE-----")
}

pub fn saml(name: &str) -> Profile {
    Profile {
        name: name.into(),
        issuer: format!("https://{name}.example/metadata"),
        address: format!("https://{name}.example/sso"),
        certificates: vec![pem("MIIfirst"), pem("MIIsecond\nMIIthird")],
        expires_at: Some(after(86_400)),
        sign_requests: true,
        ..Profile::default()
    }
}

fn open_id(name: &str) -> Profile {
    Profile {
        name: name.into(),
        issuer: format!("https://{name}.example"),
        client_id: "staffroom".into(),
        ..Profile::default()
    }
}

fn secret(text: &str) -> Option<ClientSecret> {
    Some(ClientSecret(text.into()))
}

impl House {
    /// Adds a provider, which is switched off at first.
    pub async fn add_provider(
        &self,
        protocol: Protocol,
        profile: Profile,
        secret: Option<ClientSecret>,
    ) -> Result<ProviderId> {
        let (id, system) = (ProviderId(store::new_id()), self.system());
        let created = ProviderCreated::allow(&system, id, protocol, profile, secret, noon());
        self.apply(created).await?;
        Ok(id)
    }

    /// A SAML provider that is switched on.
    pub async fn provider(&self, name: &str) -> ProviderId {
        let id = self.add_provider(Protocol::Saml, saml(name), None).await;
        let id = id.expect("added");
        self.switch(id, true).await.expect("switched on");
        id
    }

    pub async fn find_provider(&self, id: ProviderId) -> Option<Provider> {
        self.read().await.provider(id).await.expect("read")
    }

    pub async fn switch(&self, id: ProviderId, enabled: bool) -> Result<()> {
        let provider = self.find_provider(id).await.ok_or(Refusal::NotFound)?;
        self.apply(provider.switch(&self.system(), enabled, true, noon()))
            .await
    }

    async fn revise_provider(
        &self,
        id: ProviderId,
        profile: Profile,
        secret: Option<ClientSecret>,
    ) -> Result<()> {
        let provider = self.find_provider(id).await.ok_or(Refusal::NotFound)?;
        self.apply(provider.revise(&self.system(), profile, secret, noon()))
            .await
    }

    /// An active employee who bypassed the activation: of a provider, or of none yet.
    pub async fn known_to(&self, provider: Option<ProviderId>, external_id: &str) -> EmployeeId {
        let new = NewEmployee {
            email: format!("{external_id}@x.example"),
            bypass_activation: true,
            provider,
            providers: provider.into_iter().collect(),
            draft: Draft {
                external_id: Some(external_id.into()),
                ..Draft::default()
            },
            ..NewEmployee::default()
        };
        self.create(&self.system(), new).await.expect("created")
    }

    /// Signs somebody in, as their provider vouches for them.
    pub async fn vouched_for(&self, id: EmployeeId) -> Result<Token> {
        let employee = self.get(id).await;
        let provider = employee.provider.ok_or(Refusal::WrongCredentials)?;
        let provider = self.find_provider(provider).await.expect("it exists");
        let external_id = employee.profile.external_id.clone();
        let proof = Proof::Provider {
            provider: &provider,
            subject: &external_id.expect("an External ID"),
            proved_at: None,
        };
        match employee.sign_in(proof, false, &Policy::default(), noon())? {
            Step::SecondFactor => panic!("providers ask for their own"),
            Step::In(allowed) => {
                let mut write = self.write().await;
                let token = write
                    .begin_session(allowed, &Device::default(), None)
                    .await?;
                write.commit().await?;
                Ok(token)
            }
        }
    }

    async fn client_secret(&self, id: ProviderId) -> Option<String> {
        let secret = self.read().await.client_secret(id).await.expect("read");
        secret.map(|secret| secret.0)
    }

    async fn said(&self, issuer: &str, id: &str, until: i64, now: i64) -> Result<bool> {
        let mut write = self.write().await;
        let new = write
            .use_assertion(issuer, id, after(until), after(now))
            .await?;
        write.commit().await?;
        Ok(new)
    }
}

// a provider is kept as it was entered, with several certificates; off at first.
#[test]
fn a_provider_is_kept_as_it_was_entered() {
    everywhere(async |house| {
        let first = house.add_provider(Protocol::Saml, saml("Zeta"), None).await;
        let first = house.find_provider(first.expect("added")).await;
        let first = first.expect("there");
        assert_eq!(
            (&first.profile, first.protocol),
            (&saml("Zeta"), Protocol::Saml)
        );
        assert_eq!(first.organisation, house.organisation);
        assert!(!first.enabled && !first.has_secret);
        let second = house
            .add_provider(Protocol::OpenId, open_id("alpha"), secret("hush-hush"))
            .await;
        let second = house.find_provider(second.expect("added")).await;
        let second = second.expect("there");
        assert_eq!(
            (&second.profile, second.protocol),
            (&open_id("alpha"), Protocol::OpenId)
        );
        assert!(!second.enabled && second.has_secret);
        let all = house.read().await.providers().await.expect("read");
        assert_eq!(all, [second, first.clone()], "by name, in any case");
        house.switch(first.id, true).await.expect("switched on");
        let enabled = house.find_provider(first.id).await.expect("there");
        assert!(enabled.enabled);
        assert_eq!(enabled.version, first.version.next());
    });
}

// entered anew, a provider is what was entered last; of two at once the second is told.
#[test]
fn a_provider_is_revised() {
    everywhere(async |house| {
        let id = house.provider("idp").await;
        let other = Profile {
            certificates: vec![pem("MIIfourth")],
            expires_at: None,
            sign_requests: false,
            ..saml("other")
        };
        let stale = house.find_provider(id).await.expect("there");
        house
            .revise_provider(id, other.clone(), None)
            .await
            .expect("revised");
        let now = house.find_provider(id).await.expect("there");
        assert_eq!((&now.profile, now.enabled), (&other, true));
        let system = house.system();
        let late = stale.revise(&system, saml("late"), None, noon());
        assert_eq!(refusal(house.apply(late).await), Refusal::Stale);
        let late = stale.switch(&system, false, true, noon());
        assert_eq!(refusal(house.apply(late).await), Refusal::Stale);
        let late = stale.delete(&system, 0, noon());
        assert_eq!(refusal(house.apply(late).await), Refusal::Stale);
        assert_eq!(house.find_provider(id).await, Some(now));
    });
}

// A-06, robust: a client secret is kept sealed, replaced by a new one, and else left as it is.
#[test]
fn a_client_secret_is_sealed() {
    everywhere(async |house| {
        let id = house
            .add_provider(Protocol::OpenId, open_id("idp"), secret("hush-hush"))
            .await
            .expect("added");
        assert_eq!(house.client_secret(id).await.as_deref(), Some("hush-hush"));
        assert!(!house.holds("hush-hush").await, "not in the database");
        let renamed = Profile {
            name: "Renamed".into(),
            ..open_id("idp")
        };
        let revised = house.revise_provider(id, renamed, None).await;
        revised.expect("revised");
        assert_eq!(house.client_secret(id).await.as_deref(), Some("hush-hush"));
        let revised = house.revise_provider(id, open_id("other"), None).await;
        revised.expect("revised");
        assert_eq!(
            house.client_secret(id).await,
            None,
            "not for another issuer"
        );
        house
            .revise_provider(id, open_id("other"), secret("another"))
            .await
            .expect("revised");
        assert_eq!(house.client_secret(id).await.as_deref(), Some("another"));
        assert!(!house.holds("another").await);

        let robbed = Store::open(&house.database.address(), key(1)).await;
        let robbed = robbed.expect("it opens");
        let mut reading = robbed.read(house.organisation).await.expect("a reading");
        let read = reading.client_secret(id).await;
        assert!(matches!(read, Err(Error::Unreadable(_))), "another key");
        let without = house.provider("saml").await;
        assert_eq!(house.client_secret(without).await, None);
    });
}

// a name or an issuer that another provider has is refused on its field.
#[test]
fn a_taken_name_or_issuer_is_refused() {
    everywhere(async |house| {
        house.provider("first").await;
        let second = house.provider("second").await;
        let name = Profile {
            name: "FÍRST".into(),
            ..saml("third")
        };
        let issuer = Profile {
            issuer: saml("first").issuer,
            ..saml("third")
        };
        let both = Profile {
            name: "Third".into(),
            ..saml("first")
        };
        let taken = |field| Refusal::field(field, Why::Taken);
        for (profile, refused) in [
            (name, taken(Field::Name)),
            (issuer, taken(Field::Issuer)),
            (both, taken(Field::Issuer)),
        ] {
            let added = house
                .add_provider(Protocol::Saml, profile.clone(), None)
                .await;
            assert_eq!(refusal(added), refused);
            let revised = house.revise_provider(second, profile, None).await;
            assert_eq!(refusal(revised), refused);
        }
        let again = house.revise_provider(second, saml("second"), None).await;
        again.expect("its own name is not taken");
        let next = house.neighbour().await;
        next.provider("first").await;
        assert_eq!(next.findings().await, Vec::<String>::new());
    });
}

// Section 9: what one organisation set up is not there for another.
#[test]
fn a_provider_is_of_one_organisation() {
    everywhere(async |house| {
        let next = house.neighbour().await;
        let id = house
            .add_provider(Protocol::OpenId, open_id("idp"), secret("hush-hush"))
            .await
            .expect("added");
        house.known_to(Some(id), "S-1").await;
        let provider = house.find_provider(id).await.expect("there");
        let mut reading = next.read().await;
        assert_eq!(reading.provider(id).await.expect("read"), None);
        assert_eq!(reading.providers().await.expect("read"), []);
        assert!(reading.client_secret(id).await.expect("read").is_none());
        assert_eq!(reading.users_of(id).await.expect("counted"), 0);
        let found = reading.employee_by_external_id("S-1").await;
        assert!(found.expect("read").is_none());
        drop(reading);
        let system = next.system();
        let refused = provider.switch(&system, true, true, noon());
        assert_eq!(refused.expect_err("refused"), Refusal::NotFound);
        let allowed = provider.switch(&house.system(), true, true, noon());
        assert_eq!(refusal(next.apply(allowed).await), Refusal::NotFound);
        assert_eq!(house.find_provider(id).await, Some(provider));
    });
}

// A-05, safe: our own key is kept sealed, and the first one stays.
#[test]
fn a_signing_key_is_sealed_and_stays() {
    everywhere(async |house| {
        let kept = async |house: &House| house.read().await.signing_key().await.expect("read");
        assert_eq!(kept(house).await, None);
        for key in ["the first private key", "the second private key"] {
            let (mut write, key) = (house.write().await, key.as_bytes());
            let done = write.keep_signing_key(key, "CERTIFICATE", noon()).await;
            done.expect("kept");
            write.commit().await.expect("committed");
            let first = (b"the first private key".to_vec(), "CERTIFICATE".to_owned());
            assert_eq!(kept(house).await, Some(first));
        }
        assert!(!house.holds("private key").await, "not in the database");
        assert_eq!(kept(&house.neighbour().await).await, None);
    });
}
