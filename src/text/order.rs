//! The order of names in a list.

/// What a name is sorted by: upper and lower case the same, and accents of Latin letters aside, so that `Ñandú` stands
/// among those with N. Other scripts have an order of their own, and come after.
#[must_use]
pub fn sort_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            // What combines with the letter before it.
            '\u{300}'..='\u{36f}' => {}
            '\u{80}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}' => {
                key.push_str(&any_ascii::any_ascii_char(c).to_ascii_lowercase());
            }
            c => key.extend(c.to_lowercase()),
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_are_aside_and_other_scripts_come_after() {
        let mut names = [
            "Zielony",
            "Ñandú",
            "Łąka",
            "Ōkami",
            "nadir",
            "Lake",
            "Oak",
            "Иванов",
            "Ångström",
            "Birch",
            "O\u{304}kami",
        ];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(
            names,
            [
                "Ångström",
                "Birch",
                "Łąka",
                "Lake",
                "nadir",
                "Ñandú",
                "Oak",
                "Ōkami",
                "O\u{304}kami",
                "Zielony",
                "Иванов"
            ]
        );
    }
}
