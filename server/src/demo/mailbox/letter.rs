//! Reads the mails that Staffroom itself wrote: their headers, and their text part.

use base64::{Engine, engine::general_purpose::STANDARD};

/// A mail as it is shown.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub(super) struct Letter {
    pub to: String,
    pub subject: String,
    pub date: String,
    pub text: String,
}

impl Letter {
    /// Reads a mail; what it does not have is empty.
    pub fn read(mail: &str) -> Self {
        let mail = mail.replace("\r\n", "\n");
        let (head, body) = split(&mail);
        let text = match parameter(&header(head, "Content-Type"), "boundary") {
            Some(boundary) => part(body, &boundary),
            None => decoded(head, body),
        };
        Self {
            to: words(&header(head, "To")),
            subject: words(&header(head, "Subject")),
            date: header(head, "Date"),
            text,
        }
    }
}

fn split(mail: &str) -> (&str, &str) {
    mail.split_once("\n\n").unwrap_or((mail, ""))
}

/// The text of the first part, which is the plain one.
fn part(body: &str, boundary: &str) -> String {
    let part = body.split(&format!("--{boundary}")).nth(1).unwrap_or("");
    let (head, body) = split(part.trim_start_matches('\n'));
    decoded(head, body)
}

fn decoded(head: &str, body: &str) -> String {
    match header(head, "Content-Transfer-Encoding").as_str() {
        "quoted-printable" => quoted(body),
        _ => body.to_owned(),
    }
}

/// A header by its name, on one line.
fn header(head: &str, name: &str) -> String {
    let mut value = String::new();
    let mut inside = false;
    for line in head.lines() {
        if line.starts_with([' ', '\t']) {
            if inside {
                value.push_str(line);
            }
            continue;
        }
        let (key, rest) = line.split_once(':').unwrap_or((line, ""));
        inside = key.eq_ignore_ascii_case(name);
        if inside {
            value = rest.to_owned();
        }
    }
    value.trim().to_owned()
}

fn parameter(value: &str, name: &str) -> Option<String> {
    let (_, rest) = value.split_once(&format!("{name}=\""))?;
    rest.split_once('"').map(|(value, _)| value.to_owned())
}

/// A header with its encoded words (RFC 2047) read; the blank between two of them does not count.
fn words(value: &str) -> String {
    let mut text = String::new();
    let mut rest = value;
    while let Some((before, after)) = rest.split_once("=?") {
        let mut fields = after.splitn(4, '?');
        let encoded = (|| {
            let (_charset, kind, content) = (fields.next()?, fields.next()?, fields.next()?);
            let behind = fields.next()?.strip_prefix('=')?;
            let bytes = match kind {
                "b" | "B" => STANDARD.decode(content).ok()?,
                _ => unquoted(&content.replace('_', " ")),
            };
            Some((String::from_utf8_lossy(&bytes).into_owned(), behind))
        })();
        let Some((word, behind)) = encoded else { break };
        if !before.trim().is_empty() || text.is_empty() {
            text.push_str(before);
        }
        text.push_str(&word);
        rest = behind;
    }
    text + rest
}

/// Text that was made quoted-printable (RFC 2045, section 6.7).
fn quoted(text: &str) -> String {
    String::from_utf8_lossy(&unquoted(&text.replace("=\n", ""))).into_owned()
}

fn unquoted(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let code = (*first == b'=').then(|| behind.get(..2)).flatten();
        let byte = code
            .and_then(|code| std::str::from_utf8(code).ok())
            .and_then(|code| u8::from_str_radix(code, 16).ok());
        bytes.push(byte.unwrap_or(*first));
        rest = if byte.is_some() { &behind[2..] } else { behind };
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_is_read_as_it_was_meant() {
        let mail = "To: =?utf-8?b?QsOhbGludCBTemFiw7M=?= <b@x.example>\r\n\
            Subject: =?utf-8?b?w4Q=?=\r\n =?utf-8?Q?=C3=96_!?= end\r\nDate: today\r\n\
            Content-Type: multipart/alternative;\r\n boundary=\"abc\"\r\n\r\n--abc\r\n\
            Content-Type: text/plain; charset=utf-8\r\n\
            Content-Transfer-Encoding: quoted-printable\r\n\r\nSch=C3=B6n, a lo=\r\nng line 1=3D1\r\n\
            --abc\r\nContent-Type: text/html\r\n\r\n<p>\r\n--abc--\r\n";
        let letter = Letter::read(mail);
        assert_eq!(letter.to, "Bálint Szabó <b@x.example>");
        assert_eq!(letter.subject, "ÄÖ ! end");
        assert_eq!(letter.text.trim(), "Schön, a long line 1=1");
        assert_eq!(Letter::read(""), Letter::default());
        assert_eq!(
            Letter::read("Subject: =?utf-8?b?%%?= x").subject,
            "=?utf-8?b?%%?= x"
        );
    }
}
