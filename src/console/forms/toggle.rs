//! Yes or no. Letters answer for as long as they can be an answer; what cannot is words, and a sentence is never read as
//! many answers: it goes where words belong, or stays to be seen and taken back.

/// The state of a question: the answer, the one before anything was typed, and what was typed.
#[derive(Debug, Clone, Default)]
pub(super) struct Toggle {
    on: bool,
    before: bool,
    typed: String,
}

impl Toggle {
    pub(super) fn is_on(&self) -> bool {
        self.on
    }

    pub(super) fn typed(&self) -> &str {
        &self.typed
    }

    pub(super) fn set(&mut self, on: bool) {
        *self = Self {
            on,
            ..Self::default()
        };
    }

    /// The other answer.
    pub(super) fn turn(&mut self) {
        self.set(!self.on);
    }

    /// Takes one more character.
    pub(super) fn push(&mut self, c: char) {
        // Only words have spaces: after a single letter it is the key that turns the answer.
        if c == ' ' && self.typed.chars().count() < 2 {
            return self.turn();
        }
        if self.typed.is_empty() {
            self.before = self.on;
        }
        self.typed.push(c);
        self.answer();
    }

    /// Takes one character back. False if there is none.
    pub(super) fn pop(&mut self) -> bool {
        let there = self.typed.pop().is_some();
        if there {
            self.answer();
        }
        there
    }

    fn answer(&mut self) {
        self.on = read(&self.typed).unwrap_or(self.before);
    }

    /// Takes back all that was typed.
    pub(super) fn clear(&mut self) {
        if !self.typed.is_empty() {
            self.set(self.before);
        }
    }

    /// Whether what was typed is no answer.
    pub(super) fn is_astray(&self) -> bool {
        !self.typed.is_empty() && read(&self.typed).is_none()
    }

    /// Gives away what is no answer: then the answer is what it was before.
    pub(super) fn take_words(&mut self) -> Option<String> {
        self.is_astray().then(|| std::mem::take(&mut self.typed))
    }

    /// Forgets what was typed, once the agent moves on; what is no answer stays to be put right.
    pub(super) fn settle(&mut self) {
        if !self.is_astray() {
            self.typed.clear();
        }
    }
}

/// What letters answer: the beginning of `yes` or `no`; of single letters in a row, the last.
fn read(typed: &str) -> Option<bool> {
    let typed = typed.to_lowercase();
    match typed.chars().last()? {
        _ if "yes".starts_with(&typed) => Some(true),
        _ if "no".starts_with(&typed) => Some(false),
        last if typed.chars().all(|c| matches!(c, 'y' | 'n')) => Some(last == 'y'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("y", true)]
    #[case("Y", true)]
    #[case("yes", true)]
    #[case("n", false)]
    #[case("no", false)]
    #[case(" ", true)]
    #[case("  ", false)]
    #[case("y ", false)]
    #[case("yn", false)]
    #[case("ny", true)]
    fn letters_answer(#[case] typed: &str, #[case] on: bool) {
        let mut toggle = Toggle::default();
        typed.chars().for_each(|c| toggle.push(c));
        assert_eq!((toggle.is_on(), toggle.take_words()), (on, None), "{typed}");
    }

    #[rstest]
    #[case("now it works")]
    #[case("yes he has it")]
    #[case("no sound")]
    #[case("nylon")]
    #[case("K")]
    fn a_sentence_answers_nothing_and_is_whole(#[case] typed: &str) {
        for before in [false, true] {
            let mut toggle = Toggle::default();
            toggle.set(before);
            typed.chars().for_each(|c| toggle.push(c));
            assert_eq!(toggle.is_on(), before);
            assert_eq!(toggle.take_words().as_deref(), Some(typed));
            assert!(!toggle.is_astray());
        }
    }

    #[test]
    fn what_is_no_answer_can_be_taken_back() {
        let mut toggle = Toggle::default();
        "yet".chars().for_each(|c| toggle.push(c));
        toggle.settle();
        assert!(toggle.is_astray() && !toggle.is_on());
        assert!(toggle.pop() && toggle.is_on() && !toggle.is_astray());
        toggle.settle();
        assert!(!toggle.pop() && toggle.is_on());
    }
}
