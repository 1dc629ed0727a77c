//! The mails of the demo, to be read in a browser: what would have left the house.

mod letter;

use crate::outbox::escape;
use crate::site;
use app::site::PACKAGE;
use axum::extract::State;
use axum::http::header;
use axum::response::{Html, IntoResponse};
use axum::{Router, routing::get};
use letter::Letter;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::fs;

/// How many mails are shown, the newest first.
const SHOWN: usize = 200;
/// What the page may load: its style sheet, and nothing else.
const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'";

/// `GET /demo/mail`: the mails in `folder`. Whoever may open it can open every link in them, so it
/// is only for demo data, on the machine itself.
pub fn router(folder: PathBuf) -> Router {
    Router::new()
        .route("/demo/mail", get(show))
        .with_state(Arc::new(folder))
}

async fn show(State(folder): State<Arc<PathBuf>>) -> impl IntoResponse {
    let letters = newest(&folder).await.unwrap_or_default();
    let headers = [
        (header::CONTENT_SECURITY_POLICY, POLICY),
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
    ];
    (headers, Html(page(&letters)))
}

/// The newest mails of a folder; their names begin with the time at which they were sent.
async fn newest(folder: &Path) -> io::Result<Vec<Letter>> {
    let mut names = Vec::new();
    let mut files = fs::read_dir(folder).await?;
    while let Some(file) = files.next_entry().await? {
        let name = file.file_name().to_string_lossy().into_owned();
        // A name with a dot before it is of a mail that is still being written.
        if name.ends_with(".eml") && !name.starts_with('.') {
            names.push(name);
        }
    }
    names.sort_unstable_by(|one, other| other.cmp(one));
    names.truncate(SHOWN);
    let mut letters = Vec::with_capacity(names.len());
    for name in names {
        let bytes = fs::read(folder.join(name)).await?;
        letters.push(Letter::read(&String::from_utf8_lossy(&bytes)));
    }
    Ok(letters)
}

fn page(letters: &[Letter]) -> String {
    let style = site::load().map_or_else(
        |_| String::new(),
        |site| {
            format!(
                "<link rel=\"stylesheet\" href=\"{PACKAGE}/{}\">",
                escape(&site.css)
            )
        },
    );
    let list = match letters {
        [] => "<p>No mail was sent yet.</p>".to_owned(),
        letters => letters.iter().map(article).collect(),
    };
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <meta name=\"color-scheme\" content=\"light dark\">\
         <title>Mails · Staffroom demo</title>{style}</head>\
         <body><main class=\"mailbox\"><h1>Mails of the demo</h1>\
         <p class=\"quiet\">They went to nobody: demo mails stay on this machine.</p>\
         {list}</main></body></html>"
    )
}

fn article(letter: &Letter) -> String {
    let fact = |word: &str, value: &str| {
        format!(
            "<div><dt>{word}</dt><dd dir=\"auto\">{}</dd></div>",
            escape(value)
        )
    };
    let paragraphs = letter
        .text
        .split("\n\n")
        .filter(|text| !text.trim().is_empty());
    format!(
        "<article class=\"card\"><h2 dir=\"auto\">{}</h2><dl class=\"facts\">{}{}</dl>{}</article>",
        escape(&letter.subject),
        fact("To", &letter.to),
        fact("Sent", &letter.date),
        paragraphs.map(paragraph).collect::<String>(),
    )
}

/// A paragraph in which every address can be followed.
fn paragraph(text: &str) -> String {
    let linked = |word: &str| match word.starts_with("http://") || word.starts_with("https://") {
        true => format!("<a href=\"{0}\">{0}</a>", escape(word)),
        false => escape(word),
    };
    let line = |line: &str| line.split(' ').map(linked).collect::<Vec<_>>().join(" ");
    let lines = text.trim().lines().map(line).collect::<Vec<_>>();
    format!("<p dir=\"auto\">{}</p>", lines.join("<br>"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn mails_are_shown_newest_first_and_their_links_can_be_followed() {
        let folder = std::env::temp_dir().join(format!("staffroom-mailbox-{}", std::process::id()));
        fs::create_dir_all(&folder).await.unwrap();
        let mail = |subject: &str, text: &str| {
            format!("To: a@b.example\r\nSubject: {subject}\r\nDate: now\r\n\r\n{text}\r\n")
        };
        let link = "Activate:\r\nhttp://127.0.0.1/activate/x?a=1&b=2";
        for (name, text) in [
            ("20260101T000000.000000Z-a.eml", mail("First", link)),
            (
                "20260102T000000.000000Z-b.eml",
                mail("<b>Second</b>", "<script>alert()</script>"),
            ),
            (".20260103T000000.000000Z-c.eml.draft", mail("Half", "")),
        ] {
            fs::write(folder.join(name), text).await.unwrap();
        }
        let shown = page(&newest(&folder).await.unwrap());
        let place = |part: &str| {
            shown
                .find(part)
                .unwrap_or_else(|| panic!("{part}: {shown}"))
        };
        assert!(place("&lt;b&gt;Second&lt;/b&gt;") < place("First"));
        place("&lt;script&gt;");
        place("<a href=\"http://127.0.0.1/activate/x?a=1&amp;b=2\">");
        assert!(!shown.contains("Half"));
        assert!(page(&[]).contains("No mail"));
    }
}
