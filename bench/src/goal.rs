//! Goals of the design, each with what was measured of it and whether that keeps it.

use std::fmt;

/// A goal and what came of it.
#[derive(Clone, Debug)]
pub struct Goal {
    /// Its number in the design, such as S-1.
    pub number: &'static str,
    pub what: String,
    limit: Limit,
    measured: f64,
    unit: &'static str,
    /// Where the figure comes from.
    pub note: String,
}

#[derive(Clone, Copy, Debug)]
enum Limit {
    AtMost(f64),
    AtLeast(f64),
}

impl Goal {
    /// A goal that is kept by whatever is not more.
    pub fn at_most(
        number: &'static str,
        what: impl Into<String>,
        limit: f64,
        measured: f64,
        unit: &'static str,
    ) -> Self {
        let limit = Limit::AtMost(limit);
        Self {
            number,
            what: what.into(),
            limit,
            measured,
            unit,
            note: String::new(),
        }
    }

    /// A goal that is kept by whatever is not less.
    pub fn at_least(
        number: &'static str,
        what: impl Into<String>,
        limit: f64,
        measured: f64,
        unit: &'static str,
    ) -> Self {
        let limit = Limit::AtLeast(limit);
        Self {
            number,
            what: what.into(),
            limit,
            measured,
            unit,
            note: String::new(),
        }
    }

    /// The same with a word on where the figure comes from.
    #[must_use]
    pub fn noting(self, note: impl Into<String>) -> Self {
        Self {
            note: note.into(),
            ..self
        }
    }

    /// Whether it is kept.
    pub fn is_kept(&self) -> bool {
        match self.limit {
            Limit::AtMost(limit) => self.measured <= limit,
            Limit::AtLeast(limit) => self.measured >= limit,
        }
    }

    /// The measured as a share of the limit; nothing where the limit is nought.
    pub fn of_limit(&self) -> Option<f64> {
        let (Limit::AtMost(limit) | Limit::AtLeast(limit)) = self.limit;
        (limit != 0.0).then_some(self.measured / limit)
    }

    /// The limit as text.
    pub fn limit(&self) -> String {
        match self.limit {
            Limit::AtMost(limit) => format!("≤ {}", Figure(limit, self.unit)),
            Limit::AtLeast(limit) => format!("≥ {}", Figure(limit, self.unit)),
        }
    }

    /// The measured as text.
    pub fn measured(&self) -> String {
        Figure(self.measured, self.unit).to_string()
    }
}

/// A number with as many digits as say something, and its unit.
#[derive(Clone, Copy, Debug)]
pub struct Figure(pub f64, pub &'static str);

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(number, unit) = *self;
        let whole = (number - number.round()).abs() < 1e-9;
        match number.abs() {
            _ if whole => write!(f, "{number:.0}")?,
            ..1.0 => write!(f, "{number:.3}")?,
            ..100.0 => write!(f, "{number:.2}")?,
            _ => write!(f, "{number:.0}")?,
        }
        match unit {
            "" => Ok(()),
            unit => write!(f, " {unit}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_goal_is_kept_on_its_own_side_of_the_limit() {
        let cost = |measured| Goal::at_most("S-1", "list", 1.11, measured, "×");
        assert!(cost(1.11).is_kept() && !cost(1.12).is_kept());
        let speed = |measured| Goal::at_least("S-6", "writes", 0.8, measured, "×");
        assert!(speed(0.8).is_kept() && !speed(0.79).is_kept());
        let shift = Goal::at_most("S-9", "shift", 0.0, 0.0, "");
        assert!(shift.is_kept() && shift.of_limit().is_none());
    }

    #[test]
    fn figures_have_the_digits_that_say_something() {
        let shown = |number| Figure(number, "ms").to_string();
        assert_eq!(
            [0.2345, 2.345, 234.5, 300.0].map(shown),
            ["0.234 ms", "2.35 ms", "234 ms", "300 ms"]
        );
        assert_eq!(Figure(0.0, "").to_string(), "0");
    }
}
