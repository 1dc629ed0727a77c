//! What stands in the way in the contact centre, in words.

use crate::messages::t;
use domain::contact_centre::elsewhere::Elsewhere;
use domain::contact_centre::number::Environment;
use domain::contact_centre::pbx::Standing;

/// The Engage users of other tenants than the default, by name (case 20).
pub fn elsewhere(elsewhere: &Elsewhere) -> String {
    let names = match elsewhere.more {
        0 => elsewhere.names(),
        more => t::setup_and_more(more, elsewhere.names()),
    };
    t::setup_elsewhere(names)
}

/// What hangs on a PBX.
pub fn in_the_way(standing: Standing) -> String {
    let parts = [
        (standing.tenants, t::setup_n_tenants(standing.tenants)),
        (standing.queues, t::setup_n_queues(standing.queues)),
        (
            standing.ring_groups,
            t::setup_n_ring_groups(standing.ring_groups),
        ),
        (
            standing.pickup_groups,
            t::setup_n_pickup_groups(standing.pickup_groups),
        ),
        (standing.scripts, t::setup_n_scripts(standing.scripts)),
    ];
    let there = parts.into_iter().filter(|(count, _)| *count > 0);
    let words: Vec<String> = there.map(|(_, words)| words).collect();
    t::setup_pbx_in_use(words.join(", "))
}

/// That a license is full, saying how many seats there are (case 17).
pub fn no_seat_left(license: &str, seats: i64) -> String {
    match seats {
        0 => t::setup_why_no_seats(license),
        seats => t::setup_why_full(seats, license),
    }
}

/// Where somebody has a number.
pub fn environment_word(environment: Environment) -> &'static str {
    match environment {
        Environment::Work => t::setup_environment_work(),
        Environment::ContactCenter => t::setup_environment_centre(),
    }
}
