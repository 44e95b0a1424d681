//! Bringing in a log of events.

use std::fmt::Write;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use chrono::{DateTime, TimeDelta, Utc};

use crate::table::Figures;
use crate::timing::once;

/// Cases of a log, each with [`ACTIVITIES`].
const CASES: [i64; 2] = [20_000, 200_000];
const ACTIVITIES: [&str; 5] = ["Arrived", "Looked at", "Answered", "Noted", "Done"];

const MAP: &str = r#"
case = "{case}"
activity = "{activity}"
agent = "Agent {agent}"
[at]
time = "{at}"
format = "%Y-%m-%d %H:%M:%S"
zone = "UTC"
[opens]
channel = "mail"
customer = "Customer {customer}"
summary = "Export stops at row {case}"
waive = "settled elsewhere"
[opens.severity]
of = "{activity}"
values = { "Arrived" = "normal" }
[activities."Arrived"]
note = "Arrived"
[activities."Looked at"]
assign = true
[activities."Answered"]
respond = { text = "Answered by {agent}", no_estimate = "not kept" }
[activities."Noted"]
note = "Noted by {agent}"
[activities."Done"]
resolve = { outcome = ["fixed", "satisfied", "solution"], detail = "Done" }
"#;

pub(crate) fn measure(figures: &mut Figures) {
    let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    for cases in CASES {
        let events = cases as usize * ACTIVITIES.len();
        let (seconds, peak) = of(folder.path(), cases);
        let (what, goal) = match events {
            1_000_000.. => ("importing a million events", "60 s"),
            _ => ("importing a hundred thousand events", ""),
        };
        figures.add(what, 0, "s", None, seconds, goal);
        figures.add(
            &format!("{what}: peak memory"),
            0,
            "MiB",
            None,
            peak,
            "flat",
        );
    }
}

/// Seconds, and the most memory in MiB.
fn of(folder: &Path, cases: i64) -> (f64, f64) {
    let path = |name: &str| folder.join(format!("{name}-{cases}"));
    let (log, map, desk) = (path("log.csv"), path("map.toml"), path("desk"));
    fs::write(&log, text(cases)).unwrap();
    fs::write(&map, MAP).unwrap();
    let holdline = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_holdline"));
        command
            .arg("--desk")
            .arg(&desk)
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    };
    let made = holdline().args(["init", "--policy", "severity"]).status();
    assert!(made.unwrap().success());
    let mut import = holdline();
    import
        .args(["import", "events"])
        .arg(&log)
        .arg("--map")
        .arg(&map);
    let (peak, seconds) = once(|| peak(import));
    (seconds, peak)
}

/// Runs a command to its end, and says how much memory it held at most.
fn peak(mut command: Command) -> f64 {
    let mut running = command.spawn().unwrap();
    let status = format!("/proc/{}/status", running.id());
    let mut most = 0.0_f64;
    loop {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.trim_end_matches("kB").trim().parse::<f64>().ok());
        most = most.max(kib.unwrap_or(0.0) / 1_024.0);
        if let Some(ended) = running.try_wait().unwrap() {
            assert!(ended.success());
            return most;
        }
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
}

/// The log, in no order of time.
fn text(cases: i64) -> String {
    let first: DateTime<Utc> = "2020-01-01T00:00:00Z".parse().unwrap();
    let mut text = "case,activity,agent,at,customer\n".to_owned();
    let events = cases * 5;
    for place in 0..events {
        // A step that has no divisor with the number of events meets each of them once.
        let event = place * 7_919 % events;
        let (case, step) = (event / 5, event % 5);
        let at = first + TimeDelta::minutes(case * 9 + step * (20 + case % 300));
        let at = at.format("%Y-%m-%d %H:%M:%S");
        let activity = ACTIVITIES[usize::try_from(step).unwrap()];
        let (agent, customer) = (case % 20, case % 5_000);
        writeln!(text, "C{case},{activity},{agent},{at},{customer}").unwrap();
    }
    text
}
