//! What is to become of a file that is another one than the project expects.

use super::{default_button, modal};
use crate::lang::{t, tr};

/// What stands where the project is to be saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Its own file, which something else wrote to.
    Changed,
    /// The same once more, since that was asked about.
    ChangedAgain,
    /// Its own file, which is no longer there.
    Gone,
    /// Another file, about which nobody was asked.
    Taken,
    /// Its own file, which has comments: they are no part of the plan, and nothing keeps them that writes it anew.
    Commented,
}

/// What the person decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StandingAnswer {
    /// Write here all the same.
    Write,
    /// Write somewhere else.
    Elsewhere,
    /// Write nothing and look at what differs.
    Difference,
    /// Write nothing.
    Cancel,
}

/// The question, and what there is to know about it.
fn words(file: &str, standing: Standing) -> (String, &'static str) {
    match standing {
        Standing::Changed => (
            tr!("{file} was changed by another program", file),
            t(
                "Since it was read or saved here last, something else wrote to it. Nothing has been saved yet. Overwriting replaces what was \
             written there by what you have here.",
            ),
        ),
        Standing::ChangedAgain => (
            tr!("{file} was changed once more", file),
            t(
                "While you were asked about it something else wrote to it again, so it is another one than you looked at. Nothing has been saved \
             yet. Overwriting replaces what is there now by what you have here.",
            ),
        ),
        Standing::Gone => (
            tr!("{file} is no longer there", file),
            t("It was moved, renamed or deleted since it was read or saved here last. What you have here is not lost."),
        ),
        Standing::Taken => (tr!("{file} is there already", file), t("Replacing it loses what it holds now.")),
        Standing::Commented => (
            tr!("{file} has comments", file),
            t(
                "Comments are no part of the plan, so a file that is saved has none. Nothing has been saved yet. Under another name you save \
             the plan, and this file stays as it is; what is to last can go into the plan's notes.",
            ),
        ),
    }
}

/// Shows the question; `None` while nothing is decided.
pub fn standing_ui(ctx: &egui::Context, file: &str, standing: Standing) -> Option<StandingAnswer> {
    use StandingAnswer::{Cancel, Difference, Elsewhere, Write};

    let (title, words) = words(file, standing);
    let (first, rest): (_, &[(&str, StandingAnswer)]) = match standing {
        Standing::Changed | Standing::ChangedAgain => (
            (t("Save as..."), Elsewhere),
            &[(t("Show the difference"), Difference), (t("Overwrite"), Write), (t("Cancel"), Cancel)],
        ),
        Standing::Gone => ((t("Save it again"), Write), &[(t("Save as..."), Elsewhere), (t("Cancel"), Cancel)]),
        Standing::Taken => ((t("Choose another name..."), Elsewhere), &[(t("Replace"), Write), (t("Cancel"), Cancel)]),
        Standing::Commented => {
            ((t("Save as..."), Elsewhere), &[(t("Save without comments"), Write), (t("Cancel"), Cancel)])
        }
    };
    let response = modal(ctx, "standing", &title, 480.0, |ui| {
        ui.label(words);
        ui.add_space(14.0);
        let mut answer = None;
        ui.horizontal(|ui| {
            if default_button(ui, first.0).clicked() {
                answer = Some(first.1);
            }
            for (label, meaning) in rest {
                if ui.button(*label).clicked() {
                    answer = Some(*meaning);
                }
            }
        });
        answer
    });
    let closed = response.should_close();
    response.inner.or(closed.then_some(Cancel))
}
