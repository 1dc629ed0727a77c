//! Categories, subjects, and how offices narrow them.

use crate::cast::*;
use crate::house::{House, everywhere};
use domain::booking::Meeting;
use domain::subject::{CategoryCreated, Draft, Narrowed, NarrowedDraft, Question, SubjectCreated};
use domain::{CategoryId, Field, Refusal, Subject, SubjectId, Why};

/// A subject of an hour, in person or by phone.
pub fn draft(category: CategoryId, title: &str) -> Draft {
    Draft {
        category: Some(category),
        title: title.into(),
        active: true,
        external_id: String::new(),
        meetings: vec!["in_person".into(), "phone".into()],
        duration: "60".into(),
        before: "5".into(),
        after: "10".into(),
        notice_least: "120".into(),
        notice_most: "60".into(),
        questions: vec![("What is it about?".into(), true)],
    }
}

impl House {
    pub async fn category(&self, title: &str) -> CategoryId {
        let id = CategoryId(store::new_id());
        let created = CategoryCreated::allow(&self.system(), id, title, noon());
        self.apply(created).await.expect("created");
        id
    }

    pub async fn add_subject(&self, draft: &Draft) -> store::Result<SubjectId> {
        let id = SubjectId(store::new_id());
        let categories = self.read().await.categories().await?;
        let created = SubjectCreated::allow(&self.system(), id, draft, &categories, noon());
        self.apply(created).await?;
        Ok(id)
    }

    pub async fn subject(&self, category: CategoryId, title: &str) -> SubjectId {
        self.add_subject(&draft(category, title))
            .await
            .expect("created")
    }

    pub async fn read_subject(&self, id: SubjectId) -> Subject {
        let subject = self.read().await.subject(id).await;
        subject.expect("read").expect("there")
    }
}

// O-02: created, read back in the order of their titles, edited, and stale when somebody was first.
#[test]
fn subjects_are_created_and_revised() {
    everywhere(async |house| {
        let (loans, accounts) = (
            house.category("Loans").await,
            house.category("Accounts").await,
        );
        let mortgage = house.subject(loans, "Mortgage").await;
        let card = house.subject(accounts, "Élan card").await;
        let account = house.subject(accounts, "Current account").await;
        let neighbour = house.neighbour().await;
        let theirs = neighbour.category("Loans").await;
        neighbour.subject(theirs, "Mortgage").await;
        let mut reading = house.read().await;
        let titles: Vec<String> = reading
            .categories()
            .await
            .expect("read")
            .into_iter()
            .map(|one| one.title)
            .collect();
        assert_eq!(titles, ["Accounts", "Loans"]);
        let subjects = reading.subjects().await.expect("read");
        let ids: Vec<SubjectId> = subjects.iter().map(|subject| subject.id).collect();
        assert_eq!(ids, [account, card, mortgage]);
        assert_eq!(reading.subjects_in(accounts).await.expect("counted"), 2);
        assert_eq!(
            reading.subjects_in(theirs).await.expect("counted"),
            0,
            "of another house"
        );
        let before = house.read_subject(mortgage).await;
        assert!(before.meetings.has(Meeting::Phone) && !before.meetings.has(Meeting::Video));
        assert_eq!((before.duration, before.before, before.after), (60, 5, 10));
        assert_eq!((before.notice_least, before.notice_most), (120, 60));
        let question = Question {
            text: "What is it about?".into(),
            required: true,
        };
        assert_eq!(before.questions, [question]);
        let changed = Draft {
            external_id: "LOAN-1".into(),
            active: false,
            questions: vec![],
            ..draft(accounts, "Home loan")
        };
        let categories = reading.categories().await.expect("read");
        drop(reading);
        let revised = before.revise(&house.system(), &changed, &categories, noon());
        house
            .apply(revised.map(|change| change.expect("a change")))
            .await
            .expect("written");
        let now = house.read_subject(mortgage).await;
        assert_eq!(
            (now.title.as_str(), now.active, now.category),
            ("Home loan", false, accounts)
        );
        assert_eq!(
            (now.external_id.as_deref(), now.version),
            (Some("LOAN-1"), before.version.next())
        );
        assert_eq!(now.questions, []);
        let stale = before.revise(&house.system(), &draft(loans, "Other"), &categories, noon());
        let stale = stale.map(|change| change.expect("a change"));
        assert_eq!(refusal(house.apply(stale).await), Refusal::Stale);
    });
}

// O-02: titles and External IDs are given once, whatever the case; the field is named.
#[test]
fn a_title_is_given_to_one_subject() {
    everywhere(async |house| {
        let loans = house.category("Loans").await;
        let first = Draft {
            external_id: "L1".into(),
            ..draft(loans, "Mortgage")
        };
        house.add_subject(&first).await.expect("created");
        let taken = |field| Refusal::field(field, Why::Taken);
        let same = house.add_subject(&draft(loans, "MORTGAGE")).await;
        assert_eq!(refusal(same), taken(Field::Title));
        let other = Draft {
            external_id: "L1".into(),
            ..draft(loans, "Other")
        };
        assert_eq!(
            refusal(house.add_subject(&other).await),
            taken(Field::ExternalId)
        );
        let lower = Draft {
            external_id: "l1".into(),
            ..draft(loans, "Other")
        };
        house
            .add_subject(&lower)
            .await
            .expect("another case is another External ID");
        let id = CategoryId(store::new_id());
        let again = CategoryCreated::allow(&house.system(), id, "loans", noon());
        assert_eq!(refusal(house.apply(again).await), taken(Field::Title));
    });
}

// O-02: a category is renamed, and deleted when it is empty; a subject goes with its rules.
#[test]
fn categories_and_subjects_are_deleted() {
    everywhere(async |house| {
        let loans = house.category("Loans").await;
        let mortgage = house.subject(loans, "Mortgage").await;
        let office = house.office("Ghent").await;
        narrow(house, office, mortgage, &NarrowedDraft::default()).await;
        let category = house
            .read()
            .await
            .category(loans)
            .await
            .expect("read")
            .expect("there");
        let renamed = category.revise(&house.system(), "Credit", noon());
        house
            .apply(renamed.map(|change| change.expect("a change")))
            .await
            .expect("written");
        let category = house
            .read()
            .await
            .category(loans)
            .await
            .expect("read")
            .expect("there");
        assert_eq!(category.title, "Credit");
        let subject = house.read_subject(mortgage).await;
        let mut reading = house.read().await;
        assert_eq!(
            reading
                .awaited_about(mortgage, noon())
                .await
                .expect("counted"),
            0
        );
        drop(reading);
        house
            .apply(subject.delete(&house.system(), "Mortgage", 0, noon()))
            .await
            .expect("deleted");
        assert!(
            house
                .read()
                .await
                .subject(mortgage)
                .await
                .expect("read")
                .is_none()
        );
        assert!(
            house
                .read()
                .await
                .narrowed(office)
                .await
                .expect("read")
                .is_empty()
        );
        let again = subject.delete(&house.system(), "Mortgage", 0, noon());
        assert_eq!(refusal(house.apply(again).await), Refusal::Stale);
        house
            .apply(category.delete(&house.system(), 0, noon()))
            .await
            .expect("deleted");
        assert_eq!(house.read().await.categories().await.expect("read"), []);
    });
}

async fn narrow(
    house: &House,
    office: domain::OfficeId,
    subject: SubjectId,
    draft: &NarrowedDraft,
) {
    let mut write = house.write().await;
    let before = write.narrowed(office).await.expect("read").remove(&subject);
    let office = write.office(office).await.expect("read").expect("there");
    let subject = write.subject(subject).await.expect("read").expect("there");
    let change = office.narrow(
        &house.system(),
        &subject,
        before.unwrap_or_default(),
        draft,
        noon(),
    );
    write
        .apply(change.expect("allowed").expect("a change"))
        .await
        .expect("written");
    write.commit().await.expect("committed");
}

// O-02: an office narrows a subject for itself alone, and takes it back.
#[test]
fn an_office_narrows_a_subject_for_itself() {
    everywhere(async |house| {
        let loans = house.category("Loans").await;
        let mortgage = house.subject(loans, "Mortgage").await;
        let (ghent, antwerp) = (house.office("Ghent").await, house.office("Antwerp").await);
        let draft = NarrowedDraft {
            offered: true,
            duration: "90".into(),
            notice_least: "1440".into(),
            notice_most: "30".into(),
            confirmed_by: "automatic".into(),
        };
        narrow(house, ghent, mortgage, &draft).await;
        let mut reading = house.read().await;
        let offer = reading
            .offer(ghent, mortgage)
            .await
            .expect("read")
            .expect("there");
        assert_eq!(
            (
                offer.offered,
                offer.duration,
                offer.notice_least,
                offer.notice_most,
                offer.by_hand
            ),
            (true, 90, 1_440, 30, Some(false))
        );
        assert_eq!(reading.offers(ghent).await.expect("read"), [offer]);
        let other = reading.offers(antwerp).await.expect("read").remove(0);
        assert_eq!(
            (other.duration, other.by_hand, other.office),
            (60, None, antwerp)
        );
        drop(reading);
        let back = NarrowedDraft {
            offered: true,
            ..NarrowedDraft::default()
        };
        narrow(house, ghent, mortgage, &back).await;
        let narrowed = house.read().await.narrowed(ghent).await.expect("read");
        assert_eq!(narrowed.get(&mortgage), Some(&Narrowed::default()));
    });
}
