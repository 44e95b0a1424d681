//! Mail addresses: what is one, and which of them belong to nobody.

/// The most bytes of an address (RFC 5321).
const MOST: usize = 254;

/// Whether a text can stand in a message's header as one address: somebody at a host, nothing more.
pub fn is_address(text: &str) -> bool {
    let plain = |part: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| !c.is_whitespace() && !c.is_control() && !",;:<>()[]\\\"@".contains(c))
    };
    text.len() <= MOST
        && text
            .split_once('@')
            .is_some_and(|(who, host)| plain(who) && plain(host))
}

/// Whether an address is set aside for examples (RFC 2606), so that nothing may be sent to it: `ada@example.com`,
/// `ada@mail.example.org`, `ada@shop.example`.
pub fn is_example(address: &str) -> bool {
    let host = address.rsplit('@').next().unwrap_or_default();
    let host = host.trim_end_matches('.').to_lowercase();
    let mut labels = host.rsplit('.');
    let (top, below) = (labels.next(), labels.next());
    top == Some("example") || below == Some("example")
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("ada@blue-fern.test", true)]
    #[case("ada.moss+help@mail.blue-fern.test", true)]
    #[case("jürgen@blau-farn.test", true)]
    #[case("ada", false)]
    #[case("@blue-fern.test", false)]
    #[case("ada@", false)]
    #[case("ada@blue@fern.test", false)]
    #[case("ada@blue-fern.test, kim@blue-fern.test", false)]
    #[case("ada@blue-fern.test\nBcc: all", false)]
    #[case("Ada <ada@blue-fern.test>", false)]
    #[case("\"a b\"@blue-fern.test", false)]
    fn an_address_is_somebody_at_a_host(#[case] text: &str, #[case] is: bool) {
        assert_eq!(is_address(text), is);
    }

    #[test]
    fn an_address_has_an_end() {
        assert!(!is_address(&format!("{}@blue-fern.test", "a".repeat(250))));
    }

    #[rstest]
    #[case("ada@example.com", true)]
    #[case("ada@EXAMPLE.net.", true)]
    #[case("ada@mail.example.org", true)]
    #[case("ada@shop.example", true)]
    #[case("ada@example.blue-fern.test", false)]
    #[case("example@blue-fern.test", false)]
    #[case("ada@myexample.com", false)]
    fn examples_belong_to_nobody(#[case] address: &str, #[case] is: bool) {
        assert_eq!(is_example(address), is);
    }
}
