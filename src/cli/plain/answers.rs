//! The steps of an incident that are asked for where nothing was said with them: how it was resolved, and what a response
//! says about that.

use super::Plain;
use super::hang_up::option;
use super::intake::channel_reason;
use super::missing::outlook;
use super::question::{Answers, Choice, Question, is_yes, known, some};
use crate::cli::Failure;
use crate::cli::respond::usual_of;
use crate::incident::{State, StepKind, TechRef, wants_estimate};
use crate::policy::{Channel, Need, Outcome, Policy};
use crate::store::Dossier;

/// What a resolution may be given with, in the order in which it is asked.
const NEEDS: [(Need, &str); 7] = [
    (Need::Detail, "What was done or found"),
    (Need::Product, "The third party's product"),
    (Need::Reference, "Reference of the bug, request or review"),
    (Need::Version, "Version that solves it"),
    (Need::To, "Forwarded to"),
    (Need::Indication, "When or how it is expected to be solved"),
    (Need::Critical, "Is the bug critical?"),
];

impl Plain {
    /// Resolves an incident by one of the policy's outcomes, which are read out.
    pub(super) fn resolve(&mut self, number: TechRef) -> Result<(), Failure> {
        let scene = self.scene(number)?;
        let dossier = &scene.dossier;
        let incident = &dossier.incident;
        // Those that are the same may still be resolved, and told.
        let others = incident.state == State::Resolved && incident.forks.known;
        if !others || dossier.same.is_empty() {
            self.may(&scene, &[StepKind::Resolve])?;
        }
        let number = incident.tech_ref;
        let questions = resolution(dossier);
        let (summary, name) = (&incident.summary, &dossier.customer.name);
        self.say(format_args!("Resolve {number} of {name}, {summary}."))?;
        let form = format!("resolve {number}");
        self.until_done_of(&form, &questions, Answers::new(), |plain, answers| {
            let mut words = vec!["resolve".to_owned(), number.to_string()];
            words.extend(option(answers, "outcome", "outcome"));
            words.extend(option(answers, "cause", "cause"));
            for (need, _) in NEEDS {
                words.extend(match need {
                    Need::Critical => is_yes(answers, "critical").then(|| "--critical".to_owned()),
                    need => option(answers, need.key(), need.key()),
                });
            }
            words.extend(is_yes(answers, "same").then(|| "--with-same".to_owned()));
            plain.try_run(&words)
        })?;
        Ok(())
    }

    /// Answers the customer, by the way in which they came last unless another is said; the estimate is asked for where
    /// the policy wants one with it.
    pub(super) fn respond(&mut self, number: TechRef, text: &str) -> Result<(), Failure> {
        let scene = self.scene(number)?;
        self.may(&scene, &[StepKind::Respond])?;
        let (dossier, policy) = (&scene.dossier, scene.policy());
        let (incident, session) = (&dossier.incident, self.session());
        let number = incident.tech_ref;
        let told = Question::text("text", "What the customer is told");
        let mut questions = vec![told.required()];
        questions.extend(by(policy, usual_of(&session, dossier)?));
        if incident.state.is_workable() && wants_estimate(incident, policy, session.now()) {
            let keys = ["estimate", "no estimate"].map(str::to_owned);
            questions.extend(outlook(&session, keys));
        }
        questions.push(Question::text("manual", "Manual page that answers it"));
        let form = format!("respond {number}");
        self.until_done_of(&form, &questions, known("text", text), |plain, answers| {
            let text = some(answers, "text").unwrap_or_default();
            let mut words = vec!["respond".to_owned(), number.to_string()];
            let options = [
                ("by", "by"),
                ("channel_reason", "channel-reason"),
                ("estimate", "estimate"),
                ("no estimate", "no-estimate"),
                ("manual", "manual"),
            ];
            words.extend(
                options
                    .iter()
                    .filter_map(|(key, name)| option(answers, key, name)),
            );
            words.extend(["--".to_owned(), text]);
            plain.try_run(&words)?;
            let by = some(answers, "by").unwrap_or_default();
            plain.say(format_args!("Answered by {by}."))
        })?;
        Ok(())
    }
}

/// By which way the customer is answered, and why so where the agreement does not cover it.
fn by(policy: &Policy, usual: Channel) -> [Question; 2] {
    let covered = policy.channels.iter().copied();
    let others = [Channel::Other].into_iter();
    let ways: Vec<Channel> = covered
        .filter(|way| *way != Channel::Other)
        .chain(others)
        .collect();
    let choices = ways.iter().map(|way| Choice::new(way.word(), ""));
    let by = Question::pick("by", "By", choices.collect());
    let way = move |answers: &Answers| {
        let by = some(answers, "by");
        let mut ways = ways.iter().copied();
        let said = ways.find(|way| Some(way.word()) == by.as_deref());
        said.unwrap_or(usual)
    };
    [by.or(usual.word()).required(), channel_reason(policy, way)]
}

fn resolution(dossier: &Dossier) -> Vec<Question> {
    let policy = &dossier.ruling.policy;
    let outcomes: Vec<Outcome> = policy.chosen_outcomes().cloned().collect();
    let choices = outcomes
        .iter()
        .map(|outcome| Choice::new(&outcome.name, &outcome.title));
    let mut questions = vec![Question::pick("outcome", "Outcome", choices.collect()).required()];
    questions.extend(
        NEEDS
            .into_iter()
            .map(|(need, words)| given_with(need, words, &outcomes)),
    );
    questions.extend(cause(policy));
    let others = dossier.same.len();
    if others > 0 && dossier.incident.forks.known {
        let words = format!("Are the {others} others with this fault resolved with it?");
        questions.push(Question::yes("same", words).or("yes"));
    }
    questions
}

fn cause(policy: &Policy) -> Option<Question> {
    let causes = policy.causes.iter();
    let causes: Vec<Choice> = causes
        .map(|cause| Choice::new(&cause.name, &cause.title))
        .collect();
    (!causes.is_empty()).then(|| Question::pick("cause", "Cause, if it is known", causes))
}

/// The question for something that an outcome is given with: asked while the chosen outcome takes it, and to be answered
/// where it must be given; of several of which one must, that is the last one.
fn given_with(need: Need, words: &'static str, outcomes: &[Outcome]) -> Question {
    let key = need.key();
    let question = match need {
        Need::Critical => Question::yes(key, words),
        _ => Question::text(key, words),
    };
    let (asking, requiring) = (outcomes.to_vec(), outcomes.to_vec());
    let chosen = |outcomes: &[Outcome], answers: &Answers| {
        let name = some(answers, "outcome")?;
        outcomes
            .iter()
            .find(|outcome| outcome.name == name)
            .cloned()
    };
    question
        .when(move |answers| {
            chosen(&asking, answers).is_some_and(|outcome| {
                let Outcome {
                    needs,
                    needs_one_of,
                    takes,
                    ..
                } = &outcome;
                [needs, needs_one_of, takes]
                    .iter()
                    .any(|list| list.contains(&need))
            })
        })
        .required_when(move |answers| {
            chosen(&requiring, answers).is_some_and(|outcome| {
                let order = |one: &Need| NEEDS.iter().position(|(need, _)| need == one);
                let one_of = &outcome.needs_one_of;
                let last = one_of.iter().max_by_key(|one| order(one)) == Some(&need);
                let none = one_of.iter().all(|one| some(answers, one.key()).is_none());
                outcome.needs.contains(&need) || last && none
            })
        })
}
