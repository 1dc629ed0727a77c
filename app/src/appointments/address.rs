//! The address of the plan is its state: which days, in which view, of whom (P-01).

use domain::appointment::State;
use domain::{EmployeeId, OfficeId, SubjectId};
use leptos_router::params::ParamsMap;
use serde::{Deserialize, Serialize};
use std::fmt::Write;

/// How appointments are laid out.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub enum View {
    #[default]
    Week,
    Day,
    Month,
    List,
}

impl View {
    /// Every view, in the order in which they are shown.
    pub const ALL: [Self; 4] = [Self::Day, Self::Week, Self::Month, Self::List];

    /// The word of this view in addresses.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Week => "week",
            Self::Day => "day",
            Self::Month => "month",
            Self::List => "list",
        }
    }
}

/// Whose appointments.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub enum Whose {
    /// One's own for those who take appointments and manage nothing, else everybody's.
    #[default]
    Usual,
    Everybody,
    One(EmployeeId),
}

/// What the plan is asked for.
#[derive(Clone, PartialEq, Eq, Default, Debug, Serialize, Deserialize)]
pub struct Address {
    pub view: View,
    /// A day in the view, such as `2026-11-23`; empty for today.
    pub date: String,
    pub office: Option<OfficeId>,
    pub whose: Whose,
    pub subject: Option<SubjectId>,
    pub state: Option<State>,
    /// Of a list: those after this row.
    pub after: String,
}

impl Address {
    /// The plan of an address; what can't be read is left out.
    pub fn read(params: &ParamsMap) -> Self {
        let get = |name| params.get(name).unwrap_or_default();
        let view = get("view");
        Self {
            view: View::ALL
                .into_iter()
                .find(|known| known.code() == view)
                .unwrap_or_default(),
            date: get("date"),
            office: get("office").parse().ok(),
            whose: match get("agent").as_str() {
                "" => Whose::Usual,
                "all" => Whose::Everybody,
                id => id.parse().map_or(Whose::Usual, Whose::One),
            },
            subject: get("subject").parse().ok(),
            state: State::from_code(&get("state")),
            after: get("after"),
        }
    }

    /// The address with something else in it, from the first row of a list.
    pub fn with(&self, change: impl FnOnce(&mut Self)) -> String {
        let mut other = self.clone();
        other.after.clear();
        change(&mut other);
        other.to_text()
    }

    /// Path and query, with nothing in it that is as usual.
    pub fn to_text(&self) -> String {
        let mut text = String::new();
        let mut put = |name: &str, value: &str| {
            if !value.is_empty() {
                let separator = if text.is_empty() { '?' } else { '&' };
                let _ = write!(text, "{separator}{name}={}", crate::ui::encoded(value));
            }
        };
        if self.view != View::default() {
            put("view", self.view.code());
        }
        put("date", &self.date);
        put(
            "office",
            &self.office.map(|id| id.to_string()).unwrap_or_default(),
        );
        put("agent", &self.agent());
        put(
            "subject",
            &self.subject.map(|id| id.to_string()).unwrap_or_default(),
        );
        put("state", self.state.map_or("", State::code));
        put("after", &self.after);
        format!("/appointments{text}")
    }

    /// Whose, as a form has it.
    pub fn agent(&self) -> String {
        match self.whose {
            Whose::Usual => String::new(),
            Whose::Everybody => "all".to_owned(),
            Whose::One(id) => id.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // P-01: the view, the day and every filter stand in the address.
    #[test]
    fn what_is_written_into_an_address_is_read_from_it() {
        let id = "019a0000-0000-7000-8000-000000000001";
        let mut params = ParamsMap::new();
        for (name, value) in [
            ("view", "list"),
            ("date", "2026-11-23"),
            ("office", id),
            ("agent", "all"),
            ("subject", id),
            ("state", "requested"),
            ("after", "1~x"),
        ] {
            params.insert(name.to_owned(), value.to_owned());
        }
        let address = Address::read(&params);
        let text = format!(
            "/appointments?view=list&date=2026-11-23&office={id}&agent=all&subject={id}&state=requested&after=1~x"
        );
        assert_eq!(address.to_text(), text);
    }

    #[test]
    fn nonsense_in_an_address_is_left_out() {
        let mut params = ParamsMap::new();
        for name in ["view", "office", "agent", "subject", "state"] {
            params.insert(name.to_owned(), "'\"<".to_owned());
        }
        assert_eq!(Address::read(&params), Address::default());
    }
}
