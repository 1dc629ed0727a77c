//! What the audit trail says of a change: who, what, from what, to what (E-23).

use crate::{
    AppointmentId, CategoryId, EmployeeId, OfficeId, PartId, ProviderId, SubjectId, Timestamp,
    Version,
};
use serde::{Deserialize, Serialize};

macro_rules! events {
    ($($variant:ident $code:literal)*) => {
        /// What happened, by its stored code.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
        pub enum Event { $(#[serde(rename = $code)] $variant,)* }
        impl Event {
            /// Every event, in the order of the filter.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The stored code.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            /// The event of a stored code.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

events! {
    EmployeeCreated "employee.created"
    EmployeeRevised "employee.revised"
    EmployeeAssigned "employee.assigned"
    EmployeeSuspended "employee.suspended"
    EmployeeReactivated "employee.reactivated"
    EmployeeDeleted "employee.deleted"
    EmployeeInvited "employee.invited"
    InvitationRevoked "employee.invitation_revoked"
    EmployeeActivated "employee.activated"
    EmailChangeRequested "employee.email_change_requested"
    EmailChanged "employee.email_changed"
    PasswordChanged "employee.password_changed"
    SessionsEnded "employee.sessions_ended"
    PictureChanged "employee.picture_changed"
    SignedIn "employee.signed_in"
    PasswordReset "employee.password_reset"
    SecondFactorAdded "employee.second_factor_added"
    SecondFactorRemoved "employee.second_factor_removed"
    SecondFactorReset "employee.second_factor_reset"
    PasskeyRenamed "employee.passkey_renamed"
    RecoveryCodesMade "employee.recovery_codes_made"
    RecoveryCodeUsed "employee.recovery_code_used"
    TurnedOver "employee.turned_over"
    TurnedBack "employee.turned_back"
    Exempted "employee.exempted"
    Recovered "employee.recovered"
    OfficeCreated "office.created"
    OfficeRevised "office.revised"
    OfficeDeleted "office.deleted"
    CategoryCreated "category.created"
    CategoryRevised "category.revised"
    CategoryDeleted "category.deleted"
    SubjectCreated "subject.created"
    SubjectRevised "subject.revised"
    SubjectDeleted "subject.deleted"
    SubjectNarrowed "office.subject_narrowed"
    ExpertiseChanged "employee.expertise_changed"
    HoursChanged "employee.hours_changed"
    AbsenceEntered "employee.absence_entered"
    AbsenceRevised "employee.absence_revised"
    AbsenceRemoved "employee.absence_removed"
    CalendarLinked "employee.calendar_linked"
    CalendarSwitched "employee.calendar_switched"
    CalendarUnlinked "employee.calendar_unlinked"
    FeedMade "employee.feed_made"
    FeedEnded "employee.feed_ended"
    AppointmentBooked "appointment.booked"
    AppointmentConfirmed "appointment.confirmed"
    AppointmentRescheduled "appointment.rescheduled"
    AppointmentReassigned "appointment.reassigned"
    AppointmentCancelled "appointment.cancelled"
    AppointmentNoted "appointment.noted"
    CustomerExported "organisation.customer_exported"
    CustomerErased "organisation.customer_erased"
    BookingChanged "organisation.booking_changed"
    OrganisationCreated "organisation.created"
    SettingsChanged "organisation.settings_changed"
    PolicyChanged "organisation.policy_changed"
    ProviderCreated "provider.created"
    ProviderRevised "provider.revised"
    ProviderEnabled "provider.enabled"
    ProviderDisabled "provider.disabled"
    ProviderDeleted "provider.deleted"
    SignInRefused "provider.sign_in_refused"
    PbxCreated "pbx.created"
    PbxRevised "pbx.revised"
    PbxDeleted "pbx.deleted"
    PbxRewritten "pbx.rewritten"
    TenantCreated "tenant.created"
    TenantRevised "tenant.revised"
    TenantDeleted "tenant.deleted"
    AgentGroupCreated "agent_group.created"
    AgentGroupRevised "agent_group.revised"
    AgentGroupDeleted "agent_group.deleted"
    QueueCreated "queue.created"
    QueueRevised "queue.revised"
    QueueDeleted "queue.deleted"
    RingGroupCreated "ring_group.created"
    RingGroupRevised "ring_group.revised"
    RingGroupDeleted "ring_group.deleted"
    PickupGroupCreated "pickup_group.created"
    PickupGroupRevised "pickup_group.revised"
    PickupGroupDeleted "pickup_group.deleted"
    ScriptCreated "script.created"
    ScriptRevised "script.revised"
    ScriptDeleted "script.deleted"
    ChannelCreated "channel.created"
    ChannelRevised "channel.revised"
    ChannelDeleted "channel.deleted"
    RingMembersChanged "ring_group.members_changed"
    PickupMembersChanged "pickup_group.members_changed"
    LicenseChanged "organisation.license_changed"
    NumbersAdded "organisation.numbers_added"
    NumbersRemoved "organisation.numbers_removed"
    ContactUserCreated "employee.contact_user_created"
    ContactUserRevised "employee.contact_user_revised"
    ContactUserRemoved "employee.contact_user_removed"
    ContactStateSet "employee.contact_state_set"
    QueuesChanged "employee.queues_changed"
    SupervisionChanged "employee.supervision_changed"
    EndpointAdded "employee.endpoint_added"
    EndpointRemoved "employee.endpoint_removed"
}

/// What a change is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum About {
    Employee(EmployeeId),
    Office(OfficeId),
    Provider(ProviderId),
    Category(CategoryId),
    Subject(SubjectId),
    Appointment(AppointmentId),
    /// Anything of the contact centre that has a name; the event says which.
    Part(PartId),
    Organisation,
}

/// One value that a change replaced. Personal, so it stands beside the chain and can be erased.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Value {
    /// The name of the field, such as `phone`.
    pub field: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

impl Value {
    /// The value when it changed; empty text counts as none.
    pub fn changed(field: &str, before: &str, after: &str) -> Option<Self> {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        (before != after).then(|| Self {
            field: field.into(),
            before: some(before),
            after: some(after),
        })
    }
}

impl Value {
    /// The value of the roles held in an office.
    pub(crate) fn in_office(office: OfficeId, before: &str, after: &str) -> Option<Self> {
        Self::changed(&format!("{OFFICE}{office}"), before, after)
    }

    /// The value of the subjects that are handled in an office (O-03).
    pub(crate) fn handled_in(office: OfficeId, before: &str, after: &str) -> Option<Self> {
        Self::changed(&format!("{EXPERTISE}{office}"), before, after)
    }

    /// Whether somebody who manages these offices may see the value: of roles and expertise, only
    /// those in one of them (section 8: of somebody in A and B, a manager of A sees what concerns A).
    pub fn concerns(&self, managed: &[OfficeId]) -> bool {
        let field = self.field.as_str();
        match [OFFICE, EXPERTISE, HOURS, APPLIED]
            .iter()
            .find_map(|kind| field.strip_prefix(kind))
        {
            Some(office) => office.parse().is_ok_and(|office| managed.contains(&office)),
            None => self.field != WANTED,
        }
    }
}

/// How the field of roles held in an office begins; its id follows.
const OFFICE: &str = "office:";
/// How the field of the subjects handled in an office begins; its id follows.
const EXPERTISE: &str = "expertise:";
/// How the field of appointment hours in an office begins; its id follows.
pub const HOURS: &str = "hours:";
/// How the field of templates applied in an office alone begins; its id follows.
pub const APPLIED: &str = "applied:";
/// How the field of somebody's place in a queue begins; the queue's name follows (C-10).
pub const QUEUE: &str = "queue:";
/// How the field of a member of a group begins; the employee's id follows (C-13).
pub const MEMBER: &str = "member:";
/// The field of roles chosen before there is an office.
pub(crate) const WANTED: &str = "roles";

/// What is written to the audit trail with a change.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Entry {
    pub event: Event,
    pub subject: About,
    pub values: Vec<Value>,
}

/// A change that can say what it is. What can't is not written.
pub trait Recorded {
    /// What the audit trail will say.
    fn entry(&self) -> Entry;

    /// The version of the subject that the change was decided on; the trail keeps the one after.
    fn decided_on(&self) -> Option<Version> {
        None
    }
}

/// What the audit trail is asked for.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Query {
    /// Only entries about this one.
    pub subject: Option<About>,
    pub event: Option<Event>,
    /// Any part of the name or email of the author or of the employee it is about.
    pub person: String,
    pub from: Option<Timestamp>,
    pub until: Option<Timestamp>,
    /// Only entries older than this one: the next page.
    pub before: Option<i64>,
    /// Only entries about versions after this one (E-20).
    pub since: Option<Version>,
}

/// An entry as it is shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    pub sequence: i64,
    pub at: Timestamp,
    pub event: Event,
    pub author: Person,
    pub subject: About,
    /// The name of the subject; `None` once it is gone.
    pub subject_name: Option<String>,
    pub values: Vec<Value>,
    /// Whether there were values, which were erased with the person.
    pub erased: bool,
    /// From which address the request came, for those who may know.
    pub address: Option<String>,
}

/// Who did it, as far as is still known.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Person {
    System,
    Known(EmployeeId, String),
    /// Somebody who was deleted since.
    Former,
}
