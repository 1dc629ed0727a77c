//! Mails from the queue to the folder or the mail server, and what is said when they don't get there.

mod morning;

use super::mail::compose;
use super::matter::Matter;
use super::*;
use crate::config::Mail;
use crate::demo::house::House;
use domain::{Actor, EmployeeId, invitation};
use std::fs;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use store::outbox::Delivery;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpListener;

/// An organisation with somebody who waits for an invitation by mail.
struct Scene {
    outbox: Outbox,
    /// Of mails.
    folder: PathBuf,
    _house: House,
    organisation: OrganisationId,
    invited: EmployeeId,
    stopping: watch::Receiver<bool>,
}

impl Scene {
    async fn new(name: &str, mail: impl FnOnce(PathBuf) -> Mail) -> Self {
        let house = House::new(&format!("outbox-{name}"), now()).await;
        let folder = house.folder.join("mail");
        let outbox = Outbox {
            post: Post::new(&mail(folder.clone())).unwrap(),
            public_url: PublicUrl::read("https://staffroom.example").unwrap(),
            from: mail::usual_from("staffroom.example"),
            store: house.store.clone(),
        };
        let mut scene = Self {
            outbox,
            folder,
            organisation: house.organisation,
            _house: house,
            invited: EmployeeId(store::new_id()),
            stopping: watch::channel(false).1,
        };
        scene.invite("pat@demo.example").await;
        scene
    }

    async fn invite(&mut self, email: &str) {
        let (id, system) = (self.invited, Actor::system(self.organisation));
        let new = domain::employee::NewEmployee {
            email: email.into(),
            ..Default::default()
        };
        let created = domain::employee::Created::allow(&system, id, &new, "BE", now()).unwrap();
        let mut transaction = self
            .outbox
            .store
            .write(self.organisation, None)
            .await
            .unwrap();
        transaction.apply(created).await.unwrap();
        let employee = transaction.employee(id).await.unwrap().unwrap();
        let invited = employee
            .invite(&system, invitation::USUAL_HOURS, true, now())
            .unwrap();
        transaction.apply(invited).await.unwrap();
        transaction.commit().await.unwrap();
    }

    async fn send(&self) {
        self.outbox.send_due(None, &self.stopping).await.unwrap();
    }

    async fn delivery(&self) -> Delivery {
        let mut reading = self.outbox.store.read(self.organisation).await.unwrap();
        reading
            .latest_delivery(self.invited)
            .await
            .unwrap()
            .unwrap()
    }

    fn mails(&self) -> Vec<String> {
        let files = fs::read_dir(&self.folder).into_iter().flatten();
        let mut files: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
        files.sort();
        files
            .iter()
            .map(|file| fs::read_to_string(file).unwrap())
            .collect()
    }
}

// E-07: an invitation goes out; A-01: the secret is erased once it is sent.
#[tokio::test]
async fn an_invitation_becomes_a_file_with_a_link_of_the_public_url() {
    let scene = Scene::new("folder", Mail::Folder).await;
    scene.send().await;
    scene.send().await;
    let mails = scene.mails();
    assert_eq!(mails.len(), 1);
    let mail = mails[0].replace("=\r\n", "");
    assert!(mail.contains("To: pat@demo.example\r\n"), "{mail}");
    assert!(
        mail.contains("\r\nhttps://staffroom.example/activate/"),
        "{mail}"
    );
    assert!(mail.contains("text/html"), "{mail}");
    let delivery = scene.delivery().await;
    assert!(delivery.delivered_at.is_some() && delivery.failure.is_none());
}

// Case 23: the mail server is down; the failure is visible, and it is tried again later.
#[tokio::test]
async fn a_mail_server_that_is_down_is_named_and_asked_again() {
    let closed = TcpListener::bind("127.0.0.1:0")
        .await
        .unwrap()
        .local_addr()
        .unwrap();
    let scene = Scene::new("down", |_| Mail::Server(format!("smtp://{closed}"))).await;
    scene.send().await;
    let delivery = scene.delivery().await;
    assert_eq!((delivery.attempts, delivery.delivered_at), (1, None));
    let failure = delivery.failure.unwrap();
    assert!(
        failure.starts_with("the mail server can't be reached"),
        "{failure}"
    );
    scene.send().await;
    assert_eq!(scene.delivery().await.attempts, 1, "not again at once");
}

#[tokio::test]
async fn a_mail_server_gets_the_mail_and_its_refusal_is_shown_without_the_secret() {
    let (address, said) = mail_server(false).await;
    let scene = Scene::new("server", |_| Mail::Server(address)).await;
    scene.send().await;
    assert!(scene.delivery().await.delivered_at.is_some());
    let said = said.lock().unwrap().join("\n").replace("=\n", "");
    assert!(said.contains("RCPT TO:<pat@demo.example>"), "{said}");
    assert!(
        said.contains("\nhttps://staffroom.example/activate/"),
        "{said}"
    );

    let (address, said) = mail_server(true).await;
    let scene = Scene::new("refusal", |_| Mail::Server(address)).await;
    scene.send().await;
    let failure = scene.delivery().await.failure.unwrap();
    assert!(
        failure.starts_with("the mail server refused it: 550"),
        "{failure}"
    );
    let said = said.lock().unwrap().join("").replace('=', "");
    let token = said
        .split("/activate/")
        .nth(1)
        .and_then(|rest| rest.get(..43))
        .unwrap();
    assert!(
        failure.contains("activate/…") && !failure.contains(token),
        "{failure}"
    );
}

#[tokio::test]
async fn a_domain_that_can_not_exist_is_not_tried() {
    let mut scene = Scene::new("invalid", Mail::Folder).await;
    scene.send().await;
    scene.invited = EmployeeId(store::new_id());
    scene.invite("kofi@mailbox.invalid").await;
    scene.send().await;
    assert_eq!(scene.mails().len(), 1);
    assert!(
        scene
            .delivery()
            .await
            .failure
            .unwrap()
            .contains("does not exist")
    );
}

// What a person or an organisation is called never becomes a header, or HTML.
#[test]
fn names_can_not_inject_anything() {
    let evil = "Eve\r\nBcc: all@example.org\r\n\r\n<script>alert(1)</script>";
    let to = Addressee {
        name: evil.into(),
        language: Language::De,
        zone: TimeZone::UTC,
        organisation: evil.into(),
    };
    let claimed = Claimed {
        organisation: OrganisationId(store::new_id()),
        id: store::new_id(),
        employee: None,
        attempts: 1,
        message: Message::AddressChanged {
            to: domain::field::Email::read("eve@x.example").unwrap(),
            email: domain::field::Email::read("eve@y.example").unwrap(),
        },
    };
    let url = PublicUrl::read("https://staffroom.example").unwrap();
    let from = mail::usual_from("127.0.0.1");
    let text = text::write(&claimed.message, &Matter::default(), &to, &url, &from);
    assert!(
        text.subject.starts_with("Sie melden sich"),
        "{}",
        text.subject
    );
    assert!(!text.html.contains("<script"), "{}", text.html);
    assert_eq!(from.email.to_string(), "staffroom@localhost");
    let mail = compose(&claimed, &to, text, &from, now())
        .unwrap()
        .formatted();
    let mail = String::from_utf8(mail).unwrap();
    let (head, _) = mail.split_once("\r\n\r\n").unwrap();
    let names: Vec<&str> = head
        .lines()
        .filter(|line| !line.starts_with([' ', '\t']))
        .map(|line| line.split(':').next().unwrap())
        .collect();
    let known = [
        "From",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "Auto-Submitted",
        "MIME-Version",
        "Content-Type",
    ];
    assert_eq!(names, known, "{head}");
}

/// A mail server that notes what it is told, and may refuse every mail with all it was told.
async fn mail_server(refuses: bool) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("smtp://{}", listener.local_addr().unwrap());
    let said = Arc::new(Mutex::new(Vec::new()));
    let notes = said.clone();
    tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        let mut stream = BufReader::new(stream);
        stream.write_all(b"220 test\r\n").await.unwrap();
        let (mut line, mut inside) = (String::new(), false);
        while stream.read_line(&mut line).await.unwrap() > 0 {
            let text = line.trim_end().to_owned();
            line.clear();
            notes.lock().unwrap().push(text.clone());
            let answer = match text.as_str() {
                "DATA" => "354 go on".to_owned(),
                "." if refuses => {
                    let all = notes.lock().unwrap().join("").replace('=', "");
                    let link = all.find("/activate/").map_or("", |at| &all[at..at + 53]);
                    format!("550 no {link}")
                }
                _ if inside && text != "." => continue,
                _ => "250 well".to_owned(),
            };
            inside = text == "DATA" || (inside && text != ".");
            stream
                .write_all(format!("{answer}\r\n").as_bytes())
                .await
                .unwrap();
        }
    });
    (address, said)
}
