use super::*;
use proptest::prelude::*;
use rstest::rstest;

#[rstest]
#[case("plain text, ¿qué? Żółć 日本", "plain text, ¿qué? Żółć 日本")]
#[case("\u{1b}[31mred", "\\u{1b}[31mred")]
#[case("two\r\nlines\tand", "two\\r\\nlines\\tand")]
#[case("c1\u{9b}31m", "c1\\u{9b}31m")]
#[case("abc\u{202e}fed", "abc\\u{202e}fed")]
#[case("ac\u{200b}me", "ac\\u{200b}me")]
#[case("ac\u{200d}me", "ac\\u{200d}me")]
#[case("é\u{200d}\u{200d}é", "é\\u{200d}\\u{200d}é")]
#[case("é\u{200d}\u{202e}é", "é\\u{200d}\\u{202e}é")]
#[case("\u{301}stray", "\\u{301}stray")]
#[case("cafe\u{301}", "cafe\u{301}")]
#[case("می\u{200c}خواهم", "می\u{200c}خواهم")]
#[case("👩\u{200d}👧 ❤\u{fe0f}", "👩👧 ❤")]
#[case("👩\u{1f3fd}\u{200d}🔧!", "👩🔧!")]
#[case("🏃\u{200d}♂\u{fe0f}", "🏃♂")]
#[case("👍🏽 ok", "👍 ok")]
#[case("a🏽", "a\\u{1f3fd}")]
#[case("🇩🇪 Köln", "DE Köln")]
#[case("🇩🇪🇫", "DEF")]
#[case("1\u{fe0f}\u{20e3} #\u{20e3}", "1 #")]
#[case("👩\u{200d}a", "👩\\u{200d}a")]
fn hidden_characters_are_written_out(#[case] text: &str, #[case] shown: &str) {
    assert_eq!(visible(text), shown);
}

/// What terminals do not agree about: the columns of a whole emoji against those of its characters one by one.
#[rstest]
#[case("🇩🇪")]
#[case("👨\u{200d}👩\u{200d}👧\u{200d}👦")]
#[case("👍🏽")]
#[case("❤\u{fe0f}\u{200d}🔥")]
#[case("1\u{fe0f}\u{20e3}")]
fn an_emoji_is_as_wide_as_its_characters(#[case] emoji: &str) {
    let shown = visible(emoji);
    let apart: usize = shown.chars().filter_map(UnicodeWidthChar::width).sum();
    assert_eq!(width(&shown), apart, "{shown}");
}

#[test]
fn clean_text_is_not_copied() {
    assert!(matches!(visible("nothing to hide"), Cow::Borrowed(_)));
    assert!(matches!(cut("short", 10), Cow::Borrowed(_)));
}

#[rstest]
#[case("hello", 8, "hello   ")]
#[case("hello", 5, "hello")]
#[case("hello", 4, "hel…")]
#[case("hello", 1, "…")]
#[case("hello", 0, "")]
#[case("日本語", 5, "日本…")]
#[case("日本語", 4, "日… ")]
#[case("e\u{301}e\u{301}e\u{301}", 2, "e\u{301}…")]
fn texts_fit_their_columns(#[case] text: &str, #[case] columns: usize, #[case] fitted: &str) {
    assert_eq!(fit(text, columns), fitted);
}

#[rstest]
#[case("hello", 0, "hello")]
#[case("hello", 2, "llo")]
#[case("日本語", 1, "本語")]
#[case("hello", 9, "")]
fn a_scrolled_line_starts_at_a_grapheme(
    #[case] text: &str,
    #[case] columns: usize,
    #[case] rest: &str,
) {
    assert_eq!(after(text, columns), rest);
}

#[test]
fn figures_line_up_on_their_right() {
    assert_eq!(fit_right("12", 4), "  12");
    assert_eq!(fit_right("12345", 4), "123…");
}

#[test]
fn another_mark_can_stand_for_what_is_missing() {
    assert_eq!(cut_with("hello", 4, "~"), "hel~");
}

#[rstest]
#[case("the printer is on fire", 10, &["the", "printer is", "on fire"])]
#[case("one\n\ntwo", 10, &["one", "", "two"])]
#[case("incomprehensibilities", 8, &["incompre", "hensibil", "ities"])]
#[case("日本語", 1, &["日", "本", "語"])]
#[case("", 10, &[])]
#[case("anything", 0, &[])]
fn long_lines_break_at_spaces(#[case] text: &str, #[case] columns: usize, #[case] lines: &[&str]) {
    assert_eq!(wrap(text, columns), lines);
}

proptest! {
    #[test]
    fn a_text_is_as_wide_as_its_parts(simple in "[ -\u{2ff}\u{2010}-\u{2027}\u{2190}-\u{25ff}\u{3041}-\u{30ff}\u{4e00}-\u{9fff}]{0,40}", any in any::<String>()) {
        for text in [simple, any] {
            let parts: usize = text.graphemes(true).map(columns).sum();
            prop_assert_eq!(width(&text), parts);
        }
    }

    #[test]
    fn fitted_text_has_exactly_its_columns(text in any::<String>(), columns in 0_usize..40) {
        prop_assert_eq!(width(&fit(&text, columns)), columns);
        prop_assert_eq!(width(&fit_right(&text, columns)), columns);
    }

    #[test]
    fn visible_text_stays_as_it_is(text in any::<String>()) {
        let once = visible(&text).into_owned();
        prop_assert!(!once.contains(char::is_control));
        prop_assert_eq!(visible(&once), once.as_str());
    }

    #[test]
    fn wrapped_lines_keep_to_their_columns_and_lose_no_word(text in "[a-z0-9日é ]{0,80}", columns in 2_usize..30) {
        let lines = wrap(&text, columns);
        prop_assert!(lines.iter().all(|line| width(line) <= columns));
        let squeeze = |text: &str| text.split_whitespace().collect::<String>();
        prop_assert_eq!(squeeze(&lines.concat()), squeeze(&text));
    }
}

#[test]
fn a_narrow_text_is_a_cluster_and_a_column_a_character() {
    let all = (' '..='\u{ffff}').filter(|c| is_narrow(&c.to_string()));
    let all: String = all.collect();
    assert!(all.contains("Ñ") && all.contains("│") && all.contains("…"));
    assert!(!all.contains('\u{ad}') && !all.contains('⌚') && !all.contains('界'));
    assert_eq!(all.graphemes(true).count(), all.chars().count());
    assert_eq!(width(&all), all.chars().count());
    for c in all.chars() {
        assert_eq!(width(&c.to_string()), 1, "{c}");
    }
}
