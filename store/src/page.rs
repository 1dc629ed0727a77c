//! Where a page of a list by name stands, and which pages there are beside it.

use domain::EmployeeId;
use domain::listing::{Cursor, Place};
use uuid::Uuid;

/// A page of employees, by name.
pub(crate) struct Paging<'a> {
    cursor: Option<&'a Cursor>,
    backward: bool,
}

impl<'a> Paging<'a> {
    /// The page of an address. What no name can hold is no cursor.
    pub(crate) fn of(place: &'a Place) -> Self {
        let cursor = match place {
            Place::Start => None,
            Place::After(cursor) | Place::Before(cursor) => {
                Some(cursor).filter(|cursor| !cursor.key.contains('\0'))
            }
        };
        let backward = cursor.is_some() && matches!(place, Place::Before(_));
        Self { cursor, backward }
    }

    /// Whether it is the first page.
    pub(crate) fn is_start(&self) -> bool {
        self.cursor.is_none()
    }

    /// The end of a statement about employees `e`: from here, in order. `key` and `id` are the numbers of
    /// the parameters for [`Self::key`] and [`Self::id`].
    pub(crate) fn sql(&self, key: u8, id: u8) -> String {
        let (beyond, order) = match self.backward {
            false => (">", "ASC"),
            true => ("<", "DESC"),
        };
        let from = match self.cursor {
            Some(_) => format!("(e.name_folded, e.id) {beyond} (${key}, ${id})"),
            None => format!("(${key} = '' OR ${id} IS NOT NULL)"),
        };
        format!("AND {from} ORDER BY e.name_folded {order}, e.id {order}")
    }

    /// The name at which it begins.
    pub(crate) fn key(&self) -> String {
        self.cursor
            .map_or_else(String::new, |cursor| cursor.key.clone())
    }

    /// The id at which it begins.
    pub(crate) fn id(&self) -> EmployeeId {
        self.cursor
            .map_or(EmployeeId(Uuid::nil()), |cursor| cursor.id)
    }

    /// Brings what was read, one row more than a page has, into the order of names; whether there is a
    /// page before it, and one after it.
    pub(crate) fn close<T>(&self, rows: &mut Vec<T>, size: usize) -> (bool, bool) {
        let more = rows.len() > size;
        rows.truncate(size);
        if self.backward {
            rows.reverse();
            return (more, true);
        }
        (!self.is_start(), more)
    }
}
