//! What belongs to queues and groups, in words.

use crate::messages::t;
use domain::contact_centre::offer::PostProcessing;
use domain::contact_centre::queue::{Direction, Strategy};

/// Which way the calls of a queue go.
pub fn direction_word(direction: Direction) -> &'static str {
    match direction {
        Direction::Inbound => t::queues_inbound(),
        Direction::Outbound => t::queues_outbound(),
    }
}

/// Who of the free members is asked.
pub fn strategy_word(strategy: Strategy) -> &'static str {
    match strategy {
        Strategy::AllAtOnce => t::queues_strategy_all_at_once(),
        Strategy::InTurn => t::queues_strategy_in_turn(),
        Strategy::LongestIdle => t::queues_strategy_longest_idle(),
        Strategy::FewestCalls => t::queues_strategy_fewest_calls(),
    }
}

/// How post-processing ends: "Manual" or "30 seconds".
pub fn timeout_word(post_processing: PostProcessing) -> String {
    match post_processing {
        PostProcessing::Manual => t::queues_manual().to_owned(),
        PostProcessing::Seconds(seconds) => t::queues_seconds(i32::from(seconds)),
    }
}

/// Somebody's place in a queue: `enabled:5` is "enabled, priority 5".
fn place_word(text: &str) -> String {
    match text.split_once(':') {
        Some(("enabled", priority)) => t::queues_member_enabled(priority),
        Some(("assigned", priority)) => t::queues_member_assigned(priority),
        _ => text.to_owned(),
    }
}

/// A value of a queue or group in the audit trail, by the name of its field; `None` for other fields.
pub fn value_word(field: &str, text: &str) -> Option<String> {
    Some(match field {
        "direction" => direction_word(Direction::from_code(text)?).to_owned(),
        "strategy" => strategy_word(Strategy::from_code(text)?).to_owned(),
        "post_processing" => timeout_word(PostProcessing::read(text, false).ok()?),
        "ring_seconds" => t::queues_seconds(text.parse::<i32>().ok()?),
        _ if field.starts_with(domain::audit::QUEUE) => place_word(text),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::value_word;

    // E-23: what a queue was and is, and how somebody is in it, in words.
    #[test]
    fn values_are_told_in_words() {
        for (field, text, word) in [
            ("direction", "outbound", "Outbound phone"),
            ("post_processing", "manual", "Manual"),
            ("post_processing", "1", "1 second"),
            ("queue:Sales", "enabled:3", "enabled, priority 3"),
            (
                "queue:Sales",
                "assigned:5",
                "assigned, not enabled, priority 5",
            ),
        ] {
            assert_eq!(value_word(field, text).as_deref(), Some(word));
        }
        assert_eq!(value_word("name", "manual"), None);
    }
}
