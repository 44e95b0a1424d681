//! Who did something, as it is on record: an agent, or an account of the machine in an agent's name, `root as mira`.

use std::borrow::Cow;

/// The agent in whose name it was done, and the account that did it where that is another.
pub fn acting(recorded: &str) -> (&str, Option<&str>) {
    match recorded.rsplit_once(" as ") {
        Some((account, agent)) => (agent, Some(account)),
        None => (recorded, None),
    }
}

/// The agent first: `mira (root)`.
pub fn acting_in_words(recorded: &str) -> Cow<'_, str> {
    match acting(recorded) {
        (agent, None) => agent.into(),
        (agent, Some(account)) => format!("{agent} ({account})").into(),
    }
}

#[cfg(test)]
mod tests {
    use super::{acting, acting_in_words};

    #[test]
    fn the_agent_comes_first() {
        assert_eq!(acting("mira"), ("mira", None));
        assert_eq!(acting("root as mira"), ("mira", Some("root")));
        assert_eq!(acting_in_words("mira"), "mira");
        assert_eq!(acting_in_words("root as mira"), "mira (root)");
    }
}
