//! The sentences for what a server function refuses, and for what stands against a booking.

use super::{AppError, Missed, field_word};
use crate::contact_centre::words as centre;
use crate::messages::t;
use crate::ui::FieldProblem;
use domain::booking::Obstacle;
use domain::contact_centre::offer::{ENGAGE_SECONDS_MAX, TimeoutProblem};
use domain::{Problem, Refusal, Why};

impl AppError {
    /// What the form says about it: a sentence for each field, or one for the whole.
    pub fn problems(&self) -> Vec<FieldProblem> {
        let whole = |sentence: String| {
            vec![FieldProblem {
                name: String::new(),
                sentence,
            }]
        };
        match self {
            Self::NotSignedIn => whole(t::error_not_signed_in().into()),
            Self::Malformed(_) => whole(t::error_malformed().into()),
            Self::Unavailable => whole(t::error_unavailable().into()),
            Self::Missed(missed) => missed.iter().map(sentence_missed).collect(),
            Self::Partly(changed, refused) => {
                let mut problems = whole(t::leaving_report(*changed, refused.len()));
                problems.extend(refused.iter().cloned());
                problems
            }
            Self::Refused(Refusal::Invalid(problems)) => problems.iter().map(sentence).collect(),
            Self::Refused(refusal) => whole(refused(refusal)),
        }
    }
}

/// What is said when a rule said no.
fn refused(refusal: &Refusal) -> String {
    let sentence = match refusal {
        Refusal::TooOften(minutes) => return t::error_too_often(*minutes),
        Refusal::InUse(users) => return t::error_in_use(*users),
        Refusal::Awaited(appointments) => return t::office_awaited(*appointments),
        Refusal::HasSubjects(subjects) => return t::subject_category_full(*subjects),
        Refusal::TooManyEmployees(employees) => return t::office_too_many(*employees),
        Refusal::ScriptUsed(channels) => return t::scripts_used(channels.join(", ")),
        Refusal::LedTo(scripts) => return t::queues_led_to(scripts.join(", ")),
        Refusal::DefaultGroup => t::agent_groups_refused(),
        Refusal::EngageElsewhere(elsewhere) => return centre::elsewhere(elsewhere),
        Refusal::PbxInUse(standing) => return centre::in_the_way(*standing),
        Refusal::TenantInUse(users) => return t::setup_tenant_in_use(*users),
        Refusal::PlanInUse(users) => return t::setup_plan_in_use(*users),
        Refusal::NumbersInUse(numbers) => return t::setup_numbers_in_use(*numbers),
        Refusal::DefaultTenant => t::setup_default_stays(),
        Refusal::LastWayIn => t::error_last_way_in(),
        Refusal::SecondFactorRequired => t::error_second_factor_required(),
        Refusal::SignInAgain => t::error_sign_in_again(),
        Refusal::NotVouchedFor => t::error_not_vouched_for(),
        Refusal::ProviderFails => t::error_provider_fails(),
        Refusal::NotFound => t::error_not_found(),
        Refusal::Forbidden => t::error_forbidden(),
        Refusal::NotYourOffices(_) => t::error_not_your_offices(),
        Refusal::LastAdministrator => t::error_last_administrator(),
        Refusal::Stale => t::error_stale(),
        Refusal::WrongState => t::error_wrong_state(),
        Refusal::DeadLink => t::error_dead_link(),
        Refusal::WrongCredentials => t::error_wrong_credentials(),
        Refusal::SignsInElsewhere => t::error_signs_in_elsewhere(),
        Refusal::Invalid(_) => t::error_malformed(),
    };
    sentence.to_owned()
}

/// What somebody else changed, at its field (E-20).
fn sentence_missed(missed: &Missed) -> FieldProblem {
    let Missed {
        field,
        before,
        after,
        by,
    } = missed;
    let none = |text: &String| {
        if text.is_empty() {
            t::audit_nothing().to_owned()
        } else {
            text.clone()
        }
    };
    let sentence = t::error_missed(none(after), none(before), by, field_word(field));
    FieldProblem {
        name: field.clone(),
        sentence,
    }
}

/// What is wrong, at its field.
fn sentence(problem: &Problem) -> FieldProblem {
    FieldProblem {
        name: problem.field.name().to_owned(),
        sentence: why_sentence(field_word(problem.field.name()), &problem.why),
    }
}

/// What is wrong with a field that is called `label`.
pub fn why_sentence(label: &str, why: &Why) -> String {
    match why {
        Why::Required => t::why_required(label),
        Why::TooLong(most) => t::why_too_long(label, most),
        Why::TooShort(least) => t::why_too_short(label, least),
        Why::NotAnEmail => t::why_not_an_email().into(),
        Why::NotAPhoneNumber => t::why_not_a_phone_number().into(),
        Why::NotAColour => t::why_not_a_colour().into(),
        Why::NotAnHttpsAddress => t::why_not_an_https_address().into(),
        Why::NotPlainText => t::why_not_plain_text(label),
        Why::Taken => t::why_taken(label),
        Why::UnknownChoice => t::why_unknown_choice(label),
        Why::NobodyKept => t::why_nobody_kept().into(),
        Why::OutOfRange(least, most) => t::why_out_of_range(label, least, most),
        Why::EasyToGuess => t::why_easy_to_guess().into(),
        Why::WrongPassword => t::why_wrong_password().into(),
        Why::DoesNotMatch => t::why_does_not_match().into(),
        Why::NotAPicture => t::why_not_a_picture().into(),
        Why::Breached => t::why_breached().into(),
        Why::WrongCode => t::why_wrong_code().into(),
        Why::NotADomain => t::why_not_a_domain().into(),
        Why::NotACertificate => t::why_not_a_certificate().into(),
        Why::NotMetadata => t::why_not_metadata().into(),
        Why::NotADate => t::why_not_a_date().into(),
        Why::NoAnswer => t::why_no_answer().into(),
        Why::NotATime => t::why_not_a_time(label),
        Why::Backward => t::why_backward(label),
        Why::EndsFirst => t::why_ends_first(label),
        Why::Overlapping => t::why_overlapping(label),
        Why::NotInOffice => t::why_not_in_office().into(),
        Why::Past => t::why_past().into(),
        Why::NotFree => t::why_not_free().into(),
        Why::InwardAddress => t::why_inward_address().into(),
        Why::CalendarRefused => t::calendars_why_refused().into(),
        Why::NoCalendar => t::calendars_why_none().into(),
        Why::CalendarTooLarge => t::calendars_why_too_large().into(),
        Why::Timeout(problem) => timeout_words(*problem),
        Why::QueueUnsuited { user, queue } => t::queues_why_unsuited(queue, user),
        Why::OtherPbx { user, queue } => t::queues_why_other_pbx(queue, user),
        Why::Step(number, problem) => {
            crate::contact_centre::scripts::words::problem(*number, *problem)
        }
        Why::TooManySteps(most) => t::scripts_why_too_many(most),
        Why::NotAssigned => t::queues_why_not_assigned().into(),
        Why::NotAHost => t::setup_why_host().into(),
        Why::NotE164 => t::setup_why_e164().into(),
        Why::LengthsDiffer => t::setup_why_lengths().into(),
        Why::TooManyNumbers(most) => t::setup_why_many(most),
        Why::MembersStay(users) => t::setup_why_members(*users),
        Why::ExtensionsClash(extensions) => t::setup_why_extensions(*extensions),
        Why::NoSeatLeft(license, seats) => centre::no_seat_left(license, *seats),
        Why::SeatsUsed(seats) => t::setup_why_used(*seats),
        Why::AgainstRule(obstacles) => t::why_against_rule(obstacle_words(obstacles)),
        Why::NotAnExtension => t::contact_users_why_not_an_extension().into(),
        Why::LooksLikeEmergency => t::contact_users_why_emergency().into(),
        Why::HalfPair => t::contact_users_why_half_pair().into(),
        Why::LicensesExclude => t::contact_users_why_exclude().into(),
        Why::NotDefaultTenant => t::contact_users_why_not_default().into(),
        Why::QueuesNotForEngage(queues) => t::contact_users_why_queues(queues),
        Why::StillInQueues(queues) => t::contact_users_why_still(queues),
        Why::HasWorkspace => t::contact_users_why_workspace().into(),
        Why::InOldPbx(names) => t::contact_users_why_old_pbx(names),
        Why::NotInInventory => t::contact_users_why_inventory().into(),
        Why::NeedsTenant => t::contact_users_why_tenant().into(),
        Why::NeedsAgentGroup => t::contact_users_why_group().into(),
        Why::OnlyFormalAgents => t::contact_users_why_formal().into(),
        Why::IsContactUser => t::contact_users_why_is_user().into(),
    }
}

/// Why a queue can't have a post-processing timeout (C-09).
fn timeout_words(problem: TimeoutProblem) -> String {
    match problem {
        TimeoutProblem::Required => t::why_required(t::label_post_processing()),
        TimeoutProblem::NotSeconds => t::queues_why_not_seconds().into(),
        TimeoutProblem::TooLong(ENGAGE_SECONDS_MAX) => t::queues_why_too_long_engage().into(),
        TimeoutProblem::TooLong(most) => t::queues_why_too_long(most),
        TimeoutProblem::NotInSteps => t::queues_why_steps().into(),
        TimeoutProblem::ManualWithEngage => t::queues_why_manual().into(),
    }
}

/// What stands against a booking, in words with commas between.
pub fn obstacle_words(obstacles: &[Obstacle]) -> String {
    let words: Vec<&str> = obstacles.iter().copied().map(obstacle_word).collect();
    words.join(", ")
}

/// What stands against a booking, in words.
pub fn obstacle_word(obstacle: Obstacle) -> &'static str {
    match obstacle {
        Obstacle::Past => t::obstacle_past(),
        Obstacle::NotActive => t::obstacle_not_active(),
        Obstacle::NoName => t::obstacle_no_name(),
        Obstacle::NotOnline => t::obstacle_not_online(),
        Obstacle::NotInOffice => t::obstacle_not_in_office(),
        Obstacle::OfficeInactive => t::obstacle_office_inactive(),
        Obstacle::NotOffered => t::obstacle_not_offered(),
        Obstacle::MeetingNotOffered => t::obstacle_meeting_not_offered(),
        Obstacle::Taken => t::obstacle_taken(),
        Obstacle::Busy => t::obstacle_busy(),
        Obstacle::Absent => t::obstacle_absent(),
        Obstacle::NoExpertise => t::obstacle_no_expertise(),
        Obstacle::OutsideHours => t::obstacle_outside_hours(),
        Obstacle::OfficeClosed => t::obstacle_office_closed(),
        Obstacle::TooSoon => t::obstacle_too_soon(),
        Obstacle::TooFar => t::obstacle_too_far(),
    }
}
