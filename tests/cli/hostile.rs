//! Texts that mean harm: from arguments, mail, a log, caller names and the environment. They are kept as they are,
//! and shown without acting on a terminal, a spreadsheet or a mail program.

use std::fs;

use holdline::policy::{self, example_settings, shipped, shipped_names};
use holdline::{mail, when};

use crate::shop::Shop;

/// Each with something that a screen, a parser or a shell may take for an order.
const NAUGHTY: &[&str] = &[
    "\u{1b}[2J\u{1b}[31mred\u{1b}[0m",
    "\u{1b}]0;title\u{7}\u{1b}]52;c;cm0gLXJm\u{7}",
    "\u{1b}P$q\u{1b}\\ \u{9b}31m \u{9d}8;;http://x.example\u{9c}",
    "bell \u{7} back\u{8}\u{8}\u{8} return \rover \u{c} \u{b} \u{7f}",
    "evil\u{202e}cod.exe \u{2066}isolated\u{2069} \u{200f}",
    "zero\u{200b}width \u{feff}mark \u{2060} \u{ad}soft \u{e0041}tag",
    "Z\u{0351}\u{036b}\u{0343}a\u{0349}\u{034d}lgo \u{0301}alone",
    "=HYPERLINK(\"http://x.example\",\"click\")",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "+1+cmd|' /C calc'!A0",
    "x,\"y\"\";z",
    "'; DROP TABLE incident; --",
    "\" OR 1=1 -- %s %n %x {0} ${HOME} $(id) `id`",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "| **bold** | [link](http://x.example) # heading",
    "../../../etc/passwd\\..\\con.txt",
    "Ω≈ç√∫ 田中さん 👩‍👩‍👧‍👦 🏳️‍🌈 ﷽ ـ كشيدة",
    "null undefined NaN true 0x1F 1e309 -0",
    "a very long word: xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
    "two\nlines\r\nBcc: evil@x.example\n\n.\nQUIT",
];

/// Nothing that acts on a terminal or hides, but for the ends of lines.
fn is_harmless(output: &str) {
    let acts = output.chars().find(|c| {
        (c.is_control() && *c != '\n')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}' | '\u{ad}')
    });
    assert_eq!(acts, None, "{output:?}");
}

#[test]
fn what_agents_type_is_shown_defused_everywhere_and_kept_as_it_is() {
    let shop = Shop::new(&["severity"]);
    for (n, text) in NAUGHTY.iter().enumerate() {
        let name = format!("{text} {n}");
        let code = format!("N-{n}");
        let contact = format!("--contact={text}");
        shop.ok(["customer", "add", "--code", &code, &contact, "--", &name]);
        let number = shop.ok([
            "log",
            "--customer",
            &code,
            "--severity",
            "low",
            &format!("--summary={text}"),
            &format!("--detail={text}"),
            &format!("--product={text}"),
        ]);
        shop.ok(["note", &number, "--", text]);
        let shown = shop.json(["show", &number]);
        assert_eq!(shown["detail"], text.trim(), "it is not kept as it is");
        for output in [
            shop.ok(["show", &number]),
            shop.ok(["show", &number, "--json"]),
            shop.ok(["customer", "show", &code]),
            shop.ok(["customer", "show", &code, "--json"]),
            shop.ok(["explain", &number]),
            shop.ok(["mail", "list"]),
        ] {
            is_harmless(&output);
        }
        // What is refused is named as harmlessly.
        for args in [["show", text], ["list", text]] {
            let args = [args[0], "--", args[1]];
            let ran = shop.run(args);
            is_harmless(&ran.stderr);
            is_harmless(&ran.stdout);
        }
    }
    for command in [
        &["list", "--limit", "99"][..],
        &["handover"],
        &["report"],
        &["report", "--format", "md"],
        &["status"],
        &["call", "list"],
    ] {
        is_harmless(&shop.ok(command));
    }
    let html = shop.ok(["report", "--format", "html", "--by", "customer"]);
    assert!(
        !html.contains("<script>alert") && !html.contains("<img src=x"),
        "{html}"
    );
    shop.ok(["desk", "check"]);
}

#[test]
fn no_cell_is_one_that_a_spreadsheet_runs() {
    let shop = Shop::new(&["severity"]);
    for (n, text) in NAUGHTY.iter().enumerate() {
        let code = format!("N-{n}");
        shop.ok([
            "customer",
            "add",
            "--code",
            &code,
            "--",
            &format!("{text} {n}"),
        ]);
        shop.ok([
            "log",
            "--customer",
            &code,
            "--severity",
            "low",
            &format!("--summary={text}"),
        ]);
    }
    for command in [
        &["list", "--format", "csv", "--limit", "99"][..],
        &["report", "--format", "csv", "--by", "customer"],
        &["report", "counts", "--by", "customer", "--format", "csv"],
    ] {
        let written = shop.ok(command);
        let mut cells = csv::ReaderBuilder::new()
            .flexible(true)
            .has_headers(false)
            .from_reader(written.as_bytes());
        for record in cells.records() {
            for cell in &record.unwrap() {
                let number = cell
                    .trim_start_matches('-')
                    .chars()
                    .all(|c| c.is_ascii_digit() || c == '.');
                assert!(
                    number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
                    "{command:?}: {cell:?}"
                );
            }
        }
    }
}

#[test]
fn no_text_becomes_a_header_of_a_mail() {
    let shop = Shop::new(&["escalation"]);
    let add = [
        "customer",
        "add",
        "Blue Fern",
        "--office",
        "uk",
        "--mail",
        "ada@blue-fern.test",
    ];
    shop.ok(add);
    for text in NAUGHTY {
        let number = shop.ok([
            "log",
            "--customer",
            "Blue Fern",
            &format!("--summary={text}"),
            &format!("--detail={text}"),
            "--contact",
            "Ada",
        ]);
        let folder = shop.path("out");
        fs::create_dir_all(&folder).unwrap();
        shop.ok([
            "mail",
            "send",
            "--from",
            "help@shop.test",
            "--folder",
            folder.to_str().unwrap(),
        ]);
        assert!(
            fs::read_dir(&folder).unwrap().next().is_some(),
            "nothing was sent"
        );
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let eml = String::from_utf8(fs::read(&path).unwrap()).unwrap();
            let (head, _) = eml.split_once("\r\n\r\n").unwrap();
            let names: Vec<String> = head
                .split("\r\n")
                .filter(|line| !line.starts_with([' ', '\t']))
                .map(|line| line.split(':').next().unwrap().to_lowercase())
                .collect();
            let known = [
                "from",
                "to",
                "cc",
                "subject",
                "date",
                "message-id",
                "in-reply-to",
                "references",
                "mime-version",
                "content-type",
                "content-transfer-encoding",
            ];
            for name in &names {
                assert!(known.contains(&name.as_str()), "{number}: {head}");
            }
            assert!(head.is_ascii() && !head.contains('\u{1b}'), "{head:?}");
            assert!(
                !eml.replace("\r\n", "").contains(['\r', '\n']),
                "a bare end of a line: {eml:?}"
            );
            fs::remove_file(path).unwrap();
        }
    }
}

#[test]
fn mail_callers_and_the_environment_are_no_better_believed() {
    let shop = Shop::new(&["severity"]);
    for text in NAUGHTY {
        let one_line = text.replace(['\r', '\n'], " ");
        let mail = format!(
            "From: {one_line} <x@x.example>\nSubject: {one_line}\nMessage-ID: <{one_line}>\n\n{text}\n"
        );
        assert_eq!(shop.run_with(&mail, ["mail", "in"]).code, 0);
        shop.run(["ring", "--from", text, "--line", text]);
        for command in [
            ["mail", "quarantine", "list"].as_slice(),
            &["call", "list"],
            &["status"],
        ] {
            is_harmless(&shop.ok(command));
        }
        let mut as_agent = shop.command();
        let ran = as_agent
            .env("HOLDLINE_AGENT", text)
            .env("TZ", text)
            .args(["agent", "list"])
            .output()
            .unwrap();
        is_harmless(&String::from_utf8(ran.stdout).unwrap());
        is_harmless(&String::from_utf8(ran.stderr).unwrap());
    }
    let waiting = shop.json(["mail", "quarantine", "list"]);
    for mail in waiting.as_array().unwrap() {
        let id = mail["mail"].as_str().unwrap();
        is_harmless(&shop.ok(["mail", "quarantine", "show", id]));
    }
    shop.ok(["desk", "check"]);
}

/// The same pieces in the same order on every machine.
fn damaged(seed: u64, text: &[u8]) -> Vec<u8> {
    let mut random = fastrand::Rng::with_seed(seed);
    let mut bytes = text.to_vec();
    for _ in 0..random.usize(1..12) {
        let at = random.usize(0..bytes.len().max(1)).min(bytes.len());
        match random.u8(0..5) {
            0 => bytes.truncate(at),
            1 => bytes.insert(at, random.u8(..)),
            2 => {
                let naughty = random.choice(NAUGHTY).unwrap().bytes();
                drop(bytes.splice(at..at, naughty));
            }
            3 => {
                let end = (at + random.usize(0..40)).min(bytes.len());
                let piece = bytes[at..end].to_vec();
                drop(bytes.splice(at..at, piece));
            }
            _ => {
                let end = (at + random.usize(0..20)).min(bytes.len());
                drop(bytes.drain(at..end));
            }
        }
    }
    bytes
}

#[test]
fn damaged_policies_are_refused_or_read_and_never_end_the_program() {
    for name in shipped_names() {
        let text = shipped(name).unwrap();
        let settings = example_settings(text).unwrap();
        for seed in 0..60 {
            let bytes = damaged(seed, text.as_bytes());
            let text = String::from_utf8_lossy(&bytes);
            if let Err(error) = policy::load(&text, &settings) {
                assert!(!error.to_string().is_empty());
            }
        }
    }
}

#[test]
fn damaged_mail_is_always_read() {
    let whole = "Received: by shop.example; Mon, 23 Nov 2026 11:30:00 +0000\r\nFrom: =?utf-8?Q?Ada?= <ada@x.example>\r\n\
        To: a@b.example, c@d.example\r\nSubject: [10001-4] =?iso-8859-1?B?/GJlcg==?=\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: multipart/alternative; boundary=c\r\n\r\n\
        --c\r\nContent-Type: text/plain; charset=utf-16\r\nContent-Transfer-Encoding: base64\r\n\r\naGVsbG8=\r\n--c\r\n\
        Content-Type: text/html\r\n\r\n<p>hello</p>\r\n--c--\r\n--b\r\nContent-Disposition: attachment; filename*=utf-8''..%2Fx\r\n\r\nfile\r\n--b--\r\n";
    let now = "2026-11-23T12:00:00Z".parse().unwrap();
    for seed in 0..3_000 {
        let bytes = damaged(seed, whole.as_bytes());
        let read = mail::read(&bytes, now);
        assert!(!read.arrival.subject.is_empty() && !read.arrival.identity.is_empty());
        assert!(read.arrival.delivered_at <= now);
        for file in &read.files {
            assert!(
                !file.name.is_empty() && !file.name.contains(['/', '\\', '\0']),
                "{:?}",
                file.name
            );
        }
    }
}

#[test]
fn damaged_instants_and_queries_are_refused_or_read() {
    let now = "2026-11-23T12:00:00Z".parse().unwrap();
    let typed = [
        "2026-11-23T14:30:00-08:00",
        "mon 9:00",
        "+2h",
        "-3d",
        "14:30",
        "2026-02-29 25:61",
    ];
    let shop = Shop::new(&["severity"]);
    let queries = [
        "state:open is:missed customer:\"Blue Fern\" -severity:low due:<2h",
        "opened:>2026-11-01 level:>=2 (word -other",
    ];
    for seed in 0..400 {
        for text in typed {
            let bytes = damaged(seed, text.as_bytes());
            let text = String::from_utf8_lossy(&bytes);
            drop(when::instant(
                &text,
                now,
                chrono_tz::Tz::Europe__London,
                seed % 2 == 0,
            ));
        }
    }
    for seed in 0..24 {
        for query in queries {
            let bytes = damaged(seed, query.as_bytes());
            let query = String::from_utf8_lossy(&bytes).replace('\0', " ");
            let ran = shop.run(["list", "--", &query]);
            assert!([0, 2, 3].contains(&ran.code), "{query:?}: {ran:?}");
            is_harmless(&ran.stderr);
        }
    }
}

#[test]
fn damaged_logs_are_taken_whole_or_not_at_all() {
    let shop = Shop::new(&["season-ticket"]);
    let map = "case = '{case}'\nactivity = '{what}'\n[at]\ntime = '{when}'\nformat = '%Y-%m-%d %H:%M'\nzone = 'UTC'\n\
        [opens]\nchannel = 'mail'\ncustomer = '{who}'\nsummary = '{case} {text}'\naccept = true\nwaive = 'settled'\n\
        [activities.Opened]\nnote = 'Opened {text}'\n";
    let log = "case,what,when,who,text\n1,Opened,2026-11-20 10:00,Blue Fern,\"quoted, text\"\n\
        2,Opened,2026-11-20 11:00,Blue Fern,plain\n2,Opened,2026-11-20 12:00,Blue Fern,again\n";
    for seed in 0..40 {
        let (log, map) = match seed % 4 {
            0 => (log.as_bytes().to_vec(), damaged(seed, map.as_bytes())),
            _ => (damaged(seed, log.as_bytes()), map.as_bytes().to_vec()),
        };
        fs::write(shop.path("log.csv"), log).unwrap();
        fs::write(shop.path("map.toml"), map).unwrap();
        let before = shop.json(["desk", "info"])["head"].clone();
        let ran = shop.run(["import", "events", "log.csv", "--map", "map.toml"]);
        assert!([0, 1, 2].contains(&ran.code), "{ran:?}");
        is_harmless(&ran.stderr);
        is_harmless(&ran.stdout);
        assert!(
            ran.code == 0 || shop.json(["desk", "info"])["head"] == before,
            "{ran:?}"
        );
    }
    shop.ok(["desk", "check"]);
}
