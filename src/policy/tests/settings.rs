//! Settings: each asked for, none guessed, none invented.

use rstest::rstest;

use super::{SMALL, none, refused, values};
use crate::policy::{declared_settings, example_settings, load, parse, shipped};

const ASKING: &str = r#"
[cover]
kinds = ["per-incident"]
without = "mark"
methods = ["cash"]
price = "$price $currency"
[[setting]]
key = "price"
ask = "What does it cost, in $?"
example = "12.50"
[[setting]]
key = "currency"
ask = "In which currency?"
example = "EUR"
"#;

fn asking() -> String {
    format!("{SMALL}{ASKING}")
}

#[test]
fn values_take_the_place_of_their_names() {
    let policy = parse(
        &asking(),
        &values(&[("price", "139.00"), ("currency", "USD")]),
    )
    .unwrap();
    assert_eq!(policy.price().unwrap().to_string(), "139.00 USD");
    assert_eq!(
        policy.settings.first().unwrap().ask,
        "What does it cost, in $?"
    );
}

#[test]
fn all_missing_values_are_asked_for() {
    let expected = "the policy leaves open what Holdline must not guess; give \
        --set price=… (What does it cost, in $?), --set currency=… (In which currency?)";
    assert_eq!(refused(&asking(), &none()), expected);
    let blank = values(&[("price", " "), ("currency", "EUR")]);
    assert!(refused(&asking(), &blank).ends_with("give --set price=… (What does it cost, in $?)"));
}

#[rstest]
#[case(&asking(), "pric", "--set pric: the policy has no setting of that name; did you mean \"price\"?")]
#[case(&asking(), "rate", "--set rate: the policy has no setting of that name; choose one of price, currency")]
#[case(
    SMALL,
    "rate",
    "--set rate: the policy has no setting of that name; there is none to choose"
)]
fn an_unknown_setting_is_refused(#[case] text: &str, #[case] key: &str, #[case] expected: &str) {
    let given = values(&[("price", "1"), ("currency", "EUR"), (key, "1")]);
    let given = if text == SMALL {
        values(&[(key, "1")])
    } else {
        given
    };
    assert_eq!(refused(text, &given), expected);
}

#[rstest]
#[case(
    "abc",
    "EUR",
    "--set price=abc --set currency=EUR: \"abc\" is not an amount; write digits"
)]
#[case(
    "1.00",
    "euro",
    "--set price=1.00 --set currency=euro: \"euro\" is not a currency; write its three-letter"
)]
#[case(
    "0",
    "EUR",
    "--set price=0 --set currency=EUR: 0.00 EUR is no price; write an amount above zero"
)]
fn a_bad_value_names_its_setting(
    #[case] price: &str,
    #[case] currency: &str,
    #[case] expected: &str,
) {
    let message = refused(
        &asking(),
        &values(&[("price", price), ("currency", currency)]),
    );
    assert!(message.starts_with(expected), "{message}");
}

#[test]
fn a_name_that_no_setting_declares_is_refused_with_its_line() {
    let text = asking().replace("\"$price ", "\"$prise ");
    let message = refused(&text, &values(&[("price", "1"), ("currency", "EUR")]));
    let expected =
        "line 21: cover.price: $prise is no setting of this file; did you mean \"price\"?";
    assert_eq!(message, expected);
}

#[test]
fn a_dollar_before_anything_but_a_name_is_itself() {
    let text = SMALL.replace("One line", "From $139.00 to $");
    assert_eq!(parse(&text, &none()).unwrap().summary, "From $139.00 to $");
}

#[test]
fn a_setting_that_goes_nowhere_is_a_warning() {
    let text = asking().replace("\"$price ", "\"2.00 ");
    let given = values(&[("price", "1"), ("currency", "EUR")]);
    let warnings = load(&text, &given).unwrap().warnings;
    let told: Vec<String> = warnings.iter().map(ToString::to_string).collect();
    let expected = "line 22: setting.0: \"price\" is asked for and never used; write $price where it belongs, or remove the setting";
    assert_eq!(told, [expected]);
}

#[test]
fn settings_are_told_without_their_values() {
    let keys: Vec<String> = declared_settings(&asking())
        .unwrap()
        .into_iter()
        .map(|setting| setting.key)
        .collect();
    assert_eq!(keys, ["price", "currency"]);
    assert_eq!(
        example_settings(&asking()).unwrap(),
        values(&[("price", "12.50"), ("currency", "EUR")])
    );
}

#[test]
fn a_bad_address_names_its_setting() {
    let text = shipped("season-ticket").unwrap();
    let mut given = example_settings(text).unwrap();
    given.insert("development".to_owned(), "nobody".to_owned());
    let expected = "--set development=nobody: \"nobody\" is no mail address; write one, such as support.manager@example.com";
    assert_eq!(refused(text, &given), expected);
}
