//! What the program is and where its knowledge comes from.

use std::path::Path;

use super::{default_button, modal};
use crate::{
    assess::Engine,
    lang::{t, tr},
};

/// Shows the dialog; returns whether it is to be closed.
pub fn about_ui(ctx: &egui::Context, engine: &Engine, playbook_dir: Option<&Path>) -> bool {
    let playbook = &engine.playbook;
    let response = modal(ctx, "about", "Groundplan", 440.0, |ui| {
        ui.label(tr!("Version {}", env!("CARGO_PKG_VERSION")));
        ui.add_space(8.0);
        ui.label(
            t("Draw the back end you are about to build, tag its parts, and see which framework each part wants, how long the \
             whole takes, what it costs, and why."),
        );
        ui.add_space(8.0);
        ui.label(tr!("This playbook knows {0} traits, {1} criteria, {2} work items, {3} packages and {4} claims. It is calibrated on {5} case \
             studies of one published page; ¶ numbers name that page's paragraphs.", playbook.traits.len(), playbook.criteria.len(), playbook.work_items.len(), playbook.packages.len(), playbook.claims.len(), playbook.cases.values().filter(|case| case.published.is_some()).count()));
        if let Some(folder) = playbook_dir {
            let name = match &playbook.house {
                Some(house) => tr!("{}, over the built-in playbook", house.name),
                None => t("A playbook of your own").to_owned(),
            };
            ui.add_space(8.0);
            ui.label(format!("{name}: {}", folder.display()));
        }
        ui.add_space(8.0);
        ui.label(t(
            "Nothing leaves this machine. MIT or Apache-2.0; fonts and icons under their own licences in assets/.",
        ));
        ui.add_space(12.0);
        default_button(ui, t("Close")).clicked()
    });
    response.should_close() || response.inner
}
