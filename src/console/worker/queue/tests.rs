//! What is kept of a window is, whatever happens, what reading it anew would give.

use chrono::{TimeDelta, TimeZone};
use chrono_tz::Europe::London;
use rstest::rstest;

use super::*;
use crate::demo;
use crate::incident::{CloseAs, Command, NewCustomer, NoteKind, Query, Scope, Step};
use crate::store::{Access, Context};

const ME: &str = "mira";
const LIMIT: usize = 10;

fn begin() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 25, 15, 0, 0).unwrap()
}

fn context(now: DateTime<Utc>) -> Context {
    Context {
        agent: ME.to_owned(),
        now,
        by_hand: true,
        ..Context::default()
    }
}

fn desk(folder: &tempfile::TempDir) -> Desk {
    let path = folder.path().join("desk");
    demo::make(&path, 300, 1, &context(begin()), &mut |_| true).unwrap();
    Desk::open(&path, Access::Write).unwrap()
}

fn wanted(text: &str, page: Wanted, now: DateTime<Utc>) -> QueueWanted {
    let scope = Scope {
        now,
        me: ME,
        zone: London,
        words: None,
    };
    QueueWanted {
        query: Query::parse(text, scope).unwrap(),
        turn: 1,
        page,
        limit: LIMIT,
        selected: None,
    }
}

fn told(answer: Answer) -> (Vec<Listed>, Option<usize>, bool) {
    match answer {
        Answer::Queue(found) => (found.rows, found.count, found.full),
        _ => panic!("a window"),
    }
}

/// Something that happens to an incident, or besides.
fn change(number: TechRef, turn: usize) -> Command {
    let step = match turn % 7 {
        0 | 1 => Step::Assign(Some(ME.to_owned())),
        2 => Step::Assign(Some("agnes".to_owned())),
        3 => Step::Assign(None),
        4 => Step::Wait {
            text: "Which version is it?".to_owned(),
        },
        5 if turn.is_multiple_of(5) => {
            return Command::AddCustomer(NewCustomer {
                name: format!("Nobody Yet {turn}"),
                ..NewCustomer::default()
            });
        }
        5 => Step::Close {
            reason: CloseAs::Unreachable,
            detail: "It came twice".to_owned(),
        },
        _ => Step::Note {
            kind: NoteKind::Internal,
            text: "They called again".to_owned(),
        },
    };
    Command::Step(number, step)
}

#[rstest]
#[case::open("")]
#[case::mine("assignee:me")]
#[case::nobodys("is:unassigned")]
#[case::waiting("state:waiting")]
#[case::missed("is:missed")]
#[case::due("due:<4h")]
#[case::all("is:any")]
#[case::of_one_policy("policy:tech-reference is:any")]
#[case::words("screen")]
fn a_kept_window_is_as_if_it_were_read_anew(#[case] text: &str) {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(&folder);
    fastrand::seed(3);
    let mut now = begin();
    let (mut kept, mut done, mut stayed) = (None, 0, 0);
    for turn in 0..150 {
        now += TimeDelta::minutes(fastrand::i64(0..3) * 40);
        let number = TechRef::new(fastrand::u32(10_001..10_301));
        done += usize::from(desk.execute(&change(number, turn), &context(now)).is_ok());
        let first = |desk: &Desk| {
            let rows = desk.list(&wanted(text, Wanted::First, now).query, Page::First, 4, now);
            rows.unwrap().pop()
        };
        let page = match (turn / 30 % 2, first(&desk)) {
            (1, Some(row)) => Wanted::From(Box::new(row)),
            _ => Wanted::First,
        };
        let asked = wanted(text, page, now);
        let anew = queue(&desk, asked.clone(), now).unwrap();
        let before = kept.as_ref().map(|window: &Window| window.rows.as_ptr());
        let (answer, window) = again(&desk, kept, asked, now).unwrap();
        stayed += usize::from(window.as_ref().map(|window| window.rows.as_ptr()) == before);
        kept = window;
        assert_eq!(told(answer), told(anew), "{turn}");
    }
    assert!(done > 50, "{done}");
    // By words, and by the clock, nothing can be kept.
    if ["", "assignee:me", "is:any"].contains(&text) {
        assert!((10..140).contains(&stayed), "{stayed}");
    }
}

#[test]
fn what_others_do_elsewhere_reads_no_window() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = desk(&folder);
    let now = begin();
    let asked = || wanted("assignee:me", Wanted::First, now);
    let (_, kept) = again(&desk, None, asked(), now).unwrap();
    let others = wanted("-assignee:me", Wanted::First, now).query;
    let other = desk.list(&others, Page::First, 1, now).unwrap()[0].number;
    desk.execute(&change(other, 6), &context(now)).unwrap();
    let mut kept = Some(kept);
    let said = desk.statements_of(|desk| {
        again(desk, kept.take().flatten(), asked(), now).unwrap();
    });
    let reads = |sql: &&String| sql.contains("INDEXED BY incident_queue");
    assert_eq!(said.iter().find(reads), None);
}
