//! Joins the style sheets into one: `style/main.css` with its `@import`s put in their places.

use anyhow::{Context, Result, ensure};
use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// `style/main.css` with every import of a local file replaced by the file, without comments.
///
/// `@import "a.css" layer(components);` becomes `@layer components { … }`; without `layer` the
/// file stands there as it is. A sheet that nobody imports is told on standard error.
pub fn sheet(folder: &Path) -> Result<String> {
    let mut joined = String::new();
    let mut seen = BTreeSet::new();
    append(&folder.join("main.css"), &mut joined, &mut seen)?;
    for lost in sheets(folder)?.difference(&seen) {
        eprintln!("xtask: nobody imports {}", lost.display());
    }
    Ok(joined)
}

fn append(path: &Path, joined: &mut String, seen: &mut BTreeSet<PathBuf>) -> Result<()> {
    ensure!(
        seen.insert(path.to_owned()),
        "{} is imported twice",
        path.display()
    );
    let text = fs::read_to_string(path).with_context(|| format!("{}", path.display()))?;
    for line in without_comments(&text).lines() {
        let line = line.trim();
        let Some(import) = line.strip_prefix("@import ") else {
            if !line.is_empty() {
                joined.push_str(line);
                joined.push('\n');
            }
            continue;
        };
        let (file, layer) = parsed(import)
            .with_context(|| format!("{}: not understood: {line}", path.display()))?;
        let file = path.with_file_name(file);
        match layer {
            Some(layer) => {
                joined.push_str(&format!("@layer {layer} {{\n"));
                append(&file, joined, seen)?;
                joined.push_str("}\n");
            }
            None => append(&file, joined, seen)?,
        }
    }
    Ok(())
}

/// File and layer of what follows `@import`, which must be alone on its line.
fn parsed(import: &str) -> Option<(&str, Option<&str>)> {
    let import = import.trim().strip_suffix(';')?.trim();
    let (quoted, rest) = match import.strip_prefix("url(") {
        Some(inner) => inner.split_once(')')?,
        None => {
            let quote = import.chars().next()?;
            let end = import[1..].find(quote)? + 2;
            import.split_at(end)
        }
    };
    let quote = quoted.chars().next()?;
    let file = quoted.strip_prefix(quote)?.strip_suffix(quote)?;
    let local = matches!(quote, '"' | '\'') && !file.contains(':') && !file.starts_with('/');
    let layer = match rest.trim() {
        "" => None,
        rest => Some(rest.strip_prefix("layer(")?.strip_suffix(')')?),
    };
    local.then_some((file, layer))
}

/// The text without `/* … */`, unless that stands in quotes.
fn without_comments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    let mut quote = None;
    while let Some(letter) = rest.next() {
        match (quote, letter) {
            (None, '/') if rest.peek() == Some(&'*') => {
                rest.next();
                let mut last = ' ';
                for inner in rest.by_ref() {
                    if last == '*' && inner == '/' {
                        break;
                    }
                    last = inner;
                }
                continue;
            }
            (None, '"' | '\'') => quote = Some(letter),
            (Some(open), _) if open == letter => quote = None,
            _ => {}
        }
        kept.push(letter);
        if letter == '\\' {
            kept.extend(rest.next());
        }
    }
    kept
}

fn sheets(folder: &Path) -> Result<BTreeSet<PathBuf>> {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.append(&mut sheets(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "css") {
            found.insert(path);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_name_a_file_and_perhaps_a_layer() {
        assert_eq!(parsed("\"a/b.css\";"), Some(("a/b.css", None)));
        assert_eq!(
            parsed("url('a.css') layer(base);"),
            Some(("a.css", Some("base")))
        );
        assert_eq!(parsed("\"a.css\" screen;"), None);
        assert_eq!(parsed("\"https://example.com/a.css\";"), None);
    }

    #[test]
    fn comments_go_but_not_out_of_quotes() {
        assert_eq!(
            without_comments("a /* b ** / */{ content: \"/* \\\" */\" }/**/"),
            "a { content: \"/* \\\" */\" }"
        );
    }
}
