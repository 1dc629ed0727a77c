//! Second factors: kept, proved once each, and gone when they should be.

mod authenticator;
mod recovery;

use crate::cast::*;
use crate::house::{House, everywhere, key};
use domain::credential::PasswordHash;
use domain::factor::{Factors, PasskeyAdded, Removal};
use domain::sign_in::Policy;
use domain::{EmployeeId, PasskeyId, Refusal, Role};
use store::outbox::News;
use store::secret::Token;
use store::{Error, Result, Store};

/// How often each race is run.
const ROUNDS: usize = 8;

impl House {
    pub async fn factors(&self, id: EmployeeId) -> Factors {
        self.read().await.factors(id).await.expect("read")
    }

    async fn register(&self, id: EmployeeId, name: &str, credential: Vec<u8>) -> Result<PasskeyId> {
        let (passkey, own) = (PasskeyId(store::new_id()), self.actor(id).await);
        let added = PasskeyAdded {
            employee: id,
            id: passkey,
            name: name.into(),
            credential,
            content: format!("key of {name}"),
        };
        let factors = self.factors(id).await;
        let added = self
            .get(id)
            .await
            .add_passkey(&own, &factors, added, noon());
        self.apply(added).await?;
        Ok(passkey)
    }

    /// Registers a passkey, as its page does once it was verified.
    pub async fn add_passkey(&self, id: EmployeeId, name: &str) -> PasskeyId {
        let credential = store::new_id().as_bytes().to_vec();
        let added = self.register(id, name, credential).await;
        added.expect("registered")
    }

    /// Registers an authenticator app, with the code of this step.
    pub async fn add_authenticator(&self, id: EmployeeId, secret: &str, step: i64) {
        let (own, secret) = (self.actor(id).await, secret.as_bytes().to_vec());
        let added = self
            .get(id)
            .await
            .add_authenticator(&own, secret, step, noon());
        self.apply(added).await.expect("registered");
    }

    /// Makes recovery codes, by their hashes.
    pub async fn make_codes(&self, id: EmployeeId, hashes: &[&str]) {
        let (own, factors) = (self.actor(id).await, self.factors(id).await);
        let hashes = hashes.iter().map(|hash| hash.as_bytes().to_vec()).collect();
        let made = self
            .get(id)
            .await
            .make_recovery_codes(&own, &factors, hashes, noon());
        self.apply(made).await.expect("made");
    }

    async fn use_code(&self, id: EmployeeId, hash: &str) -> Result<()> {
        let hash = hash.as_bytes().to_vec();
        let used = self.get(id).await.use_recovery_code(hash, noon());
        self.apply(Ok(used)).await
    }

    async fn use_step(&self, id: EmployeeId, step: i64) -> Result<bool> {
        let mut write = self.write().await;
        let new = write.use_step(id, step).await?;
        write.commit().await?;
        Ok(new)
    }

    async fn authenticator(&self, id: EmployeeId) -> Option<(Vec<u8>, i64)> {
        self.read().await.authenticator(id).await.expect("read")
    }

    async fn remove_factor(&self, id: EmployeeId, which: Removal) {
        let (own, factors) = (self.actor(id).await, self.factors(id).await);
        let removed = self
            .get(id)
            .await
            .remove_factor(&own, &factors, which, false, noon());
        self.apply(removed).await.expect("removed");
    }

    async fn reset_factors(&self, id: EmployeeId) -> Result<()> {
        let (ada, factors) = (self.ada().await, self.factors(id).await);
        let reset = self.get(id).await.reset_factors(&ada, &factors, noon());
        self.apply(reset).await
    }

    /// Changes what is asked of those who sign in.
    pub async fn ask(&self, policy: Policy) {
        let organisation = self.read().await.organisation().await.expect("read");
        let changed = organisation.change_policy(&self.system(), policy, true, noon());
        let changed = changed.expect("allowed").expect("a change");
        self.apply(Ok(changed)).await.expect("changed");
    }

    /// Another password, which may be too short without a second factor.
    pub async fn change_password(&self, id: EmployeeId, short: bool) {
        let (own, hash) = (self.actor(id).await, PasswordHash("$new".into()));
        let changed = self
            .get(id)
            .await
            .change_password(&own, hash, short, noon());
        self.apply(changed).await.expect("changed");
    }
}

// passkeys are listed by their names, oldest first, found by what an authenticator says, and
// remember when they were used and how often.
#[test]
fn passkeys_are_kept_found_and_used() {
    everywhere(async |house| {
        let id = house.active("sam@x.example", "Sam Peeters").await;
        let phone = house.register(id, "Phone", vec![0, 1, 255]).await;
        let phone = phone.expect("registered");
        let laptop = house.add_passkey(id, "Laptop").await;
        let names = async || {
            let passkeys = house.factors(id).await.passkeys;
            let pairs = passkeys.into_iter().map(|one| (one.id, one.name));
            pairs.collect::<Vec<_>>()
        };
        let pairs = |first: &str| [(phone, first.to_owned()), (laptop, "Laptop".to_owned())];
        assert_eq!(names().await, pairs("Phone"));
        let own = house.actor(id).await;
        let factors = house.factors(id).await;
        let renamed =
            house
                .get(id)
                .await
                .rename_passkey(&own, &factors, phone, "Old phone", noon());
        let renamed = renamed.expect("allowed").expect("a change");
        house.apply(Ok(renamed)).await.expect("renamed");
        assert_eq!(names().await, pairs("Old phone"));

        let found = async |credential: &[u8]| {
            let found = house.read().await.passkey(credential).await;
            found.expect("read")
        };
        let one = found(&[0, 1, 255]).await.expect("there");
        assert_eq!((one.id, one.employee), (phone, id));
        assert_eq!(one.content, "key of Phone");
        assert_eq!(found(&[0, 1]).await, None);
        let mut write = house.write().await;
        let used = write.used_passkey(phone, "counter 7", after(9)).await;
        used.expect("noted");
        write.commit().await.expect("committed");
        let all = house.read().await.passkeys(id).await.expect("read");
        let contents: Vec<_> = all.iter().map(|one| one.content.as_str()).collect();
        assert_eq!(contents, ["counter 7", "key of Laptop"]);
        let used: Vec<_> = house.factors(id).await.passkeys;
        let used: Vec<_> = used.iter().map(|one| one.used_at).collect();
        assert_eq!(used, [Some(after(9)), None]);
    });
}

// what an authenticator names is one passkey of one person.
#[test]
fn a_passkey_is_registered_once() {
    everywhere(async |house| {
        let id = house.active("sam@x.example", "Sam Peeters").await;
        let other = house.active("kim@x.example", "Kim Maes").await;
        house
            .register(id, "Phone", vec![7])
            .await
            .expect("registered");
        for whom in [id, other] {
            let again = house.register(whom, "Again", vec![7]).await;
            assert_eq!(refusal(again), Refusal::WrongState);
        }
        assert!(!house.factors(other).await.any());
    });
}

// a reset takes all of somebody's factors, ends their sessions, and touches nobody else.
#[test]
fn a_reset_takes_all_factors_and_sessions() {
    everywhere(async |house| {
        let id = house.active("sam@x.example", "Sam Peeters").await;
        let other = house.active("kim@x.example", "Kim Maes").await;
        for whom in [id, other] {
            house.add_passkey(whom, "Phone").await;
            house.add_authenticator(whom, "secret", 0).await;
            house.make_codes(whom, &["one", "two"]).await;
            house.sign_in(whom, noon()).await.expect("signed in");
        }
        house.reset_factors(id).await.expect("reset");
        assert_eq!(house.factors(id).await, Factors::default());
        assert_eq!(house.devices(id).await, 0);
        let refused = house.use_code(id, "one").await;
        assert_eq!(refusal(refused), Refusal::WrongCredentials);
        let again = house.reset_factors(id).await;
        assert_eq!(refusal(again), Refusal::WrongState);
        let untouched = house.factors(other).await;
        assert_eq!((untouched.any(), untouched.recovery_codes), (true, 2));
        assert_eq!(house.devices(other).await, 1);
    });
}

// whose account it is learns of each change by one mail, in case it was not them.
#[test]
fn each_change_is_told_by_one_mail() {
    everywhere(async |house| {
        let id = house.active("sam@x.example", "Sam Peeters").await;
        let told = async |news: Option<News>| {
            let expected: Vec<_> = news
                .map(|news| ("sam@x.example".to_owned(), news))
                .into_iter()
                .collect();
            assert_eq!(house.news().await, expected);
        };
        told(None).await;
        let phone = house.add_passkey(id, "Phone").await;
        told(Some(News::PasskeyAdded)).await;
        house.add_authenticator(id, "secret", 0).await;
        told(Some(News::AuthenticatorAdded)).await;
        house.make_codes(id, &["one"]).await;
        house.news().await;
        house.use_code(id, "one").await.expect("used");
        told(Some(News::RecoveryCodeUsed)).await;
        refusal(house.use_code(id, "one").await);
        told(None).await;
        house.remove_factor(id, Removal::Passkey(phone)).await;
        told(Some(News::FactorRemoved)).await;
        house.remove_factor(id, Removal::Authenticator).await;
        told(Some(News::FactorRemoved)).await;
        house.add_passkey(id, "Laptop").await;
        told(Some(News::PasskeyAdded)).await;
        house.reset_factors(id).await.expect("reset");
        told(Some(News::FactorsReset)).await;
        house.change_password(id, false).await;
        told(Some(News::PasswordChanged)).await;
    });
}

// E-16: with somebody their factors are gone.
#[test]
fn a_deleted_employee_leaves_no_factor() {
    everywhere(async |house| {
        let id = house.active("sam@x.example", "Sam Peeters").await;
        let passkey = house.register(id, "Quill's phone", vec![7]).await;
        passkey.expect("registered");
        house.add_authenticator(id, "secret", 0).await;
        house.make_codes(id, &["one", "two"]).await;
        house.delete(&house.system(), id).await.expect("deleted");
        let mut raw = house.raw().await;
        for table in ["passkey", "authenticator", "recovery_code"] {
            let rows = format!("SELECT count(*) FROM {table}");
            assert_eq!(raw.count(&rows).await, 0, "{table}");
        }
        assert!(!house.holds("Quill's phone").await, "also in the trail");
    });
}

// Section 9: the factors of one organisation are not there for another.
#[test]
fn factors_are_of_one_organisation() {
    everywhere(async |house| {
        let next = house.neighbour().await;
        let id = house.active("sam@x.example", "Sam Peeters").await;
        let phone = house.register(id, "Phone", vec![7]).await;
        let phone = phone.expect("registered");
        house.add_authenticator(id, "secret", 100).await;
        house.make_codes(id, &["one"]).await;
        let mut reading = next.read().await;
        assert_eq!(reading.factors(id).await.expect("read"), Factors::default());
        assert_eq!(reading.passkeys(id).await.expect("read"), []);
        assert_eq!(reading.passkey(&[7]).await.expect("read"), None);
        assert_eq!(reading.authenticator(id).await.expect("read"), None);
        drop(reading);
        assert!(!next.use_step(id, 101).await.expect("asked"));
        let mut write = next.write().await;
        let used = write.used_passkey(phone, "forged", after(1)).await;
        used.expect("nothing happens");
        write.commit().await.expect("committed");
        let mut write = next.write().await;
        let used = house
            .get(id)
            .await
            .use_recovery_code(b"one".to_vec(), noon());
        assert_eq!(refusal(write.apply(used).await), Refusal::NotFound);
        drop(write);
        let there = next.register(next.owner, "Phone", vec![7]).await;
        there.expect("the same one, for another organisation");

        let kept = house.read().await.passkeys(id).await.expect("read");
        assert_eq!(kept[0].content, "key of Phone");
        assert_eq!(house.factors(id).await.recovery_codes, 1);
        assert!(house.use_step(id, 101).await.expect("asked"));
    });
}

// a session says whether a second factor has to be registered before anything else: where
// a role needs one or the password is short, and none is there; never for single sign-on.
#[test]
fn a_session_says_whether_a_factor_is_missing() {
    everywhere(async |house| {
        let ghent = house.office("Ghent").await;
        let places = [place(ghent, &[Role::Agent])];
        let id = house.holder("sam@x.example", "Sam Peeters", &places).await;
        let lacks = async |token: &Token| {
            let session = house.read().await.session(token, after(1)).await;
            session.expect("read").expect("a session").lacks_factor
        };
        let asks = |held: &[Role]| Policy {
            second_factor: roles(held),
            ..Policy::default()
        };
        let mut own = house.sign_in(id, noon()).await.expect("signed in");
        let owner = house.sign_in(house.owner, noon()).await.expect("signed in");
        let wanted = house.pending("new@x.example").await;
        let wanted = house.invite(wanted).await;
        let wanted = house.activate(&wanted, "New Person", noon()).await;
        let wanted = wanted.expect("activated");
        let wish = "UPDATE employee SET wanted = 1 WHERE email = 'new@x.example'";
        house.raw().await.run(wish).await;
        let wanted = house.sign_in(wanted, noon()).await.expect("signed in");
        let provider = house.provider("idp").await;
        let known = house.known_to(Some(provider), "S-1").await;
        let places = domain::employee::Wish {
            places: places.to_vec(),
            ..domain::employee::Wish::default()
        };
        let assigned = house.assign(&house.system(), known, places).await;
        assigned.expect("assigned");
        let known = house.vouched_for(known).await.expect("signed in");
        for token in [&own, &owner, &wanted, &known] {
            assert!(!lacks(token).await, "nothing is asked for");
        }

        house.ask(asks(&[Role::Administrator])).await;
        assert!(lacks(&owner).await && !lacks(&own).await);
        house.ask(asks(&[Role::Agent, Role::OfficeManager])).await;
        assert!(!lacks(&owner).await && lacks(&own).await);
        assert!(!lacks(&known).await, "their provider asks for its own");
        assert!(!lacks(&wanted).await, "a wanted role is none");

        let gone = async |token: &Token| {
            let session = house.read().await.session(token, after(1)).await;
            session.expect("read").is_none()
        };
        let phone = house.add_passkey(id, "Phone").await;
        assert!(gone(&own).await, "it began without the passkey");
        own = house.sign_in(id, noon()).await.expect("signed in");
        assert!(gone(&own).await, "the password alone is none any more");
        own = house.with_second_factor(id, noon()).await.expect("in");
        assert!(!lacks(&own).await, "with a passkey");
        house.remove_factor(id, Removal::Passkey(phone)).await;
        assert!(lacks(&own).await);
        house.add_authenticator(id, "secret", 0).await;
        assert!(gone(&own).await, "every session ends with a new factor");
        own = house.with_second_factor(id, noon()).await.expect("in");
        assert!(!lacks(&own).await, "with an authenticator app");

        house.ask(Policy::default()).await;
        house.change_password(id, true).await;
        own = house.with_second_factor(id, noon()).await.expect("in");
        assert!(!lacks(&own).await, "short, beside a factor");
        house.reset_factors(id).await.expect("reset");
        own = house.sign_in(id, noon()).await.expect("signed in");
        assert!(lacks(&own).await, "short, and alone");
        house.change_password(id, false).await;
        own = house.sign_in(id, noon()).await.expect("signed in");
        assert!(!lacks(&own).await, "long enough");
    });
}
