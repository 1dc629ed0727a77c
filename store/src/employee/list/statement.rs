//! The statement of a list, put together from constants of this file alone.

use crate::{At, search};
use domain::listing::{COUNTED, Cursor, Of, Query, Sort, Visibility};
use domain::{EmployeeId, Timestamp};
use uuid::Uuid;

/// Between the names of offices in one column; no name can hold it.
pub(super) const SEPARATOR: &str = "\u{1f}";
/// Where the count is known already.
pub(super) const NOT_COUNTED: &str = "CAST(0 AS BIGINT)";

/// The offices that the asker ($2) manages, as seen from an assignment `a`.
const MANAGED: &str = "EXISTS (SELECT 1 FROM assignment m WHERE m.organisation = a.organisation
    AND m.office = a.office AND m.employee = $2 AND (m.roles & 2) <> 0)";

/// Of a row, only the roles held in offices that the asker manages; that somebody is an
/// Administrator shows, since it decides what may be done to them.
const MANAGED_ROLES: &str = "((e.roles & 4) | (
    SELECT COALESCE(max(a.roles & 1), 0) | COALESCE(max(a.roles & 2), 0) FROM assignment a
    WHERE a.organisation = e.organisation AND a.employee = e.id AND EXISTS (
        SELECT 1 FROM assignment m WHERE m.organisation = a.organisation
            AND m.office = a.office AND m.employee = $2 AND (m.roles & 2) <> 0)))";

/// The statement's text, put together from constants of this file alone.
///
/// $1 organisation, $2 who asks, $3 separator, $4 $5 $6 the cursor's key (as text, status, time),
/// $7 the cursor's id, $8 limit, $9 status bits, $10 role bits, $11 pattern, $12 office.
pub(super) struct Text {
    from: &'static str,
    pub(super) conditions: String,
    roles: &'static str,
    visible_offices: &'static str,
}

impl Text {
    pub(super) fn new(visibility: Visibility, query: &Query) -> Self {
        let managed = matches!(visibility.of(), Of::ManagedBy(_));
        let roles = if managed {
            MANAGED_ROLES
        } else {
            "(e.roles | e.wanted)"
        };
        let mut conditions = String::from("e.organisation = $1");
        let mut and = |condition: &str| {
            conditions.push_str(" AND ");
            conditions.push_str(condition);
        };
        match (visibility.of(), query.office) {
            (Of::Everyone, None) => {}
            (Of::Everyone, Some(_)) => and("e.id IN (SELECT a.employee FROM assignment a
                WHERE a.organisation = $1 AND a.office = $12)"),
            (Of::ManagedBy(_), None) => and(&format!(
                "e.id IN (SELECT a.employee FROM assignment a
                WHERE a.organisation = $1 AND {MANAGED})"
            )),
            (Of::ManagedBy(_), Some(_)) => and(&format!(
                "e.id IN (SELECT a.employee
                FROM assignment a WHERE a.organisation = $1 AND a.office = $12 AND {MANAGED})"
            )),
            (Of::Only(_), None) => and("e.id = $2"),
            (Of::Only(_), Some(_)) => and("e.id = $2 AND e.id IN (SELECT a.employee
                FROM assignment a WHERE a.organisation = $1 AND a.office = $12)"),
            (Of::Nobody, _) => and("1 = 0"),
        }
        if query.status_bits() != 0 {
            and("(e.status & $9) <> 0");
        }
        if !query.roles.is_empty() {
            and(&format!("({roles} & $10) <> 0"));
        }
        if !search::pattern(&query.search).is_empty() {
            and(search::has!("e.search", 11));
        }
        let visible_offices = if managed { MANAGED } else { "1 = 1" };
        Self {
            from: "employee e",
            conditions,
            roles,
            visible_offices,
        }
    }

    /// A page; `matches` is an expression for how many match in all, which needs no row of its own.
    pub(super) fn page(
        &self,
        sort: Sort,
        ascending: bool,
        from_cursor: bool,
        matches: &str,
    ) -> String {
        let Self {
            from,
            conditions,
            roles,
            visible_offices,
        } = self;
        let (key, cursor) = match sort {
            Sort::Name => ("e.name_folded, e.id", "$4, $7"),
            Sort::Email => ("e.email_folded, e.id", "$4, $7"),
            Sort::Status => ("e.status, e.name_folded, e.id", "$5, $4, $7"),
            Sort::LastSeen => ("e.last_seen_at, e.id", "$6, $7"),
        };
        let (beyond, direction) = if ascending {
            (">", "ASC")
        } else {
            ("<", "DESC")
        };
        let order = key.replace(',', &format!(" {direction},"));
        let place = match from_cursor {
            true => format!("AND ({key}) {beyond} ({cursor})"),
            false => String::new(),
        };
        format!(
            "SELECT e.id, e.first_name, e.last_name, e.email, e.email_folded, e.name_folded,
                 e.status, {roles} AS shown_roles, e.picture, e.last_seen_at,
                 (SELECT string_agg(o.name, $3 ORDER BY o.name_folded) FROM assignment a
                     JOIN office o ON o.organisation = a.organisation AND o.id = a.office
                     WHERE a.organisation = e.organisation AND a.employee = e.id
                         AND {visible_offices}) AS offices,
                 {matches} AS matches
             FROM {from} WHERE {conditions} {place}
             ORDER BY {order} {direction} LIMIT $8"
        )
    }

    /// The page in the order of names, of the candidates in $13: a JSON array of ids, on SQLite.
    pub(super) fn among(&self, ascending: bool, matches: &str) -> String {
        let among = Self {
            // SQLite takes a CROSS JOIN in the order in which it is written.
            from: "json_each($13) c CROSS JOIN employee e ON e.id = unhex(c.value)",
            conditions: self.conditions.clone(),
            ..*self
        };
        among.page(Sort::Name, ascending, false, matches)
    }

    /// An expression for how many match: the kept total for the whole organisation, else exact up to
    /// one more than [`COUNTED`].
    pub(super) fn count(&self, visibility: Visibility, query: &Query) -> String {
        if is_whole(visibility, query) {
            return "(SELECT employees FROM organisation WHERE id = $1)".to_owned();
        }
        let (conditions, most) = (&self.conditions, COUNTED + 1);
        format!(
            "(SELECT count(*) FROM (SELECT 1 FROM employee e WHERE {conditions} LIMIT {most}) found)"
        )
    }
}

/// Whether everybody in the organisation matches, whose number is kept.
pub(super) fn is_whole(visibility: Visibility, query: &Query) -> bool {
    visibility.of() == Of::Everyone && !query.is_narrowed()
}

/// A cursor as the parameters it is compared with.
#[derive(Clone)]
pub(super) struct Key {
    pub(super) text: String,
    pub(super) status: i32,
    pub(super) time: At,
    pub(super) id: EmployeeId,
}

impl Default for Key {
    fn default() -> Self {
        Self {
            text: String::new(),
            status: 0,
            time: At::NEVER,
            id: EmployeeId(Uuid::nil()),
        }
    }
}

impl Key {
    /// `None` for a cursor that was made for another order, or by hand.
    pub(super) fn read(sort: Sort, cursor: &Cursor) -> Option<Self> {
        // PostgreSQL takes no NUL, and no folded name holds one.
        if cursor.key.contains('\0') {
            return None;
        }
        let key = Self {
            id: cursor.id,
            ..Self::default()
        };
        match sort {
            Sort::Name | Sort::Email => Some(Self {
                text: cursor.key.clone(),
                ..key
            }),
            Sort::Status => {
                let (status, name) = cursor.key.split_once(' ')?;
                Some(Self {
                    status: status.parse().ok()?,
                    text: name.to_owned(),
                    ..key
                })
            }
            Sort::LastSeen => {
                let time = At(cursor.key.parse::<Timestamp>().ok()?);
                // Nobody was seen before "never", and PostgreSQL knows no time before 4713 BC.
                (time.0 >= At::NEVER.0).then_some(Self { time, ..key })
            }
        }
    }
}

/// What is bound to the parameters of a [`Text`].
pub(super) struct Values<'a> {
    pub(super) visibility: Visibility,
    pub(super) query: &'a Query,
    pub(super) key: Key,
    pub(super) limit: i64,
}

impl<'a> Values<'a> {
    /// What a list without a cursor has.
    pub(super) fn of(visibility: Visibility, query: &'a Query) -> Self {
        Self {
            visibility,
            query,
            key: Key::default(),
            limit: i64::from(query.rows()) + 1,
        }
    }

    /// Who asks, where only they decide what is seen.
    pub(super) fn asker(&self) -> Option<EmployeeId> {
        match self.visibility.of() {
            Of::Everyone | Of::Nobody => None,
            Of::ManagedBy(id) | Of::Only(id) => Some(id),
        }
    }
}

/// Binds the twelve parameters in their order.
macro_rules! bound {
    ($query:expr, $values:expr) => {
        $query
            .bind($values.visibility.organisation())
            .bind($values.asker())
            .bind($crate::employee::list::statement::SEPARATOR)
            .bind($values.key.text.clone())
            .bind($values.key.status)
            .bind($values.key.time)
            .bind($values.key.id)
            .bind($values.limit)
            .bind($values.query.status_bits())
            .bind($values.query.roles)
            .bind($crate::search::pattern(&$values.query.search))
            .bind($values.query.office)
    };
}
pub(super) use bound;
