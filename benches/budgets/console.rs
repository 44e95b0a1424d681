//! The console, beside the smallest program of its kind.

use std::path::Path;

use crate::desk::Sample;
use crate::table::Figures;
use crate::terminal::Terminal;
use crate::timing::Times;

/// How often each is started.
const STARTS: usize = 10;
/// Keys of each kind.
const KEYS: usize = 40;
const IDLE: u64 = 10;
/// How often a key comes that is held down.
const HELD: u32 = 90;
/// Every screen: the reports count a month, and the queue is searched.
const ROUND: [&str; 9] = [
    "\x1b[15~", "\x1bOQ", "\x1bOR", "\x1bOS", "\x1b[17~", "\x1b[18~", "\x1bOP", "/", "screen\r",
];
/// Rows that are looked at after that.
const ROWS: u32 = 200;

/// What was measured of one of the two.
struct Measured {
    start: f64,
    moved: Moves,
    scrolled: Moves,
    idle: [f64; 3],
    held: (f64, f64),
    peak: f64,
    /// After a round through everything.
    after: f64,
}

struct Moves {
    times: Times,
    bytes: f64,
}

pub(crate) fn measure(sample: &Sample, figures: &mut Figures) {
    let home = tempfile::tempdir().unwrap();
    // The first console of a day has it made, beside what is measured.
    let backup = sample.holdline(["desk", "backup"]).status();
    assert!(backup.unwrap().success());
    let desk = sample.path.to_str().unwrap();
    let this = std::env::current_exe().unwrap();
    let floor = measured(&this, &["as-minimal"], home.path(), &["j", "k"], &[]);
    let console = Path::new(env!("CARGO_BIN_EXE_holdline"));
    let args = ["--desk", desk, "--agent", "mira"];
    let scrolls = ["j", "\t", "\r", "\u{1b}"];
    let ours = measured(console, &args, home.path(), &scrolls, &ROUND);
    let mut add = |what: &str, unit, floor, ours, goal| {
        figures.add(what, sample.size, unit, Some(floor), ours, goal);
    };
    add(
        "start to the first full queue",
        "ms",
        floor.start,
        ours.start,
        "4x",
    );
    for (kind, floor, ours) in [
        ("a moved cursor", &floor.moved, &ours.moved),
        (
            "a scrolled, another, an opened page",
            &floor.scrolled,
            &ours.scrolled,
        ),
    ] {
        for (percent, goal) in [(50, "2x"), (95, "3x")] {
            let what = format!("key to finished redraw, {kind}, p{percent}");
            let (floor, ours) = (floor.times.within(percent), ours.times.within(percent));
            add(&what, "ms", floor, ours, goal);
        }
        add(
            &format!("bytes to the terminal, {kind}"),
            "B",
            floor.bytes,
            ours.bytes,
            "2x",
        );
    }
    for (place, (what, unit, goal)) in [
        ("idle: bytes a second", "B/s", "60"),
        ("idle: processor", "%", "0.1 %"),
        ("idle: wake-ups a second", "/s", "5"),
    ]
    .into_iter()
    .enumerate()
    {
        add(what, unit, floor.idle[place], ours.idle[place], goal);
    }
    add(
        "peak memory of the console",
        "MiB",
        floor.peak,
        ours.peak,
        "24 MiB",
    );
    let after = "peak memory after reports, a search, every screen and 200 rows";
    add(after, "MiB", floor.after, ours.after, "24 MiB");
    let held = [floor.held, ours.held];
    let [bytes, rest] = [held.map(|(bytes, _)| bytes), held.map(|(_, rest)| rest)];
    add(
        "a key held down: bytes a press",
        "B",
        bytes[0],
        bytes[1],
        "2x",
    );
    add(
        "a key held down: until the screen rests",
        "ms",
        rest[0],
        rest[1],
        "100",
    );
}

fn measured(program: &Path, args: &[&str], home: &Path, more: &[&str], round: &[&str]) -> Measured {
    let start = |_| {
        let terminal = Terminal::of(program, args, home);
        terminal.shows_the_queue()
    };
    let start = Times::new((0..STARTS).map(start).collect()).within(50);
    let mut terminal = Terminal::of(program, args, home);
    terminal.shows_the_queue();
    let idle = terminal.idles(IDLE);
    let moved = press(&mut terminal, &["j", "k"]);
    let scrolled = press(&mut terminal, more);
    let peak = terminal.peak();
    let (bytes, rest) = terminal.holds("j", HELD);
    for key in round {
        terminal.press(key);
    }
    // A list may end before that.
    terminal.holds("j", ROWS);
    Measured {
        start,
        moved,
        scrolled,
        idle,
        held: (bytes, rest.as_secs_f64() * 1e3),
        peak,
        after: terminal.peak(),
    }
}

fn press(terminal: &mut Terminal, keys: &[&str]) -> Moves {
    let pressed: Vec<_> = (0..KEYS)
        .map(|turn| terminal.press(keys[turn % keys.len()]))
        .collect();
    let mut bytes: Vec<usize> = pressed.iter().map(|(_, bytes)| *bytes).collect();
    bytes.sort_unstable();
    Moves {
        times: Times::new(pressed.iter().map(|(time, _)| *time).collect()),
        bytes: bytes[bytes.len() / 2] as f64,
    }
}
