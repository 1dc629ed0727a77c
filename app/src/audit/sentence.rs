//! The sentence of an entry, in the language of whoever asks.

use super::Part;
use crate::messages::t;
use domain::audit::{Line, Person};
use domain::{About, Actor, Event};

/// Stand for the names while a sentence is put together; no name can hold them.
const AUTHOR: char = '\u{1}';
const SUBJECT: char = '\u{2}';

/// What an entry says. The subject is a link when `asker` may open its page, unless everything is
/// about the same employee anyway.
pub(super) fn sentence(line: &Line, asker: &Actor, about_one: bool) -> Vec<Part> {
    let own = matches!((&line.author, line.subject), (Person::Known(author, _), About::Employee(subject)) if *author == subject);
    let template = template(line.event, own);
    let author = match &line.author {
        Person::System => t::audit_system().to_owned(),
        Person::Known(_, name) => name.clone(),
        Person::Former => capital(t::audit_former()),
    };
    let subject = line
        .subject_name
        .clone()
        .unwrap_or_else(|| t::audit_former().to_owned());
    let sees_more = asker.reaches_beyond_own(domain::Action::ViewEmployee);
    let href = match line.subject {
        _ if about_one || !sees_more || line.subject_name.is_none() => None,
        About::Employee(id) => Some(format!("/employees/{id}")),
        About::Office(id) => Some(format!("/offices/{id}")),
        About::Provider(id) => Some(format!("/settings/sign-in/{id}")),
        About::Category(_) => Some("/subjects".to_owned()),
        About::Subject(id) => Some(format!("/subjects/{id}")),
        About::Appointment(id) => Some(format!("/appointments/{id}")),
        About::Part(id) => contact_centre_page(line.event).map(|page| format!("{page}/{id}")),
        About::Organisation => None,
    };
    parts(&template, &author, &subject, href)
}

/// Where the parts of the contact centre that an event is about have their pages.
fn contact_centre_page(event: Event) -> Option<String> {
    let (noun, _) = event.code().split_once('.')?;
    Some(format!("/contact-centre/{}s", noun.replace('_', "-")))
}

fn parts(template: &str, author: &str, subject: &str, href: Option<String>) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut text = String::new();
    for c in template.chars() {
        let name = match c {
            AUTHOR => Part::Name(author.to_owned(), None),
            SUBJECT => Part::Name(subject.to_owned(), href.clone()),
            c => {
                text.push(c);
                continue;
            }
        };
        if !text.is_empty() {
            parts.push(Part::Text(std::mem::take(&mut text)));
        }
        parts.push(name);
    }
    if !text.is_empty() {
        parts.push(Part::Text(text));
    }
    parts
}

/// For a word of ours at the beginning of a sentence; names are as people write them.
fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

fn template(event: Event, own: bool) -> String {
    let (author, subject) = (AUTHOR, SUBJECT);
    match (event, own) {
        (Event::EmployeeCreated, _) => t::audit_line_employee_created(author, subject),
        (Event::EmployeeRevised, true) => t::audit_line_employee_revised_own(author),
        (Event::EmployeeRevised, false) => t::audit_line_employee_revised(author, subject),
        (Event::EmployeeAssigned, true) => t::audit_line_employee_assigned_own(author),
        (Event::EmployeeAssigned, false) => t::audit_line_employee_assigned(author, subject),
        (Event::EmployeeSuspended, _) => t::audit_line_employee_suspended(author, subject),
        (Event::EmployeeReactivated, _) => t::audit_line_employee_reactivated(author, subject),
        (Event::EmployeeDeleted, _) => t::audit_line_employee_deleted(author, subject),
        (Event::EmployeeInvited, _) => t::audit_line_employee_invited(author, subject),
        (Event::InvitationRevoked, _) => t::audit_line_invitation_revoked(author, subject),
        (Event::EmployeeActivated, _) => t::audit_line_employee_activated(author),
        (Event::EmailChangeRequested, true) => t::audit_line_email_change_requested_own(author),
        (Event::EmailChangeRequested, false) => {
            t::audit_line_email_change_requested(author, subject)
        }
        (Event::EmailChanged, true) => t::audit_line_email_changed_own(author),
        (Event::EmailChanged, false) => t::audit_line_email_changed(author, subject),
        (Event::PasswordChanged, true) => t::audit_line_password_changed_own(author),
        (Event::PasswordChanged, false) => t::audit_line_password_changed(author, subject),
        (Event::SessionsEnded, true) => t::audit_line_sessions_ended_own(author),
        (Event::SessionsEnded, false) => t::audit_line_sessions_ended(author, subject),
        (Event::PictureChanged, true) => t::audit_line_picture_changed_own(author),
        (Event::PictureChanged, false) => t::audit_line_picture_changed(author, subject),
        (Event::SignedIn, _) => t::audit_line_signed_in(author),
        (Event::OfficeCreated, _) => t::audit_line_office_created(author, subject),
        (Event::OfficeRevised, _) => t::audit_line_office_revised(author, subject),
        (Event::OrganisationCreated, _) => t::audit_line_organisation_created(author),
        (Event::SettingsChanged, _) => t::audit_line_settings_changed(author),
        (Event::PasswordReset, _) => t::audit_line_password_reset(author),
        (Event::SecondFactorAdded, _) => t::audit_line_second_factor_added(author),
        (Event::SecondFactorRemoved, _) => t::audit_line_second_factor_removed(author),
        (Event::SecondFactorReset, _) => t::audit_line_second_factor_reset(author, subject),
        (Event::PasskeyRenamed, _) => t::audit_line_passkey_renamed(author),
        (Event::RecoveryCodesMade, _) => t::audit_line_recovery_codes_made(author),
        (Event::RecoveryCodeUsed, _) => t::audit_line_recovery_code_used(author),
        (Event::TurnedOver, _) => t::audit_line_turned_over(author, subject),
        (Event::TurnedBack, _) => t::audit_line_turned_back(author, subject),
        (Event::Exempted, _) => t::audit_line_exempted(author, subject),
        (Event::Recovered, _) => t::audit_line_recovered(author, subject),
        (Event::PolicyChanged, _) => t::audit_line_policy_changed(author),
        (Event::ProviderCreated, _) => t::audit_line_provider_created(author, subject),
        (Event::ProviderRevised, _) => t::audit_line_provider_revised(author, subject),
        (Event::ProviderEnabled, _) => t::audit_line_provider_enabled(author, subject),
        (Event::ProviderDisabled, _) => t::audit_line_provider_disabled(author, subject),
        (Event::ProviderDeleted, _) => t::audit_line_provider_deleted(author),
        (Event::OfficeDeleted, _) => t::audit_line_office_deleted(author),
        (Event::CategoryCreated, _) => t::audit_line_category_created(author, subject),
        (Event::CategoryRevised, _) => t::audit_line_category_revised(author, subject),
        (Event::CategoryDeleted, _) => t::audit_line_category_deleted(author),
        (Event::SubjectCreated, _) => t::audit_line_subject_created(author, subject),
        (Event::SubjectRevised, _) => t::audit_line_subject_revised(author, subject),
        (Event::SubjectDeleted, _) => t::audit_line_subject_deleted(author),
        (Event::SubjectNarrowed, _) => t::audit_line_subject_narrowed(author, subject),
        (Event::ExpertiseChanged, _) => t::audit_line_expertise_changed(author, subject),
        (Event::HoursChanged, true) => t::audit_line_hours_changed_own(author),
        (Event::HoursChanged, false) => t::audit_line_hours_changed(author, subject),
        (Event::AbsenceEntered, true) => t::audit_line_absence_entered_own(author),
        (Event::AbsenceEntered, false) => t::audit_line_absence_entered(author, subject),
        (Event::AbsenceRevised, true) => t::audit_line_absence_revised_own(author),
        (Event::AbsenceRevised, false) => t::audit_line_absence_revised(author, subject),
        (Event::AbsenceRemoved, true) => t::audit_line_absence_removed_own(author),
        (Event::AbsenceRemoved, false) => t::audit_line_absence_removed(author, subject),
        (Event::CalendarLinked, true) => t::audit_line_calendar_linked_own(author),
        (Event::CalendarLinked, false) => t::audit_line_calendar_linked(author, subject),
        (Event::CalendarSwitched, true) => t::audit_line_calendar_switched_own(author),
        (Event::CalendarSwitched, false) => t::audit_line_calendar_switched(author, subject),
        (Event::CalendarUnlinked, true) => t::audit_line_calendar_unlinked_own(author),
        (Event::CalendarUnlinked, false) => t::audit_line_calendar_unlinked(author, subject),
        (Event::FeedMade, _) => t::audit_line_feed_made(author),
        (Event::FeedEnded, true) => t::audit_line_feed_ended_own(author),
        (Event::FeedEnded, false) => t::audit_line_feed_ended(author, subject),
        (Event::AppointmentBooked, _) => t::audit_line_appointment_booked(author, subject),
        (Event::AppointmentConfirmed, _) => t::audit_line_appointment_confirmed(author, subject),
        (Event::AppointmentRescheduled, _) => {
            t::audit_line_appointment_rescheduled(author, subject)
        }
        (Event::AppointmentReassigned, _) => t::audit_line_appointment_reassigned(author, subject),
        (Event::AppointmentCancelled, _) => t::audit_line_appointment_cancelled(author, subject),
        (Event::AppointmentNoted, _) => t::audit_line_appointment_noted(author, subject),
        (Event::CustomerExported, _) => t::audit_line_customer_exported(author),
        (Event::CustomerErased, _) => t::audit_line_customer_erased(author),
        (Event::BookingChanged, _) => t::audit_line_booking_changed(author),
        (Event::PbxCreated, _) => t::audit_line_pbx_created(author, subject),
        (Event::PbxRevised, _) => t::audit_line_pbx_revised(author, subject),
        (Event::PbxRewritten, _) => t::audit_line_pbx_rewritten(author, subject),
        (Event::PbxDeleted, _) => t::audit_line_pbx_deleted(author),
        (Event::TenantCreated, _) => t::audit_line_tenant_created(author, subject),
        (Event::TenantRevised, _) => t::audit_line_tenant_revised(author, subject),
        (Event::TenantDeleted, _) => t::audit_line_tenant_deleted(author),
        (Event::AgentGroupCreated, _) => t::audit_line_agent_group_created(author, subject),
        (Event::AgentGroupRevised, _) => t::audit_line_agent_group_revised(author, subject),
        (Event::AgentGroupDeleted, _) => t::audit_line_agent_group_deleted(author),
        (Event::QueueCreated, _) => t::audit_line_queue_created(author, subject),
        (Event::QueueRevised, _) => t::audit_line_queue_revised(author, subject),
        (Event::QueueDeleted, _) => t::audit_line_queue_deleted(author),
        (Event::RingGroupCreated, _) => t::audit_line_ring_group_created(author, subject),
        (Event::RingGroupRevised, _) => t::audit_line_ring_group_revised(author, subject),
        (Event::RingGroupDeleted, _) => t::audit_line_ring_group_deleted(author),
        (Event::PickupGroupCreated, _) => t::audit_line_pickup_group_created(author, subject),
        (Event::PickupGroupRevised, _) => t::audit_line_pickup_group_revised(author, subject),
        (Event::PickupGroupDeleted, _) => t::audit_line_pickup_group_deleted(author),
        (Event::ScriptCreated, _) => t::audit_line_script_created(author, subject),
        (Event::ScriptRevised, _) => t::audit_line_script_revised(author, subject),
        (Event::ScriptDeleted, _) => t::audit_line_script_deleted(author),
        (Event::ChannelCreated, _) => t::audit_line_channel_created(author, subject),
        (Event::ChannelRevised, _) => t::audit_line_channel_revised(author, subject),
        (Event::ChannelDeleted, _) => t::audit_line_channel_deleted(author),
        (Event::RingMembersChanged, _) => t::audit_line_ring_members_changed(author, subject),
        (Event::PickupMembersChanged, _) => t::audit_line_pickup_members_changed(author, subject),
        (Event::LicenseChanged, _) => t::audit_line_license_changed(author),
        (Event::NumbersAdded, _) => t::audit_line_numbers_added(author),
        (Event::NumbersRemoved, _) => t::audit_line_numbers_removed(author),
        (Event::ContactUserCreated, _) => t::audit_line_contact_user_created(author, subject),
        (Event::ContactUserRevised, _) => t::audit_line_contact_user_revised(author, subject),
        (Event::ContactUserRemoved, _) => t::audit_line_contact_user_removed(author, subject),
        (Event::ContactStateSet, true) => t::audit_line_contact_state_set_own(author),
        (Event::ContactStateSet, false) => t::audit_line_contact_state_set(author, subject),
        (Event::QueuesChanged, _) => t::audit_line_queues_changed(author, subject),
        (Event::SupervisionChanged, _) => t::audit_line_supervision_changed(author, subject),
        (Event::EndpointAdded, _) => t::audit_line_endpoint_added(author, subject),
        (Event::EndpointRemoved, _) => t::audit_line_endpoint_removed(author, subject),
        (Event::SignInRefused, _) => t::audit_line_sign_in_refused(author, subject),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::messages::{Language, with};

    fn text(parts: Vec<Part>) -> String {
        let each = |part| match part {
            Part::Text(text) => text,
            Part::Name(name, None) => format!("[{name}]"),
            Part::Name(name, Some(href)) => format!("[{name}]({href})"),
        };
        parts.into_iter().map(each).collect()
    }

    // E-23: who did what to whom.
    #[test]
    fn a_sentence_names_who_and_whom() {
        let suspended = || template(Event::EmployeeSuspended, false);
        let said = |template: &str| {
            text(parts(
                template,
                "Ada Lindqvist",
                "Max De Smet",
                Some("/employees/1".into()),
            ))
        };
        assert_eq!(
            said(&suspended()),
            "[Ada Lindqvist] suspended [Max De Smet](/employees/1)"
        );
        let german = with(Language::De, suspended);
        assert_eq!(
            said(&german),
            "[Ada Lindqvist] hat [Max De Smet](/employees/1) gesperrt"
        );
        assert_eq!(
            said(&template(Event::SignedIn, true)),
            "[Ada Lindqvist] signed in"
        );
    }

    #[test]
    fn every_event_has_a_sentence() {
        for event in Event::ALL {
            for own in [true, false] {
                assert!(template(*event, own).starts_with(AUTHOR), "{event:?}");
            }
        }
    }
}
