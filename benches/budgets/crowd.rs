//! Many programs that log at once.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use holdline::store::{Access, Desk};

use crate::desk::Sample;
use crate::library::logs;
use crate::table::Figures;
use crate::timing::Times;

const MANY: usize = 16;
/// So long they log.
const WHILE: Duration = Duration::from_secs(5);

/// What one of them says.
struct Said {
    logged: f64,
    p99: f64,
    longest: f64,
}

pub(crate) fn measure(sample: &Sample, figures: &mut Figures) {
    let alone = crowd(&sample.path, 1);
    let many = crowd(&sample.path, MANY);
    let rate =
        |said: &[Said]| said.iter().map(|said| said.logged).sum::<f64>() / WHILE.as_secs_f64();
    let (one, all) = (rate(&alone), rate(&many));
    let size = sample.size;
    figures.add(
        "16 programs that log at once, together",
        size,
        "/s",
        Some(one),
        all,
        "0.7x of one",
    );
    let worst = |of: fn(&Said) -> f64| many.iter().map(of).fold(0.0, f64::max);
    figures.add(
        "their worst p99",
        size,
        "ms",
        None,
        worst(|said| said.p99),
        "250 ms",
    );
    figures.add(
        "their longest wait",
        size,
        "ms",
        None,
        worst(|said| said.longest),
        "1 s",
    );
    let least = many.iter().map(|said| said.logged).fold(f64::MAX, f64::min);
    let fair = rate(&many) * WHILE.as_secs_f64() / MANY as f64;
    figures.add(
        "the least share of one, of its fair share",
        size,
        "%",
        None,
        100.0 * least / fair,
        "50 %",
    );
}

fn crowd(desk: &Path, many: usize) -> Vec<Said> {
    let start = |_| {
        Command::new(std::env::current_exe().unwrap())
            .arg("as-writer")
            .arg(desk)
            .arg(WHILE.as_secs().to_string())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let running: Vec<_> = (0..many).map(start).collect();
    let said = running.into_iter().map(|program| {
        let output = program.wait_with_output().unwrap();
        assert!(output.status.success());
        let text = String::from_utf8(output.stdout).unwrap();
        let numbers: Vec<f64> = text
            .split_whitespace()
            .map(|word| word.parse().unwrap())
            .collect();
        Said {
            logged: numbers[0],
            p99: numbers[1],
            longest: numbers[2],
        }
    });
    said.collect()
}

/// One of them: logs, and says how many it logged and how long that took.
pub(crate) fn write_for_a_while(desk: &str, seconds: &str) {
    let mut desk = Desk::open(Path::new(desk), Access::Write).unwrap();
    let mut log = logs(&mut desk);
    let (mut times, since) = (Vec::new(), Instant::now());
    while since.elapsed() < Duration::from_secs(seconds.parse().unwrap()) {
        let begun = Instant::now();
        log(&mut desk);
        times.push(begun.elapsed());
    }
    let (logged, times) = (times.len(), Times::new(times));
    let (p99, longest) = (times.within(99), times.within(100));
    println!("{logged} {p99} {longest}");
}

/// One who logs, and pauses after each.
pub(crate) fn write_now_and_then(desk: &str, times: u32, pause: Duration) {
    let mut desk = Desk::open(Path::new(desk), Access::Write).unwrap();
    let mut log = logs(&mut desk);
    for _ in 0..times {
        log(&mut desk);
        std::thread::sleep(pause);
    }
}
