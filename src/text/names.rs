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
/// On that of a resource above the value that a perspective gives it.
pub const TAGGED_RESOURCE: [Setting; 2] = [setting(12.0, 1), setting(10.5, 1)];

/// The height of a row, in sizes of its letters.
pub const ROW: f64 = 1.21;

/// Where a name begins from the left edge of a card, beside the icon or close to it, and without one, in world units.
const LEFT_SERVICE: f64 = 45.0;
const LEFT_RESOURCE: f64 = 40.0;
const LEFT_LONG: f64 = 42.0;
/// Inside a card's border, in world units.
pub const PADDING: f64 = 11.0;
/// So much less of it is kept free beside the name of a resource.
const CLOSER_RESOURCE: f64 = 3.0;
/// A mark at the right of a card takes so much from its name, in world units.
pub const MARK: f64 = 16.0;
/// Marks below each other are so far apart, in world units.
pub const MARK_ROW: f64 = 15.0;
/// Two of those stand in a column that takes so much from a long name.
const MARK_LONG: f64 = 14.0;

/// Where a name is on a card, in world units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Place {
    /// Where it begins, from the card's left edge, in world units.
    pub left: f64,
    /// How wide it may be, in world units.
    pub room: f64,
    /// The marks stand below each other, so that a long name has more room.
    pub stacked: bool,
}

/// What a card has besides its name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Around {
    /// It is the card of a service and not of a resource.
    pub service: bool,
    /// Its width in world units.
    pub width: f64,
    /// Its icon is shown.
    pub icon: bool,
    /// How many marks it has at the right.
    pub marks: usize,
}

/// Where the name of a card is: beside all its marks if it is `whole` there in one row, else as close to the icon as it goes, with the
/// marks below each other. `whole` is asked with a room in world units.
pub fn place(card: Around, whole: impl FnOnce(f64) -> bool) -> Place {
    let left = match (card.icon, card.service) {
        (false, _) => PADDING,
        (true, true) => LEFT_SERVICE,
        (true, false) => LEFT_RESOURCE,
    };
    let right = PADDING - if card.service { 0.0 } else { CLOSER_RESOURCE };
    let room = card.width - left - right - MARK * card.marks as f64;
    if !card.service || whole(room) {
        return Place { left, room, stacked: false };
    }
    let left = if card.icon { LEFT_LONG } else { left };
    let room = card.width - left - PADDING - MARK_LONG * card.marks.div_ceil(2) as f64;
    Place { left, room, stacked: true }
}

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

/// The first of these settings in which all of a name is seen, by its place. `room` is how wide it may be, in sizes of the
/// letters, asked for each setting.
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
    fn a_long_name_of_a_service_has_the_marks_below_each_other_and_more_room() {
        let card = Around { service: true, width: 196.0, icon: true, marks: 3 };
        let (short, long) = (place(card, |_| true), place(card, |_| false));
        assert_eq!(short, Place { left: 45.0, room: 92.0, stacked: false });
        assert_eq!(long, Place { left: 42.0, room: 115.0, stacked: true });
        let resource = Around { service: false, ..card };
        assert_eq!(
            place(resource, |_| false),
            Place { left: 40.0, room: 100.0, stacked: false },
            "it has one row of marks"
        );
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
