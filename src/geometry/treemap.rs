//! A frame filled with rectangles whose areas are amounts: squarified, so that they stay as square as they can be
//! (Bruls, Huizing and van Wijk, 2000).

use kurbo::Rect;

/// A rectangle for each amount, in the amounts' order. Their areas are to each other as the amounts are and fill the frame; an
/// amount of 0 or less (or no number) has a rectangle without area. They are in the unit of the frame.
pub fn squarified(amounts: &[f64], frame: Rect) -> Vec<Rect> {
    let mut tiles = vec![Rect::from_origin_size(frame.origin(), (0.0, 0.0)); amounts.len()];
    let mut order: Vec<usize> = (0..amounts.len()).filter(|i| amounts[*i] > 0.0 && amounts[*i].is_finite()).collect();
    order.sort_by(|a, b| amounts[*b].total_cmp(&amounts[*a]));
    let total: f64 = order.iter().map(|i| amounts[*i]).sum();
    if frame.width() <= 0.0 || frame.height() <= 0.0 || total <= 0.0 {
        return tiles;
    }
    let scale = frame.area() / total;
    let (mut free, mut rest) = (frame, order.as_slice());
    while !rest.is_empty() {
        let side = free.width().min(free.height());
        let count = row_of(rest, |i| amounts[i] * scale, side);
        let (row, others) = rest.split_at(count);
        let row_area: f64 = row.iter().map(|i| amounts[*i] * scale).sum();
        // The last row takes what is left, whatever rounding has made of it.
        let depth = if others.is_empty() { f64::INFINITY } else { row_area / side.max(f64::MIN_POSITIVE) };
        free = fill(free, row, depth, |i| amounts[i] * scale / row_area, &mut tiles);
        rest = others;
    }
    tiles
}

/// How many of the amounts make the next row: as many as make its worst tile no narrower.
fn row_of(rest: &[usize], area: impl Fn(usize) -> f64, side: f64) -> usize {
    let (mut sum, mut best) = (0.0, f64::INFINITY);
    for (count, i) in rest.iter().enumerate() {
        sum += area(*i);
        // They come largest first, so the worst tile is the first or the last of the row.
        let (largest, smallest) = (area(rest[0]), area(*i));
        let depth = sum / side;
        let worst = (depth * depth / smallest).max(largest / (depth * depth));
        if worst > best {
            return count;
        }
        best = worst;
    }
    rest.len()
}

/// Puts a row along the shorter side of the free room; what is left of the room.
fn fill(free: Rect, row: &[usize], depth: f64, share: impl Fn(usize) -> f64, tiles: &mut [Rect]) -> Rect {
    let upright = free.width() >= free.height();
    let (length, room) = if upright { (free.height(), free.width()) } else { (free.width(), free.height()) };
    let depth = depth.min(room);
    let mut at = 0.0;
    for (place, i) in row.iter().enumerate() {
        let end = if place + 1 == row.len() { length } else { (at + length * share(*i)).min(length) };
        tiles[*i] = if upright {
            Rect::new(free.x0, free.y0 + at, free.x0 + depth, free.y0 + end)
        } else {
            Rect::new(free.x0 + at, free.y0, free.x0 + end, free.y0 + depth)
        };
        at = end;
    }
    if upright {
        Rect { x0: (free.x0 + depth).min(free.x1), ..free }
    } else {
        Rect { y0: (free.y0 + depth).min(free.y1), ..free }
    }
}
