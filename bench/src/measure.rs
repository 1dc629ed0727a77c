//! `bench measure`: everything after another, and the report of it.

use crate::case::Caller;
use crate::contest::{Outcome, Servers};
use crate::demo::{Place, Template};
use crate::goal::Goal;
use crate::load::Load;
use crate::report::{Report, Table};
use crate::yardstick::Synchronous;
use crate::{
    Result, booking, browser, centre, memory, plot, search, sign_in, start, statements, writes,
};
use clap::Args;
use std::fs;
use std::path::PathBuf;
use std::thread::available_parallelism;
use std::time::{Duration, Instant};

/// How many connections ask at once.
const CONNECTIONS: usize = 16;
/// A list may cost this many times the yardstick's (S-1).
const LIST: f64 = 1.0 / 0.9;
/// A page with the list may cost this many times the yardstick's list (S-1).
const PAGE: f64 = 6.0;
/// One employee may cost this many times the yardstick's (S-5).
const ONE: f64 = 1.0 / 0.8;
/// The list of the largest organisation may cost this many times that of the smallest (S-2).
const GROWTH: f64 = 1.3;

#[derive(Args, Debug)]
pub struct Measure {
    /// Shorter, and so less steady; for seeing whether a change did something
    #[arg(long)]
    quick: bool,
    /// How many employees the measured organisations have
    #[arg(long, value_delimiter = ',', default_value = "10000,100000")]
    employees: Vec<usize>,
    /// Only what appointments cost
    #[arg(long)]
    appointments: bool,
    /// Only what the contact centre costs
    #[arg(long)]
    contact_centre: bool,
    /// Leave out what needs a browser
    #[arg(long)]
    no_browser: bool,
    /// The server that is measured
    #[arg(
        long,
        env = "STAFFROOM_BINARY",
        default_value = "target/release/staffroom"
    )]
    binary: PathBuf,
}

impl Measure {
    /// Measures and writes; the working directory is the repository.
    ///
    /// # Errors
    /// When something could not be measured at all.
    pub async fn run(mut self) -> Result<()> {
        let begun = Instant::now();
        self.employees.sort_unstable();
        let folder = fs::canonicalize(".")?.join("target/bench");
        fs::create_dir_all(&folder)?;
        let binary = fs::canonicalize(&self.binary)
            .map_err(|error| format!("{}: {error}", self.binary.display()))?;
        let place = Place { binary, folder };
        let mut report = Report::default();
        report.about.push(self.about()?);
        let mut templates = Vec::new();
        for employees in &self.employees {
            templates.push(place.template(*employees).await?);
        }
        if let (true, Some(smallest)) = (self.is_narrowed(), templates.first()) {
            if self.appointments {
                self.appointments(&place, smallest, &mut report).await?;
            }
            if self.contact_centre {
                self.contact_centre(&place, smallest, &mut report).await?;
            }
            return write(&place, &report, begun);
        }
        let mut measured = Vec::new();
        for template in &templates {
            measured.push((
                template.employees,
                self.size(&place, template, &mut report).await?,
            ));
        }
        growth(&measured, &mut report);
        if let Some(smallest) = templates.first() {
            self.once(&place, smallest, &mut report).await?;
        }
        println!("counting statements");
        statements::measure(&place, &templates, &mut report).await?;
        let mut seen = Ok(());
        if let (false, Some(smallest)) = (self.no_browser, templates.first()) {
            println!("measuring in a browser");
            let runs = if self.quick { 1 } else { 3 };
            seen = browser::measure(&place, smallest, runs, &mut report).await;
        }
        if let Err(error) = &seen {
            report
                .about
                .push(format!("S-8, S-9 and S-10 are missing: {error}"));
        }
        report.about.push(format!(
            "the load while it was measured: {}",
            fs::read_to_string("/proc/loadavg")?.trim()
        ));
        fs::write(place.folder.join("cost.svg"), plot::svg(&measured))?;
        write(&place, &report, begun)?;
        seen
    }

    fn load(&self) -> Load {
        let (warm_up, time) = match self.quick {
            true => (Duration::from_millis(300), Duration::from_millis(1_200)),
            false => (Duration::from_secs(1), Duration::from_secs(4)),
        };
        Load {
            connections: CONNECTIONS,
            warm_up,
            time,
        }
    }

    /// Whether only a part is measured.
    fn is_narrowed(&self) -> bool {
        self.appointments || self.contact_centre
    }

    async fn contact_centre(
        &self,
        place: &Place,
        template: &Template,
        report: &mut Report,
    ) -> Result<()> {
        centre::measure(place, template, self.load(), self.rounds(), report).await
    }

    fn rounds(&self) -> usize {
        if self.quick { 1 } else { 2 }
    }

    fn about(&self) -> Result<String> {
        let cores = available_parallelism().map_or(1, usize::from);
        let load = fs::read_to_string("/proc/loadavg")?;
        let busy = load.split(' ').next().unwrap_or_default().to_owned();
        let quick = if self.quick { ", quick" } else { "" };
        Ok(format!(
            "{CONNECTIONS} connections, {cores} cores that others kept busy at {busy} before{quick}"
        ))
    }

    /// What is measured at every size.
    async fn size(
        &self,
        place: &Place,
        template: &Template,
        report: &mut Report,
    ) -> Result<Vec<Outcome>> {
        let employees = template.employees;
        println!("{employees} employees");
        let (ours, beside) = (place.folder.join("ours"), place.folder.join("yardstick"));
        template.copy(&ours).await?;
        template.copy(&beside).await?;
        let servers = Servers {
            ours: place.serve(&ours)?,
            yardstick: place.yardstick(&beside, Synchronous::Full)?,
        };
        let caller = Caller {
            ours: sign_in::cookie(servers.ours.address).await?,
        };
        let people = &template.people;
        let searches = caller.searches(people);
        let lists = caller.lists(people);
        let mut outcomes = Vec::new();
        for case in lists.iter().chain(&searches).chain(&caller.ones(people)) {
            outcomes.push(servers.contest(case, self.load(), self.rounds()).await?);
        }
        search::alone(&servers, &searches, self.load(), employees, report).await?;
        outcomes.extend(
            writes::contest(&servers, &caller, template, self.load(), self.rounds()).await?,
        );
        drop(servers);
        costs(&outcomes, employees, report);
        report.tables.push(Table::of_outcomes(
            format!("Costs, {employees} employees"),
            &outcomes,
        ));
        start::measure(place, template, report).await?;
        memory::measure(place, template, self.load(), report).await?;
        Ok(outcomes)
    }

    async fn appointments(
        &self,
        place: &Place,
        template: &Template,
        report: &mut Report,
    ) -> Result<()> {
        let appointments = match self.quick {
            true => booking::FEW,
            false => booking::APPOINTMENTS,
        };
        booking::measure(
            place,
            template,
            self.load(),
            self.rounds(),
            appointments,
            report,
        )
        .await
    }

    /// What does not depend on the size.
    async fn once(&self, place: &Place, template: &Template, report: &mut Report) -> Result<()> {
        println!("writing");
        writes::measure(place, template, self.load(), self.rounds(), report).await?;
        self.appointments(place, template, report).await?;
        self.contact_centre(place, template, report).await?;
        println!("signing in");
        let longer = self.load().longer(if self.quick { 2 } else { 1 });
        sign_in::measure(place, template, longer, self.rounds(), report).await
    }
}

/// Writes the report, and says what it comes to.
fn write(place: &Place, report: &Report, begun: Instant) -> Result<()> {
    fs::write(place.folder.join("report.md"), report.markdown())?;
    let (kept, all) = report.kept();
    for goal in report.goals.iter().filter(|goal| !goal.is_kept()) {
        println!(
            "not kept: {} {}: {}, goal {}",
            goal.number,
            goal.what,
            goal.measured(),
            goal.limit()
        );
    }
    let minutes = begun.elapsed().as_secs_f64() / 60.0;
    println!(
        "{kept} of {all} goals kept, in {minutes:.0} min; the report is target/bench/report.md"
    );
    Ok(())
}

/// The goals that compare with the yardstick.
fn costs(outcomes: &[Outcome], employees: usize, report: &mut Report) {
    let cases = [
        ("S-1", "list", LIST),
        ("S-1", "list, last tenth", LIST),
        ("S-1", "list page", PAGE),
        ("S-5", "one employee", ONE),
    ];
    for (number, name, limit) in cases {
        let Some(outcome) = outcomes.iter().find(|outcome| outcome.name == name) else {
            continue;
        };
        let (ours, yardstick) = (outcome.ours.cpu_ms(), outcome.yardstick.cpu_ms());
        let what = format!("{name} beside the yardstick, {employees}");
        let goal = Goal::at_most(number, what, limit, outcome.ratio(), "×");
        report
            .goals
            .push(goal.noting(format!("{ours:.3} ms, yardstick {yardstick:.3} ms")));
    }
}

/// The goals that compare the largest organisation with the smallest.
fn growth(measured: &[(usize, Vec<Outcome>)], report: &mut Report) {
    let (Some((least, small)), Some((most, large))) = (measured.first(), measured.last()) else {
        return;
    };
    for name in ["list", "list, last tenth", "list page"] {
        let cost = |outcomes: &[Outcome]| {
            let outcome = outcomes.iter().find(|outcome| outcome.name == name);
            outcome.map(|outcome| outcome.ours.cpu_ms())
        };
        if let (true, Some(before), Some(after)) = (least != most, cost(small), cost(large)) {
            let what = format!("{name} of {most} beside that of {least}");
            let goal = Goal::at_most("S-2", what, GROWTH, after / before, "×");
            report
                .goals
                .push(goal.noting(format!("{after:.3} ms, {before:.3} ms")));
        }
    }
}
