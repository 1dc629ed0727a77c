//! What the audit page asks for; all of it stands in the address.

use crate::messages::t;
use domain::Event;
use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};

/// What the address of the audit page says.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Filter {
    /// Any part of the name or email of who did it, or of whom it is about.
    pub person: String,
    pub event: Option<Event>,
    /// The first day, `2026-11-20`, where the asker is.
    pub from: String,
    /// The last day.
    pub until: String,
    /// Only entries older than this one: the next page.
    pub before: Option<i64>,
}

impl Filter {
    /// What an address says; what can't be read is left out.
    pub fn read(params: &ParamsMap) -> Self {
        let text = |name| params.get(name).unwrap_or_default();
        let day = |name| params.get(name).filter(|day| day_word(day).is_some());
        Self {
            person: text("person"),
            event: Event::from_code(&text("event")),
            from: day("from").unwrap_or_default(),
            until: day("until").unwrap_or_default(),
            before: text("before").parse().ok(),
        }
    }

    /// The address of the first page of what `change` makes of it, with nothing in it that is as usual.
    pub fn with(&self, change: impl FnOnce(&mut Self)) -> String {
        let mut filter = self.clone();
        change(&mut filter);
        let event = filter.event.map(Event::code).unwrap_or_default();
        let mut params = ParamsMap::new();
        let all = [
            ("person", filter.person.trim()),
            ("event", event),
            ("from", &filter.from),
            ("until", &filter.until),
        ];
        for (name, value) in all.into_iter().filter(|(_, value)| !value.is_empty()) {
            params.insert(name, value.to_owned());
        }
        format!("/audit{}", params.to_query_string())
    }

    /// The chips of what narrows the page beside the search: the words, and the address without it.
    pub fn chips(&self) -> Vec<(String, String)> {
        let mut chips = Vec::new();
        if let Some(event) = self.event {
            chips.push((
                event_word(event).to_owned(),
                self.with(|filter| filter.event = None),
            ));
        }
        if let Some(day) = day_word(&self.from) {
            let label = t::audit_from_day(day);
            chips.push((label, self.with(|filter| filter.from.clear())));
        }
        if let Some(day) = day_word(&self.until) {
            let label = t::audit_until_day(day);
            chips.push((label, self.with(|filter| filter.until.clear())));
        }
        chips
    }

    /// Whether anything narrows the page.
    pub fn narrows(&self) -> bool {
        !self.person.trim().is_empty() || !self.chips().is_empty()
    }

    /// What the store is asked for by somebody in `zone`; a day that is none is left out.
    #[cfg(feature = "ssr")]
    pub(super) fn query(self, zone: &jiff::tz::TimeZone) -> domain::audit::Query {
        use jiff::civil::Date;
        let begin = |day: Date| {
            day.to_zoned(zone.clone())
                .ok()
                .map(|begin| begin.timestamp())
        };
        let day = |text: &str| text.parse::<Date>().ok();
        domain::audit::Query {
            event: self.event,
            from: day(&self.from).and_then(begin),
            until: day(&self.until).and_then(|day| begin(day.tomorrow().ok()?)),
            before: self.before,
            person: self.person,
            ..Default::default()
        }
    }
}

/// `2026-11-20` as people write it; nothing for what is no day.
fn day_word(day: &str) -> Option<String> {
    let mut parts = day.splitn(3, '-').map(|part| part.parse::<usize>().ok());
    let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
    let month = t::date_months_short()
        .split(' ')
        .nth(month.checked_sub(1)?)?;
    (1..=31)
        .contains(&day)
        .then(|| t::date_full(day, month, year))
}

/// What happened, for the list to filter by.
pub(crate) fn event_word(event: Event) -> &'static str {
    match event {
        Event::PbxCreated => t::audit_filter_pbx_created(),
        Event::PbxRevised => t::audit_filter_pbx_revised(),
        Event::PbxRewritten => t::audit_filter_pbx_rewritten(),
        Event::PbxDeleted => t::audit_filter_pbx_deleted(),
        Event::TenantCreated => t::audit_filter_tenant_created(),
        Event::TenantRevised => t::audit_filter_tenant_revised(),
        Event::TenantDeleted => t::audit_filter_tenant_deleted(),
        Event::AgentGroupCreated => t::audit_filter_agent_group_created(),
        Event::AgentGroupRevised => t::audit_filter_agent_group_revised(),
        Event::AgentGroupDeleted => t::audit_filter_agent_group_deleted(),
        Event::QueueCreated => t::audit_filter_queue_created(),
        Event::QueueRevised => t::audit_filter_queue_revised(),
        Event::QueueDeleted => t::audit_filter_queue_deleted(),
        Event::RingGroupCreated => t::audit_filter_ring_group_created(),
        Event::RingGroupRevised => t::audit_filter_ring_group_revised(),
        Event::RingGroupDeleted => t::audit_filter_ring_group_deleted(),
        Event::PickupGroupCreated => t::audit_filter_pickup_group_created(),
        Event::PickupGroupRevised => t::audit_filter_pickup_group_revised(),
        Event::PickupGroupDeleted => t::audit_filter_pickup_group_deleted(),
        Event::ScriptCreated => t::audit_filter_script_created(),
        Event::ScriptRevised => t::audit_filter_script_revised(),
        Event::ScriptDeleted => t::audit_filter_script_deleted(),
        Event::ChannelCreated => t::audit_filter_channel_created(),
        Event::ChannelRevised => t::audit_filter_channel_revised(),
        Event::ChannelDeleted => t::audit_filter_channel_deleted(),
        Event::RingMembersChanged => t::audit_filter_ring_members_changed(),
        Event::PickupMembersChanged => t::audit_filter_pickup_members_changed(),
        Event::LicenseChanged => t::audit_filter_license_changed(),
        Event::NumbersAdded => t::audit_filter_numbers_added(),
        Event::NumbersRemoved => t::audit_filter_numbers_removed(),
        Event::ContactUserCreated => t::audit_filter_contact_user_created(),
        Event::ContactUserRevised => t::audit_filter_contact_user_revised(),
        Event::ContactUserRemoved => t::audit_filter_contact_user_removed(),
        Event::ContactStateSet => t::audit_filter_contact_state_set(),
        Event::QueuesChanged => t::audit_filter_queues_changed(),
        Event::SupervisionChanged => t::audit_filter_supervision_changed(),
        Event::EndpointAdded => t::audit_filter_endpoint_added(),
        Event::EndpointRemoved => t::audit_filter_endpoint_removed(),
        Event::OfficeDeleted => t::audit_filter_office_deleted(),
        Event::CategoryCreated => t::audit_filter_category_created(),
        Event::CategoryRevised => t::audit_filter_category_revised(),
        Event::CategoryDeleted => t::audit_filter_category_deleted(),
        Event::SubjectCreated => t::audit_filter_subject_created(),
        Event::SubjectRevised => t::audit_filter_subject_revised(),
        Event::SubjectDeleted => t::audit_filter_subject_deleted(),
        Event::SubjectNarrowed => t::audit_filter_subject_narrowed(),
        Event::ExpertiseChanged => t::audit_filter_expertise_changed(),
        Event::HoursChanged => t::audit_filter_hours_changed(),
        Event::AbsenceEntered => t::audit_filter_absence_entered(),
        Event::AbsenceRevised => t::audit_filter_absence_revised(),
        Event::AbsenceRemoved => t::audit_filter_absence_removed(),
        Event::CalendarLinked => t::audit_filter_calendar_linked(),
        Event::CalendarSwitched => t::audit_filter_calendar_switched(),
        Event::CalendarUnlinked => t::audit_filter_calendar_unlinked(),
        Event::FeedMade => t::audit_filter_feed_made(),
        Event::FeedEnded => t::audit_filter_feed_ended(),
        Event::AppointmentBooked => t::audit_filter_appointment_booked(),
        Event::AppointmentConfirmed => t::audit_filter_appointment_confirmed(),
        Event::AppointmentRescheduled => t::audit_filter_appointment_rescheduled(),
        Event::AppointmentReassigned => t::audit_filter_appointment_reassigned(),
        Event::AppointmentCancelled => t::audit_filter_appointment_cancelled(),
        Event::AppointmentNoted => t::audit_filter_appointment_noted(),
        Event::CustomerExported => t::audit_filter_customer_exported(),
        Event::CustomerErased => t::audit_filter_customer_erased(),
        Event::BookingChanged => t::audit_filter_booking_changed(),
        Event::EmployeeCreated => t::audit_filter_employee_created(),
        Event::EmployeeRevised => t::audit_filter_employee_revised(),
        Event::EmployeeAssigned => t::audit_filter_employee_assigned(),
        Event::EmployeeSuspended => t::audit_filter_employee_suspended(),
        Event::EmployeeReactivated => t::audit_filter_employee_reactivated(),
        Event::EmployeeDeleted => t::audit_filter_employee_deleted(),
        Event::EmployeeInvited => t::audit_filter_employee_invited(),
        Event::InvitationRevoked => t::audit_filter_invitation_revoked(),
        Event::EmployeeActivated => t::audit_filter_employee_activated(),
        Event::EmailChangeRequested => t::audit_filter_email_change_requested(),
        Event::EmailChanged => t::audit_filter_email_changed(),
        Event::PasswordChanged => t::audit_filter_password_changed(),
        Event::SessionsEnded => t::audit_filter_sessions_ended(),
        Event::PictureChanged => t::audit_filter_picture_changed(),
        Event::SignedIn => t::audit_filter_signed_in(),
        Event::OfficeCreated => t::audit_filter_office_created(),
        Event::OfficeRevised => t::audit_filter_office_revised(),
        Event::OrganisationCreated => t::audit_filter_organisation_created(),
        Event::SettingsChanged => t::audit_filter_settings_changed(),
        Event::PasswordReset => t::audit_filter_password_reset(),
        Event::SecondFactorAdded => t::audit_filter_second_factor_added(),
        Event::SecondFactorRemoved => t::audit_filter_second_factor_removed(),
        Event::SecondFactorReset => t::audit_filter_second_factor_reset(),
        Event::PasskeyRenamed => t::audit_filter_passkey_renamed(),
        Event::RecoveryCodesMade => t::audit_filter_recovery_codes_made(),
        Event::RecoveryCodeUsed => t::audit_filter_recovery_code_used(),
        Event::TurnedOver => t::audit_filter_turned_over(),
        Event::TurnedBack => t::audit_filter_turned_back(),
        Event::Exempted => t::audit_filter_exempted(),
        Event::Recovered => t::audit_filter_recovered(),
        Event::PolicyChanged => t::audit_filter_policy_changed(),
        Event::ProviderCreated => t::audit_filter_provider_created(),
        Event::ProviderRevised => t::audit_filter_provider_revised(),
        Event::ProviderEnabled => t::audit_filter_provider_enabled(),
        Event::ProviderDisabled => t::audit_filter_provider_disabled(),
        Event::ProviderDeleted => t::audit_filter_provider_deleted(),
        Event::SignInRefused => t::audit_filter_sign_in_refused(),
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use jiff::tz::TimeZone;

    fn params(pairs: &[(&'static str, &str)]) -> ParamsMap {
        pairs
            .iter()
            .map(|(name, value)| (*name, (*value).to_owned()))
            .collect()
    }

    // E-23: what is searched for stands in the address.
    #[test]
    fn an_address_says_what_is_asked_for() {
        let filter = Filter::read(&params(&[
            ("person", "Amélie & co"),
            ("event", "employee.suspended"),
            ("until", "2026-11-20"),
            ("before", "77"),
        ]));
        assert_eq!(
            (filter.event, filter.before),
            (Some(Event::EmployeeSuspended), Some(77))
        );
        let address = filter.with(|_| {});
        assert!(
            !address.contains("before") && !address.contains("from"),
            "{address}"
        );
        let read = address
            .strip_prefix("/audit?")
            .expect("has a query")
            .split('&')
            .count();
        assert_eq!(read, 3, "{address}");
        assert_eq!(Filter::default().with(|_| {}), "/audit");
    }

    #[test]
    fn a_last_day_is_whole_and_where_the_asker_is() {
        let zone = TimeZone::get("Europe/Brussels").expect("is known");
        let filter = Filter {
            from: "2026-11-20".into(),
            until: "2026-11-20".into(),
            ..Filter::default()
        };
        let query = filter.query(&zone);
        assert_eq!(
            query.from.map(|at| at.to_string()).as_deref(),
            Some("2026-11-19T23:00:00Z")
        );
        assert_eq!(
            query.until.map(|at| at.to_string()).as_deref(),
            Some("2026-11-20T23:00:00Z")
        );
        let read = Filter::read(&params(&[("from", "yesterday"), ("until", "2026-13-01")]));
        assert_eq!(read, Filter::default());
        assert_eq!(day_word("2026-11-20").as_deref(), Some("20 Nov 2026"));
        let nonsense = Filter {
            from: "yesterday".into(),
            ..Filter::default()
        };
        assert_eq!(nonsense.query(&zone).from, None);
    }
}
