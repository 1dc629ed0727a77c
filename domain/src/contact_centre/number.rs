//! The inventory of numbers in E.164, each with at most one place that has it (C-04).

mod block;
mod release;

pub use block::{BLOCK_MAX, Block, NumbersAdded, NumbersRemoved};
pub use release::{NumberReleased, Released};

use crate::field::Phone;
use crate::{ChannelId, EmployeeId, OrganisationId};
use serde::{Deserialize, Serialize};

/// Where a user has numbers and extensions.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Environment {
    Work,
    ContactCenter,
}

/// A number of the inventory as the store read it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Number {
    pub organisation: OrganisationId,
    pub number: Phone,
    /// Who has it; `None` while it is free.
    pub holder: Option<Holder>,
}

/// The one place that has a number.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Holder {
    User {
        id: EmployeeId,
        name: String,
        environment: Environment,
    },
    Channel {
        id: ChannelId,
        name: String,
    },
}

impl Environment {
    /// Both, in the order in which they are shown.
    pub const ALL: [Self; 2] = [Self::Work, Self::ContactCenter];

    /// The stored number.
    pub const fn number(self) -> i32 {
        match self {
            Self::Work => 1,
            Self::ContactCenter => 2,
        }
    }

    /// The environment of a stored number.
    pub const fn from_number(number: i32) -> Option<Self> {
        match number {
            1 => Some(Self::Work),
            2 => Some(Self::ContactCenter),
            _ => None,
        }
    }
}
