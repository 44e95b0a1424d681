//! How far two words are apart.

/// The optimal string alignment distance: letters put in, left out, replaced, or swapped with their neighbour.
#[must_use]
pub fn slips(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=to.len()).collect();
    let mut last = None;
    for (row, a) in from.chars().enumerate() {
        let mut line = vec![row + 1];
        let mut left = row + 1;
        let mut previous = None;
        for (column, &b) in to.iter().enumerate() {
            let at =
                |line: &[usize], column: usize| line.get(column).copied().unwrap_or(usize::MAX);
            let replaced = at(&above, column) + usize::from(a != b);
            let mut cost = replaced.min(at(&above, column + 1) + 1).min(left + 1);
            if last == Some(b) && previous == Some(a) {
                cost = cost.min(at(&before, column.saturating_sub(1)) + 1);
            }
            line.push(cost);
            left = cost;
            previous = Some(b);
        }
        before = std::mem::replace(&mut above, line);
        last = Some(a);
    }
    above.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("", "", 0)]
    #[case("abc", "", 3)]
    #[case("", "abc", 3)]
    #[case("kitten", "sitting", 3)]
    #[case("urgnet", "urgent", 1)]
    #[case("ab", "ba", 1)]
    #[case("straße", "strasse", 2)]
    fn slips_are_counted(#[case] from: &str, #[case] to: &str, #[case] expected: usize) {
        assert_eq!(slips(from, to), expected);
        assert_eq!(slips(to, from), expected);
    }
}
