//! What is being typed and not taken yet. A text field takes what stands in it when the cursor leaves; who types long would have nothing
//! of it in a draft until then. So free text is also taken in pauses, while the cursor stays.

use std::time::Duration;

use egui::{Context, Id, Ui};

/// How long a pause has to be, in seconds.
const PAUSE_S: f64 = 0.25;
/// Text of somebody who makes no pause waits no longer than this, in seconds.
const LATEST_S: f64 = 0.5;

/// A field with text that nobody has taken yet.
#[derive(Clone, Copy, Debug)]
struct Open {
    field: Id,
    /// The last frame that showed it so.
    frame: u64,
    /// What stands in it, hashed.
    text: u64,
    /// Since when something stands in it that nobody has taken, and since when this, in the input's seconds.
    since_s: (f64, f64),
}

/// The last frame in which free text had the cursor, and where, and in which it was to be taken at once.
#[derive(Clone, Copy, Debug, Default)]
struct Free {
    field: Option<Id>,
    shown: u64,
    taken: u64,
}

/// Since when what was taken in a frame stood in its field, and since when as it was taken, in the input's seconds.
#[derive(Clone, Copy, Debug)]
struct Taken {
    frame: u64,
    since_s: (f64, f64),
}

/// How long ago the first and the last key were pressed of what was taken in this frame; no time if nothing was.
pub fn waited(ctx: &Context) -> (Duration, Duration) {
    let taken: Option<Taken> = ctx.data(|data| data.get_temp(key()));
    let Some(taken) = taken.filter(|taken| taken.frame == ctx.cumulative_frame_nr()) else { return Default::default() };
    let now_s = ctx.input(|input| input.time);
    let ago = |then_s: f64| Duration::try_from_secs_f64(now_s - then_s).unwrap_or_default();
    (ago(taken.since_s.0), ago(taken.since_s.1))
}

fn key() -> Id {
    Id::unique("what is being typed")
}

/// Has what stands in a field of free text taken in this frame, the cursor staying. False if the field with the cursor is another sort of
/// field, which takes what stands in it when the cursor leaves.
pub fn take_now(ctx: &Context, field: Id) -> bool {
    let frame = ctx.cumulative_frame_nr();
    ctx.data_mut(|data| {
        let free: &mut Free = data.get_temp_mut_or_default(key());
        let is_free = free.field == Some(field) && free.shown + 1 >= frame;
        if is_free {
            free.taken = frame;
        }
        is_free
    })
}

/// The field of free text that has the cursor, if one does.
pub fn field(ctx: &Context) -> Option<Id> {
    let free: Free = ctx.data(|data| data.get_temp(key())).unwrap_or_default();
    free.field
        .filter(|field| free.shown + 1 >= ctx.cumulative_frame_nr() && ctx.memory(|memory| memory.has_focus(*field)))
}

/// Says that free text has the cursor. True if what stands in it is to be taken at once.
fn has_cursor(ui: &Ui, field: Id) -> bool {
    let frame = ui.ctx().cumulative_frame_nr();
    ui.data_mut(|data| {
        let free: &mut Free = data.get_temp_mut_or_default(key());
        (free.field, free.shown) = (Some(field), frame);
        free.taken == frame
    })
}

/// Says what stands in a field of free text that has the cursor, and whether that is other than what the project has. True if it is to be
/// taken now, the cursor staying.
pub(super) fn takes(ui: &Ui, field: Id, text: &str, is_new: bool) -> bool {
    let at_once = has_cursor(ui, field);
    if !is_new {
        return false;
    }
    let (frame, now_s, text) =
        (ui.ctx().cumulative_frame_nr(), ui.input(|input| input.time), egui::epaint::util::hash(text));
    let known: Option<Open> = ui.data(|data| data.get_temp::<Open>(key()));
    let known = known.filter(|open| open.field == field && open.frame + 1 >= frame);
    let since_s = match known {
        Some(open) if open.text == text => open.since_s,
        Some(open) => (open.since_s.0, now_s),
        None => (now_s, now_s),
    };
    let due_s = (since_s.1 + PAUSE_S).min(since_s.0 + LATEST_S);
    if at_once || now_s >= due_s {
        ui.data_mut(|data| {
            data.remove::<Open>(key());
            data.insert_temp(key(), Taken { frame, since_s });
        });
        return true;
    }
    ui.data_mut(|data| data.insert_temp(key(), Open { field, frame, text, since_s }));
    ui.ctx().request_repaint_after_secs((due_s - now_s) as f32);
    false
}

/// Whether something stands in a field that the project does not have yet.
pub fn is_open(ctx: &Context) -> bool {
    let open: Option<Open> = ctx.data(|data| data.get_temp(key()));
    open.is_some_and(|open| open.frame + 1 >= ctx.cumulative_frame_nr())
}
