//! What customers can book, and what of it a visit has chosen: by ids, or by External IDs (P-05, O-03).

use app::booking::Words;
use domain::expertise::Bookable;
use domain::subject::Offer;
use domain::{Category, EmployeeId, Office, OfficeId, Subject, SubjectId};
use std::collections::{BTreeMap, HashSet};
use store::{Reading, Result};

/// The word for an agent whom the customer leaves open.
pub const ANYBODY: &str = "any";

/// With whom.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Whose {
    NotChosen,
    Anybody,
    One(EmployeeId),
}

/// Everything that can be booked at the moment, as far as people decide it; in as many statements as
/// there are tables.
pub struct Catalogue {
    pub offices: Vec<Office>,
    pub subjects: Vec<Subject>,
    pub categories: Vec<Category>,
    offers: BTreeMap<(OfficeId, SubjectId), Offer>,
    pub whose: Whose,
    /// Whether the address named something that can't be booked.
    pub dangling: bool,
}

/// A choice of subject and office; what leaves no choice is chosen.
#[derive(Clone, Default, Debug)]
pub struct Chosen {
    pub subject: Option<Subject>,
    pub office: Option<Office>,
}

impl Catalogue {
    /// Reads what is offered to somebody with these words.
    pub async fn read(reading: &mut Reading, words: &Words) -> Result<Self> {
        let mut offices = reading.all_offices().await?;
        offices.retain(|office| office.active);
        let subjects = reading.subjects().await?;
        let categories = reading.categories().await?;
        let narrowed = reading.all_narrowed().await?;
        let (whose, only) = whose(reading, words.get("agent")).await?;
        let offers_of = |bookable: Pairs| {
            let mut offers = BTreeMap::new();
            for office in &offices {
                for subject in &subjects {
                    let pair = (office.id, subject.id);
                    let offer = narrowed.get(&pair).copied().unwrap_or_default();
                    let offer = offer.offer(office.id, subject).held_in(office);
                    let handled = bookable.contains(&pair)
                        && only.as_ref().is_none_or(|only| only.contains(&pair));
                    if offer.offered && handled {
                        offers.insert(pair, offer);
                    }
                }
            }
            offers
        };
        // Of an address that names them both, nothing else matters, unless they can't be booked.
        let office = offices
            .iter()
            .find(|office| names(words, "office", office.id, office.external_id.as_ref()));
        let subject = subjects
            .iter()
            .find(|subject| names(words, "subject", subject.id, subject.external_id.as_ref()));
        let (office, subject) = (
            office.map(|office| office.id),
            subject.map(|subject| subject.id),
        );
        let mut offers = offers_of(reading.bookable_pairs(office, subject).await?);
        if offers.is_empty() && (office.is_some() || subject.is_some()) {
            offers = offers_of(reading.bookable_pairs(None, None).await?);
        }
        let dangling = whose == Whose::NotChosen && !words.get("agent").is_empty();
        Ok(Self {
            offices,
            subjects,
            categories,
            offers,
            whose,
            dangling,
        })
    }

    /// What an office offers of a subject, if it does.
    pub fn offer(&self, office: OfficeId, subject: SubjectId) -> Option<&Offer> {
        self.offers.get(&(office, subject))
    }

    /// The subjects that can be booked, in one office or in any.
    pub fn subjects_in(&self, office: Option<&Office>) -> Vec<&Subject> {
        let offered = |subject: &&Subject| {
            let mut pairs = self.offers.keys();
            pairs.any(|(o, s)| *s == subject.id && office.is_none_or(|office| office.id == *o))
        };
        self.subjects.iter().filter(offered).collect()
    }

    /// The offices in which a subject can be booked.
    pub fn offices_of(&self, subject: &Subject) -> Vec<&Office> {
        let offered = |office: &&Office| self.offer(office.id, subject.id).is_some();
        self.offices.iter().filter(offered).collect()
    }

    /// What these words choose. A word that names nothing that is offered is as if it were not there.
    pub fn choose(&mut self, words: &Words) -> Chosen {
        let mut all = self.subjects_in(None).into_iter();
        let by_name = |s: &&Subject| names(words, "subject", s.id, s.external_id.as_ref());
        let mut subject = all.find(by_name).cloned();
        let with_subject = |o: &&Office| match &subject {
            Some(subject) => self.offer(o.id, subject.id).is_some(),
            None => !self.subjects_in(Some(o)).is_empty(),
        };
        let by_name = |o: &&Office| names(words, "office", o.id, o.external_id.as_ref());
        let mut offices = self.offices.iter().filter(by_name);
        let mut office = offices.find(with_subject).cloned();
        let lost = |word: &str, found: bool| !words.get(word).is_empty() && !found;
        let dangling = lost("subject", subject.is_some()) || lost("office", office.is_some());
        if subject.is_none()
            && let [only] = self.subjects_in(office.as_ref()).as_slice()
        {
            subject = Some((*only).clone());
        }
        if let (Some(subject), None) = (&subject, &office)
            && let [only] = self.offices_of(subject).as_slice()
        {
            office = Some((*only).clone());
        }
        self.dangling |= dangling;
        Chosen { subject, office }
    }

    /// The agent of a visit among those who can be booked for it; one alone is chosen.
    pub fn agent(&self, agents: &[Bookable]) -> Whose {
        match (self.whose, agents) {
            (Whose::One(id), _) if agents.iter().any(|agent| agent.id == id) => Whose::One(id),
            (_, [only]) => Whose::One(only.id),
            (Whose::Anybody, _) => Whose::Anybody,
            _ => Whose::NotChosen,
        }
    }
}

/// Whether the word of an address is this id, or this External ID.
fn names(words: &Words, word: &str, id: impl ToString, external: Option<&String>) -> bool {
    let word = words.get(word);
    let is_id = || id.to_string().eq_ignore_ascii_case(word);
    !word.is_empty() && (external.is_some_and(|external| external == word) || is_id())
}

type Pairs = HashSet<(OfficeId, SubjectId)>;

/// Whom the address names, and where and about what they can be booked.
async fn whose(reading: &mut Reading, word: &str) -> Result<(Whose, Option<Pairs>)> {
    if word.is_empty() {
        return Ok((Whose::NotChosen, None));
    }
    if word == ANYBODY {
        return Ok((Whose::Anybody, None));
    }
    let rows = reading.bookable_as(word).await?;
    let Some((id, ..)) = rows.first().copied() else {
        return Ok((Whose::NotChosen, None));
    };
    let own = rows.into_iter().filter(|(other, ..)| *other == id);
    let pairs = own.map(|(_, office, subject)| (office, subject)).collect();
    Ok((Whose::One(id), Some(pairs)))
}
