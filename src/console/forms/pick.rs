//! A list to pick from: typing narrows it and picks the first that is left, so that usually one letter will do. What
//! leaves nothing picks nothing: it stays whole, is marked, and is never taken for something else.

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
    /// it, those of which a word does, and for more than one letter those that have it anywhere, those of whose meaning a
    /// word starts with it.
    #[must_use]
    pub fn left(&self) -> Vec<(&Choice, bool)> {
        let choice = |at: usize| {
            self.choices
                .get(at)
                .map(|choice| (choice, self.picked == Some(at)))
        };
        let mut left = self.matching(&self.typed);
        if left.is_empty() {
            left = self.matching("");
        }
        left.into_iter().filter_map(choice).collect()
    }

    /// Whether what was typed stands for no choice at all.
    pub fn is_astray(&self) -> bool {
        !self.typed.is_empty() && self.matching(&self.typed).is_empty()
    }

    /// Picks the choice with `value`, or none if there is no such choice.
    pub fn set(&mut self, value: &str) {
        self.typed.clear();
        self.picked = self.choices.iter().position(|choice| choice.value == value);
    }

    /// Narrows by one more character. What leaves nothing is kept, and nothing is picked.
    pub fn push(&mut self, c: char) {
        if c == ' ' && self.typed.is_empty() {
            return;
        }
        self.typed.push(c);
        self.picked = self.matching(&self.typed).first().copied();
    }

    /// Takes back one character; with nothing typed, takes back the pick.
    pub fn pop(&mut self) {
        if self.typed.pop().is_none() {
            self.picked = None;
        } else if self.picked.is_none() && !self.typed.is_empty() {
            self.picked = self.matching(&self.typed).first().copied();
        }
    }

    /// Takes back all that was typed; with nothing typed, the pick.
    pub fn clear(&mut self) {
        if self.typed.is_empty() {
            self.picked = None;
        }
        self.typed.clear();
    }

    /// Whether there is anything to choose: more than what is picked already.
    pub fn has_a_choice(&self) -> bool {
        self.left().iter().any(|(_, picked)| !picked)
    }

    /// Picks the next or the one before among those that are left.
    pub fn step(&mut self, forward: bool) {
        if self.is_astray() {
            self.typed.clear();
        }
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

    /// Forgets what was typed, once the agent moves on; what stands for nothing stays to be put right.
    pub fn settle(&mut self) {
        if !self.is_astray() {
            self.typed.clear();
        }
    }

    fn matching(&self, typed: &str) -> Vec<usize> {
        let typed = plain(typed);
        let single = typed.chars().count() == 1;
        let digits = typed.len() > 1 && typed.chars().all(|c| c.is_ascii_digit());
        let begins = |text: &str| {
            let mut words = text.match_indices(&typed);
            words.any(|(at, _)| {
                text.get(..at)
                    .is_some_and(|before| !before.ends_with(char::is_alphanumeric))
            })
        };
        let rank = |choice: &Choice| {
            let (label, about) = (plain(&choice.label), plain(&choice.about));
            match () {
                () if label.starts_with(&typed) => Some(0),
                // A number is known without what divides it.
                () if digits && label.replace(' ', "").starts_with(&typed) => Some(0),
                () if begins(&label) => Some(1),
                () if single => None,
                () if label.contains(&typed) => Some(2),
                () if begins(&about) => Some(MEANING),
                () => None,
            }
        };
        let ranked = self
            .choices
            .iter()
            .enumerate()
            .filter_map(|(at, choice)| Some((rank(choice)?, at)));
        let mut ranked: Vec<(u8, usize)> = ranked.collect();
        ranked.sort_unstable();
        // Where the word begins in the meaning of several alone, it tells none of them from another that has it inside a
        // word: the list's own order does, with what is usual first.
        if let [(MEANING, _), _, ..] = ranked.as_slice() {
            let choices = self.choices.iter().enumerate();
            let meant = choices.filter(|(_, choice)| plain(&choice.about).contains(&typed));
            return meant.map(|(at, _)| at).collect();
        }
        ranked.into_iter().map(|(_, at)| at).collect()
    }
}

/// The rank of what is found by its meaning alone.
const MEANING: u8 = 3;

/// A text as it is compared: in small letters, the hyphens of names typed as the spaces that they stand for.
fn plain(text: &str) -> String {
    text.to_lowercase().replace(['-', '_'], " ")
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
    fn what_leaves_nothing_picks_nothing_and_stays() {
        assert_eq!(typed("hz"), None);
        assert_eq!(typed("z"), None);
        // A letter inside a word picks nothing, and no second letter takes the place of the first.
        assert_eq!(typed("t"), Some("Question (how to)".to_owned()));
        assert_eq!(typed("r"), None);
        assert_eq!(typed("hn"), None);
        assert_eq!(typed(" "), None);
        // No leftover letter of another word picks anything.
        assert_eq!(typed("kritisch"), None);
        let mut pick = severities();
        "norwich".chars().for_each(|c| pick.push(c));
        assert!(pick.is_astray() && pick.picked().is_none());
        pick.settle();
        assert_eq!(pick.typed(), "norwich");
        (0..4).for_each(|_| pick.pop());
        assert_eq!(pick.picked().map(|c| c.label.as_str()), Some("Normal"));
    }

    #[test]
    fn stepping_stays_among_those_that_are_left() {
        let mut pick = severities();
        pick.push('n');
        assert_eq!(pick.left().len(), 2);
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

    #[test]
    fn a_word_in_the_meaning_of_several_picks_the_first_that_has_it() {
        let choice = |label: &str, about: &str| Choice::new(label, label, about);
        let picked = |typed: &str| {
            let mut pick = Pick::new(vec![
                choice("solution", "Information that resolves the issue"),
                choice("workaround", "How to get what will solve it"),
                choice("upgrade", "Solved by a newer version, or resolved so"),
                choice("solvent", "Nothing"),
            ]);
            typed.chars().for_each(|c| pick.push(c));
            pick.picked().map(|choice| choice.label.clone())
        };
        // A name wins over every meaning.
        assert_eq!(picked("solv").as_deref(), Some("solvent"));
        assert_eq!(picked("solve ").as_deref(), Some("workaround"));
        assert_eq!(picked("res").as_deref(), Some("solution"));
        assert_eq!(picked("will").as_deref(), Some("workaround"));
    }
}
