//! Contact-centre users: the list, a new one, and the tab of one (C-01 to C-05, C-08, C-10 to C-12, C-16).

mod address;
mod endpoints;
mod list;
mod new;
mod one;
mod parts;
mod phone;
mod profile;
mod queues;
mod read;
#[cfg(feature = "ssr")]
mod save;
mod state;
mod suggest;
mod supervision;
mod words;

pub use endpoints::{AddEndpoint, AddedEndpoint, RemoveEndpoint};
pub use list::{ContactFilters, ContactUsersPage, ListContactUsers};
pub use new::{CreateContactUser, NewContactUserPage};
pub use one::ContactUserPage;
pub use phone::SaveContactPhone;
pub use profile::{FreeContactSeat, RemoveContactUser, SaveContactGroup, SaveContactUser};
pub use queues::SaveContactQueues;
pub use read::{
    Choices, ContactChoices, ContactUserView, GetContactUser, QueueView, contact_choices,
    get_contact_user,
};
pub use state::SetContactState;
pub use suggest::SuggestExtension;
pub use supervision::SaveSupervision;
pub(super) use words::state_word;
