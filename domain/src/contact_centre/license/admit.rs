//! Who gets a seat: the last one is given once (C-03, case 17).

use super::{CONTACT_CENTER, ENGAGE, Kind, License};
use crate::field::Problems;
use crate::{Field, Refusal, Why};
use serde::{Deserialize, Serialize};

/// Every license with its seats, as counted in the transaction that would give one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Licenses(pub Vec<License>);

/// What somebody holds: nothing, one license, or the pair; never half of it.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Held {
    #[default]
    None,
    /// A formal agent.
    ContactCenter,
    /// An Engage user, with the code of their Work plan.
    Engage { plan: String },
}

impl Held {
    /// The codes of the licenses of which it takes a seat.
    pub fn codes(&self) -> Vec<&str> {
        match self {
            Self::None => Vec::new(),
            Self::ContactCenter => vec![CONTACT_CENTER],
            Self::Engage { plan } => vec![ENGAGE, plan],
        }
    }
}

impl Licenses {
    /// The license of a code.
    pub fn of(&self, code: &str) -> Option<&License> {
        self.0.iter().find(|license| license.code == code)
    }

    /// The Work plans, in their order.
    pub fn plans(&self) -> impl Iterator<Item = &License> {
        self.0.iter().filter(|license| license.kind == Kind::Plan)
    }

    /// Refuses what takes a seat of a license that has none left; what somebody holds `before`, they
    /// keep, also where there are fewer seats than users.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] on the field of the license or of the plan.
    pub fn admit(&self, before: &Held, wanted: &Held) -> Result<(), Refusal> {
        if let Held::Engage { plan } = wanted
            && self.of(plan).is_none_or(|plan| plan.kind != Kind::Plan)
        {
            return Err(Refusal::field(Field::Plan, Why::UnknownChoice));
        }
        let mut problems = Problems::default();
        let held = before.codes();
        let new = wanted.codes().into_iter();
        for license in new
            .filter(|code| !held.contains(code))
            .filter_map(|code| self.of(code))
        {
            if license.left() == 0 {
                let field = match license.kind {
                    Kind::Plan => Field::Plan,
                    Kind::ContactCenter | Kind::Engage => Field::License,
                };
                problems.add(field, Why::NoSeatLeft(license.name.clone(), license.seats));
            }
        }
        problems.none()
    }
}
