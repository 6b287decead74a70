//! What a file has beside its contents, owner and mode: extended attributes, and with them access control lists.

use std::path::Path;

/// Gives the file at `to` the extended attributes of the one at `from`. What cannot be kept is told in the log: the contents count.
#[cfg(target_os = "linux")]
pub(super) fn keep_attributes(from: &Path, to: &Path) {
    use rustix::{
        fs::{XattrFlags, getxattr, listxattr, removexattr, setxattr},
        io::Errno,
    };

    /// Neither the names nor a value can be longer.
    const MOST: usize = 64 * 1024;
    /// Whom a file is open to beside its owner and group.
    const ACCESS: &[u8] = b"system.posix_acl_access";

    let mut buffer = vec![0; MOST];
    let names = match listxattr(from, buffer.as_mut_slice()) {
        Ok(length) => buffer[..length].to_vec(),
        Err(Errno::NOTSUP) => return,
        Err(error) => return log::warn!("the attributes of {} could not be read: {error}", from.display()),
    };
    // A new file has what its folder gives to new files: nobody is let in who was not before.
    if names.split(|byte| *byte == 0).all(|name| name != ACCESS)
        && let Err(error) = removexattr(to, ACCESS)
        && ![Errno::NODATA, Errno::NOTSUP].contains(&error)
    {
        log::warn!("an access control list of {} was not taken off: {error}", to.display());
    }
    for name in names.split(|byte| *byte == 0).filter(|name| !name.is_empty()) {
        let kept = getxattr(from, name, buffer.as_mut_slice())
            .and_then(|length| setxattr(to, name, &buffer[..length], XattrFlags::empty()));
        if let Err(error) = kept {
            log::info!("the attribute {} was not kept: {error}", String::from_utf8_lossy(name));
        }
    }
}

#[cfg(not(target_os = "linux"))]
pub(super) fn keep_attributes(_from: &Path, _to: &Path) {}
