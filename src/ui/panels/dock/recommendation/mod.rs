//! Why this framework, and what a sceptic would ask: why not another, what would turn it, what is not known yet, what the
//! seam costs, and how much hangs on any one of our weights.

mod against;
mod asking;
mod robust;
mod seam;
mod services;
mod short_list;
mod turning;
mod verdict;

use egui::Ui;

use super::{
    DockState,
    parts::{ROOMY, cell, copy_as, head, lead, left, remark, right},
    rail::rail_ui,
};
use crate::{
    lang::t,
    session::{Action, Anchor, Deep, Request},
    ui::{Actions, View, anchor, icons, widgets::empty_state},
};

pub(in crate::ui::panels) use turning::apply;

/// The questions the tab answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Topic {
    /// What, and for each service why.
    #[default]
    Verdict,
    /// What speaks against one framework for everything.
    Against,
    /// What would turn it.
    Turning,
    /// What is worth asking next.
    Asking,
    /// What crosses between frameworks, and its price.
    Seam,
    /// How much hangs on any one weight.
    Robust,
}

impl Topic {
    /// Every topic in its order.
    pub const ALL: [Self; 6] = [Self::Verdict, Self::Against, Self::Turning, Self::Asking, Self::Seam, Self::Robust];

    /// Its name in the list.
    pub fn label(self) -> &'static str {
        match self {
            Self::Verdict => t("Verdict"),
            Self::Against => t("Why not another"),
            Self::Turning => t("What would turn it"),
            Self::Asking => t("Ask next"),
            Self::Seam => t("Seam"),
            Self::Robust => t("How robust"),
        }
    }
}

pub(super) fn recommendation_ui(ui: &mut Ui, view: &View<'_>, state: &mut DockState, actions: &mut Actions) {
    anchor::mark(ui, Anchor::Reasons, ui.available_rect_before_wrap());
    if view.session.assessment().verdict.assignment.is_empty() {
        let line = t("Drag a service from the palette, and its framework is weighed at once");
        if empty_state(ui, icons::SCALE, line, Some((icons::BOOK_OPEN, t("Open a case study")))) {
            actions.push(Action::Request(Request::Welcome));
        }
        return;
    }
    let topics = Topic::ALL.map(|topic| (topic, topic.label()));
    rail_ui(ui, &mut state.topic, &topics, |ui, topic| match topic {
        Topic::Verdict => verdict::verdict_ui(ui, view, actions),
        Topic::Against => against::against_ui(ui, view, actions),
        Topic::Turning => turning::turning_ui(ui, view, actions),
        Topic::Asking => asking::asking_ui(ui, view, actions),
        Topic::Seam => seam::seam_ui(ui, view, actions),
        Topic::Robust => robust::robust_ui(ui, view, actions),
    });
}

/// Whether an analysis of the whole plan is there; says that it is on its way if not.
fn is_ready(ui: &mut Ui, view: &View<'_>, deep: Deep) -> bool {
    let ready = view.session.is_ready(deep);
    if !ready {
        remark(ui, t("A large plan: this is being worked out"));
    }
    ready
}

/// Says so where a question about the whole looks at a part of a very large plan.
fn part_only(ui: &mut Ui, view: &View<'_>) {
    if !view.session.engine().looks_at_all(view.session.project()) {
        remark(ui, t("A large plan: only the services with the smallest leads are looked at here"));
    }
}
