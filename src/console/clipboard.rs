//! What is written to the terminal beside frames: the clipboard (OSC 52, or tmux's own way) the bell, and
//! notices of the terminal's own (OSC 9).

use std::io::{self, Write};
use std::process::{Command, Stdio};

use super::environment::Environment;

/// Puts `text` on the agent's own clipboard, also over ssh. In tmux through `load-buffer -w`, which its default settings
/// let pass, unlike OSC 52.
///
/// # Errors
/// When the terminal takes no more.
pub fn copy(text: &str, environment: &Environment) -> io::Result<()> {
    if environment.tmux && through_tmux(text).is_ok_and(|copied| copied) {
        return Ok(());
    }
    write(&format!("\x1b]52;c;{}\x07", base64(text.as_bytes())))
}

/// Rings the bell.
///
/// # Errors
/// When the terminal takes no more.
pub fn bell() -> io::Result<()> {
    write("\x07")
}

/// Lets the terminal give a notice of its own; one that knows none ignores it. tmux hands it on where its
/// `allow-passthrough` is on.
///
/// # Errors
/// When the terminal takes no more.
pub fn notify(text: &str, environment: &Environment) -> io::Result<()> {
    write(&notice(text, environment))
}

fn notice(text: &str, environment: &Environment) -> String {
    let notice = format!("\x1b]9;{text}\x1b\\");
    match environment.tmux {
        // What is handed on has each of its escapes twice.
        true => format!("\x1bPtmux;{}\x1b\\", notice.replace('\x1b', "\x1b\x1b")),
        false => notice,
    }
}

fn write(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

fn through_tmux(text: &str) -> io::Result<bool> {
    let mut tmux = Command::new("tmux")
        .args(["load-buffer", "-w", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    if let Some(mut input) = tmux.stdin.take() {
        input.write_all(text.as_bytes())?;
    }
    Ok(tmux.wait()?.success())
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let group = chunk
            .iter()
            .fold(0_u32, |group, byte| group << 8 | u32::from(*byte))
            << (8 * (3 - chunk.len()));
        for place in 0..4 {
            let letter = LETTERS
                .get((group >> (18 - 6 * place) & 63) as usize)
                .copied()
                .unwrap_or(b'=');
            text.push(if place <= chunk.len() {
                char::from(letter)
            } else {
                '='
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[test]
    fn tmux_hands_a_notice_on() {
        let here = Environment::default();
        assert_eq!(notice("late", &here), "\x1b]9;late\x1b\\");
        let tmux = Environment { tmux: true, ..here };
        assert_eq!(
            notice("late", &tmux),
            "\x1bPtmux;\x1b\x1b]9;late\x1b\x1b\\\x1b\\"
        );
    }

    #[rstest]
    #[case("", "")]
    #[case("f", "Zg==")]
    #[case("fo", "Zm8=")]
    #[case("foo", "Zm9v")]
    #[case("10001-4", "MTAwMDEtNA==")]
    fn a_clipboard_text_is_base64(#[case] text: &str, #[case] encoded: &str) {
        assert_eq!(base64(text.as_bytes()), encoded);
    }
}
