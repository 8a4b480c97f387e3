//! Places in source text: byte spans, and the table that turns them into lines and columns.

/// Half-open range of bytes in one file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The span of bytes `start..end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// Whether `other` lies within this span.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// A line and a column, both from 1; columns count Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// Line, from 1.
    pub line: u32,
    /// Column in Unicode scalar values, from 1.
    pub column: u32,
}

/// Where the lines of a file start, and which of its characters are wider than a byte: enough to
/// place any byte offset without the text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LineTable {
    /// Byte offset of each line's first character.
    // Invariant: sorted, starts with 0.
    starts: Vec<u32>,
    /// Number of bytes of the text.
    end: u32,
    /// Offset of each character of more than one byte, with its extra bytes.
    // Invariant: sorted by offset.
    wide: Vec<(u32, u8)>,
}

impl LineTable {
    /// Reads the table off `text`.
    pub fn new(text: &str) -> Self {
        Self::with_breaks(text, text.match_indices('\n').map(|(at, _)| at))
    }

    /// The table of `text`, whose line breaks stand at these bytes.
    pub fn with_breaks(text: &str, breaks: impl Iterator<Item = usize>) -> Self {
        let mut starts = vec![0];
        starts.extend(breaks.map(|at| at as u32 + 1));
        let mut wide = Vec::new();
        if !text.is_ascii() {
            for (at, byte) in text.bytes().enumerate().filter(|(_, byte)| *byte >= 0xC0) {
                let extra = match byte {
                    0xF0.. => 3,
                    0xE0.. => 2,
                    _ => 1,
                };
                wide.push((at as u32, extra));
            }
        }
        Self { starts, end: text.len() as u32, wide }
    }

    /// Number of lines.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Number of bytes of the text.
    pub const fn end(&self) -> u32 {
        self.end
    }

    /// Whether the table is of no text at all.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// Byte offset of the first character of `line` (from 1); lines beyond the end clamp to the last.
    pub fn line_start(&self, line: u32) -> u32 {
        let index = (line.max(1) as usize - 1).min(self.starts.len().saturating_sub(1));
        self.starts.get(index).copied().unwrap_or(0)
    }

    /// The line and column of a byte offset.
    pub fn position(&self, offset: u32) -> Position {
        let line = self.starts.partition_point(|start| *start <= offset).max(1);
        let start = self.starts.get(line - 1).copied().unwrap_or(0);
        let from = self.wide.partition_point(|(at, _)| *at < start);
        let extra: u32 = self.wide[from..]
            .iter()
            .take_while(|(at, _)| *at < offset)
            .map(|(_, extra)| u32::from(*extra))
            .sum();
        Position { line: line as u32, column: offset - start - extra.min(offset - start) + 1 }
    }

    /// The byte offset of a line (from 1) and a column that counts characters from 0.
    pub fn offset(&self, line: u32, column: u32) -> u32 {
        let start = self.line_start(line);
        let from = self.wide.partition_point(|(at, _)| *at < start);
        let mut offset = start + column;
        for (at, extra) in &self.wide[from..] {
            if *at >= offset {
                break;
            }
            offset += u32::from(*extra);
        }
        offset
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let text = "ab\nüx = 1;\n// 日本 here\n";
        let table = LineTable::new(text);
        let at = text.find("here").expect("the text has it") as u32;
        assert_eq!(table.position(at), Position { line: 3, column: 7 });
        assert_eq!(table.offset(3, 6), at);
        let x = text.find('x').expect("the text has it") as u32;
        assert_eq!(table.position(x), Position { line: 2, column: 2 });
        assert_eq!(table.offset(2, 1), x);
    }
}
