//! Why the answer is no, as codes; the message catalogue has the sentences.

use crate::OfficeId;
use crate::contact_centre::{elsewhere::Elsewhere, pbx};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Why something is not done.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Refusal {
    /// It does not exist, or the actor may not know that it does (404).
    NotFound,
    /// The actor may see it and not do this (403).
    Forbidden,
    /// Somebody else changed it since it was read (409, E-20).
    Stale,
    /// Fields whose content can't be taken (422).
    Invalid(Vec<Problem>),
    /// It would leave the organisation without an active Administrator (409, E-17).
    LastAdministrator,
    /// The state it is in does not allow it: a suspended person can't be invited (409).
    WrongState,
    /// Of the offices to change, these are not the actor's to change (403).
    NotYourOffices(Vec<OfficeId>),
    /// A link that is used, expired, revoked, altered or unknown; never said which (A-01, 410).
    DeadLink,
    /// The email or the password is wrong; never said which (A-03, 401).
    WrongCredentials,
    /// The account signs in by single sign-on and has no password (A-10, 409).
    SignsInElsewhere,
    /// No active Administrator could sign in any more (A-11, 409).
    LastWayIn,
    /// This many employees sign in by it (409).
    InUse(i64),
    /// This many appointments that are still to come stand in the way (case 20, 409).
    Awaited(i64),
    /// This many subjects are in the category (409).
    HasSubjects(i64),
    /// This many employees hold a role in the office, too many to take out in one step (409).
    TooManyEmployees(i64),
    /// It was tried too often; how many minutes to wait (A-09, 429).
    TooOften(i64),
    /// A role of this person needs a second factor (A-07, 403).
    SecondFactorRequired,
    /// It needs a sign-in of the last minutes (step-up, 403).
    SignInAgain,
    /// An identity provider's answer was not accepted; the audit trail knows why (A-05, 401).
    NotVouchedFor,
    /// These scripts lead there (C-19, 409).
    LedTo(Vec<String>),
    /// Calls to these channels run the script (C-19, 409).
    ScriptUsed(Vec<String>),
    /// The default group stays until another is the default (C-11, 409).
    DefaultGroup,
    /// A provider can't be reached, or is not what it should be (422).
    ProviderFails,
    /// Engage users of other tenants than the default stand in the way (case 20, 409).
    EngageElsewhere(Elsewhere),
    /// This hangs on the PBX (409).
    PbxInUse(pbx::Standing),
    /// This many users are in the tenant (409).
    TenantInUse(i64),
    /// It is the default tenant, and there are others (409).
    DefaultTenant,
    /// This many users have the plan (409).
    PlanInUse(i64),
    /// This many of the numbers are somebody's (409).
    NumbersInUse(i64),
}

impl Refusal {
    /// One field, one reason.
    pub fn field(field: Field, why: Why) -> Self {
        Self::Invalid(vec![Problem { field, why }])
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for Refusal {}

/// One field and what is wrong with it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Problem {
    pub field: Field,
    pub why: Why,
}

/// What is wrong with a field.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Why {
    Required,
    /// More than this many characters.
    TooLong(usize),
    /// Fewer than this many characters.
    TooShort(usize),
    NotAnEmail,
    NotAPhoneNumber,
    NotAnHttpsAddress,
    /// Not a colour such as `#1a5fb4`.
    NotAColour,
    /// Has control characters or text-direction overrides.
    NotPlainText,
    /// Another employee, or office, has it.
    Taken,
    /// A choice that does not exist.
    UnknownChoice,
    /// A customer of whom nothing is kept.
    NobodyKept,
    /// Not between these two.
    OutOfRange(i64, i64),
    /// A password that would be guessed soon.
    EasyToGuess,
    /// The current password is another.
    WrongPassword,
    /// Not what was asked to be typed.
    DoesNotMatch,
    /// Not a PNG, JPEG or WebP picture.
    NotAPicture,
    /// A password that is on the list of those that were stolen somewhere.
    Breached,
    /// A code of a second factor that is not right, or was used.
    WrongCode,
    /// Not a mail domain such as `example.org`.
    NotADomain,
    /// Not a certificate in PEM.
    NotACertificate,
    /// Not the metadata of one SAML identity provider that can be used.
    NotMetadata,
    /// Not a day of the calendar.
    NotADate,
    /// A provider that does not answer, or not as it should.
    NoAnswer,
    /// Not a time of the day, or the end of a block before its beginning.
    NotATime,
    /// It begins before it ends only if it does not cross midnight.
    Backward,
    /// A range of days or times that ends before it begins.
    EndsFirst,
    /// Two of them overlap.
    Overlapping,
    /// The agent does not work in the office.
    NotInOffice,
    /// It lies in the past.
    Past,
    /// Somebody else was faster, or the agent is not free.
    NotFree,
    /// The rules of bookings say no; staff who may can say so explicitly (P-03).
    AgainstRule(Vec<crate::booking::Obstacle>),
    /// An address inside the house, which the operator did not allow.
    InwardAddress,
    /// The calendar server does not accept name and password.
    CalendarRefused,
    /// No calendar, and no server of calendars, is at the address, or it does not answer.
    NoCalendar,
    /// A calendar with more in it than is read.
    CalendarTooLarge,
    /// Not a name or address of a machine.
    NotAHost,
    /// A number that is not in E.164, where nothing else is accepted (case 16).
    NotE164,
    /// The first and the last number of a block have different lengths.
    LengthsDiffer,
    /// More numbers than this at once.
    TooManyNumbers(u64),
    /// So many users are in queues and groups of the PBX that would be left.
    MembersStay(i64),
    /// So many extensions are somebody's in the other PBX.
    ExtensionsClash(i64),
    /// This license has so many seats, and all are used (case 17).
    NoSeatLeft(String, i64),
    /// So many seats are used.
    SeatsUsed(i64),
    /// Not three to six digits.
    NotAnExtension,
    /// An extension that somebody in need would dial.
    LooksLikeEmergency,
    /// Engage (CC) without a Work license, or the other way round (C-03).
    HalfPair,
    /// The Contact Center license beside the Engage pair.
    LicensesExclude,
    /// Where there are several PBXs, only users of the default tenant are Engage users (C-06).
    NotDefaultTenant,
    /// These queues can't have Engage users; names with commas between (C-09).
    QueuesNotForEngage(String),
    /// These queues have the user, who leaves them first, or in the same step (case 17).
    StillInQueues(String),
    /// An agent workspace is among the endpoints, which only formal agents have (C-16).
    HasWorkspace,
    /// These queues and groups of the old PBX have the user.
    InOldPbx(String),
    /// A number that is not in the inventory.
    NotInInventory,
    /// There is no tenant yet.
    NeedsTenant,
    /// There is no agent group yet.
    NeedsAgentGroup,
    /// Only formal agents have it (C-16).
    OnlyFormalAgents,
    /// The employee is a contact-centre user already.
    IsContactUser,
    /// A post-processing timeout that the queue can't have (C-09).
    Timeout(crate::contact_centre::offer::TimeoutProblem),
    /// An Engage user would be in a queue whose post-processing they could not end in time (C-09).
    QueueUnsuited {
        user: String,
        queue: String,
    },
    /// A user and a queue, or a group, of different PBXs.
    OtherPbx {
        user: String,
        queue: String,
    },
    /// Enabled without being assigned (case 20).
    NotAssigned,
    /// What is wrong with a step of a script, by its number from 1 (C-19).
    Step(usize, crate::contact_centre::script::StepProblem),
    /// A script with more steps than this.
    TooManySteps(usize),
}

macro_rules! fields {
    ($($variant:ident $name:literal)*) => {
        /// A field of a form, by the name of its input.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
        pub enum Field { $(#[serde(rename = $name)] $variant,)* }
        impl Field {
            /// The name of the input.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The field of an input's name.
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

fields! {
    Email "email"
    FirstName "first_name"
    LastName "last_name"
    Phone "phone"
    ExternalId "external_id"
    Roles "roles"
    Administrator "administrator"
    Offices "offices"
    SignIn "sign_in"
    OnlinePlanning "online_planning"
    Function "function"
    Introduction "introduction"
    VideoLink "video_link"
    Picture "picture"
    Password "password"
    NewPassword "new_password"
    Language "language"
    TimeZone "time_zone"
    Country "country"
    Name "name"
    Active "active"
    InvitationHours "invitation_hours"
    Confirmation "confirmation"
    Status "status"
    Provider "provider"
    SingleSignOn "single_sign_on"
    Domains "domains"
    SecondFactor "second_factor"
    Issuer "issuer"
    Address "address"
    Certificates "certificates"
    SignRequests "sign_requests"
    ClientId "client_id"
    ClientSecret "client_secret"
    SecretEnds "secret_ends"
    Metadata "metadata"
    Code "code"
    Exempt "exempt"
    Description "description"
    Directions "directions"
    Parking "parking"
    Opening "opening"
    Closing "closing"
    Virtual "virtual"
    Title "title"
    Category "category"
    Subject "subject"
    Meetings "meetings"
    Duration "duration"
    Before "before"
    After "after"
    NoticeLeast "notice_least"
    NoticeMost "notice_most"
    ConfirmedBy "confirmed_by"
    Questions "questions"
    Office "office"
    Agent "agent"
    Begins "begins"
    Day "day"
    FirstDay "first_day"
    LastDay "last_day"
    From "from"
    Until "until"
    Reason "reason"
    Blocks "blocks"
    Template "template"
    Meeting "meeting"
    Customer "customer"
    Note "note"
    Remark "remark"
    Consent "consent"
    Answers "answers"
    CalendarAddress "calendar_address"
    User "user"
    ConsentText "consent_text"
    RetentionDays "retention_days"
    ReminderHours "reminder_hours"
    Digest "digest"
    Frames "frames"
    Accent "accent"
    Logo "logo"
    Welcome "welcome"
    WordsBooked "words_booked"
    WordsReminder "words_reminder"
    WordsCancelled "words_cancelled"
    Enabled "enabled"
    Pbx "pbx"
    Host "host"
    Tenant "tenant"
    ShowsCli "shows_cli"
    License "license"
    Seats "seats"
    Plan "plan"
    Number "number"
    LastNumber "last_number"
    WorkNumber "work_number"
    WorkExtension "work_extension"
    CentreNumber "centre_number"
    CentreExtension "centre_extension"
    Department "department"
    Site "site"
    CallWaiting "call_waiting"
    AgentGroup "agent_group"
    Queue "queue"
    Direction "direction"
    PostProcessing "post_processing"
    Strategy "strategy"
    RingSeconds "ring_seconds"
    Priority "priority"
    Members "members"
    IsDefault "is_default"
    Steps "steps"
    Script "script"
    Channel "channel"
    Kind "kind"
    Employee "employee"
    Supervisor "supervisor"
}
