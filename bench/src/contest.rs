//! Staffroom and its yardstick by turns, so that whatever else the machine does meets both.

use crate::Result;
use crate::case::Case;
use crate::load::{Load, Sample};
use crate::process::Process;

/// Two servers over copies of the same data.
#[derive(Debug)]
pub struct Servers {
    pub ours: Process,
    pub yardstick: Process,
}

/// What a case cost at both.
#[derive(Clone, Debug)]
pub struct Outcome {
    pub name: String,
    pub ours: Sample,
    pub yardstick: Sample,
}

impl Outcome {
    /// What Staffroom computes for a request, beside what the yardstick does.
    pub fn ratio(&self) -> f64 {
        self.ours.cpu_ms() / self.yardstick.cpu_ms()
    }
}

impl Servers {
    /// Measures a case at both: A B B A …, for as many rounds of two as asked.
    ///
    /// # Errors
    /// When a server refuses a request.
    pub async fn contest(&self, case: &Case, load: Load, rounds: usize) -> Result<Outcome> {
        let (mut ours, mut yardstick) = (Sample::default(), Sample::default());
        for round in 0..rounds {
            let ours_first = round % 2 == 0;
            for turn in [ours_first, !ours_first] {
                match turn {
                    true => ours.add(load.on(&self.ours, &case.ours).await?),
                    false => yardstick.add(load.on(&self.yardstick, &case.yardstick).await?),
                }
            }
        }
        let outcome = Outcome {
            name: case.name.clone(),
            ours,
            yardstick,
        };
        println!(
            "  {:<24} {:>8.3} ms of computing, yardstick {:>7.3}: {:.2} ×",
            outcome.name,
            outcome.ours.cpu_ms(),
            outcome.yardstick.cpu_ms(),
            outcome.ratio()
        );
        Ok(outcome)
    }
}
