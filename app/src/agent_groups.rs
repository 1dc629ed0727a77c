//! Agent groups: the list, a new one, and the page of one (C-11).

mod edit;
mod list;

pub use edit::{AgentGroupPage, DeleteAgentGroup, GetAgentGroup, ReviseAgentGroup};
pub use list::{AgentGroupsPage, CreateAgentGroup, ListAgentGroups, NewAgentGroupPage};
