//! Which screen one is on: what lies beneath forms, incidents and the call.

/// A screen that has a key of its own.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Screen {
    /// What is to be worked on.
    #[default]
    Queue,
    /// Who rings, whom to call.
    Calls,
    /// Who is supported.
    Customers,
    /// What is written to customers.
    Messages,
    /// How it went.
    Reports,
    /// Who is open when.
    Hours,
    /// What may be promised.
    Policy,
}

impl Screen {
    /// Every screen, in the order in which Tab goes through them.
    pub const ALL: [Self; 7] = [
        Self::Queue,
        Self::Calls,
        Self::Customers,
        Self::Messages,
        Self::Reports,
        Self::Hours,
        Self::Policy,
    ];

    /// What it is called.
    pub fn title(self) -> &'static str {
        match self {
            Self::Queue => "Queue",
            Self::Calls => "Calls",
            Self::Customers => "Customers",
            Self::Messages => "Messages",
            Self::Reports => "Reports",
            Self::Hours => "Hours",
            Self::Policy => "Policy",
        }
    }

    /// The screen so many further on, round and round.
    #[must_use]
    pub fn further(self, by: isize) -> Self {
        let here = Self::ALL.iter().position(|screen| *screen == self);
        let count = Self::ALL.len();
        let at = (here.unwrap_or_default() + count).saturating_add_signed(by) % count;
        Self::ALL.get(at).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tab_goes_round_both_ways() {
        for screen in Screen::ALL {
            assert_eq!(screen.further(1).further(-1), screen);
            assert_eq!(screen.further(7), screen);
        }
        assert_eq!(Screen::Queue.further(-1), Screen::Policy);
    }
}
