//! Whether a queue call shows who calls and through which queue (C-07).

/// What is shown of a queue call while it rings, while it lasts, and in the logs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Shown<'a> {
    /// The caller's number; `None` when the caller withheld it.
    pub number: Option<&'a str>,
    /// The name of the queue.
    pub queue: &'a str,
}

/// "Display customer CLI when call offering": on for everybody of a tenant that has it on, and for
/// the users who have it on themselves.
pub const fn shows_cli(tenant: bool, user: bool) -> bool {
    tenant || user
}

/// What a queue call shows; `None` where neither tenant nor user has it on.
pub fn shown<'a>(
    tenant: bool,
    user: bool,
    number: Option<&'a str>,
    queue: &'a str,
) -> Option<Shown<'a>> {
    shows_cli(tenant, user).then_some(Shown { number, queue })
}
