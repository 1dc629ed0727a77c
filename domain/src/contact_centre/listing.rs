//! The list of contact-centre users: what is asked, and what comes back (C-01).

use super::license::Held;
use crate::employee::Status;
use crate::field::{Email, Phone};
use crate::listing::{Cursor, PAGE_SIZES, Place};
use crate::{AgentGroupId, EmployeeId, PictureId, QueueId};
use serde::{Deserialize, Serialize};

/// What somebody holds, to filter by.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LicenseKind {
    ContactCenter,
    Engage,
    None,
}

impl LicenseKind {
    /// Every one, in the order of the filter.
    pub const ALL: [Self; 3] = [Self::ContactCenter, Self::Engage, Self::None];

    /// The bit of a filter of several.
    pub const fn bit(self) -> i32 {
        match self {
            Self::ContactCenter => 1,
            Self::Engage => 2,
            Self::None => 4,
        }
    }

    /// The word in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::ContactCenter => "contact_center",
            Self::Engage => "engage",
            Self::None => "none",
        }
    }

    /// The kind of what somebody holds.
    pub fn of(held: &Held) -> Self {
        match held {
            Held::None => Self::None,
            Held::ContactCenter => Self::ContactCenter,
            Held::Engage { .. } => Self::Engage,
        }
    }
}

/// What the list is asked for; everything in it stands in the address.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Query {
    /// Any part of name or email, as typed.
    pub search: String,
    /// Any of these; empty is no filter.
    pub licenses: Vec<LicenseKind>,
    /// Any of these; empty is no filter.
    pub status: Vec<Status>,
    pub group: Option<AgentGroupId>,
    pub queue: Option<QueueId>,
    /// Supervisors alone.
    pub supervisors: bool,
    /// Rows of a page; one of [`PAGE_SIZES`].
    pub size: Option<u32>,
    pub place: Place,
}

impl Query {
    /// How many rows a page has.
    pub fn rows(&self) -> u32 {
        let size = self.size.filter(|size| PAGE_SIZES.contains(size));
        size.unwrap_or(PAGE_SIZES[0])
    }

    /// The bits of the licenses to let through; 0 lets all through.
    pub fn license_bits(&self) -> i32 {
        let bits = self.licenses.iter().map(|kind| kind.bit());
        bits.fold(0, |bits, bit| bits | bit)
    }

    /// The bits of the status to let through; 0 lets all through.
    pub fn status_bits(&self) -> i32 {
        let bits = self.status.iter().map(|status| status.bit());
        bits.fold(0, |bits, bit| bits | bit)
    }

    /// Whether anything narrows the list.
    pub fn is_narrowed(&self) -> bool {
        !self.search.trim().is_empty()
            || self.license_bits() != 0
            || self.status_bits() != 0
            || self.group.is_some()
            || self.queue.is_some()
            || self.supervisors
    }
}

/// One row of the list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Summary {
    pub id: EmployeeId,
    pub name: String,
    pub email: Email,
    pub status: Status,
    pub picture: Option<PictureId>,
    pub license: Held,
    pub work_number: Option<Phone>,
    pub work_extension: Option<String>,
    pub centre_number: Option<Phone>,
    pub centre_extension: Option<String>,
    /// The names of the queues that are assigned.
    pub queues: Vec<String>,
    pub group: String,
    pub supervisor: bool,
    pub cursor: Cursor,
}

/// A page of the list.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Page {
    pub rows: Vec<Summary>,
    /// Whether there is a page before this one.
    pub before: bool,
    /// Whether there is a page after this one.
    pub after: bool,
    /// How many match; exact up to [`crate::listing::COUNTED`], which stands for "more" when `bounded`.
    pub count: i64,
    pub bounded: bool,
}
