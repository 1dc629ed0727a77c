//! Lists of employees: what is asked, who may see what of it, and what comes back.

use crate::employee::{Record, Status};
use crate::field::Email;
use crate::{
    Action, Actor, EmployeeId, OfficeId, OrganisationId, PictureId, Reach, Refusal, Roles,
    Timestamp,
};
use serde::{Deserialize, Serialize};

/// The numbers of rows a page may have; the first is the usual one.
pub const PAGE_SIZES: [u32; 3] = [25, 50, 100];
/// Up to how many matches are counted exactly (E-05).
pub const COUNTED: i64 = 1_000;

/// What a list is sorted by.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    #[default]
    Name,
    Email,
    Status,
    LastSeen,
}

impl Sort {
    /// Every sort, in the order of the columns.
    pub const ALL: [Self; 4] = [Self::Name, Self::Email, Self::Status, Self::LastSeen];

    /// The word of this sort in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Email => "email",
            Self::Status => "status",
            Self::LastSeen => "last_seen",
        }
    }

    /// The sort of a word.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sort| sort.code() == code)
    }
}

/// What a list of employees is asked for; everything in it stands in the address (E-04).
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Query {
    /// Any part of name or email, as typed.
    pub search: String,
    /// Any of these roles; empty is no filter.
    pub roles: Roles,
    /// Any of these status; empty is no filter.
    pub status: Vec<Status>,
    pub office: Option<OfficeId>,
    pub sort: Sort,
    pub descending: bool,
    /// Rows of a page; one of [`PAGE_SIZES`].
    pub size: Option<u32>,
    pub place: Place,
}

/// Where in the list a page begins.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub enum Place {
    #[default]
    Start,
    /// After the row of this cursor.
    After(Cursor),
    /// Before the row of this cursor.
    Before(Cursor),
}

/// A row's place in the order: the value it is sorted by, and its id.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Cursor {
    pub key: String,
    pub id: EmployeeId,
}

impl Cursor {
    /// The cursor as it stands in an address.
    pub fn to_text(&self) -> String {
        format!("{}~{}", self.key, self.id)
    }

    /// The cursor of an address; `None` when it was not made by us.
    pub fn from_text(text: &str) -> Option<Self> {
        let (key, id) = text.rsplit_once('~')?;
        Some(Self {
            key: key.to_owned(),
            id: id.parse().ok()?,
        })
    }
}

impl Query {
    /// How many rows a page has.
    pub fn rows(&self) -> u32 {
        self.size
            .filter(|size| PAGE_SIZES.contains(size))
            .unwrap_or(PAGE_SIZES[0])
    }

    /// The status bits to let through; 0 lets all through.
    pub fn status_bits(&self) -> i32 {
        self.status
            .iter()
            .fold(0, |bits, status| bits | status.bit())
    }

    /// Whether anything narrows the list.
    pub fn is_narrowed(&self) -> bool {
        !self.search.trim().is_empty()
            || !self.roles.is_empty()
            || !self.status.is_empty()
            || self.office.is_some()
    }
}

/// One row of a list.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Summary {
    pub id: EmployeeId,
    pub name: String,
    pub email: Email,
    pub status: Status,
    /// Held or wanted, as far as the asker may see.
    pub roles: Roles,
    /// Names of offices, as far as the asker may see.
    pub offices: Vec<String>,
    pub picture: Option<PictureId>,
    #[serde(with = "crate::instant::optional")]
    pub last_seen_at: Option<Timestamp>,
    pub cursor: Cursor,
}

/// A page of a list.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Page {
    pub rows: Vec<Summary>,
    /// Whether there is a page before this one.
    pub before: bool,
    /// Whether there is a page after this one.
    pub after: bool,
    /// How many match; exact up to [`COUNTED`], which stands for "more" when `bounded`.
    pub count: i64,
    pub bounded: bool,
}

/// Whose rows somebody may see. Only an [`Actor`] makes one, and no list is read without one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Visibility {
    organisation: OrganisationId,
    of: Of,
}

/// The four shapes a visibility has.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Of {
    /// Nobody at all.
    Nobody,
    /// Everybody in the organisation.
    Everyone,
    /// Those who hold a role in an office that this person manages.
    ManagedBy(EmployeeId),
    /// This person alone.
    Only(EmployeeId),
}

impl Visibility {
    /// The organisation it is of.
    pub fn organisation(&self) -> OrganisationId {
        self.organisation
    }

    /// Whom it covers.
    pub fn of(&self) -> Of {
        self.of
    }
}

impl Actor {
    /// Whose rows the actor may see in a list that needs `action`. Where the table's reach has a
    /// condition, the list is of those who can come into question.
    pub fn visibility(&self, action: Action) -> Visibility {
        let widest = self.callers().map(|caller| action.reach(caller)).max();
        let of = match (widest, self.id()) {
            (Some(Reach::All), _) => Of::Everyone,
            (Some(Reach::Office | Reach::OwnOffices | Reach::WholePerson), Some(id)) => {
                Of::ManagedBy(id)
            }
            (Some(Reach::Own | Reach::Colleagues), Some(id)) => Of::Only(id),
            _ => Of::Nobody,
        };
        Visibility {
            organisation: self.organisation(),
            of,
        }
    }

    /// What of a record the actor may see: of somebody in several offices, an Office Manager sees
    /// only what concerns the offices they manage.
    ///
    /// # Errors
    /// [`Refusal::NotFound`].
    pub fn view(&self, employee: &crate::Employee) -> Result<Record, Refusal> {
        self.may(Action::ViewEmployee, employee.target())?;
        let mut record: Record = (**employee).clone();
        let own = self.id() == Some(employee.id);
        if !own && !self.reaches_all(Action::ViewEmployee) {
            record.places.retain(|place| self.manages(place.office));
            record.wanted = Roles::NONE;
        }
        Ok(record)
    }
}
