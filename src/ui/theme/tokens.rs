//! Colours, radii and sizes by what they are for, in the toolkit's words. The numbers of the colours are in `palette`.
#![expect(clippy::disallowed_methods, reason = "this is the table the rule points at")]

use egui::Color32;

use crate::{
    palette::{self, Palette, Rgb, STEPS, Tone},
    project::NoteColour,
};

/// A colour of the palette as the toolkit wants it.
pub(in crate::ui) const fn colour(rgb: Rgb) -> Color32 {
    let [red, green, blue] = rgb.channels();
    Color32::from_rgb(red, green, blue)
}

/// A colour and the surface it is read on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// Text, icon or bar.
    pub ink: Color32,
    /// The surface under it.
    pub surface: Color32,
}

const fn pair(pair: palette::Pair) -> Pair {
    Pair { ink: colour(pair.ink), surface: colour(pair.surface) }
}

/// How a tone is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Paint {
    /// Text on the fill.
    pub ink: Color32,
    /// The surface.
    pub fill: Color32,
    /// What stands out from cards and sheet: bands, the overview, borders.
    pub strong: Color32,
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
    palette: &'static Palette,
}

impl Tokens {
    const fn new(palette: &'static Palette) -> Self {
        Self {
            dark: palette.dark,
            app: colour(palette.app),
            panel: colour(palette.panel),
            canvas: colour(palette.canvas),
            card: colour(palette.card),
            sunken: colour(palette.sunken),
            line: colour(palette.line),
            line_strong: colour(palette.line_strong),
            text: colour(palette.text),
            muted: colour(palette.muted),
            faint: colour(palette.faint),
            accent: pair(palette.accent),
            on_accent: colour(palette.on_accent),
            wire: colour(palette.wire),
            warning: pair(palette.warning),
            error: pair(palette.error),
            sticky: pair(palette.sticky),
            shadow: Color32::from_black_alpha(palette.shadow_alpha),
            palette,
        }
    }

    /// Ink and surface of a framework colour as the playbook names it.
    pub fn framework(&self, colour: &str) -> Pair {
        pair(self.palette.framework(colour))
    }

    /// Ink and surface of a sticky note.
    pub fn paper(&self, colour: NoteColour) -> Pair {
        pair(self.palette.paper(colour.name()))
    }

    /// How a tone is drawn.
    pub fn paint(&self, tone: &Tone) -> Paint {
        let paint = self.palette.paint(tone);
        Paint { ink: colour(paint.ink), fill: colour(paint.fill), strong: colour(paint.strong) }
    }

    /// The surface of a card in a tone.
    pub fn card_in(&self, tone: &Tone) -> Color32 {
        colour(self.palette.card_in(tone))
    }

    /// Ground and border behind the components of a framework with this colour.
    pub fn zone(&self, name: &str) -> (Color32, Color32) {
        (colour(self.palette.zone(name)), colour(self.palette.zone_line(name)))
    }

    /// The scale from little to much.
    pub fn scale(&self) -> [Pair; STEPS] {
        self.palette.scale.map(pair)
    }

    /// The tokens of the theme that `ui` is drawn in.
    pub fn of(ui: &egui::Ui) -> &'static Self {
        Self::of_visuals(ui.visuals())
    }

    /// The tokens that some visuals were made of: their hairlines say which.
    pub fn of_visuals(visuals: &egui::Visuals) -> &'static Self {
        let high = Self::for_theme(visuals.dark_mode, true);
        if visuals.window_stroke.color == high.line { high } else { Self::for_theme(visuals.dark_mode, false) }
    }

    /// Whether these are the colours for who needs more contrast.
    pub fn is_high(&self) -> bool {
        std::ptr::eq(self, Self::for_theme(self.dark, true))
    }

    /// The tokens of the dark or the light theme, with usual or high contrast.
    pub fn for_theme(dark: bool, high_contrast: bool) -> &'static Self {
        match (dark, high_contrast) {
            (false, false) => &LIGHT,
            (false, true) => &LIGHT_HIGH,
            (true, false) => &DARK,
            (true, true) => &DARK_HIGH,
        }
    }
}

/// The light theme.
pub static LIGHT: Tokens = Tokens::new(&palette::LIGHT);

/// The dark theme.
pub static DARK: Tokens = Tokens::new(&palette::DARK);

static LIGHT_HIGH: Tokens = Tokens::new(&palette::LIGHT_HIGH);
static DARK_HIGH: Tokens = Tokens::new(&palette::DARK_HIGH);

/// Radii in points.
pub mod radius {
    /// Cards on the canvas.
    pub const CARD: u8 = 9;
    /// Buttons, fields, popups.
    pub const CONTROL: u8 = 6;
    /// Badges and chips: pills.
    pub const PILL: u8 = 10;
    /// Rows of lists, and small things within controls.
    pub const ROW: u8 = 4;
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
