//! Sixteen writers and four consoles on one desk: nothing fails, nothing is lost, and every console is right soon after.
//!
//! `HOLDLINE_STORM=60 cargo test --test cli storm` lets it blow for a minute, and then holds the consoles to half a second.

use std::process::Command;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use assert_cmd::cargo::cargo_bin;
use serde_json::Value;

use super::terminal::{LARGE, SMALL, Terminal};
use crate::shop::Shop;

const WRITERS: usize = 16;
/// How long it blows without being asked to.
const BRIEF: Duration = Duration::from_secs(4);
/// Units of the pack that everybody takes from.
const UNITS: usize = 10;

/// What was acknowledged.
#[derive(Default)]
struct Told {
    numbers: Vec<u32>,
    accepted: usize,
    counted: u32,
    notes: Vec<String>,
    customers: usize,
    commands: usize,
    slowest: Duration,
}

/// A process of the program in a shop.
struct Writer {
    environment: Vec<(&'static str, std::ffi::OsString)>,
    agent: String,
}

impl Writer {
    fn new(shop: &Shop, n: usize) -> Self {
        Self {
            environment: shop.environment().into(),
            agent: format!("agent{n}"),
        }
    }

    /// Runs the program, which does it, or says with exit 4 that somebody else was faster.
    fn run(&self, args: &[&str], told: &Mutex<Told>) -> Option<String> {
        let since = Instant::now();
        let output = Command::new(cargo_bin("holdline"))
            .env_clear()
            .envs(self.environment.iter().cloned())
            .env("HOLDLINE_AGENT", &self.agent)
            .args(args)
            .output()
            .unwrap();
        let mut told = told.lock().unwrap();
        told.commands += 1;
        told.slowest = told.slowest.max(since.elapsed());
        match output.status.code() {
            Some(0) => Some(String::from_utf8(output.stdout).unwrap().trim().to_owned()),
            Some(4) => None,
            code => panic!(
                "{args:?}: {code:?}: {}",
                String::from_utf8_lossy(&output.stderr)
            ),
        }
    }

    fn log(&self, customer: &str, more: &[&str], told: &Mutex<Told>) -> String {
        let args = ["log", "--customer", customer, "--summary", "One of many"];
        let number = self.run(&[&args, more].concat(), told).unwrap();
        let sequence = number[..5].parse().unwrap();
        told.lock().unwrap().numbers.push(sequence);
        number
    }

    /// One more, if nobody else counts at the same moment: read, then written on the condition that nothing changed.
    fn count(&self, counter: &str, told: &Mutex<Told>) {
        let shown = self.run(&["show", counter, "--json"], told).unwrap();
        let shown: Value = serde_json::from_str(&shown).unwrap();
        let summary = shown["summary"].as_str().unwrap();
        let count: u32 = summary.rsplit(' ').next().unwrap().parse().unwrap();
        let next = format!("Counted up to {}", count + 1);
        let revision = shown["revision"].to_string();
        let edit = [
            "edit",
            counter,
            "--summary",
            &next,
            "--if-revision",
            &revision,
        ];
        if self.run(&edit, told).is_some() {
            told.lock().unwrap().counted += 1;
        }
    }

    fn write(&self, turn: usize, shared: &str, counter: &str, told: &Mutex<Told>) {
        match turn % 7 {
            0 => drop(self.log("Blue Fern", &["--severity", "low"], told)),
            1 => {
                let text = format!("{} was here for the {turn}. time", self.agent);
                self.run(&["note", shared, &text], told);
                told.lock().unwrap().notes.push(text);
            }
            2 | 5 => self.count(counter, told),
            3 => {
                let number = self.log("Grey Heron", &[], told);
                self.run(&["accept", &number], told);
                told.lock().unwrap().accepted += 1;
            }
            4 => {
                let own = self.log("Blue Fern", &["--severity", "high"], told);
                self.run(&["wait", &own, "Which version?"], told);
                self.run(&["resume", &own], told);
                self.run(&["call", "log", shared, "--in", "--minutes", "1"], told);
            }
            _ => {
                let name = format!("Customer {} {turn}", self.agent);
                self.run(&["customer", "add", &name], told);
                told.lock().unwrap().customers += 1;
            }
        }
    }
}

#[test]
fn sixteen_writers_and_four_consoles() {
    let asked = std::env::var("HOLDLINE_STORM").ok();
    let long = asked.map(|seconds| Duration::from_secs(seconds.parse().unwrap()));
    let shop = Shop::new(&["severity", "season-ticket"]);
    shop.customer("Blue Fern");
    shop.ok(["customer", "add", "Grey Heron", "--policy", "season-ticket"]);
    shop.entitle("Grey Heron", "pack --method cash --reference R-1");
    for n in 0..WRITERS {
        shop.ok(["agent", "add", &format!("agent{n}")]);
    }
    let shared = shop.log("Blue Fern", &["--severity", "low"]);
    let counter = shop.log("Blue Fern", &["--severity", "low"]);
    shop.ok(["edit", &counter, "--summary", "Counted up to 0"]);
    let mut consoles: Vec<Terminal> = [SMALL, LARGE, LARGE, LARGE]
        .into_iter()
        .enumerate()
        .map(|(n, size)| {
            shop.agent(&format!("agent{n}"));
            Terminal::open(&shop, size)
        })
        .collect();
    shop.agent("mira").at("2026-11-23T21:05:00Z");
    let told = Mutex::new(Told::default());
    let until = Instant::now() + long.unwrap_or(BRIEF);
    std::thread::scope(|scope| {
        for n in 0..WRITERS {
            let writer = Writer::new(&shop, n);
            let (told, shared, counter) = (&told, &shared, &counter);
            scope.spawn(move || {
                let mut turn = n;
                while Instant::now() < until {
                    writer.write(turn, shared, counter, told);
                    turn += 1;
                }
            });
        }
        // Those who look move about meanwhile.
        while Instant::now() < until {
            for console in &mut consoles {
                console.press("j");
            }
            std::thread::sleep(Duration::from_millis(100));
        }
    });
    let told = told.into_inner().unwrap();
    println!(
        "{} commands, the slowest took {:?}",
        told.commands, told.slowest
    );
    assert!(told.commands > WRITERS, "hardly anything was done");

    // Every console is right soon after the last change.
    let open = shop
        .json(["list", "--limit", "100000"])
        .as_array()
        .unwrap()
        .len();
    shop.log("Blue Fern", &["--severity", "low"]);
    let since = Instant::now();
    let count = format!("All open {}", open + 1);
    for console in &consoles {
        console.shows(&count);
    }
    if long.is_some() {
        assert!(
            since.elapsed() < Duration::from_millis(500),
            "{:?}",
            since.elapsed()
        );
    }

    // No number twice, none left out.
    let mut numbers = told.numbers;
    numbers.sort_unstable();
    let first = 10_003;
    let wanted: Vec<u32> = (first..first + numbers.len() as u32).collect();
    assert_eq!(numbers, wanted);
    // Every note once.
    let timeline = shop.json(["show", &shared])["timeline"].clone();
    for note in &told.notes {
        let found = timeline.as_array().unwrap().iter();
        let found = found
            .filter(|entry| {
                entry["text"]
                    .as_str()
                    .is_some_and(|text| text.ends_with(note))
            })
            .count();
        assert_eq!(found, 1, "{note}");
    }
    // Nobody's count was overwritten.
    let counted = shop.json(["show", &counter])["summary"].clone();
    assert_eq!(counted, format!("Counted up to {}", told.counted));
    // No unit was spent twice, none was left while somebody had to wait for payment.
    let state = |state: &str| {
        let query = format!("policy:season-ticket state:{state}");
        shop.json(["list", &query, "--limit", "100000"])
            .as_array()
            .unwrap()
            .len()
    };
    let (paid, unpaid) = (state("open"), state("awaiting-payment"));
    assert_eq!(paid, told.accepted.min(UNITS));
    assert_eq!(paid + unpaid, told.accepted);
    let customers = shop
        .json(["customer", "list", "--limit", "100000"])
        .as_array()
        .unwrap()
        .len();
    assert_eq!(customers, 2 + told.customers);
    shop.ok(["desk", "check"]);
}

#[test]
fn twelve_programs_make_one_desk_at_once() {
    let shop = Shop::empty();
    let start = |args: &[&str]| {
        Command::new(cargo_bin("holdline"))
            .env_clear()
            .envs(shop.environment())
            .args(args)
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap()
    };
    let makers: Vec<_> = (0..12)
        .map(|_| start(&["init", "--policy", "severity"]))
        .collect();
    let made = makers.into_iter().map(|it| it.wait_with_output().unwrap());
    let (made, late): (Vec<_>, Vec<_>) = made.partition(|it| it.status.success());
    assert_eq!(made.len(), 1, "{made:?}");
    for late in late {
        let said = String::from_utf8(late.stderr).unwrap();
        assert_eq!(late.status.code(), Some(5), "{said}");
        assert!(said.contains("exists already"), "{said}");
    }
    // Then they all use it at once for the first time, and what is alive beside it.
    let users: Vec<_> = (0..12)
        .map(|n| match n % 2 {
            0 => start(&["customer", "add", &format!("Customer {n}")]),
            _ => start(&["ring", "--from", &format!("+1 555 01{n:02}")]),
        })
        .collect();
    for user in users {
        let ran = user.wait_with_output().unwrap();
        assert!(
            ran.status.success(),
            "{}",
            String::from_utf8_lossy(&ran.stderr)
        );
    }
    assert_eq!(shop.json(["customer", "list"]).as_array().unwrap().len(), 6);
    shop.ok(["desk", "check"]);
    let left = std::fs::read_dir(shop.path(".")).unwrap();
    let left = left.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let left: Vec<_> = left.filter(|name| name.contains("new")).collect();
    assert!(left.is_empty(), "{left:?}");
}

/// The same form, sent by eight processes at the same moment: one is logged, and all are told its number.
#[test]
fn a_form_that_is_sent_by_many_at_once_counts_once() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    let log = "log --customer Blue\u{a0}Fern --summary Once --severity low --once form-7";
    let senders: Vec<_> = (0..8)
        .map(|_| {
            Command::new(cargo_bin("holdline"))
                .env_clear()
                .envs(shop.environment())
                .args(log.split(' ').map(|word| word.replace('\u{a0}', " ")))
                .stdout(std::process::Stdio::piped())
                .stderr(std::process::Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    for sender in senders {
        let ran = sender.wait_with_output().unwrap();
        assert!(
            ran.status.success(),
            "{}",
            String::from_utf8_lossy(&ran.stderr)
        );
        assert_eq!(String::from_utf8(ran.stdout).unwrap(), "10001-4\n");
    }
    assert_eq!(shop.json(["list"]).as_array().unwrap().len(), 1);
}
