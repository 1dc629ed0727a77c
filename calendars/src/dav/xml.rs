//! Multi-status answers (RFC 4918, 13), as far as calendars need them.

use crate::Fault;
use roxmltree::{Document, Node, ParsingOptions};

pub(super) const DAV: &str = "DAV:";
pub(super) const CALDAV: &str = "urn:ietf:params:xml:ns:caldav";
/// The most elements of an answer.
const NODES: u32 = 500_000;

/// What an answer says.
#[derive(Default, Debug)]
pub(super) struct Multistatus {
    pub items: Vec<Item>,
    /// Where a synchronization goes on.
    pub token: Option<String>,
}

/// What it says of one resource.
#[derive(Default, Debug)]
pub(super) struct Item {
    pub href: String,
    pub gone: bool,
    pub data: Option<String>,
    pub name: Option<String>,
    pub is_calendar: bool,
    /// Whether it takes events; those that say nothing take all.
    pub has_events: bool,
    /// Whether one may write there; those that say nothing are tried.
    pub writable: bool,
    pub principal: Option<String>,
    pub home: Option<String>,
    pub token: Option<String>,
}

pub(super) fn parse(text: &str) -> Result<Multistatus, Fault> {
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit: NODES,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(text.trim_start_matches('\u{feff}'), options)
        .map_err(|_| Fault::NotCalDav)?;
    let root = document.root_element();
    if !root.has_tag_name((DAV, "multistatus")) {
        return Err(Fault::NotCalDav);
    }
    let items = children(root, "response").filter_map(item).collect();
    let token = children(root, "sync-token").next().and_then(content);
    Ok(Multistatus { items, token })
}

fn item(response: Node<'_, '_>) -> Option<Item> {
    let mut item = Item {
        href: children(response, "href").next().and_then(content)?,
        gone: children(response, "status").any(|s| status(s).is_some_and(|s| s == 404 || s == 410)),
        has_events: true,
        writable: true,
        ..Item::default()
    };
    for propstat in children(response, "propstat") {
        let found = children(propstat, "status").any(|s| status(s) == Some(200));
        let properties = children(propstat, "prop").flat_map(|prop| prop.children());
        for property in properties.filter(|_| found) {
            item.take(property);
        }
    }
    Some(item)
}

impl Item {
    fn take(&mut self, property: Node<'_, '_>) {
        let name = property.tag_name();
        match (name.namespace(), name.name()) {
            (Some(DAV), "displayname") => self.name = content(property),
            (Some(DAV), "sync-token") => self.token = content(property),
            (Some(DAV), "current-user-principal") => {
                self.principal = children(property, "href").next().and_then(content);
            }
            (Some(DAV), "resourcetype") => {
                let mut kinds = property.children();
                self.is_calendar = kinds.any(|kind| kind.has_tag_name((CALDAV, "calendar")));
            }
            (Some(DAV), "current-user-privilege-set") => {
                let mut granted = property.descendants();
                self.writable = granted.any(|p| {
                    ["write", "write-content", "bind", "all"]
                        .iter()
                        .any(|name| p.has_tag_name((DAV, *name)))
                });
            }
            (Some(CALDAV), "calendar-home-set") => {
                self.home = children(property, "href").next().and_then(content);
            }
            (Some(CALDAV), "calendar-data") => self.data = Some(whole(property)),
            (Some(CALDAV), "supported-calendar-component-set") => {
                let mut kinds = property
                    .children()
                    .filter_map(|kind| kind.attribute("name"));
                self.has_events = kinds.any(|kind| kind.eq_ignore_ascii_case("VEVENT"));
            }
            _ => {}
        }
    }
}

/// The children of this name in the namespace of WebDAV.
fn children<'a, 'input>(
    node: Node<'a, 'input>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'input>> {
    node.children()
        .filter(move |child| child.has_tag_name((DAV, name)))
}

/// The text of an element, all pieces of it.
fn whole(node: Node<'_, '_>) -> String {
    let pieces = node
        .children()
        .filter(Node::is_text)
        .filter_map(|child| child.text());
    pieces.collect()
}

fn content(node: Node<'_, '_>) -> Option<String> {
    let text = whole(node).trim().to_owned();
    (!text.is_empty()).then_some(text)
}

/// Of `HTTP/1.1 404 Not Found`, the number.
fn status(node: Node<'_, '_>) -> Option<u16> {
    content(node)?.split_whitespace().nth(1)?.parse().ok()
}

/// A text inside of an element.
pub(super) fn escaped(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).fold(
        String::with_capacity(text.len()),
        |mut escaped, c| {
            match c {
                '&' => escaped.push_str("&amp;"),
                '<' => escaped.push_str("&lt;"),
                '>' => escaped.push_str("&gt;"),
                c => escaped.push(c),
            }
            escaped
        },
    )
}

#[cfg(test)]
mod tests {
    use super::parse;
    use crate::Fault;

    // O-06: what a stranger answers breaks nothing.
    #[test]
    fn what_is_no_answer_is_refused() {
        let deep = format!("{}{}", "<a>".repeat(100_000), "</a>".repeat(100_000));
        let entities =
            r#"<!DOCTYPE a [<!ENTITY b "c">]><multistatus xmlns="DAV:">&b;</multistatus>"#;
        for text in ["", "<", "<html/>", "<multistatus/>", "{}", &deep, entities] {
            assert_eq!(parse(text).err(), Some(Fault::NotCalDav));
        }
        assert!(parse("<d:multistatus xmlns:d='DAV:'/>").is_ok());
    }
}
