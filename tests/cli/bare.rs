//! The program without a desk.

use std::ffi::OsStr;

use crate::shop::{Ran, Shop};

/// Runs the program in an empty folder, no desk named and none there, with this on its standard input.
pub fn run<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>, input: impl Into<Vec<u8>>) -> Ran {
    run_at("2026-11-23T21:00:00Z", "UTC", args, input)
}

/// As [`run`], with the clock and the agent's zone set.
pub fn run_at<S: AsRef<OsStr>>(
    now: &str,
    zone: &str,
    args: impl IntoIterator<Item = S>,
    input: impl Into<Vec<u8>>,
) -> Ran {
    let shop = Shop::empty();
    let mut command = shop.command();
    let command = command.env_remove("HOLDLINE_DESK").env("TZ", zone);
    let command = command.env("HOLDLINE_NOW", now).args(args);
    let output = command.write_stdin(input).output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// What it prints, which must be all that there is.
pub fn ok<S: AsRef<OsStr>>(args: impl IntoIterator<Item = S>, input: impl Into<Vec<u8>>) -> String {
    let ran = run(args, input);
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{ran:#?}");
    ran.stdout
}

/// What it says on standard error, with this exit code and nothing on standard output.
pub fn fails<S: AsRef<OsStr>>(code: i32, args: impl IntoIterator<Item = S>) -> String {
    let ran = run(args, "");
    assert_eq!((ran.code, ran.stdout.as_str()), (code, ""), "{ran:#?}");
    ran.stderr
}
