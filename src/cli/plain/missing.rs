//! What a call leaves open when it is hung up, as questions.

use super::hang_up::Share;
use super::question::{Answers, Choice, Question, is_yes, some};
use super::ring_up::{REACHED, again, is_mistake, missed, reached, spoke};
use super::scene::Scene;
use super::steps::until;
use crate::cli::Session;
use crate::incident::{ClockKind, Past, TechRef, asks_outside, steps_before_call, wants_estimate};
use crate::policy::spoken_role;
use crate::store::LiveCall;

/// What was said is about all of the incidents.
const ALL: &str = "all";

/// The key of a question about one of the call's incidents.
pub(super) fn of(what: &str, number: TechRef) -> String {
    format!("{what} {number}")
}

/// Whether an incident stays in the call: unless the agent strikes it.
pub(super) fn stays(answers: &Answers, number: TechRef) -> bool {
    let key = of("stays", number);
    !answers.contains_key(&key) || is_yes(answers, &key)
}

/// How many steps back it is to before the call went on with an incident, where it can be struck from the call.
pub(super) fn steps_back(scene: &Scene, found: &LiveCall) -> Option<usize> {
    let dossier = &scene.dossier;
    let past = Past {
        timeline: &dossier.timeline,
        steps: &dossier.steps,
    };
    let timer = found.call.timer.filter(|_| !found.call.rung_up)?;
    steps_before_call(&dossier.incident, past, scene.situation(), timer.began_at)
}

/// Whether what was said is about an incident of those that stay: the one that was picked, all of them, or the only one.
pub(super) fn is_about(answers: &Answers, number: TechRef, staying: usize) -> bool {
    let picked = some(answers, "about").unwrap_or_default();
    staying < 2 || picked == ALL || picked == number.to_string()
}

/// Which of several incidents stay, what is still missing on each, then about the call itself.
pub(super) fn all(
    session: &Session,
    scenes: &[Scene],
    shares: &[Share],
    found: &LiveCall,
) -> Vec<Question> {
    let (several, rung_up) = (scenes.len() > 1, found.call.rung_up);
    let mut all: Vec<Question> = rung_up.then(reached).into_iter().collect();
    let each = || {
        let numbers = shares.iter().map(|(number, _)| *number);
        scenes.iter().zip(numbers)
    };
    let struck = each().filter(|(scene, _)| several && steps_back(scene, found).is_some());
    all.extend(struck.map(|(_, number)| {
        let words = format!("Does {number} stay in the call?");
        Question::yes(of("stays", number), words).or("yes").help(
            "That the customer came for one that does not is taken back, its time goes to the others.",
        )
    }));
    for (scene, number) in each() {
        let missing = questions(session, scene, number, found).into_iter();
        let missing = missing.map(|one| one.also_when(spoke(rung_up)));
        // Of several, each says which one is meant.
        all.extend(missing.map(|one| {
            match several {
                true => one
                    .named(number)
                    .also_when(move |answers| stays(answers, number)),
                false => one,
            }
        }));
    }
    let mut call = vec![said_about(scenes, shares, found)];
    call.push(Question::text("note", "What was said").also_check(|typed| {
        // Whoever answers a question that is not asked is told so.
        match typed.to_lowercase().as_str() {
            "y" | "n" => Err(format!(
                "\"{typed}\" answers no question here: say what was said, or nothing."
            )),
            _ => Ok(None),
        }
    }));
    call.push(again(session).when(|answers| missed(some(answers, REACHED).as_deref()).is_some()));
    call.push(Question::text("next", "Next step"));
    let conduct = Question::text("conduct", "Conduct of the caller, if worth keeping");
    call.push(conduct.when(spoke(rung_up)));
    let called = |answers: &Answers| !is_mistake(some(answers, REACHED).as_deref());
    all.extend(call.into_iter().map(|one| one.also_when(called)));
    all
}

/// Which of several incidents what is said is about: at first a new one, else the one that the call was about for longest.
fn said_about(scenes: &[Scene], shares: &[Share], found: &LiveCall) -> Question {
    let numbers: Vec<TechRef> = shares.iter().map(|(number, _)| *number).collect();
    let is_new = |number: TechRef| {
        let mut parts = found.call.parts.iter();
        parts.any(|part| part.number == number && part.is_new)
    };
    let most = shares
        .iter()
        .max_by_key(|(number, seconds)| (is_new(*number), *seconds));
    let most = most.map_or_else(String::new, |(number, _)| number.to_string());
    let choices = scenes.iter().zip(shares);
    let choices = choices.map(|(scene, (number, _))| {
        Choice::new(number.to_string(), &scene.dossier.incident.summary)
    });
    let all = Choice::new(ALL, "it is kept with each of them");
    let about = Question::pick("about", "Said about", choices.chain([all]).collect());
    about
        .required()
        .or(most)
        .help("Where what was said, the next step and the conduct are kept.")
        .when(move |answers| numbers.iter().filter(|one| stays(answers, **one)).count() > 1)
}

/// What is still missing on an incident of a call.
fn questions(session: &Session, scene: &Scene, number: TechRef, found: &LiveCall) -> Vec<Question> {
    let (incident, policy) = (&scene.dossier.incident, scene.policy());
    let mut questions = Vec::new();
    if incident.number_given_at.is_none() {
        let words = format!("Does the caller have the number {number}?");
        questions.push(Question::yes(of("given", number), words));
    }
    let owed = incident.running(ClockKind::Response).is_some();
    let unanswered = owed || incident.first_response_at.is_none();
    let is_new = incident.opened_at
        >= found
            .call
            .timer
            .map_or(session.now(), |timer| timer.began_at);
    // Whoever was rung up and spoke with us was answered by that.
    let answers_itself = found.call.rung_up && !is_new;
    if incident.state.is_workable() && (unanswered || answers_itself) {
        let key = of("answered", number);
        let words = "Did the caller get an answer on this call?";
        questions.extend((!answers_itself).then(|| Question::yes(key.clone(), words)));
        let answered = move |answers: &Answers| answers_itself || is_yes(answers, &key);
        if wants_estimate(incident, policy, session.now()) {
            let keys = ["estimate", "no estimate"].map(|what| of(what, number));
            let outlook = outlook(session, keys).into_iter();
            questions.extend(outlook.map(|one| one.also_when(answered.clone())));
        }
        if unanswered && !answers_itself {
            let manual = Question::text(of("manual", number), "Manual page that answers it");
            questions.push(manual.when(answered));
        }
    }
    let timer = found.call.timer;
    if timer.is_some_and(|timer| asks_outside(incident, scene.situation(), timer.began_at)) {
        let becomes = [
            Choice::new("charge", "its time is charged as any other's"),
            Choice::new("waive", "its time is not charged"),
        ];
        let key = of("outside", number);
        let outside = Question::pick(key.clone(), "Outside hours", becomes.into());
        questions.push(
            outside
                .required()
                .help("The contract covers calls within the hours: is this one charged?"),
        );
        let why = Question::text(of("outside reason", number), "Why not").required();
        questions.push(why.when(move |answers| some(answers, &key).as_deref() == Some("waive")));
    }
    let roles = policy.spoken_roles();
    let roles: Vec<Choice> = roles
        .map(|role| Choice::said(role, spoken_role(role)))
        .collect();
    if !roles.is_empty() {
        let with = "Who of the ladder was on the line";
        questions.push(Question::pick(of("with", number), with, roles));
    }
    questions
}

/// When it will be resolved, or why that cannot be said; under these keys.
pub(super) fn outlook(session: &Session, [by, why]: [String; 2]) -> [Question; 2] {
    let promised = by.clone();
    let by = until(session, by);
    let why = Question::text(why, "Why can that not be said").required();
    [
        by,
        why.when(move |answers| some(answers, &promised).is_none()),
    ]
}
