//! Words in names.

/// The words of a name, in lower case: `NightBooked` and `night_booked` are both night, booked.
pub fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let letters: Vec<char> = name.chars().collect();
    let mut starts = true;
    for (at, letter) in letters.iter().enumerate() {
        if !letter.is_alphanumeric() {
            starts = true;
            continue;
        }
        let before = at.checked_sub(1).map(|before| letters[before]);
        let after = letters.get(at + 1);
        // `HTTPServer` is http, server.
        let hump = letter.is_uppercase()
            && (before.is_some_and(|before| before.is_lowercase() || before.is_numeric())
                || (before.is_some_and(char::is_uppercase)
                    && after.is_some_and(|after| after.is_lowercase())));
        if starts || hump {
            words.push(String::new());
        }
        starts = false;
        if let Some(word) = words.last_mut() {
            word.extend(letter.to_lowercase());
        }
    }
    words
}

/// The name as a field would have it.
pub fn snake(name: &str) -> String {
    words(name).join("_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fall_into_words() {
        assert_eq!(words("NightBooked"), ["night", "booked"]);
        assert_eq!(words("r#HTTPServer2Go_on"), ["r", "http", "server2", "go", "on"]);
        assert_eq!(snake("RoomId"), "room_id");
        assert!(words("_").is_empty());
    }
}
