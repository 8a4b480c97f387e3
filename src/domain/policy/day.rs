//! A day of the calendar: how long something may stand.

use std::fmt;

/// A day; earlier days are smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: u16,
    month: u8,
    day: u8,
}

impl Default for Day {
    /// The first of January 1970: nothing has ended by then.
    fn default() -> Self {
        Self { year: 1970, month: 1, day: 1 }
    }
}

impl Day {
    /// Reads `2027-03-01`; none where there is no such day.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = |part: &str, length: usize| {
            (part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit())).then_some(())?;
            part.parse::<u16>().ok()
        };
        let (year, rest) = text.split_once('-')?;
        let (month, day) = rest.split_once('-')?;
        let (year, month, day) = (digits(year, 4)?, digits(month, 2)? as u8, digits(day, 2)? as u8);
        (day >= 1 && day <= days_of(year, month)?).then_some(Self { year, month, day })
    }

    /// The day that lies this many days after the first of January 1970, in the Gregorian calendar.
    pub fn after_epoch(days: u64) -> Self {
        let (mut left, mut year) = (days, 1970_u16);
        while left >= length_of(year) && year < 9999 {
            left -= length_of(year);
            year += 1;
        }
        let mut month = 1;
        while let Some(length) = days_of(year, month).map(u64::from).filter(|length| left >= *length) {
            left -= length;
            month += 1;
        }
        Self { year, month: month.min(12), day: left.min(30) as u8 + 1 }
    }
}

fn is_leap(year: u16) -> bool {
    year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400))
}

fn length_of(year: u16) -> u64 {
    if is_leap(year) { 366 } else { 365 }
}

/// Days of a month, from 1; none where there is no such month.
fn days_of(year: u16, month: u8) -> Option<u8> {
    match month {
        2 if is_leap(year) => Some(29),
        2 => Some(28),
        4 | 6 | 9 | 11 => Some(30),
        1..=12 => Some(31),
        _ => None,
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_that_are_none_are_refused() {
        for text in ["2027-3-1", "2027-13-01", "2027-02-29", "2027-00-10", "27-01-01", "2027-01-00", "soon"] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
        assert_eq!(Day::parse("2028-02-29").map(|day| day.to_string()).as_deref(), Some("2028-02-29"));
    }

    #[test]
    fn days_are_counted_from_the_epoch() {
        for (days, text) in
            [(0, "1970-01-01"), (59, "1970-03-01"), (11_016, "2000-02-29"), (20_514, "2026-03-02")]
        {
            assert_eq!(Day::after_epoch(days).to_string(), text);
        }
        assert!(Day::parse("2026-12-31") < Day::parse("2027-01-01"));
    }
}
