//! Subjects in their categories: the list, new ones, and the pages of one (O-02).

mod category;
mod delete;
mod edit;
mod inputs;
mod list;
mod new;
pub mod words;

pub use category::{
    CategoryPage, CreateCategory, DeleteCategory, GetCategory, NewCategoryPage, ReviseCategory,
};
pub use delete::{DeleteSubject, DeleteSubjectPage, LeaveSubject};
pub use edit::{GetSubject, ReviseSubject, SubjectPage};
pub(crate) use inputs::notices;
pub use list::{ListSubjects, SubjectsPage};
pub use new::{CreateSubject, GetCategories, NewSubjectPage};
