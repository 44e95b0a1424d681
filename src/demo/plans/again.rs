//! What was read of a desk and is kept is, after every change, what reading it anew would give.

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use tempfile::TempDir;

use super::{filters, goes_through, query};
use crate::calendar::{Exception, ExceptionKind};
use crate::demo::make;
use crate::incident::{
    Command, LooseCall, LooseReason, NewClosure, NoteKind, Query, Reach, Step, TechRef,
};
use crate::store::{Access, Context, Desk, Page};

const ME: &str = "mira";

fn now() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 25, 15, 0, 0).unwrap()
}

fn context() -> Context {
    Context {
        agent: ME.to_owned(),
        now: now(),
        by_hand: true,
        ..Context::default()
    }
}

fn desk(folder: &TempDir) -> Desk {
    let path = folder.path().join("desk");
    make(&path, 400, 1, &context(), &mut |_| true).unwrap();
    Desk::open(&path, Access::Write).unwrap()
}

fn open(desk: &Desk) -> Vec<TechRef> {
    let rows = desk.list(&Query::default(), Page::First, 200, now());
    rows.unwrap().into_iter().map(|row| row.number).collect()
}

fn note(number: TechRef) -> Command {
    let note = Step::Note {
        text: "They called again".to_owned(),
        kind: NoteKind::Internal,
    };
    Command::Step(number, note)
}

fn assign(number: TechRef, agent: Option<&str>) -> Command {
    Command::Step(number, Step::Assign(agent.map(str::to_owned)))
}

#[test]
fn alarms_after_a_change_are_those_of_a_new_look() {
    let folder = TempDir::new().unwrap();
    let mut desk = desk(&folder);
    let open = open(&desk);
    let since = now() - TimeDelta::hours(4);
    let mut ahead = desk.alarms(ME, since, now()).unwrap();
    let mut seen = std::collections::BTreeSet::new();
    let mine = open.iter().map(|number| assign(*number, Some(ME)));
    let notes = open.iter().take(9).map(|number| note(*number));
    let nobodys = open.iter().map(|number| assign(*number, None));
    let closed = Command::AddClosure(NewClosure {
        reach: Reach::All,
        exception: Exception {
            from: now(),
            to: now() + TimeDelta::days(1),
            reason: "Storm".to_owned(),
            kind: ExceptionKind::Closed,
        },
    });
    let called = Command::CallWithoutIncident(LooseCall {
        reason: LooseReason::WrongNumber,
        seconds: 0,
        held: 0,
        customer: None,
        text: None,
    });
    let changes = mine.chain(notes).chain([called, closed]).chain(nobodys);
    for change in changes {
        let _ = desk.execute(&change, &context());
        ahead = desk.alarms_again(ahead, since, now()).unwrap();
        let mut anew = desk.alarms(ME, since, now()).unwrap().alarms;
        // More than a new look would give may be kept; none that it gives is missing, and none is another's.
        for alarm in &ahead.alarms {
            let (incident, _) = desk.incident(alarm.number, now()).unwrap();
            assert_eq!(incident.assignee.as_deref(), Some(ME));
        }
        anew.retain(|alarm| !ahead.alarms.contains(alarm));
        assert_eq!(anew, [], "{change:?}");
        seen.insert(ahead.alarms.len());
    }
    assert!(seen.contains(&0) && seen.len() > 9, "{seen:?}");
}

#[test]
fn of_the_alarms_only_what_was_touched_is_read_again() {
    let folder = TempDir::new().unwrap();
    let mut desk = desk(&folder);
    let open = open(&desk);
    for number in open.iter().take(20) {
        let _ = desk.execute(&assign(*number, Some(ME)), &context());
    }
    let ahead = desk.alarms(ME, now(), now()).unwrap();
    desk.execute(&note(open[3]), &context()).unwrap();
    let mut ahead = Some(ahead);
    let said = desk.statements_of(|desk| {
        let ahead = ahead.take().unwrap();
        desk.alarms_again(ahead, now(), now()).unwrap();
    });
    let bodies = said.iter().filter(|sql| sql.contains("body"));
    assert_eq!(bodies.count(), 1, "{said:?}");
}

#[test]
fn a_place_is_counted_only_where_a_list_says_it() {
    let folder = TempDir::new().unwrap();
    let mut desk = desk(&folder);
    let mut rows = Vec::new();
    let said = desk.statements_of(|desk| {
        rows = desk
            .list(&Query::default(), Page::First, 200, now())
            .unwrap();
    });
    let counted = rows.iter().filter(|row| {
        let number = row.number.sequence();
        said.contains(&format!(
            "SELECT line_at FROM incident WHERE number = {number}"
        ))
    });
    let (counting_down, others): (Vec<_>, Vec<_>) = counted.partition(|row| row.next.is_some());
    assert_eq!(counting_down, [] as [&crate::store::Listed; 0]);
    assert!(!others.is_empty());
}

#[test]
fn what_was_touched_is_looked_at_without_going_through_the_others() {
    let folder = TempDir::new().unwrap();
    let mut desk = desk(&folder);
    let numbers = open(&desk);
    for text in filters() {
        let query = query(&text);
        let few = numbers.get(..9).unwrap();
        let said = desk.statements_of(|desk| {
            let found = desk.found_among(&query, few, now()).unwrap();
            let all = desk.numbers(&query, 9_999, now()).unwrap();
            let wanted = few.iter().filter(|number| all.contains(number));
            assert_eq!(found.len(), wanted.count(), "{text}");
        });
        for sql in said.iter().filter(|sql| sql.contains("json_each(")) {
            let steps = desk.plan(sql).into_iter();
            let through = steps.filter(|step| goes_through(step) || step == "SCAN search");
            let through: Vec<String> = through.collect();
            assert!(through.is_empty(), "{text}: {through:?}: {sql}");
        }
    }
}

#[test]
fn what_was_touched_is_told_by_the_timeline() {
    let folder = TempDir::new().unwrap();
    let mut desk = desk(&folder);
    let number = open(&desk)[0];
    let read = desk.read_to().unwrap();
    assert_eq!(desk.touched_since(read).unwrap(), Some(Default::default()));
    desk.execute(&note(number), &context()).unwrap();
    let touched = desk.touched_since(read).unwrap().unwrap();
    assert_eq!(touched.incidents, [number].into());
    assert!(!touched.mail && !touched.desk);
    let somebody = Command::AddAgent("zoe".to_owned());
    desk.execute(&somebody, &context()).unwrap();
    assert!(desk.touched_since(read).unwrap().unwrap().desk);
    for _ in 0..100 {
        desk.execute(&note(number), &context()).unwrap();
    }
    assert_eq!(desk.touched_since(read).unwrap(), None);
}

#[test]
fn mail_that_waits_is_counted_by_the_index_of_what_waits() {
    let folder = TempDir::new().unwrap();
    let mut desk = desk(&folder);
    let said = desk.statements_of(|desk| {
        desk.correspondence(9).unwrap();
    });
    let plan: Vec<String> = said.iter().flat_map(|sql| desk.plan(sql)).collect();
    let all = |step: &String| step.starts_with("SCAN message") && !step.contains("message_to_send");
    assert!(!plan.iter().any(all), "{plan:?}");
}
