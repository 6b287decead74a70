//! One panel over a session, without the window around it.

use egui_kittest::Harness;
use groundplan::{
    session::{Request, Session},
    ui::{Actions, View, theme, typing},
};

/// A session with the state of one panel and what the panel asked for.
pub struct Bench<S> {
    pub session: Session,
    pub state: S,
    pub requests: Vec<Request>,
    /// The field with the cursor, and how often the cursor came into one.
    pub typing: (Option<egui::Id>, u64),
    /// The day it is.
    pub today: Option<jiff::civil::Date>,
}

pub type Window<S> = Harness<'static, Bench<S>>;

/// Shows a panel over a session and carries its actions out after each frame, as the window does.
pub fn window<S: 'static>(
    session: Session,
    state: S,
    size: [f32; 2],
    panel: impl Fn(&mut egui::Ui, &View<'_>, &mut S, &mut Actions) + 'static,
) -> Window<S> {
    let bench = Bench { session, state, requests: Vec::new(), typing: (None, 0), today: None };
    Harness::builder().with_size(size).with_max_steps(20).with_context_setup(theme::install).build_ui_state(
        move |ui, bench: &mut Bench<S>| {
            let mut actions = Actions::new();
            bench.session.set_today(bench.today.or_else(|| bench.session.today()));
            bench.session.set_typing(bench.typing.0.map(|_| bench.typing.1));
            let view = View { session: &bench.session, animate: false };
            panel(ui, &view, &mut bench.state, &mut actions);
            for action in actions {
                bench.session.apply(action);
                ui.request_repaint();
            }
            let field = typing::field(ui.ctx());
            if field != bench.typing.0 {
                bench.typing = (field, bench.typing.1 + 1);
            }
            bench.requests.extend(bench.session.take_requests());
        },
        bench,
    )
}
