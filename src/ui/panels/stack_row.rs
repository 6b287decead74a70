//! What is shown of one package of a stack, in the dock and in the inspector.

use egui::{
    Color32, Ui,
    text::{LayoutJob, TextFormat},
};

use crate::{
    assess::StackPackage,
    export::{alternatives_in_words, replaced_in_words},
    lang::{lower, tr},
    playbook::PackageStatus,
    ui::{
        icons,
        theme::{Face, Tokens},
    },
};

/// Sign and colour of a status; the word stands beside it.
pub(super) fn look(tokens: &Tokens, status: PackageStatus) -> (char, Color32) {
    match status {
        PackageStatus::Active => (icons::CIRCLE_CHECK, tokens.muted),
        PackageStatus::Maintenance => (icons::TRIANGLE_ALERT, tokens.warning.ink),
        PackageStatus::Unmaintained => (icons::CIRCLE_X, tokens.error.ink),
    }
}

/// What holds of a package today: its status with a sign, what it stands in for, what could be taken instead.
pub(super) fn today(ui: &Ui, row: &StackPackage, width: f32) -> LayoutJob {
    let tokens = Tokens::of(ui);
    let (glyph, ink) = look(tokens, row.package.status);
    let mut job = LayoutJob::default();
    let mut add = |words: &str, face: Face, colour| job.append(words, 0.0, TextFormat::simple(face.at(12.0), colour));
    add(&glyph.to_string(), Face::Icons, ink);
    add(&format!(" {}", row.package.status.label()), Face::Regular, ink);
    for (sign, words) in
        [(icons::REFRESH, replaced_in_words(row)), (icons::ARROW_LEFT_RIGHT, alternatives_in_words(row))]
    {
        if !words.is_empty() {
            add("\n", Face::Regular, tokens.muted);
            add(&sign.to_string(), Face::Icons, tokens.muted);
            add(&format!(" {words}"), Face::Regular, tokens.muted);
        }
    }
    job.wrap.max_width = width;
    job
}

/// The same as it is read out.
pub(super) fn today_in_words(row: &StackPackage) -> String {
    let mut words = vec![row.package.status.label().to_owned(), replaced_in_words(row), alternatives_in_words(row)];
    words.retain(|words| !words.is_empty());
    words.join(", ")
}

/// Everything there is to say of a package, for whoever points at it.
pub(super) fn in_full(row: &StackPackage) -> String {
    let package = &row.package;
    let paragraphs: Vec<String> = package.paragraphs.iter().map(|paragraph| format!("¶{paragraph}")).collect();
    let requirement = if package.product { tr!("{}, a product", package.name) } else { package.requirement() };
    let mut lines = vec![
        requirement,
        package.purpose.clone(),
        tr!("Because: {}", row.because.join("; ")),
        tr!("{0}, checked {1}", package.status.label(), package.checked),
        package.note.clone(),
    ];
    if !paragraphs.is_empty() {
        lines.push(tr!("On the page: {}", paragraphs.join(", ")));
    }
    for old in &row.in_place_of {
        let paragraphs: Vec<String> = old.paragraphs.iter().map(|paragraph| format!("¶{paragraph}")).collect();
        let status = lower(old.status.label());
        lines.push(tr!("In place of {0} ({1}), {status}: {2}", old.name, paragraphs.join(", "), old.note, status));
    }
    lines.extend(row.alternatives.iter().map(|other| tr!("Or {0}: {1}", other.name, other.note)));
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}
