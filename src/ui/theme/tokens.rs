//! Colours, radii and sizes by what they are for. The only place in the program where a colour is written down.
#![expect(clippy::disallowed_methods, reason = "this is the table the rule points at")]

use egui::Color32;

const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

/// A colour and the surface it is read on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// Text, icon or bar.
    pub ink: Color32,
    /// The surface under it.
    pub surface: Color32,
}

const fn pair(ink: u32, surface: u32) -> Pair {
    Pair { ink: rgb(ink), surface: rgb(surface) }
}

/// Every colour of one theme.
#[derive(Clone, Debug, PartialEq)]
pub struct Tokens {
    /// Whether this is the dark theme.
    pub dark: bool,
    /// Behind everything.
    pub app: Color32,
    /// Palette, inspector, dock, bars.
    pub panel: Color32,
    /// The sheet.
    pub canvas: Color32,
    /// Cards and fields.
    pub card: Color32,
    /// A surface one step away from its ground: fields, hovered rows, segmented controls.
    pub sunken: Color32,
    /// Hairlines.
    pub line: Color32,
    /// Borders of cards and fields, dots of the grid.
    pub line_strong: Color32,
    /// Text.
    pub text: Color32,
    /// Second lines, labels.
    pub muted: Color32,
    /// Captions that repeat elsewhere.
    pub faint: Color32,
    /// Selection, primary button, links.
    pub accent: Pair,
    /// Text on the accent colour.
    pub on_accent: Color32,
    /// Connections.
    pub wire: Color32,
    /// Findings, seam, missed target.
    pub warning: Pair,
    /// Errors.
    pub error: Pair,
    /// Sticky notes.
    pub sticky: Pair,
    /// A shadow under cards.
    pub shadow: Color32,
    green: Pair,
    olive: Pair,
    teal: Pair,
    violet: Pair,
    rose: Pair,
    blue: Pair,
    neutral: Pair,
}

impl Tokens {
    /// Ink and surface of a framework colour as the playbook names it.
    pub fn framework(&self, colour: &str) -> Pair {
        match colour {
            "green" => self.green,
            "olive" => self.olive,
            "teal" => self.teal,
            "violet" => self.violet,
            "rose" => self.rose,
            "blue" => self.blue,
            _ => self.neutral,
        }
    }

    /// The tokens of the theme that `ui` is drawn in.
    pub fn of(ui: &egui::Ui) -> &'static Self {
        Self::for_dark(ui.visuals().dark_mode)
    }

    /// The tokens of the dark or the light theme.
    pub fn for_dark(dark: bool) -> &'static Self {
        if dark { &DARK } else { &LIGHT }
    }
}

/// The light theme.
pub static LIGHT: Tokens = Tokens {
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
    sticky: pair(0x4A_4020, 0xFF_F6D6),
    shadow: Color32::from_black_alpha(28),
    green: pair(0x1F_7A4D, 0xE3_F4EA),
    olive: pair(0x55_7517, 0xEE_F5DC),
    teal: pair(0x00_7781, 0xDF_F4F5),
    violet: pair(0x7A_3FC2, 0xF1_E8FC),
    rose: pair(0xB8_3070, 0xFC_E7F1),
    blue: pair(0x1C_69B0, 0xE2_EFFB),
    neutral: pair(0x5A_6472, 0xEE_F0F3),
};

/// The dark theme.
pub static DARK: Tokens = Tokens {
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
    sticky: pair(0xEF_E3B0, 0x39_3320),
    shadow: Color32::from_black_alpha(110),
    green: pair(0x5C_C58F, 0x17_3327),
    olive: pair(0xB3_CF68, 0x2B_3216),
    teal: pair(0x4F_CAD3, 0x11_343A),
    violet: pair(0xC0_9AF5, 0x30_2245),
    rose: pair(0xF0_8DB8, 0x40_1D2E),
    blue: pair(0x7F_B8F0, 0x17_2C40),
    neutral: pair(0x9A_A5B4, 0x26_2C35),
};

/// Radii in points.
pub mod radius {
    /// Cards on the canvas.
    pub const CARD: u8 = 9;
    /// Buttons, fields, popups.
    pub const CONTROL: u8 = 6;
    /// Badges and chips: pills.
    pub const PILL: u8 = 10;
}

/// Steps of the 4-point grid.
pub mod space {
    /// Between an icon and its word.
    pub const TINY: f32 = 4.0;
    /// Between things that belong together.
    pub const SMALL: f32 = 8.0;
    /// Inside panels.
    pub const MEDIUM: f32 = 12.0;
    /// Between groups.
    pub const LARGE: f32 = 20.0;
}

/// First sizes of the parts of the window in points; all can be dragged.
pub mod size {
    /// Menu bar and toolbar.
    pub const TOP_BAR: f32 = 40.0;
    /// Component palette.
    pub const LEFT: f32 = 228.0;
    /// Inspector.
    pub const RIGHT: f32 = 328.0;
    /// Status bar.
    pub const STATUS: f32 = 28.0;
    /// Dock.
    pub const DOCK: f32 = 250.0;
}

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(colour: Color32) -> f64 {
        let channel = |c: u8| {
            let c = f64::from(c) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(colour.r()) + 0.7152 * channel(colour.g()) + 0.0722 * channel(colour.b())
    }

    fn contrast(a: Color32, b: Color32) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn every_text_colour_reads_on_every_surface_it_stands_on() {
        for theme in [&LIGHT, &DARK] {
            let mut pairs = vec![("on accent", theme.on_accent, theme.accent.ink)];
            for (name, surface) in [("panel", theme.panel), ("canvas", theme.canvas), ("card", theme.card)] {
                pairs.extend([(name, theme.text, surface), (name, theme.muted, surface), (name, theme.faint, surface)]);
                pairs.push((name, theme.warning.ink, surface));
                pairs.push((name, theme.error.ink, surface));
            }
            for colour in ["green", "olive", "teal", "violet", "rose", "blue", "none"] {
                let pair = theme.framework(colour);
                pairs.push((colour, pair.ink, pair.surface));
                pairs.push((colour, pair.ink, theme.card));
            }
            for (name, pair) in [("accent", theme.accent), ("warning", theme.warning), ("sticky", theme.sticky)] {
                pairs.push((name, pair.ink, pair.surface));
            }
            for (name, ink, surface) in pairs {
                let ratio = contrast(ink, surface);
                assert!(ratio >= 4.5, "dark {}: {name}: {ink:?} on {surface:?} is {ratio:.2}", theme.dark);
            }
        }
    }
}
