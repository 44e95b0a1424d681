//! `holdline desk check`: a desk in order, and one that somebody damaged going around the program.

use rstest::rstest;
use rusqlite::Connection;
use sha2::{Digest, Sha256};

use crate::shop::Shop;

/// Incidents under three policies, with money, a pack's units, running clocks and a resolution by silence.
fn shop() -> Shop {
    let shop = Shop::new(&["severity", "season-ticket", "per-incident"]);
    shop.customer("Blue Fern");
    shop.ok(["customer", "add", "Grey Heron", "--policy", "season-ticket"]);
    shop.entitle("Grey Heron", "pack --method cash --reference R-1");
    let silent = shop.log("Blue Fern", &["--severity", "high"]);
    shop.ok(["wait", &silent, "Which version?"]);
    shop.log("Blue Fern", &["--severity", "low"]);
    let accepted = shop.log("Grey Heron", &[]);
    shop.ok(["accept", &accepted]);
    let paid = shop.log("Blue Fern", &["--policy", "per-incident"]);
    let pay = ["--method", "online", "--reference", "ORDER-1"];
    shop.ok(["pay", &paid].iter().chain(&pay));
    shop.ok(["respond", &paid, "Try the other cable"]);
    shop.at("2026-11-28T21:00:00Z");
    shop.ok(["tick"]);
    shop
}

fn sql(shop: &Shop) -> Connection {
    let connection = Connection::open(shop.desk()).unwrap();
    connection
        .execute_batch(
            "PRAGMA foreign_keys = OFF; DROP TRIGGER timeline_is_never_deleted;
             DROP TRIGGER timeline_is_never_changed",
        )
        .unwrap();
    connection
}

/// As [`sql`], where the triggers are gone already.
fn sql_again(shop: &Shop) -> Connection {
    Connection::open(shop.desk()).unwrap()
}

#[test]
fn a_desk_in_order_is_sound() {
    let shop = shop();
    let said = shop.ok(["desk", "check"]);
    assert!(
        said.contains(" entries, 4 incidents, 1 entitlements"),
        "{said}"
    );
    let found = shop.json(["desk", "check"]);
    assert_eq!(found["sound"], true);
    let entries: i64 = sql(&shop)
        .query_row("SELECT max(seq) FROM timeline", [], |row| row.get(0))
        .unwrap();
    assert_eq!(found["entries"], entries);
    let head = found["head"].as_str().unwrap();
    assert!(head.starts_with(&format!("{entries}:")), "{head}");
}

#[test]
fn an_empty_desk_and_a_sample_desk_are_sound() {
    let shop = Shop::new(&["escalation"]);
    shop.ok(["desk", "check"]);
    let shop = Shop::empty();
    shop.ok(["demo", "--incidents", "60"]);
    assert_eq!(shop.json(["desk", "check"])["incidents"], 60);
}

/// What is done to the desk, and the words of the fault that a check names.
#[rstest]
#[case::agent(
    "UPDATE timeline SET agent = 'eve' WHERE seq = 7",
    "entry 7 of the timeline (",
    "is not as it was written"
)]
#[case::instant(
    "UPDATE timeline SET at = at - 60 WHERE seq = 9",
    "entry 9 of the timeline",
    "is not as it was written"
)]
#[case::facts(
    "UPDATE timeline SET facts = replace(facts, '139.00', '1.39') WHERE kind = 'paid'",
    "(paid)",
    "is not as it was written"
)]
#[case::text(
    "UPDATE timeline SET words = replace(words, 'other cable', 'new cable') WHERE kind = 'responded'",
    "the text of entry",
    "(responded)"
)]
#[case::texts_gone(
    "UPDATE timeline SET words = NULL WHERE kind = 'waiting'",
    "the text of entry",
    "(waiting)"
)]
#[case::removed(
    "DELETE FROM timeline WHERE seq = 8",
    "entry 8 of the timeline is missing",
    "compare with a backup"
)]
#[case::the_first_removed(
    "DELETE FROM timeline WHERE seq = 1",
    "entry 1 of the timeline is missing",
    ""
)]
#[case::cut_off(
    "DELETE FROM timeline WHERE seq = (SELECT max(seq) FROM timeline)",
    "10001-4 is not what its timeline makes it",
    "has state resolved, the timeline makes it waiting"
)]
#[case::state_column(
    "UPDATE incident SET state = 'open' WHERE number = 10001",
    "10001-4",
    "has state open, the timeline makes it resolved"
)]
#[case::due_column(
    "UPDATE incident SET due_at = due_at + 3600 WHERE number = 10002",
    "10002-3",
    "has due_at"
)]
#[case::queue_key(
    "UPDATE incident SET queue_key = NULL WHERE number = 10002",
    "10002-3",
    "has queue_key nothing"
)]
#[case::summary_in_body(
    "UPDATE incident SET body = json_set(body, '$.summary', 'Another') WHERE number = 10002",
    "10002-3",
    "has summary Another, the timeline makes it It does not start"
)]
#[case::money_in_body(
    "UPDATE incident SET body = json_set(body, '$.charge.paid', 0) WHERE number = 10004",
    "10004-",
    "has charge {"
)]
#[case::unit_given_back(
    "UPDATE ledger SET change = 0",
    "the ledger of 10003-8",
    "change 0, the timeline makes it"
)]
#[case::unit_forgotten("DELETE FROM ledger", "the ledger of 10003-8", "the desk has nothing")]
#[case::unit_invented(
    "INSERT INTO ledger SELECT 5, 1, 10002, 'released', -1",
    "the ledger of 10002-3",
    "the timeline makes it nothing"
)]
#[case::pack_enlarged(
    "UPDATE entitlement SET granted = 99",
    "entitlement 1 is not what entry",
    "tells of it"
)]
#[case::pack_shrunk_to_nothing(
    "DELETE FROM entitlement",
    "refers to a row of entitlement",
    "ledger"
)]
#[case::free_pack("INSERT INTO entitlement SELECT 2, customer, kind, from_day, to_day, granted, price, reference, added_at
    FROM entitlement", "no entry of the timeline tells of entitlement 2", "")]
#[case::policy(
    "UPDATE policy SET text = replace(text, '4d', '40d') WHERE name = 'severity'",
    "policy severity, version 1 is not",
    ""
)]
#[case::incident_gone(
    "DELETE FROM incident WHERE number = 10002",
    "number 10002-3 has no incident",
    "no gaps"
)]
#[case::last_incident_gone(
    "DELETE FROM incident WHERE number = 10004",
    "is about 10004-",
    "which is not there"
)]
#[case::unsearchable(
    "DELETE FROM search WHERE rowid = 10003",
    "10003-8 is not in the search index",
    ""
)]
fn damage_is_named(#[case] damage: &str, #[case] what: &str, #[case] why: &str) {
    let shop = shop();
    shop.ok(["desk", "check"]);
    sql(&shop).execute_batch(damage).unwrap();
    let said = shop.fails(1, ["desk", "check"]);
    assert!(said.contains(what), "{said}");
    assert!(said.contains(why), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");
}

#[test]
fn an_erased_text_is_no_damage() {
    let shop = shop();
    let erase =
        "UPDATE timeline SET words = json_set(words, '$.text', null) WHERE kind = 'responded'";
    sql(&shop).execute_batch(erase).unwrap();
    // The chain bears it. By this way alone the search would still find the incident by what is gone.
    let said = shop.fails(1, ["desk", "check"]);
    assert!(
        said.contains("is not in the search index with its words as they are"),
        "{said}"
    );
    let found = "DELETE FROM search WHERE rowid = 10004;
        INSERT INTO search (rowid, words) VALUES (10004, '10004-6 Blue Fern It does not start ORDER-1')";
    sql_again(&shop).execute_batch(found).unwrap();
    shop.ok(["desk", "check"]);
}

#[test]
fn an_index_that_is_not_what_it_was_made_of_is_made_anew_by_compacting() {
    let shop = shop();
    let lost = "DELETE FROM search WHERE rowid = 10003; DELETE FROM caller WHERE rowid = 1;
        INSERT INTO search (rowid, words) VALUES (10009, 'nobody logged this')";
    sql(&shop).execute_batch(lost).unwrap();
    let said = shop.fails(1, ["desk", "check"]);
    assert!(
        said.contains("`holdline desk compact` makes the index anew"),
        "{said}"
    );
    shop.ok(["desk", "compact"]);
    shop.ok(["desk", "check"]);
}

#[test]
fn entries_cut_off_the_end_show_against_an_earlier_head() {
    let shop = shop();
    let early = shop.json(["desk", "check"])["head"].clone();
    let early = early.as_str().unwrap();
    shop.ok(["note", "10002-3", "One more"]);
    shop.ok(["desk", "check", "--head", early]);
    let late = shop.json(["desk", "check"])["head"].clone();
    let late = late.as_str().unwrap();
    // A note changes only what is kept of it, and by what it is found: cut off with that, nothing but the head tells.
    sql(&shop)
        .execute_batch(
            "DELETE FROM step WHERE seq = (SELECT max(seq) FROM timeline);
             DELETE FROM timeline WHERE seq = (SELECT max(seq) FROM timeline);
             UPDATE incident SET revision = revision - 1, body = json_set(body, '$.revision', revision - 1)
             WHERE number = 10002;
             DELETE FROM search WHERE rowid = 10002;
             INSERT INTO search (rowid, words) VALUES (10002, '10002-3 Blue Fern It does not start')",
        )
        .unwrap();
    shop.ok(["desk", "check"]);
    shop.ok(["desk", "check", "--head", early]);
    let said = shop.fails(1, ["desk", "check", "--head", late]);
    assert!(said.contains("entries were cut off"), "{said}");
    let said = shop.fails(2, ["desk", "check", "--head", "12:abc"]);
    assert!(said.contains("64 hexadecimal digits"), "{said}");
}

#[test]
fn a_damaged_page_is_found() {
    let shop = shop();
    let connection = sql(&shop);
    connection
        .pragma_update(None, "wal_checkpoint", "TRUNCATE")
        .unwrap();
    drop(connection);
    let mut file = std::fs::read(shop.desk()).unwrap();
    // A page in the middle of the file; each has 4096 bytes.
    let page = file.len() / 4_096 / 2 * 4_096;
    file[page..page + 200].fill(0xa5);
    std::fs::write(shop.desk(), file).unwrap();
    let ran = shop.run(["desk", "check"]);
    assert!([1, 5].contains(&ran.code), "{ran:?}");
    assert!(ran.stderr.contains("damaged"), "{ran:?}");
    assert_eq!(ran.stderr.lines().count(), 1, "{ran:?}");
}

/// Writes the chain anew, as somebody would who knows how it is made.
fn rechain(desk: &Connection) {
    let columns =
        "seq, coalesce(incident, 0), coalesce(customer, 0), at, recorded_at, agent, kind, facts,
        coalesce(digests, x'')";
    let mut statement = desk
        .prepare(&format!("SELECT {columns} FROM timeline ORDER BY seq"))
        .unwrap();
    let mut rows = statement.query([]).unwrap();
    let mut before = vec![0_u8; 32];
    while let Some(row) = rows.next().unwrap() {
        let mut hash = Sha256::new().chain_update([1]).chain_update(&before);
        for column in 0..5 {
            hash.update(row.get::<_, i64>(column).unwrap().to_be_bytes());
        }
        for column in 5..8 {
            let text: String = row.get(column).unwrap();
            hash.update((text.len() as u64).to_be_bytes());
            hash.update(text);
        }
        hash.update(row.get::<_, Vec<u8>>(8).unwrap());
        before = hash.finalize().to_vec();
        let seq: i64 = row.get(0).unwrap();
        desk.execute(
            "UPDATE timeline SET hash = ?2 WHERE seq = ?1",
            (seq, &before),
        )
        .unwrap();
    }
}

#[test]
fn a_deadline_that_no_rule_gives_shows_though_the_chain_was_written_anew() {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    let number = shop.log("Blue Fern", &["--severity", "high"]);
    shop.ok(["wait", &number, "Which version?"]);
    let desk = sql(&shop);
    desk.execute_batch(
        "UPDATE timeline SET facts = json_set(facts, '$.due_at', '2026-11-28T21:00:00Z')
         WHERE kind = 'clock-started' AND facts ->> 'clock' = 'silence';
         UPDATE incident SET silence_at = silence_at + 86400,
         body = replace(body, '2026-11-27T21:00:00Z', '2026-11-28T21:00:00Z');
         UPDATE counted SET last_at = last_at + 86400",
    )
    .unwrap();
    rechain(&desk);
    let said = shop.fails(1, ["desk", "check"]);
    assert!(
        said.contains("the silence clock of 10001-4 is due Sat 28 Nov 2026 21:00 UTC"),
        "{said}"
    );
    assert!(
        said.contains("its policy makes it Fri 27 Nov 2026 21:00 UTC"),
        "{said}"
    );
}

#[test]
fn a_verdict_that_the_due_instant_does_not_give_shows_though_the_chain_was_written_anew() {
    let shop = shop();
    let desk = sql(&shop);
    desk.execute_batch(
        "UPDATE timeline SET facts = json_set(facts, '$.ending', 'missed')
         WHERE kind = 'clock-stopped' AND incident = 10004;
         UPDATE incident SET body = replace(body, '\"met\"', '\"missed\"') WHERE number = 10004",
    )
    .unwrap();
    rechain(&desk);
    let said = shop.fails(1, ["desk", "check"]);
    assert!(said.contains("the response clock of 10004-"), "{said}");
    assert!(
        said.contains("with a verdict that its due instant does not give"),
        "{said}"
    );
}

/// Ties that do not hold together, though the chain was written anew: what is done to the entry of the tie, and to what
/// is kept of it.
#[rstest]
#[case::one_sided(
    "linked",
    "with",
    "linked[0]",
    10_003,
    "is linked with 10003-8, which knows nothing of it"
)]
#[case::to_none("linked", "with", "linked[0]", 10_099, "which is not there")]
#[case::never_known(
    "same-as",
    "fault",
    "same_as",
    10_003,
    "is the same as 10003-8, which was never marked as a known fault"
)]
#[case::itself("same-as", "fault", "same_as", 10_001, "leads round in a circle")]
fn a_tie_that_does_not_hold_is_named(
    #[case] kind: &str,
    #[case] fact: &str,
    #[case] kept: &str,
    #[case] other: u32,
    #[case] why: &str,
) {
    let shop = Shop::new(&["severity"]);
    shop.customer("Blue Fern");
    let [first, second, _] = [(); 3].map(|()| shop.log("Blue Fern", &["--severity", "low"]));
    shop.ok(["link", &first, &second]);
    shop.ok(["known", &second]);
    shop.ok(["known", &second, "--add", &first]);
    shop.ok(["known", &second, "--off"]);
    shop.ok(["desk", "check"]);
    let other = holdline::incident::TechRef::new(other).to_string();
    let desk = sql(&shop);
    desk.execute(
        &format!("UPDATE timeline SET facts = json_set(facts, '$.{fact}', ?1) WHERE kind = '{kind}' AND incident = 10001"),
        [&other],
    )
    .unwrap();
    desk.execute(
        &format!(
            "UPDATE incident SET body = json_set(body, '$.forks.{kept}', ?1) WHERE number = 10001"
        ),
        [&other],
    )
    .unwrap();
    rechain(&desk);
    let said = shop.fails(1, ["desk", "check"]);
    assert!(said.starts_with("holdline: 10001-4 is "), "{said}");
    assert!(said.contains(why), "{said}");
}
