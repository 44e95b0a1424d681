//! The steps that are asked for where nothing was said with them: waiting, an estimate, a severity, money, the ladder.
//! What no answer would make possible is refused before anything is asked.

use super::Plain;
use super::question::{Answers, Choice, Question, is_yes, known, some};
use super::scene::Scene;
use crate::cli::preview::foresee;
use crate::cli::session::sentence;
use crate::cli::{Failure, Session};
use crate::incident::{Command, Rung, State, Step, StepKind, TechRef, entitled, money_ways, rungs};
use crate::policy::Level;

impl Plain {
    /// Takes a step of the incident after asking for what it needs; `said` is what was typed with it. False where the step
    /// is none of these.
    pub(super) fn step(
        &mut self,
        step: &str,
        number: TechRef,
        said: &str,
    ) -> Result<bool, Failure> {
        let scene = self.scene(number)?;
        let number = scene.dossier.incident.tech_ref;
        match step {
            "wait" => self.wait(&scene, number, said)?,
            "estimate" => self.estimate(&scene, number, said)?,
            "severity" => self.severity(&scene, number, said)?,
            "pay" if said.is_empty() => self.money(&scene, number)?,
            "escalate" if said.is_empty() => self.ladder(&scene, number)?,
            _ => return Ok(false),
        }
        Ok(true)
    }

    /// Asks the customer, or goes on without an answer.
    fn wait(&mut self, scene: &Scene, number: TechRef, said: &str) -> Result<(), Failure> {
        let waits = scene.dossier.incident.state == State::Waiting;
        let asks = |answers: &Answers| some(answers, "what").as_deref() != Some("resume");
        let mut questions = Vec::new();
        if waits && said.is_empty() {
            let ways = [
                Choice::new("resume", "the work goes on without an answer"),
                Choice::new("ask", "the customer is asked something else"),
            ];
            let what = Question::pick("what", "It waits for the customer", ways.into());
            questions.push(what.or("resume").required());
        } else {
            self.may(scene, &[StepKind::Wait])?;
        }
        let text = Question::text("text", "What the customer is asked").required();
        questions.push(text.when(asks));
        if waits {
            let reason = Question::text("reason", "Why the work goes on");
            questions.push(reason.when(move |answers| !asks(answers)));
        }
        self.until_done(&questions, known("text", said), |plain, answers| {
            let text = some(answers, "text").unwrap_or_default();
            let reason = some(answers, "reason");
            let words = match asks(answers) {
                true => vec!["wait".to_owned(), number.to_string(), "--".to_owned(), text],
                false => {
                    let said = reason.iter().map(|reason| format!("--reason={reason}"));
                    let words = ["resume".to_owned(), number.to_string()];
                    words.into_iter().chain(said).collect()
                }
            };
            let step = match asks(answers) {
                true => Step::Wait {
                    text: words.last().cloned().unwrap_or_default(),
                },
                false => Step::Resume(reason),
            };
            plain.foreseen_then_run(number, step, &words)
        })?;
        Ok(())
    }

    /// Promises an estimate.
    fn estimate(&mut self, scene: &Scene, number: TechRef, said: &str) -> Result<(), Failure> {
        self.may(scene, &[StepKind::Estimate])?;
        let by = until(&self.session(), "by").required();
        let given = self.read_first(&by, said)?;
        self.until_done(&[by], given, |plain, answers| {
            let by = some(answers, "by").unwrap_or_default();
            let words = ["estimate", &number.to_string(), "--", &by].map(str::to_owned);
            plain.try_run(&words)
        })?;
        Ok(())
    }

    /// Agrees on a severity.
    fn severity(&mut self, scene: &Scene, number: TechRef, said: &str) -> Result<(), Failure> {
        self.may(scene, &[StepKind::Severity])?;
        let incident = &scene.dossier.incident;
        let known = scene.policy().severities.iter();
        let choices = known.map(|severity| Choice::new(&severity.name, &severity.definition));
        let severity = Question::pick("severity", "Severity", choices.collect()).required();
        let given = self.read_first(&severity, said)?;
        let contact = incident.contact.as_ref();
        let contact = contact.or(scene.dossier.customer.contacts.first());
        let customer = &scene.dossier.customer.name;
        let with = Question::text("with", "Agreed with").required();
        let questions = [
            severity.or(incident.severity.agreed.clone().unwrap_or_default()),
            with.or(contact.map_or(customer, |contact| &contact.name)),
        ];
        self.until_done(&questions, given, |plain, answers| {
            let severity = some(answers, "severity").unwrap_or_default();
            let with = some(answers, "with").unwrap_or_default();
            let words = [
                "severity".to_owned(),
                number.to_string(),
                severity.clone(),
                format!("--agreed-with={with}"),
            ];
            let step = Step::Severity {
                severity,
                agreed_with: with,
            };
            plain.foreseen_then_run(number, step, &words)
        })?;
        Ok(())
    }

    /// Records what became of the money.
    fn money(&mut self, scene: &Scene, number: TechRef) -> Result<(), Failure> {
        let (incident, situation) = (&scene.dossier.incident, scene.situation());
        let office = incident.office.as_deref();
        let zone = self.session().zone_of(&scene.dossier.ruling, office);
        let day = situation.now.with_timezone(&zone).date_naive();
        let ways = money_ways(incident, situation, day);
        let Some(first) = ways.first().map(|way| way.name) else {
            return self.may(scene, &[StepKind::Pay]);
        };
        let choices = ways.iter().map(|way| Choice::new(way.name, &way.about));
        let what = Question::pick("what", "What became of the money", choices.collect());
        let is = |names: &'static [&str]| {
            move |answers: &Answers| {
                some(answers, "what").is_some_and(|what| names.contains(&what.as_str()))
            }
        };
        let mut questions = vec![what.or(first).required()];
        let owned = entitled::fitting(scene.policy(), &scene.dossier.entitlements, day);
        if let [one, _, ..] = owned.as_slice() {
            let pays = owned.iter().map(|owned| {
                let words = entitled::one_in_words(scene.policy(), owned);
                Choice::said(owned.id.0.to_string(), words)
            });
            let paid_by = Question::pick("paid_by", "Paid by", pays.collect());
            let paid_by = paid_by.or(one.id.0.to_string()).required();
            questions.push(paid_by.when(is(&["covered"])));
        }
        let cover = scene.policy().cover.as_ref();
        let methods = cover.map_or(&[][..], |cover| &cover.methods);
        let only = match methods {
            [only] => only.as_str(),
            _ => "",
        };
        let methods = methods.iter().map(|method| Choice::new(method, ""));
        let method = Question::pick("method", "How it was paid", methods.collect());
        let reference = Question::text("reference", "The payment's or order's number");
        let order = Question::text("order", "The order's number, if it has one");
        let reason = Question::text("reason", "Why");
        questions.extend([
            method.or(only).required().when(is(&["paid"])),
            reference.required().when(is(&["paid"])),
            order.when(is(&["ordered"])),
            reason.required().when(is(&["waived", "refunded"])),
        ]);
        let one = owned.first().map(|owned| owned.id.0.to_string());
        self.until_done(&questions, Answers::new(), |plain, answers| {
            let what = some(answers, "what").unwrap_or_default();
            let value = |key: &str| some(answers, key).unwrap_or_default();
            let (command, options) = match what.as_str() {
                "covered" => {
                    let id = some(answers, "paid_by").or(one.clone()).unwrap_or_default();
                    ("pay", vec![format!("--entitlement={id}")])
                }
                "paid" => {
                    let method = format!("--method={}", value("method"));
                    (
                        "pay",
                        vec![method, format!("--reference={}", value("reference"))],
                    )
                }
                "ordered" => {
                    let order = some(answers, "order");
                    let order = order.map(|order| format!("--reference={order}"));
                    ("order", order.into_iter().collect())
                }
                "waived" => ("waive", vec![format!("--reason={}", value("reason"))]),
                _ => ("refund", vec![format!("--reason={}", value("reason"))]),
            };
            let own = [command.to_owned(), number.to_string()];
            let words: Vec<String> = own.into_iter().chain(options).collect();
            plain.try_run(&words)
        })?;
        Ok(())
    }

    /// Goes up the ladder, says how a level was answered, or takes one back.
    fn ladder(&mut self, scene: &Scene, number: TechRef) -> Result<(), Failure> {
        let ways = rungs(&scene.dossier.incident, scene.situation());
        let Some(first) = ways.first() else {
            return self.may(scene, &[StepKind::Escalate]);
        };
        let policy = scene.policy();
        let choices = ways
            .iter()
            .map(|way| Choice::new(way.name(), &way.about(policy)));
        let what = Question::pick("what", "What becomes of the ladder", choices.collect());
        let picked = {
            let ways = ways.clone();
            move |answers: &Answers| {
                let name = some(answers, "what")?;
                ways.iter().copied().find(|way| way.name() == name)
            }
        };
        let is = |wanted: fn(Rung) -> bool| {
            let picked = picked.clone();
            move |answers: &Answers| picked(answers).is_some_and(wanted)
        };
        let makes = || is(|way| matches!(way, Rung::Make(_)));
        let grounds = policy.grounds.iter();
        let grounds = grounds.map(|ground| Choice::new(&ground.name, &ground.title));
        let ground = Question::pick("ground", "Ground", grounds.collect()).required();
        let answer = Question::text("answer", "What was answered, and by whom").required();
        let reason = Question::text("reason", "Why it is taken back").required();
        let mut questions = vec![
            what.or(first.name()).required(),
            answer.when(is(|way| matches!(way, Rung::Answer(_)))),
            reason.when(is(|way| matches!(way, Rung::Withdraw(_)))),
            ground.when(is(|way| matches!(way, Rung::Make(_) | Rung::Ground(_)))),
        ];
        let level = policy.level(scene.dossier.incident.escalation_level() + 1);
        let climbing = climb(number, level).into_iter();
        questions.extend(climbing.map(|one| one.when(makes())));
        self.until_done(&questions, Answers::new(), |plain, answers| {
            let Some(way) = picked(answers) else {
                return plain.say("Nothing was done.");
            };
            plain.try_run(&climbed(number, way, answers))
        })?;
        Ok(())
    }

    /// What was typed with a step, where it answers the question; else it is said why not, and asked for.
    fn read_first(&self, question: &Question, said: &str) -> Result<Answers, Failure> {
        if said.is_empty() {
            return Ok(Answers::new());
        }
        match question.read(said, &Answers::new()) {
            Ok((value, told)) => {
                self.say_all(told)?;
                Ok(known(&question.key, &value))
            }
            Err(problem) => {
                self.say(sentence(&problem))?;
                Ok(Answers::new())
            }
        }
    }

    /// Runs a command that may move a deadline: from when to when is said first, and whether it is meant asked.
    fn foreseen_then_run(
        &mut self,
        number: TechRef,
        step: Step,
        words: &[String],
    ) -> Result<(), Failure> {
        let foreseen = foresee(&self.session(), number, &Command::Step(number, step))?;
        let moved = foreseen.moved();
        if !moved.is_empty() {
            self.say_all(
                moved
                    .iter()
                    .map(|one| sentence(&one.replace(" -> ", ", then "))),
            )?;
            if !self.is_sure("Is it done?", "yes")? {
                return self.say("Nothing was done.");
            }
        }
        self.try_run(words)
    }
}

/// The question until when it will be resolved.
pub(super) fn until(session: &Session, key: impl Into<String>) -> Question {
    instant(session, key, "Until when will it be resolved")
}

/// A question for an instant; how it was understood is said.
pub(super) fn instant(session: &Session, key: impl Into<String>, words: &str) -> Question {
    let at = session.clone();
    Question::text(key, words).check(move |typed| {
        let read = at.instant(typed, true);
        let read = read.map_err(|failure| failure.to_string())?;
        Ok(Some(format!("{}.", at.told(read, at.zone()))))
    })
}

/// What is asked for a step up to `level` besides its ground.
fn climb(number: TechRef, level: Option<&Level>) -> Vec<Question> {
    let askers = [
        Choice::new("customer", "they ask for it"),
        Choice::new("agent", "one of us does"),
    ];
    let concern = "The concern or additional request, in the customer's words";
    let by = Question::pick("by", "Asked for by", askers.into());
    let mut questions = vec![
        Question::text("concern", concern).required(),
        by.or("customer").required(),
    ];
    if level.is_some_and(|level| level.call_serves) {
        let call = "Was it made by a call that is logged, in place of the message?";
        questions.push(Question::yes("call", call));
    }
    if level.is_some_and(|level| level.confirm) {
        let confirm = Question::text("confirm", "Confirm it by the number of the incident");
        questions.push(
            confirm
                .required()
                .help("This level is extremely unusual and very serious.")
                .check(move |typed| match typed.parse::<TechRef>() {
                    Ok(typed) if typed == number => Ok(None),
                    Ok(other) => Err(format!("{other} is another incident: type {number}.")),
                    Err(error) => Err(format!("{error}: type {number}.")),
                }),
        );
    }
    questions
}

/// The command that records what was answered about the ladder.
fn climbed(number: TechRef, way: Rung, answers: &Answers) -> Vec<String> {
    let value = |key: &str| some(answers, key).unwrap_or_default();
    let escalation = |what: &str, level: u8, words: [String; 2]| {
        let own = ["escalation", what, &number.to_string()].map(str::to_owned);
        let level = format!("--level={level}");
        own.into_iter().chain([level]).chain(words).collect()
    };
    let mark = || "--".to_owned();
    match way {
        Rung::Ground(level) => escalation("ground", level, [mark(), value("ground")]),
        Rung::Answer(level) => escalation("answer", level, [mark(), value("answer")]),
        Rung::Withdraw(level) => {
            let own = ["escalation", "withdraw", &number.to_string()].map(str::to_owned);
            let options = [
                format!("--level={level}"),
                format!("--reason={}", value("reason")),
            ];
            own.into_iter().chain(options).collect()
        }
        Rung::Make(level) => {
            let own = ["escalate", &number.to_string()].map(str::to_owned);
            let options = [
                format!("--level={level}"),
                format!("--ground={}", value("ground")),
                format!("--concern={}", value("concern")),
                format!("--requested-by={}", value("by")),
            ];
            let confirm = some(answers, "confirm");
            let confirm = confirm.map(|confirm| format!("--confirm={confirm}"));
            let call = is_yes(answers, "call").then(|| "--call".to_owned());
            own.into_iter()
                .chain(options)
                .chain(call)
                .chain(confirm)
                .collect()
        }
    }
}
