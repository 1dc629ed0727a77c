//! Recovery codes: each used once, and gone with the last factor.

use super::*;

// a recovery code is used once, by its owner alone; new ones take the place of all before.
#[test]
fn a_recovery_code_is_used_once() {
    everywhere(async |house| {
        let id = house.active("sam@x.example", "Sam Peeters").await;
        let other = house.active("kim@x.example", "Kim Maes").await;
        for whom in [id, other] {
            house.add_authenticator(whom, "secret", 0).await;
        }
        house.make_codes(id, &["one", "two", "three"]).await;
        house.make_codes(other, &["four"]).await;
        let left = async || house.factors(id).await.recovery_codes;
        assert_eq!(left().await, 3);
        house.use_code(id, "two").await.expect("used");
        assert_eq!(left().await, 2);
        for wrong in ["two", "four", "", "ONE"] {
            let refused = house.use_code(id, wrong).await;
            assert_eq!(refusal(refused), Refusal::WrongCredentials, "{wrong}");
        }
        house.make_codes(id, &["five", "two"]).await;
        assert_eq!(left().await, 2);
        let refused = house.use_code(id, "one").await;
        assert_eq!(refusal(refused), Refusal::WrongCredentials, "an old one");
        house.use_code(id, "five").await.expect("used");
        assert_eq!(left().await, 1);
        assert_eq!(house.factors(other).await.recovery_codes, 1);
    });
}

// of two at the same moment with the same recovery code, one is let in.
#[test]
fn a_recovery_code_is_used_by_one_of_two() {
    everywhere(async |house| {
        let id = house.active("sam@x.example", "Sam Peeters").await;
        house.add_authenticator(id, "secret", 0).await;
        for round in 0..ROUNDS {
            let code = format!("code {round}");
            house.make_codes(id, &[&code]).await;
            let won = winners(house, |house, _| {
                let code = code.clone();
                async move { house.use_code(id, &code).await.map(|()| true) }
            });
            assert_eq!(won.await, 1);
            assert_eq!(house.factors(id).await.recovery_codes, 0);
        }
    });
}

// with the last factor the codes go that stand in for one; with another they stay.
#[test]
fn the_last_factor_takes_the_recovery_codes_along() {
    everywhere(async |house| {
        let id = house.active("sam@x.example", "Sam Peeters").await;
        let other = house.active("kim@x.example", "Kim Maes").await;
        house.add_authenticator(other, "secret", 0).await;
        house.make_codes(other, &["other"]).await;
        let phone = house.add_passkey(id, "Phone").await;
        let laptop = house.add_passkey(id, "Laptop").await;
        house.add_authenticator(id, "secret", 0).await;
        house.make_codes(id, &["one", "two"]).await;
        house.remove_factor(id, Removal::Passkey(phone)).await;
        let left: Vec<_> = house.factors(id).await.passkeys;
        assert_eq!(left.iter().map(|one| one.id).collect::<Vec<_>>(), [laptop]);
        house.remove_factor(id, Removal::Authenticator).await;
        assert_eq!(house.authenticator(id).await, None);
        assert_eq!(house.factors(id).await.recovery_codes, 2);
        house.remove_factor(id, Removal::Passkey(laptop)).await;
        assert_eq!(house.factors(id).await, Factors::default());
        house.add_authenticator(id, "secret", 0).await;
        house.make_codes(id, &["three"]).await;
        house.remove_factor(id, Removal::Authenticator).await;
        assert_eq!(house.factors(id).await, Factors::default());
        let untouched = house.factors(other).await;
        assert_eq!((untouched.any(), untouched.recovery_codes), (true, 1));
    });
}
