//! Every colour of both themes as plain numbers: the only place in the program where a colour is written down. The window
//! makes its tokens of them (`ui/theme`), the drawings that are exported use them as they are.

use std::fmt;

/// An opaque colour. Only this file can make one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rgb([u8; 3]);

const fn rgb(hex: u32) -> Rgb {
    Rgb([(hex >> 16) as u8, (hex >> 8) as u8, hex as u8])
}

impl Rgb {
    /// Red, green and blue, 0 to 255.
    pub const fn channels(self) -> [u8; 3] {
        self.0
    }

    /// This colour with a share (0 to 1) of another one in it.
    #[must_use]
    pub fn mixed(self, other: Self, share: f32) -> Self {
        let channel = |i: usize| {
            let (a, b) = (f32::from(self.0[i]), f32::from(other.0[i]));
            (a + (b - a) * share.clamp(0.0, 1.0)).round() as u8
        };
        Self([channel(0), channel(1), channel(2)])
    }

    fn luminance(self) -> f64 {
        let channel = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(self.0[0]) + 0.7152 * channel(self.0[1]) + 0.0722 * channel(self.0[2])
    }

    /// How well two colours can be told apart, from 1 (not at all) to 21; text needs 4.5.
    pub fn contrast(self, other: Self) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }
}

/// As drawings write it: a hash and six hexadecimal digits.
impl fmt::Display for Rgb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// A colour and the surface it is read on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Text, icon or bar.
    pub ink: Rgb,
    /// The surface under it.
    pub surface: Rgb,
}

const fn pair(ink: u32, surface: u32) -> Pair {
    Pair { ink: rgb(ink), surface: rgb(surface) }
}

/// Steps of the scale that runs from little to much.
pub const STEPS: usize = 6;

/// Every colour of one theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Whether this is the dark theme.
    pub dark: bool,
    /// Behind everything.
    pub app: Rgb,
    /// Palette, inspector, dock, bars.
    pub panel: Rgb,
    /// The sheet.
    pub canvas: Rgb,
    /// Cards and fields.
    pub card: Rgb,
    /// A surface one step away from its ground: fields, hovered rows, segmented controls.
    pub sunken: Rgb,
    /// Hairlines.
    pub line: Rgb,
    /// Borders of cards and fields, dots of the grid.
    pub line_strong: Rgb,
    /// Text.
    pub text: Rgb,
    /// Second lines, labels.
    pub muted: Rgb,
    /// Captions that repeat elsewhere.
    pub faint: Rgb,
    /// Selection, primary button, links.
    pub accent: Pair,
    /// Text on the accent colour.
    pub on_accent: Rgb,
    /// Connections.
    pub wire: Rgb,
    /// Findings, seam, missed target.
    pub warning: Pair,
    /// Errors.
    pub error: Pair,
    /// Hints: worth a thought, nothing wrong.
    pub hint: Pair,
    /// Sticky notes.
    pub sticky: Pair,
    /// How black a shadow is, 0 to 255.
    pub shadow_alpha: u8,
    /// From little to much. Lightness alone tells the steps apart, so that they do for every eye.
    pub scale: [Pair; STEPS],
    green: Pair,
    olive: Pair,
    teal: Pair,
    violet: Pair,
    rose: Pair,
    blue: Pair,
    neutral: Pair,
    /// The paper of sticky notes that is not the usual one: rose, blue, grey.
    papers: [Pair; 3],
}

/// What a colour stands for where something is coloured by a property.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Tone {
    /// A framework, by the colour that the playbook gives it.
    Framework(String),
    /// A step of the scale from little to much, 0 to [`STEPS`] - 1.
    Step(usize),
    /// Something is broken.
    Error,
    /// Likely a mistake.
    Warning,
    /// Worth a thought.
    Hint,
    /// Nothing to see: no finding, a plain no.
    Quiet,
    /// Nobody knows: neither no nor zero. Drawn hatched.
    Unknown,
    /// Put off to later: drawn, but no part of the plan now. Drawn dashed.
    Later,
}

/// How a [`Tone`] is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paint {
    /// Text on the fill.
    pub ink: Rgb,
    /// The surface.
    pub fill: Rgb,
    /// What stands out from cards and sheet: bands, the overview, borders.
    pub strong: Rgb,
}

impl Palette {
    /// The dark or the light theme.
    pub fn for_dark(dark: bool) -> &'static Self {
        if dark { &DARK } else { &LIGHT }
    }

    /// Ink and surface of a framework colour as the playbook names it.
    pub const fn framework(&self, colour: &str) -> Pair {
        match colour.as_bytes() {
            b"green" => self.green,
            b"olive" => self.olive,
            b"teal" => self.teal,
            b"violet" => self.violet,
            b"rose" => self.rose,
            b"blue" => self.blue,
            _ => self.neutral,
        }
    }

    /// Ink and surface of a sticky note by the name of its paper; those that are not known are as usual.
    pub const fn paper(&self, colour: &str) -> Pair {
        match colour.as_bytes() {
            b"rose" => self.papers[0],
            b"blue" => self.papers[1],
            b"grey" => self.papers[2],
            _ => self.sticky,
        }
    }

    /// How a tone is drawn.
    pub fn paint(&self, tone: &Tone) -> Paint {
        let by_ink = |pair: Pair| Paint { ink: pair.ink, fill: pair.surface, strong: pair.ink };
        match tone {
            Tone::Framework(colour) => by_ink(self.framework(colour)),
            Tone::Step(step) => {
                let Pair { ink, surface } = self.scale[(*step).min(STEPS - 1)];
                Paint { ink, fill: surface, strong: surface }
            }
            Tone::Error => by_ink(self.error),
            Tone::Warning => by_ink(self.warning),
            Tone::Hint => by_ink(self.hint),
            Tone::Quiet => Paint { ink: self.neutral.ink, fill: self.neutral.surface, strong: self.line_strong },
            Tone::Unknown => Paint { ink: self.muted, fill: self.card, strong: self.faint },
            Tone::Later => Paint { ink: self.muted, fill: self.canvas, strong: self.faint },
        }
    }

    /// The surface of a card in a tone: a breath of it, so that all text of a card stays readable.
    pub fn card_in(&self, tone: &Tone) -> Rgb {
        match tone {
            Tone::Quiet | Tone::Unknown => self.card,
            Tone::Later => self.canvas,
            _ => self.card.mixed(self.paint(tone).fill, if self.dark { 0.07 } else { 0.1 }),
        }
    }

    /// The ground behind the components of one framework.
    pub fn zone(&self, colour: &str) -> Rgb {
        self.canvas.mixed(self.framework(colour).surface, if self.dark { 0.45 } else { 0.5 })
    }

    /// The border of that ground.
    pub fn zone_line(&self, colour: &str) -> Rgb {
        self.canvas.mixed(self.framework(colour).ink, if self.dark { 0.2 } else { 0.16 })
    }
}

/// The light theme.
pub const LIGHT: Palette = Palette {
    dark: false,
    app: rgb(0xF4_F5F7),
    panel: rgb(0xFF_FFFF),
    canvas: rgb(0xF8_F9FB),
    card: rgb(0xFF_FFFF),
    sunken: rgb(0xF1_F3F6),
    line: rgb(0xE3_E6EA),
    line_strong: rgb(0xCF_D4DA),
    text: rgb(0x1C_2430),
    muted: rgb(0x5A_6472),
    faint: rgb(0x64_6E7B),
    accent: pair(0x4F_5BD5, 0xEC_EEFC),
    on_accent: rgb(0xFF_FFFF),
    wire: rgb(0x7F_8A99),
    warning: pair(0xA3_5500, 0xFF_F0DC),
    error: pair(0xC0_303B, 0xFD_ECEE),
    hint: pair(0x1C_69B0, 0xE2_EFFB),
    sticky: pair(0x4A_4020, 0xFF_F6D6),
    shadow_alpha: 28,
    scale: [
        pair(0x1C_2430, 0xE4_EAF4),
        pair(0x1C_2430, 0xC6_CFE6),
        pair(0x1C_2430, 0xA9_AEDA),
        pair(0x14_122A, 0x8F_87C9),
        pair(0xFF_FFFF, 0x76_56AC),
        pair(0xFF_FFFF, 0x55_2B82),
    ],
    green: pair(0x1F_7A4D, 0xE3_F4EA),
    olive: pair(0x55_7517, 0xEE_F5DC),
    teal: pair(0x00_7781, 0xDF_F4F5),
    violet: pair(0x7A_3FC2, 0xF1_E8FC),
    rose: pair(0xB8_3070, 0xFC_E7F1),
    blue: pair(0x1C_69B0, 0xE2_EFFB),
    neutral: pair(0x5A_6472, 0xEE_F0F3),
    papers: [pair(0x4F_2038, 0xFC_E3EC), pair(0x1B_3A57, 0xDF_ECFA), pair(0x2C_343F, 0xE7_EAEF)],
};

/// The dark theme.
pub const DARK: Palette = Palette {
    dark: true,
    app: rgb(0x14_171C),
    panel: rgb(0x1B_1F26),
    canvas: rgb(0x15_181E),
    card: rgb(0x20_252D),
    sunken: rgb(0x16_1A20),
    line: rgb(0x2A_3039),
    line_strong: rgb(0x3A_424E),
    text: rgb(0xE7_EBF1),
    muted: rgb(0x9A_A5B4),
    faint: rgb(0x85_909F),
    accent: pair(0x8B_95F6, 0x26_2A49),
    on_accent: rgb(0x12_1530),
    wire: rgb(0x8A_94A3),
    warning: pair(0xF0_A553, 0x3A_2A14),
    error: pair(0xF0_737C, 0x3B_1C20),
    hint: pair(0x7F_B8F0, 0x17_2C40),
    sticky: pair(0xEF_E3B0, 0x39_3320),
    shadow_alpha: 110,
    scale: [
        pair(0xE7_EBF1, 0x2C_3346),
        pair(0xE7_EBF1, 0x41_4768),
        pair(0xF4_F2FA, 0x5C_598F),
        pair(0x12_101E, 0x8A_80C4),
        pair(0x12_101E, 0xB0_9FE0),
        pair(0x12_101E, 0xD9_C8F7),
    ],
    green: pair(0x5C_C58F, 0x17_3327),
    olive: pair(0xB3_CF68, 0x2B_3216),
    teal: pair(0x4F_CAD3, 0x11_343A),
    violet: pair(0xC0_9AF5, 0x30_2245),
    rose: pair(0xF0_8DB8, 0x40_1D2E),
    blue: pair(0x7F_B8F0, 0x17_2C40),
    neutral: pair(0x9A_A5B4, 0x26_2C35),
    papers: [pair(0xF0_C4D6, 0x3E_2230), pair(0xBF_DAF5, 0x1C_2E42), pair(0xD5_DAE2, 0x2D_333D)],
};

/// The light theme for whoever needs more contrast: every text has 7 to 1 and every hairline can be seen.
pub const LIGHT_HIGH: Palette = Palette {
    app: rgb(0xFF_FFFF),
    canvas: rgb(0xFF_FFFF),
    sunken: rgb(0xEE_EFF2),
    line: rgb(0x6B_7280),
    line_strong: rgb(0x1C_2430),
    text: rgb(0x00_0000),
    muted: rgb(0x20_2833),
    faint: rgb(0x33_3C48),
    accent: pair(0x23_2C9C, 0xE6_E9FF),
    wire: rgb(0x20_2833),
    warning: pair(0x6B_3600, 0xFF_F0DC),
    error: pair(0x8C_0D1A, 0xFD_ECEE),
    hint: pair(0x0E_4479, 0xE2_EFFB),
    sticky: pair(0x1E_190A, 0xFF_F6D6),
    green: pair(0x0C_4B2D, 0xE3_F4EA),
    olive: pair(0x35_4A0B, 0xEE_F5DC),
    teal: pair(0x00_484F, 0xDF_F4F5),
    violet: pair(0x51_2390, 0xF1_E8FC),
    rose: pair(0x7D_1547, 0xFC_E7F1),
    blue: pair(0x0E_4479, 0xE2_EFFB),
    neutral: pair(0x20_2833, 0xEE_F0F3),
    papers: [pair(0x2B_0A1B, 0xFC_E3EC), pair(0x08_203A, 0xDF_ECFA), pair(0x11_161D, 0xE7_EAEF)],
    ..LIGHT
};

/// The dark theme for whoever needs more contrast.
pub const DARK_HIGH: Palette = Palette {
    app: rgb(0x00_0000),
    panel: rgb(0x00_0000),
    canvas: rgb(0x00_0000),
    card: rgb(0x0A_0C10),
    sunken: rgb(0x16_1A20),
    line: rgb(0x7C_8796),
    line_strong: rgb(0xD5_DBE3),
    text: rgb(0xFF_FFFF),
    muted: rgb(0xDC_E2EA),
    faint: rgb(0xC6_CDD7),
    accent: pair(0xBC_C3FF, 0x1B_1F40),
    on_accent: rgb(0x00_0000),
    wire: rgb(0xDC_E2EA),
    warning: pair(0xFF_C880, 0x2A_1D0A),
    error: pair(0xFF_A9B0, 0x30_1216),
    hint: pair(0xAB_D4FF, 0x0E_2133),
    sticky: pair(0xFF_F5CC, 0x2B_2612),
    green: pair(0x8E_E7B7, 0x0E_2619),
    olive: pair(0xD3_EB90, 0x1F_250D),
    teal: pair(0x8C_EBF1, 0x09_282D),
    violet: pair(0xDB_C6FF, 0x23_1734),
    rose: pair(0xFF_BBD8, 0x30_1421),
    blue: pair(0xAB_D4FF, 0x0E_2133),
    neutral: pair(0xDC_E2EA, 0x1C_2027),
    papers: [pair(0xF9_DCE8, 0x35_1A28), pair(0xDD_EBFA, 0x14_263A), pair(0xE8_ECF2, 0x25_2B34)],
    ..DARK
};

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [&Palette; 4] = [&LIGHT, &DARK, &LIGHT_HIGH, &DARK_HIGH];

    fn assert_reads(dark: bool, name: &str, ink: Rgb, surface: Rgb) {
        let ratio = ink.contrast(surface);
        assert!(ratio >= 4.5, "dark {dark}: {name}: {ink} on {surface} is {ratio:.2}");
    }

    fn tones() -> Vec<Tone> {
        let frameworks = ["green", "olive", "teal", "violet", "rose", "blue", "none"];
        let mut tones: Vec<Tone> = frameworks.iter().map(|colour| Tone::Framework((*colour).to_owned())).collect();
        tones.extend((0..STEPS).map(Tone::Step));
        tones.extend([Tone::Error, Tone::Warning, Tone::Hint, Tone::Quiet, Tone::Unknown, Tone::Later]);
        tones
    }

    #[test]
    fn every_text_colour_reads_on_every_surface_it_stands_on() {
        for theme in ALL {
            assert_reads(theme.dark, "on accent", theme.on_accent, theme.accent.ink);
            for surface in [theme.panel, theme.canvas, theme.card] {
                for ink in [theme.text, theme.muted, theme.faint, theme.warning.ink, theme.error.ink] {
                    assert_reads(theme.dark, "surface", ink, surface);
                }
            }
            for colour in ["green", "olive", "teal", "violet", "rose", "blue", "none"] {
                let pair = theme.framework(colour);
                assert_reads(theme.dark, colour, pair.ink, pair.surface);
                assert_reads(theme.dark, colour, pair.ink, theme.card);
                assert_reads(theme.dark, colour, theme.muted, theme.zone(colour));
            }
            for (name, pair) in [("accent", theme.accent), ("warning", theme.warning), ("sticky", theme.sticky)] {
                assert_reads(theme.dark, name, pair.ink, pair.surface);
            }
            for paper in theme.papers {
                assert_reads(theme.dark, "paper", paper.ink, paper.surface);
            }
        }
    }

    #[test]
    fn every_tone_carries_its_own_text_and_a_tinted_card_the_text_of_cards() {
        for theme in ALL {
            for tone in tones() {
                let (name, paint, card) = (format!("{tone:?}"), theme.paint(&tone), theme.card_in(&tone));
                assert_reads(theme.dark, &name, paint.ink, paint.fill);
                for ink in [theme.text, theme.muted, theme.warning.ink, theme.error.ink] {
                    assert_reads(theme.dark, &name, ink, card);
                }
            }
        }
    }

    #[test]
    fn with_high_contrast_text_has_seven_to_one_and_hairlines_three() {
        for theme in [&LIGHT_HIGH, &DARK_HIGH] {
            for surface in [theme.app, theme.panel, theme.canvas, theme.card, theme.sunken] {
                let inks = [theme.text, theme.muted, theme.faint, theme.accent.ink, theme.warning.ink, theme.error.ink];
                for ink in inks {
                    assert!(ink.contrast(surface) >= 7.0, "dark {}: {ink} on {surface}", theme.dark);
                }
                for line in [theme.line, theme.line_strong, theme.wire] {
                    assert!(line.contrast(surface) >= 3.0, "dark {}: {line} on {surface}", theme.dark);
                }
            }
            let pairs = [theme.accent, theme.warning, theme.error, theme.hint, theme.sticky];
            let pairs = pairs.into_iter().chain(theme.papers);
            let frameworks = ["green", "olive", "teal", "violet", "rose", "blue", "none"];
            for pair in pairs.chain(frameworks.map(|colour| theme.framework(colour))) {
                assert!(pair.ink.contrast(pair.surface) >= 7.0, "dark {}: {pair:?}", theme.dark);
            }
        }
    }

    /// Lightness is what every kind of colour vision has.
    #[test]
    fn the_scale_runs_from_its_ground_away_and_its_steps_differ_in_lightness() {
        for theme in ALL {
            let from_ground: Vec<f64> = theme.scale.iter().map(|step| step.surface.contrast(theme.canvas)).collect();
            assert!(from_ground.is_sorted(), "{from_ground:?}");
            for pair in theme.scale.windows(2) {
                let ratio = pair[0].surface.contrast(pair[1].surface);
                assert!(
                    ratio >= 1.25,
                    "dark {}: {} and {} are {ratio:.2}",
                    theme.dark,
                    pair[0].surface,
                    pair[1].surface
                );
            }
        }
    }
}
