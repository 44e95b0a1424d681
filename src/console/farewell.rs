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
