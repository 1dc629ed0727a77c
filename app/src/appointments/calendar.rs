//! Appointments as a calendar: columns of days in which they stand at their time, or a month of cells.
//! On a phone both are a list of days. Dragging one to another time reschedules it (P-01).

use super::change::{MoveAppointment, move_appointment};
use super::plan::Plan;
use super::row::{Row, state_word};
use crate::messages::t;
use crate::ui::{browser, use_toasts};
use domain::appointment::State;
use leptos::ev::DragEvent;
use leptos::prelude::*;

/// Minutes of a row of the grid.
const STEP: u16 = 15;
/// The most that stand side by side; what comes after them lies over them.
const MOST_LANES: usize = 12;
/// The hours that are always shown.
const USUAL: (u16, u16) = (8 * 60, 18 * 60);
/// How many appointments a day of a month shows.
const SHOWN: usize = 3;

/// The first and the last minute of the grid, in whole hours around everything that is shown.
fn hours(rows: &[Row]) -> (u16, u16) {
    let first = rows.iter().map(|row| row.from).min().unwrap_or(USUAL.0);
    let last = rows.iter().map(|row| row.until).max().unwrap_or(USUAL.1);
    (
        first.min(USUAL.0) / 60 * 60,
        last.max(USUAL.1).div_ceil(60) * 60,
    )
}

/// What is being dragged: which appointment, and how far below its top it was taken, in pixels.
#[derive(Clone)]
struct Dragged {
    row: Row,
    below_top: f64,
}

/// A day or a week.
#[component]
pub(super) fn Days(shown: Plan, moved: impl Fn() + Copy + Send + Sync + 'static) -> AnyView {
    let (first, last) = hours(&shown.rows);
    let dragged = StoredValue::new(None::<Dragged>);
    let action = Action::new(|change: &MoveAppointment| {
        let change = change.clone();
        async move {
            move_appointment(
                change.id,
                change.version,
                change.agent,
                change.day,
                change.time,
                change.at,
                change.against,
            )
            .await
        }
    });
    let toasts = use_toasts();
    let answer = action.value();
    Effect::new(move |_| match answer.get() {
        Some(Ok(())) => {
            toasts.show(t::appointments_moved());
            moved();
        }
        Some(Err(error)) => toasts.show(error.to_string()),
        None => {}
    });
    let marks = (first / 60..last / 60).map(|hour| {
        let place = format!("at-{}", (hour * 60 - first) / STEP + 1);
        view! { <span class=place>{format!("{hour:02}:00")}</span> }
    });
    let empty = shown.rows.is_empty();
    let today = shown.today.clone();
    let days = shown.days.into_iter().map(|(day, name)| {
        let rows: Vec<Row> = shown
            .rows
            .iter()
            .filter(|row| row.day == day)
            .cloned()
            .collect();
        let current = (day == today).then_some("date");
        let none = rows.is_empty();
        let events = side_by_side(rows)
            .into_iter()
            .map(|(row, lane)| event(row, lane, first, dragged))
            .collect_view();
        let drop = move |event: DragEvent| {
            event.prevent_default();
            let taken = dragged.try_update_value(Option::take).flatten();
            let Some(taken) = taken else { return };
            if let Some(change) = dropped(&event, &taken, &day, (first, last)) {
                action.dispatch(change);
            }
        };
        view! {
            <section class="day" aria-current=current>
                <h3>{name}</h3>
                <ol class="slots" on:dragover=|event| event.prevent_default() on:drop=drop>
                    {events}
                </ol>
                <p class="none" hidden=!none>{t::appointments_none()}</p>
            </section>
        }
    });
    view! {
        <p class="quiet" role="status">{empty.then(t::appointments_empty_title)}</p>
        <div class="calendar" tabindex="0" role="group" aria-label=shown.title.clone()>
            <div class="marks" aria-hidden="true">{marks.collect_view()}</div>
            {days.collect_view()}
        </div>
        <p class="hint with-script">{t::appointments_drag_hint()}</p>
    }
    .into_any()
}

/// Where something stands beside what overlaps with it: the number of its lane, of how many.
type Lane = (usize, usize);

/// The last minute that something is drawn for; short ones are drawn longer, to be read.
fn drawn_until(row: &Row) -> u16 {
    let rows = row.until.saturating_sub(row.from).div_ceil(STEP).max(2);
    row.from / STEP * STEP + rows * STEP
}

/// The lane of each: the first that is free, and as many as are needed by what hangs together. Alone
/// something takes the whole width.
fn side_by_side(mut rows: Vec<Row>) -> Vec<(Row, Lane)> {
    rows.sort_by_key(|row| (row.from, row.until));
    let mut placed: Vec<(Row, Lane)> = Vec::new();
    let (mut lanes, mut together) = (Vec::<u16>::new(), 0);
    for row in rows {
        if lanes.iter().all(|until| *until <= row.from / STEP * STEP) {
            lanes.clear();
            together = placed.len();
        }
        let free = lanes
            .iter()
            .position(|until| *until <= row.from / STEP * STEP);
        let lane = free.unwrap_or(lanes.len());
        match free {
            Some(lane) => lanes[lane] = drawn_until(&row),
            None => lanes.push(drawn_until(&row)),
        }
        placed.push((row, (lane, 0)));
        for (_, (_, of)) in &mut placed[together..] {
            *of = lanes.len();
        }
    }
    placed
}

fn event(
    row: Row,
    (lane, of): Lane,
    first: u16,
    dragged: StoredValue<Option<Dragged>>,
) -> impl IntoView {
    let begin = row.from.saturating_sub(first) / STEP + 1;
    let long = (drawn_until(&row) - row.from / STEP * STEP) / STEP;
    let (lane, of) = (lane % MOST_LANES, of.min(MOST_LANES));
    let class = format!(
        "event at-{begin} for-{long} lane-{lane} of-{of} {}",
        row.state.code()
    );
    let can_move = !row.over && row.state != State::Cancelled;
    let label = format!(
        "{}, {}, {}, {}, {}",
        row.time,
        row.subject,
        row.customer(),
        row.agent(),
        state_word(row.state)
    );
    let (begins, ends) = row
        .time
        .split_at(row.time.find('–').unwrap_or(row.time.len()));
    let (begins, ends) = (begins.to_owned(), ends.to_owned());
    let (subject, people) = (
        row.subject.clone(),
        format!("{} · {}", row.customer(), row.agent()),
    );
    let href = format!("/appointments/{}", row.id);
    let start = move |event: DragEvent| {
        let below_top = f64::from(event.offset_y());
        dragged.set_value(Some(Dragged {
            row: row.clone(),
            below_top,
        }));
    };
    view! {
        <li class=class>
            <a href=href draggable=can_move.to_string() aria-label=label on:dragstart=start>
                <b class="tabular">{begins}<span class="ends">{ends}</span></b>
                <span>{subject}</span>
                <small>{people}</small>
            </a>
        </li>
    }
}

/// Where something was dropped, as the change that it asks for; nothing where it stays where it was.
fn dropped(
    event: &DragEvent,
    dragged: &Dragged,
    day: &str,
    (first, last): (u16, u16),
) -> Option<MoveAppointment> {
    let quarter = browser::row_under(event, (last - first) / STEP, dragged.below_top)?;
    let minute = first + quarter * STEP;
    let row = &dragged.row;
    if row.day == day && row.from == minute {
        return None;
    }
    Some(MoveAppointment {
        id: row.id,
        version: row.version,
        agent: None,
        day: day.to_owned(),
        time: format!("{:02}:{:02}", minute / 60, minute % 60),
        at: String::new(),
        against: false,
    })
}

/// A month: each day with its first appointments, and how many more there are.
#[component]
pub(super) fn Month(shown: Plan) -> AnyView {
    let month = shown.address.date.get(..7).unwrap_or_default().to_owned();
    let cells = shown.days.iter().map(|(day, name)| {
        let rows: Vec<&Row> = shown.rows.iter().filter(|row| row.day == *day).collect();
        let more = rows.len().saturating_sub(SHOWN);
        let events = rows.iter().take(SHOWN).map(|row| {
            view! {
                <li class=row.state.code()>
                    <a href=format!("/appointments/{}", row.id)>
                        <b class="tabular">{row.time.get(..5).unwrap_or_default().to_owned()}</b>
                        " "
                        {row.subject.clone()}
                    </a>
                </li>
            }
        });
        let href = shown.address.with(|address| {
            address.view = super::View::Day;
            day.clone_into(&mut address.date);
        });
        let other = !day.starts_with(&month);
        let current = (*day == shown.today).then_some("date");
        let none = rows.is_empty();
        view! {
            <li class="cell" class:other=other class:none=none aria-current=current>
                <h3><a href=href.clone()>{name.clone()}</a></h3>
                <ol>{events.collect_view()}</ol>
                {(more > 0).then(|| view! { <a class="more" href=href>{t::appointments_and_more(more)}</a> })}
            </li>
        }
    });
    view! { <ol class="month">{cells.collect_view()}</ol> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::booking::Meeting;
    use domain::{AppointmentId, Version};

    fn lanes(times: &[(u16, u16)]) -> Vec<Lane> {
        let row = |(from, until): &(u16, u16)| Row {
            id: AppointmentId(uuid::Uuid::nil()),
            version: Version(1),
            state: State::Confirmed,
            day: String::new(),
            day_text: String::new(),
            from: *from,
            until: *until,
            time: String::new(),
            subject: String::new(),
            office: String::new(),
            agent: None,
            agent_active: true,
            customer: String::new(),
            meeting: Meeting::Phone,
            over: false,
            against: false,
        };
        let placed = side_by_side(times.iter().map(row).collect());
        placed.into_iter().map(|(_, lane)| lane).collect()
    }

    // P-01: nothing hides anything else, and what is alone has the whole width.
    #[test]
    fn what_overlaps_stands_side_by_side() {
        assert_eq!(lanes(&[(540, 600), (600, 660)]), [(0, 1), (0, 1)]);
        let chain = [(540, 600), (570, 660), (600, 630), (720, 780)];
        assert_eq!(lanes(&chain), [(0, 2), (1, 2), (0, 2), (0, 1)]);
        let short = [(540, 545), (550, 600)];
        assert_eq!(
            lanes(&short),
            [(0, 2), (1, 2)],
            "short ones are drawn longer"
        );
    }
}
