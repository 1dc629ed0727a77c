//! Links: invitations and confirmations of an address.

use crate::cast::*;
use crate::house::{House, everywhere};
use domain::{EmployeeId, Refusal, Status};
use store::link::Purpose;
use store::outbox::Message;
use store::secret::Token;

async fn opens(house: &House, token: &Token, purpose: Purpose, seconds: i64) -> bool {
    let holder = house
        .read()
        .await
        .link(token, purpose, after(seconds))
        .await;
    holder.expect("the look-up works").is_some()
}

async fn invites(house: &House, token: &Token) -> bool {
    opens(house, token, Purpose::Invitation, 1).await
}

async fn revoke(house: &House, id: EmployeeId) {
    let revoked = house
        .get(id)
        .await
        .revoke_invitation(&house.system(), noon());
    let mut write = house.write().await;
    write
        .apply(revoked.expect("allowed"))
        .await
        .expect("written");
    write.commit().await.expect("committed");
}

/// The links in the mails that are due, with the addresses they go to.
async fn mailed(house: &House) -> Vec<(String, Token)> {
    let claimed = house
        .store
        .claim(house.organisation, 100, after(1))
        .await
        .expect("claimed");
    let links = claimed
        .into_iter()
        .filter_map(|claimed| match claimed.message {
            Message::Invitation { to, token, .. } | Message::ConfirmAddress { to, token, .. } => {
                Some((to.to_string(), token.parse().expect("a token")))
            }
            _ => None,
        });
    links.collect()
}

// opening the page uses nothing up; the form's POST does, once.
#[test]
fn an_invitation_is_used_once() {
    everywhere(async |house| {
        let id = house.pending("new@x.example").await;
        let token = house.invite(id).await;
        for _ in 0..3 {
            assert!(
                invites(house, &token).await,
                "opening the page changes nothing"
            );
        }
        house
            .activate(&token, "New Person", after(1))
            .await
            .expect("activated");
        let active = house.get(id).await;
        assert_eq!(
            (active.status, active.activated_at),
            (Status::Active, Some(after(1)))
        );
        assert_eq!(active.profile.name(), "New Person");
        assert!(!invites(house, &token).await);
        let again = house.activate(&token, "Other Person", after(2)).await;
        assert_eq!(refusal(again), Refusal::DeadLink);
        assert_eq!(house.get(id).await.profile.name(), "New Person");
    });
}

// only the latest invitation is valid.
#[test]
fn only_the_latest_invitation_opens() {
    everywhere(async |house| {
        let id = house.pending("new@x.example").await;
        let first = house.invite(id).await;
        let second = house.invite_at(id, true, after(1)).await.expect("invited");
        assert!(!invites(house, &first).await);
        assert!(opens(house, &second, Purpose::Invitation, 2).await);
        let refused = house.activate(&first, "New Person", after(2)).await;
        assert_eq!(refusal(refused), Refusal::DeadLink);
        house
            .activate(&second, "New Person", after(2))
            .await
            .expect("activated");
    });
}

// an invitation expires to the second.
#[test]
fn an_invitation_expires() {
    everywhere(async |house| {
        let id = house.pending("new@x.example").await;
        let token = house.invite(id).await;
        let end = 72 * 3_600;
        assert!(opens(house, &token, Purpose::Invitation, end - 1).await);
        assert!(!opens(house, &token, Purpose::Invitation, end).await);
        let late = house.activate(&token, "New Person", after(end)).await;
        assert_eq!(refusal(late), Refusal::DeadLink);
        assert_eq!(house.get(id).await.status, Status::Pending);
    });
}

// a link opens what it is for, in its organisation, and an altered one nothing.
#[test]
fn a_link_opens_only_what_it_is_for() {
    everywhere(async |house| {
        let id = house.pending("new@x.example").await;
        let token = house.invite(id).await;
        assert!(!opens(house, &token, Purpose::ConfirmAddress, 1).await);
        let mut write = house.write().await;
        let used = write
            .use_link(&token, Purpose::ConfirmAddress, after(1))
            .await;
        assert_eq!(used.map(|_| ()).map_err(|_| ()), Err(()));
        drop(write);
        let next = house.neighbour().await;
        assert!(!invites(&next, &token).await, "nor in another organisation");
        let mut altered = token.reveal().to_owned().into_bytes();
        altered[0] = if altered[0] == b'A' { b'B' } else { b'A' };
        let altered: Token = String::from_utf8(altered)
            .expect("text")
            .parse()
            .expect("a token");
        assert!(!invites(house, &altered).await);
        assert!(invites(house, &token).await, "and it is still good");
        for text in [
            "",
            "short",
            &"x".repeat(44),
            &"ü".repeat(43),
            "../../../../etc/passwd",
        ] {
            assert!(text.parse::<Token>().is_err(), "{text}");
        }
    });
}

// a revoked invitation opens nothing, and the mail that would carry it does not go out.
#[test]
fn a_revoked_invitation_is_dead() {
    everywhere(async |house| {
        let id = house.pending("new@x.example").await;
        let token = house.invite_at(id, true, noon()).await.expect("invited");
        revoke(house, id).await;
        assert!(!invites(house, &token).await);
        assert!(mailed(house).await.is_empty());
        let latest = house
            .read()
            .await
            .latest_invitation(id)
            .await
            .expect("read")
            .expect("one");
        assert!(latest.revoked && !latest.used);
    });
}

// E-15, case 4: suspending kills the link; reactivated, they are Pending with a new one, and the
// old one stays dead.
#[test]
fn a_suspension_kills_the_link_for_good() {
    everywhere(async |house| {
        let system = house.system();
        let id = house.pending("new@x.example").await;
        let old = house.invite_at(id, true, noon()).await.expect("invited");
        house.suspend(&system, id).await.expect("suspended");
        assert!(!invites(house, &old).await);
        assert!(mailed(house).await.is_empty(), "its mail does not go out");
        let new = house
            .reactivate(&system, id)
            .await
            .expect("reactivated")
            .expect("a new link");
        assert_eq!(house.get(id).await.status, Status::Pending);
        assert!(!invites(house, &old).await);
        let mails = mailed(house).await;
        assert_eq!(mails, [("new@x.example".to_owned(), new.clone())]);
        house
            .activate(&new, "New Person", after(1))
            .await
            .expect("activated");
    });
}

// another email of a Pending employee kills the old link and sends a new one.
#[test]
fn another_email_of_a_pending_employee_kills_the_old_link() {
    everywhere(async |house| {
        let id = house.pending("old@x.example").await;
        let old = house.invite_at(id, true, noon()).await.expect("invited");
        house
            .change_email(&house.system(), id, "new@x.example")
            .await
            .expect("changed");
        assert_eq!(house.get(id).await.email.as_str(), "new@x.example");
        assert!(!invites(house, &old).await);
        let mails = mailed(house).await;
        assert_eq!(mails.len(), 1, "the old invitation does not go out");
        assert_eq!(mails[0].0, "new@x.example");
        assert!(invites(house, &mails[0].1).await);
    });
}

async fn confirm(house: &House, token: &Token) -> store::Result<()> {
    let mut write = house.write().await;
    let holder = write
        .use_link(token, Purpose::ConfirmAddress, after(1))
        .await?;
    let employee = write
        .employee(holder.employee)
        .await?
        .ok_or(Refusal::DeadLink)?;
    write
        .apply(employee.confirm_email(&holder.address, after(1))?)
        .await?;
    write.commit().await
}

// the address of an active employee changes once the new one has confirmed it.
#[test]
fn an_active_employees_address_changes_after_confirmation() {
    everywhere(async |house| {
        let id = house.active("old@x.example", "Sam Peeters").await;
        let own = house.actor(id).await;
        house
            .change_email(&own, id, "new@x.example")
            .await
            .expect("asked");
        let waiting = house.get(id).await;
        assert_eq!(waiting.email.as_str(), "old@x.example");
        assert_eq!(
            waiting.email_wanted.as_ref().map(|e| e.as_str()),
            Some("new@x.example")
        );
        let (to, token) = mailed(house).await.pop().expect("a link");
        assert_eq!(to, "new@x.example");
        confirm(house, &token).await.expect("confirmed");
        let changed = house.get(id).await;
        assert_eq!(
            (changed.email.as_str(), &changed.email_wanted),
            ("new@x.example", &None)
        );
        assert_eq!(refusal(confirm(house, &token).await), Refusal::DeadLink);
        let found = async |email| {
            house
                .read()
                .await
                .employee_by_email(email)
                .await
                .expect("read")
        };
        assert!(found("old@x.example").await.is_none());
        assert_eq!(
            found("NEW@x.example").await.map(|employee| employee.id),
            Some(id)
        );
    });
}

// only the latest wish counts, and an invitation is no confirmation.
#[test]
fn only_the_latest_wanted_address_confirms() {
    everywhere(async |house| {
        let id = house.active("old@x.example", "Sam Peeters").await;
        let own = house.actor(id).await;
        house
            .change_email(&own, id, "first@x.example")
            .await
            .expect("asked");
        let (_, first) = mailed(house).await.pop().expect("a link");
        house
            .change_email(&own, id, "second@x.example")
            .await
            .expect("asked");
        assert_eq!(refusal(confirm(house, &first).await), Refusal::DeadLink);
        let (to, second) = mailed(house).await.pop().expect("a link");
        assert_eq!(to, "second@x.example");
        house.suspend(&house.system(), id).await.expect("suspended");
        assert_eq!(refusal(confirm(house, &second).await), Refusal::DeadLink);
        assert_eq!(house.get(id).await.email.as_str(), "old@x.example");
    });
}

// A-02, case 3: an address that somebody else took in the meantime is refused at the confirmation.
#[test]
fn an_address_taken_in_the_meantime_is_refused() {
    everywhere(async |house| {
        let id = house.active("old@x.example", "Sam Peeters").await;
        let own = house.actor(id).await;
        house
            .change_email(&own, id, "new@x.example")
            .await
            .expect("asked");
        let (_, token) = mailed(house).await.pop().expect("a link");
        house.pending("New@x.example").await;
        let taken = Refusal::field(domain::Field::Email, domain::Why::Taken);
        assert_eq!(refusal(confirm(house, &token).await), taken);
        assert!(
            opens(house, &token, Purpose::ConfirmAddress, 1).await,
            "nothing was used up"
        );
    });
}

// the page shows when it was sent, when it expires, and how the mail fares.
#[test]
fn the_latest_invitation_says_where_it_stands() {
    everywhere(async |house| {
        let id = house.pending("new@x.example").await;
        let latest = async || {
            house
                .read()
                .await
                .latest_invitation(id)
                .await
                .expect("read")
        };
        assert_eq!(latest().await, None);
        house.invite_at(id, true, noon()).await.expect("invited");
        let sent = latest().await.expect("one");
        assert_eq!(
            (sent.created_at, sent.expires_at),
            (noon(), after(72 * 3_600))
        );
        assert!(!sent.used && !sent.revoked);
        assert_eq!(sent.delivery.expect("queued").delivered_at, None);
        let claimed = house
            .store
            .claim(house.organisation, 1, after(1))
            .await
            .expect("claimed");
        house
            .store
            .failed(&claimed[0], "451 try later", after(2))
            .await
            .expect("noted");
        let failed = latest().await.expect("one").delivery.expect("queued");
        assert_eq!(
            (failed.attempts, failed.failure.as_deref()),
            (1, Some("451 try later"))
        );
        // The same moment: a clock may not move between two clicks.
        let token = house.invite_at(id, false, noon()).await.expect("invited");
        let copied = latest().await.expect("one");
        assert!(
            !copied.revoked,
            "of two at the same moment the living one is the latest"
        );
        assert_eq!(copied.delivery, None, "a link to copy has no mail");
        house
            .activate(&token, "New Person", after(3))
            .await
            .expect("activated");
        assert!(latest().await.expect("one").used);
    });
}
