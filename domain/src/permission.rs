//! Roles, actions, reaches, and THE table of who may do what (specification, section 8).

use serde::{Deserialize, Serialize};

/// What an employee is there for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Takes appointments; held in an office.
    Agent,
    /// Runs an office; held in an office.
    OfficeManager,
    /// Runs the organisation; held in the organisation.
    Administrator,
}

impl Role {
    /// Every role, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Agent, Self::OfficeManager, Self::Administrator];
    /// The roles that are held in an office.
    pub const IN_OFFICE: [Self; 2] = [Self::Agent, Self::OfficeManager];

    /// The bit of this role in a stored set.
    pub const fn bit(self) -> i32 {
        match self {
            Self::Agent => 1,
            Self::OfficeManager => 2,
            Self::Administrator => 4,
        }
    }

    /// The word of this role in addresses and forms.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::OfficeManager => "office_manager",
            Self::Administrator => "administrator",
        }
    }

    /// The role of a word; `None` for any other word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.code() == code)
    }
}

/// A set of roles, stored as bits so that a filter is one comparison.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(transparent)]
#[cfg_attr(feature = "sqlx", derive(sqlx::Type), sqlx(transparent))]
pub struct Roles(pub i32);

impl Roles {
    /// No role.
    pub const NONE: Self = Self(0);

    /// Whether `role` is in the set.
    pub const fn has(self, role: Role) -> bool {
        self.0 & role.bit() != 0
    }

    /// The set with `role` added or taken out.
    #[must_use]
    pub const fn set(self, role: Role, on: bool) -> Self {
        if on {
            Self(self.0 | role.bit())
        } else {
            Self(self.0 & !role.bit())
        }
    }

    /// What is in either set.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// What is in this set and not in `other`.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// The roles of the set that are held in an office; whatever else stands in it is dropped.
    #[must_use]
    pub const fn in_office(self) -> Self {
        Self(self.0 & (Role::Agent.bit() | Role::OfficeManager.bit()))
    }

    /// Whether there is no role in it.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The roles, in the order in which they are shown.
    pub fn iter(self) -> impl Iterator<Item = Role> {
        Role::ALL.into_iter().filter(move |role| self.has(*role))
    }

    /// The roles of words, or `None` when a word is no role.
    pub fn from_codes<'a>(codes: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        codes
            .into_iter()
            .map(Role::from_code)
            .collect::<Option<Self>>()
    }
}

impl FromIterator<Role> for Roles {
    fn from_iter<I: IntoIterator<Item = Role>>(roles: I) -> Self {
        roles
            .into_iter()
            .fold(Self::NONE, |set, role| set.set(role, true))
    }
}

macro_rules! all {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        pub enum $name { $($(#[$variant_doc])* $variant,)* }
        impl $name {
            /// Every one, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];
        }
    };
}

all! {
    /// A row of the table: something one may or may not do.
    Action {
        /// List and view employees.
        ViewEmployee,
        /// See a colleague's name, picture and function.
        SeeColleague,
        /// Add an employee; invite, resend, revoke.
        AddEmployee,
        /// Edit phone, function, introduction, video link and picture.
        EditProfile,
        /// Change the address somebody signs in with (by oneself: after confirmation).
        ChangeEmail,
        /// Change a name.
        ChangeName,
        /// Grant or remove Agent and Office Manager.
        GrantOfficeRole,
        /// Grant or remove Administrator.
        GrantAdministrator,
        /// Assign offices.
        AssignOffices,
        /// Switch Online planning.
        SwitchOnlinePlanning,
        /// End somebody's sessions.
        EndSessions,
        /// Take somebody's second factors away, which they lost.
        ResetSecondFactor,
        /// Suspend and reactivate.
        Suspend,
        /// Delete an employee for good.
        DeleteEmployee,
        /// External ID, activation bypass, sign-in method.
        ChangeSignIn,
        /// Create and delete offices.
        CreateOffice,
        /// See and edit an office.
        EditOffice,
        /// Categories and subjects: what appointments can be about.
        EditSubjects,
        /// Who handles which subject in an office.
        EditExpertise,
        /// Appointment hours and absences.
        EditHours,
        /// Link a calendar.
        LinkCalendar,
        /// Switch or unlink a linked calendar.
        SwitchCalendar,
        /// View, book, reschedule, cancel and reassign appointments.
        HandleAppointments,
        /// Book against a rule: outside hours, without expertise; never twice at once.
        BookAgainstRule,
        /// See what needs attention.
        SeeAttention,
        /// Read the audit trail.
        ReadAudit,
        /// The organisation's settings.
        ChangeSettings,
        /// Contact centre: users, licenses, voice, tenants, queues, groups, supervisors.
        EditContactCentre,
        /// Read one's own contact-centre settings; set one's own state.
        UseContactCentre,
        /// Monitor; barge, whisper; set members' state.
        Monitor,
        /// Ask who would be offered a call.
        AskOffer,
    }
}

all! {
    /// A column of the table: in which capacity somebody asks. One person may ask in several.
    Caller {
        /// Holds Administrator.
        Administrator,
        /// Holds Office Manager in at least one office.
        OfficeManager,
        /// Holds Agent in at least one office.
        Agent,
        /// Any employee, also one who holds no role.
        Employee,
        /// Supervises in the contact centre; need hold no role.
        Supervisor,
        /// Staffroom itself, for what follows from an earlier decision.
        System,
    }
}

all! {
    /// A cell of the table: on whom or what the action may be done.
    Reach {
        /// On nobody.
        None,
        /// On oneself.
        Own,
        /// On those who work in the offices one works in.
        Colleagues,
        /// On the members of what is assigned to one and enabled, as a supervisor.
        Monitored,
        /// On those of the offices one manages.
        Office,
        /// On those of the offices one manages, and touching only offices one manages.
        OwnOffices,
        /// On those all of whose offices one manages.
        WholePerson,
        /// On everyone in the organisation.
        All,
    }
}

impl Action {
    /// Whether the action only reads. An Office Manager sees an Administrator of their office,
    /// and never changes one.
    pub const fn only_reads(self) -> bool {
        matches!(
            self,
            Self::ViewEmployee
                | Self::SeeColleague
                | Self::SeeAttention
                | Self::ReadAudit
                | Self::AskOffer
        )
    }

    /// The roles by which somebody who holds one of them in an office reaches what is in that office.
    pub fn office_roles(self) -> Roles {
        let reaches = |caller| {
            !matches!(
                self.reach(caller),
                Reach::None | Reach::Own | Reach::Monitored
            )
        };
        [
            (Role::Agent, reaches(Caller::Agent)),
            (Role::OfficeManager, reaches(Caller::OfficeManager)),
        ]
        .into_iter()
        .fold(Roles::NONE, |set, (role, on)| set.set(role, on))
    }

    /// THE table.
    pub const fn reach(self, caller: Caller) -> Reach {
        use Action as A;
        use Caller as C;
        use Reach as R;
        match (self, caller) {
            (A::Monitor | A::AskOffer, C::Supervisor) => R::Monitored,
            (
                A::ViewEmployee
                | A::SeeColleague
                | A::AddEmployee
                | A::EditProfile
                | A::ChangeEmail
                | A::ChangeName
                | A::GrantOfficeRole
                | A::GrantAdministrator
                | A::AssignOffices
                | A::SwitchOnlinePlanning
                | A::EndSessions
                | A::ResetSecondFactor
                | A::Suspend
                | A::DeleteEmployee
                | A::ChangeSignIn
                | A::CreateOffice
                | A::EditOffice
                | A::EditSubjects
                | A::EditExpertise
                | A::EditHours
                | A::LinkCalendar
                | A::SwitchCalendar
                | A::HandleAppointments
                | A::BookAgainstRule
                | A::SeeAttention
                | A::ReadAudit
                | A::ChangeSettings
                | A::EditContactCentre
                | A::UseContactCentre,
                C::Supervisor,
            ) => R::None,

            (A::ViewEmployee, C::Administrator | C::System) => R::All,
            (A::ViewEmployee, C::OfficeManager) => R::Office,
            (A::ViewEmployee, C::Agent | C::Employee) => R::Own,

            (A::SeeColleague, C::Administrator | C::System) => R::All,
            (A::SeeColleague, C::OfficeManager) => R::Office,
            (A::SeeColleague, C::Agent) => R::Colleagues,
            (A::SeeColleague, C::Employee) => R::Own,

            (A::AddEmployee, C::Administrator | C::System) => R::All,
            (A::AddEmployee, C::OfficeManager | C::Agent | C::Employee) => R::None,

            (A::EditProfile, C::Administrator | C::System) => R::All,
            (A::EditProfile, C::OfficeManager) => R::Office,
            (A::EditProfile, C::Agent | C::Employee) => R::Own,

            (A::ChangeEmail | A::ChangeName, C::Administrator | C::System) => R::All,
            (A::ChangeEmail | A::ChangeName, C::OfficeManager) => R::None,
            (A::ChangeEmail | A::ChangeName, C::Agent | C::Employee) => R::Own,

            (A::GrantOfficeRole | A::AssignOffices, C::Administrator | C::System) => R::All,
            (A::GrantOfficeRole | A::AssignOffices, C::OfficeManager) => R::OwnOffices,
            (A::GrantOfficeRole | A::AssignOffices, C::Agent | C::Employee) => R::None,

            (A::GrantAdministrator, C::Administrator | C::System) => R::All,
            (A::GrantAdministrator, C::OfficeManager | C::Agent | C::Employee) => R::None,

            (A::SwitchOnlinePlanning, C::Administrator | C::System) => R::All,
            (A::SwitchOnlinePlanning, C::OfficeManager) => R::Office,
            (A::SwitchOnlinePlanning, C::Agent | C::Employee) => R::None,

            (A::EndSessions | A::ResetSecondFactor, C::Administrator | C::System) => R::All,
            (A::EndSessions | A::ResetSecondFactor, C::OfficeManager) => R::None,
            (A::EndSessions | A::ResetSecondFactor, C::Agent | C::Employee) => R::Own,

            (A::Suspend, C::Administrator | C::System) => R::All,
            (A::Suspend, C::OfficeManager) => R::WholePerson,
            (A::Suspend, C::Agent | C::Employee) => R::None,

            (A::DeleteEmployee | A::ChangeSignIn, C::Administrator | C::System) => R::All,
            (A::DeleteEmployee | A::ChangeSignIn, C::OfficeManager | C::Agent | C::Employee) => {
                R::None
            }

            (A::CreateOffice, C::Administrator | C::System) => R::All,
            (A::CreateOffice, C::OfficeManager | C::Agent | C::Employee) => R::None,

            (A::EditOffice, C::Administrator | C::System) => R::All,
            (A::EditOffice, C::OfficeManager) => R::Office,
            (A::EditOffice, C::Agent | C::Employee) => R::None,

            (A::EditSubjects, C::Administrator | C::System) => R::All,
            (A::EditSubjects, C::OfficeManager | C::Agent | C::Employee) => R::None,

            (A::EditExpertise | A::BookAgainstRule, C::Administrator | C::System) => R::All,
            (A::EditExpertise | A::BookAgainstRule, C::OfficeManager) => R::Office,
            (A::EditExpertise | A::BookAgainstRule, C::Agent | C::Employee) => R::None,

            (A::EditHours | A::SwitchCalendar, C::Administrator | C::System) => R::All,
            (A::EditHours | A::SwitchCalendar, C::OfficeManager) => R::Office,
            (A::EditHours | A::SwitchCalendar, C::Agent) => R::Own,
            (A::EditHours | A::SwitchCalendar, C::Employee) => R::None,

            (A::LinkCalendar, C::Administrator | C::OfficeManager | C::Agent | C::Employee) => {
                R::Own
            }
            (A::LinkCalendar, C::System) => R::None,

            (A::HandleAppointments, C::Administrator | C::System) => R::All,
            (A::HandleAppointments, C::OfficeManager) => R::Office,
            (A::HandleAppointments, C::Agent) => R::Colleagues,
            (A::HandleAppointments, C::Employee) => R::None,

            (A::SeeAttention, C::Administrator | C::System) => R::All,
            (A::SeeAttention, C::OfficeManager) => R::Office,
            (A::SeeAttention, C::Agent) => R::Own,
            (A::SeeAttention, C::Employee) => R::None,

            (A::ReadAudit, C::Administrator | C::System) => R::All,
            (A::ReadAudit, C::OfficeManager) => R::Office,
            (A::ReadAudit, C::Agent | C::Employee) => R::Own,

            (A::ChangeSettings, C::Administrator | C::System) => R::All,
            (A::ChangeSettings, C::OfficeManager | C::Agent | C::Employee) => R::None,

            (A::EditContactCentre | A::Monitor, C::Administrator | C::System) => R::All,
            (A::EditContactCentre | A::Monitor, C::OfficeManager | C::Agent | C::Employee) => {
                R::None
            }

            (A::UseContactCentre, C::Administrator | C::OfficeManager | C::Agent | C::Employee) => {
                R::Own
            }
            (A::UseContactCentre, C::System) => R::None,

            (A::AskOffer, C::Administrator | C::System) => R::All,
            (A::AskOffer, C::OfficeManager) => R::None,
            (A::AskOffer, C::Agent | C::Employee) => R::Own,
        }
    }
}
