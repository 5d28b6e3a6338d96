//! Reads comma-separated values, quotes and all.

#![forbid(unsafe_code)]

use std::collections::HashMap;
use std::fmt::{self, Display};

pub const DEFAULT_DELIMITER: u8 = b',';

/// What may be wrong with a file.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum CsvError {
    /// A quote that nobody closed.
    UnclosedQuote { line: usize },
    WrongLength(usize, usize),
}

impl Display for CsvError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnclosedQuote { line } => write!(f, "line {line}: quote is not closed"),
            Self::WrongLength(want, have) => write!(f, "want {want} fields, have {have}"),
        }
    }
}

pub type Result<T> = std::result::Result<T, CsvError>;

/// Something that can be read from one row.
pub trait FromRow: Sized {
    const COLUMNS: usize;

    /// Reads the row.
    fn from_row(row: &[String]) -> Result<Self>;

    fn check(row: &[String]) -> Result<()> {
        if row.len() == Self::COLUMNS {
            Ok(())
        } else {
            Err(CsvError::WrongLength(Self::COLUMNS, row.len()))
        }
    }
}

pub struct Reader<'a> {
    text: &'a str,
    delimiter: u8,
    line: usize,
}

impl<'a> Reader<'a> {
    /// A reader at the start of a text.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Reader { text, delimiter: DEFAULT_DELIMITER, line: 0 }
    }

    /// Changes the delimiter.
    pub const fn with_delimiter(mut self, delimiter: u8) -> Self {
        self.delimiter = delimiter;
        self
    }
}

impl<'a> Iterator for Reader<'a> {
    type Item = Result<Vec<String>>;

    fn next(&mut self) -> Option<Self::Item> {
        let end = self.text.find('\n').unwrap_or(self.text.len());
        if self.text.is_empty() {
            return None;
        }
        self.line += 1;
        let (row, rest) = self.text.split_at(end);
        self.text = rest.trim_start_matches('\n');
        Some(split_row(row, self.delimiter as char).ok_or(CsvError::UnclosedQuote { line: self.line }))
    }
}

/** Cuts one row at its delimiters; `None` when a quote stays open. */
fn split_row(row: &str, delimiter: char) -> Option<Vec<String>> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    for c in row.chars() {
        match c {
            '"' => quoted = !quoted,
            c if c == delimiter && !quoted => fields.push(String::new()),
            c => fields.last_mut()?.push(c),
        }
    }
    (!quoted).then_some(fields)
}

/// Makes a map out of pairs.
#[macro_export]
macro_rules! map {
    ($($key:expr => $value:expr),* $(,)?) => {{
        let mut map = HashMap::new();
        $(map.insert($key, $value);)*
        map
    }};
}

pub mod stats {
    use super::*;

    /// How often each field occurs.
    pub fn count<S: AsRef<str>>(rows: &[Vec<S>]) -> HashMap<&str, usize>
    where
        S: Eq,
    {
        let mut counts = HashMap::new();
        for field in rows.iter().flatten() {
            *counts.entry(field.as_ref()).or_insert(0) += 1;
        }
        counts
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_a_quoted_comma() {
        assert_eq!(split_row("a,\"b,c\"", ',').unwrap(), ["a", "b,c"]);
    }
}

impl<'a> Parse for &'a mut reader::Reader<'_> {
    fn parse(&self) -> Row {
        self.row()
    }
}

impl Parse for (Reader, usize) {
    fn parse(&self) -> Row {
        self.0.row()
    }
}

impl Parse for &[Reader] {
    fn parse(&self) -> Row {
        self[0].row()
    }
}
