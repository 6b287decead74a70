//! Text faces and the toolkit's style, installed once at start.

use std::sync::Arc;

use egui::{
    Context, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Margin, RichText, Stroke, Style, TextStyle,
    Theme, Visuals,
    style::{ScrollAnimation, WidgetVisuals},
};

use super::tokens::{Tokens, radius};
use crate::ui::{InOrder, InView};

/// The weights of the text face.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Face {
    /// Running text.
    Regular,
    /// Labels that lead the eye.
    Medium,
    /// Titles, figures.
    SemiBold,
    /// Pictures.
    Icons,
}

impl Face {
    /// The font of this weight at a size in points.
    pub fn at(self, size: f32) -> FontId {
        FontId::new(size, self.family())
    }

    /// The family that carries this weight.
    pub fn family(self) -> FontFamily {
        match self {
            Self::Regular => FontFamily::Proportional,
            Self::Medium => FontFamily::Name("medium".into()),
            Self::SemiBold => FontFamily::Name("semibold".into()),
            Self::Icons => FontFamily::Name("icons".into()),
        }
    }
}

/// Text in a weight and size.
pub fn text(text: impl Into<String>, face: Face, size: f32) -> RichText {
    RichText::new(text).font(face.at(size))
}

/// A picture of the icon face at a size.
pub fn icon(glyph: char, size: f32) -> RichText {
    RichText::new(glyph).font(Face::Icons.at(size))
}

/// Installs faces and both themes. Call once, before the first frame.
pub fn install(ctx: &Context) {
    ctx.set_fonts(fonts());
    ctx.add_plugin(InOrder::default());
    ctx.add_plugin(InView::default());
    apply(ctx, false, false);
    ctx.options_mut(|options| {
        // How large everything is, is a setting; the keys are the canvas's.
        options.zoom_with_keyboard = false;
        // Closing goes through the command table, which asks about unsaved changes.
        options.quit_shortcuts.clear();
        // About a fifth closer with each notch of a wheel.
        options.input_options.scroll_zoom_speed = 1.0 / 400.0;
    });
}

/// Draws both themes with usual or high contrast, and with or without what moves by itself.
pub fn apply(ctx: &Context, high_contrast: bool, reduced_motion: bool) {
    for (theme, dark) in [(Theme::Light, false), (Theme::Dark, true)] {
        let mut style = style(Tokens::for_theme(dark, high_contrast));
        if high_contrast {
            // What scrolls pales towards its ends otherwise.
            style.spacing.scroll.fade.strength = 0.0;
        }
        if reduced_motion {
            style.animation_time = 0.0;
            style.scroll_animation = ScrollAnimation::none();
        }
        ctx.set_style_of(theme, style);
    }
}

fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    for (name, bytes) in [
        ("text-regular", &include_bytes!("../../../assets/fonts/Inter-Regular.ttf")[..]),
        ("text-medium", &include_bytes!("../../../assets/fonts/Inter-Medium.ttf")[..]),
        ("text-semibold", &include_bytes!("../../../assets/fonts/Inter-SemiBold.ttf")[..]),
        ("icons", &include_bytes!("../../../assets/icons/lucide.ttf")[..]),
    ] {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    // The toolkit's own faces stay behind ours: they have the signs that the text face lacks.
    let mut fallback = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    fallback.push("Hack".to_owned());
    for (family, first) in [
        (Face::Regular, "text-regular"),
        (Face::Medium, "text-medium"),
        (Face::SemiBold, "text-semibold"),
        (Face::Icons, "icons"),
    ] {
        let mut names = vec![first.to_owned()];
        names.extend(fallback.iter().cloned());
        fonts.families.insert(family.family(), names);
    }
    fonts
}

fn style(tokens: &Tokens) -> Style {
    let mut style = Style { visuals: visuals(tokens), ..Style::default() };
    style.text_styles = [
        (TextStyle::Small, Face::Regular.at(11.0)),
        (TextStyle::Body, Face::Regular.at(13.0)),
        (TextStyle::Button, Face::Regular.at(13.0)),
        (TextStyle::Heading, Face::SemiBold.at(16.0)),
        (TextStyle::Monospace, FontId::monospace(12.0)),
    ]
    .into();
    let spacing = &mut style.spacing;
    spacing.item_spacing = egui::vec2(8.0, 6.0);
    spacing.button_padding = egui::vec2(10.0, 5.0);
    spacing.menu_margin = Margin::same(6);
    spacing.interact_size = egui::vec2(32.0, 26.0);
    // In the ink of the text: in that of controls a bar at rest cannot be made out.
    spacing.scroll = egui::style::ScrollStyle {
        foreground_color: true,
        floating_width: 4.0,
        dormant_background_opacity: 0.0,
        dormant_handle_opacity: 0.35,
        active_handle_opacity: 0.45,
        ..egui::style::ScrollStyle::thin()
    };
    // Selectable labels swallow clicks on rows and cards.
    style.interaction.selectable_labels = false;
    style
}

fn visuals(tokens: &Tokens) -> Visuals {
    let mut visuals = if tokens.dark { Visuals::dark() } else { Visuals::light() };
    let control = CornerRadius::same(radius::CONTROL);
    visuals.panel_fill = tokens.panel;
    visuals.window_fill = tokens.panel;
    visuals.extreme_bg_color = tokens.sunken;
    visuals.faint_bg_color = tokens.sunken;
    visuals.code_bg_color = tokens.sunken;
    visuals.hyperlink_color = tokens.accent.ink;
    visuals.warn_fg_color = tokens.warning.ink;
    visuals.error_fg_color = tokens.error.ink;
    visuals.window_corner_radius = CornerRadius::same(10);
    visuals.menu_corner_radius = CornerRadius::same(8);
    visuals.window_stroke = Stroke::new(1.0, tokens.line);
    visuals.window_shadow = egui::Shadow { offset: [0, 8], blur: 24, spread: 0, color: tokens.shadow };
    visuals.popup_shadow = egui::Shadow { offset: [0, 4], blur: 14, spread: 0, color: tokens.shadow };
    visuals.selection.bg_fill = tokens.accent.surface;
    visuals.selection.stroke = Stroke::new(1.5, tokens.accent.ink);
    let widget = |fill, line, ink| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(1.0, line),
        fg_stroke: Stroke::new(1.0, ink),
        corner_radius: control,
        expansion: 0.0,
    };
    visuals.widgets.noninteractive = widget(tokens.panel, tokens.line, tokens.text);
    visuals.widgets.inactive = widget(tokens.card, tokens.line_strong, tokens.text);
    visuals.widgets.hovered = widget(tokens.sunken, tokens.faint, tokens.text);
    visuals.widgets.active = widget(tokens.accent.surface, tokens.accent.ink, tokens.text);
    visuals.widgets.open = widget(tokens.sunken, tokens.line_strong, tokens.text);
    visuals
}

/// Pixels that were drawn elsewhere, in the colours they were drawn in: red, green, blue and opacity of each.
pub fn image(size: [usize; 2], rgba: &[u8]) -> egui::ColorImage {
    egui::ColorImage::from_rgba_unmultiplied(size, rgba)
}
