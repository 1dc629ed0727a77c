//! What is said on a manager interface: lines of a name and a value, up to an empty one.

use super::Deaf;
use memchr::memmem;
use std::fmt::Write;
use tokio_util::bytes::{Buf, BytesMut};
use tokio_util::codec::Decoder;

/// The longest message that is taken, in bytes.
const LONGEST: usize = 64 * 1024;

/// An answer or an event.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Message(Vec<(String, String)>);

impl Message {
    /// The first value of this name, which is written in any case.
    pub fn get(&self, name: &str) -> Option<&str> {
        let named = |(key, _): &&(String, String)| key.eq_ignore_ascii_case(name);
        self.0.iter().find(named).map(|(_, value)| value.as_str())
    }

    /// Whether it is this event.
    pub fn is_event(&self, name: &str) -> bool {
        self.get("Event") == Some(name)
    }

    /// Whether it belongs to the action of this name.
    pub fn answers(&self, action: &str) -> bool {
        self.get("ActionID") == Some(action)
    }

    /// Whether it refuses an action.
    pub fn is_error(&self) -> bool {
        self.get("Response") == Some("Error")
    }

    /// Why it refuses.
    pub fn refusal(&self) -> Deaf {
        let words = self.get("Message").unwrap_or("no reason");
        Deaf::Refused(words.chars().take(200).collect())
    }

    fn read(text: &[u8]) -> Self {
        let text = String::from_utf8_lossy(text);
        let pair = |line: &str| {
            let (name, value) = line.split_once(':')?;
            Some((name.trim().to_owned(), value.trim().to_owned()))
        };
        Self(text.lines().filter_map(pair).collect())
    }
}

/// Takes messages out of what arrives; the first is the line of the greeting.
#[derive(Default)]
pub(super) struct Messages {
    greeted: bool,
}

impl Decoder for Messages {
    type Item = Message;
    type Error = Deaf;

    fn decode(&mut self, arrived: &mut BytesMut) -> Result<Option<Message>, Deaf> {
        let end: &[u8] = match self.greeted {
            true => b"\r\n\r\n",
            false => b"\r\n",
        };
        let Some(length) = memmem::find(arrived, end) else {
            return match arrived.len() > LONGEST {
                true => Err(Deaf::Strange),
                false => Ok(None),
            };
        };
        let text = arrived.split_to(length);
        arrived.advance(end.len());
        if !self.greeted {
            self.greeted = true;
            if !text.starts_with(b"Asterisk Call Manager/") {
                return Err(Deaf::Strange);
            }
        }
        Ok(Some(Message::read(&text)))
    }
}

/// An action as it is sent. A line break in a value would begin another line, and ends the value instead.
pub(super) fn written(action: &[(&str, &str)]) -> String {
    let mut text = String::new();
    for (name, value) in action {
        let value = value.split(['\r', '\n']).next().unwrap_or_default();
        // Writing to a string does not fail.
        let _ = write!(text, "{name}: {value}\r\n");
    }
    text.push_str("\r\n");
    text
}

#[cfg(test)]
mod tests {
    use super::{Deaf, LONGEST, Messages, written};
    use tokio_util::bytes::BytesMut;
    use tokio_util::codec::Decoder;

    #[test]
    fn messages_end_with_an_empty_line_wherever_they_are_cut() {
        let said = "Asterisk Call Manager/9.0.0\r\nResponse: Success\r\nMessage: Welcome: in\r\n\r\n\
                    Event: ExtensionStatus\r\nExten: 301\r\nStatus: 1\r\n\r\nEvent: Half";
        for cut in 0..said.len() {
            let mut messages = Messages::default();
            let mut arrived = BytesMut::new();
            let mut heard = Vec::new();
            for part in [&said[..cut], &said[cut..]] {
                arrived.extend_from_slice(part.as_bytes());
                while let Some(message) = messages.decode(&mut arrived).unwrap() {
                    heard.push(message);
                }
            }
            assert_eq!(heard.len(), 3);
            assert_eq!(heard[1].get("message"), Some("Welcome: in"));
            assert!(heard[2].is_event("ExtensionStatus"));
            assert_eq!(heard[2].get("Exten"), Some("301"));
            assert_eq!(&arrived[..], b"Event: Half");
        }
    }

    #[test]
    fn what_is_no_manager_interface_is_told_apart() {
        let decode = |said: &[u8]| Messages::default().decode(&mut BytesMut::from(said));
        assert!(matches!(
            decode(b"HTTP/1.1 400 Bad Request\r\n\r\n"),
            Err(Deaf::Strange)
        ));
        assert!(matches!(
            decode(&vec![b'x'; LONGEST + 1]),
            Err(Deaf::Strange)
        ));
    }

    #[test]
    fn a_value_begins_no_line_of_its_own() {
        assert_eq!(
            written(&[("Action", "Ping"), ("Reason", "a\r\nAction: Originate")]),
            "Action: Ping\r\nReason: a\r\n\r\n"
        );
    }
}
