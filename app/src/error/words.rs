//! What is said of a refusal, and what fields are called: the one place with sentences for codes.

use super::Missed;
use crate::contact_centre::words as centre;
use crate::messages::t;
use crate::ui::FieldProblem;
use domain::booking::Obstacle;
use domain::contact_centre::offer::{ENGAGE_SECONDS_MAX, TimeoutProblem};
use domain::{Field, Problem, Refusal, Why};

/// What is said when a rule said no.
pub(super) fn refused(refusal: &Refusal) -> String {
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
pub(super) fn missed(missed: &Missed) -> FieldProblem {
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

/// What a field is called, by the name of its input.
pub fn field_word(name: &str) -> &'static str {
    match Field::from_name(name) {
        Some(Field::Email) => t::label_email(),
        Some(Field::FirstName) => t::label_first_name(),
        Some(Field::LastName) => t::label_last_name(),
        Some(Field::Phone) => t::label_phone(),
        Some(Field::ExternalId) => t::label_external_id(),
        Some(Field::Roles) => t::label_roles(),
        Some(Field::Administrator) => t::role_administrator(),
        Some(Field::Offices) => t::label_offices(),
        Some(Field::SignIn) => t::label_sign_in(),
        Some(Field::OnlinePlanning) => t::label_online_planning(),
        Some(Field::Function) => t::label_function(),
        Some(Field::Introduction) => t::label_introduction(),
        Some(Field::VideoLink) => t::label_video_link(),
        Some(Field::Picture) => t::label_picture(),
        Some(Field::Password) => t::label_password(),
        Some(Field::NewPassword) => t::label_new_password(),
        Some(Field::Language) => t::label_language(),
        Some(Field::TimeZone) => t::label_time_zone(),
        Some(Field::Country) => t::label_country(),
        Some(Field::Name) => t::label_name(),
        Some(Field::Active) => t::status_active(),
        Some(Field::InvitationHours) => t::label_invitation_hours(),
        Some(Field::Confirmation) => t::label_confirmation(),
        Some(Field::Status) => t::label_status(),
        Some(Field::Provider) => t::label_provider(),
        Some(Field::SingleSignOn) => t::label_single_sign_on(),
        Some(Field::Domains) => t::label_domains(),
        Some(Field::SecondFactor) => t::label_second_factor(),
        Some(Field::Issuer) => t::label_issuer(),
        Some(Field::Address) => t::label_address(),
        Some(Field::Certificates) => t::label_certificates(),
        Some(Field::SignRequests) => t::label_sign_requests(),
        Some(Field::ClientId) => t::label_client_id(),
        Some(Field::ClientSecret) => t::label_client_secret(),
        Some(Field::SecretEnds) => t::label_secret_ends(),
        Some(Field::Metadata) => t::label_metadata(),
        Some(Field::Code) => t::label_code(),
        Some(Field::Exempt) => t::label_exempt(),
        Some(Field::Reason) => t::label_reason(),
        Some(Field::Description) => t::label_description(),
        Some(Field::Directions) => t::label_directions(),
        Some(Field::Parking) => t::label_parking(),
        Some(Field::Opening) => t::label_opening(),
        Some(Field::Closing) => t::label_closing(),
        Some(Field::Virtual) => t::label_virtual(),
        Some(Field::Title) => t::label_title(),
        Some(Field::Category) => t::label_category(),
        Some(Field::Subject) => t::label_subject(),
        Some(Field::Meetings) => t::label_meetings(),
        Some(Field::Duration) => t::label_duration(),
        Some(Field::Before) => t::label_before(),
        Some(Field::After) => t::label_after(),
        Some(Field::NoticeLeast) => t::label_notice_least(),
        Some(Field::NoticeMost) => t::label_notice_most(),
        Some(Field::ConfirmedBy) => t::label_confirmed_by(),
        Some(Field::Questions) => t::label_questions(),
        Some(Field::Office) => t::label_office(),
        Some(Field::Agent) => t::label_agent(),
        Some(Field::Begins) => t::label_begins(),
        Some(Field::Day) => t::label_day(),
        Some(Field::FirstDay) => t::label_first_day(),
        Some(Field::LastDay) => t::label_last_day(),
        Some(Field::From) => t::label_from(),
        Some(Field::Until) => t::label_until(),
        Some(Field::Blocks) => t::label_blocks(),
        Some(Field::Template) => t::label_template(),
        Some(Field::Meeting) => t::label_meeting(),
        Some(Field::Customer) => t::label_customer(),
        Some(Field::Note) => t::label_note(),
        Some(Field::Remark) => t::label_remark(),
        Some(Field::Consent) => t::label_consent(),
        Some(Field::Answers) => t::label_answers(),
        Some(Field::CalendarAddress) => t::label_calendar_address(),
        Some(Field::User) => t::label_user(),
        Some(Field::ConsentText) => t::label_consent_text(),
        Some(Field::RetentionDays) => t::label_retention_days(),
        Some(Field::ReminderHours) => t::label_reminder_hours(),
        Some(Field::Digest) => t::label_digest(),
        Some(Field::Frames) => t::label_frames(),
        Some(Field::Accent) => t::label_accent(),
        Some(Field::Logo) => t::label_logo(),
        Some(Field::Welcome) => t::label_welcome(),
        Some(Field::WordsBooked) => t::label_words_booked(),
        Some(Field::WordsReminder) => t::label_words_reminder(),
        Some(Field::WordsCancelled) => t::label_words_cancelled(),
        Some(Field::Enabled) => t::label_enabled(),
        Some(Field::Pbx) => t::label_pbx(),
        Some(Field::Host) => t::label_host(),
        Some(Field::Tenant) => t::label_tenant(),
        Some(Field::ShowsCli) => t::label_shows_cli(),
        Some(Field::License) => t::label_license(),
        Some(Field::Seats) => t::label_seats(),
        Some(Field::Plan) => t::label_plan(),
        Some(Field::Number) => t::label_number(),
        Some(Field::LastNumber) => t::label_last_number(),
        Some(Field::WorkNumber) => t::label_work_number(),
        Some(Field::WorkExtension) => t::label_work_extension(),
        Some(Field::CentreNumber) => t::label_centre_number(),
        Some(Field::CentreExtension) => t::label_centre_extension(),
        Some(Field::Department) => t::label_department(),
        Some(Field::Site) => t::label_site(),
        Some(Field::CallWaiting) => t::label_call_waiting(),
        Some(Field::AgentGroup) => t::label_agent_group(),
        Some(Field::Queue) => t::label_queue(),
        Some(Field::Direction) => t::label_direction(),
        Some(Field::PostProcessing) => t::label_post_processing(),
        Some(Field::Strategy) => t::label_strategy(),
        Some(Field::RingSeconds) => t::label_ring_seconds(),
        Some(Field::Priority) => t::label_priority(),
        Some(Field::IsDefault) => t::label_is_default(),
        Some(Field::Members) => t::label_members(),
        Some(Field::Steps) => t::label_steps(),
        Some(Field::Script) => t::label_script(),
        Some(Field::Channel) => t::label_channel(),
        Some(Field::Kind) => t::label_kind(),
        Some(Field::Employee) => t::label_employee(),
        Some(Field::Supervisor) => t::label_supervisor(),
        None => match name {
            "templates" => t::hours_templates_word(),
            "applied" => t::hours_applied(),
            "offered" => t::subject_offered(),
            "expires_at" => t::label_expires_at(),
            "by_mail" => t::label_by_mail(),
            "method" => t::label_method(),
            "appointments" => t::customer_appointments(),
            "mails_day" => t::digest_mails_day(),
            "mails_attention" => t::digest_mails_attention(),
            "subject" => t::sso_tested_subject(),
            "passkey" => t::passkey_title(),
            "calendar" => t::calendars_calendar(),
            "copies" => t::calendars_copies(),
            "blocks_bookings" => t::calendars_blocks(),
            "authenticator" => t::factor_app(),
            "default_tenant" => t::setup_default_tenant(),
            "rights" => t::contact_users_rights(),
            "state" => t::contact_users_state_of(),
            _ => t::label_other(),
        },
    }
}

/// What is wrong, at its field.
pub(super) fn problem(problem: &Problem) -> FieldProblem {
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
