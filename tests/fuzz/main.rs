//! What comes from outside, damaged at random: every reader takes it or refuses it, and none ever panics.
//!
//! Each run has the same damage on every machine. `HOLDLINE_FUZZ=1000 cargo test --release --test fuzz` tries a thousand
//! times as much, `HOLDLINE_FUZZ_SEED=N` begins at another place; what fails names its seed.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod log;
mod mail;
mod naughty;
mod policy;
mod typed;

use naughty::NAUGHTY;

/// Says with which seed a reader panicked.
struct Seed(u64);

impl Drop for Seed {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("to see it again: HOLDLINE_FUZZ_SEED={}", self.0);
        }
    }
}

fn set(name: &str) -> Option<u64> {
    let value = std::env::var(name).ok()?;
    Some(
        value
            .parse()
            .unwrap_or_else(|_| panic!("{name} is no number")),
    )
}

/// Gives the reader `times` pieces of damage; more, where more is asked for.
fn tries(times: u64, read: impl Fn(&mut Damage)) {
    let first = set("HOLDLINE_FUZZ_SEED").unwrap_or(0);
    let times = times * set("HOLDLINE_FUZZ").unwrap_or(1);
    for seed in first..first + times {
        let named = Seed(seed);
        read(&mut Damage(fastrand::Rng::with_seed(seed)));
        drop(named);
    }
}

/// Damages texts, the same ones in the same way for the same seed.
struct Damage(fastrand::Rng);

impl Damage {
    /// A text with some of it cut off, put in, twice, or gone.
    fn bytes(&mut self, text: &[u8]) -> Vec<u8> {
        let mut bytes = text.to_vec();
        for _ in 0..self.0.usize(1..12) {
            let at = self.0.usize(0..=bytes.len());
            match self.0.u8(0..6) {
                0 => bytes.truncate(at),
                1 => bytes.insert(at, self.0.u8(..)),
                2 => {
                    let naughty = self.0.choice(NAUGHTY).unwrap().bytes();
                    drop(bytes.splice(at..at, naughty));
                }
                3 => {
                    let piece = bytes[at..self.end(&bytes, at)].to_vec();
                    drop(bytes.splice(at..at, piece));
                }
                4 => {
                    let piece = bytes[at..self.end(&bytes, at)].to_vec();
                    let to = self.0.usize(0..=bytes.len());
                    drop(bytes.splice(to..to, piece));
                }
                _ => {
                    let end = self.end(&bytes, at);
                    drop(bytes.drain(at..end));
                }
            }
        }
        bytes
    }

    /// The same, as text.
    fn text(&mut self, text: &str) -> String {
        String::from_utf8_lossy(&self.bytes(text.as_bytes())).into_owned()
    }

    /// A text that is whole, or one that means harm.
    fn choice<'a>(&mut self, of: &[&'a str]) -> &'a str {
        self.0.choice(of).unwrap()
    }

    fn end(&mut self, bytes: &[u8], at: usize) -> usize {
        (at + self.0.usize(0..40)).min(bytes.len())
    }
}
