//! What somebody probably meant: the nearest known name to an unknown one.

use crate::text::slips;

/// The candidate that is nearest to `name`, if one is near enough to be a slip of the fingers.
///
/// Upper and lower case count as the same. Near enough is one slip in a name of up to five letters, and one more for
/// every further three; a swap of two neighbours is one slip. Of equally near ones the first is taken.
pub fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let name = name.to_lowercase();
    let allowed = (name.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (slips(&name, &candidate.to_lowercase()), candidate))
        .filter(|(slips, _)| *slips <= allowed)
        .min_by_key(|(slips, _)| *slips)
        .map(|(_, candidate)| candidate)
}

/// What to do about an unknown `name`: `did you mean "high"?` where one is near, otherwise the whole choice.
pub fn remedy<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str> + Clone) -> String {
    if let Some(near) = nearest(name, candidates.clone()) {
        return format!("did you mean \"{near}\"?");
    }
    let all: Vec<&str> = candidates.into_iter().collect();
    match all.as_slice() {
        [] => "there is none to choose".to_owned(),
        [only] => format!("the only one is {only}"),
        all => format!("choose one of {}", all.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("hihg", Some("high"))]
    #[case("HIGH", Some("high"))]
    #[case("critcal", Some("critical"))]
    #[case("xyz", None)]
    #[case("", None)]
    fn the_nearest_is_found_only_if_it_is_near(#[case] name: &str, #[case] near: Option<&str>) {
        assert_eq!(nearest(name, ["critical", "high", "low"]), near);
    }

    #[test]
    fn the_remedy_names_the_near_one_or_all() {
        assert_eq!(remedy("hgih", ["high", "low"]), "did you mean \"high\"?");
        assert_eq!(
            remedy("blocker", ["high", "low"]),
            "choose one of high, low"
        );
        assert_eq!(remedy("blocker", ["high"]), "the only one is high");
    }
}
