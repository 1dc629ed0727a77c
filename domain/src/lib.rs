//! What is true: the rules and types of Staffroom, without I/O, clock or randomness.

pub mod absence;
pub mod actor;
pub mod appointment;
pub mod audit;
pub mod availability;
pub mod booking;
pub mod calendar;
pub mod contact_centre;
pub mod credential;
pub mod customer;
pub mod employee;
pub mod expertise;
pub mod factor;
pub mod field;
#[cfg(feature = "server")]
pub mod fold;
pub mod hours;
pub mod id;
pub mod instant;
pub mod invitation;
pub mod listing;
pub mod office;
pub mod organisation;
pub mod permission;
pub mod policy;
pub mod provider;
pub mod refusal;
pub mod seal;
pub mod sign_in;
pub mod subject;
pub mod throttle;

pub use actor::{Actor, By, Place, Target};
pub use appointment::Appointment;
pub use audit::{About, Entry, Event};
pub use employee::{Employee, SignIn, Status};
pub use id::{
    AbsenceId, AgentGroupId, AppointmentId, CalendarId, CalendarLinkId, CategoryId, ChannelId,
    EmployeeId, EndpointId, OfficeId, OrganisationId, PartId, PasskeyId, PbxId, PickupGroupId,
    PictureId, ProviderId, QueueId, RingGroupId, ScriptId, SessionId, SubjectId, TenantId, Version,
};
pub use jiff::Timestamp;
pub use office::Office;
pub use organisation::Organisation;
pub use permission::{Action, Caller, Reach, Role, Roles};
pub use provider::Provider;
pub use refusal::{Field, Problem, Refusal, Why};
pub use seal::Allowed;
pub use subject::{Category, Subject};
