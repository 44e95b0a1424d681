//! A shorter random walk through the program itself: whatever is typed, it ends with a code that is promised and words
//! that can be read, and the desk stays sound.

use fastrand::Rng;
use serde_json::Value;

use crate::shop::Shop;

/// What is typed after the program's name; `REF` stands for a number, `TEXT` for a text, `INSTANT` for an instant.
const TYPED: [&[&str]; 50] = [
    &[
        "log",
        "--customer",
        "C-0001",
        "--summary",
        "TEXT",
        "--severity",
        "high",
    ],
    &[
        "log",
        "--customer",
        "C-0001",
        "--summary",
        "TEXT",
        "--severity",
        "low",
        "--minutes",
        "7",
        "--answered",
        "--estimate",
        "+2d",
    ],
    &["log", "--customer", "C-0002", "--summary", "TEXT"],
    &[
        "log",
        "--customer",
        "C-0003",
        "--summary",
        "TEXT",
        "--minutes",
        "20",
    ],
    &[
        "log",
        "--customer",
        "C-0004",
        "--summary",
        "TEXT",
        "--detail",
        "TEXT",
        "--channel",
        "mail",
    ],
    &[
        "log",
        "--customer",
        "C-0005",
        "--summary",
        "TEXT",
        "--route",
        "matter=fault",
        "--changed",
        "TEXT",
    ],
    &["log", "--customer", "C-0006", "--summary", "TEXT"],
    &[
        "log",
        "--customer",
        "C-0001",
        "--summary",
        "TEXT",
        "--entitlement",
        "1",
        "--severity",
        "high",
    ],
    &["accept", "REF"],
    &["decline", "REF", "--reason", "TEXT"],
    &["pay", "REF", "--method", "online", "--reference", "TEXT"],
    &["pay", "REF", "--method", "cash", "--reference", "TEXT"],
    &[
        "pay",
        "REF",
        "--method",
        "visa",
        "--reference",
        "TEXT",
        "--amount",
        "23.75",
    ],
    &["waive", "REF", "--reason", "TEXT"],
    &["refund", "REF", "--reason", "TEXT"],
    &["assign", "REF", "mira"],
    &["assign", "REF", "TEXT"],
    &["respond", "REF", "TEXT", "--no-estimate", "TEXT"],
    &["respond", "REF", "TEXT", "--estimate", "INSTANT"],
    &["respond", "REF", "TEXT"],
    &["wait", "REF", "TEXT"],
    &["resume", "REF"],
    &[
        "call",
        "log",
        "REF",
        "--in",
        "--minutes",
        "5",
        "--note",
        "TEXT",
    ],
    &[
        "call",
        "log",
        "REF",
        "--out",
        "--answered",
        "--no-estimate",
        "TEXT",
    ],
    &["call", "log", "REF=3", "REF=4", "--in", "--conduct", "TEXT"],
    &["call", "log", "REF", "--attempt"],
    &["note", "REF", "TEXT", "--kind", "work"],
    &["note", "REF", "TEXT", "--at", "INSTANT"],
    &["severity", "REF", "urgent", "--agreed-with", "TEXT"],
    &["estimate", "REF", "INSTANT"],
    &["patched", "REF"],
    &[
        "escalate",
        "REF",
        "--ground",
        "not-understood",
        "--concern",
        "TEXT",
    ],
    &["escalation", "answer", "REF", "--level", "1", "TEXT"],
    &[
        "escalation",
        "withdraw",
        "REF",
        "--level",
        "1",
        "--reason",
        "TEXT",
    ],
    &[
        "resolve",
        "REF",
        "--outcome",
        "solution",
        "--detail",
        "TEXT",
    ],
    &["resolve", "REF", "--outcome", "fixed", "--at", "INSTANT"],
    &[
        "resolve",
        "REF",
        "--outcome",
        "bug-raised",
        "--reference",
        "TEXT",
        "--indication",
        "TEXT",
        "--critical",
    ],
    &["close", "REF", "--as", "withdrawn", "--detail", "TEXT"],
    &["reopen", "REF", "--recurring", "--reason", "TEXT"],
    &["given", "REF"],
    &["edit", "REF", "--summary", "TEXT", "--detail", "TEXT"],
    &["edit", "REF", "--product", "TEXT", "--changed", "TEXT"],
    &[
        "edit",
        "REF",
        "--severity",
        "low",
        "--agreed-with",
        "TEXT",
        "--office",
        "france",
    ],
    &["edit", "REF", "--customer", "C-0006", "--contact", ""],
    &["tick", "--yes"],
    &["show", "REF"],
    &["explain", "REF"],
    &["list", "is:any"],
    &["list", "TEXT"],
    &["customer", "show", "C-0002"],
];

const TEXTS: [&str; 8] = [
    "It stops at row 500",
    "  ",
    "-7",
    "Zażółć 🙂\nand another line",
    "'); DROP TABLE timeline; --",
    "\u{202e}backwards\u{1b}[31m",
    "=HYPERLINK(\"x\")",
    "is:missed \"open",
];

const INSTANTS: [&str; 7] = [
    "+2h",
    "-1h",
    "14:30",
    "mon 9:00",
    "2026-11-30T09:00:00Z",
    "yesterday-ish",
    "9999-99-99",
];

fn shop() -> Shop {
    let shop = Shop::new(&[
        "severity",
        "per-incident",
        "season-ticket",
        "escalation",
        "tech-reference",
    ]);
    let customers = [
        "severity",
        "per-incident",
        "season-ticket",
        "escalation",
        "tech-reference",
        "season-ticket",
    ];
    for (place, policy) in customers.iter().enumerate() {
        let name = format!("Customer {}", place + 1);
        let office: &[&str] = if *policy == "escalation" {
            &["--office", "uk"]
        } else {
            &[]
        };
        shop.ok(["customer", "add", &name, "--policy", policy]
            .iter()
            .chain(office));
    }
    shop.entitle("C-0006", "pack --count 2 --price 90.00");
    shop
}

#[test]
fn whatever_is_typed_ends_as_promised_and_the_desk_stays_sound() {
    let shop = shop();
    let mut rng = Rng::with_seed(11);
    let mut now: i64 = "2026-11-23T21:00:00Z"
        .parse::<chrono::DateTime<chrono::Utc>>()
        .unwrap()
        .timestamp();
    let mut numbers = vec![
        "10001-5".to_owned(),
        "99999-9".to_owned(),
        "10099-1".to_owned(),
        "x".to_owned(),
    ];
    let mut codes = [0; 5];
    for round in 0..360 {
        now += rng.i64(0..20_000);
        let instant = chrono::DateTime::from_timestamp(now, 0).unwrap();
        shop.at(&instant.to_rfc3339());
        let typed = TYPED[rng.usize(..TYPED.len())];
        let mut args: Vec<String> = typed
            .iter()
            .map(|word| {
                // Mostly one of the newest incidents.
                let newest = numbers.len().saturating_sub(12);
                let first = if rng.u8(..10) < 8 { newest } else { 0 };
                let number = &numbers[rng.usize(first..numbers.len())];
                match *word {
                    "TEXT" => TEXTS[rng.usize(..TEXTS.len())].to_owned(),
                    "INSTANT" => INSTANTS[rng.usize(..INSTANTS.len())].to_owned(),
                    word => word.replace("REF", number),
                }
            })
            .collect();
        let json = rng.bool();
        if json {
            args.push("--json".to_owned());
        }
        let ran = shop.run(&args);
        let code = usize::try_from(ran.code).unwrap();
        assert!(code < 4, "{args:?} {ran:#?}");
        codes[code] += 1;
        assert!(!ran.stderr.contains("panicked"), "{args:?} {ran:#?}");
        assert!(
            !ran.stdout.contains('\u{1b}') && !ran.stderr.contains('\u{1b}'),
            "{args:?} {ran:#?}"
        );
        if code == 0 && json {
            serde_json::from_str::<Value>(&ran.stdout)
                .unwrap_or_else(|_| panic!("{args:?} {ran:#?}"));
        }
        if code == 0 && typed[0] == "log" {
            let number = ran
                .stdout
                .split(['"', '\n'])
                .find(|word| word.contains('-'))
                .unwrap();
            numbers.push(number.to_owned());
        }
        // What the program itself refuses is one line, or the query with a mark under it.
        if code == 1 || code == 3 {
            assert_eq!(ran.stderr.lines().count(), 1, "{args:?} {ran:#?}");
            assert_eq!(ran.stdout, "", "{args:?} {ran:#?}");
        }
        if round % 60 == 59 {
            shop.ok(["desk", "check"]);
        }
    }
    assert!(codes[..4].iter().all(|code| *code > 8), "{codes:?}");
}
