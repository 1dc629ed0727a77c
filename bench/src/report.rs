//! The report: goals with what came of them, then everything that was measured, as Markdown.

use crate::contest::Outcome;
use crate::goal::{Figure, Goal};
use std::fmt::Write;

/// All that a run found out.
#[derive(Debug, Default)]
pub struct Report {
    /// What the machine and the run were like, a line each.
    pub about: Vec<String>,
    pub goals: Vec<Goal>,
    pub tables: Vec<Table>,
}

/// Rows under a heading.
#[derive(Debug)]
pub struct Table {
    title: String,
    head: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table without rows.
    pub fn new(title: impl Into<String>, head: &[&str]) -> Self {
        let head = head.iter().map(|&cell| cell.to_owned()).collect();
        Self {
            title: title.into(),
            head,
            rows: Vec::new(),
        }
    }

    /// Adds a row.
    pub fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.rows.push(cells.into_iter().collect());
    }

    /// What cases cost at both servers.
    pub fn of_outcomes(title: impl Into<String>, outcomes: &[Outcome]) -> Self {
        let mut table = Self::new(
            title,
            &[
                "",
                "CPU ms",
                "yardstick",
                "ratio",
                "per second",
                "yardstick",
                "p50 ms",
                "p99 ms",
                "yardstick p99",
            ],
        );
        for Outcome {
            name,
            ours,
            yardstick,
        } in outcomes
        {
            let ratio = ours.cpu_ms() / yardstick.cpu_ms();
            let figures = [
                ours.cpu_ms(),
                yardstick.cpu_ms(),
                ratio,
                ours.per_second().round(),
                yardstick.per_second().round(),
                ours.percentile(0.5),
                ours.percentile(0.99),
                yardstick.percentile(0.99),
            ];
            let figures = figures.map(|figure| Figure(figure, "").to_string());
            table.row([name.clone()].into_iter().chain(figures));
        }
        table
    }

    fn markdown(&self) -> String {
        let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
        let rule = vec!["---".to_owned(); self.head.len()];
        let rows: String = self.rows.iter().map(|row| line(row)).collect();
        format!(
            "\n## {}\n\n{}{}{rows}",
            self.title,
            line(&self.head),
            line(&rule)
        )
    }
}

impl Report {
    /// How many goals are kept, and how many there are.
    pub fn kept(&self) -> (usize, usize) {
        let kept = self.goals.iter().filter(|goal| goal.is_kept()).count();
        (kept, self.goals.len())
    }

    /// The whole as Markdown.
    pub fn markdown(&self) -> String {
        let (kept, all) = self.kept();
        let mut text = String::from("# What Staffroom costs\n\n");
        for line in &self.about {
            let _ = writeln!(text, "- {line}");
        }
        let mut goals = Table::new(
            format!("Goals: {kept} of {all} kept"),
            &["", "", "goal", "measured", "of the goal", "kept", "from"],
        );
        let mut sorted: Vec<&Goal> = self.goals.iter().collect();
        sorted.sort_by_key(|goal| goal.number.trim_start_matches("S-").parse::<u32>().ok());
        for goal in sorted {
            let share = goal
                .of_limit()
                .map(|share| format!("{:.0} %", share * 100.0));
            goals.row([
                goal.number.to_owned(),
                goal.what.clone(),
                goal.limit(),
                goal.measured(),
                share.unwrap_or_default(),
                if goal.is_kept() { "yes" } else { "**no**" }.to_owned(),
                goal.note.clone(),
            ]);
        }
        text.push_str(&goals.markdown());
        text.push_str("\n![Cost against the number of employees](cost.svg)\n");
        for table in &self.tables {
            text.push_str(&table.markdown());
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_kept_stands_out() {
        let mut report = Report::default();
        report
            .goals
            .push(Goal::at_most("S-10", "paint", 80.0, 120.0, "ms"));
        report
            .goals
            .push(Goal::at_most("S-7", "start", 100.0, 20.0, "ms").noting("five starts"));
        let text = report.markdown();
        assert!(text.contains("Goals: 1 of 2 kept"));
        assert!(text.contains("| S-10 | paint | ≤ 80 ms | 120 ms | 150 % | **no** |  |"));
        let place = |number| text.find(number).unwrap();
        assert!(place("| S-7 |") < place("| S-10 |"));
    }
}
