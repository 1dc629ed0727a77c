//! Words of scripts.

use crate::messages::t;
use domain::contact_centre::script::{Kind, StepProblem};

/// What a kind of steps is called.
pub(crate) fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Say => t::scripts_kind_say(),
        Kind::CheckHours => t::scripts_kind_check_hours(),
        Kind::ChooseByKey => t::scripts_kind_choose_by_key(),
        Kind::Forward => t::scripts_kind_forward(),
        Kind::HangUp => t::scripts_kind_hang_up(),
    }
}

/// What is wrong with a step, as a sentence.
pub(crate) fn problem(step: usize, problem: StepProblem) -> String {
    match problem {
        StepProblem::NoText => t::scripts_why_no_text(step),
        StepProblem::TextTooLong(most) => t::scripts_why_long(most, step),
        StepProblem::NotPlainText => t::scripts_why_plain(step),
        StepProblem::NoTarget => t::scripts_why_no_target(step),
        StepProblem::UnknownTarget => t::scripts_why_target(step),
        StepProblem::UnknownZone => t::scripts_why_zone(step),
        StepProblem::NoOpening => t::scripts_why_no_hours(step),
        StepProblem::NotATime => t::scripts_why_hours(step),
        StepProblem::Overlapping => t::scripts_why_overlapping(step),
        StepProblem::NoKey => t::scripts_why_no_key(step),
        StepProblem::UnknownKey => t::scripts_why_key(step),
        StepProblem::SameKey(key) => t::scripts_why_same_key(key, step),
        StepProblem::NeverReached => t::scripts_why_never(step),
        StepProblem::UnknownKind => t::scripts_why_kind(step),
    }
}
