//! What people see: pages, and the server functions they call.

#![recursion_limit = "256"] // the types of views nest deeply

pub mod account;
pub mod activate;
pub mod again;
pub mod agent_groups;
pub mod appointments;
pub mod attention;
pub mod audit;
#[cfg(feature = "ssr")]
pub mod booking;
pub mod call_groups;
pub mod confirm_email;
pub mod contact_centre;
pub mod customers;
pub mod employees;
pub mod error;
pub mod expertise;
pub mod forgotten;
pub mod form;
pub mod home;
pub mod landing;
pub mod link;
pub mod live;
pub mod me;
pub mod messages;
#[cfg(feature = "ssr")]
mod missed;
pub mod offered;
pub mod offices;
pub mod one;
pub mod outcome;
pub mod palette;
#[cfg(feature = "ssr")]
pub mod password;
pub mod queues;
#[cfg(feature = "ssr")]
pub mod request;
mod routes;
pub mod settings;
pub mod sign_in;
#[cfg(feature = "ssr")]
pub mod site;
#[cfg(feature = "ssr")]
pub mod sso;
pub mod subjects;
pub mod ui;

pub use routes::App;
#[cfg(feature = "ssr")]
pub use routes::shell;
