use proptest::prelude::*;
use rstest::rstest;

use super::*;
use crate::incident::TechRef;

/// Numbers that issuers give out for tests.
const CARDS: [&str; 12] = [
    "4111111111111111",
    "4012888888881881",
    "4222222222222",
    "5555555555554444",
    "2223003122003222",
    "378282246310005",
    "30569309025904",
    "38520000023237",
    "6011111111111117",
    "3530111333300000",
    "6200000000000005",
    "6304000000000000",
];

#[rstest]
#[case::groups("pays with 4111 1111 1111 1111 12/29")]
#[case::dashes("4111-1111-1111-1111")]
#[case::singly("4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1")]
#[case::odd_groups("41 11 1111 1111 1111")]
#[case::wide_blanks("4111\u{a0}1111\u{2009}1111 \u{2013} 1111")]
#[case::hidden("4111\u{200b}1111\u{ad}1111\u{2060}1111")]
#[case::full_width("\u{ff14}\u{ff11}\u{ff11}\u{ff11}1111 1111 1111")]
#[case::after_a_telephone_number("+44 20 7946 0001 4111 1111 1111 1111")]
#[case::two("4111111111111111 5555555555554444")]
#[case::in_a_sentence("card:4111111111111111.")]
#[case::american("3782 822463 10005")]
#[case::dots("4111.1111.1111.1111")]
#[case::slashes("30/569309025904, 3056/930902/5904 it was")]
#[case::underscores("card_4111_1111_1111_1111_")]
#[case::over_two_lines("4111 1111\n1111 1111")]
#[case::over_two_lines_of_mail("4111-1111-1111-\r\n1111")]
#[case::odd_groups_before_another_line("41 11 1111 1111 1111\n12 apples")]
#[case::in_bengali("\u{9ea}\u{9e7}\u{9e7}\u{9e7}1111 1111 1111")]
#[case::in_rings("\u{2463}\u{2460}\u{2460}\u{2460}1111 1111 1111")]
#[case::mathematical("\u{1d7d2}\u{1d7cf}\u{1d7cf}\u{1d7cf}1111 1111 1111")]
#[case::in_a_writing_without_blanks("\u{5361}\u{53f7}4111111111111111\u{3067}\u{3059}")]
fn a_card_is_found_however_it_is_written(#[case] text: &str) {
    assert!(refuse_cards("note", text).is_err());
    let masked = without_cards(text);
    assert!(masked.contains("[card number masked: "), "{masked}");
    assert!(refuse_cards("note", &masked).is_ok(), "{masked}");
}

#[rstest]
#[case::telephone("+4111111111111111 or 004111111111111 or +44 20 7946 0001")]
#[case::wrong_check_digit("4111 1111 1111 1112")]
#[case::no_issuer("1234 5678 9012 3452")]
#[case::wrong_length_for_it("3782822463100050 and 41111111111111")]
#[case::own_numbers("ORD4111111111111111, 4111111111111111A, a4111111111111111b")]
#[case::too_long("41111111111111114111111111111111")]
#[case::numbers_given("10001-4 10002-2 10003-0 40001-3 40002-1 40003-9")]
#[case::dates("2026-11-23 16:30:00 2026-11-24 09:00")]
#[case::device("its IMEI is 490154203237518, its ISBN 9783161484100")]
#[case::other_lines("4111\n1111\n1111\n1111")]
#[case::orders_a_line("orders\n41111111\n11111111")]
#[case::a_list("rooms 4111, 1111, 1111, 1111")]
#[case::sentences("It was 4111. 1111 was 1111. 1111")]
#[case::other_paragraphs("4111 1111\n\n1111 1111")]
#[case::dates_with_dots("30.11.2026 - 01.02.2026, 30.11.2026 - 18.03.2026")]
#[case::addresses("192.168.100.200 10.0.0.1/24")]
#[case::ours_with_marks("2609034-4/2609035-3/2609036-1")]
fn what_is_no_card_is_left_alone(#[case] text: &str) {
    assert_eq!(without_cards(text), text);
    refuse_cards("note", text).unwrap();
}

#[test]
fn what_stays_names_the_issuer_and_the_last_four() {
    assert_eq!(
        without_cards("It is 4111 1111 1111 1111, ok"),
        "It is [card number masked: 4111 11** **** 1111], ok"
    );
    let starred = with_cards_starred("\u{ff14}111111111111111!");
    assert_eq!(starred, "\u{ff14}11111******1111!");
}

/// What takes as long as the square of its length would be a way to stop the desk by one mail.
#[test]
fn a_card_at_the_end_of_very_many_digits_is_found() {
    for many in ["1 ", "1.", "1111\n", "11111"] {
        let text = many.repeat(100_000) + "and 4111 1111 1111 1111";
        let masked = without_cards(&text);
        assert!(
            masked.ends_with("and [card number masked: 4111 11** **** 1111]"),
            "{many:?}"
        );
    }
}

#[test]
fn every_text_of_an_entry_is_looked_at_but_what_a_program_made() {
    let card = "4111111111111111";
    let holds = |entry: serde_json::Value| refuse_cards_in(&entry).is_err();
    assert!(holds(serde_json::json!({"kind": "noted", "text": card})));
    assert!(holds(
        serde_json::json!({"contact": [{"name": "Ada", "phones": [card]}]})
    ));
    assert!(!holds(
        serde_json::json!({"identity": card, "message_id": card, "seconds": 4_111_111_111_111_111_u64})
    ));
    let said = refuse_cards_in(&serde_json::json!({"what_changed": card})).unwrap_err();
    assert!(said.message.starts_with("the what changed holds"), "{said}");
    assert!(!said.message.contains("4111"), "{said}");
}

#[test]
fn what_is_written_every_day_is_not_looked_at_closely() {
    for plain in [
        "{\"due_at\":\"2026-08-24T18:06:54Z\",\"started_at\":\"2026-08-21T18:06:54Z\",\"call_seconds\":1373}",
        "{\"contact\":{\"name\":\"Thảo\",\"phones\":[\"+44 20 7946 0438\"]},\"summary\":\"Export stops at row 500\"}",
    ] {
        assert!(!may_hold_cards(plain), "{plain}");
    }
}

proptest! {
    /// What is asked first never keeps a number from being looked at, whether in a text or in the JSON of one.
    #[test]
    fn what_holds_a_card_is_always_looked_at(
        text in "([0-9]{1,5}|[ \t\r\n./_-]|[\u{a0}\u{ad}\u{200b}\u{2013}]|[\u{ff10}-\u{ff19}\u{966}-\u{96f}]{1,3}|[a\"\\\\é]){8,40}",
    ) {
        if !runs(&text).is_empty() {
            prop_assert!(may_hold_cards(&text));
            let json = serde_json::json!({"text": text}).to_string();
            prop_assert!(may_hold_cards(&json));
        }
    }

    #[test]
    fn any_card_in_any_grouping_is_found_and_masked(
        card in proptest::sample::select(&CARDS[..]),
        breaks in proptest::collection::vec(any::<bool>(), 19),
        dash in any::<bool>(),
        around in "[ .,;:!?()'/#=*_\n]{0,12}",
    ) {
        let parting = if dash { '-' } else { ' ' };
        let mut written = String::new();
        for (digit, parted) in card.chars().zip(breaks) {
            if parted && !written.is_empty() {
                written.push(parting);
            }
            written.push(digit);
        }
        let text = format!("{around}{written}{around}");
        prop_assert!(refuse_cards("note", &text).is_err(), "{text:?}");
        let masked = without_cards(&text);
        prop_assert!(refuse_cards("note", &masked).is_ok(), "{masked:?}");
        prop_assert!(!masked.contains(card));
        prop_assert_eq!(with_cards_starred(&text).len(), text.len());
    }

    #[test]
    fn numbers_that_we_give_are_no_cards(from in 10_001_u32..9_000_000, count in 1_u32..8) {
        let numbers: Vec<String> = (from..from + count).map(|n| TechRef::new(n).to_string()).collect();
        for text in [numbers.join(" "), numbers.join(", "), numbers.join("\n")] {
            prop_assert!(refuse_cards("note", &text).is_ok(), "{text:?}");
        }
    }

    #[test]
    fn telephone_numbers_are_no_cards(digits in "[1-9][0-9]{6,14}", zeros in any::<bool>()) {
        let text = if zeros { format!("00{digits}") } else { format!("+{digits}") };
        prop_assert!(refuse_cards("note", &text).is_ok(), "{text:?}");
    }

    #[test]
    fn nothing_panics_and_masked_once_is_masked(text in "\\PC{0,60}|[0-9 +\\-a]{0,80}") {
        let once = without_cards(&text).into_owned();
        prop_assert!(refuse_cards("note", &once).is_ok(), "{once:?}");
    }
}
