//! A small contact centre that is set up by its rules, and a place to write it to.

use domain::audit::Recorded;
use domain::contact_centre::elsewhere::Elsewhere;
use domain::contact_centre::membership::{Membership, change_memberships};
use domain::contact_centre::pbx::{self, PbxCreated};
use domain::contact_centre::queue::{self, QueueCreated};
use domain::contact_centre::tenant::{self, FirstGroup, TenantCreated};
use domain::contact_centre::user::{ContactUserCreated, Draft, State, Supervision};
use domain::employee::{self, Created, NewEmployee};
use domain::organisation::{Known, OrganisationCreated, Settings};
use domain::{
    Actor, AgentGroupId, Allowed, EmployeeId, EndpointId, OrganisationId, PbxId, QueueId, TenantId,
};
use provisioning::{Place, Provisioner};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, SqliteConnection};
use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;
use store::contact_centre::change::Change;
use store::contact_centre::export::Export;
use store::secret::Key;
use store::{Store, Transaction, Write, now};
use tokio::time::timeout;

pub struct Scene {
    pub store: Store,
    pub organisation: OrganisationId,
    pub pbx: PbxId,
    pub queue: QueueId,
    root: PathBuf,
}

impl Drop for Scene {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.root);
    }
}

impl Scene {
    /// A PBX with a tenant and the queue Support; nobody is there yet.
    pub async fn new() -> Self {
        let name = format!("staffroom-provisioning-{}", store::new_id().simple());
        let root = std::env::temp_dir().join(name);
        fs::create_dir(&root).unwrap();
        let address = format!("sqlite:{}", root.join("staffroom.db").display());
        let key = Key::new(&[7; Key::LENGTH]).unwrap();
        let scene = Self {
            store: Store::open(&address, key).await.unwrap(),
            organisation: OrganisationId(store::new_id()),
            pbx: PbxId(store::new_id()),
            queue: QueueId(store::new_id()),
            root,
        };
        scene.found().await;
        scene
    }

    async fn found(&self) {
        let settings = Settings {
            name: "Acme".into(),
            time_zone: "Europe/Brussels".into(),
            country: "BE".into(),
            language: "en".into(),
            invitation_hours: 72,
        };
        let known = Known {
            languages: &["en"],
            time_zone: &|_| true,
            country: &|_| true,
        };
        let (system, at) = (self.system(), now());
        self.apply(
            OrganisationCreated::allow(self.organisation, None, settings, known, at).unwrap(),
        )
        .await;
        let draft = pbx::Draft {
            name: "North".into(),
            host: "pbx.example".into(),
        };
        let nobody = Elsewhere {
            people: Vec::new(),
            more: 0,
        };
        self.apply(PbxCreated::allow(&system, self.pbx, &draft, 0, &nobody, at).unwrap())
            .await;
        let pbxs = self
            .store
            .read(self.organisation)
            .await
            .unwrap()
            .pbxs()
            .await;
        let draft = tenant::Draft {
            name: "Care".into(),
            pbx: Some(self.pbx),
            shows_cli: false,
        };
        let group = FirstGroup {
            id: AgentGroupId(store::new_id()),
            name: "Ungrouped".into(),
        };
        let id = TenantId(store::new_id());
        self.apply(
            TenantCreated::allow(&system, id, &draft, &pbxs.unwrap(), 0, group, at).unwrap(),
        )
        .await;
        let draft = queue::Draft {
            name: "Support".into(),
            direction: "inbound".into(),
            post_processing: "30".into(),
            strategy: "in_turn".into(),
            ring_seconds: "20".into(),
        };
        let place = (Some(self.pbx), &[self.pbx][..]);
        self.apply(QueueCreated::allow(&system, self.queue, place, &draft, at).unwrap())
            .await;
    }

    pub fn system(&self) -> Actor {
        Actor::system(self.organisation)
    }

    pub async fn apply<C: Recorded + Send + Sync>(
        &self,
        change: Allowed<C>,
    ) -> <Transaction as Write<C>>::Output
    where
        Transaction: Write<C>,
    {
        let mut write = self.store.write(self.organisation, None).await.unwrap();
        let output = write.apply(change).await.unwrap();
        write.commit().await.unwrap();
        output
    }

    /// Somebody Active with an extension and a desk phone, enabled in Support; with the phone's secret.
    pub async fn person(&self, first: &str, extension: &str) -> (EmployeeId, String) {
        let id = EmployeeId(store::new_id());
        let new = NewEmployee {
            email: format!("{}@x.example", first.to_lowercase()),
            draft: employee::Draft {
                first_name: Some(first.into()),
                last_name: Some("Peeters".into()),
                ..employee::Draft::default()
            },
            ..NewEmployee::default()
        };
        let (system, at) = (self.system(), now());
        self.apply(Created::allow(&system, id, &new, "BE", at).unwrap())
            .await;
        let sql = "UPDATE employee SET status = 2 WHERE email_folded = $1";
        let mut raw = self.raw().await;
        sqlx::query(sql)
            .bind(&new.email)
            .execute(&mut raw)
            .await
            .unwrap();
        let draft = Draft {
            work_extension: Some(extension.into()),
            ..Draft::default()
        };
        let mut reading = self.store.read(self.organisation).await.unwrap();
        let ground = reading.contact_ground(id, &draft).await.unwrap();
        let employee = reading.employee(id).await.unwrap().unwrap();
        self.apply(ContactUserCreated::allow(&system, &employee, &draft, &ground, at).unwrap())
            .await;
        let user = reading.contact_user(id).await.unwrap().unwrap();
        let phone = EndpointId(store::new_id());
        let added = user.add_endpoint(&system, &employee, phone, "desk_phone", "Desk", at);
        let secret = self.apply(added.unwrap()).await;
        self.put(id, true).await;
        (id, secret)
    }

    /// Assigns somebody to Support.
    pub async fn put(&self, employee: EmployeeId, enabled: bool) {
        let wanted = [Membership {
            queue: self.queue,
            employee,
            assigned: true,
            enabled,
            priority: Some(2),
        }];
        let mut reading = self.store.read(self.organisation).await.unwrap();
        let facts = reading.membership_facts(&[self.queue], &[employee]).await;
        let changes = change_memberships(&self.system(), &wanted, &facts.unwrap(), now());
        for change in changes.unwrap() {
            self.apply(change).await;
        }
    }

    pub async fn suspend(&self, id: EmployeeId) {
        let mut reading = self.store.read(self.organisation).await.unwrap();
        let employee = reading.employee(id).await.unwrap().unwrap();
        self.apply(employee.suspend(&self.system(), 1, now()).unwrap())
            .await;
    }

    /// Sets somebody's state, as an Administrator does on the monitor.
    pub async fn set_state(&self, id: EmployeeId, state: State) {
        let mut reading = self.store.read(self.organisation).await.unwrap();
        let person = reading.employee(id).await.unwrap().unwrap();
        let user = reading.contact_user(id).await.unwrap().unwrap();
        drop(reading);
        let (system, nothing) = (self.system(), Supervision::default());
        let set = user.set_member_state(&system, &nothing, &person, &[], state.code(), now());
        self.apply(set.unwrap().unwrap()).await;
    }

    pub async fn rewrite(&self) {
        let mut reading = self.store.read(self.organisation).await.unwrap();
        let pbx = reading.pbx(self.pbx).await.unwrap().unwrap();
        self.apply(pbx.rewrite(&self.system(), now()).unwrap())
            .await;
    }

    pub async fn export(&self) -> Export {
        let mut reading = self.store.read(self.organisation).await.unwrap();
        reading.export_pbx(self.pbx).await.unwrap().unwrap()
    }

    /// The changes of the PBX, oldest first.
    pub async fn changes(&self) -> Vec<Change> {
        let mut reading = self.store.read(self.organisation).await.unwrap();
        let mut changes = reading.pbx_changes(self.pbx, 100).await.unwrap();
        changes.reverse();
        changes
    }

    /// Has what failed tried again at once.
    pub async fn is_due(&self) {
        let sql = "UPDATE pbx_change SET due_at = at";
        let mut raw = self.raw().await;
        sqlx::query(sql).execute(&mut raw).await.unwrap();
    }

    pub async fn raw(&self) -> SqliteConnection {
        let options = SqliteConnectOptions::new().filename(self.root.join("staffroom.db"));
        options.connect().await.unwrap()
    }

    /// A place to write to, with the program that is called.
    pub fn place(&self, reload: Option<PathBuf>) -> Place {
        Place::new(self.root.join("pbxs"), None, reload)
    }

    pub fn provisioner(&self, reload: Option<PathBuf>) -> Provisioner {
        Provisioner::new(self.store.clone(), self.place(reload))
    }

    pub fn folder(&self) -> PathBuf {
        self.place(None).folder(self.pbx)
    }

    pub fn file(&self, name: &str) -> String {
        fs::read_to_string(self.folder().join(name)).unwrap_or_default()
    }

    /// A program of these lines; `$ROOT` in them is a folder of the test.
    pub fn program(&self, lines: &str) -> PathBuf {
        let path = self
            .root
            .join(format!("reload-{}", store::new_id().simple()));
        let text = format!("#!/bin/sh\nROOT='{}'\n{lines}\n", self.root.display());
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o755)).unwrap();
        path
    }

    pub fn said(&self, name: &str) -> String {
        fs::read_to_string(self.root.join(name)).unwrap_or_default()
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Waits until something holds, looking after every commit; the test ends after `most`.
    pub async fn until(&self, most: Duration, holds: impl AsyncFn() -> bool) {
        let mut changes = self.store.changes();
        let watched = async {
            while !holds().await {
                changes.recv().await.unwrap();
            }
        };
        timeout(most, watched).await.expect("in time");
    }
}
