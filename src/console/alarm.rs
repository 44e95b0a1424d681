//! A clock of the agent's calls: the bell, a line, and where that is wanted a notice of the terminal's.

use super::model::Model;
use super::msg::Effect;
use super::widgets::message::Kind;
use crate::incident::{Alarm, day_and_time};

/// Calls the agent, once for all that have come due together.
pub fn ring(model: &mut Model, alarms: &[Alarm]) -> Vec<Effect> {
    // After a machine has slept a clock may have called twice: the last word counts.
    let is_last = |alarm: &&Alarm| {
        let same = |other: &Alarm| (other.number, other.clock) == (alarm.number, alarm.clock);
        alarms.iter().rfind(|other| same(other)) == Some(*alarm)
    };
    let told = alarms.iter().filter(is_last);
    let told: Vec<String> = told.map(|alarm| in_words(alarm, model)).collect();
    let words = told.join("; ");
    model.say(Kind::Warning, &words);
    let notice = model.notifies.then_some(Effect::Notify(words));
    std::iter::once(Effect::Bell).chain(notice).collect()
}

fn in_words(alarm: &Alarm, model: &Model) -> String {
    let (number, clock) = (alarm.number, alarm.clock.word());
    let due = day_and_time(alarm.due_at, model.now, model.zone);
    match alarm.is_missed() {
        true => format!("{number}: {clock} missed, was due {due}"),
        false => format!("{number}: {clock} in its last quarter, due {due}"),
    }
}

#[cfg(test)]
mod tests {
    use chrono::TimeDelta;
    use chrono_tz::Europe::London;

    use super::*;
    use crate::console::msg::Msg;
    use crate::console::request::Answer;
    use crate::console::testing::{BUSY_NOW, at, busy};
    use crate::incident::{ClockKind, TechRef};

    #[test]
    fn the_bell_rings_once_for_all_and_a_notice_where_it_is_wanted() {
        let mut console = busy().open(BUSY_NOW, London, (120, 40));
        let alarm = |sequence, before: i64| {
            let due_at = at(BUSY_NOW) + TimeDelta::minutes(15);
            Alarm {
                at: due_at - TimeDelta::minutes(before),
                number: TechRef::new(sequence),
                clock: ClockKind::Response,
                due_at,
            }
        };
        let alarms = vec![alarm(1001, 15), alarm(1002, 15), alarm(1001, -1)];
        for notifies in [false, true] {
            console.effects.clear();
            console.model.notifies = notifies;
            console.take(Msg::Answer(Answer::Alarms(alarms.clone())));
            let said = console.model.message.as_ref().unwrap().text.clone();
            let (late, soon) = (alarms[2].number, alarms[1].number);
            assert!(
                said.starts_with(&format!("{soon}: response in its last quarter, due ")),
                "{said}"
            );
            assert!(
                said.contains(&format!("; {late}: response missed, was due ")),
                "{said}"
            );
            assert_eq!(said.matches(&late.to_string()).count(), 1, "{said}");
            assert!(matches!(console.effects[0], Effect::Bell));
            let notices = &console.effects[1..];
            assert_eq!(notices.len(), usize::from(notifies));
            assert!(
                notices
                    .iter()
                    .all(|notice| matches!(notice, Effect::Notify(words) if *words == said))
            );
        }
    }
}
