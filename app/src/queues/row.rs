//! A row of the matrix: a user, with a box for assigning and one for enabling in each queue.
//!
//! A page has some 600 pairs of them and the table listens for all, so each row is text for `inner_html`: a
//! view of each box would take longer than everything else together, in the server as in the browser.

use super::members::Named;
use crate::messages::t;
use crate::ui::{Tone, escape, pill_html, status_tone, status_word};
use domain::Status;
use std::fmt::Write;

/// What the rows of a page share.
pub(super) struct Rows {
    /// The names of the queues, escaped.
    queues: Vec<String>,
    assign: Label,
    enable: Label,
}

/// What a box is called, around the names of the queue and, in [`USER`]'s place, of the user.
struct Label {
    before: String,
    after: String,
}

/// Stand for names while a label is taken apart; no text has them.
const QUEUE: &str = "\u{1}";
const USER: &str = "\u{2}";

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

impl Label {
    fn of(label: &str) -> Self {
        let (before, after) = label.split_once(QUEUE).unwrap_or((label, ""));
        Self {
            before: before.to_owned(),
            after: after.to_owned(),
        }
    }

    /// Around the name of the queue, for a user.
    fn of_user(&self, user: &str) -> Self {
        Self {
            before: self.before.replace(USER, user),
            after: self.after.replace(USER, user),
        }
    }
}

impl Rows {
    /// With the escaped names of the queues.
    pub fn new(queues: Vec<String>) -> Self {
        Self {
            queues,
            assign: Label::of(&t::queues_assign(QUEUE, USER)),
            enable: Label::of(&t::queues_enable(QUEUE, USER)),
        }
    }

    /// The content of a row, whose number is from 0.
    pub fn html(&self, row: usize, user: &Named, boxes: impl Fn(usize) -> Boxes) -> String {
        let name = escape(&user.name);
        let mut html = String::with_capacity(1_000 + 400 * self.queues.len());
        put_head(&mut html, row, user, &name);
        let labels = [self.assign.of_user(&name), self.enable.of_user(&name)];
        let row = row.to_string();
        for (column, queue) in self.queues.iter().enumerate() {
            let Boxes {
                assigned,
                enabled,
                off,
            } = boxes(column);
            html.push_str("<td><span class=\"pair\">");
            let kinds = KINDS.iter().zip(&labels).zip([assigned, enabled]);
            for (place, ((kind, label), checked)) in kinds.enumerate() {
                let (value, place) = (column.to_string(), (2 * column + place).to_string());
                let on = if checked { " checked" } else { "" };
                let off = if off { " disabled" } else { "" };
                for part in [
                    "<label><input type=\"checkbox\" name=\"",
                    kind.name,
                    "\" value=\"",
                    &row,
                    ".",
                    &value,
                    "\"",
                    on,
                    off,
                    " data-r=\"",
                    &row,
                    "\" data-c=\"",
                    &place,
                    "\" aria-label=\"",
                    &label.before,
                    queue,
                    &label.after,
                    "\"></label>",
                ] {
                    html.push_str(part);
                }
            }
            html.push_str("</span></td>");
        }
        html
    }
}

/// Who it is, and the boxes that tick the whole row.
fn put_head(html: &mut String, row: usize, user: &Named, name: &str) {
    let Named {
        id, engage, status, ..
    } = user;
    let _ = write!(
        html,
        "<th scope=\"row\"><div class=\"agent\"><span><a href=\"/employees/{id}\">{name}</a></span>"
    );
    if *engage {
        html.push_str(&pill_html(Tone::Accent, t::queues_engage_mark()));
    }
    if *status != Status::Active {
        html.push_str(&pill_html(status_tone(*status), status_word(*status)));
    }
    html.push_str("</div><span class=\"pair with-script\">");
    let all = [t::queues_all_assigned(name), t::queues_all_enabled(name)];
    for (Kind { name, word }, label) in KINDS.iter().zip(all) {
        let _ = write!(
            html,
            "<label class=\"all\"><input type=\"checkbox\" data-all=\"[data-r='{row}'][name='{name}']\" \
             data-kind=\"{word}\" aria-label=\"{label}\"></label>"
        );
    }
    html.push_str("</span></th>");
}

/// One of the two boxes of a cell.
struct Kind {
    /// What the form calls it.
    name: &'static str,
    /// What `boxes.rs` calls the one for all.
    word: &'static str,
}

const KINDS: [Kind; 2] = [
    Kind {
        name: "assigned[]",
        word: "assign",
    },
    Kind {
        name: "enabled[]",
        word: "enable",
    },
];

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::{Boxes, Rows};
    use crate::messages::t;
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
        let rows = Rows::new(vec![escape("Sales"), escape("R&D <b>")]);
        let html = rows.html(3, &user, |column| Boxes {
            assigned: column == 1,
            enabled: false,
            off: column == 0,
        });
        assert!(!html.contains("<script") && !html.contains("<b>"));
        assert_eq!(html.matches("<input").count(), 6);
        let assigns = "name=\"assigned[]\" value=\"3.1\" checked data-r=\"3\" data-c=\"2\"";
        let enables = "name=\"enabled[]\" value=\"3.1\" data-r=\"3\" data-c=\"3\"";
        assert!(html.contains(assigns) && html.contains(enables), "{html}");
        let label = t::queues_enable(escape("R&D <b>"), escape(&user.name));
        assert!(html.contains(&format!("aria-label=\"{label}\"")), "{html}");
        assert!(html.contains("value=\"3.0\" disabled"));
        assert!(html.contains("R&amp;D &lt;b&gt;"));
        assert_eq!(html.matches("class=\"pill").count(), 2);
    }

    // What a message says around the names is put into an attribute as it is.
    #[test]
    fn the_labels_say_nothing_that_html_reads() {
        use crate::messages::Language;
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
