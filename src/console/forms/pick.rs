//! A list to pick from: typing narrows it and picks the first that is left, so that usually one letter will do.

/// One thing to pick.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What the form gives as the field's value.
    pub value: String,
    /// What the agent sees and types.
    pub label: String,
    /// What it means, in a line.
    pub about: String,
}

impl Choice {
    /// A choice from its value, its label and what it means, which may be empty.
    pub fn new(
        value: impl Into<String>,
        label: impl Into<String>,
        about: impl Into<String>,
    ) -> Self {
        Self {
            value: value.into(),
            label: label.into(),
            about: about.into(),
        }
    }
}

/// The state of a list: what there is, what was typed to narrow it, what is picked.
#[derive(Debug, Clone, Default)]
pub struct Pick {
    choices: Vec<Choice>,
    typed: String,
    picked: Option<usize>,
}

impl Pick {
    /// A list with nothing picked.
    #[must_use]
    pub fn new(choices: Vec<Choice>) -> Self {
        Self {
            choices,
            ..Self::default()
        }
    }

    /// The choice that is picked.
    #[must_use]
    pub fn picked(&self) -> Option<&Choice> {
        self.picked.and_then(|at| self.choices.get(at))
    }

    /// What was typed to narrow the list.
    #[must_use]
    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// The choices that what was typed leaves, best first, each with whether it is picked: those whose label starts with
    /// it, those of which a word does, those that have it anywhere.
    #[must_use]
    pub fn left(&self) -> Vec<(&Choice, bool)> {
        let choice = |at: usize| {
            self.choices
                .get(at)
                .map(|choice| (choice, self.picked == Some(at)))
        };
        self.matching(&self.typed)
            .into_iter()
            .filter_map(choice)
            .collect()
    }

    /// Picks the choice with `value`, or none if there is no such choice.
    pub fn set(&mut self, value: &str) {
        self.settle();
        self.picked = self.choices.iter().position(|choice| choice.value == value);
    }

    /// Narrows by one more character. One that leaves nothing starts over, and if it leaves nothing by itself either,
    /// the list stays as it is.
    pub fn push(&mut self, c: char) {
        if c == ' ' && self.typed.is_empty() {
            return;
        }
        let longer = format!("{}{c}", self.typed);
        for typed in [longer, c.to_string()] {
            if let Some(&best) = self.matching(&typed).first() {
                self.picked = Some(best);
                self.typed = typed;
                return;
            }
        }
    }

    /// Takes back one character; with nothing typed, takes back the pick.
    pub fn pop(&mut self) {
        if self.typed.pop().is_none() {
            self.picked = None;
        }
    }

    /// Picks the next or the one before among those that are left.
    pub fn step(&mut self, forward: bool) {
        let left = self.matching(&self.typed);
        let at = left.iter().position(|&at| Some(at) == self.picked);
        let next = match (at, forward) {
            (None, true) => left.first(),
            (None, false) => left.last(),
            (Some(at), true) => left.get(at + 1),
            (Some(at), false) => at.checked_sub(1).and_then(|at| left.get(at)),
        };
        self.picked = next.copied().or(self.picked);
    }

    /// Forgets what was typed, once the agent moves on.
    pub fn settle(&mut self) {
        self.typed.clear();
    }

    fn matching(&self, typed: &str) -> Vec<usize> {
        let typed = typed.to_lowercase();
        let rank = |choice: &Choice| {
            let label = choice.label.to_lowercase();
            if label.starts_with(&typed) {
                Some(0)
            } else if label
                .split(|c: char| !c.is_alphanumeric())
                .any(|word| word.starts_with(&typed))
            {
                Some(1)
            } else {
                label.contains(&typed).then_some(2)
            }
        };
        let ranked = self
            .choices
            .iter()
            .enumerate()
            .filter_map(|(at, choice)| Some((rank(choice)?, at)));
        let mut ranked: Vec<(u8, usize)> = ranked.collect();
        ranked.sort_unstable();
        ranked.into_iter().map(|(_, at)| at).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn severities() -> Pick {
        let labels = [
            "Critical",
            "High",
            "Normal",
            "Not urgent",
            "Question (how to)",
        ];
        Pick::new(
            labels
                .into_iter()
                .map(|label| Choice::new(label.to_lowercase(), label, ""))
                .collect(),
        )
    }

    fn typed(text: &str) -> Option<String> {
        let mut pick = severities();
        text.chars().for_each(|c| pick.push(c));
        pick.picked().map(|choice| choice.label.clone())
    }

    #[test]
    fn a_first_letter_picks_and_more_letters_narrow() {
        assert_eq!(typed("h").as_deref(), Some("High"));
        assert_eq!(typed("N").as_deref(), Some("Normal"));
        assert_eq!(typed("not").as_deref(), Some("Not urgent"));
        assert_eq!(typed("not u").as_deref(), Some("Not urgent"));
        assert_eq!(typed("ho").as_deref(), Some("Question (how to)"));
        assert_eq!(typed("tica").as_deref(), Some("Critical"));
    }

    #[test]
    fn a_letter_that_leaves_nothing_starts_over_or_is_ignored() {
        assert_eq!(typed("hn").as_deref(), Some("Normal"));
        assert_eq!(typed("hz").as_deref(), Some("High"));
        assert_eq!(typed("z"), None);
        assert_eq!(typed(" "), None);
    }

    #[test]
    fn stepping_stays_among_those_that_are_left() {
        let mut pick = severities();
        pick.push('n');
        assert_eq!(pick.left().len(), 3);
        pick.push('o');
        let labels = |pick: &Pick| {
            pick.left()
                .iter()
                .map(|(choice, _)| choice.label.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(labels(&pick), ["Normal", "Not urgent"]);
        pick.step(true);
        pick.step(true);
        assert_eq!(pick.picked().map(|c| c.value.as_str()), Some("not urgent"));
        pick.step(false);
        assert_eq!(pick.picked().map(|c| c.value.as_str()), Some("normal"));
    }

    #[test]
    fn what_was_typed_goes_before_the_pick_does() {
        let mut pick = severities();
        pick.push('h');
        pick.pop();
        assert!(pick.picked().is_some() && pick.typed().is_empty());
        pick.pop();
        assert!(pick.picked().is_none());
        pick.step(false);
        assert_eq!(
            pick.picked().map(|c| c.label.as_str()),
            Some("Question (how to)")
        );
        pick.set("high");
        assert_eq!(pick.picked().map(|c| c.label.as_str()), Some("High"));
        pick.set("gone");
        assert!(pick.picked().is_none());
    }
}
