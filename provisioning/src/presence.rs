//! Who is on a call: what PBXs say, as long as they say it (C-14). Nothing of it is stored.

use domain::contact_centre::monitor::{OnCall, Phone};
use domain::{OrganisationId, PbxId, Timestamp};
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use tokio::sync::broadcast;

/// How many notices may wait for a slow listener; who misses some looks anyway.
const NOTICES: usize = 64;

/// What PBXs say of phones, shared by who listens to them and who shows it.
#[derive(Clone, Debug)]
pub struct Presence(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    pbxs: RwLock<HashMap<PbxId, Heard>>,
    news: broadcast::Sender<OrganisationId>,
}

/// The most phones of a PBX that are remembered, so that a statement can name all that are on a call.
const PHONES: usize = 16_000;

/// What is heard of a PBX.
#[derive(Default, Debug)]
struct Heard {
    /// Whose it is, once that is known.
    organisation: Option<OrganisationId>,
    link: Link,
    /// By extension: how its phones stand, and since when they were heard to.
    phones: HashMap<String, (Phone, Timestamp)>,
}

/// Whether a PBX is listened to.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub enum Link {
    /// Its manager interface was not reached yet.
    #[default]
    Trying,
    Up,
    /// Why it is not heard.
    Down(String),
}

impl Default for Presence {
    fn default() -> Self {
        let (news, _) = broadcast::channel(NOTICES);
        Self(Arc::new(Inner {
            pbxs: RwLock::default(),
            news,
        }))
    }
}

impl Presence {
    fn read(&self) -> RwLockReadGuard<'_, HashMap<PbxId, Heard>> {
        self.0.pbxs.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, HashMap<PbxId, Heard>> {
        self.0.pbxs.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// How the phones of an extension stand, and since when; `None` where nobody says.
    pub fn phone(&self, pbx: PbxId, extension: &str) -> Option<(Phone, Timestamp)> {
        self.read().get(&pbx)?.phones.get(extension).copied()
    }

    /// The extensions on a call, by PBX; `None` where no PBX of the organisation is heard.
    pub fn on_call(&self, organisation: OrganisationId) -> Option<OnCall> {
        let pbxs = self.read();
        let heard = pbxs.iter().filter(|(_, heard)| {
            heard.link == Link::Up && heard.organisation == Some(organisation)
        });
        let calling = |heard: &Heard| {
            let phones = heard.phones.iter();
            let calling = phones.filter(|(_, (phone, _))| *phone == Phone::OnCall);
            calling.map(|(extension, _)| extension.clone()).collect()
        };
        let on_call: OnCall = heard.map(|(pbx, heard)| (*pbx, calling(heard))).collect();
        (!on_call.is_empty()).then_some(on_call)
    }

    /// Whether a PBX is listened to; `None` where the operator did not say how.
    pub fn link(&self, pbx: PbxId) -> Option<Link> {
        self.read().get(&pbx).map(|heard| heard.link.clone())
    }

    /// Says of which organisation something was heard, at most twice a second for each PBX.
    pub fn news(&self) -> broadcast::Receiver<OrganisationId> {
        self.0.news.subscribe()
    }

    /// Tells whoever listens to the news.
    pub(crate) fn tell(&self, organisation: OrganisationId) {
        // Nobody may listen.
        let _ = self.0.news.send(organisation);
    }

    /// Notes whose PBX it is.
    pub(crate) fn belongs(&self, pbx: PbxId, organisation: OrganisationId) {
        self.write().entry(pbx).or_default().organisation = Some(organisation);
    }

    /// Notes whether a PBX is listened to; while it is not, nothing is known of its phones.
    pub(crate) fn links(&self, pbx: PbxId, link: Link) {
        let mut pbxs = self.write();
        let heard = pbxs.entry(pbx).or_default();
        if link != Link::Up {
            heard.phones.clear();
        }
        heard.link = link;
    }

    /// Notes how the phones of an extension stand; whether it is news.
    pub(crate) fn hears(
        &self,
        pbx: PbxId,
        extension: &str,
        phone: Option<Phone>,
        now: Timestamp,
    ) -> bool {
        let mut pbxs = self.write();
        let phones = &mut pbxs.entry(pbx).or_default().phones;
        match phone {
            None => phones.remove(extension).is_some(),
            Some(phone)
                if phones
                    .get(extension)
                    .is_some_and(|(known, _)| *known == phone) =>
            {
                false
            }
            Some(_) if phones.len() >= PHONES && !phones.contains_key(extension) => false,
            Some(phone) => {
                phones.insert(extension.to_owned(), (phone, now));
                true
            }
        }
    }

    /// Forgets every extension of a PBX that is not among these; whether there was one.
    pub(crate) fn keeps(&self, pbx: PbxId, listed: &BTreeSet<String>) -> bool {
        let mut pbxs = self.write();
        let phones = &mut pbxs.entry(pbx).or_default().phones;
        let before = phones.len();
        phones.retain(|extension, _| listed.contains(extension));
        phones.len() != before
    }
}
