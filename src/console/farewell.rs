//! Every sudden end of the program, by a signal, a hung-up line or a panic: the terminal is given back, then what was
//! typed is saved, then the program ends.

use super::terminal;
use std::panic;
use std::process;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, Once, PoisonError};
use std::thread;
use std::time::Duration;

/// What is still done before the end.
static LAST_WORDS: Mutex<Option<Box<dyn FnOnce() + Send>>> = Mutex::new(None);
static LEAVING: AtomicBool = AtomicBool::new(false);

/// How long the last words may take.
const PATIENCE: Duration = Duration::from_secs(2);
/// The exit code of a Rust program that panicked.
const PANICKED: i32 = 101;

/// Sets what a sudden end still does, such as saving drafts, in place of what was set before. It runs at most once, on
/// the thread that found the end, while the others still run: it must not wait for a lock that another thread may
/// hold. After two seconds the program ends without it.
pub fn set_last_words(words: impl FnOnce() + Send + 'static) {
    *LAST_WORDS.lock().unwrap_or_else(PoisonError::into_inner) = Some(Box::new(words));
}

/// Ends the program with `code`: restores the terminal, says the last words, exits. If it is ending already, the first
/// end decides.
pub fn farewell(code: i32) -> ! {
    terminal::restore();
    if LEAVING.swap(true, Ordering::SeqCst) {
        loop {
            thread::park();
        }
    }
    let _ = thread::Builder::new()
        .name("farewell".into())
        .spawn(move || {
            thread::sleep(PATIENCE);
            process::exit(code);
        });
    let words = LAST_WORDS
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .take();
    if let Some(words) = words {
        words();
    }
    process::exit(code)
}

/// Makes a panic on any thread a farewell: its message comes out on the restored terminal. A console whose thread has
/// died would look alive and be deaf.
pub fn install_panic_hook() {
    static INSTALLED: Once = Once::new();
    INSTALLED.call_once(|| {
        let print = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            terminal::restore();
            print(info);
            farewell(PANICKED)
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::{Command, Output};

    /// Runs one of the ends below in a process of its own.
    fn run(end: &str) -> Output {
        let test = format!("{}::{end}", module_path!().trim_start_matches("holdline::"));
        let program = std::env::current_exe().unwrap();
        Command::new(program)
            .args(["--ignored", "--exact", "--nocapture", &test])
            .output()
            .unwrap()
    }

    fn saved(output: &Output) -> usize {
        String::from_utf8_lossy(&output.stdout)
            .matches("draft saved")
            .count()
    }

    #[test]
    fn the_last_words_are_said_once_and_the_first_code_counts() {
        let output = run("two_ends_at_once");
        assert_eq!((output.status.code(), saved(&output)), (Some(143), 1));
    }

    #[test]
    fn a_panic_on_any_thread_ends_the_program_with_its_message() {
        let output = run("a_panic_on_a_thread");
        assert_eq!((output.status.code(), saved(&output)), (Some(PANICKED), 1));
        assert!(String::from_utf8_lossy(&output.stderr).contains("out of luck"));
    }

    #[test]
    #[ignore = "ends the process: run in one of its own by the tests above"]
    fn two_ends_at_once() {
        set_last_words(|| {
            thread::spawn(|| farewell(129));
            thread::sleep(Duration::from_millis(50));
            println!("draft saved");
        });
        farewell(143)
    }

    #[test]
    #[ignore = "ends the process: run in one of its own by the tests above"]
    fn a_panic_on_a_thread() {
        install_panic_hook();
        set_last_words(|| println!("draft saved"));
        let end = thread::spawn(|| panic!("out of luck")).join();
        panic!("a panic was survived: {}", end.is_err());
    }
}
