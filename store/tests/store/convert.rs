//! Accounts between password and single sign-on, what is asked of them, and who still gets in.

use crate::cast::*;
use crate::house::{House, everywhere, in_every_house};
use domain::employee::Draft;
use domain::factor::Factors;
use domain::sign_in::{Policy, Required};
use domain::{EmployeeId, ProviderId, Refusal, Role, SignIn, Status};
use store::Result;
use store::link::Purpose;
use store::outbox::{Message, News};
use store::secret::Token;

/// How often each race is run.
const ROUNDS: usize = 8;

impl House {
    /// Gives somebody the External ID by which a provider will know them.
    async fn name_for_providers(&self, id: EmployeeId, external_id: &str) {
        let draft = Draft {
            external_id: Some(external_id.into()),
            ..Draft::default()
        };
        let revised = self
            .get(id)
            .await
            .revise(&self.system(), &draft, "BE", noon());
        let revised = revised.expect("allowed").expect("a change");
        self.apply(Ok(revised)).await.expect("revised");
    }

    /// Turns an account over to a provider that knows it by this External ID.
    pub async fn turn_over(&self, id: EmployeeId, provider: ProviderId, external_id: &str) {
        self.name_for_providers(id, external_id).await;
        self.turn_over_known(id, provider)
            .await
            .expect("turned over");
    }

    async fn turn_over_known(&self, id: EmployeeId, provider: ProviderId) -> Result<()> {
        let turned =
            self.get(id)
                .await
                .turn_over(&self.system(), provider, &[provider], true, noon());
        self.apply(turned).await
    }

    async fn turn_back(&self, id: EmployeeId) -> Result<()> {
        let mut write = self.write().await;
        let employee = write.employee(id).await?.ok_or(Refusal::NotFound)?;
        let others = write.other_active_administrators(id).await?;
        let turned = employee.turn_back(&self.system(), others, noon())?;
        write.apply(turned).await?;
        write.commit().await
    }

    async fn exempt(&self, id: EmployeeId, exempt: bool) {
        let employee = self.get(id).await;
        let exempted = employee.exempt(&self.system(), exempt, true, noon());
        self.apply(exempted).await.expect("written");
    }

    async fn password_hash(&self, id: EmployeeId) -> Option<String> {
        self.read().await.password_hash(id).await.expect("read")
    }

    async fn opens(&self, token: &Token, purpose: Purpose) -> bool {
        let holder = self.read().await.link(token, purpose, after(1)).await;
        holder.expect("read").is_some()
    }
}

/// The link in a mail.
fn link(message: &Message) -> Option<Token> {
    match message {
        Message::Invitation { token, .. }
        | Message::ConfirmAddress { token, .. }
        | Message::ResetPassword { token, .. } => Some(token.parse().expect("a token")),
        _ => None,
    }
}

// turned over, an account has no password, second factor, session or open link, and its owner is
// told once.
#[test]
fn turning_over_leaves_no_way_in_but_the_provider() {
    everywhere(async |house| {
        let provider = house.provider("idp").await;
        let id = house.active("sam@x.example", "Sam Peeters").await;
        house.name_for_providers(id, "S-1").await;
        house.add_passkey(id, "Phone").await;
        house.add_authenticator(id, "secret", 0).await;
        house.make_codes(id, &["one", "two"]).await;
        house.change_password(id, true).await;
        house.sign_in(id, noon()).await.expect("signed in");
        let own = house.actor(id).await;
        house
            .change_email(&own, id, "new@x.example")
            .await
            .expect("asked");
        let confirm = house.mails().await.iter().find_map(link).expect("a link");
        let reset = house.forgot(id, noon()).await;
        assert!(house.opens(&confirm, Purpose::ConfirmAddress).await);
        assert!(house.opens(&reset, Purpose::ResetPassword).await);
        // Another of each is still on its way.
        let email = house.get(id).await.email.clone();
        let mut write = house.write().await;
        write.send_reset(id, &email, noon()).await.expect("sent");
        write.commit().await.expect("committed");

        let before = house.get(id).await;
        house
            .turn_over_known(id, provider)
            .await
            .expect("turned over");
        let after = house.get(id).await;
        assert_eq!(
            (after.sign_in, after.provider, after.status),
            (SignIn::SingleSignOn, Some(provider), Status::Active)
        );
        assert_eq!(after.version, before.version.next());
        assert_eq!(after.activated_at, before.activated_at);
        assert_eq!(after.email_wanted, None);
        assert_eq!(house.password_hash(id).await, None);
        assert_eq!(house.factors(id).await, Factors::default());
        assert_eq!(house.devices(id).await, 0);
        assert!(!house.opens(&confirm, Purpose::ConfirmAddress).await);
        assert!(!house.opens(&reset, Purpose::ResetPassword).await);
        let mails = house.mails().await;
        let told = Message::News {
            to: email,
            news: News::TurnedOver,
        };
        assert_eq!(mails, [told], "one mail, and none with a dead link");
        let refused = house.sign_in(id, noon()).await;
        assert_eq!(refusal(refused), Refusal::WrongCredentials);
        house.vouched_for(id).await.expect("signed in");
    });
}

// a Pending account that is turned over is Active, and its invitation is dead for good, also when
// the account gets a password again.
#[test]
fn an_old_invitation_stays_dead() {
    everywhere(async |house| {
        let provider = house.provider("idp").await;
        let id = house.pending("new@x.example").await;
        let old = house.invite_at(id, true, noon()).await.expect("invited");
        house.turn_over(id, provider, "S-1").await;
        let active = house.get(id).await;
        assert_eq!(
            (active.status, active.activated_at),
            (Status::Active, Some(noon()))
        );
        assert!(!house.opens(&old, Purpose::Invitation).await);
        assert_eq!(house.mails().await.iter().find_map(link), None);
        let refused = house.activate(&old, "New Person", after(1)).await;
        assert_eq!(refusal(refused), Refusal::DeadLink);

        house.turn_back(id).await.expect("turned back");
        assert!(!house.opens(&old, Purpose::Invitation).await);
        let refused = house.activate(&old, "New Person", after(1)).await;
        assert_eq!(refusal(refused), Refusal::DeadLink);
        let new = house.invite(id).await;
        let activated = house.activate(&new, "New Person", after(1)).await;
        activated.expect("activated");
        house.sign_in(id, after(2)).await.expect("signed in");
    });
}

// turned back, an account is Pending and of no provider, is signed out everywhere, and has the
// password that its invitation brings, none from before.
#[test]
fn turning_back_asks_for_a_new_password() {
    everywhere(async |house| {
        let provider = house.provider("idp").await;
        let id = house.active("sam@x.example", "Sam Peeters").await;
        house.turn_over(id, provider, "S-1").await;
        house.vouched_for(id).await.expect("signed in");
        house.turn_back(id).await.expect("turned back");
        let back = house.get(id).await;
        assert_eq!(
            (back.status, back.sign_in, back.provider, back.activated_at),
            (Status::Pending, SignIn::Password, None, None)
        );
        assert_eq!(house.devices(id).await, 0);
        assert_eq!(house.password_hash(id).await, None);
        for refused in [house.vouched_for(id).await, house.sign_in(id, noon()).await] {
            assert_eq!(refusal(refused), Refusal::WrongCredentials);
        }
        let again = house.turn_back(id).await;
        assert_eq!(refusal(again), Refusal::WrongState);
        let users = house.read().await.users_of(provider).await;
        assert_eq!(users.expect("counted"), 0);
        let token = house.invite(id).await;
        house
            .activate(&token, "Sam Peeters", after(1))
            .await
            .expect("activated");
        house.sign_in(id, after(2)).await.expect("signed in");
        assert!(!house.factors(id).await.password_short);
    });
}

// A-10, E-20: a conversion that was decided on an older account is refused.
#[test]
fn a_stale_conversion_is_refused() {
    everywhere(async |house| {
        let provider = house.provider("idp").await;
        let id = house.active("sam@x.example", "Sam Peeters").await;
        house.name_for_providers(id, "S-1").await;
        let (stale, system) = (house.get(id).await, house.system());
        house.change_password(id, false).await;
        let turned = stale.turn_over(&system, provider, &[provider], true, noon());
        assert_eq!(refusal(house.apply(turned).await), Refusal::Stale);
        let exempted = stale.exempt(&system, true, true, noon());
        assert_eq!(refusal(house.apply(exempted).await), Refusal::Stale);
        assert!(house.password_hash(id).await.is_some());
    });
}

// a sign-in by password that races with the conversion leaves no session.
#[test]
fn a_conversion_that_races_leaves_no_session() {
    everywhere(async |house| {
        let provider = house.provider("idp").await;
        for round in 0..ROUNDS {
            let email = format!("sam{round}@x.example");
            let id = house.active(&email, "Sam Peeters").await;
            house.name_for_providers(id, &format!("S-{round}")).await;
            let done = winners(house, |house, number| async move {
                match number {
                    0 => house.turn_over_known(id, provider).await?,
                    _ => house.sign_in(id, noon()).await.map(|_| ())?,
                }
                Ok(true)
            });
            assert!(done.await >= 1);
            assert_eq!(house.get(id).await.sign_in, SignIn::SingleSignOn);
            assert_eq!(house.devices(id).await, 0);
        }
    });
}

// named exceptions are kept, and listed by name.
#[test]
fn exceptions_are_kept_and_listed() {
    everywhere(async |house| {
        let next = house.neighbour().await;
        let zoe = house.active("a@x.example", "Zoe Peeters").await;
        let ben = house.active("b@x.example", "Ben Maes").await;
        let nameless = house.pending("mia@x.example").await;
        house.active("c@x.example", "Kim Maes").await;
        for id in [zoe, nameless, ben] {
            house.exempt(id, true).await;
            assert!(house.get(id).await.exempt);
        }
        let listed = async |house: &House| house.read().await.exempt().await.expect("the list");
        let name = |id, name: &str| (id, name.to_owned());
        let all = [
            name(ben, "Ben Maes"),
            name(nameless, "mia@x.example"),
            name(zoe, "Zoe Peeters"),
        ];
        assert_eq!(listed(house).await, all);
        assert_eq!(listed(&next).await, []);
        house.exempt(ben, false).await;
        assert!(!house.get(ben).await.exempt);
        assert_eq!(listed(house).await, all[1..]);
    });
}

// what is asked for is kept as it was chosen, for each organisation; the second of two who
// change it is told.
#[test]
fn a_policy_is_kept() {
    everywhere(async |house| {
        let next = house.neighbour().await;
        let asked = async |house: &House| {
            let organisation = house.read().await.organisation().await;
            organisation.expect("read").policy
        };
        assert_eq!(asked(house).await, Policy::default());
        let policy = Policy {
            second_factor: roles(&[Role::Administrator, Role::Agent]),
            single_sign_on: Required::Domains,
            domains: vec!["x.example".into(), "y.example".into()],
        };
        let stale = house.read().await.organisation().await.expect("read");
        house.ask(policy.clone()).await;
        assert_eq!(asked(house).await, policy);
        assert_eq!(asked(&next).await, Policy::default());
        let late = stale.change_policy(&house.system(), policy, true, noon());
        let late = late.expect("allowed").expect("a change");
        assert_eq!(refusal(house.apply(Ok(late)).await), Refusal::Stale);
        let everybody = Policy {
            single_sign_on: Required::Everybody,
            ..Policy::default()
        };
        house.ask(everybody.clone()).await;
        assert_eq!(asked(house).await, everybody);
    });
}

// how each active Administrator gets in, and nobody else.
#[test]
fn the_ways_of_administrators_are_those_of_active_ones() {
    everywhere(async |house| {
        let system = house.system();
        let provider = house.provider("idp").await;
        let bob = house.administrator("bob@x.example", "Bob Maes").await;
        house.exempt(bob, true).await;
        let eva = house.administrator("eva@x.example", "Eva Maes").await;
        house.turn_over(eva, provider, "S-1").await;
        let gone = house.administrator("gone@x.example", "Gus Maes").await;
        house.suspend(&system, gone).await.expect("suspended");
        let back = house.administrator("back@x.example", "Bea Maes").await;
        house.turn_over(back, provider, "S-2").await;
        house.turn_back(back).await.expect("turned back");
        house.active("sam@x.example", "Sam Peeters").await;
        house.neighbour().await;
        let ways = house.read().await.administrators_ways().await;
        let ways: Vec<_> = ways
            .expect("read")
            .into_iter()
            .map(|way| (way.employee, way.sign_in, way.provider, way.exempt))
            .collect();
        let mut expected = [
            (house.owner, SignIn::Password, None, false),
            (bob, SignIn::Password, None, true),
            (eva, SignIn::SingleSignOn, Some(provider), false),
        ];
        expected.sort_by_key(|way| way.0);
        assert_eq!(ways, expected);
    });
}

// recovered on the server, an Administrator has nothing of their old ways in, and gets in by an
// invitation and a password, whatever is asked of others.
#[test]
fn a_recovered_administrator_gets_in_by_an_invitation() {
    everywhere(async |house| {
        let (system, provider) = (house.system(), house.provider("idp").await);
        let everybody = Policy {
            single_sign_on: Required::Everybody,
            ..Policy::default()
        };
        house.ask(everybody.clone()).await;
        let known = house.administrator("eva@x.example", "Eva Maes").await;
        house.turn_over(known, provider, "S-1").await;
        house.vouched_for(known).await.expect("signed in");
        let suspended = house.administrator("gus@x.example", "Gus Maes").await;
        house.suspend(&system, suspended).await.expect("suspended");
        let armed = house.administrator("ben@x.example", "Ben Maes").await;
        house.add_passkey(armed, "Phone").await;
        house.add_authenticator(armed, "secret", 0).await;
        house.make_codes(armed, &["one"]).await;
        house.sign_in(armed, noon()).await.expect("signed in");
        for id in [known, suspended, armed] {
            let reset = house.forgot(id, noon()).await;
            let recovered = house.get(id).await.recover(noon());
            house.apply(recovered).await.expect("recovered");
            let waits = house.get(id).await;
            assert_eq!(
                (waits.status, waits.sign_in, waits.provider),
                (Status::Pending, SignIn::Password, None)
            );
            assert!(waits.administrator && waits.exempt);
            assert_eq!(house.password_hash(id).await, None);
            assert_eq!(house.factors(id).await, Factors::default());
            assert_eq!(house.devices(id).await, 0);
            assert!(!house.opens(&reset, Purpose::ResetPassword).await);
            let token = house.invite(id).await;
            let activated = house.activate(&token, "Eva Again", after(1)).await;
            activated.expect("activated");
            let back = house.get(id).await;
            assert!(!back.must_use_provider(&everybody));
            house.sign_in(id, after(2)).await.expect("signed in");
        }
    });
}

// M-04, A-10: `check` finds an account of a provider that does not exist, one of single sign-on with a
// password or a second factor, and recovery codes that stand in for nothing.
#[test]
fn broken_accounts_are_found() {
    in_every_house(async |house| {
        let provider = house.provider("idp").await;
        house.known_to(Some(provider), "eva").await;
        let sam = house.active("sam@x.example", "Sam Peeters").await;
        house.add_passkey(sam, "Phone").await;
        let kim = house.active("kim@x.example", "Kim Maes").await;
        house.add_authenticator(kim, "secret", 0).await;
        let bea = house.active("bea@x.example", "Bea Maes").await;
        house.add_passkey(bea, "Laptop").await;
        house.make_codes(bea, &["one", "two"]).await;
        assert!(house.findings().await.is_empty());
        let who =
            |name: &str| format!("(SELECT id FROM employee WHERE email = '{name}@x.example')");
        let (sam, kim, bea, eva) = (who("sam"), who("kim"), who("bea"), who("eva"));
        let owner = "(SELECT id FROM employee WHERE email = 'owner@house.example'
            AND organisation = (SELECT id FROM organisation))";
        let both = "employees by single sign-on with a password or a second factor";
        let mut raw = house.raw().await;
        for (breaks, mends, finding) in [
            (
                format!("UPDATE employee SET provider = id WHERE id = {eva}"),
                format!(
                    "UPDATE employee SET provider = (SELECT id FROM provider) WHERE id = {eva}"
                ),
                "1 employees whose provider does not exist".to_owned(),
            ),
            (
                format!("UPDATE employee SET password = 'hash' WHERE id = {eva}"),
                format!("UPDATE employee SET password = NULL WHERE id = {eva}"),
                format!("1 {both}"),
            ),
            (
                format!("UPDATE passkey SET employee = {eva} WHERE employee = {sam}"),
                format!("UPDATE passkey SET employee = {sam} WHERE employee = {eva}"),
                format!("1 {both}"),
            ),
            (
                format!("UPDATE authenticator SET employee = {eva} WHERE employee = {kim}"),
                format!("UPDATE authenticator SET employee = {kim} WHERE employee = {eva}"),
                format!("1 {both}"),
            ),
            (
                format!("UPDATE recovery_code SET employee = {owner} WHERE employee = {bea}"),
                format!("UPDATE recovery_code SET employee = {bea} WHERE employee = {owner}"),
                "2 recovery codes of employees without a second factor".to_owned(),
            ),
            (
                format!("UPDATE recovery_code SET employee = {kim} WHERE employee = {bea}"),
                format!("UPDATE recovery_code SET employee = {bea} WHERE employee = {kim}"),
                String::new(),
            ),
        ] {
            assert!(raw.run(&breaks).await > 0, "{breaks}");
            let expected: Vec<_> = Some(finding)
                .filter(|one| !one.is_empty())
                .into_iter()
                .collect();
            assert_eq!(house.findings().await, expected, "{breaks}");
            assert!(raw.run(&mends).await > 0, "{mends}");
            assert!(house.findings().await.is_empty(), "mended");
        }
    });
}
