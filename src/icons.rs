//! The icons in `assets/icons/lucide.ttf`, named by what they show. `assets/make-fonts.py` cuts the font down to the rows
//! of this table and keeps the code points right; a row more here is an icon more in the font.
//!
//! Beside text in one string they sit centred on the capitals: egui centres a fall-back face on the line, and both
//! faces' middles fall together (Lucide's box is 1 em high, Inter's capitals end 0.605 em below the line's top).

use crate::project::ComponentKind;

macro_rules! icons {
    ($($name:ident $glyph:literal $lucide:literal;)*) => {
        $(#[doc = concat!("Lucide's `", $lucide, "`.")] pub const $name: char = $glyph;)*

        /// Every icon with its name in Lucide.
        pub const ALL: &[(char, &str)] = &[$(($glyph, $lucide),)*];
    };
}

icons! {
    // Kinds of component
    APP_WINDOW '\u{e426}' "app-window";
    BRACES '\u{e36a}' "braces";
    TABLE_PROPERTIES '\u{e4db}' "table-properties";
    COG '\u{e30b}' "cog";
    RADIO '\u{e142}' "radio";
    INBOX '\u{e0f7}' "inbox";
    BRAIN '\u{e3c7}' "brain-circuit";
    ROUTE '\u{e53e}' "route";
    BELL '\u{e059}' "bell";
    BOX '\u{e061}' "box";
    CHART_COLUMN '\u{e2a3}' "chart-column";
    DATABASE '\u{e0ad}' "database";
    TIMER '\u{e1e0}' "timer";
    ZAP '\u{e1b4}' "zap";
    LAYERS '\u{e529}' "layers";
    LIST_ORDERED '\u{e1d1}' "list-ordered";
    ARCHIVE '\u{e041}' "archive";
    TEXT_SEARCH '\u{e5ad}' "text-search";
    PLUG '\u{e37f}' "plug";
    ID_CARD '\u{e617}' "id-card";
    SMARTPHONE '\u{e163}' "smartphone";
    RADIO_TOWER '\u{e404}' "radio-tower";
    // Things
    SERVER '\u{e153}' "server";
    GLOBE '\u{e0e8}' "globe";
    CLOUD '\u{e088}' "cloud";
    CPU '\u{e0a9}' "cpu";
    KEY '\u{e4a3}' "key-round";
    SHIELD '\u{e158}' "shield";
    SHIELD_CHECK '\u{e1ff}' "shield-check";
    USERS '\u{e1a4}' "users";
    USER '\u{e19f}' "user";
    BUILDING '\u{e290}' "building-2";
    PACKAGE '\u{e129}' "package";
    COMPONENT '\u{e2ad}' "component";
    BOXES '\u{e2d0}' "boxes";
    MAIL '\u{e10f}' "mail";
    FINGERPRINT '\u{e2cb}' "fingerprint";
    GRADUATION_CAP '\u{e234}' "graduation-cap";
    // Commands on a file
    FILE '\u{e0c0}' "file";
    FILE_PLUS '\u{e0c9}' "file-plus";
    FILE_TEXT '\u{e0cc}' "file-text";
    FILE_CODE '\u{e0c3}' "file-code";
    FILE_JSON '\u{e36b}' "file-json";
    FILE_SPREADSHEET '\u{e326}' "file-spreadsheet";
    FOLDER_OPEN '\u{e247}' "folder-open";
    SAVE '\u{e14d}' "save";
    DOWNLOAD '\u{e0b2}' "download";
    UPLOAD '\u{e19e}' "upload";
    HISTORY '\u{e1f5}' "history";
    IMAGE '\u{e0f6}' "image";
    PRINTER '\u{e141}' "printer";
    LOG_OUT '\u{e10e}' "log-out";
    // Commands on the drawing
    UNDO '\u{e2a1}' "undo-2";
    REDO '\u{e2a0}' "redo-2";
    COPY '\u{e09e}' "copy";
    CLIPBOARD '\u{e085}' "clipboard";
    CLIPBOARD_PASTE '\u{e3e8}' "clipboard-paste";
    SCISSORS '\u{e14e}' "scissors";
    TRASH '\u{e18e}' "trash-2";
    PENCIL '\u{e1f9}' "pencil";
    PLUS '\u{e13d}' "plus";
    MINUS '\u{e11c}' "minus";
    X '\u{e1b2}' "x";
    CHECK '\u{e06c}' "check";
    PIN '\u{e259}' "pin";
    PIN_OFF '\u{e2b6}' "pin-off";
    LOCK '\u{e10b}' "lock";
    LOCK_OPEN '\u{e10c}' "lock-open";
    LINK '\u{e102}' "link";
    UNLINK '\u{e19c}' "unlink";
    STICKY_NOTE '\u{e303}' "sticky-note";
    SQUARE_DASHED '\u{e1cb}' "square-dashed";
    GROUP '\u{e464}' "group";
    MOVE '\u{e121}' "move";
    MOUSE_POINTER '\u{e1c3}' "mouse-pointer-2";
    HAND '\u{e1d7}' "hand";
    SPLINE '\u{e38b}' "spline";
    NETWORK '\u{e125}' "network";
    WORKFLOW '\u{e425}' "workflow";
    WAND '\u{e357}' "wand-sparkles";
    // Commands on the view
    SEARCH '\u{e151}' "search";
    ZOOM_IN '\u{e1b6}' "zoom-in";
    ZOOM_OUT '\u{e1b7}' "zoom-out";
    MAXIMIZE '\u{e112}' "maximize";
    MINIMIZE '\u{e11a}' "minimize";
    SCAN '\u{e257}' "scan";
    CROSSHAIR '\u{e0ac}' "crosshair";
    EYE '\u{e0ba}' "eye";
    EYE_OFF '\u{e0bb}' "eye-off";
    PANEL_LEFT '\u{e12a}' "panel-left";
    PANEL_RIGHT '\u{e431}' "panel-right";
    PANEL_BOTTOM '\u{e42c}' "panel-bottom";
    LIST '\u{e106}' "list";
    LIST_TREE '\u{e408}' "list-tree";
    TABLE '\u{e17d}' "table";
    FILTER '\u{e0dc}' "funnel";
    SLIDERS '\u{e29a}' "sliders-horizontal";
    SETTINGS '\u{e154}' "settings";
    SUN '\u{e178}' "sun";
    MOON '\u{e11e}' "moon";
    MONITOR '\u{e11d}' "monitor";
    PALETTE '\u{e1dd}' "palette";
    COMMAND '\u{e09a}' "command";
    KEYBOARD '\u{e284}' "keyboard";
    // Arrows and small signs
    CHEVRON_DOWN '\u{e06d}' "chevron-down";
    CHEVRON_RIGHT '\u{e06f}' "chevron-right";
    CHEVRON_UP '\u{e070}' "chevron-up";
    CHEVRON_LEFT '\u{e06e}' "chevron-left";
    CHEVRONS_UP_DOWN '\u{e211}' "chevrons-up-down";
    ARROW_RIGHT '\u{e049}' "arrow-right";
    ARROW_LEFT '\u{e048}' "arrow-left";
    ARROW_UP '\u{e04a}' "arrow-up";
    ARROW_DOWN '\u{e042}' "arrow-down";
    ARROW_UP_RIGHT '\u{e04d}' "arrow-up-right";
    ARROW_LEFT_RIGHT '\u{e24a}' "arrow-left-right";
    ELLIPSIS '\u{e0b6}' "ellipsis";
    GRIP_VERTICAL '\u{e0eb}' "grip-vertical";
    EXTERNAL_LINK '\u{e0b9}' "external-link";
    REFRESH '\u{e145}' "refresh-cw";
    RESET '\u{e148}' "rotate-ccw";
    CIRCLE '\u{e076}' "circle";
    CIRCLE_DOT '\u{e345}' "circle-dot";
    STAR '\u{e176}' "star";
    TAG '\u{e17f}' "tag";
    // What the program has to say
    INFO '\u{e0f9}' "info";
    TRIANGLE_ALERT '\u{e193}' "triangle-alert";
    CIRCLE_ALERT '\u{e077}' "circle-alert";
    CIRCLE_CHECK '\u{e226}' "circle-check";
    CIRCLE_X '\u{e084}' "circle-x";
    CIRCLE_HELP '\u{e082}' "circle-help";
    LIGHTBULB '\u{e1c2}' "lightbulb";
    SPARKLES '\u{e412}' "sparkles";
    QUOTE '\u{e239}' "quote";
    BOOK_OPEN '\u{e05f}' "book-open";
    CALENDAR '\u{e063}' "calendar";
    CALENDAR_RANGE '\u{e2bd}' "calendar-range";
    CHART_GANTT '\u{e624}' "chart-gantt";
    CHART_LINE '\u{e2a5}' "chart-line";
    CHART_SPLINE '\u{e60d}' "chart-spline";
    DOLLAR_SIGN '\u{e0b1}' "dollar-sign";
    WALLET '\u{e204}' "wallet";
    GAUGE '\u{e1bf}' "gauge";
    ACTIVITY '\u{e038}' "activity";
    CLOCK '\u{e087}' "clock";
    SCALE '\u{e212}' "scale";
    GIT_BRANCH '\u{e0e2}' "git-branch";
    GIT_COMPARE '\u{e359}' "git-compare";
    SPLIT '\u{e440}' "split";
    MERGE '\u{e43f}' "merge";
    TARGET '\u{e180}' "target";
    FLAG '\u{e0d1}' "flag";
    LIST_CHECKS '\u{e1d0}' "list-checks";
}

/// The icon of a kind of component.
pub fn of_kind(kind: ComponentKind) -> char {
    match kind {
        ComponentKind::WebApplication => APP_WINDOW,
        ComponentKind::RestApi => BRACES,
        ComponentKind::BackOffice => TABLE_PROPERTIES,
        ComponentKind::Worker => COG,
        ComponentKind::RealtimeGateway => RADIO,
        ComponentKind::Ingestion => INBOX,
        ComponentKind::MlInference => BRAIN,
        ComponentKind::ApiGateway => ROUTE,
        ComponentKind::Notification => BELL,
        ComponentKind::DomainService => BOX,
        ComponentKind::Reporting => CHART_COLUMN,
        ComponentKind::RelationalDatabase => DATABASE,
        ComponentKind::TimeSeriesDatabase => TIMER,
        ComponentKind::Redis => ZAP,
        ComponentKind::MessageQueue => LIST_ORDERED,
        ComponentKind::ObjectStorage => ARCHIVE,
        ComponentKind::SearchEngine => TEXT_SEARCH,
        ComponentKind::ExternalApi => PLUG,
        ComponentKind::IdentityProvider => ID_CARD,
        ComponentKind::Client => SMARTPHONE,
        ComponentKind::DeviceFleet => RADIO_TOWER,
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    /// The code points in the font's character map, read from its format 4 table.
    fn code_points(font: &[u8]) -> HashSet<u32> {
        let u16_at = |at: usize| u32::from(u16::from_be_bytes([font[at], font[at + 1]]));
        let u32_at = |at: usize| u16_at(at) << 16 | u16_at(at + 2);
        let tables = u16_at(4) as usize;
        let cmap = (0..tables).map(|i| 12 + 16 * i).find(|at| &font[*at..at + 4] == b"cmap").unwrap();
        let cmap = u32_at(cmap + 8) as usize;
        let subtables = (0..u16_at(cmap + 2) as usize).map(|i| cmap + u32_at(cmap + 8 + 8 * i) as usize);
        let table = subtables.into_iter().find(|at| u16_at(*at) == 4).unwrap();
        let count = u16_at(table + 6) as usize / 2;
        (0..count).flat_map(|i| u16_at(table + 16 + 2 * count + 2 * i)..=u16_at(table + 14 + 2 * i)).collect()
    }

    #[test]
    fn the_font_has_every_icon_and_nothing_else() {
        let in_font: HashSet<u32> = code_points(include_bytes!("../assets/icons/lucide.ttf")).into_iter().collect();
        let in_table: HashSet<u32> = ALL.iter().map(|(glyph, _)| *glyph as u32).collect();
        assert_eq!(in_table.len(), ALL.len(), "an icon stands in the table twice");
        let missing: Vec<_> = ALL.iter().filter(|(glyph, _)| !in_font.contains(&(*glyph as u32))).collect();
        assert!(missing.is_empty(), "not in the font, run assets/make-fonts.py: {missing:?}");
        let surplus: Vec<_> = in_font.difference(&in_table).filter(|code| **code != 0xffff).collect();
        assert!(surplus.is_empty(), "in the font, but not in the table, run assets/make-fonts.py: {surplus:x?}");
    }

    #[test]
    fn no_two_kinds_look_alike() {
        let seen: HashSet<char> = ComponentKind::ALL.iter().map(|kind| of_kind(*kind)).collect();
        assert_eq!(seen.len(), ComponentKind::ALL.len());
    }
}
