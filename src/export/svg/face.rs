//! Reads the faces that come with the program: how wide a text is, and what an icon looks like.

use std::fmt::Write as _;

/// A face in a `TrueType` file. Every read is checked: what is not there is no glyph.
pub(super) struct Face {
    bytes: &'static [u8],
    /// Where each table begins.
    cmap: usize,
    glyf: usize,
    hmtx: usize,
    loca: usize,
    units_per_em: f64,
    /// Glyphs with an advance of their own; those behind have the last one's.
    advances: usize,
    long_loca: bool,
}

/// A point of an outline, and whether the line goes through it.
type Spot = (f64, f64, bool);

impl Face {
    /// The face of a file.
    pub(super) fn open(bytes: &'static [u8]) -> Option<Self> {
        let mut face =
            Self { bytes, cmap: 0, glyf: 0, hmtx: 0, loca: 0, units_per_em: 1.0, advances: 0, long_loca: false };
        let (head, hhea) = (face.table(*b"head")?, face.table(*b"hhea")?);
        face.glyf = face.table(*b"glyf")?;
        face.hmtx = face.table(*b"hmtx")?;
        face.loca = face.table(*b"loca")?;
        face.units_per_em = f64::from(face.u16(head + 18)?).max(1.0);
        face.long_loca = face.u16(head + 50)? != 0;
        face.advances = usize::from(face.u16(hhea + 34)?);
        let cmap = face.table(*b"cmap")?;
        let subtables = usize::from(face.u16(cmap + 2)?);
        face.cmap = (0..subtables)
            .filter_map(|i| Some(cmap + face.u32(cmap + 8 + 8 * i)?))
            .find(|at| face.u16(*at) == Some(4))?;
        Some(face)
    }

    /// The width of a character in ems; `None` if the face does not have it.
    pub(super) fn advance(&self, character: char) -> Option<f64> {
        let glyph = self.glyph(character)?.min(self.advances.checked_sub(1)?);
        Some(f64::from(self.u16(self.hmtx + 4 * glyph)?) / self.units_per_em)
    }

    /// The outline of a character as a path in font units, y upwards, and its width in the same units.
    pub(super) fn outline(&self, character: char) -> Option<(String, f64)> {
        let glyph = self.glyph(character)?;
        let (begin, end) = (self.offset(glyph)?, self.offset(glyph + 1)?);
        let mut path = String::new();
        if begin < end {
            for contour in self.contours(self.glyf + begin)? {
                write_contour(&mut path, &contour);
            }
        }
        Some((path, self.advance(character)? * self.units_per_em))
    }

    pub(super) fn units_per_em(&self) -> f64 {
        self.units_per_em
    }

    fn table(&self, name: [u8; 4]) -> Option<usize> {
        let tables = usize::from(self.u16(4)?);
        let row = (0..tables).map(|i| 12 + 16 * i).find(|at| self.bytes.get(*at..at + 4) == Some(&name))?;
        self.u32(row + 8)
    }

    fn u8(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    fn u16(&self, at: usize) -> Option<u16> {
        Some(u16::from_be_bytes([self.u8(at)?, self.u8(at + 1)?]))
    }

    fn i16(&self, at: usize) -> Option<i16> {
        self.u16(at).map(u16::cast_signed)
    }

    fn u32(&self, at: usize) -> Option<usize> {
        Some(usize::from(self.u16(at)?) << 16 | usize::from(self.u16(at + 2)?))
    }

    /// The number of a character's glyph, from the character map's format 4.
    fn glyph(&self, character: char) -> Option<usize> {
        let code = u16::try_from(character as u32).ok()?;
        let doubled = usize::from(self.u16(self.cmap + 6)?);
        let (ends, starts) = (self.cmap + 14, self.cmap + 16 + doubled);
        let segment = (0..doubled).step_by(2).find(|i| self.u16(ends + i).is_some_and(|end| code <= end))?;
        let start = self.u16(starts + segment)?;
        if code < start {
            return None;
        }
        let delta = self.u16(starts + doubled + segment)?;
        let at = starts + 2 * doubled + segment;
        let glyph = match self.u16(at)? {
            0 => code.wrapping_add(delta),
            range => match self.u16(at + usize::from(range) + 2 * usize::from(code - start))? {
                0 => 0,
                glyph => glyph.wrapping_add(delta),
            },
        };
        (glyph != 0).then_some(usize::from(glyph))
    }

    fn offset(&self, glyph: usize) -> Option<usize> {
        if self.long_loca {
            self.u32(self.loca + 4 * glyph)
        } else {
            Some(usize::from(self.u16(self.loca + 2 * glyph)?) * 2)
        }
    }

    /// The contours of a simple glyph; `None` for one that is put together of others.
    fn contours(&self, at: usize) -> Option<Vec<Vec<Spot>>> {
        let count = usize::try_from(self.i16(at)?).ok()?;
        let ends: Vec<usize> = (0..count).map(|i| self.u16(at + 10 + 2 * i).map(usize::from)).collect::<Option<_>>()?;
        let points = ends.last().map_or(0, |end| end + 1);
        let instructions = usize::from(self.u16(at + 10 + 2 * count)?);
        let mut cursor = at + 12 + 2 * count + instructions;
        let mut flags = Vec::with_capacity(points);
        while flags.len() < points {
            let flag = self.u8(cursor)?;
            cursor += 1;
            let mut times = 1;
            if flag & 8 != 0 {
                times += usize::from(self.u8(cursor)?);
                cursor += 1;
            }
            flags.extend(std::iter::repeat_n(flag, times));
        }
        let xs = self.coordinates(&mut cursor, &flags, 2, 16)?;
        let ys = self.coordinates(&mut cursor, &flags, 4, 32)?;
        let spots: Vec<Spot> = (0..points).map(|i| (xs[i], ys[i], flags[i] & 1 != 0)).collect();
        let starts = std::iter::once(0).chain(ends.iter().map(|end| end + 1));
        starts.zip(&ends).map(|(start, end)| spots.get(start..=*end).map(<[Spot]>::to_vec)).collect()
    }

    fn coordinates(&self, cursor: &mut usize, flags: &[u8], short: u8, same: u8) -> Option<Vec<f64>> {
        let mut value = 0.0;
        let mut values = Vec::with_capacity(flags.len());
        for flag in flags {
            if flag & short != 0 {
                let size = f64::from(self.u8(*cursor)?);
                *cursor += 1;
                value += if flag & same != 0 { size } else { -size };
            } else if flag & same == 0 {
                value += f64::from(self.i16(*cursor)?);
                *cursor += 2;
            }
            values.push(value);
        }
        Some(values)
    }
}

/// Writes a closed contour of straight lines and quadratic curves.
fn write_contour(path: &mut String, spots: &[Spot]) {
    let middle = |a: Spot, b: Spot| (f64::midpoint(a.0, b.0), f64::midpoint(a.1, b.1), true);
    let Some(first) = spots.first().copied() else { return };
    let last = spots[spots.len() - 1];
    let start = match (first.2, last.2) {
        (true, _) => first,
        (false, true) => last,
        (false, false) => middle(first, last),
    };
    let _ = write!(path, "M{} {}", start.0, start.1);
    let mut control: Option<Spot> = None;
    let skip = usize::from(first.2);
    for spot in spots.iter().skip(skip).copied().chain([start]) {
        match (control, spot.2) {
            (None, true) => {
                let _ = write!(path, "L{} {}", spot.0, spot.1);
            }
            (None, false) => control = Some(spot),
            (Some(before), true) => {
                let _ = write!(path, "Q{} {} {} {}", before.0, before.1, spot.0, spot.1);
                control = None;
            }
            (Some(before), false) => {
                let between = middle(before, spot);
                let _ = write!(path, "Q{} {} {} {}", before.0, before.1, between.0, between.1);
                control = Some(spot);
            }
        }
    }
    path.push('Z');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{icons, project::ComponentKind};

    #[test]
    fn every_kind_has_an_outline_and_texts_have_widths() {
        let icons = Face::open(include_bytes!("../../../assets/icons/lucide.ttf")).unwrap();
        for kind in ComponentKind::ALL {
            let (path, width) = icons.outline(icons::of_kind(*kind)).unwrap();
            assert!(path.starts_with('M') && path.ends_with('Z') && width > 0.0, "{kind:?}: {path}");
        }
        let text = Face::open(include_bytes!("../../../assets/fonts/Inter-SemiBold.ttf")).unwrap();
        assert!(text.advance('W').unwrap() > 1.5 * text.advance('i').unwrap());
        assert_eq!(text.advance('0'), text.advance('1'), "figures are of one width");
        assert_eq!(text.advance('中'), None);
        assert!(Face::open(b"not a face").is_none());
    }
}
