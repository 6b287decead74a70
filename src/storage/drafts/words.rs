//! What is said of a draft, in the window and on a terminal.

use std::time::SystemTime;

use super::{Content, Draft, OriginNow};
use crate::{
    lang::{t, tr},
    project::Project,
    text::{number, one_line},
};

impl Draft {
    /// What it is called: its project's name, or that of its file.
    pub fn title(&self) -> String {
        let file = || self.origin.as_ref()?.path.file_name().map(|name| name.to_string_lossy().into_owned());
        match &self.content {
            Content::Sound(project) => one_line(project.title()),
            Content::Damaged(_) => file().map_or_else(|| tr!("Draft {}", self.id), |name| one_line(&name)),
        }
    }

    /// When it was written, by the clock on the wall: `29 Nov 2026, 11:36:05`.
    pub fn moment(&self) -> String {
        let zoned = |at: SystemTime| jiff::Zoned::try_from(at).ok();
        let moment = self.written.and_then(zoned).map(|at| at.strftime("%-d %b %Y, %H:%M:%S").to_string());
        moment.unwrap_or_else(|| t("nobody knows when").to_owned())
    }

    /// How much is in it: `12 components, 14 connections`.
    pub fn extent(&self) -> String {
        match &self.content {
            Content::Sound(project) => extent(project),
            Content::Damaged(_) => t("damaged").to_owned(),
        }
    }

    /// Which file it belongs to, and what became of that.
    pub fn belonging(&self) -> String {
        let Some(origin) = &self.origin else { return t("Never saved").to_owned() };
        let state = match self.origin_now() {
            OriginNow::Gone => t("which is not there any more"),
            OriginNow::Changed => t("which has changed since"),
            OriginNow::AsItWas | OriginNow::NeverSaved => t("which is as it was"),
        };
        // Bytes that are no text have no glyph.
        let path = origin.path.to_string_lossy().replace(char::REPLACEMENT_CHARACTER, "?");
        tr!("Unsaved changes of {}, {state}", one_line(&path), state)
    }
}

fn extent(project: &Project) -> String {
    let amount = |count: usize| number(count as f64);
    let [components, links, notes] = [project.components.len(), project.connections.len(), project.sticky_notes.len()];
    let mut words = tr!("{amount} component" | "{amount} components" % components, amount = amount(components));
    if links > 0 {
        words += ", ";
        words += &tr!("{amount} connection" | "{amount} connections" % links, amount = amount(links));
    }
    if notes > 0 {
        words += ", ";
        words += &tr!("{amount} note" | "{amount} notes" % notes, amount = amount(notes));
    }
    words
}
