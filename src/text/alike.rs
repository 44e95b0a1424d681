//! Names under another spelling: one letter wrong, missing or swapped, another ending of the same word, two words written
//! as one or one as two.

use super::slips;
use super::sound::Word;

/// Letters from which on a word has an ending that may be another.
const ENDS: usize = 4;
/// Letters from which on two words may be written as one.
const JOINED: usize = 7;
/// Letters from which on a letter may be wrong, and two may: shorter words are other words then.
const ONE_WRONG: usize = 5;
const TWO_WRONG: usize = 9;

impl Word {
    /// The words of a name, and each two that stand side by side as one.
    pub fn with_joined(name: &str) -> Vec<Self> {
        let mut words = Self::all(name);
        let pairs: Vec<Self> = words.windows(2).filter_map(Self::joined).collect();
        words.extend(pairs);
        words
    }

    /// Words side by side, written as one; none where they are so short that it is rather another word: `bolee` is no Blue.
    pub fn joined(words: &[Self]) -> Option<Self> {
        let spelt: String = words.iter().map(|word| word.spelt.as_str()).collect();
        Self::all(&spelt)
            .pop()
            .filter(|word| word.spelt.len() >= JOINED)
    }

    /// The word without the ending of a plural.
    pub fn stem(&self) -> String {
        let word = self.spelt.as_str();
        let strip = |ending: &str| word.strip_suffix(ending);
        if word.len() < ENDS {
            return word.to_owned();
        }
        if let Some(stem) = strip("ies") {
            return format!("{stem}y");
        }
        let hissed = ["ches", "shes", "ses", "xes", "zes"];
        if hissed.iter().any(|ending| word.ends_with(ending)) {
            return strip("es").unwrap_or(word).to_owned();
        }
        let is_plural = !["ss", "us", "is"].iter().any(|end| word.ends_with(end));
        let stem = strip("s").filter(|_| is_plural);
        stem.unwrap_or(word).to_owned()
    }

    /// How far another spelling is from this one, by its sound or by its letters; `None` where it is another word.
    pub fn near(&self, other: &Self) -> Option<usize> {
        self.distance(other).or_else(|| {
            let begins_alike = self.spelt.bytes().next() == other.spelt.bytes().next();
            if begins_alike && self.stem() == other.stem() {
                return Some(1);
            }
            let (one, other_one) = (self.spelt.len(), other.spelt.len());
            let most = match one.max(other_one) {
                _ if one.min(other_one) < ONE_WRONG => return None,
                ..TWO_WRONG => 1,
                _ => 2,
            };
            // A letter more or less is a slip each.
            if one.abs_diff(other_one) > most {
                return None;
            }
            Some(slips(&self.spelt, &other.spelt)).filter(|slips| *slips <= most)
        })
    }

    /// What is left of the word at its beginning and its end wherever one letter, or two that were swapped, are wrong;
    /// nothing of a word too short for that.
    pub fn around_a_slip(&self) -> Vec<(&str, &str)> {
        if self.spelt.len() < ONE_WRONG {
            return Vec::new();
        }
        let last = self.spelt.len() - 2;
        let parts = (0..=last).filter_map(|at| {
            let (start, rest) = self.spelt.split_at_checked(at)?;
            Some((start, rest.get(2..)?))
        });
        parts.collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    fn near(one: &str, other: &str) -> Option<usize> {
        let [one, other] = [one, other].map(|text| Word::all(text).pop());
        one?.near(&other?)
    }

    #[rstest]
    #[case("bakeries", "bakery")]
    #[case("ferns", "fern")]
    #[case("birches", "birch")]
    #[case("inns", "inn")]
    #[case("boxes", "box")]
    #[case("Bäckereien", "Bäckerei")]
    #[case("britewater", "brightwater")]
    #[case("brihgtwater", "brightwater")]
    #[case("brightwatr", "brightwater")]
    #[case("brightwaater", "brightwater")]
    #[case("grightwater", "brightwater")]
    fn another_spelling_is_near(#[case] one: &str, #[case] other: &str) {
        assert!(near(one, other).is_some());
        assert!(near(other, one).is_some());
    }

    #[rstest]
    #[case("moss", "voss")]
    #[case("glass", "gla")]
    #[case("lotus", "lot")]
    #[case("brown", "crowd")]
    #[case("harbour", "harvest")]
    fn another_word_is_not(#[case] one: &str, #[case] other: &str) {
        assert_eq!(near(one, other), None);
    }

    #[test]
    fn words_side_by_side_are_also_one() {
        let spelt: Vec<String> = Word::with_joined("Blue Fern Ltd")
            .into_iter()
            .map(|word| word.spelt)
            .collect();
        assert_eq!(spelt, ["blue", "fern", "ltd", "bluefern", "fernltd"]);
        assert_eq!(Word::joined(&Word::all("Bo Lee")), None);
    }
}
