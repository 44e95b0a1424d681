//! Questions asked one after the other. An answer that is refused is asked for again alone, and nothing that was
//! answered is lost; one can go back, and save before the end.

use super::question::{Answers, Choice, Question, is_yes, some};
use super::{Plain, complete, words};
use crate::cli::session::sentence;
use crate::cli::{Failure, secret};

/// What an answer came to.
enum Reply {
    Answered,
    Back,
    Stop,
}

impl Plain {
    /// As [`Plain::until_done`]; what was answered before it was left is offered the next time this `form` is asked.
    pub(super) fn until_done_of<T>(
        &mut self,
        form: &str,
        questions: &[Question],
        known: Answers,
        act: impl Fn(&mut Self, &Answers) -> Result<T, Failure>,
    ) -> Result<Option<T>, Failure> {
        let mut before = self.left.remove(form).unwrap_or_default();
        before.retain(|key, _| !known.contains_key(key));
        let (done, mut answers) = self.asked(questions, known, before, act)?;
        if done.is_none() {
            let secret = |key: &str| questions.iter().any(|one| one.key == key && one.secret);
            answers.retain(|key, _| !secret(key));
            self.left.insert(form.to_owned(), answers);
        }
        Ok(done)
    }

    /// Asks all that is not known and does what `act` makes of the answers; where that is refused, one answer can be given
    /// anew. None where it was stopped.
    pub(super) fn until_done<T>(
        &mut self,
        questions: &[Question],
        known: Answers,
        act: impl Fn(&mut Self, &Answers) -> Result<T, Failure>,
    ) -> Result<Option<T>, Failure> {
        let asked = self.asked(questions, known, Answers::new(), act);
        asked.map(|(done, _)| done)
    }

    /// What came of it, and what was answered; what was answered `before` is asked once more, and Enter takes it.
    fn asked<T>(
        &mut self,
        questions: &[Question],
        known: Answers,
        before: Answers,
        act: impl Fn(&mut Self, &Answers) -> Result<T, Failure>,
    ) -> Result<(Option<T>, Answers), Failure> {
        let mut answers = known;
        let unknown = |one: &&Question| !answers.contains_key(&one.key);
        let mut open: Vec<&Question> = questions.iter().filter(unknown).collect();
        answers.extend(before);
        if open.len() > 1 {
            self.say("back goes back, save takes the rest as it is, stop ends it, ? says a question again.")?;
        }
        loop {
            if !self.ask_all(&open, &mut answers)? {
                self.say("Nothing was done.")?;
                return Ok((None, answers));
            }
            let failure = match act(self, &answers) {
                Ok(done) => return Ok((Some(done), answers)),
                Err(Failure::Pipe) => return Err(Failure::Pipe),
                Err(failure) => failure,
            };
            self.not_done(&failure)?;
            let asked = questions.iter().filter(|one| (one.when)(&answers));
            let asked = asked.map(|one| {
                let answer = answers.get(&one.key).map_or("", String::as_str);
                let words = match answer {
                    "" => "left out".to_owned(),
                    _ if one.secret => "given".to_owned(),
                    answer => one.words_of(answer),
                };
                Choice::said(&one.key, format!("{}: {words}", one.words))
            });
            let which = Question::pick("which", "Which answer is to be another", asked.collect());
            let which =
                which.help("The others stay as they are. Enter ends it, and nothing is done.");
            let mut chosen = Answers::new();
            let again = match self.ask_all(&[&which], &mut chosen)? {
                true => some(&chosen, "which"),
                false => None,
            };
            let Some(key) = again else {
                self.say("Nothing was done.")?;
                return Ok((None, answers));
            };
            // What only now matters is asked for as well.
            let unasked = |one: &&Question| one.key == key || !answers.contains_key(&one.key);
            open = questions.iter().filter(unasked).collect();
        }
    }

    /// Asks what matters of these; where there is one choice, that is taken and said. False where it was stopped.
    fn ask_all(&mut self, questions: &[&Question], answers: &mut Answers) -> Result<bool, Failure> {
        let (mut at, mut asked, mut saves, mut taken) = (0, Vec::new(), false, false);
        while let Some(question) = questions.get(at) {
            let (matters, required) = ((question.when)(answers), (question.required)(answers));
            let standing = question.standing(answers);
            if !matters {
                answers.remove(&question.key);
            } else if saves && (standing.is_some() || !required) {
                answers.insert(question.key.clone(), standing.unwrap_or_default());
            } else if let Some(only) = question.only(answers).filter(|_| questions.len() > 1) {
                let (words, only) = (&question.words, only.to_owned());
                self.say_all(question.introduced())?;
                self.say(format_args!("{words}: {}.", question.words_of(&only)))?;
                answers.insert(question.key.clone(), only);
                taken = true;
            } else {
                match self.ask_one(question, answers, &mut saves)? {
                    Reply::Answered => asked.push(at),
                    Reply::Stop => return Ok(false),
                    Reply::Back => {
                        saves = false;
                        match asked.pop() {
                            Some(before) => at = before,
                            None => self.say("This is the first question.")?,
                        }
                        continue;
                    }
                }
            }
            at += 1;
        }
        // Nothing is done without a word of the agent's.
        match taken && asked.is_empty() {
            true => self.is_sure("Is it done?", "yes"),
            false => Ok(true),
        }
    }

    /// Whether a question for y or n, where Enter is `default`, is answered with yes.
    pub(super) fn is_sure(
        &mut self,
        words: impl Into<String>,
        default: &str,
    ) -> Result<bool, Failure> {
        let (question, mut answers) = (Question::yes("sure", words).or(default), Answers::new());
        let reply = self.ask_one(&question, &mut answers, &mut false)?;
        Ok(matches!(reply, Reply::Answered) && is_yes(&answers, "sure"))
    }

    /// Whether something typed is a command as it stands.
    fn is_command(&self, typed: &str) -> bool {
        let words = words::split(typed).unwrap_or_default();
        let (_, rest) = complete::named(&self.root, &words);
        let own = matches!(typed, "quit" | "exit" | "leave" | "help" | "keys");
        own || !words.is_empty() && rest.is_empty()
    }

    fn ask_one(
        &mut self,
        question: &Question,
        answers: &mut Answers,
        saves: &mut bool,
    ) -> Result<Reply, Failure> {
        self.say_all(question.introduced())?;
        loop {
            let prompt = question.prompt(answers);
            let line = match question.secret {
                true => Some(secret::typed(&prompt)?),
                false => self.line(&prompt)?,
            };
            let Some(line) = line else {
                return Ok(Reply::Stop);
            };
            let typed = match line.trim() {
                "stop" => return Ok(Reply::Stop),
                "back" => return Ok(Reply::Back),
                "?" => {
                    self.say_all(question.introduced())?;
                    continue;
                }
                // What must be answered still is; the rest is taken as it is after that.
                "save" => {
                    *saves = true;
                    ""
                }
                typed => typed,
            };
            if question.is_text(typed) && self.is_command(typed) {
                let words = format!("\"{typed}\" is a command: is it the answer here?");
                if !self.is_sure(words, "no")? {
                    if self.over {
                        return Ok(Reply::Stop);
                    }
                    self.say("It is not kept. stop ends the questions.")?;
                    continue;
                }
            }
            match question.read(typed, answers) {
                Ok((value, said)) => {
                    answers.insert(question.key.clone(), value);
                    self.say_all(said)?;
                    return Ok(Reply::Answered);
                }
                Err(problem) => self.say(sentence(&problem))?,
            }
        }
    }
}
