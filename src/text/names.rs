//! Names on cards: how large a name is written, and in how many rows, so that all of it can be read. The sheet and the exported picture
//! ask the same table, so that what is whole in one is whole in the other.

/// A way to write a name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Setting {
    /// The size of its letters, in world units.
    pub size: f64,
    /// It has so many rows at most.
    pub rows: usize,
}

/// Letters of a size, in world units, in so many rows at most.
pub const fn setting(size: f64, rows: usize) -> Setting {
    Setting { size, rows }
}

/// On the card of a service, from the best one to the last.
pub const SERVICE: [Setting; 5] =
    [setting(13.0, 1), setting(12.0, 2), setting(11.0, 3), setting(10.0, 3), setting(9.5, 3)];
/// On that of a resource, which has half its height.
pub const RESOURCE: [Setting; 4] = [setting(12.5, 1), setting(11.5, 2), setting(10.0, 3), setting(9.5, 3)];

/// The height of a row, in sizes of its letters.
pub const ROW: f64 = 1.21;

/// The words of a name, measured.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    /// Each word's width, in sizes of its letters.
    widths: Vec<f64>,
    space: f64,
}

impl Words {
    /// Measures a name by what each character takes, in sizes of the letters.
    pub fn measured(name: &str, mut advance: impl FnMut(char) -> f64) -> Self {
        let space = advance(' ');
        let mut width = |word: &str| word.chars().map(&mut advance).sum::<f64>();
        Self { widths: name.split_whitespace().map(&mut width).collect(), space }
    }

    /// How many rows it takes in a room so many letters' sizes wide; `None` if there is a word that has no room.
    pub fn rows(&self, room: f64) -> Option<usize> {
        let mut rows = 0;
        self.each_row(room, |_| rows += 1).then_some(rows)
    }

    /// The name with a line break behind every row.
    pub fn broken(&self, name: &str, room: f64) -> String {
        let mut words = name.split_whitespace();
        let mut text = String::with_capacity(name.len() + 2);
        self.each_row(room, |count| {
            if !text.is_empty() {
                text.push('\n');
            }
            for place in 0..count {
                if place > 0 {
                    text.push(' ');
                }
                text.push_str(words.next().unwrap_or_default());
            }
        });
        text
    }

    /// Tells how many words are in each row, and whether all of them have room.
    fn each_row(&self, room: f64, mut row: impl FnMut(usize)) -> bool {
        let (mut count, mut length, mut fits) = (0, 0.0, true);
        for width in &self.widths {
            if count > 0 && length + self.space + width > room {
                row(count);
                (count, length) = (0, 0.0);
            }
            length += width + if count > 0 { self.space } else { 0.0 };
            count += 1;
            fits &= *width <= room;
        }
        if count > 0 {
            row(count);
        }
        fits
    }
}

/// The first of these settings in which all of a name is seen, by its place. `room` is how wide it may be with letters of the size 1,
/// asked for each size.
pub fn first_whole(words: &Words, settings: &[Setting], room: impl Fn(&Setting) -> f64) -> Option<usize> {
    settings.iter().position(|setting| words.rows(room(setting)).is_some_and(|rows| rows <= setting.rows))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every character is half as wide as it is high.
    fn words(name: &str) -> Words {
        Words::measured(name, |_| 0.5)
    }

    #[test]
    fn a_row_ends_before_the_word_that_has_no_room_in_it() {
        let name = "Customer notification and preferences";
        let words = words(name);
        assert_eq!(words.rows(100.0), Some(1));
        assert_eq!(
            (words.rows(12.0), words.broken(name, 12.0).as_str()),
            (Some(2), "Customer notification\nand preferences")
        );
        assert_eq!((words.rows(6.0), words.broken(name, 6.0).matches('\n').count()), (Some(4), 3));
        assert_eq!(words.rows(5.9), None, "a word is never cut by this");
        assert_eq!(words.broken(name, 5.9).split_whitespace().collect::<Vec<_>>().join(" "), name, "nothing is lost");
        let empty = Words::measured(" ", |_| 0.5);
        assert_eq!((empty.rows(1.0), empty.broken(" ", 1.0).as_str()), (Some(0), ""));
    }

    #[test]
    fn the_largest_letters_win_in_which_all_is_seen() {
        let choose = |name: &str, room: f64| first_whole(&words(name), &SERVICE, |setting| room / setting.size);
        assert_eq!(choose("Billing", 140.0), Some(0));
        assert_eq!(choose("Customer notification service", 140.0), Some(1));
        assert_eq!(choose("Customer notification and preference management service (legacy)", 140.0), Some(2));
        assert_eq!(choose(&"word ".repeat(40), 140.0), None);
    }
}
