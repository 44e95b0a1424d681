//! The figures of a sample desk, counted a second time in SQL from its timeline, which the program itself does not use
//! for them.

use std::collections::BTreeMap;

use rusqlite::{Connection, OpenFlags};
use serde_json::Value;

use super::{rows, sample};
use crate::shop::Shop;

/// What every count below begins with: the clocks that were started, with their ends; the days and open hours of the
/// policy `severity` (08:00 to 17:00 in Denver, in summer); how each incident ended.
const VIEWS: &str = "
CREATE TEMP VIEW started AS
  SELECT t.incident AS incident, t.seq AS seq, t.facts ->> '$.clock' AS clock, t.facts ->> '$.due_at' AS due,
         unixepoch(t.facts ->> '$.started_at') AS began,
         (SELECT e.seq FROM timeline e WHERE e.incident = t.incident AND e.seq > t.seq AND e.kind = 'clock-stopped'
          AND e.facts ->> '$.clock' = t.facts ->> '$.clock' ORDER BY e.seq LIMIT 1) AS stop
  FROM timeline t JOIN incident i ON i.number = t.incident WHERE t.kind = 'clock-started' AND i.state <> 'void';
CREATE TEMP VIEW moved_to AS
  SELECT incident, seq, facts ->> '$.clock' AS clock, unixepoch(facts ->> '$.due_at') AS due
  FROM timeline WHERE kind = 'clock-moved'
  UNION ALL SELECT incident, seq, clock, due_at FROM moved;
CREATE TEMP VIEW clock AS
  SELECT s.incident, s.clock AS kind, s.began, e.facts ->> '$.ending' AS ending, unixepoch(e.facts ->> '$.stopped_at') AS stopped,
         coalesce((SELECT m.due FROM moved_to m WHERE m.incident = s.incident AND m.clock = s.clock AND m.seq > s.seq
                   ORDER BY m.seq DESC LIMIT 1), unixepoch(s.due)) AS due
  FROM started s LEFT JOIN timeline e ON e.seq = s.stop;
CREATE TEMP VIEW opening AS
  WITH RECURSIVE day (at) AS (SELECT unixepoch('2026-05-01T00:00:00Z') UNION ALL
                              SELECT at + 86400 FROM day WHERE at < unixepoch('2026-07-01T00:00:00Z'))
  SELECT at + 14 * 3600 AS open, at + 23 * 3600 AS close FROM day
  WHERE strftime('%w', at, 'unixepoch') BETWEEN '1' AND '5'
    AND date(at, 'unixepoch') NOT IN ('2026-05-25', '2026-06-19');
CREATE TEMP VIEW ended AS
  SELECT t.incident, t.at, t.kind, t.facts ->> '$.outcome' AS outcome FROM timeline t
  JOIN incident i ON i.number = t.incident AND i.state <> 'void' WHERE t.kind IN ('resolved', 'closed');
CREATE TEMP VIEW response AS
  SELECT i.policy, i.number, c.began, c.stopped FROM clock c JOIN incident i ON i.number = c.incident
  WHERE c.kind = 'response' AND c.ending IN ('met', 'missed')
  UNION ALL
  SELECT i.policy, i.number, i.opened_at, min(t.at) FROM timeline t JOIN incident i ON i.number = t.incident
  WHERE i.policy IN ('season-ticket', 'tech-reference') AND i.state <> 'void'
    AND (t.kind IN ('responded', 'waiting', 'resolved', 'closed') OR t.facts ->> '$.way' = 'out') GROUP BY 2;
CREATE TEMP VIEW resolution AS
  SELECT i.policy, i.number, i.opened_at AS began, e.at AS stopped,
    (SELECT coalesce(sum((SELECT n.at FROM timeline n WHERE n.incident = w.incident AND n.seq > w.seq
        AND (n.kind IN ('responded', 'waiting', 'resumed', 'resolved', 'closed') OR n.facts ->> '$.way' = 'in')
        ORDER BY n.seq LIMIT 1) - w.at), 0) FROM timeline w WHERE w.incident = i.number AND w.kind = 'waiting') AS waited,
    (SELECT coalesce(sum(r.at - (SELECT max(b.at) FROM timeline b WHERE b.incident = r.incident AND b.seq < r.seq
        AND b.kind IN ('resolved', 'closed'))), 0) FROM timeline r
     WHERE r.incident = i.number AND r.kind = 'reopened') AS rested
  FROM incident i JOIN ended e ON e.incident = i.number
  WHERE i.state = 'resolved' AND e.outcome <> 'no-customer-reply'
    AND e.at = (SELECT max(last.at) FROM ended last WHERE last.incident = i.number)";

fn desk(shop: &Shop) -> Connection {
    let desk = Connection::open_with_flags(shop.desk(), OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
    // What the views do not know of must not be there.
    let odd = "SELECT count(*) FROM timeline WHERE kind IN ('undone', 'silence-withdrawn', 'unmerged', 'clock-resumed')";
    assert_eq!(desk.query_row(odd, [], |row| row.get(0)), Ok(0));
    desk.execute_batch(VIEWS).unwrap();
    desk
}

/// Labels and numbers of every row that SQL counts.
fn counted<const N: usize>(desk: &Connection, sql: &str) -> BTreeMap<(String, String), [i64; N]> {
    let mut statement = desk.prepare(sql).unwrap();
    let counted = statement.query_map([], |row| {
        let mut numbers = [0; N];
        for (place, number) in numbers.iter_mut().enumerate() {
            *number = row.get(place + 2)?;
        }
        Ok(((row.get(0)?, row.get(1)?), numbers))
    });
    counted.unwrap().map(Result::unwrap).collect()
}

/// The same of the report, without the rows of all together.
fn reported<const N: usize>(
    report: &Value,
    section: &str,
    keys: [&str; N],
) -> BTreeMap<(String, String), [i64; N]> {
    let label = |row: &Value, key: &str| row[key].as_str().unwrap_or_default().to_owned();
    rows(report, section)
        .iter()
        .filter(|row| row["of"] != "all")
        .map(|row| {
            let labels = (label(row, "of"), label(row, "which"));
            (labels, keys.map(|key| row[key].as_i64().unwrap()))
        })
        .collect()
}

const NOW: &str = "unixepoch('2026-06-24T16:10:00Z')";

#[test]
fn attainment_is_what_the_timeline_says() {
    let shop = sample();
    let before = shop.json(["report"]);
    shop.ok(["tick"]);
    assert_eq!(
        before,
        shop.json(["report"]),
        "silences count, written down or not"
    );
    let desk = desk(&shop);
    let targets = "CASE WHEN policy IN ('season-ticket', 'tech-reference') THEN 1 ELSE 0 END";
    let sql = |by: &str, where_: &str| {
        format!(
            "SELECT {by}, kind, sum(ending IS 'met'), sum(ending IS 'missed' OR ending IS NULL AND due < {NOW}),
                    sum(ending IS NULL AND due < {NOW}), sum(ending IS NULL AND due >= {NOW}), 0
             FROM clock JOIN incident i ON i.number = clock.incident
             WHERE kind <> 'silence' AND (ending IS NULL OR ending IN ('met', 'missed')) AND {where_} GROUP BY 1, 2"
        )
    };
    let keys = ["met", "missed", "missed_open", "running", "no_target"];
    let same = |by: &str, expression: &str, more: &[&str], from: &str| {
        let args = ["report", "--by", by, "--only", "attainment"];
        let report = shop.json(args.iter().chain(more));
        let began = format!("clock.began >= unixepoch('{from}')");
        let mut expected = counted::<5>(&desk, &sql(expression, &began));
        let none = format!(
            "SELECT {expression}, 'response', 0, 0, 0, 0, sum({targets}) FROM incident i
             WHERE state NOT IN ('void', 'merged') AND opened_at >= unixepoch('{from}') GROUP BY 1"
        );
        for (labels, [.., without]) in counted::<5>(&desk, &none) {
            if without > 0 {
                expected.entry(labels).or_default()[4] = without;
            }
        }
        assert!(expected.len() > 4, "{expected:?}");
        assert_eq!(reported(&report, "attainment", keys), expected, "by {by}");
    };
    let ever = "2000-01-01";
    same("policy", "i.policy", &[], ever);
    same("severity", "coalesce(i.severity, '-')", &[], ever);
    same("agent", "coalesce(i.assignee, '-')", &[], ever);
    let june = ["--from", "2026-06-15"];
    same("policy", "i.policy", &june, "2026-06-15");
    let customer = "(SELECT name || ' (' || code || ')' FROM customer WHERE id = i.customer)";
    same("customer", customer, &june, "2026-06-15");
}

#[test]
fn weeks_are_those_of_the_calendar() {
    let shop = sample();
    let desk = desk(&shop);
    // Weeks of 2026 begin on Mondays from 29 December 2025.
    let sql = "SELECT printf('2026-W%02d', (clock.began - unixepoch('2025-12-29')) / 604800 + 1), kind, count(*)
               FROM clock WHERE kind <> 'silence' AND ending IN ('met', 'missed') GROUP BY 1, 2";
    let report = shop.json(["report", "--by", "week"]);
    let verdicts = reported(&report, "attainment", ["met", "missed", "missed_open"]);
    let verdicts = verdicts.into_iter();
    let verdicts: BTreeMap<_, _> = verdicts
        .map(|(labels, [met, missed, open])| (labels, [met + missed - open]))
        .filter(|(_, [all])| *all > 0)
        .collect();
    assert_eq!(verdicts, counted::<1>(&desk, sql));
}

#[test]
fn times_are_percentiles_of_what_the_timeline_says() {
    let shop = sample();
    shop.ok(["tick"]);
    let desk = desk(&shop);
    let open = |from: &str, to: &str| {
        format!(
            "(SELECT coalesce(sum(max(0, min(close, {to}) - max(open, {from}))), 0) FROM opening)"
        )
    };
    let open = open("began", "stopped");
    let percentiles = |view: &str, seconds: &str, words: &str, only: &str| {
        format!(
            "WITH took AS (SELECT policy, ({seconds} + 59) / 60 AS minutes FROM {view} WHERE {only}),
             ranked AS (SELECT policy, minutes, row_number() OVER (PARTITION BY policy ORDER BY minutes) AS rank,
                               count(*) OVER (PARTITION BY policy) AS number FROM took)
             SELECT policy, '{words}', number, max(minutes) FILTER (WHERE rank = (number * 50 + 99) / 100),
                    max(minutes) FILTER (WHERE rank = (number * 90 + 99) / 100),
                    max(minutes) FILTER (WHERE rank = (number * 99 + 99) / 100)
             FROM ranked GROUP BY 1"
        )
    };
    let report = shop.json(["report"]);
    let found = reported(&report, "times", ["count", "p50", "p90", "p99"]);
    let elapsed = "stopped - began";
    let own = "stopped - began - waited - rested";
    let mut expected = BTreeMap::new();
    for (view, seconds, words, only) in [
        ("response", elapsed, "response", "1"),
        ("resolution", elapsed, "resolution", "1"),
        ("resolution", own, "resolution, own", "1"),
        ("response", &open, "response, open", "policy = 'severity'"),
        (
            "resolution",
            &open,
            "resolution, open",
            "policy = 'severity'",
        ),
    ] {
        expected.extend(counted::<4>(
            &desk,
            &percentiles(view, seconds, words, only),
        ));
    }
    assert_eq!(expected.len(), 17);
    for (labels, numbers) in &expected {
        assert_eq!(found.get(labels), Some(numbers), "{labels:?}");
    }
}

#[test]
fn outcomes_escalations_and_promises_are_what_the_timeline_says() {
    let shop = sample();
    shop.ok(["tick"]);
    let desk = desk(&shop);
    let report = shop.json(["report"]);
    let ends = "
        SELECT i.policy, iif(e.kind = 'resolved', 'resolved: ', 'closed without resolution: ') || e.outcome, count(*)
        FROM ended e JOIN incident i ON i.number = e.incident GROUP BY 1, 2
        UNION ALL SELECT i.policy, 'declined', count(*) FROM timeline t JOIN incident i ON i.number = t.incident
        WHERE t.kind = 'declined' AND i.state <> 'void' GROUP BY 1
        UNION ALL SELECT '-', 'call without an incident: ' || (facts ->> '$.cause'), count(*) FROM timeline
        WHERE kind = 'no-incident' GROUP BY 2";
    let ends = counted::<1>(&desk, ends);
    assert!(ends.keys().any(|(of, _)| of == "-"), "{ends:?}");
    assert_eq!(reported(&report, "outcomes", ["count"]), ends);
    let ladder = "
        SELECT i.policy, 'level ' || (t.facts ->> '$.level'), sum(t.kind = 'escalated'),
               sum(t.kind = 'escalation-answered'), sum(t.kind = 'escalation-withdrawn')
        FROM timeline t JOIN incident i ON i.number = t.incident AND i.state <> 'void'
        WHERE t.kind IN ('escalated', 'escalation-answered', 'escalation-withdrawn') GROUP BY 1, 2";
    let keys = ["made", "answered", "taken_back"];
    assert_eq!(
        reported(&report, "escalations", keys),
        counted::<3>(&desk, ladder)
    );
    let promises = format!(
        "SELECT i.policy, kind, count(*), sum(ending IS 'met'), sum(ending IS 'missed' OR ending IS NULL AND due < {NOW}),
                sum(ending IS NULL AND due >= {NOW}), sum(ending IS 'replaced'), sum(ending IS 'cancelled')
         FROM clock JOIN incident i ON i.number = clock.incident
         WHERE kind IN ('estimate', 'appointment') GROUP BY 1, 2"
    );
    let keys = ["made", "kept", "broken", "open", "replaced", "called_off"];
    assert_eq!(
        reported(&report, "promises", keys),
        counted::<6>(&desk, &promises)
    );
}

#[test]
fn calls_and_first_calls_are_what_the_timeline_says() {
    let shop = sample();
    let desk = desk(&shop);
    let report = shop.json(["report"]);
    let calls = "
        WITH call AS (
          SELECT t.at, coalesce(t.facts ->> '$.way', 'in') AS way FROM timeline t
          JOIN incident i ON i.number = t.incident AND i.state <> 'void'
          WHERE t.kind IN ('opened', 'contacted') AND t.facts ->> '$.channel' = 'phone'
          UNION ALL SELECT at, 'none' FROM timeline WHERE kind = 'no-incident')
        SELECT strftime('%H:00', at, 'unixepoch'), '', sum(way = 'in'), sum(way = 'out'), sum(way = 'attempt'),
               sum(way = 'none'), count(*) FROM call GROUP BY 1";
    let keys = ["incoming", "outgoing", "attempts", "no_incident", "all"];
    assert_eq!(reported(&report, "calls", keys), counted::<5>(&desk, calls));
    let first = "
        WITH by_phone AS (
          SELECT r.policy, r.number, o.at AS began, (SELECT sum(coalesce(t.facts ->> '$.call_seconds', 0)
             + coalesce(t.facts ->> '$.seconds', 0)) FROM timeline t WHERE t.incident = r.number
             AND t.kind IN ('opened', 'contacted', 'call-ended')) AS length
          FROM resolution r JOIN timeline o ON o.incident = r.number AND o.kind = 'opened'
          WHERE o.facts ->> '$.channel' = 'phone'),
        again AS (SELECT b.number FROM by_phone b JOIN timeline t ON t.incident = b.number
          WHERE t.kind = 'reopened' OR t.kind = 'contacted' AND t.facts ->> '$.way' <> 'attempt'
             OR t.kind IN ('responded', 'waiting') AND t.at > b.began + b.length)
        SELECT policy, '', count(*), sum(number NOT IN (SELECT number FROM again)) FROM by_phone GROUP BY 1";
    let first = counted::<2>(&desk, first);
    assert!(
        first.values().any(|[all, first]| 0 < *first && first < all),
        "{first:?}"
    );
    assert_eq!(
        reported(&report, "first_call", ["resolved", "on_first_call"]),
        first
    );
}

#[test]
fn money_and_what_runs_out_is_what_the_ledger_says() {
    let shop = sample();
    let desk = desk(&shop);
    let report = shop.json(["report"]);
    // Every price of the sample has two digits after the point.
    let minor = |amount: &str| {
        format!("CAST(round(100 * substr({amount}, 1, instr({amount}, ' '))) AS INTEGER)")
    };
    let (amount, price, back) = (
        minor("t.facts ->> '$.amount'"),
        minor("t.facts ->> '$.price'"),
        minor("t.facts ->> '$.refunded'"),
    );
    let money = format!(
        "WITH moved AS (
          SELECT i.policy, substr(t.facts ->> '$.amount', -3) AS currency, t.kind, {amount} AS minor
          FROM timeline t JOIN incident i ON i.number = t.incident WHERE t.kind IN ('paid', 'refunded', 'waived')
          UNION ALL
          SELECT c.policy, substr(t.facts ->> '$.price', -3), 'sold', {price}
          FROM timeline t JOIN customer c ON c.id = t.customer
          WHERE t.kind = 'entitlement-added' AND t.facts ->> '$.price' IS NOT NULL
          UNION ALL
          SELECT c.policy, substr(t.facts ->> '$.refunded', -3), 'refunded', {back}
          FROM timeline t JOIN customer c ON c.id = t.customer
          WHERE t.kind = 'entitlement-ended' AND t.facts ->> '$.refunded' IS NOT NULL)
         SELECT policy, currency, sum(minor * (kind = 'sold')), sum(minor * (kind = 'paid')),
                sum(minor * (kind = 'refunded')), sum(minor * (kind = 'waived')) FROM moved GROUP BY 1, 2"
    );
    let minor = |row: &Value, key: &str| {
        let amount = row[key].as_str().unwrap().replace('.', "");
        amount.parse::<i64>().unwrap()
    };
    let found: BTreeMap<_, _> = rows(&report, "money")
        .iter()
        .map(|row| {
            let labels = ["of", "which"].map(|key| row[key].as_str().unwrap().to_owned());
            let [of, which] = labels;
            let numbers = ["sold", "paid", "refunded", "waived"].map(|key| minor(row, key));
            assert_eq!(minor(row, "kept"), numbers[0] + numbers[1] - numbers[2]);
            ((of, which), numbers)
        })
        .collect();
    assert_eq!(found, counted::<4>(&desk, &money));
    let running_out = "
        WITH owned AS (
          SELECT e.*, c.name || ' (' || c.code || ')' AS who, e.granted - coalesce((SELECT sum(change) FROM ledger l
                 WHERE l.entitlement = e.id), 0) AS rest FROM entitlement e JOIN customer c ON c.id = e.customer
          WHERE coalesce(from_day, '2000') <= '2026-06-24' AND coalesce(to_day, '2100') >= '2026-06-24')
        SELECT who, kind || ' ' || id, 1 FROM owned
        WHERE kind IN ('contract', 'emergency') AND to_day <= '2026-07-24'
           OR kind NOT IN ('contract', 'emergency') AND rest > 0
              AND (to_day <= '2026-07-24' OR kind <> 'per-incident' AND rest * 5 <= granted)";
    let found: BTreeMap<_, _> = rows(&report, "running_out")
        .iter()
        .map(|row| {
            let [of, which] = ["of", "which"].map(|key| row[key].as_str().unwrap().to_owned());
            ((of, which), [1])
        })
        .collect();
    assert!(!found.is_empty());
    assert_eq!(found, counted::<1>(&desk, running_out));
}
