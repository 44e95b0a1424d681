//! What kind of file a table is: what parts its columns, or that it is JSON.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::ImportError;

/// What is told of a line in another encoding.
pub(super) const NO_UTF8: &str = "it is no UTF-8: save the file as \"CSV UTF-8\", or convert it (iconv -f WINDOWS-1252 -t UTF-8)";

/// What may part columns, the likeliest first.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How much of a file is looked at for its first line.
const FIRST_LINE: u64 = 64 * 1024;

/// How a file is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) delimiter: u8,
    /// Whether quotation marks hold columns together.
    pub(super) quotes: bool,
    pub(super) json: bool,
}

impl Shape {
    /// The shape of a file: JSON where its name ends so; else a table whose columns are parted as the map says, else by
    /// what parts the first line most.
    ///
    /// # Errors
    /// When it cannot be read, or is in an encoding that no table can be read from.
    pub(super) fn of(path: &Path, told: Option<char>, quotes: bool) -> Result<Self, ImportError> {
        let wrong = |error: std::io::Error| ImportError::file(path, error);
        let mut start = Vec::new();
        let file = File::open(path).map_err(wrong)?;
        file.take(FIRST_LINE)
            .read_to_end(&mut start)
            .map_err(wrong)?;
        if start.starts_with(&[0xff, 0xfe]) || start.starts_with(&[0xfe, 0xff]) {
            let why =
                "it is UTF-16: save it as \"CSV UTF-8\", or convert it (iconv -f UTF-16 -t UTF-8)";
            return Err(ImportError::file(path, why));
        }
        let ending = path.extension().and_then(|ending| ending.to_str());
        let told = told.and_then(|told| u8::try_from(told).ok());
        Ok(Self {
            delimiter: told.unwrap_or_else(|| parts(&start, quotes)),
            quotes,
            json: matches!(ending, Some("jsonl" | "ndjson" | "json")),
        })
    }
}

/// What parts the first line most; a comma where nothing does.
fn parts(text: &[u8], quotes: bool) -> u8 {
    let mut counts = [0_usize; DELIMITERS.len()];
    let mut quoted = false;
    for byte in text {
        match byte {
            b'"' if quotes => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            other => {
                let known = DELIMITERS.iter().zip(&mut counts);
                known
                    .filter(|(known, _)| *known == other)
                    .for_each(|(_, count)| *count += 1);
            }
        }
    }
    let most = counts.iter().copied().max().unwrap_or(0);
    let mut likeliest = DELIMITERS.iter().zip(&counts);
    let found = likeliest.find(|(_, count)| **count == most);
    found.map_or(b',', |(delimiter, _)| *delimiter)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;

    #[rstest]
    #[case("a,b,c\n1;2;3;4;5", b',')]
    #[case("a;b;\"c,d,e,f\"\n", b';')]
    #[case("a\tb, and c\td\n", b'\t')]
    #[case("alone\n", b',')]
    #[case("", b',')]
    fn columns_are_parted_by_what_parts_the_first_line(#[case] text: &str, #[case] by: u8) {
        assert_eq!(parts(text.as_bytes(), true), by);
    }
}
