//! Ids of documents as names of files.

/// Why an id can be the name of no file, whatever the system.
///
/// ```
/// use goldrule_schema::file_name_fault;
///
/// assert_eq!(file_name_fault("note-1"), None);
/// assert_eq!(file_name_fault("../note"), Some("it names another folder"));
/// ```
pub fn file_name_fault(id: &str) -> Option<&'static str> {
    if id.is_empty() {
        Some("it is empty")
    } else if id.contains(['/', '\\']) {
        Some("it names another folder")
    } else if id.starts_with('.') {
        Some("it begins with a full stop")
    } else if id.contains(char::is_control) {
        Some("it holds a control character")
    } else {
        None
    }
}
