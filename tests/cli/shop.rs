//! A shop to try commands in.

use std::cell::RefCell;
use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use assert_cmd::Command;
use holdline::policy::{example_settings, shipped};
use serde_json::Value;
use tempfile::TempDir;

/// A desk in a folder of its own, an agent, `mira`, and a clock that stands still until it is set.
pub struct Shop {
    folder: TempDir,
    now: RefCell<String>,
    agent: RefCell<String>,
}

/// What a run of the program gave.
#[derive(Debug)]
pub struct Ran {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Shop {
    /// A folder without a desk, on Monday 23 November 2026 at 13:00 in California, 21:00 UTC.
    pub fn empty() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            now: RefCell::new("2026-11-23T21:00:00Z".to_owned()),
            agent: RefCell::new("mira".to_owned()),
        }
    }

    /// A desk with these shipped policies, their settings as in their examples.
    pub fn new(policies: &[&str]) -> Self {
        let shop = Self::empty();
        let mut args = vec!["init".to_owned()];
        for name in policies {
            args.extend(["--policy".to_owned(), (*name).to_owned()]);
            for (key, value) in example_settings(shipped(name).unwrap()).unwrap() {
                args.extend(["--set".to_owned(), format!("{name}:{key}={value}")]);
            }
        }
        shop.ok(args);
        shop
    }

    /// Sets the clock, to an RFC 3339 instant.
    pub fn at(&self, now: &str) -> &Self {
        self.now.replace(now.to_owned());
        self
    }

    /// From now on this agent acts.
    pub fn agent(&self, agent: &str) -> &Self {
        self.agent.replace(agent.to_owned());
        self
    }

    /// The desk's file.
    pub fn desk(&self) -> PathBuf {
        self.path("desk.holdline")
    }

    /// A file in the shop's folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The program in the shop's folder and nothing else of this machine in its environment.
    pub fn command(&self) -> Command {
        let mut command = Command::cargo_bin("holdline").unwrap();
        command.env_clear().envs(self.environment());
        command.current_dir(self.folder.path());
        command
    }

    /// What the program has in its environment.
    pub fn environment(&self) -> [(&'static str, OsString); 5] {
        [
            ("HOLDLINE_NOW", self.now.borrow().as_str().into()),
            ("HOLDLINE_DESK", self.desk().into()),
            ("HOLDLINE_AGENT", self.agent.borrow().as_str().into()),
            ("HOME", self.folder.path().into()),
            ("TZ", "UTC".into()),
        ]
    }

    /// Runs the program.
    pub fn run<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Ran {
        let output = self.command().args(args).output().unwrap();
        Ran {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs the program with something on its standard input.
    pub fn run_with<S: AsRef<OsStr>>(&self, input: &str, args: impl IntoIterator<Item = S>) -> Ran {
        let output = self
            .command()
            .args(args)
            .write_stdin(input)
            .output()
            .unwrap();
        Ran {
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Runs the program, which must do what it is told, and gives its standard output without the last line's end.
    pub fn ok<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> String {
        let ran = self.run(args);
        assert_eq!(ran.code, 0, "{ran:#?}");
        ran.stdout.trim_end().to_owned()
    }

    /// As [`Shop::ok`] with `--json`.
    pub fn json<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> Value {
        let args = args.into_iter().map(|arg| arg.as_ref().to_owned());
        serde_json::from_str(&self.ok(args.chain(["--json".into()]))).unwrap()
    }

    /// Runs the program, which must end with `code`, say why on standard error, print nothing else and leave the desk
    /// as it was; gives what it said.
    pub fn fails<S: AsRef<OsStr>>(&self, code: i32, args: impl IntoIterator<Item = S>) -> String {
        let before = self.contents();
        let ran = self.run(args);
        assert_eq!(ran.code, code, "{ran:#?}");
        assert_eq!(ran.stdout, "", "{ran:#?}");
        assert!(!ran.stderr.trim().is_empty(), "{ran:#?}");
        assert_eq!(self.contents(), before, "the desk was changed: {ran:#?}");
        ran.stderr
    }

    /// Every entry of the desk's timeline, and every row that it made; none without a desk.
    fn contents(&self) -> Vec<String> {
        let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
        let Ok(desk) = rusqlite::Connection::open_with_flags(self.desk(), flags) else {
            return Vec::new();
        };
        let mut rows = Vec::new();
        for query in [
            "SELECT json_array(seq, hex(hash), words) FROM timeline ORDER BY seq",
            "SELECT json_array(number, body) FROM incident ORDER BY number",
            "SELECT json_array(id, name, contacts) FROM customer ORDER BY id",
            "SELECT json_array(id, state, incident, changed) FROM arrival ORDER BY id",
            "SELECT json_array(mail, n, hash) FROM attachment ORDER BY mail, n",
        ] {
            // What is no desk has no tables.
            let Ok(mut statement) = desk.prepare(query) else {
                continue;
            };
            let found = statement.query_map([], |row| row.get(0)).unwrap();
            rows.extend(found.map(Result::unwrap));
        }
        rows
    }

    /// Adds a customer and gives the name.
    pub fn customer<'n>(&self, name: &'n str) -> &'n str {
        self.ok(["customer", "add", name]);
        name
    }

    /// Gives a customer what these words say, the kind first, and says the entitlement's number.
    pub fn entitle(&self, customer: &str, what: &str) -> String {
        let add = ["entitlement", "add", "--customer", customer, "--kind"];
        let added = self.json(add.into_iter().chain(what.split(' ')));
        added["entitlement"].to_string()
    }

    /// Logs an incident of a customer, which must be there, and gives its Tech Reference number.
    pub fn log(&self, customer: &str, more: &[&str]) -> String {
        let args = [
            "log",
            "--customer",
            customer,
            "--summary",
            "It does not start",
        ];
        self.ok(args.iter().chain(more))
    }
}
