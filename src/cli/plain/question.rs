//! A question, what may be answered to it, and how what is typed is understood.

use std::collections::BTreeMap;

use crate::incident::TechRef;

/// What was answered, by the key of its question; nothing where one was left out.
pub(super) type Answers = BTreeMap<String, String>;

type Test = Box<dyn Fn(&Answers) -> bool>;
/// What is wrong with an answer, else how it was understood where that is worth a sentence.
type Check = Box<dyn Fn(&str) -> Result<Option<String>, String>>;

/// The answers to a question for y or n.
const YES: &str = "yes";
const NO: &str = "no";

/// What leads out of a question.
const WAYS_OUT: &str = "stop ends it, back goes back";

/// Something that may be answered.
pub(super) struct Choice {
    value: String,
    words: String,
}

impl Choice {
    /// A choice that is said in words besides its name.
    pub(super) fn new(value: impl Into<String>, about: &str) -> Self {
        let value = value.into();
        let words = match about.trim() {
            "" => value.clone(),
            about => format!("{value}, {about}"),
        };
        Self { value, words }
    }

    /// A choice that is said in these words alone.
    pub(super) fn said(value: impl Into<String>, words: impl Into<String>) -> Self {
        let (value, words) = (value.into(), words.into());
        Self { value, words }
    }
}

/// A question.
pub(super) struct Question {
    pub(super) key: String,
    pub(super) words: String,
    help: Vec<String>,
    choices: Vec<Choice>,
    /// What is no choice is taken as it is typed.
    free: bool,
    /// Nothing of what is typed shows.
    pub(super) secret: bool,
    default: Option<String>,
    pub(super) required: Test,
    pub(super) when: Test,
    check: Check,
}

impl Question {
    /// A question for a text, which may be left out.
    pub(super) fn text(key: impl Into<String>, words: impl Into<String>) -> Self {
        Self {
            key: key.into(),
            words: words.into(),
            help: Vec::new(),
            choices: Vec::new(),
            free: false,
            secret: false,
            default: None,
            required: Box::new(|_| false),
            when: Box::new(|_| true),
            check: Box::new(no_card),
        }
    }

    /// A question for one of some choices.
    pub(super) fn pick(
        key: impl Into<String>,
        words: impl Into<String>,
        choices: Vec<Choice>,
    ) -> Self {
        let text = Self::text(key, words);
        Self { choices, ..text }
    }

    /// A question for y or n, where Enter is no.
    pub(super) fn yes(key: impl Into<String>, words: impl Into<String>) -> Self {
        let choices = [YES, NO].map(|word| Choice::new(word, "")).into();
        Self::pick(key, words, choices).or(NO)
    }

    /// A text that may also be none of the choices.
    pub(super) fn free(self) -> Self {
        Self { free: true, ..self }
    }

    /// A text that does not show.
    pub(super) fn secret(self) -> Self {
        let secret = true;
        Self { secret, ..self }
    }

    pub(super) fn or(self, default: impl Into<String>) -> Self {
        let default = Some(default.into()).filter(|default| !default.is_empty());
        Self { default, ..self }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help.push(help.into());
        self
    }

    pub(super) fn required(self) -> Self {
        self.required_when(|_| true)
    }

    pub(super) fn required_when(self, test: impl Fn(&Answers) -> bool + 'static) -> Self {
        let required = Box::new(test);
        Self { required, ..self }
    }

    /// It is asked only where this holds for what was answered before.
    pub(super) fn when(self, test: impl Fn(&Answers) -> bool + 'static) -> Self {
        let when = Box::new(test);
        Self { when, ..self }
    }

    /// As [`Question::when`], besides what holds already.
    pub(super) fn also_when(mut self, test: impl Fn(&Answers) -> bool + 'static) -> Self {
        let before = std::mem::replace(&mut self.when, Box::new(|_| true));
        self.when(move |answers| test(answers) && before(answers))
    }

    /// It says which of several incidents it is about.
    pub(super) fn named(self, number: TechRef) -> Self {
        let words = format!("{number}: {}", self.words);
        Self { words, ..self }
    }

    pub(super) fn check(
        self,
        check: impl Fn(&str) -> Result<Option<String>, String> + 'static,
    ) -> Self {
        let check = Box::new(check);
        Self { check, ..self }
    }

    /// As [`Question::check`], besides what is looked at already.
    pub(super) fn also_check(
        mut self,
        check: impl Fn(&str) -> Result<Option<String>, String> + 'static,
    ) -> Self {
        let before = std::mem::replace(&mut self.check, Box::new(|_| Ok(None)));
        self.check(move |typed| before(typed).and_then(|said| Ok(check(typed)?.or(said))))
    }

    fn is_yes_or_no(&self) -> bool {
        self.choices.first().is_some_and(|first| first.value == YES)
    }

    /// What Enter stands for: what was answered before, else the default, else what alone can be answered.
    pub(super) fn standing(&self, answers: &Answers) -> Option<String> {
        let before = answers.get(&self.key).filter(|before| !before.is_empty());
        let default = before.cloned().or_else(|| self.default.clone());
        default.or_else(|| self.only(answers).map(str::to_owned))
    }

    /// What alone can be answered, where something must be.
    pub(super) fn only(&self, answers: &Answers) -> Option<&str> {
        match self.choices.as_slice() {
            [only] if !self.free && (self.required)(answers) => Some(&only.value),
            _ => None,
        }
    }

    pub(super) fn words_of(&self, value: &str) -> String {
        let mut choices = self.choices.iter();
        let known = choices.find(|choice| choice.value == value);
        known.map_or_else(|| value.to_owned(), |choice| choice.words.clone())
    }

    /// Whether something typed would be kept as a text, as it is.
    pub(super) fn is_text(&self, typed: &str) -> bool {
        !self.secret && (self.choices.is_empty() || self.free && self.chosen(typed).is_none())
    }

    /// What is read out before the question itself.
    pub(super) fn introduced(&self) -> Vec<String> {
        let mut lines = self.help.clone();
        // What alone can be answered is said by the question.
        if !self.is_yes_or_no() && self.only(&Answers::new()).is_none() {
            let choices = self.choices.iter().zip(1..);
            lines.extend(choices.map(|(choice, n)| format!("{n}: {}.", choice.words)));
        }
        lines
    }

    pub(super) fn prompt(&self, answers: &Answers) -> String {
        let mut words = self.words.clone();
        match self.choices.len() {
            0 => {}
            1 if self.only(answers).is_some() => {}
            _ if self.is_yes_or_no() => words.push_str(" y or n"),
            many if self.free => words.push_str(&format!(", 1 to {many} or another")),
            many => words.push_str(&format!(", 1 to {many}")),
        }
        match self.standing(answers).filter(|_| !self.secret) {
            Some(standing) => words.push_str(&format!(", Enter for {}", self.words_of(&standing))),
            None if (self.required)(answers) => {}
            None => words.push_str(", Enter leaves it out"),
        }
        words + ": "
    }

    /// The answer that is meant, and a sentence where it was understood as something else than what was typed.
    pub(super) fn read(
        &self,
        typed: &str,
        answers: &Answers,
    ) -> Result<(String, Option<String>), String> {
        let typed = typed.trim();
        let required = (self.required)(answers);
        let standing = self.standing(answers);
        let value = match typed {
            "" if standing.is_none() && required => {
                return Err(format!("This must be answered; {WAYS_OUT}."));
            }
            "" => return Ok((standing.unwrap_or_default(), None)),
            "-" if !required => return Ok((String::new(), None)),
            typed => typed,
        };
        if self.choices.is_empty() {
            return (self.check)(value).map(|said| (value.to_owned(), said));
        }
        match self.chosen(value) {
            Some(choice) => {
                let said = (!self.is_yes_or_no()).then(|| format!("{}.", choice.words));
                Ok((choice.value.clone(), said))
            }
            None if self.free => (self.check)(value).map(|said| (value.to_owned(), said)),
            None => Err(format!(
                "\"{value}\" is none of them, or may be several: say its number or its name; {WAYS_OUT}."
            )),
        }
    }

    /// The choice that a number, a name or its beginning stands for.
    fn chosen(&self, typed: &str) -> Option<&Choice> {
        let typed = typed.to_lowercase();
        let by_number = typed.parse::<usize>().ok().filter(|_| !self.is_yes_or_no());
        if let Some(n) = by_number {
            return self.choices.get(n.checked_sub(1)?);
        }
        let names = |choice: &&Choice, with: fn(&str, &str) -> bool| {
            [&choice.value, &choice.words]
                .iter()
                .any(|name| with(&name.to_lowercase(), &typed))
        };
        let exact = |choice: &&Choice| names(choice, |name, typed| name == typed);
        if let Some(choice) = self.choices.iter().find(exact) {
            return Some(choice);
        }
        let begins = |choice: &&Choice| names(choice, |name, typed| name.starts_with(typed));
        let mut found = self.choices.iter().filter(begins);
        found.next().filter(|_| found.next().is_none())
    }
}

/// Answers of which one is given already, unless it is empty.
pub(super) fn known(key: &str, answer: &str) -> Answers {
    let answer = (!answer.trim().is_empty()).then(|| (key.to_owned(), answer.to_owned()));
    answer.into_iter().collect()
}

/// Whether a question was answered with yes.
pub(super) fn is_yes(answers: &Answers, key: &str) -> bool {
    answers.get(key).is_some_and(|answer| answer == YES)
}

/// The answer, unless it was left out.
pub(super) fn some(answers: &Answers, key: &str) -> Option<String> {
    answers
        .get(key)
        .filter(|answer| !answer.is_empty())
        .cloned()
}

/// Refuses the number of a payment card before it is kept anywhere.
fn no_card(text: &str) -> Result<Option<String>, String> {
    let refused = crate::incident::refuse_cards("answer", text);
    refused.map(|()| None).map_err(|refusal| refusal.message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn severity() -> Question {
        let choices = [("critical", "nothing works"), ("high", ""), ("hints", "")];
        let choices = choices.map(|(name, about)| Choice::new(name, about));
        Question::pick("severity", "Severity", choices.into()).required()
    }

    #[rstest]
    #[case::number("2", "high")]
    #[case::beginning("cri", "critical")]
    #[case::name("HIGH", "high")]
    fn a_choice_is_a_number_a_name_or_its_beginning(#[case] typed: &str, #[case] value: &str) {
        let (read, _) = severity().read(typed, &Answers::new()).unwrap();
        assert_eq!(read, value);
    }

    #[rstest]
    #[case::none("low")]
    #[case::several("hi")]
    #[case::inside("igh")]
    #[case::beyond("4")]
    #[case::zero("0")]
    #[case::left_out("")]
    fn what_is_no_choice_is_refused(#[case] typed: &str) {
        severity().read(typed, &Answers::new()).unwrap_err();
    }

    #[test]
    fn enter_keeps_what_was_answered_and_a_hyphen_takes_it_away() {
        let detail = Question::text("detail", "Details");
        let answers = Answers::from([("detail".to_owned(), "Since nine".to_owned())]);
        assert_eq!(detail.read("", &answers).unwrap().0, "Since nine");
        assert_eq!(detail.read("-", &answers).unwrap().0, "");
        let prompt = detail.prompt(&answers);
        assert_eq!(prompt, "Details, Enter for Since nine: ");
        let prompt = detail.prompt(&Answers::new());
        assert_eq!(prompt, "Details, Enter leaves it out: ");
    }

    #[test]
    fn a_free_choice_may_be_none_of_them_but_never_a_card() {
        let caller = Question::pick("caller", "Caller", vec![Choice::new("Ada Lane", "")]).free();
        let none = Answers::new();
        assert_eq!(caller.read("ada", &none).unwrap().0, "Ada Lane");
        assert_eq!(caller.read("Bo", &none).unwrap().0, "Bo");
        let refused = caller.read("4111 1111 1111 1111", &none).unwrap_err();
        assert!(refused.contains("payment card"), "{refused}");
    }
}
