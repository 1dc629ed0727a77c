//! A cell of the matrix: a box for assigning and one for enabling.
//!
//! A page has some 600 of them and the table listens for all, so each is text for `inner_html`: a view of
//! each would take longer than everything else together, in the server as in the browser.

use crate::messages::t;
use crate::ui::escape;
use std::fmt::Write;

/// What a cell shows.
pub(super) struct Cell<'a> {
    /// Row and column, from 0.
    pub row: usize,
    pub column: usize,
    pub user: &'a str,
    pub queue: &'a str,
    pub assigned: bool,
    pub enabled: bool,
    /// Whether the user can't be in the queue at all.
    pub off: bool,
}

impl Cell<'_> {
    /// What the form calls a cell.
    pub fn place(row: usize, column: usize) -> String {
        format!("{row}.{column}")
    }

    /// Row and column of such a place.
    pub fn read_place(place: &str) -> Option<(usize, usize)> {
        let (row, column) = place.split_once('.')?;
        Some((row.parse().ok()?, column.parse().ok()?))
    }

    /// Appends a cell to a list of them, as one that is enabled or not.
    #[cfg(feature = "ssr")]
    pub fn put_place(list: &mut String, row: usize, column: usize, enabled: bool) {
        let (space, mark) = (
            if list.is_empty() { "" } else { " " },
            if enabled { "e" } else { "" },
        );
        // Writing to a string does not fail.
        let _ = write!(list, "{space}{row}.{column}{mark}");
    }

    /// The content of the cell.
    pub fn html(&self) -> String {
        let mut html = String::with_capacity(600);
        html.push_str("<span class=\"pair\">");
        let assign = t::queues_assign(self.queue, self.user);
        self.put(
            &mut html,
            ["assigned[]", "assign", "a"],
            self.assigned,
            0,
            &assign,
        );
        let enable = t::queues_enable(self.queue, self.user);
        self.put(
            &mut html,
            ["enabled[]", "enable", "e"],
            self.enabled,
            1,
            &enable,
        );
        html.push_str("</span>");
        html
    }

    fn put(
        &self,
        html: &mut String,
        [name, kind, own]: [&str; 3],
        checked: bool,
        second: usize,
        label: &str,
    ) {
        let (row, column) = (self.row, self.column);
        let checked = if checked { " checked" } else { "" };
        let off = if self.off { " disabled" } else { "" };
        let (place, label) = (2 * column + second, escape(label));
        // Writing to a string does not fail.
        let _ = write!(
            html,
            "<label><input type=\"checkbox\" name=\"{name}\" value=\"{row}.{column}\"{checked}{off} \
             data-kind=\"{kind}\" data-r=\"{row}\" data-{own}=\"{row}\" data-c=\"{place}\" \
             aria-label=\"{label}\"></label>"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::Cell;

    // Whatever somebody is called stays in the label.
    #[test]
    fn a_name_is_no_html() {
        let cell = Cell {
            row: 3,
            column: 1,
            user: "\"><script>alert(1)</script>",
            queue: "R&D <b>",
            assigned: true,
            enabled: false,
            off: false,
        };
        let html = cell.html();
        assert!(!html.contains("<script") && !html.contains("<b>"));
        assert_eq!(html.matches("<input").count(), 2);
        assert!(html.contains(
            "value=\"3.1\" checked data-kind=\"assign\" data-r=\"3\" data-a=\"3\" data-c=\"2\""
        ));
        assert!(
            html.contains(
                "value=\"3.1\" data-kind=\"enable\" data-r=\"3\" data-e=\"3\" data-c=\"3\""
            )
        );
        assert!(html.contains("R&amp;D &lt;b&gt;"));
    }
}
