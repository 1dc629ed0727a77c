//! The plot: what each case costs against the number of employees, both axes logarithmic.

use crate::contest::Outcome;
use std::fmt::Write;

/// The cases that are drawn, each in its colour.
const DRAWN: [(&str, &str); 6] = [
    ("list page", "#9a6700"),
    ("list", "#0969da"),
    ("search, middling", "#bf3989"),
    ("one employee", "#1a7f37"),
    ("create", "#8250df"),
    ("change a field", "#cf222e"),
];
const WIDTH: f64 = 820.0;
const HEIGHT: f64 = 480.0;
const LEFT: f64 = 70.0;
const RIGHT: f64 = 620.0;
const TOP: f64 = 50.0;
const BOTTOM: f64 = 420.0;
/// How far labels stand apart.
const LINE: f64 = 17.0;

/// A case at one of the two servers, as its costs by size.
struct Curve {
    name: &'static str,
    colour: &'static str,
    ours: bool,
    /// Employees and milliseconds.
    points: Vec<(f64, f64)>,
}

/// The plot of what was measured at each size, as SVG.
pub fn svg(measured: &[(usize, Vec<Outcome>)]) -> String {
    let curves = curves(measured);
    let points = || curves.iter().flat_map(|curve| curve.points.iter().copied());
    let across = Axis::over(points().map(|(employees, _)| employees), LEFT, RIGHT);
    let up = Axis::over(points().map(|(_, cost)| cost), BOTTOM, TOP);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
         font-family=\"system-ui, sans-serif\" font-size=\"13\" fill=\"#57606a\">\n\
         <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#fff\"/>\n\
         <text x=\"{LEFT}\" y=\"24\" fill=\"#24292f\" font-size=\"15\">CPU milliseconds per request \
         against number of employees; dashed: the yardstick</text>\n"
    );
    grid(&mut svg, &across, &up);
    let mut labels = Vec::new();
    for Curve {
        name,
        colour,
        ours,
        points,
    } in &curves
    {
        let dash = if *ours {
            ""
        } else {
            " stroke-dasharray=\"5 4\" opacity=\"0.7\""
        };
        let placed: Vec<(f64, f64)> = points
            .iter()
            .map(|(x, y)| (across.at(*x), up.at(*y)))
            .collect();
        let line: Vec<String> = placed
            .iter()
            .map(|(x, y)| format!("{x:.1},{y:.1}"))
            .collect();
        let line = line.join(" ");
        let _ = writeln!(
            svg,
            "<polyline points=\"{line}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"{dash}/>"
        );
        for (x, y) in &placed {
            let _ = writeln!(
                svg,
                "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3\" fill=\"{colour}\"/>"
            );
        }
        if let (true, Some((_, y)), Some((_, cost))) = (ours, placed.last(), points.last()) {
            labels.push((*y, format!("{name}, {cost:.2} ms"), *colour));
        }
    }
    label(&mut svg, labels);
    svg.push_str("</svg>\n");
    svg
}

fn curves(measured: &[(usize, Vec<Outcome>)]) -> Vec<Curve> {
    let curve = |name, colour, ours| {
        let cost = |outcome: &Outcome| match ours {
            true => outcome.ours.cpu_ms(),
            false => outcome.yardstick.cpu_ms(),
        };
        let points = measured.iter().filter_map(|(employees, outcomes)| {
            let outcome = outcomes.iter().find(|outcome| outcome.name == name)?;
            Some((*employees as f64, cost(outcome)))
        });
        Curve {
            name,
            colour,
            ours,
            points: points.collect(),
        }
    };
    let both = DRAWN
        .iter()
        .flat_map(|&(name, colour)| [true, false].map(|ours| curve(name, colour, ours)));
    both.filter(|curve| !curve.points.is_empty()).collect()
}

fn grid(svg: &mut String, across: &Axis, up: &Axis) {
    for power in across.powers() {
        let x = across.at(power);
        let y = BOTTOM + 20.0;
        let _ = writeln!(
            svg,
            "<path d=\"M{x:.1} {TOP}V{BOTTOM}\" stroke=\"#d0d7de\"/>"
        );
        let _ = writeln!(
            svg,
            "<text x=\"{x:.1}\" y=\"{y}\" text-anchor=\"middle\">{}</text>",
            grouped(power)
        );
    }
    for power in up.powers() {
        let y = up.at(power);
        let x = LEFT - 8.0;
        let _ = writeln!(
            svg,
            "<path d=\"M{LEFT} {y:.1}H{RIGHT}\" stroke=\"#d0d7de\"/>"
        );
        let _ = writeln!(
            svg,
            "<text x=\"{x}\" y=\"{y:.1}\" dy=\"4\" text-anchor=\"end\">{power}</text>"
        );
    }
}

/// Writes labels beside the ends of their curves, moved down where they would meet.
fn label(svg: &mut String, mut labels: Vec<(f64, String, &str)>) {
    labels.sort_by(|one, other| one.0.total_cmp(&other.0));
    let mut free = TOP;
    for (y, text, colour) in labels {
        let y = y.max(free);
        free = y + LINE;
        let x = RIGHT + 10.0;
        let _ = writeln!(
            svg,
            "<text x=\"{x}\" y=\"{y:.1}\" dy=\"4\" fill=\"{colour}\">{text}</text>"
        );
    }
}

fn grouped(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A logarithmic axis between two places of the picture, from one power of ten to another.
struct Axis {
    low: i32,
    high: i32,
    from: f64,
    to: f64,
}

impl Axis {
    fn over(values: impl Iterator<Item = f64>, from: f64, to: f64) -> Self {
        let positive = values.filter(|value| *value > 0.0);
        let (low, high) = positive.fold((f64::MAX, f64::MIN_POSITIVE), |(low, high), value| {
            (low.min(value), high.max(value))
        });
        let low = low.min(high).log10().floor() as i32;
        let high = (high.log10().ceil() as i32).max(low + 1);
        Self {
            low,
            high,
            from,
            to,
        }
    }

    fn at(&self, value: f64) -> f64 {
        let share = (value.max(f64::MIN_POSITIVE).log10() - f64::from(self.low))
            / f64::from(self.high - self.low);
        self.from + share.clamp(0.0, 1.0) * (self.to - self.from)
    }

    fn powers(&self) -> impl Iterator<Item = f64> + use<> {
        (self.low..=self.high).map(|power| 10_f64.powi(power))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_ends_at_powers_of_ten() {
        let axis = Axis::over([0.2, 30.0].into_iter(), 0.0, 300.0);
        assert_eq!(axis.powers().collect::<Vec<_>>(), [0.1, 1.0, 10.0, 100.0]);
        assert!((axis.at(1.0) - 100.0).abs() < 1e-9);
        assert_eq!([1_000.0, 100_000.0].map(grouped), ["1,000", "100,000"]);
    }
}
