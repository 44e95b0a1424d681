use super::*;
use crate::incident::{RunningCall, Timer};
use chrono::{DateTime, TimeDelta, Utc};
use std::os::unix::fs::PermissionsExt;

fn at(seconds: i64) -> DateTime<Utc> {
    let start: DateTime<Utc> = "2026-11-23T16:00:00Z".parse().unwrap();
    start + TimeDelta::seconds(seconds)
}

/// A place for a desk, which need not be one.
fn desk() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let desk = folder.path().join("desk.holdline");
    fs::write(&desk, "a desk").unwrap();
    (folder, desk)
}

fn kept(place: u64, who: &str) -> Kept {
    Kept {
        place,
        touched: 0,
        call: RunningCall {
            timer: Some(Timer::begin(at(0))),
            who: who.to_owned(),
            ..RunningCall::default()
        },
        draft: "{}".to_owned(),
    }
}

#[test]
fn it_is_as_secret_as_the_desk_and_not_made_for_looking() {
    let (_folder, desk) = desk();
    for mode in [0o600, 0o660] {
        fs::set_permissions(&desk, fs::Permissions::from_mode(mode)).unwrap();
        assert!(Live::if_there(&desk).unwrap().is_none());
        drop(Live::open(&desk).unwrap());
        let made = fs::metadata(path_of(&desk)).unwrap();
        assert_eq!(
            made.permissions().mode() & 0o777,
            mode,
            "whatever the umask"
        );
        remove(&path_of(&desk)).unwrap();
    }
}

#[test]
fn a_damaged_one_is_replaced_and_another_programs_is_left_alone() {
    let (_folder, desk) = desk();
    fs::write(path_of(&desk), vec![b'x'; 8192]).unwrap();
    assert!(Live::if_there(&desk).unwrap().is_none());
    assert!(Live::open(&desk).unwrap().calls().unwrap().is_empty());
    remove(&path_of(&desk)).unwrap();
    let other = Connection::open(path_of(&desk)).unwrap();
    other
        .execute_batch("PRAGMA application_id = 7; CREATE TABLE t (a);")
        .unwrap();
    drop(other);
    let refused = Live::open(&desk).err().unwrap().to_string();
    assert!(refused.contains("move it away"), "{refused}");
}

#[test]
fn a_file_that_was_deleted_is_noticed_and_made_anew() {
    let (_folder, desk) = desk();
    let live = Live::open(&desk).unwrap();
    assert!(!live.is_gone());
    remove(&path_of(&desk)).unwrap();
    assert!(live.is_gone());
    let new = Live::open(&desk).unwrap();
    assert!(live.is_gone() && !new.is_gone());
}

#[test]
fn a_console_does_not_write_over_what_somebody_else_changed() {
    let (_folder, desk) = desk();
    let (mut live, session) = (Live::open(&desk).unwrap(), SessionId::new());
    live.enter(session, "mira", at(0)).unwrap();
    let id = live
        .keep(session, "mira", &kept(1, "Blue Fern"), at(1))
        .unwrap();
    let id = id.unwrap();
    let hold = |call: &mut LiveCall| {
        let timer = call.call.timer.as_mut().unwrap();
        timer.hold(at(5));
        Ok(())
    };
    assert_eq!(live.change(id, hold).unwrap(), Some(()));
    assert_eq!(live.change(id + 1, hold).unwrap(), None);
    assert_eq!(
        live.keep(session, "mira", &kept(1, "late"), at(6)).unwrap(),
        Some(id)
    );
    let found = live.calls().unwrap();
    assert_eq!(found[0].call.who, "Blue Fern");
    assert!(found[0].call.is_held());
    assert_eq!(
        (found[0].touched, found[0].holder),
        (1, Holder::Console(session, 1))
    );
    // Once it has taken that in, it writes on.
    let taken_in = Kept {
        touched: 1,
        ..kept(1, "Blue Fern, Ann")
    };
    live.keep(session, "mira", &taken_in, at(7)).unwrap();
    assert_eq!(live.calls().unwrap()[0].call.who, "Blue Fern, Ann");
    live.forget(session, 1).unwrap();
    assert!(live.calls().unwrap().is_empty());
}

#[test]
fn a_call_is_claimed_once_and_only_where_no_living_console_holds_it() {
    let (_folder, desk) = desk();
    let mut live = Live::open(&desk).unwrap();
    let (gone, one, two) = (SessionId(1), SessionId(2), SessionId(3));
    for session in [gone, one, two] {
        live.enter(session, "mira", at(0)).unwrap();
    }
    let id = live
        .keep(gone, "mira", &kept(1, "Blue Fern"), at(1))
        .unwrap()
        .unwrap();
    assert_eq!(live.claim(id, one, "mira", 4).unwrap(), None);
    live.breathe(gone, at(60)).unwrap();
    live.kill(gone).unwrap();
    let claimed = live.claim(id, one, "mira", 4).unwrap().unwrap();
    assert_eq!(claimed.holder, Holder::Gone(at(60)));
    assert_eq!(claimed.draft.as_deref(), Some("{}"));
    assert_eq!(live.claim(id, two, "mira", 1).unwrap(), None);
    assert_eq!(live.calls().unwrap()[0].holder, Holder::Console(one, 4));
    // Who has gone and holds nothing is forgotten.
    live.enter(SessionId(4), "jonas", at(70)).unwrap();
    let agents: Vec<String> = live
        .others(one)
        .unwrap()
        .into_iter()
        .map(|one| one.agent)
        .collect();
    assert_eq!(agents, ["jonas", "mira"]);
}

#[test]
fn what_was_typed_into_forms_goes_to_the_agents_next_console_once() {
    let (_folder, desk) = desk();
    let mut live = Live::open(&desk).unwrap();
    let (mira, jonas) = (SessionId(1), SessionId(2));
    live.enter(mira, "mira", at(0)).unwrap();
    live.enter(jonas, "jonas", at(0)).unwrap();
    for session in [mira, jonas] {
        live.keep_drafts(session, Some("{}")).unwrap();
    }
    live.kill(mira).unwrap();
    live.kill(jonas).unwrap();
    let next = |live: &mut Live, id| live.enter(SessionId(id), "mira", at(60)).unwrap();
    assert_eq!(next(&mut live, 3), ["{}"]);
    assert!(next(&mut live, 4).is_empty());
    // The other agent's wait for that one.
    assert_eq!(live.enter(SessionId(5), "jonas", at(90)).unwrap(), ["{}"]);
}

#[test]
fn no_card_is_kept_that_somebody_types() {
    let (_folder, desk) = desk();
    let (mut live, mira) = (Live::open(&desk).unwrap(), SessionId(1));
    live.enter(mira, "mira", at(0)).unwrap();
    let typed = r#"{"note":"pays with 4111 1111 1111 1111","session":4111111111111111}"#;
    live.keep_drafts(mira, Some(typed)).unwrap();
    let call = Kept {
        draft: typed.to_owned(),
        ..kept(1, "4111111111111111")
    };
    live.keep(mira, "mira", &call, at(1)).unwrap();
    let found = live.calls().unwrap();
    live.kill(mira).unwrap();
    let next = live.enter(SessionId(2), "mira", at(60)).unwrap();
    for kept in [found[0].draft.as_deref().unwrap(), &next[0]] {
        assert!(kept.contains("4111 11** **** 1111]\""), "{kept}");
        assert!(kept.contains("\"session\":4111111111111111"), "{kept}");
    }
    assert!(found[0].call.who.contains("411111******1111"));
}
