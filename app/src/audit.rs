//! The audit trail: who did what and when, on a page of its own and as Activity of an employee (E-23).

mod filter;
#[cfg(feature = "ssr")]
mod hours;
mod page;
#[cfg(feature = "ssr")]
mod readable;
#[cfg(feature = "ssr")]
mod sentence;
mod trail;

pub use filter::Filter;
pub(crate) use filter::event_word;
pub use page::AuditTrailPage;
pub use trail::Trail;

use crate::error::AppError;
use crate::ui::Moment;
use domain::{EmployeeId, Event};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// A page of the trail, in the words of whoever asks.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct AuditPage {
    pub lines: Vec<AuditLine>,
    /// The number from which the next page goes on, when there is one.
    pub next: Option<i64>,
}

/// An entry of the trail as it is read.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
pub struct AuditLine {
    pub at: Moment,
    pub event: Event,
    /// "Ada Lindqvist suspended Max De Smet", in its parts.
    pub sentence: Vec<Part>,
    pub changes: Vec<Changed>,
    /// Whether there were changed values, which were erased with the person.
    pub erased: bool,
    /// From which address the request came, for Administrators.
    pub address: Option<String>,
}

/// A part of a sentence.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Part {
    Text(String),
    /// Somebody, or something, with the address of its page if the asker may see it.
    Name(String, Option<String>),
}

/// A value before and after, by the words for both.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Changed {
    pub field: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// The entries about an employee that the asker may see, newest first; `before` is that of the page
/// before ([`AuditPage::next`]).
#[server(endpoint = "audit_trail", input = server_fn::codec::Json)]
pub async fn audit_trail(employee: EmployeeId, before: Option<i64>) -> Result<AuditPage, AppError> {
    let mut request = crate::request::Read::begin().await?;
    let query = domain::audit::Query {
        subject: Some(domain::About::Employee(employee)),
        before,
        ..Default::default()
    };
    readable::page(&mut request, &query).await
}

/// The entries that the asker may see and that the page asks for.
#[server(endpoint = "search_audit", input = server_fn::codec::Json)]
pub async fn search_audit(filter: Filter) -> Result<AuditPage, AppError> {
    let mut request = crate::request::Read::begin().await?;
    let query = filter.query(&request.zone());
    readable::page(&mut request, &query).await
}
