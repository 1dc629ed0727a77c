//! The week as one sees it: blocks that are drawn, dragged and moved by the keyboard. What it changes are
//! the rows of the form below it; it is there once scripts are.

use super::lines::{Line, Lines};
use super::times::{clock, day_name, day_short};
use crate::messages::t;
use crate::ui::browser;
use domain::hours::{Block, DAY};
use leptos::{ev, html, prelude::*};

/// Blocks begin and end at multiples of so many minutes.
const STEP: i32 = 15;
/// How long a block is that was only clicked.
const CLICKED: u16 = 120;
/// The minutes of a day, to compute with.
const WHOLE: i32 = DAY as i32;

/// What a pointer does to a block.
#[derive(Clone, Copy, PartialEq)]
enum Drag {
    /// Draws a new one from a minute of a day on.
    Draw {
        day: u8,
        begin: i32,
        line: Option<Line>,
    },
    /// Moves one, held so many minutes after its begin.
    Move { line: Line, held: i32, moved: bool },
    /// Moves its end, or its begin.
    Stretch { line: Line, end: bool },
}

#[component]
pub(super) fn Canvas(lines: Lines) -> AnyView {
    let live = RwSignal::new(false);
    Effect::new(move |_| live.set(true));
    view! {
        <div class="week with-script" data-days=lines.days.to_string()>
            <Show when=move || live.get()>
                <Board lines />
            </Show>
        </div>
    }
    .into_any()
}

#[component]
fn Board(lines: Lines) -> AnyView {
    let board = NodeRef::<html::Div>::new();
    let drag = RwSignal::new(None::<Drag>);
    let said = RwSignal::new(String::new());
    let only = lines.days == 1;
    let at = move |event: &ev::PointerEvent| place(board, event, lines.days);
    let down = move |event: ev::PointerEvent| {
        // A finger scrolls; it moves blocks that it holds, and adds new ones below.
        if event.button() != 0 || event.pointer_type() == "touch" {
            return;
        }
        if let Some((day, minute)) = at(&event) {
            event.prevent_default();
            browser::hold(&event);
            let begin = snap(minute);
            drag.set(Some(Drag::Draw {
                day,
                begin,
                line: None,
            }));
        }
    };
    let moved = move |event: ev::PointerEvent| {
        if let (Some(now), Some((day, minute))) = (drag.get_untracked(), at(&event)) {
            drag.set(Some(go_on(now, lines, day, minute)));
        }
    };
    let up = move |_| {
        let done = drag.get_untracked();
        drag.set(None);
        match done {
            None => return,
            Some(Drag::Draw {
                day,
                begin,
                line: None,
            }) => {
                let begin = begin.min(WHOLE - i32::from(CLICKED));
                draw(lines, day, begin, begin + i32::from(CLICKED));
            }
            Some(_) => {}
        }
        browser::changed();
    };
    let heads = (0..lines.days).map(|day| view! { <span>{day_short(day, only)}</span> });
    let hours = (0..=24).step_by(2).map(|hour: u16| {
        view! { <span style=("--from", (hour * 60).to_string())>{clock(hour * 60)}</span> }
    });
    view! {
        <p class="hint">{t::hours_canvas_hint()}</p>
        <div class="heads" aria-hidden="true">{heads.collect_view()}</div>
        <div class="hours-axis" aria-hidden="true">{hours.collect_view()}</div>
        <div class="board" node_ref=board role="group" tabindex="-1" aria-label=t::hours_canvas() style=("--days", lines.days.to_string())
            data-drags=move || drag.get().is_some().then_some("true")
            on:pointerdown=down on:pointermove=moved on:pointerup=up on:pointercancel=move |_| drag.set(None)>
            <For each=move || drawn(lines) key=|line| line.key
                children=move |line| view! { <Bar line lines drag said board /> } />
        </div>
        <p class="visually-hidden" role="status">{move || said.get()}</p>
    }
    .into_any()
}

/// The rows that are blocks.
fn drawn(lines: Lines) -> Vec<Line> {
    let lines = lines.all.get().into_iter();
    lines.filter(|line| line.block().is_some()).collect()
}

/// A block on the board.
#[component]
fn Bar(
    line: Line,
    lines: Lines,
    drag: RwSignal<Option<Drag>>,
    said: RwSignal<String>,
    board: NodeRef<html::Div>,
) -> AnyView {
    let office = move || {
        let office = line.office.get();
        lines
            .offices
            .with_value(|all| all.iter().position(|(id, _)| *id == office).unwrap_or(0))
    };
    let several = lines.offices.with_value(Vec::len).max(1);
    // Blocks of different offices at the same time stand beside each other.
    let beside = Memo::new(move |_| is_beside(line, lines));
    let lane = move || if beside.get() { office() } else { 0 };
    let lanes = move || if beside.get() { several } else { 1 };
    let times = move || {
        let minute = |at: RwSignal<Option<u16>>| clock(at.get().unwrap_or_default());
        t::hours_from_to(minute(line.from), minute(line.until))
    };
    let label = move || {
        let day = day_name(line.day.get(), lines.days == 1);
        t::hours_block(day, lines.office(line.office.get()), times())
    };
    let grab = move |event: ev::PointerEvent| {
        if event.button() == 0
            && let Some((_, minute)) = place(board, &event, lines.days)
        {
            event.stop_propagation();
            browser::hold(&event);
            let held = minute - i32::from(line.from.get_untracked().unwrap_or_default());
            drag.set(Some(Drag::Move {
                line,
                held,
                moved: false,
            }));
        }
    };
    let stretch = move |end: bool| {
        move |event: ev::PointerEvent| {
            if event.button() == 0 {
                event.stop_propagation();
                browser::hold(&event);
                drag.set(Some(Drag::Stretch { line, end }));
            }
        }
    };
    let press = move |event: ev::KeyboardEvent| {
        if key(line, lines, &event.key(), event.shift_key()) {
            event.prevent_default();
            said.set(match line.from.get_untracked() {
                Some(_) => untrack(label),
                None => t::hours_removed().to_owned(),
            });
            if let (None, Some(board)) = (line.from.get_untracked(), board.get_untracked()) {
                let _ = board.focus();
            }
            browser::changed();
        }
    };
    view! {
        <button type="button" class="bar" aria-label=label data-lane=move || (office() % 4).to_string()
            data-by-hand=move || (!line.automatic.get()).then_some("true")
            style=("--day", move || line.day.get().to_string()) style=("--lane", move || lane().to_string())
            style=("--lanes", move || lanes().to_string())
            style=("--from", move || line.from.get().unwrap_or_default().to_string())
            style=("--until", move || line.until.get().unwrap_or_default().to_string())
            on:pointerdown=grab on:keydown=press>
            <i class="edge top" on:pointerdown=stretch(false)></i>
            <span class="times">{times}</span>
            {(several > 1).then(|| view! { <span class="place">{move || lines.office(line.office.get())}</span> })}
            <i class="edge bottom" on:pointerdown=stretch(true)></i>
        </button>
    }
    .into_any()
}

/// Whether another block of the day has any time in common with this one.
fn is_beside(line: Line, lines: Lines) -> bool {
    let Some(own) = line.block() else {
        return false;
    };
    let day = line.day.get();
    let others = lines
        .all
        .get()
        .into_iter()
        .filter(|other| other.key != line.key);
    let others = others
        .filter(|other| other.day.get() == day)
        .filter_map(Line::block);
    others
        .into_iter()
        .any(|other| other.from < own.until && own.from < other.until)
}

/// What a key does to a block; says whether it is one of these keys. Arrows move it, with Shift its end;
/// Delete takes it away.
fn key(line: Line, lines: Lines, key: &str, shift: bool) -> bool {
    let (Some(from), Some(until)) = (line.from.get_untracked(), line.until.get_untracked()) else {
        return false;
    };
    let (from, until) = (i32::from(from), i32::from(until));
    let by = match key {
        "ArrowUp" => -STEP,
        "ArrowDown" => STEP,
        "ArrowLeft" | "ArrowRight" => {
            let step = if key == "ArrowLeft" { -1 } else { 1 };
            let day = i16::from(line.day.get_untracked()) + step;
            let day = day.clamp(0, i16::from(lines.days) - 1);
            line.day.set(u8::try_from(day).unwrap_or_default());
            return true;
        }
        "Delete" | "Backspace" => {
            line.clear();
            return true;
        }
        _ => return false,
    };
    match shift {
        true => set(line, from, (until + by).max(from + STEP)),
        false => shift_to(line, from + by, until - from),
    }
    true
}

/// One step of a drag, with the pointer over this minute of this day.
fn go_on(drag: Drag, lines: Lines, day: u8, minute: i32) -> Drag {
    match drag {
        Drag::Draw { day, begin, line } => {
            let (from, until) = (begin.min(snap(minute)), begin.max(snap(minute)));
            let line = match line {
                Some(line) => {
                    set(line, from, until.max(from + STEP));
                    Some(line)
                }
                None if until - from >= STEP => draw(lines, day, from, until),
                None => None,
            };
            Drag::Draw { day, begin, line }
        }
        Drag::Move { line, held, moved } => {
            let (from, until) = (line.from.get_untracked(), line.until.get_untracked());
            let length = i32::from(until.unwrap_or_default()) - i32::from(from.unwrap_or_default());
            let to = snap(minute - held);
            let moves = moved || Some(to) != from.map(i32::from) || day != line.day.get_untracked();
            if moves {
                line.day.set(day);
                shift_to(line, to, length);
            }
            Drag::Move {
                line,
                held,
                moved: moves,
            }
        }
        Drag::Stretch { line, end } => {
            let from = i32::from(line.from.get_untracked().unwrap_or_default());
            let until = i32::from(line.until.get_untracked().unwrap_or_default());
            match end {
                true => set(line, from, snap(minute).max(from + STEP)),
                false => set(line, snap(minute).min(until - STEP), until),
            }
            Drag::Stretch { line, end }
        }
    }
}

fn draw(lines: Lines, day: u8, from: i32, until: i32) -> Option<Line> {
    let office = lines
        .offices
        .with_value(|all| all.first().map(|(id, _)| *id))?;
    let block = Block {
        from: bounded(from),
        until: bounded(until),
        office,
        automatic: true,
    };
    Some(lines.add(day, block))
}

fn set(line: Line, from: i32, until: i32) {
    line.from.set(Some(bounded(from)));
    line.until.set(Some(bounded(until)));
}

/// Moves a block as a whole, within its day.
fn shift_to(line: Line, from: i32, length: i32) {
    let from = from.clamp(0, WHOLE - length);
    set(line, from, from + length);
}

fn bounded(minute: i32) -> u16 {
    u16::try_from(minute.clamp(0, WHOLE)).unwrap_or(DAY)
}

fn snap(minute: i32) -> i32 {
    ((minute + STEP / 2).div_euclid(STEP) * STEP).clamp(0, WHOLE)
}

/// The day and the minute under a pointer.
fn place(board: NodeRef<html::Div>, event: &ev::PointerEvent, days: u8) -> Option<(u8, i32)> {
    let board = board.get_untracked()?;
    let (across, down) = browser::within(&board, event);
    let day = (across * f64::from(days))
        .floor()
        .clamp(0.0, f64::from(days - 1));
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "both are bounded, and whole"
    )]
    Some((day as u8, (down * f64::from(DAY)).round() as i32))
}
