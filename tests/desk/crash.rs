//! Processes of the built program that are killed at any moment, or stopped: whatever was acknowledged
//! is there afterwards, nothing by halves, and the desk is sound. `HOLDLINE_CRASHES` says how many are killed.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use holdline::incident::TechRef;
use holdline::store::{Access, Desk};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::rooms::Room;

/// As many processes run at once.
const WRITERS: usize = 3;
/// How many are killed where nobody says.
const CRASHES: usize = 45;

pub(crate) fn command(desk: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("holdline"));
    command
        .env_clear()
        .env("HOLDLINE_DESK", desk)
        .env("HOLDLINE_NOW", "2026-11-23T17:00:00Z")
        .env("HOLDLINE_AGENT", "mia")
        .env("TZ", "UTC")
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

pub(crate) fn run(desk: &Path, args: &[&str]) -> Output {
    command(desk, args).output().unwrap()
}

pub(crate) fn is_sound(desk: &Path) -> Desk {
    let desk = Desk::open(desk, Access::Write).unwrap();
    desk.check(None).unwrap();
    desk
}

/// Runs to its end or is killed after a while; says whether it acknowledged what it did.
fn killed_after(mut child: Child, while_: Duration) -> bool {
    let began = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status.success();
        }
        if began.elapsed() >= while_ {
            child.kill().unwrap();
            return child.wait().unwrap().success();
        }
        thread::sleep(Duration::from_micros(300));
    }
}

#[test]
fn whatever_was_acknowledged_is_there_after_any_number_of_kills() {
    let mut room = Room::under(&["severity"]);
    let number = room
        .log(|log| log.severity = Some("low".to_owned()))
        .to_string();
    let desk = room.path();
    // How long one takes that nobody kills, so that kills fall anywhere within.
    let began = Instant::now();
    assert!(run(&desk, &["note", &number, "The first"]).status.success());
    let whole = began.elapsed().as_micros();
    let crashes = std::env::var("HOLDLINE_CRASHES").ok();
    let crashes = crashes
        .and_then(|crashes| crashes.parse().ok())
        .unwrap_or(CRASHES);
    let turn = AtomicUsize::new(0);
    let acknowledged: Vec<String> = thread::scope(|scope| {
        let writer = || {
            let mut acknowledged = Vec::new();
            loop {
                let n = turn.fetch_add(1, Ordering::Relaxed);
                if n >= crashes {
                    return acknowledged;
                }
                let words = format!("written as {n} of many.");
                let copy = desk.with_extension(format!("copy-{n}"));
                let args = match n % 15 {
                    7 => vec!["desk", "compact"],
                    11 => vec!["desk", "backup", copy.to_str().unwrap()],
                    _ => vec!["note", &number, &words],
                };
                let most = u64::try_from(whole * 2).unwrap_or(u64::MAX);
                let while_ = Duration::from_micros(fastrand::u64(0..most));
                let child = command(&desk, &args).spawn().unwrap();
                if killed_after(child, while_) && args[0] == "note" {
                    acknowledged.push(words);
                }
                // A backup has its name only once it is whole.
                if copy.exists() {
                    is_sound(&copy);
                }
            }
        };
        let writers: Vec<_> = (0..WRITERS).map(|_| scope.spawn(writer)).collect();
        writers
            .into_iter()
            .flat_map(|writer| writer.join().unwrap())
            .collect()
    });
    let desk = is_sound(&desk);
    let number: TechRef = number.parse().unwrap();
    let timeline: Vec<String> = desk
        .timeline(number)
        .unwrap()
        .iter()
        .map(|entry| format!("{entry:?}"))
        .collect();
    for n in 0..crashes {
        let words = format!("written as {n} of many.");
        let times = timeline
            .iter()
            .filter(|entry| entry.contains(&words))
            .count();
        match acknowledged.contains(&words) {
            true => assert_eq!(times, 1, "acknowledged, and not there: {words}"),
            false => assert!(times < 2, "twice: {words}"),
        }
    }
    assert!(
        !acknowledged.is_empty() || crashes < 10,
        "none lived to tell"
    );
    assert!(acknowledged.len() < crashes, "none was killed");
}

/// A log of so many cases, and what brings it in.
fn long_log(folder: &Path, cases: u32) -> [String; 5] {
    let cases = (0..cases).map(|case| format!("{case},Opened,2026-11-20 10:00,Blue Fern\n"));
    let log: String = std::iter::once("case,what,when,who\n".to_owned())
        .chain(cases)
        .collect();
    let map = "case = '{case}'\nactivity = '{what}'\n[at]\ntime = '{when}'\nformat = '%Y-%m-%d %H:%M'\nzone = 'UTC'\n\
        [opens]\nchannel = 'mail'\ncustomer = '{who}'\nsummary = 'Case {case}'\naccept = true\nwaive = 'settled'\n\
        [activities.Opened]\nnote = 'Opened'\n";
    fs::write(folder.join("log.csv"), log).unwrap();
    fs::write(folder.join("map.toml"), map).unwrap();
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    [
        "import".to_owned(),
        "events".to_owned(),
        path("log.csv"),
        "--map".to_owned(),
        path("map.toml"),
    ]
}

fn incidents(desk: &Path) -> i64 {
    let info = is_sound(desk).info().unwrap();
    info.counts
        .iter()
        .find(|(what, _)| *what == "incidents")
        .unwrap()
        .1
}

#[test]
fn a_killed_import_or_restore_leaves_all_or_nothing() {
    let room = Room::under(&["season-ticket"]);
    let (desk, folder) = (room.path(), room.folder.path().to_owned());
    let kept = folder.join("kept");
    assert!(
        run(&desk, &["desk", "backup", kept.to_str().unwrap()])
            .status
            .success()
    );
    let import = long_log(&folder, 60);
    let import: Vec<&str> = import.iter().map(String::as_str).collect();
    let restore = ["desk", "restore", kept.to_str().unwrap()];
    let (mut before, mut done) = (0, 0);
    for turn in 0..16_u64 {
        let (args, after) = match before {
            0 => (import.as_slice(), 60),
            _ => (restore.as_slice(), 0),
        };
        // The first has no time at all, the last all of it.
        let while_ = match turn {
            0 => Duration::from_millis(3),
            15 => Duration::from_mins(1),
            turn => Duration::from_millis(fastrand::u64(1..400 + 40 * turn)),
        };
        let acknowledged = killed_after(command(&desk, args).spawn().unwrap(), while_);
        let found = incidents(&desk);
        assert!(found == before || found == after, "{found}");
        assert!(
            !acknowledged || found == after,
            "acknowledged, and not done"
        );
        done += usize::from(acknowledged);
        before = found;
    }
    assert!((1..16).contains(&done), "{done}");
}

#[test]
fn a_stopped_writer_is_named_and_once_it_goes_on_all_is_well() {
    let room = Room::under(&["season-ticket"]);
    let (desk, folder) = (room.path(), room.folder.path().to_owned());
    let import = long_log(&folder, 3_000);
    let import: Vec<&str> = import.iter().map(String::as_str).collect();
    let child = command(&desk, &import).spawn().unwrap();
    let pid = Pid::from_raw(child.id().try_into().unwrap());
    let other = rusqlite::Connection::open(&desk).unwrap();
    other.busy_timeout(Duration::ZERO).unwrap();
    let began = Instant::now();
    while other.execute_batch("BEGIN IMMEDIATE; ROLLBACK").is_ok() {
        assert!(began.elapsed() < Duration::from_secs(30), "it never wrote");
        thread::sleep(Duration::from_millis(1));
    }
    kill(pid, Signal::SIGSTOP).unwrap();
    let refused = run(&desk, &["agent", "add", "zoe"]);
    // Looking is for everybody meanwhile.
    let looked = run(&desk, &["customer", "list"]);
    kill(pid, Signal::SIGCONT).unwrap();
    let said = String::from_utf8(refused.stderr).unwrap();
    assert_eq!(refused.status.code(), Some(5), "{said}");
    let who = format!("process {pid} of ");
    if cfg!(target_os = "linux") {
        assert!(
            said.contains(&who) && said.contains("and is stopped: continue it with `fg`"),
            "{said}"
        );
    }
    assert!(looked.status.success(), "{looked:?}");
    assert!(child.wait_with_output().unwrap().status.success());
    assert!(run(&desk, &["agent", "add", "zoe"]).status.success());
    assert_eq!(incidents(&desk), 3_000);
}

/// Whatever drafts lie in a folder and below it.
pub(crate) fn drafts(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(drafts(&path)),
            false => found.extend(path.to_str().map(str::to_owned)),
        }
    }
    found.retain(|path| path.contains(".draft"));
    found
}

#[test]
fn what_killed_programs_were_making_the_next_clear_away() {
    let room = Room::under(&["severity"]);
    let (desk, folder) = (room.path(), room.folder.path().to_owned());
    let letter = folder.join("letter");
    fs::write(
        &letter,
        "From: a@b.example\r\nSubject: It stops\r\nMIME-Version: 1.0\r\n\
         Content-Type: image/png\r\nContent-Disposition: attachment; filename=a.png\r\n\r\nit",
    )
    .unwrap();
    let kept = folder.join("kept");
    let live = folder.join(format!("{}.live", desk.file_name().unwrap().display()));
    let turns: [&[&str]; 3] = [
        &["ring", "--from", "+44 20 7946 0018"],
        &["mail", "in"],
        &["desk", "backup", "--replace", kept.to_str().unwrap()],
    ];
    let spawn = |args: &[&str]| {
        let mut command = command(&desk, args);
        command.stdin(fs::File::open(&letter).unwrap());
        command.spawn().unwrap()
    };
    let mut left = 0;
    for turn in 0..60 {
        // What is alive is made anew each time: that is when a draft of it is there.
        let _ = fs::remove_file(&live);
        let mut child = spawn(turns[turn % turns.len()]);
        // As soon as it has a draft; what is too fast to be seen with one ends.
        let its = format!("-{}.draft", child.id());
        let has_one = || drafts(&folder).iter().any(|path| path.contains(&its));
        while !has_one() && child.try_wait().unwrap().is_none() {}
        let _ = child.kill();
        child.wait().unwrap();
        left += usize::from(has_one());
    }
    assert!(left > 0, "none was killed with a draft");
    // What a program that runs is still at stays.
    let name = live.file_name().unwrap().to_str().unwrap();
    let alive = folder.join(format!(".{name}-{}.draft", std::process::id()));
    fs::write(&alive, "mine").unwrap();
    let _ = fs::remove_file(&live);
    for args in turns {
        assert!(spawn(args).wait().unwrap().success(), "{args:?}");
    }
    assert_eq!(drafts(&folder), [alive.to_str().unwrap()]);
    is_sound(&desk);
    is_sound(&kept);
}
