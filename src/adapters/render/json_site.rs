//! A place as every document writes it.

use serde::Serialize;

use crate::domain::finding::Site;

/// A place with its end.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct JsonSite<'a> {
    file: &'a str,
    line: u32,
    column: u32,
    end_line: u32,
    end_column: u32,
}

impl<'a> JsonSite<'a> {
    /// A site as it is written out.
    pub fn of(site: &'a Site) -> Self {
        let Site { file, line, column, end_line, end_column } = site;
        let [line, column] = [(*line).max(1), (*column).max(1)];
        Self { file, line, column, end_line: (*end_line).max(line), end_column: (*end_column).max(1) }
    }
}
