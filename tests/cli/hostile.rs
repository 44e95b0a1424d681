//! Texts that mean harm: from arguments, mail, a log, caller names and the environment. They are kept as they are,
//! and shown without acting on a terminal, a spreadsheet or a mail program.

use std::fs;

use crate::naughty::NAUGHTY;
use crate::shop::Shop;

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
