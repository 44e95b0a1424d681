//! Two agents, one incident, every command after every other: either both hold, or the second one is told who changed
//! what. A kind of command that is added is missed here until it has a scene.

mod command;
pub(crate) mod scene;

use std::collections::BTreeSet;

use holdline::store::{Context, Done, StoreError};

use crate::walk::acts::{COMMANDS, STEPS, about, name};
use scene::{Scene, Stage};

/// What no agent sends: a mail is a step only with the command that brings it in.
const NOT_SENT: [&str; 2] = ["step", "mail step"];

fn kinds() -> Vec<&'static str> {
    let all = COMMANDS.iter().chain(STEPS).copied();
    all.filter(|kind| !NOT_SENT.contains(kind)).collect()
}

fn by(agent: &str, scene: &Scene, if_revision: Option<u32>) -> Context {
    Context {
        agent: agent.to_owned(),
        now: scene.now,
        if_revision,
        ..Context::default()
    }
}

/// A refusal is one line that says something.
fn is_said(error: &StoreError) -> bool {
    let said = error.to_string();
    matches!(error, StoreError::Refused(_)) && said.lines().count() == 1 && said.len() > 15
}

#[test]
fn of_two_commands_both_hold_or_the_second_is_told_what_changed() {
    let mut stage = Stage::new();
    let (mut told, mut held, mut refused) = (0, 0, 0);
    let mut met = BTreeSet::new();
    for (n, first) in kinds().into_iter().enumerate() {
        let scene = stage.scene(first);
        let seen = stage.revision(scene.number);
        let command = scene.command(first);
        assert_eq!(name(&command), first);
        stage
            .room
            .desk
            .execute(&command, &by("mia", &scene, None))
            .unwrap_or_else(|error| panic!("{first}: {error}"));
        let changed = stage.revision(scene.number) != seen;
        met.insert(first);
        for second in kinds() {
            let command = scene.command(second);
            let this = about(&command) == Some(scene.number);
            let mut try_it = |revision| {
                let context = by("zoe", &scene, revision);
                let tried = stage
                    .other
                    .rehearse(|batch| batch.execute(&command, &context));
                (second, tried)
            };
            if this {
                match try_it(Some(seen)).1 {
                    Err(StoreError::Changed { number, agent, .. }) if changed => {
                        let by = (number, agent.as_str());
                        assert_eq!(by, (scene.number, "mia"), "{first}, {second}");
                        told += 1;
                    }
                    other if changed => panic!("{first}, then {second} unaware of it: {other:?}"),
                    Err(error) => assert!(is_said(&error), "{first}, {second}: {error:?}"),
                    Ok(_) => {}
                }
            }
            match try_it(None).1 {
                Ok(_) => held += 1,
                Err(error) => {
                    assert!(is_said(&error), "{first}, then {second}: {error:?}");
                    refused += 1;
                }
            }
        }
        // One of each is carried out after it, so that the desk shows what became of both.
        let mut on_it = kinds().into_iter().cycle().skip(n * 7 + 3);
        let second = on_it
            .find_map(|second| {
                let command = scene.command(second);
                (about(&command) == Some(scene.number)).then_some(command)
            })
            .unwrap();
        let _refused_or_not = stage.other.execute(&second, &by("zoe", &scene, None));
    }
    let all: BTreeSet<_> = kinds().into_iter().collect();
    assert_eq!(met, all, "each kind of command came first once");
    assert!(
        told > 500 && held > 500 && refused > 200,
        "{told} were told, {held} held, {refused} were refused"
    );
    stage.room.desk.check(None).unwrap();
}

#[test]
fn a_form_sent_twice_at_the_same_moment_counts_once() {
    let mut stage = Stage::new();
    let scene = stage.scene("log");
    let answers: Vec<Done> = std::thread::scope(|scope| {
        let writers: Vec<_> = (0..8)
            .map(|_| {
                let (mut desk, scene) = (stage.room.reopened(), &scene);
                scope.spawn(move || {
                    let context = Context {
                        once: Some("the same form".to_owned()),
                        ..by("mia", scene, None)
                    };
                    desk.execute(&scene.command("log"), &context).unwrap()
                })
            })
            .collect();
        writers.into_iter().map(|it| it.join().unwrap()).collect()
    });
    let Done::Logged(number) = answers[0] else {
        panic!("{answers:?}");
    };
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    let next = stage.severity();
    assert_eq!(
        next.sequence(),
        number.sequence() + 1,
        "only one was logged"
    );
}
