//! The message catalogue: reads one TOML text per language, compares them, and writes Rust.

use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// A message is one text, or two that differ by number.
#[derive(Debug, PartialEq)]
enum Message {
    Text(String),
    Plural { one: String, other: String },
}

impl Message {
    fn texts(&self) -> Vec<&str> {
        match self {
            Message::Text(text) => vec![text],
            Message::Plural { one, other } => vec![one, other],
        }
    }

    /// Names in braces, in alphabetical order so that rewording a text never swaps two arguments;
    /// without `n`, which every plural has anyway.
    fn arguments(&self) -> Result<BTreeSet<String>, String> {
        let mut names = BTreeSet::new();
        for text in self.texts() {
            names.extend(names_in_braces(text)?);
        }
        if matches!(self, Message::Plural { .. }) {
            names.remove("n");
        }
        Ok(names)
    }
}

type Messages = BTreeMap<String, Message>;

/// The Rust of all languages; the first one decides what exists. Every fault found is a sentence.
pub fn generate(sources: &[(&str, String)]) -> Result<String, Vec<String>> {
    let mut faults = Vec::new();
    let mut languages = Vec::new();
    for (code, source) in sources {
        match read(source) {
            Ok(messages) => languages.push((*code, messages)),
            Err(found) => faults.extend(
                found
                    .into_iter()
                    .map(|fault| format!("messages/{code}.toml: {fault}")),
            ),
        }
    }
    if let Some(((first, wanted), others)) = languages.split_first() {
        for (code, messages) in others {
            faults.extend(
                compare(wanted, messages)
                    .into_iter()
                    .map(|fault| format!("messages/{code}.toml (against {first}.toml): {fault}")),
            );
        }
    }
    if faults.is_empty() {
        Ok(write_rust(&languages))
    } else {
        Err(faults)
    }
}

fn read(source: &str) -> Result<Messages, Vec<String>> {
    let table: toml::Table = source
        .parse()
        .map_err(|error: toml::de::Error| vec![error.to_string().replace('\n', " ")])?;
    let (mut messages, mut faults) = (Messages::new(), Vec::new());
    collect("", &table, &mut messages, &mut faults);
    faults.extend(messages.iter().filter_map(|(name, message)| {
        message
            .arguments()
            .err()
            .map(|fault| format!("{name} {fault}"))
    }));
    if faults.is_empty() {
        Ok(messages)
    } else {
        Err(faults)
    }
}

fn collect(group: &str, table: &toml::Table, messages: &mut Messages, faults: &mut Vec<String>) {
    for (key, value) in table {
        let name = if group.is_empty() {
            key.clone()
        } else {
            format!("{group}_{key}")
        };
        if !key.starts_with(|c: char| c.is_ascii_lowercase())
            || !key
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        {
            faults.push(format!(
                "the key {name:?} is not made of lower-case letters, digits and _"
            ));
            continue;
        }
        let message = match value {
            toml::Value::String(text) => Message::Text(text.clone()),
            toml::Value::Table(forms) => match (forms.get("one"), forms.get("other")) {
                (Some(toml::Value::String(one)), Some(toml::Value::String(other)))
                    if forms.len() == 2 =>
                {
                    Message::Plural {
                        one: one.clone(),
                        other: other.clone(),
                    }
                }
                // A group may have a word "other" among its words.
                (one, other) if one.is_some() || (other.is_some() && forms.len() == 1) => {
                    faults.push(format!("{name} needs exactly the two texts one and other"));
                    continue;
                }
                _ => {
                    collect(&name, forms, messages, faults);
                    continue;
                }
            },
            _ => {
                faults.push(format!("{name} is not a text"));
                continue;
            }
        };
        if messages.insert(name.clone(), message).is_some() {
            faults.push(format!("{name} exists twice"));
        }
    }
}

fn names_in_braces(text: &str) -> Result<BTreeSet<String>, String> {
    let mut names = BTreeSet::new();
    let mut rest = text;
    while let Some(open) = rest.find(['{', '}']) {
        let inside = rest[open..]
            .strip_prefix('{')
            .ok_or("has a } without a {")?;
        let close = inside.find('}').ok_or("has a { without a }")?;
        let name = &inside[..close];
        if !name.starts_with(|c: char| c.is_ascii_lowercase())
            || !name.chars().all(|c| c.is_ascii_lowercase() || c == '_')
        {
            return Err(format!(
                "has {{{name}}}, which is not the name of an argument"
            ));
        }
        names.insert(name.to_owned());
        rest = &inside[close + 1..];
    }
    Ok(names)
}

fn compare(wanted: &Messages, found: &Messages) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, message) in wanted {
        match found.get(name) {
            None => faults.push(format!(
                "{name} is missing; in English it says {:?}",
                message.texts().join(" / ")
            )),
            Some(other) if std::mem::discriminant(other) != std::mem::discriminant(message) => {
                faults.push(format!(
                    "{name} has forms by number (one, other) in one language only"
                ))
            }
            Some(other) if other.arguments() != message.arguments() => {
                let list = |message: &Message| {
                    message
                        .arguments()
                        .unwrap_or_default()
                        .into_iter()
                        .collect::<Vec<_>>()
                        .join(", ")
                };
                faults.push(format!(
                    "{name} takes the arguments ({}) where English has ({})",
                    list(other),
                    list(message)
                ));
            }
            Some(_) => {}
        }
    }
    faults.extend(
        found
            .keys()
            .filter(|name| !wanted.contains_key(*name))
            .map(|name| format!("{name} does not exist in English")),
    );
    faults
}

fn write_rust(languages: &[(&str, Messages)]) -> String {
    let mut rust = String::new();
    let Some((_, first)) = languages.first() else {
        return rust;
    };
    rust.push_str("/// One function per message; `n` comes first, the other arguments follow in alphabetical order.\npub mod t {\n    use super::{Count, fill, plural, text};\n    use std::fmt::Display;\n");
    let mut number = 0;
    for (name, message) in first {
        let _ = write!(rust, "\n    #[doc = {:?}]\n", message.texts().join(" / "));
        let names = message.arguments().unwrap_or_default();
        let parameters = names
            .iter()
            .map(|name| format!("{name}: impl Display"))
            .collect::<Vec<_>>()
            .join(", ");
        let values = names
            .iter()
            .map(|name| format!("({name:?}, &{name})"))
            .collect::<Vec<_>>()
            .join(", ");
        let _ = match message {
            Message::Text(_) if names.is_empty() => writeln!(
                rust,
                "    pub fn {name}() -> &'static str {{ text({number}) }}"
            ),
            Message::Text(_) => writeln!(
                rust,
                "    pub fn {name}({parameters}) -> String {{ fill({number}, &[{values}]) }}"
            ),
            Message::Plural { .. } => writeln!(
                rust,
                "    pub fn {name}(n: impl Count{}{parameters}) -> String {{ plural({number}, n.count(), &[{values}]) }}",
                if names.is_empty() { "" } else { ", " }
            ),
        };
        number += message.texts().len();
    }
    rust.push_str("}\n");
    for (code, messages) in languages {
        let texts: Vec<&str> = messages.values().flat_map(Message::texts).collect();
        let json = format!(
            "[{}]",
            std::iter::once(*code)
                .chain(texts.iter().copied())
                .map(json_text)
                .collect::<Vec<_>>()
                .join(",")
        );
        let hash: String = Sha256::digest(&json)
            .iter()
            .take(8)
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let constant = code.to_uppercase();
        let _ = writeln!(
            rust,
            "\n#[cfg(feature = \"ssr\")]\nstatic {constant}: Catalogue = Catalogue {{ texts: &{texts:?}, json: {json:?}, hash: {hash:?} }};"
        );
    }
    rust
}

fn json_text(text: &str) -> String {
    let mut json = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => json.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(json, "\\u{:04x}", u32::from(c));
            }
            c => json.push(c),
        }
    }
    json.push('"');
    json
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(en: &str, de: &str) -> Vec<String> {
        generate(&[("en", en.into()), ("de", de.into())]).expect_err("the languages differ")
    }

    #[test]
    fn a_message_becomes_a_function() {
        let en = "[employees]\ntitle = \"Employees\"\nsent = \"Sent to {email}, expires in {hours} h\"\ncount = { one = \"one of {office}\", other = \"{n} of {office}\" }";
        let rust = generate(&[("en", en.into())]).expect("it is in order");
        assert!(
            rust.contains("pub fn employees_title() -> &'static str { text(3) }"),
            "{rust}"
        );
        assert!(rust.contains("pub fn employees_sent(email: impl Display, hours: impl Display) -> String { fill(2,"), "{rust}");
        assert!(rust.contains("pub fn employees_count(n: impl Count, office: impl Display) -> String { plural(0, n.count(),"), "{rust}");
    }

    #[test]
    fn what_is_missing_or_different_is_named() {
        assert!(faults("a = \"x\"\nb = \"y\"", "a = \"x\"")[0].contains("b is missing"));
        assert!(
            faults("a = \"x\"", "a = \"x\"\nb = \"y\"")[0].contains("b does not exist in English")
        );
        assert!(faults("a = \"{x}\"", "a = \"{y}\"")[0].contains("(y) where English has (x)"));
        assert!(
            faults("a = \"x\"", "a = { one = \"x\", other = \"y\" }")[0]
                .contains("one language only")
        );
    }

    #[test]
    fn what_can_not_be_read_is_named() {
        assert!(faults("a = \"{x\"", "")[0].contains("a { without a }"));
        assert!(faults("a = \"x}\"", "")[0].contains("a } without a {"));
        assert!(faults("a = 3", "")[0].contains("is not a text"));
        assert!(faults("a = { one = \"x\" }", "")[0].contains("exactly the two texts"));
        assert!(faults("a_b = \"x\"\n[a]\nb = \"y\"", "")[0].contains("exists twice"));
    }

    #[test]
    fn json_is_escaped() {
        assert_eq!(json_text("a \"b\" \\ \n ü"), r#""a \"b\" \\ \u000a ü""#);
    }
}
