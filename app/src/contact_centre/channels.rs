//! Channels: which number leads to which script (C-19).

mod edit;
mod list;

pub use edit::{
    ChannelChoices, ChannelPage, CreateChannel, DeleteChannel, GetChannel, NewChannelPage,
    ReviseChannel,
};
pub use list::{ChannelsPage, ListChannels};
