//! A row of the matrix: a user, with a box for assigning and one for enabling in each queue.
//!
//! A page has some 600 pairs of them and the table listens for all, so each row is text for `inner_html`: a
//! view of each box would take longer than everything else together, in the server as in the browser.

use super::members::Named;
use crate::messages::t;
use crate::ui::{Tone, escape, pill_html, status_tone, status_word};
use domain::Status;
use std::fmt::Write;

/// A user, as a row.
pub(super) struct Row<'a> {
    /// From 0.
    pub number: usize,
    pub user: &'a Named,
    /// The names of the queues, escaped.
    pub queues: &'a [String],
}

/// How the boxes of a cell are.
#[derive(Clone, Copy)]
pub(super) struct Boxes {
    pub assigned: bool,
    pub enabled: bool,
    /// Whether the user can't be in the queue at all.
    pub off: bool,
}

/// Row and column of a cell as the form writes it, `ROW.COLUMN`.
pub(super) fn read_place(cell: &str) -> Option<(usize, usize)> {
    let (row, column) = cell.split_once('.')?;
    Some((row.parse().ok()?, column.parse().ok()?))
}

/// Appends a cell to a list of them, as one that is enabled or not.
#[cfg(feature = "ssr")]
pub(super) fn put_place(list: &mut String, row: usize, column: usize, enabled: bool) {
    let space = if list.is_empty() { "" } else { " " };
    let mark = if enabled { "e" } else { "" };
    // Writing to a string does not fail.
    let _ = write!(list, "{space}{row}.{column}{mark}");
}

impl Row<'_> {
    /// The content of the row.
    pub fn html(&self, boxes: impl Fn(usize) -> Boxes) -> String {
        let user = escape(&self.user.name);
        let mut html = String::with_capacity(1_000 + 600 * self.queues.len());
        self.put_head(&mut html, &user);
        for (column, queue) in self.queues.iter().enumerate() {
            let Boxes {
                assigned,
                enabled,
                off,
            } = boxes(column);
            html.push_str("<td><span class=\"pair\">");
            let (assign, enable) = (
                t::queues_assign(queue, &user),
                t::queues_enable(queue, &user),
            );
            let place = 2 * column;
            self.put_box(
                &mut html,
                &ASSIGN,
                (column, place),
                (assigned, off),
                &assign,
            );
            self.put_box(
                &mut html,
                &ENABLE,
                (column, place + 1),
                (enabled, off),
                &enable,
            );
            html.push_str("</span></td>");
        }
        html
    }

    /// Who it is, and the boxes that tick the whole row.
    fn put_head(&self, html: &mut String, user: &str) {
        let Named {
            id, engage, status, ..
        } = self.user;
        let row = self.number;
        let _ = write!(
            html,
            "<th scope=\"row\"><div class=\"agent\"><span><a href=\"/employees/{id}\">{user}</a></span>"
        );
        if *engage {
            html.push_str(&pill_html(Tone::Accent, t::queues_engage_mark()));
        }
        if *status != Status::Active {
            html.push_str(&pill_html(status_tone(*status), status_word(*status)));
        }
        html.push_str("</div><span class=\"pair with-script\">");
        let all = [t::queues_all_assigned(user), t::queues_all_enabled(user)];
        for (kind, label) in [ASSIGN, ENABLE].iter().zip(all) {
            let Kind { word, own, .. } = kind;
            let _ = write!(
                html,
                "<label class=\"all\"><input type=\"checkbox\" data-all=\"{own}{row}\" data-kind=\"{word}\" \
                 aria-label=\"{label}\"></label>"
            );
        }
        html.push_str("</span></th>");
    }

    fn put_box(
        &self,
        html: &mut String,
        kind: &Kind,
        (column, place): (usize, usize),
        (checked, off): (bool, bool),
        label: &str,
    ) {
        let Kind { name, word, own } = kind;
        let row = self.number;
        let checked = if checked { " checked" } else { "" };
        let off = if off { " disabled" } else { "" };
        let _ = write!(
            html,
            "<label><input type=\"checkbox\" name=\"{name}\" value=\"{row}.{column}\"{checked}{off} \
             data-kind=\"{word}\" data-r=\"{row}\" data-{own}=\"{row}\" data-c=\"{place}\" \
             aria-label=\"{label}\"></label>"
        );
    }
}

/// One of the two boxes of a cell.
struct Kind {
    /// What the form calls it.
    name: &'static str,
    /// What `boxes.rs` calls it.
    word: &'static str,
    /// What the box for its whole row calls it.
    own: &'static str,
}

const ASSIGN: Kind = Kind {
    name: "assigned[]",
    word: "assign",
    own: "a",
};
const ENABLE: Kind = Kind {
    name: "enabled[]",
    word: "enable",
    own: "e",
};

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::{Boxes, Row};
    use crate::queues::members::Named;
    use crate::ui::escape;
    use domain::{EmployeeId, Status};

    // Whatever somebody is called stays in the label.
    #[test]
    fn a_name_is_no_html() {
        let user = Named {
            id: EmployeeId(uuid::Uuid::from_u128(1)),
            name: "\"><script>alert(1)</script>".into(),
            engage: true,
            status: Status::Pending,
        };
        let row = Row {
            number: 3,
            user: &user,
            queues: &[escape("Sales"), escape("R&D <b>")],
        };
        let html = row.html(|column| Boxes {
            assigned: column == 1,
            enabled: false,
            off: column == 0,
        });
        assert!(!html.contains("<script") && !html.contains("<b>"));
        assert_eq!(html.matches("<input").count(), 6);
        assert!(html.contains(
            "value=\"3.1\" checked data-kind=\"assign\" data-r=\"3\" data-a=\"3\" data-c=\"2\""
        ));
        assert!(
            html.contains(
                "value=\"3.1\" data-kind=\"enable\" data-r=\"3\" data-e=\"3\" data-c=\"3\""
            )
        );
        assert!(html.contains("value=\"3.0\" disabled"));
        assert!(html.contains("R&amp;D &lt;b&gt;"));
        assert_eq!(html.matches("class=\"pill").count(), 2);
    }

    // What a message says around the names is put into an attribute as it is.
    #[test]
    fn the_labels_say_nothing_that_html_reads() {
        use crate::messages::{Language, t};
        for language in Language::ALL {
            leptos::prelude::Owner::new().with(|| {
                leptos::prelude::provide_context(language);
                let labels = [
                    t::queues_assign("q", "u"),
                    t::queues_enable("q", "u"),
                    t::queues_all_assigned("u"),
                    t::queues_all_enabled("u"),
                ];
                for label in labels {
                    assert_eq!(escape(&label), label);
                }
            });
        }
    }
}
