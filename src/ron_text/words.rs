//! What the typed reader says of values, in the words of whoever writes a file.

use crate::{
    lang::{t, tr},
    text::exact,
};

/// What is needed where something else was found.
pub(super) fn wanted(expected: &str) -> String {
    let first = expected.split_whitespace().next().unwrap_or_default();
    let number = expected.split_whitespace().find_map(|word| word.parse::<usize>().ok());
    let is_number = |word: &str| {
        ["f32", "f64", "usize", "isize"].contains(&word)
            || word.strip_prefix(['i', 'u']).is_some_and(|bits| bits.parse::<u16>().is_ok())
    };
    match (expected, number) {
        ("a string" | "a borrowed string" | "string" | "a character", _) => t("text in double quotes").to_owned(),
        ("a boolean", _) => t("`true` or `false`").to_owned(),
        ("a map", _) => t("a list of entries in curly brackets: { ... }").to_owned(),
        ("unit" | "field identifier" | "variant identifier", _) => t("a name without quotes").to_owned(),
        ("option", _) => t("a value").to_owned(),
        (_, Some(count)) if first == "struct" => tr!("its {count} fields in round brackets", count),
        (_, Some(count)) if expected.contains("tuple") => tr!("{count} values in round brackets", count),
        _ if first == "struct" => t("its fields in round brackets: ( ... )").to_owned(),
        _ if first == "enum" || expected.contains("variant") => t("one of the words that are known here").to_owned(),
        _ if expected.contains("sequence") || expected.contains("array") => {
            t("values in square brackets: [ ... ]").to_owned()
        }
        _ if expected.split_whitespace().any(is_number)
            || expected.contains("integer")
            || expected.contains("float") =>
        {
            t("a number").to_owned()
        }
        // Our own words.
        (words, _) => words.to_owned(),
    }
}

/// What was found there.
pub(super) fn seen(found: &str) -> String {
    let (before, inside) = match found.split_once('`') {
        Some((before, rest)) => (before.trim(), rest.rsplit_once('`').map_or(rest, |(inside, _)| inside)),
        None => (found, ""),
    };
    match before {
        "the boolean" => format!("`{inside}`"),
        "the unsigned integer" | "the signed integer" | "the floating point number" | "integer" => {
            inside.parse().map_or_else(|_| t("a number").to_owned(), |number: f64| tr!("the number {}", exact(number)))
        }
        "the UTF-8 character" => tr!("the character `{inside}`", inside),
        "a sequence" => t("a list in square brackets").to_owned(),
        "a map" => t("entries in brackets").to_owned(),
        // The reader's word for a name without quotes, which helps nobody.
        "a unit value" => t("a word without quotes").to_owned(),
        _ => match found.strip_prefix("the string ") {
            Some(text) => tr!("the text {text}", text),
            None if found.starts_with("the byte string") => t("bytes").to_owned(),
            None => t("something in brackets").to_owned(),
        },
    }
}

/// What a word was probably meant to be that has signs in it which no name has.
pub(super) fn as_name(word: &str) -> Option<String> {
    let plain: String = word.chars().map(|letter| if letter.is_ascii_alphanumeric() { letter } else { '_' }).collect();
    let name = plain.trim_matches('_');
    (name != word && name.starts_with(|letter: char| letter.is_ascii_alphabetic())).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_reader_says_of_types_becomes_what_a_person_can_write() {
        for (expected, words) in [
            ("struct Component", "its fields in round brackets: ( ... )"),
            ("struct Finish with 2 elements", "its 2 fields in round brackets"),
            ("a tuple of size 2", "2 values in round brackets"),
            ("u32", "a number"),
            ("f64", "a number"),
            ("a sequence", "values in square brackets: [ ... ]"),
            ("enum Protocol", "one of the words that are known here"),
            ("`true`, `false`, a number, or an option in quotes", "`true`, `false`, a number, or an option in quotes"),
        ] {
            assert_eq!(wanted(expected), words);
        }
        let long = format!("the floating point number `1{}`", "0".repeat(300));
        for (found, words) in [
            (long.as_str(), "the number 1e300"),
            ("integer `340282366920938463463374607431768211455` as u128", "the number 3.402824e38"),
            ("the signed integer `-12000`", "the number −12,000"),
            ("the string \"a `b`\"", "the text \"a `b`\""),
            ("the boolean `true`", "`true`"),
            ("a newtype variant", "something in brackets"),
        ] {
            assert_eq!(seen(found), words);
        }
        let names = ["web-app", "-x.y-", "+", "5", "worker"].map(as_name);
        assert_eq!(names, [Some("web_app".to_owned()), Some("x_y".to_owned()), None, None, None]);
    }
}
