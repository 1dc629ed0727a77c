//! The manager interface of an Asterisk 23, as far as it was recorded from a running one: what it says to
//! whom, byte for byte, but for its events that nobody asks for.

use md5::{Digest, Md5};
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{broadcast, mpsc};
use tokio::time::timeout;

const CHALLENGE: &str = "198646197";

/// What is sent to whoever signed in; `None` ends the connection.
type Said = Option<String>;

pub struct Asterisk {
    pub address: SocketAddr,
    known: Arc<Mutex<Known>>,
    says: broadcast::Sender<Said>,
    pauses: mpsc::UnboundedReceiver<String>,
}

#[derive(Default)]
struct Known {
    secret: String,
    phones: Vec<(String, i32)>,
    paused: Vec<(String, String)>,
}

impl Asterisk {
    pub async fn start(secret: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let known = Arc::new(Mutex::new(Known {
            secret: secret.to_owned(),
            ..Known::default()
        }));
        let (says, _) = broadcast::channel(16);
        let (told, pauses) = mpsc::unbounded_channel();
        let (shared, events) = (known.clone(), says.clone());
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let served = serve(stream, shared.clone(), events.clone(), told.clone());
                tokio::spawn(served);
            }
        });
        Self {
            address,
            known,
            says,
            pauses,
        }
    }

    /// A hint, with its state.
    pub fn has(&mut self, extension: &str, status: i32) {
        let mut known = self.known.lock().unwrap();
        known.phones.push((extension.to_owned(), status));
    }

    /// A member of a queue who is paused.
    pub fn has_paused(&mut self, extension: &str, reason: &str) {
        let mut known = self.known.lock().unwrap();
        known.paused.push((extension.to_owned(), reason.to_owned()));
    }

    /// Says that an extension has another state.
    pub async fn says(&self, extension: &str, context: &str, status: i32) {
        let event = format!(
            "Event: ExtensionStatus\r\nPrivilege: call,all\r\nExten: {extension}\r\n\
             Context: {context}\r\nHint: Custom:phone-{extension}\r\nStatus: {status}\r\n\
             StatusText: InUse\r\n\r\n"
        );
        self.says.send(Some(event)).unwrap();
    }

    /// Ends every connection.
    pub async fn hang_up(&self) {
        self.says.send(None).unwrap();
    }

    /// The next pause that it is told: `301 true reason`.
    pub async fn pause(&mut self) -> String {
        let told = timeout(Duration::from_secs(10), self.pauses.recv()).await;
        told.unwrap().unwrap()
    }
}

/// The values of one action.
struct Action(Vec<(String, String)>);

impl Action {
    async fn read(reader: &mut BufReader<OwnedReadHalf>) -> Option<Self> {
        let mut values = Vec::new();
        loop {
            let mut line = String::new();
            if reader.read_line(&mut line).await.ok()? == 0 {
                return None;
            }
            match line.trim_end_matches("\r\n").split_once(": ") {
                Some((name, value)) => values.push((name.to_owned(), value.to_owned())),
                None => return Some(Self(values)),
            }
        }
    }

    fn get(&self, name: &str) -> &str {
        let found = self.0.iter().find(|(key, _)| key == name);
        found.map_or("", |(_, value)| value.as_str())
    }
}

async fn serve(
    stream: TcpStream,
    known: Arc<Mutex<Known>>,
    events: broadcast::Sender<Said>,
    told: mpsc::UnboundedSender<String>,
) {
    let (reader, mut writer) = stream.into_split();
    let (read, mut actions) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        let mut reader = BufReader::new(reader);
        while let Some(action) = Action::read(&mut reader).await {
            let _ = read.send(action);
        }
    });
    writer
        .write_all(b"Asterisk Call Manager/12.0.0\r\n")
        .await
        .unwrap();
    let mut events = events.subscribe();
    let mut signed_in = false;
    loop {
        tokio::select! {
            action = actions.recv() => {
                let Some(action) = action else { return };
                let stays = answer(&action, &known, &mut signed_in, &mut writer, &told).await;
                if !stays {
                    return;
                }
            }
            event = events.recv(), if signed_in => match event {
                Ok(Some(event)) => writer.write_all(event.as_bytes()).await.unwrap(),
                _ => return,
            },
        }
    }
}

/// Answers an action; whether the connection stays.
async fn answer(
    action: &Action,
    known: &Mutex<Known>,
    signed_in: &mut bool,
    writer: &mut OwnedWriteHalf,
    told: &mpsc::UnboundedSender<String>,
) -> bool {
    let mut text;
    let mut stays = true;
    let id = match action.get("ActionID") {
        "" => String::new(),
        id => format!("ActionID: {id}\r\n"),
    };
    match action.get("Action") {
        "Challenge" => {
            assert_eq!(action.get("AuthType"), "MD5");
            text = format!("Response: Success\r\n{id}Challenge: {CHALLENGE}\r\n\r\n");
        }
        "Login" => {
            let secret = known.lock().unwrap().secret.clone();
            let mut digest = Md5::new();
            digest.update(format!("{CHALLENGE}{secret}"));
            let digest = digest.finalize();
            let key: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            *signed_in = action.get("Username") == "staffroom" && action.get("Key") == key;
            stays = *signed_in;
            text = match stays {
                true => {
                    format!("Response: Success\r\n{id}Message: Authentication accepted\r\n\r\n")
                }
                false => format!("Response: Error\r\n{id}Message: Authentication failed\r\n\r\n"),
            };
        }
        _ if !*signed_in => {
            text = format!("Response: Error\r\n{id}Message: Permission denied\r\n\r\n");
        }
        "ExtensionStateList" => {
            text = format!(
                "Response: Success\r\n{id}EventList: start\r\nMessage: Extension Statuses will follow\r\n\r\n"
            );
            let phones = known.lock().unwrap().phones.clone();
            for (extension, status) in &phones {
                let _ = write!(
                    text,
                    "Event: ExtensionStatus\r\n{id}Exten: {extension}\r\nContext: staffroom-hints\r\n\
                     Hint: Custom:phone-{extension}\r\nStatus: {status}\r\nStatusText: Idle\r\n\r\n"
                );
            }
            let _ = write!(
                text,
                "Event: ExtensionStateListComplete\r\n{id}EventList: Complete\r\nListItems: {}\r\n\r\n",
                phones.len()
            );
        }
        "QueueStatus" => {
            text = format!(
                "Response: Success\r\n{id}EventList: start\r\nMessage: Queue status will follow\r\n\r\n"
            );
            let paused = known.lock().unwrap().paused.clone();
            for (extension, reason) in paused {
                let _ = write!(
                    text,
                    "Event: QueueMember\r\nQueue: q1\r\nName: Ann\r\n\
                     Location: Local/{extension}@staffroom-member/n\r\n\
                     StateInterface: hint:{extension}@staffroom-hints\r\nMembership: static\r\n\
                     Paused: 1\r\nPausedReason: {reason}\r\nWrapuptime: 0\r\n{id}\r\n"
                );
            }
            let _ = write!(
                text,
                "Event: QueueStatusComplete\r\n{id}EventList: Complete\r\nListItems: 1\r\n\r\n"
            );
        }
        "QueuePause" => {
            let interface = action.get("Interface");
            let extension = interface.strip_prefix("Local/").unwrap();
            let extension = extension.strip_suffix("@staffroom-member/n").unwrap();
            let (paused, reason) = (action.get("Paused"), action.get("Reason"));
            told.send(format!("{extension} {paused} {reason}")).unwrap();
            text =
                format!("Response: Success\r\n{id}Message: Interface paused successfully\r\n\r\n");
        }
        "Ping" => {
            text = format!(
                "Response: Success\r\n{id}Ping: Pong\r\nTimestamp: 1785000000.000000\r\n\r\n"
            );
        }
        other => panic!("nobody knows {other} here"),
    }
    writer.write_all(text.as_bytes()).await.is_ok() && stays
}
