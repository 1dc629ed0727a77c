//! Categories, subjects, and how offices narrow them.

use crate::cast::*;
use crate::office::ghent;
use domain::booking::{Meeting, Meetings};
use domain::subject::{
    CategoryCreated, Draft, Narrowed, NarrowedDraft, Profile, Question, SubjectCreated,
};
use domain::{Category, CategoryId, Field, Problem, Refusal, Subject, SubjectId, Version, Why};
use proptest::prelude::*;
use uuid::Uuid;

pub const LOANS: CategoryId = CategoryId(Uuid::from_u128(20));

fn loans() -> Category {
    Category {
        organisation: OURS,
        id: LOANS,
        version: Version(2),
        title: "Loans".into(),
    }
}

/// A subject of an hour, in person or by video, between a day and 60 days ahead.
pub fn mortgage() -> Subject {
    Subject {
        organisation: OURS,
        id: SubjectId(Uuid::from_u128(30)),
        version: Version(4),
        profile: Profile {
            category: LOANS,
            title: "Mortgage".into(),
            active: true,
            external_id: None,
            meetings: [Meeting::InPerson, Meeting::Video].into_iter().collect(),
            duration: 60,
            before: 0,
            after: 15,
            notice_least: 1_440,
            notice_most: 60,
            questions: vec![],
        },
    }
}

fn draft() -> Draft {
    Draft {
        category: Some(LOANS),
        title: " Mortgage ".into(),
        active: true,
        external_id: String::new(),
        meetings: vec!["in_person".into(), "video".into()],
        duration: "60".into(),
        before: "0".into(),
        after: " 15 ".into(),
        notice_least: "1440".into(),
        notice_most: "60".into(),
        questions: vec![(" ".into(), true)],
    }
}

fn create(by: &Somebody, draft: &Draft) -> Result<Profile, Refusal> {
    let id = SubjectId(Uuid::from_u128(31));
    let created = SubjectCreated::allow(&by.asks(), id, draft, &[loans()], AT);
    created.map(|created| created.profile.clone())
}

// O-02: Administrators add categories and subjects, and nobody else does.
#[test]
fn only_administrators_edit_categories_and_subjects() {
    assert_eq!(create(&ada(), &draft()), Ok(mortgage().profile));
    for by in [max(), kim(), somebody(9)] {
        assert_eq!(create(&by, &draft()), Err(Refusal::Forbidden));
        let category = CategoryCreated::allow(&by.asks(), LOANS, "Loans", AT);
        assert_eq!(category.map(|_| ()), Err(Refusal::Forbidden));
        let revised = mortgage().revise(&by.asks(), &draft(), &[loans()], AT);
        assert_eq!(revised.map(|_| ()), Err(Refusal::Forbidden));
        let deleted = mortgage().delete(&by.asks(), "Mortgage", 0, AT);
        assert_eq!(deleted.map(|_| ()), Err(Refusal::Forbidden));
        let revised = loans().revise(&by.asks(), "Credit", AT);
        assert_eq!(revised.map(|_| ()), Err(Refusal::Forbidden));
        let deleted = loans().delete(&by.asks(), 0, AT);
        assert_eq!(deleted.map(|_| ()), Err(Refusal::Forbidden));
    }
    let stranger = ada().with(|record| record.organisation = THEIRS).asks();
    let revised = mortgage().revise(&stranger, &draft(), &[loans()], AT);
    assert_eq!(revised.map(|_| ()), Err(Refusal::NotFound));
    let deleted = loans().delete(&stranger, 0, AT);
    assert_eq!(deleted.map(|_| ()), Err(Refusal::NotFound));
}

// O-02: what is wrong with a subject is told on each field, all at once.
#[test]
fn a_subject_is_read_field_by_field() {
    let wrong = Draft {
        category: None,
        title: " ".into(),
        meetings: vec![],
        duration: "4".into(),
        before: "-1".into(),
        after: "quarter".into(),
        notice_least: "43201".into(),
        notice_most: "0".into(),
        ..draft()
    };
    let Err(Refusal::Invalid(problems)) = create(&ada(), &wrong) else {
        panic!("it is not refused");
    };
    let mut fields: Vec<&str> = problems
        .iter()
        .map(|problem| problem.field.name())
        .collect();
    fields.sort_unstable();
    let all = [
        "after",
        "before",
        "category",
        "duration",
        "meetings",
        "notice_least",
        "notice_most",
        "title",
    ];
    assert_eq!(fields, all);
    let refused = |draft: Draft| create(&ada(), &draft).expect_err("refused");
    let unknown = CategoryId(Uuid::from_u128(99));
    let other = Draft {
        category: Some(unknown),
        ..draft()
    };
    assert_eq!(
        refused(other),
        Refusal::field(Field::Category, Why::UnknownChoice)
    );
    let kind = Draft {
        meetings: vec!["letter".into()],
        ..draft()
    };
    assert_eq!(
        refused(kind),
        Refusal::field(Field::Meetings, Why::UnknownChoice)
    );
    let never = Draft {
        notice_least: "2880".into(),
        notice_most: "2".into(),
        ..draft()
    };
    assert_eq!(
        refused(never),
        Refusal::field(Field::NoticeMost, Why::OutOfRange(3, 730))
    );
    let many = Draft {
        questions: vec![("Why?".into(), false); 11],
        ..draft()
    };
    assert_eq!(
        refused(many),
        Refusal::field(Field::Questions, Why::OutOfRange(0, 10))
    );
    let asked = Draft {
        questions: vec![("Why?".into(), true)],
        ..draft()
    };
    let question = Question {
        text: "Why?".into(),
        required: true,
    };
    assert_eq!(
        create(&ada(), &asked).expect("allowed").questions,
        [question]
    );
}

// O-02: nothing changed is nothing written.
#[test]
fn a_subject_that_stays_the_same_is_not_written() {
    let same = mortgage().revise(&ada().asks(), &draft(), &[loans()], AT);
    assert!(same.expect("allowed").is_none());
    assert!(
        loans()
            .revise(&ada().asks(), " Loans", AT)
            .expect("allowed")
            .is_none()
    );
}

// O-02, case 20: what is still to come or still inside stands in the way.
#[test]
fn what_is_still_needed_is_not_deleted() {
    let ada = ada().asks();
    let delete = |typed, count| mortgage().delete(&ada, typed, count, AT).map(|_| ());
    assert_eq!(delete(" mortgage", 0), Ok(()));
    assert_eq!(delete("mortgage", 2), Err(Refusal::Awaited(2)));
    let differs = Refusal::field(Field::Confirmation, Why::DoesNotMatch);
    assert_eq!(delete("mort", 0), Err(differs));
    assert_eq!(loans().delete(&ada, 0, AT).map(|_| ()), Ok(()));
    assert_eq!(
        loans().delete(&ada, 1, AT).map(|_| ()),
        Err(Refusal::HasSubjects(1))
    );
}

fn narrow(by: &Somebody, draft: &NarrowedDraft) -> Result<Narrowed, Refusal> {
    let narrowed = ghent().narrow(&by.asks(), &mortgage(), Narrowed::default(), draft, AT);
    narrowed.map(|change| change.map(|change| change.narrowed).unwrap_or_default())
}

// O-02: managers narrow a subject in their office: off, duration, notice, how bookings are confirmed.
#[test]
fn managers_narrow_subjects() {
    let draft = NarrowedDraft {
        offered: true,
        duration: "45".into(),
        notice_least: "2880".into(),
        notice_most: "30".into(),
        confirmed_by: "hand".into(),
    };
    let narrowed = Narrowed {
        offered: true,
        duration: Some(45),
        notice_least: Some(2_880),
        notice_most: Some(30),
        by_hand: Some(true),
    };
    assert_eq!(narrow(&ada(), &draft), Ok(narrowed));
    assert_eq!(narrow(&max(), &draft), Ok(narrowed));
    assert_eq!(narrow(&kim(), &draft), Err(Refusal::Forbidden));
    assert_eq!(narrow(&somebody(9), &draft), Err(Refusal::NotFound));
    let offer = narrowed.offer(GHENT, &mortgage());
    assert_eq!(
        (
            offer.offered,
            offer.duration,
            offer.notice_least,
            offer.notice_most,
            offer.after
        ),
        (true, 45, 2_880, 30, 15)
    );
    let off = narrow(&max(), &NarrowedDraft::default()).expect("allowed");
    assert!(!off.offer(GHENT, &mortgage()).offered);
    let mut inactive = mortgage();
    inactive.profile.active = false;
    assert!(
        !narrowed.offer(GHENT, &inactive).offered,
        "an office can't offer what nobody does"
    );
}

// O-02: narrower, never wider.
#[test]
fn an_office_does_not_widen_a_subject() {
    let draft = |least: &str, most: &str| NarrowedDraft {
        offered: true,
        notice_least: least.into(),
        notice_most: most.into(),
        ..NarrowedDraft::default()
    };
    let refused = |field, why| Err(Refusal::Invalid(vec![Problem { field, why }]));
    let sooner = narrow(&max(), &draft("60", ""));
    assert_eq!(
        sooner,
        refused(Field::NoticeLeast, Why::OutOfRange(1_440, 43_200))
    );
    let later = narrow(&max(), &draft("", "61"));
    assert_eq!(later, refused(Field::NoticeMost, Why::OutOfRange(1, 60)));
    let never = narrow(&max(), &draft("2880", "2"));
    assert_eq!(never, refused(Field::NoticeMost, Why::OutOfRange(3, 60)));
    let same = narrow(&max(), &draft("1440", "60")).expect("allowed");
    assert_eq!(
        same,
        Narrowed::default(),
        "as the subject says is not narrowed"
    );
}

proptest! {
    // O-02: whatever an office says and however the subject changes, the offer is inside the subject.
    #[test]
    fn an_offer_is_never_wider_than_the_subject(least in 0i32..=43_200, most in 1i32..=730, by_least in proptest::option::of(0i32..=43_200), by_most in proptest::option::of(1i32..=730), meetings in 1i32..8) {
        let mut subject = mortgage();
        (subject.profile.notice_least, subject.profile.notice_most) = (least, most);
        subject.profile.meetings = Meetings(meetings);
        let narrowed = Narrowed { notice_least: by_least, notice_most: by_most, ..Narrowed::default() };
        let offer = narrowed.offer(GHENT, &subject);
        prop_assert!(offer.notice_least >= least && offer.notice_most <= most);
        prop_assert_eq!(offer.meetings, Meetings(meetings));
    }
}
